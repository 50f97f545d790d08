"""Files made to do harm, by hand: bombs, loops, depths, names that lead outside. Each a few lines of what is known."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from fuzz_mutations import zip_end, zip_entry
from made_files import LEAD, MC, SECOND, W, docx, workbook, zipped

LAUGHS = "<!DOCTYPE a [" + '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
OUTSIDE = ("../out.txt", "/tmp/dateline-fuzz-out.txt", "..\\out.txt", "C:\\out.txt", "a/../../out.txt", "~/out.txt")


def hostile() -> Iterator[tuple[str, bytes]]:
    """Every file, by a name whose end says which reader gets it."""
    yield from _zips()
    yield from _tars()
    yield from _office()
    yield from _pdfs()
    yield from _mails()
    yield from _sheets()
    yield from _pages()
    yield from _swapped()


def _zips() -> Iterator[tuple[str, bytes]]:
    zeros = bytes(20_000_000)
    yield "bomb.zip", zipped({"a.txt": zeros})
    yield "bombs.zip", zipped({f"{n}.txt": bytes(2_000_000) for n in range(20)})
    inner = zipped({"a.txt": LEAD})
    for _ in range(6):
        inner = zipped({"a.zip": inner, "b.txt": LEAD})
    yield "deep.zip", inner
    yield "outside.zip", zipped({name: LEAD for name in OUTSIDE})
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(link, "/etc/passwd")
    yield "link.zip", out.getvalue()
    yield "overlapping.zip", _overlapping(2_000)
    yield "many.zip", _many(250_000)
    yield "lying.zip", _one(b"a.txt", LEAD.encode() * 100_000, size=10)
    yield "locked.zip", _one(b"a.txt", LEAD.encode(), flags=1)
    yield "names.zip", _one(b"a\x00/../../b.txt", LEAD.encode())
    yield "noname.zip", _one(b"", LEAD.encode())
    yield "unicode.zip", _one(b"\xff\xfe\xfd.txt", LEAD.encode(), flags=0x800)
    yield "nothing.zip", zip_end(0, 0, 0)
    yield "far.zip", zip_end(65535, 0xFFFFFFFF, 0xFFFFFFFF)


def _one(name: bytes, content: bytes, *, size: int | None = None, flags: int = 0) -> bytes:
    entry, listed = zip_entry(name, content, size=size, flags=flags)
    return entry + listed + zip_end(1, len(listed), len(entry))


def _overlapping(count: int) -> bytes:
    """Many members that are all the same bytes of the file."""
    entry, _ = zip_entry(b"a.txt", bytes(3_000_000))
    listed = b"".join(zip_entry(b"a.txt", bytes(3_000_000))[1] for _ in range(3)) * (count // 3)
    return entry + listed + zip_end(count, len(listed), len(entry))


def _many(count: int) -> bytes:
    """A long list of members."""
    entry, listed = zip_entry(b"a", b"a")
    return entry + listed * count + zip_end(count, len(listed) * count, len(entry))


def _tars() -> Iterator[tuple[str, bytes]]:
    def archive(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as file:
            for entry, content in members:
                entry.size = len(content)
                file.addfile(entry, io.BytesIO(content))
        return out.getvalue()

    def linked(kind: bytes, name: str) -> tuple[tarfile.TarInfo, bytes]:
        entry = tarfile.TarInfo(name)
        entry.type = kind
        entry.linkname = "/etc/passwd"
        return entry, b""

    yield "outside.tar", archive(*((tarfile.TarInfo(name), LEAD.encode()) for name in OUTSIDE))
    kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
    yield "links.tar.gz", gzip.compress(archive(*(linked(kind, f"{kind!r}.txt") for kind in kinds)))
    yield "bomb.tgz", gzip.compress(archive((tarfile.TarInfo("a.txt"), bytes(40_000_000))))
    yield "bomb.txt.gz", gzip.compress(bytes(40_000_000))
    yield "streams.gz", gzip.compress(b"") * 50_000
    yield "twice.gz", gzip.compress(gzip.compress(gzip.compress(gzip.compress(LEAD.encode()))))
    yield "half.gz", gzip.compress(LEAD.encode())[:-9]
    head = bytearray(archive((tarfile.TarInfo("a.txt"), b"x"))[:512])
    for size in (b"\xff" * 12, b"77777777777\x00", b"\x80" + b"\xff" * 11, b"-0000000001\x00"):
        head[124:136] = size
        head[148:156] = b" " * 8
        head[148:156] = b"%06o\x00 " % sum(head)
        yield "size.tar", bytes(head) + bytes(2048)
    long_name = tarfile.TarInfo("x" * 60_000)
    yield "name.tar", archive((long_name, LEAD.encode()))
    pax = b"1 \n" * 20_000
    head[156:157], head[124:136] = b"x", b"%011o\x00" % len(pax)
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\x00 " % sum(head)
    yield "pax.tar", bytes(head) + pax + bytes(-len(pax) % 512) + bytes(1024)


def _office() -> Iterator[tuple[str, bytes]]:
    paragraph = f"<w:p><w:r><w:t>{LEAD}</w:t></w:r></w:p>"
    yield "laughs.docx", docx(extra={"word/document.xml": f"{LAUGHS}]><a>&a11;</a>"})
    yield "laughs16.docx", zipped({"word/document.xml": f"{LAUGHS}]><a>&a11;</a>".encode("utf-16")})
    external = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    yield "external.docx", docx(extra={"docProps/core.xml": f"{external}<a>&x;</a>"})
    yield "deep.docx", docx(body="<w:r>" * 200 + "<w:t>x</w:t>" + "</w:r>" * 200)
    yield "deeper.docx", docx(body="<w:sdt>" * 20_000)
    yield "tables.docx", docx(body="<w:tbl><w:tr><w:tc>" * 30 + paragraph + "</w:tc></w:tr></w:tbl>" * 30)
    yield "long.docx", docx(body=paragraph * 30_000)
    yield "empty.docx", docx(body="")
    yield "none.docx", zipped({"[Content_Types].xml": "<Types/>"})
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="x/relationships/officeDocument" Target="../../../etc/passwd.xml" TargetMode="External"/></Relationships>'
    )
    yield "rels.docx", docx(extra={"_rels/.rels": rels})
    yield "wrong.docx", docx(extra={"word/document.xml": f"<w:document {W} {MC}><w:body>"})
    yield "ole.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    yield "ole.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    yield from _workbooks()


def _workbooks() -> Iterator[tuple[str, bytes]]:
    def with_sheet(xml: str, **other: str) -> bytes:
        with zipfile.ZipFile(io.BytesIO(workbook())) as file:
            parts: dict[str, bytes | str] = {name: file.read(name) for name in file.namelist()}
        parts["xl/worksheets/sheet1.xml"] = xml
        return zipped({**parts, **{name.replace("__", "/") + ".xml": value for name, value in other.items()}})

    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

    def sheet(rows: str, dimension: str = "A1:C3") -> str:
        return f'<worksheet {ns}><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'

    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
    cell = f'<c t="inlineStr"><is><t>{SECOND}</t></is></c>'
    yield "far_row.xlsx", with_sheet(sheet(head + f'<row r="99999999999999">{cell}</row>'))
    yield "last_row.xlsx", with_sheet(sheet(head + f'<row r="1048576">{cell}</row>'))
    yield "far_cell.xlsx", with_sheet(sheet(head + '<row r="2"><c r="XFD2"><v>1</v></c></row>' * 500))
    yield "farther_cell.xlsx", with_sheet(sheet(head + '<row r="2"><c r="ZZZZZZ2"><v>1</v></c></row>'))
    yield "dimension.xlsx", with_sheet(sheet(head, "A1:XFD1048576"))
    yield (
        "huge_date.xlsx",
        with_sheet(sheet(head + '<row r="2"><c r="A2" s="1"><v>1e308</v></c><c s="1"><v>-9e9</v></c></row>')),
    )
    yield "shared.xlsx", with_sheet(sheet('<row r="1"><c r="A1" t="s"><v>999999</v></c></row>'))
    yield "no_number.xlsx", with_sheet(sheet(head + '<row r="x"><c r="A2" t="n"><v>abc</v></c></row>'))
    yield "laughs.xlsx", with_sheet(f"{LAUGHS}]><a>&a11;</a>")
    yield (
        "laughs_strings.xlsx",
        with_sheet(sheet(head), xl__sharedStrings=f"{LAUGHS}]><sst {ns}><si><t>&a9;</t></si></sst>"),
    )
    yield "marks.xlsx", with_sheet(sheet(head), xl__sharedStrings=f"<sst {ns}>" + "<si/>" * 200_000 + "</sst>")


def _pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        start,
    )


def _stream(content: bytes, *, packed: bool = True, extra: bytes = b"") -> bytes:
    data = zlib.compress(content) if packed else content
    how = b"/Filter /FlateDecode" if packed else b""
    return b"<< /Length %d %s %s >>\nstream\n%s\nendstream" % (len(data), how, extra, data)


def _pdfs() -> Iterator[tuple[str, bytes]]:
    catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    form = _stream(
        b"/X Do /X Do", extra=b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    )
    words = b"BT /F 11 Tf 50 700 Td (The mission closed its camp at Orvale.) Tj ET "
    yield "plain.pdf", _pdf(catalog, pages, page, _stream(words), font, form)
    yield "loop_form.pdf", _pdf(catalog, pages, page, _stream(words + b"/X Do"), font, form)
    yield (
        "loop_pages.pdf",
        _pdf(catalog, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 999999999 >>", page, _stream(words), font, form),
    )
    yield (
        "many_pages.pdf",
        _pdf(
            catalog,
            b"<< /Type /Pages /Kids [" + b"3 0 R " * 60_000 + b"] /Count 60000 >>",
            page,
            _stream(words),
            font,
            form,
        ),
    )
    yield "bomb.pdf", _pdf(catalog, pages, page, _stream(words * 400_000), font, form)
    yield "zeros.pdf", _pdf(catalog, pages, page, _stream(bytes(40_000_000)), font, form)
    yield (
        "twice_packed.pdf",
        _pdf(
            catalog,
            pages,
            page,
            _stream(zlib.compress(bytes(80_000_000)), extra=b"/DecodeParms [null null]").replace(
                b"/FlateDecode", b"[/FlateDecode /FlateDecode]"
            ),
            font,
            form,
        ),
    )
    yield "deep_brackets.pdf", _pdf(catalog, pages, page, _stream(b"[" * 500_000 + words), font, form)
    yield "deep_state.pdf", _pdf(catalog, pages, page, _stream(b"q " * 1_000_000 + words), font, form)
    yield "huge_page.pdf", _pdf(catalog, pages, page.replace(b"600 800", b"-1e30 1e38"), _stream(words), font, form)
    yield (
        "nan_place.pdf",
        _pdf(catalog, pages, page, _stream(b"BT /F 1e30 Tf 1e38 -1e38 Td (There it is.) Tj ET"), font, form),
    )
    yield "loop_xref.pdf", _pdf(catalog, pages, page, _stream(words), font, form, trailer=b"/Prev 9")
    yield "no_pages.pdf", _pdf(catalog, b"<< /Type /Pages /Kids [] /Count 0 >>")
    yield (
        "script.pdf",
        _pdf(
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (while(1){}) >> >>",
            pages,
            page,
            _stream(words),
            font,
            form,
        ),
    )
    yield (
        "launch.pdf",
        _pdf(
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (/bin/sh) >> >>",
            pages,
            page,
            _stream(words),
            font,
            form,
        ),
    )
    yield "huge_length.pdf", b"%PDF-1.7\n1 0 obj\n<< /Length 99999999999 >>\nstream\n" + words
    yield "only_head.pdf", b"%PDF-1.4\n"
    yield "brackets.pdf", b"%PDF-1.4\n" + b"<<" * 200_000
    yield (
        "crowded.pdf",
        _pdf(
            catalog,
            pages,
            page,
            _stream(b"BT /F 1 Tf " + b"1 0 Td (a) Tj 0 1 Td (b-) Tj " * 30_000 + b"ET"),
            font,
            form,
        ),
    )


def _mails() -> Iterator[tuple[str, bytes]]:
    head = b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n"
    yield (
        "deep.eml",
        head
        + b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(2_000))
        + b"Content-Type: text/plain\n\n"
        + LEAD.encode(),
    )
    yield "rfc822.eml", head + b"Content-Type: message/rfc822\n\n" * 3_000 + LEAD.encode()
    yield (
        "parts.eml",
        head + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nSome words here.\n" * 30_000 + b"--b--",
    )
    yield "subject.eml", b"Subject: " + b"=?utf-8?b?w6k=?= " * 100_000 + b"\nFrom: a@b\n\n" + LEAD.encode()
    yield "from.eml", b"From: " + b"((((" * 100_000 + b"\nSubject: x\nTo: b\n\n" + LEAD.encode()
    yield "headers.eml", b"X-A: b\n" * 300_000 + b"\n" + LEAD.encode()
    yield (
        "charset.eml",
        head + b'Content-Type: text/plain; charset="rot13"\nContent-Transfer-Encoding: base64\n\n!!!!=aGVsbG8',
    )
    yield "uu.eml", head + b"Content-Transfer-Encoding: uuencode\n\nbegin 666 ../../x\n" + b"M" * 50_000
    yield "date.eml", b"Date: Tue, 99 Foo 99999999999 25:61:61 +9999999\n" + head + b"\n" + LEAD.encode()
    yield (
        "name.eml",
        head
        + b"Content-Disposition: attachment; filename*0*=utf-8''..%2f..%2fout; filename*1=.zip\n\n"
        + LEAD.encode(),
    )
    yield (
        "rfc2231.eml",
        head
        + b"Content-Type: text/plain; "
        + b"".join(b"a*%d=b; " % n for n in range(20_000))
        + b"\n\n"
        + LEAD.encode(),
    )
    yield (
        "boundary.eml",
        head + b'Content-Type: multipart/mixed; boundary="' + b"((a+)+)+$" * 200 + b'"\n\n' + b"--" + b"a" * 100_000,
    )
    yield "quoted.eml", head + b"\n" + b"> " * 200_000 + LEAD.encode()
    yield (
        "forwarded.eml",
        head + b"\n---------- Forwarded message ---------\n" + b"From: x\nDate: 9\n" * 50_000 + LEAD.encode(),
    )


def _sheets() -> Iterator[tuple[str, bytes]]:
    yield "quote.csv", b'text,title\n"' + LEAD.encode() * 10_000
    yield "wide.csv", b"text," * 300_000 + b"\n" + b"x," * 300_000
    yield "long.csv", b"text,title\n" + b"a" * 3_000_000 + b",b\n" + LEAD.encode() + b",c\n"
    yield "quotes.csv", b"text\n" + b'"a""' * 300_000
    yield "nul.csv", b"text,title\n\x00" + LEAD.encode() + b"\x00,x\n"
    yield "rows.csv", b"text\n" + b"1\n" * 10_000
    yield "blank.csv", b"\n" * 500_000 + b"text\n"
    yield "separator.csv", b"sep=\x00\ntext\x00b\n"
    yield "html.csv", b"html,title\n" + b"<div>" * 50_000 + b",x\n"


def _pages() -> Iterator[tuple[str, bytes]]:
    yield "deep.html", b"<html><body>" + b"<div>" * 100_000 + LEAD.encode()
    yield "laughs.html", f"{LAUGHS}]><html><body><p>&a11; {LEAD}</p></body></html>".encode()
    yield "attributes.html", b"<html><body><p " + b'a="b" ' * 200_000 + b">" + LEAD.encode()
    yield "open.html", b"<html><body>" + b"<a <" * 100_000
    yield "comments.html", b"<html><body><!--" * 50_000 + LEAD.encode()
    yield (
        "scripts.html",
        b'<html><script type="application/ld+json">' + b"[" * 200_000 + b"</script><body><p>" + LEAD.encode(),
    )
    yield "deep.json", b"[" * 300_000
    yield "number.jsonl", b'{"text": ' + b"9" * 400_000 + b"}"
    yield "keys.jsonl", json.dumps({"text": LEAD, **{str(n): n for n in range(50_000)}}).encode()
    yield "surrogates.jsonl", b'{"text": "\\ud800 ' + LEAD.encode() + b'", "title": "\\udfff", "url": "\\u0000"}'


def _swapped() -> Iterator[tuple[str, bytes]]:
    files = {"pdf": _pdf(b"<< >>"), "zip": zipped({"a.txt": LEAD}), "docx": docx(), "xlsx": workbook(),
             "eml": b"From: a\nMIME-Version: 1.0\nSubject: b\n\n" + LEAD.encode(), "gz": gzip.compress(LEAD.encode()),
             "txt": LEAD.encode(), "png": b"\x89PNG\r\n\x1a\n" + bytes(100)}  # fmt: skip
    for kind in (
        "html",
        "pdf",
        "docx",
        "xlsx",
        "zip",
        "tar",
        "gz",
        "eml",
        "csv",
        "jsonl",
        "txt",
        "xml",
        "warc",
        "wacz",
    ):
        for other, data in files.items():
            yield f"{other}_as.{kind}", data
