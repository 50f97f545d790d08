"""Rows of data sets beside reports: they are of the same events, and no origin of anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.export.acled import COLUMNS
from dateline.export.jsonl import line
from dateline.ledger import Ledger
from dateline.model import Claim, Standing

HERE = Path(__file__).resolve().parent
REPORTS = HERE.parent / "export" / "given" / "events.jsonl"
EXAMPLES = HERE.parent / "ingest" / "examples" / "reference"


def acled_row(path: Path, **values: str) -> Path:
    """A file of ACLED's columns with one row, which tells what the reports tell of Airbase 101."""
    row = dict.fromkeys(COLUMNS, "") | {
        "event_id_cnty": "NIR90009",
        "event_date": "2024-05-02",
        "time_precision": "1",
        "event_type": "Strategic developments",
        "sub_event_type": "Change to group/activity",
        "actor1": "Military Forces of Russia",
        "iso": "562",
        "country": "Niger",
        "location": "Airbase 101",
        "latitude": "13.4815",
        "longitude": "2.1836",
        "geo_precision": "1",
        "source": "Reuters",
        "timestamp": "1714953600",
    }
    path.write_text(",".join(COLUMNS) + "\n" + ",".join((row | values).values()) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """A ledger of reports and of a row of ACLED that tells of one of their events."""
    path = tmp_path / "beside.db"
    with Ledger(path) as ledger:
        ledger.import_claims(REPORTS)
        ledger.import_claims(acled_row(tmp_path / "acled.csv"))
    return path


def test_a_row_is_of_the_event_that_reports_tell_and_no_origin_of_it(beside: Path) -> None:
    with Ledger(beside) as ledger:
        (event,) = [event for event in ledger.events() if event.actor == "Russia, armed forces"]
        assert event.origins == 1
        data = [witness for witness in event.witnesses if witness.is_data]
        assert [(one.name, one.background, len(one.claims)) for one in data] == [("ACLED", True, 1)]


def test_rows_are_in_no_origin(beside: Path) -> None:
    with Ledger(beside) as ledger:
        rows = {document.id for document in ledger.documents() if document.is_row}
        assert len(rows) == 1
        held = {document for origin in ledger.origins() for document in origin.documents}
        assert held and not held & rows


def test_a_second_data_set_counts_no_more_than_the_first(beside: Path) -> None:
    with Ledger(beside) as ledger:
        ledger.import_claims(EXAMPLES / "acled.csv", EXAMPLES / "polecat.tsv", EXAMPLES / "20240503.export.CSV")
        event = next(event for event in ledger.events() if event.origins and event.actor == "Russia, armed forces")
        assert event.origins == 1


def test_what_only_gdelt_has_is_alleged(tmp_path: Path) -> None:
    with Ledger(tmp_path / "gdelt.db") as ledger:
        ledger.import_claims(EXAMPLES / "20240503.export.CSV")
        assert {presence.status for presence in ledger.presence()} <= {Standing.ALLEGED}
        assert all(event.origins == 0 for event in ledger.events())


def test_a_presence_of_a_data_set_alone_rests_on_no_origin(tmp_path: Path) -> None:
    with Ledger(tmp_path / "troops.db") as ledger:
        ledger.import_claims(EXAMPLES / "troopdata.csv")
        steps = [step for presence in ledger.presence() for step in presence.series]
        assert {step.low for step in steps} == {1016, 75}
        assert all(step.origins == 0 for step in steps)


def test_step_by_step_is_as_a_rebuild(tmp_path: Path) -> None:
    with Ledger(tmp_path / "steps.db") as ledger:
        for file in (EXAMPLES / "acled.csv", REPORTS, EXAMPLES / "troopdata.csv", acled_row(tmp_path / "one.csv")):
            ledger.import_claims(file)
            before = _derived(ledger)
            ledger.rebuild()
            assert _derived(ledger) == before


def _derived(ledger: Ledger) -> list[object]:
    return [list(rows) for rows in (ledger.origins(), ledger.events(), ledger.presence(), ledger.disputes())]


def test_importing_again_changes_nothing(beside: Path, tmp_path: Path) -> None:
    with Ledger(beside) as ledger:
        before = len(ledger.claims())
        summary = ledger.import_claims(acled_row(tmp_path / "again.csv"))
        assert (summary.new, summary.known, len(ledger.claims())) == (0, 1, before)


def test_a_row_is_found_by_its_id_there(beside: Path) -> None:
    with Ledger(beside) as ledger:
        found = ledger.show("NIR90009")
        assert isinstance(found, Claim) and found.attribution is not None
        assert found.attribution.source is not None and found.attribution.source.name == "ACLED"


def test_a_row_stays_one_on_its_way_to_another_ledger(beside: Path, tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    with Ledger(beside) as ledger:
        file.write_bytes(b"".join(map(line, ledger.claims().to_dicts())))
    with Ledger(tmp_path / "other.db") as other:
        other.import_claims(file)
        assert [document.outlet for document in other.documents() if document.is_row] == ["ACLED"]
        assert {event.origins for event in other.events() if event.actor == "Russia, armed forces"} == {1}
