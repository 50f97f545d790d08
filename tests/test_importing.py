"""Importing into a ledger: the command, what it keeps, and that it changes nothing the second time."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

import fakes
from dateline.cli import importing
from dateline.ledger import Ledger
from ledgers import KEPT, rows, whole


def fact(number: int, text: str, **other: Any) -> dict[str, Any]:
    claim = {"claim_id": f"q7.c{number}", "paraphrase": text, "event_type": "presence", "status": "asserted"}
    claim |= {"actor": "French forces", "actor_country": "FRA", "target": "Mali", "target_country": "MLI"}
    claim |= {"place": "Mali", "quantity": {"low": 900, "high": 900, "unit": "personnel"}, "event_time": None}
    return claim | {"source": "Daily Post", "source_type": "outlet", "via": ["Daily Post"]} | other


def sheet(*claims: dict[str, Any], name: str = "q7") -> bytes:
    report = {"id": name, "outlet": "Daily Post", "published": "2031-03-08", "claims": list(claims)}
    return json.dumps(report).encode() + b"\n"


ONE = sheet(fact(1, "About 900 French soldiers are in Mali."))


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    app = typer.Typer()
    app.command("nothing")(lambda: None)
    importing.register(app)
    return CliRunner().invoke(app, ["import", *map(str, arguments)], input=stdin)


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    monkeypatch.delenv("DATELINE_LEDGER", raising=False)
    monkeypatch.delenv("DATELINE_SITES", raising=False)


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    path = tmp_path / "claims.jsonl"
    path.write_bytes(ONE)
    return path


def test_claims_are_kept_with_their_ids_elsewhere(claims: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "a.db"
    result = run(claims, "--ledger", ledger)
    assert (result.exit_code, result.stdout) == (0, f"1 new, 0 known, 0 refused; 1 claims, 0 issues → {ledger}\n")
    with Ledger(ledger) as kept:
        (claim,) = kept.claims()
        (document,) = kept.documents()
        assert kept.external_ids(claim.id) == ("q7.c1",)
        assert kept.external_ids(document.id) == ("q7",)
        assert kept.show("q7.c1") == claim
        assert [run.extractor for run in kept.runs()] == ["import"]
        (presence,) = kept.presence()
        assert (presence.force_country, presence.host, presence.low) == ("FRA", "MLI", 900)
    assert whole(ledger) == []


def test_importing_twice_changes_nothing(claims: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "a.db"
    run(claims, "--ledger", ledger)
    before = rows(ledger, *KEPT, "entries")
    again = run(claims, claims, "--ledger", ledger)
    assert again.stdout.startswith("0 new, 2 known, 0 refused; 0 claims, 0 issues")
    assert rows(ledger, *KEPT, "entries") == before


def test_what_is_refused_is_told_and_the_rest_is_kept(tmp_path: Path) -> None:
    ledger = tmp_path / "a.db"
    result = run("-", "--ledger", ledger, stdin=ONE + b"{broken\n" + sheet(fact(2, "None are there."), name="q8"))
    assert result.exit_code == 1
    assert result.stdout.startswith("2 new, 0 known, 1 refused; 2 claims, 1 issues")
    assert "-: bad_line: line 2: not JSON" in result.stderr
    with Ledger(ledger) as kept:
        assert [issue.code for issue in kept.issues()] == ["bad_line"]


@pytest.mark.parametrize("path", ["missing.jsonl", "/dev/null"])
def test_a_file_that_cannot_be_read_is_refused(path: str, tmp_path: Path) -> None:
    result = run(path, "--ledger", tmp_path / "a.db")
    assert result.exit_code == 1
    assert "unreadable" in result.stderr


def test_a_folder_of_files(claims: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    claims.rename(tmp_path / "in" / "a.jsonl")
    (tmp_path / "in" / "b.jsonl").write_bytes(sheet(fact(2, "None are there."), name="q8"))
    result = run(tmp_path / "in", "--ledger", tmp_path / "a.db")
    assert result.stdout.startswith("2 new")


def test_claims_of_another_ledger_come_to_the_texts_that_this_one_has(tmp_path: Path) -> None:
    text = "An army general spoke. 400 Russian soldiers are in Mali. 60 Russian soldiers will go to Niger."
    with Ledger(tmp_path / "theirs.db") as theirs:
        theirs.add_text(text, published="2031-03-08")
        lines = [json.dumps(record) for record in theirs.claims().to_dicts()]
    given = tmp_path / "claims.jsonl"
    given.write_text("\n".join(lines), encoding="utf-8")
    with Ledger(tmp_path / "ours.db") as ours:
        ours.add_text(text, published="2031-03-08")
        own = {claim.id for claim in ours.claims()}
        summary = ours.import_claims(given)
        assert (summary.reread, summary.claims) == (1, len(lines))
        found = list(ours.claims())
        assert own < {claim.id for claim in found} and len(found) == len(own) + len(lines)
        assert len(ours.documents()) == 1
        assert all(text[p.start : p.end] == p.exact for claim in found for p in claim.evidence)
        assert ours.import_claims(given).known == 1
        more = json.loads(lines[0]) | {"id": "claim-more", "stance": "denied"}
        (tmp_path / "more.jsonl").write_text(json.dumps(more), encoding="utf-8")
        assert ours.import_claims(tmp_path / "more.jsonl").claims == 1
        assert len(ours.claims()) == len(own) + len(lines) + 1


def test_imported_claims_stay_when_a_report_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "An army general spoke. 400 Russian soldiers are in Mali. 60 Russian soldiers will go to Niger."
    with Ledger(tmp_path / "a.db") as ledger:
        ledger.add_text(text, published="2031-03-08")
        given = json.loads(json.dumps(ledger.claims().to_dicts()[0])) | {"id": "theirs", "stance": "denied"}
        (tmp_path / "given.jsonl").write_text(json.dumps(given), encoding="utf-8")
        ledger.import_claims(tmp_path / "given.jsonl")
        before = {claim.id for claim in ledger.claims()}
        fakes.install(monkeypatch, run=replace(fakes.RUN, id="run-newer", extractor="fake 2"))
        ledger.add_text(text, published="2031-03-08")
        assert {claim.id for claim in ledger.claims()} == before
        ledger.rebuild()
        assert len(ledger.runs()) == 3
