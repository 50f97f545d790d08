"""Bytes in any encoding become one form of text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.ingest.decode import binary, cleaned, declared_charset, decoded

LINE = "The garrison at Néma received “forty” lorries, the ministry said — Tuesday.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (LINE.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + LINE.encode(), "utf-8"),
        (b"\xff\xfe" + LINE.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + LINE.encode("utf-16-be"), "utf-16-be"),
        (LINE.encode("utf-16-le"), "utf-16-le"),
        (LINE.encode("cp1252"), "cp1252"),
        (b"\xff\xfe\x00\x00" + LINE.encode("utf-32-le"), "utf-32-le"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    result = decoded(data)
    assert (result.text, result.encoding) == (LINE, encoding)


def test_stray_bytes_in_utf8_are_repaired() -> None:
    data = LINE.encode() * 3 + "The café’s owner left.\n".encode("cp1252")
    result = decoded(data)
    assert result.text == LINE * 3 + "The café’s owner left.\n"
    assert result.repaired


def test_text_cut_in_the_middle_of_a_character() -> None:
    result = decoded("Ils ont quitté Néma é".encode()[:-1])
    assert result.text == "Ils ont quitté Néma \ufffd"
    assert result.repaired


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "iso8859-7", "cp1256"])
def test_other_scripts_by_statistics_or_declaration(encoding: str) -> None:
    text = {
        "iso8859-7": "Οι δυνάμεις αποχώρησαν από τη βάση την Παρασκευή, δήλωσε ο υπουργός άμυνας. ",
        "cp1256": "غادرت القوات القاعدة يوم الجمعة وفق ما قاله وزير الدفاع في العاصمة. ",
    }.get(encoding, "Военные покинули базу в пятницу, сообщил министр обороны страны. ") * 8
    assert decoded(text.encode(encoding), declared=encoding).text == text
    if encoding != "iso8859-7":
        assert decoded(text.encode(encoding)).text == text


def test_declared_charset_loses_against_valid_utf8() -> None:
    assert decoded(LINE.encode(), declared="iso-8859-1").text == LINE
    assert decoded(LINE.encode("cp1252"), declared="ISO-8859-1").text == LINE
    assert decoded(LINE.encode("cp1252"), declared="no-such-charset").text == LINE
    assert declared_charset(b"<html><meta charset='windows-1252'>") == "windows-1252"


def test_cleaning() -> None:
    assert cleaned("a\r\nb\rc\u2028d\x00e\x07f") == "a\nb\nc\nde f"
    assert cleaned("Ne\u0301ma \ud800 x") == "N\u00e9ma \ufffd x"
    assert cleaned("\ufeff\u200fعاجل\u200e: it\x92s") == "\u200fعاجل\u200e: it’s"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n", "PNG image"),
        (bytes(range(256)) * 4, "binary data"),
        (LINE.encode("utf-16-le"), None),
        (b"one\x00two three four", None),
        (LINE.encode(), None),
    ],
)
def test_binary(data: bytes, kind: str | None) -> None:
    assert binary(data) == kind


@given(st.binary(max_size=400))
def test_any_bytes_decode(data: bytes) -> None:
    text = decoded(data).text
    assert cleaned(text) == text
    text.encode("utf-8")


@given(st.text(max_size=200))
def test_cleaned_text_survives_a_round_trip(text: str) -> None:
    once = cleaned(text)
    assert decoded(b"\xef\xbb\xbf" + once.encode()).text == once
    assert unicodedata.is_normalized("NFC", once)
