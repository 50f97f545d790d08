"""Independent tellings of one matter: whose reporting each claim of it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from dateline.lexicon.newsrooms import credited, newsroom
from dateline.model import Claim, Origin, Witness, content_id
from dateline.reconcile.origins.voices import claim_relay
from dateline.reconcile.reports import Reports

RELAYED_DAYS: Final = 7
"""A newsroom that is relayed is taken for its reports of the matter so many days around; our own choice."""


def witnesses(claims: Sequence[Claim], reports: Reports) -> tuple[Witness, ...]:
    """The independent tellings of one matter (an event, a step of a presence, a side of a dispute), oldest first.

    A claim rests on the origin of its report; one that its report has from another newsroom rests on that newsroom's
    reporting, and joins the origin that newsroom's reports of these days belong to, if the ledger has them. What a
    round-up says without naming where it is from is no telling of its own beside those it draws on. Whether a telling
    only recalls the matter is for the caller to say: a strength of last December in a report of April is no less told.
    """
    groups: dict[str, list[Claim]] = defaultdict(list)
    names: dict[str, str | None] = {}
    rooms = _rooms(claims, reports)
    mixed: list[Claim] = []
    for claim in sorted(claims, key=lambda claim: claim.id):
        document = reports.documents.get(claim.document)
        relay = None if document is None else claim_relay(claim, document)
        if relay is not None:
            key, name = _relayed(relay, reports.published(claim.document), rooms)
        elif document is not None and len(_credits(document.agency)) > 1:
            mixed.append(claim)
            continue
        else:
            key, name = _own(claim.document, reports)
        groups[key].append(claim)
        names[key] = name
    for claim in mixed:
        key, name = _drawn_on(claim, reports, rooms, groups)
        groups[key].append(claim)
        names.setdefault(key, name)
    found = [_witness(key, names[key], told, reports) for key, told in groups.items()]
    return tuple(sorted(found, key=lambda w: (_first(w.documents, reports), w.origin)))


Rooms = Mapping[str, Sequence[tuple[str | None, str, str | None]]]
"""By newsroom: (day, origin, its name) of the reports of the matter that are its own or carry its."""


def _rooms(claims: Sequence[Claim], reports: Reports) -> Rooms:
    found: dict[str, set[tuple[str | None, str, str | None]]] = defaultdict(set)
    for document in sorted({claim.document for claim in claims}):
        header = reports.documents.get(document)
        if header is None:
            continue
        credits = _credits(header.agency)
        rooms = credits if len(credits) == 1 else ()
        if not credits and header.outlet is not None:
            rooms = (newsroom(header.outlet),)
        for room in rooms:
            found[room].add((reports.published(document), *_own(document, reports)))
    return {room: sorted(of, key=lambda item: (item[0] or "", item[1])) for room, of in found.items()}


def _credits(agency: str | None) -> tuple[str, ...]:
    return () if agency is None else credited(agency)


def _own(document: str, reports: Reports) -> tuple[str, str | None]:
    origin: Origin | None = reports.origin_of.get(document)
    if origin is not None:
        return origin.id, origin.name
    header = reports.documents.get(document)
    return content_id("origin", document), None if header is None else header.agency or header.outlet


def _relayed(room: str, day: str | None, rooms: Rooms) -> tuple[str, str | None]:
    """The origin of a newsroom's report nearest in time, or a key of the newsroom for these days."""
    near = [(gap, key, name) for at, key, name in rooms.get(room, ()) if (gap := _apart(at, day)) <= RELAYED_DAYS]
    if near:
        _, key, name = min(near, key=lambda item: (item[0], item[1]))
        return key, name
    return f"relay:{room}", room if any(char.isupper() for char in room) else room.title()


def _drawn_on(
    claim: Claim, reports: Reports, rooms: Rooms, groups: Mapping[str, Sequence[Claim]]
) -> tuple[str, str | None]:
    """One of the tellings that a round-up draws on; its own where the matter has none of them."""
    document = reports.documents[claim.document]
    for room in _credits(document.agency):
        key, name = _relayed(room, reports.published(claim.document), rooms)
        if key in groups:
            return key, name
    return _own(claim.document, reports)


def _apart(one: str | None, other: str | None) -> int:
    """Days between two ISO days; none where one is not known."""
    if one is None or other is None:
        return 0
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _witness(key: str, name: str | None, told: Sequence[Claim], reports: Reports) -> Witness:
    return Witness(
        origin=key,
        name=name,
        documents=tuple(sorted({claim.document for claim in told}, key=lambda d: (reports.published(d) or "", d))),
        claims=tuple(claim.id for claim in told),
    )


def _first(documents: Sequence[str], reports: Reports) -> str:
    return min((reports.published(document) or "9999" for document in documents), default="9999")
