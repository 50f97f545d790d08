"""Written dates of publication ("17-01-2024 00:30 IST", "4 May 2024 14:05 GMT", "Jan 17") as ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from dateline.lexicon.furniture import furniture_words

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100

_TIME = re.compile(
    r"(?<![\d:.])(?P<hour>2[0-4]|[01]?\d)(?:[:.h](?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?|(?P<bare>[0-5]\d)(?=\s?(?:gmt|utc|hrs)))?"
    r"\s?(?P<half>[ap]\.?m\b\.?)?(?:\s?(?:hrs|hours|h)\b)?",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s?(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.I | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text. `readings` are the days it can mean (two for "04/05/2024"); without a year `year` is None."""

    start: int
    end: int
    year: int | None
    readings: tuple[tuple[int, int], ...]
    """(month, day) pairs, day-first reading first."""


def written_dates(text: str) -> Iterator[WrittenDate]:
    """The dates in `text`, in order, plausible ones only (a real day, 1900 to 2100)."""
    for found in _pattern().finditer(text):
        part = found.groupdict()
        if part["a"] is not None:
            readings = [(int(part["b"]), int(part["a"])), (int(part["a"]), int(part["b"]))]
            if part["sep"] == ".":
                readings = readings[:1]
            year: int | None = int(part["y3"])
        elif part["y0"] is not None:
            year, readings = int(part["y0"]), [(int(part["m0"]), int(part["d0"]))]
        else:
            name, day = part["n1"] or part["n2"], part["d1"] or part["d2"]
            written = part["y1"] or part["y2"]
            year = int(written) if written is not None else None
            readings = [(furniture_words().months[name.lower()], int(day))]
        real = tuple(dict.fromkeys(pair for pair in readings if _real(year, *pair)))
        if real:
            yield WrittenDate(found.start(), found.end(), year, real)


def normalised(value: str) -> str | None:
    """The ISO date, or date-time with zone, of a value that is one or is a written date; None if unsure.

    A time without a zone is dropped: only the day is known.
    """
    found = _ISO.match(value.strip())
    if found is not None:
        year, month, day, clock, zone = found.groups()
        if not _real(int(year), int(month), int(day)):
            return None
        day_only = f"{year}-{month}-{day}"
        return day_only if clock is None or zone is None else _moment(f"{day_only}T{clock}{zone}") or day_only
    stamps = readings(value)
    return stamps[0] if len(stamps) == 1 else None


def readings(text: str) -> tuple[str, ...]:
    """The ISO forms that the first dated stamp in `text` can have: none, one, or two where day and month are unsure.

    Unsure figures are decided by a second date in the same text that can be read one way only, or by a time zone
    that tells the country's habit. With time and a known zone a date-time, else a date.
    """
    dates = [item for item in written_dates(text) if item.year is not None]
    if not dates:
        return ()
    first = dates[0]
    clock, offset, order = _clock_near(text, first)
    pairs = first.readings
    if len(pairs) > 1:
        order = _habit(text, dates) or order or _told_first(text, first)
        pairs = pairs[:1] if order == "day" else pairs[1:] if order == "month" else pairs
    days = (f"{first.year:04d}-{month:02d}-{day:02d}" for month, day in pairs)
    return tuple(f"{day}T{clock}{offset}" if clock is not None and offset is not None else day for day in days)


def nearest(written: WrittenDate, published: str | None) -> str | None:
    """The day of a dateline: with its own year, else the last such day up to the day after publication."""
    if len(written.readings) != 1:
        return None
    month, day = written.readings[0]
    if written.year is not None:
        return f"{written.year:04d}-{month:02d}-{day:02d}"
    if published is None:
        return None
    latest = date.fromisoformat(published[:10]) + timedelta(days=1)
    for year in range(latest.year, latest.year - 5, -1):
        if _real(year, month, day) and date(year, month, day) <= latest:
            return f"{year:04d}-{month:02d}-{day:02d}"
    return None


