"""The ledger that the desk is measured on: made-up reports of some three claims each, written fast and derived once."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from dateline.derivation import rebuild
from dateline.model import Run
from dateline.store import open_store
from dateline.store.listing import list_all
from dateline.store.records import claim_row, document_row, run_row
from dateline.store.schema import claims, documents, entries, evidence, reading_claims, readings, runs
from dateline.store.search import index_all
from made_up import Report, reports

SEED = 7
LINES = 2.6
"""With copies cut short this comes to three claims a report."""
FILLING = 120
BATCH = 2000
RUN = Run("run-made-up", "made up", "none", "3.11", "none")
RECORDED = "2025-01-01T00:00:00Z"


def made(wanted: int, *, seed: int = SEED) -> Iterator[Report]:
    """So many reports, their claims read with confidences from 0.3 to 1."""
    for document, found in islice(reports(seed, wanted * 3 + 100, lines=LINES, filling=FILLING), wanted):
        yield document, [replace(claim, confidence=0.3 + int(claim.id[-4:], 16) % 700 / 1000) for claim in found]


def ledger(folder: Path, wanted: int) -> Path:
    """A ledger of so many reports in a folder, made there unless an earlier run did."""
    path = folder / f"desk-{wanted}.db"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    for left in folder.glob(f"{new.name}*"):
        left.unlink()
    began = time.perf_counter()
    count = _write(new, wanted)
    print(f"wrote {wanted} reports with {count} claims in {time.perf_counter() - began:.0f} s", flush=True)
    began = time.perf_counter()
    store = open_store(new, create=False)
    rebuild(store)
    with store.reading() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    print(f"derived what they tell in {time.perf_counter() - began:.0f} s", flush=True)
    new.rename(path)
    return path


def _write(path: Path, wanted: int) -> int:
    store = open_store(path, create=True)
    some, count, number = made(wanted), 0, 0
    with store.writing() as connection:
        connection.execute(runs.insert(), [{"number": 1} | run_row(RUN)])
    while batch := list(islice(some, BATCH)):
        with store.writing() as connection:
            count = _add(connection, batch, number, count)
        number += len(batch)
    with store.writing() as connection:
        list_all(connection)
        index_all(connection)
    store.close()
    return count


def _add(connection: Connection, batch: Sequence[Report], number: int, count: int) -> int:
    """Write a batch the way `Writer` does, after so many reports and claims; how many claims there are then."""
    rows = [{"number": number + at} | document_row(document) for at, (document, _) in enumerate(batch, 1)]
    connection.execute(documents.insert(), rows)
    told = [(document, claim) for document, found in batch for claim in found]
    numbered = [(count + at, claim) for at, (_, claim) in enumerate(told, 1)]
    connection.execute(
        claims.insert(),
        [
            {"number": at} | claim_row(claim, document, 1)
            for (document, claim), (at, _) in zip(told, numbered, strict=True)
        ],
    )
    spans = [(claim.id, at, part) for _, claim in told for at, part in enumerate(claim.evidence)]
    connection.execute(
        evidence.insert(),
        [{"claim": key, "position": at, "start": part.start, "end": part.end} for key, at, part in spans],
    )
    read = [{"document": document.id, "run": 1, "claims": len(found), "issues": 0} for document, found in batch]
    connection.execute(readings.insert(), read)
    given = [
        {"document": document.id, "run": 1, "position": at, "item": claim.id}
        for document, found in batch
        for at, claim in enumerate(found)
    ]
    connection.execute(reading_claims.insert(), given)
    logged = [{"recorded_at": RECORDED, "what": "reading", "item": row["document"], "run": 1} for row in read]
    connection.execute(entries.insert(), logged)
    return count + len(told)
