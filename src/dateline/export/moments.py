"""Days and moments of a ledger as other programs take them: in UTC, to the millisecond."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_ZONED = re.compile(r"(Z|[+-]\d\d:\d\d)$")
_MOST_DAYS = "9999-12-30"


def moment(value: str | None) -> str | None:
    """An ISO day or moment as STIX has it, to the millisecond in UTC; a day is its first moment. None for neither.

    >>> moment("2024-05-03T10:00:00+02:00"), moment("2024-05-03"), moment("in May")
    ('2024-05-03T08:00:00.000Z', '2024-05-03T00:00:00.000Z', None)
    """
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
        found = found.astimezone(UTC) if _ZONED.search(value) else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return f"{found.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def last_moment(day: str | None) -> str | None:
    """The last moment of an ISO day; None for what is none.

    >>> last_moment("2024-05-03")
    '2024-05-03T23:59:59.999Z'
    """
    try:
        found = None if day is None or day > _MOST_DAYS else date.fromisoformat(day)
    except ValueError:
        return None
    return None if found is None else f"{found.isoformat()}T23:59:59.999Z"