@cache
def _pattern() -> re.Pattern[str]:
    months = "|".join(sorted(furniture_words().months, key=len, reverse=True))
    ordinal = rf"(?:{furniture_words().ordinals})?"
    of, year = furniture_words().date_of, r"(?:19|20)\d\d"
    return re.compile(
        rf"(?<![\d.,/-])(?:(?P<y0>{year})[-/.](?P<m0>\d\d?)[-/.](?P<d0>\d\d?)(?!\d)"
        rf"|(?P<a>\d\d?)(?P<sep>[-/.])(?P<b>\d\d?)(?P=sep)(?P<y3>{year})(?!\d)"
        rf"|(?P<d1>\d\d?){ordinal}[\s-](?:(?:{of}) )?(?P<n1>{months})\b\.?"
        rf"(?:(?:\s(?:{of})\s|[\s,-]{{1,2}})(?P<y1>{year})\b)?"
        rf"|(?P<n2>{months})\.?\s(?P<d2>\d\d?){ordinal}\b(?:,?\s(?P<y2>{year})\b)?)",
        re.IGNORECASE,
    )


def _real(year: int | None, month: int, day: int) -> bool:
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return False
    try:
        date(year if year is not None else 2024, month, day)
    except ValueError:
        return False
    return True


def _moment(text: str) -> str | None:
    try:
        return datetime.fromisoformat(text.upper()).isoformat(timespec="seconds")
    except ValueError:
        return None


def _habit(text: str, dates: list[WrittenDate]) -> str | None:
    """How the text orders day and month, told by another figure date of it that can be read one way only."""
    for item in dates:
        figures = re.match(r"(\d\d?)[-/](\d\d?)[-/]\d{4}", text[item.start : item.end])
        if figures is not None and len(item.readings) == 1 and figures.group(1) != figures.group(2):
            return "day" if int(figures.group(1)) == item.readings[0][1] else "month"
    return None


def _told_first(text: str, item: WrittenDate) -> str | None:
    """ "day" where the word before the date is of a language that writes it so ("Publié le 04/05/2024")."""
    return "day" if furniture_words().day_first.search(text, max(0, item.start - 30), item.start) else None


def _clock_near(text: str, item: WrittenDate) -> tuple[str | None, str | None, str | None]:
    """Time, offset and the zone's habit from the words right after the date, or right before it."""
    after = text[item.end : item.end + 40]
    lead = re.match(rf"(?:T|[\s,|(–—-]|(?:{furniture_words().at})\b){{0,6}}", after)
    found = _TIME.match(after, lead.end() if lead is not None else 0)
    if found is not None and (found["minute"] or found["half"] or found["bare"]):
        return _read_clock(found, after[found.end() :])
    before = text[max(0, item.start - 30) : item.start]
    for found in _TIME.finditer(before):
        if found["minute"] or found["half"] or found["bare"]:
            return _read_clock(found, before[found.end() :])
    return None, None, None


def _read_clock(found: re.Match[str], rest: str) -> tuple[str | None, str | None, str | None]:
    hour, minute = int(found["hour"]), int(found["minute"] or found["bare"] or 0)
    if found["half"] is not None:
        if not 1 <= hour <= 12:
            return None, None, None
        hour = hour % 12 + (12 if found["half"].lower().startswith("p") else 0)
    if hour > 23:
        return None, None, None
    offset, order = _offset(rest)
    return f"{hour:02d}:{minute:02d}:00", offset, order


def _offset(rest: str) -> tuple[str | None, str | None]:
    named = re.match(r"\s{0,2}\(?([a-z]{1,5})\b", rest, re.IGNORECASE)
    zone = furniture_words().zones.get(named.group(1).lower()) if named is not None else None
    figures = re.match(
        r"\s?([+−-])(\d{1,2})(?::?([0-5]\d))?", rest[named.end() :] if zone is not None and named else rest
    )
    if figures is not None and (zone is None or zone.minutes == 0):
        sign = -1 if figures.group(1) != "+" else 1
        minutes = sign * (int(figures.group(2)) * 60 + int(figures.group(3) or 0))
        return (_written_offset(minutes) if abs(minutes) <= 14 * 60 else None), None
    return (_written_offset(zone.minutes), zone.order) if zone is not None else (None, None)


def _written_offset(minutes: int) -> str:
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
