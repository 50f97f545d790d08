"""The words around place names of a language (`place_words_<language>.yaml`), as sets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

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
    quarters: frozenset[str]
    grounds: frozenset[str]
    directions: frozenset[str]
    direction_nouns: frozenset[str]
    locatives: frozenset[str]
    fought_over: frozenset[str]
    standing: frozenset[str]
    particles: frozenset[str]
    bodies: frozenset[str]
    dwellers: frozenset[str]
    institutions: frozenset[str]
    eponyms: frozenset[str]
    roads: frozenset[str]
    blocked: frozenset[str]
    of: frozenset[str]
    articles: frozenset[str]
    indefinite: frozenset[str]
    contained_in: frozenset[str]
    joining: frozenset[str]
    leading: bool
    compass: Mapping[str, float]
    kilometres: Mapping[str, float]
    spelt: Mapping[str, float]
    measured: re.Pattern[str]
    loose: re.Pattern[str]
    beside: re.Pattern[str]

    def head_at(self, lower: list[str], at: int) -> int:
        """How many words from `at` on make a site, province, district or settlement head; 0 for none."""
        for size in (3, 2, 1):
            phrase = " ".join(lower[at : at + size])
            if len(lower) >= at + size and self.is_head(phrase):
                return size
        return 0

    def head_before(self, lower: list[str], end: int) -> int:
        """How many words up to `end` (exclusive) make such a head; 0 for none."""
        sizes = (size for size in (4, 3, 2, 1) if end >= size and self.is_head(" ".join(lower[end - size : end])))
        return next(sizes, 0)

    def is_head(self, phrase: str) -> bool:
        """Whether a phrase is a generic head of a place name."""
        return (
            phrase in self.site_heads
            or phrase in self.province_heads
            or phrase in self.district_heads
            or phrase in self.settlement_heads
        )


@cache
def place_words(language: str = "en") -> PlaceWords:
    """The word sets of a language, read once; KeyError names one that its file lacks."""
    data = mapping(f"place_words_{language}.yaml")
    tables: dict[str, Any] = {name: data.pop(name) for name in ("compass", "kilometres", "spelt")}
    filled = {
        "units": _any(tables["kilometres"]),
        "compass": _any(tables["compass"]).replace(r"\-", "[- ]?"),
        "spelt": _any(tables["spelt"]),
    }
    patterns: dict[str, Any] = {name: _pattern(data.pop(name), filled) for name in ("measured", "loose", "beside")}
    leading, joining = data.pop("leading") == "yes", _words(data.pop("and"))
    sets: dict[str, Any] = {key: _words(value) for key, value in data.items()}
    return PlaceWords(**tables, **patterns, leading=leading, joining=joining, **sets)


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _pattern(written: str, filled: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern of the file with its words; spaces between its parts mean nothing, those in words do."""
    body = re.sub(r"(?<!\\)\s+", "", written)
    for name, words in filled.items():
        body = body.replace(f"{{{name}}}", words)
    return re.compile(body, re.IGNORECASE)


def _words(value: str) -> frozenset[str]:
    return frozenset(" ".join(part.split()) for part in value.split("|"))


@cache
def place_weights() -> Mapping[str, Mapping[str, float]]:
    """Fitted weights of the signs of a place: `name` whether a known name is one, `choice` which one it is."""
    return mapping("place_weights.yaml")
