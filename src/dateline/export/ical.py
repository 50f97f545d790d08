"""iCalendar (RFC 5545): dated events, and the days on which a force is told to come or go, as whole days.

An entry spans all days between which the day is known to lie and says so: a range is no stay. What nobody asserts
(planned, alleged, denied, conditional) stands in the summary and is TENTATIVE; nothing is CONFIRMED. Country-only
places have no GEO. What a calendar has no field for is in `X-DATELINE-...`. Events without any day are counted in a
VJOURNAL, which also tells what the calendar was made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, BinaryIO

from dateline.export.ical_lines import day, days, folded, jsoned, listed, moment, text
from dateline.export.listing import Record
from dateline.export.selection import About, Selection
from dateline.export.shapes import told_by
from dateline.export.words import amount
from dateline.lexicon import countries
from dateline.model import content_id

_DOMAIN = "dateline"


def write(selection: Selection, out: BinaryIO) -> None:
    """One calendar; identifiers come from the ids of the ledger, so that importing it again updates it."""
    stamp = moment(selection.about.exported_at)
    undated = 0
    for line in _head(selection.about):
        out.write(folded(line))
    for event in selection.events():
        span = _span(event)
        undated += span is None
        if span is not None:
            _component(out, "VEVENT", stamp, _event(event, span))
    for presence in selection.presences():
        for lines in _turns(presence):
            _component(out, "VEVENT", stamp, lines)
    _component(out, "VJOURNAL", stamp, _journal(selection.about, undated))
    out.write(folded("END:VCALENDAR"))


def _head(about: About) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//dateline//dateline {text(about.dateline)}//EN"
    yield "CALSCALE:GREGORIAN"
    yield f"X-WR-CALNAME:{text(f'dateline: {about.ledger}')}"


def _component(out: BinaryIO, name: str, stamp: str, lines: Iterable[str]) -> None:
    for line in (f"BEGIN:{name}", f"DTSTAMP:{stamp}", *lines, f"END:{name}"):
        out.write(folded(line))


def _journal(about: About, undated: int) -> Iterator[str]:
    made = {"filters": dict(about.filters), "as_of": about.as_of, "dateline": about.dateline, "ledger": about.ledger}
    yield f"UID:{content_id('about', made)}@{_DOMAIN}"
    yield "SUMMARY:About this calendar"
    told = [f"Made by dateline {about.dateline} from {about.ledger}, as of {about.as_of or about.exported_at}."]
    told += [f"Filter {name}: {value}" for name, value in about.filters.items()]
    told.append(f"{undated} events without any day are left out.")
    yield f"DESCRIPTION:{text(chr(10).join(told))}"
    yield f"X-DATELINE-UNDATED:{undated}"


@dataclass(frozen=True, slots=True)
class _Span:
    """Days that an entry covers, and how they are to be read."""

    first: date
    last: date
    precision: str
    words: str


def _span(event: Record) -> _Span | None:
    first, last = day(event["earliest"]), day(event["latest"])
    if first is None and last is None:
        return None
    if first is None or last is None:
        known = first or last or date.min
        return _Span(known, known, *(("by", "by this day") if first is None else ("from", "from this day on")))
    if first == last:
        return _Span(first, last, "day", "")
    return _Span(first, max(first, last), "range", "at some time in these days")


def _event(event: Record, span: _Span) -> Iterator[str]:
    stances = list(event["stances"])
    yield f"UID:{event['id']}@{_DOMAIN}"
    yield from days(span.first, span.last)
    yield f"SUMMARY:{text(_event_words(event, span))}"
    yield f"CATEGORIES:{listed([event['kind'], *stances])}"
    where = ", ".join(filter(None, (event["place"], _country(event["country"]))))
    if where:
        yield f"LOCATION:{text(where)}"
    if "asserted" not in stances:
        yield "STATUS:TENTATIVE"
    yield "TRANSP:TRANSPARENT"
    yield f"DESCRIPTION:{text(chr(10).join(_told(event, span)))}"
    names = ("earliest", "latest", "stage", "low", "high", "unit", "claims")
    yield from _own({name: event[name] for name in names} | {"precision": span.precision, "stances": stances})


def _event_words(event: Record, span: _Span) -> str:
    stances = ", ".join(event["stances"])
    put = "" if stances in ("", "asserted") else f" ({stances})"
    parties = " → ".join(filter(None, (event["actor"], event["recipient"]))) or "somebody"
    where = event["place"] or _country(event["country"])
    words = f"{event['kind']}{put}: {parties}" + (f", {where}" if where else "")
    return f"{words} [{span.words}]" if span.words else words


def _told(event: Record, span: _Span) -> Iterator[str]:
    yield f"{event['kind']}, {event['stage']}, {', '.join(event['stances']) or 'stance not said'}"
    if event["unit"] is not None:
        yield f"How many: {amount(event['low'], event['high']) or 'not said'} {event['unit']}"
    if span.words:
        yield f"When: {span.words} ({event['earliest'] or 'not known'} to {event['latest'] or 'not known'})"
    yield f"Told by: {told_by(event['witnesses'])}"
    names = dict.fromkeys(witness["name"] for witness in event["witnesses"] if witness["name"])
    if names:
        yield f"Who: {', '.join(names)}"
    yield f"Claims: {', '.join(event['claims'])}"


def _own(values: Mapping[str, Any]) -> Iterator[str]:
    """Properties of our own: text as it is, all else as JSON; what is not known is left out."""
    for name, value in values.items():
        if value is not None:
            told = text(value) if isinstance(value, str) else jsoned(value)
            yield f"X-DATELINE-{name.upper().replace('_', '-')}:{told}"


def _country(code: str | None) -> str | None:
    country = None if code is None else countries.by_code(code)
    return code if country is None else country.name


def _turns(presence: Record) -> Iterator[list[str]]:
    """The first and last days of each stay, in the country and at each site."""
    yield from _series(presence, None, presence["series"])
    for site in presence["at_sites"]:
        yield from _series(presence, site, site["steps"])


def _series(presence: Record, site: Record | None, steps: Sequence[Record]) -> Iterator[list[str]]:
    number = 0
    for gone, stay in groupby(steps, lambda step: (step["low"], step["high"]) == (0, 0)):
        if gone:
            continue
        number += 1
        told = list(stay)
        for what, step in (("start", told[0]), ("end", told[-1])):
            on = day(step[what])
            if on is not None:
                yield list(_turn(presence, site, step, _Turn(what, number, on)))


@dataclass(frozen=True, slots=True)
class _Turn:
    """The `start` or `end` of the stay of this number."""

    what: str
    number: int
    on: date


def _turn(presence: Record, site: Record | None, step: Record, turn: _Turn) -> Iterator[str]:
    precise, asserted = step[f"{turn.what}_precise"], step[f"{turn.what}_asserted"]
    where = _country(presence["host"])
    at = "" if site is None else content_id("site", site["site"]).removeprefix("site-")[:8] + "."
    yield f"UID:{presence['id']}.{at}{turn.what}{turn.number}@{_DOMAIN}"
    yield from days(turn.on, turn.on)
    place = where if site is None else f"{site['site']}, {where}"
    about = "" if precise else " [not to the day]"
    words = f"{_TURNS[turn.what, asserted]}: {presence['force']} in {place}{about}"
    yield f"SUMMARY:{text(words)}"
    yield f"CATEGORIES:{listed(['presence', turn.what])}"
    yield f"LOCATION:{text(str(place))}"
    if site is not None and site["lat"] is not None and site["lon"] is not None:
        yield f"GEO:{site['lat']};{site['lon']}"
    yield "TRANSP:TRANSPARENT"
    known = "the day is told" if precise else "the day is not told exactly"
    turned = "began" if turn.what == "start" else "ended"
    said = f"{'a' if asserted else 'no'} claim says that it {turned} then"
    strength = amount(step["low"], step["high"]) or "not said"
    lines = [f"{step['reason']}", f"Strength: {strength}", f"{known}; {said}", f"Claims: {', '.join(step['supports'])}"]
    yield f"DESCRIPTION:{text(chr(10).join(lines))}"
    names = {"low": step["low"], "high": step["high"], "as_of": step["as_of"], "presence": presence["id"]}
    yield from _own({**names, "precise": precise, "asserted": asserted, "claims": step["supports"]})


_TURNS = {
    ("start", True): "Start",
    ("start", False): "There by this day",
    ("end", True): "End",
    ("end", False): "Last told there",
}
