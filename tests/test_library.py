"""The library: one report read, rows that convert, a package that is light."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

import dateline
import fakes
from dateline.model import Issue, as_record
from dateline.results import Rows

TEXT = "400 Russian soldiers are in Mali. ???"


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)


def test_read_text_and_files_alike(tmp_path: Path) -> None:
    path = tmp_path / "a report.txt"
    path.write_text(TEXT, encoding="utf-8")
    for source in (TEXT, path, str(path)):
        report = dateline.read(source, published="2022-01-08", outlet="Post")
        assert report.document is not None
        assert (report.document.outlet, report.document.text) == ("Post", TEXT)
        assert [claim.kind for claim in report.claims] == [dateline.Kind.PRESENCE]
        assert report.claims.to_dicts()[0]["document"]["published"] == "2022-01-08"
        assert [issue.code for issue in report.issues] == ["unclear"]


@pytest.mark.parametrize(("source", "code"), [("no-such-file.txt", "unreadable"), ("", "empty"), ("... ???", "empty")])
def test_what_cannot_be_read_says_why(source: str, code: str) -> None:
    report = dateline.read(source)
    assert (report.refused, report.document, len(report.claims)) == (True, None, 0)
    assert [issue.code for issue in report.issues] == [code]


def test_several_reports_belong_in_a_ledger(tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(fakes.report(number), encoding="utf-8")
    with pytest.raises(ValueError, match="holds 2 reports"):
        dateline.read(tmp_path)


def test_rows_are_a_sequence() -> None:
    rows = Rows("issues", [Issue("a", "b"), Issue("c", "d")], as_record, total=9)
    assert (len(rows), rows.total, rows[1].code, [row.code for row in rows[:1]]) == (2, 9, "c", ["a"])
    assert repr(rows) == "<2 of 9 issues>"


def test_frames_need_pandas_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = dateline.read(TEXT).claims
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="pip install pandas"):
        rows.to_frame()


def test_frames_have_the_columns_of_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    class DataFrame:
        def __init__(self, rows: list[dict[str, object]], columns: list[str]) -> None:
            self.rows, self.columns = rows, columns

    pandas = types.ModuleType("pandas")
    pandas.DataFrame = DataFrame  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pandas", pandas)
    with dateline.Ledger(":memory:") as ledger:
        ledger.add_text(TEXT, published="2022-01-08")
        for rows in (ledger.claims(), ledger.documents(), ledger.presence(), ledger.origins(), ledger.issues()):
            frame = rows.to_frame()
            assert len(frame.rows) == 1  # type: ignore[attr-defined]
            assert set(frame.rows[0]) == set(frame.columns)  # type: ignore[attr-defined]


def test_public_names_are_there_and_no_others() -> None:
    for name in dateline.__all__:
        assert getattr(dateline, name) is not None
    assert set(dateline.__all__) == set(dir(dateline))
    with pytest.raises(AttributeError, match="nothing"):
        dateline.nothing  # noqa: B018


def test_reading_a_ledger_needs_no_parser(tmp_path: Path) -> None:
    with dateline.Ledger(tmp_path / "a.db") as ledger:
        ledger.add_text(TEXT)
    code = (
        "import sys, dateline\n"
        f"with dateline.Ledger({str(tmp_path / 'a.db')!r}) as ledger: ledger.claims(); ledger.presence()\n"
        "print([name for name in ('spacy', 'trafilatura', 'py3langid') if name in sys.modules])"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
