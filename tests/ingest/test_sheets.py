"""Sheets of reports: delimiters, encodings, columns by name or by a map, typed dates, broken rows."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_files import LEAD, SECOND, TITLE, sheet, workbook
from openpyxl import Workbook

from dateline.ingest import documents
from dateline.ingest.columns import ColumnsError, columns_of, shown_cell
from dateline.ingest.sheets import DELIMITERS
from dateline.model import Document, Hints, Issue


def read(data: bytes, name: str = "a.csv", **columns: str) -> tuple[list[Document], list[Issue]]:
    items = list(documents(data, Hints(path=name, columns=columns)))
    return [x for x in items if isinstance(x, Document)], [x for x in items if isinstance(x, Issue)]


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiter_and_encoding_are_found(delimiter: str, encoding: str) -> None:
    found, issues = read(sheet(delimiter, encoding))
    assert [item.title for item in found] == [TITLE, "Départ"]
    assert [item.text for item in found] == [f"{LEAD}\n{SECOND}", f"Café; {SECOND}"]
    assert found[0].provenance == {
        "outlet": "column Paper", "published": "column Date", "title": "column Headline", "url": "column Link"
    }  # fmt: skip
    assert [(issue.code, issue.message) for issue in issues] == [("bad_row", "row 3: no text in it")]


def test_a_line_that_names_the_delimiter() -> None:
    found, _ = read(b"sep=|\ntext|title\n" + LEAD.encode() + b"|Camp, closed\n")
    assert [(item.text, item.title) for item in found] == [(LEAD, "Camp, closed")]


def test_a_map_wins_over_the_usual_names() -> None:
    data = f'Text,Source,Lead para,Paper\nNothing,{TITLE},"{LEAD}",Post\n'.encode()
    (found,), _ = read(data, text="lead PARA", title="Source", outlet="Paper")
    assert (found.text, found.title, found.outlet) == (LEAD, TITLE, "Post")


@pytest.mark.parametrize(
    ("header", "columns", "seen"),
    [
        ("Who,When", {}, "the columns are 'Who', 'When'"),
        ("Text,When", {"text": "Body"}, "no column 'Body'; the columns are 'Text', 'When'"),
        ("Text,When", {"body": "Text"}, "no field 'body'"),
        ("event_id_cnty,event_date,source", {}, "dateline import"),
    ],
)
def test_columns_that_are_not_there_are_told(header: str, columns: dict[str, str], seen: str) -> None:
    found, issues = read(f"{header}\na,b\n".encode(), **columns)
    assert found == []
    assert [issue.code for issue in issues] == ["no_columns"]
    assert seen in issues[0].message


def test_a_row_with_a_page_and_rows_that_are_broken() -> None:
    page = f"<html><body><article><h1>{TITLE}</h1><p>{LEAD}</p></article></body></html>"
    rows = f"title;html\nCamp;{page}\n;\nLong;<p>{'word ' * 100_000}</p>\nshort\n"
    found, issues = read(rows.encode())
    assert [(item.title, LEAD in item.text, "<" in item.text) for item in found] == [("Camp", True, False)]
    assert [issue.message.split(":")[0] for issue in issues] == ["row 4", "row 5"]


def test_a_cell_longer_than_any_report_is_told_and_the_rest_goes_on() -> None:
    found, issues = read(
        b"text,title\n" + b"word " * 400_000 + b",x\n" + b"word " * 90_000 + b",y\n" + b'"%s",z\n' % LEAD.encode()
    )
    assert [item.title for item in found] == ["z"]
    assert [issue.code for issue in issues] == ["bad_row", "too_long"]


def test_a_workbook_with_typed_dates_and_a_title_above_its_header() -> None:
    found, issues = read(workbook(), "a.xlsx")
    assert [(item.title, item.published) for item in found] == [(TITLE, "2031-03-04"), ("Départ", "2031-03-06")]
    assert [issue.code for issue in issues] == ["bad_row", "no_columns"]
    assert issues[0].message == "sheet 'Reports', row 4: no text in it"


def test_cells_of_every_type() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["text", "published", "outlet", "url"])
    page.append([LEAD, datetime(2031, 3, 4, 6, 30), 1843, '=HYPERLINK("https://x.example")'])
    page.append([LEAD, date(2031, 3, 4), True, "#N/A"])
    out = io.BytesIO()
    book.save(out)
    found, _ = read(out.getvalue(), "a.xlsx")
    assert [(item.published, item.outlet) for item in found] == [
        ("2031-03-04T06:30:00", "1843"),
        ("2031-03-04", "True"),
    ]
    assert shown_cell(2.5) == "2.5"
    assert shown_cell(None) == ""


def test_an_old_or_locked_workbook_is_told() -> None:
    _, (issue,) = read(b"\xd0\xcf\x11\xe0" + bytes(600), "a.xlsx")
    assert issue.code == "encrypted"


@given(
    st.lists(st.text(max_size=20), max_size=8),
    st.dictionaries(st.sampled_from(["text", "title", "x"]), st.text(max_size=9)),
)
def test_any_header_gives_columns_or_says_why(header: list[str], given_columns: dict[str, str]) -> None:
    try:
        columns = columns_of(header, given_columns)
    except ColumnsError as error:
        assert str(error)
    else:
        assert {"text", "html"} & set(columns.places)
        assert all(place < len(header) for place in columns.places.values())
