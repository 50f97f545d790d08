"""IPTC ninjs 1.x, 2.x and 3.x: one item of a wire as a JSON object; they differ in how fields are spelt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dateline.ingest.items import Body, Item, found, item_id, one_line, read_item
from dateline.ingest.report import Found
from dateline.model import Document, Hints, Issue, Notice, PubStatus

SIGNS: Final = frozenset(
    {"versioncreated", "pubstatus", "bodies", "headlines", "infosources", "embargoeduntil", "embargoed", "slugline"}
    | {"representationtype", "usageterms", "copyrightholder", "located", "ednote", "altids", "firstcreated"}
    | {"contentcreated", "trustindicators", "renditions", "copyrightnotice", "standard"}
)
"""Fields, in small letters, that tell an item with a `uri` from other JSON."""

_STATUS: Final = {
    "usable": PubStatus.USABLE,
    "withheld": PubStatus.WITHHELD,
    "canceled": PubStatus.CANCELED,
    "cancelled": PubStatus.CANCELED,
}
_MADE: Final = ("versioncreated", "contentcreated", "firstcreated")
_ORIGINS: Final = ("origin", "supplier", "provider", "source", "creator")
_MARKUP: Final = ("html", "xml", "nitf")


def is_item(value: Any) -> bool:
    """Whether a JSON value is a ninjs item: it has a `uri` (or `guid`) and fields that ninjs alone has, or a body."""
    if not isinstance(value, Mapping):
        return False
    names = {str(name).lower() for name in value}
    if not names & {"uri", "guid"} or "text" in names:
        return False
    bodies = any(name.startswith(("body_", "description_", "headline_")) for name in names)
    return bodies or len(names & SIGNS) > 0


def items(value: Mapping[str, Any], where: str, sha256: str, hints: Hints) -> Iterator[Document | Issue | Notice]:
    """The notice and the report of an item; `where` is its line or place in the file.

    The text is the body with markup, else the plain one. The agency is the first `infoSources` with the role of an
    origin, else the first; the place it was written at is `located`; `published` is when this version was made.
    `pubStatus` and the embargo are honoured. Items carried inside (`associations`) are not reports of their own.
    """
    yield from read_item(_item(_lowered(value), where), sha256, hints)


def _item(value: Mapping[str, Any], where: str) -> Item:
    uri = _text(value, "uri", "guid")
    status, odd = _status(value)
    note = "; ".join(part for part in (odd, _text(value, "ednote")) if part) or None
    agency, role = _agency(value)
    return Item(
        name=f"{where} ({one_line(uri)[:200]})" if uri is not None else where,
        id=item_id(uri, _text(value, "copyrightholder")),
        body=_body(value),
        found={
            **_headline(value),
            **_first(value, "byline", "by", "byline"),
            **_first(value, "published", *_MADE),
            **_first(value, "language", "language"),
            **_first(value, "dateline_place", "located"),
            **_address(value, uri),
            **found(role, agency=agency),
        },
        kept={
            "slugline": _text(value, "slugline") or "",
            "copyright": _text(value, "copyrightnotice", "copyrightholder") or "",
            "usage": _text(value, "usageterms") or "",
            "uri": uri or "",
            "version": _version(value) or "",
        },
        status=status,
        version=_version(value),
        issued=_text(value, *_MADE),
        embargoed=_embargo(value),
        provider=agency or _text(value, "copyrightholder"),
        note=note,
    )


def _lowered(value: Mapping[str, Any]) -> dict[str, Any]:
    """The fields in small letters, as 1.x and 2.x write those of 3.x; of two the first stays."""
    lowered: dict[str, Any] = {}
    for name, one in value.items():
        lowered.setdefault(str(name).lower(), one)
    return lowered


def _status(value: Mapping[str, Any]) -> tuple[PubStatus, str | None]:
    """The publishing status; one that is not known withholds the item, and is told."""
    given = value.get("pubstatus")
    if given is None:
        return PubStatus.USABLE, None
    word = str(given).strip().lower().rpartition("/")[2].rpartition(":")[2]
    if word in _STATUS:
        return _STATUS[word], None
    return PubStatus.WITHHELD, f"pubStatus {str(given)[:80]!r} is not known"


def _embargo(value: Mapping[str, Any]) -> str | None:
    for name in ("embargoeduntil", "embargoed"):
        if value.get(name) not in (None, False):
            return str(value[name])[:80]
    return None


def _version(value: Mapping[str, Any]) -> str | None:
    given = value.get("version")
    if isinstance(given, (str, int)) and not isinstance(given, bool):
        return str(given).strip()[:80] or None
    return None


def _body(value: Mapping[str, Any]) -> Body | None:
    """The text with markup where there is one, else the plain one; else the description, which is a summary."""
    for names, plural, summary in (("body_", "bodies", False), ("description_", "descriptions", True)):
        options = [*_plural(value, plural), *_flat(value, names)]
        if options:
            markup, where, text = max(options, key=lambda one: (one[0], len(one[2])))
            return Body(text, f"ninjs {where}", markup, summary)
    return None


def _plural(value: Mapping[str, Any], name: str) -> list[tuple[bool, str, str]]:
    """(markup, where, text) of `bodies` and the like (2.x, 3.x)."""
    given = value.get(name)
    options = []
    for one in given if isinstance(given, list) else ():
        if isinstance(one, Mapping):
            low = _lowered(one)
            text = _text(low, "value")
            kind = f"{_text(low, 'contenttype') or ''} {_text(low, 'role') or ''}".lower()
            if text is not None:
                options.append((_is_markup(kind, text), name, text))
    return options


def _flat(value: Mapping[str, Any], prefix: str) -> list[tuple[bool, str, str]]:
    """(markup, where, text) of `body_html`, `body_text` and the like (1.x)."""
    names = [name for name in value if name.startswith(prefix) and isinstance(value[name], str)]
    return [(_is_markup(name, value[name]), name, value[name]) for name in sorted(names) if value[name].strip()]


def _is_markup(kind: str, text: str) -> bool:
    if any(word in kind for word in _MARKUP):
        return True
    return "plain" not in kind and "text" not in kind and text.lstrip().startswith("<")


def _headline(value: Mapping[str, Any]) -> dict[str, Found]:
    """The main headline, else the first, else the title."""
    given = value.get("headlines")
    some = [_lowered(one) for one in given if isinstance(one, Mapping)] if isinstance(given, list) else []
    told = [one for one in some if _text(one, "value") is not None]
    main = [one for one in told if (_text(one, "role") or "main").lower().endswith("main")] or told
    if main:
        return found("ninjs headlines", title=_text(main[0], "value"))
    others = sorted(name for name in value if name.startswith("headline_"))
    return _first(value, "title", "headline", *others, "title")


def _first(value: Mapping[str, Any], field: str, *names: str) -> dict[str, Found]:
    """The first of the fields that holds words, as a metadata value that says which."""
    name = next((name for name in names if _text(value, name) is not None), None)
    return {} if name is None else found(f"ninjs {name}", **{field: _text(value, name)})


def _agency(value: Mapping[str, Any]) -> tuple[str | None, str]:
    """Where the content comes from, and which field says so."""
    given = value.get("infosources", value.get("infosource"))
    some = [given] if isinstance(given, (str, Mapping)) else given if isinstance(given, list) else []
    named = [(name, role) for one in some if (name := _name(one)) is not None for role in (_role(one),)]
    named.sort(key=lambda one: next((n for n, word in enumerate(_ORIGINS) if word in one[1]), len(_ORIGINS)))
    if named:
        return named[0][0], "ninjs infoSources"
    for name in ("provider", "source", "creditline"):
        if (text := _text(value, name)) is not None:
            return text, f"ninjs {name}"
    return None, "ninjs"


def _name(source: Any) -> str | None:
    if isinstance(source, str):
        return source if source.strip() else None
    return _text(_lowered(source), "name", "literal") if isinstance(source, Mapping) else None


def _role(source: Any) -> str:
    return (_text(_lowered(source), "role") or "").lower() if isinstance(source, Mapping) else ""


def _address(value: Mapping[str, Any], uri: str | None) -> dict[str, Found]:
    """The address of the page: that of a rendition that is one, else the uri where it is one."""
    given = value.get("renditions")
    some = given.values() if isinstance(given, Mapping) else given if isinstance(given, list) else ()
    for one in some:
        low = _lowered(one) if isinstance(one, Mapping) else {}
        kind = _text(low, "contenttype", "mimetype") or ""
        href = _text(low, "href") or ""
        if kind.lower().startswith("text/html") and href.startswith(("http://", "https://")):
            return found("ninjs renditions", url=href)
    return found("ninjs uri", url=uri if uri is not None and uri.startswith(("http://", "https://")) else None)


def _text(value: Mapping[str, Any], *names: str) -> str | None:
    """The first of the fields that holds words."""
    for name in names:
        one = value.get(name)
        if isinstance(one, str) and one.strip():
            return one
    return None
