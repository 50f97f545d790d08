"""Whether documents and claims are what their ids and columns say, and every claim quotes its document."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, func, select

from dateline.model import Claim, claim_id, identified
from dateline.releases.checking import misplaced
from dateline.store.records import claim_row, coded, decoded, document_of, document_row
from dateline.store.schema import claims, documents, evidence, runs
from dateline.upkeep.faults import RESTORE, Fault, Tell

CHUNK: Final = 200
BROKEN: Final = (ValueError, TypeError, KeyError, AttributeError, msgspec.MsgspecError)
"""What values that a damaged row holds can raise."""


@dataclass(slots=True)
class Seen:
    """How many claims were looked at, and of how many no id could be made again: other programs made those."""

    claims: int = 0
    foreign: int = 0


def reports(connection: Connection, seen: Seen, tell: Tell) -> Iterator[Fault]:
    """What is wrong with documents and their claims, document by document."""
    total = int(connection.execute(select(func.count()).select_from(documents)).scalar() or 0)
    known = frozenset(_ours(connection))
    last, done = -1, 0
    while True:
        query = select(documents).where(documents.c.number > last).order_by(documents.c.number).limit(CHUNK)
        rows = [dict(row) for row in connection.execute(query).mappings()]
        if not rows:
            return
        last = rows[-1]["number"]
        yield from _some(connection, rows, known, seen)
        done += len(rows)
        tell("documents and claims", done, total)


def _ours(connection: Connection) -> Iterator[int]:
    """The numbers of the runs whose claims have ids that can be made again: those of this extractor."""
    from dateline.extract import VERSION

    yield from connection.execute(select(runs.c.number).where(runs.c.extractor == VERSION)).scalars()


def _some(
    connection: Connection, rows: Sequence[Mapping[str, Any]], known: frozenset[int], seen: Seen
) -> Iterator[Fault]:
    ids = [row["id"] for row in rows]
    kept = connection.execute(select(claims).where(claims.c.document.in_(ids)).order_by(claims.c.number)).mappings()
    of: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in kept:
        of[one["document"]].append(dict(one))
    joined = select(evidence).join(claims, claims.c.id == evidence.c.claim).where(claims.c.document.in_(ids))
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for span in connection.execute(joined.order_by(evidence.c.claim, evidence.c.position)):
        spans[span.claim].append((span.start, span.end))
    for row in rows:
        yield from (Fault("documents", str(row["id"]), wrong, RESTORE) for wrong in _document(row))
        for claim in of[row["id"]]:
            seen.claims += 1
            told = _claim(claim, row, spans[claim["id"]])
            yield from (Fault("claims", str(claim["id"]), wrong, RESTORE) for wrong in told)
            if claim["run"] not in known:
                seen.foreign += 1
            else:
                yield from _identity(claim)


def _document(row: Mapping[str, Any]) -> Iterator[str]:
    try:
        document = document_of(row)
        if identified(document).id != row["id"]:
            yield "its id is not the hash of its text and details"
        wanted = document_row(document)
    except BROKEN as error:
        yield f"it cannot be read: {error}"
        return
    yield from _columns(row, wanted)


def _claim(row: Mapping[str, Any], of: Mapping[str, Any], spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    try:
        claim = decoded(Claim, row["record"])
        if unknown(row["record"], claim):
            yield "its record holds what no claim has"
        wanted = claim_row(claim, document_of(of), row["run"]) | {"record": row["record"]}
    except BROKEN as error:
        yield f"it cannot be read: {error}"
        return
    yield from _columns(row, wanted)
    if [(part.start, part.end) for part in claim.evidence] != list(spans):
        yield "its evidence is not that of its record"
    text = of["text"]
    if not claim.evidence:
        yield "it has no evidence"
    yield from misplaced(((p.start, p.end, p.exact) for p in claim.evidence), text, str(of["id"]))


def _identity(row: Mapping[str, Any]) -> Iterator[Fault]:
    from dateline.extract import VERSION

    try:
        claim = _as_read(decoded(Claim, row["record"]), json.loads(row["record"]))
        fits = claim_id(claim, VERSION) == row["id"]
    except BROKEN:
        return
    if not fits:
        yield Fault("claims", str(row["id"]), "its id is not the hash of what it says", RESTORE)


def _as_read(claim: Claim, record: Mapping[str, Any]) -> Claim:
    """The claim with its numbers as they were read, whole or with a point: ids differ by it."""
    slots: dict[str, Any] = {}
    for slot, names in (("place", ("lat", "lon", "uncertainty")), ("quantity", ("low", "high"))):
        value = getattr(claim, slot)
        if value is not None:
            told = {name: record[slot][name] for name in names if name in record[slot]}
            slots[slot] = replace(value, **told)
    return replace(claim, **slots)


def unknown(record: str, value: Any) -> bool:
    """Whether the JSON of a value holds something that the value, as it was read from it, does not."""
    again = coded(value)
    return again != record and not _within(json.loads(record), json.loads(again))


def _within(one: Any, other: Any) -> bool:
    """Whether all of one is in the other; an older program's record lacks fields that a newer one adds."""
    if isinstance(one, dict):
        return isinstance(other, dict) and all(key in other and _within(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(_within, one, other))
    return bool(one == other)


def _columns(row: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[str]:
    """The columns that are not what the record of the row says."""
    for name, value in wanted.items():
        if row[name] != value:
            yield f"{name} is not what its record says"
