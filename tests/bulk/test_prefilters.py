"""What prefilters leave out is counted, named in its shard and told in the ledger; the rest is as without them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from bulk_jobs import WORDS, added, lines, run

import fakes
from dateline.bulk.errors import BulkError
from dateline.bulk.manifest import NAME
from dateline.bulk.prefilters import glanced
from dateline.bulk.settings import Prefilters
from dateline.bulk.shards import read_shard
from dateline.ledger import Ledger
from dateline.model import Document, Hints
from ledgers import rows

GERMAN = (
    "Das Verteidigungsministerium teilte gestern mit, dass die Soldaten das Land vor dem Ende des Jahres verlassen, "
    "wie es in einer Erklärung hieß. "
)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Ten reports that are read, and three in German."""
    path = lines(tmp_path / "in.jsonl", 10)
    with path.open("a", encoding="utf-8") as stream:
        for number in range(3):
            stream.write(json.dumps({"text": f"{GERMAN} {number}", "url": f"https://example.org/{number}"}) + "\n")
    return path


def test_other_languages_are_left_out_early_and_told(mixed: Path, tmp_path: Path) -> None:
    found = run([mixed], tmp_path / "s", tmp_path / "b.db", prefilters=Prefilters(language=True))
    assert (found.progress.reports, found.progress.refused, found.progress.left_out) == (13, 0, {"language": 3})
    last = read_shard(tmp_path / "s", 1, found.state.done[1].done.shard)
    assert [row.issues[0].message for row in last.rows if row.left_out] == [
        f"language de: https://example.org/{number}" for number in range(3)
    ]
    (told,) = rows(tmp_path / "b.db", "issues")["issues"]
    assert told[1:3] == ("left_out", "3 reports in languages that are not read left out (task 1 of the job)")
    expected = added([mixed], tmp_path / "a.db")
    assert rows(tmp_path / "b.db", "claims", "documents") == rows(expected, "claims", "documents")


def test_a_language_that_is_given_is_believed(mixed: Path, tmp_path: Path) -> None:
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


DULL = (
    "Fans queued overnight outside the opera house for the last tickets of the season. The singers rehearsed until "
    "late, and the orchestra played the overture twice. The house has been sold out since the middle of the week."
)
FRENCH = (
    "Les soldats ont quitté la base de Gao dans la nuit, selon le ministère de la défense, et les derniers véhicules "
    "sont partis avant le lever du jour. Les habitants de la ville disent que la base est vide depuis hier."
)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of pages: a report, an ordinary one with a headline of war beside it, one in French, one in German."""
    folder = tmp_path / "pages"
    folder.mkdir()
    texts = {"a": f"{fakes.report(1)} {WORDS}", "b": DULL, "c": FRENCH, "d": GERMAN * 3}
    for name, text in texts.items():
        beside = "<ul><li><a href='/x'>Rebels kill 12 Malian soldiers in ambush</a></li></ul>"
        head = f"<html><head><title>Page {name}</title></head>"
        (folder / f"{name}.html").write_text(f"{head}<body><h1>Page {name}</h1><p>{text}</p>{beside}</body></html>")
    return folder


def test_pages_are_left_out_at_a_glance(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.ingest import html

    looked: list[str] = []
    extracted = html._extracted
    monkeypatch.setattr(html, "_extracted", lambda text: looked.append(text) or extracted(text))  # type: ignore[func-returns-value]
    both = Prefilters(relevant=True, language=True)
    hints = Hints(published="2024-05-04")
    found = run([pages], tmp_path / "s", tmp_path / "b.db", prefilters=both, hints=hints)
    assert found.progress.left_out == {"relevant": 1, "language": 1}
    assert len(looked) == 2, "the article of a page that is left out is not looked for"
    told = [issue[2] for issue in rows(tmp_path / "b.db", "issues")["issues"] if issue[1] == "left_out"]
    assert len(told) == 2
    with Ledger(tmp_path / "b.db", create=False) as ledger:
        assert sorted(one.title or "" for one in ledger.documents()) == ["Page a", "Page c"]


def test_a_glance_needs_one_clear_language(pages: Path, tmp_path: Path) -> None:
    mixed = (pages / "b.html").read_text().replace("</p>", f"</p><p>{FRENCH}</p>")
    (pages / "b.html").write_text(mixed)
    assert glanced(mixed.encode(), Hints(), Prefilters(relevant=True), "b") is None
    assert glanced(mixed.encode(), Hints(language="en"), Prefilters(relevant=True), "b") is not None
    assert glanced(mixed.encode(), Hints(language="en"), Prefilters(language=True), "b") is None


STORY = (
    "Some 300 Russian soldiers are in Mali. The ministry of defence said on Saturday that the soldiers had arrived by "
    "air in two groups, landing at the northern garrison before dawn, and that engineers, drivers and medics would "
    "follow before the end of the month. Residents near the airfield described trucks moving crates towards an old "
    "barracks, while the opposition demanded that parliament debate the agreement behind the mission."
)


def _stories(path: Path) -> Path:
    """A report, its words in another outlet, nearly its words, its words with another figure, and another report."""
    near = STORY.replace("Residents", "Witnesses")
    told = [STORY, STORY.upper(), near, STORY.replace("300", "400"), fakes.report(7) + WORDS]
    records = [
        {"text": text, "outlet": f"Outlet {number}", "published": "2024-05-04"} for number, text in enumerate(told)
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


@pytest.mark.parametrize(
    ("prefilters", "left_out"),
    [
        (Prefilters(duplicates=True), {"duplicate": 1}),
        (Prefilters(copies=True), {"duplicate": 1, "copy": 1}),
    ],
)
def test_copies_are_kept_and_named_but_not_read(
    prefilters: Prefilters, left_out: dict[str, int], tmp_path: Path
) -> None:
    reports = _stories(tmp_path / "in.jsonl")
    found = run([reports], tmp_path / "s", tmp_path / "b.db", units=1, prefilters=prefilters)
    assert found.progress.left_out == left_out
    assert found.kept is not None and found.kept.new == 5
    expected = added([reports], tmp_path / "a.db")
    assert rows(tmp_path / "b.db", "documents") == rows(expected, "documents")
    told = rows(tmp_path / "b.db", "issues")["issues"]
    assert sorted(issue[1] for issue in told) == sorted(left_out)
    with Ledger(tmp_path / "b.db", create=False) as ledger, Ledger(expected, create=False) as whole:
        first = next(one for one in ledger.documents() if one.outlet == "Outlet 0")
        assert all(first.id in issue[2] for issue in told)
        figures = {claim.quantity.low for claim in ledger.claims() if claim.quantity is not None}
        assert {300.0, 400.0} <= figures, "a copy with another figure is read"
        assert ledger.origins().total == whole.origins().total, "copies are counted as origins count them"


def test_copies_are_the_same_however_the_job_is_interrupted(tmp_path: Path) -> None:
    reports = _stories(tmp_path / "in.jsonl")
    given = {"units": 1, "prefilters": Prefilters(copies=True)}
    once = run([reports], tmp_path / "one", **given)
    run([reports], tmp_path / "two", **given)
    manifest = tmp_path / "two" / NAME
    manifest.write_bytes(b"".join(manifest.read_bytes().splitlines(keepends=True)[:4]))
    marks = sorted((tmp_path / "two").glob("marks/*/*"))
    marks[1].write_bytes(b"damaged")
    told: list[str] = []
    again = run([reports], tmp_path / "two", told=told, **given)
    assert told and "task 1 is marked again" in told[0]
    assert [one.done.shard for one in again.state.done.values()] == [one.done.shard for one in once.state.done.values()]
