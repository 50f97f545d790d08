"""Word documents: what is shown is read, in order; what is hidden, deleted or linked is not."""

from __future__ import annotations

import pytest
from made_files import LEAD, MC, TITLE, W, docx, zipped

from dateline.ingest.docx import read
from dateline.model import Document, Hints, Issue


def only(data: bytes) -> Document | Issue:
    (item,) = read(data, Hints(path="a.docx"))
    return item


def text_of(body: str) -> str:
    item = only(
        docx(body=body, extra={"word/header1.xml": f"<w:hdr {W}/>", "word/footnotes.xml": f"<w:footnotes {W}/>"})
    )
    assert isinstance(item, Document), item
    return item.text


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<w:r><w:t>One</w:t></w:r><w:r><w:t xml:space='preserve'> two</w:t></w:r>", "One two"),
        ("<w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>", "One two\nthree"),
        ("<w:ins><w:r><w:t>in</w:t></w:r></w:ins><w:del><w:r><w:delText>out</w:delText></w:r></w:del>", "in"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>shown</w:t></w:r>", "shown"),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>shown</w:t></w:r>", "shown"),
        ("<w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink><w:r><w:instrText>X</w:instrText></w:r>", "linked"),
        ("<w:sdt><w:sdtContent><w:r><w:t>field</w:t></w:r></w:sdtContent></w:sdt>", "field"),
        ("<w:r><w:t>T\u0000</w:t></w:r>".replace("\u0000", "&#9;"), "T"),
    ],
)  # fmt: skip
def test_runs_of_a_paragraph(runs: str, text: str) -> None:
    assert text_of(f"<w:p>{runs}</w:p>") == text


def test_cells_of_a_table_stand_below_one_another_apart_from_the_text() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    table = f"<w:tbl><w:tr>{cell.format('a')}{cell.format('b')}</w:tr></w:tbl>"
    after = "<w:p><w:r><w:t>after</w:t></w:r></w:p>"
    assert text_of(f"{after}{table}{after}") == "after\n\na\nb\n\nafter"


def test_furniture_and_properties() -> None:
    item = only(docx())
    assert isinstance(item, Document)
    assert [(item.text[part.start : part.end], part.reason) for part in item.furniture] == [
        ("Ministry of Defence", "header"),
        ("Figures of the ministry.", "footnote"),
    ]
    assert LEAD in item.text and "900" not in item.text and "secret" not in item.text
    assert item.text.count("Shown once.") == 1
    assert (item.title, item.byline, item.language, item.published) == (TITLE, "Jane Doe", "en-GB", None)
    assert set(item.provenance.values()) == {"docx properties"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "encrypted"),
        (b"no zip at all", "bad_file"),
        (zipped({"a.xml": "<a/>"}), "bad_file"),
        (docx(body=""), "empty"),
        (docx(extra={"word/document.xml": "<w:document"}), "bad_file"),
        (docx(extra={"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "bad_file"),
        (docx(extra={"word/document.xml": f"<w:document {W} {MC}>{'<w:sdt>' * 150}"}), "bad_file"),
        (docx(body="<w:p><w:r><w:t>word </w:t></w:r></w:p>" * 200_000), "bomb"),
        (docx(body="".join(f"<w:p><w:r><w:t>{n:x} word</w:t></w:r></w:p>" for n in range(50_000))), "too_long"),
    ],
)  # fmt: skip
def test_what_is_refused(data: bytes, code: str) -> None:
    item = only(data)
    assert isinstance(item, Issue)
    assert (item.code, item.path) == (code, "a.docx")
