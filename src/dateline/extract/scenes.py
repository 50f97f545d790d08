"""Scenes: where an act was that does not say it itself, by another act of the report that was the same story.

English news names the place once, mostly in the lead, and tells the rest of the story without it: "The gunmen
killed three soldiers". An act takes the place of another one when nothing speaks against one story: their days may be
one, and they share a party, or the whole report knows one scene only. Acts still to come, and numbers summed
up over months ("hundreds since 2011"), have no one scene.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dateline.extract.arguments import SUBJECT, clause_tokens, words
from dateline.extract.attribution import Chain
from dateline.extract.finding import Finding
from dateline.extract.place_heads import GRAIN, at_head, scenes
from dateline.extract.reading import Reading
from dateline.extract.where_carried import ruled_state, says_where
from dateline.model import Actor, Kind, Place, Precision, Sector, Stance, TimeRange
from dateline.parse.forms import follows, means, pivot
from dateline.parse.noun_phrases import is_definite

if TYPE_CHECKING:
    from spacy.tokens import Token

VIOLENCE = frozenset({Kind.ATTACK, Kind.COERCION, Kind.PROTEST, Kind.COUP})
MEETING = frozenset({Kind.CONSULTATION})
STORIES = (VIOLENCE, MEETING)
"""Kinds whose acts make up one story."""
POLICED = frozenset({Kind.PROTEST, Kind.COERCION})
"""Kinds of acts whose scene is that of a protest: what a crowd is angry about is elsewhere."""
MADE_THERE = frozenset({Kind.AGREEMENT, Kind.COOPERATION})
"""Kinds besides meetings that are told to be done on a visit."""
ARMED = frozenset({Sector.MIL, Sector.REB, Sector.PMC})
"""Who takes hostages and prisoners where they fight."""
JUST_NOW = 1
"""Sentences over which "the attack" is the one just told, not the one the report is about."""
NEAR = 3
"""Sentences over which an act that shares no party is taken to go on with the scene."""
OPENING = 4
"""Characters from the start of a sentence within which a time opens it."""
FAR = 8
"""Sentences over which acts of one party are taken to be one story."""


@dataclass(frozen=True)
class Act:
    """A finding whose stance and day are known, and the places it names itself."""

    finding: Finding
    chain: Chain
    stance: Stance
    time: TimeRange | None
    places: list[Place]
    how: str

    @property
    def token(self) -> Token:
        """The word that tells the act."""
        return self.finding.token


@dataclass(frozen=True)
class Donor:
    """An act, or a definite noun for one ("the blast in Kayseri"), that names its place."""

    token: Token
    place: Place
    act: Act | None


def scene_of(reading: Reading, act: Act, acts: Sequence[Act]) -> tuple[list[Place], str]:
    """The place of an act of the same story, the nearest before it, else the nearest after; none if none is sure."""
    story = next((kinds for kinds in STORIES if act.finding.kind in kinds), None)
    over = _of_its_verb(act, acts, story)
    if over is not None:
        return over.places, f"where “{over.token.text}” was"
    visit = _on_the_visit(reading, act, acts)
    if visit is not None:
        return [visit.places[0]], f"where “{visit.token.text}” led"
    if act.finding.kind is Kind.AGREEMENT:
        return _met_at(act, acts)
    if story is None or _of_no_one_scene(act) or _new_one(reading, act) or says_where(reading, act.finding):
        return [], ""
    donors = [d for d in _donors(reading, acts, story) if d.act is None or _may_be_one_story(d.act, act)]
    if act.finding.kind is Kind.PROTEST:
        donors = [d for d in donors if d.act is not None and d.act.finding.kind in POLICED]
    donors = [d for d in donors if d.act is not act and d.token.sent.start != act.token.sent.start]
    donors.sort(key=lambda d: (d.token.i > act.token.i, abs(d.token.i - act.token.i)))
    for way in _ways(reading, act, story):
        found = way(reading, act, donors)
        if found is not None:
            return [found[0].place], found[1]
    return ruled_state(reading, act.finding)


def _of_its_verb(act: Act, acts: Sequence[Act], story: frozenset[Kind] | None) -> Act | None:
    """The act that one without a place goes on with: "ambushed a convoy in the Beni area, killing nine"."""
    verb, over = act.token, act.token.head
    goes_on = (verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.i > over.i) or verb.dep_ == "conj"
    if act.places or story is not VIOLENCE or not goes_on or any(c.dep_ in SUBJECT for c in verb.children):
        return None
    told = (a for a in acts if a.token == over and a.finding.kind in story and len(a.places) == 1)
    return next((a for a in told if a.stance is act.stance), None)


def _met_at(act: Act, acts: Sequence[Act]) -> tuple[list[Place], str]:
    """Where those who agreed were meeting, as just told: "met in Leticia on Thursday ... The two leaders signed"."""
    if act.stance is not Stance.ASSERTED:
        return [], ""
    for met in reversed(acts):
        told = met.finding.kind is Kind.CONSULTATION and met.stance is Stance.ASSERTED and len(met.places) == 1
        near = told and 0 <= _between(met.token, act.token) <= NEAR - 1
        if near and _fine(met.places[0]) and _one_day(met, act) and _shared(met.finding, act.finding):
            return met.places, f"where “{met.token.text}” was"
    return [], ""


def _on_the_visit(reading: Reading, act: Act, acts: Sequence[Act]) -> Act | None:
    """The meeting or visit just told that a clause goes on with, to come or not: "During the visit he will meet"."""
    if act.finding.kind not in MEETING | MADE_THERE or act.places:
        return None
    holders = [act.token, *(t for t in act.token.ancestors if t.pos_ in ("VERB", "AUX"))]
    preps = [c for t in holders for c in t.lefts if c.dep_ == "prep" and pivot(c) in words(c, "on_a_visit")]
    nouns = [t for prep in preps for t in prep.subtree if t.lemma_.lower() in words(t, "visits")]
    known = any(c.dep_ == "poss" or pivot(c) in ("the", "this", "that") for t in nouns for c in t.lefts)
    told = [a for a in acts if a.finding.kind is Kind.CONSULTATION and len(a.places) == 1 and _fine(a.places[0])]
    near = [a for a in told if known and 0 < _between(a.token, act.token) <= NEAR - 1]
    return near[-1] if near else None


Found = tuple[Donor, str] | None


def _ways(reading: Reading, act: Act, story: frozenset[Kind]) -> tuple[Callable[..., Found], ...]:
    """How acts of a kind take the place of another: what police and offices do, only in a crowd or by a new name.

    Police arrest elsewhere than where those arrested did what they are arrested for.
    """
    if _by_office(act):
        return (_pointed_at,) if _told_again(reading, act.token) else (_from_a_crowd,)
    if story is MEETING:
        return (_by_party, _only_scene)
    return (_by_party, _pointed_at, _told_after, _only_scene, _of_its_toll, _goes_on)


def _by_office(act: Act) -> bool:
    """Whether somebody is held or something seized by others than fighters, or by nobody named."""
    actor = act.finding.actor
    return act.finding.kind is Kind.COERCION and (actor is None or actor.sector not in ARMED)


def _before(act: Act, donors: Sequence[Donor], reach: int) -> list[Donor]:
    """The donors told before an act, not more than so many sentences back."""
    return [d for d in donors if d.token.i < act.token.i and _between(d.token, act.token) <= reach]


def _by_party(_: Reading, act: Act, donors: Sequence[Donor]) -> Found:
    told = bool(_before(act, donors, NEAR))
    for donor in donors:
        if donor.act is None or abs(_between(donor.token, act.token)) > FAR:
            continue
        later = donor.token.i > act.token.i
        if later and (_between(act.token, donor.token) > NEAR - 1 or _one_more(donor.token)):
            continue
        common = told and later
        if _shared(donor.act.finding, act.finding, but=COMMON if common else frozenset()):
            return donor, f"scene of “{donor.token.text}”, of the same party"
    return None


def _one_more(verb: Token) -> bool:
    """Whether an act is told as one besides those before: "also seized a crossing"."""
    over = (verb, verb.head) if verb.dep_ == "conj" else (verb,)
    return any(pivot(c) in words(verb, "besides") for t in over for c in t.children)


def _pointed_at(reading: Reading, act: Act, donors: Sequence[Donor]) -> Found:
    if not _pointed(reading, act):
        return None
    if act.finding.kind is Kind.ATTACK and not _of_a_crowd(reading, act):
        donors = [d for d in donors if d.act is None or d.act.finding.kind is Kind.ATTACK]
    once = act.token.pos_ == "NOUN" and _told_again(reading, act.token)
    meant = [] if once else _before(act, donors, JUST_NOW)
    meant = meant or _main([d for d in donors if d.token.i < act.token.i])
    return (meant[0], f"scene of “{meant[0].token.text}”") if meant else None


def _told_after(_: Reading, act: Act, donors: Sequence[Donor]) -> Found:
    """ "A policeman shot the envoy. ... said the attack in Ankara was": what opens the report is named after it."""
    if any(d.token.i < act.token.i for d in donors):
        return None
    meant = next((d for d in donors if d.act is None and _between(act.token, d.token) <= NEAR), None)
    return None if meant is None else (meant, f"scene of “{meant.token.text}”, told after it")


def _only_scene(reading: Reading, act: Act, donors: Sequence[Donor]) -> Found:
    meant = _before(act, donors, NEAR)
    if not meant or len({p.name for p in scenes(reading) if _fine(p)} | {d.place.name for d in donors}) > 1:
        return None
    return meant[0], f"the one scene, of “{meant[0].token.text}”"


def _of_its_toll(_: Reading, act: Act, donors: Sequence[Donor]) -> Found:
    """The dead and wounded counted next, by nobody named, are those of the act just told."""
    meant = _before(act, donors, JUST_NOW)
    if not meant or act.finding.trigger.toll is None or act.finding.actor is not None:
        return None
    return meant[0], f"toll of “{meant[0].token.text}”"


def _from_a_crowd(reading: Reading, act: Act, donors: Sequence[Donor]) -> Found:
    """Demonstrators are held where they demonstrate: "rallied in Sofia. ... Twelve protesters were arrested"."""
    head, crowd = act.finding.recipient_head, reading.lexicon.classes["crowd"]
    if head is None or head.lemma_.lower() not in crowd:
        return None
    meant = [d for d in _before(act, donors, JUST_NOW) if d.act is not None and d.act.finding.kind is Kind.PROTEST]
    return (meant[0], f"scene of “{meant[0].token.text}”, of the crowd") if meant else None


def _goes_on(reading: Reading, act: Act, donors: Sequence[Donor]) -> Found:
    """What is told right after an act with its place, no other place named since, is told of the same scene."""
    meant = _before(act, donors, JUST_NOW)
    if not meant or act.token.pos_ != "VERB" or (act.time is None and _dated_apart(reading, act)):
        return None
    since = [p for p in scenes(reading) if _fine(p) and meant[0].token.sent.start_char <= (p.start or 0)]
    others = {p.name for p in since if (p.start or 0) < act.token.sent.end_char} - {meant[0].place.name}
    return None if others else (meant[0], f"told on from “{meant[0].token.text}”")


def _dated_apart(reading: Reading, act: Act) -> bool:
    """Whether the sentence of an act opens with a time, though not the act's own."""
    sentence = act.token.sent
    return any(
        t.start is not None and sentence.start_char <= t.start <= sentence.start_char + OPENING
        for t in reading.parsed.times
    )


