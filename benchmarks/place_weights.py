#!/usr/bin/env python3
"""Fits `src/dateline/lexicon/place_weights.yaml`: whether a known name is a place, and which place of the name it is.

    PYTHONPATH=src python benchmarks/place_weights.py [--fit]

Fitted on the documents with even numbers of the corpora in ../shared/data/geo and on the `open` passages of
`tests/cases/places.en.jsonl`; measured on the odd ones. Each corpus weighs alike, our passages half as much in the
choice. `name`: logistic regression over the signs of a name. `choice`: conditional logit over the traits of all
candidates, where every candidate within 161 km of the annotated point is right. Without `--fit` only measures.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from dateline.lexicon.countries import by_code
from dateline.lexicon.gazetteer import Entry, lookup
from dateline.lexicon.place_words import PlaceWords, place_weights
from dateline.model import Precision
from dateline.parse.nlp import cleaned, parse_texts
from dateline.parse.place_evidence import context, distance
from dateline.parse.place_points import candidates, traits
from dateline.parse.place_signs import SURE, signs
from dateline.parse.place_spans import namings
from dateline.parse.place_view import View, view
from dateline.parse.places import containers
from place_cases import cases
from place_cases import gold as own_gold
from places import CORPORA, documents, even, shared_scorer

if TYPE_CHECKING:
    from spacy.tokens import Doc

WEIGHTS = Path(__file__).resolve().parent.parent / "src/dateline/lexicon/place_weights.yaml"
OWN = "our own passages"
NEAR_KM = 161.0
BY_HAND = {"home": 1.0, "namesake of capital": -2.5}
"""Weights that are set, not fitted: no corpus says where its outlet is, and "Washington" is often the state in the
local news of two of them."""

SHARES = {"name": 1500.0, "choice": 800.0}
OWN_SHARE = {"name": 800.0, "choice": 400.0}
"""What all examples of a corpus, and of our own passages, weigh together."""

Signs = dict[str, float]


@dataclass(frozen=True)
class Gold:
    """An annotated place: its span, its point, and whether it is a name that counts."""

    start: int
    end: int
    lat: float | None
    lon: float | None
    counts: bool = True
    decided: bool = True


@dataclass(frozen=True)
class Text:
    """A document of a corpus, parsed."""

    doc: Doc
    gold: tuple[Gold, ...]


def texts(corpus: str) -> Iterator[tuple[bool, Text]]:
    """The documents of a corpus, each with whether it belongs to the half that is fitted on."""
    if corpus == OWN:
        rows = [case for case in cases() if case["set"] == "open"]
        for case, doc in zip(rows, parse_texts(cleaned(case["text"]) for case in rows), strict=True):
            yield True, Text(doc, tuple(_of_case(start, end, place) for start, end, place in own_gold(case)))
        return
    trim = shared_scorer().trim
    rows = documents(corpus)
    for row, doc in zip(rows, parse_texts(cleaned(row["text"]) for row in rows), strict=True):
        found = (
            Gold(*trim(row["text"], t["start"], t["end"]), t["lat"], t["lon"], t["is_name"] and t["lat"] is not None)
            for t in row["toponyms"]
        )
        yield even(row), Text(doc, tuple(found))


def _of_case(start: int, end: int, place: list[Any]) -> Gold:
    name, country, lat, lon = place[2:6]
    state = by_code(country) if lat is None and country is not None else None
    if state is not None:
        point = next((e for e in lookup(state.name) if e.country == country and e.source == "countries"), None)
        lat, lon = (point.lat, point.lon) if point is not None else (None, None)
    return Gold(start, end, lat, lon, decided=name is not None)


def name_examples(text: Text) -> Iterator[tuple[Signs, bool]]:
    """The signs of every name the gazetteer knows, and whether it is annotated; names that count neither way out."""
    seen = view(text.doc)
    found: list[tuple[int, int, Signs]] = []

    def judge(seen: View, span: tuple[int, int], words: PlaceWords) -> float:
        found.append((seen.starts[span[0]], seen.ends[span[1] - 1], dict(signs(seen, span, words))))
        return 1.0

    list(namings(seen, judge))
    for start, end, told in found:
        over = [gold for gold in text.gold if gold.start < end and start < gold.end]
        if not over or any(gold.counts for gold in over):
            yield told, bool(over)


def choice_examples(text: Text) -> Iterator[tuple[list[Signs], list[bool]]]:
    """For every annotated name of several candidates the traits of each, and which are near the annotated point."""
    seen = view(text.doc)
    found = list(namings(seen))
    evidence = context(seen, found, None)
    for naming, within in zip(found, containers(found, seen), strict=True):
        over = [g for g in text.gold if g.counts and g.decided and g.start < naming.end and naming.start < g.end]
        several = candidates(naming)
        if not over or over[0].lat is None or over[0].lon is None or len(several) < 2:
            continue
        there = Entry("", None, over[0].lat, over[0].lon, Precision.SITE, 0, "", "", 0.0)
        near = [distance(_pointed(entry), there) <= NEAR_KM for entry in several]
        if any(near):
            yield [dict(traits(naming, entry, evidence, within)) for entry in several], near


def _pointed(entry: Entry) -> Entry:
    """A state's candidate with the gazetteer's point, which it lacks."""
    if entry.source != "countries" or (entry.lat, entry.lon) != (0.0, 0.0):
        return entry
    listed = (e for e in lookup(entry.name) if e.country == entry.country and e.source == "countries")
    return next(listed, entry)


def fitted_names(examples: list[tuple[Signs, bool]], weigh: list[float]) -> Signs:
    """Logistic regression by Newton steps, with a penalty of one on all weights but the constant."""
    names = sorted({name for told, _ in examples for name in told})
    matrix = np.array([[told.get(name, 0.0) for name in names] for told, _ in examples])
    target, weight = np.array([float(yes) for _, yes in examples]), np.array(weigh)
    penalty = np.array([0.01 if name == "always" else 1.0 for name in names])
    beta = np.zeros(len(names))
    for _ in range(40):
        p = 1 / (1 + np.exp(-matrix @ beta))
        gradient = matrix.T @ (weight * (target - p)) - penalty * beta
        hessian = (matrix * (weight * p * (1 - p))[:, None]).T @ matrix + np.diag(penalty)
        beta = beta + np.linalg.solve(hessian, gradient)
    return {name: round(float(b), 2) for name, b in zip(names, beta, strict=True)}


def fitted_choice(examples: list[tuple[list[Signs], list[bool]]], weigh: list[float]) -> Signs:
    """Conditional logit by gradient steps (Adam), with a penalty of 0.3."""
    names = sorted({name for several, _ in examples for told in several for name in told} | set(BY_HAND))
    rows = np.array([[told.get(name, 0.0) for name in names] for several, _ in examples for told in several])
    right = np.array([yes for _, near in examples for yes in near])
    sizes = [len(near) for _, near in examples]
    group = np.repeat(np.arange(len(sizes)), sizes)
    first = np.cumsum([0, *sizes[:-1]])
    weight = np.array(weigh)[group]
    free = np.array([name not in BY_HAND for name in names])
    beta = np.array([BY_HAND.get(name, 0.0) for name in names])
    mean, square = np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, 1500):
        score = rows @ beta
        power = np.exp(score - np.maximum.reduceat(score, first)[group])
        wanted = power * right
        pull = (wanted / np.add.reduceat(wanted, first)[group] - power / np.add.reduceat(power, first)[group]) * weight
        gradient = (0.3 * beta - pull @ rows) * free
        mean, square = 0.9 * mean + 0.1 * gradient, 0.99 * square + 0.01 * gradient**2
        rate = 0.05 if step < 1000 else 0.01
        beta = beta - rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(b), 2) for name, b in zip(names, beta, strict=True)}


def scored(told: Signs, weights: Signs) -> float:
    """The sum of the weights of signs or traits."""
    return sum(weights.get(name, 0.0) * value for name, value in told.items())


def measure_names(examples: Iterable[tuple[Signs, bool]], weights: Signs) -> str:
    """Precision and recall of names held for places."""
    least = float(np.log(SURE / (1 - SURE)))
    pairs = [(scored(told, weights) >= least, yes) for told, yes in examples]
    hit, held, wanted = (sum(map(f, pairs)) for f in (all, lambda p: p[0], lambda p: p[1]))
    return f"names P {hit / max(1, held):.3f} R {hit / max(1, wanted):.3f} of {wanted}"


def measure_choice(examples: list[tuple[list[Signs], list[bool]]], weights: Signs) -> str:
    """The share of names whose best candidate is right."""
    best = [near[int(np.argmax([scored(told, weights) for told in several]))] for several, near in examples]
    return f"choice {sum(best) / max(1, len(best)):.3f} of {len(best)}"


def gather(
    corpora: dict[str, list[tuple[bool, Text]]], read: Callable[[Text], Iterator[Any]], half: bool
) -> dict[str, list[Any]]:
    """The examples of one half of each corpus."""
    return {name: [e for fit, text in rows if fit == half for e in read(text)] for name, rows in corpora.items()}


def fit(corpora: dict[str, list[tuple[bool, Text]]]) -> None:
    """Fits names, then, with the names it finds, choices; writes both."""
    weights = {key: dict(value) for key, value in place_weights().items()}
    steps: tuple[tuple[str, Any, Any], ...] = (
        ("name", name_examples, fitted_names),
        ("choice", choice_examples, fitted_choice),
    )
    for key, read, solve in steps:
        examples, weigh = [], []
        for corpus, found in gather(corpora, read, True).items():
            examples += found
            weigh += [(OWN_SHARE if corpus == OWN else SHARES)[key] / max(1, len(found))] * len(found)
        weights[key] = solve(examples, weigh)
        header = "# Fitted by benchmarks/place_weights.py; see there.\n"
        WEIGHTS.write_text(header + yaml.safe_dump(weights, sort_keys=True), encoding="utf-8")
        place_weights.cache_clear()


def main() -> None:
    """Fits if asked, and measures on both halves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    corpora = {name: list(texts(name)) for name in (*CORPORA, OWN)}
    if options.fit:
        fit(corpora)
    weights = place_weights()
    for half, label in ((True, "fitted on"), (False, "not seen")):
        names, choices = (gather(corpora, read, half) for read in (name_examples, choice_examples))
        for corpus in corpora:
            if names[corpus]:
                said = measure_names(names[corpus], dict(weights["name"]))
                print(f"{label:9} {corpus:16} {said}; {measure_choice(choices[corpus], dict(weights['choice']))}")


if __name__ == "__main__":
    main()
