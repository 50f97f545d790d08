"""Snippets: the text stays as it is, and words are marked as the index finds them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.desk.snippets import snippet


def hits(text: str, words: str) -> list[str]:
    return [piece.text for piece in snippet(text, words) if piece.hit]


def test_words_are_found_without_regard_to_case_and_accents() -> None:
    assert hits("In SÉVARÉ and Sevare.", "sévare") == ["SÉVARÉ", "Sevare"]


def test_whole_words_are_marked_and_no_parts_of_words() -> None:
    assert hits("Mali, Malian, Mali's", "mali") == ["Mali", "Mali"]


def test_phrases_and_beginnings_of_words() -> None:
    assert hits("armed forces, the armed police, forces", '"armed forces"') == ["armed forces"]
    assert hits("Niger, Nigerien, Nigeria", "niger*") == ["Niger", "Nigerien", "Nigeria"]
    assert hits("A C-130 and C 47", "C-130") == ["C-130"]


def test_a_long_text_is_shown_around_the_first_word_found() -> None:
    found = snippet("x " * 500 + "Agadez" + " y" * 500, "agadez")
    shown = "".join(piece.text for piece in found)
    assert "Agadez" in shown and len(shown) < 320
    assert shown.startswith("…") and shown.endswith("…")


@given(st.text(max_size=200), st.text(max_size=30))
def test_any_words_over_any_text_only_mark_it(text: str, words: str) -> None:
    assert "".join(piece.text for piece in snippet(text, words)) == text
