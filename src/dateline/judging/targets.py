"""What an id or its beginning means: a record, and the claims or documents that a judgement keeps of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import Table, select

from dateline.model import Claim, Matter
from dateline.store import Store, UnknownIdError, View
from dateline.store.expressions import holds_part
from dateline.store.records import fold
from dateline.store.schema import (
    claims,
    disputes,
    documents,
    events,
    judgements,
    notices,
    origin_documents,
    origins,
    presences,
)

_TABLES: Mapping[Matter, Table] = MappingProxyType(
    {
        Matter.CLAIM: claims,
        Matter.DOCUMENT: documents,
        Matter.EVENT: events,
        Matter.ORIGIN: origins,
        Matter.PRESENCE: presences,
        Matter.DISPUTE: disputes,
        Matter.JUDGEMENT: judgements,
        Matter.NOTICE: notices,
    }
)
_PRESENCE = ("supports", "departures", "planned", "alleged", "denied", "conditional")
_LAST = "\U0010ffff"
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Target:
    """A record that was named: what it is, its id, and the ids of claims or documents that stand for it.

    `record` is that of a derived one, as JSON types.
    """

    matter: Matter
    id: str
    members: tuple[str, ...]
    record: Mapping[str, Any]


class Targets:
    """Finds what ids mean in a ledger whose derived tables are up to date."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, identifier: str, *matters: Matter) -> Target:
        """The record of an id or of its beginning, of one of the kinds; UnknownIdError says what it is instead.

        An id that an imported claim or report had where it came from finds it too.
        """
        wanted = identifier.strip()
        found = self._like(wanted, matters) if wanted else []
        if not found and wanted:
            found = [pair for item in View(self._store).knows(wanted) for pair in self._like(item, matters)]
        exact = [pair for pair in found if pair[1] == wanted] or found
        if len(exact) == 1:
            return self._target(*exact[0])
        if found:
            raise UnknownIdError(f"{wanted!r} is the beginning of {', '.join(key for _, key in found)}")
        others = self._like(wanted, tuple(_TABLES)) if wanted else []
        asked = " or ".join(_a(matter) for matter in matters)
        if others:
            raise UnknownIdError(f"{others[0][1]} is {_a(others[0][0])}, not {asked}")
        raise UnknownIdError(f"{wanted!r} is not known in {self._store.name}; {asked} is needed")

    def claims(self, identifiers: Sequence[str]) -> tuple[str, ...]:
        """The full ids of claims, each once."""
        return tuple(dict.fromkeys(self.find(one, Matter.CLAIM).id for one in identifiers))

    def notices(self, identifiers: Sequence[str]) -> tuple[str, ...]:
        """The full ids of notices, each once."""
        return tuple(dict.fromkeys(self.find(one, Matter.NOTICE).id for one in identifiers))

    def claim(self, identifier: str) -> Claim:
        """The claim of a full id, as it was read."""
        return View(self._store).claims_of([identifier])[identifier]

    def holders(self, matter: Matter, member: str) -> list[Target]:
        """The events that a claim is in, or the origin that a document is in."""
        if matter is Matter.ORIGIN:
            query = select(origin_documents.c.origin.label("id")).where(origin_documents.c.document == member)
        else:
            query = select(events.c.id).where(holds_part(events.c.record, f'"{member}"'))
        with self._store.reading() as connection:
            ids = connection.execute(query).scalars().all()
        found = [self._target(matter, key) for key in sorted(ids)]
        return [target for target in found if member in target.members]

    def names(self, source: str) -> bool:
        """Whether any report has a source, relay, agency or outlet of that name."""
        key = fold(source)
        agencies = select(documents.c.agency).where(documents.c.agency.is_not(None)).distinct()
        outlet = select(documents.c.id).where(documents.c.outlet_key == key)
        said = select(claims.c.id).where(claims.c.source_key.contains(key, autoescape=True))
        with self._store.reading() as connection:
            if connection.execute(outlet.limit(1)).first() or connection.execute(said.limit(1)).first():
                return True
            return any(fold(agency) == key for agency in connection.execute(agencies).scalars())

    def _like(self, prefix: str, matters: Sequence[Matter]) -> list[tuple[Matter, str]]:
        found: list[tuple[Matter, str]] = []
        with self._store.reading() as connection:
            for matter in matters:
                table = _TABLES[matter]
                query = select(table.c.id).where(table.c.id >= prefix, table.c.id < prefix + _LAST)
                ids = connection.execute(query.order_by(table.c.id).limit(_SHOWN)).scalars()
                found += [(matter, key) for key in ids]
        return found[:_SHOWN]

    def _target(self, matter: Matter, key: str) -> Target:
        if matter in (Matter.CLAIM, Matter.DOCUMENT, Matter.JUDGEMENT, Matter.NOTICE):
            return Target(matter, key, (key,), {})
        table = _TABLES[matter]
        with self._store.reading() as connection:
            record = json.loads(connection.execute(select(table.c.record).where(table.c.id == key)).scalar_one())
        return Target(matter, key, tuple(dict.fromkeys(_members(matter, record))), record)


def _members(matter: Matter, record: Mapping[str, Any]) -> list[str]:
    if matter is Matter.ORIGIN:
        return list(record["documents"])
    if matter is Matter.DISPUTE:
        return [claim for side in record["sides"] for claim in side["claims"]]
    if matter is Matter.PRESENCE:
        return [claim for name in _PRESENCE for claim in record[name]]
    return list(record["claims"])


def _a(matter: Matter) -> str:
    return f"an {matter}" if matter in (Matter.EVENT, Matter.ORIGIN) else f"a {matter}"
