"""robots.txt of every origin: kept for a day, heeded in what it forbids and in how slowly it wants to be asked.

As RFC 9309 has it: answers 4xx mean that all is allowed, 5xx and no answer that nothing is until it answers again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from dateline.ingest.decode import decoded
from dateline.watch.fetching import Answer, FetchError, Web, refusal
from dateline.watch.state import State
from dateline.watch.timing import pause, retry_after
from dateline.watch.urls import Url

if TYPE_CHECKING:
    from protego import Protego

KEPT: Final = 86400.0
"""Seconds that a robots.txt holds (RFC 9309, 2.4: not more than a day)."""
LARGEST: Final = 512 * 1024
"""Bytes of it that are read (RFC 9309, 2.5: at least 500 KiB)."""
SLOWEST: Final = 300.0
"""Seconds between requests that we wait at most because robots.txt wants it."""
_WAIT: Final = 300.0
_LONGEST_WAIT: Final = 6 * 3600.0
AGENT: Final = "dateline"


class Robots:
    """What the robots.txt of origins say; they are fetched when they are first needed."""

    def __init__(self, web: Web, state: State, turn: Callable[[Url], None]) -> None:
        self._web = web
        self._state = state
        self._turn = turn

    def check(self, url: Url) -> None:
        """FetchError `robots` where the address is not to be asked for, with `again` where that is not known yet."""
        verdict, rules = self._known(url)
        if verdict == "wait":
            message = f"{url.origin}/robots.txt cannot be read at the moment, so nothing there is asked for"
            until = (self._state.robots(url.origin) or (0.0,))[0]
            raise FetchError("robots", message, again=True, after=max(0.0, until - self._web.clock.now()))
        if rules is not None and not _parsed(rules).can_fetch(url.text, AGENT):
            raise FetchError(
                "robots", f"{url.origin}/robots.txt does not want {url.target[:200]} to be read by programs"
            )

    def delay(self, url: Url) -> float:
        """Seconds between requests that the origin wants; 0 where it says nothing, or nothing is known yet."""
        known = self._state.robots(url.origin)
        if known is None or known[2] is None:
            return 0.0
        rules = _parsed(known[2])
        rate = rules.request_rate(AGENT)
        wanted = max(rules.crawl_delay(AGENT) or 0.0, 0.0 if rate is None else rate.seconds / max(rate.requests, 1))
        return float(min(wanted, SLOWEST))

    def _known(self, url: Url) -> tuple[str, str | None]:
        known = self._state.robots(url.origin)
        now = self._web.clock.now()
        if known is not None and now < known[0] <= now + KEPT:
            return known[1], known[2]
        until, verdict, rules = self._fetched(url)
        self._state.keep_robots(url.origin, until, verdict, rules)
        return verdict, rules

    def _fetched(self, url: Url) -> tuple[float, str, str | None]:
        clock = self._web.clock
        wait = min(pause(_WAIT, 1, _LONGEST_WAIT, clock.chance()), KEPT)
        try:
            answer = self._web.get(f"{url.origin}/robots.txt", {"Accept": "text/plain, */*;q=0.1"}, self._turn)
        except FetchError as error:
            if error.code in ("bad_redirect", "too_large", "bad_answer"):
                return clock.now() + KEPT, "rules", None
            if error.code == "forbidden_address":
                raise
            return clock.now() + wait, "wait", None
        refused = refusal(answer, clock.now())
        if refused is None:
            return clock.now() + KEPT, "rules", _rules(answer)
        if refused.again:
            wanted = retry_after(answer.header("retry-after"), clock.now())
            return clock.now() + min(max(wait, wanted or 0.0), KEPT), "wait", None
        return clock.now() + KEPT, "rules", None


def _rules(answer: Answer) -> str | None:
    """The text of a robots.txt; None for a page that stands in its place."""
    text = decoded(answer.body[:LARGEST]).text
    return None if text.lstrip()[:1] == "<" else text


@lru_cache(maxsize=64)
def _parsed(rules: str) -> Protego:
    from protego import Protego

    return Protego.parse(rules)
