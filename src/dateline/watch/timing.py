"""Time from outside: what the watch asks of a clock, so that its tests neither wait nor hang on speed."""

from __future__ import annotations

import random
import threading
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol


class Clock(Protocol):
    """Moments in seconds, and waiting."""

    def now(self) -> float:
        """Seconds since 1970, UTC."""

    def monotonic(self) -> float:
        """Seconds that never go back, for time limits."""

    def sleep(self, seconds: float) -> None:
        """Wait so long, or until somebody wants the watch to end."""

    def chance(self) -> float:
        """A number from 0 to 1, for jitter."""


class SystemClock:
    """The clock of the machine; `stop` ends a wait at once."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def now(self) -> float:
        """Seconds since 1970, UTC."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait so long, or until `stop` is set."""
        self._stop.wait(max(0.0, seconds))

    def chance(self) -> float:
        """A number from 0 to 1."""
        return random.random()


def moment(seconds: float) -> str:
    """A moment as ISO 8601 in UTC, to the second.

    >>> moment(1714824000)
    '2024-05-04T12:00:00Z'
    """
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds to wait by a Retry-After header, which gives seconds or a date; None where it gives neither.

    >>> retry_after("120", 0.0), retry_after("Sat, 04 May 2024 12:00:30 GMT", 1714824000.0), retry_after("soon", 0.0)
    (120.0, 30.0, None)
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value) if len(value) < 10 else None
    try:
        found = parsedate_to_datetime(value)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found
        return max(0.0, found.timestamp() - now)
    except (TypeError, ValueError, OverflowError):
        return None


def pause(base: float, failures: int, most: float, chance: float) -> float:
    """Seconds to wait after so many failures in a row: doubled each time up to `most`, ten percent more or less.

    >>> pause(60, 1, 3600, 0.5), pause(60, 3, 3600, 0.5), pause(60, 50, 3600, 0.5)
    (60.0, 240.0, 3600.0)
    """
    wait = min(most, base * 2.0 ** min(max(failures - 1, 0), 30))
    return wait * (0.9 + 0.2 * chance)
