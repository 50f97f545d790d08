"""The sample of docs/brief.md is what the program writes of the example reports."""

from __future__ import annotations

from pathlib import Path

from dateline.brief import LANGUAGES, Brief
from dateline.brief.language import language
from dateline.brief.sheet import references_of, sheet

PAGE = Path(__file__).resolve().parents[2] / "docs" / "brief.md"


def test_the_sample_is_of_the_examples(niger: Brief) -> None:
    told = [line[4:] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("> - ")]
    written = {
        f"{line.text} {references_of(line.sentence.origins)}".replace("\u202f", " ").replace("\u00a0", " ")
        for code in LANGUAGES
        for chapter in sheet(niger, language(code)).chapters
        for group in chapter.groups
        for line in group.lines
    }
    assert len(told) == 3 and set(told) <= written
