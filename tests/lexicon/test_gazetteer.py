"""The gazetteer: the names reporting on forces needs, spellings that meet, the file's soundness."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.lexicon.gazetteer import DATA, Entry, fold, lookup, sites, without_article
from dateline.lexicon.sites import shipped_sites
from dateline.model import Precision
from dateline.parse.place_points import distance

NEEDED = {
    "Niamey": (13.51, 2.11, "NER"),
    "Agadez": (16.97, 7.99, "NER"),
    "Diori Hamani International Airport": (13.48, 2.18, "NER"),
    "Airbase 101": (13.48, 2.18, "NER"),
    "Airbase 201": (16.95, 8.01, "NER"),
    "Gao": (16.27, -0.04, "MLI"),
    "Menaka": (15.92, 2.40, "MLI"),
    "Kidal": (18.44, 1.41, "MLI"),
    "Timbuktu": (16.77, -3.01, "MLI"),
    "Tessalit": (20.20, 1.01, "MLI"),
    "Ansongo": (15.66, 0.50, "MLI"),
    "Dori": (14.03, -0.03, "BFA"),
    "Djibo": (14.10, -1.63, "BFA"),
    "Camp Lemonnier": (11.54, 43.15, "DJI"),
    "N'Djamena": (12.11, 15.04, "TCD"),
    "Faya-Largeau": (17.93, 19.10, "TCD"),
    "Bangui": (4.36, 18.55, "CAF"),
    "Berengo": (4.06, 18.13, "CAF"),
    "Khmeimim": (35.40, 35.95, "SYR"),
    "Tobruk": (32.08, 23.96, "LBY"),
    "Al-Jufra": (29.20, 16.00, "LBY"),
}
SPELLINGS = [
    ("Ar Raqqah", "Raqqa", "al-Raqqa", "Raqqah", "AR-RAQQAH"),
    ("Dayr Az Zawr", "Deir ez-Zor", "Deir al-Zour", "Deir Ezzor"),
    ("N'Djamena", "Ndjamena", "N’Djamena", "NDJAMENA"),
    ("Hmeimim", "Khmeimim", "Hmeymim"),
    ("Kyiv", "Kiev"),
    ("Al Huwayjah", "Hawija", "Hawijah"),
    ("Al-Tanf", "Tanf", "At Tanf"),
    ("Ménaka", "Menaka"),
]


def near(entry: Entry, lat: float, lon: float) -> float:
    return distance(entry, Entry("", None, lat, lon, Precision.SITE, 0, "sites", "", 0.0))


@pytest.mark.parametrize("name", NEEDED)
def test_needed_names(name: str) -> None:
    lat, lon, country = NEEDED[name]
    first = lookup(name)[0]
    assert first.country == country
    assert near(first, lat, lon) < 120


@pytest.mark.parametrize("names", SPELLINGS, ids=lambda names: names[0])
def test_spellings_meet(names: tuple[str, ...]) -> None:
    points = [lookup(name)[0] for name in names]
    assert all(distance(points[0], point) < 60 for point in points)


def test_best_first() -> None:
    for name, country in {"Paris": "FRA", "Niger": "NER", "Tripoli": "LBY", "Gao": "MLI", "Washington": "USA"}.items():
        found = lookup(name)
        assert found[0].country == country
        assert [e.prior for e in found] == sorted((e.prior for e in found), reverse=True)


def test_unknown_name() -> None:
    assert lookup("Qwertyville-upon-Nowhere") == ()
    assert lookup("") == ()
    assert lookup("!!!") == ()


def test_airfields_by_town() -> None:
    assert sites("Ramstein")[0].country == "DEU"
    assert near(sites("Agadez")[0], 16.96, 8.01) < 20


def test_articles() -> None:
    assert without_article("al-Tanf") == "Tanf"
    assert without_article("Ar Raqqah") == "Raqqah"
    assert without_article("Alma") is None
    assert lookup("El Paso")[0].country == "USA"


def test_sites_stand_in_their_country() -> None:
    for site in shipped_sites():
        found = [e for e in lookup(site.name) if e.source == "sites"]
        assert [(e.name, e.country) for e in found] == [(site.name, site.country)]
        towns = [e for e in lookup(site.near) if e.country == site.country and e.precision is Precision.SETTLEMENT]
        assert not towns or min(distance(found[0], e) for e in towns) < 150, (site.name, site.near)


def test_every_alias_finds_its_site() -> None:
    for site in shipped_sites():
        for alias in site.aliases:
            assert site.name in {e.name for e in lookup(alias)}, alias


def test_file_is_built_from_the_tables_beside_it() -> None:
    data = files("dateline.lexicon").joinpath(DATA).read_text(encoding="utf-8")
    listed = [line.split("\t") for line in data.splitlines() if "\tsits\t" in line]
    points = {(name, country, float(lat), float(lon)) for name, country, _, lat, lon, *_ in listed}
    assert points == {(s.name, s.country, round(s.lat, 4), round(s.lon, 4)) for s in shipped_sites()}


def test_file_is_small_and_sorted() -> None:
    data = files("dateline.lexicon").joinpath(DATA).read_bytes()
    assert len(data) < 22_000_000
    entries, index, sparse = (int(part) for part in data[: data.find(b"\n")].split(b"\t")[1:4])
    keys = [line.partition(b"\t")[0] for line in data[index:sparse].splitlines()]
    assert keys == sorted(set(keys))
    assert len(data[entries:index].splitlines()) > 100_000


@given(st.text(max_size=30))
def test_lookup_never_fails(name: str) -> None:
    assert isinstance(lookup(name), tuple)
    assert fold(fold(name)) == fold(name) or fold(name).endswith("ah")
