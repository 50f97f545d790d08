"""Origins: who copied whom. A list of them, one with its reports in time, and two of its reports side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.desk.desk import Desk
from dateline.desk.judging import HistoryLine, history
from dateline.desk.lineage import Lineage, lineage
from dateline.desk.side_by_side import SideBySide, side_by_side
from dateline.model import Document, Matter, Origin, OriginLink
from dateline.store import Filters
from dateline.store.holders import origin_of
from dateline.store.paging import Paging, Slice

MOST_REPORTS = 60
"""Reports of an origin that are drawn and listed at once."""


def origins(desk: Desk, wanted: Filters, paging: Paging) -> Slice[Origin]:
    """A page of the origins that pass the filters; PagingError for a cursor or an order that is none."""
    return desk.view.origins_page(wanted, paging)


@dataclass(frozen=True, slots=True)
class Carried:
    """One report of an origin, and the link by which it is known to carry an earlier one; None for the first.

    `part` says that it took only a part of the origin and is no member of it.
    """

    document: Document
    link: OriginLink | None
    earlier: Document | None
    part: bool = False


@dataclass(frozen=True, slots=True)
class OriginCard:
    """An origin with its reports, oldest first, those who used a part of it, and the figure of who carried whom.

    `more` is how many reports are not among them.
    """

    origin: Origin
    members: tuple[Carried, ...]
    users: tuple[Carried, ...]
    lineage: Lineage
    more: int
    history: tuple[HistoryLine, ...]


def origin_card(desk: Desk, identifier: str, *, whole: bool = False) -> OriginCard:
    """The card of an origin by its full id; LookupError when there is none. `whole`: all of its reports."""
    origin = origin_of(desk.store, identifier)
    shown = origin.documents if whole else origin.documents[:MOST_REPORTS]
    partial = origin.partial if whole else origin.partial[:MOST_REPORTS]
    ends = [end for link in partial for end in (link.earlier, link.later)]
    headers = desk.view.headers([*shown, *ends])
    parents = carriers(origin, shown)
    members = tuple(
        Carried(headers[key], parents.get(key), None if key not in parents else headers.get(parents[key].earlier))
        for key in shown
        if key in headers
    )
    users = tuple(_users(origin, partial, headers))
    return OriginCard(
        origin,
        members,
        users,
        lineage([*members, *users]),
        len(origin.documents) - len(shown),
        history(desk, origin.documents[:MOST_REPORTS], (Matter.ORIGIN,)),
    )


def carriers(origin: Origin, shown: Sequence[str]) -> dict[str, OriginLink]:
    """For each report the link to the report that it most likely carries: the one it shares most of its text with.

    Of links that are alike the one to the oldest report is taken. The first report has none.
    """
    age = {key: at for at, key in enumerate(origin.documents)}
    among = set(shown)
    found: dict[str, OriginLink] = {}
    for link in sorted(origin.links, key=lambda link: (-(link.share or 0.0), age.get(link.earlier, 0))):
        if link.earlier in among and age.get(link.earlier, 0) < age.get(link.later, 0):
            found.setdefault(link.later, link)
    return found


def _users(origin: Origin, links: Iterable[OriginLink], headers: Mapping[str, Document]) -> Iterable[Carried]:
    members, seen = set(origin.documents), set[str]()
    for link in links:
        inside, outside = (link.earlier, link.later) if link.earlier in members else (link.later, link.earlier)
        if outside not in seen and outside in headers and inside in headers:
            seen.add(outside)
            yield Carried(headers[outside], link, headers[inside], part=True)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports of an origin side by side, the earlier one left; `link` is what the ledger holds of the two.

    `others` are the reports of the origin that either can be compared with.
    """

    origin: Origin
    left: Document
    right: Document
    link: OriginLink | None
    texts: SideBySide
    others: tuple[Document, ...]


def first_to_compare(desk: Desk, identifier: str, one: str = "") -> tuple[str, str] | None:
    """The reports of an origin to begin with: `one`, else the oldest, and the one that changed most against it.

    None for an origin of a single report. LookupError where there is no origin or it does not name `one`.
    """
    origin = origin_of(desk.store, identifier)
    links = (*origin.links, *origin.partial)
    named = list(dict.fromkeys([*origin.documents, *(end for link in links for end in (link.earlier, link.later))]))
    if one and one not in named:
        raise LookupError(one)
    oldest = one or named[0]
    changes = {
        link.later if link.earlier == oldest else link.earlier: len(link.changes)
        for link in links
        if oldest in (link.earlier, link.later)
    }
    others = [key for key in named if key != oldest]
    most = max(others, key=lambda key: changes.get(key, -1), default=None)
    return None if most is None else (oldest, most)


def comparison(desk: Desk, identifier: str, a: str, b: str) -> Comparison:
    """Two reports that an origin names, side by side; LookupError where it names one of them not."""
    origin = origin_of(desk.store, identifier)
    links = (*origin.links, *origin.partial)
    named = dict.fromkeys([*origin.documents, *(end for link in links for end in (link.earlier, link.later))])
    for key in (a, b):
        if key not in named:
            raise LookupError(key)
    link = next((one for one in links if {one.earlier, one.later} == {a, b}), None)
    order = {key: at for at, key in enumerate(named)}
    first, second = sorted((a, b), key=order.__getitem__) if link is None else (link.earlier, link.later)
    left, right = desk.view.document(first), desk.view.document(second)
    headers = desk.view.headers(list(named)[:MOST_REPORTS])
    texts = side_by_side(left.text, right.text, () if link is None else link.changes)
    others = tuple(headers[key] for key in list(named)[:MOST_REPORTS] if key in headers)
    return Comparison(origin, replace(left, text=""), replace(right, text=""), link, texts, others)
