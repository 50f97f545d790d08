"""Evidence: the words of a clause or noun phrase that show a finding."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments
from dateline.extract.governors import own_subject
from dateline.extract.reading import Reading
from dateline.model import Span
from dateline.parse.forms import follows

if TYPE_CHECKING:
    from spacy.tokens import Token

TRIM = " \n\t,;:.-–—\"“”'’()"
MAX_CHARACTERS = 600
FAR = 25
"""Tokens behind a verb beyond which a verb joined to it is a clause of its own."""


def evidence_span(reading: Reading, token: Token, args: Arguments) -> Span:
    """The clause of a verb or the phrase of a noun, trimmed of punctuation at its edges."""
    if token.pos_ in ("NOUN", "PROPN") and "governed" not in args.slots:
        return _trimmed(reading, *_edges(_phrase(token)))
    verb = args.first("governed") if "governed" in args.slots else token
    assert verb is not None
    tokens = _clause(verb)
    subject = args.first("subj") or args.first("obj")
    if subject is not None and verb.dep_ in ("relcl", "acl") and subject.i < verb.i:
        tokens += [t for t in subject.subtree if t.i < verb.i and t.i >= subject.left_edge.i]
    start, end = _edges(tokens)
    return _trimmed(reading, start, min(end, start + MAX_CHARACTERS))


def _clause(verb: Token) -> list[Token]:
    """The verb's subtree without coordinated clauses, quoted frames and what joins it to others."""

    def apart(child: Token) -> bool:
        other = child.dep_ == "conj" and (child.i - verb.i > FAR or own_subject(child))
        return other or child.dep_ in ("parataxis", "cc", "mark", "punct", "preconj")

    return _without(verb, apart)


def _phrase(noun: Token) -> list[Token]:
    """The noun's subtree without relative clauses after a comma and without coordinated heads."""

    def apart(child: Token) -> bool:
        return child.dep_ in ("conj", "cc", "appos") or (child.dep_ == "relcl" and follows(child.left_edge, ","))

    return _without(noun, apart)


def _without(head: Token, apart: Callable[[Token], bool]) -> list[Token]:
    """The head with all that hangs on it, but for what stands apart of what hangs on the head itself."""
    kept = [t for child in head.children if not apart(child) for t in child.subtree]
    return [t for t in (head, *kept) if not t.is_space]


def _edges(tokens: list[Token]) -> tuple[int, int]:
    return min(t.idx for t in tokens), max(t.idx + len(t) for t in tokens)


def _trimmed(reading: Reading, start: int, end: int) -> Span:
    text = reading.text
    while start < end and text[start] in TRIM:
        start += 1
    while end > start and text[end - 1] in TRIM:
        end -= 1
    return Span(start, end)
