"""`dateline brief` as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.ledger import Ledger

RUN = CliRunner()
DATE = "--date=2024-09-30"


def run(*args: str | Path) -> tuple[int, str]:
    result = RUN.invoke(app, ["brief", *map(str, args)])
    return result.exit_code, result.output


@pytest.mark.parametrize("suffix", [".html", ".md", ".docx", ".json"])
def test_a_brief_is_written(small: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"niger{suffix}"
    status, told = run("--host", "NER", "--out", out, "--ledger", small, DATE, "--lang", "fr")
    assert status == 0 and str(out) in told.replace("\n", "")
    assert out.stat().st_size > 2000
    assert [one.name for one in tmp_path.iterdir()] == [out.name]


def test_nothing_held_is_written_and_told(small: Path, tmp_path: Path) -> None:
    status, told = run("--host", "Peru", "--out", tmp_path / "peru.md", "--ledger", small)
    assert status == 1 and "holds nothing" in told
    assert "holds nothing on this subject" in (tmp_path / "peru.md").read_text()


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--host", "Nigre"], "did you mean Niger (NER)"),
        (["--host", "Atlantis"], "alpha-3 code such as NER"),
        ([], "--host NER"),
        (["--host", "NER", "--since", "2024-06-01", "--until", "2024-05-01"], "the first day is after the last"),
        (["--host", "NER", "--blur", "a lot"], "blur"),
    ],
)
def test_what_cannot_be_asked_is_told(small: Path, tmp_path: Path, args: list[str], told: str) -> None:
    status, said = run(*args, "--out", tmp_path / "x.html", "--ledger", small)
    assert status == 2 and told in " ".join(said.split())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["x.txt", "x"])
def test_a_file_of_no_known_kind_is_told(small: Path, tmp_path: Path, name: str) -> None:
    status, said = run("--host", "NER", "--out", tmp_path / name, "--ledger", small)
    assert status == 2 and ".docx" in said


def test_no_file_and_no_ledger_are_told(tmp_path: Path) -> None:
    assert run("--host", "NER")[0] == 2
    assert run("--host", "NER", "--out", tmp_path / "x.md", "--ledger", tmp_path / "none.db")[0] == 2
    assert not list(tmp_path.iterdir())


def test_the_library_gives_the_same(small: Path) -> None:
    with Ledger(small, clock=lambda: "2024-09-30T12:00:00Z") as ledger:
        brief = ledger.brief("Niger", since="2024-01-01")
        assert brief.made == brief.day == "2024-09-30" and not brief.is_empty
        with pytest.raises(ValueError, match="no country"):
            ledger.brief("Atlantis")
