"""`dateline import` of the tables of data sets, as a user calls it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.cli.importing import DataSetName
from dateline.ingest.reference import DATA_SETS

EXAMPLES = Path(__file__).parent / "ingest" / "examples" / "reference"
RUN = CliRunner()


def test_the_names_are_those_of_the_readers() -> None:
    assert [name.value for name in DataSetName] == list(DATA_SETS)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("acled.csv", "acled"),
        ("GEDEvent_v25_1.csv", "ucdp"),
        ("polecat.tsv", "polecat"),
        ("20240503.export.CSV", "gdelt"),
        ("icews.tsv", "icews"),
        ("troopdata.csv", "troopdata"),
    ],
)
def test_a_file_is_known_by_itself_and_by_name(tmp_path: Path, file: str, name: str) -> None:
    ledger = str(tmp_path / "a.db")
    found = RUN.invoke(app, ["import", str(EXAMPLES / file), "--ledger", ledger])
    assert " new, 0 known" in found.stdout
    again = RUN.invoke(app, ["import", str(EXAMPLES / file), "--as", name, "--ledger", ledger])
    assert "0 new, " in again.stdout and again.exit_code == found.exit_code


def test_a_file_of_another_data_set_is_refused(tmp_path: Path) -> None:
    args = ["import", str(EXAMPLES / "acled.csv"), "--as", "gdelt", "--ledger", str(tmp_path / "a.db")]
    found = RUN.invoke(app, args)
    assert found.exit_code == 1
    assert "no table of GDELT" in found.output


def test_an_unknown_data_set_is_wrong_usage(tmp_path: Path) -> None:
    found = RUN.invoke(app, ["import", "x.csv", "--as", "nothing", "--ledger", str(tmp_path / "a.db")])
    assert found.exit_code == 2


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    found = RUN.invoke(app, ["import", "missing.csv", "--as", "acled", "--ledger", str(tmp_path / "a.db")])
    assert found.exit_code == 1
    assert "no such file" in found.output


def test_standard_input_is_read_as_a_file_is(tmp_path: Path) -> None:
    data = (EXAMPLES / "acled.csv").read_bytes()
    found = RUN.invoke(app, ["import", "-", "--ledger", str(tmp_path / "a.db")], input=data)
    assert "3 new" in found.stdout
