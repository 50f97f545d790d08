"""Page furniture in plain text: precision first, a paragraph of the report is never lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Furniture
from dateline.parse.furniture import furniture, reading

FILES = sorted((Path(__file__).parent.parent / "cases").glob("furniture*.jsonl"))
CASES = [json.loads(line) for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    text = case["text"]
    found = furniture(text)
    marked = {text[item.start : item.end]: item.reason for item in found}
    for words, reason in case["marked"].items():
        assert marked.get(words) == reason, marked
    for words in case["kept"]:
        start = text.index(words)
        lost = [item for item in found if item.start < start + len(words) and start < item.end]
        assert not lost, words


def test_the_report_may_be_nothing_but_furniture() -> None:
    text = "Home\nNews\nSport\n\n© 2031 Example Post. All rights reserved."
    assert sum(item.end - item.start for item in furniture(text)) >= len(text) - 5


def test_known_stretches_are_left_out() -> None:
    text = "Home\nNews\nSport\nVeld closed the pass on Monday."
    assert reading(text, known=(Furniture(0, 15, "menu"),)).furniture == ()


def test_the_given_title_is_kept() -> None:
    text = "Latest news\n\nVeld closes the pass\n\nHalden wins the cup\n\nThe cup final in Halden ended late on Monday."
    assert text.index("Veld") not in {item.start for item in reading(text, title="Veld closes the pass").furniture}


LINES = st.lists(
    st.one_of(
        st.sampled_from(["Read more:", "TRENDING", "Home", "© 2031", "(AFP)", "By Ada Byrd", "", "Facebook Twitter"]),
        st.sampled_from(["The army left.", "Sign up to our newsletter now.", "Veld shuts port, army says", "1"]),
        st.text(max_size=30),
    ),
    max_size=30,
)


@given(LINES)
def test_offsets_are_sorted_disjoint_and_inside(lines: list[str]) -> None:
    text = "\n".join(lines)
    reached = 0
    for item in furniture(text):
        assert reached <= item.start < item.end <= len(text)
        assert item.reason
        reached = item.end


@given(LINES)
def test_an_ordinary_paragraph_is_never_lost(lines: list[str]) -> None:
    paragraph = "The garrison of Orvale left the town before dawn on Monday, and nobody replaced it."
    text = "\n\n".join([*lines, paragraph, *lines])
    start = text.rindex(paragraph)
    assert not [i for i in furniture(text) if i.start < start + len(paragraph) and start < i.end]
