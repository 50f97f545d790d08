"""What a noun phrase says of itself: names, nationalities, owners and bodies around a head, before any antecedent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.lexicon.actors import Family, Name, NameKind, by_name, words
from dateline.lexicon.countries import country_name
from dateline.model import Sector
from dateline.parse.forms import PIVOT, meanings, means, pivot
from dateline.parse.known_names import Hit, KnownNames
from dateline.parse.noun_phrases import (
    is_definite,
    is_loosely_bound,
    is_other,
    is_plural,
    owner,
    phrase_start,
    premodifiers,
    prepositional,
)
from dateline.parse.persons import People

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

DESIGNATION = re.compile(r"(?:[A-Z]{1,2}|Su|Mi|MiG|Mig|Tu|Il|An|Ka)-\d{1,3}[A-Z]*s?")
"""The type of a war machine: "F-16AMs", "Su-24", "MQ-9", "S-400"."""
_OFFICIAL = frozenset({Family.OFFICE, Family.BODY, Family.MEDIA})
_ARMED = frozenset({Sector.REB, Sector.PMC, Sector.MIL})
_JOINERS = frozenset({"and", ",", "-", "/", "or", "–"})
_COUNTRY_PREPOSITIONS = frozenset({"in", "at", "inside", "within"})


@dataclass(frozen=True, slots=True)
class Denotation:
    """Somebody: canonical name, state, sector; `family` of its head noun, None for a name.

    `explicit`: the phrase itself told who is meant. `person`: one human being.
    """

    name: str
    country: str | None
    sector: Sector
    family: Family | None = None
    person: bool = False
    plural: bool = False
    explicit: bool = True
    female: bool | None = None
    state: bool = False


@dataclass
class Frame:
    """The words around a head that tell whose it is."""

    head: Token
    family: Family
    lower: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    leading: bool = False
    territory: str | None = None
    people: str | None = None
    body: Denotation | None = None
    sector_word: Sector | None = None
    elsewhere: bool = False
    within: bool = False
    """Whether the body stands behind the head: "units of the joint force"."""
    definite: bool = False
    other: bool = False
    plural: bool = False

    @property
    def country(self) -> str | None:
        """The one state the phrase names, or that of its body; None for several."""
        if len(self.countries) == 1:
            return self.countries[0]
        return self.body.country if self.body is not None and not self.countries else None

    @property
    def named_countries(self) -> list[str]:
        """All states the phrase names, in the order of the text."""
        return self.countries[::-1] if self.leading else self.countries

    @property
    def bare(self) -> bool:
        """Whether nothing in the phrase says whose it is."""
        return not self.countries and self.body is None and self.people is None and not self.elsewhere


def head_family(token: Token) -> tuple[Family, str] | None:
    """The family of a head noun and the head words it was read from; two words ("military council") go first."""
    lexicon = words()
    lower = pivot(token)
    for pair in _pairs(token, lower):
        family = lexicon.family(pair)
        if family is not None:
            return family, pair
    if token.text == "-" or token.dep_ == "amod" or token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "X", "VERB"):
        return None
    family = lexicon.family(lower)
    if family is None and _is_type(token):
        return Family.WEAPON, lower
    if family is Family.FIGHTER and is_war_machine(token):
        return Family.WEAPON, lower
    if family is None and "-" in lower:
        lower = lower.rpartition("-")[2]
        family = lexicon.family(lower)
    return None if family is None else (family, lower)


def is_war_machine(token: Token) -> bool:
    """Whether a noun has the type of a war machine before it ("F-22 fighters", "Gripen jets"), or is one ("F-16s")."""
    beside = (token.nbor(-1),) if token.i > token.sent.start else ()
    marked = any(words().among("machine_marks", t.lower_) and t.text[:1].isupper() for t in token.lefts)
    return marked or any(_is_type(t) for t in (token, *beside, *token.lefts) if t is token or t.dep_ != "poss")


def is_military_craft(token: Token) -> bool:
    """Whether a noun is a ship or vehicle of forces by the word before it: "a navy ship", "armoured vehicles"."""
    family = head_family(token)
    return family is not None and family[0] is Family.WEAPON and " " in family[1]


def does_as_machine(noun: Token, word: str) -> bool:
    """Whether "bombers" or "fighters" are machines by what they do or what is done to them: they fly, are parked."""
    verb = next((t for t in noun.ancestors if t.pos_ in ("VERB", "AUX")), noun)
    if word.rstrip("s") == "bomber" and means(verb, "host", "station", "base", "park", "deploy", "house"):
        return True
    flying = means(verb, "fly", "land", "take_off") and noun.dep_ != "nsubjpass" and noun.dep_ != "dobj"
    return flying or means(verb, "scramble", "intercept", "escort", "shadow")


def _is_type(token: Token) -> bool:
    """Whether a word is the type of a war machine, by its form or by its name."""
    if DESIGNATION.fullmatch(token.text) is not None:
        return True
    return token.text[:1].isupper() and words().among("machine_names", token.lower_.removesuffix("s"))


def _pairs(token: Token, lower: str) -> Iterator[str]:
    """The word with the one before it; of another language with what modifies it: "forces de sécurité"."""
    if token.i > 0:
        before = token.nbor(-1)
        hyphened = before.text == "-" and token.i > 1
        yield f"{pivot(token.nbor(-2))}-{lower}" if hyphened else f"{pivot(before)} {lower}"
    if token.lang_ == PIVOT or token.pos_ not in ("NOUN", "PROPN"):
        return
    behind = [c for c in token.rights if c.dep_ == "amod"]
    behind += [p for c in token.rights if c.dep_ == "prep" and pivot(c) == "of" for p in c.children if p.dep_ == "pobj"]
    for other in behind:
        for meaning in dict.fromkeys((pivot(other), *meanings(other))):
            yield f"{meaning} {lower}"


def of_name(name: Name, *, military_rule: Callable[[str], bool], plural: bool) -> Denotation:
    """What a known name denotes when it stands alone: a named actor, or the government of a state."""
    actor = name.actor
    if actor is not None:
        group = actor.sector in (Sector.REB, Sector.PMC, Sector.MIL, Sector.POL)
        return Denotation(actor.name, actor.country, actor.sector, None, actor.person, group and not actor.person)
    code = name.country or ""
    label = name.territory or country_name(code)
    if name.kind is NameKind.DEMONYM and plural:
        return Denotation(f"people of {label}", code, Sector.CIV, Family.CIVIL, False, True)
    if name.territory is not None:
        return Denotation(f"{label}, authorities", code, Sector.GOV, Family.STATE, state=True)
    return government(code, military_rule=military_rule)


def named_coalition(named: frozenset[str]) -> Denotation | None:
    """The coalition that the report names, else the one that fights a group it names."""
    lexicon = words().coalitions
    found = [c for c in lexicon.values() if c in named] + [c for opponent, c in lexicon.items() if opponent in named]
    actor = by_name(found[0]) if found else None
    return None if actor is None else Denotation(actor.name, actor.country, actor.sector, plural=True)


def warship(token: Token) -> Denotation | None:
    """Whose forces a ship with a navy's prefix is: "the USS Carl Vinson", "the carrier USS Carl Vinson"."""
    if token.pos_ not in ("PROPN", "NOUN"):
        return None
    navies = words().navies
    is_kind = words().family(pivot(token)) is Family.WEAPON
    named = (token, *(c for c in token.rights if c.dep_ == "appos")) if is_kind else (token,)
    before = (t for name in named for left in name.lefts if left.dep_ == "compound" for t in left.subtree)
    code = next((navies[t.text] for t in before if t.text in navies), None)
    if code is None:
        return None
    return Denotation(f"{country_name(code)}, armed forces", code, Sector.MIL)


