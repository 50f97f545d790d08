"""Whether runs, issues, judgements, notices, captures and the log are what their ids and each other say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, or_, select

from dateline.model import CaptureHead, Effect, Judgement, Notice, content_id, noticed
from dateline.store.judging import identified
from dateline.store.moments import in_utc
from dateline.store.notices import NOTICE
from dateline.store.records import decoded, issue_of, issue_row
from dateline.store.schema import (
    JUDGEMENT,
    captures,
    claims,
    documents,
    entries,
    evidence,
    external_ids,
    issues,
    judgement_targets,
    judgements,
    notices,
    reading_claims,
    reading_issues,
    readings,
    runs,
)
from dateline.upkeep.faults import MOST, RESTORE, Fault
from dateline.upkeep.reports import BROKEN, unknown
from dateline.upkeep.sums import batches

_HASHED: Final = re.compile(r"[a-z]+-[0-9a-f]{20}")
_NOTED: Final = {
    **{"reading": documents, "refused": issues, JUDGEMENT: judgements, NOTICE: notices},
    **{str(effect): documents for effect in Effect},
}
"""What an entry of the log is, and the table of what it is of."""


def others(connection: Connection) -> Iterator[Fault]:
    """What is wrong with all rows that are neither documents nor claims."""
    for table, wrongs in (
        (runs, _run),
        (issues, _issue),
        (judgements, _judgement),
        (notices, _notice),
        (captures, _capture),
        (entries, _entry),
    ):
        yield from _each(connection, table, wrongs)
    yield from _targets(connection)
    yield from _readings(connection)
    yield from _log(connection)
    yield from _lone(connection)


def _each(
    connection: Connection, table: Table, wrongs: Callable[[Mapping[str, Any]], Iterator[str]]
) -> Iterator[Fault]:
    for some in batches(connection, select(table)):
        for row in some:
            try:
                for wrong in wrongs(row._mapping):
                    yield Fault(table.name, str(row[1] if table is not entries else row[0]), wrong, RESTORE)
            except BROKEN as error:
                yield Fault(table.name, str(row[0]), f"it cannot be read: {error}", RESTORE)


def _run(row: Mapping[str, Any]) -> Iterator[str]:
    """Runs have two sorts of ids: of what reads, and of imports, where the parser does not count."""
    parts = {name: row[name] for name in ("extractor", "model", "python", "spacy")}
    settings = decoded(dict[str, str], row["settings"])
    short = {name: value for name, value in parts.items() if name != "spacy"}
    made = {content_id("run", parts, settings), content_id("run", short, settings)}
    if _HASHED.fullmatch(row["id"]) is not None and row["id"] not in made:
        yield "its id is not the hash of its program and settings"


def _issue(row: Mapping[str, Any]) -> Iterator[str]:
    if issue_row(issue_of(row))["id"] != row["id"]:
        yield "its id is not the hash of its content"


def _judgement(row: Mapping[str, Any]) -> Iterator[str]:
    found = decoded(Judgement, row["record"])
    if identified(found).id != row["id"] or unknown(row["record"], found):
        yield "its id is not the hash of its content"
    for name in ("id", "verdict", "matter", "analyst", "at"):
        if str(getattr(found, name)) != row[name]:
            yield f"{name} is not what its record says"


def _notice(row: Mapping[str, Any]) -> Iterator[str]:
    found = decoded(Notice, row["record"])
    if noticed(found).id != row["id"] or unknown(row["record"], found):
        yield "its id is not the hash of its content"
    for name in ("id", "item", "document"):
        if getattr(found, name) != row[name]:
            yield f"{name} is not what its record says"


def _capture(row: Mapping[str, Any]) -> Iterator[str]:
    head = decoded(CaptureHead, row["record"])
    escaped = "\\" in row["record"]
    made = content_id("capture", row["sha256"], head.url, head.final_url, head.at, head.record)
    if (made != row["id"] and not escaped) or unknown(row["record"], head):
        yield "its id is not the hash of what is known of it"
    if row["kept_at"] is not None:
        yield from _moment(row["kept_at"], "kept_at")


def _entry(row: Mapping[str, Any]) -> Iterator[str]:
    if row["what"] not in _NOTED:
        yield f"{row['what']!r} is nothing that the log tells of"
    if row["recorded_at"] is not None:
        yield from _moment(row["recorded_at"], "recorded_at")


def _moment(text: str, name: str) -> Iterator[str]:
    try:
        in_utc(text)
    except ValueError:
        yield f"{name} is no moment: {text!r}"


def _targets(connection: Connection) -> Iterator[Fault]:
    """The targets of judgements against their records."""
    query = select(judgement_targets).order_by(judgement_targets.c.judgement, judgement_targets.c.position)
    found: dict[str, list[str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.judgement, []).append(row.target)
    for row in connection.execute(select(judgements.c.id, judgements.c.record)):
        try:
            targets = list(decoded(Judgement, row.record).targets)
        except BROKEN:
            continue
        if found.get(row.id, []) != targets:
            yield Fault(judgement_targets.name, row.id, "they are not those of the judgement's record", RESTORE)


def _readings(connection: Connection) -> Iterator[Fault]:
    """That every reading has all that it gave, in its order, and its entry in the log."""
    for table, counted in ((reading_claims, readings.c.claims), (reading_issues, readings.c.issues)):
        c = table.c
        of = and_(c.document == readings.c.document, c.run == readings.c.run)
        given = select(func.count()).where(of).correlate(readings).scalar_subquery()
        last = select(func.max(c.position)).where(of).correlate(readings).scalar_subquery()
        halves = or_(given != counted, func.coalesce(last, -1) != counted - 1)
        query = select(readings.c.document, counted, given).where(halves)
        wrong = f"a reading gave {{1:,}} {counted.name} and {{2:,}} are there"
        yield from _told(connection, query, table, wrong)
    logged = select(entries.c.number).where(
        entries.c.what == "reading", entries.c.item == readings.c.document, entries.c.run == readings.c.run
    )
    query = select(readings.c.document).where(~logged.exists())
    yield from _told(connection, query, readings, "the log does not tell of this reading")


def _log(connection: Connection) -> Iterator[Fault]:
    """That what the log tells of is there, and that it tells of every judgement."""
    for what, table in _NOTED.items():
        query = select(entries.c.number, entries.c.item).where(
            entries.c.what == what, entries.c.item.not_in(select(table.c.id))
        )
        yield from _told(connection, query, entries, f"{{1}} is none of the {table.name}")
    told = select(entries.c.item).where(entries.c.what == JUDGEMENT)
    query = select(judgements.c.id).where(judgements.c.id.not_in(told))
    yield from _told(connection, query, judgements, "the log does not tell of it")
    read = select(readings.c.document)
    query = select(documents.c.id).where(documents.c.id.not_in(read))
    yield from _told(connection, query, documents, "nothing has read it")


def _lone(connection: Connection) -> Iterator[Fault]:
    """Rows that belong to nothing."""
    given = select(reading_claims.c.item)
    query = select(claims.c.id).where(claims.c.id.not_in(given))
    yield from _told(connection, query, claims, "no reading gave it")
    stray: ColumnElement[bool] = evidence.c.claim.not_in(select(claims.c.id))
    yield from _told(connection, select(evidence.c.claim).where(stray), evidence, "there is no such claim")
    item = external_ids.c.item
    lost = and_(item.not_in(select(documents.c.id)), item.not_in(select(claims.c.id)))
    yield from _told(connection, select(item).where(lost), external_ids, "it is the name of nothing that is here")


def _told(connection: Connection, query: Select[Any], table: Table, wrong: str) -> Iterator[Fault]:
    """The rows of a query as faults: the first column is the id, all of them fill the words."""
    for row in connection.execute(query.limit(MOST)):
        yield Fault(table.name, str(row[0]), wrong.format(*row), RESTORE)
