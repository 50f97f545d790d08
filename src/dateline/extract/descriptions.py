"""What the report tells of a source: the fullest phrase for it, the office, the body or state it speaks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.extract.conditions import content_head
from dateline.extract.reading import Reading
from dateline.extract.referents import Referents
from dateline.extract.source_phrases import phrase, stems, text_of
from dateline.extract.voices import Voices
from dateline.lexicon.actors import Family
from dateline.lexicon.actors import words as actor_words
from dateline.model import Actor, Sector, SourceKind
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

_OFFICES = frozenset({Family.OFFICE, Family.RANK})
_EMPTY = frozenset({"the", "a", "an", "mr", "mrs", "ms", "some", "several", "many"})
_AFFILIATED = frozenset(["of", "for", "at", "with", "from", "in", "to"])


class Descriptions:
    """Descriptions of the sources of one report."""

    def __init__(self, reading: Reading, referents: Referents, voices: Voices, sources: Iterable[Token]) -> None:
        self._reading = reading
        self._referents = referents
        self._voices = voices
        self._mentions: dict[str, list[Token]] = {}
        for source in sources:
            for token in (source, referents.of(source)):
                self._mentions.setdefault(referents.key(source), []).append(token)

    def fullest(self, source: Token) -> str | None:
        """The longest phrase with which the report describes the source, clauses included; None for a bare name."""
        best: tuple[int, str] | None = None
        name, person = self._name_words(source), self._voices.is_person(self._referents.of(source))
        for mention in self._all(source):
            if mention.pos_ == "PRON":
                continue
            span = phrase(self._reading, mention, joint=False, clauses=True)
            words = {pivot(self._reading.doc[i]) for i in span if self._reading.doc[i].is_alpha}
            if not person and not any(self._reading.doc[i].text in (",", "–", "—", "(") for i in span):
                continue
            if words - name - _EMPTY and (best is None or len(span) > best[0]):
                best = len(span), " ".join(text_of(self._reading, span)[0].split())
        return None if best is None else best[1]

    def _all(self, source: Token) -> list[Token]:
        found = {t.i: t for t in self._mentions.get(self._referents.key(source), [source])}
        person = self._reading.cast.person(self._referents.of(source))
        if person is not None:
            found |= {last: self._reading.doc[last] for _, last in person.mentions}
        beside = [t.head for t in found.values() if t.dep_ == "appos" and t.head.pos_ == "NOUN"]
        return [*found.values(), *beside]

    def _name_words(self, source: Token) -> set[str]:
        found = self._referents.of(source)
        person = self._reading.cast.person(found)
        if person is not None:
            return {w.lower() for w in person.name.replace("-", " ").split()}
        actor = self._reading.actor(found)
        if actor is None or self._voices.is_person(found):
            return {pivot(found)}
        return {w.strip(",").lower() for w in f"{actor.name} {actor.text}".replace("-", " ").split()}

    # -- office

    def office(self, source: Token) -> str | None:
        """The post or rank of a person as written: "Defence Minister", "spokesman of the junta"; bodies have none."""
        found = self._referents.of(source)
        if not self._voices.is_person(found):
            return None
        for mention in (found, *self._all(source)):
            title = self._title(mention) or self._apposed(mention)
            if title:
                return title
        return None

    def _title(self, mention: Token) -> str | None:
        """The title before a name, or the words of an office without one."""
        cast, doc = self._reading.cast, self._reading.doc
        person = cast.person(mention)
        if person is None:
            head = content_head(mention)
            return self._office_words(list(doc[self._first(head) : head.i + 1])) if self._is_office(head) else None
        span = phrase(self._reading, mention, joint=False)
        first, last = span[0], cast.person_span(mention)[1]
        name = {w.lower() for w in person.name.replace("-", " ").split()}
        tokens = [doc[i] for i in range(first, last + 1)]
        while tokens and (pivot(tokens[-1]) in name or not any(self._is_office(t) for t in tokens[-1:])):
            tokens.pop()
        return self._office_words(tokens)

    def _first(self, head: Token) -> int:
        first = head.i
        for child in head.lefts:
            if child.dep_ in ("amod", "compound", "nmod"):
                first = min(first, child.left_edge.i)
        return first

    def _apposed(self, mention: Token) -> str | None:
        """ "X, the army's spokesman": the noun beside the name; "the police chief, X": the noun it stands beside."""
        noun = self._referents.describing(mention)
        if noun is None or noun.pos_ != "NOUN" or not self._is_office(noun):
            return None
        return self._office_words(list(self._reading.doc[self._first(noun) : noun.i + 1]))

    def _is_office(self, token: Token) -> bool:
        family = actor_words().family(pivot(token).rstrip("."))
        return family in _OFFICES or bool(stems(token) & self._reading.lexicon.words["voice.experts"])

    def _office_words(self, tokens: list[Token]) -> str | None:
        """A title without article, honorific, owner and nationality."""
        drop = self._reading.lexicon.words["voice.not_office"]
        while tokens and (self._foreign(tokens[0]) or pivot(tokens[0]).rstrip(".") in drop or tokens[0].is_punct):
            tokens = tokens[1:]
        if not tokens:
            return None
        return " ".join(tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text.split())

    def _foreign(self, token: Token) -> bool:
        """A nationality, a body or an owner before the office itself."""
        if token.tag_ == "POS" or token.dep_ == "poss":
            return True
        if token.ent_type_ == "ORG" and self._reading.cast.is_person(token):
            return actor_words().family(pivot(token)) is None and token.text.isupper()
        return token.ent_type_ in ("NORP", "GPE", "ORG") and not self._is_office(token)

    # -- affiliation

    def affiliation(self, source: Token) -> str | None:
        """The body or state a person speaks for; None for a body, and where nothing in the report tells."""
        found = self._referents.of(source)
        actor = self._reading.actor(found, joint=False)
        if not self._voices.is_person(found):
            return None
        person = self._reading.cast.person(found)
        body = person.body if person is not None else None
        if body is not None and body.sector is not Sector.MED:
            return body.name
        for mention in (found, *self._all(source)):
            named = self._body_beside(mention)
            if named is not None:
                return named
        before = self._referents.body_before(found)
        if before is not None:
            body_before = self._reading.actor(before, joint=False)
            return None if body_before is None else body_before.name
        beside = self._referents.describing(found)
        known = actor is not None and actor.country is not None
        return self._state(found, actor if known or beside is None else self._reading.actor(beside, joint=False))

    def _body_beside(self, mention: Token) -> str | None:
        """The body in the phrase: "analyst at the Lisbon Institute", "spokesman of the junta", "an M23 commander"."""
        for head in (self._referents.describing(mention), mention):
            if head is None or stems(head) & self._reading.lexicon.words["voice.envoys"]:
                continue
            inner = [
                p
                for c in head.children
                if c.dep_ == "prep" and pivot(c) in _AFFILIATED
                for p in c.children
                if p.dep_ == "pobj"
            ]
            before = [t for t in head.lefts if t.dep_ in ("compound", "nmod", "poss", "amod")]
            for token in (*inner, *before):
                actor = self._reading.actor(token, joint=False)
                if actor is not None and self._is_body(token, actor):
                    return actor.name
        return None

    def _is_body(self, token: Token, actor: Actor) -> bool:
        if actor.sector is Sector.CIV or self._reading.cast.is_person(token) or token.pos_ == "PRON":
            return False
        return token.pos_ != "ADJ" and not self._referents.is_personal(token)

    def _state(self, found: Token, actor: Actor | None) -> str | None:
        """The state of an official whose body is not named; the forces of one in uniform."""
        if actor is None or actor.country is None or actor.sector not in (Sector.GOV, Sector.MIL, Sector.POL):
            return None
        if self._reading.cast.person(found) is None and not self._names_a_state(found):
            return None
        state = self._reading.cast.government_name(actor.country)
        if self._voices.kind(found) is SourceKind.MILITARY:
            return f"{state.rsplit(',', 1)[0]}, armed forces"
        return state if self._voices.kind(found) in (SourceKind.OFFICIAL, SourceKind.UNKNOWN) else None

    def _names_a_state(self, found: Token) -> bool:
        """Whether the words for an unnamed official name his state; one that is only near is a guess."""
        of = [p for c in found.rights if c.dep_ == "prep" and pivot(c) in ("of", "from", "in") for p in c.children]
        near = [*found.lefts, *of, *(t for p in of for t in p.lefts)]
        return any(t.ent_type_ in ("NORP", "GPE") or t.i in self._reading.place_of_token for t in near)
