"""When: the time of the own verb, looked back for what was done and ahead for what is planned."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.extract import issues
from dateline.extract.when import days
from dateline.model import Document, TimeBasis, TimeRange
from dateline.parse import parsed_document
from extraction import Case, problems, readings, table

NAME = "when"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []


@table("when_reports")
def test_own_reports(case: Case) -> None:
    """Sentences and short reports in the style of agencies, most written before the rules they test."""
    assert problems(case, readings("when_reports")[case["about"]].claims) == []


def test_ends_as_dates() -> None:
    open_end = TimeRange(None, None, None, "2023-05-10", None, TimeBasis.STATED)
    assert days(open_end) == (date(2023, 5, 10), None)


@pytest.mark.parametrize(("published", "codes"), [(None, ["unresolved_time"]), ("2023-05-10", [])])
def test_a_weekday_that_nothing_anchors_is_reported(published: str | None, codes: list[str]) -> None:
    text = "Chadian soldiers entered Niger on Friday."
    document = Document(id="", text=text, sha256="", published=published, language="en")
    found = list(issues(parsed_document(document)))
    assert [issue.code for issue in found] == codes
    assert all(text[issue.start : issue.end] == "on Friday" for issue in found)


def test_ranges_run_forward() -> None:
    times = [claim.time for reading in readings(NAME).values() for claim in reading.claims if claim.time]
    both = [(time.earliest, time.latest) for time in times if time.earliest and time.latest]
    assert both
    assert all(first <= last for first, last in both)
