"""A brief as a Word document (DOCX): real headings, lists and tables, pictures with a text alternative."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dateline.brief.drawings import Figure, Table
from dateline.brief.sheet import Chapter, Entry, Line, Row, Sheet, references_of
from dateline.charts.raster import png

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

_WIDTH_CM = 16.5
_LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}


def word(told: Sheet, *, made: str) -> bytes:
    """The document; the same sheet gives the same text, and `made` (an ISO day) is the day it bears.

    Drawings need resvg and a face for their words; without them the tables alone tell what they would show.
    """
    from docx import Document

    document = Document()
    _set_up(document, told, made)
    document.add_heading(_plain(told.title), 0)
    for name, value in told.facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{_plain(name)}{told.language.label('colon')}").bold = True
        paragraph.add_run(_plain(value))
    if told.nothing:
        document.add_paragraph().add_run(_plain(told.nothing)).bold = True
    else:
        _body(document, told)
    document.add_heading(_plain(told.language.label("how_to_read")), 1)
    for one in told.how:
        document.add_paragraph(_plain(one))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _body(document: WordDocument, told: Sheet) -> None:
    words = told.language
    for chapter in told.chapters:
        _chapter(document, chapter)
    document.add_heading(_plain(words.label("map")), 1)
    if told.map is None:
        document.add_paragraph(_plain(words.label("map_none")))
    else:
        _figure(document, told.map)
    if told.charts:
        document.add_heading(_plain(words.label("charts")), 1)
        for figure in told.charts:
            _figure(document, figure)
    document.add_heading(_plain(words.label("references")), 1)
    document.add_paragraph(_plain(words.label("references_note")))
    for entry in told.entries:
        _entry(document, entry, words.label("colon"))
    document.add_heading(_plain(words.label("annex")), 1)
    document.add_paragraph(_plain(words.label("annex_note")))
    columns = [words.label(key) for key in ("claim", "words", "chain", "report", "read")]
    _table(document, columns, map(_row, told.rows))


def _set_up(document: WordDocument, told: Sheet, made: str) -> None:
    """Paper, language and what the file says of itself; nothing of the machine it was made on."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
    style: Any = document.styles["Normal"]
    style.font.size = Pt(10)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGES[told.language.code])
    style.element.get_or_add_rPr().append(language)
    about = document.core_properties
    about.title, about.author, about.language = _plain(told.title), "dateline", _LANGUAGES[told.language.code]
    about.created = about.modified = datetime.fromisoformat(made)
    about.last_modified_by, about.comments = "dateline", ""


def _plain(words: str) -> str:
    """Words without what an XML file cannot hold."""
    kept = (
        char
        if char in "\t\n" or " " <= char < "\ud800" or "\ue000" <= char <= "\ufffd" or char > "\uffff"
        else "\ufffd"
        for char in words
    )
    return "".join(kept)


def _chapter(document: WordDocument, chapter: Chapter) -> None:
    document.add_heading(_plain(chapter.heading), 1)
    for group in chapter.groups:
        title = group.heading if group.lead is None else group.lead.text
        if title:
            document.add_heading(_plain(title), 2)
        for line in group.lines:
            _line(document.add_paragraph(style="List Bullet"), line)
    if not chapter.groups:
        document.add_paragraph(_plain(chapter.none))
    if chapter.left_out:
        document.add_paragraph(_plain(chapter.left_out))


def _line(paragraph: Paragraph, line: Line) -> None:
    """A sentence with links to its origins behind it."""
    paragraph.add_run(_plain(line.text))
    for number in line.sentence.origins:
        paragraph.add_run(" ")
        _link(paragraph, references_of([number]), f"origin-{number}")


def _link(paragraph: Paragraph, words: str, anchor: str) -> None:
    """A link within the document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    run = paragraph.add_run(words)
    link.append(run._r)
    paragraph._p.append(link)


def _entry(document: WordDocument, entry: Entry, colon: str) -> None:
    """An origin under its number, which links lead to."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = document.add_paragraph()
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(entry.number))
    start.set(qn("w:name"), f"origin-{entry.number}")
    paragraph._p.append(start)
    paragraph.add_run(f"[{entry.number}] ")
    paragraph._p.append(end)
    paragraph.add_run(_plain(entry.who)).bold = True
    told = f"{colon}{entry.report}" if entry.report else ""
    url = f" ({entry.url})" if entry.url else ""
    paragraph.add_run(_plain(f"{told}{url}, {entry.copies}."))


def _figure(document: WordDocument, figure: Figure) -> None:
    """A drawing as a picture, described by its caption and tables, which follow it."""
    from docx.shared import Cm

    picture = png(figure.svg)
    if picture is not None:
        document.add_paragraph(_plain(figure.caption)).paragraph_format.keep_with_next = True
        shape = document.add_picture(io.BytesIO(picture), width=Cm(_WIDTH_CM))
        described = f"{figure.caption}. {' '.join(table.caption for table in figure.tables)}"
        shape._inline.docPr.set("descr", _plain(described))
        shape._inline.docPr.set("title", _plain(figure.caption))
    if figure.note:
        document.add_paragraph(_plain(figure.note))
    for table in figure.tables:
        _captioned(document, table)


def _captioned(document: WordDocument, table: Table) -> None:
    document.add_paragraph(_plain(table.caption), style="Caption").paragraph_format.keep_with_next = True
    _table(document, table.columns, table.rows)


def _table(document: WordDocument, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table whose first row is its heading, on every page that it stands on."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    told = list(rows)
    table = document.add_table(rows=1 + len(told), cols=len(columns), style="Light Grid Accent 1")
    cells = iter(table._cells)
    for row in (columns, *told):
        for words in row:
            paragraph = next(cells).paragraphs[0]
            paragraph.add_run(_plain(words)).font.size = Pt(8.5)
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _row(row: Row) -> tuple[str, ...]:
    origin = "" if row.origin is None else f" [{row.origin}]"
    return (
        f"{row.says} {row.id}",
        f"{row.before}{row.words}{row.after}",
        row.chain,
        f"{row.report}{origin}",
        row.reading,
    )
