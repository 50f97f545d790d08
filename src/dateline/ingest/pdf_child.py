"""The lines of a PDF, read in a process of its own: `python -I pdf_child.py SECONDS BYTES CHARACTERS < file.pdf`.

PDFs are programs of a kind: one made to do harm may loop, eat memory or break the library. Here it can do so only for
SECONDS of processor time and in BYTES of memory, and no file can be written. Writes one JSON object: `problem` (and
`message`), or `meta` and `pages`, each with width, height and lines `[text, left, right, baseline, size]` in points, in
the order of the file. Stops after CHARACTERS. This file imports nothing of dateline.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from typing import Any

MOST_PAGES = 2_000
GAP = 1.2
"""How wide a blank is that may part columns, in sizes of type."""


def main(arguments: list[str]) -> None:
    """Read standard input, write what was found to standard output."""
    seconds, memory, characters = (int(value) for value in arguments)
    _limit(seconds, memory)
    data = sys.stdin.buffer.read()
    try:
        found = _read(data, characters)
    except MemoryError:
        found = {"problem": "too_large", "message": "it needs more memory than is given to a PDF"}
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: only the time that the caller waits is limited there
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(kind, (0, 0))


def _read(data: bytes, characters: int) -> dict[str, Any]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        return {"problem": "encrypted" if locked else "bad_file", "message": str(error)[:200]}
    pages: list[dict[str, Any]] = []
    bad = length = 0
    for number in range(min(count, MOST_PAGES)):
        try:
            page = document[number]
            width, height = page.get_size()
            text = page.get_textpage()
            lines = list(_lines(text, pdfium.raw))
            text.close()
            page.close()
        except pdfium.PdfiumError:
            bad += 1
            continue
        length += sum(len(line[0]) for line in lines)
        pages.append({"width": width, "height": height, "lines": lines})
        if length > characters:
            break
    meta = {key: value[:1000] for key, value in document.get_metadata_dict(skip_empty=True).items()}
    return {"meta": meta, "pages": pages, "count": count, "bad": bad}


def _lines(text: Any, raw: Any) -> Iterator[tuple[str, float, float, float, float]]:
    """The lines of a page, cut where the library sees a line end, at a hyphen that ends one, and at wide gaps."""
    total = text.count_chars()
    start = 0
    chars: list[str] = []
    for index in range(total + 1):
        code = raw.FPDFText_GetUnicode(text, index) if index < total else 10
        if code in (10, 13):
            yield from _line(text, raw, start, "".join(chars))
            start, chars = index + 1, []
            continue
        chars.append(chr(code) if 0 < code < 0x110000 else "\ufffd")
        parts = code == 32 and chars != [" "] and index + 1 < total and _is_wide(text, raw, index)
        if code == 2 or parts:
            yield from _line(text, raw, start, "".join(chars))
            start, chars = index + 1, []


def _is_wide(text: Any, raw: Any, blank: int) -> bool:
    """Whether the blank at an index is wider than 1.2 times the size of the type around it."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text, blank - 1, left, right, bottom, top)
    end = right.value
    raw.FPDFText_GetCharBox(text, blank + 1, left, right, bottom, top)
    size = _size(text, raw, blank - 1)
    return bool(size > 0 and left.value - end > GAP * size)


def _line(text: Any, raw: Any, start: int, words: str) -> Iterator[tuple[str, float, float, float, float]]:
    """A line with its place: the left of its first visible character, the right of its last, the baseline."""
    first = start + len(words) - len(words.lstrip())
    last = start + len(words.rstrip(" \x02")) - 1
    if last < first:
        return
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text, first, left, right, bottom, top)
    begin = left.value
    raw.FPDFText_GetCharBox(text, last, left, right, bottom, top)
    x, baseline = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, first, x, baseline)
    values = (begin, right.value, baseline.value, _size(text, raw, first))
    if all(abs(value) < 1e6 for value in values):
        yield words.strip(" "), *(round(value, 2) for value in values)  # type: ignore[misc]


def _size(text: Any, raw: Any, index: int) -> float:
    """The size of type as it is shown: what the font says, scaled as the page scales it."""
    size = float(raw.FPDFText_GetFontSize(text, index))
    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(text, index, matrix):
        scale = (matrix.b**2 + matrix.d**2) ** 0.5
        size *= scale if scale > 0 else 1.0
    return size


if __name__ == "__main__":
    main(sys.argv[1:])
