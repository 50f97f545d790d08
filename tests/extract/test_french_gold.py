"""The French case files are what they claim to be: counts, kinds, dates, and every word given found in its text.

Files with `unseen` in their name were written before any rule for French and only measure: look at their counts, not
at their texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import attribution_cases
import french
from dateline.model import Commitment, Kind, Quote, Scope, SourceKind, Stance, TimeBasis, Unit
from dateline.store.records import claim_of

COUNTS = {
    "attribution": {"open": 100, "unseen": 50},
    "kinds": {"open": 133, "unseen": 67},
    "times": {"open": 80, "unseen": 40},
    "quantities": {"open": 60, "unseen": 0},
    "reports": {"open": 13, "unseen": 7},
}
FILES = [(task, part) for task, counts in COUNTS.items() for part, n in counts.items() if n]
SAYING = {"source", "cue", "content", "name", "source_kind", "anonymous", "via", "quote", "stance", "commitment"}
CLAIM = {
    "id", "document", "kind", "actor", "recipient", "place", "quantity", "time", "stance", "attribution", "evidence",
    "core",
}  # fmt: skip

Row = dict[str, Any]


def rows(task: str, part: str) -> list[Row]:
    return french.rows(task, "fr", part)


def both(task: str) -> list[Row]:
    return [row for part in COUNTS[task] for row in rows(task, part)]


@pytest.mark.parametrize(("task", "part"), FILES)
def test_counts_are_as_stated(task: str, part: str) -> None:
    assert len(rows(task, part)) == COUNTS[task][part]


@pytest.mark.parametrize("task", COUNTS)
def test_ids_and_texts_are_given_once(task: str) -> None:
    given = both(task)
    assert len({row["text"] for row in given}) == len(given)
    if task != "quantities":
        assert len({row["id"] for row in given}) == len(given)


def test_no_text_is_in_two_files() -> None:
    texts = Counter(row["text"] for task in COUNTS for row in both(task))
    assert max(texts.values()) == 1


@pytest.mark.parametrize("task", COUNTS)
def test_texts_are_composed_and_trimmed(task: str) -> None:
    """Offsets count code points of NFC, which is what is stored of a report."""
    odd = [row.get("id") for row in both(task) if row["text"] != unicodedata.normalize("NFC", row["text"]).strip()]
    assert odd == []


def test_every_attribution_is_well_formed() -> None:
    for row in both("attribution"):
        attribution_cases.passage(row)
        assert bool(row["attributions"]) != ("none" in row["tags"]), row["id"]
        for one in row["attributions"]:
            assert set(one) == SAYING, row["id"]
            assert (one["source"] is None) == (one["name"] is None), row["id"]
            enums = (SourceKind(one["source_kind"]), Quote(one["quote"]), Stance(one["stance"]))
            assert enums and Commitment(one["commitment"]), row["id"]
            cue = one["cue"] if isinstance(one["cue"], str) else one["cue"][0]
            assert cue in row["text"], row["id"]
            assert one["source"] is not None or one["anonymous"], row["id"]


def test_direct_quotes_hold_guillemets() -> None:
    for row in both("attribution"):
        for one in row["attributions"]:
            quoted = any("«" in part or "»" in part for part in map(_written, one["content"]))
            assert quoted or one["quote"] == "indirect", row["id"]


def _written(part: str | list[Any]) -> str:
    return part if isinstance(part, str) else part[0]


def test_every_source_kind_stance_and_commitment_is_there() -> None:
    for part in COUNTS["attribution"]:
        said = [one for row in rows("attribution", part) for one in row["attributions"]]
        assert {one["source_kind"] for one in said} == {str(kind) for kind in SourceKind}
        assert {one["stance"] for one in said} == {str(stance) for stance in Stance}
        assert {one["commitment"] for one in said} == {str(commitment) for commitment in Commitment}


def test_every_kind_sentence_is_well_formed() -> None:
    for row in both("kinds"):
        assert ("trap" in row) == (not row["claims"]), row["id"]
        for claim in row["claims"]:
            assert set(claim) == {"kind", "trigger", "actor", "recipient", "stance"}, row["id"]
            assert Kind(claim["kind"]) and Stance(claim["stance"]), row["id"]
            for words in (claim["trigger"], claim["actor"], claim["recipient"]):
                assert words is None or re.search(rf"(?<!\w){re.escape(words)}(?!\w)", row["text"]), row["id"]


@pytest.mark.parametrize("part", ["open", "unseen"])
def test_every_kind_is_there_and_a_quarter_hold_no_claim(part: str) -> None:
    given = rows("kinds", part)
    counts = Counter(claim["kind"] for row in given for claim in row["claims"])
    assert set(counts) == {str(kind) for kind in Kind}
    assert min(counts.values()) >= 2
    assert 0.2 <= sum(not row["claims"] for row in given) / len(given) <= 0.3


def test_every_time_is_well_formed() -> None:
    for row in both("times"):
        assert row["anchor"] is None or date.fromisoformat(row["anchor"])
        at = 0
        for text, earliest, latest, basis in row["times"]:
            at = row["text"].index(text, at) + len(text)
            assert TimeBasis(basis) in (TimeBasis.STATED, TimeBasis.RELATIVE), row["id"]
            _ordered(earliest, latest)


def _ordered(earliest: str | None, latest: str | None) -> None:
    ends = [date.fromisoformat(end) for end in (earliest, latest) if end is not None]
    assert ends == sorted(ends)
    assert ends


def test_every_quantity_is_well_formed() -> None:
    for row in both("quantities"):
        at = 0
        for text, low, high, unit, scope in row["quantities"]:
            at = row["text"].index(text, at) + len(text)
            assert Unit(unit) and Scope(scope)
            assert low is not None or high is not None
            assert None in (low, high) or low <= high


def spans(value: Any) -> Iterator[tuple[int, int, str]]:
    """Every span in a claim with the words that it must be."""
    if isinstance(value, dict):
        if isinstance(value.get("start"), int):
            yield value["start"], value["end"], value.get("exact") or value["text"]
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def test_every_claim_of_a_report_is_in_its_text_and_of_the_model() -> None:
    ids = []
    for report in both("reports"):
        assert 80 <= len(report["text"].split()) <= 200, report["id"]
        assert date.fromisoformat(report["published"]) and report["title"] and report["outlet"], report["id"]
        for claim in report["claims"]:
            assert set(claim) == CLAIM, claim["id"]
            assert claim["document"]["id"] == report["id"], claim["id"]
            assert claim["evidence"], claim["id"]
            assert all(report["text"][start:end] == words for start, end, words in spans(claim)), claim["id"]
            if claim["time"] is not None:
                _ordered(claim["time"]["earliest"], claim["time"]["latest"])
            held = {k: v for k, v in claim.items() if k != "core"} | {"confidence": 1.0, "basis": {}}
            assert claim_of(held | {"document": report["id"]}).kind == claim["kind"]
            ids.append(claim["id"])
    assert len(set(ids)) == len(ids)


def test_reports_hold_denials_plans_and_hearsay() -> None:
    for part in COUNTS["reports"]:
        claims = [claim for report in rows("reports", part) for claim in report["claims"]]
        assert {claim["stance"] for claim in claims} == {str(stance) for stance in Stance}
        assert len({claim["kind"] for claim in claims}) >= 15


def test_a_table_leaves_empty_what_is_not_measured() -> None:
    shown = french.table("kinds", {"fr open": {"F1": 0.5}, "fr unseen": {}, "en open": {"F1": 0.25, "recall": 1.0}})
    assert shown.splitlines() == [
        "| kinds | fr open | en open |",
        "|---|---:|---:|",
        "| F1 | 0.500 | 0.250 |",
        "| recall |  | 1.000 |",
    ]


def test_what_is_set_aside_is_never_listed() -> None:
    assert {row["set"] for row in rows("attribution", "open") + rows("kinds", "open")} == {"open"}
    assert not any("unseen" in row["file"] for task in COUNTS for row in rows(task, "open"))