def _main(donors: Sequence[Donor]) -> list[Donor]:
    """The donors of the place that most of them name, the first told of equals."""
    told = Counter(d.place.name for d in sorted(donors, key=lambda d: d.token.i))
    name = max(told, key=told.__getitem__, default=None)
    return [d for d in donors if d.place.name == name]


def refined(reading: Reading, act: Act, acts: Sequence[Act]) -> tuple[list[Place], str]:
    """The finer place that the next sentences give for a wide one: "in central Turkey", then a town."""
    if act.finding.kind not in VIOLENCE or len(act.places) != 1 or _of_no_one_scene(act):
        return [], ""
    wide = act.places[0]
    if GRAIN[wide.precision] < GRAIN[Precision.PROVINCE]:
        return [], ""
    for donor in _donors(reading, acts, VIOLENCE):
        after = 0 < _between(act.token, donor.token) <= NEAR
        finer = GRAIN[donor.place.precision] < GRAIN[Precision.PROVINCE]
        if after and finer and donor.act is None and donor.place.country == wide.country:
            return [donor.place], f"scene of “{donor.token.text}”, told after it"
    return [], ""


def _donors(reading: Reading, acts: Sequence[Act], story: frozenset[Kind]) -> list[Donor]:
    """Acts and definite event nouns with a place finer than a country, in text order."""
    told = [
        Donor(a.token, a.places[0], a)
        for a in acts
        if a.finding.kind in story and a.places and all(map(_fine, a.places)) and not _aside(a.token)
    ]
    if story is VIOLENCE:
        told += [
            Donor(t, place, None)
            for t in reading.doc
            if (_told_before(reading, t, "told_event") or _took_place(t))
            and (place := _place_of_event(reading, t)) is not None
        ]
    return sorted(told, key=lambda d: d.token.i)


