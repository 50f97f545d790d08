"""Written dates of publication as ISO 8601."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.parse.stamps import normalised, readings, written_dates

WRITTEN = [
    ("17-01-2031 00:30 IST", "2031-01-17T00:30:00+05:30"),
    ("4 May 2031 14:05 GMT", "2031-05-04T14:05:00+00:00"),
    ("14:05 GMT, 4 May 2031", "2031-05-04T14:05:00+00:00"),
    ("1405 GMT 4 May 2031", "2031-05-04T14:05:00+00:00"),
    ("May 3rd 2031 at 10.15pm BST", "2031-05-03T22:15:00+01:00"),
    ("Jan. 17, 2031, 3:04 p.m. local time", "2031-01-17"),
    ("17.1.2031 10:00 GMT+3", "2031-01-17T10:00:00+03:00"),
    ("12/13/2031 10:00 UTC-05:00", "2031-12-13T10:00:00-05:00"),
    ("2031-01-17T00:30:00Z", "2031-01-17T00:30:00+00:00"),
    ("2031-01-17T00:30+0530", "2031-01-17T00:30:00+05:30"),
    ("2031-01-17 10:00", "2031-01-17"),
    ("2031-01-17T25:99:00Z", "2031-01-17"),
    ("2031/1/7", "2031-01-07"),
    ("04/04/2031", "2031-04-04"),
    ("30 February 2031", None),
    ("1 May 1845", None),
    ("Jan 17", None),
    ("04/05/2031", None),
    ("yesterday", None),
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN)
def test_written_stamps(text: str, expected: str | None) -> None:
    assert normalised(text) == expected


def test_unsure_figures_have_two_readings() -> None:
    assert readings("04/05/2031") == ("2031-05-04", "2031-04-05")


@given(st.text(alphabet="0123456789-/.: TZGMTIST+May,Jan", max_size=40))
def test_whatever_is_read_is_a_real_date(text: str) -> None:
    value = normalised(text)
    if value is not None:
        assert datetime.fromisoformat(value).year >= 1900
    for item in written_dates(text):
        assert text[item.start : item.end]
