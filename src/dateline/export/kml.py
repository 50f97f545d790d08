"""KML 2.2 (OGC): presences and events with time spans, for Google Earth, QGIS and other globes.

A folder for presences, one placemark a step of a site, so that a time slider shows who was there when; what is known of
a country only has no point. A folder for events. Styles tell what is there, planned, alleged,
denied or left. Words of reports are escaped twice where a balloon shows them as HTML.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from dateline.export.features import Feature, Value, event_features, host_name, point_of
from dateline.export.listing import Record
from dateline.export.safe import visible
from dateline.export.selection import Selection
from dateline.export.statement import sentence
from dateline.export.words import amount
from dateline.model import content_id

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
STYLES: Final = {
    "present": "ff90662f",
    "leaving": "ff0067b0",
    "left": "ff9f958c",
    "expelled": "ff0067b0",
    "planned": "ff00679a",
    "alleged": "ffba3966",
    "conditional": "ffba3966",
    "denied": "ff1e26b3",
    "done": "ff90662f",
    "begun": "ff90662f",
    "announced": "ff00679a",
}
"""The colour of each standing and stage, as KML has it: alpha, blue, green, red."""

_CAVEAT: Final = "What is known of a country only has no point. Sites are never summed to their country."
_ALLOWED: Final = "\n\r\t"
_Writer = Any


def write(selection: Selection, out: BinaryIO) -> None:
    """The document, written piece by piece."""
    from lxml import etree

    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("kml", nsmap={None: NAMESPACE}), file.element("Document"):
            _text(file, "name", f"dateline: {selection.about.ledger}")
            _text(file, "description", html.escape(f"{sentence(selection.about)} {_CAVEAT}"))
            for name, colour in STYLES.items():
                _style(file, name, colour)
            _folder(file, "Presences", _steps(selection))
            _folder(file, "Events", event_features(selection))
    out.write(b"\n")


def xml_text(text: str) -> str:
    """`text` as XML 1.0 can hold it: control and bidirectional characters as seen escapes, the rest as U+FFFD."""
    return "".join(char if _holds(char) else "\ufffd" for char in visible(text, lines=True))


def _holds(char: str) -> bool:
    code = ord(char)
    return char in _ALLOWED or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def _style(file: _Writer, name: str, colour: str) -> None:
    with file.element("Style", id=f"s-{name}"):
        with file.element("IconStyle"):
            _text(file, "color", colour)
            _text(file, "scale", "0.8")
        with file.element("BalloonStyle"):
            _text(file, "text", "$[description]")


def _folder(file: _Writer, name: str, features: Iterable[Feature]) -> None:
    with file.element("Folder"):
        _text(file, "name", name)
        for one in features:
            _placemark(file, one)


def _placemark(file: _Writer, one: Feature) -> None:
    """Its parts in the order that the schema wants."""
    file.write("\n")
    with file.element("Placemark", id=one.id):
        _text(file, "name", one.name)
        _text(file, "description", html.escape(one.summary))
        if one.first is not None or one.last is not None:
            with file.element("TimeSpan"):
                if one.first is not None:
                    _text(file, "begin", one.first)
                if one.last is not None and (one.first is None or one.first <= one.last):
                    _text(file, "end", one.last)
        _text(file, "styleUrl", f"#s-{one.style}")
        with file.element("ExtendedData"):
            for key, value in [("what", one.what), *one.properties.items()]:
                _data(file, key, value)
        if one.point is not None:
            with file.element("Point"):
                _text(file, "coordinates", f"{one.point[0]!r},{one.point[1]!r}")


def _data(file: _Writer, key: str, value: Value) -> None:
    """A value of the placemark; unknown ones are left out."""
    written = "; ".join(value) if isinstance(value, list) else None if value is None else _plain(value)
    if written:
        with file.element("Data", name=key):
            _text(file, "value", written)


def _plain(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _text(file: _Writer, name: str, text: str) -> None:
    with file.element(name):
        file.write(xml_text(text))


def _steps(selection: Selection) -> Iterator[Feature]:
    """Each step of a force at a site, then in the country; not that in which it is gone.

    Where there is none, what is said of it (planned, alleged, denied).
    """
    for presence in selection.presences():
        for site in presence["at_sites"]:
            point = point_of(site["lat"], site["lon"])
            for step in _there(site["steps"]):
                yield _step(presence, step, site["site"], point)
        steps = list(_there(presence["series"]))
        for step in steps or [_NO_STEP]:
            yield _step(presence, step, None, None)


_NO_STEP: Final[Record] = {
    **dict.fromkeys(("start", "end", "low", "high", "as_of")),
    **{"reason": "Nobody asserts that it is there.", "origins": 0, "supports": ()},
    **dict.fromkeys(("start_precise", "start_asserted", "end_precise", "end_asserted"), False),
}


def _there(steps: Iterable[Record]) -> Iterator[Record]:
    return (step for step in steps if (step["low"], step["high"]) != (0, 0))


def _step(presence: Record, step: Record, site: str | None, point: tuple[float, float] | None) -> Feature:
    number = amount(step["low"], step["high"])
    where = site or host_name(presence["host"])
    properties: dict[str, Value] = {
        name: presence[name] for name in ("force", "force_country", "sector", "host", "status", "deployment")
    }
    names = ("low", "high", "as_of", "start_precise", "start_asserted", "end_precise", "end_asserted", "origins")
    properties |= {"site": site, "presence": presence["id"]} | {name: step[name] for name in names}
    counted = ("planned", "denied", "alleged", "conditional")
    properties |= {f"claims_{name}": len(presence[name]) for name in counted}
    return Feature(
        content_id("step", presence["id"], site, step["start"], step["reason"]),
        "presence",
        f"{presence['force']} in {where}" + (f": {number}" if number else ""),
        "present" if presence["status"] in ("left", "expelled") and step["end"] is not None else presence["status"],
        point,
        step["start"],
        step["end"],
        f"{presence['force']} in {where}. {step['reason']}",
        properties,
    )
