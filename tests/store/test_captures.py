"""Captures: the bytes of what was read lie beside the ledger, each once, before the ledger names them."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import fakes
from dateline.ledger import Ledger
from dateline.model import Capture, CaptureHead, Hints
from dateline.pipeline import Reading, describe
from dateline.store import LedgerError, UnknownIdError, captures, open_store
from dateline.store.captures import Captures, folder_of
from ledgers import CAPTURED, rows, whole


@pytest.fixture(autouse=True)
def light_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)


@pytest.fixture
def path(place: str) -> str:
    return place


def folder(path: str) -> Path:
    found = folder_of(path)
    assert found is not None
    return found


def kept_files(path: str) -> list[Path]:
    return sorted(file for file in folder(path).rglob("*") if file.is_file())


def report(tmp_path: Path, number: int = 1, name: str = "a.txt") -> Path:
    file = tmp_path / name
    file.write_text(fakes.report(number), encoding="utf-8")
    return file


def test_the_bytes_of_a_file_come_back(tmp_path: Path, path: str) -> None:
    file = report(tmp_path)
    with Ledger(path) as ledger:
        ledger.add(file, url="https://example.org/a")
        (document,) = ledger.documents()
        kept, content = ledger.capture(document.id)
        assert content == file.read_bytes()
        assert kept.sha256 == document.sha256 == hashlib.sha256(content).hexdigest()
        assert (kept.size, kept.head.url, kept.head.path) == (len(content), "https://example.org/a", str(file))
        assert kept.kept_at is not None
        assert ledger.capture(kept.id)[1] == ledger.capture(kept.sha256[:12])[1] == content
    (stored,) = kept_files(path)
    assert gzip.decompress(stored.read_bytes()) == content
    assert whole(path) == []


def test_the_same_bytes_are_kept_once_and_reading_again_changes_nothing(tmp_path: Path, path: str) -> None:
    with Ledger(path) as ledger:
        ledger.add(report(tmp_path), report(tmp_path, 1, "b.txt"), outlet="Post")
        first = rows(path, *CAPTURED), kept_files(path)
        ledger.add(report(tmp_path), outlet="Post")
    assert (rows(path, *CAPTURED), kept_files(path)) == first
    assert len(first[1]) == 1


def test_nothing_is_kept_when_not_wanted_or_refused_or_in_memory(tmp_path: Path, path: str) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("...", encoding="utf-8")
    with Ledger(path) as ledger:
        ledger.add(report(tmp_path), captures=False)
        ledger.add(empty)
        (document,) = ledger.documents()
        with pytest.raises(UnknownIdError, match="no capture of"):
            ledger.capture(document.id)
    assert not folder(path).exists()
    with Ledger(":memory:") as ledger:
        assert ledger.add(report(tmp_path)).new == 1


def test_a_known_report_gets_the_capture_that_it_lacked(tmp_path: Path, path: str) -> None:
    with Ledger(path) as ledger:
        ledger.add(report(tmp_path), captures=False)
        assert ledger.add(report(tmp_path)).known == 1
        (document,) = ledger.documents()
        assert ledger.capture(document.id)[1] == (tmp_path / "a.txt").read_bytes()


def test_what_is_too_large_is_told_and_the_report_kept(
    tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(captures, "LARGEST", 10)
    with Ledger(path) as ledger:
        assert ledger.add(report(tmp_path)).new == 1
        (issue,) = ledger.issues(code="not_captured")
        assert "at most 10 bytes" in issue.message
    assert not folder(path).exists()


def test_no_report_is_kept_when_its_capture_cannot_be(tmp_path: Path, path: str) -> None:
    folder(path).write_text("a file in the place of the folder", encoding="utf-8")
    with Ledger(path) as ledger:
        with pytest.raises(LedgerError, match="cannot keep the capture"):
            ledger.add(report(tmp_path))
        assert len(ledger.documents()) == 0


def test_a_failed_transaction_leaves_bytes_but_no_report(
    tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(path) as ledger:
        with monkeypatch.context() as patch, pytest.raises(RuntimeError):
            patch.setattr("dateline.store.writer._add_claims", lambda *_: (_ for _ in ()).throw(RuntimeError))
            ledger.add(report(tmp_path))
        assert len(ledger.documents()) == 0 and len(kept_files(path)) == 1
        ledger.add(report(tmp_path))
    assert len(kept_files(path)) == 1 and whole(path) == []


def test_damaged_and_missing_bytes_are_told(tmp_path: Path, path: str) -> None:
    with Ledger(path) as ledger:
        ledger.add(report(tmp_path))
        (document,) = ledger.documents()
        (stored,) = kept_files(path)
        data = stored.read_bytes()
        for damage, told in ((data[:-9], "cannot read"), (gzip.compress(b"other"), "damaged"), (b"", "damaged")):
            stored.write_bytes(damage)
            with pytest.raises(LedgerError, match=told):
                ledger.capture(document.id)
        shutil.rmtree(folder(path))
        with pytest.raises(LedgerError, match="is not there"):
            ledger.capture(document.id)


def test_a_fetched_page_is_kept_with_what_is_known_of_it(path: str) -> None:
    content = fakes.report(3).encode()
    head = CaptureHead(
        url="https://example.org/a",
        final_url="https://example.org/b",
        at="2024-05-04T10:00:00Z",
        media_type="text/plain",
        status=200,
        headers=(("Content-Type", "text/plain"), ("X-Odd", "caf\udce9")),
        tool="dateline watch",
    )
    document = fakes.document(content.decode(), published="2024-05-04")
    reading: Reading = describe(document, Hints())
    with Ledger(path) as ledger:
        ledger.add_readings([replace(reading, capture=Capture(content, head))])
        (found,) = ledger.captures_of([document.id])[document.id]
        assert found.head == replace(head, headers=(head.headers[0], ("X-Odd", "caf\\udce9")))
        with ledger.as_of("2000-01-01") as then:
            assert then.captures_of([document.id]) == {}


def test_a_capture_by_an_unknown_or_ambiguous_beginning(tmp_path: Path, path: str) -> None:
    with Ledger(path) as ledger:
        ledger.add(report(tmp_path), report(tmp_path, 2, "b.txt"))
        for name, told in (("", "is no capture"), ("capture-zz", "is no capture"), ("capture-", "beginning of")):
            with pytest.raises(UnknownIdError, match=told):
                ledger.capture(name)
        with pytest.raises(LedgerError, match="keeps no captures"):
            Captures(open_store(":memory:", create=True)).content("0" * 64)
