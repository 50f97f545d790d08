"""The table of military sites, and files of a user's own: what they hold, and how a bad row is refused."""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dateline
from dateline import pipeline
from dateline.lexicon.countries import by_code
from dateline.lexicon.gazetteer import lookup
from dateline.lexicon.gazetteer import sites as sites_by_town
from dateline.lexicon.own_file import own_file
from dateline.lexicon.sites import SiteKind, SitesError, Use, own_sites, read_sites, shipped_sites, site, use_sites
from dateline.parse.nlp import parse_text
from dateline.parse.places import places

HEADER = "name,aliases,lat,lon,country,kind,near,users,source,note\n"
USERS = [
    ("Airbase 101", "USA", 2013, 2024, False),
    ("Airbase 201", "USA", 2016, 2024, False),
    ("Berengo", "Wagner Group", 2018, None, True),
    ("Hmeimim", "RUS", 2015, None, True),
    ("Camp Lemonnier", "USA", 2002, None, True),
    ("Chinese base in Djibouti", "CHN", 2017, None, True),
    ("Tessalit camp", "MINUSMA", 2013, 2023, False),
    ("Faya-Largeau base", "FRA", None, 2024, False),
    ("Incirlik", "USA", 1955, None, True),
    ("Ream Naval Base", "CHN", 2023, None, True),
    ("Manas air base", "USA", 2001, 2014, False),
]
NAMED = [
    *("Airbase 101", "Airbase 201", "Berengo", "Khmeimim", "Al-Jufra", "Camp Lemonnier", "Tessalit camp", "Gao base"),
    *("Kidal camp", "Faya-Largeau base", "Ramstein", "Incirlik", "Tartus naval base", "Ream naval base"),
]
COMMON = [
    "Aden",
    "Gao",
    "Kidal",
    "Agadez",
    "Papa",
    "Lest",
    "Shape",
    "Rota",
    "Paris",
    "Mount Pleasant",
    "T4",
    "H5",
    "K1",
]
BAD = [
    ("name,lat,lon\nCamp A,1,2\n", "line 1: no column country"),
    ("name,alias,lat,lon,country\nCamp A,,1,2,NER\n", "line 1: column 'alias'"),
    ("", "line 1: no column name"),
    ("name,name,lat,lon,country\n", "line 1: a column twice"),
    ("name,lat,lon,country\n ,1,2,NER\n", "line 2: a site without a name"),
    ("name,lat,lon,country\nCamp A,1,2,NER\nCamp B,x,2,NER\n", "line 3: Camp B: lat 'x'"),
    ("name,lat,lon,country\nCamp A,91,2,NER\n", "Camp A: lat '91' is no number of degrees from -90 to 90"),
    ("name,lat,lon,country\nCamp A,nan,2,NER\n", "Camp A: lat 'nan'"),
    ("name,lat,lon,country\nCamp A,1,-181,NER\n", "Camp A: lon '-181'"),
    ("name,lat,lon,country\nCamp A,1,2,Niger\n", "Camp A: country 'Niger' is no alpha-3 code"),
    ("name,lat,lon,country\nCamp A,1,2,NE\n", "Camp A: country 'NE'"),
    ("name,lat,lon,country\nCamp A,1,2\n", "line 2: more or fewer cells"),
    ("name,lat,lon,country\nCamp A,1,2,NER,x\n", "line 2: more or fewer cells"),
    ("name,lat,lon,country,kind\nCamp A,1,2,NER,castle\n", "Camp A: kind 'castle' is none of air base,"),
    ("name,lat,lon,country,users\nCamp A,1,2,NER,USA since 2002\n", "Camp A: users 'USA since 2002'"),
    ("name,lat,lon,country,users\nCamp A,1,2,NER,USA 2012-2002\n", "Camp A: users 'USA 2012-2002' ends before"),
    ("name,lat,lon,country,source\nCamp A,1,2,NER,a friend\n", "Camp A: source 'a friend'"),
    ("name,lat,lon,country,aliases\nCamp A,1,2,NER,X|-\n", "Camp A: an alias without a letter"),
    (
        "name,lat,lon,country\nCamp A,1,2,NER\ncamp a,1,2,NER\n",
        "line 3: camp a: a name of it is already that of Camp A",
    ),
    ('name,lat,lon,country\n"Camp A,1,2,NER\n', "line 2: unexpected end of data"),
]


