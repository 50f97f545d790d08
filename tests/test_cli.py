"""The command line: what each verb prints, its exit status, and that report text never runs anything."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import fakes
from dateline import pipeline
from dateline.cli.app import app
from dateline.ledger import Ledger
from dateline.lexicon.sites import site, use_sites
from dateline.model import Document, Issue, identified

TEXT = "An army general spoke. 400 Russian soldiers are in Mali. 60 Russian soldiers will go to Niger."
HOSTILE = "\x1b[31m=cmd|' /C calc'!A0\u202e [bold red]title[/]"


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def lines(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    monkeypatch.delenv("DATELINE_LEDGER", raising=False)
    monkeypatch.delenv("DATELINE_SITES", raising=False)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def ledger(tmp_path: Path, report: Path) -> Path:
    path = tmp_path / "a.db"
    assert run("add", report, "--ledger", path, "--published", "2024-05-04", "--outlet", HOSTILE).exit_code == 0
    return path


class TestAdd:
    def test_summary_and_status(self, tmp_path: Path, report: Path) -> None:
        path = tmp_path / "a.db"
        first = run("add", report, "--ledger", path)
        assert (first.exit_code, first.stderr) == (0, "")
        assert first.stdout.startswith("1 new, 0 known, 0 refused; 2 claims, 0 issues")
        again = run("add", report, report, "--ledger", path)
        assert again.stdout.startswith("0 new, 2 known, 0 refused; 0 claims, 0 issues")

    def test_refused_reports_are_named_and_the_rest_is_kept(self, tmp_path: Path, report: Path) -> None:
        (tmp_path / "empty.txt").touch()
        result = run("add", tmp_path / "empty.txt", report, tmp_path / "none.txt", "--ledger", tmp_path / "a.db")
        assert result.exit_code == 1
        assert "1 new, 0 known, 2 refused" in result.stdout
        assert "empty.txt: empty:" in result.stderr
        assert "none.txt: unreadable: no such file" in result.stderr

    def test_a_wire_that_takes_back_what_it_sent(self, tmp_path: Path) -> None:
        item = {"uri": "urn:x", "version": "1", "versioncreated": "2024-05-04T10:00:00Z", "headline": "Sent"}
        cancel = {**item, "version": "2", "pubstatus": "canceled", "ednote": "\x1b[31mwrong"}
        wire, path = tmp_path / "wire.jsonl", tmp_path / "a.db"
        sent = json.dumps({**item, "body_text": TEXT})
        wire.write_text(f"{json.dumps(cancel)}\n{sent}\n", encoding="utf-8")
        assert run("add", wire, "--ledger", path).stdout.startswith(
            "1 new, 0 known, 0 refused; 2 claims, 0 issues, 1 notices"
        )
        assert run("add", wire, "--ledger", path).stdout.startswith("0 new, 1 known, 0 refused; 0 claims, 0 issues")
        assert lines(run("documents", "--ledger", path, "--format", "jsonl")) == []
        shown = run("show", "urn:x", "--ledger", path)
        assert "does not count  retracted by its provider" in shown.stdout
        assert "\x1b" not in shown.stdout
        (logged,) = lines(run("log", "--what", "notice", "--ledger", path, "--format", "jsonl"))
        assert run("show", str(logged["item"]), "--ledger", path).exit_code == 0
        kept = run("judge", "reject", str(logged["item"]), "--reason", "a mistake", "--ledger", path)
        assert kept.exit_code == 0, kept.output
        assert len(lines(run("documents", "--ledger", path, "--format", "jsonl"))) == 1

    def test_reading_prints_nothing_that_is_held_back(self, tmp_path: Path) -> None:
        wire = tmp_path / "wire.json"
        wire.write_text(json.dumps({"uri": "urn:x", "embargoed": "2199-01-01T00:00:00Z", "body_text": TEXT}))
        result = run("read", wire)
        assert result.stdout == ""
        assert "held_back" in result.stderr

    def test_standard_input(self, tmp_path: Path) -> None:
        result = run("add", "-", "--ledger", tmp_path / "a.db", "--title", "From the pipe", stdin=TEXT)
        assert result.exit_code == 0, result.output
        (document,) = lines(run("documents", "--ledger", tmp_path / "a.db", "--format", "jsonl"))
        assert document["title"] == "From the pipe"

    def test_default_ledger_is_here_or_where_the_environment_says(
        self, tmp_path: Path, report: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert run("add", report).exit_code == 0
        assert (tmp_path / "dateline.db").is_file()
        monkeypatch.setenv("DATELINE_LEDGER", str(tmp_path / "other.db"))
        assert run("add", report).exit_code == 0
        assert (tmp_path / "other.db").is_file()

    @pytest.mark.parametrize(
        "arguments",
        [
            (),
            ("x.txt", "--published", "yesterday"),
            ("x.txt", "--published", "04.05.2024"),
            ("x.txt", "--nonsense"),
            ("x.txt", "--ledger", "/no/such/folder/a.db"),
        ],
    )
    def test_wrong_use(self, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        assert run("add", *arguments).exit_code == 2
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("command", ["add", "read"])
    def test_own_sites_that_cannot_be_used(
        self, command: str, tmp_path: Path, report: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        bad = tmp_path / "sites.csv"
        bad.write_text("name,lat,lon,country\nCamp A,1,2,NER\nCamp B,north,2,NER\n", encoding="utf-8")
        for given in (["--sites", str(bad)], []):
            result = run(command, report, *given)
            assert (result.exit_code, result.stdout) == (2, "")
            assert result.stderr == (
                f"dateline: {bad}, line 3: Camp B: lat 'north' is no number of degrees from -90 to 90\n"
            )
            monkeypatch.setenv("DATELINE_SITES", str(bad))
        assert not (tmp_path / "dateline.db").exists()

    def test_own_sites(self, tmp_path: Path, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATELINE_SITES", "")
        good = tmp_path / "sites.csv"
        good.write_text("name,lat,lon,country\nCamp A,1,2,NER\n", encoding="utf-8")
        try:
            assert run("add", report, "--sites", good, "--ledger", tmp_path / "a.db").exit_code == 0
            found = site("camp a")
            assert found is not None and found.country == "NER"
        finally:
            use_sites(None)

    def test_a_file_that_is_no_ledger_stays_as_it_is(self, report: Path) -> None:
        result = run("add", report, "--ledger", report)
        assert result.exit_code == 2
        assert "is not a ledger" in result.stderr
        assert report.read_text(encoding="utf-8") == TEXT


class TestListings:
    @pytest.mark.parametrize("name", ["claims", "documents", "presence", "events", "issues", "rebuild"])
    def test_missing_ledger(self, name: str, tmp_path: Path) -> None:
        result = run(name, "--ledger", tmp_path / "none.db")
        assert result.exit_code == 2
        assert "there is no ledger at" in result.stderr
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("name", ["claims", "documents", "presence", "events", "issues"])
    @pytest.mark.parametrize("form", ["table", "csv", "jsonl"])
    def test_every_listing_in_every_format(self, name: str, form: str, ledger: Path) -> None:
        with Ledger(ledger) as open_ledger:
            rows = getattr(open_ledger, name)()
        result = run(name, "--ledger", ledger, "--format", form)
        assert (result.exit_code, result.stderr) == (0, "")
        if form == "jsonl":
            assert lines(result) == json.loads(json.dumps(rows.to_dicts()))
        elif form == "csv":
            assert len(list(csv.DictReader(io.StringIO(result.stdout)))) == len(rows)
        else:
            assert f"{name}: {len(rows)}" in result.stdout

    @pytest.mark.parametrize(
        ("arguments", "count"),
        [
            (("--kind", "presence", "--host", "Niger"), 1),
            (("--host", "mli", "--actor", "Russia"), 1),
            (("--stance", "planned"), 1),
            (("--source", "Touré", "--recipient", "Mali"), 1),
            (("--place", "Niger", "--text", "russian"), 1),
            (("--since", "2024-05-04", "--until", "2024-05-04"), 2),
            (("--since", "2024-05-05"), 0),
            (("--limit", "1"), 1),
        ],
    )
    def test_claim_filters(self, arguments: tuple[str, ...], count: int, ledger: Path) -> None:
        assert len(lines(run("claims", *arguments, "--ledger", ledger, "--format", "jsonl"))) == count

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (("--host", "Nigr"), "did you mean Niger"),
            (("--since", "2024-13-01"), "is no date"),
            (("--until", "May"), "is no date"),
            (("--kind", "invasion"), "invasion"),
            (("--stance", "sure"), "sure"),
            (("--limit", "0"), "limit"),
            (("--format", "xml"), "xml"),
        ],
    )
    def test_wrong_filters(self, arguments: tuple[str, ...], told: str, ledger: Path) -> None:
        result = run("claims", *arguments, "--ledger", ledger)
        assert result.exit_code == 2
        assert told in result.stderr

    def test_plans_stand_apart(self, ledger: Path) -> None:
        result = run("presence", "--host", "NER", "--ledger", ledger)
        assert "planned 60" in result.stdout
        (row,) = lines(run("presence", "--host", "NER", "--ledger", ledger, "--format", "jsonl"))
        assert (row["status"], row["low"], row["high"]) == ("planned", None, None)

    def test_a_cut_table_says_so(self, ledger: Path) -> None:
        assert "1 of 2 shown" in run("claims", "--limit", "1", "--ledger", ledger).stdout


class TestUntrusted:
    @pytest.mark.parametrize("name", ["claims", "documents"])
    def test_terminal_sees_no_control_characters(self, name: str, ledger: Path) -> None:
        shown = run(name, "--ledger", ledger).stdout
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert name == "claims" or "\\x1b[31m" in shown
        assert name == "claims" or "[bold red]title[/]" in shown

    def test_show_sees_none_either(self, ledger: Path) -> None:
        (document,) = lines(run("documents", "--ledger", ledger, "--format", "jsonl"))
        shown = run("show", str(document["id"]), "--ledger", ledger).stdout
        assert "\x1b" not in shown and "\u202e" not in shown
        assert "[bold red]title[/]" in shown

    def test_refusals_are_safe_on_the_terminal(self, tmp_path: Path) -> None:
        path = tmp_path / "bad\x1b[2J.txt"
        path.touch()
        result = run("add", path, "--ledger", tmp_path / "a.db")
        assert "\x1b" not in result.stderr
        assert "\\x1b[2J" in result.stderr

    @pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
    def test_spreadsheets_run_no_formula(self, start: str, tmp_path: Path) -> None:
        path = tmp_path / "a.db"
        with Ledger(path) as ledger:
            ledger.add_text(TEXT, outlet=start, title=start)
        for name in ("documents", "claims"):
            table = run(name, "--ledger", path, "--format", "csv").stdout
            row = next(csv.DictReader(io.StringIO(table, newline="")))
            assert [value for value in row.values() if value.startswith(("=", "+", "-", "@", "\t"))] == []
            assert f"'{start.strip()}" in row.values()

    def test_json_is_clean_utf_8(self, ledger: Path) -> None:
        output = run("claims", "--ledger", ledger, "--format", "jsonl").stdout_bytes
        assert "Touré".encode() in output
        assert b"\x1b" not in output
        for line in output.decode("utf-8").splitlines():
            assert json.loads(line)["document"]["outlet"] == HOSTILE


class TestShow:
    def test_claim(self, ledger: Path) -> None:
        first = lines(run("claims", "--host", "MLI", "--ledger", ledger, "--format", "jsonl"))[0]
        shown = run("show", str(first["id"])[:14], "--ledger", ledger).stdout
        assert "«400 Russian soldiers are in Mali»" in shown
        assert "An army general" not in shown
        assert "Ibrahim Touré via AFP" in shown
        assert "named before soldiers" in shown
        assert "not said" in shown
        assert json.loads(run("show", str(first["id"]), "--json", "--ledger", ledger).stdout) == first

    def test_document_presence_and_event(self, ledger: Path) -> None:
        for name in ("documents", "presence", "events"):
            for record in lines(run(name, "--ledger", ledger, "--format", "jsonl")):
                result = run("show", str(record["id"]), "--ledger", ledger)
                assert result.exit_code == 0, result.output
                assert str(record["id"]) in result.stdout
                assert "Russian soldiers" in result.stdout

    @pytest.mark.parametrize(("key", "told"), [("claim-", "beginning of claim-"), ("zzz", "not known"), ("", "not")])
    def test_unknown(self, key: str, told: str, ledger: Path) -> None:
        result = run("show", key, "--ledger", ledger)
        assert result.exit_code == 2
        assert told in result.stderr


class TestRead:
    def test_claims_on_standard_output_issues_on_the_other(self, tmp_path: Path, report: Path) -> None:
        report.write_text(TEXT + " ???", encoding="utf-8")
        result = run("read", report, "--published", "2024-05-04")
        assert [line["kind"] for line in lines(result)] == ["presence", "presence"]
        assert result.stderr.strip().endswith("unclear: cannot tell")
        assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]

    def test_refused(self, tmp_path: Path) -> None:
        result = run("read", tmp_path / "none.txt")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "no such file" in result.stderr

    def test_unsupported_language_is_refused(self, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def described(item: Document, hints: object) -> tuple[Document, tuple[Issue, ...]]:
            return identified(item), (Issue("unsupported_language", "language sw: dateline reads en"),)

        monkeypatch.setattr(pipeline, "_described", described)
        result = run("read", report)
        assert result.exit_code == 1
        assert "dateline reads en" in result.stderr


def test_rebuild(ledger: Path) -> None:
    result = run("rebuild", "--ledger", ledger)
    assert result.stdout.startswith("1 origin, 2 presences, 1 event, 0 disputes")


def test_help_and_version() -> None:
    assert run("--version").stdout.startswith("dateline ")
    assert run().exit_code == 2
    commands = (
        *("add", "read", "import", "rebuild", "claims", "documents", "presence", "events", "origins", "disputes"),
        *("issues", "show", "log"),
    )
    for name in commands:
        result = run(name, "--help")
        assert result.exit_code == 0
        assert f"dateline {name} " in result.stdout


def test_a_closed_pipe_is_no_error(tmp_path: Path, report: Path) -> None:
    report.write_text(TEXT * 3000, encoding="utf-8")
    with Ledger(tmp_path / "a.db") as ledger:
        ledger.add(report)
    process = subprocess.Popen(
        [sys.executable, "-m", "dateline", "claims", "--ledger", tmp_path / "a.db", "--format", "jsonl"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.readline().startswith(b"{")
    process.stdout.close()
    assert process.stderr.read() == b""
    process.wait(30)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_and_is_no_refusal(ledger: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dateline", "claims", "--ledger", ledger],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "dateline: the output could not be written: no space left on device\n"
