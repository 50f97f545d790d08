"""iCalendar: the `icalendar` package reads what we write, and days, ids and words are those of the ledger."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.export.ical_lines import days, folded, text
from dateline.ledger import Ledger
from golden import same_as_golden
from told_ledger import GOLDEN, exported, hostile_ledger, told_ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return told_ledger(tmp_path_factory.mktemp("ical") / "told.db")


@pytest.fixture(scope="module")
def data(ledger: Path) -> bytes:
    return exported(ledger, "ical")


def entries(data: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def test_the_file_is_what_it_was(data: bytes) -> None:
    same_as_golden(GOLDEN / "calendar.ics", data)


def test_no_line_is_longer_than_75_octets_and_each_ends_with_crlf(data: bytes) -> None:
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert all(line.decode() is not None for line in lines)


def test_every_dated_event_is_there_with_all_days_it_can_be_on(ledger: Path, data: bytes) -> None:
    found = {str(entry["UID"]): entry for entry in entries(data)}
    with Ledger(ledger) as kept:
        dated = [one for one in kept.events() if one.earliest or one.latest]
        assert len(dated) < kept.events().total
        for event in dated:
            entry = found[f"{event.id}@dateline"]
            first, last = event.earliest or event.latest, event.latest or event.earliest
            assert first is not None and last is not None
            assert entry["DTSTART"].dt == date.fromisoformat(first)
            assert entry["DTEND"].dt - timedelta(days=1) == date.fromisoformat(last)
            assert str(entry.get("X-DATELINE-EARLIEST", "")) == (event.earliest or "")
            assert str(entry.get("X-DATELINE-LATEST", "")) == (event.latest or "")
            assert json.loads(str(entry["X-DATELINE-CLAIMS"])) == list(event.claims)
            low = entry.get("X-DATELINE-LOW")
            assert (None if low is None else float(low)) == event.low


def test_the_journal_counts_the_events_without_a_day(ledger: Path, data: bytes) -> None:
    (journal,) = icalendar.Calendar.from_ical(data).walk("VJOURNAL")
    with Ledger(ledger) as kept:
        undated = [one for one in kept.events() if not (one.earliest or one.latest)]
    assert int(journal["X-DATELINE-UNDATED"]) == len(undated) == 1


def test_what_nobody_asserts_is_tentative_and_says_so(data: bytes) -> None:
    for entry in entries(data):
        stances = json.loads(str(entry.get("X-DATELINE-STANCES", '["asserted"]')))
        assert (entry.get("STATUS") == "TENTATIVE") == ("asserted" not in stances)
        for stance in set(stances) - {"asserted"}:
            assert stance in str(entry["SUMMARY"])


def test_only_a_site_with_a_point_has_one(data: bytes) -> None:
    placed = [entry for entry in entries(data) if "GEO" in entry]
    assert {entry["GEO"].to_ical() for entry in placed} == {"13.4815;2.1836"}
    assert all("Airbase 101" in str(entry["LOCATION"]) for entry in placed)


def test_stays_begin_and_end_under_identifiers_of_their_own(data: bytes) -> None:
    found = entries(data)
    assert len({str(entry["UID"]) for entry in found}) == len(found)
    turns = [str(entry["SUMMARY"]) for entry in found if str(entry["UID"]).startswith("presence-")]
    assert "There by this day: United States, armed forces in Niger [not to the day]" in turns
    assert any(turn.startswith("End: United States, armed forces in Niger") for turn in turns)


def test_the_same_ledger_gives_the_same_identifiers(ledger: Path, data: bytes) -> None:
    again = exported(ledger, "ical")
    assert again == data


def test_hostile_words_stay_in_their_property(tmp_path: Path) -> None:
    data = exported(hostile_ledger(tmp_path / "hostile.db"), "ical")
    calendar = icalendar.Calendar.from_ical(data)
    assert not [one for one in calendar.walk() if one.errors]
    names = {line.split(b":")[0].split(b";")[0] for line in re.sub(rb"\r\n ", b"", data).split(b"\r\n") if line}
    known = {b"BEGIN", b"END", b"VERSION", b"PRODID", b"CALSCALE", b"X-WR-CALNAME", b"DTSTAMP", b"UID", b"DTSTART"}
    known |= {b"DTEND", b"SUMMARY", b"CATEGORIES", b"LOCATION", b"GEO", b"STATUS", b"TRANSP", b"DESCRIPTION"}
    assert all(name in known or name.startswith(b"X-DATELINE-") for name in names)
    assert b"\x00" not in data and b"\x1b" not in data and "\u202e" not in data.decode()


def test_an_empty_ledger_gives_a_calendar_with_its_journal(tmp_path: Path) -> None:
    with Ledger(tmp_path / "empty.db"):
        pass
    data = exported(tmp_path / "empty.db", "ical")
    assert [one.name for one in icalendar.Calendar.from_ical(data).subcomponents] == ["VJOURNAL"]


@given(st.text())
def test_any_text_comes_back_as_it_is_shown(words: str) -> None:
    data = b"BEGIN:VJOURNAL\r\n" + folded(f"SUMMARY:{text(words)}") + b"END:VJOURNAL\r\n"
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    found = icalendar.Journal.from_ical(data)
    shown = str(found["SUMMARY"])
    if words.isprintable():
        assert shown == words
    assert not set(shown) & {"\x00", "\r", "\x1b", "\u202e"}


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2024-02-29", "2024-02-29", ["DTSTART;VALUE=DATE:20240229", "DTEND;VALUE=DATE:20240301"]),
        ("0001-01-01", "0001-12-31", ["DTSTART;VALUE=DATE:00010101", "DTEND;VALUE=DATE:00020101"]),
        ("9999-12-31", "9999-12-31", ["DTSTART;VALUE=DATE:99991231"]),
    ],
)
def test_days_at_the_ends_of_the_calendar(first: str, last: str, told: list[str]) -> None:
    assert list(days(date.fromisoformat(first), date.fromisoformat(last))) == told
