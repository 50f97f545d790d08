#!/usr/bin/env python3
"""How many places of our own passages (`tests/cases/places.en.jsonl`) are found and told right.

    PYTHONPATH=src python benchmarks/place_cases.py

A line of the file: `{"id", "set", "text", "dateline", "places": [[words, occurrence, name, country, lat, lon,
precision, uncertainty in km, ...]]}`, by somebody who had not seen the engine. `unseen` passages are only counted.
Right: the country, and a point within 25 km or twice the writer's uncertainty; a country as one. Where nothing in the
passage decides (no name), no point is right.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dateline.lexicon.gazetteer import Entry
from dateline.model import Place, Precision
from dateline.parse.nlp import cleaned, parse_texts
from dateline.parse.place_evidence import distance
from dateline.parse.places import places

CASES = Path(__file__).resolve().parent.parent / "tests/cases/places.en.jsonl"
NEAR_KM = 25.0
Gold = tuple[int, int, list[Any]]


def cases() -> list[dict[str, Any]]:
    """The passages."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def gold(case: dict[str, Any]) -> Iterator[Gold]:
    """The places of a passage with their offsets."""
    for place in case["places"]:
        at = -1
        for _ in range(place[1]):
            at = case["text"].index(place[0], at + 1)
        yield at, at + len(place[0]), place


def kilometres(place: Place, lat: float, lon: float) -> float:
    """From a place's point to another; without end where it has none."""
    if place.lat is None or place.lon is None:
        return float("inf")
    here, there = (
        Entry("", None, *point, Precision.SITE, 0, "", "", 0.0) for point in ((place.lat, place.lon), (lat, lon))
    )
    return distance(here, there)


def right(place: Place, wanted: list[Any]) -> bool:
    """Whether a place found is the one wanted."""
    _, _, name, country, lat, lon, precision, uncertainty, *_ = wanted
    if name is None:
        return place.lat is None
    if country is not None and place.country != country:
        return False
    if precision == "country":
        return place.precision in (Precision.COUNTRY, Precision.REGION)
    if lat is None or precision == "region":
        return True
    return kilometres(place, lat, lon) <= max(NEAR_KM, 2 * (uncertainty or 0))


def counts(rows: Iterable[dict[str, Any]]) -> dict[str, Counter[str]]:
    """For each set: places wanted, found, right, and found where none is; points and those in their uncertainty."""
    told: dict[str, Counter[str]] = {}
    rows = list(rows)
    for case, doc in zip(rows, parse_texts(cleaned(case["text"]) for case in rows), strict=True):
        count = told.setdefault(case["set"], Counter())
        free = list(places(doc, case["text"]))
        for start, end, wanted in gold(case):
            count["wanted"] += 1
            hit = next((p for p in free if (p.start or 0) < end and start < (p.end or 0)), None)
            if hit is None:
                continue
            free.remove(hit)
            count["found"] += 1
            count["right"] += right(hit, wanted)
            if wanted[4] is not None and hit.lat is not None and hit.uncertainty is not None:
                count["points"] += 1
                count["inside"] += kilometres(hit, wanted[4], wanted[5]) <= hit.uncertainty / 1000 + (wanted[7] or 0)
        count["spurious"] += len(free)
    return told


def main() -> None:
    """Prints the counts as shares."""
    for name, count in counts(cases()).items():
        found = count["found"]
        print(
            f"{name:7} {count['wanted']} places: found P {found / (found + count['spurious']):.3f} "
            f"R {found / count['wanted']:.3f}, right of found {count['right'] / found:.3f}, "
            f"within their uncertainty {count['inside'] / count['points']:.3f}"
        )


if __name__ == "__main__":
    main()
