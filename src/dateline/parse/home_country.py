"""The country that an unmodified word ("the army", "police", "the country") means at a point of the report."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.lexicon.actors import Family, NameKind, words
from dateline.model import Place, Precision, Sector
from dateline.parse.forms import meanings, pivot
from dateline.parse.known_names import KnownNames
from dateline.parse.noun_phrases import goes_home, ground, homeward, is_loosely_bound, premodifiers

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_REACH = 90
"""Tokens back over which a mention counts as recent."""

_CLEAR = 1.3
"""How far ahead the first country must be to be taken for sure."""

_FAR = 4.0
"""How far ahead the first country must be for another to be out of view."""


class HomeCountry:
    """Countries by weight: what is named as a place counts most, a foreign force's nationality least."""

    def __init__(
        self,
        doc: Doc,
        known: KnownNames,
        *,
        home: str | None = None,
        title: Iterable[str] = (),
        places: Iterable[Place] = (),
    ) -> None:
        self._doc = doc
        self._known = known
        self._marks = sorted(self._weights(known, places))
        self._total: defaultdict[str, float] = defaultdict(float)
        for _, code, weight in self._marks:
            self._total[code] += weight
        for code in title:
            self._total[code] += 3
        if home is not None:
            self._total[home] += 4
        self._forces = [*self._armed(known), *self._sending(known)]
        self._cache: dict[int, list[tuple[str, float]]] = {}

    def total(self) -> str | None:
        """The country of the report as a whole."""
        return max(self._total, key=lambda code: (self._total[code], code), default=None)

    def at(self, token: Token, *, but: str | None = None) -> str | None:
        """The country in view at the token, other than `but`: recent mentions weigh with the share of the report."""
        ranked = self._ranked(token.i)
        return next((code for code, _ in ranked if code != but), None)

    def ranked(self, token: Token) -> tuple[str, ...]:
        """All countries of the report, the one most in view at the token first."""
        return tuple(code for code, _ in self._ranked(token.i))

    def of_forces(self, token: Token) -> str | None:
        """Whose unmodified "soldiers" are: of the only state whose forces were named so far, else of that in view.

        Never of the state whose ground they leave or come to. Those who return to another state than the one
        that the report is about are that state's: "120 soldiers had returned to France".
        """
        back = self._known.state(homeward(token))
        if back is not None and back != self.total():
            return back
        but = self.total() if back is None and goes_home(token) else self._known.state(ground(token))
        home = self.at(token, but=but)
        if home is not None and words().among("armyless", home.lower()):
            home = None
        forces = Counter(code for index, code in self._forces if code != but and index <= token.i)
        if not forces or home in forces:
            return home
        return max(forces, key=lambda code: (forces[code], code))

    def surely(self, token: Token) -> str | None:
        """The country in view where no other comes near it; None where two compete."""
        ranked = self._ranked(token.i)
        if not ranked or (len(ranked) > 1 and ranked[0][1] < _CLEAR * ranked[1][1]):
            return None
        return ranked[0][0]

    def in_view(self, token: Token, code: str) -> bool:
        """Whether a country is not far behind the one that is most in view at the token."""
        ranked = self._ranked(token.i)
        return bool(ranked) and dict(ranked).get(code, 0.0) * _FAR >= ranked[0][1]

    def _ranked(self, index: int) -> list[tuple[str, float]]:
        if index not in self._cache:
            self._cache[index] = self._rank(index)
        return self._cache[index]

    def _rank(self, index: int) -> list[tuple[str, float]]:
        if not self._total:
            return []
        scale = max(self._total.values())
        score = {code: 3.0 * weight / scale for code, weight in self._total.items()}
        sentence = self._doc[index].sent.start
        for at, code, weight in self._marks[: bisect_left(self._marks, (index,))][::-1]:
            if index - at > _REACH:
                break
            nearness = 1.0 - (index - at) / _REACH
            score[code] += weight * nearness * (1.5 if at >= sentence else 1.0)
        return sorted(score.items(), key=lambda item: (-item[1], item[0]))

    def _weights(self, known: KnownNames, places: Iterable[Place]) -> Iterable[tuple[int, str, float]]:
        for index, hit in known.hits.items():
            if index != hit.first or hit.name.country is None or is_loosely_bound(self._doc, hit.last):
                continue
            yield index, hit.name.country, self._weight(hit.name.kind, hit.first, hit.last)
        starts = [t.idx for t in self._doc]
        for place in places:
            if place.country is not None and place.start is not None and place.precision is not Precision.COUNTRY:
                yield bisect_left(starts, place.start), place.country, 2.5

    def _sending(self, known: KnownNames) -> Iterable[tuple[int, str]]:
        """States that are told to send, keep or withdraw forces of their own: "Kenya has sent a battalion"."""
        lexicon = words()
        for index, hit in known.hits.items():
            name, inside = hit.name, range(hit.first, hit.last + 1)
            subject = next((self._doc[i] for i in inside if self._doc[i].head.i not in inside), self._doc[hit.last])
            state = name.actor is None and name.kind in (NameKind.COUNTRY, NameKind.CAPITAL) and not name.territory
            if index != hit.first or name.country is None or not state or subject.dep_ != "nsubj":
                continue
            verb = subject.head
            sent = (c for c in verb.rights if c.dep_ == "dobj" and lexicon.family(pivot(c)) is Family.FORCE)
            told = {verb.lemma_.lower(), *meanings(verb)}
            if told & lexicon.lists["sending"] and any(self._unowned(c) for c in sent):
                yield index, name.country

    def _unowned(self, forces: Token) -> bool:
        """Whether no nationality stands with the forces, which are those of whoever sends or has them."""
        return all(self._known.at(t.i) is None for t in premodifiers(forces))

    def _armed(self, known: KnownNames) -> Iterable[tuple[int, str]]:
        """The states of all forces the report names by nationality."""
        lexicon = words()
        for index, hit in known.hits.items():
            name = hit.name
            if index != hit.first or name.country is None or name.territory is not None:
                continue
            after = self._doc[hit.last + 1 : hit.last + 4]
            armed = any(lexicon.family(pivot(t)) in (Family.FORCE, Family.SECURITY) for t in after)
            if (
                name.actor is None
                and name.kind is not NameKind.CAPITAL
                and armed
                or name.actor is not None
                and name.actor.sector is Sector.MIL
                and not name.actor.person
            ):
                yield index, name.country

    def _weight(self, kind: NameKind, first: int, last: int) -> float:
        before = pivot(self._doc[first - 1]) if first > 0 else ""
        local = words().among("local", before)
        after = pivot(self._doc[last + 1]) if last + 1 < len(self._doc) else ""
        if kind is NameKind.COUNTRY and not local and self._doc[last].dep_ in ("compound", "amod", "nmod"):
            kind = NameKind.DEMONYM  # "U.S. forces"
        if kind is NameKind.COUNTRY:
            return 3.5 if local else 2.0
        if kind is NameKind.CAPITAL:
            return 2.5 if local else 1.5
        if kind is NameKind.DEMONYM:
            foreign = words().family(after) in (Family.FORCE, Family.WEAPON, Family.STATE, Family.MEDIA)
            return 0.5 if foreign else 1.5
        return 0.6
