"""A bulk job gives what `dateline add` gives of the same inputs: the same rows, in the same order."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from bulk_jobs import added, run

import web_archives
from ledgers import DERIVED, KEPT, LISTED, rows, whole

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "niger-2024"

ORDERED = ("documents", "claims", "issues", "entries", "captures")
TROOPS = "{} Russian soldiers are in Mali. The ministry said on Saturday that more of them would follow in May."


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """One of everything, with what cannot be read."""
    folder = tmp_path / "in"
    folder.mkdir()
    archive = web_archives.two_pages()
    archive.add("https://news.example/j.json", b'{"foo": 1}', media_type="application/json")
    first = archive.add("https://news.example/mali", web_archives.page("Mali", "30 Russian soldiers are in Mali."))
    archive.revisit("https://news.example/again", first)
    archive.add("https://news.example/empty", b"   ")
    (folder / "a.warc.gz").write_bytes(archive.data)
    (folder / "torn.warc.gz").write_bytes(archive.data[:-300])
    listed = ["https://news.example/niger"]
    (folder / "c.wacz").write_bytes(web_archives.wacz({"x.warc.gz": web_archives.two_pages().data}, listed))
    (folder / "m.zip").write_bytes(_zipped())
    with tarfile.open(folder / "t.tar.gz", "w:gz") as packed:
        member = tarfile.TarInfo("x/chad.html")
        member.size = len(web_archives.CHAD)
        packed.addfile(member, io.BytesIO(web_archives.CHAD))
    ninjs = {"uri": "urn:x:1", "type": "text", "headline": "H", "versioncreated": "2024-05-04T00:00:00Z"}
    wire = [
        {"text": TROOPS.format(100), "published": "2024-05-04", "outlet": "A"},
        {**ninjs, "version": "1", "pubstatus": "usable", "body_text": TROOPS.format(200)},
        {**ninjs, "version": "2", "pubstatus": "canceled"},
    ]
    (folder / "lines.jsonl").write_text("\n".join([json.dumps(wire[0]), "not json", *map(json.dumps, wire[1:])]))
    (folder / "whole.json").write_text(json.dumps([{"text": TROOPS.format(40)}, {"text": TROOPS.format(41)}], indent=1))
    (folder / "de.txt").write_text(
        "Das Ministerium teilte gestern mit, dass die Soldaten das Land verlassen werden. " * 3
    )
    (folder / "fr.txt").write_text("Le ministère a annoncé hier que les soldats quitteront le pays avant la fin. " * 3)
    (folder / "empty.txt").touch()
    (folder / "s.csv").write_text(
        f'text,title,date\n"{TROOPS.format(50)}",T,2024-05-01\n"{TROOPS.format(51)}",U,2024\n'
    )
    (folder / "undated.txt").write_text(TROOPS.format(7))
    return folder


def _zipped() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("in.html", web_archives.CHAD)
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as file:
        file.writestr("one.html", web_archives.NIGER)
        file.writestr("two.txt", TROOPS.format(60))
        file.writestr("bad.pdf", b"%PDF-1.4 nonsense")
        file.writestr("inner.zip", inner.getvalue())
        file.writestr("../out.txt", "x")
    return outer.getvalue()


def test_the_same_ledger_of_everything_that_is_read(inputs: Path, tmp_path: Path) -> None:
    given = [inputs, tmp_path / "missing.txt"]
    expected = added(given, tmp_path / "a.db")
    found = run(given, tmp_path / "shards", tmp_path / "b.db", jobs=2, units=3, engine="local")
    assert found.progress.tasks > 4
    assert found.state.is_whole
    _assert_equal(expected, tmp_path / "b.db")
    assert whole(tmp_path / "b.db") == []
    assert _files(expected) == _files(tmp_path / "b.db")


def test_the_same_ledger_of_the_examples_by_the_command(examples_ledger: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "dateline", "bulk", str(EXAMPLES), "--out", "shards"]
    found = subprocess.run(
        [*command, "--jobs", "1", "--ledger", "b.db"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert found.returncode == 0, found.stderr
    assert "24 new, 0 read again, 0 known, 0 refused" in found.stdout
    _assert_equal(examples_ledger, tmp_path / "b.db")


def _assert_equal(expected: Path, found: Path) -> None:
    for table in (*KEPT, *DERIVED, *LISTED, "document_captures"):
        assert rows(found, table) == rows(expected, table), table
    for table in ORDERED:
        assert _in_order(found, table) == _in_order(expected, table), table


def _in_order(path: Path, table: str) -> list[tuple[object, ...]]:
    """The rows as they were written, without the moments."""
    columns = {"entries": "what, item, run", "captures": "id, sha256, size, record"}.get(table, "id")
    with sqlite3.connect(path) as connection:
        found = connection.execute(f"SELECT {columns} FROM {table} ORDER BY number").fetchall()
    connection.close()
    return found


def _files(ledger: Path) -> dict[str, bytes]:
    folder = Path(f"{ledger}.captures")
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.gz"))}
