"""Moments of the log: one way to write them, so that they compare as text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_DAY = 10


def now() -> str:
    """This moment in UTC, to the microsecond."""
    return _written(datetime.now(UTC))


def in_utc(text: str) -> str:
    """An ISO 8601 moment in UTC to the microsecond; one without a zone is UTC, a day is its beginning.

    ValueError for what is none.

    >>> in_utc("2024-05-04T18:30+02:00"), in_utc("2024-05-04")
    ('2024-05-04T16:30:00.000000Z', '2024-05-04T00:00:00.000000Z')
    """
    return _written(_read(text))


def after(text: str) -> str:
    """The first moment that is later than all that `text` means: a day means all of it.

    >>> after("2024-05-04"), after("2024-05-04T18:30Z")
    ('2024-05-05T00:00:00.000000Z', '2024-05-04T18:30:00.000001Z')
    """
    whole_day = len(text.strip()) <= _DAY
    return _written(_read(text) + (timedelta(days=1) if whole_day else timedelta(microseconds=1)))


def _read(text: str) -> datetime:
    text = text.strip()
    if len(text) <= _DAY:
        day = date.fromisoformat(text)
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    read = datetime.fromisoformat(text)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def _written(read: datetime) -> str:
    return read.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
