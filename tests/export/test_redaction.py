"""Redaction over every format: no file has a precise place, an anonymous source or words of a report left in it."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

import exported
from dateline.export.blurring import Blur, blur_of
from dateline.export.formats import FORMATS
from dateline.export.redaction import Redaction
from dateline.export.statement import manifest, statement
from dateline.export.tables import TABLES
from dateline.store import View, open_store

BLURS = (Blur.COUNTRY, Blur.REGION, 0.5)
PLACES = ("qorvax", "airbase101", "baseaerienne101", "agadez", "niamey")
POINTS = (13.4815, 2.1836, 16.9733, 7.9911)
COLONEL = ("colonel", "third brigade", "not to be named", "fears for his post")
WORDS = ("sleep in a hangar", "They came from", "are still in Niger", "some 60 to 100", "about 1,000", "calc")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported.make(tmp_path_factory.mktemp("exported") / "qorvax ridge.db")


def files() -> Iterator[tuple[str, dict[str, object]]]:
    """Every way that a format can be written."""
    for name, one in FORMATS.items():
        yield name, {}
        if one.table is not None:
            yield from ((name, {"table": table}) for table in TABLES)
        if one.package is not None:
            yield name, {"package": True}


ALL = list(files())


def words_in(ledger: Path, name: str, asked: dict[str, object], redaction: Redaction) -> str:
    """All that can be read in a file and its manifest."""
    pytest.importorskip("pyarrow") if FORMATS[name].extra == "parquet" else None
    content = exported.bytes_of(ledger, name, redaction, **asked)
    with exported.selection(ledger, redaction, place="Qorvax", text="Agadez") as found:
        told = manifest(found, name, {"name": "x", "bytes": 0, "sha256": ""})
    return "\n".join([*exported.texts(content), told.decode()])


def plain(text: str) -> str:
    """Letters and digits alone, without accents and case: however a name is written, it is found in this."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]", "", decomposed)


def test_what_is_looked_for_is_there_without_redaction(ledger: Path) -> None:
    text = words_in(ledger, "csv", {"package": True}, Redaction())
    assert [place for place in PLACES if place not in plain(text)] == []
    assert [point for point in POINTS if f"{point:.2f}"[:-1] not in text] == []
    assert [words for words in (*COLONEL, *WORDS, "example.org") if words not in text] == []


@pytest.mark.parametrize("blur", BLURS, ids=str)
@pytest.mark.parametrize(("name", "asked"), ALL, ids=str)
def test_no_precise_place_is_left(ledger: Path, name: str, asked: dict[str, object], blur: Blur | float) -> None:
    text = words_in(ledger, name, asked, Redaction(blur))
    assert [place for place in PLACES if place in plain(text)] == []
    assert [point for point in POINTS if f"{point:.2f}"[:-1] in text] == []
    assert "example.org" not in text


@pytest.mark.parametrize(("name", "asked"), ALL, ids=str)
def test_no_id_proves_a_place_that_is_guessed(ledger: Path, name: str, asked: dict[str, object]) -> None:
    ids = set(re.findall(r"\b(?:claim|doc|event|dispute|origin|judgement)-[0-9a-f]{20}\b", "".join(known(ledger))))
    text = words_in(ledger, name, asked, Redaction(Blur.COUNTRY))
    assert len(ids) > 10
    assert [key for key in ids if key in text or key.partition("-")[2] in text] == []


def known(ledger: Path) -> Iterator[str]:
    for asked in ({"table": "claims"}, {"table": "events"}, {"table": "judgements"}):
        yield from exported.texts(exported.bytes_of(ledger, "jsonl", **asked))


@pytest.mark.parametrize(("name", "asked"), ALL, ids=str)
def test_nothing_is_told_of_an_anonymous_source(ledger: Path, name: str, asked: dict[str, object]) -> None:
    text = words_in(ledger, name, asked, Redaction(anonymous=False))
    assert [words for words in COLONEL if words in text] == []
    assert name != "jsonl" or asked or ("Ali Example" in text and "[source]" in text)


