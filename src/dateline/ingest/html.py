"""HTML pages: the whole visible text is stored, and what is not the report is marked as furniture."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from dateline.ingest.decode import binary, declared_charset, decoded
from dateline.ingest.report import LONGEST, Found, refused, report, too_long
from dateline.ingest.text import read as read_plain
from dateline.lexicon.furniture import furniture_words
from dateline.model import Document, Furniture, Hints, Issue

if TYPE_CHECKING:
    from dateline.ingest.page import Block

EXTRACT_LIMIT: Final = 3_000_000
"""Pages of more characters, or nested deeper than 250, are told apart by layout alone: trafilatura is slow there."""

_SENTENCE = re.compile(r"""[.!?…]["'”’»)\]]*(?:\s|$)""")
_SPACE = re.compile(r"\s+")
_SITE = re.compile(r"\s+[|–—:·»-]\s+")


def read(data: bytes, hints: Hints) -> Iterator[Document | Issue]:
    """The report of a page, with title, outlet, byline, date, address and language from its markup.

    Text outside the article (told by trafilatura together with tags, roles, classes, share of links and place)
    is kept and marked. Scripts, hidden parts and forms' choices are left out; nothing is run or fetched.
    Refuses binary data (`binary`), a page without text (`empty`), one without an article (`no_article`) and one
    with more text than any report has (`too_long`).
    """
    kind = binary(data)
    if kind is not None:
        yield refused("binary", f"not a page: {kind}", hints)
        return
    text = decoded(data, declared=hints.charset or declared_charset(data)).text
    if re.search(r"<[a-zA-Z!/]", text) is None:
        yield from read_plain(data, hints)
        return
    yield from page(text, data, hints, {})


def page(text: str, raw: bytes, hints: Hints, found: Mapping[str, Found]) -> Iterator[Document | Issue]:
    """The report of a page's decoded `text`; `raw` are the bytes it came from, `found` what is known besides."""
    from dateline.ingest.metadata import guessed_date, metadata
    from dateline.ingest.page import MAX_DEPTH, blocks_of, tree_of

    root, whole = tree_of(text)
    if root is None:
        yield refused("empty", "a page without text", hints)
        return
    blocks, depth = blocks_of(root, furniture_words().layout)
    if not any(char.isalpha() for block in blocks for char in block.text):
        yield refused("empty", "a page without text", hints)
        return
    length = sum(len(block.text) for block in blocks)
    if length > LONGEST:
        yield too_long(f"{length} characters", hints)
        return
    usable = whole and depth <= MAX_DEPTH and len(text) <= EXTRACT_LIMIT
    known = {**metadata(root, _headline(blocks)), **found}
    if "published" not in known and hints.published is None and usable:
        url = hints.url or (known["url"].value if "url" in known else None)
        day = guessed_date(text, url, latest=hints.captured)
        known |= {"published": Found(day, "htmldate")} if day is not None else {}
    if "title" in known:
        known["title"] = Found(_without_site(known["title"].value, blocks), known["title"].where)
    title = hints.title or (known["title"].value if "title" in known else None)
    extracted = _extracted(text) if usable else ""
    reasons = reasons_of(blocks, _squeezed(extracted), title)
    if not any(reason is None and _prose(block) for block, reason in zip(blocks, reasons, strict=True)):
        yield refused("no_article", "no article found on the page", hints)
        return
    stored, furniture = _stored(blocks, reasons)
    yield report(stored, raw, hints, known, furniture)


def fragment(markup: str) -> tuple[str, tuple[Furniture, ...]]:
    """The visible text of a piece of HTML that is a report's body and nothing else, as feeds and wires carry it.

    Blocks that are mostly links are kept and marked, the rest is the report: nothing is guessed to be outside of it.
    """
    from dateline.ingest.page import blocks_of, tree_of

    if not markup.strip():
        return "", ()
    root, _ = tree_of(markup)
    if root is None:
        return "", ()
    blocks, _ = blocks_of(root, furniture_words().layout)
    reasons = ["links" if block.link_share > 0.8 and not _prose(block) else None for block in blocks]
    return _stored(blocks, reasons)


