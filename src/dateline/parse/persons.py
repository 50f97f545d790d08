"""Persons of a report: who is named, under which title and for whom, with short forms tied to the full name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dateline.lexicon.actors import Family, KnownActor, NameKind, folded, words
from dateline.model import Sector
from dateline.parse.forms import follows, means, neighbour, pivot
from dateline.parse.known_names import Hit, KnownNames
from dateline.parse.noun_phrases import is_loosely_bound, phrase_end, phrase_start

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_QUOTES = frozenset('“”"')
_TITLE_REACH = 12


@dataclass
class Office:
    """What the words around a name say of its bearer: `country` and `sector` None where they are silent."""

    country: str | None = None
    sector: Sector | None = None
    words: frozenset[str] = frozenset()
    titled: bool = False
    body: KnownActor | None = None


@dataclass
class Person:
    """One person of the report; `country` and `sector` by the lexicon, else by the titles of all mentions."""

    name: str
    known: KnownActor | None = None
    offices: list[Office] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)

    @property
    def country(self) -> str | None:
        """The state the person belongs to or acts for."""
        if self.known is not None:
            return self.known.country
        return next((o.country for o in self.offices if o.country is not None), None)

    @property
    def sector(self) -> Sector:
        """The sector of the office; UNK where no mention has one."""
        if self.known is not None:
            return self.known.sector
        return next((o.sector for o in self.offices if o.sector is not None), Sector.UNK)

    @property
    def body(self) -> KnownActor | None:
        """The organisation that a title names ("the CJTF-OIR spokesman")."""
        return next((o.body for o in self.offices if o.body is not None), None)

    @property
    def titled(self) -> bool:
        """Whether some mention gives an office or rank."""
        return any(o.titled for o in self.offices)

    @cached_property
    def title_words(self) -> frozenset[str]:
        """All words of all titles, lower case."""
        return frozenset(w for o in self.offices for w in o.words)

    @cached_property
    def female(self) -> bool | None:
        """True for a woman by title or first name, False for a man by title, None where nothing tells."""
        lists = words().lists
        if self.title_words & lists["female_titles"] or self.name.split()[0].lower() in lists["women"]:
            return True
        return False if self.title_words & lists["male_titles"] or self.known is not None else None


class People:
    """The persons of one report, by token."""

    def __init__(self, doc: Doc, known: KnownNames) -> None:
        self._doc = doc
        self._known = known
        self._words = words()
        self._at: dict[int, Person] = {}
        self._spans: dict[int, tuple[int, int]] = {}
        spans = sorted(set(self._spans_found()))
        self._link([s for s in spans if not self._inside_longer(s, spans)])

    def at(self, index: int) -> Person | None:
        """The person whose name or title covers the token."""
        return self._at.get(index)

    def in_title(self, index: int) -> bool:
        """Whether the token stands in the title, before the name itself."""
        return index in self._at and not any(f <= index <= last for f, last in self._at[index].mentions)

    def span(self, index: int) -> tuple[int, int]:
        """First and last token of title and name together."""
        return self._spans[index]

    def all(self) -> list[Person]:
        """Each person once, in order of first mention."""
        return list({id(p): p for _, p in sorted(self._at.items())}.values())

    # -- which tokens are names of persons

    def _spans_found(self) -> Iterator[tuple[int, int]]:
        for hit in self._known.hits.values():
            if hit.name.actor is not None and hit.name.actor.person:
                yield self._widened(hit)
        for ent in self._doc.ents:
            if ent.label_ == "PERSON":
                trimmed = self._trimmed(ent.start, ent.end - 1)
                if trimmed is not None:
                    yield trimmed
        for token in self._doc:
            inner = follows(token, "-")
            if token.pos_ in ("PROPN", "NOUN") and not inner and self._is_title(token, named=False):
                run = self._run_after(token.i)
                if run is not None and (token.pos_ == "PROPN" or self._borne(token, run)):
                    yield run

    def _widened(self, hit: Hit) -> tuple[int, int]:
        """A known name with capitalised words of the name around it ("Recep" before "Tayyip Erdogan")."""
        last = hit.last
        while last + 1 < len(self._doc) and self._belongs(last + 1) and self._doc[last + 1].ent_type_ == "PERSON":
            last += 1
        first = hit.first
        while first > 0 and self._belongs(first - 1) and self._doc[first - 1].ent_type_ == "PERSON":
            first -= 1
        return first, last

    def _belongs(self, index: int) -> bool:
        token = self._doc[index]
        name = token.pos_ == "PROPN" and token.text[:1].isupper() and index not in self._known.hits
        return name and not self._is_title(token, named=True)

    def _trimmed(self, first: int, last: int) -> tuple[int, int] | None:
        """A PERSON entity without titles, owner's "s" and foreign names; None if nothing of a person is left."""
        while first <= last and not self._name_like(first):
            first += 1
        end = first
        while end + 1 <= last and (self._surname(end + 1) or self._joint(end + 1, last)):
            end += 1
        if first > last or not self._doc[first].text[:1].isupper():
            return None
        single = first == end
        token = self._doc[first]
        if single and (token.pos_ != "PROPN" or token.text.isupper() or not token.is_alpha):
            return None
        return first, end

    def _surname(self, index: int) -> bool:
        """A later part of a name: it may look like a title ("Dayton King")."""
        token = self._doc[index]
        title = self._is_title(token, named=True) and token.pos_ == "PROPN" and index not in self._known.hits
        return self._name_like(index) or (title and token.text[:1].isupper())

    def _joint(self, index: int, last: int) -> bool:
        """A hyphen, a particle or a nickname in quotation marks inside a name; a dash with space before it is none."""
        token = self._doc[index]
        if token.text == "-" and index > 0 and self._doc[index - 1].whitespace_:
            return False
        if token.text in _QUOTES or (index > 0 and self._doc[index - 1].text in _QUOTES):
            return index + 1 <= last and (self._name_like(index + 1) or self._joint(index + 1, last))
        before = self._doc[index - 1].text if index > 0 else ""
        if before == "-" and token.is_alpha and token.is_lower:
            return True
        inner = token.text in ("-", "'") or self._words.among("particles", pivot(token).rstrip("."))
        return inner and index + 1 <= last and (self._name_like(index + 1) or self._joint(index + 1, last))

    def _name_like(self, index: int) -> bool:
        token = self._doc[index]
        hit = self._known.at(index)
        if hit is not None and not (hit.name.actor is not None and hit.name.actor.person):
            return False
        if self._is_title(token, named=True) or token.text == "'s":
            return False
        return token.text[:1].isupper() or self._words.among("particles", pivot(token))

    def _run_after(self, index: int) -> tuple[int, int] | None:
        """The capitalised words right after a title: "General" -> "Abdourahamane Tiani"."""
        first = index + 1
        if first < len(self._doc) and self._doc[first].text == ".":
            first += 1
        last = first - 1
        while last + 1 < len(self._doc):
            token = self._doc[last + 1]
            proper = token.pos_ == "PROPN" and token.text[:1].isupper() and self._name_like(last + 1)
            inner = last >= first and self._joint(last + 1, len(self._doc) - 1)
            if not (proper or inner) or token.is_sent_start:
                break
            last += 1
        if last < first or self._words.family(pivot(self._doc[last])) is not None:
            return None
        return None if self._doc[last].ent_type_ in ("DATE", "CARDINAL") or last - first > 5 else (first, last)

    def _borne(self, title: Token, run: tuple[int, int]) -> bool:
        """Whether a title in small letters belongs to the words after it: "security official Radi Asiba"."""
        head = self._doc[run[1]]
        return run[1] > run[0] and title.dep_ == "compound" and title.head == head and title.is_lower

    def _is_title(self, token: Token, *, named: bool) -> bool:
        """An office, rank or honorific; with `named` also the words that stand inside titles."""
        word = pivot(token).rstrip(".")
        family = self._words.family(word)
        if family in (Family.OFFICE, Family.RANK) or self._words.among("honorifics", word):
            return True
        return named and (self._words.among("title_words", word) or family in (Family.FORCE, Family.POLICE))

    @staticmethod
    def _inside_longer(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
        return any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in spans)

    # -- which names are the same person, and what is said of them

    def _link(self, spans: list[tuple[int, int]]) -> None:
        by_key: dict[str, Person] = {}
        for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
            name = self._name(span)
            keys = _keys(name)
            person = self._same_person(span, keys, by_key)
            if person is None:
                if len(keys) == 1 and not self._person_like(span):
                    continue
                known = self._known_actor(span)
                person = Person(name if known is None else known.name, known)
            for key in keys[:1] if len(keys) > 1 else keys:
                by_key.setdefault(key, person)
            by_key.setdefault(folded(name).casefold(), person)
            person.mentions.append(span)
        self._find_bare(by_key, {i for f, last in spans for i in range(f, last + 1)})
        for person in {id(p): p for p in by_key.values()}.values():
            for span in person.mentions:
                self._place(person, span)

    def _same_person(self, span: tuple[int, int], keys: list[str], by_key: dict[str, Person]) -> Person | None:
        """The person already met: by a known name, by the surname alone, or by surname and first name."""
        by_surname = by_key.get(keys[0]) if keys else None
        if by_surname is not None and len(keys) == 1:
            return by_surname
        known = self._known_person(span, by_key)
        if known is not None or by_surname is None:
            return known
        first = _keys(by_surname.name)[1:2]
        return by_surname if not first or first[0][0] == keys[1][0] else None

    def _known_actor(self, span: tuple[int, int]) -> KnownActor | None:
        for index in range(span[0], span[1] + 1):
            hit = self._known.at(index)
            if hit is not None and hit.name.actor is not None and hit.name.actor.person:
                whole = hit.first == span[0] and hit.last == span[1]
                return hit.name.actor if whole or hit.last > hit.first else None
        return None

    def _known_person(self, span: tuple[int, int], by_key: dict[str, Person]) -> Person | None:
        known = self._known_actor(span)
        if known is None:
            return None
        return next((p for p in by_key.values() if p.known is known), None)

    def _name(self, span: tuple[int, int]) -> str:
        return " ".join(self._doc[span[0] : span[1] + 1].text.split())

    def _person_like(self, span: tuple[int, int]) -> bool:
        """A one-word name needs more than the recogniser: a title before it, or a verb that it is an argument of."""
        if self._known_actor(span) is not None:
            return True
        before = self._doc[span[0] - 1] if span[0] > 0 else None
        if before is not None and self._is_title(before, named=False):
            return True
        token = self._doc[span[1]]
        acting = token.dep_ in ("nsubj", "poss", "dobj", "nsubjpass")
        acting = acting or (token.dep_ == "pobj" and pivot(token.head) in ("by", "with", "against"))
        return token.ent_type_ == "PERSON" and acting and token.is_alpha

    def _find_bare(self, by_key: dict[str, Person], taken: set[int]) -> None:
        """Surnames that the recogniser missed, once the full name is known."""
        for token in self._doc:
            if token.i in taken or token.pos_ != "PROPN" or token.i in self._known.hits:
                continue
            person = by_key.get(folded(token.text).casefold())
            if person is not None and token.text[:1].isupper():
                person.mentions.append((token.i, token.i))

    def _place(self, person: Person, span: tuple[int, int]) -> None:
        first, office = self._office_before(span)
        person.offices.append(office)
        after = self._office_after(span)
        if after is not None:
            person.offices.append(after)
        for index in range(first, span[1] + 1):
            if index in self._at and index < span[0]:
                continue
            self._at[index] = person
            self._spans[index] = (first, span[1])

    def _office_before(self, span: tuple[int, int]) -> tuple[int, Office]:
        """The title left of a name, with its first token, and the appositive it may stand in."""
        first = self._title_start(span[0])
        head = self._doc[span[1]]
        if head.dep_ == "appos" and head.head.i < span[0]:
            noun = self._served(head.head)
            gap = self._doc[noun.right_edge.i : span[0]] if noun.right_edge.i < span[0] else ()
            family = self._words.family(pivot(noun))
            if family in (Family.OFFICE, Family.RANK, Family.CIVIL) and len(gap) <= 2:
                start = phrase_start(noun)
                if span[0] - start <= _TITLE_REACH and start < first:
                    first = start
        return first, self._office(range(first, span[0]))

    def _served(self, noun: Token) -> Token:
        """The envoy that a name is hung on by way of the state it serves in: "Peru's ambassador to Chile, Ana Paz"."""
        over = noun.head.head if noun.dep_ == "pobj" and pivot(noun.head) in ("to", "in") else noun
        return over if pivot(over) in self._words.lists["envoys"] else noun

    def _title_start(self, name_start: int) -> int:
        """Where the title begins: back over title words, nationalities and owners while a title word is among them."""
        start = index = name_start
        while index > 0 and name_start - index < _TITLE_REACH:
            token = self._doc[index - 1]
            if token.text == "." and self._doc[index].is_sent_start:
                break
            if token.is_sent_start and not (self._titular(token) or pivot(token) in ("the", "a", "an")):
                break
            if not self._titular(token):
                if (
                    pivot(token) in ("the", "a", "an", "his", "her", "his/her/its", "their", "its")
                    and start < name_start
                ):
                    start = index - 1 if start == index else start
                break
            index -= 1
            role = token.pos_ == "NOUN" and token.dep_ == "compound" and index + 1 == name_start
            after = self._doc[min(name_start, index + (2 if self._doc[index + 1].text == "-" else 1))]
            paired = self._words.family(f"{pivot(token)} {pivot(after)}") is not None
            titled = paired or self._is_title(token, named=True)
            if role or titled or (index in self._known.hits and start < name_start):
                start = index
        return self._known.hits[start].first if start in self._known.hits and start < name_start else start

    def _titular(self, token: Token) -> bool:
        hit = self._known.at(token.i)
        if hit is not None:
            return not (hit.name.actor is not None and hit.name.actor.person)
        if token.text == "-":
            return not token.whitespace_
        if pivot(token) == "the":
            before = neighbour(token, -1)
            return before is not None and pivot(before) in ("of", "for")
        if pivot(token) in ("of", "'s", "s", ".", "for", "'", "and", "&"):
            return True
        return self._is_title(token, named=True) or token.dep_ in ("compound", "amod", "nmod") and token.pos_ != "VERB"

    def _office_after(self, span: tuple[int, int]) -> Office | None:
        """ "X, the foreign minister", "X was the leader of Y"."""
        head = self._doc[span[1]]
        nouns = [c for c in head.rights if c.dep_ == "appos"]
        if head.dep_ == "nsubj" and means(head.head, "be"):
            nouns += [c for c in head.head.rights if c.dep_ == "attr"]
        if head.dep_ in ("compound", "poss") and head.head.i <= span[1]:
            nouns += [c for c in head.head.rights if c.dep_ == "appos"]
        for noun in nouns:
            if self._words.family(pivot(noun)) is not None and noun.i not in self._known.hits:
                return self._office(range(phrase_start(noun), phrase_end(noun) + 1))
        return None

    def _office(self, region: range) -> Office:
        """Country, sector and words of a title."""
        lower = [pivot(self._doc[i]).rstrip(".") for i in region]
        hits = [h for i in region if (h := self._known.at(i)) is not None and not is_loosely_bound(self._doc, h.last)]
        bodies = [h.name.actor for h in hits if h.name.actor is not None and not h.name.actor.person]
        families = list(self._families(lower))
        titled = any(f in (Family.OFFICE, Family.RANK) for f in families)
        envoy = bool(self._words.lists["envoys"].intersection(lower))
        states = [h for h in hits if h.name.kind is not NameKind.ACTOR and not (envoy and self._sent_to(h))]
        own = states[-1].name.country if states else None
        if own is not None and envoy:
            return Office(own, Sector.GOV, frozenset(lower), titled)
        body = bodies[-1] if bodies else None
        sector = self._office_sector(lower, families, bodies)
        return Office(own if body is None else body.country, sector, frozenset(lower), titled, body)

    def _sent_to(self, hit: Hit) -> bool:
        """Whether a state is where an envoy serves: "the US ambassador to Egypt", "consul in Karachi"."""
        before = self._doc[max(0, hit.first - 2) : hit.first]
        return any(pivot(t) in ("to", "in", "at") for t in before)

    def _families(self, lower: list[str]) -> Iterator[Family]:
        """The families of a title's words; two words that are one office ("attorney general") go first."""
        bare = [w for w in lower if w != "-"]
        for before, word, after in zip(["", *bare], bare, [*bare[1:], ""], strict=False):
            known = (self._words.family(w) for w in (f"{before} {word}", f"{word} {after}", word))
            family = next((f for f in known if f is not None), None)
            if family is not None:
                yield family

    def _office_sector(self, lower: list[str], families: list[Family], bodies: list[KnownActor]) -> Sector | None:
        if bodies and bodies[-1].sector not in (Sector.GOV, Sector.MIL):
            return bodies[-1].sector
        moved = [s for w in lower if (s := self._words.sector_words.get(w)) in (Sector.REB, Sector.PTY, Sector.POL)]
        if moved and families:
            return moved[0]
        if Family.RANK in families or (bodies and bodies[-1].sector is Sector.MIL):
            ranks = {w for w in lower if self._words.family(w) is Family.RANK}
            military = bool(bodies) or any(self._words.sector_words.get(w) is Sector.MIL for w in lower)
            return Sector.POL if ranks == {"officer"} and not military else Sector.MIL
        for family in (Family.FIGHTER, Family.OFFICE, Family.POLICE, Family.MEDIA, Family.BUSINESS, Family.CIVIL):
            if family in families:
                return self._words.sectors[family]
        return None


def _keys(name: str) -> list[str]:
    """The surname first, then the other words: a later bare word is taken for the surname only."""
    parts = [p for p in folded(name).casefold().replace("-", " ").split() if len(p) > 1]
    return [parts[-1], *parts[:-1]] if parts else []
