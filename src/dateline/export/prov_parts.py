"""The parts of a PROV-JSON document, written as they come and put together at the end; values with their types."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, closing
from types import TracebackType
from typing import IO, Any, BinaryIO

from dateline.export.jsonl import line

PREFIXES = {"dl": "urn:dateline:", "dateline": "urn:dateline:terms:", "xsd": "http://www.w3.org/2001/XMLSchema#"}
"""Namespaces: `dl` for what has an id in the ledger, `dateline` for our own types and attributes."""

_IN_MEMORY = 1 << 20
_KINDS = ("entity", "activity", "agent")

Attributes = Mapping[str, Any]


class Parts:
    """A PROV-JSON document in the making: every kind of statement in a spool of its own, on disk when it is long.

    Entities, activities and agents are told once: a second one of an id is passed over. The ids that may come again
    are kept on disk.
    """

    def __init__(self) -> None:
        self._open = ExitStack()
        self._spools: dict[str, IO[bytes]] = {}
        self._told = self._open.enter_context(closing(sqlite3.connect("", isolation_level=None)))
        self._told.execute("PRAGMA journal_mode = OFF")
        self._told.execute("CREATE TABLE told (identifier TEXT PRIMARY KEY) WITHOUT ROWID")
        self._told.execute("BEGIN")
        self._count = 0

    def __enter__(self) -> Parts:
        return self

    def __exit__(self, _type: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        self._open.close()

    def tell(self, kind: str, identifier: str, attributes: Attributes) -> None:
        """An entity, activity or agent that comes once, with its attributes; those without a value are left out."""
        told = {name: value for name, value in attributes.items() if value is not None and value != []}
        self._put(kind, f"dl:{identifier}", told)

    def tell_once(self, kind: str, identifier: str, attributes: Attributes) -> bool:
        """The same for one that may come again; whether this was the first time."""
        first = self._told.execute("INSERT OR IGNORE INTO told VALUES (?)", (identifier,)).rowcount > 0
        if first:
            self.tell(kind, identifier, attributes)
        return first

    def relate(self, kind: str, ends: Mapping[str, str], attributes: Attributes | None = None) -> None:
        """A relation between things; `ends` are ids by the role that PROV gives them (`entity`, `agent`, ...)."""
        self._count += 1
        told = {f"prov:{role}": f"dl:{identifier}" for role, identifier in ends.items()}
        known = {name: value for name, value in (attributes or {}).items() if value is not None}
        self._put(kind, f"_:r{self._count}", told | known)

    def write(self, out: BinaryIO) -> None:
        """The whole document, one statement a line."""
        out.write(b'{"prefix": ' + line(PREFIXES).rstrip(b"\n"))
        for kind in sorted(self._spools, key=lambda kind: (kind not in _KINDS, kind)):
            spool = self._spools[kind]
            spool.seek(0)
            out.write(f',\n"{kind}": {{\n'.encode())
            shutil.copyfileobj(spool, out)
            out.write(b"\n}")
        out.write(b"\n}\n")

    def _put(self, kind: str, key: str, value: Attributes) -> None:
        spool = self._spools.get(kind)
        if spool is None:
            made = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with the others
            spool = self._open.enter_context(made)
            self._spools[kind] = spool
        else:
            spool.write(b",\n")
        spool.write(line({key: value}).strip()[1:-1])


def name(value: str) -> dict[str, str]:
    """A qualified name as a value, such as the type of an entity."""
    return {"$": value, "type": "prov:QUALIFIED_NAME"}


def number(value: float | None) -> dict[str, str] | None:
    """A number; None stays None."""
    return None if value is None else {"$": repr(float(value)), "type": "xsd:double"}


def day(value: str | None) -> dict[str, str] | None:
    """An ISO day."""
    return None if value is None else {"$": value[:10], "type": "xsd:date"}


def address(value: str | None) -> dict[str, str] | None:
    """A URI."""
    return None if value is None else {"$": value, "type": "xsd:anyURI"}


def many(values: Iterable[str]) -> list[str] | str | None:
    """Several values of one attribute: one alone, None for none; a value that comes twice counts once."""
    found = list(dict.fromkeys(values))
    if len(found) < 2:
        return found[0] if found else None
    return found
