"""Units to described reports, by the readers and the pipeline that `dateline add` uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from dateline import pipeline
from dateline.bulk.prefilters import FOREIGN, LANGUAGE, glanced, other_languages_out
from dateline.bulk.settings import Prefilters
from dateline.bulk.units import EndUnit, FileUnit, Holder, LineUnit, PageUnit, RefusedUnit, Unit
from dateline.ingest import MEDIA_TYPES, format_of, inside
from dateline.ingest.archived import Item, page_items, reader_of
from dateline.ingest.jsonl import read_line
from dateline.ingest.parts import Parts
from dateline.ingest.sources import data_items
from dateline.ingest.warc import Told
from dateline.model import Capture, CaptureHead, Hints, Issue
from dateline.pipeline import Reading

NO_PREFILTERS: Final = Prefilters()


@dataclass(frozen=True, slots=True)
class Described:
    """A described report, the file it lies in where that is its capture, and the prefilter that left it out."""

    reading: Reading
    holder: Holder | None = None
    left_out: str | None = None


def described(unit: Unit, hints: Hints, told: Told, prefilters: Prefilters = NO_PREFILTERS) -> Iterator[Described]:
    """The described reports of a unit. `told` counts what of a web archive was no report.

    Reports in languages that are not read are left out before they are described, pages that a prefilter can tell at a
    glance before their article is looked for.
    """
    named = replace(hints, path=unit.path)
    holder = unit.holder if isinstance(unit, FileUnit | LineUnit) else None
    out = _glanced(unit, named, prefilters)
    if out is not None:
        yield Described(Reading(None, issues=(out[1],), path=unit.path), holder, out[0])
        return
    flow = items(unit, named, told)
    for reading in pipeline.readings(other_languages_out(flow, named) if prefilters.language else flow, named):
        left_out = LANGUAGE if any(issue.code == FOREIGN for issue in reading.issues) else None
        yield Described(reading, holder, left_out)


def _glanced(unit: Unit, hints: Hints, prefilters: Prefilters) -> tuple[str, Issue] | None:
    match unit:
        case PageUnit() if reader_of(unit.page) == "html":
            given = replace(hints, charset=unit.page.charset)
            return glanced(unit.page.content, given, prefilters, unit.page.url)
        case FileUnit() if format_of(unit.member or unit.path, unit.data) == "html":
            return glanced(unit.data, hints, prefilters, unit.member or unit.path)
    return None


def items(unit: Unit, hints: Hints, told: Told) -> Iterator[Item]:
    """What the reader of a unit gives, `hints` under its path."""
    match unit:
        case PageUnit():
            yield from page_items(unit.page, hints, told)
        case LineUnit():
            head = CaptureHead(url=hints.url, path=hints.path, media_type=MEDIA_TYPES["jsonl"])
            capture = Capture(unit.raw, head) if unit.holder is None else None
            yield from ((item, capture) for item in read_line(unit.raw, unit.number, hints))
        case FileUnit() if unit.holder is None:
            yield from data_items(unit.data, hints)
        case FileUnit():
            parts = Parts(inside, unit.depth)
            yield from ((item, None) for item in inside(unit.data, replace(hints, path=unit.member), parts))
        case RefusedUnit():
            yield unit.issue, None
        case EndUnit():
            return
