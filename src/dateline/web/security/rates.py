"""How often somebody may ask, and how often a sign-in may fail."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Hashable
from threading import Lock

from dateline.people import Clock

_REMEMBERED = 20_000
"""Keys kept at most; the one that was asked for longest ago is forgotten first."""


class Rates:
    """A bucket a key that fills with `a_minute` requests a minute and holds as many."""

    def __init__(self, a_minute: int, clock: Clock) -> None:
        self._most = float(a_minute)
        self._clock = clock
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: Hashable) -> float:
        """0 where `key` may ask now, which is counted; else the seconds to wait."""
        now, a_second = self._clock(), self._most / 60
        with self._lock:
            left, at = self._buckets.pop(key, (self._most, now))
            left = min(self._most, left + max(0.0, now - at) * a_second)
            passed = left >= 1
            self._buckets[key] = (left - 1 if passed else left, now)
            if len(self._buckets) > _REMEMBERED:
                self._buckets.popitem(last=False)
        return 0.0 if passed else (1 - left) / a_second


WINDOW_S = 900.0
PAIR, ADDRESS, NAME = 5, 30, 100
"""Failed sign-ins within the window: of a name from an address, from an address, of a name from anywhere.

The last is wide, so that a stranger cannot easily keep somebody out by failing in his name.
"""


class Throttle:
    """Sign-ins that failed of late. An attempt counts as failed until it succeeds: many at once gain nothing."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failed: OrderedDict[Hashable, deque[float]] = OrderedDict()
        self._lock = Lock()

    def attempt(self, name: str, address: str) -> float:
        """0 where a sign-in may be tried now; else the seconds to wait, the same whether or not the name exists."""
        now = self._clock()
        limits = {(name, address): PAIR, ("", address): ADDRESS, (name, ""): NAME}
        with self._lock:
            waits = [self._wait(key, most, now) for key, most in limits.items()]
            if max(waits) > 0:
                return max(waits)
            for key in limits:
                self._failed.setdefault(key, deque()).append(now)
                self._failed.move_to_end(key)
            while len(self._failed) > _REMEMBERED:
                self._failed.popitem(last=False)
        return 0.0

    def succeeded(self, name: str, address: str) -> None:
        """Take back the last attempt, and forget the failures of this name from this address."""
        with self._lock:
            self._failed.pop((name, address), None)
            for key in (("", address), (name, "")):
                if self._failed.get(key):
                    self._failed[key].pop()

    def _wait(self, key: Hashable, most: int, now: float) -> float:
        times = self._failed.get(key)
        if times is None:
            return 0.0
        while times and now - times[0] >= WINDOW_S:
            times.popleft()
        return times[0] + WINDOW_S - now if len(times) >= most else 0.0
