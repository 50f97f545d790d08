"""Since when and until when named actors exist, what they came from and what followed them (`actors/chains.csv`).

Read when first asked for, not at start-up: finding names does not need it. Facts are put together for this project;
the source of each row says where they can be checked.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

_DAY = re.compile(r"(?:1[6-9]|20)\d\d(?:-(?:0[1-9]|1[0-2]))?$")
_COLUMNS = frozenset({"name", "kind", "since", "until", "predecessors", "successors", "source"})
_FILE = "actors/chains.csv"


class ActorKind(StrEnum):
    """What sort of actor a named one is; narrower than its sector for bodies of many states."""

    PERSON = "person"
    GOVERNMENT = "government"
    FORCE = "force"
    POLICE = "police"
    ARMED_GROUP = "armed group"
    COMPANY = "private military company"
    MISSION = "mission"
    ALLIANCE = "alliance"
    COURT = "court"
    ORGANISATION = "organisation"
    PARTY = "party"
    NGO = "non-governmental organisation"
    OUTLET = "outlet"
    BUSINESS = "business"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class History:
    """The life of an actor under its name; months ("2013-04") or years ("2014"), None where unknown or still there.

    `predecessors` are what it was renamed, split or merged from, `successors` what took its place or took it in:
    canonical names, some of them of actors that the lexicon does not list. `kind` is None where the sector tells.
    """

    kind: ActorKind | None = None
    since: str | None = None
    until: str | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    source: str | None = None


_NOTHING_KNOWN = History()


def history(name: str) -> History:
    """The history of an actor by its canonical name; one without a fact where the table has none."""
    return histories().get(name, _NOTHING_KNOWN)


@cache
def histories() -> Mapping[str, History]:
    """Every row of the table by canonical name; ValueError names the entry that breaks the schema."""
    found: dict[str, History] = {}
    table = files("dateline.lexicon").joinpath(_FILE).read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        if set(row) != _COLUMNS or None in row.values():
            raise ValueError(f"{_FILE}: {row.get('name')!r}: columns must be {', '.join(sorted(_COLUMNS))}")
        name = row["name"]
        if not name or name in found:
            raise ValueError(f"{_FILE}: {name!r} has no name or stands twice")
        found[name] = _history(row)
    return found


def _history(row: Mapping[str, str]) -> History:
    since, until = _when(row, "since"), _when(row, "until")
    if since is not None and until is not None and until < since[: len(until)]:
        raise ValueError(f"{_FILE}: {row['name']!r} ends before it begins")
    before, after = _names(row["predecessors"]), _names(row["successors"])
    if row["name"] in (*before, *after):
        raise ValueError(f"{_FILE}: {row['name']!r} follows itself")
    source = row["source"] or None
    if source is None and (since or until or before or after):
        raise ValueError(f"{_FILE}: {row['name']!r} needs a source")
    if source is not None and not source.startswith("https://"):
        raise ValueError(f"{_FILE}: {row['name']!r}: the source is no https address")
    try:
        kind = ActorKind(row["kind"]) if row["kind"] else None
    except ValueError as error:
        raise ValueError(f"{_FILE}: {row['name']!r}: {row['kind']!r} is no kind of actor") from error
    return History(kind, since, until, before, after, source)


def _when(row: Mapping[str, str], column: str) -> str | None:
    value = row[column]
    if value and _DAY.match(value) is None:
        raise ValueError(f"{_FILE}: {row['name']!r}: {column} {value!r} is neither YYYY nor YYYY-MM")
    return value or None


def _names(written: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in written.split(";") if part.strip())
