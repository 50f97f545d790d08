#!/usr/bin/env python3
"""How well places are recognised and resolved, on the geoparsing corpora in ../shared/data/geo.

    PYTHONPATH=src python benchmarks/places.py [CORPUS ...] [--save DIR] [--limit N]

Documents that are in ../shared/gold are left out. Prints the table of ../shared/bench/score_places.py for each
corpus, and what the places pass costs against the spaCy parse. Countries and regions get their GeoNames
point here, for this score only: the product gives them none.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.lexicon.countries import by_name
from dateline.lexicon.gazetteer import lookup
from dateline.model import Place, Precision
from dateline.parse.nlp import cleaned, parse_texts
from dateline.parse.places import places

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
CORPORA = ("lgl", "trnews", "geovirus")


def documents(corpus: str, limit: int | None) -> list[dict[str, Any]]:
    """The corpus without documents of the gold files."""
    gold = {json.loads(line)["id"] for line in (SHARED / "gold/documents.jsonl").open(encoding="utf-8")}
    lines = (SHARED / f"data/geo/{corpus}.jsonl").open(encoding="utf-8")
    return [row for row in map(json.loads, lines) if row["id"] not in gold][:limit]


def point(place: Place) -> tuple[float | None, float | None]:
    """The place's point, for countries and regions the gazetteer's."""
    if place.lat is not None or place.precision not in (Precision.COUNTRY, Precision.REGION):
        return place.lat, place.lon
    state = by_name(place.name)
    for name in (place.name, state.name if state is not None else place.name, place.name.split()[-1]):
        for entry in lookup(name):
            if entry.country == place.country:
                return entry.lat, entry.lon
    return None, None


def predicted(rows: list[dict[str, Any]], clock: dict[str, float]) -> Iterator[dict[str, Any]]:
    """The scorer's input, while the clock adds up seconds of parsing and of the places pass."""
    start = time.perf_counter()
    for row, doc in zip(rows, parse_texts(cleaned(row["text"]) for row in rows), strict=True):
        parsed = time.perf_counter()
        found = places(doc, row["text"])
        done = time.perf_counter()
        clock["parse"] += parsed - start
        clock["places"] += done - parsed
        spans = []
        for place in found:
            lat, lon = point(place)
            spans.append({"start": place.start, "end": place.end, "lat": lat, "lon": lon, "name": place.name})
        yield {"id": row["id"], "places": spans}
        start = time.perf_counter()


def main() -> None:
    """Runs the corpora named on the command line, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="*", default=CORPORA)
    parser.add_argument("--save", type=Path)
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score_places", SHARED / "bench/score_places.py")
    if spec is None or spec.loader is None:
        raise SystemExit("no ../shared/bench/score_places.py here: the corpora are not part of the project")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    folder = options.save or Path(tempfile.mkdtemp())
    folder.mkdir(exist_ok=True)
    for corpus in options.corpora:
        rows = documents(corpus, options.limit)
        clock = {"parse": 0.0, "places": 0.0}
        gold, out = folder / f"{corpus}.gold.jsonl", folder / f"{corpus}.pred.jsonl"
        gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        out.write_text("".join(json.dumps(row) + "\n" for row in predicted(rows, clock)), encoding="utf-8")
        print(f"== {corpus}: {len(rows)} documents")
        scorer.main(str(gold), str(out))
        print(f"cost                 {clock['places'] / clock['parse']:.3f} of the spaCy parse")


if __name__ == "__main__":
    main()
