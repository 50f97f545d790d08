"""Tests of the lexicon's conditions: is this phrase a force, a political actor, a place, one of a word list?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.place_recalled import shared_site
from dateline.extract.reading import Reading, are_people
from dateline.lexicon.actor_histories import ActorKind
from dateline.lexicon.actors import by_name
from dateline.lexicon.countries import demonym_countries
from dateline.model import Actor, Sector, Unit
from dateline.parse.counting import noun_unit
from dateline.parse.denotations import is_military_craft, is_war_machine, warship
from dateline.parse.forms import means, pivot
from dateline.parse.known_names import UN_PEACEKEEPERS
from dateline.parse.noun_phrases import counted_before, partitive_object

if TYPE_CHECKING:
    from spacy.tokens import Token

FORCE = frozenset({Sector.MIL, Sector.PMC, Sector.REB})
CIVIL = frozenset({Sector.CIV, Sector.UNK, Sector.MED, Sector.NGO, Sector.BUS})
POLICE = ("police", "policeman", "policewoman", "officer", "gendarme", "contingent", "unit")
"""What police are called who can be a force abroad."""
POLITY = FORCE | {Sector.GOV, Sector.POL, Sector.PTY, Sector.IGO}


def content_head(token: Token) -> Token:
    """The head that carries the meaning: "a number of troops" -> troops."""
    if token.lemma_.lower() in words(token, "partitive") or token.pos_ == "NUM":
        for child in token.children:
            if child.dep_ == "prep" and pivot(child) == "of":
                for pobj in child.children:
                    if pobj.dep_ == "pobj":
                        return pobj
    return token


def satisfied(reading: Reading, tokens: Sequence[Token], classes: Sequence[str]) -> bool:
    """Whether the heads in a slot meet one of the alternative classes (`none`: the slot is empty)."""
    if not tokens:
        return "none" in classes
    return any(is_class(reading, token, name) for token in tokens for name in classes if name != "none")


def is_class(reading: Reading, token: Token, name: str) -> bool:
    """Whether one head is of a class: a named test, or a word list of the lexicon."""
    test = TESTS.get(name)
    if test is not None:
        return test(reading, token)
    listed = reading.lexicon.classes.get(name)
    if listed is None:
        raise KeyError(f"unknown class {name!r} in a trigger condition")
    meant = reading.cast.resolved(token) if pivot(token) in ("they", "them") else None
    head = counted_before(token) or content_head(token if meant is None else meant)
    if head.lemma_.lower() in listed or pivot(head) in listed:
        return True
    return any(c.lemma_.lower() in listed for c in token.conjuncts)


def _sector_in(sectors: frozenset[Sector]) -> Callable[[Reading, Token], bool]:
    def test(reading: Reading, token: Token) -> bool:
        actor = reading.actor(token)
        return actor is not None and actor.sector in sectors

    return test


def is_force(reading: Reading, token: Token) -> bool:
    """Armed people or their machines: by whom they belong to, or by a word that can mean nothing else.

    Troops and missions of a body of states ("UN peacekeepers", "the SADC force", "Minusma") are a force; the body
    itself is none. So are police whom their state has abroad, and troops and war machines of whom nobody is named
    ("a further 300 advisers", "F-16s", "a navy ship").
    """
    actor = reading.actor(token)
    if actor is not None and actor.sector in FORCE:
        return True
    if actor is not None and actor.sector is Sector.POL:
        return _abroad(reading, token, actor)
    if actor is not None and actor.sector is not Sector.IGO:
        return False
    head = content_head(token)
    lemma = head.lemma_.lower()
    classes = reading.lexicon.classes
    if actor is not None and (lemma in classes["troops"] | classes["warcraft"] or means(head, "mission")):
        return True
    if actor is not None and lemma not in classes["base"] and (_is_mission(actor) or actor.name == UN_PEACEKEEPERS):
        return True
    return lemma in classes["unnamed_force"] or is_war_machine(head) or is_military_craft(head)


def _is_mission(actor: Actor) -> bool:
    """Whether a body of states is itself a mission in the field, by the table of known actors."""
    known = by_name(actor.name)
    return known is not None and known.kind is ActorKind.MISSION


def _is_war_machine(reading: Reading, token: Token) -> bool:
    """War machines by their type: "40 F-16s"."""
    return any(is_war_machine(head) for head in (token, content_head(token)))


def _is_counted_them(reading: Reading, token: Token) -> bool:
    """So many of forces told of before: "there are at least 4,000 of them"."""
    inner = partitive_object(token) if token.tag_ == "CD" else None
    return inner is not None and inner.pos_ == "PRON" and is_force(reading, token)


def _abroad(reading: Reading, police: Token, actor: Actor) -> bool:
    """Whether police, there as troops are, are told of in another state than theirs: "Kenyan police in Haiti"."""
    if actor.country is None or not means(content_head(police), *POLICE):
        return False
    found = (reading.place_of_token.get(t.i) for t in police.sent if abs(t.i - police.i) > 1)
    named = {place.country for place in found if place is not None and place.country is not None}
    return actor.country not in (named or {reading.cast.main_country() or actor.country})


def _actor(reading: Reading, token: Token) -> bool:
    return reading.actor(token) is not None


PEOPLE_WORDS = ("person_word", "witness_word", "worker_word", "civil_word", "expert_word")


def is_people(reading: Reading, token: Token) -> bool:
    """A named person, or a common noun of people."""
    if token.ent_type_ == "PERSON":
        return True
    lemma = token.lemma_.lower()
    return any(lemma in reading.lexicon.classes[name] for name in PEOPLE_WORDS)


def _civ(reading: Reading, token: Token) -> bool:
    actor = reading.actor(token)
    return is_people(reading, token) if actor is None else actor.sector in CIVIL


def is_leader(reading: Reading, token: Token) -> bool:
    """A person of a political body, by name, office or pronoun (an actor that is a person, not a body or troops)."""
    actor = reading.actor(token)
    if actor is None or actor.sector not in POLITY | {Sector.UNK}:
        return False
    known = by_name(actor.name)
    named = token.ent_type_ == "PERSON" if known is None else known.person
    if named or reading.cast.is_person(token):
        return True
    lemma = token.lemma_.lower()
    if actor.sector in FORCE:
        return pivot(token) in ("he", "she") or lemma in (
            "general",
            "colonel",
            "commander",
            "leader",
            "chief",
            "admiral",
            "official",
            "spokesman",
        )
    return lemma in reading.lexicon.classes["leader_word"]


def _several(reading: Reading, token: Token) -> bool:
    """States or forces of more than one state in one phrase: "US and South Korean forces"."""
    actor = reading.actor(token)
    return actor is not None and actor.sector in POLITY and actor.country is None and "; " in actor.name


def _are_nationals(reading: Reading, token: Token) -> bool:
    """People told of by their nation alone: "hundreds of Tunisians", "the Ugandans"."""
    actor = reading.actor(token)
    if actor is None or actor.country is None or actor.sector not in (Sector.CIV, Sector.GOV, Sector.MIL):
        return False
    return actor.name.startswith("people of ") or (are_people(token) and bool(demonym_countries(token.text)))


def _is_place(reading: Reading, token: Token) -> bool:
    return token.i in reading.place_of_token


def _has_number(reading: Reading, token: Token) -> bool:
    return token.pos_ == "NUM" or any(c.dep_ == "nummod" for c in token.children)


def _is_hostile_ground(reading: Reading, token: Token) -> bool:
    """Ground said to be held by an enemy: "the rebel-held town"."""
    marks = ("held", "controlled", "occupied", "stronghold", "enclave")
    return any(pivot(c).endswith(marks) for c in token.subtree if c.i <= token.i)


def _is_junta(reading: Reading, token: Token) -> bool:
    actor = reading.actor(token)
    return actor is not None and "military government" in actor.name


def _is_naval(reading: Reading, token: Token) -> bool:
    """A ship of a navy, by its kind or by its name: "two destroyers", "HMS Albion"."""
    actor = reading.actor(token)
    ship = warship(token) is not None or noun_unit(content_head(token)) is Unit.SHIPS
    ship = ship or any(means(c, "naval") for c in token.lefts)
    return ship and (actor is None or actor.sector is Sector.MIL)


TESTS: dict[str, Callable[[Reading, Token], bool]] = {
    "any": lambda reading, token: True,
    "force": is_force,
    "polity": _sector_in(POLITY),
    "shared_site": lambda reading, token: shared_site(reading, token) is not None,
    "actor": _actor,
    "civ": _civ,
    "gov": _sector_in(frozenset({Sector.GOV})),
    "party": _sector_in(frozenset({Sector.PTY})),
    "ngo": _sector_in(frozenset({Sector.NGO})),
    "igo": _sector_in(frozenset({Sector.IGO})),
    "police": _sector_in(frozenset({Sector.POL, Sector.MIL})),
    "business": _sector_in(frozenset({Sector.BUS, Sector.CIV, Sector.UNK})),
    "person": is_people,
    "leader": is_leader,
    "naval": _is_naval,
    "nationals": _are_nationals,
    "war_machine": _is_war_machine,
    "several": _several,
    "place": _is_place,
    "country": lambda reading, token: reading.is_country(token),
    "military_site": lambda reading, token: reading.is_military_site(token),
    "number": _has_number,
    "junta": _is_junta,
    "counted_them": _is_counted_them,
    "pol": _sector_in(frozenset({Sector.POL})),
    "rebels": _sector_in(frozenset({Sector.REB, Sector.PMC})),
    "hostile_ground": _is_hostile_ground,
}
