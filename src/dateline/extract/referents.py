"""Who a source is: pronouns, short forms and appositions led back to the name or first description in the report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.extract.bodies import in_trade
from dateline.extract.conditions import content_head
from dateline.extract.cues import Cue
from dateline.extract.reading import Reading
from dateline.extract.source_phrases import described_by, stems
from dateline.model import Sector
from dateline.parse.coreference import HE, SHE, THEY
from dateline.parse.forms import means, pivot
from dateline.parse.noun_phrases import is_other, premodifiers

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 12
"""Sentences back within which a short form finds its full form."""
NEAR = 3
"""Sentences back within which a pronoun finds the one who spoke."""
_PARTS = frozenset({"amod", "compound", "nmod"})


class Referents:
    """The sources of one report, each led back to the mention that says most plainly who it is."""

    def __init__(self, reading: Reading, cues: Iterable[Cue]) -> None:
        self._reading = reading
        self._words = reading.lexicon.words
        self._spoke = sorted({c.source.i for c in cues if c.source is not None and c.source.pos_ != "PRON"})
        self._known: dict[int, Token] = {}
        self._described_by: dict[int, Token] = {}
        self._keys: dict[int, str] = {}
        self._by_stem: dict[str, list[Token]] = {}
        self._sentence: list[int] = []
        number = -1
        for token in reading.doc:
            number += bool(token.is_sent_start) or token.i == 0
            self._sentence.append(number)
            if token.pos_ == "NOUN" and token.dep_ != "compound":
                self._by_stem.setdefault(token.lemma_.lower(), []).append(token)

    def of(self, token: Token) -> Token:
        """The head of the fullest mention that `token` leads back to; itself where nothing tells more."""
        if token.i not in self._known:
            self._known[token.i] = token
            self._known[token.i] = self._found(token)
        return self._known[token.i]

    def _found(self, token: Token) -> Token:
        named = self.named(token)
        if named is not None:
            return named
        inner = content_head(token)
        if inner is not token and inner.pos_ == "PRON":
            among = self._spoke_before(inner)
            return token if among is None else self.of(among)
        linked = self._reading.cast.resolved(token)
        nearer = self._nearer(token, linked)
        if nearer is not None:
            return self.of(nearer)
        if linked is not None and linked.i != token.i:
            return self.named(linked) or (linked if linked.pos_ == "PRON" else self.of(linked))
        if token.pos_ == "PRON":
            spoke = self._spoke_before(token)
            return token if spoke is None else self.of(spoke)
        before = self._described_before(token)
        return token if before is None else self.of(before)

    def _nearer(self, token: Token, linked: Token | None) -> Token | None:
        """A mention with the short form's own noun after the one the cast leads to: "a group that tracks Wagner"."""
        if linked is None or linked.i == token.i or linked.lemma_.lower() == token.lemma_.lower():
            return None
        before = self._described_before(token)
        return before if before is not None and before.i > linked.i else None

    def named(self, token: Token) -> Token | None:
        """The named person at the token, or in apposition to it: "the police chief, Samuel Mbeki"."""
        cast = self._reading.cast
        if cast.is_person(token):
            return token
        outlet = stems(token) & (self._reading.lexicon.classes["media_word"] | self._words["voice.outlets"])
        if token.tag_ in ("NNS", "NNPS") or token.pos_ == "PRON" or outlet:
            return None
        beside = [*(c for c in token.rights if c.dep_ == "appos"), *self._after_phrase(token)]
        if token.dep_ == "appos":
            beside.append(token.head)
        found = next((t for t in beside if cast.is_person(t) or self._looks_named(token, t)), None)
        if found is not None:
            self._described_by[found.i] = token
        return found

    def describing(self, named: Token) -> Token | None:
        """The noun beside a name that says what its bearer is: "chief" in "the police chief, Samuel Mbeki"."""
        found = self._described_by.get(named.i)
        if found is None and named.dep_ == "appos" and self.is_personal(named.head):
            return named.head
        person = named.ent_type_ == "PERSON" or self._reading.cast.is_person(named)
        beside = [c for c in named.rights if c.dep_ == "appos" and self._tells(c, person=person)] or self._who_is(named)
        return found if found is not None or not beside else beside[0]

    def _tells(self, noun: Token, *, person: bool) -> bool:
        """Whether the noun beside a name says what its bearer is; a trade of no list only beside a person's name."""
        return self.is_personal(noun) or (person and in_trade(self._words, noun))

    def _who_is(self, named: Token) -> list[Token]:
        """What a clause says the bearer of a name is today: "X, who is a professor at Y"."""
        clauses = [c for c in named.rights if c.dep_ == "relcl" and means(c, "be") and c.tag_ in ("VBZ", "VBP")]
        return [a for c in clauses for a in c.children if a.dep_ == "attr" and self.is_personal(a)]

    def _after_phrase(self, token: Token) -> list[Token]:
        """A name that the parser hangs on the last word of the phrase: "the ambassador to Niger, Viktor Voropaev"."""
        if token.pos_ != "NOUN" or not self.is_personal(token):
            return []
        inner = [p for c in token.rights if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"]
        return [a for p in inner if not self.is_personal(p) for a in p.rights if a.dep_ == "appos"]

    def _looks_named(self, token: Token, other: Token) -> bool:
        """A name that the recogniser missed: capitalised words beside an office or another word for a person."""
        if other.pos_ != "PROPN" or other.i < token.i or not self.is_personal(token):
            return False
        before = [t for t in other.lefts if t.dep_ in ("compound", "flat")]
        actor = self._reading.actor(other)
        unknown = actor is None or actor.sector is Sector.UNK
        return bool(before) and unknown and all(t.text[:1].isupper() for t in (*before, other))

    def is_personal(self, token: Token) -> bool:
        """Whether the head is a word for persons by office, rank, trade or part in the events."""
        lists = ("persons", "experts", "witnesses", "civilians", "reporters", "sources")
        classes = self._reading.lexicon.classes
        found = stems(token)
        return bool(found & classes["leader_word"]) or any(found & self._words[f"voice.{name}"] for name in lists)

    def key(self, token: Token) -> str:
        """One string for all mentions of one source."""
        if token.i not in self._keys:
            self._keys[token.i] = self._key(self.of(token))
        return self._keys[token.i]

    def _key(self, found: Token) -> str:
        person = self._reading.cast.person(found)
        if person is not None:
            return f"person {person.name}"
        actor = self._reading.actor(found)
        if actor is not None and not self.is_personal(content_head(found)):
            return f"actor {actor.name} {actor.country}"
        return f"words {described_by(self._reading, found).lower()}"

    def first_of_kind(self, token: Token) -> Token | None:
        """The nearest earlier mention with the same head, described more fully."""
        inner = content_head(token)
        earlier = [t for t in self._by_stem.get(inner.lemma_.lower(), ()) if t.i < token.i and self._describing(t)]
        return earlier[-1] if earlier else None

    def body_before(self, token: Token) -> Token | None:
        """The body that spoke just before a bare "a spokesman said": whose he is, where nothing else tells."""
        bare = not any(c.dep_ in ("prep", "poss", "compound", "amod", "appos") for c in token.children)
        if not bare or not stems(token) & self._words["voice.mouthpiece_persons"]:
            return None
        here = self._sentence[token.i]
        for index in reversed(self._spoke):
            other = self._reading.doc[index]
            if index < token.i and here - self._sentence[index] <= NEAR - 1 and not self.is_personal(other):
                actor = self._reading.actor(other)
                return other if actor is not None and not actor.name.startswith("people of") else None
        return None

    # -- what the cast leaves open

    def _spoke_before(self, pronoun: Token) -> Token | None:
        """The nearest earlier source that agrees with the pronoun."""
        if pivot(pronoun) not in HE | SHE | THEY:
            return None
        here = self._sentence[pronoun.i]
        for index in reversed(self._spoke):
            other = self._reading.doc[index]
            if index < pronoun.i and here - self._sentence[index] <= NEAR and self._agrees(pivot(pronoun), other):
                return other
        return None

    def _agrees(self, pronoun: str, other: Token) -> bool:
        """Number and gender, as far as they are known, of a pronoun against a source."""
        plural = other.tag_ in ("NNS", "NNPS")
        if pronoun in THEY:
            return plural or self.is_personal(other)
        person = self._reading.cast.person(self.of(other))
        if plural or (person is not None and person.female is (pronoun in HE)):
            return False
        unlisted = other.pos_ == "PROPN" and self._reading.actor(other) is None
        return person is not None or self.is_personal(other) or unlisted

    def _described_before(self, token: Token) -> Token | None:
        """What a short form is short for: the same head with as many words or more, as the nearest one before it."""
        if token.pos_ != "NOUN" or is_other(token) or not self._points_back(token):
            return None
        inner = content_head(token)
        own = self._describing(inner)
        here = self._sentence[token.i]
        for other in reversed(self._by_stem.get(inner.lemma_.lower(), ())):
            if other.i >= token.i or here - self._sentence[other.i] > REACH:
                continue
            if own <= self._describing(other) and (inner.tag_ == other.tag_ or token is not inner):
                return other
        return self._generic(token, own) if not own else None

    def _points_back(self, token: Token) -> bool:
        pointing = self._words["voice.pointing"]
        inner = content_head(token)
        return any(pivot(t) in pointing for t in (*token.lefts, *inner.lefts))

    def _describing(self, head: Token) -> frozenset[str]:
        """The words that tell one bearer of the head from another."""
        pointing = self._words["voice.pointing"]
        before = {t.lemma_.lower() for t in premodifiers(head) if t.dep_ in _PARTS and pivot(t) not in pointing}
        return frozenset(before - {"unnamed", "anonymous", "unidentified"})

    def _generic(self, token: Token, own: frozenset[str]) -> Token | None:
        """ "The official", "the man": the last one who spoke without a name, of the same number."""
        if not stems(token) & self._words["voice.generic_persons"]:
            return None
        here = self._sentence[token.i]
        for index in reversed(self._spoke):
            other = self._reading.doc[index]
            if index >= token.i or here - self._sentence[index] > NEAR or other.tag_ != token.tag_:
                continue
            if self._reading.cast.person(self.of(other)) is None and self.is_personal(other):
                return other
        return None
