"""Who says what how often: the sources of all claims, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from dateline.desk.desk import Desk
from dateline.desk.standing import standing_on
from dateline.reconcile.ratings import Reliability, source_key
from dateline.store.records import fold
from dateline.store.schema import claims, documents, reading_claims
from dateline.store.shown import shown


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source by the name and kind under which reports quote it."""

    name: str
    kind: str
    claims: int
    reports: int
    rating: Reliability
    first: str | None
    last: str | None
    kinds: Mapping[str, int] = field(default_factory=dict)
    stances: Mapping[str, int] = field(default_factory=dict)


def speakers(desk: Desk, *, named: str | None = None, kind: str | None = None) -> tuple[Speaker, ...]:
    """The sources that reports name, those with most claims first; `named` is part of a name."""
    every = desk.kept("speakers", lambda: _speakers(desk))
    wanted = None if named is None else fold(named)
    return tuple(one for one in every if (wanted is None or wanted in fold(one.name)) and kind in (None, one.kind))


def _speakers(desk: Desk) -> tuple[Speaker, ...]:
    """All of them, counted by the database over the claims of the newest readings."""
    c = claims.c
    named = (c.source_name, c.source_kind)
    rows = claims.join(reading_claims, reading_claims.c.item == c.id).join(documents, documents.c.id == c.document)
    counted = select(*named, c.kind, c.stance, func.count().label("n")).group_by(*named, c.kind, c.stance)
    day = func.substr(documents.c.published, 1, 10)
    spans = select(
        *named,
        func.count(c.document.distinct()).label("reports"),
        func.min(day).label("first"),
        func.max(day).label("last"),
    ).group_by(*named)
    shown_ones = (shown(reading_claims), c.source_name.is_not(None))
    kinds: dict[tuple[str, str], Counter[str]] = {}
    stances: dict[tuple[str, str], Counter[str]] = {}
    with desk.store.reading(snapshot=True) as connection:
        for row in connection.execute(counted.select_from(rows).where(*shown_ones)):
            key = (row.source_name, row.source_kind)
            kinds.setdefault(key, Counter())[row.kind] += row.n
            stances.setdefault(key, Counter())[row.stance] += row.n
        found = connection.execute(spans.select_from(rows).where(*shown_ones)).all()
    ratings = standing_on(desk, ()).source_ratings
    made = [
        Speaker(
            name=row.source_name,
            kind=row.source_kind,
            claims=kinds[row.source_name, row.source_kind].total(),
            reports=row.reports,
            rating=ratings.get(source_key(row.source_name), Reliability.F) if ratings else Reliability.F,
            first=row.first,
            last=row.last,
            kinds=dict(kinds[row.source_name, row.source_kind].most_common()),
            stances=dict(stances[row.source_name, row.source_kind].most_common()),
        )
        for row in found
    ]
    return tuple(sorted(made, key=lambda one: (-one.claims, one.name, one.kind)))
