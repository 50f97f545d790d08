"""Small valid files of every format, made here; `python tests/ingest/made_files.py` writes them to `examples/`."""

from __future__ import annotations

import csv
import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

EXAMPLES = Path(__file__).parent / "examples"
LEAD = (
    "ORVALE (Courier) - The French-led mission closed its camp at Orvale on Monday, the defence ministry said, "
    "after an extraordinary disagreement with the authorities about responsibilities."
)
SECOND = (
    "About 400 soldiers had been stationed there since February 2027. The opposition disagreed with the number and "
    "called the withdrawal a disgrace."
)
THIRD = "A spokesman for the mission said that 90 technicians would stay until August to hand over the airfield."
TITLE = "Camp at Orvale closes after four years"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """A zip file of these files, always of the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (2031, 3, 4, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            file.writestr(entry, content)
    return out.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    """A tar archive of these files, packed by gzip."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return gzip.compress(out.getvalue(), mtime=0)


def pdf(*, pages: int = 2, columns: int = 2, password: str | None = None, title: str = TITLE) -> bytes:
    """A PDF with heads, feet and columns; words are parted at the ends of lines by hyphens."""
    from reportlab.lib import pdfencrypt
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    lock = pdfencrypt.StandardEncryption(password, ownerPassword="owner") if password is not None else None
    sheet = canvas.Canvas(out, pagesize=A4, invariant=1, encrypt=lock)
    sheet.setTitle(title)
    sheet.setAuthor("Jane Doe")
    lines = [line for part in (LEAD, SECOND, THIRD) for line in [*hyphenated(part, 40), ""]]
    lines = [f"{line}" for _ in range(2) for line in lines][:40]
    for number in range(1, pages + 1):
        sheet.setFont("Helvetica", 8)
        sheet.drawString(50, 810, "THE DAILY COURIER   4 March 2031")
        sheet.drawString(290, 30, f"Page {number} of {pages}")
        if number == 1:
            sheet.setFont("Times-Bold", 20)
            sheet.drawString(50, 770, TITLE)
        sheet.setFont("Times-Roman", 11)
        for column in range(columns):
            text = sheet.beginText(50 + column * 270, 740)
            for line in lines:
                text.textLine(line)
            sheet.drawText(text)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def hyphenated(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters; a long word at the end of one is parted."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) + 1 <= width:
            line = f"{line} {word}".strip()
            continue
        room = width - len(line) - 2
        if "-" not in word and word.isalpha() and room > 4 and len(word) - room > 3:
            lines.append(f"{line} {word[:room]}-")
            line = word[room:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def docx(*, body: str | None = None, extra: Mapping[str, str] | None = None) -> bytes:
    """A Word document with a heading, tracked changes, hidden text, a table, a page head and a footnote."""
    paragraphs = (
        f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>{TITLE}</w:t></w:r></w:p>'
        f'<w:p><w:r><w:t xml:space="preserve">{LEAD[:20]}</w:t></w:r><w:r><w:t>{LEAD[20:]}</w:t></w:r></w:p>'
        '<w:p><w:r><w:t xml:space="preserve">About </w:t></w:r><w:del><w:r><w:delText>900</w:delText></w:r></w:del>'
        "<w:ins><w:r><w:t>400</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        '<w:r><w:t xml:space="preserve"> soldiers had been stationed</w:t><w:noBreakHyphen/><w:t>there.</w:t></w:r>'
        "</w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Camp</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>Soldiers</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>Orvale</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>400</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>Shown once.</w:t></mc:Choice>"
        "<mc:Fallback><w:t>Shown once.</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    shown = paragraphs if body is None else body
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {W} {MC}><w:body>{shown}</w:body></w:document>",
        "word/header1.xml": f"<w:hdr {W}><w:p><w:r><w:t>Ministry of Defence</w:t></w:r></w:p></w:hdr>",
        "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:type="separator"><w:p/></w:footnote>'
        "<w:footnote><w:p><w:r><w:t>Figures of the ministry.</w:t></w:r></w:p></w:footnote></w:footnotes>",
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{TITLE}</dc:title><dc:creator>Jane Doe</dc:creator><dc:language>en-GB</dc:language>"
        "<dcterms:created>2031-03-05T08:00:00Z</dcterms:created></cp:coreProperties>",
    }
    return zipped({**parts, **(extra or {})})


def mail(*, attached: Mapping[str, bytes] | None = None) -> bytes:
    """A mail of a news list in plain text and as a page, with attachments."""
    message = EmailMessage()
    message["Subject"] = f"[alerts] {TITLE}"
    message["From"] = "The Daily Courier <alerts@courier.example>"
    message["Date"] = "Tue, 04 Mar 2031 06:30:00 +0100"
    message["Message-ID"] = "<one@courier.example>"
    message["List-Id"] = "<alerts.courier.example>"
    message.set_content(f"{LEAD}\n\n{SECOND}\n\n-- \nThe Daily Courier, 1 Main Street")
    message.add_alternative(f"<html><body><h1>{TITLE}</h1><p>{LEAD}</p><p>{SECOND}</p></body></html>", subtype="html")
    for name, content in (attached or {}).items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    _bounded(message)
    return message.as_bytes()


def _bounded(message: EmailMessage) -> None:
    """The same marks between parts every time."""
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"part-{number}")


def forwarded_mail() -> bytes:
    """A mail that somebody passed on with a note."""
    message = EmailMessage()
    message["Subject"] = "Fwd: Camp closes"
    message["From"] = "Bob Reader <bob@example.org>"
    message["Date"] = "Wed, 05 Mar 2031 10:00:00 +0000"
    message.set_content(
        "Have you seen this?\n\n---------- Forwarded message ---------\nFrom: Jane Doe <jane@courier.example>\n"
        f"Date: Tue, Mar 4, 2031 at 6:30 PM\nSubject: {TITLE}\nTo: <list@example.org>\n\n\n{LEAD}\n\n{SECOND}\n"
    )
    return message.as_bytes()


def saved_page() -> bytes:
    """A page as a browser saves it in one file."""
    page = (
        f"<html><head><title>{TITLE}</title><meta property='article:published_time' content='2031-03-04'></head>"
        f"<body><article><h1>{TITLE}</h1><p>{LEAD}</p><p>{SECOND}</p></article></body></html>"
    )
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://courier.example/camp\r\nSubject: Camp\r\n"
        "Date: Fri, 07 Mar 2031 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--b1"\r\n\r\n\r\n----b1\r\n'
        "Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    picture = (
        "\r\n----b1\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----b1--\r\n"
    )
    return (head + page + picture).encode()


