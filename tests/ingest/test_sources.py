"""Files, folders and standard input."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import pipeline
from dateline.ingest import READERS, documents, format_of, report
from dateline.ingest.sources import reports
from dateline.model import Document, Hints, Issue
from dateline.parse import header

TEXT = b"The mission closed its camp at Orvale on Monday, the ministry said.\n"


def test_a_folder_is_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "inner/c.txt", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode() + b" " + TEXT)
    results = list(reports([tmp_path], Hints(outlet="Post")))
    assert [item.text.split()[0] for item in results if isinstance(item, Document)] == ["a.txt", "b.txt", "inner/c.txt"]
    assert {item.outlet for item in results if isinstance(item, Document)} == {"Post"}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t ", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
        ("noise", bytes(range(256)) * 10, "binary"),
        ("noise.html", bytes(range(256)) * 10, "binary"),
        ("large.txt", TEXT * 50, "too_large"),
    ],
)
def test_what_cannot_be_read_is_an_issue(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    (result,) = reports([tmp_path / name], Hints(), limit=3000)
    assert isinstance(result, Issue)
    assert (result.code, result.path) == (code, str(tmp_path / name))
    assert result.message


def test_missing_and_broken_paths(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    results = list(reports([tmp_path / "none.txt", tmp_path / "loop", "a\x00b"], Hints()))
    assert [item.code for item in results if isinstance(item, Issue)] == ["unreadable"] * 3


def test_json_lines_beyond_the_limit_are_streamed(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_bytes(
        b'{"text": "%s"}\n' % TEXT.strip() * 100 + b'{"text": "' + b"x" * 3000 + b'"}\n{"text": "The end."}\n'
    )
    results = list(reports([path], Hints(), limit=2000))
    assert sum(isinstance(item, Document) for item in results) == 101
    assert [item.message for item in results if isinstance(item, Issue)] == ["line 101: more than 2000 bytes"]


def test_standard_input() -> None:
    (document,) = reports(["-"], Hints(), stdin=io.BytesIO(TEXT))
    assert isinstance(document, Document)
    (issue,) = reports(["-"], Hints(), stdin=io.BytesIO(TEXT * 3), limit=100)
    assert isinstance(issue, Issue)
    assert issue.code == "too_large"


CAFE = "The café at Orvale stayed open on Monday, its owner said.\n"


def test_a_long_report_with_a_stray_byte_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes(CAFE.encode() * (390_000 // len(CAFE.encode())) + CAFE.encode("cp1252"))
    (document,) = reports([path], Hints())
    assert isinstance(document, Document)
    assert document.text.endswith(CAFE * 2)


@pytest.mark.parametrize("name", ["big.txt", "big.html"])
def test_more_text_than_any_report_has_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    body = CAFE if name.endswith(".txt") else f"<p>{CAFE}</p>"
    count = 50_000_000 if name.endswith(".txt") else 1_500_000
    path.write_text("<html><body>\n"[: 0 if name.endswith(".txt") else None] + body * (count // len(body)))
    (issue,) = reports([path], Hints())
    assert isinstance(issue, Issue)
    assert (issue.code, issue.path) == ("too_long", str(path))


def test_the_path_refuses_what_the_readers_do() -> None:
    assert pipeline.LONGEST == report.LONGEST == header.LONGEST


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.html", TEXT, "html"),
        ("a.txt", b"\xef\xbb\xbf <!DOCTYPE html><html>", "html"),
        ("a.txt", TEXT, "text"),
        ("a.NDJSON", TEXT, "jsonl"),
        (None, b'{"text": "x"}\n', "jsonl"),
        (None, b"{curly} text", "text"),
        (None, b"<3 is no page, <html> or not", "text"),
    ],
)
def test_format_by_suffix_then_content(name: str | None, data: bytes, expected: str) -> None:
    assert format_of(name, data) == expected


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([None, "a.html", "a.jsonl", "a.txt"]))
def test_arbitrary_bytes_never_raise(data: bytes, name: str | None) -> None:
    for result in documents(data, Hints(path=name)):
        if isinstance(result, Document):
            assert result.text
            assert len(result.sha256) == 64


def test_every_reader_explains_itself() -> None:
    assert all(reader.__doc__ for reader in READERS.values())
