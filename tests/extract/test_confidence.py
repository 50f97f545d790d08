"""Confidence: a probability from named features of the reading, by weights that lie in a file."""

from __future__ import annotations

import math
from functools import cache

import pytest

from dateline.extract.assembly import drafts
from dateline.extract.confidence import confidence, features, weights
from dateline.extract.draft import Draft
from dateline.extract.merging import merged
from dateline.extract.reading import Reading
from dateline.lexicon.language import language
from dateline.model import Document, Kind, Stance
from dateline.parse import parsed_documents
from extraction import cases, readings

FILES = ("arguments", "stance", "attribution", "how_many")


@cache
def read() -> list[tuple[Reading, Draft]]:
    texts = [case["text"] for name in FILES for case in cases(name)]
    documents = [Document(id="", text=t, sha256="", published="2023-05-10", language="en") for t in texts]
    parsed = [Reading(one, language("en")) for one in parsed_documents(documents)]
    return [(reading, draft) for reading in parsed for draft in merged(reading, drafts(reading))]


def draft_of(words: str) -> dict[str, float]:
    return next(features(reading, draft) for reading, draft in read() if reading.text == words)


def test_features_are_shares() -> None:
    for reading, draft in read():
        found = features(reading, draft)
        assert found[f"kind {draft.kind}"] == found[f"stance {draft.stance}"] == 1
        assert all(0 < value <= 1 for value in found.values())


@pytest.mark.parametrize(
    ("text", "present", "absent"),
    [
        ("French soldiers are stationed in Chad.", {"actor", "place", "recipient"}, {"quantity", "attributed", "noun"}),
        ("About 400 French soldiers are stationed in Chad.", {"quantity", "actor"}, {"dated", "repeated"}),
        ("Turkish soldiers entered Afrin on Monday.", {"dated", "political actor"}, {"attributed"}),
        ("Turkish soldiers have entered Syria, the defence ministry said.", {"attributed"}, {"dated"}),
        ("Egypt plans to send soldiers to Somalia.", {"planned or conditional", "embedded verb"}, {"noun"}),
        ("Turkish jets carried out strikes in northern Iraq.", {"noun", "light verb"}, {"embedded verb"}),
    ],
)
def test_features_tell_how_it_was_read(text: str, present: set[str], absent: set[str]) -> None:
    found = set(draft_of(text))
    assert present <= found
    assert not absent & found


def test_weights_are_finite_and_start_from_a_bias() -> None:
    table = weights()
    assert "bias" in table
    assert all(math.isfinite(value) for value in table.values())


def test_every_weight_is_of_a_feature_that_exists() -> None:
    known = {f"kind {kind}" for kind in Kind} | {f"stance {stance}" for stance in Stance} | {"bias"}
    known |= {name for reading, draft in read() for name in features(reading, draft)}
    known |= {"repeated", "weak trigger", "short evidence"}
    assert set(weights()) <= known


def test_confidence_is_a_probability_that_is_never_certain() -> None:
    given = [confidence(reading, draft) for reading, draft in read()]
    given += [claim.confidence for reading in readings("merging").values() for claim in reading.claims]
    assert given
    assert all(0.02 <= value <= 0.98 and value == round(value, 2) for value in given)


def test_the_same_reading_has_the_same_confidence() -> None:
    assert all(confidence(*pair) == confidence(*pair) for pair in read()[:10])
