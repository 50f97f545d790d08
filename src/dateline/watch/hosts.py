"""One request at a time to each host, with a pause between two, and a longer one after failures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dateline.watch.fetching import FetchError
from dateline.watch.state import State
from dateline.watch.timing import Clock, pause
from dateline.watch.urls import Url

if TYPE_CHECKING:
    from dateline.watch.robots import Robots

PATIENCE: Final = 310.0
"""Seconds between two requests to a host at most, whatever a clock that was set back says."""
_FIRST_BACK_OFF: Final = 60.0
_LONGEST_BACK_OFF: Final = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Hosts:
    """When each host may be asked; kept over restarts, so that a restart does not hurry anybody."""

    state: State
    clock: Clock
    delay: float

    def ready_in(self, host: str) -> float:
        """Seconds until the host may be asked, 0 for now; a clock that was set back makes nobody wait for days."""
        ready_at, failures = self.state.host(host)
        most = _LONGEST_BACK_OFF * 1.1 if failures else PATIENCE
        return max(0.0, min(ready_at - self.clock.now(), most))

    def turn(self, url: Url, robots: Robots | None = None) -> None:
        """Wait for the host's turn and take it; FetchError where it is left alone because it failed or wants that."""
        wait = self.ready_in(url.host)
        failures = self.state.host(url.host)[1]
        delay = max(self.delay, 0.0 if robots is None else robots.delay(url))
        if failures and wait > delay:
            message = f"{url.host} is left alone for now"
            raise FetchError("no_answer", message, again=True, after=wait, asked=False)
        if wait > 0:
            self.clock.sleep(wait)
        self.state.keep_host(url.host, self.clock.now() + delay, failures)

    def answered(self, host: str) -> None:
        """The host answered: its failures are forgotten."""
        ready_at, failures = self.state.host(host)
        if failures:
            self.state.keep_host(host, ready_at, 0)

    def failed(self, host: str, after: float | None) -> float:
        """The host failed or wants to be left alone for `after` seconds; how long it is left alone now."""
        failures = self.state.host(host)[1] + 1
        wait = pause(_FIRST_BACK_OFF, failures, _LONGEST_BACK_OFF, self.clock.chance())
        wait = min(max(wait, after or 0.0), _LONGEST_BACK_OFF)
        self.state.keep_host(host, self.clock.now() + wait, failures)
        return wait
