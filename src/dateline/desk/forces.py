"""Who had forces where on a day, and how that stood by the reports published up to one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from dateline.desk.desk import Desk
from dateline.desk.stays import Stays, all_stays
from dateline.model import Claim, Presence
from dateline.reconcile import Reports, Verdicts, judged, presence, verdicts
from dateline.steps import covers, true_on
from dateline.store import Filters
from dateline.store.derived import Derived
from dateline.store.filters import admitting, on_presences
from dateline.store.holders import presences_by_id
from dateline.store.schema import claim_blocks, presences

MOST_CLAIMS = 3_000
"""Claims from which presences are derived anew within one question; more would keep other readers waiting."""


class TooManyError(ValueError):
    """A question that would take too long to answer at once; the message says how to narrow it."""


def there_on(desk: Desk, wanted: Filters, day: str) -> tuple[str, ...]:
    """The ids of the presences of forces that were there on a day (valid time), by host and force."""
    admits = admitting(wanted)
    return tuple(row.id for row in all_stays(desk).rows if _was_there(row, day) and admits(row, _sites(row)))


def on_day(desk: Desk, ids: Sequence[str], day: str) -> tuple[Presence, ...]:
    """Presences in the strength of a day, in the order of the ids; what was not there then is left out."""
    found = presences_by_id(desk.store, ids)
    rows = (true_on(found[key], day) for key in ids if key in found)
    return tuple(row for row in rows if row is not None)


def _was_there(row: Stays, day: str) -> bool:
    stay = next((stay for stay in row.series if covers(stay, day)), None)
    return stay is not None and not stay.gone


def _sites(row: Stays) -> list[str]:
    return [site.site for site in row.sites]


def told_until(desk: Desk, wanted: Filters, day: str, *, on: str | None = None) -> tuple[Presence, ...]:
    """The presences of a host as the reports published up to a day told of them, judgements applied.

    With `on`, as they were on that day. TooManyError where more claims would have to be read than a question may
    take; the kept answer serves whoever asks again.
    """
    if wanted.host is None:
        raise ValueError("a host is needed")
    rows = desk.kept(("told until", wanted.host, wanted.actor, day), lambda: _derived(desk, wanted, day))
    admits = admitting(wanted)
    rows = tuple(row for row in rows if admits(row, row.sites))
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
