"""Notices of feeds and wires as rows that are only added, and the reports that they set aside.

`set_aside` follows from the notices, from the judgements that disregard some of them, and from the moment: whoever adds
to any of these settles the items it touches, in the same transaction. Order does not matter: a cancel that comes before
its item takes effect when the item comes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, insert, select

from dateline.model import Affected, Effect, Matter, Notice, PubStatus, Verdict, effects, noticed
from dateline.store import search
from dateline.store.filters import judged_by
from dateline.store.listing import list_again
from dateline.store.lookups import among, of_ids
from dateline.store.moments import in_utc
from dateline.store.records import coded, decoded, document_of
from dateline.store.schema import (
    documents,
    entries,
    judgement_targets,
    judgements,
    listed_documents,
    notices,
    set_aside,
)

NOTICE = "notice"
"""What an entry of the log is called whose item is a notice; those of its effects are called by the effect."""

_STRICTNESS = (Effect.CURRENT, Effect.SUPERSEDED, Effect.EMBARGOED, Effect.WITHHELD, Effect.RETRACTED)
_MANY = 500


def add_notices(connection: Connection, given: Iterable[Notice], at: str) -> int:
    """Keep notices that are new, and settle their items as of the moment `at`.

    The log has those that say more than that an item may be used, for its reading tells as much; how many these are.
    """
    found = {notice.id: notice for notice in map(_kept, given)}
    known = {row.id for row in _in(connection, select(notices.c.id), notices.c.id, list(found))}
    new = [notice for key, notice in found.items() if key not in known]
    if not new:
        return 0
    columns = [{"id": n.id, "item": n.item, "document": n.document, "record": coded(n)} for n in new]
    connection.execute(notices.insert(), columns)
    telling = [n.id for n in new if n.status is not PubStatus.USABLE or n.embargoed is not None]
    _log(connection, NOTICE, telling, at)
    settle(connection, {notice.item for notice in new}, at)
    return len(telling)


def settle(connection: Connection, items: Iterable[str], at: str) -> list[Affected]:
    """Set aside, or restore, the reports of items as their notices say at a moment; what has changed by it.

    A report that several items carry is set aside when one of them says so, by the strictest of them.
    """
    wanted = sorted(set(items))
    named = {row.document for row in _in(connection, select(notices.c.document), notices.c.item, wanted)}
    some = sorted(named - {None})
    around = {row.item for row in _in(connection, select(notices.c.item), notices.c.document, some)}
    became = _effects(connection, sorted(around), at)
    before = {
        row.document: row for row in map(_affected, _in(connection, select(set_aside), set_aside.c.document, some))
    }
    changed = [row for row in map(became.get, some) if row is not None and _differs(before.get(row.document), row)]
    changed += [_restored(before[document]) for document in sorted(before) if document not in became]
    for row in changed:
        _put(connection, row)
    _log_effects(connection, [row for row in changed if _new_effect(before.get(row.document), row)], at)
    return changed


def settle_document(connection: Connection, document: str, at: str) -> None:
    """Settle the items of which a report is a version."""
    found = connection.execute(select(notices.c.item).where(notices.c.document == document)).scalars().all()
    if found:
        settle(connection, found, at)


def settle_judged(connection: Connection, at: str) -> None:
    """Settle the items with a notice that some judgement is about, whether that judgement stands or not."""
    about = select(notices.c.item).where(notices.c.id.in_(_judged_ever())).distinct()
    items = connection.execute(about).scalars().all()
    if items:
        settle(connection, items, at)


def settle_all(connection: Connection, at: str) -> None:
    """Settle every item of the ledger."""
    items = connection.execute(select(notices.c.item).distinct()).scalars().all()
    if items:
        settle(connection, items, at)


def due(connection: Connection) -> str | None:
    """The moment at which the next embargo ends, None where there is none."""
    found: str | None = connection.execute(select(func.min(set_aside.c.until))).scalar()
    return found


def end_embargoes(connection: Connection, at: str) -> None:
    """Restore what is embargoed no longer at a moment."""
    over = select(set_aside.c.notice).where(set_aside.c.until <= at)
    items = connection.execute(select(notices.c.item).where(notices.c.id.in_(over))).scalars().all()
    if items:
        settle(connection, items, at)


def aside(connection: Connection) -> frozenset[str]:
    """The documents that do not count."""
    return frozenset(connection.execute(select(set_aside.c.document)).scalars())


_SET_ASIDE = among(select(set_aside), set_aside.c.document)


def effects_on(connection: Connection, ids: Sequence[str]) -> dict[str, Affected]:
    """What set reports aside, by document; those that count are left out."""
    rows = of_ids(connection, _SET_ASIDE, sorted(set(ids)))
    return {row.document: row for row in map(_affected, rows)}


def notices_of(connection: Connection, document: str) -> tuple[Notice, ...]:
    """The notices of every item of which a report is a version, in the order of their versions."""
    items = select(notices.c.item).where(notices.c.document == document)
    rows = connection.execute(select(notices.c.record).where(notices.c.item.in_(items))).scalars()
    found = [decoded(Notice, record) for record in rows]
    return tuple(sorted(found, key=lambda notice: (notice.item, notice.rank, notice.id)))


def _kept(notice: Notice) -> Notice:
    """A notice as it is kept: moments in UTC, under the id of its content."""
    return noticed(replace(notice, issued=_moment(notice.issued), embargoed=_moment(notice.embargoed)))


def _moment(text: str | None) -> str | None:
    return None if text is None else in_utc(text)


def _effects(connection: Connection, items: Sequence[str], at: str) -> dict[str, Affected]:
    """What the notices of items come to for each of their reports that the ledger has."""
    disregarded = judged_by(judgements.c.matter == str(Matter.NOTICE), judgements.c.verdict == str(Verdict.REJECT))
    query = select(notices.c.item, notices.c.record).where(notices.c.id.not_in(disregarded))
    of_item: dict[str, list[Notice]] = defaultdict(list)
    for row in _in(connection, query, notices.c.item, items):
        of_item[row.item].append(decoded(Notice, row.record))
    named = sorted({n.document for found in of_item.values() for n in found if n.document is not None})
    kept = frozenset(row.id for row in _in(connection, select(documents.c.id), documents.c.id, named))
    became: dict[str, Affected] = {}
    for item in sorted(of_item):
        for row in effects(of_item[item], kept, at):
            known = became.get(row.document)
            if known is None or _STRICTNESS.index(row.effect) > _STRICTNESS.index(known.effect):
                became[row.document] = row
    return became


def _differs(before: Affected | None, now: Affected) -> bool:
    return before != (None if now.effect is Effect.CURRENT else now)


def _new_effect(before: Affected | None, now: Affected) -> bool:
    return now.effect is not (Effect.CURRENT if before is None else before.effect)


def _restored(before: Affected) -> Affected:
    return Affected(before.document, Effect.CURRENT, before.notice)


def _put(connection: Connection, row: Affected) -> None:
    """Keep what became of a report, and list it accordingly."""
    gone = connection.execute(set_aside.delete().where(set_aside.c.document == row.document)).rowcount
    if row.effect is not Effect.CURRENT:
        connection.execute(
            set_aside.insert().values(document=row.document, effect=str(row.effect), notice=row.notice, until=row.until)
        )
    if (row.effect is Effect.CURRENT) is not (gone == 0):
        list_again(connection, row.document)
        _index(connection, row.document)


def _index(connection: Connection, document: str) -> None:
    """Make a report that is listed again findable, where its index was made without it."""
    place = connection.execute(select(listed_documents.c.newest).where(listed_documents.c.id == document)).scalar()
    if place is None or search.has_document(connection, place):
        return
    row = connection.execute(select(documents).where(documents.c.id == document)).mappings().one()
    search.index_document(connection, place, document_of(dict(row)))


def _log_effects(connection: Connection, changed: Sequence[Affected], at: str) -> None:
    """The notices that have changed something, where the log does not have them yet, and what became of the reports."""
    causes = sorted({row.notice for row in changed})
    known = select(entries.c.item).where(entries.c.what == NOTICE)
    logged = {row.item for row in _in(connection, known, entries.c.item, causes)}
    _log(connection, NOTICE, [cause for cause in causes if cause not in logged], at)
    for row in changed:
        _log(connection, str(row.effect), [row.document], at)


def _log(connection: Connection, what: str, items: Sequence[str], at: str) -> None:
    if items:
        rows = [{"recorded_at": at, "what": what, "item": item, "run": None} for item in items]
        connection.execute(insert(entries), rows)


def _judged_ever() -> Any:
    return select(judgement_targets.c.target).where(judgement_targets.c.target.like("notice-%"))


def _affected(row: Any) -> Affected:
    return Affected(row.document, Effect(row.effect), row.notice, row.until)


def _in(connection: Connection, query: Any, column: Any, ids: Sequence[str]) -> Iterator[Any]:
    for at in range(0, len(ids), _MANY):
        yield from connection.execute(query.where(column.in_(ids[at : at + _MANY]))).all()
