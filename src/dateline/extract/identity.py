"""Whether two phrases of a report can mean one party: one name, or a person's name and what the person is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.counterparts import same
from dateline.extract.reading import Reading
from dateline.lexicon.actors import Family, words
from dateline.model import Actor
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.parse.persons import Person

PERSONAL = frozenset({Family.OFFICE, Family.RANK, Family.CIVIL, Family.FIGHTER, Family.POLICE})
"""Families of nouns that, in the singular, mean one person."""
Party = tuple[Actor | None, "Token | None"]
"""Who a claim names, with the head of the phrase."""


def one_party(reading: Reading, one: Party, other: Party) -> bool:
    """Whether two parties go by one name, or by the name and the office of one person."""
    first, again = one[0], other[0]
    if first is None or again is None:
        return first is again
    return same(first, again) or _described(reading, one, other)


def one_person(reading: Reading, one: Party, other: Party) -> bool:
    """Whether both mean one named person: "Turkey's ambassador was shot", "Demir, the ambassador, died"."""
    return one_party(reading, one, other) and any(
        head is not None and (head.ent_type_ == "PERSON" or reading.cast.is_person(head)) for _, head in (one, other)
    )


def may_be_named(reading: Reading, one: Party, other: Party) -> bool:
    """Whether a person brought in by a description can be the one then named: "a top aide", "Tunde Balogun"."""
    actor, head = one
    person = _person(reading, other)
    if actor is None or head is None or head.tag_ != "NN" or person is None or other[0] is None:
        return False
    new = any(c.dep_ == "det" and pivot(c) in ("a", "an") for c in head.lefts)
    personal = words().family(head.lemma_.lower()) in PERSONAL
    return new and personal and (None in (actor.country, other[0].country) or actor.country == other[0].country)


def _described(reading: Reading, one: Party, other: Party) -> bool:
    """Whether one is called by name and the other by an office that the report gives the name."""
    first, again = _person(reading, one), _person(reading, other)
    if (first is None) == (again is None):
        return False
    person, (actor, head) = (first, other) if first is not None else (again, one)
    if person is None or actor is None or head is None or head.tag_ != "NN":
        return False
    same_state = actor.country == _country(one if first is not None else other)
    return same_state and head.lemma_.lower() in person.title_words


def _person(reading: Reading, party: Party) -> Person | None:
    head = party[1]
    return None if head is None else reading.cast.person(head)


def _country(party: Party) -> str | None:
    return None if party[0] is None else party[0].country
