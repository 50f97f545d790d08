"""Pages: the whole visible text is stored, what is not the report is marked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.ingest.html import read
from dateline.model import Document, Hints, Issue

BODY = [
    "The ministry of defence of Tamara said on Monday that two hundred of its soldiers had left the camp at Orvale.",
    "A spokesman for the mission told reporters that the remaining companies would follow before the rains set in.",
    "Residents of Orvale said that lorries had been leaving the camp since the weekend, most of them after dark.",
    "Tamara sent its soldiers to the north eight years ago, when armed groups threatened the road to the coast.",
]
PAGE = """<!doctype html><html lang="en-GB"><head><title>Tamara pulls soldiers out of Orvale - The Example Post</title>
<meta property="og:site_name" content="The Example Post"><link rel="canonical" href="https://post.example/a/1">
<meta property="article:published_time" content="2031-03-04T18:05:00+02:00"><meta name="author" content="Ada Byrd">
<script>var secret = "The army shot the messenger on Sunday.";</script><style>p {{color: red}}</style></head>
<body class="has-sidebar">
<header><a href="/">The Example Post</a></header>
<nav><ul><li><a href="/w">World</a></li><li><a href="/b">Business</a></li><li><a href="/s">Sport</a></li></ul></nav>
<main><article><h1>Tamara pulls soldiers out of Orvale</h1><p class="byline">By Ada Byrd</p>
<figure><img src="x.jpg"><figcaption>A soldier waits at the gate of another camp in 2029.</figcaption></figure>
<p>{0}</p><p>{1}</p><div class="newsletter-signup"><p>Get our morning letter every day in your inbox.</p></div>
<p>{2}</p><p style="display:none">The general resigned on Sunday, a source said.</p><p>{3}</p></article>
<aside class="related"><h3>Related</h3><ul><li><a href="/2">Minister of Halden visits the port of Veld</a></li>
<li><a href="/3">Rebels seize the bridge at Karo, army says</a></li></ul></aside></main>
<section class="most-read"><h2>Most read</h2><a href="/4">Fire destroys the market of Sund</a></section>
<footer><p>The Example Post is published by a company. All rights reserved.</p></footer></body></html>"""


def one(page: str | bytes, **known: str) -> Document:
    data = page if isinstance(page, bytes) else page.encode()
    (result,) = read(data, Hints(path="page.html", **known))
    assert isinstance(result, Document), result
    return result


def marked(document: Document) -> dict[str, str]:
    return {document.text[item.start : item.end]: item.reason for item in document.furniture}


def test_a_page_full_of_furniture() -> None:
    document = one(PAGE.format(*BODY))
    kept = marked(document)
    for paragraph in BODY:
        assert paragraph in document.text
        assert paragraph not in kept
    assert "secret" not in document.text
    assert "resigned" not in document.text
    assert "color" not in document.text
    assert kept["A soldier waits at the gate of another camp in 2029."] == "picture"
    assert kept["By Ada Byrd"] == "credit"
    for words in ("Rebels seize the bridge at Karo, army says", "Fire destroys the market of Sund", "World"):
        assert words in kept
    assert "Get our morning letter every day in your inbox." in kept
    assert "Tamara pulls soldiers out of Orvale" in document.text
    assert "Tamara pulls soldiers out of Orvale" not in kept


def test_metadata_and_where_it_came_from() -> None:
    document = one(PAGE.format(*BODY))
    assert document.title == "Tamara pulls soldiers out of Orvale"
    assert document.outlet == "The Example Post"
    assert document.byline == "Ada Byrd"
    assert document.published == "2031-03-04T18:05:00+02:00"
    assert document.url == "https://post.example/a/1"
    assert document.provenance["published"] == "html meta"
    assert document.provenance["title"] == "html h1"


def test_what_the_caller_gives_wins() -> None:
    document = one(PAGE.format(*BODY), outlet="Copy Desk", published="2031-03-05")
    assert (document.outlet, document.published) == ("Copy Desk", "2031-03-05")
    assert document.provenance["outlet"] == document.provenance["published"] == "given"


def test_linked_data() -> None:
    data = (
        '{"@graph": [{"@type": "NewsArticle", "headline": "Camp at Orvale empties", '
        '"datePublished": "2031-03-04T10:00:00Z", "publisher": {"name": "Wire Example"}, '
        '"author": [{"name": "Ada Byrd"}, {"name": "Bo Finn"}]}]}'
    )
    page = f"<html><head><script type='application/ld+json'>{data}</script></head><body><p>" + "</p><p>".join(BODY)
    document = one(page)
    assert document.published == "2031-03-04T10:00:00Z"
    assert (document.outlet, document.byline) == ("Wire Example", "Ada Byrd, Bo Finn")
    assert document.title == "Camp at Orvale empties"


def test_a_page_without_semantic_tags() -> None:
    body = "<br><br>".join(BODY)
    page = f"""<title>Soldiers leave Orvale - Post</title>
    <div><a href=/>Home</a> | <a href=/n>News</a> | <a href=/s>Sport</a>
    </div><div><div><span>Soldiers leave Orvale</span><br>{body}<br><a href=/x>More on the port of Sund</a></div>
    <div><p><a href=/1>Fire in the market</a></p><p>A fire destroyed the market of Sund on Tuesday.</p></div></div>"""
    document = one(page)
    kept = marked(document)
    assert document.title == "Soldiers leave Orvale"
    assert not {*BODY, "Soldiers leave Orvale"} & set(kept)
    for words in ("Home | News | Sport", "Fire in the market", "A fire destroyed the market of Sund on Tuesday."):
        assert words in kept


def test_declared_charset_and_entities() -> None:
    head = "<html><head><meta charset='iso-8859-1'></head>"
    page = f"{head}<body><p>Néma &amp; Orvale: &ldquo;quiet&rdquo; &#x85; on Monday.</p>"
    assert one(page.encode("latin-1")).text.startswith("Néma & Orvale: “quiet” … on Monday.")


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>Unclosed <b>marks <i>of a page that <p>the army left on Monday, officials said.",
        "<div>" * 100_000 + "<p>the army left on Monday, officials said.</p>" + "</div>" * 100_000,
        "<b>" * 3_000 + "the army left on Monday, officials said.",
        "<p>the army left on Monday, officials said.</p><meta http-equiv='refresh' content='0;url=http://x.example'>",
        "<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/hostname'><!ENTITY b '&a;&a;'>]>"
        "<html><body><p>&b;the army left on Monday, officials said.</p></body></html>",
        "<table><tr><td>the army left on Monday, officials said.</table></table></div></p>",
        "<form><div><p>the army left on Monday, officials said.</p></div></form>",
    ],
)
def test_broken_deep_and_hostile_markup(page: str) -> None:
    document = one(page)
    assert "the army left on Monday, officials said." in document.text
    assert "the army left on Monday, officials said." not in marked(document)


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<html><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav></body></html>", "no_article"),
        ("<html><body><script>1</script></body></html>", "empty"),
        ("<html></html>", "empty"),
    ],
)
def test_pages_without_a_report(page: str, code: str) -> None:
    (result,) = read(page.encode(), Hints(path="x.html"))
    assert isinstance(result, Issue)
    assert (result.code, result.path) == (code, "x.html")


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["<p>", "</p>", "<div class='nav'>", "</div>", "<a href='#'>", "<table><td>", "<!--", "-->", "<![", "&#0;"]
        ),
        st.sampled_from(["<script>", "</script>", "<h1>", "<time datetime='x'>", "<article>", "&#xD800;", "\u202e"]),
        st.text(max_size=12),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_any_markup_gives_disjoint_furniture_inside_the_text(pieces: list[str]) -> None:
    for result in read("".join(pieces).encode("utf-8", "replace"), Hints()):
        if isinstance(result, Document):
            reached = 0
            for item in result.furniture:
                assert reached <= item.start < item.end <= len(result.text)
                reached = item.end
