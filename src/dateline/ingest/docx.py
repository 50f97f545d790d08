"""Word documents (DOCX): paragraphs, headings, lists and tables in order, as they are shown, and the properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from dateline.ingest.blocks import Block, stored
from dateline.ingest.decode import cleaned
from dateline.ingest.names import person, worthy_title
from dateline.ingest.report import LONGEST, Found, refused, report, too_long
from dateline.ingest.zips import OFFICE, GuardedZip, RefusedZipError, opened_zip
from dateline.model import Document, Hints, Issue

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
DEEPEST: Final = 100
"""Elements in one another; more are no document that a program wrote."""

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CORE: Final = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "byline": "{http://purl.org/dc/elements/1.1/}creator",
    "language": "{http://purl.org/dc/elements/1.1/}language",
}
_TYPE = "/relationships/officeDocument"
_SKIPPED = {"del", "moveFrom", "instrText", "delText", "fldData", "footnoteReference", "rPr", "sectPr", "tblPr", "tcPr"}
_BLANK = re.compile(r"[ \t\n\r\f]+")
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(slots=True)
class _Walk:
    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    reason: str | None = None
    length: int = 0
    within_table: bool = False
    """Whether the last block stood in the table that is read now."""


def read(data: bytes, hints: Hints) -> Iterator[Document | Issue]:
    """The report of a Word document, with title, author and language of its properties where they say something.

    Text is that which is shown: insertions that are tracked count, deletions, hidden text and comments do not. Page
    heads, feet and footnotes are kept and marked as furniture. Dates of the file are those of its making, not of
    publication, so they are not taken. Nothing is fetched, no link is followed. Refused: other files (an old DOC),
    damaged ones (`bad_file`), one with a password (`encrypted`), zip bombs, a document without text (`empty`).
    """
    if data.startswith(_OLE):
        yield refused("encrypted", "an old DOC file or one with a password: save it as DOCX without one", hints)
        return
    try:
        with opened_zip(data, OFFICE) as file:
            yield from _report(file.all_read(), data, hints)
    except RefusedZipError as error:
        yield refused(error.code, str(error), hints)
    except etree.LxmlError as error:
        yield refused("bad_file", f"a damaged Word document ({str(error)[:200]})", hints)


def _report(file: GuardedZip, data: bytes, hints: Hints) -> Iterator[Document | Issue]:
    main = _main_part(file)
    if main is None:
        yield refused("bad_file", "not a Word document", hints)
        return
    walk = _Walk()
    root = _tree(file, main)
    folder = main.rpartition("/")[0]
    for name in _beside(file, folder, "header"):
        _gather(walk, _tree(file, name), "header")
    body = next((part for part in root if _tag(part) == "body"), root)
    _gather(walk, body, None)
    for kind, reason in (("footnotes", "footnote"), ("endnotes", "footnote"), ("footer", "footer")):
        for name in _beside(file, folder, kind):
            _gather(walk, _tree(file, name), reason)
    if walk.length > LONGEST:
        yield too_long(f"{walk.length} characters", hints)
        return
    if not any(block.reason is None and any(map(str.isalpha, block.text)) for block in walk.blocks):
        yield refused("empty", "a Word document without text", hints)
        return
    text, furniture = stored(walk.blocks)
    yield report(text, data, hints, _properties(file), furniture)


def _main_part(file: GuardedZip) -> str | None:
    """The part with the text: the one that the package names, else where it usually is."""
    if "_rels/.rels" in file:
        for item in _tree(file, "_rels/.rels"):
            if str(item.get("Type", "")).endswith(_TYPE) and item.get("TargetMode") != "External":
                target = str(item.get("Target", "")).lstrip("/")
                if target in file and target.endswith(".xml"):
                    return target
    return "word/document.xml" if "word/document.xml" in file else None


def _beside(file: GuardedZip, folder: str, kind: str) -> list[str]:
    named = re.compile(rf"{re.escape(folder)}/{kind}\d*\.xml")
    return sorted(member.name for member in file.members if named.fullmatch(member.name))[:20]


def _tree(file: GuardedZip, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(file.xml(name), parser=parser)
    if root is None:
        raise RefusedZipError("bad_file", f"{name} is empty")
    return root


def _gather(walk: _Walk, root: Any, reason: str | None) -> None:
    """The blocks below an element in order; nothing recursive, so that depth breaks nothing."""
    walk.reason = reason
    pending: list[tuple[Any, bool, int, bool]] = [(child, False, 1, False) for child in reversed(root)]
    while pending and walk.length <= LONGEST:
        element, leaving, depth, in_table = pending.pop()
        tag = _tag(element)
        if leaving:
            _flush(walk, in_table)
            continue
        if depth > DEEPEST:
            raise RefusedZipError("bad_file", f"a damaged Word document (more than {DEEPEST} elements in one another)")
        if tag in _SKIPPED or _unseen(element, tag):
            continue
        in_table = in_table or tag == "tbl"
        if tag in ("p", "tc"):
            _flush(walk, in_table)
            pending.append((element, True, depth, in_table))
        else:
            walk.words.append(_text(element, tag))
        pending.extend((child, False, depth + 1, in_table) for child in reversed(element))
    _flush(walk, in_table=False)


def _text(element: Any, tag: str) -> str:
    if tag == "t":
        return element.text or ""
    if tag in ("tab", "ptab"):
        return "\t" if len(element) == 0 else ""
    if tag in ("br", "cr"):
        return "\v"
    return "-" if tag == "noBreakHyphen" else ""


def _flush(walk: _Walk, in_table: bool) -> None:
    """What was gathered as a block; a break within a paragraph is a new line of it, a cell the next line of a table."""
    lines = "".join(walk.words).split("\v")
    walk.words = []
    text = "\n".join(line for line in (_BLANK.sub(" ", cleaned(line)).strip() for line in lines) if line)
    if text:
        walk.blocks.append(Block(text, walk.reason, tight=in_table and walk.within_table))
        walk.length += len(text)
        walk.within_table = in_table


def _unseen(element: Any, tag: str) -> bool:
    """Hidden runs, and of two ways to show a drawing the one for old programs."""
    if element.tag == f"{_MC}Fallback":
        return True
    if tag in ("footnote", "endnote"):
        return any(name.endswith("}type") for name in element.attrib)
    if tag != "r":
        return False
    return any(
        _tag(mark) == "vanish" and not any(value in ("0", "false", "off") for value in mark.attrib.values())
        for part in element
        if _tag(part) == "rPr"
        for mark in part
    )


def _tag(element: Any) -> str:
    """The name of an element of Word's own, else an empty text."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2] if tag.startswith((W, STRICT)) else ""


def _properties(file: GuardedZip) -> dict[str, Found]:
    if "docProps/core.xml" not in file:
        return {}
    try:
        root = _tree(file, "docProps/core.xml")
    except (etree.LxmlError, RefusedZipError):
        return {}
    found: dict[str, Found] = {}
    for name, tag in _CORE.items():
        value = _BLANK.sub(" ", cleaned(root.findtext(tag) or "")).strip()
        kept = {"title": worthy_title, "byline": person}.get(name, str)(value)
        if kept and len(kept) <= 500:
            found[name] = Found(kept, "docx properties")
    return found
