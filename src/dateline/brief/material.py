"""What a brief is made of: records of one state of a ledger, looked up by index and bounded, never all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection

from dateline.brief.asked import Asked
from dateline.export.redaction import Redactor
from dateline.lexicon import countries
from dateline.model import Claim, Dispute, Document, Event, Kind, Origin, Presence, Witness
from dateline.reconcile.origins.witnessing import witnesses
from dateline.reconcile.reports import Reports
from dateline.reconcile.verdicts import Verdicts, judged, verdicts
from dateline.store import Filters, Paging, Slice, Store, View
from dateline.store.carrying import carried
from dateline.store.derived import Derived
from dateline.store.judging import Judgements
from dateline.store.notices import aside
from dateline.store.paging import MOST_ROWS

T = TypeVar("T")
PRESENCES = 400
"""Presences that a brief tells of at most, those with the newest reports."""

DISPUTES = 30
"""Disputes that a brief shows at most: open ones first, the newest first."""

EVENTS = 60
"""Events of each kind that are looked at, the newest."""

WEIGHED = 200
"""Claims of one sentence that are read to tell whose reporting they rest on, the newest."""

MOVEMENTS = (Kind.DEPLOYMENT, Kind.REDEPLOYMENT, Kind.WITHDRAWAL, Kind.EXPULSION, Kind.COUP, Kind.ARMS_TRANSFER)
"""Kinds of act that change who is where, or by what right."""

AGREEMENTS = (Kind.AGREEMENT, Kind.TERMINATION, Kind.COOPERATION)
"""Kinds of act that a stay rests on."""


class Material:
    """The records, each read once; claims are as analysts left them, without those they rejected.

    Reports that are withheld, embargoed or taken back are in nothing of it.
    """

    def __init__(self, store: Store, connection: Connection, asked: Asked, day: str) -> None:
        self.asked = asked
        self.day = day
        self.view = View(store, pinned=connection)
        self._connection = connection
        self._derived = Derived(connection)
        self._judgements = Judgements(store, pinned=connection)
        self._aside = aside(connection)
        self._claims: dict[str, Claim | None] = {}
        self._headers: dict[str, Document] = {}
        self._origins: dict[str, Origin] = {}
        self._judged: set[str] = set()

    @property
    def state(self) -> str:
        """The state of the ledger: another one after every addition, judgement or derivation."""
        marked = self._derived.marked() or ("", 0)
        return f"{marked[0]}.{marked[1]}.{self._derived.last_entry()}"

    @property
    def entry(self) -> int:
        """The number of the newest entry of the log."""
        return self._derived.last_entry()

    @cached_property
    def redactor(self) -> Redactor:
        """Takes out of records what was asked for."""
        return Redactor(self.asked.redaction, self.view)

    @cached_property
    def presences(self) -> tuple[Presence, ...]:
        """The presences it is about, by host and force."""
        found = list(_every(self.view.presences_page, self.asked.filters))
        if len(found) > PRESENCES:
            newest = sorted(found, key=lambda one: (one.as_of or "", one.id), reverse=True)[:PRESENCES]
            found = [one for one in found if one in newest]
        return tuple(found)

    @cached_property
    def disputes(self) -> tuple[Dispute, ...]:
        """The disputes on these days, open ones first, the newest first."""
        wanted = replace(self.asked.filters, since=self.asked.since, until=self.day)
        return tuple(islice(_every(self.view.disputes_page, wanted), DISPUTES))

    def about(self, dispute: Dispute) -> Presence | Event | None:
        """What a dispute is about, where it still is in the ledger."""
        known = next((one for one in self.presences if one.id == dispute.about), None)
        if known is not None:
            return known
        try:
            found = self.view.derived_record(dispute.about)
        except LookupError:
            return None
        return found if isinstance(found, Presence | Event) else None

    @cached_property
    def movements(self) -> tuple[Event, ...]:
        """Acts of its days that change who is where, the newest first."""
        return self._events(MOVEMENTS, [Filters(host=self.asked.host, actor=self.asked.force)])

    @cached_property
    def agreements(self) -> tuple[Event, ...]:
        """Agreements of its days between a host and others, their ends too, the newest first."""
        host, force = self.asked.host, self.asked.force
        sides = [
            Filters(actor=one, recipient=other) for one, other in ((host, force), (force, host)) if one is not None
        ]
        return self._events(AGREEMENTS, sides if force is None or host is not None else [Filters(actor=force)])

    def _events(self, kinds: Iterable[Kind], sides: Sequence[Filters]) -> tuple[Event, ...]:
        found: dict[str, Event] = {}
        if self.asked.host is not None and countries.by_code(self.asked.host) is None:
            return ()
        for kind in kinds:
            for side in sides:
                wanted = replace(side, kind=kind, since=self.asked.since, until=self.day)
                some = islice(_every(self.view.events_page, wanted, size=EVENTS), EVENTS)
                found |= {event.id: event for event in some}
        return tuple(sorted(found.values(), key=lambda one: (one.latest or one.earliest or "", one.id), reverse=True))

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims by id in that order, as they count now; what is rejected or set aside is left out."""
        wanted = list(dict.fromkeys(ids))
        new = [key for key in wanted if key not in self._claims]
        if new:
            found = self.view.claims_of(new)
            known = self._verdicts(new)
            for key in new:
                claim = found.get(key)
                self._claims[key] = None if claim is None else judged(claim, known)
            self._judged |= known.accepted | set(known.corrections)
        told = ((key, self._claims[key]) for key in wanted)
        return {key: claim for key, claim in told if claim is not None}

    def verdict(self, claim: str) -> str:
        """Whether analysts accepted or corrected a claim that was read: `judged`, or "" where nobody judged it."""
        return "judged" if claim in self._judged else ""

    def _verdicts(self, ids: Sequence[str]) -> Verdicts:
        older = {old: new for old, new in self._carried.items() if new in set(ids)}
        return verdicts(self._judgements.of([*ids, *older]), older, self._aside)

    @cached_property
    def _carried(self) -> Mapping[str, str]:
        return carried(self._connection)

    def headers(self, ids: Iterable[str]) -> dict[str, Document]:
        """Reports without their texts; those that are set aside are left out."""
        wanted = [key for key in dict.fromkeys(ids) if key not in self._aside]
        new = [key for key in wanted if key not in self._headers]
        self._headers |= self.view.headers(new) if new else {}
        return {key: self._headers[key] for key in wanted if key in self._headers}

    def texts(self, ids: Iterable[str]) -> dict[str, str]:
        """Texts of reports."""
        return self.view.texts([key for key in dict.fromkeys(ids) if key not in self._aside])

    def origins(self, documents: Iterable[str]) -> dict[str, Origin]:
        """The origin of each report that has one."""
        wanted = list(dict.fromkeys(documents))
        new = [key for key in wanted if key not in self._origins]
        self._origins |= self.view.origins_of(new) if new else {}
        return {key: self._origins[key] for key in wanted if key in self._origins}

    def witnesses(self, ids: Sequence[str]) -> tuple[Witness, ...]:
        """Whose reporting some claims rest on, counted as reconciliation counts it; of many, the newest claims."""
        claims = list(self.claims(list(ids)[-WEIGHED:]).values())
        documents = [claim.document for claim in claims]
        return witnesses(claims, Reports(self.headers(documents), self.origins(documents)))


def _every(listed: Callable[[Filters, Paging], Slice[T]], wanted: Filters, *, size: int = MOST_ROWS) -> Iterator[T]:
    """The rows of a listing, page by page."""
    cursor = None
    while True:
        page = listed(wanted, Paging(limit=size, cursor=cursor))
        yield from page.rows
        cursor = page.next
        if cursor is None:
            return


@contextmanager
def material(store: Store, asked: Asked, day: str) -> Iterator[Material]:
    """The material of a brief, all of one state of the ledger."""
    with store.reading(snapshot=True) as connection:
        yield Material(store, connection, asked, day)
