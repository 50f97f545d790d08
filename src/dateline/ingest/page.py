"""A page's visible text, block by block, with what its layout says of each block. Nothing is run or fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree
from lxml import html as lxml_html

from dateline.ingest.decode import cleaned
from dateline.lexicon.furniture import Layout

DROPPED: Final = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "meta", "link", "svg", "math", "iframe", "object",
     "embed", "canvas", "audio", "video", "map", "area", "select", "option", "datalist", "textarea", "input", "frame",
     "frameset", "applet"}
)  # fmt: skip
BLOCKS: Final = frozenset(
    {"html", "body", "main", "article", "section", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
     "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "blockquote", "pre", "figure",
     "figcaption", "nav", "aside", "header", "footer", "form", "fieldset", "address", "details", "summary", "button",
     "hr", "menu", "dialog", "center", "legend", "label", "hgroup", "search"}
)  # fmt: skip
TIGHT: Final = frozenset({"li", "td", "th", "dt", "dd", "tr", "br"})
UNMARKED: Final = frozenset({"body", "main", "article"})
"""Tags whose class tells of the page, not of a part of it."""
MAX_DEPTH: Final = 250

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_TOKENS = re.compile(r"[A-Za-z][a-z]+|[A-Z]+(?![a-z])")
_HIDDEN_STYLE = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_TAG = re.compile(r"<(?!/?(?:p|h[1-6]|script|style|title|meta|link|html|head|body)\b)(?![!?])/?[a-zA-Z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of visible text. `strong` is a reason told by tag or role, `weak` one told by a class or id."""

    text: str
    tag: str
    links: int
    strong: str | None
    weak: str | None
    parent: int
    tight: bool

    @property
    def link_share(self) -> float:
        """The share of its characters that are link text."""
        return self.links / len(self.text) if self.text else 0.0


@dataclass(slots=True)
class _Context:
    tag: str
    strong: str | None
    weak: str | None
    link: bool
    parent: int


@dataclass(slots=True)
class _Walk:
    layout: Layout
    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    links: int = 0
    depth: int = 0
    tight: bool = False
    context: _Context | None = None
    parents: int = 0


def tree_of(text: str) -> tuple[Any, bool]:
    """The page's tree and whether it is whole; tags nested beyond what the parser bears are flattened first."""
    root, whole = _parsed(text)
    if root is None or not whole:
        root, _ = _parsed(_TAG.sub("\n<br>\n", text))
        return root, False
    return root, True


def blocks_of(root: Any, layout: Layout) -> tuple[tuple[Block, ...], int]:
    """The visible blocks of a tree in order, and the depth of the deepest element."""
    body = root.find("body") if root.tag == "html" else root
    walk = _Walk(layout)
    top = _Context("body", None, None, False, 0)
    pending: list[tuple[Any, _Context, bool, int]] = [(body if body is not None else root, top, False, 1)]
    while pending:
        element, context, leaving, depth = pending.pop()
        if leaving:
            _leave(walk, element, context)
            continue
        walk.depth = max(walk.depth, depth)
        inner = _enter(walk, element, context)
        if inner is None:
            _add(walk, element.tail, context)
            continue
        pending.append((element, context, True, depth))
        pending.extend((child, inner, False, depth + 1) for child in reversed(element))
    _flush(walk)
    return tuple(walk.blocks), walk.depth


def _parsed(text: str) -> tuple[Any, bool]:
    parser = lxml_html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None, False
    return root, not any("RESOURCE_LIMIT" in entry.type_name or "depth" in entry.message for entry in parser.error_log)


def _enter(walk: _Walk, element: Any, context: _Context) -> _Context | None:
    tag = element.tag
    if not isinstance(tag, str) or tag in DROPPED or _hidden(element, walk.layout):
        return None
    if tag == "br":
        _flush(walk)
        walk.tight = True
        return None
    block = tag in BLOCKS
    if block:
        _flush(walk)
        walk.parents += 1
    inner = _Context(
        tag=tag if block else context.tag,
        strong=context.strong or _strong(element, tag, walk.layout),
        weak=context.weak or (_weak(element, walk.layout) if block and tag not in UNMARKED else None),
        link=context.link or tag == "a",
        parent=walk.parents if block and tag not in ("p", "li") else context.parent,
    )
    _add(walk, element.text, inner)
    return inner


def _leave(walk: _Walk, element: Any, context: _Context) -> None:
    if element.tag in BLOCKS:
        _flush(walk)
        walk.tight = element.tag in TIGHT
    _add(walk, element.tail, context)


def _add(walk: _Walk, text: str | None, context: _Context) -> None:
    if not text:
        return
    if walk.context is None or not any(word.strip() for word in walk.words[-1:]):
        walk.context = context
    walk.words.append(text)
    if context.link:
        walk.links += len(_BLANKS.sub(" ", text).strip())


def _flush(walk: _Walk) -> None:
    context = walk.context
    joined = "".join(walk.words).strip()
    text = (
        joined and cleaned(joined if context is not None and context.tag == "pre" else _BLANKS.sub(" ", joined)).strip()
    )
    if text and context is not None:
        walk.blocks.append(
            Block(text, context.tag, walk.links, context.strong, context.weak, context.parent, walk.tight)
        )
        walk.tight = False
    walk.words, walk.links, walk.context = [], 0, None


def _hidden(element: Any, layout: Layout) -> bool:
    if not element.attrib:
        return False
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    if _HIDDEN_STYLE.search(element.get("style", "")) is not None:
        return True
    return any(name.lower() in layout.hidden for name in element.get("class", "").split())


def _strong(element: Any, tag: str, layout: Layout) -> str | None:
    role = layout.roles.get(element.get("role", "").strip().lower())
    if role is not None:
        return role
    if tag == "header":
        return None if element.find(".//h1") is not None or _within(element, "article") else "header"
    if tag == "figure":
        return "picture" if element.find(".//img") is not None else None
    return layout.tags.get(tag)


def _within(element: Any, tag: str) -> bool:
    return any(parent.tag == tag for parent, _ in zip(element.iterancestors(), range(40), strict=False))


def _weak(element: Any, layout: Layout) -> str | None:
    for name in _names(element):
        reason = layout.classes.get(name)
        if reason is not None:
            return reason
    return None


def _names(element: Any) -> Iterator[str]:
    """The words of an element's classes and id, also joined in pairs ("most-read" gives "mostread")."""
    for value in (element.get("class", ""), element.get("id", "")):
        for name in value[:300].split():
            words = [word.lower() for word in _TOKENS.findall(name)]
            yield from words
            yield from (first + second for first, second in zip(words, words[1:], strict=False))
