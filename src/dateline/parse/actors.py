"""Who is who in one report: from a noun, name or pronoun to the actor it denotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from dateline.lexicon.actors import Family, NameKind, by_name, words
from dateline.lexicon.countries import country_name
from dateline.model import Actor, Place, Sector
from dateline.parse.actor_phrases import ActorPhrases
from dateline.parse.coreference import (
    FIRST_PLURAL,
    FIRST_SINGULAR,
    HE,
    IT,
    RELATIVE,
    SHE,
    THEY,
    Coreference,
    Mentioned,
    agrees,
    following_subject,
)
from dateline.parse.denotations import (
    Denotation,
    Frame,
    FrameReader,
    government,
    head_family,
    of_name,
    warship,
)
from dateline.parse.families import Families
from dateline.parse.forms import means, pivot
from dateline.parse.home_country import HomeCountry
from dateline.parse.known_names import UN_PEACEKEEPERS, known_names
from dateline.parse.noun_phrases import (
    first_joined,
    is_definite,
    is_nominal,
    joined_behind,
    owner,
    partitive_object,
    prepositional,
)
from dateline.parse.organisations import organisation
from dateline.parse.persons import People, Person
from dateline.parse.recalled import contradicts, recalled
from dateline.parse.said_after import speaking_state
from dateline.parse.voices import Voice, military_governments, outlet_voice, quoted_tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Cast"]

_FIRST = FIRST_SINGULAR | FIRST_PLURAL
_THIRD = HE | SHE | IT | THEY


class Cast:
    """The actors of one report, by the head token of their phrase.

    Names come from the lexicon first, then from the recogniser; an unmodified "army" or "police" is that of
    the country in view (`home` is a prior for it, as are `places`); pronouns and short forms follow
    `coreference`. `speaker`, when set, tells who "we" and "I" are inside quoted words, `dateline` where the report is
    from. Everything is read once, lazily; None means that the phrase is no actor or that nothing tells who it is.
    """

    def __init__(
        self,
        doc: Doc,
        text: str,
        *,
        outlet: str | None = None,
        home: str | None = None,
        title: str | None = None,
        places: Iterable[Place] = (),
    ) -> None:
        self.speaker: Callable[[Token], Actor | None] | None = None
        self.dateline: str | None = None
        self._doc = doc
        self._text = text
        self._known = known_names(doc)
        self._people = People(doc, self._known)
        self._phrases = ActorPhrases(doc, self._known, self._people)
        self._quoted = quoted_tokens(doc)
        self._voice: Voice = outlet_voice(outlet, title, self._known, allied="coalition" in doc.text.lower())
        prior = home if home is not None else self._voice.prior
        self._home = HomeCountry(doc, self._known, home=prior, title=self._voice.title_countries, places=places)
        self._juntas = military_governments(doc, self._known, self._home)
        self._coreference = Coreference(doc, self._people, self._quoted)
        self._frames = FrameReader(doc, self._known, self._people, self._denote)
        self._families = Families(
            antecedent=self._antecedent,
            home=self._home_of,
            military_rule=self._juntas.__contains__,
            named=self._known.actor_names,
        )
        self._cache: dict[int, Denotation | None] = {}
        self._links: dict[int, int] = {}
        self._surveyed = False

    # -- what callers ask

    def actor(self, token: Token, *, joint: bool = True) -> Actor | None:
        """The actor that the phrase headed by `token` denotes, its words as written without relative clauses.

        With `joint`, what is coordinated to the right is one actor with it: names joined by "; ", the country
        kept only if all share it. None for what is no actor (a place, a thing, a date) or cannot be told.
        """
        found = self.denoted(token)
        parts = [(token, found)] if found is not None else []
        if joint and found is not None:
            parts += [(t, d) for t in self._joined(token) if (d := self._denote(t)) is not None]
        if not parts:
            return None
        spans = [self._phrases.span(t) for t, _ in parts]
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        denoted = list({d.name: d for _, d in parts}.values())
        shared = {d.country for t, d in parts if d.country is not None or not self._open(t)}
        return Actor(
            text=self._text[start:end],
            start=start,
            end=end,
            name="; ".join(d.name for d in denoted),
            country=denoted[0].country if len(shared) == 1 else None,
            sector=denoted[0].sector,
        )

    def _joined(self, token: Token) -> list[Token]:
        """What is coordinated to the right, also behind a title: "the activists Ama Baah and Kofi Addo"."""
        behind = joined_behind(token)
        named = self._doc[self._people.span(token.i)[1]] if self._people.at(token.i) is not None else token
        return joined_behind(named) if not behind and named.i > token.i and named.head == token else behind

    def resolved(self, token: Token) -> Token | None:
        """The head of the phrase that a pronoun or short form points back to; None where it points nowhere."""
        self.denoted(token)
        seen = {token.i}
        at = self._links.get(token.i)
        while at is not None and at not in seen and at in self._links:
            seen.add(at)
            at = self._links[at]
        return None if at is None else self._doc[at]

    def denoted(self, token: Token) -> Denotation | None:
        """Whom the phrase headed by `token` alone denotes, without its words, which takes less time than `actor`."""
        self._survey()
        return self._denote(token)

    def country(self, token: Token) -> str | None:
        """The state that the actor at `token` belongs to or acts for."""
        found = self.denoted(token)
        return None if found is None else found.country

    def home_country(self, token: Token, *, but: str | None = None) -> str | None:
        """The country in view at this point of the report, other than `but`: what "the country" would mean here."""
        return self._home.at(token, but=but)

    def main_country(self) -> str | None:
        """The country the report as a whole is about."""
        return self._home.total()

    def government_name(self, code: str) -> str:
        """The canonical name of a state's government, as this report knows it ("Niger, military government")."""
        return government(code, military_rule=self._juntas.__contains__).name

    def is_person(self, token: Token) -> bool:
        """Whether the token belongs to the name or title of a named person."""
        return self._people.at(token.i) is not None

    def person(self, token: Token) -> Person | None:
        """The named person whose name or title covers the token."""
        return self._people.at(token.i)

    def person_span(self, token: Token) -> tuple[int, int]:
        """First and last token of the title and name at a token of a named person."""
        return self._people.span(token.i)

    # -- one phrase

    def _survey(self) -> None:
        """Reads every phrase in text order once, so that later ones find their antecedents."""
        unread, self._surveyed = not self._surveyed, True
        for token in self._doc if unread else ():
            if not is_nominal(token) and token.dep_ != "poss":
                continue
            found = self._denote(token)
            if found is not None and pivot(token) not in _FIRST:
                self._coreference.add(token, found)

    def _denote(self, token: Token) -> Denotation | None:
        if token.i in self._cache:
            return self._cache[token.i]
        first_person = pivot(token) in _FIRST or ((who := owner(token)) is not None and pivot(who) in _FIRST)
        if not first_person:
            self._cache[token.i] = None
        found = self._read(token)
        if not first_person:
            self._cache[token.i] = found
        return found

    def _read(self, token: Token) -> Denotation | None:
        lower = pivot(token)
        if token.pos_ == "PRON" or lower in _THIRD or lower in RELATIVE:
            return self._pronoun(token, lower)
        ship = warship(token)
        if ship is not None:
            return ship
        person = self._people.at(token.i)
        if person is not None and not self._phrases.names_in_title(token):
            return Denotation(
                person.name, person.country or self._office_home(token), person.sector, None, True, female=person.female
            )
        named = self._named(token)
        if named is not None:
            return named
        inner = partitive_object(token)
        if inner is not None:
            found = self._denote(inner)
            if found is not None:
                return self._troop_of(token, found) or replace(found, plural=True)
        return self._common(token)

    @staticmethod
    def _troop_of(token: Token, found: Denotation) -> Denotation | None:
        """ "a contingent of 60 Bulgarians": people of a nation who are told to be its soldiers."""
        armed = words().family(pivot(token)) is Family.FORCE and found.family is Family.CIVIL
        if not armed or found.country is None or not found.name.startswith("people of "):
            return None
        name = f"{country_name(found.country)}, armed forces"
        return Denotation(name, found.country, Sector.MIL, Family.FORCE, plural=True)

    def _named(self, token: Token) -> Denotation | None:
        """A phrase that is a known name, or an acronym of the report's own."""
        hit = self._known.at(token.i)
        if hit is None:
            at = self._known.expansions.get(token.i)
            if at is None:
                return None if self._phrases.is_place(token.i) else self._seated_body(token.text, None)
            self._links[token.i] = at
            return self._denote(self._doc[at])
        if hit.name.kind is NameKind.CAPITAL:
            if self._phrases.is_place(hit.first):
                return None
            body = self._seated_body(" ".join(hit.name.words), hit.name.country)
            if body is not None:
                return body
        if hit.name.kind is NameKind.COUNTRY and token.ent_type_ == "ORG" and self._phrases.ends_name(hit.first):
            return organisation(token, self._known, self._home)
        counted = any(t.dep_ in ("det", "nummod") for t in token.lefts)
        plural = counted or token.tag_ in ("NNS", "NNPS") or token.text.endswith("s")
        if hit.name.actor is not None and hit.name.actor.name == UN_PEACEKEEPERS:
            before = (self._known.at(t.i) for t in first_joined(token).lefts if t.i < hit.first)
            if any(h is not None and h.name.actor is None and h.name.country is not None for h in before):
                return None  # "Uruguay's 750 blue helmets"
            mission = self._known.only_un_mission()
            if mission is not None:
                return Denotation(mission.name, mission.country, mission.sector, plural=True)
        noun = plural and first_joined(token).dep_ not in ("amod", "compound", "nmod") and not is_definite(token)
        return of_name(hit.name, military_rule=self._juntas.__contains__, plural=noun)

    def _seated_body(self, city: str, host: str | None) -> Denotation | None:
        """The body of many states that its seat stands for ("Brussels"), where the report names it, not the host."""
        bodies = words().seats_of_bodies.get(city, ())
        named = self._known.actor_names() if bodies else frozenset()
        actor = next((by_name(b) for b in bodies if b in named), None)
        if actor is None or (host is not None and self._known.speaks_of(host)):
            return None
        return Denotation(actor.name, actor.country, actor.sector)

    def _common(self, token: Token) -> Denotation | None:
        found = head_family(token)
        name = self._phrases.name_after(token) if found is not None else None
        if name is not None:
            return self._denote(self._doc[name.last])
        again = self._described(token, Family.GROUP if found is None else found[0])
        if again is not None:
            return again
        if found is None:
            return organisation(token, self._known, self._home) if token.pos_ == "PROPN" else None
        family, word = found
        several = token.i > 0 and token.pos_ == "PROPN" and token.nbor(-1).text[:1].isupper()
        proper = organisation(token, self._known, self._home) if several and family is not Family.WEAPON else None
        if proper is not None and proper.sector not in (Sector.GOV, Sector.MIL, Sector.POL):
            return proper
        return self._families.denote(self._frames.frame(token, family), word)

    # -- who was meant before

    def _described(self, token: Token, family: Family) -> Denotation | None:
        """The named actor that a definite description takes up again."""
        if token.pos_ != "NOUN" or token.dep_ in ("compound", "amod") or not is_definite(token):
            return None
        lemma = pivot(token) if token.tag_ == "NNS" else token.lemma_.lower()
        if lemma not in words().recalled:
            return None
        before, sentence = self._coreference.recent(token.i, self._modifying)
        return self._linked(token, recalled(self._frames.frame(token, family), before, here=sentence))

    def _pronoun(self, token: Token, lower: str) -> Denotation | None:
        if lower in _FIRST:
            return self._first_person(token, singular=lower in FIRST_SINGULAR)
        if lower in RELATIVE and token.tag_ in ("WP", "WDT", "WP$"):
            return self._relative(token)
        if lower not in _THIRD:
            inner = next((i for p, i in prepositional(token) if p == "of"), None)
            return None if inner is None else self._denote(inner)
        later = following_subject(token)
        if later is not None:
            found = self._denote(later)
            if found is not None and agrees(lower, found):
                self._links[token.i] = later.i
                return found
        return self._linked(token, self._coreference.pronoun(token))

    def _relative(self, token: Token) -> Denotation | None:
        for above in token.ancestors:
            if above.dep_ == "relcl":
                self._links[token.i] = above.head.i
                return self._denote(above.head)
        return None

    @cached_property
    def _modifying(self) -> list[tuple[Token, Denotation]]:
        """Named actors that stand only before another noun ("NATO leaders"), which a later description may take up."""
        return [
            (self._doc[index], of_name(hit.name, military_rule=self._juntas.__contains__, plural=False))
            for index, hit in sorted(self._known.hits.items())
            if index == hit.last and hit.name.actor is not None and not is_nominal(self._doc[index])
        ]

    def _antecedent(self, frame: Frame, word: str) -> Denotation | None:
        if frame.family in (Family.STATE, Family.GROUP, Family.PARTY) and frame.plural:
            return self._pair(frame)
        if frame.family is Family.STATE:
            return None
        if frame.family is Family.OFFICE and frame.plural and {"both", "two"} & {pivot(t) for t in frame.head.lefts}:
            return self._pair(frame)
        if frame.family is Family.OFFICE and frame.head.pos_ == "PROPN" and frame.lower:
            person = self._coreference.titled_later(frame)
            if person is not None:
                return Denotation(person.name, person.country or self._voice.prior, person.sector, None, True)
        found = self._coreference.short_form(frame, word)
        machine = found is not None and found.denotation.family is Family.WEAPON  # "missiles from Yemen"
        if found is not None and frame.family is Family.FIGHTER and contradicts(frame, found):
            return None
        if machine and self._speaking_home(frame.head):
            return None
        return self._linked(frame.head, found)

    def _pair(self, frame: Frame) -> Denotation | None:
        words_of_two = {"both", "these", "the"} & {pivot(t) for t in frame.head.lefts}
        two_sided = frame.family in (Family.STATE, Family.OFFICE) or means(frame.head, "side", "party", "nation")
        pair = self._coreference.two_states(frame.head.i) if words_of_two and two_sided else None
        if pair is None:
            return None
        first, second = (government(code, military_rule=self._juntas.__contains__) for code in pair)
        return Denotation(f"{first.name}; {second.name}", None, Sector.GOV, frame.family, plural=True)

    def _linked(self, token: Token, mention: Mentioned | None) -> Denotation | None:
        if mention is None:
            return None
        self._links[token.i] = mention.index
        return mention.denotation

    def _first_person(self, token: Token, *, singular: bool) -> Denotation | None:
        """The quoted speaker, or in a report without one the body whose words the report is."""
        said = self.speaker(token) if self.speaker is not None else None
        if said is None:
            if self._quoted[token.i]:
                return None
            return self._voice.singular if singular and self._voice.singular is not None else self._voice.plural
        if not singular:
            return self._body_of(said)
        return Denotation(said.name, said.country, said.sector, None, True)

    def _body_of(self, said: Actor) -> Denotation:
        """For whom a speaker says "we": the body of the title, else the state or its forces."""
        person = next((p for p in self._people.all() if p.name == said.name), None)
        body = person.body if person is not None else None
        if body is not None and body.sector not in (Sector.MED,):
            return Denotation(body.name, body.country, body.sector, plural=True)
        if said.country is not None and said.sector is Sector.GOV:
            return government(said.country, military_rule=self._juntas.__contains__)
        if said.country is not None and said.sector is Sector.MIL:
            return Denotation(f"{country_name(said.country)}, armed forces", said.country, Sector.MIL, plural=True)
        return Denotation(said.name, said.country, said.sector, plural=True)

    # -- countries

    def _junta_home(self, frame: Frame, home: str | None) -> str | None:
        """The state a nameless junta rules: one known for such; of a "military government" else that in view."""
        military = frame.family is Family.JUNTA or any(pivot(t) == "military" for t in frame.head.lefts)
        if home is None or not military or words().among("coup_states", home.lower()):
            return home
        ruled = next((c for c in self._home.ranked(frame.head) if words().among("coup_states", c.lower())), None)
        return home if ruled is None and frame.family is not Family.JUNTA else ruled

    def _home_of(self, frame: Frame, surely: bool) -> str | None:
        own = self._speaking_home(frame.head)
        if own is not None:
            return own
        if surely:
            return self._home.surely(frame.head)
        if frame.family in (Family.FORCE, Family.SECURITY):
            return self._home.of_forces(frame.head)
        other = frame.family in (Family.GOVERNMENT, Family.STATE, Family.JUNTA, Family.PARTY)
        home = self._home.at(frame.head, but=self._agent_state(frame.head) if other else None)
        return self._junta_home(frame, home)

    def _speaking_home(self, head: Token) -> str | None:
        """The state whose act a bare body tells at the end of its own sentence, unless another is far more in view."""
        found = speaking_state(head, self._denote, self.dateline)
        if found is None or found.country is None:
            return None
        return found.country if found.sector is not Sector.GOV or self._home.in_view(head, found.country) else None

    def _agent_state(self, head: Token) -> str | None:
        """The state that acts on this object: "Russia backing the government" is not about Russia's."""
        if head.dep_ not in ("dobj", "pobj", "nsubjpass"):
            return None
        verb = next((t for t in head.ancestors if t.pos_ == "VERB"), None)
        subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None) if verb is not None else None
        hit = self._known.at(subject.i) if subject is not None else None
        return hit.name.country if hit is not None and hit.name.actor is None else None

    def _office_home(self, token: Token) -> str | None:
        """The country of a titled person whose title names none: as described before, else the report's here."""
        person = self._people.at(token.i)
        if person is None or person.known is not None or not person.titled or person.body is not None:
            return None
        if person.sector not in (Sector.GOV, Sector.MIL, Sector.POL):
            return None
        described = self._coreference.described(person)
        if described is not None:
            return described.country
        first = self._people.span(person.mentions[0][0])[0]
        return self._voice.prior or self._home.surely(self._doc[first])

    @staticmethod
    def _open(token: Token) -> bool:
        """A second part that names nobody new: "and its allies", "and other Coalition forces"."""
        named = ("its", "his/her/its", "their", "other", "others")
        return any(pivot(t) in named for t in token.lefts) or pivot(token) == "others"
