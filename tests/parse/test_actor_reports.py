"""One actor a report: whom each mention of 60 short reports denotes (`tests/cases/actors_reports.jsonl`).

A mention is [words, which occurrence, canonical name or null, country or null, sector]. Of the open half every mention
is tested, those in `faults` as known failures. Of the unseen half, written before the rules, only the share is.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dateline.parse import ParsedDocument, parsed_documents
from fakes import document

FILE = Path(__file__).parents[1] / "cases" / "actors_reports.jsonl"
REPORTS: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
LEAST_UNSEEN = 0.90


@cache
def parsed() -> dict[str, ParsedDocument]:
    documents = [document(r["text"], published=r["published"]) for r in REPORTS]
    return {r["id"]: p for r, p in zip(REPORTS, parsed_documents(documents), strict=True)}


def denoted(report: dict[str, Any], mention: list[Any]) -> tuple[frozenset[str], str | None, str] | None:
    """Names, country and sector of the actor that the product reads at a mention."""
    words, number = mention[:2]
    start = -1
    for _ in range(number):
        start = report["text"].index(words, start + 1)
    one = parsed()[report["id"]]
    span = one.doc.char_span(start, start + len(words), alignment_mode="expand")
    actor = one.cast.actor(span.root, joint=False)
    return None if actor is None else (frozenset(actor.name.split("; ")), actor.country, str(actor.sector))


def right(report: dict[str, Any], mention: list[Any]) -> bool:
    found = denoted(report, mention)
    name, country, sector = mention[2:]
    if found is None or found[1:] != (country, sector):
        return False
    return name is None or found[0] == frozenset(name.split("; "))


def mentions() -> list[Any]:
    """The mentions of the open half, known failures marked."""
    found = []
    for report in REPORTS:
        for mention in report["mentions"] if report["set"] == "open" else ():
            fault = report.get("faults", {}).get(mention[0])
            marks = [] if fault is None else [pytest.mark.xfail(reason=fault, strict=True)]
            name = f"{report['id']}: {mention[0]} {mention[1]}"
            found.append(pytest.param(report, mention, marks=marks, id=name))
    return found


@pytest.mark.parametrize(("report", "mention"), mentions())
def test_open_mention(report: dict[str, Any], mention: list[Any]) -> None:
    found = denoted(report, mention)
    assert right(report, mention), f"read as {found}"


def test_share_of_unseen_mentions() -> None:
    judged = [right(r, m) for r in REPORTS if r["set"] == "unseen" for m in r["mentions"]]
    assert len(judged) > 200
    assert sum(judged) / len(judged) >= LEAST_UNSEEN


def test_forces_and_governments_stay_apart() -> None:
    for report in REPORTS:
        for name, sector in {(m[2], m[4]) for m in report["mentions"] if m[2] is not None}:
            assert not (name.endswith("armed forces") and sector == "GOV"), report["id"]
            assert not (name.endswith("government") and sector == "MIL"), report["id"]
