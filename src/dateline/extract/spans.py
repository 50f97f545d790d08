"""Sayings as spans of the text: source, cue and content with character offsets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.extract.arguments import RELATIVE
from dateline.extract.cues import Cue
from dateline.extract.said import SUBJECTS
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token

DASHES = frozenset({"-", "--", "—", "–", "_", "|", "/", ":", ")"})
"""Marks after which a dateline ends and the source begins."""


@dataclass(frozen=True, slots=True)
class SayingSpans:
    """The character spans of one saying; `source` is empty where nobody is named."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]


def saying_spans(doc: Doc, cue: Cue) -> SayingSpans:
    """Where source, cue and content of a saying stand.

    Of the words of the cue none is content, though a quotation around it holds them; a claim of responsibility is both.
    """
    source, (start, end) = _source_span(doc, cue), cue.word_span
    said = {i for i in cue.content if doc[i].idx >= end or doc[i].idx + len(doc[i]) <= start}
    content = cue.content if cue.shape == "responsibility" else said or cue.content
    return SayingSpans((source,) if source is not None else (), (cue.word_span,), char_spans(doc, content))


def char_spans(doc: Doc, indices: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Runs of tokens as character spans; white space between does not part them."""
    runs: list[list[int]] = []
    for i in sorted(indices):
        if doc[i].is_space:
            continue
        if runs and all(doc[j].is_space for j in range(runs[-1][1] + 1, i)):
            runs[-1][1] = i
        else:
            runs.append([i, i])
    return tuple((doc[a].idx, doc[b].idx + len(doc[b])) for a, b in runs)


def _source_span(doc: Doc, cue: Cue) -> tuple[int, int] | None:
    """The phrase of the source as it stands at the cue, a relative pronoun included."""
    head = written_source(cue)
    if head is None:
        return None
    held = {t.i for t in head.subtree} - cue.content
    if cue.word.i != head.i and cue.word.i in held:
        held -= {t.i for t in cue.word.subtree}
    held.add(head.i)
    first = last = head.i
    while first - 1 in held and doc[first - 1].text not in DASHES and not doc[first - 1].is_space:
        first -= 1
    while last + 1 in held:
        last += 1
    while (
        last > head.i
        and (doc[last].is_punct or doc[last].is_space or doc[last].dep_ == "case")
        and doc[last].text not in ')”"'
    ):
        last -= 1
    first = _past_adjunct(doc, first, head.i)
    return doc[first].idx, doc[last].idx + len(doc[last])


def _past_adjunct(doc: Doc, first: int, head: int) -> int:
    """Where the source begins when the parser put "In a statement on Friday, " before it into its phrase."""
    if doc[first].pos_ in ("ADP", "SCONJ"):
        first = next((i + 1 for i in range(head - 1, first, -1) if doc[i].text == ","), first)
    while first < head and doc[first].is_punct:
        first += 1
    return first


def written_source(cue: Cue) -> Token | None:
    """The source where the clause itself names it: "who" of "the general, who said"."""
    if cue.source is None or cue.shape != "verb":
        return cue.source
    own = next((c for c in cue.word.children if c.dep_ in SUBJECTS and pivot(c) in RELATIVE), None)
    return own if own is not None else cue.source