@pytest.fixture(autouse=True)
def no_own_sites(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATELINE_SITES", "")
    use_sites(None)
    yield
    use_sites(None)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    row = "Camp Zarqun,Zarqun barracks|FOB Zarqun,17.5,8.25,NER,camp,Agadez,RUS 2025-,https://example.org/z,\n"
    moved = "Camp Lemonnier,,11.5,43.0,DJI,camp,,,,\n"
    path.write_text(HEADER + row + moved, encoding="utf-8")
    return path


def test_the_table_is_large_sound_and_sourced() -> None:
    table = shipped_sites()
    assert len(table) >= 500
    assert len({one.country for one in table}) > 100
    assert sum(bool(one.users) for one in table) > 350
    for one in table:
        assert re.fullmatch(r"https://[^\s/]+\.[^\s]+", one.source), one.name
        assert one.near and by_code(one.country) is not None
        for use in one.users:
            assert re.fullmatch(r"[A-Z]{3}", use.actor) is None or by_code(use.actor) or use.actor in {"MEK", "MFO"}
            assert use.since is None or 1900 <= use.since <= 2026, one.name
            assert use.until is None or 1950 <= use.until <= 2026, one.name
    assert {one.kind for one in table} <= set(SiteKind)


@pytest.mark.parametrize("name", NAMED)
def test_sites_that_reports_name(name: str) -> None:
    assert site(name) is not None
    assert any(entry.source == "sites" for entry in lookup(name))


@pytest.mark.parametrize("name", COMMON)
def test_words_and_towns_are_no_sites(name: str) -> None:
    assert site(name) is None


@pytest.mark.parametrize(("name", "actor", "since", "until", "ongoing"), USERS)
def test_users(name: str, actor: str, since: int | None, until: int | None, ongoing: bool) -> None:
    found = site(name)
    assert found is not None
    assert Use(actor, since, until, ongoing) in found.users


@pytest.mark.parametrize(
    ("cell", "use"),
    [
        ("USA 2002-2024", Use("USA", 2002, 2024, False)),
        ("USA 2002-", Use("USA", 2002, None, True)),
        ("USA 2002-?", Use("USA", 2002, None, False)),
        ("USA ?-2024", Use("USA", None, 2024, False)),
        ("USA ?-", Use("USA", None, None, True)),
        ("Wagner Group ?", Use("Wagner Group", None, None, None)),
        ("M23 2012-2013", Use("M23", 2012, 2013, False)),
    ],
)
def test_how_users_are_written(cell: str, use: Use) -> None:
    (found,) = read_sites(["name,lat,lon,country,users\n", f"Camp A,1,2,NER,{cell}\n"], "own.csv")
    assert found.users == (use,)


def test_the_least_that_a_row_needs() -> None:
    (found,) = read_sites(["name,lat,lon,country\n", "Camp A,-1.5,2,NER\n", "\n"], "own.csv")
    assert (found.lat, found.kind, found.users, found.aliases, found.source) == (-1.5, SiteKind.BASE, (), (), "")
    assert not found.approximate


@pytest.mark.parametrize(("text", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_files_name_the_row(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SitesError) as raised:
        use_sites(path)
    assert str(path) in str(raised.value) and message in str(raised.value)
    assert (own_file(), own_sites()) == (None, ())


def test_files_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_bytes(b"name,lat,lon,country\nCamp \xff,1,2,NER\n")
    with pytest.raises(SitesError, match="no UTF-8 at byte 26"):
        use_sites(tmp_path / "own.csv")
    with pytest.raises(SitesError, match="cannot be read: No such file"):
        use_sites(tmp_path / "none.csv")
    with pytest.raises(SitesError, match="cannot be read: Is a directory"):
        use_sites(tmp_path)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_sites(("name,lat,lon,country,users\n" + text).splitlines(keepends=True), "own.csv")
    except SitesError as error:
        assert str(error).startswith("own.csv, line ")


def test_own_sites_are_found_and_forgotten(own: Path) -> None:
    assert lookup("Camp Zarqun") == ()
    assert use_sites(own) == 2
    found = site("fob zarqun")
    assert found is not None and found.users == (Use("RUS", 2025, None, True),)
    assert [(e.name, e.country, e.source) for e in lookup("Zarqun barracks")] == [("Camp Zarqun", "NER", "sites")]
    assert site("Ramstein") is not None
    use_sites(None)
    assert (site("FOB Zarqun"), lookup("Camp Zarqun")) == (None, ())


def test_own_rows_win_over_ours(own: Path) -> None:
    ours = lookup("Camp Lemonnier")[0]
    use_sites(own)
    listed = [entry for entry in lookup("Camp Lemonnier") if entry.source == "sites"]
    assert [(entry.lat, entry.lon) for entry in listed] == [(11.5, 43.0)]
    assert (ours.lat, ours.lon) != (11.5, 43.0)
    found = site("Camp Lemonnier")
    assert found is not None and found.lat == 11.5


def test_an_own_site_is_found_by_its_bare_name(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,lat,lon,country\nZarqun air base,17.5,8.25,NER\n", encoding="utf-8")
    assert sites_by_town("Zarqun") == ()
    use_sites(path)
    assert [entry.name for entry in sites_by_town("Zarqun")] == ["Zarqun air base"]
    assert sites_by_town("Ramstein")[0].country == "DEU"


def test_a_changed_file_is_read_again(own: Path) -> None:
    use_sites(own)
    assert lookup("Camp Zarqun")[0].lat == 17.5
    own.write_text(own.read_text(encoding="utf-8").replace("17.5", "17.6"), encoding="utf-8")
    use_sites(own)
    assert lookup("Camp Zarqun")[0].lat == 17.6


def test_own_sites_in_a_report(own: Path) -> None:
    text = "Russian soldiers arrived at Camp Zarqun in Niger on Monday."
    use_sites(own)
    found = {place.text: place for place in places(parse_text(text), text)}
    place = found["Camp Zarqun"]
    assert (place.country, place.lat, place.lon, place.precision) == ("NER", 17.5, 8.25, "site")


def test_runs_tell_own_sites_apart(own: Path) -> None:
    plain = pipeline.current_run()
    use_sites(own)
    with_own = pipeline.current_run()
    assert "sites" not in plain.settings and with_own.settings["sites"]
    assert plain.id != with_own.id


def lookup_country(name: str) -> str | None:
    found = lookup(name)
    return found[0].country if found else None


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_worker_processes_know_own_sites(method: str, own: Path) -> None:
    lookup("Camp Zarqun")
    use_sites(own)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(method)) as pool:
        assert pool.submit(lookup_country, "Camp Zarqun").result(timeout=60) == "NER"


def test_the_library_names_the_bad_row_before_it_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,lat,lon,country\nCamp A,1,2,Niger\n", encoding="utf-8")
    monkeypatch.setenv("DATELINE_SITES", str(path))
    own_file.cache_clear()
    with dateline.Ledger(":memory:") as ledger, pytest.raises(dateline.SitesError, match="line 2: Camp A: country"):
        ledger.add_text("Russian soldiers arrived in Niger on Monday.")
    with pytest.raises(dateline.SitesError, match="line 2: Camp A: country"):
        dateline.read("Russian soldiers arrived in Niger on Monday.")
