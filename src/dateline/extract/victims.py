"""People to whom something is done and who are no political body: "two aid workers", "his mother".

A list has the commonest words for people. Whoever is arrested, jailed, kidnapped or killed is one of them by that
alone, whatever the word for him: "arrested a French sociologist" tells of a person of France, not of the French state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.conditions import is_people
from dateline.extract.place_facilities import facility
from dateline.extract.reading import Reading
from dateline.lexicon.actors import Family
from dateline.lexicon.actors import words as actor_words
from dateline.model import Actor, Sector
from dateline.parse.denotations import head_family
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Token


def victim(reading: Reading, head: Token) -> Actor | None:
    """The people that a phrase names by a common noun or a name, with those joined to them; None for all else."""
    if not _are_people(reading, head):
        return None
    joined = [head, *(c for c in head.conjuncts if c.i > head.i and _are_people(reading, c))]
    phrases = [phrase(reading, t) for t in joined]
    start, end = phrases[0][1], phrases[-1][2]
    country = _nation(reading, head) or reading.cast.home_country(head)
    return Actor(reading.text[start:end], start, end, "; ".join(_plain(t) for t in joined), country, Sector.CIV)


def _are_people(reading: Reading, head: Token) -> bool:
    return is_people(reading, head) or _ranked(head) or befallen(reading, head)


def _ranked(head: Token) -> bool:
    """Whether a plural names people by rank or office: "the generals"."""
    return head.tag_ == "NNS" and actor_words().family(pivot(head)) in (Family.RANK, Family.OFFICE)


def _nation(reading: Reading, head: Token) -> str | None:
    """The state by whose people somebody is called: "a French sociologist"."""
    named = (c for c in head.lefts if c.dep_ in ("amod", "compound", "nmod") and c.ent_type_ in ("NORP", "GPE"))
    return next((code for c in named if (code := reading.cast.country(c)) is not None), None)


def befallen(reading: Reading, head: Token) -> bool:
    """Whether a noun that no list has for people tells of somebody by what is done to him: "jailed a novelist"."""
    if head.pos_ != "NOUN" or head.lemma_.lower() in words(head, "no_people") or not _counted(head):
        return False
    if head.i in reading.time_of_token or head_family(head) is not None or facility(reading, head) is not None:
        return False
    first = head
    while first.dep_ == "conj" and first.head.pos_ == "NOUN":
        first = first.head
    verb = first.head
    if first.dep_ in ("dobj", "nsubjpass") and verb.lemma_.lower() in words(head, "done_to_people"):
        return True
    clauses = (c for c in first.rights if c.dep_ in ("acl", "relcl") and c.tag_ == "VBN")
    return any(c.lemma_.lower() in words(head, "done_to_people") and _undergoes(c) for c in clauses)


def _undergoes(clause: Token) -> bool:
    """Whether the noun before a participle or relative clause undergoes it: "killed in", "who were arrested"."""
    return clause.dep_ == "acl" or any(c.dep_ == "nsubjpass" and c.tag_ in ("WP", "WDT") for c in clause.lefts)


def _counted(head: Token) -> bool:
    """Whether a noun has a plural, an article, a number or an owner: no mass ("killed time")."""
    return head.tag_ == "NNS" or any(c.dep_ in ("det", "nummod", "poss") for c in head.lefts)


def _plain(head: Token) -> str:
    """The words of a noun phrase before and with its head, without article and number: "aid workers"."""
    left = [t for t in head.doc[head.left_edge.i : head.i + 1] if not t.is_space]
    while len(left) > 1 and (left[0].dep_ in ("det", "nummod", "quantmod", "advmod") or left[0].pos_ in ("NUM", "DET")):
        left = left[1:]
    return head.doc[left[0].i : head.i + 1].text


def phrase(reading: Reading, head: Token) -> tuple[str, int, int]:
    """The words of a noun phrase without what follows its head."""
    start = min((t.idx for t in head.subtree if t.i <= head.i and not t.is_punct and not t.is_space), default=head.idx)
    end = head.idx + len(head)
    return reading.text[start:end], start, end
