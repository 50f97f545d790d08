"""PDF files: the text of a report in reading order, its lines joined to paragraphs.

Read by PDFium (pypdfium2, Apache-2.0 and BSD-3): some five times as fast as pypdf and twenty times as fast as
pdfminer.six, with the place of every character; of the three it stands most of what is made to do harm, and what it
does not is ended with its process.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from dateline.ingest.blocks import stored
from dateline.ingest.decode import cleaned
from dateline.ingest.names import person, worthy_title
from dateline.ingest.pdf_layout import Line, Page, Text, text_of
from dateline.ingest.report import LONGEST, Found, refused, report, too_long
from dateline.model import Document, Hints, Issue

SECONDS: Final = 5
"""Of processor time that a PDF may take."""
WAIT: Final = 60.0
"""Seconds on the clock that are waited for it, on a machine with other things to do."""
MEMORY: Final = 1536 * 1024 * 1024
STRANGE: Final = 0.3
"""Share of characters that are no known character above which a PDF's fonts do not tell what they show."""

_CHILD = Path(__file__).with_name("pdf_child.py")
_ISSUED = re.compile(rb"<(?:prism:publicationDate|dcterms:issued)>\s*([0-9T:.Z+-]{4,30})\s*<")


def read(data: bytes, hints: Hints) -> Iterator[Document | Issue]:
    """The report of a PDF: paragraphs joined across lines, columns and pages, words that were parted mended.

    Page heads, feet and numbers are kept and marked as furniture. Title and author are those of the file's properties
    where they say something, else the title is what is set largest on the first page; the address is what a browser
    prints at the foot. The date of publication is taken where the file tells that one (XMP); the day on which
    the file was made is none. The file is read in a process of its own, in five seconds of processor time and 1.5 GB.
    Refused in words: `encrypted`, `no_text` (pictures of pages, or fonts that do not tell their letters), `bad_file`,
    `too_long`, and what breaks these limits (`too_large`, `too_slow`).
    """
    if b"%PDF-" not in data[:1024]:
        yield refused("bad_file", "not a PDF", hints)
        return
    found = _lines_of(data)
    if "problem" in found:
        yield refused(str(found["problem"]), _words(found), hints)
        return
    pages = _pages(found)
    length = sum(len(line.text) for page in pages for line in page.lines)
    if length > LONGEST:
        yield too_long(f"more than {LONGEST} characters", hints)
        return
    problem = _illegible(pages, int(found.get("count", 0)), int(found.get("bad", 0)))
    if problem is not None:
        yield refused(*problem, hints)
        return
    read_text = text_of(pages)
    text, furniture = stored(read_text.blocks)
    yield report(text, data, hints, _metadata(found.get("meta", {}), read_text, data), furniture)


def _lines_of(data: bytes) -> dict[str, Any]:
    """What the child process found in a PDF, or the problem that it ended with."""
    arguments = [sys.executable, "-I", str(_CHILD), str(SECONDS), str(MEMORY), str(LONGEST)]
    try:
        done = subprocess.run(arguments, input=data, capture_output=True, timeout=WAIT, check=False)
    except subprocess.TimeoutExpired:
        return {"problem": "too_slow"}
    except OSError as error:
        return {"problem": "unreadable", "message": f"no process could be started to read it in: {error}"}
    try:
        found = json.loads(done.stdout)
    except ValueError:
        return {"problem": _ending(done.returncode, done.stderr)}
    return found if isinstance(found, dict) else {"problem": "bad_file"}


def _ending(code: int, told: bytes) -> str:
    """The problem with which the child process ended without an answer."""
    if b"MemoryError" in told or b"bad_alloc" in told:
        return "too_large"
    return "too_slow" if code in (-9, -24, 137, 152) else "bad_file"


def _words(found: Mapping[str, Any]) -> str:
    told = {
        "encrypted": "a PDF with a password: save it without one",
        "too_slow": f"a PDF that takes more than {SECONDS} seconds to read",
        "too_large": "a PDF that needs more memory than is given to one",
        "bad_file": "a damaged PDF",
    }
    return told.get(str(found["problem"])) or str(found.get("message", "a damaged PDF"))


def _pages(found: Mapping[str, Any]) -> list[Page]:
    """Pages with their lines as the child process gives them, their text cleaned."""
    return [
        Page(
            float(page["width"]),
            float(page["height"]),
            [
                Line(text, *(float(value) for value in place))
                for words, *place in page["lines"]
                if (text := _plain(words)).strip()
            ],
        )
        for page in found.get("pages", ())
    ]


def _plain(words: str) -> str:
    """A line's text: a hyphen that ends it as U+00AD, no other control character."""
    soft = words.endswith("\x02")
    plain = " ".join(cleaned(words.replace("\x02", "-").replace("\t", " ")).split())
    return plain.removesuffix("-") + "\u00ad" if soft else plain


def _illegible(pages: list[Page], count: int, bad: int) -> tuple[str, str] | None:
    text = "".join(line.text for page in pages for line in page.lines)
    if bad and bad >= count:
        return "bad_file", "a damaged PDF: none of its pages can be read"
    if not any(char.isalpha() for char in text):
        pictures = "a PDF of pictures of pages" if count else "a PDF without pages"
        return "no_text", f"{pictures}: it has no text. Have its letters recognised (OCR) first, e.g. by ocrmypdf"
    strange = sum(char == "\ufffd" or 0xE000 <= ord(char) <= 0xF8FF for char in text)
    if strange > STRANGE * len(text):
        return "no_text", "its fonts do not tell which letters they show. Have them recognised (OCR) first"
    return None


def _metadata(meta: Mapping[str, str], read_text: Text, data: bytes) -> dict[str, Found]:
    found: dict[str, Found] = {}
    title = worthy_title(" ".join(cleaned(str(meta.get("Title", ""))).split()))
    author = person(" ".join(cleaned(str(meta.get("Author", ""))).split()))
    if title and len(title) <= 300:
        found["title"] = Found(title, "pdf properties")
    elif read_text.largest is not None:
        found["title"] = Found(read_text.largest, "pdf largest type")
    if author:
        found["byline"] = Found(author, "pdf properties")
    if read_text.address is not None:
        found["url"] = Found(read_text.address, "pdf page foot")
    issued = _ISSUED.search(data)
    if issued is not None:
        found["published"] = Found(issued.group(1).decode("ascii"), "pdf xmp")
    return found
