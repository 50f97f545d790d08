"""What an exporter reads: records of one state of a ledger that pass filters, as plain dicts, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from dateline.export.listing import Record
from dateline.model import Claim, Document, as_record, claim_record
from dateline.store import Filters, View
from dateline.store.paging import MOST_ROWS, Paging, Slice

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class About:
    """What an export says of itself.

    `ledger` is the name of its file; `as_of` the moment in recorded time that it shows, None for now; `exported_at` a
    moment in UTC; `filters` those that were asked for; `runs` the programs that read the reports.
    """

    dateline: str
    ledger: str
    exported_at: str
    as_of: str | None
    filters: Mapping[str, str]
    runs: tuple[Record, ...]


class Selection:
    """Records of a view (which should be a snapshot) that pass filters; memory stays flat however many there are."""

    def __init__(self, view: View, about: About, wanted: Filters | None = None) -> None:
        self.view = view
        self.about = about
        self.wanted = wanted or Filters()

    def claims(self) -> Iterator[Record]:
        """Claims as the annotation guide has them, each with the reference of its report; newest report first."""
        for page in self._pages(self.view.claims_page):
            yield from self._with_reports(page)

    def documents(self) -> Iterator[Record]:
        """Reports without their text, newest first."""
        return self._records(self.view.documents_page, _header)

    def events(self) -> Iterator[Record]:
        """Events, newest first."""
        return self._records(self.view.events_page, as_record)

    def presences(self) -> Iterator[Record]:
        """Presences with the steps of their series, by host and force."""
        return self._records(self.view.presences_page, as_record)

    def disputes(self) -> Iterator[Record]:
        """Disputes, open ones first, newest first."""
        return self._records(self.view.disputes_page, as_record)

    def origins(self) -> Iterator[Record]:
        """Origins, those with most reports first."""
        return self._records(self.view.origins_page, as_record)

    def claims_of(self, ids: Sequence[str]) -> dict[str, Record]:
        """Claims by their ids, each with the reference of its report; unknown ids are left out."""
        found = tuple(self.view.claims_of(ids).values())
        return {record["id"]: record for record in self._with_reports(found)}

    def _with_reports(self, some: tuple[Claim, ...]) -> Iterator[Record]:
        headers = self.view.headers([claim.document for claim in some])
        for claim in some:
            yield claim_record(claim, headers[claim.document])

    def _records(self, page: Callable[[Filters, Paging], Slice[T]], made: Callable[[T], Record]) -> Iterator[Record]:
        for some in self._pages(page):
            yield from map(made, some)

    def _pages(self, page: Callable[[Filters, Paging], Slice[T]]) -> Iterator[tuple[T, ...]]:
        ask = partial(page, self.wanted)
        cursor: str | None = None
        while True:
            found = ask(Paging(MOST_ROWS, cursor))
            yield found.rows
            cursor = found.next
            if cursor is None:
                return


def _header(document: Document) -> dict[str, Any]:
    record = as_record(document)
    return {name: value for name, value in record.items() if name != "text"}
