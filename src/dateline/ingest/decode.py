"""Bytes to text: encodings found and repaired, then one form of text for everything that follows."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

SAMPLE: Final = 64 * 1024
BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that pages use for Windows-1252 and GB 18030 (WHATWG Encoding Standard, section 4.2).
LABELS: Final = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "x-sjis": "cp932", "shift_jis": "cp932",
}  # fmt: skip
REFUSED: Final = frozenset({"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
NEWLINES: Final = ("\r", "\x0b", "\x0c", "\u2028", "\u2029")
STRAY: Final = "dateline.stray"
MAGIC: Final = (
    (b"%PDF-", "PDF"), (b"\x89PNG", "PNG image"), (b"\xff\xd8\xff", "JPEG image"), (b"GIF8", "GIF image"),
    (b"PK\x03\x04", "ZIP or office file"), (b"\x1f\x8b", "gzip archive"), (b"\x7fELF", "program"),
    (b"SQLite format 3\x00", "SQLite database"), (b"BZh", "bzip2 archive"), (b"\xfd7zXZ\x00", "xz archive"),
    (b"\xd0\xcf\x11\xe0", "office file"), (b"\x28\xb5\x2f\xfd", "zstandard archive"),
)  # fmt: skip

_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NEWLINE = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")


def _stray(error: UnicodeError) -> tuple[str, int]:
    """The codec error handler that reads bytes that are no UTF-8 as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(STRAY, _stray)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it was read by; `repaired` tells that some bytes did not fit it."""

    text: str
    encoding: str
    repaired: bool = False


def decoded(data: bytes, *, declared: str | None = None) -> Decoded:
    """Text of bytes in any encoding: a byte order mark, then valid UTF-8, the declared charset, a guess.

    Valid UTF-8 with characters beyond ASCII beats a declared charset, because other charsets fit by accident
    almost never. Mostly UTF-8 with stray bytes is kept and the stray bytes are read as Windows-1252.
    The result is `cleaned`. Never raises.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return Decoded(cleaned(text), encoding, "\ufffd" in text)
    wide = _wide(data)
    if wide is not None:
        return Decoded(cleaned(data.decode(wide, "replace")), wide)
    charset = _codec(declared)
    if data.isascii() and (charset is None or charset.startswith(("cp", "utf", "iso8859", "gb", "big5", "euc"))):
        return Decoded(cleaned(data.decode("ascii")), "utf-8")
    try:
        return Decoded(cleaned(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return Decoded(cleaned(data[: error.start].decode("utf-8") + "\ufffd"), "utf-8", True)
    if charset is not None and charset != "utf-8":
        try:
            return Decoded(cleaned(data.decode(charset)), charset)
        except (UnicodeDecodeError, ValueError):
            pass
    return _guessed(data)


def cleaned(text: str) -> str:
    """Text in the form it is stored in: NFC, line feeds only, no NUL, lone surrogates as U+FFFD.

    Other control characters become blanks (Windows-1252 punctuation that was read as C1 controls is put right);
    no-break blanks, zero-width and direction marks stay. `cleaned(cleaned(x)) == cleaned(x)`.
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text
    text = text.replace("\x00", "").lstrip("\ufeff")
    if any(mark in text for mark in NEWLINES):
        text = _NEWLINE.sub("\n", text)
    if _CONTROL.search(text) is not None:
        text = _CONTROL.sub(_plain, text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def binary(data: bytes) -> str | None:
    """What kind of binary file the bytes are, or None for text in whatever encoding."""
    for magic, name in MAGIC:
        if data.startswith(magic):
            return name
    sample = data[:SAMPLE]
    if any(sample.startswith(mark) for mark, _ in BOMS) or _wide(sample) is not None:
        return None
    controls = sum(sample.count(bytes((code,))) for code in (*range(1, 8), *range(14, 27), *range(28, 32)))
    nuls = sample.count(0)
    return "binary data" if controls + nuls > max(8, len(sample) // 20) else None


def declared_charset(data: bytes) -> str | None:
    """The charset that a page's own first 4,096 bytes name (`<meta charset>`, `http-equiv`, XML declaration)."""
    found = re.search(rb"""(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""", data[:4096])
    return found.group(1).decode("ascii") if found is not None else None


def _plain(found: re.Match[str]) -> str:
    """What a control character is stored as."""
    char = found.group()
    if "\x80" <= char <= "\x9f":
        return char.encode("latin-1").decode("cp1252", "replace")
    return "\ufffd" if "\ud800" <= char <= "\udfff" else " "


def _codec(label: str | None) -> str | None:
    if label is None:
        return None
    name = LABELS.get(label.strip().lower(), label.strip().lower())
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if found in REFUSED or not _is_text(found) else found


def _is_text(name: str) -> bool:
    try:
        return isinstance(b"a".decode(name, "replace"), str)
    except (LookupError, ValueError):
        return False


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark, told by the zero bytes that Latin script leaves at every second place."""
    sample = data[:4096]
    if len(sample) < 8 or 0 not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _guessed(data: bytes) -> Decoded:
    """Mixed, single-byte or East Asian text: see `decoded`."""
    valid = data.decode("utf-8", "ignore")
    kept = valid.encode("utf-8")
    stray = len(data) - len(kept)
    beyond = len(valid) - len(valid.encode("ascii", "ignore"))
    if beyond >= stray:
        return Decoded(cleaned(data.decode("utf-8", STRAY)), "utf-8", True)
    if stray < 0.08 * len(data):
        return Decoded(cleaned(data.decode("cp1252", "replace")), "cp1252", beyond > 0)
    encoding = _statistical(data)
    return Decoded(cleaned(data.decode(encoding, "replace")), encoding)


def _statistical(data: bytes) -> str:
    from charset_normalizer import from_bytes

    lines = [line for line in data[: 16 * SAMPLE].splitlines(keepends=True) if not line.isascii()]
    best = from_bytes(b"".join(lines)[:SAMPLE]).best()
    return best.encoding if best is not None and best.encoding != "ascii" else "cp1252"
