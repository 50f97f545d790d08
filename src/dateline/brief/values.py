"""The values of a brief's sentences: each knows what it is, so that any language can write it and a test check it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dateline.model import Claim, Document, as_record


@dataclass(frozen=True, slots=True)
class Amount:
    """Bounds of a figure; None is a bound that nobody gives, both None: the number is not said.

    `unit` is one of `dateline.model.Unit`; `words` are those of a report, for units that are no closed word.
    """

    low: float | None
    high: float | None
    unit: str = "personnel"
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """From an ISO day to another, both inclusive; None is an open end."""

    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class Beginning:
    """A day on which something began, with how well it is known (`dateline.model.Step`); None: not known at all."""

    day: str | None
    precise: bool
    asserted: bool


@dataclass(frozen=True, slots=True)
class Party:
    """A force, state or body by its canonical name; countries in it can be written in another language."""

    name: str


@dataclass(frozen=True, slots=True)
class Host:
    """A country by its alpha-3 code, or a region by its name."""

    code: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things; `thing` is a noun of the language file."""

    number: int
    thing: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a closed list: the list and the word in it, both as the language file has them."""

    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a report or of the ledger, which stay as they are in every language."""

    text: str


@dataclass(frozen=True, slots=True)
class Voices:
    """Who says something, then through whom it reached the report, nearest to the report last.

    `source` None: one who is not named, of this `kind` (`dateline.model.SourceKind`), or, without a kind, the report
    itself, of an outlet that is not known.
    """

    source: str | None
    kind: str | None = None
    via: tuple[str, ...] = ()


Value = Amount | Days | Beginning | Party | Host | Count | Term | Words | Voices


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence: the key of its template in the language file, and the values of its places."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


def part(key: str, **values: Value) -> Part:
    """A piece of a sentence from keyword values."""
    return Part(key, values)


def voices_of(claim: Claim, report: Document) -> Voices:
    """Who says a claim; the outlet where the report speaks for itself."""
    said = claim.attribution
    if said is None:
        return Voices(report.outlet)
    return Voices(None if said.source is None else said.source.name, str(said.source_kind), tuple(reversed(said.via)))


def value_record(value: Value) -> dict[str, Any]:
    """A value as JSON types, with what it is.

    >>> value_record(Count(2, "origin"))
    {'is': 'count', 'number': 2, 'thing': 'origin'}
    """
    return {"is": type(value).__name__.lower(), **as_record(value)}
