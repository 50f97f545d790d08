"""Alerts: saved searches, each match of which is told once.

What is found goes to the outbox in one transaction with the note that it was found, so that none is lost and none is
put there twice, whenever the watch is killed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from dateline.derivation import bring_up_to_date
from dateline.model import Claim, Presence, content_id
from dateline.store import Filters, Store, View
from dateline.store.derived import Derived
from dateline.store.paging import MOST_ROWS, Paging
from dateline.watch.messages import Matched, told
from dateline.watch.outbox import Outbox
from dateline.watch.saved import About
from dateline.watch.settings import Alert
from dateline.watch.timing import Clock, moment

_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class Alerts:
    """The alerts of a watch over a ledger. `desk` is the address of the desk, for links."""

    alerts: Sequence[Alert]
    store: Store
    outbox: Outbox
    clock: Clock
    desk: str | None = None

    def begin(self) -> None:
        """Note what the ledger holds already, for alerts that are new or look for something else than before."""
        for alert in self.alerts:
            digest = content_id("search", str(alert.about), asdict(alert.wanted), alert.changes)
            if self.outbox.digest_of(alert.name) == digest:
                continue
            last = 0 if alert.existing else self._last_entry()
            with self.outbox.writing():
                self.outbox.forget(alert.name)
                if not alert.existing:
                    for match in self._everything(alert):
                        self.outbox.note(alert.name, self._keys(alert, match))
                self.outbox.mark(alert.name, digest, last)

    def find(self) -> None:
        """Put every new match into the outbox of its channels."""
        last = self._last_entry()
        for alert in self.alerts:
            seen = self.outbox.entry_of(alert.name)
            if seen == last:
                continue
            matches = self._since(alert, seen) if alert.about is About.CLAIMS else self._everything(alert)
            with self.outbox.writing():
                fresh = [match for match in matches if self._is_new(alert, match)]
                for at in range(0, len(fresh), _AT_ONCE):
                    self._put(alert, fresh[at : at + _AT_ONCE])
                self.outbox.mark(alert.name, None, last)

    def _put(self, alert: Alert, fresh: Sequence[Matched]) -> None:
        now = self.clock.now()
        for match, message in zip(fresh, told(View(self.store), alert.about, fresh, self.desk), strict=True):
            key = content_id("alert", alert.name, self._keys(alert, match))
            whole = {"alert": alert.name, "key": key, "found_at": moment(now), **message}
            self.outbox.put(alert, whole, now)

    def _is_new(self, alert: Alert, match: Matched) -> bool:
        """Whether a match was never told; it is noted as told with that.

        An event or dispute is the same as one told before where it shares a claim with it: more claims make no new one.
        """
        short = self._key(alert, match)
        if self.outbox.noted(alert.name, [short]):
            return False
        keys = self._keys(alert, match)
        new = isinstance(match, Presence) or not self.outbox.noted(alert.name, keys)
        self.outbox.note(alert.name, keys)
        return new

    def _keys(self, alert: Alert, match: Matched) -> list[str]:
        """What a match is known again by, also when a newer extractor gave its claims new ids."""
        if isinstance(match, Claim):
            return [_words(match)]
        if isinstance(match, Presence):
            return [self._key(alert, match)]
        claims = View(self.store).claims_of(list(match.claims)).values()
        return [self._key(alert, match), *sorted(_words(claim) for claim in claims)]

    def _key(self, alert: Alert, match: Matched) -> str:
        if isinstance(match, Claim):
            return _words(match)
        if isinstance(match, Presence) and alert.changes:
            return f"{match.id} {match.status} {match.low} {match.high}"
        return match.id

    def _since(self, alert: Alert, entry: int) -> Iterator[Claim]:
        """The matching claims of reports that were read since an entry of the log."""
        with self.store.reading() as connection:
            logged = Derived(connection).entries_after(entry)
        view = View(self.store)
        for document in dict.fromkeys(item for what, item in logged if what == "reading"):
            yield from view.claims(replace(alert.wanted, document=document)).rows

    def _everything(self, alert: Alert) -> Iterator[Matched]:
        """All that the ledger holds now and the alert looks for."""
        bring_up_to_date(self.store)
        with View(self.store).snapshot() as view:
            yield from _pages(view, alert.about, alert.wanted)

    def _last_entry(self) -> int:
        with self.store.reading() as connection:
            return Derived(connection).last_entry()


def _pages(view: View, about: About, wanted: Filters) -> Iterator[Matched]:
    cursor: str | None = None
    while True:
        rows, cursor = _page(view, about, wanted, cursor)
        yield from rows
        if cursor is None:
            return


def _page(view: View, about: About, wanted: Filters, cursor: str | None) -> tuple[Iterable[Matched], str | None]:
    paging = Paging(MOST_ROWS, cursor)
    if about is About.CLAIMS:
        claims = view.claims_page(wanted, replace(paging, sort="-published"))
        return claims.rows, claims.next
    if about is About.PRESENCES:
        presences = view.presences_page(wanted, paging)
        return presences.rows, presences.next
    if about is About.EVENTS:
        events = view.events_page(wanted, paging)
        return events.rows, events.next
    disputes = view.disputes_page(wanted, paging)
    return disputes.rows, disputes.next


def _words(claim: Claim) -> str:
    """What a claim is known again by when another extractor reads it: its report, its words, and what it says."""
    spans = sorted((part.start, part.end) for part in claim.evidence)
    return content_id("said", claim.document, str(claim.kind), str(claim.stance), spans)
