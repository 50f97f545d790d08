"""Releases: the same ledger gives the same bytes, nothing is written over or by halves, differences and deletions."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.export.blurring import Blur
from dateline.export.redaction import Redaction
from dateline.ledger import Ledger
from dateline.model import Notice, PubStatus, Run
from dateline.releases import Order, Released, ReleaseError, write_release, writing
from dateline.releases.comparing import changes, differences
from dateline.store import Writer, open_store
from told_ledger import RUN, reports, told_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return told_ledger(tmp_path / "told.db", judged=False)


def released(ledger: Path, folder: Path, name: str, at: str = "2024-07-01T12:00:00Z", **order: Any) -> Released:
    with Ledger(ledger, clock=lambda: at) as kept:
        return write_release(kept, Order(name, **order), folder)


def lines(path: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(told) for told in (path / name).read_text(encoding="utf-8").splitlines()]


def deletions(path: Path) -> dict[str, dict[str, str]]:
    with (path / "deleted.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def add(ledger: Path, number: int, *, run: Run = RUN, **changed: Any) -> None:
    """Add one of the reports (0 to 3), its claims changed."""
    document, claims = reports()[number]
    store = open_store(ledger, create=True)
    found = [replace(one, id=f"{one.id[:-2]}{at:02}", **changed) for at, one in enumerate(claims)]
    Writer(store).add(document, found, (), run=run, at="2024-06-20T08:00:00.000000Z")
    store.close()


def test_a_release_holds_all_records_in_order_of_id(ledger: Path, tmp_path: Path) -> None:
    found = released(ledger, tmp_path / "out", "one")
    assert found.path == tmp_path / "out" / "one"
    for kind, count in found.manifest["counts"].items():
        ids = [one["id"] for one in lines(found.path, f"{kind}.jsonl")]
        assert ids == sorted(set(ids)) and len(ids) == count
    with Ledger(ledger) as kept:
        claims = {one["id"]: one for one in kept.claims().to_dicts()}
        assert {one["id"]: one for one in lines(found.path, "claims.jsonl")} == claims
        assert {one["id"]: one["text"] for one in lines(found.path, "documents.jsonl")} == {
            one.id: one.text for one in kept.documents()
        }
        assert [one["id"] for one in lines(found.path, "presences.jsonl")] == sorted(one.id for one in kept.presence())


def test_the_same_ledger_and_name_give_the_same_bytes_but_for_the_moment(ledger: Path, tmp_path: Path) -> None:
    one = released(ledger, tmp_path / "a", "one", "2024-07-01T12:00:00Z").path
    two = released(ledger, tmp_path / "b", "one", "2025-01-01T00:00:00Z").path
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in two.iterdir())
    differ = [name for name in names if (one / name).read_bytes() != (two / name).read_bytes()]
    assert differ == ["SHA256SUMS", "manifest.json"]
    old, new = (json.loads((path / "manifest.json").read_bytes()) for path in (one, two))
    assert [key for key in old if old[key] != new[key]] == ["released_at", "hash"]


@pytest.mark.parametrize("packed", [False, True])
def test_nothing_is_written_over(ledger: Path, tmp_path: Path, packed: bool) -> None:
    first = released(ledger, tmp_path / "out", "one", packed=packed).path
    before = first.read_bytes() if packed else (first / "manifest.json").read_bytes()
    for again in (False, True):
        with pytest.raises(ReleaseError, match="there already"):
            released(ledger, tmp_path / "out", "one", packed=again)
    assert (first.read_bytes() if packed else (first / "manifest.json").read_bytes()) == before


@pytest.mark.parametrize(
    "name",
    ["../x", "a/b", "", ".", "..", ".hidden", "a b", "x" * 101, "con", "NUL.1", "a\0", "a\n", "é", "x.zip", "a."],
)
def test_names_lead_nowhere_else(ledger: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(ReleaseError, match="cannot be the name"):
        released(ledger, tmp_path / "out", name)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("packed", [False, True])
def test_a_release_that_fails_leaves_nothing(
    ledger: Path, tmp_path: Path, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(writing.manifests, "sealed", fail)
    with pytest.raises(ReleaseError, match="the disk is full"):
        released(ledger, tmp_path / "out", "one", packed=packed)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_second_release_tells_what_is_new_changed_and_gone(ledger: Path, tmp_path: Path) -> None:
    one = released(ledger, tmp_path / "out", "one")
    with Ledger(ledger, clock=lambda: "2024-06-15T00:00:00Z") as kept:
        alleged = kept.claims(stance="alleged")[0].id
        kept.judging("Anna").reject(alleged, reason="a rumour")
    two = released(ledger, tmp_path / "out", "two")
    assert two.manifest["previous"] == {"name": "one", "number": 1, "content": one.manifest["content"]}
    assert two.manifest["number"] == 2
    told = lines(two.path, "changes.jsonl")
    assert {one["kind"] for one in told} >= {"judgements", "events"}
    assert not [one for one in told if one["kind"] in ("claims", "documents")]
    counted = {kind: some for kind, some in two.manifest["changes"].items() if any(some.values())}
    assert sum(sum(some.values()) for some in counted.values()) == len(told)
    gone = deletions(two.path)
    assert gone[alleged]["reason"] == "rejected" and gone[alleged]["deleted_at"] == "2024-06-15T00:00:00.000000Z"
    assert gone[alleged]["by"] == lines(two.path, "judgements.jsonl")[0]["id"]
    assert alleged in {one["id"] for one in lines(two.path, "claims.jsonl")}
    events = [row for row in gone.values() if row["what"] == "events"]
    assert [row["reason"] for row in events] == ["rejected"]


def test_claims_of_an_older_reading_are_superseded(ledger: Path, tmp_path: Path) -> None:
    released(ledger, tmp_path / "out", "one")
    old = {one.id for one in reports()[3][1]}
    add(ledger, 3, run=Run("run-newer", "made again", "no model", "3.11", "none"))
    two = released(ledger, tmp_path / "out", "two")
    gone = deletions(two.path)
    assert {key for key, row in gone.items() if row["what"] == "claims"} == old
    assert {gone[key]["reason"] for key in old} == {"superseded"}
    events = [row for row in gone.values() if row["what"] == "events"]
    assert {row["reason"] for row in events} == {"underived"}
    three = released(ledger, tmp_path / "out", "three")
    assert deletions(three.path) == gone


def test_events_that_are_put_together_are_merged_into_the_new_one(ledger: Path, tmp_path: Path) -> None:
    one = released(ledger, tmp_path / "out", "one")
    events = [row for row in lines(one.path, "events.jsonl") if row["kind"] == "withdrawal"]
    assert len(events) == 2
    with Ledger(ledger, clock=lambda: "2024-06-15T00:00:00Z") as kept:
        kept.judging("Anna").merge(*(row["id"] for row in events), reason="one withdrawal")
    two = released(ledger, tmp_path / "out", "two")
    (new,) = [row for row in lines(two.path, "events.jsonl") if row["kind"] == "withdrawal"]
    gone = deletions(two.path)
    assert {key: (row["reason"], row["into"]) for key, row in gone.items() if row["what"] == "events"} == {
        row["id"]: ("merged", new["id"]) for row in events
    }


def test_what_comes_back_is_off_the_list(ledger: Path, tmp_path: Path) -> None:
    with Ledger(ledger, clock=lambda: "2024-06-15T00:00:00Z") as kept:
        alleged = kept.claims(stance="alleged")[0].id
        made = kept.judging("Anna").reject(alleged, reason="a rumour")
    released(ledger, tmp_path / "out", "one")
    with Ledger(ledger, clock=lambda: "2024-06-16T00:00:00Z") as kept:
        kept.judging("Anna").undo(made.judgements[0].id, reason="no rumour")
    two = released(ledger, tmp_path / "out", "two")
    assert alleged not in deletions(two.path)


def test_releases_of_other_filters_are_a_series_of_their_own(ledger: Path, tmp_path: Path) -> None:
    released(ledger, tmp_path / "out", "all")
    niger = released(ledger, tmp_path / "out", "russians", wanted={"actor": "Russia"})
    assert niger.manifest["previous"] is None
    assert {one["actor"]["country"] for one in lines(niger.path, "claims.jsonl")} == {"RUS"}
    assert niger.manifest["filters"] == {"actor": "Russia"}
    after = released(ledger, tmp_path / "out", "again", after=tmp_path / "out" / "all", wanted={"actor": "Russia"})
    assert after.manifest["previous"]["name"] == "all"
    reasons = {row["reason"] for row in deletions(after.path).values() if row["what"] == "claims"}
    assert reasons == {"filtered"}
    first = released(ledger, tmp_path / "out", "first", first=True)
    assert first.manifest["previous"] is None and lines(first.path, "changes.jsonl") == []


def test_a_release_before_that_was_changed_is_refused(ledger: Path, tmp_path: Path) -> None:
    one = released(ledger, tmp_path / "out", "one").path
    (one / "claims.jsonl").write_bytes((one / "claims.jsonl").read_bytes()[:-1])
    with pytest.raises(ReleaseError, match="not as it was released"):
        released(ledger, tmp_path / "out", "two")


def test_a_packed_release_is_the_same_and_can_be_followed(ledger: Path, tmp_path: Path) -> None:
    folder = released(ledger, tmp_path / "a", "one").path
    packed = released(ledger, tmp_path / "b", "one", packed=True).path
    shutil.unpack_archive(packed, tmp_path / "c")
    names = {path.name for path in folder.iterdir()}
    assert {path.name for path in (tmp_path / "c" / "one").iterdir()} == names
    assert all((folder / name).read_bytes() == (tmp_path / "c" / "one" / name).read_bytes() for name in names)
    two = released(ledger, tmp_path / "b", "two", packed=True)
    assert two.manifest["previous"]["name"] == "one"
    assert not any(sum(some.values()) for some in two.manifest["changes"].values())


def test_a_redacted_release_gives_nothing_away(ledger: Path, tmp_path: Path) -> None:
    found = released(ledger, tmp_path / "out", "one", redaction=Redaction(blur=Blur.COUNTRY))
    assert found.manifest["texts"] is False
    assert "." not in found.manifest["log"]["at"]
    told = b"".join(path.read_bytes() for path in found.path.iterdir())
    assert b"Airbase 101" not in told and b"Air Base 101" not in told


def test_without_texts_claims_keep_their_words(ledger: Path, tmp_path: Path) -> None:
    found = released(ledger, tmp_path / "out", "one", texts=False)
    assert not [one for one in lines(found.path, "documents.jsonl") if "text" in one]
    assert all(one["evidence"][0]["exact"] for one in lines(found.path, "claims.jsonl"))


def test_differences_are_told_by_field() -> None:
    before = {"a": {"low": 1, "high": None}, "list": [1, {"x": 2}], "old": True}
    after = {"a": {"low": 2, "high": None}, "list": [1, {"x": 3}], "new": 1}
    assert [(one.field, one.before, one.after) for one in differences(before, after)] == [
        ("a.low", 1, 2),
        ("list[1].x", 2, 3),
        ("old", True, None),
        ("new", None, 1),
    ]


def test_one_and_true_are_not_the_same() -> None:
    assert [one.field for one in differences({"x": 1}, {"x": True})] == ["x"]


def test_changes_of_two_states() -> None:
    def line(key: str, value: int) -> tuple[str, bytes]:
        return key, json.dumps({"id": key, "v": value}).encode()

    before = [line("a", 1), line("b", 1), line("c", 1)]
    after = [line("b", 2), line("c", 1), line("d", 1)]
    assert [(one.id, one.change) for one in changes("x", before, after)] == [
        ("a", "gone"),
        ("b", "changed"),
        ("d", "added"),
    ]


def retract(ledger: Path, number: int, status: PubStatus = PubStatus.CANCELED) -> str:
    """The wire takes one of the reports (0 to 3) back; the id of the report."""
    document = reports()[number][0]
    store = open_store(ledger, create=True)
    notice = Notice("", "urn:wire:1", status, version="2", issued="2024-06-21T00:00:00Z", document=document.id)
    Writer(store).notice([notice], at="2024-06-21T08:00:00.000000Z")
    store.close()
    return document.id


def test_a_report_that_was_taken_back_is_retracted_with_its_claims(ledger: Path, tmp_path: Path) -> None:
    released(ledger, tmp_path / "out", "one")
    report = retract(ledger, 3)
    two = released(ledger, tmp_path / "out", "two")
    gone = deletions(two.path)
    assert gone[report]["reason"] == "retracted" and gone[report]["by"].startswith("notice-")
    claims = [row for row in gone.values() if row["what"] == "claims"]
    assert [row["reason"] for row in claims] == ["retracted"]
    assert report not in {one["id"] for one in lines(two.path, "documents.jsonl")}


def test_releases_from_before_and_after_a_retraction_can_both_be_made_again(ledger: Path, tmp_path: Path) -> None:
    one = released(ledger, tmp_path / "out", "one").path
    retract(ledger, 3)
    two = released(ledger, tmp_path / "out", "two").path
    with Ledger(ledger, clock=lambda: "2024-06-30T00:00:00Z") as kept:
        kept.judging("Anna").reject(kept.claims(stance="denied")[0].id, reason="later")
    for path in (one, two):
        result = CliRunner().invoke(app, ["verify", str(path), "--ledger", str(ledger)])
        assert result.exit_code == 0, result.stdout
        assert "as it stood after entry" in result.stdout
