"""Web archive collections: the pages of their lists, hashes checked, and nothing that a zip can do to a reader."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from dateline.ingest import archived, format_of, wacz
from dateline.ingest.sources import reports
from dateline.model import Document, Hints, Issue
from web_archives import CHAD, NIGER, Archive, two_pages
from web_archives import wacz as made_wacz

URLS = ("https://news.example/niger", "https://news.example/chad")


def read(data: bytes) -> tuple[list[Document], dict[str, str]]:
    found = [item for item, _ in archived.items(io.BytesIO(data), Hints(), "wacz")]
    documents = [item for item in found if isinstance(item, Document)]
    return documents, {item.code: item.message for item in found if isinstance(item, Issue)}


def urls(data: bytes) -> list[str | None]:
    return [document.url for document in read(data)[0]]


def zipped(files: dict[str, bytes], **info: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **info) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def test_all_pages_without_a_list_and_those_of_the_list_with_one(tmp_path: Path) -> None:
    warc = {"data.warc.gz": two_pages().data}
    assert urls(made_wacz(warc)) == list(URLS)
    assert urls(made_wacz(warc, URLS[1:])) == [URLS[1]]
    path = tmp_path / "collection.bin"
    path.write_bytes(made_wacz(warc, [URLS[0] + "#top"]))
    first, told = reports([path], Hints())
    assert isinstance(first, Document) and first.url == URLS[0]
    assert isinstance(told, Issue) and "1 not in the list of pages" in told.message


def test_a_listed_page_that_leads_elsewhere_is_followed() -> None:
    made = Archive()
    made.add("https://news.example/old", b"", status="301 Moved", headers=[("Location", "/niger")])
    made.add("https://news.example/niger", NIGER)
    made.add("https://news.example/chad", CHAD)
    assert urls(made_wacz({"a.warc.gz": made.data}, ["https://news.example/old"])) == [URLS[0]]


def test_several_files_and_missing_pages() -> None:
    one, two = Archive(), Archive(zipped=False)
    one.add(URLS[1], CHAD)
    two.add(URLS[0], NIGER)
    data = made_wacz({"b.warc": two.data, "a.warc.gz": one.data}, [*URLS, "https://news.example/lost"])
    documents, issues = read(data)
    assert [item.url for item in documents] == [URLS[1], URLS[0]]
    assert "/lost" in issues["missing"]


@pytest.mark.parametrize("wrong", ["archive/data.warc.gz", "datapackage.json", "pages/pages.jsonl"])
def test_a_wrong_hash_is_told_and_the_rest_read(wrong: str) -> None:
    documents, issues = read(made_wacz({"data.warc.gz": two_pages().data}, URLS, wrong=wrong))
    assert len(documents) == 2
    assert wrong in issues["bad_hash"]
    assert "bad_hash" not in read(made_wacz({"data.warc.gz": two_pages().data}, URLS))[1]


def test_a_cut_package_gives_the_records_that_are_whole() -> None:
    made = two_pages()
    data = made_wacz({"data.warc.gz": made.data}, URLS[1:])
    start = data.index(made.data)
    documents, issues = read(data[: start + made.starts[1]])
    assert [item.url for item in documents] == [URLS[0]]
    assert "zip" in issues["torn"]
    assert urls(data[:-30]) == list(URLS)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"archive/a.warc.gz": two_pages().data}, "missing"),
        ({"archive/a.warc.gz": two_pages().data, "datapackage.json": b"[" * 100_000}, "damaged"),
        ({"archive/a.warc.gz": two_pages().data, "datapackage.json": b'{"resources": [1, {}]}'}, "damaged"),
        ({"archive/a.warc.gz": two_pages().data, "datapackage.json": b'{"resources": [{"path": "../x"}]}'}, "missing"),
        ({"archive/a.warc.gz": two_pages().data, "pages/pages.jsonl": b"x" * 5_000_000}, "damaged"),
        ({"archive/a.warc.gz": two_pages().data, "pages/pages.jsonl": b'[]\n"x"\n{"url": 1}\n{\n'}, "missing"),
        ({"archive/a.warc.gz": b"no archive", "datapackage.json": b"{}"}, "torn"),
        ({"readme.txt": b"no archive"}, "bad_archive"),
    ],
)
def test_what_is_wrong_with_a_package_is_told(files: dict[str, bytes], code: str) -> None:
    documents, issues = read(zipped(files))
    assert code in issues
    assert len(documents) == (2 if files.get("archive/a.warc.gz") == two_pages().data else 0)


def test_bombs_and_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = zipped({"archive/a.warc": bytes(60_000_000)}, compression=zipfile.ZIP_DEFLATED)
    assert "bomb" in read(zeros)[1]
    monkeypatch.setattr(wacz, "MOST_FILES", 2)
    assert "bomb" in read(zipped({f"archive/{number}.warc": b"" for number in range(3)}))[1]


def test_what_an_archive_of_ours_tells_besides_is_taken_and_named() -> None:
    data = made_wacz({"data.warc.gz": two_pages().data}, URLS)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    lines = [json.loads(line) for line in files["pages/pages.jsonl"].splitlines()]
    for line in lines[1:]:
        line["dateline"] = {"outlet": "Courier", "published": 7, "url": "https://evil.example", "title": ""}
    files["pages/pages.jsonl"] = "\n".join(map(json.dumps, lines)).encode()
    documents, issues = read(zipped(files))
    moments = {line["ts"] for line in lines[1:]}
    assert moments == {"2024-05-06T07:08:09Z"} and "bad_hash" in issues
    assert [(item.outlet, item.provenance["outlet"], item.url) for item in documents] == [
        ("Courier", "list of pages", url) for url in URLS
    ]
    assert documents[0].published == "2024-05-04T10:00:00Z"


def test_archives_are_told_by_their_first_bytes() -> None:
    data = made_wacz({"data.warc.gz": two_pages().data}, URLS)
    assert format_of("report.txt", data) == "wacz"
    assert format_of("report.html", two_pages().data) == format_of(None, two_pages(zipped=False).data) == "warc"
    assert format_of("a.zip", zipped({"a.txt": b"x"})) != "wacz"
    assert format_of(None, b"\x1f\x8b\x08") == format_of(None, b"\x1f\x8b\x08\x00" + bytes(50)) == "text"
