"""The finer place that a report names right before the wider one around it: "Airbase 101 in the capital, Niamey"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.place_heads import GRAIN
from dateline.extract.reading import Reading
from dateline.model import Place, Precision
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

_APPOSED = 7
"""Words between a place and the one that is said to hold it, at most."""


def nested(reading: Reading, wider: Place) -> Place:
    """The site or, in a province or state or at a distance, the town that lies in a place by the words before it.

    "based at Airbase 101 in the capital, Niamey"; "hit a mine near Tin-Hama in northern Mali". Else the place itself.
    """
    if wider.start is None or GRAIN[wider.precision] <= GRAIN[Precision.SITE]:
        return wider
    towns = GRAIN[wider.precision] >= GRAIN[Precision.PROVINCE] or (wider.text or "")[:1].isdigit()
    for inner in reading.parsed.places:
        held = inner.precision is Precision.SITE or (towns and GRAIN[inner.precision] < GRAIN[Precision.PROVINCE])
        if not held or inner.country != wider.country or inner.end is None or inner.end >= wider.start:
            continue
        between = reading.doc.char_span(inner.end, wider.start, alignment_mode="contract")
        if between is not None and len(between) <= _APPOSED and all(map(_locates, between)):
            return inner
    return wider


def _locates(word: Token) -> bool:
    """Whether a word may stand between a site and where it lies: "in the capital,"."""
    if word.pos_ == "ADP":
        return pivot(word) in words(word, "at") | {"in", "of"}
    if word.dep_ == "compound" and word.head.i > word.i:
        return _locates(word.head)
    named = means(
        word,
        "capital",
        "city",
        "town",
        "village",
        "settlement",
        "region",
        "province",
        "state",
        "district",
        "department",
    )
    return word.pos_ == "DET" or word.text == "," or named