def _told_before(reading: Reading, token: Token, name: str) -> bool:
    """A definite noun of a class: "the blast", "the gunmen"."""
    return (
        token.pos_ == "NOUN"
        and token.lemma_.lower() in reading.lexicon.classes[name]
        and any(pivot(c) in ("the", "this", "these", "that", "those") for c in token.lefts)
    )


def _took_place(token: Token) -> bool:
    """Whether the text says of a noun that it happened: "The operation took place in Obo"."""
    verb = token.head
    happened = means(verb, "occur", "happen") or (means(verb, "take") and any(means(c, "place") for c in verb.children))
    return token.dep_ == "nsubj" and token.pos_ == "NOUN" and happened


def _place_of_event(reading: Reading, token: Token) -> Place | None:
    """Where an event noun says it was; of a subject, the one place of its sentence."""
    own = [
        place
        for prep in token.children
        if prep.dep_ == "prep" and pivot(prep) in words(prep, "at")
        for p in prep.children
        if p.dep_ == "pobj"
        for place in at_head(reading, p)
    ]
    if not own and token.dep_ in ("nsubj", "nsubjpass") and token.head == token.sent.root and not _aside(token):
        start, end = token.sent.start_char, token.sent.end_char
        own = [p for p in scenes(reading) if start <= (p.start or 0) < end]
        own = own if len(own) == 1 else []
    return next((p for p in own if _fine(p)), None)


