"""`dateline archive`: others find every record of it, and reading it gives the same documents again."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

import fakes
from dateline.export.web_archive import key_of, packed_index
from dateline.ledger import Ledger
from dateline.model import Capture, CaptureHead, Hints
from dateline.pipeline import describe
from web_archives import NIGER, two_pages

try:
    from wacz.validate import Validation
except ImportError:
    Validation = None

CLOCK = "2024-06-01T12:00:00.123456Z"
KEYS = {
    "https://news.example/niger": "example,news)/niger",
    "https://news.example/chad": "example,news)/chad",
    "https://saved.example/x?b=1&a=2": "example,saved)/x?a=2&b=1",
    "https://new.example/5": "example,new)/5",
}
HOSTILE = "caf\udce9\r\nX-Injected: yes\x00\x85\u202e]]>"


@pytest.fixture(autouse=True)
def light_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger of a crawl, of files with and without an address, of one fetched page, of a report without capture."""
    path = tmp_path / "a.db"
    crawl, text, saved, lines = (tmp_path / name for name in ("c.warc.gz", "a.txt", "b.html", "d.jsonl"))
    crawl.write_bytes(two_pages().data)
    text.write_text(fakes.report(1), encoding="utf-8")
    saved.write_bytes(
        NIGER.replace(b"<meta", b'<link rel="canonical" href="https://saved.example/x?b=1&amp;a=2"><meta')
    )
    lines.write_text(
        "".join(json.dumps({"text": fakes.report(n), "url": f"https://x.example/{n}"}) + "\n" for n in (2, 3))
    )
    with Ledger(path, clock=lambda: CLOCK) as opened:
        opened.add(crawl, saved, lines)
        opened.add(text, published="2024-05-04", outlet="Post", title="A title\u202e")
        content = fakes.report(5).encode()
        head = CaptureHead(
            url="https://old.example/5", final_url="https://new.example/5", at="2024-05-04T12:00:00.5+02:00",
            media_type="text/plain", status=200,
            headers=(("Content-Type", "text/plain; charset=utf-8"), ("Content-Encoding", "gzip"),
                     ("X-Odd: \r\n", HOSTILE)),
        )  # fmt: skip
        hints = Hints(url="https://new.example/5")
        document = fakes.document(content.decode(), url="https://new.example/5")
        opened.add_readings([replace(describe(document, hints), capture=Capture(content, head))])
        opened.add(text, captures=False, outlet="Courier")
    return path


def archived(ledger: Path, name: str = "out.wacz", **wanted: str) -> Path:
    out = ledger.with_name(name)
    with Ledger(ledger, create=False) as opened, out.open("w+b") as stream:
        done = opened.archive(stream, **wanted)  # type: ignore[arg-type]
    assert done.issues == []
    return out


def ids(ledger: Path) -> set[str]:
    with Ledger(ledger) as opened:
        return {document.id for document in opened.documents() if opened.captures_of([document.id])}


@pytest.mark.skipif(Validation is None, reason="wacz is not installed: it needs surt, which is under the AGPL")
def test_the_validator_of_the_format_accepts_it(ledger: Path) -> None:
    found = Validation(str(archived(ledger)))
    assert found.version == "1.1.1"
    assert found.check_required_contents() == 0
    assert found.frictionless_validate() is True
    assert found.check_file_paths() and found.check_file_hashes() and found.check_data_package_hash_and_sig()
    assert found.check_compression() and found.check_indexes()


def test_reading_it_gives_the_same_documents(ledger: Path, tmp_path: Path) -> None:
    again = tmp_path / "b.db"
    with Ledger(again) as opened:
        summary = opened.add(archived(ledger))
        assert (summary.refused, summary.new) == (0, len(ids(ledger)))
    assert ids(again) == ids(ledger)
    assert archived(ledger).read_bytes() == archived(ledger, "twice.wacz").read_bytes()


