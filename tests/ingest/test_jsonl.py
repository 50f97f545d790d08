"""JSON Lines: one report a line."""

from __future__ import annotations

import hashlib
import json

from dateline.ingest.jsonl import read
from dateline.model import Document, Hints, Issue

TEXT = "The mission closed its camp at Orvale on Monday, the ministry said."


def test_fields_and_their_other_names() -> None:
    rows = [
        {"text": TEXT, "title": "Camp closes", "published": "2031-03-04", "outlet": "Post", "agency": "Wire"},
        {"body": TEXT, "headline": "Camp closes", "date": "2031-03-04", "source": {"name": "Post"}, "credit": "Wire"},
        {"content": TEXT, "published_at": "2031-03-04T10:00:00Z", "publisher": "Post"},
    ]
    lines = [json.dumps(row).encode() for row in rows]
    results = list(read(b"\n".join(lines), Hints()))
    assert all(isinstance(item, Document) for item in results)
    documents = [item for item in results if isinstance(item, Document)]
    assert [item.outlet for item in documents] == ["Post"] * 3
    assert [item.title for item in documents] == ["Camp closes", "Camp closes", None]
    assert [item.agency for item in documents] == ["Wire", "Wire", None]
    assert documents[2].published == "2031-03-04T10:00:00Z"
    assert [item.sha256 for item in documents] == [hashlib.sha256(line).hexdigest() for line in lines]
    assert documents[0].provenance["title"] == "json field"


def test_bad_lines_are_told_and_the_rest_goes_on() -> None:
    data = b'{"text": "%s"}\n{"text": \n[1]\n{"title": "only"}\n\n\xff\xfe\n{"text": "%s"}\n' % (
        TEXT.encode(),
        TEXT.encode(),
    )
    results = list(read(data, Hints(path="a.jsonl")))
    issues = [item for item in results if isinstance(item, Issue)]
    assert len(results) - len(issues) == 2
    assert [item.message.split(":")[0] for item in issues] == ["line 2", "line 3", "line 4", "line 6"]
    assert {item.code for item in issues} == {"bad_line"}


def test_text_is_cleaned() -> None:
    row = json.dumps({"text": "Ne\u0301ma\r\nis quiet\u0000 \ud800 and so is the road."})
    (document,) = read(row.encode(), Hints())
    assert isinstance(document, Document)
    assert document.text == "N\u00e9ma\nis quiet \ufffd and so is the road."


def test_html_of_a_line() -> None:
    row = {"html": f"<nav><a href='/'>Home</a></nav><article><p>{TEXT}</p></article>", "title": "Camp closes"}
    (document,) = read(json.dumps(row).encode(), Hints())
    assert isinstance(document, Document)
    assert TEXT in document.text
    assert "<p>" not in document.text


def test_one_json_value_over_several_lines() -> None:
    data = json.dumps([{"text": TEXT}, {"text": TEXT + " Again."}], indent=2).encode()
    assert len([item for item in read(data, Hints()) if isinstance(item, Document)]) == 2


def test_depth_and_numbers_that_break_parsers() -> None:
    data = b"[" * 200_000 + b"\n" + b'{"text": ' + b"9" * 5_000 + b"}\n"
    assert {item.code for item in read(data, Hints()) if isinstance(item, Issue)} == {"bad_line"}


def test_a_line_longer_than_any_report_is_told_and_the_rest_goes_on() -> None:
    data = b'{"text": "%s"}\n{"text": "%s"}\n' % (b"word " * 200_001, TEXT.encode())
    first, second = read(data, Hints(path="a.jsonl"))
    assert isinstance(first, Issue) and isinstance(second, Document)
    assert (first.code, first.message.split(":")[0]) == ("too_long", "line 1")