def _aside(token: Token) -> bool:
    """Told only to say when something else was: "it comes a week after 44 people were killed"."""
    root = token.sent.root
    return root.lemma_.lower() in words(token, "following") and token != root


def _pointed(reading: Reading, act: Act) -> bool:
    """Whether the act's clause speaks of an event or a doer told before, without more about it."""
    sentence = act.token.sent
    if _told_again(reading, act.token):
        return True
    known = [t for t in clause_tokens(act.token) if t.sent.start == sentence.start and t != act.token]
    return any(
        _told_before(reading, t, "told_event")
        or (_told_before(reading, t, "told_doer") and not any(_restricts(c) for c in t.rights))
        for t in known
    )


def _of_a_crowd(reading: Reading, act: Act) -> bool:
    """Whether those of a protest do it: "Several journalists were beaten by the crowd"."""
    doers = [*act.finding.arguments.get("subj"), *act.finding.arguments.get("by")]
    return any(t.lemma_.lower() in reading.lexicon.classes["crowd"] for t in doers)


def _told_again(reading: Reading, token: Token) -> bool:
    """An act's own noun that speaks of an event told before: "the killing of the worshippers", "Saturday's bombing"."""
    if token.pos_ != "NOUN" or token.lemma_.lower() not in reading.lexicon.classes["told_event"]:
        return False
    if token.tag_ == "NNS" or any(c.dep_ in ("amod", "relcl", "acl") for c in token.children):
        return False
    return any(pivot(c) == "the" or (c.dep_ == "poss" and c.i in reading.time_of_token) for c in token.lefts)