def reasons_of(blocks: tuple[Block, ...], extracted: str, title: str | None) -> list[str | None]:
    """For each block why it is furniture, or None for the article; `extracted` is trafilatura's text without blanks.

    Both must agree to drop prose: what trafilatura kept stays unless it is a caption or mostly links, and what it
    left out stays if it is prose beside kept prose, between the first and the last of it.
    """
    inside = [bool(extracted) and _in_text(block, extracted) for block in blocks]
    wanted = _squeezed(title) if title is not None else None
    headings = [bool(wanted) and _squeezed(block.text) == wanted for block in blocks]
    kept = [i for i, block in enumerate(blocks) if inside[i] and _prose(block) and block.strong is None]
    first = min([*kept, *(i for i, heading in enumerate(headings) if heading)], default=0)
    last = max(kept, default=len(blocks))
    parents = {blocks[i].parent for i in kept}
    reasons: list[str | None] = []
    for index, block in enumerate(blocks):
        near = not kept or first <= index <= last or (index > last and block.parent in parents)
        reasons.append(None if headings[index] and block.strong != "menu" else _reason(block, inside[index], near))
    return reasons


def _reason(block: Block, inside: bool, near: bool) -> str | None:
    prose = _prose(block) and block.link_share < 0.5
    if block.strong is not None:
        return None if inside and prose and block.strong != "picture" else block.strong
    if block.weak == "credit":
        return "credit" if len(block.text.split()) <= 25 else None if inside or near else "outside article"
    if block.weak is not None:
        return None if inside and prose else block.weak
    if inside:
        return "links" if block.link_share > 0.8 and not prose else None
    if prose and near:
        return None
    return "links" if block.link_share > 0.5 else "outside article" if not (near and _short_inside(block)) else None


def _short_inside(block: Block) -> bool:
    """Crossheads, list items and cells between the paragraphs of an article."""
    return block.link_share < 0.3 and block.tag in ("h2", "h3", "h4", "p", "li", "td", "blockquote", "dd", "pre")


def _headline(blocks: tuple[Block, ...]) -> str | None:
    headings = [block.text for block in blocks if block.tag == "h1" and block.strong in (None, "header")]
    return _SPACE.sub(" ", headings[0]) if headings else None


def _without_site(title: str, blocks: tuple[Block, ...]) -> str:
    """A markup title without the site's name after it, where the page shows the rest as a block of its own."""
    shown = {_squeezed(block.text) for block in blocks if len(block.text) <= 400}
    for cut in reversed(list(_SITE.finditer(title))):
        if _squeezed(title[: cut.start()]) in shown:
            return title[: cut.start()]
    return title


def is_prose(text: str) -> bool:
    """Whether a block is a sentence or more: five words, and the mark that ends one."""
    return len(text.split()) >= 5 and _SENTENCE.search(text) is not None


def _prose(block: Block) -> bool:
    return is_prose(block.text)


def _in_text(block: Block, extracted: str) -> bool:
    squeezed = _squeezed(block.text)
    return len(squeezed) >= 12 and squeezed in extracted


def _squeezed(text: str) -> str:
    return _SPACE.sub("", text).casefold()


def _extracted(text: str) -> str:
    """The article as trafilatura sees it, or an empty text where it finds none."""
    import trafilatura

    from dateline.ingest.metadata import TRANSIENT

    for name in ("trafilatura", "htmldate", "charset_normalizer"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        result: Any = trafilatura.bare_extraction(text, include_comments=False, include_tables=True)
    except TRANSIENT:
        return ""
    return str(result.text) if result is not None and result.text else ""


def _stored(blocks: tuple[Block, ...], reasons: list[str | None]) -> tuple[str, tuple[Furniture, ...]]:
    parts: list[str] = []
    furniture: list[Furniture] = []
    length = 0
    for block, reason in zip(blocks, reasons, strict=True):
        separator = ("\n" if block.tight else "\n\n") if parts else ""
        parts.append(separator + block.text)
        start = length + len(separator)
        length = start + len(block.text)
        if reason is not None:
            furniture.append(Furniture(start, length, reason))
    return "".join(parts), tuple(furniture)
