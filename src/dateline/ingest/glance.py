"""A page looked at quickly: all its text, before anything is told of it, at a tenth of what telling the article costs.

It holds every line that the reader of pages can take for the report, and more: hidden parts, comments, other stories.
What is said of no line of a glance can therefore be said of the report, which is what prefilters ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from dateline.ingest.decode import binary, cleaned, declared_charset, decoded
from dateline.ingest.html import EXTRACT_LIMIT, is_prose
from dateline.ingest.page import BLOCKS, DROPPED, tree_of
from dateline.model import Hints

_IN, _OUT = "\ue000", "\ue001"
"""Around the text of a link: characters of private use, which are taken out of the page first."""

_LINK_OPENS = re.compile(r"<[aA]\s[^<>]*>")
_LINK = re.compile(f"{_IN}[^{_OUT}]*{_OUT}")
_TAG = re.compile(r"</?([a-zA-Z1-6]+)")
_BLANKS: Final = f"\t\n\r\f{_IN}{_OUT}"
_TITLES: Final = frozenset({"og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "parsely-title"})


@dataclass(frozen=True, slots=True)
class Glance:
    """The lines of a page, its titles first, and the language that its markup declares."""

    lines: tuple[str, ...]
    declared: str | None

    @property
    def prose(self) -> str:
        """The lines that are sentences, which tell the language of a report better than menus do."""
        return "\n".join(line for line in self.lines if is_prose(line))


def glance(data: bytes, hints: Hints) -> Glance | None:
    """The lines of a page, one for each block; lines that are links and no sentences are left out, as in the report.

    None where a glance is not enough to go by: no markup, text whose line breaks count (`<pre>`), a page too deep or
    too large to be read as others are, nothing on it.
    """
    if binary(data) is not None:
        return None
    text = decoded(data, declared=hints.charset or declared_charset(data)).text
    if len(text) > EXTRACT_LIMIT or "<pre" in text or "<PRE" in text or re.search(r"<[a-zA-Z!/]", text) is None:
        return None
    root, whole = tree_of(_marked(text))
    if root is None or not whole:
        return None
    declared = root.get("lang")
    lines = tuple(line for line in (*_titles(root), *_lines(root)) if line)
    return Glance(lines, declared) if lines else None


def _titles(root: Any) -> list[str]:
    """What the page calls itself, in its head."""
    named = (meta for meta in root.iter("meta") if (meta.get("property") or meta.get("name") or "").lower() in _TITLES)
    return [*(element.text or "" for element in root.iter("title")), *(meta.get("content") or "" for meta in named)]


def _lines(root: Any) -> list[str]:
    """The text of a marked tree by its blocks; what a reader of the page never sees is taken out of it."""
    etree.strip_elements(root, *DROPPED, with_tail=False)
    found: str = etree.tostring(root, method="text", encoding="unicode")
    return [shown for line in found.split("\n") if (shown := _shown(line))]


def _marked(text: str) -> str:
    """Markup on one line, with line feeds before the tags of blocks, and marks around the text of links."""
    for char in _BLANKS:
        text = text.replace(char, " ")
    text = _LINK_OPENS.sub(rf"\g<0>{_IN}", text).replace("</a>", f"{_OUT}</a>")
    return _TAG.sub(_apart, text)


def _apart(tag: re.Match[str]) -> str:
    name = tag[1].lower()
    return f"\n{tag[0]}" if name in BLOCKS or name == "br" else tag[0]


def _shown(line: str) -> str:
    """A line without the marks of links; empty where it is a link alone and no sentence."""
    linked = _IN in line
    shown = " ".join((line.replace(_IN, "").replace(_OUT, "") if linked else line).split())
    if linked and not is_prose(shown) and not any(map(str.isalpha, _LINK.sub("", line))):
        return ""
    return cleaned(shown)
