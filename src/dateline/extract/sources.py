"""Sources: who says it, as written at the cue, under one name for all mentions, with all the report tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.anonymity import conditions
from dateline.extract.conditions import content_head
from dateline.extract.cues import Cue
from dateline.extract.descriptions import Descriptions
from dateline.extract.reading import Reading
from dateline.extract.referents import Referents
from dateline.extract.source_phrases import described_by, phrase, stems, text_of
from dateline.extract.voices import BODY_KIND, Voices
from dateline.lexicon.countries import by_name
from dateline.model import Actor, Sector, Source, SourceKind
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["BODY_KIND", "Sources"]

_DESCRIBING = frozenset({"amod", "compound", "nmod", "poss"})


class Sources:
    """The sources of one report: resolved, named, described and sorted by kind of voice."""

    def __init__(self, reading: Reading, cues: Sequence[Cue]) -> None:
        self._reading = reading
        self._referents = Referents(reading, cues)
        self._voices = Voices(reading, self._referents)
        heads = [c.source for c in cues if c.source is not None]
        self._descriptions = Descriptions(reading, self._referents, self._voices, heads)
        self._profiles: dict[str, Source] = {}
        self._conditions = conditions(reading, cues, self._referents)

    def key(self, token: Token) -> str:
        """One string for all mentions of one source."""
        return self._referents.key(token)

    def kind(self, token: Token | None) -> SourceKind:
        """The kind of voice; that of the first of several."""
        return self._voices.kind(token)

    def anonymous(self, token: Token | None) -> bool:
        """Whether the person is withheld; of several, whether the first is."""
        return self._voices.anonymous(token)

    def is_document(self, token: Token) -> bool:
        """Whether the source is a text, a picture or a record."""
        return self._voices.is_document(self._referents.of(token))

    def is_pronoun(self, token: Token) -> bool:
        """Whether nobody is known behind the pronoun."""
        return self._referents.of(token).pos_ == "PRON"

    def is_somebody(self, token: Token) -> bool:
        """Whether the phrase names a person, or a place."""
        return self._reading.cast.is_person(token) or token.i in self._reading.place_of_token

    def is_hearsay(self, token: Token) -> bool:
        """Whether only "reports" or rumours are named."""
        return self._voices.is_hearsay(self._referents.of(token))

    def source(self, token: Token) -> Source:
        """The source as an attribution holds it."""
        text, start, end = text_of(self._reading, phrase(self._reading, token))
        return replace(self._profile(token), text=text, start=start, end=end, name=self.name(token))

    def _profile(self, token: Token) -> Source:
        """What the report tells of the source at any of its mentions, read once."""
        key = self.key(token)
        if key not in self._profiles:
            self._profiles[key] = Source(
                text=None,
                start=None,
                end=None,
                name="",
                description=self._descriptions.fullest(token),
                office=self._descriptions.office(token),
                affiliation=self._descriptions.affiliation(token),
                condition=self._conditions.get(key),
            )
        return self._profiles[key]

    def name(self, token: Token) -> str:
        """The canonical name; of several, all of them joined by "; ". Persons without one go by their description."""
        found = self._referents.of(token)
        person = self._reading.cast.person(found)
        if person is not None:
            return self._joined(token, person.name)
        actor = self._reading.actor(found)
        if found.pos_ == "NOUN" and self.is_outlet(found) and (actor is None or actor.name[:1].islower()):
            return self.outlet_name(found)
        if actor is not None and self._of_somebody(found):
            return text_of(self._reading, phrase(self._reading, found, joint=False))[0].removeprefix("the ")
        if actor is not None and not self._voices.is_person(found) and not self._voices.is_document(found):
            return actor.name
        if actor is not None and found.pos_ == "PRON":
            return actor.name
        return self._joined(token, self._described(token, found))

    def _of_somebody(self, found: Token) -> bool:
        """Whether a body is known only as that of a person: "the governor's office", "the president's party"."""
        owner = next((c for c in found.lefts if c.dep_ == "poss"), None)
        return owner is not None and found.pos_ == "NOUN" and self._voices.is_person(owner)

    def _described(self, token: Token, found: Token) -> str:
        if found.pos_ == "PROPN" and not self._voices.is_person(content_head(found)):
            return text_of(self._reading, phrase(self._reading, found, joint=False))[0].removeprefix("the ")
        name = described_by(self._reading, found)
        author = self._author(found) if " " not in name and self._voices.is_document(found) else None
        if author is not None:
            return f"{self.name(author)}, {name}"
        if any(pivot(t) in self._reading.lexicon.words["voice.another"] for t in token.lefts):
            return f"{self._full(token, name)} (another)"
        return name

    def _author(self, document: Token) -> Token | None:
        """Who "said in a statement" or "issued a statement", for a statement of which nothing else is told."""
        if document.lemma_.lower() not in self._reading.lexicon.words["voice.mouthpieces"]:
            return None
        verb = document.head.head if document.head.dep_ == "prep" else document.head
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None) if verb.pos_ == "VERB" else None
        return None if subject is None or subject.i == document.i or subject.pos_ == "PRON" else subject

    def _full(self, token: Token, name: str) -> str:
        """A second bearer of a description goes by the first one's words: "another officer" is a Malian army one."""
        first = self._referents.first_of_kind(token)
        return described_by(self._reading, first) if first is not None and " " not in name else name

    def _joined(self, token: Token, name: str) -> str:
        others = [t for t in token.conjuncts if t.i > token.i and t.dep_ == "conj" and t.pos_ in ("NOUN", "PROPN")]
        others = [t for t in others if t.i in phrase(self._reading, token)]
        return "; ".join(dict.fromkeys([name, *(self.name(t) for t in others)]))

    # -- outlets

    def is_outlet(self, token: Token) -> bool:
        """Whether the phrase is an agency, an outlet or a channel, named or not; not its reporters, not a platform."""
        words = self._reading.lexicon.words
        if stems(token) & words["voice.platforms"] or token.pos_ not in ("PROPN", "NOUN"):
            return False
        if token.ent_type_ in ("DATE", "TIME") or any(pivot(t) == "social" for t in token.lefts):
            return False
        actor = self._reading.actor(token, joint=False)
        if any(t.dep_ == "poss" and t.pos_ == "PRON" for t in token.lefts):
            return False
        if token.pos_ == "NOUN":
            vague = stems(token) & words["voice.all_outlets"] and not any(t.dep_ in _DESCRIBING for t in token.lefts)
            if stems(token) & words["voice.wireless"] and not any(True for _ in token.lefts):
                return False
            outlet = stems(token) & (self._reading.lexicon.classes["media_word"] | words["voice.outlets"])
            return bool(outlet) and not vague and _of_media(actor)
        if self._reading.cast.is_person(token):
            return False
        known = actor is not None and actor.sector is Sector.MED
        return known or self._voices.calls_itself_media(token)

    def outlet_name(self, token: Token) -> str:
        """An outlet as the report names it: "Reuters" for "the Reuters news agency", "the Times" in full."""
        found = self._referents.of(token) if token.pos_ == "NOUN" else self._longer(token)
        if found.pos_ == "NOUN":
            found = next(
                (c for c in found.rights if c.dep_ == "appos" and c.pos_ == "PROPN" and c.i <= found.i + 2), found
            )
        first, last = self._proper_run(found)
        common = stems(found) & (self._reading.lexicon.classes["media_word"] | {"tv", "media", "press"})
        if found.pos_ == "NOUN" or (first == last and common):
            span = phrase(self._reading, found, joint=False)
            first, last = span[0], span[-1]
        text = text_of(self._reading, range(first, last + 1))[0]
        words = self._reading.lexicon.words
        return _bare(_after_owner(" ".join(text.split())), words["voice.outlet_words"], words["voice.outlet_leads"])

    def _proper_run(self, head: Token) -> tuple[int, int]:
        """First and last token of the proper name at the head: "Al-Arabiya TV", "France 24", "Voice of America"."""
        doc, first, last = head.doc, head.i, head.i
        while first > 0 and _of_name(doc[first - 1], head):
            first -= 1
        while first < head.i and not doc[first].text[:1].isalnum():
            first += 1
        if last + 1 < len(doc) and doc[last + 1].dep_ == "nummod" and doc[last + 1].head == head:
            last += 1
        after = next((c for c in head.rights if pivot(c) == "of" and c.i == last + 1), None)
        return first, last if after is None else max(t.i for t in after.subtree)

    def _longer(self, token: Token) -> Token:
        """The first mention of an outlet in full: "The New York Times" for "the Times"."""
        if any(t.dep_ == "compound" for t in token.lefts):
            return token
        same = (t for t in self._reading.doc if pivot(t) == pivot(token) and t.pos_ == "PROPN" and t.i != token.i)
        return next((t for t in same if any(c.dep_ == "compound" for c in t.lefts) and self.is_outlet(t)), token)


