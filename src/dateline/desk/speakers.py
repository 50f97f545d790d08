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
    """All of them in one pass over the claims of the newest readings."""
    c = claims.c
    rows = claims.join(reading_claims, reading_claims.c.item == c.id).join(documents, documents.c.id == c.document)
    query = (
        select(
            c.source_name, c.source_kind, c.kind, c.stance, c.document, documents.c.published, func.count().label("n")
        )
        .select_from(rows)
        .where(shown(reading_claims), c.source_name.is_not(None))
        .group_by(c.source_name, c.source_kind, c.kind, c.stance, c.document)
    )
    found: dict[tuple[str, str], _Count] = {}
    with desk.store.reading() as connection:
        for row in connection.execute(query):
            count = found.setdefault((row.source_name, row.source_kind), _Count())
            count.kinds[row.kind] += row.n
            count.stances[row.stance] += row.n
            count.reports.add(row.document)
            if row.published is not None:
                count.days.add(row.published[:10])
    ratings = standing_on(desk, ()).source_ratings
    made = [
        Speaker(
            name=name,
            kind=kind,
            claims=count.kinds.total(),
            reports=len(count.reports),
            rating=ratings.get(source_key(name), Reliability.F) if ratings else Reliability.F,
            first=min(count.days, default=None),
            last=max(count.days, default=None),
            kinds=dict(count.kinds.most_common()),
            stances=dict(count.stances.most_common()),
        )
        for (name, kind), count in found.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.claims, one.name, one.kind)))


@dataclass(slots=True)
class _Count:
    kinds: Counter[str] = field(default_factory=Counter)
    stances: Counter[str] = field(default_factory=Counter)
    reports: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
