"""The words of a source: where the phrase for it begins and ends, with or without its clauses, and its name in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.conditions import content_head
from dateline.extract.reading import Reading
from dateline.parse.forms import meanings, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 45
"""Tokens beyond which a phrase is taken for a slip of the parser."""
_KEPT = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "predet", "quantmod", "advmod", "npadvmod"})
_KEPT |= {"case", "appos", "prep", "pobj", "flat", "punct", "prt", "neg"}
_ATTACHED = frozenset({"of", "for", "from", "at", "in", "with", "to", "on", "inside", "within", "close", "near", "who"})
_LEADING = frozenset({"det", "predet", "nummod", "quantmod"})
_QUOTES = frozenset('“”"‘')


def phrase(reading: Reading, head: Token, *, joint: bool = True, clauses: bool = False) -> range:
    """Token indices of the phrase around `head`: titles, name, apposition, prepositions, with `joint` what is joined.

    Relative clauses and participles belong to it only with `clauses`. Quotation marks, line breaks and the length of
    a runaway parse end it.
    """
    if head.pos_ == "PRON":
        return range(head.i, head.i + 1)
    members: set[int] = set()
    _collect(reading, head, members, joint=joint, clauses=clauses)
    if reading.cast.is_person(head):
        first, last = reading.cast.person_span(head)
        members |= set(range(first, last + 1))
    doc, first, last = head.doc, head.i, head.i
    while first - 1 in members:
        first -= 1
    while last + 1 in members:
        last += 1
    while last > head.i and (doc[last].is_punct or doc[last].is_space or doc[last].tag_ == "POS"):
        last -= 1
    while first < head.i and (doc[first].is_punct or doc[first].is_space or doc[first].dep_ == "cc" or _he(doc[first])):
        first += 1
    return range(first, last + 1) if last - first < LONGEST else range(head.i, head.i + 1)


def _he(token: Token) -> bool:
    """Another one before a joined name: "he and President X"."""
    return token.pos_ == "PRON" and token.dep_ != "poss"


def _collect(reading: Reading, head: Token, members: set[int], *, joint: bool, clauses: bool) -> None:
    members.add(head.i)
    for child in head.children:
        if child.text in _QUOTES or "\n" in child.text or not _belongs(reading, head, child, joint, clauses):
            continue
        if child.dep_ in ("relcl", "acl"):
            _collect_clause(child, members)
        else:
            _collect(reading, child, members, joint=joint or child.dep_ == "prep", clauses=clauses)


def _collect_clause(head: Token, members: set[int]) -> None:
    """A whole clause, up to the line break or quotation that ends it."""
    members.update(t.i for t in head.subtree if "\n" not in t.text and t.text not in _QUOTES)


def _belongs(reading: Reading, head: Token, child: Token, joint: bool, clauses: bool) -> bool:
    if child.is_space:
        return False
    if child.dep_ in ("relcl", "acl"):
        return clauses
    if child.dep_ in ("conj", "cc"):
        return joint and (child.dep_ == "cc" or child.pos_ in ("NOUN", "PROPN"))
    if child.dep_ == "prep":
        return child.i < head.i or _attached(reading, head, child)
    return child.dep_ in _KEPT


def _attached(reading: Reading, head: Token, preposition: Token) -> bool:
    """Whether a preposition tells who it is, not when or where it was said: "official in the palace", "in a speech"."""
    inner = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if inner is None or (pivot(preposition) not in _ATTACHED and not _authored(reading, head, preposition)):
        return False
    between = head.doc[min(head.i, preposition.i) + 1 : preposition.i]
    if any(t.text in (",", "—", "–") for t in between) or inner.ent_type_ in ("DATE", "TIME"):
        return False
    said_there = inner.lemma_.lower() in reading.lexicon.words["voice.venues"] | reading.lexicon.words["voice.talks"]
    return pivot(preposition) in ("of", "for") or not said_there


def _authored(reading: Reading, head: Token, preposition: Token) -> bool:
    """ "A poll by the institute": a text with its author behind it."""
    text = stems(head) & reading.lexicon.words["voice.documents"]
    return pivot(preposition) == "by" and preposition.i == head.i + 1 and bool(text)


def described_by(reading: Reading, head: Token) -> str:
    """The phrase as a name for somebody without one: no article, number, apposition or clause."""
    inner = content_head(head)
    members: set[int] = set()
    _collect(reading, inner, members, joint=False, clauses=False)
    last = inner.i
    while last + 1 in members and not (head.doc[last + 1].is_punct and head.doc[last + 1].text != "-"):
        last += 1
    for child in inner.rights:
        if child.dep_ in ("amod", "appos", "advmod") and child.i <= last:
            last = child.left_edge.i - 1
            break
    first = inner.i
    while first - 1 in members:
        first -= 1
    while first < inner.i and _leading(head.doc[first], inner):
        first += 1
    return " ".join(head.doc[first : last + 1].text.split()).strip("\"“”' ,") or inner.text


def _leading(token: Token, head: Token) -> bool:
    """Articles, numbers and punctuation before the first word that describes."""
    if token.i + 1 < head.i and token.nbor(1).text == "-" and token.pos_ == "NUM":
        return False
    number = token.dep_ in _LEADING or token.head.dep_ == "nummod" or token.pos_ in ("DET", "NUM")
    return number or token.is_punct or token.is_space or (token.dep_ == "advmod" and token.head.dep_ == "nummod")


def text_of(reading: Reading, span: range) -> tuple[str, int, int]:
    """The words of a stretch of tokens as stored, with their offsets."""
    start, end = reading.doc[span[0]].idx, reading.doc[span[-1]].idx + len(reading.doc[span[-1]])
    return reading.text[start:end], start, end


def stems(token: Token) -> frozenset[str]:
    """The forms under which a word may stand in a list: as written and as lemma, in lower case."""
    lower = pivot(token).rstrip(".")
    found = {lower, token.lemma_.lower().rstrip("."), *meanings(token)}
    if token.pos_ == "PROPN" and lower.endswith("s"):
        found.add(lower[:-1])
    return frozenset(found)
