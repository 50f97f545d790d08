"""GeoJSON and KML: accepted by their validators, nothing pinned that is not known, words of reports harmless."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import fastkml
import pytest
from event_files import GOLDEN, written
from fastkml.validator import validate
from geojson_pydantic import FeatureCollection
from hostile_events import HOSTILE, hostile_ledger
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dateline.export.features import point_of
from dateline.export.kml import STYLES, xml_text
from dateline.ledger import Ledger
from dateline.model import Stage, Standing
from golden import same_as_golden

KML = {"k": "http://www.opengis.net/kml/2.2"}


def geojson(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(path, "geojson"))
    return found


def kml(path: Path, folder: Path) -> Path:
    file = folder / "made.kml"
    file.write_bytes(written(path, "kml"))
    return file


@pytest.mark.parametrize(("name", "file"), [("geojson", "events.geojson"), ("kml", "events.kml")])
def test_the_file_is_as_it_was(event_ledger: Path, name: str, file: str) -> None:
    same_as_golden(GOLDEN / file, written(event_ledger, name))


def test_geojson_pydantic_accepts_it_and_reads_the_same(event_ledger: Path) -> None:
    given_ = geojson(event_ledger)
    found = FeatureCollection.model_validate(given_)
    with Ledger(event_ledger) as ledger:
        events = {event.id: event for event in ledger.events()}
        presences = {presence.id: presence for presence in ledger.presence()}
    by_what: dict[str, list[Any]] = {"event": [], "presence": [], "site": []}
    for feature in found.features:
        by_what[feature.properties["what"]].append(feature)
    assert {feature.id for feature in by_what["event"]} == set(events)
    assert {feature.id for feature in by_what["presence"]} == set(presences)
    for feature in by_what["event"]:
        event, properties = events[feature.id], feature.properties
        assert (properties["earliest"], properties["latest"]) == (event.earliest, event.latest)
        assert (properties["low"], properties["high"]) == (event.low, event.high)
        assert properties["stances"] == list(event.stances)
    sites = {(presence.id, site.site): site for presence in presences.values() for site in presence.at_sites}
    assert len(by_what["site"]) == len(sites)
    for feature in by_what["site"]:
        site = sites[feature.properties["presence"], feature.properties["site"]]
        assert tuple(feature.geometry.coordinates) == (site.lon, site.lat)


def test_what_is_known_of_a_country_only_has_no_geometry(event_ledger: Path) -> None:
    for feature in geojson(event_ledger)["features"]:
        if feature["properties"]["place_precision"] in (None, "country", "region"):
            assert feature["geometry"] is None
            assert feature["properties"]["geo_precision"] is None


def test_ids_are_the_same_in_every_export(event_ledger: Path) -> None:
    ids = [feature["id"] for feature in geojson(event_ledger)["features"]]
    assert len(ids) == len(set(ids))
    assert ids == [feature["id"] for feature in geojson(event_ledger)["features"]]


@given(st.floats(-90, 90), st.floats(-360, 360))
def test_a_point_is_on_the_globe_and_where_it_was(lat: float, lon: float) -> None:
    found = point_of(lat, lon)
    assert found is not None
    assert -180 <= found[0] <= 180 and -90 <= found[1] <= 90
    assert abs((found[0] - lon + 180) % 360 - 180) < 1e-6 and abs(found[1] - lat) < 1e-6


@pytest.mark.parametrize("lat_lon", [(91, 0), (0, 400), (float("nan"), 0), (None, 3.0)])
def test_a_point_that_is_none_is_none(lat_lon: tuple[float, float]) -> None:
    assert point_of(*lat_lon) is None


def test_the_schema_of_kml_accepts_it_and_fastkml_reads_the_same(event_ledger: Path, tmp_path: Path) -> None:
    file = kml(event_ledger, tmp_path)
    assert validate(file_to_validate=file) is True
    document = next(iter(fastkml.KML.parse(file).features))
    folders = {folder.name: list(folder.features) for folder in document.features}
    assert set(folders) == {"Presences", "Events"}
    with Ledger(event_ledger) as ledger:
        events = {event.id: event for event in ledger.events()}
    assert {mark.id for mark in folders["Events"]} == set(events)
    for mark in folders["Events"]:
        event = events[mark.id]
        times = mark.times
        assert (str(times.begin), str(times.end)) == (event.earliest, event.latest)
    at_base = [mark for mark in folders["Presences"] if mark.name.startswith("Russia, armed forces in Airbase 101")]
    assert [mark.geometry.coords[0] for mark in at_base] == [(2.1836, 13.4815)]
    assert all(mark.geometry is None for mark in folders["Presences"] if " in Niger" in mark.name)


def test_every_standing_and_stage_has_a_style() -> None:
    assert set(STYLES) >= {*map(str, Standing), *map(str, Stage)}


def test_hostile_words_break_neither_file(tmp_path: Path) -> None:
    path = hostile_ledger(tmp_path / "hostile.db")
    found = FeatureCollection.model_validate(geojson(path))
    assert len(found.features) >= len(HOSTILE)
    file = kml(path, tmp_path)
    assert validate(file_to_validate=file) is True
    tree = etree.parse(file, etree.XMLParser(resolve_entities=False, no_network=True))
    names = tree.xpath("//k:Placemark/k:name/text()", namespaces=KML)
    assert any("<script>" in name for name in names), "as text"
    balloons = tree.xpath("//k:Placemark/k:description/text()", namespaces=KML)
    assert balloons and not any("<script" in told for told in balloons), "a balloon shows HTML"
    assert len(tree.xpath("//@id")) == len(set(tree.xpath("//@id")))


@given(st.text(max_size=80))
def test_any_text_can_stand_in_xml(text: str) -> None:
    held = xml_text(text)
    assert etree.fromstring(f"<a>{held.replace('&', '&amp;').replace('<', '&lt;')}</a>".encode()) is not None
