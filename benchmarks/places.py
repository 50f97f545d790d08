#!/usr/bin/env python3
"""Places of a geoparsing corpus, for `score_places.py`, or the scores of the corpora in ../shared/data/geo.

    PYTHONPATH=src python benchmarks/places.py IN.jsonl OUT.jsonl [--adjectives yes|no]
    PYTHONPATH=src python benchmarks/places.py CORPUS ... [--half even|odd]

IN has `{"id", "text", "date"}` a line; OUT gets `{"id", "places": [{"start", "end", "lat", "lon", "name"}]}`. For this
score only, three things are given that the product does not give: a point to countries and regions, names
that only tell whose something is ("US troops", "Toronto General Hospital"), and, where a corpus counts them as
LGL, TR-News and most others do, the adjectives of countries ("Turkish"); GeoVirus does not. The second form
scores CORPUS (lgl, trnews, geovirus) without documents of ../shared/gold and prints what the pass costs.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from dateline.lexicon.countries import by_name, demonym_countries
from dateline.lexicon.gazetteer import lookup
from dateline.model import Place, Precision
from dateline.parse.nlp import cleaned, parse_texts
from dateline.parse.places import places

if TYPE_CHECKING:
    from spacy.tokens import Doc

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
CORPORA = ("lgl", "trnews", "geovirus")
WITHOUT_ADJECTIVES = ("geovirus",)
"""Corpora, as the ids of their documents begin, whose annotators left the adjectives of countries out."""

LONGEST = 3
"""Words of the longest adjective ("Papua New Guinean")."""


def documents(corpus: str) -> list[dict[str, Any]]:
    """The corpus without documents of the gold files."""
    gold = {json.loads(line)["id"] for line in (SHARED / "gold/documents.jsonl").open(encoding="utf-8")}
    lines = (SHARED / f"data/geo/{corpus}.jsonl").open(encoding="utf-8")
    return [row for row in map(json.loads, lines) if row["id"] not in gold]


def even(row: dict[str, Any]) -> bool:
    """The half of a corpus that weights are fitted on and errors may be looked at: even numbers in the id."""
    return int("".join(char for char in row["id"] if char.isdigit())) % 2 == 0


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


def adjectives(doc: Doc, taken: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Adjectives and peoples of one state ("Turkish", "Palestinians") outside the spans taken, as mentions of it."""
    covered = {at for span in taken for at in range(span["start"], span["end"])}
    at = 0
    while at < len(doc):
        for size in range(min(LONGEST, len(doc) - at), 0, -1):
            span = doc[at : at + size]
            states = demonym_countries(span.text) if span.text[:1].isupper() else ()
            if states and not by_name(span.text) and span.start_char not in covered:
                entry = next(e for e in lookup(states[0].name) if e.country == states[0].code)
                bounds = {"start": span.start_char, "end": span.end_char}
                yield {**bounds, "lat": entry.lat, "lon": entry.lon, "name": states[0].name}
                at += size - 1
                break
        at += 1


def record(row: dict[str, Any], doc: Doc, with_adjectives: bool | None = None) -> dict[str, Any]:
    """A document's line of the scorer's input; adjectives as its corpus counts them unless said."""
    spans = []
    for place in places(doc, row["text"], associated=True):
        lat, lon = point(place)
        spans.append({"start": place.start, "end": place.end, "lat": lat, "lon": lon, "name": place.name})
    if with_adjectives is None:
        with_adjectives = not row["id"].startswith(WITHOUT_ADJECTIVES)
    if with_adjectives:
        spans += adjectives(doc, spans)
    return {"id": row["id"], "places": spans}


def write(rows: list[dict[str, Any]], out: Path, with_adjectives: bool | None) -> None:
    """Reads `rows`, writes the scorer's input and prints what the pass costs beside the spaCy parse."""
    parsing = placing = 0.0
    start = time.perf_counter()
    with out.open("w", encoding="utf-8") as stream:
        for row, doc in zip(rows, parse_texts(cleaned(row["text"]) for row in rows), strict=True):
            parsed = time.perf_counter()
            stream.write(json.dumps(record(row, doc, with_adjectives)) + "\n")
            parsing, placing = parsing + parsed - start, placing + time.perf_counter() - parsed
            start = time.perf_counter()
    print(f"{len(rows)} documents, cost {placing / max(parsing, 1e-9):.3f} of the spaCy parse")


def score(corpus: str, half: str | None, scorer: ModuleType, with_adjectives: bool | None) -> None:
    """Prints the scorer's table of a corpus or of half of it."""
    rows = [row for row in documents(corpus) if half is None or even(row) == (half == "even")]
    with tempfile.TemporaryDirectory() as folder:
        gold, out = Path(folder, "gold.jsonl"), Path(folder, "pred.jsonl")
        gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        print(f"== {corpus}")
        write(rows, out, with_adjectives)
        scorer.main(str(gold), str(out))


def shared_scorer() -> ModuleType:
    """The scorer of ../shared; the run ends where that folder is absent."""
    spec = importlib.util.spec_from_file_location("score_places", SHARED / "bench/score_places.py")
    if spec is None or spec.loader is None or not (SHARED / "bench/score_places.py").exists():
        raise SystemExit("no ../shared/bench/score_places.py here: the corpora are not part of the project")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Writes OUT for IN, or scores the corpora named on the command line (all of them by default)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", default=CORPORA, metavar="IN OUT | CORPUS ...")
    parser.add_argument("--half", choices=("even", "odd"))
    parser.add_argument("--adjectives", choices=("yes", "no"))
    options = parser.parse_args()
    wanted = None if options.adjectives is None else options.adjectives == "yes"
    if set(options.what) <= set(CORPORA):
        scorer = shared_scorer()
        for corpus in options.what:
            score(corpus, options.half, scorer, wanted)
        return
    if len(options.what) != 2:
        parser.error("IN.jsonl and OUT.jsonl are expected, or names of corpora")
    lines = Path(options.what[0]).read_text(encoding="utf-8").splitlines()
    try:
        rows = [json.loads(line) for line in lines if line.strip()]
    except ValueError as error:
        sys.exit(f"{options.what[0]}: not JSON Lines ({error})")
    write(rows, Path(options.what[1]), wanted)


if __name__ == "__main__":
    main()