def test_the_index_leads_to_every_record(ledger: Path) -> None:
    with zipfile.ZipFile(archived(ledger)) as package:
        warc = package.read("archive/data.warc.gz")
        index = package.read("indexes/index.cdx.gz")
        blocks = package.read("indexes/index.idx").decode().splitlines()
        pages = [json.loads(line) for line in package.read("pages/pages.jsonl").splitlines()]
    assert blocks[0].startswith('!meta 0 {"format": "cdxj-gzip-1.0"')
    block = json.loads(blocks[1].split(" ", 2)[2])
    lines = gzip.decompress(index[block["offset"] : block["offset"] + block["length"]]).decode().splitlines()
    assert lines == sorted(lines) and len(lines) == len(pages) - 1 == 6
    for line in lines:
        key, moment, told = line.split(" ", 2)
        fields = json.loads(told)
        assert key == KEYS.get(fields["url"], fields["url"])
        start = int(fields["offset"])
        part = io.BytesIO(warc[start : start + int(fields["length"])])
        record = next(ArchiveIterator(part, check_digests="raise"))
        assert record.rec_headers.get_header("WARC-Target-URI") == fields["url"]
        assert record.rec_headers.get_header("WARC-Payload-Digest") == fields["digest"]
        assert "".join(filter(str.isdigit, record.rec_headers.get_header("WARC-Date"))) == moment
        assert record.content_stream().read()
        assert fields["url"] in {page["url"] for page in pages[1:]}


def test_records_hold_what_was_captured(ledger: Path) -> None:
    with zipfile.ZipFile(archived(ledger)) as package:
        records = {
            record.rec_headers.get_header("WARC-Target-URI"): (record.rec_type, record.http_headers, record.rec_headers)
            for record in ArchiveIterator(io.BytesIO(package.read("archive/data.warc.gz")), check_digests="raise")
        }
        pages = {page["url"]: page for page in map(json.loads, package.read("pages/pages.jsonl").splitlines()[1:])}
    kinds = {url: kind for url, (kind, _, _) in records.items() if url}
    assert kinds.pop("https://saved.example/x?b=1&a=2") == "resource"
    assert kinds.pop("https://new.example/5") == "response"
    assert sorted(kinds.values()) == ["resource", "resource", "response", "response"]
    http, warc = records["https://new.example/5"][1:]
    assert (http.get_header("X-Archive-Orig-Content-Encoding"), http.get_header("Content-Encoding")) == ("gzip", None)
    assert http.get_header("X-Injected") is None and "X-Injected" in http.get_header("X-Odd")
    assert warc.get_header("WARC-Date") == "2024-05-04T10:00:00Z"
    niger = records["https://news.example/niger"][2]
    assert niger.get_header("Dateline-Original-Record-ID") == "<urn:uuid:00000000-0000-4000-8000-000000000001>"
    given = [page["dateline"] for page in pages.values() if "dateline" in page]
    assert given == [{"published": "2024-05-04", "outlet": "Post", "title": "A title\u202e"}]
    assert {page["ts"] for url, page in pages.items() if url.startswith("urn:")} == {"2024-06-01T12:00:00Z"}


def test_filters_and_lost_captures(ledger: Path, tmp_path: Path) -> None:
    with Ledger(ledger, create=False) as opened:
        done = opened.archive(io.BytesIO(), source="Post")
        assert (done.captures, done.reports, done.without) == (1, 1, 0)
        done = opened.archive(io.BytesIO())
        assert (done.captures, done.without) == (6, 1)
        shutil.rmtree(f"{ledger}.captures")
        done = opened.archive(io.BytesIO())
        assert done.captures == 0 and len(done.issues) == 6
        assert {issue.code for issue in done.issues} == {"lost_capture"}


def test_a_long_index_is_in_blocks() -> None:
    lines = [f"example,{number:04})/ 20240101000000 {{}}\n" for number in range(700)]
    packed, second = packed_index(reversed(lines))
    assert gzip.decompress(packed).decode() == "".join(lines)
    blocks = [json.loads(line.split(" ", 2)[2]) for line in second.decode().splitlines()[1:]]
    assert len(blocks) == 3
    last = blocks[2]
    assert gzip.decompress(packed[last["offset"] : last["offset"] + last["length"]]).decode() == "".join(lines[600:])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_a_key_is_one_word(text: str) -> None:
    for url in (text, f"https://{text}", f"https://example.org/{text}?{text}"):
        assert len(f"{key_of(url)} x".encode("utf-8", "surrogatepass").split()) <= 2
