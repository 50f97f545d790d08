"""What a report says about itself."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Document, Furniture, Hints, identified
from dateline.parse.header import body, described, merged

FILES = sorted((Path(__file__).parent.parent / "cases").glob("headers*.jsonl"))
CASES = [json.loads(line) for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]


def plain(text: str) -> Document:
    return identified(Document(id="", text=text, sha256="0" * 64))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    document, issues = described(plain(case["text"]), Hints(**case.get("hints", {})))
    found = {name: getattr(document, name) for name in case["expect"]}
    assert found == case["expect"]
    if "issues" in case:
        assert [issue.code for issue in issues] == case["issues"]
    for name in ("title", "byline", "agency", "published", "dateline_place", "dateline_date", "outlet", "language"):
        assert (getattr(document, name) is not None) == (name in document.provenance), name


def test_dateline_and_credits_are_furniture_and_the_title_is_not() -> None:
    text = "Army leaves Karo\n\nBy Ada Byrd\n\nORVALE, May 6 (AFP) — The army left Karo on Friday."
    document, _ = described(plain(text), Hints(published="2031-05-07"))
    marked = {text[item.start : item.end]: item.reason for item in document.furniture}
    assert marked == {"By Ada Byrd": "credit", "ORVALE, May 6 (AFP) —": "dateline"}


def test_the_id_follows_the_content() -> None:
    text = "The army left Karo on Friday, officers said."
    first, issues = described(plain(text), Hints(published="2031-05-07"))
    again, _ = described(plain(text), Hints(published="2031-05-07"))
    other, _ = described(plain(text), Hints(published="2031-05-08"))
    assert first.id == again.id != other.id
    assert identified(first) == first
    assert all(issue.document == first.id for issue in issues)


def test_a_page_keeps_what_its_markup_told() -> None:
    page = replace(
        plain("Home\n\nThe army left Karo on Friday, officers said."),
        published="2031-05-07T10:00:00Z",
        title="Karo emptied",
        language="en-GB",
        furniture=(Furniture(0, 4, "menu"),),
        provenance={"published": "html meta", "title": "html h1", "language": "html lang"},
    )
    document, issues = described(page, Hints())
    assert (document.published, document.title) == ("2031-05-07T10:00:00+00:00", "Karo emptied")
    assert (document.language, document.provenance["language"]) == ("en", "html lang")
    assert document.furniture == (Furniture(0, 4, "menu"),)
    assert issues == ()


def test_ambiguity_names_both_days() -> None:
    _, issues = described(plain("The army left Karo on Friday."), Hints(published="04/05/2031"))
    assert "2031-05-04" in issues[0].message
    assert "2031-04-05" in issues[0].message


def test_an_unsupported_language_names_the_supported_ones() -> None:
    text = "Die Armee hat die Stadt am Freitag verlassen, wie ein Sprecher des Ministeriums am Abend mitteilte. " * 3
    _, issues = described(plain(text), Hints(published="2031-05-07", path="a.txt"))
    assert [(issue.code, issue.path) for issue in issues] == [("unsupported_language", "a.txt")]
    assert "en" in issues[0].message


def test_a_text_beyond_any_report_is_not_looked_into() -> None:
    document, issues = described(plain("The army left Karo.\n" * 101_000), Hints())
    assert [issue.code for issue in issues] == ["too_long"]
    assert document.published is None


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


@given(SPANS)
def test_merged_stretches_cover_the_same_characters(pairs: list[tuple[int, int]]) -> None:
    items = [Furniture(min(pair), max(pair), "menu") for pair in pairs]
    result = merged(items)
    assert {i for item in items for i in range(item.start, item.end)} == {
        i for item in result for i in range(item.start, item.end)
    }
    assert all(before.end <= after.start for before, after in zip(result, result[1:], strict=False))
    text = "x" * 61
    assert sum(map(len, body(text, result))) + sum(item.end - item.start for item in result) == len(text)


HEADS = st.lists(
    st.one_of(
        st.sampled_from(
            ["KARO, Jan 17 (Reuters) -", "By Ada Byrd", "Updated: 17-01-2031 00:30 IST", "©", "99/99/9999"]
        ),
        st.sampled_from(
            ["The army left Karo.", "Published 4 May", "(AFP)", "30 Feb 2031 25:61 GMT", "KARO (", ":", "\n"]
        ),
        st.text(max_size=20),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(HEADS)
def test_any_text_is_described(parts: list[str]) -> None:
    text = "\n".join(parts)
    document, _ = described(plain(text), Hints(published="2031-05-07"))
    assert document.text == text
    assert document.published == "2031-05-07"
    reached = 0
    for item in document.furniture:
        assert reached <= item.start < item.end <= len(text)
        reached = item.end
