"""Which words of a report are one actor's: the known name at or behind a noun, and its phrase as written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lexicon.actors import Family, words
from dateline.parse.coreference import HE, IT, SHE, THEY
from dateline.parse.denotations import head_family
from dateline.parse.forms import pivot
from dateline.parse.known_names import Hit, KnownNames
from dateline.parse.noun_phrases import phrase_end, phrase_start
from dateline.parse.persons import People

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NAMED_FAMILIES = frozenset({Family.GROUP, Family.MEDIA, Family.NGO, Family.PARTY, Family.BUSINESS})
_THIRD = HE | SHE | IT | THEY


class ActorPhrases:
    """The phrases of one report by the known names and persons in them."""

    def __init__(self, doc: Doc, known: KnownNames, people: People) -> None:
        self._doc = doc
        self._known = known
        self._people = people

    def names_in_title(self, token: Token) -> bool:
        """Whether the token is the name of a state or body inside a person's title."""
        return token.i in self._known.hits and self._people.in_title(token.i)

    def ends_name(self, first: int) -> bool:
        """Whether the country is only the last word of an organisation's name ("Children's Villages Sudan")."""
        before = self._doc[max(0, first - 2) : first]
        return len(before) == 2 and all(t.ent_type_ == "ORG" and t.text[:1].isupper() for t in before)

    def is_place(self, first: int) -> bool:
        """A capital after "in" is a place; after "to" only behind a word of going or sending."""
        before = self._doc[first - 1] if first > 0 else None
        if before is None:
            return False
        moved = pivot(before) == "to" and words().among("motions", before.head.lemma_.lower())
        if pivot(before) == "from" and before.i > 0 and words().among("from_rulers", before.nbor(-1).lemma_.lower()):
            return False
        if pivot(before) == "at" and self._angry(before.head):
            return False
        return moved or words().among("placing", pivot(before))

    @staticmethod
    def _angry(word: Token) -> bool:
        """Whether "at" behind a word tells with whom one is angry: "lashed out at Paris", "a swipe at Berlin"."""
        turned = any(pivot(c) in ("out", "back") for c in word.rights)
        return words().among("at_rulers", word.lemma_.lower()) or (turned and word.lemma_ in ("lash", "hit", "strike"))

    def name_after(self, token: Token) -> Hit | None:
        """The known name right behind a common noun: "the Islamist group al-Shabaab"."""
        hit = self._known.at(token.i + 1) or self._apposed(token)
        if hit is None or hit.name.actor is None or hit.name.actor.person or token.pos_ != "NOUN":
            return None
        family = head_family(token)
        if family is not None and family[0] in _NAMED_FAMILIES:
            return hit
        last = self._doc[hit.last]
        apposed = last.head is token or last.dep_ == "appos" or token.head is last
        return hit if apposed and token.dep_ != "poss" else None

    def _apposed(self, token: Token) -> Hit | None:
        """The known name in apposition behind a comma: "the UN mission, UNSOM"."""
        if token.i + 2 >= len(self._doc) or self._doc[token.i + 1].text != ",":
            return None
        hit = self._known.at(token.i + 2)
        return hit if hit is not None and self._doc[hit.last] in token.children else None

    def span(self, token: Token) -> tuple[int, int]:
        """Character offsets of the phrase as written."""
        first, last = self._phrase(token)
        doc = self._doc
        while last > first and (doc[last].is_space or doc[last].tag_ == "POS" or doc[last].text in (",", ":", ";")):
            last -= 1
        return doc[first].idx, doc[last].idx + len(doc[last])

    def _phrase(self, token: Token) -> tuple[int, int]:
        if token.pos_ == "PRON" or pivot(token) in _THIRD:
            return token.i, token.i
        if self._people.at(token.i) is not None and not self.names_in_title(token):
            first, last = self._people.span(token.i)
            return min(first, self._determined(first)), last
        hit = self._known.at(token.i)
        if token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i:
            return (token.i, token.i) if hit is None else (hit.first, hit.last)
        first, last = phrase_start(token), phrase_end(token)
        hit = hit or self.name_after(token)
        return (first, last) if hit is None else (min(first, hit.first), max(last, hit.last))

    def _determined(self, first: int) -> int:
        before = self._doc[first - 1] if first > 0 else None
        return first - 1 if before is not None and pivot(before) in ("the", "a", "an") else first
