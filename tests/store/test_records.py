"""Records come back from their JSON as the same values."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import model as m
from dateline.store.records import (
    claim_of,
    coded,
    decoded,
    document_of,
    document_row,
    fold,
    issue_of,
    issue_row,
    json_text,
)

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
PLAIN = {str: WORDS, float: st.floats(allow_nan=False, allow_infinity=False), dict: st.dictionaries(WORDS, WORDS)}


def values(cls: type) -> st.SearchStrategy[Any]:
    """Any value of a model class."""
    for plain, strategy in PLAIN.items():
        st.register_type_strategy(plain, strategy)
    return st.builds(cls, **_named(cls))


def _named(cls: type) -> dict[str, st.SearchStrategy[Any]]:
    mappings = {"basis", "provenance", "settings", "value"} & set(cls.__dataclass_fields__)  # type: ignore[attr-defined]
    return {name: st.dictionaries(WORDS, WORDS, max_size=3) for name in mappings}


@settings(max_examples=60, deadline=None)
@given(values(m.Claim))
def test_claim(claim: m.Claim) -> None:
    assert decoded(m.Claim, coded(claim)) == claim
    assert claim_of(json.loads(json_text(m.as_record(claim)))) == claim


@settings(max_examples=40, deadline=None)
@given(values(m.Claim))
def test_a_claim_is_coded_the_same_by_any_program(claim: m.Claim) -> None:
    assert json.loads(coded(claim)) == json.loads(json_text(m.as_record(claim)))


@settings(max_examples=40, deadline=None)
@given(values(m.Attribution))
def test_an_attribution_written_before_its_newer_fields_is_still_read(said: m.Attribution) -> None:
    newer = ("description", "office", "affiliation", "condition")
    record = m.as_record(said)
    record.pop("commitment")
    if record["source"] is not None:
        record["source"] = {name: value for name, value in record["source"].items() if name not in newer}
    read = decoded(m.Attribution, json_text(record))
    assert read.commitment is None
    assert (read.source is None) == (said.source is None)
    if read.source is not None and said.source is not None:
        assert read.source.name == said.source.name
        assert [getattr(read.source, name) for name in newer] == [None] * len(newer)


@pytest.mark.parametrize("cls", [m.Event, m.Presence, m.Origin, m.Dispute, m.Judgement])
def test_what_is_derived_or_judged_comes_back(cls: type[Any]) -> None:
    @settings(max_examples=30, deadline=None)
    @given(values(cls))
    def comes_back(value: Any) -> None:
        assert decoded(cls, coded(value)) == value

    comes_back()


@settings(max_examples=40, deadline=None)
@given(values(m.Document))
def test_document(document: m.Document) -> None:
    assert document_of(document_row(document)) == document


@settings(max_examples=40, deadline=None)
@given(values(m.Issue))
def test_issue(issue: m.Issue) -> None:
    assert issue_of(issue_row(issue)) == issue


def test_undecodable_path_is_kept_readable() -> None:
    row = issue_row(m.Issue("unreadable", "no", path="bad\udcff.txt"))
    assert row["path"] == "bad\\udcff.txt"


def test_fold() -> None:
    assert fold("Sévaré") == fold("SEVARE") == "sevare"
