"""Checking: a change of one byte anywhere is found, and so is a forgery that fits its own hashes."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from dateline.cli.app import app
from dateline.export.blurring import Blur
from dateline.export.folder import Folder
from dateline.export.redaction import Redaction
from dateline.export.seals import seal_of
from dateline.ledger import Ledger
from dateline.releases import Order, manifest, write_release
from told_ledger import hostile_ledger, told_ledger

KEYS = st.sampled_from(["dateline_release", "dossier", "files", "log", "counts", "name", "filters", "blur", "state"])
ANYTHING = st.binary(max_size=300) | st.recursive(
    st.none() | st.integers(0, 2) | st.text(max_size=5), lambda held: st.lists(held) | st.dictionaries(KEYS, held)
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger, a release of it (one), the same packed (one.zip), an export and a dossier."""
    root = tmp_path_factory.mktemp("kept")
    ledger = told_ledger(root / "told.db")
    with Ledger(ledger) as open_ledger:
        write_release(open_ledger, Order("one"), root)
        write_release(open_ledger, Order("packed", packed=True, first=True), root)
    assert run("export", "--format", "csv", "--out", root / "claims.csv", "--ledger", ledger).exit_code == 0
    assert run("dossier", "--host", "NER", "--out", root / "niger", "--ledger", ledger).exit_code == 0
    return root


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def verify(path: Path, ledger: Path | None = None) -> Result:
    return run("verify", path, *(() if ledger is None else ("--ledger", ledger)))


