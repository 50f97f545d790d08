"""Whether the database itself is sound: SQLite's own checks, and tables, indexes and guards as they should be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from dateline.store import open_store
from dateline.upkeep.faults import COPY, MOST, RESTORE, Fault

_OWN: Final = "sqlite_"
_GUARD: Final = re.compile(r"_no_(update|delete|replace)$")


def structure(connection: Connection) -> Iterator[Fault]:
    """What is wrong with a SQLite file; nothing to say of another database, which looks after itself."""
    if connection.dialect.name != "sqlite":
        return
    for (told,) in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST})"):
        if told != "ok":
            yield Fault("the file", "", told, RESTORE)
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(MOST):
        yield Fault(row[0], f"row {row[1]}", f"it names a row of {row[2]} that is not there", RESTORE)
    yield from _laid_out(connection)


def _laid_out(connection: Connection) -> Iterator[Fault]:
    """Tables, indexes, views and triggers against those of a new ledger."""
    with open_store(":memory:", create=True).reading() as fresh:
        wanted = _objects(fresh)
    found = _objects(connection)
    for name, (sort, sql) in sorted(wanted.items()):
        is_guard = sort == "trigger" and _GUARD.search(name) is not None
        if name not in found:
            told = f"the guard {name} is missing: rows could be changed" if is_guard else f"{sort} {name} is missing"
            yield Fault(_table(name) if is_guard else "the schema", "", told, COPY)
        elif found[name] != (sort, sql):
            yield Fault("the schema", "", f"{sort} {name} is not as this program makes it", COPY)
    for name in sorted(found.keys() - wanted.keys()):
        if found[name][0] == "trigger":
            yield Fault("the schema", "", f"trigger {name} is none of dateline's", f"look at what it does; {COPY}")


def _objects(connection: Connection) -> dict[str, tuple[str, str]]:
    """What the schema holds: sort and statement by name, however that is spaced."""
    rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: (sort, " ".join(sql.split())) for sort, name, sql in rows if not name.startswith(_OWN)}


def _table(guard: str) -> str:
    return _GUARD.sub("", guard)
