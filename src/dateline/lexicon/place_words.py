"""The English words around place names (`place_words.yaml`), as sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dateline.lexicon.loading import mapping


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Word sets for `parse/places.py`; each is explained in the data file. All lower case."""

    site_heads: frozenset[str]
    air_heads: frozenset[str]
    site_leads: frozenset[str]
    province_heads: frozenset[str]
    district_heads: frozenset[str]
    settlement_heads: frozenset[str]
    directions: frozenset[str]
    direction_nouns: frozenset[str]
    locatives: frozenset[str]
    standing: frozenset[str]
    particles: frozenset[str]
    bodies: frozenset[str]
    dwellers: frozenset[str]
    institutions: frozenset[str]
    eponyms: frozenset[str]
    roads: frozenset[str]
    blocked: frozenset[str]
    compass: Mapping[str, float]
    kilometres: Mapping[str, float]

    def head_at(self, lower: list[str], at: int) -> int:
        """How many words from `at` on make a site, province, district or settlement head; 0 for none."""
        for size in (3, 2, 1):
            phrase = " ".join(lower[at : at + size])
            if len(lower) >= at + size and self.is_head(phrase):
                return size
        return 0

    def is_head(self, phrase: str) -> bool:
        """Whether a phrase is a generic head of a place name."""
        return (
            phrase in self.site_heads
            or phrase in self.province_heads
            or phrase in self.district_heads
            or phrase in self.settlement_heads
        )


@cache
def place_words() -> PlaceWords:
    """The word sets, read once."""
    data = mapping("place_words.yaml")
    compass, kilometres = data.pop("compass"), data.pop("kilometres")
    sets = {key: _words(value) for key, value in data.items()}
    return PlaceWords(compass=compass, kilometres=kilometres, **sets)


def _words(value: str) -> frozenset[str]:
    return frozenset(" ".join(part.split()) for part in value.split("|"))


@cache
def place_weights() -> Mapping[str, Mapping[str, float]]:
    """Fitted weights of the signs of a place: `name` whether a known name is one, `choice` which one it is."""
    return mapping("place_weights.yaml")
