"""The words that show a claim: a clause or phrase, trimmed, counted in code points."""

from __future__ import annotations

from dateline.extract.evidence import MAX_CHARACTERS, TRIM
from extraction import Case, problems, readings, table

NAME = "evidence"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []


def test_evidence_is_trimmed_and_no_page() -> None:
    pieces = [part for reading in readings(NAME).values() for claim in reading.claims for part in claim.evidence]
    assert pieces
    for part in pieces:
        assert part.exact == part.exact.strip(TRIM)
        assert 0 < part.end - part.start <= MAX_CHARACTERS


def test_evidence_quotes_the_text() -> None:
    for reading in readings(NAME).values():
        assert reading.document is not None
        for claim in reading.claims:
            assert all(reading.document.text[part.start : part.end] == part.exact for part in claim.evidence)
