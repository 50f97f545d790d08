"""What we ship and what it rests on: data files known by their hashes, licences, known weaknesses."""

from __future__ import annotations

import json
import mmap
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import audit
import hash_data
import licences
import release_files
from dateline.lexicon import gazetteer
from dateline.lexicon.intact import DamagedDataError, checked, released

ROOT = Path(__file__).resolve().parent.parent


def bill(*stated: dict[str, Any], name: str = "made-up") -> dict[str, Any]:
    return {"components": [{"name": name, "version": "1", "licenses": list(stated)}]}


def test_the_list_of_data_files_is_that_of_the_files() -> None:
    assert "".join(f"{digest}  {name}\n" for name, digest in released().items()) == hash_data.listed()


def test_every_large_data_file_is_listed() -> None:
    data = ROOT / "src" / "dateline"
    models = [path.relative_to(data).as_posix() for path in data.rglob("*.onnx")]
    assert {*models, "lexicon/gazetteer.tsv"} <= set(released())


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data[:99] + b"\x00" + data[100:]])
def test_a_changed_data_file_is_told(change: Any) -> None:
    data = (ROOT / "src" / "dateline" / "kinds" / "labels.json").read_bytes()
    checked("kinds/labels.json", data)
    with pytest.raises(DamagedDataError, match=r"labels\.json is damaged or was changed.*reinstall"):
        checked("kinds/labels.json", change(data))


def test_a_file_that_was_never_released_is_refused() -> None:
    with pytest.raises(DamagedDataError, match="not among the data files"):
        checked("kinds/other.onnx", b"")


def test_a_damaged_gazetteer_answers_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = (ROOT / "src" / "dateline" / "lexicon" / "gazetteer.tsv").read_bytes()
    damaged = tmp_path / "gazetteer.tsv"
    damaged.write_bytes(real.replace(b"Niamey", b"Niamoy", 1))
    with damaged.open("rb") as stream, pytest.raises(DamagedDataError):
        checked("lexicon/gazetteer.tsv", mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))

    def refusing(name: str, _data: object) -> None:
        raise DamagedDataError(name)

    monkeypatch.setattr(gazetteer, "checked", refusing)
    gazetteer._table.cache_clear()
    try:
        with pytest.raises(DamagedDataError):
            gazetteer._table()
    finally:
        monkeypatch.undo()
        gazetteer._table.cache_clear()


def test_a_damaged_model_ends_a_command_with_one_line(tmp_path: Path) -> None:
    code = (
        "import dateline.lexicon.intact as i, sys, dateline.cli\n"
        "i.released()['kinds/labels.json'] = '0' * 64\n"
        "sys.argv = ['dateline', 'read', sys.argv[1]]\n"
        "dateline.cli.main()\n"
    )
    report = tmp_path / "report.txt"
    report.write_text("Russian soldiers arrived in Niger on Monday, the army said.\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", code, str(report)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("dateline: kinds/labels.json is damaged") and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("stated", "usable"),
    [
        ([{"license": {"id": "MIT"}}], True),
        ([{"license": {"id": "GPL-3.0-only"}}], False),
        ([{"license": {"id": "AGPL-3.0-or-later"}}], False),
        ([{"license": {"name": "License :: OSI Approved :: GNU General Public License v3 (GPLv3)"}}], False),
        ([{"license": {"id": "LGPL-3.0-only"}}], True),
        (
            [{"license": {"name": "License :: OSI Approved :: GNU Library or Lesser General Public License (LGPL)"}}],
            True,
        ),
        ([{"expression": "MPL-1.1 OR GPL-2.0-only"}], True),
        ([{"expression": "GPL-2.0-only AND MIT"}], False),
        ([{"license": {"id": "GPL-2.0-or-later"}}, {"license": {"name": "Artistic License"}}], True),
        ([], False),
    ],
)
def test_what_a_licence_allows(stated: list[dict[str, Any]], usable: bool) -> None:
    (found,) = licences.components(bill(*stated))
    assert found.may_be_used is usable


def test_a_licence_that_a_person_read_counts_where_none_is_stated() -> None:
    (found,) = licences.components(bill(name="pypdfium2"))
    assert found.licences == ("Apache-2.0", "BSD-3-Clause") and found.may_be_used


def test_nothing_we_install_is_under_the_gpl(tmp_path: Path) -> None:
    made = tmp_path / "bill.json"
    release_files.bill_of(Path(sys.executable), made)
    found = licences.components(json.loads(made.read_text(encoding="utf-8")))
    assert len(found) > 50 and {"spacy", "SQLAlchemy"} <= {one.name for one in found}
    assert [one for one in found if not one.may_be_used] == []
    assert str(ROOT) not in made.read_text(encoding="utf-8")


def test_a_known_weakness_fails_the_audit_and_a_closed_network_does_not() -> None:
    weak = {"name": "made-up", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
    assert audit.report("run.txt", [weak], "") == (
        1,
        "made-up 1: PYSEC-1, mended in 2\nrun.txt: 1 of 1 packages looked up, 1 known weaknesses",
    )
    assert audit.report("run.txt", [{"name": "made-up", "version": "1", "vulns": []}], "")[0] == 0
    status, line = audit.report("run.txt", [{"name": "made-up", "skip_reason": "not found"}], "")
    assert status == 0 and "not audited" in line
    assert audit.report("run.txt", [], "requests.exceptions.ConnectionError: refused")[0] == 0
    assert audit.report("run.txt", [], "error: invalid requirement")[0] == 2


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").touch()
    assert not release_files.emptied(tmp_path)
    assert (tmp_path / "thesis.doc").exists()
    ours = tmp_path / "dist"
    assert release_files.emptied(ours)
    (ours / "a.whl").write_bytes(b"a")
    (ours / "SHA256SUMS").write_text(release_files.sums(ours), encoding="ascii")
    assert release_files.emptied(ours) and not list(ours.iterdir())
