"""The watch as a whole: put together from its settings, run pass after pass until somebody ends it."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import dateline
from dateline.ledger import Ledger
from dateline.model import Issue
from dateline.store import Store
from dateline.watch.addresses import Resolve, system_resolve
from dateline.watch.alerts import Alerts
from dateline.watch.fetching import Web
from dateline.watch.outbox import Outbox
from dateline.watch.passes import Pass, Watch
from dateline.watch.robots import AGENT
from dateline.watch.sending import Sender
from dateline.watch.settings import Settings
from dateline.watch.state import State, beside
from dateline.watch.timing import Clock

SOONEST: Final = 1.0
"""Seconds between two passes at least."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What the watch has of the world: its clock, how names are looked up, what certificates are trusted.

    `tell` hears of what could not be read, asked or sent; `stopped` says whether somebody wants the watch to end.
    """

    clock: Clock
    tell: Callable[[Issue], None]
    stopped: Callable[[], bool]
    resolve: Resolve = system_resolve
    tls: ssl.SSLContext | None = None


@contextmanager
def opened(settings: Settings, store: Store, outside: Outside) -> Iterator[Watch]:
    """The watch of a ledger; `StateError` where another watch is at work on it, or its state cannot be used."""
    state = State(None if store.beside is None else beside(store.beside))
    try:
        allowed, clock = settings.allowed, outside.clock
        web = Web(settings.limits, user_agent(settings.contact), allowed, clock, outside.resolve, outside.tls)
        outbox = Outbox(state)
        alerts = Alerts(settings.alerts, store, outbox, clock, settings.desk)
        sender = Sender(outbox, web, outside.tell, settings.alerts)
        yield Watch(settings, Ledger.over(store), state, web, alerts, sender, outside.tell, outside.stopped)
    finally:
        state.close()


def user_agent(contact: str) -> str:
    """Who we say we are.

    >>> user_agent("desk@example.org").startswith("dateline/")
    True
    """
    plain = contact.encode("ascii", "replace").decode()
    return f"{AGENT}/{dateline.__version__} (+{plain})"


def passes(watch: Watch) -> Iterator[Pass]:
    """Pass after pass, each when something is due, until the watch is ended; nothing to do ends it too."""
    while True:
        done = watch.once()
        yield done
        if done.interrupted or done.next_at is None:
            return
        clock = watch.web.clock
        clock.sleep(max(SOONEST, done.next_at - clock.now()))
        if watch.stopped():
            return
