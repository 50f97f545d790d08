"""Two texts side by side: nothing is lost, what is the same is told so, and what differs is marked on both sides."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from dateline.desk.side_by_side import side_by_side
from dateline.model import Change

WORDS = st.lists(st.sampled_from(["Niger", "told", "400", "500", "soldiers", "Gao", ".", "\n\n", "left"]), max_size=40)


@given(WORDS, WORDS)
def test_no_word_of_either_text_is_lost(one: list[str], other: list[str]) -> None:
    left, right = " ".join(one), " ".join(other)
    found = side_by_side(left, right)
    shown_left = "".join(piece.text for row in found.rows for piece in row.left)
    shown_right = "".join(piece.text for row in found.rows for piece in row.right)
    assert "".join(shown_left.split()) == "".join(left.split())
    assert "".join(shown_right.split()) == "".join(right.split())


@given(WORDS)
def test_a_text_beside_itself_has_no_difference(words: list[str]) -> None:
    text = " ".join(words)
    found = side_by_side(text, text)
    assert found.differences == 0
    assert {row.told for row in found.rows} <= {"same"}


def test_a_figure_that_was_changed_is_marked_on_both_sides_with_one_number() -> None:
    found = side_by_side("France withdrew 400 soldiers from Chad.", "France withdrew 500 soldiers from Chad.")
    (row,) = found.rows
    assert [(p.text, p.what, p.number) for p in row.left if p.what] == [("400", "number", 1)]
    assert [(p.text, p.what, p.number) for p in row.right if p.what] == [("500", "number", 1)]


def test_what_the_ledger_found_tells_the_kind_of_a_difference() -> None:
    left, right = "They left Gao on Monday morning.", "They left Kidal on Monday morning."
    found = side_by_side(left, right, [Change("place", "Gao", "Kidal", left.index("Gao"), right.index("Kidal"))])
    assert [piece.what for piece in found.rows[0].right if piece.what] == ["place"]


def test_paragraphs_that_one_text_has_alone_are_added_or_left_out() -> None:
    same = "The defence ministry confirmed the withdrawal of French soldiers from Faya.\n\n"
    left = same + "Paris declined to comment upon the agreement.\n\n"
    right = "Opposition leaders welcomed everything in a statement.\n\n" + same
    assert [row.told for row in side_by_side(left, right).rows] == ["added", "same", "cut"]


def test_long_and_repetitive_texts_are_compared_in_reasonable_time() -> None:
    left = "the soldiers of the army left the base. " * 20_000
    right = left.replace("base", "camp")
    before = time.process_time()
    found = side_by_side(left, right)
    assert found.cut
    assert time.process_time() - before < 2
