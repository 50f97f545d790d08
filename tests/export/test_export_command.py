"""`dateline export`: files whole or not at all, the manifest beside them, and refusals in words."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import exported
from dateline.cli.app import app
from dateline.export.formats import FORMATS
from dateline.export.tables import TABLES


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported.make(tmp_path_factory.mktemp("command") / "small.db")


def run(ledger: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["export", "--ledger", str(ledger), *map(str, arguments)])


def test_list_names_every_format(ledger: Path) -> None:
    listed = run(ledger, "--list")
    assert listed.exit_code == 0
    assert [line.split()[0] for line in listed.stdout.splitlines()] == list(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_manifest_that_fits_its_file(ledger: Path, tmp_path: Path, name: str) -> None:
    if FORMATS[name].extra == "parquet":
        pytest.importorskip("pyarrow")
    target = tmp_path / f"out{FORMATS[name].suffix}"
    done = run(ledger, "--format", name, "--out", target, "--host", "NER")
    assert done.exit_code == 0, done.output
    assert f"→ {target}" in done.stdout
    told = json.loads((tmp_path / f"{target.name}.about.json").read_bytes())
    content = target.read_bytes()
    assert told["file"] == {
        "name": target.name,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    assert told["format"] == name and told["filters"] == {"host": "NER"} and told["redaction"] == {}
    assert sum(told["records"].values()) > 0 and told["ledger"] == "small.db" and told["as_of"] is None
    assert told["runs"][0]["extractor"] == "made up" and told["dateline"] and told["state"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [target.name, f"{target.name}.about.json"]


def test_standard_output_has_the_file_alone(ledger: Path) -> None:
    done = run(ledger, "--format", "jsonl", "--out", "-")
    assert done.exit_code == 0 and "10 claims → standard output" in done.stderr
    assert len([json.loads(line) for line in done.stdout_bytes.splitlines()]) == 10


def test_a_package_in_a_file_or_a_folder(ledger: Path, tmp_path: Path) -> None:
    names = sorted([*(f"{name}.csv" for name in TABLES), "codebook.csv", "datapackage.json"])
    assert run(ledger, "--format", "csv", "--out", tmp_path / "all.zip").exit_code == 0
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        assert sorted(packed.namelist()) == names
    assert run(ledger, "--format", "csv", "--out", f"{tmp_path}/all/").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == names
    again = run(ledger, "--format", "csv", "--out", f"{tmp_path}/all/")
    assert again.exit_code == 2 and "holds something already" in again.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all", "all.zip", "all.zip.about.json"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--format", "doc", "--out", "x"], "'doc' is no format; write --format csv, xlsx"),
        (["--out", "x"], "say in which format"),
        (["--format", "csv"], "say where to write it"),
        (["--format", "csv", "--out", "x", "--table", "rows"], "no table 'rows'"),
        (["--format", "hxl", "--out", "x", "--table", "claims"], "no single tables"),
        (["--format", "csv", "--out", "x.zip", "--table", "claims"], "leave --table out"),
        (["--format", "csv", "--out", "x", "--blur", "town"], "'town' is no blur"),
        (["--format", "csv", "--out", "no/such/folder/x.csv"], "cannot write no/such/folder/x.csv"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_left(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(ledger, *arguments)
    assert done.exit_code == 2 and told in done.stderr.replace("\n", " "), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_missing_extra_is_named(ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    done = run(ledger, "--format", "parquet", "--out", tmp_path / "x.parquet")
    assert done.exit_code == 2 and "pip install 'dateline[parquet]'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_fails_leaves_the_old_file(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "claims.csv"
    target.write_text("old")

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dateline.export.selection.plain", full)
    done = run(ledger, "--format", "csv", "--out", target)
    assert done.exit_code == 2 and "No space left on device" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["claims.csv"] and target.read_text() == "old"


def test_what_is_gone_since_an_earlier_acled_file(ledger: Path, tmp_path: Path) -> None:
    earlier, later = tmp_path / "a.csv", tmp_path / "b.csv"
    assert run(ledger, "--format", "acled", "--out", earlier).exit_code == 0
    done = run(ledger, "--format", "acled", "--out", later, "--kind", "attack", "--earlier", earlier)
    assert done.exit_code == 0, done.stderr
    before, now, gone = (
        {row["event_id_cnty"] for row in csv.DictReader(io.StringIO(path.read_text(), newline=""))}
        for path in (earlier, later, tmp_path / "b.csv.deleted.csv")
    )
    assert gone == before - now and gone and f"{len(gone)} deleted since" in done.stdout
    for arguments in (("--format", "csv"), ("--format", "acled", "--out", "-")):
        assert run(ledger, "--out", later, "--earlier", earlier, *arguments).exit_code == 2
    (tmp_path / "c.csv").write_text("a,b\n")
    refused = run(ledger, "--format", "acled", "--out", later, "--earlier", tmp_path / "c.csv")
    assert refused.exit_code == 2 and "no column event_id_cnty" in refused.stderr


def test_nothing_found_is_told_and_written(ledger: Path, tmp_path: Path) -> None:
    done = run(ledger, "--format", "csv", "--out", tmp_path / "x.csv", "--host", "FRA")
    assert done.exit_code == 1 and "0 claims" in done.stdout
    assert (tmp_path / "x.csv").read_text().startswith("id,kind,stance")


def test_filters_that_do_not_apply_are_named(ledger: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    done = run(ledger, "--format", "csv", "--table", "presences", "--out", target, "--stance", "denied")
    assert "--stance" in done.stderr and "no filter of assessments" in done.stderr
    assert json.loads((tmp_path / "x.csv.about.json").read_bytes())["not_applied"] == {"assessments": ["stance"]}


def test_as_of_is_recorded_time(ledger: Path, tmp_path: Path) -> None:
    before = run(ledger, "--format", "csv", "--out", tmp_path / "x.csv", "--as-of", "2024-05-31")
    assert before.exit_code == 1 and "0 claims" in before.stdout
    then = run(ledger, "--format", "csv", "--out", tmp_path / "y.csv", "--as-of", "2024-06-01")
    assert then.exit_code == 0 and "10 claims" in then.stdout
    told = json.loads((tmp_path / "y.csv.about.json").read_bytes())
    assert told["as_of"] == "2024-06-01" and told["ledger"] == "small.db"


def test_an_export_derives_first_what_is_not_up_to_date(ledger: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with sqlite3.connect(ledger) as old, sqlite3.connect(copy) as new:
        old.backup(new)
        new.execute("DELETE FROM events")
        new.execute("DELETE FROM derived")
    new.close()
    done = run(copy, "--format", "csv", "--table", "events", "--out", tmp_path / "x.csv")
    assert done.exit_code == 0 and "0 events" not in done.stdout


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if not one.is_text])
def test_what_is_no_text_stays_off_the_terminal(ledger: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.cli.export._is_terminal", lambda: True)
    done = run(ledger, "--format", name, "--out", "-")
    assert done.exit_code == 2 and "not to the terminal" in done.stderr


def test_formats_can_be_written_to_a_pipe(ledger: Path) -> None:
    class Pipe(io.RawIOBase):
        got = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.got += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    for name, one in FORMATS.items():
        pipe = Pipe()
        with exported.selection(ledger) as found:
            one.write(found, pipe)  # type: ignore[arg-type]
        assert pipe.got, name
