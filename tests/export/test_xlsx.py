"""The workbook: texts stay texts, nothing is cut in silence, Excel's limits hold."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

import exported
from dateline.export import xlsx
from dateline.export.tables import TABLES

openpyxl = pytest.importorskip("openpyxl")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported.make(tmp_path_factory.mktemp("xlsx") / "small.db")


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), read_only=False)


def cells(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def legal(value: Any) -> Any:
    """A value as a workbook can hold it, which has no controls and only line feeds."""
    if not isinstance(value, str):
        return value
    shown = re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", lambda one: one[0].encode("unicode_escape").decode(), value
    )
    return shown.replace("\r\n", "\n") or None


def test_every_table_reads_back_to_the_same_values(ledger: Path) -> None:
    book = opened(exported.bytes_of(ledger, "xlsx"))
    assert book.sheetnames == [*TABLES, "codebook", "about"]
    for name, table in TABLES.items():
        sheet = book[name]
        assert tuple(cell.value for cell in sheet[1]) == table.shape.columns
        with exported.selection(ledger) as found:
            told = [[legal(row[column]) for column in table.shape.columns] for row in table.rows(found)]
        assert [[legal(value) for value in row] for row in cells(sheet)] == told


def test_no_cell_is_a_formula_or_a_link(ledger: Path) -> None:
    content = exported.bytes_of(ledger, "xlsx")
    book = opened(content)
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n", "b", "inlineStr") and cell.hyperlink is None for cell in row)
    title = book["documents"]["B2"]
    assert title.value.startswith("=Russians") and title.quotePrefix
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert not any(b"<f>" in packed.read(name) for name in packed.namelist())


def test_numbers_are_numbers_and_empty_is_empty(ledger: Path) -> None:
    book = opened(exported.bytes_of(ledger, "xlsx", table="claims"))
    assert book.sheetnames == ["claims", "codebook", "about"]
    row = dict(zip((cell.value for cell in book["claims"][1]), cells(book["claims"])[0], strict=True))
    assert isinstance(row["confidence"], float) and row["quantity_low"] in (60, 1000, None)


def test_rows_go_on_in_a_next_sheet(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 5)
    book = opened(exported.bytes_of(ledger, "xlsx", table="claims"))
    assert book.sheetnames[:3] == ["claims", "claims 2", "claims 3"]
    parts = [cells(book[name]) for name in ("claims", "claims 2", "claims 3")]
    assert [len(part) for part in parts] == [4, 4, 2]
    with exported.selection(ledger) as found:
        assert [row[0] for part in parts for row in part] == [record["id"] for record in found.claims()]
    about = [row for name in book.sheetnames if name.startswith("about") for row in cells(book[name])]
    assert any("go on in a next sheet" in str(value) for _, value in about)


@pytest.mark.parametrize("most", [40, 41])
def test_long_texts_are_whole_beside(ledger: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(xlsx, "MOST_CHARACTERS", most)
    book = opened(exported.bytes_of(ledger, "xlsx", table="claims"))
    names = [cell.value for cell in book["claims"][1]]
    column = names.index("evidence")
    with exported.selection(ledger) as found:
        whole = [row["evidence"] for row in TABLES["claims"].rows(found)]
    long: dict[tuple[Any, ...], str] = {}
    for sheet, row, key, _, text in cells(book[xlsx.LONG]):
        long[sheet, row, key] = long.get((sheet, row, key), "") + text
    for at, (row, text) in enumerate(zip(cells(book["claims"]), whole, strict=True)):
        assert len(row[column]) <= most
        if row[column].endswith("[…]"):
            assert legal(long["claims", at + 2, "evidence"]) == legal(text)
        else:
            assert legal(row[column]) == legal(text)
    assert any("longer than a cell" in str(cell.value) for row in book["about"] for cell in row)


def test_surrogate_pairs_are_counted_as_two_and_not_divided() -> None:
    text = "a😀b😀😀c"
    assert "".join(xlsx._parts(text, 3)) == text
    assert all(len(part.encode("utf-16-le")) // 2 <= 3 for part in xlsx._parts(text, 3))


def test_the_sheet_about_has_the_statement(ledger: Path) -> None:
    told = dict(cells(opened(exported.bytes_of(ledger, "xlsx"))["about"]))
    assert told["ledger"] == "small.db" and told["claims in this file"] == "10"
    assert told["exported_at"] == exported.MOMENT


def test_a_text_that_the_writer_takes_for_markup_is_text() -> None:
    """What looks like an escape of Excel's is escaped once more, which Excel takes back and openpyxl does not."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()

    with xlsxwriter.Workbook(out, {"constant_memory": True}) as workbook:
        texts = ["<r><t>x</t></r>", "<r></r>", "_x0041_", "a\x01b", " lead", "\n"]
        xlsx.Book(workbook).add("texts", ("text",), [{"text": text} for text in texts])
    assert [row[0] for row in cells(opened(out.getvalue())["texts"])] == [
        *("'<r><t>x</t></r>", "'<r></r>", "_x005F_x0041_", "a\\x01b", " lead", "\n")
    ]
