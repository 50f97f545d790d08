"""Evidence in its text: the stretches are the text again, and every piece of evidence is covered by its own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.desk.evidence import LANES, Mark, paragraphs, segments
from dateline.export.sentences import sentence_around
from dateline.model import Furniture, Stance

TEXTS = st.text(alphabet=st.sampled_from("ab \n\n.é\u202e\U0001f600"), max_size=80)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark], list[Furniture]]:
    text = draw(TEXTS)
    bound = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(bound, bound), max_size=8))
    marks = [
        Mark(f"claim-{number}", number, Stance.ASSERTED, min(pair), max(pair), number % LANES)
        for number, pair in enumerate(pairs, 1)
    ]
    greyed = [Furniture(min(pair), max(pair), "menu") for pair in draw(st.lists(st.tuples(bound, bound), max_size=3))]
    return text, marks, greyed


@given(marked_texts())
def test_segments_are_the_text_again(made: tuple[str, list[Mark], list[Furniture]]) -> None:
    text, marks, furniture = made
    found = segments(text, marks, furniture)
    assert "".join(segment.text for segment in found) == text
    assert all(text[segment.start : segment.end] == segment.text for segment in found)


@given(marked_texts())
def test_evidence_is_covered_by_segments_that_name_its_claim_and_by_no_others(
    made: tuple[str, list[Mark], list[Furniture]],
) -> None:
    text, marks, furniture = made
    found = segments(text, marks, furniture)
    for mark in marks:
        words = "".join(segment.text for segment in found if mark in segment.marks)
        assert words == text[mark.start : mark.end]
        if mark.start < mark.end:
            assert sum(mark in segment.opens for segment in found) == 1
            assert sum(mark in segment.closes for segment in found) == 1


@given(marked_texts())
def test_furniture_is_told_exactly_where_it_is(made: tuple[str, list[Mark], list[Furniture]]) -> None:
    text, marks, furniture = made
    greyed = {at for part in furniture for at in range(part.start, part.end)}
    for segment in segments(text, marks, furniture):
        inside = {at in greyed for at in range(segment.start, segment.end)}
        assert inside == {segment.furniture is not None}


@given(marked_texts())
def test_paragraphs_hold_every_segment_once_in_order(made: tuple[str, list[Mark], list[Furniture]]) -> None:
    text, marks, furniture = made
    together = [segment for paragraph in paragraphs(text, marks, furniture) for segment in paragraph.segments]
    assert together == list(segments(text, marks, furniture))


def test_evidence_beyond_the_text_is_cut_off() -> None:
    found = segments("abc", [Mark("claim-1", 1, Stance.DENIED, 1, 99), Mark("claim-2", 2, Stance.DENIED, 50, 60)])
    assert [(segment.text, len(segment.marks)) for segment in found] == [("a", 0), ("bc", 1)]


def test_a_text_without_blank_lines_is_parted_at_its_lines() -> None:
    assert [text.end for text in paragraphs("one\ntwo\n", ())] == [4, 8]
    assert len(paragraphs("one\ntwo\n\nthree", ())) == 2


@given(TEXTS.filter(bool), st.data())
def test_the_sentence_holds_the_evidence_and_is_of_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, len(text)))
    found = sentence_around(text, start, end)
    assert found.exact == text[start:end]
    assert text[start - len(found.before) : end + len(found.after)] == found.before + found.exact + found.after


def test_a_sentence_is_cut_at_its_ends() -> None:
    text = "They left.\n\nNiger told 400 men to go. Nobody stayed."
    found = sentence_around(text, text.index("400"), text.index(" to go"))
    assert found.before + found.exact + found.after == "Niger told 400 men to go."
