"""ACLED's and POLECAT's profiles: columns, one row an event, what is unknown, what is only said."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from event_files import ABOUT, GIVEN, GOLDEN, written
from hostile_events import HOSTILE, hostile_ledger
from hypothesis import given
from hypothesis import strategies as st

from dateline.export import acled, polecat
from dateline.export.event_days import event_day
from dateline.export.occurrences import Amount, Occurrence, Spot, Told
from dateline.ledger import Ledger
from dateline.model import Kind, Precision, Stage, Unit
from golden import same_as_golden

Row = dict[str, str]


def acled_rows(path: Path) -> list[Row]:
    return list(csv.DictReader(io.StringIO(written(path, "acled").decode(), newline="")))


def polecat_rows(path: Path) -> list[Row]:
    lines = written(path, "polecat").decode().rstrip("\n").split("\n")
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines[1:]]


def tags(row: Row) -> Row:
    return dict(part.split("=", 1) for part in row["tags"].split("; "))


def occurrence(first: str | None, last: str | None, **more: object) -> Occurrence:
    told = Told(first="2024-06-01")
    basic = {"stage": Stage.DONE, "told": told} | more
    spot = Spot(None, "NER", Precision.COUNTRY)
    return Occurrence("event-1", "event", Kind.ATTACK, stances=("asserted",), actor=None, recipient=None, spot=spot,
                      first=first, last=last, claims=(), **basic)  # type: ignore[arg-type]  # fmt: skip


def test_the_columns_are_those_of_acled_in_their_order(event_ledger: Path) -> None:
    head = written(event_ledger, "acled").decode().splitlines()[0]
    assert head == (
        "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,"
        "inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,"
        "location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
    )
    assert len(acled.COLUMNS) == 31


def test_the_columns_are_those_of_polecat_in_their_order(event_ledger: Path) -> None:
    head = written(event_ledger, "polecat").decode().split("\n")[0].split("\t")
    assert len(head) == 40
    assert head[:7] == [*("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts")]
    assert head[-3:] == ["Story Locations", "Language", "Version"]


@pytest.mark.parametrize(("name", "file"), [("acled", "acled.csv"), ("polecat", "polecat.tsv")])
def test_the_file_is_as_it_was(event_ledger: Path, name: str, file: str) -> None:
    same_as_golden(GOLDEN / file, written(event_ledger, name))


def test_every_event_has_one_row_under_an_id_that_is_not_acleds(event_ledger: Path) -> None:
    with Ledger(event_ledger) as ledger:
        events = {f"dateline-{event.id}" for event in ledger.events() if event.kind is not Kind.PRESENCE}
    rows = acled_rows(event_ledger)
    ids = [row["event_id_cnty"] for row in rows]
    assert len(ids) == len(set(ids))
    assert events <= set(ids)
    assert all("generator=dateline" in row["tags"] for row in rows)


def test_a_presence_gives_a_row_where_it_turns_and_none_where_an_event_tells_it(event_ledger: Path) -> None:
    changes = [row for row in acled_rows(event_ledger) if tags(row)["record"] == "presence change"]
    italy = [(row["event_date"], tags(row)["change"]) for row in changes if row["actor1"].startswith("Italy")]
    assert italy == [("2024-10-01", "start"), ("2025-01-14", "change")]
    assert not [row for row in changes if row["actor1"].startswith("Russia")]
    assert all(not row["sub_event_type"] and tags(row)["crosswalk"] == "none" for row in changes)


def test_a_country_is_never_pinned(event_ledger: Path) -> None:
    rows = [row for row in acled_rows(event_ledger) if tags(row).get("place") == "country"]
    assert rows
    for row in rows:
        assert (row["location"], row["latitude"], row["longitude"], row["geo_precision"]) == ("", "", "", "")


def test_what_is_denied_or_announced_is_no_event_that_happened(event_ledger: Path) -> None:
    rows = {tags(row)["stage"]: row for row in acled_rows(event_ledger)}
    assert (rows["denied"]["event_type"], tags(rows["denied"])["stance"]) == ("", "denied")
    planned = rows["announced"]
    assert planned["event_date"] == "2024-08-06", "the day of the report, not the day it is planned for"
    assert tags(planned)["latest"] == "2024-09-15"
    assert (planned["sub_event_type"], tags(planned)["crosswalk"]) == ("Other", "near")


def test_who_says_it_is_not_lost(event_ledger: Path) -> None:
    said = [tags(row).get("said_by") for row in acled_rows(event_ledger)]
    assert "Harbour Times: Chad's government, denied" in said
    contexts = [row["Contexts"] for row in polecat_rows(event_ledger)]
    assert any("dateline:said_by=Harbour Times: Chad's government, denied" in one for one in contexts)


@pytest.mark.parametrize(
    ("words", "low", "high", "number"),
    [
        ("about 100", 100, 100, 100),
        ("between 3 and 5", 3, 5, 3),
        ("at least 40", 40, None, 40),
        ("dozens", 24, 99, 12),
        ("Hundreds of soldiers", 200, 999, 100),
        ("several", 3, 9, 3),
        ("up to 5", None, 5, None),
    ],
)
def test_acleds_rule_for_words_of_number(words: str, low: float | None, high: float | None, number: int | None) -> None:
    assert acled.fatalities(Amount(words, low, high, Unit.KILLED)) == number


def test_no_toll_is_empty_not_zero(event_ledger: Path) -> None:
    assert acled.fatalities(None) is None
    rows = [row for row in acled_rows(event_ledger) if row["sub_event_type"] == "Agreement"]
    assert rows and all(row["fatalities"] == "" for row in rows)


@pytest.mark.parametrize(
    ("first", "last", "day", "precision"),
    [
        ("2024-05-02", "2024-05-02", "2024-05-02", 1),
        ("2024-05-01", "2024-05-07", "2024-05-04", 2),
        ("2024-05-01", "2024-05-31", "2024-05-16", 3),
        ("2024-05-01", "2024-06-01", None, None),
        (None, "2024-05-07", "2024-05-07", 3),
        (None, None, "2024-06-01", 2),
    ],
)
def test_a_range_becomes_a_day_and_a_precision(
    first: str | None, last: str | None, day: str | None, precision: int | None
) -> None:
    found = event_day(occurrence(first, last))
    assert (found.day, found.precision) == (day, precision)


@pytest.mark.parametrize("name", ["acled", "polecat"])
def test_hostile_words_break_no_row(tmp_path: Path, name: str) -> None:
    path = hostile_ledger(tmp_path / "hostile.db")
    rows = acled_rows(path) if name == "acled" else polecat_rows(path)
    columns = acled.COLUMNS if name == "acled" else polecat.COLUMNS
    assert len(rows) >= len(HOSTILE)
    for row in rows:
        assert tuple(row) == columns
        assert not [cell for cell in row.values() if cell.lstrip(" ").startswith(("=", "+", "@", "\t"))]
    if name == "acled":
        assert {tags(row)["generator"] for row in rows} == {"dateline 0.1.0"}


@pytest.mark.parametrize(("name", "suffix"), [("acled", "csv"), ("polecat", "tsv")])
def test_reading_it_back_gives_the_same(event_ledger: Path, tmp_path: Path, name: str, suffix: str) -> None:
    file = tmp_path / f"back.{suffix}"
    file.write_bytes(written(event_ledger, name))
    with Ledger(event_ledger) as ledger, Ledger(tmp_path / "back.db") as back:
        events = {f"dateline-{event.id}": event for event in ledger.events()}
        summary = back.import_claims(file)
        assert (summary.refused, summary.new) == (0, len(back.claims()))
        read = {back.external_ids(claim.id)[0]: claim for claim in back.claims()}
        for key, event in events.items():
            claim = read[key]
            assert (claim.kind, claim.stance in event.stances) == (event.kind, True)
            for party, own, state in (
                (claim.actor, event.actor, event.actor_country),
                (claim.recipient, event.recipient, event.recipient_country),
            ):
                assert (None if party is None else (party.name, party.country)) == (own and (own, state))
            assert (claim.time.earliest, claim.time.latest) == (event.earliest, event.latest)
            assert claim.place is None or claim.place.country == event.country
            assert event.place is None or claim.place.name == event.place
            bounds = (None, None) if claim.quantity is None else (claim.quantity.low, claim.quantity.high)
            assert bounds == (event.low, event.high)
        assert {claim.attribution.source.name for claim in back.claims()} == {"dateline"}
        assert not back.origins()


@given(st.text(max_size=60))
def test_any_text_is_one_cell_of_acled(text: str) -> None:
    line = acled._line([acled._cell(text), 1])
    cells = next(csv.reader(io.StringIO(line.decode(), newline="")))
    assert len(cells) == 2 and line.count(b"\n") == 1


def test_the_list_of_deleted_ids() -> None:
    listed = acled.deleted({"dateline-b", "dateline-a"}, "2023-11-14T22:13:20Z").decode().splitlines()
    assert listed == ["event_id_cnty,deleted_timestamp", "dateline-a,1700000000", "dateline-b,1700000000"]


def test_the_given_reports_are_ours() -> None:
    assert ".example/" in GIVEN.read_text(encoding="utf-8") and ABOUT.ledger == "made up.db"