def government(code: str, *, military_rule: Callable[[str], bool]) -> Denotation:
    """The government of a state, a military one where the report says so."""
    label = "military government" if military_rule(code) else "government"
    return Denotation(f"{country_name(code)}, {label}", code, Sector.GOV, Family.STATE, state=True)


class FrameReader:
    """Builds frames; `denote` reads the phrase inside ("spokesman for the Malian army")."""

    def __init__(
        self, doc: Doc, known: KnownNames, people: People, denote: Callable[[Token], Denotation | None]
    ) -> None:
        self._doc = doc
        self._known = known
        self._people = people
        self._denote = denote
        self._words = words()

    def frame(self, head: Token, family: Family) -> Frame:
        """Everything around the head that tells whose it is."""
        frame = Frame(head, family, definite=is_definite(head), other=is_other(head), plural=is_plural(head))
        self._read_before(frame)
        before = frame.body
        if frame.body is None or not frame.countries:
            self._read_after(frame)
        frame.within = before is None and frame.body is not None
        possessor = owner(head)
        if possessor is not None and frame.bare:
            self._take(frame, self._denote(possessor))
        if head.dep_ == "conj" or frame.bare:
            self._share(frame)
        return frame

    def _read_before(self, frame: Frame) -> None:
        """Premodifiers, nearest first: the nearest nationality counts, with those coordinated to it."""
        seen: set[int] = set()
        for token in premodifiers(frame.head):
            lower = pivot(token)
            frame.lower.append(lower)
            hit = self._known.at(token.i)
            if hit is not None:
                if hit.first not in seen and not is_loosely_bound(self._doc, hit.last):
                    self._take_hit(frame, hit)
                seen.add(hit.first)
                continue
            person = self._people.at(token.i)
            if person is not None and frame.body is None:
                frame.body = Denotation(person.name, person.country, person.sector, None, True)
            if token.text in self._words.peoples and frame.people is None and not is_loosely_bound(self._doc, token.i):
                frame.people = token.text
            frame.elsewhere = frame.elsewhere or self._unlisted(token)
            if token.ent_type_ == "ORG" and token.pos_ == "PROPN" and person is None and frame.body is None:
                known = self._words.family(lower) is not None or lower in self._words.ministries
                frame.elsewhere = frame.elsewhere or not known
            sector = self._words.sector_words.get(lower)
            if sector is not None and frame.sector_word is None and not is_loosely_bound(self._doc, token.i):
                frame.sector_word = sector
            if self._words.among("elsewhere", lower) and not (lower == "foreign" and frame.family in _OFFICIAL):
                frame.elsewhere = True
            if self._words.among("owners", lower) and frame.body is None and not is_loosely_bound(self._doc, token.i):
                self._take(frame, self._denote(token))
            if token.dep_ == "poss" and token.pos_ == "NOUN" and frame.body is None:
                self._take(frame, self._denote(token))

    def _unlisted(self, token: Token) -> bool:
        """Whether a word before the head is of a nation, people or creed that no list has: "Yugoslav soldiers"."""
        if token.ent_type_ != "NORP" or token.dep_ not in ("amod", "compound") or is_loosely_bound(self._doc, token.i):
            return False
        listed = token.text in self._words.peoples or self._words.sector_words.get(pivot(token)) is not None
        return not listed and self._known.at(token.i) is None and self._people.at(token.i) is None

    def _take_hit(self, frame: Frame, hit: Hit) -> None:
        if hit.name.actor is not None:
            if frame.body is None:
                frame.body = of_name(hit.name, military_rule=lambda _: False, plural=False)
        elif hit.name.country is not None and self._coordinated(frame, hit):
            frame.countries.append(hit.name.country)
            frame.leading = True
            frame.territory = frame.territory or hit.name.territory

    def _coordinated(self, frame: Frame, hit: Hit) -> bool:
        """The first nationality, or one joined to the one taken before ("US and Russian troops")."""
        if not frame.countries:
            return True
        doc = frame.head.doc
        after = pivot(doc[hit.last + 1]) if hit.last + 1 < len(doc) else ""
        return after in _JOINERS and hit.name.country not in frame.countries

    def _read_after(self, frame: Frame) -> None:
        """ "of", "from", "for" phrases name owner and body; "in" a country, for people and authorities."""
        local = frame.family not in (Family.FORCE, Family.WEAPON, Family.FIGHTER, Family.MERCENARY)
        for preposition, inner in prepositional(frame.head):
            if preposition in ("of", "from", "for"):
                self._take_inner(frame, inner, preposition)
                if inner.lang_ != PIVOT and frame.body is None and not frame.countries:
                    self._take_deeper(frame, inner)
            elif preposition in _COUNTRY_PREPOSITIONS and local:
                hit = self._known.at(inner.i)
                country = hit.name.country if hit is not None and hit.name.kind is not NameKind.ACTOR else None
                if country is not None and not frame.countries and frame.body is None:
                    frame.countries.append(country)
        if not local and (frame.bare or (frame.family is Family.FIGHTER and frame.body is None)):
            for inner in self._held_to(frame.head):
                self._take_inner(frame, inner, "of")

    def _held_to(self, head: Token) -> Iterator[Token]:
        """Whom armed people are said to be loyal to: "fighters loyal to X"."""
        bound = (c for c in head.children if self._words.among("allegiant", pivot(c)))
        preps = (p for c in bound for p in c.children if p.dep_ == "prep" and pivot(p) == "to")
        yield from (inner for p in preps for inner in p.children if inner.dep_ == "pobj")

    def _take_deeper(self, frame: Frame, inner: Token) -> None:
        """ "le ministère des Affaires étrangères du Niger": whose it is stands behind what it is for."""
        if self._words.family(pivot(inner)) is None and self._known.at(inner.i) is None:
            described = [c for c in inner.subtree if c.dep_ == "amod"]
            for owning in (*described, *(p for name, p in prepositional(inner) if name == "of")):
                if self._known.at(owning.i) is not None:
                    self._take_inner(frame, owning, "of")

    def _take_inner(self, frame: Frame, inner: Token, preposition: str) -> None:
        hit = self._known.at(inner.i)
        if hit is not None and hit.name.actor is None:
            if not frame.countries and hit.name.country is not None:
                frame.countries.append(hit.name.country)
                frame.countries += [
                    h.name.country
                    for c in inner.conjuncts
                    if (h := self._known.at(c.i)) is not None
                    and h.name.kind is not NameKind.ACTOR
                    and h.name.country is not None
                    and preposition != "for"
                ]
            return
        if frame.body is None:
            found = self._denote(inner)
            if found is not None and found.person and found.family is not None and frame.family not in _OFFICIAL:
                found = self._headed_by(inner) or found
            self._take(frame, found)

    def _headed_by(self, chief: Token) -> Denotation | None:
        """The body that one who is only told by his post heads: of "the Wagner Group's chief" the group."""
        owners = [c for c in chief.lefts if c.dep_ in ("poss", "compound", "nmod")]
        owners += [inner for preposition, inner in prepositional(chief) if preposition == "of"]
        hits = (self._known.at(c.i) for c in owners)
        found = (self._denote(c) for c, hit in zip(owners, hits, strict=True) if hit is not None and hit.name.actor)
        return next((d for d in found if d is not None and d.sector in _ARMED), None)

    @staticmethod
    def _take(frame: Frame, found: Denotation | None) -> None:
        if found is None:
            return
        if found.state and found.country is not None:
            if not frame.countries:
                frame.countries.append(found.country)
        elif frame.body is None:
            frame.body = found

    def _share(self, frame: Frame) -> None:
        """Coordinated heads share a nationality: "the government and people of Iraq", "Malian soldiers and police"."""
        head = frame.head
        if frame.countries or frame.body is not None or frame.elsewhere:
            return
        for other in head.conjuncts:
            if other.i > head.i:
                for preposition, inner in prepositional(other):
                    hit = self._known.at(inner.i)
                    if preposition == "of" and hit is not None and hit.name.actor is None and hit.name.country:
                        frame.countries.append(hit.name.country)
                        return
            elif self._unmodified(head):
                frame.elsewhere = any(self._unlisted(t) for t in premodifiers(other))
                for country in self._leading(other):
                    frame.countries.append(country)
                    return

    def _unmodified(self, head: Token) -> bool:
        return all(self._known.at(t.i) is None for t in premodifiers(head)) and not any(
            t.dep_ == "det" for t in head.lefts
        )

    def _leading(self, head: Token) -> Iterator[str]:
        for index in range(phrase_start(head), head.i):
            hit = self._known.at(index)
            if hit is None or hit.name.actor is not None or is_loosely_bound(self._doc, hit.last):
                continue
            if hit.name.country is not None:
                yield hit.name.country
