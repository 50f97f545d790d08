"""From text and what was found about it to a `Document`: what the caller gives wins."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from dateline.model import Document, Furniture, Hints, Issue, identified

LONGEST = 400_000
"""Characters of the longest report that is read; the parser would take some four gigabytes for it."""

SKIPPED = "skipped"
"""The issue that tells what of an archive was no report and was left out; no report was refused by it."""

GIVEN = ("title", "outlet", "published", "url", "language")


@dataclass(frozen=True, slots=True)
class Found:
    """A metadata value with the place it was found in (`html meta`, `json field`, ...)."""

    value: str
    where: str


def report(
    text: str, raw: bytes, hints: Hints, found: Mapping[str, Found], furniture: tuple[Furniture, ...] = ()
) -> Document:
    """A document of `text` as read from `raw`; `found` is keyed by the metadata fields of `Document`."""
    values = {name: item for name, item in found.items() if item.value.strip()}
    for name in GIVEN:
        given = getattr(hints, name)
        if given is not None:
            values[name] = Found(given, "given")
    document = Document(
        id="",
        text=text,
        sha256=hashlib.sha256(raw).hexdigest(),
        furniture=furniture,
        provenance={name: values[name].where for name in sorted(values)},
        **{name: item.value.strip() for name, item in values.items()},
    )
    return identified(document)


def too_long(length: str, hints: Hints) -> Issue:
    """The issue of a report of that length, which is told with its unit."""
    return refused("too_long", f"{length}, at most {LONGEST} characters are read: split it into its reports", hints)


def refused(code: str, message: str, hints: Hints) -> Issue:
    """An issue of a report that could not be read, at the path it came from."""
    return Issue(code=code, message=message, path=hints.path)
