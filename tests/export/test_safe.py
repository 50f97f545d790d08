"""Nothing a report says reaches a terminal or spreadsheet as a command."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.export.jsonl import line
from dateline.export.safe import FORMULA, cell, visible


@given(st.text())
def test_visible_holds_no_control_or_format_character(text: str) -> None:
    shown = visible(text)
    bad = [char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert set(bad) <= {"\u200c", "\u200d"}


@pytest.mark.parametrize("text", ["Niger", "Sévaré", "مالي", "马里", "क्‍ष", "“quoted” – 1,000"])
def test_words_stay_as_they_are(text: str) -> None:
    assert visible(text) == text


def test_lines_stay_only_when_asked() -> None:
    assert visible("a\nb\tc") == "a b c"
    assert visible("a\nb", lines=True) == "a\nb"


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    assert not cell(text).lstrip(" ").startswith(FORMULA)
    assert cell(text).endswith(text)


@given(st.text(st.characters()))
def test_json_lines_are_one_line_of_utf_8(text: str) -> None:
    written = line({"words": text + "\ud800"})
    assert written.count(b"\n") == 1
    assert json.loads(written.decode("utf-8"))["words"].endswith("\ufffd")
