"""Every output says the same, opens again, holds nothing foreign, and no words of a report become markup."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import docx
import pypdfium2
import pytest
from briefs import DAY, made
from lxml import html as lxml_html

import fakes
from dateline.brief import LANGUAGES, Asked, Brief, BriefError, brief_of, pdf, written
from dateline.brief.language import language
from dateline.brief.markdown import escaped
from dateline.brief.page import html as page_of
from dateline.brief.sheet import sheet, web_address
from dateline.charts.raster import png
from dateline.export.blurring import Blur
from dateline.export.redaction import Redaction
from dateline.ledger import Ledger
from dateline.model import Notice, PubStatus
from dateline.pipeline import Reading
from dateline.store import open_store
from golden import same_as_golden
from hostile_reports import MARK
from told_ledger import hostile_ledger

GOLDEN = Path(__file__).parent / "golden"


def lines(brief: Brief, code: str) -> list[str]:
    told = sheet(brief, language(code))
    return [line.text for chapter in told.chapters for group in chapter.groups for line in group.lines]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_markdown_is_as_it_was_read_through(small_brief: Brief, code: str) -> None:
    same_as_golden(GOLDEN / f"brief.{code}.md", written(small_brief, ".md", code))


def test_the_same_state_gives_the_same_bytes(small: Path, small_brief: Brief) -> None:
    again = made(small, Asked.of("NER", None))
    for suffix in (".html", ".md", ".json"):
        assert written(again, suffix) == written(small_brief, suffix)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_holds_every_sentence_with_its_rows(niger: Brief, code: str) -> None:
    root = lxml_html.fromstring(written(niger, ".html", code))
    assert root.get("lang") == code
    told = root.xpath("//li[contains(@class,'told')]")
    assert len(told) == len(lines(niger, code))
    ids = {one.get("id") for one in root.xpath("//*[@id]")}
    assert len(ids) == len(root.xpath("//*[@id]"))
    for one in told:
        assert one.get("data-claims").split() and set(one.get("data-claims").split()) <= ids
        assert all(link.lstrip("#") in ids for link in one.xpath(".//a/@href"))


def test_the_page_needs_nothing_and_runs_nothing(niger: Brief) -> None:
    text = written(niger, ".html").decode()
    assert "<script" not in text and " style=" not in text
    policy = lxml_html.fromstring(text.encode()).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert len(policy) == 1 and policy[0].startswith("default-src 'none'; style-src 'sha256-")
    loads = re.findall(r'(?:src|href|url)\s*[=(]\s*["\']?([^"\') >]+)', text)
    assert all(one.startswith(("#", "http")) for one in loads)
    assert not re.search(r"<(?:img|iframe|object|embed|link)\b", text)


def test_json_is_the_model_behind_them(niger: Brief) -> None:
    found = json.loads(written(niger, ".json"))
    sentences = [one for section in found["sections"] for one in section["sentences"]]
    page = lxml_html.fromstring(written(niger, ".html")).text_content()
    for one in sentences:
        assert one["text"] in page and one["claims"] and one["parts"]
    claims = {one["id"] for one in found["claims"]}
    assert {claim for one in sentences for claim in one["claims"]} == claims


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_word_document_opens_with_headings_tables_and_described_pictures(niger: Brief, code: str) -> None:
    document = docx.Document(io.BytesIO(written(niger, ".docx", code)))
    headings = [one.text for one in document.paragraphs if one.style.name.startswith(("Heading 1", "Title"))]
    told = sheet(niger, language(code))
    assert headings[:2] == [told.title, told.chapters[0].heading]
    text = "\n".join(one.text for one in document.paragraphs)
    assert all(line in text for line in lines(niger, code))
    annex = document.tables[-1]
    assert len(annex.rows) == 1 + len(told.rows)
    assert annex.rows[0]._tr.xpath(".//w:tblHeader")
    described = document.element.xpath("//wp:docPr/@descr")
    drawn = png(told.charts[0].svg) is not None
    assert len(described) == (1 + len(told.charts) if drawn else 0) and all(described)
    anchors = set(document.element.xpath("//w:hyperlink/@w:anchor"))
    assert anchors and anchors <= set(document.element.xpath("//w:bookmarkStart/@w:name"))


def test_the_pdf_says_it_too(small_brief: Brief) -> None:
    if pdf.browser() is None:
        pytest.skip("NOT TESTED: no Chromium on this machine to print with")
    made_pdf = pypdfium2.PdfDocument(written(small_brief, ".pdf", "fr"))
    text = " ".join(page.get_textpage().get_text_range() for page in made_pdf)
    plain = re.sub(r"\s+", "", text)
    for line in lines(small_brief, "fr"):
        assert re.sub(r"\s+", "", line)[:60] in plain
    assert len(list(made_pdf.get_toc())) >= 6
    assert made_pdf.get_metadata_dict()["Title"] == sheet(small_brief, language("fr")).title


def test_no_way_to_make_a_pdf_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "BROWSERS", ())
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    with pytest.raises(BriefError, match="Chromium"):
        pdf.pdf(b"<p>")


def test_weasyprint_makes_it_where_it_can(small_brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        pytest.skip("NOT TESTED: WeasyPrint is not installed, or its libraries are not")
    monkeypatch.setattr(pdf, "BROWSERS", ())
    assert pdf.pdf(b"<!doctype html><html lang=en><title>x</title><h1>Niger</h1>").startswith(b"%PDF-")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, [name for name, _ in attrs]))


@pytest.mark.parametrize("code", LANGUAGES)
def test_hostile_reports_stay_words(tmp_path: Path, code: str) -> None:
    brief = made(hostile_ledger(tmp_path / "hostile.db"), Asked.of("NER", None))
    assert MARK in written(brief, ".json", code).decode()
    page = _Tags()
    page.feed(written(brief, ".html", code).decode())
    assert not {"script", "img", "iframe", "form", "input", "object"} & {tag for tag, _ in page.seen}
    assert not any(name.startswith("on") for _, names in page.seen for name in names)
    text = written(brief, ".md", code).decode()
    assert not re.search(r"(?<!\\)<(?!http)[a-z/!]", text) and not re.search(r"(?<!\\)!?\[[^\]\\]*\]\(", text)
    assert "\u202e" not in text and "\x1b" not in text
    docx.Document(io.BytesIO(written(brief, ".docx", code)))


def test_markdown_of_words_is_words() -> None:
    for words in ("# a", "- b", "+ c", "1. d", "[x](y)", "`z`", "<b>", "a|b", "https://x", "~~a~~", "&amp;", "\\"):
        told = escaped(words)
        assert told.replace("\\", "").replace(" ", "") == words.replace("\\", "").replace(" ", "")
        assert told != words


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://a b", 'http://a"b', "http://a\u202eb", "ftp://a", None, "http://a>b"]
)
def test_only_addresses_of_the_web_are_links(url: str | None) -> None:
    assert web_address(url) is None
    assert web_address("https://a.example/b?c=1&d=2") == "https://a.example/b?c=1&d=2"


def test_nothing_held_is_said(small: Path) -> None:
    brief = made(small, Asked.of("PER", None))
    assert brief.is_empty
    for code in LANGUAGES:
        nothing = language(code).label("nothing")
        for suffix in (".html", ".md"):
            assert nothing in written(brief, suffix, code).decode().replace("\\", "")
        assert docx.Document(io.BytesIO(written(brief, ".docx", code)))


def test_blurred_and_silent_about_sources(small: Path) -> None:
    hidden = Redaction(Blur.COUNTRY, anonymous=False, text=False)
    brief = made(small, Asked.of("NER", None, redaction=hidden))
    for suffix in (".html", ".md", ".json"):
        text = written(brief, suffix).decode()
        assert "Airbase 101" not in text and "13.48" not in text and "sahel.example" not in text
        assert "deployment, denied" not in text
    assert "Airbase 101" in written(made(small, Asked.of("NER", None)), ".md").decode()


def test_a_withheld_report_does_not_leak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    kept = fakes.document("100 Russian soldiers are in Niger.", published="2024-05-04", title="Stays")
    words = "700 Russian soldiers are in Niger."
    gone = fakes.document(words, published="2024-05-05", title="Under embargo", outlet="Secret")
    sent = Notice("", "urn:1", version="1", document=gone.id, provider="Wire")
    cancel = Notice("", "urn:1", PubStatus.CANCELED, version="2", provider="Wire")
    with Ledger(tmp_path / "a.db") as ledger:
        ledger.add_readings([Reading(kept), Reading(gone, notices=(sent,)), Reading(None, notices=(cancel,))])
        brief = brief_of(ledger.up_to_date(), Asked.of("NER", None), made=DAY)
    assert "700" not in written(brief, ".md").decode()
    text = written(brief, ".json").decode() + written(brief, ".html").decode()
    assert "Stays" in text
    assert "Under embargo" not in text and "Secret" not in text and gone.id not in text


def test_a_report_set_aside_after_the_derivation_does_not_leak_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.install(monkeypatch)
    kept = fakes.document("100 Russian soldiers are in Niger.", published="2024-05-04", title="Stays")
    gone = fakes.document("100 Russian soldiers are in Niger.", published="2024-05-05", title="Under embargo")
    sent = Notice("", "urn:1", version="1", document=gone.id, provider="Wire")
    with Ledger(tmp_path / "a.db") as ledger:
        ledger.add_readings([Reading(kept), Reading(gone, notices=(sent,))])
        ledger.up_to_date()
        cancel = Notice("", "urn:1", PubStatus.CANCELED, version="2", provider="Wire")
        ledger.add_readings([Reading(None, notices=(cancel,))])
    store = open_store(tmp_path / "a.db", create=False)
    brief = brief_of(store, Asked.of("NER", None), made=DAY)
    store.close()
    text = written(brief, ".json").decode() + page_of(sheet(brief, language("en"))).decode()
    assert "Under embargo" not in text and "Stays" in text
