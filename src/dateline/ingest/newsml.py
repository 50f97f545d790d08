"""IPTC NewsML-G2: news items, messages that carry several, and packages; bodies in NITF, XHTML or plain text.

Read with lxml: entities are not resolved, nothing is fetched, what is nested too deeply or too large is refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from dateline.ingest.decode import binary, declared_charset, decoded
from dateline.ingest.items import Body, Item, found, item_id, one_line, read_item
from dateline.ingest.report import Found, refused
from dateline.model import Document, Hints, Issue, Notice, PubStatus

LARGEST: Final = 48_000_000
"""Characters of the largest message that is read; its tree takes some ten times as much memory."""
MOST_ITEMS: Final = 20_000
ITEMS: Final = ("newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,500}\?>")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STATUS: Final = {
    "usable": PubStatus.USABLE,
    "withheld": PubStatus.WITHHELD,
    "canceled": PubStatus.CANCELED,
    "cancelled": PubStatus.CANCELED,
}
_TITLES: Final = ("hl1", "headline")
_LEFT_OUT: Final = frozenset({"body.head", "body.end", "head", "media", "script", "style"})


def read(data: bytes, hints: Hints) -> Iterator[Document | Issue | Notice]:
    """The items of a NewsML-G2 document: each a notice of its version and a document, or why there is none.

    The text is `inlineXML` (NITF or XHTML) or plain `inlineData`; content that is only referred to is not fetched
    (`no_text`). The agency is `infoSource`, else the credit line; the outlet is the `provider`. `pubStatus`,
    `embargoed` and `version` are honoured. A package tells which items belong together and has no text
    (`not_a_report`).
    """
    kind = binary(data)
    if kind is not None:
        yield refused("binary", f"not XML: {kind}", hints)
        return
    text = decoded(data, declared=declared_charset(data)).text
    if len(text) > LARGEST:
        yield refused("too_large", f"{len(text)} characters, at most {LARGEST} are read", hints)
        return
    root, broken = _tree(text)
    if root is None:
        yield refused("bad_xml", f"not XML that can be read: {broken or 'nothing in it'}", hints)
        return
    number = 0
    sha256 = hashlib.sha256(data).hexdigest()
    for number, element in enumerate(_items(root), start=1):
        if number > MOST_ITEMS:
            yield refused("too_many", f"more than {MOST_ITEMS} items: split the message", hints)
            break
        yield from _read(element, number, sha256, hints)
    if number == 0:
        yield refused("unknown_xml", f"XML of no known format: its first element is {_name(root)[:80]!r}", hints)
    elif broken is not None:
        yield refused("bad_xml", f"not well-formed, read as far as it could be: {broken}", hints)


def _tree(text: str) -> tuple[Any, str | None]:
    """The tree of a document, and what is wrong with it; entities that it declares itself stay unresolved."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        return None, str(error)[:200]
    errors = [entry for entry in parser.error_log if entry.level_name in ("ERROR", "FATAL")]
    return root, f"{errors[0].message[:200]} (line {errors[0].line})" if errors else None


def _items(root: Any) -> Iterator[Any]:
    """The items of a message, or the item that a document is."""
    if _name(root) in ITEMS:
        yield root
        return
    for element in root.iter():
        parent = element.getparent()
        if _name(element) in ITEMS and (parent is None or _name(parent) == "itemSet"):
            yield element


def _read(element: Any, number: int, sha256: str, hints: Hints) -> Iterator[Document | Issue | Notice]:
    guid = element.get("guid")
    name = f"item {number}" + (f" ({one_line(guid)[:200]})" if guid else "")
    item = _item(element, name)
    if _name(element) == "newsItem" or item.status is PubStatus.CANCELED:
        yield from read_item(item, sha256, hints)
        return
    refs = sum(1 for one in element.iter() if _name(one) == "itemRef")
    what = f"a package of {refs} items" if _name(element) == "packageItem" else f"a {_name(element)}"
    yield refused("not_a_report", f"{name}: {what}, without a text of its own", hints)


def _item(element: Any, name: str) -> Item:
    meta, content = _child(element, "itemMeta"), _child(element, "contentMeta")
    rights = _child(element, "rightsInfo")
    provider = _party(meta, "provider")
    status, odd = _status(meta)
    note = "; ".join(part for part in (odd, _words(meta, "edNote"), _signal(meta)) if part) or None
    body, inner = _body(element)
    agency, where = _agency(content)
    created = _words(meta, "versionCreated")
    return Item(
        name=name,
        id=item_id(element.get("guid"), provider),
        body=body,
        found={
            **found("newsml itemMeta title", title=_words(meta, "title")),
            **inner,
            **found("newsml headline", title=_words(content, "headline")),
            **found("newsml creator", byline=_party(content, "creator")),
            **found("newsml by", byline=_words(content, "by")),
            **found("newsml firstCreated", published=_words(meta, "firstCreated")),
            **found("newsml versionCreated", published=created),
            **found("newsml language", language=_language(element, content)),
            **found("newsml located", dateline_place=_party(content, "located")),
            **found("newsml provider", outlet=provider),
            **_url(meta, element),
            **found(where, agency=agency),
        },
        kept={
            "slugline": _words(content, "slugline") or "",
            "dateline": _words(content, "dateline") or "",
            "credit": _words(content, "creditline") or "",
            "copyright": _words(rights, "copyrightNotice") or _party(rights, "copyrightHolder") or "",
            "usage": _words(rights, "usageTerms") or "",
            "guid": element.get("guid") or "",
            "version": element.get("version") or "",
        },
        status=status,
        version=element.get("version"),
        issued=created,
        embargoed=_embargo(meta),
        provider=provider or agency,
        note=note,
    )


