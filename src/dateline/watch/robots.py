"""robots.txt of every origin: kept for a day, heeded in what it forbids and in how slowly it wants to be asked.

As RFC 9309 has it: answers 4xx mean that all is allowed, 5xx and no answer that nothing is until it answers again.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from dateline.ingest.decode import decoded
from dateline.watch.fetching import Answer, FetchError, Web, refusal
from dateline.watch.hosts import Hosts
from dateline.watch.state import State
from dateline.watch.urls import Url

if TYPE_CHECKING:
    from protego import Protego

KEPT: Final = 86400.0
"""Seconds that a robots.txt holds (RFC 9309, 2.4: not more than a day)."""
LARGEST: Final = 512 * 1024
"""Bytes of it that are read (RFC 9309, 2.5: at least 500 KiB)."""
SLOWEST: Final = 300.0
"""Seconds between requests that we wait at most because robots.txt wants it."""
AGENT: Final = "dateline"


class Robots:
    """What the robots.txt of origins say; they are fetched when they are first needed."""

    def __init__(self, web: Web, state: State, hosts: Hosts) -> None:
        self._web = web
        self._state = state
        self._hosts = hosts

    def check(self, url: Url) -> None:
        """FetchError `robots` where the address is not to be asked for, with `again` where that is not known yet."""
        known = self._state.robots(url.origin)
        now = self._web.clock.now()
        kept = known is not None and now < known[0] <= now + KEPT
        if not kept:
            known = self._fetched(url)
            self._state.keep_robots(url.origin, *known)
        if known is None:
            return
        until, verdict, rules = known
        if verdict == "wait":
            message = f"{url.origin}/robots.txt cannot be read at the moment, so nothing there is asked for"
            raise FetchError("robots", message, again=True, after=max(0.0, until - now), asked=not kept)
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

    def _fetched(self, url: Url) -> tuple[float, str, str | None]:
        """Until when what is known now holds, the verdict, and the rules; a host that fails is left alone longer."""
        clock = self._web.clock
        try:
            answer = self._web.get(f"{url.origin}/robots.txt", {"Accept": "text/plain, */*;q=0.1"}, self._hosts.turn)
        except FetchError as error:
            if error.code in ("bad_redirect", "too_large", "bad_answer"):
                return clock.now() + KEPT, "rules", None
            if error.code == "forbidden_address" or not error.asked:
                raise
            return clock.now() + self._hosts.failed(url.host, None), "wait", None
        refused = refusal(answer, clock.now())
        if refused is None or not refused.again:
            self._hosts.answered(url.host)
        if refused is None:
            return clock.now() + KEPT, "rules", _rules(answer)
        if refused.again:
            return clock.now() + min(self._hosts.failed(url.host, refused.after), KEPT), "wait", None
        return clock.now() + KEPT, "rules", None


def _rules(answer: Answer) -> str | None:
    """The text of a robots.txt; None for a page that stands in its place."""
    text = decoded(answer.body[:LARGEST]).text
    return None if text.lstrip()[:1] == "<" else text


@lru_cache(maxsize=64)
def _parsed(rules: str) -> Protego:
    from protego import Protego

    return Protego.parse(rules)
