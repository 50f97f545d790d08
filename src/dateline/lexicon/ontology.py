"""The ontology of kinds: what each means, its finer codes, and the nearest codes of PLOVER, CAMEO and ACLED."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.lexicon.language import LexiconError, load_yaml
from dateline.model import Kind

PLOVER_TYPES = frozenset({
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
})  # fmt: skip
"""The types of the PLOVER manual and table of 2021."""


@dataclass(frozen=True, slots=True)
class Code:
    """A meaning with its nearest codes elsewhere; None where that scheme has none.

    `plover` is the PLOVER type and `mode` its mode, `cameo` a CAMEO code of two or three digits as a string, `acled`
    an ACLED sub-event type.
    """

    definition: str
    plover: str | None
    mode: str | None
    cameo: str | None
    acled: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind: its own code, whether it is a state, sentences that show it, a near miss, and its finer codes by name."""

    kind: Kind
    code: Code
    state: bool
    examples: tuple[str, ...]
    near_miss: tuple[str, Kind]
    codes: Mapping[str, Code]


@cache
def ontology() -> Mapping[Kind, Entry]:
    """The entry of every kind, in the order of the file; raises LexiconError where it is not of that shape."""
    table = {}
    for name, row in load_yaml("ontology.yaml").items():
        try:
            table[Kind(name)] = _entry(Kind(name), row)
        except (KeyError, TypeError, ValueError) as error:
            raise LexiconError(f"ontology.yaml: {name}: {error!r}") from error
    if missing := set(Kind) - set(table):
        raise LexiconError(f"ontology.yaml: no entry for {sorted(missing)}")
    return table


def _entry(kind: Kind, row: Mapping[str, Any]) -> Entry:
    return Entry(
        kind=kind,
        code=_code(row),
        state=row.get("state") == "true",
        examples=tuple(row["examples"]),
        near_miss=(row["not"]["text"], Kind(row["not"]["kind"])),
        codes={name: _code(code) for name, code in row["codes"].items()},
    )


def _code(row: Mapping[str, Any]) -> Code:
    plover, mode, cameo, acled = (None if row[k] == "null" else row[k] for k in ("plover", "mode", "cameo", "acled"))
    if plover is not None and plover not in PLOVER_TYPES:
        raise ValueError(f"unknown PLOVER type {plover}")
    return Code(row["definition"], plover, mode, cameo, acled)
