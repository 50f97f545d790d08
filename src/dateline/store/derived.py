"""The derived tables: what derivation reads and puts there, inside the one transaction it is given.

Nothing here decides anything: rows in, rows out. All of it can be dropped and rebuilt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, delete, func, or_, select

from dateline.model import Claim, Dispute, Document, Event, Judgement, Origin, OriginLink, Presence
from dateline.store.carrying import carried
from dateline.store.derived_rows import dispute_row, event_row, origin_row, presence_row
from dateline.store.notices import aside
from dateline.store.records import coded, decoded, document_of
from dateline.store.schema import (
    DERIVED,
    claim_blocks,
    claims,
    derived,
    disputes,
    documents,
    entries,
    events,
    judgements,
    origin_documents,
    origin_links,
    origins,
    presences,
    reading_claims,
    sketch_keys,
    sketches,
    tied_blocks,
)
from dateline.store.shown import shown

_MANY = 500


class Derived:
    """The derived tables over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def clear(self) -> None:
        """Empty every derived table."""
        for table in DERIVED:
            self._connection.execute(table.delete())

    def mark(self, rules: str, last_entry: int) -> None:
        """Say which rules derived what is there, up to which entry of the log."""
        self._connection.execute(derived.delete())
        self._connection.execute(derived.insert().values(rules=rules, entries=last_entry))

    def marked(self) -> tuple[str, int] | None:
        """The rules and the last entry that the derived tables come from."""
        row = self._connection.execute(select(derived.c.rules, derived.c.entries)).first()
        return None if row is None else (row.rules, row.entries)

    def last_entry(self) -> int:
        """The number of the newest entry of the log, 0 in an empty ledger."""
        return int(self._connection.execute(select(func.max(entries.c.number))).scalar() or 0)

    def entries_after(self, number: int) -> Sequence[tuple[str, str]]:
        """(what, item) of the entries that came after one, oldest first."""
        query = select(entries.c.what, entries.c.item).where(entries.c.number > number).order_by(entries.c.number)
        return [(row.what, row.item) for row in self._connection.execute(query)]

    def judgements(self) -> list[Judgement]:
        """Every judgement, oldest first."""
        rows = self._connection.execute(select(judgements.c.record).order_by(judgements.c.number))
        return [decoded(Judgement, row.record) for row in rows]

    def carried(self) -> dict[str, str]:
        """From judged claims that are read no more to those that say the same in their place."""
        return carried(self._connection)

    def aside(self) -> frozenset[str]:
        """The documents that notices set aside."""
        return aside(self._connection)

    # reports and claims

    def document_ids(self) -> list[str]:
        """The ids of all documents, in order of id."""
        return list(self._connection.execute(select(documents.c.id).order_by(documents.c.id)).scalars())

    def documents(self, ids: Sequence[str], *, text: bool = False) -> dict[str, Document]:
        """Documents by id, their text empty unless it is asked for."""
        columns = [column for column in documents.c if text or column.name != "text"]
        rows = self._in(select(*columns), documents.c.id, ids)
        return {row["id"]: document_of(row) for row in rows}

    def text(self, document: str) -> str:
        """The text of a document."""
        return str(self._connection.execute(select(documents.c.text).where(documents.c.id == document)).scalar_one())

    def claims_of_documents(self, ids: Sequence[str]) -> dict[str, list[Claim]]:
        """The claims of the newest reading of each document, in the order they were read."""
        found: dict[str, list[Claim]] = {document: [] for document in ids}
        query = _newest_claims(select(claims.c.document, claims.c.record)).order_by(
            reading_claims.c.document, reading_claims.c.position
        )
        for row in self._in(query, reading_claims.c.document, ids):
            found[row["document"]].append(decoded(Claim, row["record"]))
        return found

    def claims(self, ids: Sequence[str]) -> list[Claim]:
        """Claims by id, in order of id."""
        rows = self._in(select(claims.c.record), claims.c.id, sorted(set(ids)))
        return [decoded(Claim, row["record"]) for row in rows]

    # sketches and links of reports

    def put_sketches(self, rows: Sequence[tuple[str, str, Sequence[str]]]) -> None:
        """(document, record, keys) of new sketches."""
        self._put(sketches, [{"document": document, "record": record} for document, record, _ in rows])
        keyed = [{"key": key, "document": document} for document, _, keys in rows for key in sorted(set(keys))]
        self._put(sketch_keys, keyed)

    def drop_sketches(self, ids: Sequence[str]) -> None:
        """Forget the sketches of documents and every link they had."""
        for table, column in (
            (sketches, sketches.c.document),
            (sketch_keys, sketch_keys.c.document),
            (origin_links, origin_links.c.earlier),
            (origin_links, origin_links.c.later),
        ):
            self._drop(table, column, ids)

    def sketches(self, ids: Sequence[str]) -> dict[str, str]:
        """The records of sketches by document."""
        rows = self._in(select(sketches), sketches.c.document, sorted(set(ids)))
        return {row["document"]: row["record"] for row in rows}

    def shared_keys(self) -> Iterator[tuple[str, list[str]]]:
        """Each key that several documents have, with them, in order of key."""
        several = select(sketch_keys.c.key).group_by(sketch_keys.c.key).having(func.count() > 1).scalar_subquery()
        query = select(sketch_keys).where(sketch_keys.c.key.in_(several))
        rows = self._connection.execute(query.order_by(sketch_keys.c.key, sketch_keys.c.document))
        last, bucket = "", list[str]()
        for row in rows:
            if row.key != last and bucket:
                yield last, bucket
                bucket = []
            last = row.key
            bucket.append(row.document)
        if bucket:
            yield last, bucket

    def with_keys(self, keys: Sequence[str]) -> dict[str, list[str]]:
        """The documents that have each key."""
        found: dict[str, list[str]] = {key: [] for key in keys}
        query = select(sketch_keys).order_by(sketch_keys.c.key, sketch_keys.c.document)
        for row in self._in(query, sketch_keys.c.key, sorted(set(keys))):
            found[row["key"]].append(row["document"])
        return found

    def put_links(self, rows: Iterable[tuple[OriginLink, bool]]) -> None:
        """New links between reports, with whether each is of a part only."""
        self._put(
            origin_links,
            [
                {"earlier": link.earlier, "later": link.later, "partial": partial, "record": coded(link)}
                for link, partial in rows
            ],
        )

    def drop_link(self, one: str, other: str) -> None:
        """Forget the link between two documents."""
        c = origin_links.c
        both = or_((c.earlier == one) & (c.later == other), (c.earlier == other) & (c.later == one))
        self._connection.execute(delete(origin_links).where(both))

    def links_of(self, ids: Sequence[str]) -> list[OriginLink]:
        """Every link that has one of the documents at an end, in order."""
        found: dict[tuple[str, str], OriginLink] = {}
        for column in (origin_links.c.earlier, origin_links.c.later):
            for row in self._in(select(origin_links), column, ids):
                found[row["earlier"], row["later"]] = decoded(OriginLink, row["record"])
        return [found[pair] for pair in sorted(found)]

    # origins

    def put_origins(self, rows: Iterable[tuple[Origin, tuple[str | None, str | None]]]) -> None:
        """Origins with the days of their first and last report."""
        some = list(rows)
        self._put(origins, [origin_row(origin, days) for origin, days in some])
        self._put(
            origin_documents,
            [{"document": document, "origin": origin.id} for origin, _ in some for document in origin.documents],
        )

    def drop_origins(self, ids: Sequence[str]) -> None:
        """Forget origins and who belonged to them."""
        self._drop(origins, origins.c.id, ids)
        self._drop(origin_documents, origin_documents.c.origin, ids)

    def origins_of(self, ids: Sequence[str]) -> dict[str, Origin]:
        """The origin of each document that has one."""
        joined = select(origin_documents.c.document, origins.c.id, origins.c.record).join(
            origins, origins.c.id == origin_documents.c.origin
        )
        read: dict[str, Origin] = {}
        found: dict[str, Origin] = {}
        for row in self._in(joined, origin_documents.c.document, sorted(set(ids))):
            origin = read.get(row["id"])
            if origin is None:
                origin = read[row["id"]] = decoded(Origin, row["record"])
            found[row["document"]] = origin
        return found

    # blocks

    def put_blocks(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """(claim, stage, block) of claims."""
        named = [{"claim": claim, "stage": stage, "block": block} for claim, stage, block in rows]
        self._put(claim_blocks, named)

    def drop_blocks_of(self, ids: Sequence[str]) -> None:
        """Take claims out of their blocks."""
        self._drop(claim_blocks, claim_blocks.c.claim, ids)

    def blocks_of_claims(self, ids: Sequence[str]) -> set[tuple[str, str]]:
        """(stage, block) of the claims."""
        rows = self._in(select(claim_blocks.c.stage, claim_blocks.c.block), claim_blocks.c.claim, sorted(set(ids)))
        return {(row["stage"], row["block"]) for row in rows}

    def blocks_of_documents(self, ids: Sequence[str]) -> tuple[set[tuple[str, str]], set[str]]:
        """(stage, block) of all claims of the documents, and the claims that are in blocks."""
        query = select(claim_blocks).join(claims, claims.c.id == claim_blocks.c.claim)
        rows = list(self._in(query, claims.c.document, sorted(set(ids))))
        return {(row["stage"], row["block"]) for row in rows}, {row["claim"] for row in rows}

    def event_blocks(self, ids: Sequence[str]) -> dict[str, str]:
        """The event block of each claim that is in one."""
        query = select(claim_blocks).where(claim_blocks.c.stage == "event")
        return {row["claim"]: row["block"] for row in self._in(query, claim_blocks.c.claim, ids)}

    def put_ties(self, blocks: Sequence[str]) -> None:
        """Event blocks that are derived together, under the name of the first."""
        self._put(tied_blocks, [{"block": block, "unit": blocks[0]} for block in blocks])

    def drop_ties(self, blocks: Sequence[str]) -> None:
        """Forget what event blocks were derived together with."""
        self._drop(tied_blocks, tied_blocks.c.block, blocks)

    def tied_with(self, blocks: Sequence[str]) -> set[str]:
        """All event blocks that were derived together with any of some."""
        units = [row["unit"] for row in self._in(select(tied_blocks.c.unit), tied_blocks.c.block, blocks)]
        return {row["block"] for row in self._in(select(tied_blocks.c.block), tied_blocks.c.unit, sorted(set(units)))}

    def block_names(self, stage: str) -> list[str]:
        """The blocks of a stage, in order."""
        query = select(claim_blocks.c.block).where(claim_blocks.c.stage == stage).distinct()
        return list(self._connection.execute(query.order_by(claim_blocks.c.block)).scalars())

    def claims_in(self, stage: str, blocks: Sequence[str]) -> Iterator[tuple[str, Claim]]:
        """The claims of blocks, each with its block, in order of block and id."""
        query = (
            select(claim_blocks.c.block, claims.c.record)
            .join(claim_blocks, claim_blocks.c.claim == claims.c.id)
            .where(claim_blocks.c.stage == stage)
            .order_by(claim_blocks.c.block, claims.c.id)
        )
        for row in self._in(query, claim_blocks.c.block, sorted(set(blocks))):
            yield row["block"], decoded(Claim, row["record"])

    # what is known

    def put_events(self, rows: Iterable[tuple[str, Event]]) -> None:
        """Events, each with its block."""
        self._put(events, [event_row(row, block) for block, row in rows])

    def put_presences(self, rows: Iterable[tuple[str, Presence]]) -> None:
        """Presences, each with its block."""
        self._put(presences, [presence_row(row, block) for block, row in rows])

    def put_disputes(self, rows: Iterable[tuple[str, Dispute]]) -> None:
        """Disputes, each with its block, which names its stage too."""
        self._put(disputes, [dispute_row(row, block) for block, row in rows])

    def drop_known(self, stage: str, blocks: Sequence[str]) -> None:
        """Forget what was derived from blocks of a stage."""
        table = events if stage == "event" else presences
        self._drop(table, table.c.block, blocks)
        self._drop(disputes, disputes.c.block, [f"{stage}:{block}" for block in blocks])

    def _put(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._connection.execute(table.insert(), rows)

    def _drop(self, table: Table, column: Column[Any], values: Sequence[str]) -> None:
        for at in range(0, len(values), _MANY):
            self._connection.execute(table.delete().where(column.in_(values[at : at + _MANY])))

    def _in(self, query: Select[Any], column: ColumnElement[Any], ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        for at in range(0, len(ids), _MANY):
            for row in self._connection.execute(query.where(column.in_(ids[at : at + _MANY]))):
                yield row._asdict()


def _newest_claims(query: Select[Any]) -> Select[Any]:
    """The claims of the newest reading of each document, and those imported beside it."""
    return query.join(reading_claims, reading_claims.c.item == claims.c.id).where(shown(reading_claims))
