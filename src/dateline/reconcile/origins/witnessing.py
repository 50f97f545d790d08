"""Independent tellings of one matter: whose reporting each claim rests on, counted once.

A claim rests on the newsroom that was told, if its report says so, else on the origin of its report. A round-up adds no
telling of its own. Reports of one newsroom or house within a few days are one telling.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dateline.lexicon.newsrooms import credited, house, newsroom
from dateline.model import DATA_SET, Claim, Document, Witness, content_id
from dateline.reconcile.origins.voices import claim_relay
from dateline.reconcile.reports import Reports

DAYS: Final = 4
"""One newsroom's reports of a matter so many days apart are one telling; later ones are new reporting."""


@dataclass(slots=True)
class _Telling:
    """Claims of one report that rest on one reporting: `room` was told, or is credited; `own`: its own."""

    document: str
    published: str | None
    claims: list[str]
    room: str | None
    own: bool

    @property
    def order(self) -> tuple[str, str, str]:
        return self.published or "9999", self.document, self.room or ""


def witnesses(claims: Sequence[Claim], reports: Reports) -> tuple[Witness, ...]:
    """The independent tellings of the matter that the claims are about (an event, a step, a side), oldest first.

    Rows of data sets come last, one witness a data set, marked so that they count for nothing (`Witness.is_data`).
    The same whatever the order of the claims. A claim of a report that is not among `reports` is a telling of its own.
    Whether a telling only recalls the matter is for the caller to say: a strength of last December in a report of
    April is no less told.
    """
    rows = [claim for claim in claims if _is_row(claim, reports)]
    if rows:
        claims = [claim for claim in claims if not _is_row(claim, reports)]
        return (*witnesses(claims, reports), *_data_sets(rows, reports))
    tellings = [telling for key in _by_document(claims).items() for telling in _tellings(*key, reports)]
    tellings.sort(key=lambda one: one.order)
    joined = _Joined(len(tellings))
    _join_origins(tellings, joined, reports)
    _join_rooms(tellings, joined, reports)
    _join_mixtures(tellings, joined, reports)
    groups: dict[int, list[_Telling]] = defaultdict(list)
    for at, telling in enumerate(tellings):
        groups[joined.of(at)].append(telling)
    found = [_witness(group, reports) for group in groups.values()]
    return tuple(sorted(found, key=lambda one: (_first(one, reports), one.origin)))


def _is_row(claim: Claim, reports: Reports) -> bool:
    """Whether a claim is a row of a data set: coded from reports, so no telling of its own."""
    header = reports.documents.get(claim.document)
    return header is not None and header.is_row


def _data_sets(claims: Sequence[Claim], reports: Reports) -> list[Witness]:
    """One witness a data set, which counts for nothing: its rows were coded from what others told."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[reports.documents[claim.document].outlet or "data set"].append(claim)
    return [
        Witness(
            origin=f"{DATA_SET}{name}",
            name=name,
            documents=tuple(sorted({claim.document for claim in rows})),
            claims=tuple(sorted(claim.id for claim in rows)),
            background=True,
        )
        for name, rows in sorted(found.items())
    ]


def _by_document(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.id):
        found[claim.document].append(claim)
    return found


def _tellings(document: str, claims: Sequence[Claim], reports: Reports) -> Iterator[_Telling]:
    """What one report tells of the matter, by whose reporting it is.

    Where all it says of its sources names one newsroom, its own words on the matter rest on that too. The words of
    a round-up that name none rest on the newsroom it names most.
    """
    header = reports.documents.get(document)
    published = reports.published(document)
    relayed: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in claims:
        relayed[None if header is None else claim_relay(claim, header)].append(claim)
    rooms = sorted(room for room in relayed if room is not None)
    credits = () if header is None else _credits(header)
    own = relayed.pop(None, [])
    if own and rooms and (len(credits) > 1 or all(claim.attribution is None for claim in own)):
        most = min(rooms, key=lambda room: (-len(relayed[room]), room))
        if len(credits) > 1 or len(rooms) == 1:
            relayed[most] += own
            own = []
    single = credits[0] if len(credits) == 1 else None
    if own or not rooms:
        yield _telling(document, published, own, single, own_report=True)
    for room in rooms:
        yield _telling(document, published, relayed[room], room, own_report=room == single)


def _telling(
    document: str, published: str | None, claims: Sequence[Claim], room: str | None, *, own_report: bool
) -> _Telling:
    return _Telling(document, published, sorted(claim.id for claim in claims), room, own_report)


def _credits(document: Document) -> tuple[str, ...]:
    """The newsrooms a report is credited to, or is of itself."""
    if document.agency is not None:
        return credited(document.agency)
    return () if document.outlet is None else (newsroom(document.outlet),)


class _Joined:
    """Tellings found to be one (union by the smallest number)."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def of(self, at: int) -> int:
        while self._above[at] != at:
            self._above[at] = self._above[self._above[at]]
            at = self._above[at]
        return at

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.of(one), self.of(other)))
        self._above[second] = first


