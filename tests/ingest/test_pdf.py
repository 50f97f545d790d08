"""PDF files: the order of the text, words that were parted, heads and feet, and files that are no good."""

from __future__ import annotations

import random

import pytest
from fuzz_hostile import hostile
from hypothesis import given
from hypothesis import strategies as st
from made_files import LEAD, SECOND, THIRD, TITLE, hyphenated, pdf

from dateline.ingest import pdf as module
from dateline.ingest.pdf import read
from dateline.ingest.pdf_layout import SOFT, Line, Page, joined, text_of
from dateline.model import Document, Hints, Issue

FILES = dict(hostile())


def only(data: bytes) -> Document | Issue:
    (item,) = read(data, Hints(path="a.pdf"))
    return item


def lines(*texts: str, left: float = 50, top: float = 700, size: float = 11, step: float = 14) -> list[Line]:
    return [
        Line(text, left, left + 5.0 * len(text), top - step * number, size) for number, text in enumerate(texts) if text
    ]


def blocks(*pages: list[Line]) -> list[tuple[str, str | None]]:
    return [(block.text, block.reason) for block in text_of([Page(600, 800, page) for page in pages]).blocks]


@pytest.mark.parametrize("columns", [1, 2])
def test_paragraphs_columns_pages(columns: int) -> None:
    item = only(pdf(pages=3, columns=columns))
    assert isinstance(item, Document)
    body = [part for part in item.text.split("\n\n") if part in (LEAD, SECOND, THIRD)]
    assert body == [LEAD, SECOND, THIRD] * 2 * columns * 3
    assert {(item.text[part.start : part.end], part.reason) for part in item.furniture} == {
        ("THE DAILY COURIER 4 March 2031", "header"),
        *((f"Page {number} of 3", "page number") for number in (1, 2, 3)),
    }
    assert (item.title, item.byline, item.published) == (TITLE, "Jane Doe", None)
    assert item.provenance == {"title": "pdf properties", "byline": "pdf properties"}


def test_a_title_that_a_program_gave_is_none() -> None:
    item = only(pdf(title="Microsoft Word - Document3.docx"))
    assert isinstance(item, Document)
    assert (item.title, item.provenance["title"]) == (TITLE, "pdf largest type")


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("an extraordi" + SOFT, "nary day"), "an extraordinary day"),
        (("an extraordi-", "nary day"), "an extraordinary day"),
        (("the French" + SOFT, "led mission"), "the French-led mission"),
        (("a non" + SOFT, "military aim"), "a non-military aim"),
        (("the Niger" + SOFT, "Mali border"), "the Niger-Mali border"),
        (("CAMP CLO" + SOFT, "SURE"), "CAMP CLOSURE"),
        (("between 2010" + SOFT, "2014"), "between 2010-2014"),
        (("it closed", "the camp"), "it closed the camp"),
        (("at the end" + SOFT,), "at the end-"),
    ],
)
def test_lines_are_joined(parts: tuple[str, ...], text: str) -> None:
    assert joined(parts) == text


def test_the_rest_of_the_text_tells_how_a_word_is_written() -> None:
    assert joined(["the peace" + SOFT, "keeping force"], frozenset({"peace-keeping"})) == "the peace-keeping force"
    assert joined(["they counter" + SOFT, "acted"], frozenset({"counteracted"})) == "they counteracted"


@given(st.integers(20, 70))
def test_hyphens_of_any_width_are_mended(width: int) -> None:
    for text in (LEAD, SECOND, THIRD):
        plain = hyphenated(text, width)
        assert joined(plain) == text


def test_a_paragraph_goes_on_over_columns_and_pages() -> None:
    first = [
        *lines("A column of text that is wide", "and that does not end here but", "goes on"),
        *lines("in the next column.", left=320),
    ]
    head, foot = lines("THE PAPER", top=780, size=8), lines("7", top=20, size=8)
    one = [
        *head,
        *lines(
            "The soldiers of the mission had", "left, but those who stayed in the", "camp at the river were told that"
        ),
        *foot,
    ]
    two = [*head, *lines("they must go. It was Monday."), *foot]
    assert blocks(first)[0] == (
        "A column of text that is wide and that does not end here but goes on in the next column.",
        None,
    )
    text = (
        "The soldiers of the mission had left, but those who stayed in the camp at the river were told that they must"
    )
    assert [text for text, reason in blocks(one, two) if reason is None] == [f"{text} go. It was Monday."]
    assert [reason for _, reason in blocks(one, two) if reason] == ["header", "page number", "header", "page number"]