@pytest.mark.parametrize(("name", "asked"), ALL, ids=str)
def test_words_of_reports_are_left_out(ledger: Path, name: str, asked: dict[str, object]) -> None:
    text = words_in(ledger, name, asked, Redaction(text=False)).replace(exported.HOSTILE, "")
    assert [words for words in WORDS[:-1] if words in text] == []


def test_offsets_figures_and_days_stay_without_the_words(ledger: Path) -> None:
    with exported.selection(ledger, Redaction(text=False)) as found:
        records = list(found.claims())
        assert found.texts(record["document"]["id"] for record in records) == {}
    presence = next(record for record in records if record["kind"] == "presence" and record["quantity"]["low"] == 60)
    assert presence["quantity"] | {"text": None, "low": 60.0, "high": 100.0, "start": 41} == presence["quantity"]
    assert presence["evidence"][0]["exact"] == "" and presence["evidence"][0]["end"] > 0
    assert presence["place"]["name"] == "Airbase 101" and presence["document"]["title"].startswith("=Russians")


def test_the_statement_says_what_was_taken_out(ledger: Path) -> None:
    with exported.selection(ledger, Redaction(0.5, anonymous=False, text=False)) as found:
        assert list(statement(found.about)["redaction"]) == ["blur", "no-anonymous", "no-text"]
        assert "0.5" in found.about.redaction["blur"] and found.about.ledger == "[place].db"
    with exported.selection(ledger) as found:
        assert statement(found.about)["redaction"] == {}


def test_points_lie_on_the_grid_and_their_uncertainty_holds_the_place(ledger: Path) -> None:
    with exported.selection(ledger, Redaction(0.5)) as found:
        places = [record["place"] for record in found.claims() if record["place"]["lat"] is not None]
    assert {(place["lat"], place["lon"]) for place in places} == {(13.5, 2.0), (17.0, 8.0)}
    assert {place["precision"] for place in places} == {"province"} and {place["name"] for place in places} == {"Niger"}
    assert min(place["uncertainty"] for place in places) > 40_000


def test_ids_are_the_same_again_and_lead_back(ledger: Path) -> None:
    def ids() -> list[str]:
        with exported.selection(ledger, Redaction(Blur.COUNTRY)) as found:
            return [record["id"] for record in found.claims()]

    first = ids()
    assert first == ids() and len(set(first)) == len(first)
    with exported.selection(ledger, Redaction(Blur.COUNTRY)) as found:
        by_id = found.claims_of(first)
        assert list(by_id) and set(by_id) == set(first)
        events = [claim for record in found.events() for claim in record["claims"]]
    assert set(events) <= set(first)


def test_a_ledger_older_than_its_log_gets_other_ids_every_time(tmp_path: Path, ledger: Path) -> None:
    copy = tmp_path / "old.db"
    with sqlite3.connect(ledger) as old, sqlite3.connect(copy) as new:
        old.backup(new)
        for (name,) in new.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entries'"):
            new.execute(f"DROP TRIGGER {name}")
        new.execute("UPDATE entries SET recorded_at = NULL")
    new.close()
    found = [exported.bytes_of(copy, "csv", Redaction(Blur.COUNTRY)) for _ in range(2)]
    assert found[0] != found[1]


def test_an_exporter_has_nothing_else_to_read_from() -> None:
    """Whoever reads past the selection would read past its redaction."""
    root = Path(exported.FORMATS["csv"].write.__code__.co_filename).parent
    for path in root.glob("*.py"):
        if path.name not in ("selection.py", "redaction.py"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"selection\._|\b_view\b|import (?:View|open_store|Store)\b", text), path.name


@pytest.mark.parametrize("value", ["0", "0.05", "11", "nan", "inf", "-1", "town", ""])
def test_what_is_no_blur_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="no blur"):
        blur_of(value)


def test_a_view_without_redaction_is_read_as_it_is(ledger: Path) -> None:
    store = open_store(ledger, create=False)
    with View(store).snapshot() as view, exported.selection(ledger) as found:
        told = {record["id"]: record for record in found.claims()}
        for claim in view.claims().rows:
            assert told[claim.id]["evidence"][0]["exact"] == claim.evidence[0].exact
        assert all(found.texts([record["document"]["id"]]) for record in told.values())
    store.close()
