"""Evidence: the words of a clause or noun phrase that show a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments
from dateline.extract.reading import Reading
from dateline.model import Span
from dateline.parse.forms import follows

if TYPE_CHECKING:
    from spacy.tokens import Token

TRIM = " \n\t,;:.-–—\"“”'’()"
MAX_CHARACTERS = 600


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
    """The verb's subtree without coordinated clauses, quoted frames and adverbial clauses that follow a comma."""
    out, stack = [], [verb]
    while stack:
        token = stack.pop()
        if token.is_space:
            continue
        out.append(token)
        for child in token.children:
            if token == verb and child.dep_ in ("parataxis", "cc", "mark", "punct", "preconj"):
                continue
            if token == verb and child.dep_ == "conj" and (child.i - verb.i > 25 or _has_subject(child)):
                continue
            stack.append(child)
    return out


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _after_comma(clause: Token) -> bool:
    return follows(clause.left_edge, ",")


def _phrase(noun: Token) -> list[Token]:
    """The noun's subtree without relative clauses after a comma and without coordinated heads."""
    out, stack = [], [noun]
    while stack:
        token = stack.pop()
        if token.is_space:
            continue
        out.append(token)
        for child in token.children:
            if token == noun and child.dep_ in ("conj", "cc", "appos"):
                continue
            if token == noun and child.dep_ == "relcl" and _after_comma(child):
                continue
            stack.append(child)
    return out


def _edges(tokens: list[Token]) -> tuple[int, int]:
    return min(t.idx for t in tokens), max(t.idx + len(t) for t in tokens)


def _trimmed(reading: Reading, start: int, end: int) -> Span:
    text = reading.text
    while start < end and text[start] in TRIM:
        start += 1
    while end > start and text[end - 1] in TRIM:
        end -= 1
    return Span(start, end)