def _join_origins(tellings: Sequence[_Telling], joined: _Joined, reports: Reports) -> None:
    """Reports of one origin are one telling."""
    first: dict[str, int] = {}
    for at, telling in enumerate(tellings):
        origin = reports.origin_of.get(telling.document)
        if telling.own and origin is not None:
            joined.join(first.setdefault(origin.id, at), at)


def _join_rooms(tellings: Sequence[_Telling], joined: _Joined, reports: Reports) -> None:
    """Tellings of one newsroom or house, one after the other within `DAYS`, are one."""
    last: dict[str, int] = {}
    for at, telling in enumerate(tellings):
        for room in _rooms(telling, reports):
            before = last.get(room)
            if before is not None and _near(tellings[before].published, telling.published):
                joined.join(before, at)
            last[room] = at


def _join_mixtures(tellings: Sequence[_Telling], joined: _Joined, reports: Reports) -> None:
    """What a report credited to several newsrooms says without naming one is the telling of one of them, if told."""
    for at, telling in enumerate(tellings):
        header = reports.documents.get(telling.document)
        credits = () if header is None or telling.room is not None else _credits(header)
        near = [
            other
            for room in (credits if len(credits) > 1 else ())
            for other, one in enumerate(tellings)
            if one.room == room and _near(*sorted((one.published or "", telling.published or "")))
        ]
        if near:
            joined.join(near[0], at)


def _rooms(telling: _Telling, reports: Reports) -> set[str]:
    """The newsroom whose telling it is and its house; of a report without credit also the house of its outlet."""
    header = reports.documents.get(telling.document)
    names = {telling.room, house(telling.room, None)}
    if telling.own and header is not None and header.agency is None:
        names.add(house(header.outlet, header.url))
    return {name for name in names if name is not None}


def _near(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return one == other
    return abs((date.fromisoformat(other) - date.fromisoformat(one)).days) <= DAYS


def _witness(group: Sequence[_Telling], reports: Reports) -> Witness:
    """The telling of a group, under the origin of its first report where it has one."""
    origins = [reports.origin_of[one.document] for one in group if one.own and one.document in reports.origin_of]
    rooms = Counter(one.room for one in group if one.room is not None)
    most = min(rooms, key=lambda room: (-rooms[room], room)) if rooms else None
    name = None if most is None else _written(most, group, reports)
    if origins:
        key, name = origins[0].id, origins[0].name or name
    elif group[0].own:
        key = content_id("origin", group[0].document)
    else:
        key = content_id("relay", most, min((one.published or "" for one in group), default=""))
    return Witness(
        origin=key,
        name=name,
        documents=tuple(sorted({one.document for one in group})),
        claims=tuple(sorted(claim for one in group for claim in one.claims)),
    )


def _written(room: str, group: Sequence[_Telling], reports: Reports) -> str:
    """A newsroom by its listed name, else as the reports of the group write it."""
    if any(char.isupper() for char in room):
        return room
    headers = (reports.documents.get(one.document) for one in group)
    words = (line for header in headers if header is not None for line in (header.agency, header.outlet))
    return next((line for line in words if line is not None and newsroom(line) == room), room.title())


def _first(witness: Witness, reports: Reports) -> str:
    return min((reports.published(document) or "9999" for document in witness.documents), default="9999")