ROWS: tuple[tuple[object, ...], ...] = (
    ("Paper", "Headline", "Body", "Date", "Link"),
    ("The Daily Courier", TITLE, f"{LEAD}\n{SECOND}", "2031-03-04", "https://courier.example/camp"),
    ("The Daily Courier", "No text", "", "2031-03-05", ""),
    ("Le Matin", "Départ", f"Café; {SECOND}", "2031-03-06", "https://matin.example/depart"),
)


def sheet(delimiter: str = ";", encoding: str = "cp1252") -> bytes:
    """A sheet of reports in text form."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(ROWS)
    return out.getvalue().encode(encoding)


def workbook() -> bytes:
    """A workbook: a sheet of reports below a title, with typed dates, and a sheet of something else."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Reports"
    first.append(["Clippings of March", None])
    for row in ROWS:
        day = str(row[3])
        typed = datetime.fromisoformat(day) if day[:1].isdigit() else day
        first.append([*row[:3], typed, row[4]])
    other = book.create_sheet("Notes")
    other.append(["Who", "When"])
    other.append(["Jane", 3])
    book.properties.created = book.properties.modified = datetime(2031, 3, 7)
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as file:
        return zipped({name: file.read(name) for name in file.namelist()})


def archive() -> bytes:
    """A zip archive of reports of several formats, another archive among them."""
    inner = zipped({"inner/second.txt": f"{SECOND}\n"})
    return zipped({"a.txt": f"{LEAD}\n", "folder/b.csv": sheet(",", "utf-8"), "more.zip": inner, ".hidden.txt": "No."})


def made() -> dict[str, bytes]:
    """A valid file of each format, by reader and name."""
    article = f"<article><h1>{TITLE}</h1><p>{LEAD}</p><p>{SECOND}</p></article>"
    page = f"<html><head><title>{TITLE}</title></head><body>{article}"
    return {
        "text/report.txt": f"{TITLE}\n\n{LEAD}\n\n{SECOND}\n".encode(),
        "html/report.html": page.encode(),
        "jsonl/reports.jsonl": b'{"text": "%s", "title": "Camp"}\n{"html": "<p>%s</p>"}\n'
        % (LEAD.encode(), SECOND.encode()),
        "pdf/two_columns.pdf": pdf(),
        "docx/statement.docx": docx(),
        "mail/alert.eml": mail(attached={"note.docx": docx(), "more.txt": THIRD.encode()}),
        "mail/forwarded.eml": forwarded_mail(),
        "mail/saved.mhtml": saved_page(),
        "csv/clippings.csv": sheet(),
        "xlsx/clippings.xlsx": workbook(),
        "zip/reports.zip": archive(),
        "tar/reports.tar.gz": tarred({"a.txt": LEAD.encode(), "b/c.html": page.encode()}),
    }


if __name__ == "__main__":
    for path, content in made().items():
        if path.split("/")[0] not in ("text", "html", "jsonl"):
            (EXAMPLES / path).parent.mkdir(parents=True, exist_ok=True)
            (EXAMPLES / path).write_bytes(content)