def _status(meta: Any) -> tuple[PubStatus, str | None]:
    """The publishing status; one that is not known withholds the item, and is told."""
    status = _child(meta, "pubStatus")
    if status is None:
        return PubStatus.USABLE, None
    given = status.get("qcode") or status.get("uri") or status.get("literal") or _plain(status)
    word = given.strip().lower().rpartition("/")[2].rpartition(":")[2]
    if word in _STATUS:
        return _STATUS[word], None
    return PubStatus.WITHHELD, f"pubStatus {given[:80]!r} is not known"


def _embargo(meta: Any) -> str | None:
    """The end of an embargo as written, "" for one without an end, None for none."""
    element = _child(meta, "embargoed")
    return None if element is None else _plain(element)


def _signal(meta: Any) -> str | None:
    """What the item is to its earlier versions (`sig:correction` and the like), as codes."""
    codes = [one.get("qcode") or one.get("uri") or "" for one in _children(meta, "signal")]
    return ", ".join(code for code in codes if code) or None


def _agency(content: Any) -> tuple[str | None, str]:
    for one in sorted(_children(content, "infoSource"), key=lambda one: "orig" not in (one.get("role") or "").lower()):
        if (name := _named(one)) is not None:
            return name, "newsml infoSource"
    return _words(content, "creditline"), "newsml creditline"


def _party(parent: Any, name: str) -> str | None:
    for one in _children(parent, name):
        if (words := _named(one)) is not None:
            return words
    return None


def _named(element: Any) -> str | None:
    """The name of a party or place: its `<name>`, its text, its literal, the last part of its code."""
    code = (element.get("qcode") or "").rpartition(":")[2] or (element.get("uri") or "").rstrip("/").rpartition("/")[2]
    names: tuple[str | None, ...] = (
        _words(element, "name"),
        (element.text or "").strip(),
        element.get("literal"),
        code,
    )
    return next((name for name in names if name), None)


def _language(element: Any, content: Any) -> str | None:
    given = _child(content, "language")
    tag: str | None = given.get("tag") if given is not None else None
    inline = next((one for one in element.iter() if _name(one) == "inlineXML"), None)
    own: str | None = inline.get(_LANG) if inline is not None else None
    whole: str | None = element.get(_LANG)
    return tag or own or whole


def _url(meta: Any, element: Any) -> dict[str, Found]:
    """The address of the page that carries the item, where it names one."""
    for link in [*_children(meta, "link"), *_children(element, "altLoc")]:
        rel = (link.get("rel") or "").lower()
        href = link.get("href") or _plain(link)
        if href.startswith(("http://", "https://")) and (not rel or rel.endswith(("webversion", "alternate"))):
            return found("newsml link", url=href)
    guid = element.get("guid") or ""
    return found("newsml guid", url=guid if guid.startswith(("http://", "https://")) else None)


def _body(element: Any) -> tuple[Body | None, Mapping[str, Found]]:
    """The text of an item, and what the head of its body tells besides (headline, byline, place of the dateline)."""
    contents = _child(element, "contentSet")
    for inline in _children(contents, "inlineXML"):
        inner = next((one for one in inline if isinstance(one.tag, str)), None)
        if inner is not None:
            where = f"newsml inlineXML {_name(inner)}"
            return Body(_markup(inner), where), _told_inside(inner)
    for inline in _children(contents, "inlineData"):
        words = _plain(inline)
        if words:
            markup = "html" in (inline.get("contenttype") or "").lower()
            return Body(words, "newsml inlineData", markup), {}
    for inline in _children(contents, "inlineXML"):
        words = _plain(inline)
        if words:
            return Body(words, "newsml inlineXML", markup="<" in words), {}
    description = _words(_child(element, "contentMeta"), "description")
    return (Body(description, "newsml description", False, True) if description is not None else None), {}


def _markup(inner: Any) -> str:
    """The body of NITF or XHTML as plain HTML, without namespaces and without head and captions of media."""
    from lxml import etree

    body = deepcopy(_find(inner, "body.content") if _find(inner, "body.content") is not None else inner)
    whole = _find(body, "body")
    body = whole if whole is not None else body
    for one in list(body.iter()):
        name = _name(one)
        if name in _LEFT_OUT and one.getparent() is not None:
            _drop(one)
        elif isinstance(one.tag, str):
            one.tag = "h2" if name in ("hl1", "hl2") else "div" if name in ("body.content", "block") else name
    etree.cleanup_namespaces(body)
    body.tail = None
    return str(etree.tostring(body, method="html", encoding="unicode"))


def _drop(element: Any) -> None:
    """Take an element out and leave the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _told_inside(inner: Any) -> dict[str, Found]:
    """Headline, byline and dateline of a NITF body's head."""
    head = _find(inner, "body.head")
    if head is None:
        return {}
    told: dict[str, Found] = {}
    for name, tags in (("title", _TITLES), ("byline", ("byline",)), ("dateline_place", ("location",))):
        element = next((one for one in head.iter() if _name(one) in tags), None)
        if element is not None:
            told |= found(f"newsml body.head {_name(element)}", **{name: _plain(element)})
    return told


def _find(element: Any, name: str) -> Any:
    return next((one for one in element.iter() if _name(one) == name), None)


def _name(element: Any) -> str:
    """The name of an element without its namespace, "" for what is none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(parent: Any, name: str) -> list[Any]:
    return [] if parent is None else [one for one in parent if _name(one) == name]


def _child(parent: Any, name: str) -> Any:
    return next(iter(_children(parent, name)), None)


def _words(parent: Any, name: str) -> str | None:
    """The text of the first child of that name that has any."""
    return next((words for words in map(_plain, _children(parent, name)) if words), None)


def _plain(element: Any) -> str:
    return "".join(map(str, element.itertext())).strip()
