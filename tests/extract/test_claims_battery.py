"""The claims of written passages (`tests/cases/claims_en.jsonl`), read at once, by `benchmarks/battery.py`.

The floors lie a little under what is reached; raise them with every gain.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import battery
from dateline.model import Claim, Kind, SourceKind, Stance, Unit

FOUND = 0.81
WHOLE = 0.53
FOUND_OF_A_KIND = 0.4
AGREEING = {
    "actor": 0.915,
    "recipient": 0.8,
    "place": 0.83,
    "quantity": 0.71,
    "time": 0.91,
    "stance": 0.95,
    "source": 0.95,
    "voice": 0.9,
}
SPURIOUS = 2


@pytest.fixture(scope="session")
def result() -> Any:
    return battery.figures()


def test_passages_are_well_formed() -> None:
    given = battery.passages()
    assert len({one.text for one in given}) == len(given)
    for expected in (claim for one in given for claim in one.expected):
        Kind(expected["kind"])
        for stance in battery.either(expected["stance"]):
            Stance(stance)
        assert expected.get("unit", "other") in set(Unit)
        assert expected.get("source_kind", "unknown") in set(SourceKind)
        assert ("source" in expected) or not {"source_kind", "anonymous", "via"} & set(expected), expected
        assert ("low" in expected) == ("high" in expected)
        assert ("earliest" in expected) == ("latest" in expected)


def test_every_kind_is_asked_for_and_so_is_silence() -> None:
    given = battery.passages()
    kinds = [claim["kind"] for one in given for claim in one.expected]
    assert min(kinds.count(kind) for kind in Kind) >= 11
    assert sum(not one.expected for one in given) >= 40


def test_claims_are_found(result: Any) -> None:
    assert result.found() >= FOUND
    assert result.whole() >= WHOLE


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_found(result: Any, kind: Kind) -> None:
    assert result.found(kind) >= FOUND_OF_A_KIND


@pytest.mark.parametrize(("slot", "floor"), AGREEING.items())
def test_found_claims_agree(result: Any, slot: str, floor: float) -> None:
    assert result.agreeing(slot) >= floor


def test_nothing_is_found_where_there_is_nothing(result: Any) -> None:
    assert len(result.spurious) <= SPURIOUS, [passage.text for passage, _ in result.spurious]


def test_evidence_quotes_its_passage(result: Any) -> None:
    read = [(pair.passage, pair.claim) for pair in result.pairs if pair.claim is not None]
    for passage, claim in [*read, *result.stray, *result.spurious]:
        assert all(passage.text[part.start : part.end] == part.exact for part in claim.evidence), claim


def reading(**slots: Any) -> Claim:
    """A claim as the pipeline would read it, of a plain deployment unless said."""
    from dateline.store.records import claim_of

    actor = {"text": "Dutch jets", "start": 0, "end": 10, "name": "Netherlands, armed forces", "country": "NLD"}
    record = {
        "id": "claim-1",
        "document": "doc-1",
        "kind": "deployment",
        "actor": actor | {"sector": "MIL"},
        "recipient": None,
        "place": None,
        "quantity": None,
        "time": None,
        "stance": "asserted",
        "attribution": None,
        "evidence": [{"start": 0, "end": 10, "exact": "Dutch jets"}],
        "confidence": 1.0,
        "basis": {},
    }
    return claim_of(json.loads(json.dumps(record | slots)))


@pytest.mark.parametrize(
    ("slot", "expected", "verdict"),
    [
        ("actor", {"actor": "NLD"}, True),
        ("actor", {"actor": "DNK"}, False),
        ("actor", {"actor": ["DNK", "jets"]}, True),
        ("actor", {"actor": None}, False),
        ("actor", {}, None),
        ("recipient", {"recipient": None}, True),
        ("recipient", {"recipient": "POL"}, False),
        ("stance", {"stance": ["planned", "asserted"]}, True),
        ("stance", {"stance": "denied"}, False),
        ("source", {}, True),
        ("source", {"source": "minister"}, False),
        ("quantity", {"low": 4, "high": 4}, False),
        ("quantity", {}, None),
        ("time", {"earliest": "2023-02-14", "latest": "2023-02-14"}, False),
        ("voice", {"source": "minister"}, None),
    ],
)
def test_the_measure_tells_right_from_wrong(slot: str, expected: dict[str, Any], verdict: bool | None) -> None:
    assert battery.agrees(reading(), expected, slot) is verdict


def test_a_claim_is_matched_once() -> None:
    expected = ({"kind": "deployment", "actor": "POL"}, {"kind": "deployment", "actor": "NLD"})
    passage = battery.Passage("Dutch jets", "2023-02-15", tuple({"stance": "asserted"} | one for one in expected))
    poles, dutch = battery.paired(passage, [reading()])
    assert poles.claim is None
    assert dutch.claim is not None
