"""Own tables: the codebook is what they hold, and each format reads back to the same values."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import exported
from dateline.export.codebook import COLUMNS, columns, records
from dateline.export.errors import ExportError
from dateline.export.formats import FORMATS
from dateline.export.jsonl import utf8
from dateline.export.safe import cell, cell_text
from dateline.export.tables import TABLES
from dateline.ledger import Ledger
from golden import same_as_golden

GOLDEN = Path(__file__).parent / "golden"
KINDS: dict[str, type[Any] | tuple[type[Any], ...]] = {
    "number": (int, float),
    "integer": int,
    "boolean": bool,
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported.make(tmp_path_factory.mktemp("tables") / "small.db")


def rows(ledger: Path, name: str) -> list[dict[str, Any]]:
    with exported.selection(ledger) as found:
        return list(TABLES[name].rows(found))


@pytest.mark.parametrize("name", TABLES)
def test_the_codebook_has_every_column_in_its_order(name: str) -> None:
    assert tuple(column.name for column in columns(name)) == TABLES[name].shape.columns


def test_the_codebook_explains_everything() -> None:
    every = records()
    assert Counter(row["table"] for row in every).keys() == TABLES.keys()
    for row in every:
        assert tuple(sorted(row)) == tuple(sorted(COLUMNS))
        assert row["meaning"].endswith(".") and len(row["meaning"]) > 10, row
        known = {"text", "id", "country", "day", "moment", "json", "list", "list of sides", *KINDS}
        assert row["type"] in known, row
        measured = row["column"] in ("confidence", "favours") or row["type"] not in ("number", "integer")
        assert measured or row["unit"], row


@pytest.mark.parametrize("name", TABLES)
def test_values_are_of_the_type_that_the_codebook_says(ledger: Path, name: str) -> None:
    found = rows(ledger, name)
    assert found
    for row in found:
        for column in columns(name):
            value = row[column.name]
            if value in (None, ""):
                continue
            assert isinstance(value, KINDS.get(column.type, str)), (column, value)
            assert not column.values or column.type != "text" or value in column.values, (column, value)
            if column.type == "day":
                assert date.fromisoformat(value).isoformat() == value


@pytest.mark.parametrize("name", TABLES)
def test_csv_reads_back_to_the_same_values(ledger: Path, name: str) -> None:
    text = exported.bytes_of(ledger, "csv", table=name).decode("utf-8")
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [{key: typed(name, key, value) for key, value in row.items()} for row in found] == told(ledger, name)


def typed(table: str, key: str, value: str) -> Any:
    """A cell as a reader of the codebook takes it."""
    if value == "":
        return None
    kind = next(column.type for column in columns(table) if column.name == key)
    if kind in ("number", "integer"):
        return float(value)
    return {"True": True, "False": False}[value] if kind == "boolean" else cell_text(value)


def told(ledger: Path, name: str) -> list[dict[str, Any]]:
    """The rows as they are, nothing being the same as an empty text."""
    return [
        {key: None if row[key] == "" else row[key] for key in TABLES[name].shape.columns} for row in rows(ledger, name)
    ]


@pytest.mark.parametrize("name", TABLES)
def test_parquet_reads_back_to_the_same_values(ledger: Path, name: str) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    table = pq.read_table(io.BytesIO(exported.bytes_of(ledger, "parquet", table=name)))
    found = [{key: str(one) if isinstance(one, date) else one for key, one in row.items()} for row in table.to_pylist()]
    assert [{key: None if one == "" else one for key, one in row.items()} for row in found] == told(ledger, name)
    assert json.loads(table.schema.metadata[b"dateline"])["ledger"] == "small.db"
    for column, field in zip(columns(name), table.schema, strict=True):
        assert field.metadata[b"meaning"].decode() == column.meaning


def test_parquet_is_written_in_row_groups(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr("dateline.export.parquet.ROW_GROUP", 3)
    file = pq.ParquetFile(io.BytesIO(exported.bytes_of(ledger, "parquet")))
    assert [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)] == [3, 3, 3, 1]


@pytest.mark.parametrize("name", TABLES)
def test_jsonl_has_whole_records(ledger: Path, name: str) -> None:
    lines = exported.bytes_of(ledger, "jsonl", table=name).splitlines()
    with exported.selection(ledger) as found:
        assert [json.loads(line) for line in lines] == json.loads(json.dumps(list(TABLES[name].records(found))))


def test_claims_of_jsonl_are_imported_as_they_were(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_bytes(exported.bytes_of(ledger, "jsonl"))
    with Ledger(tmp_path / "theirs.db") as theirs:
        summary = theirs.import_claims(path)
        assert (summary.claims, summary.refused) == (10, 0)
        found = sorted(map(gist, theirs.claims().to_dicts()))
    with exported.selection(ledger) as mine:
        assert found == sorted(map(gist, mine.claims()))


def gist(record: Any) -> str:
    """What an import keeps to the letter; words of reports lose their control characters."""
    slots = {
        slot: {key: value for key, value in (record[slot] or {}).items() if key not in ("text", "start", "end")}
        for slot in ("actor", "recipient", "place", "quantity", "time")
    }
    said = record["attribution"] or {}
    voice = [said.get("source") and said["source"]["name"], said.get("source_kind"), said.get("anonymous")]
    return json.dumps([record["kind"], record["stance"], slots, voice, said.get("via")], sort_keys=True)


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_frictionless_accepts_the_package(ledger: Path, tmp_path: Path, name: str) -> None:
    frictionless = pytest.importorskip("frictionless")
    with zipfile.ZipFile(io.BytesIO(exported.bytes_of(ledger, name, package=True))) as packed:
        packed.extractall(tmp_path)
        described = json.loads(packed.read("datapackage.json"))
    package = frictionless.Package(tmp_path / "datapackage.json")
    if name == "csv":
        report = package.validate()
        assert report.valid, report.flatten(["title", "fieldName", "message"])
        assert report.stats["tasks"] == len(TABLES) + 1
    assert [resource["name"] for resource in described["resources"]] == [*TABLES, "codebook"]
    assert described["dateline"]["records"]["claims"] == 10
    for resource in described["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{exported_digest(content)}"


def exported_digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_frictionless_finds_a_damaged_package(ledger: Path, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    with zipfile.ZipFile(io.BytesIO(exported.bytes_of(ledger, "csv", package=True))) as packed:
        packed.extractall(tmp_path)
    claims = (tmp_path / "claims.csv").read_bytes()
    (tmp_path / "claims.csv").write_bytes(claims.replace(b"asserted", b"affirmed", 1))
    report = frictionless.Package(tmp_path / "datapackage.json").validate()
    found = {kind for (kind,) in report.flatten(["type"])}
    assert "constraint-error" in found and {"hash-count", "byte-count"} & found


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_packages_of_one_state_have_the_same_bytes(ledger: Path, name: str) -> None:
    assert exported.bytes_of(ledger, name, package=True) == exported.bytes_of(ledger, name, package=True)


def test_hxl_has_its_tags_under_its_heading_and_reads_back(ledger: Path) -> None:
    heading, tags, *lines = csv.reader(io.StringIO(exported.bytes_of(ledger, "hxl").decode()))
    assert len(heading) == len(tags) == len(set(tags))
    assert all(re.fullmatch(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", tag) for tag in tags)
    found = [dict(zip(tags, line, strict=True)) for line in lines]
    for row, mine in zip(found, rows(ledger, "presences"), strict=True):
        assert row["#country+code+v_iso3+host"] == mine["host"]
        assert row["#x_stance"] == mine["stance"]
        low = row["#x_strength+num+low"]
        assert (float(low) if low else None) == mine["low"]


@pytest.mark.parametrize("name", ["claims", "presences", "hxl"])
def test_golden(ledger: Path, name: str, request: pytest.FixtureRequest) -> None:
    content = exported.bytes_of(ledger, "hxl") if name == "hxl" else exported.bytes_of(ledger, "csv", table=name)
    same_as_golden(GOLDEN / f"{name}.csv", content)


def test_a_table_or_package_that_is_not_there_is_refused(ledger: Path) -> None:
    with pytest.raises(ExportError, match="no table 'clams': write --table documents, claims"):
        exported.bytes_of(ledger, "csv", table="clams")
    with pytest.raises(ExportError, match="no single tables"):
        exported.bytes_of(ledger, "hxl", table="claims")
    with pytest.raises(ExportError, match="leave --table out"):
        exported.bytes_of(ledger, "csv", table="claims", package=True)
    with pytest.raises(ExportError, match=r"write it to a \.csv file"):
        exported.bytes_of(ledger, "hxl", package=True)


def test_what_is_only_said_has_rows_of_its_own(ledger: Path) -> None:
    found = rows(ledger, "presences")
    by_stance = Counter(row["stance"] for row in found)
    assert by_stance["denied"] and by_stance["planned"] and by_stance["asserted"]
    for row in found:
        assert row["stance"] == "asserted" or (row["start"], row["end"], row["origins"]) == (None, None, None)


@given(st.text(max_size=30))
def test_cells_read_back_and_begin_no_formula(text: str) -> None:
    made = cell(text)
    assert cell_text(made) == text
    assert not made.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.text(st.characters(codec=None), max_size=20))
def test_any_text_can_be_told_in_utf_8(text: str) -> None:
    assert utf8(text).encode("utf-8").decode("utf-8") == utf8(text)


def test_every_format_says_what_it_is() -> None:
    for name, one in FORMATS.items():
        assert name == name.lower() and one.suffix.startswith(".") and "/" in one.media_type
        assert one.what and one.write.__doc__, name
