"""A glance at a page holds every sentence of its report, and leaves its menus out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.ingest.glance import Glance, glance
from dateline.ingest.html import read
from dateline.model import Document, Hints
from dateline.relevance.features import sentences

ARTICLE = (
    "The garrison of Orvale was handed over on Monday, the ministry said.",
    "Residents watched the last lorries leave for the coast before noon.",
    "Nobody would say who guards the airfield now that the company is gone.",
)


def seen(page: str | bytes) -> Glance:
    found = glance(page.encode() if isinstance(page, str) else page, Hints())
    assert found is not None
    return found


def page_of(body: str, head: str = "") -> str:
    return f'<html lang="en-GB"><head><title>Orvale handed over</title>{head}</head><body>{body}</body></html>'


def test_menus_are_left_out_and_sentences_that_are_links_are_not() -> None:
    menu = "<nav><ul><li><a href='/w'>World</a> | <a href='/s'>Sport</a></li></ul></nav>"
    links = ("Rebels seize the bridge at Karo", "They left Karo at dawn, he said.")
    related = "".join(f"<p><a href='/2'>{link}</a></p>" for link in links)
    found = seen(page_of(f"{menu}<script>fired()</script><p>{ARTICLE[0]}</p>{related}"))
    assert found.lines == ("Orvale handed over", ARTICLE[0], links[1])
    assert found.declared == "en-GB"


def test_a_sentence_over_several_lines_and_marks_is_one_line() -> None:
    found = seen(
        page_of(
            "<P>Some <b>300</b> soldiers\n\tof <a href='/x'>the\ncoalition</a> left<!-- x --> Karo.<br>More follow</P>"
        )
    )
    assert found.lines[1:] == ("Some 300 soldiers of the coalition left Karo.", "More follow")


def test_titles_of_the_head_are_lines() -> None:
    head = '<meta property="og:title" content="Troops leave Orvale"><meta name="description" content="Not a title">'
    assert seen(page_of("<p>Nothing else.</p>", head)).lines == (
        "Orvale handed over",
        "Troops leave Orvale",
        "Nothing else.",
    )


def test_prose_is_sentences_alone() -> None:
    found = seen(page_of(f"<div>Contact us</div><p>{ARTICLE[1]}</p><span>Read more about this story here</span>"))
    assert found.prose == ARTICLE[1]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no markup at all, only words",
        b"%PDF-1.7 <p>a page that is none</p>",
        b"<html><body></body></html>",
        b"<html><body><pre>Lines\nthat count</pre></body></html>",
        b"<div>" * 3000 + b"deep" + b"</div>" * 3000,
    ],
)
def test_what_a_glance_cannot_tell(data: bytes) -> None:
    assert glance(data, Hints()) is None


def test_a_charset_that_the_server_named() -> None:
    found = glance(
        "<html><body><p>Les forces ont quitté Gao.</p></body></html>".encode("latin-1"), Hints(charset="latin-1")
    )
    assert found is not None and found.lines == ("Les forces ont quitté Gao.",)


WORDS = st.sampled_from(
    ["troops", "left", "Orvale.", "on", "Monday,", "the", "army", "said.", "300", "aéroport", "\ue000"]
)
TEXT = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
INLINE = st.one_of(
    TEXT,
    *(TEXT.map(f"<{tag}>{{}}</{tag}>".format) for tag in ("b", "span", "a href='/x'")),
    st.just("<br>"),
    st.just("\n"),
)
BLOCK = st.tuples(
    st.sampled_from(["p", "div", "li", "h2", "td", "ASIDE", "article", "p class='byline'"]),
    st.lists(INLINE, max_size=5),
)
PAGES = st.lists(BLOCK, max_size=12).map(
    lambda blocks: page_of("".join(f"<{tag}>{' '.join(parts)}</{tag.split()[0]}>" for tag, parts in blocks))
)


@settings(max_examples=150, deadline=None)
@given(PAGES)
def test_no_sentence_of_the_report_is_missing(page: str) -> None:
    page = page.replace("<body>", f"<body><h1>Orvale handed over</h1><p>{ARTICLE[0]}</p><p>{ARTICLE[1]}</p>")
    held = {tuple(sentence) for sentence in sentences("\n".join(seen(page).lines))}
    for report in read(page.encode(), Hints(published="2024-05-04")):
        assert isinstance(report, Document)
        at = 0
        for furniture in [*report.furniture, None]:
            end = len(report.text) if furniture is None else furniture.start
            assert {tuple(sentence) for sentence in sentences(report.text[at:end])} <= held
            at = end if furniture is None else furniture.end
