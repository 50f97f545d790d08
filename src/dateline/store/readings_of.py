"""Which run read a claim, and when that was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from dateline.store.schema import claims, entries, runs

_MANY = 500


@dataclass(frozen=True, slots=True)
class ReadBy:
    """The id of the run that read (or imported) a claim, and the moment in UTC; None where the log has none."""

    run: str
    recorded_at: str | None

    def to_the_second(self) -> ReadBy:
        """The same without the microseconds of its moment."""
        return ReadBy(self.run, None if self.recorded_at is None else f"{self.recorded_at[:19]}Z")


class Readings:
    """The readings of one state of a ledger; the moments are read once, some 200 bytes a report."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        logged = select(entries.c.item, entries.c.run, entries.c.recorded_at).where(entries.c.what == "reading")
        self._moments = {(row.item, row.run): row.recorded_at for row in connection.execute(logged)}

    def of(self, ids: Sequence[str]) -> dict[str, ReadBy]:
        """The first reading that gave each claim; unknown ids are left out."""
        joined = claims.join(runs, runs.c.number == claims.c.run)
        query = select(claims.c.id, claims.c.document, claims.c.run, runs.c.id.label("name")).select_from(joined)
        found: dict[str, ReadBy] = {}
        for at in range(0, len(ids), _MANY):
            for row in self._connection.execute(query.where(claims.c.id.in_(ids[at : at + _MANY]))):
                found[row.id] = ReadBy(row.name, self._moments.get((row.document, row.run)))
        return found