def forged(release: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change a file of a release, and its manifest and sums so that all fits."""
    (release / name).write_bytes(change((release / name).read_bytes()))
    about = json.loads((release / "manifest.json").read_bytes())
    for own in ("manifest.json", "SHA256SUMS"):
        (release / own).unlink()
    folder = Folder(release)
    given = {key: value for key, value in about.items() if key not in ("content", "hash", manifest.KIND)}
    folder.seal(manifest.coded(manifest.sealed(given | {"files": folder.files()})))


@pytest.mark.parametrize("name", ["one", "packed.zip", "claims.csv", "claims.csv.about.json", "niger"])
def test_what_was_not_touched_is_sound_and_what_the_ledger_says(kept: Path, name: str) -> None:
    alone = verify(kept / name)
    assert alone.exit_code == 0 and "sound in itself" in alone.stdout
    result = verify(kept / name, kept / "told.db")
    assert (result.exit_code, "DIFFERS" in result.stdout) == (0, False), result.output
    assert f"is what {kept / 'told.db'} says" in result.stdout


@QUICK
@given(st.data())
@pytest.mark.parametrize("name", ["one", "niger"])
def test_a_change_of_one_byte_anywhere_is_found(kept: Path, name: str, data: st.DataObject) -> None:
    files = [path for path in sorted((kept / name).rglob("*")) if path.is_file() and path.stat().st_size]
    path = data.draw(st.sampled_from(files))
    before = path.read_bytes()
    at = data.draw(st.integers(0, len(before) - 1))
    bit = data.draw(st.integers(0, 7))
    try:
        path.write_bytes(before[:at] + bytes([before[at] ^ (1 << bit)]) + before[at + 1 :])
        assert verify(kept / name).exit_code in (1, 2)
    finally:
        path.write_bytes(before)


@QUICK
@given(st.data())
@pytest.mark.parametrize("name", ["packed.zip", "claims.csv", "claims.csv.about.json"])
def test_a_change_of_one_byte_of_a_file_is_found(kept: Path, name: str, data: st.DataObject) -> None:
    path = kept / name
    before = path.read_bytes()
    at, bit = data.draw(st.integers(0, len(before) - 1)), data.draw(st.integers(0, 7))
    try:
        path.write_bytes(before[:at] + bytes([before[at] ^ (1 << bit)]) + before[at + 1 :])
        assert verify(path).exit_code in (1, 2)
    finally:
        path.write_bytes(before)


def test_missing_and_extra_files_and_links_are_named(kept: Path, tmp_path: Path) -> None:
    copy = tmp_path / "one"
    shutil.copytree(kept / "one", copy)
    (copy / "origins.jsonl").unlink()
    (copy / "more.txt").write_text("more")
    (copy / "events.jsonl").unlink()
    (copy / "events.jsonl").symlink_to(kept / "one" / "events.jsonl")
    told = verify(copy).stdout
    assert "origins.jsonl is missing" in told
    assert "more.txt is not of it" in told
    assert "events.jsonl was changed" in told


def test_a_forged_quotation_is_found_in_itself(kept: Path, tmp_path: Path) -> None:
    shutil.copytree(kept / "one", tmp_path / "one")
    forged(tmp_path / "one", "claims.jsonl", lambda data: data.replace(b'"exact": "1. ', b'"exact": "7. ', 1))
    result = verify(tmp_path / "one")
    assert result.exit_code == 1
    assert "does not stand at" in result.stdout


def test_a_forged_text_is_found_by_the_id_of_its_document(kept: Path, tmp_path: Path) -> None:
    shutil.copytree(kept / "one", tmp_path / "one")
    forged(tmp_path / "one", "documents.jsonl", lambda data: data.replace(b"Sahel Daily", b"Sahel Dolly", 1))
    result = verify(tmp_path / "one")
    assert result.exit_code == 1
    assert "its id is not the hash" in result.stdout


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        (
            "claims.jsonl",
            (b'"stance": "denied"', b'"stance": "asserted"'),
            'stance is "asserted", in the ledger "denied"',
        ),
        ("claims.jsonl", (b'"low": 60.0', b'"low": 6000.0'), "quantity.low is 6000.0, in the ledger 60.0"),
        ("events.jsonl", (b'"stage": "done"', b'"stage": "begun"'), "stage"),
        ("presences.jsonl", (b'"status": "left"', b'"status": "present"'), "status"),
        ("judgements.jsonl", (b"Anna", b"Bert"), "analyst"),
    ],
)
def test_a_forgery_that_fits_its_hashes_is_found_in_the_ledger(
    kept: Path, tmp_path: Path, name: str, change: tuple[bytes, bytes], told: str
) -> None:
    shutil.copytree(kept / "one", tmp_path / "one")

    def altered(data: bytes) -> bytes:
        assert change[0] in data
        return data.replace(*change, 1)

    forged(tmp_path / "one", name, altered)
    assert verify(tmp_path / "one").exit_code == 0
    result = verify(tmp_path / "one", kept / "told.db")
    assert result.exit_code == 1
    assert told in result.stdout


def test_a_record_that_was_taken_out_or_made_up_is_named(kept: Path, tmp_path: Path) -> None:
    shutil.copytree(kept / "one", tmp_path / "one")
    first = json.loads((kept / "one" / "origins.jsonl").read_text().splitlines()[0])["id"]

    def altered(data: bytes) -> bytes:
        rows = data.splitlines(keepends=True)
        return b"".join([*rows[1:], rows[-1].replace(b'{"id": "origin-', b'{"id": "origin-z', 1)])

    forged(tmp_path / "one", "origins.jsonl", altered)
    told = verify(tmp_path / "one", kept / "told.db").stdout
    assert f"{first} is missing from the release" in told
    assert "origin-z" in told and "is not what the ledger gives" in told


def test_a_forged_export_is_found_in_the_ledger(kept: Path, tmp_path: Path) -> None:
    data = (kept / "claims.csv").read_bytes().replace(b"denied", b"asserted", 1)
    (tmp_path / "claims.csv").write_bytes(data)
    about = json.loads((kept / "claims.csv.about.json").read_bytes())
    del about["seal"]
    about["file"] |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    about["seal"] = seal_of(about)
    (tmp_path / "claims.csv.about.json").write_text(json.dumps(about, indent=2) + "\n")
    assert verify(tmp_path / "claims.csv").exit_code == 0
    result = verify(tmp_path / "claims.csv", kept / "told.db")
    assert result.exit_code == 1
    assert "claims.csv is not what the ledger gives, first in line" in result.stdout


def test_a_forged_dossier_is_found_in_the_ledger(kept: Path, tmp_path: Path) -> None:
    copy = tmp_path / "niger"
    shutil.copytree(kept / "niger", copy)
    page = copy / "claims.html"
    page.write_bytes(page.read_bytes().replace(b"denied", b"asserted", 1))
    about = json.loads((copy / "manifest.json").read_bytes())
    for own in ("manifest.json", "SHA256SUMS"):
        (copy / own).unlink()
    Folder(copy).close({key: value for key, value in about.items() if key != "files"})
    assert verify(copy).exit_code == 0
    result = verify(copy, kept / "told.db")
    assert result.exit_code == 1
    assert "claims.html differs from what the ledger gives, first in line" in result.stdout


def test_after_more_was_added_all_is_compared_with_the_ledger_as_it_stood(kept: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "told.db"
    shutil.copy(kept / "told.db", ledger)
    with Ledger(ledger, clock=lambda: "2025-01-01T00:00:00Z") as more:
        found = more.claims(stance="denied")[0].id
        more.judging("Bert").reject(found, reason="later")
        more.disputes()
    for name in ("one", "claims.csv", "niger"):
        result = verify(kept / name, ledger)
        assert result.exit_code == 0, result.stdout
        assert "compared with the ledger as it stood after entry" in result.stdout


def test_a_release_of_an_earlier_day_is_compared_with_that_day(kept: Path, tmp_path: Path) -> None:
    result = run("release", "then", "--as-of", "2024-06-02", "--out", tmp_path, "--ledger", kept / "told.db")
    assert result.exit_code == 0, result.output
    assert json.loads((tmp_path / "then" / "manifest.json").read_bytes())["counts"]["documents"] == 2
    result = verify(tmp_path / "then", kept / "told.db")
    assert result.exit_code == 0, result.stdout


def test_another_ledger_says_something_else_and_is_told_to_be_another(kept: Path, tmp_path: Path) -> None:
    other = told_ledger(tmp_path / "other.db", judged=False)
    result = verify(kept / "one", other)
    assert result.exit_code == 1
    assert "is not the one it was made from" in result.stdout
    assert "judgement-" in result.stdout


def test_other_rules_leave_out_what_is_derived(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline import reconcile

    monkeypatch.setattr(reconcile, "VERSION", "next")
    result = verify(kept / "one", kept / "told.db")
    monkeypatch.undo()
    with Ledger(kept / "told.db") as again:
        again.rebuild()
    assert result.exit_code == 0, result.stdout
    assert "what is derived was not compared" in result.stdout
    assert "events" not in result.stdout


@pytest.mark.parametrize("redaction", [Redaction(blur=Blur.COUNTRY), Redaction(text=False), Redaction(anonymous=False)])
def test_a_redacted_release_is_compared_as_it_was_redacted(kept: Path, tmp_path: Path, redaction: Redaction) -> None:
    with Ledger(kept / "told.db") as ledger:
        write_release(ledger, Order("less", redaction=redaction), tmp_path)
    result = verify(tmp_path / "less", kept / "told.db")
    assert result.exit_code == 0, result.stdout


def test_hostile_reports_are_released_and_verified(tmp_path: Path) -> None:
    ledger = hostile_ledger(tmp_path / "hostile.db")
    with Ledger(ledger) as open_ledger:
        write_release(open_ledger, Order("one", packed=True), tmp_path)
    result = verify(tmp_path / "one.zip", ledger)
    assert result.exit_code == 0, result.stdout
    assert "\x1b" not in result.stdout


def packed(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"../evil.txt": b"x"}, "holds a file with the name"),
        ({"/etc/passwd": b"x"}, "holds a file with the name"),
        ({"a/../../b": b"x"}, "holds a file with the name"),
        ({"a\\b": b"x"}, "name"),
        ({"one/a.txt": b"x", "two/b.txt": b"x"}, "several folders"),
        ({"a.txt": b"x"}, "not in one folder"),
        ({"one/zeros.jsonl": bytes(30_000_000)}, "a bomb"),
        ({}, "0 files"),
        ({"one/a.txt": b"x"}, "no manifest"),
        ({"one/manifest.json": b"[" * 100_000}, "manifest"),
        ({"one/manifest.json": b"{}"}, "is no release"),
        ({"one/manifest.json": b'{"dateline_release": 99}'}, "of layout 99"),
        ({"one/manifest.json": b'{"dateline_release": 1}'}, "says nothing that can be read"),
        ({"one/manifest.json": b'{"dossier": 1}'}, "no manifest of a dossier"),
    ],
)
def test_packed_files_that_are_no_release_are_refused(tmp_path: Path, files: dict[str, bytes], told: str) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    result = verify(packed(inside / "x.zip", files))
    assert result.exit_code == 2
    assert told in result.output
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["inside", "x.zip"]


def test_a_packed_release_with_something_hidden_in_it_is_found(kept: Path, tmp_path: Path) -> None:
    data = (kept / "packed.zip").read_bytes()
    (tmp_path / "packed.zip").write_bytes(b"hidden" + data)
    result = verify(tmp_path / "packed.zip")
    assert result.exit_code == 1
    assert "packed otherwise" in result.stdout


@settings(max_examples=150, deadline=None)
@given(ANYTHING)
def test_any_manifest_is_told_to_be_none(tmp_path_factory: pytest.TempPathFactory, told: Any) -> None:
    folder = tmp_path_factory.mktemp("any")
    data = told if isinstance(told, bytes) else json.dumps(told).encode()
    (folder / "manifest.json").write_bytes(data)
    assert verify(folder).exit_code in (1, 2)


@pytest.mark.parametrize("path", ["nothing", "told.db"])
def test_what_is_no_release_is_said_to_be_none(kept: Path, path: str) -> None:
    result = verify(kept / path)
    assert result.exit_code == 2
    assert result.output.startswith("dateline: ")


def test_a_missing_ledger_is_told(kept: Path, tmp_path: Path) -> None:
    result = verify(kept / "one", tmp_path / "none.db")
    assert result.exit_code == 2
    assert "there is no ledger" in result.output


def test_what_a_command_tells(tmp_path: Path) -> None:
    ledger = told_ledger(tmp_path / "told.db", judged=False)
    one = run("release", "one", "--out", tmp_path / "out", "--ledger", ledger)
    assert one.exit_code == 0
    assert one.stdout.splitlines()[0].startswith("4 documents, 8 claims, ")
    two = run("release", "two", "--out", tmp_path / "out", "--ledger", ledger)
    assert "since one: nothing changed" in two.stdout
    assert run("release", "one", "--out", tmp_path / "out", "--ledger", ledger).exit_code == 2
    none = run("release", "none", "--host", "FRA", "--out", tmp_path / "out", "--ledger", ledger)
    assert none.exit_code == 1 and "0 claims" in none.stdout
    bad = run("release", "bad", "--blur", "street", "--out", tmp_path / "out", "--ledger", ledger)
    assert bad.exit_code == 2
