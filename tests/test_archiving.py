"""Web archives and captures as a user meets them: on the command line, in the library, at the desk."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import dateline
import fakes
from dateline.cli.app import app
from dateline.desk.intake import reports_in, take_in
from dateline.desk.jobs import Outcome, SpooledFile
from dateline.ledger import Ledger
from dateline.model import Hints
from dateline.store.captures import folder_of
from web_archives import NIGER, Archive, two_pages, wacz


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    monkeypatch.delenv("DATELINE_LEDGER", raising=False)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(two_pages().data)
    return path


def test_what_is_no_report_is_told_and_nothing_refused(tmp_path: Path, crawl: Path) -> None:
    ledger = tmp_path / "a.db"
    found = run("add", crawl, "--ledger", ledger)
    assert found.exit_code == 0
    assert "2 new, 0 known, 0 refused" in found.stdout
    assert "skipped: 2 records that are no reports left out" in found.stderr
    again = run("add", crawl, "--ledger", ledger)
    assert again.exit_code == 0 and "0 new, 2 known" in again.stdout
    with Ledger(ledger) as opened:
        assert [issue.code for issue in opened.issues(code="skipped")] == ["skipped"]


def test_a_torn_archive_has_status_one(tmp_path: Path, crawl: Path) -> None:
    made = two_pages()
    crawl.write_bytes(made.data[: made.starts[3] + 50])
    found = run("add", crawl, "--ledger", tmp_path / "a.db")
    assert found.exit_code == 1
    assert "torn" in found.stderr and "1 new" in found.stdout


def test_from_a_crawl_to_an_archive_and_back(tmp_path: Path, crawl: Path) -> None:
    ledger, out = tmp_path / "a.db", tmp_path / "out.wacz"
    run("add", crawl, "--ledger", ledger)
    made = run("archive", "--out", out, "--ledger", ledger)
    assert made.exit_code == 0 and made.stdout == f"2 captures of 2 reports → {out}\n"
    assert run("add", out, "--ledger", ledger).stdout.startswith("0 new, 2 known, 0 refused")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.endswith((".part", ".wacz"))) == ["out.wacz"]


def test_raw_bytes_and_what_is_known_of_them(tmp_path: Path, crawl: Path) -> None:
    ledger = tmp_path / "a.db"
    run("add", crawl, "--ledger", ledger)
    with Ledger(ledger) as opened:
        (document,) = [one for one in opened.documents() if one.title == "Soldiers arrive in Niger"]
    for name in (document.id, document.id[:12], document.sha256):
        found = run("capture", name, "--ledger", ledger)
        assert found.exit_code == 0 and found.stdout_bytes == NIGER
    about = json.loads(run("capture", document.id[:12], "--about", "--ledger", ledger).stdout)
    assert about["head"]["url"] == "https://news.example/niger" and about["sha256"] == document.sha256
    assert about["head"]["headers"][0] == ["Content-Type", "text/html; charset=utf-8"]
    assert run("capture", "doc-zz", "--ledger", ledger).exit_code == 2


def test_without_captures_there_is_nothing_to_archive(tmp_path: Path, crawl: Path) -> None:
    ledger, out = tmp_path / "a.db", tmp_path / "out.wacz"
    assert run("add", crawl, "--no-captures", "--ledger", ledger).exit_code == 0
    folder = folder_of(ledger)
    assert folder is not None and not folder.exists()
    found = run("archive", "--out", out, "--ledger", ledger)
    assert found.exit_code == 1 and "2 reports without a capture" in found.stdout and not out.exists()
    assert run("archive", "--out", tmp_path / "none" / "out.wacz", "--ledger", ledger).exit_code == 2


def test_a_page_that_bears_a_day_after_its_capture_is_told(tmp_path: Path) -> None:
    made = Archive()
    made.add("https://news.example/niger", NIGER.replace(b"2024-05-04", b"2024-06-05"))
    path = tmp_path / "a.warc"
    path.write_bytes(made.data)
    report = dateline.read(path)
    assert report.document is not None and report.document.published == "2024-06-05T10:00:00Z"
    assert "after_capture" in {issue.code for issue in report.issues}


def test_the_desk_takes_archives_in_and_keeps_captures(tmp_path: Path) -> None:
    spooled = tmp_path / "0"
    spooled.write_bytes(wacz({"data.warc.gz": two_pages().data}))
    file = SpooledFile("collection.wacz", str(spooled))
    assert reports_in(file) == 2
    with Ledger(tmp_path / "a.db") as ledger:
        taken = list(take_in(ledger, file, Hints(), contextlib.nullcontext()))
        assert [one.outcome for one in taken] == [Outcome.NEW, Outcome.NEW]
        first = taken[0].document
        assert first is not None and ledger.capture(first)[1] == NIGER
        assert [issue.code for issue in ledger.issues(code="skipped")] == ["skipped"]
