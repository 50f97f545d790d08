"""The references of a brief: origins, numbered as they are first named. Ten reprints of one report are one origin."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.brief.material import Material
from dateline.brief.model import Reference
from dateline.model import Document, Witness

SHOWN = 8
"""Origins that a sentence refers to at most, those told first; how many there are in all it says in words."""


class References:
    """Gives each origin its number when it is first named, and lists them in the end."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._numbers: dict[str, int] = {}
        self._names: dict[str, str | None] = {}
        self._documents: dict[str, dict[str, None]] = {}

    def of(self, witnesses: Iterable[Witness]) -> tuple[int, ...]:
        """The numbers of some tellings; those that only recall a matter stand for it where there are no others."""
        told = list(witnesses)
        counted = [one for one in told if not one.background] or told
        return tuple(sorted({self._number(one) for one in counted[:SHOWN]}))

    def of_claims(self, witnesses: Iterable[Witness]) -> dict[str, int]:
        """The number of the origin that each claim of some tellings rests on, of those that have a number."""
        numbered = [(self._numbers[one.origin], one.claims) for one in witnesses if one.origin in self._numbers]
        return {claim: number for number, claims in numbered for claim in claims}

    def _number(self, witness: Witness) -> int:
        key = witness.origin
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        self._names[key] = self._names.get(key) or witness.name
        self._documents.setdefault(key, {}).update(dict.fromkeys(witness.documents))
        return number

    def listed(self) -> tuple[Reference, ...]:
        """Every reference, by its number."""
        return tuple(self._reference(key, number) for key, number in self._numbers.items())

    def _reference(self, key: str, number: int) -> Reference:
        """An origin with all reports that carry it; of one that is only relayed, those that relay it."""
        documents = dict.fromkeys(self._documents[key])
        origins = self._material.origins(documents)
        own = [origin for origin in origins.values() if origin.id == key]
        for origin in own:
            documents |= dict.fromkeys(origin.documents)
        headers = self._material.headers(documents)
        earliest = min(headers.values(), key=_order, default=None)
        name = next((origin.name for origin in own if origin.name), None) or self._names[key]
        return Reference(number, key, name, earliest, tuple(headers), key.startswith("relay-"))


def _order(document: Document) -> tuple[str, str]:
    return document.published or "9999", document.id