def test_paragraphs_end_at_gaps_indents_and_other_sizes() -> None:
    gap = lines("The first one has a line of words", "and a second.", "", "The other comes after a gap.")
    assert [text for text, _ in blocks(gap)] == [
        "The first one has a line of words and a second.",
        "The other comes after a gap.",
    ]
    shifted = lines("The first one has a line of words", "and it ends in a line as long too.")
    indent = [
        *shifted,
        *lines("This one begins further in, and", left=65, top=672),
        *lines("goes on at the margin.", top=658),
    ]
    assert [text.split()[0] for text, _ in blocks(indent)] == ["The", "This"]
    sizes = [*lines("A headline of words", size=20), *lines("The text below it.", top=680)]
    assert len(blocks(sizes)) == 2


def test_columns_given_row_by_row_are_put_in_order() -> None:
    left = [f"left line number {number} of the page" for number in range(8)]
    right = [f"right line number {number} of the page" for number in range(8)]
    rows = [
        line
        for number in range(8)
        for line in (
            *lines(left[number], top=700 - 14 * number),
            *lines(right[number], left=320, top=700 - 14 * number),
        )
    ]
    assert blocks(rows)[0][0] == " ".join(left + right)


def test_a_body_line_at_the_top_of_every_page_is_no_head_unless_it_is_the_same() -> None:
    pages = [lines(f"Sentence number one of part {word} is here.", top=780) for word in ("one", "two")]
    assert {reason for _, reason in blocks(*pages)} == {None}


@pytest.mark.parametrize(
    ("name", "code"),
    [("brackets.pdf", "bad_file"), ("only_head.pdf", "bad_file"), ("no_pages.pdf", "bad_file"),
     ("huge_length.pdf", "bad_file"), ("ole.docx", "bad_file")],
)  # fmt: skip
def test_what_is_refused(name: str, code: str) -> None:
    item = only(FILES[name])
    assert isinstance(item, Issue)
    assert (item.code, item.path) == (code, "a.pdf")


@pytest.mark.parametrize("name", ["script.pdf", "launch.pdf", "loop_xref.pdf", "nan_place.pdf"])
def test_scripts_are_not_run_and_loops_end(name: str) -> None:
    item = only(FILES[name])
    assert isinstance(item, Document | Issue)


def test_a_pdf_with_a_password_and_one_that_only_forbids_printing() -> None:
    locked = only(pdf(pages=1, password="secret"))
    assert isinstance(locked, Issue)
    assert (locked.code, locked.message) == ("encrypted", "a PDF with a password: save it without one")
    assert isinstance(only(pdf(pages=1, password="")), Document)


def test_a_pdf_that_loops_is_ended_by_its_processor_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 1)
    item = only(FILES["loop_form.pdf"])
    assert isinstance(item, Issue)
    assert (item.code, item.message) == ("too_slow", "a PDF that takes more than 1 seconds to read")


@given(st.randoms(use_true_random=False))
def test_any_lines_give_their_text(chance: random.Random) -> None:
    pages = [
        Page(600, 800, [
            Line(chance.choice(["word", "a b c", f"end{SOFT}", "3", "https://x.example/a 1/2", "•x"]),
                 *(chance.choice([0.0, -1e5, 50, 300, 700, 1e5]) for _ in range(3)), chance.choice([0.0, 11, 1e4]))
            for _ in range(chance.randrange(6))
        ])
        for _ in range(chance.randrange(4))
    ]  # fmt: skip
    told = "".join(block.text for block in text_of(pages).blocks)
    given_text = "".join(line.text for page in pages for line in page.lines)
    strip = str.maketrans("", "", f" -{SOFT}")
    assert sorted(told.translate(strip)) == sorted(given_text.translate(strip))
