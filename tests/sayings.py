"""Sayings of short passages, as words: what the tests of the attribution modules compare.

A passage is read as a report without date. Marks and spaces at the edges of source and content do not count, nor
does where a piece of content ends and the next begins: pieces are joined by " … ".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pytest

from dateline.extract.attributions import attributions
from dateline.extract.cues import Cue
from dateline.extract.reading import Reading
from dateline.extract.spans import saying_spans
from dateline.extract.speech import sayings
from dateline.lexicon.language import language
from dateline.model import Document
from dateline.parse import parsed_documents

EDGES = " \n\t.,;:“”‘’\"'«»–—-"


@dataclass(frozen=True)
class Words:
    """One saying in words of its passage; `source` is empty where nobody is named."""

    cue: str
    source: str
    content: str
    frame: str
    shape: str
    how: str
    vouching: bool
    quoted: bool


def parsed(texts: Iterable[str]) -> list[Reading]:
    """Passages as the extractors see them, parsed together."""
    documents = [Document(id=str(n), text=text, sha256="", language="en") for n, text in enumerate(texts)]
    return [Reading(one, language("en")) for one in parsed_documents(documents)]


@cache
def reading(text: str) -> Reading:
    """One passage as the extractors see it."""
    return parsed([text])[0]


@cache
def said(text: str) -> tuple[Words, ...]:
    """Every saying of a passage, before any is left out."""
    one = reading(text)
    return tuple(in_words(one, cue) for cue in sayings(one))


@cache
def attributed(text: str) -> tuple[Words, ...]:
    """The layer of attributions of a passage."""
    one = reading(text)
    return tuple(in_words(one, cue) for cue in attributions(one))


def in_words(one: Reading, cue: Cue) -> Words:
    """A saying as words of its text."""
    spans = saying_spans(one.doc, cue)

    def words(parts: tuple[tuple[int, int], ...]) -> str:
        return " … ".join(filter(None, (one.text[start:end].strip(EDGES) for start, end in parts)))

    how = cue.how, cue.vouching, cue.quoted
    return Words(words(spans.cue), words(spans.source), words(spans.content), cue.frame, cue.shape, *how)


def by_cue(found: Iterable[Words], cue: str) -> Words:
    """The saying whose cue is (or ends in) the given words; fails with all that was found."""
    given = list(found)
    for one in given:
        if one.cue == cue or one.cue.endswith(f" {cue}"):
            return one
    pytest.fail(f"no saying by {cue!r}: {given}")


def fault(*values: object, reason: str) -> object:
    """A row of a table that fails today, with the reason."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=reason))
