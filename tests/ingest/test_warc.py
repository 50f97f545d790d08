"""Web archives: what other programs wrote is read page by page, and what is broken is told."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.ingest import archived, format_of, unpacking, warc
from dateline.ingest.sources import captured, reports
from dateline.model import Document, Hints, Issue
from web_archives import CHAD, DATE, NIGER, Archive, chunked, page, two_pages


def read(data: bytes, **hints: Any) -> tuple[list[Document], dict[str, str]]:
    """The documents of an archive, and its issues by code."""
    kind = format_of(None, data)
    found = [item for item, _ in archived.items(io.BytesIO(data), Hints(**hints), kind)]
    documents = [item for item in found if isinstance(item, Document)]
    return documents, {item.code: item.message for item in found if isinstance(item, Issue)}


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_pages_come_with_their_address_and_record(zipped: bool, version: str, tmp_path: Path) -> None:
    path = tmp_path / "crawl.bin"
    path.write_bytes(two_pages(zipped=zipped, version=version).data)
    (first, capture), (second, _), (skipped, none) = captured([path], Hints())
    assert isinstance(first, Document) and isinstance(second, Document) and isinstance(skipped, Issue)
    assert [first.url, second.url] == ["https://news.example/niger", "https://news.example/chad"]
    assert (first.title, first.published) == ("Soldiers arrive in Niger", "2024-05-04T10:00:00Z")
    assert first.provenance["url"] == "warc target"
    told = first.provenance["capture"]
    assert "urn:uuid:00000000-0000-4000-8000-000000000001" in told and DATE[:19] in told and "(matches)" in told
    assert capture is not None and none is None
    assert capture.content == NIGER
    assert (capture.head.status, capture.head.media_type) == (200, "text/html")
    assert capture.head.record == "urn:uuid:00000000-0000-4000-8000-000000000001"
    assert capture.head.at is not None and capture.head.at[:19] == DATE[:19]
    assert (skipped.code, skipped.path) == ("skipped", str(path))
    assert "1 image/png" in skipped.message and "1 answers 404" in skipped.message


@pytest.mark.parametrize(
    ("encoding", "encode"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("br", brotli.compress),
        ("identity", bytes),
        ("gzip", bytes),
    ],
)
@pytest.mark.parametrize("chunks", [True, False])
def test_encodings_are_undone(encoding: str, encode: Any, chunks: bool) -> None:
    made = Archive()
    headers = [("Content-Encoding", encoding)] + ([("Transfer-Encoding", "chunked")] if chunks else [])
    body = encode(NIGER)
    made.add("https://news.example/niger", chunked(body) if chunks else body, headers=headers)
    documents, issues = read(made.data)
    assert [item.title for item in documents] == ["Soldiers arrive in Niger"]
    assert issues == {}
    assert "(matches)" in documents[0].provenance["capture"]


def test_chunks_that_are_none_are_read_as_they_are() -> None:
    made = Archive()
    made.add("https://news.example/niger", NIGER, headers=[("Transfer-Encoding", "chunked")])
    assert len(read(made.data)[0]) == 1


def test_the_charset_of_the_server_counts() -> None:
    made = Archive()
    body = page("Zpráva", "V Čadu je 400 vojáků.").decode().replace('lang="en"', "").encode("cp1250")
    made.add("https://news.example/cz", body, media_type="text/html; charset=windows-1250")
    (document,) = read(made.data)[0]
    assert "Čadu je 400 vojáků" in document.text


def test_plain_text_json_and_resources() -> None:
    made = Archive()
    made.add("https://news.example/a.txt", b"100 Russian soldiers are in Niger.", media_type="text/plain")
    made.add("https://news.example/robots.txt", b"User-agent: all", media_type="text/plain")
    made.add("https://api.example/1", b'{"text": "40 soldiers left Mali.", "url": "https://x.example/1"}',
             media_type="application/json")  # fmt: skip
    made.add("https://api.example/2", b'{"status": "ok"}', media_type="application/json")
    made.add("urn:report:1", NIGER, kind="resource", media_type="text/html")
    documents, issues = read(made.data)
    assert [item.url for item in documents] == ["https://news.example/a.txt", "https://x.example/1", None]
    assert "target urn:report:1" in documents[2].provenance["capture"]
    assert "1 JSON without a report" in issues["skipped"] and "1 text/plain" in issues["skipped"]


@pytest.mark.parametrize("zipped", [True, False])
def test_a_revisit_is_the_page_it_repeats_at_its_own_moment(zipped: bool) -> None:
    made = Archive(zipped=zipped)
    first = made.add("https://news.example/niger", NIGER)
    made.revisit("https://news.example/niger", "https://news.example/niger")
    made.revisit("https://mirror.example/niger", "https://else.example/", **{"WARC-Refers-To": first})
    made.revisit("https://news.example/gone", "https://news.example/not-here")
    found = list(archived.items(io.BytesIO(made.data), Hints(), "warc"))
    (one, _), (again, capture), (elsewhere, _), (told, _) = found
    assert isinstance(one, Document) and isinstance(again, Document) and isinstance(elsewhere, Document)
    assert one.id == again.id and one.url == again.url
    assert "revisit of urn:uuid:00000000-0000-4000-8000-000000000001" in again.provenance["capture"]
    assert capture is not None and capture.head.at is not None and capture.head.at.startswith("2024-06-01")
    assert elsewhere.url == "https://mirror.example/niger" and elsewhere.text == one.text
    assert isinstance(told, Issue) and told.code == "revisit" and "/gone" in told.message


def test_a_wrong_digest_is_told() -> None:
    made = Archive(zipped=False)
    for name in ("niger", "chad", "odd", "hexadecimal"):
        made.add(f"https://news.example/{name}", NIGER)
    digest = f"sha256:{hashlib.sha256(NIGER).hexdigest()}"
    wanted = iter(["sha1:GOOD", "sha1:" + "A" * 32, "md4:1", digest])
    (good,) = set(re.findall(rb"WARC-Payload-Digest: (\S+)", made.data))
    data = re.sub(rb"WARC-Payload-Digest: \S+", lambda _: b"WARC-Payload-Digest: " + next(wanted).encode(), made.data)
    documents, issues = read(data.replace(b"sha1:GOOD", good))
    told = [re.findall(r"\((.*)\)", item.provenance["capture"]) for item in documents]
    assert told == [["matches"], ["does not match"], ["not checked"], ["matches"]]
    assert list(issues) == ["bad_digest"] and "/chad" in issues["bad_digest"]


@pytest.mark.parametrize("zipped", [True, False])
def test_a_file_cut_anywhere_gives_what_is_whole(zipped: bool) -> None:
    made = two_pages(zipped=zipped)
    whole = made.data
    for cut in (*range(1, len(whole), 97), len(whole) - 1):
        documents, issues = read(whole[:cut]) if cut >= 5 and format_of(None, whole[:cut]) == "warc" else ([], {})
        if cut < made.starts[1]:
            assert documents == []
        else:
            assert documents[0].url == "https://news.example/niger"
        if cut < len(whole) - 4 and cut > 64 and cut not in made.starts:
            assert "torn" in issues, cut


@pytest.mark.parametrize("zipped", [True, False])
def test_what_follows_a_damaged_record_is_read(zipped: bool) -> None:
    made = two_pages(zipped=zipped)
    data = bytearray(made.data)
    at = made.starts[1] + 12 if zipped else made.starts[1]
    data[at : at + 30] = bytes(30)
    documents, issues = read(bytes(data))
    assert [item.url for item in documents] == ["https://news.example/niger", "https://news.example/chad"]
    assert "torn" in issues


@pytest.mark.parametrize("length", ["99999999999", "-1", "x", "", "9" * 400, "5"])
def test_a_wrong_length_costs_one_record(length: str) -> None:
    first, *_, last = Archive(zipped=False), Archive(zipped=False)
    first.add("https://news.example/niger", NIGER)
    last.add("https://news.example/chad", CHAD)
    head = f"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx\r\n\r\n"
    documents, issues = read(first.data + head.encode() + last.data)
    assert documents[0].url == "https://news.example/niger"
    assert issues
    if length != "99999999999":
        assert [item.url for item in documents][1:] == ["https://news.example/chad"]


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    made = Archive()
    made.add("https://news.example/niger", NIGER)
    made.add("https://news.example/zeros", bytes(60_000_000))
    made.add("https://news.example/chad", CHAD)
    documents, issues = read(made.data)
    assert [item.url for item in documents] == ["https://news.example/niger"]
    assert "bomb" in issues


@pytest.mark.parametrize(("encoding", "encode"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_a_bomb_in_the_content_is_refused(encoding: str, encode: Any) -> None:
    made = Archive()
    made.add("https://news.example/zeros", encode(bytes(20_000_000)), headers=[("Content-Encoding", encoding)])
    made.add("https://news.example/chad", CHAD)
    documents, issues = read(made.data)
    assert [item.url for item in documents] == ["https://news.example/chad"]
    assert "/zeros" in issues["bomb"]


def test_a_record_that_is_too_large_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "LIMIT", 5000)
    made = Archive(zipped=False)
    made.add("https://news.example/large", NIGER + bytes(6000))
    made.add("https://news.example/chad", CHAD)
    documents, issues = read(made.data)
    assert [item.url for item in documents] == ["https://news.example/chad"]
    assert "/large" in issues["too_large"]


@pytest.mark.parametrize(
    "data",
    [
        b"WARC/1.1\r\n" + b"x: " + b"y" * 10_000_000,
        b"WARC/1.1\r\n" + b"a: b\r\n" * 500_000,
        b"WARC/1.1" + b"\r" * 1_000_000,
        b"WARC/" * 200_000,
        gzip.compress(b"WARC/1.1\r\n" + b"a: b\r\n" * 500_000),
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://[\r\nContent-Length: 4\r\n\r\nHTTP\r\n\r\n",
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
        gzip.compress(b"WARC/1.1\r\n") * 20_000,
    ],
)
def test_hostile_headers_are_issues_in_little_memory(data: bytes) -> None:
    tracemalloc.start()
    documents, issues = read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert documents == [] and peak < 8_000_000
    assert issues


def test_a_long_archive_is_read_in_flat_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.warc.gz"
    made = Archive()
    made.add("https://news.example/robots.txt", NIGER * 300, media_type="text/plain")
    with path.open("wb") as out:
        for _ in range(150):
            out.write(made.data)
    tracemalloc.start()
    (only,) = reports([path], Hints())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(only, Issue) and only.code == "skipped" and "150 text/plain" in only.message
    assert peak < 8_000_000


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_damage_breaks_the_reader(data: st.DataObject) -> None:
    whole = bytearray(two_pages(zipped=data.draw(st.booleans())).data)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    for item, _ in archived.items(io.BytesIO(bytes(whole)), Hints(), "warc"):
        assert isinstance(item, Document | Issue)


@given(st.binary(max_size=300))
def test_any_bytes_are_taken_apart_or_torn(data: bytes) -> None:
    for prefix in (b"", unpacking.GZIP, b"5\r\n"):
        for encoding in ("gzip", "deflate", "br", "gzip, br", "zstd", None):
            try:
                unpacking.undone(unpacking.dechunked(prefix + data), encoding, 10_000)
            except (unpacking.TornError, unpacking.BombError) as error:
                assert str(error)
