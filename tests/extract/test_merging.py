"""Repetitions fold into one claim; another number, time, place, stance or voice keeps claims apart."""

from __future__ import annotations

from itertools import pairwise

from extraction import Case, problems, readings, table

NAME = "merging"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []


def test_evidence_of_one_claim_does_not_overlap() -> None:
    several = 0
    for reading in readings(NAME).values():
        for claim in reading.claims:
            spans = sorted((part.start, part.end) for part in claim.evidence)
            several += len(spans) > 1
            assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert several


def test_claims_of_one_report_differ() -> None:
    for reading in readings(NAME).values():
        ids = [claim.id for claim in reading.claims]
        assert len(set(ids)) == len(ids)
