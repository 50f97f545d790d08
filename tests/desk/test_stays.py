"""Presences in their days: what holds on a day, how old its report is, what the map is given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from dateline.desk import Desk
from dateline.desk.overview import overview
from dateline.desk.presences import PresencesWanted, presences
from dateline.desk.stays import Age, Stay, all_stays, holding
from dateline.desk.world_map import map_json, world_map
from dateline.model import SitePresence, Standing
from dateline.store import open_store
from dateline.store.derived import Derived
from dateline.store.records import coded
from dateline.store.schema import presences as presences_table
from made_presences import many, presence, put, step

KNOWN = (
    presence(
        "USA",
        "NER",
        [
            step("2020-01-01", "2023-12-31", 900, 1100),
            step("2024-01-01", "2024-09-14", 600, None, "2024-05-03"),
            step("2024-09-15", None, 0, 0),
        ],
        [
            SitePresence("Airbase 201", 16.95, 8.01, (step("2021-01-01", "2024-08-04", None, None),)),
            SitePresence("A place without a point", None, None, (step("2021-01-01", None, 10, 10),)),
        ],
        status=Standing.LEFT,
    ),
    presence("RUS", "NER", [step("2024-04-10", None, 60, 100, "2024-05-03")]),
    presence("FRA", "Sahel", [step(None, None, 5000, 5000, "2022-01-07")]),
    presence("HUN", "TCD", [], status=Standing.PLANNED),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = open_store(put(tmp_path / "made.db", KNOWN), create=False)
    yield Desk(store)
    store.close()


@pytest.mark.parametrize(
    ("day", "low", "age"),
    [
        ("2019-12-31", None, None),
        ("2020-01-01", 900, Age.FRESH),
        ("2023-12-31", 900, Age.FRESH),
        ("2024-05-03", 600, Age.FRESH),
        ("2024-09-14", 600, Age.AGEING),
        ("2026-01-01", 0, Age.OLD),
    ],
)
def test_one_stay_holds_on_a_day(desk: Desk, day: str, low: float | None, age: Age | None) -> None:
    row = next(row for row in all_stays(desk).rows if row.force_country == "USA")
    found = holding(row.series, day)
    assert (low, age) == ((None, None) if found is None else (found[0].low, found[1]))


@pytest.mark.parametrize(
    ("day", "age"),
    [("2020-12-01", None), ("2021-06-01", Age.BEFORE), ("2022-01-07", Age.FRESH), ("2024-01-01", Age.OLD)],
)
def test_a_stay_of_unknown_beginning_is_shown_from_a_year_before_its_first_report(
    desk: Desk, day: str, age: Age | None
) -> None:
    row = next(row for row in all_stays(desk).rows if row.host == "Sahel")
    found = holding(row.series, day)
    assert (None if found is None else found[1]) is age


def test_the_map_keeps_sites_and_countries_apart(desk: Desk) -> None:
    found = {(one.by, one.host): one for one in world_map(desk).presences}
    assert set(found) == {("USA", "NER"), ("RUS", "NER"), ("FRA", "Sahel")}
    american = found["USA", "NER"]
    assert [(site.name, site.lat, site.lon) for site in american.sites] == [("Airbase 201", 16.95, 8.01)]
    assert american.stays[1][2:4] == (600, None)
    assert american.stays[2][1] is None and american.stays[2][2:4] == (0, 0)
    assert found["RUS", "NER"].sites == ()
    assert found["FRA", "Sahel"].stays[0][0] is None


def test_the_map_is_made_once_for_a_derivation(desk: Desk) -> None:
    first = map_json(desk)
    assert map_json(desk) is first
    assert json.loads(first.body)["countries"] == {
        "FRA": "France",
        "NER": "Niger",
        "RUS": "Russia",
        "USA": "United States",
    }


def test_presences_are_found_by_day_host_and_force(desk: Desk) -> None:
    def hosts(**wanted: object) -> list[tuple[str | None, str]]:
        found = presences(desk, PresencesWanted(**wanted))  # type: ignore[arg-type]
        return [(row.force_country, row.host) for row in found.rows]

    assert hosts(on="2024-05-03", sort="strength") == [("FRA", "Sahel"), ("USA", "NER"), ("RUS", "NER")]
    assert hosts(on="2025-05-03", host="Niger") == [("RUS", "NER")]
    assert hosts(actor="Russia") == [("RUS", "NER")]
    assert hosts(actor="united states") == [("USA", "NER")]
    assert hosts(status=Standing.PLANNED) == [("HUN", "TCD")]
    assert hosts(host="Sahel") == [("FRA", "Sahel")]


def test_a_row_tells_the_strength_of_its_day(desk: Desk) -> None:
    [row] = presences(desk, PresencesWanted(actor="USA", on="2024-05-03")).rows
    assert (row.low, row.high, row.as_of, row.sites, row.gone) == (
        600,
        None,
        "2024-05-03",
        ("A place without a point", "Airbase 201"),
        False,
    )
    [now] = presences(desk, PresencesWanted(actor="USA")).rows
    assert now.gone and now.sites == ("A place without a point",)


@pytest.mark.parametrize("wanted", [{"on": "yesterday"}, {"sort": "colour"}])
def test_bad_wishes_are_refused(wanted: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        PresencesWanted(**wanted)  # type: ignore[arg-type]


def test_pages_hold_a_bounded_number_of_rows(tmp_path: Path) -> None:
    store = open_store(put(tmp_path / "many.db", many(300)), create=False)
    desk = Desk(store)
    first = presences(desk, PresencesWanted())
    assert (len(first.rows), first.total, first.pages) == (50, 144, 3)
    beyond = presences(desk, PresencesWanted(page=99))
    assert (beyond.page, len(beyond.rows)) == (3, 44)
    store.close()


def test_changes_are_told_newest_first(desk: Desk) -> None:
    told = [(one.day, one.told) for one in overview(desk).changes]
    assert told == [("2024-09-15", "left"), ("2024-04-10", "seen"), ("2024-01-01", "number"), ("2020-01-01", "seen")]


def test_a_new_derivation_changes_what_is_kept(tmp_path: Path) -> None:
    path = put(tmp_path / "made.db", KNOWN)
    store = open_store(path, create=False)
    desk = Desk(store)
    assert len(all_stays(desk).rows) == 4
    before, drawn = all_stays(desk).by_id, map_json(desk)
    put(path, [presence("ITA", "NER", [step("2024-01-01", None, 250, 250)])], entries=1)
    after = all_stays(desk)
    assert len(after.rows) == 5
    assert all(after.by_id[key] is row for key, row in before.items())
    assert map_json(desk).etag != drawn.etag
    anew = Desk(store)
    assert all_stays(anew) == after
    assert map_json(anew).body == map_json(desk).body
    store.close()


def test_a_presence_that_changed_is_read_again(tmp_path: Path) -> None:
    path = put(tmp_path / "made.db", [presence("ITA", "NER", [step("2024-01-01", None, 250, 250)])])
    store = open_store(path, create=False)
    desk = Desk(store)
    (before,), drawn = all_stays(desk).rows, map_json(desk)
    with store.writing() as connection:
        record = replace(presence("ITA", "NER", [step("2024-01-01", None, 300, 300)]), id=before.id)
        connection.execute(presences_table.update().values(record=coded(record)))
        Derived(connection).mark("other rules", 1)
    (after,) = all_stays(desk).rows
    assert (before.series[0].low, after.series[0].low) == (250, 300)
    assert map_json(desk).body != drawn.body
    assert after.series[0] == holding(after.series, "2024-02-01")[0]  # type: ignore[index]
    store.close()


@pytest.mark.parametrize("off", [-366, -365, -364, -32, -31, -30, 0, 364, 365, 366])
def test_how_old_a_report_is_goes_by_days(off: int) -> None:
    on = date(2024, 2, 29)
    told = (on + timedelta(days=off)).isoformat()
    stay = Stay(None, None, 5, 5, told)
    assert (stay.age(on.isoformat()) is None) == (off > 365)
    if off <= 0:
        known = Age.FRESH if off >= -31 else Age.AGEING if off >= -365 else Age.OLD
        assert replace(stay, start="2020-01-01").age(on.isoformat()) is known
