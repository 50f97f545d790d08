"""A ledger moved from one database to another: all of it in one transaction, verified before that is kept."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, func, select

from dateline.store import LedgerError, Store, open_store, search
from dateline.store.addresses import address_of
from dateline.store.captures import Captures
from dateline.store.schema import captures
from dateline.upkeep.faults import Tell, quiet
from dateline.upkeep.sums import KEPT_TABLES, TABLES, Adder, Sum, batches, table_sum


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: the sum of each table, how many captures' bytes, and why those of others were not."""

    tables: dict[str, Sum]
    captures: int
    missing: tuple[str, ...] = ()


def copy_ledger(old: Store, new: Store, tell: Tell = quiet) -> Copied:
    """Copy all that a ledger holds into an empty one; LedgerError where that holds something already.

    One state of the old ledger is copied, whoever writes to it meanwhile. All of it is kept or nothing: a copy that was
    interrupted is begun anew. Numbers, listings and what is derived are copied as they are; the search index is made
    anew. Before the transaction is kept every table is read back and its sum compared. Captures come first, their
    bytes checked against their hashes; those that are missing or damaged are told in the outcome.
    """
    with old.reading(snapshot=True) as source:
        _refuse_filled(new)
        kept, missing = _copied_captures(source, old, new, tell)
        with new.writing() as target:
            _refuse_rows(target, new.name)
            sums = {table.name: _copied(source, target, table, tell) for table in TABLES}
            tell("search index", 0, 0)
            search.index_all(target)
            _verify(target, sums, new.name, tell)
    return Copied(sums, kept, tuple(missing))


def _refuse_filled(new: Store) -> None:
    """Said before anything is copied; asked again within the transaction."""
    with new.reading() as target:
        _refuse_rows(target, new.name)


def _refuse_rows(target: Connection, name: str) -> None:
    for table in KEPT_TABLES:
        if target.execute(select(table).limit(1)).first() is not None:
            raise LedgerError(f"{name} holds {table.name} already: copy into a new or empty ledger")


def _copied(source: Connection, target: Connection, table: Table, tell: Tell) -> Sum:
    count = int(source.execute(select(func.count()).select_from(table)).scalar() or 0)
    adder, done = Adder(), 0
    for some in batches(source, select(table)):
        for row in some:
            adder.add(tuple(row))
        target.execute(table.insert(), [dict(row._mapping) for row in some])
        done += len(some)
        tell(f"copying {table.name}", done, count)
    return adder.sum


def _verify(target: Connection, sums: dict[str, Sum], name: str, tell: Tell) -> None:
    for at, table in enumerate(TABLES):
        tell("verifying", at, len(TABLES))
        found = table_sum(target, table)
        if found != sums[table.name]:
            raise LedgerError(
                f"{table.name} came out otherwise in {name}: {found.rows:,} rows of sum {found.sha256[:16]}, not "
                f"{sums[table.name].rows:,} of {sums[table.name].sha256[:16]}; nothing was kept"
            )


def _copied_captures(source: Connection, old: Store, new: Store, tell: Tell) -> tuple[int, list[str]]:
    """Copy the bytes that the ledger names; how many contents, and what is wrong with the others."""
    hashes = source.execute(select(captures.c.sha256).distinct().order_by(captures.c.sha256)).scalars().all()
    given, into = Captures(old), Captures(new)
    if not hashes:
        return 0, []
    if given.folder is None or into.folder is None:
        return 0, [f"{len(hashes):,} captures have no folder to be copied from or to: {old.name} → {new.name}"]
    if given.folder.resolve() == into.folder.resolve():
        return len(hashes), []
    kept, missing = 0, []
    for at, sha256 in enumerate(hashes):
        tell("copying captures", at, len(hashes))
        try:
            content = given.content(sha256)
        except LedgerError as error:
            missing.append(str(error))
            continue
        into.keep_bytes(content)
        kept += 1
    return kept, missing


def copied_between(old: str, new: str, tell: Tell = quiet) -> Copied:
    """Copy the ledger at one path or URL to another; what was made there for a copy that failed is taken away again.

    LedgerError where either cannot be opened, or the new one holds something already.
    """
    given = open_store(old, create=False)
    try:
        made = _absent(new)
        try:
            return _into(given, new, tell)
        except BaseException:
            _take_away(made)
            raise
    finally:
        given.close()


def _into(given: Store, new: str, tell: Tell) -> Copied:
    into = open_store(new, create=True)
    try:
        return copy_ledger(given, into, tell)
    finally:
        into.close()


def _absent(url: str) -> Path | None:
    """The file of a ledger that is not there yet, None for what is there or no file."""
    path = address_of(url).path
    if path is None or path.exists() or path.with_name(f"{path.name}.captures").exists():
        return None
    return path


def _take_away(path: Path | None) -> None:
    """Remove what was made for a copy that failed; captures too, unless they were there before."""
    if path is not None:
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)
        shutil.rmtree(path.with_name(f"{path.name}.captures"), ignore_errors=True)
