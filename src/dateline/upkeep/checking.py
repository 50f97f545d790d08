"""Whether a ledger is sound: in one pass that changes nothing and holds little of it at a time."""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from dateline import reconcile
from dateline.store import LedgerError, Store, open_store
from dateline.store.captures import Captures, folder_of
from dateline.store.derived import Derived
from dateline.store.opening import schema_at
from dateline.store.schema import VERSION, captures
from dateline.store.sqlite import probing
from dateline.upkeep.anew import differences
from dateline.upkeep.faults import MOST, RESTORE, Fault, Tell, quiet
from dateline.upkeep.others import others
from dateline.upkeep.reports import BROKEN, Seen, reports
from dateline.upkeep.structure import structure

_RECORDS: Final = "reports, claims and the log"


class Depth(IntEnum):
    """How much of a ledger is looked at: its rows, the bytes of captures too, and what is made anew to compare."""

    ROWS = 0
    BYTES = 1
    ANEW = 2


@dataclass(slots=True)
class Outcome:
    """What a check came to: `notes` say what was seen besides and what could not be checked, `faults` how many."""

    notes: list[str] = field(default_factory=list)
    faults: int = 0


def checked(url: str | Path, outcome: Outcome, *, depth: Depth = Depth.ANEW, tell: Tell = quiet) -> Iterator[Fault]:
    """The faults of the ledger at a path or URL, one after the other as they are found.

    Nothing is written to it: a ledger of an older schema is checked in a copy that is brought to the newest.
    LedgerError where it cannot be read at all.
    """
    with _opened(url, outcome) as store:
        for fault in _limited(_all(store, outcome, depth, tell)):
            outcome.faults += 1
            yield fault


@contextmanager
def _opened(url: str | Path, outcome: Outcome) -> Iterator[Store]:
    version = schema_at(url)
    if version is None or version == VERSION:
        store = open_store(url, create=False)
        try:
            yield store
        finally:
            store.close()
        return
    with tempfile.TemporaryDirectory(prefix="dateline-check-") as folder:
        copy = Path(folder) / Path(str(url)).name
        with probing(Path(str(url).removeprefix("sqlite:///"))) as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(copy),))
        given = folder_of(str(url).removeprefix("sqlite:///"))
        if given is not None and given.is_dir():
            Path(f"{copy}.captures").symlink_to(given.resolve())
        outcome.notes.append(f"it has schema {version} and was checked as this program would bring it to {VERSION}")
        store = open_store(copy, create=False)
        try:
            yield store
        finally:
            store.close()


def _all(store: Store, outcome: Outcome, depth: Depth, tell: Tell) -> Iterator[Fault]:
    seen = Seen()
    with store.reading(snapshot=True) as connection:
        tell("the file", 0, 0)
        yield from _read("the file", structure(connection))
        yield from _read(_RECORDS, reports(connection, seen, tell))
        yield from _read(_RECORDS, others(connection))
        if depth >= Depth.BYTES:
            yield from _read("captures", _captures(connection, store, outcome, tell))
        outcome.notes += _standing(connection)
    if seen.foreign:
        told = f"{seen.foreign:,} of {seen.claims:,} claims have ids that this program cannot make again"
        outcome.notes.append(f"{told}: another version read them, or they were imported")
    if depth >= Depth.ANEW:
        yield from _read("what is derived", differences(store, tell))


def _read(what: str, faults: Iterator[Fault]) -> Iterator[Fault]:
    """Faults as they come; where the file is so damaged that no more can be read, that is one too."""
    try:
        yield from faults
    except LedgerError as error:
        if "no room" in str(error):
            raise
        yield Fault(what, "", f"it cannot be read further: {error}", RESTORE)
    except (DBAPIError, sqlite3.Error, *BROKEN) as error:
        yield Fault(what, "", f"it cannot be read further: {getattr(error, 'orig', error)}", RESTORE)


def _captures(connection: Connection, store: Store, outcome: Outcome, tell: Tell) -> Iterator[Fault]:
    """That the bytes of every capture are there and have the hash and the size that the ledger knows."""
    kept = Captures(store)
    total = int(connection.execute(select(func.count()).select_from(captures)).scalar() or 0)
    if total and (kept.folder is None or not kept.folder.is_dir()):
        told = f"the folder {kept.folder} of {total:,} captures is not there"
        yield Fault("captures", "", told, "copy it beside the ledger, or restore both from a backup")
        return
    c = captures.c
    rows = connection.execute(select(c.id, c.sha256, c.size).order_by(c.number).execution_options(yield_per=MOST))
    for at, row in enumerate(rows):
        tell("captures", at, total)
        try:
            size = len(kept.content(row.sha256))
        except LedgerError as error:
            yield Fault("captures", row.id, str(error), "add the report again, or restore it from a backup")
            continue
        if size != row.size:
            yield Fault("captures", row.id, f"it has {size:,} bytes, not {row.size:,}", RESTORE)
    if kept.folder is not None and kept.folder.is_dir():
        parts = sum(1 for _ in kept.folder.glob("*/.*.part"))
        if parts:
            outcome.notes.append(f"{parts:,} unfinished captures lie in {kept.folder}: no report has them")


def _standing(connection: Connection) -> Iterator[str]:
    """How far what is derived goes: that it is behind is no fault."""
    tables = Derived(connection)
    marked, last = tables.marked(), tables.last_entry()
    if marked is None or marked[0] != reconcile.VERSION:
        yield "nothing is derived by the rules of this program yet: the next question does it"
    elif marked[1] < last:
        yield f"what is derived is {last - marked[1]:,} entries of the log behind: the next question does the rest"


def _limited(faults: Iterable[Fault]) -> Iterator[Fault]:
    """The first faults of each sort in each table, and how many more there are."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for fault in faults:
        sort = (fault.table, fault.todo, fault.wrong[:12])
        counts[sort] += 1
        if counts[sort] <= MOST:
            yield fault
    for (table, todo, _), count in counts.items():
        if count > MOST:
            yield Fault(table, "", f"and {count - MOST:,} more of this sort", todo)
