"""Lines that name an outlet, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.parse.mastheads import credited, masthead, newspaper, without_outlet

OUTLETS = [
    ("Sund Herald | 6 May 2031", "Sund Herald"),
    ("6 May 2031 | The Sund Courier", "The Sund Courier"),
    ("Sund Post, Tuesday 6 May 2031, 10:30 GMT", "Sund Post"),
    ("Coast Daily (25 January 2031)", "Coast Daily"),
    ("COAST DAILY | MAY 6, 2031", "COAST DAILY"),
    ("Ada Byrd | 6 May 2031 | Sund Times", "Sund Times"),
    ("First published in the Sund Herald, 6 May 2031", "Sund Herald"),
    ("Published by Plainsman on 6 May 2031", "Plainsman"),
    ("Source: Coast Daily, 6 May 2031", "Coast Daily"),
    ("sundtimes.com", "sundtimes.com"),
    ("Radio Halden", "Radio Halden"),
    ("By Ada Byrd, Coast Daily", "Coast Daily"),
]
NO_OUTLETS = [
    "World News | 6 May 2031",
    "Africa | 6 May 2031",
    "Security | 6 May 2031",
    "Ada Byrd | 6 May 2031",
    "Niamey, 6 May 2031",
    "6 May 2031",
    "Latest News",
    "By Ada Byrd",
    "Nigerian | 6 May 2031",
]
OTHERS = [
    "The army left Karo on 6 May 2031",
    "Battle of Karo, 6 May 2031",
    "Karo Ambush, 6 May 2031",
    "Army leaves border post",
    "The Sund Herald reported on 6 May 2031 that the army had left Karo.",
    "",
    "|",
]


@pytest.mark.parametrize(("line", "outlet"), OUTLETS)
def test_outlets(line: str, outlet: str) -> None:
    found = masthead(line)
    assert found is not None
    assert found.outlet == outlet


@pytest.mark.parametrize("line", NO_OUTLETS)
def test_lines_of_dates_persons_and_sections_name_no_outlet(line: str) -> None:
    found = masthead(line)
    assert found is None or found.outlet is None


@pytest.mark.parametrize("line", OTHERS)
def test_other_lines_are_no_mastheads(line: str) -> None:
    assert masthead(line) is None


def test_an_agency_is_no_outlet() -> None:
    found = masthead("Sund Press Agency | Updated: 17-01-2031 09:15 GMT")
    assert found is not None
    assert (found.agency, found.outlet, found.dated) == ("Sund Press Agency", None, True)


@pytest.mark.parametrize(
    ("bracket", "unsure", "certain"),
    [
        ("Sund Press Agency", "Sund Press Agency", "Sund Press Agency"),
        ("Halden Newswire, May 6", "Halden Newswire", "Halden Newswire"),
        ("Agence de presse du Sund", "Agence de presse du Sund", "Agence de presse du Sund"),
        ("Dune Radio", None, "Dune Radio"),
        ("HNA", None, "HNA"),
        ("Ministry of Press", None, "Ministry of Press"),
        ("Sunday", None, None),
        ("UK", None, None),
        ("Niger", None, None),
        ("local time", None, None),
        ("12 May", None, None),
    ],
)
def test_brackets_of_datelines(bracket: str, unsure: str | None, certain: str | None) -> None:
    assert credited(bracket, certain=False) == unsure
    assert credited(bracket, certain=True) == certain


def test_newspapers_are_told_from_agencies() -> None:
    assert newspaper("Halden Morning Post")
    assert not newspaper("Halden News Agency")
    assert not newspaper("HNA")


def test_titles_lose_the_outlet_and_nothing_else() -> None:
    assert without_outlet("Army leaves Karo for good - Sund Times") == ("Army leaves Karo for good", "Sund Times")
    assert without_outlet("Army leaves Karo for good - again") == ("Army leaves Karo for good - again", None)
    assert without_outlet("Karo - Sund Times") == ("Karo - Sund Times", None)


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["6 May 2031", "|", " - ", "by", "Sund Times", "Published on", ",", "the", "(", "The Sun"]),
            st.text(max_size=12),
        ),
        max_size=8,
    )
)
def test_any_line_is_answered(parts: list[str]) -> None:
    line = " ".join(parts)
    found = masthead(line)
    for name in (found.outlet, found.agency, found.byline) if found is not None else ():
        assert name is None or name in line
