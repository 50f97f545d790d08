"""What prefilters leave out is counted, named in its shard and told in the ledger; the rest is as without them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from bulk_jobs import added, lines, run

from dateline.bulk.errors import BulkError
from dateline.bulk.settings import Prefilters
from dateline.bulk.shards import read_shard
from dateline.model import Document
from ledgers import rows

FRENCH = (
    "Le ministère de la défense a annoncé hier que les soldats quitteront le pays avant la fin de l'année, selon un "
    "communiqué publié à Paris par le gouvernement."
)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Ten reports that are read, and three in French."""
    path = lines(tmp_path / "in.jsonl", 10)
    with path.open("a", encoding="utf-8") as stream:
        for number in range(3):
            stream.write(json.dumps({"text": f"{FRENCH} {number}", "url": f"https://example.org/{number}"}) + "\n")
    return path


def test_other_languages_are_left_out_early_and_told(mixed: Path, tmp_path: Path) -> None:
    found = run([mixed], tmp_path / "s", tmp_path / "b.db", prefilters=Prefilters(language=True))
    assert (found.progress.documents, found.progress.refused, found.progress.left_out) == (13, 0, {"language": 3})
    last = read_shard(tmp_path / "s", 1, found.state.done[1].done.shard)
    assert [row.issues[0].message for row in last.rows if row.left_out] == [
        f"language fr: https://example.org/{number}" for number in range(3)
    ]
    (told,) = rows(tmp_path / "b.db", "issues")["issues"]
    assert told[1:3] == ("left_out", "3 reports in languages that are not read left out (task 1 of the job)")
    expected = added([mixed], tmp_path / "a.db")
    assert rows(tmp_path / "b.db", "claims", "documents") == rows(expected, "claims", "documents")


def test_a_language_that_is_given_is_believed(mixed: Path, tmp_path: Path) -> None:
    from dateline.model import Hints

    found = run([mixed], tmp_path / "s", prefilters=Prefilters(language=True), hints=Hints(language="en"))
    assert found.progress.left_out == {}


def test_what_the_classifier_drops_is_left_out_and_told(
    mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keeps(documents: list[Document]) -> list[bool]:
        return [document.title != "Report 3" for document in documents]

    module = ModuleType("dateline.relevance")
    module.keeps = keeps  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dateline.relevance", module)
    found = run([mixed], tmp_path / "s", tmp_path / "b.db", prefilters=Prefilters(relevant=True))
    assert found.progress.left_out == {"relevant": 1}
    assert found.kept is not None and (found.kept.new, found.kept.refused) == (9, 3)
    first = read_shard(tmp_path / "s", 0, found.state.done[0].done.shard)
    (left,) = [row for row in first.rows if row.left_out]
    assert left.document is None and left.issues[0].message == "no claim expected: Report 3"
    titles = {row[4] for row in rows(tmp_path / "b.db", "documents")["documents"]}
    assert "Report 3" not in titles


def test_without_the_classifier_the_option_says_so(
    mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "dateline.relevance", None)
    with pytest.raises(BulkError, match="--relevant-only: this dateline has no classifier of relevance"):
        run([mixed], tmp_path / "s", prefilters=Prefilters(relevant=True))
