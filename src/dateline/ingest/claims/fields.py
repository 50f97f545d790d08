"""Values of a record from elsewhere, taken only as what they must be: anything else is `Unfit`, with the reason."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from dateline.ingest.decode import cleaned
from dateline.lexicon.countries import by_code

LONGEST_WORDS: Final = 20_000
"""Characters of the longest single value (a paraphrase, a name) that is read."""
LONGEST_NAME: Final = 500
"""Characters of the longest name of an actor, a place or a source."""
MOST_NAMES: Final = 50
"""Names of one list that are read."""
LARGEST: Final = 1e15
"""The largest quantity that is read; larger ones are slips or attacks."""

Record = Mapping[str, Any]
T = TypeVar("T", bound=StrEnum)

_MONTH = re.compile(r"\d{4}-\d{2}")
_YEAR = re.compile(r"\d{4}")
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Unfit(ValueError):
    """A value is not what its field holds; the message says which and why."""


def words(record: Record, key: str) -> str | None:
    """A string without outer and doubled blanks, None where it is missing, null or blank."""
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Unfit(f"{key} is no string")
    if len(value) > LONGEST_WORDS:
        raise Unfit(f"{key} has {len(value)} characters, at most {LONGEST_WORDS} are read")
    return " ".join(cleaned(value).split()) or None


def name_at(record: Record, key: str) -> str | None:
    """`words` that are a name, so of no great length."""
    found = words(record, key)
    if found is not None and len(found) > LONGEST_NAME:
        raise Unfit(f"{key} has {len(found)} characters, a name at most {LONGEST_NAME}")
    return found


def needed(record: Record, key: str) -> str:
    """`words` that must be there."""
    found = words(record, key)
    if found is None:
        raise Unfit(f"{key} is missing")
    return found


def record_at(record: Record, key: str) -> Record | None:
    """An object, None where it is missing or null."""
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise Unfit(f"{key} is no object")
    return value


def list_at(record: Record, key: str) -> Sequence[Any]:
    """A list, empty where it is missing or null."""
    value = record.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise Unfit(f"{key} is no list")
    return value


def names(record: Record, key: str) -> tuple[str, ...]:
    """A list of names, blank ones left out."""
    found = (name_at({key: item}, key) for item in list_at(record, key)[:MOST_NAMES])
    return tuple(name for name in found if name is not None)


def number(record: Record, key: str) -> float | None:
    """A finite number from 0 up, None where it is missing or null."""
    value = record.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unfit(f"{key} is no number")
    if isinstance(value, float) and not math.isfinite(value) or not 0 <= value <= LARGEST:
        raise Unfit(f"{key} is out of bounds")
    return value


def degrees(record: Record, key: str, limit: float) -> float | None:
    """Degrees of latitude or longitude."""
    value = record.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -limit <= value <= limit:
        raise Unfit(f"{key} is no number of degrees from -{limit:g} to {limit:g}")
    return float(value)


def flag(record: Record, key: str) -> bool:
    """True or false, false where it is missing or null."""
    value = record.get(key)
    if value is not None and not isinstance(value, bool):
        raise Unfit(f"{key} is neither true nor false")
    return value is True


def choice(record: Record, key: str, kind: type[T]) -> T:
    """One of the words of a closed list."""
    value = needed(record, key)
    try:
        return kind(value)
    except ValueError:
        raise Unfit(f"{key} {value[:60]!r} is none of {', '.join(kind)}") from None


def country(record: Record, key: str) -> str | None:
    """The alpha-3 code of a country; other spellings of one are understood."""
    value = words(record, key)
    if value is None:
        return None
    found = by_code(value.upper())
    if found is None:
        raise Unfit(f"{key} {value[:60]!r} is no country code")
    return found.code


def days(record: Record, first: str, last: str) -> tuple[str | None, str | None]:
    """The first and the last ISO day of a range; a bare month or year counts with all its days."""
    start, end = _day(record, first, last=False), _day(record, last, last=True)
    if start is not None and end is not None and end < start:
        raise Unfit(f"{last} {end} is before {first} {start}")
    return start, end


def moment(record: Record, key: str) -> str | None:
    """An ISO 8601 day or moment, as it stands there."""
    value = words(record, key)
    if value is None:
        return None
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise Unfit(f"{key} {value[:60]!r} is no date") from None
    return value if len(value) != 8 else date.fromisoformat(value).isoformat()


def _day(record: Record, key: str, *, last: bool) -> str | None:
    value = words(record, key)
    if value is None:
        return None
    try:
        if _YEAR.fullmatch(value):
            return date(int(value), 12 if last else 1, 31 if last else 1).isoformat()
        if _MONTH.fullmatch(value):
            return _of_month(int(value[:4]), int(value[5:]), last=last).isoformat()
        return datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        raise Unfit(f"{key} {value[:60]!r} is no date") from None


def _of_month(year: int, month: int, *, last: bool) -> date:
    first = date(year, month, 1)
    leap = month == 2 and (year % 4 == 0 and year % 100 != 0 or year % 400 == 0)
    return first.replace(day=_MONTH_LENGTHS[month - 1] + leap) if last else first
