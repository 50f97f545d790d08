"""Who had forces where on a day, and how that stood by the reports published up to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select

from dateline.desk.desk import Desk
from dateline.model import Claim, Presence, Step
from dateline.reconcile import Reports, Verdicts, judged, presence, verdicts
from dateline.steps import true_on
from dateline.store import Filters
from dateline.store.derived import Derived
from dateline.store.filters import admits, on_presences
from dateline.store.schema import claim_blocks, presences

MOST_CLAIMS = 3_000
"""Claims from which presences are derived anew within one question; more would keep other readers waiting."""


class TooManyError(ValueError):
    """A question that would take too long to answer at once; the message says how to narrow it."""


def there_on(desk: Desk, wanted: Filters, day: str) -> tuple[Presence, ...]:
    """The forces that were there on a day (valid time), in the strength of that day, without further detail."""
    known = desk.kept("presences in time", lambda: tuple(_light(one) for one in desk.view.presences().rows))
    return tuple(row for row in (true_on(one, day) for one in known if admits(one, wanted)) if row is not None)


def _light(one: Presence) -> Presence:
    """A presence with what it takes to tell who was there on a day, without the claims behind every step."""
    series = tuple(_bare(step) for step in one.series)
    bare = replace(one, series=series, at_sites=(), strengths=(), planned=(), denied=(), alleged=(), conditional=())
    return replace(bare, departures=(), witnesses=tuple(replace(w, documents=(), claims=()) for w in one.witnesses))


def _bare(step: Step) -> Step:
    return replace(step, contradicts=(), reason="")


def told_until(desk: Desk, wanted: Filters, day: str, *, on: str | None = None) -> tuple[Presence, ...]:
    """The presences of a host as the reports published up to a day told of them, judgements applied.

    With `on`, as they were on that day. TooManyError where more claims would have to be read than a question may
    take; the kept answer serves whoever asks again.
    """
    if wanted.host is None:
        raise ValueError("a host is needed")
    rows = desk.kept(("told until", wanted.host, wanted.actor, day), lambda: _derived(desk, wanted, day))
    rows = tuple(row for row in rows if admits(row, wanted))
    if on is None:
        return rows
    return tuple(row for row in (true_on(one, on) for one in rows) if row is not None)


def _derived(desk: Desk, wanted: Filters, day: str) -> tuple[Presence, ...]:
    """Presences of a host, of one actor if asked, derived from the claims of their blocks."""
    chosen = on_presences(Filters(host=wanted.host, actor=wanted.actor))
    with desk.store.reading(snapshot=True) as connection:
        tables = Derived(connection)
        blocks = list(connection.execute(select(presences.c.block).where(*chosen).distinct()).scalars())
        size = select(func.count()).select_from(claim_blocks)
        size = size.where(claim_blocks.c.stage == "presence", claim_blocks.c.block.in_(blocks))
        if int(connection.execute(size).scalar() or 0) > MOST_CLAIMS:
            raise TooManyError(f"more than {MOST_CLAIMS:,} claims: name an actor too, or use dateline presence --until")
        read = [claim for _, claim in tables.claims_in("presence", blocks)]
        headers = tables.documents(sorted({claim.document for claim in read}))
        told = [claim for claim in read if _is_by(headers[claim.document].published, day)]
        standing = verdicts(tables.judgements(), tables.carried())
        reports = Reports(headers, tables.origins_of(sorted({claim.document for claim in told})))
        return tuple(presence(_counted(told, standing), reports, standing))


def _is_by(published: str | None, day: str) -> bool:
    return published is not None and published[:10] <= day


def _counted(claims: Sequence[Claim], standing: Verdicts) -> list[Claim]:
    """Claims as judgements left them."""
    return [claim for claim in (judged(one, standing) for one in claims) if claim is not None]