def _restricts(child: Token) -> bool:
    """A modifier that says which one is meant, not set off by a comma."""
    return child.dep_ in ("prep", "relcl", "acl") and not follows(child.left_edge, ",")


def _new_one(reading: Reading, act: Act) -> bool:
    """Events not told of before: "days of protests", "multiple attacks have killed", "another soldier was killed"."""
    subjects = [*act.finding.arguments.get("subj"), *act.finding.arguments.get("by")]
    nouns = [t for t in (act.token, *subjects) if t.pos_ == "NOUN"]
    events = reading.lexicon.classes["told_event"]
    if any(t.lemma_.lower() in events and not is_definite(t) and not _told_again(reading, t) for t in nouns):
        return True
    people = [h for h in (act.finding.recipient_head, *act.finding.arguments.get("obj")) if h is not None]
    if any(pivot(c) == "another" for t in people for c in t.lefts):
        return True
    before = [t for t in act.token.sent if t.i < act.token.i and t.dep_ in ("nsubj", "nsubjpass") and t.tag_ == "NNS"]
    return any(t.lemma_.lower() in events and not is_definite(t) for t in before)


def _may_be_one_story(one: Act, other: Act) -> bool:
    return _one_day(one, other) and _compatible(one.finding, other.finding)


def _fine(place: Place) -> bool:
    """Finer than a country, or a part of one without bounds ("northern Mali")."""
    part = place.precision is Precision.REGION and place.country is not None
    return part or GRAIN[place.precision] < GRAIN[Precision.COUNTRY]


def _of_no_one_scene(act: Act) -> bool:
    """Still to come, or told of a long while: more than a month, or without a start."""
    if act.stance in (Stance.PLANNED, Stance.CONDITIONAL):
        return True
    time = act.time
    if time is None or time.latest is None:
        return False
    if time.earliest is None:
        return True
    first, last = (date.fromisoformat(day[:10]) for day in (time.earliest, time.latest))
    return (last - first).days > LONG


LONG = 31
"""Days from which on a time holds many acts."""


def _one_day(one: Act, other: Act) -> bool:
    first, second = one.time, other.time
    if first is None or second is None:
        return True
    starts = first.earliest is None or second.latest is None or first.earliest <= second.latest
    return starts and (second.earliest is None or first.latest is None or second.earliest <= first.latest)


def _between(one: Token, other: Token) -> int:
    """Sentences from one word to the other; negative when it comes before."""
    starts = [s.start for s in one.doc.sents]
    return starts.index(other.sent.start) - starts.index(one.sent.start)


def _compatible(one: Finding, other: Finding) -> bool:
    """No two parties in one part that differ in state."""
    return _may_be_one(one.actor, other.actor) or _may_be_one(one.actor, other.recipient)


def _may_be_one(one: Actor | None, other: Actor | None) -> bool:
    return one is None or other is None or one.country is None or one.country == other.country


def _shared(one: Finding, other: Finding, *, but: frozenset[Sector] = frozenset()) -> bool:
    """A party of both that is a body or a named person, not just people of a country; none of the sectors `but`."""
    mine, yours = (
        {(a.name, a.country) for a in (f.actor, f.recipient) if a is not None and a.sector not in LOOSE | but}
        for f in (one, other)
    )
    return bool(mine & yours)


LOOSE = frozenset({Sector.CIV, Sector.UNK, Sector.MED})
COMMON = frozenset({Sector.POL, Sector.MIL, Sector.GOV})
"""Bodies that are in many places of a state at once: what they do later tells nothing of a scene told before."""
