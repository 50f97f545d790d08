"""Claims in their blocks, and what each block comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dateline.model import Claim, Dispute, Document, Event, Presence
from dateline.reconcile.disputes import disputes
from dateline.reconcile.events import event_block, events
from dateline.reconcile.presence import presence, presence_block
from dateline.reconcile.reports import Reports
from dateline.reconcile.verdicts import Verdicts, judged
from dateline.store.derived import Derived

STAGES = ("event", "presence")
CHUNK = 200
Block = tuple[str, str]
"""A stage and the name of one of its blocks."""
Unit = tuple[str, tuple[str, ...]]
"""A stage and the blocks of it that are derived together."""


def place_claims(tables: Derived, ids: list[str], standing: Verdicts) -> None:
    """Put the claims of documents, as corrected, into the blocks they are compared in."""
    for at in range(0, len(ids), CHUNK):
        some = ids[at : at + CHUNK]
        _, placed = tables.blocks_of_documents(some)
        tables.drop_blocks_of(sorted(placed))
        headers = tables.documents(some)
        rows: list[tuple[str, str, str]] = []
        for document, claims in tables.claims_of_documents(some).items():
            for claim in _effective(claims, standing):
                for stage, block in zip(STAGES, _blocks(claim, headers[document]), strict=True):
                    if block is not None:
                        rows.append((claim.id, stage, block))
        tables.put_blocks(rows)


def _blocks(claim: Claim, header: Document) -> tuple[str | None, str | None]:
    return event_block(claim, header), presence_block(claim, header)


def _effective(claims: Iterable[Claim], standing: Verdicts) -> Iterator[Claim]:
    for claim in claims:
        corrected = judged(claim, standing)
        if corrected is not None:
            yield corrected


def affected_by(tables: Derived, targets: set[str]) -> set[Block]:
    """The blocks of claims, or of the claims of documents, that judgements are about."""
    ids = sorted(targets)
    return tables.blocks_of_claims(ids) | tables.blocks_of_documents(ids)[0]


def derive_all(tables: Derived, standing: Verdicts) -> None:
    """Derive events, presences and disputes of every block."""
    names = {(stage, block) for stage in STAGES for block in tables.block_names(stage)}
    _derive(tables, _units(names, _ties(tables, standing)), standing)


def derive(tables: Derived, blocks: set[Block], standing: Verdicts) -> None:
    """Derive some blocks anew, and those tied to them before or now, in the place of what they came to before."""
    ties = _ties(tables, standing)
    wider = set(blocks)
    while True:
        units = _units(wider, ties)
        found = wider | {(stage, block) for stage, unit in units for block in unit}
        found |= {("event", block) for block in tables.tied_with(_names(found, "event"))}
        if found == wider:
            break
        wider = found
    for stage in STAGES:
        tables.drop_known(stage, _names(wider, stage))
    tables.drop_ties(_names(wider, "event"))
    _derive(tables, units, standing)


def _names(blocks: set[Block], stage: str) -> list[str]:
    return sorted(block for at, block in blocks if at == stage)


def _ties(tables: Derived, standing: Verdicts) -> dict[str, set[str]]:
    """The event blocks that judgements tie to each other, by block."""
    tied = sorted({claim for group in standing.together for claim in group})
    block_of = tables.event_blocks(tied) if tied else {}
    together: dict[str, set[str]] = {}
    for group in standing.together:
        one = {block_of[claim] for claim in group if claim in block_of}
        one |= {other for block in one for other in together.get(block, ())}
        for block in one:
            together[block] = one
    return together


def _units(blocks: set[Block], ties: dict[str, set[str]]) -> list[Unit]:
    """Blocks in order, those that are tied together as one."""
    units = {
        (stage, tuple(sorted(ties.get(block, {block}) if stage == "event" else {block}))) for stage, block in blocks
    }
    return sorted(units)


def _derive(tables: Derived, units: Sequence[Unit], standing: Verdicts) -> None:
    """Derive units, many small ones with the same few questions to the database."""
    for stage in STAGES:
        wanted = [unit for at, unit in units if at == stage]
        for at in range(0, len(wanted), CHUNK):
            _derive_some(tables, stage, wanted[at : at + CHUNK], standing)


def _derive_some(tables: Derived, stage: str, units: Sequence[tuple[str, ...]], standing: Verdicts) -> None:
    for unit in units:
        if len(unit) > 1:
            tables.put_ties(unit)
    unit_of = {block: unit[0] for unit in units for block in unit}
    claims: dict[str, list[Claim]] = {unit[0]: [] for unit in units}
    for block, claim in tables.claims_in(stage, list(unit_of)):
        claims[unit_of[block]].extend(_effective([claim], standing))
    ids = sorted({claim.document for some in claims.values() for claim in some})
    reports = Reports(tables.documents(ids), tables.origins_of(ids))
    known = {name: _known(stage, some, reports, standing) for name, some in claims.items() if some}
    if stage == "event":
        tables.put_events((name, event) for name, (events, _, _) in known.items() for event in events)
    else:
        tables.put_presences((name, row) for name, (_, presences, _) in known.items() for row in presences)
    tables.put_disputes((f"{stage}:{name}", row) for name, (_, _, disputes) in known.items() for row in disputes)


def _known(
    stage: str, claims: Sequence[Claim], reports: Reports, standing: Verdicts
) -> tuple[Sequence[Event], Sequence[Presence], Sequence[Dispute]]:
    """What the claims of one unit come to."""
    happened = events(claims, reports, standing) if stage == "event" else ()
    there = presence(claims, reports, standing) if stage == "presence" else ()
    by_id = {claim.id: claim for claim in claims}
    return happened, there, disputes(happened, there, by_id, reports, standing)