def _of_name(token: Token, head: Token) -> bool:
    """Whether a word before the head of a name belongs to the name itself."""
    if token.text in ("-", "&", "’", "'"):
        return not token.whitespace_ or token.text == "&"
    proper = token.pos_ in ("PROPN", "NUM") or (
        token.pos_ == "ADJ" and token.text[:1].isupper() and head in token.ancestors
    )
    return proper and token.text[:1].isalnum() and not token.is_lower and token.ent_type_ not in ("NORP", "DATE")


def _of_media(actor: Actor | None) -> bool:
    return actor is None or actor.sector in (Sector.MED, Sector.UNK)


def _after_owner(text: str) -> str:
    """An outlet's name without the state it is of: "Japan's Kyodo" -> "Kyodo"; "Lloyd's List" keeps both."""
    owner, apart, rest = text.replace("’s ", "'s ").partition("'s ")
    return (
        rest
        if apart and by_name(owner.removeprefix("the ")) is not None and any(w[:1].isupper() for w in rest.split())
        else text
    )


def _bare(text: str, droppable: frozenset[str], leads: frozenset[str]) -> str:
    """A name without its article and, if a proper name is left, without words like "news agency"."""
    words = text.split()
    while len(words) > 1 and words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    kept = list(words)
    while len(kept) > 1 and kept[-1] in droppable:
        kept.pop()
    while len(kept) > 1 and kept[0] in leads and kept[1][:1].isupper():
        kept = kept[1:]
    proper = any(w[:1].isupper() for w in kept)
    return " ".join(kept if proper else words)
