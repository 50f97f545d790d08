"""The filters of a list as they stand in an address; what cannot be read there is said in words and left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

from dateline.model import DisputeKind, DisputeStatus, Kind, Stage, Stance, Standing
from dateline.store import Filters

_ENUMS: Mapping[str, type[StrEnum]] = {
    "kind": Kind,
    "stance": Stance,
    "status": Standing,
    "stage": Stage,
    "type": DisputeKind,
    "state": DisputeStatus,
}
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of an address: `given` as they were typed ("" where not), by name; `refused` says what is bad.

    `kept` are further parameters of the address that stay while one pages.
    """

    filters: Filters
    given: Mapping[str, str]
    kept: Mapping[str, Sequence[str]]
    refused: tuple[str, ...]

    @property
    def filters_any(self) -> bool:
        """Whether any filter is given."""
        return any(self.given.values())

    def address(self, path: str, **more: str | Sequence[str] | None) -> str:
        """`path` with these filters and `more` parameters in place of those of the same name; None leaves one out."""
        return with_query(path, {**self.given, **self.kept, **more})


def with_query(path: str, pairs: Mapping[str, str | Sequence[str] | None]) -> str:
    """`path` with a query of the pairs that have a value."""
    query = urlencode({name: value for name, value in pairs.items() if value}, doseq=True, errors="replace")
    return f"{path}?{query}" if query else path


def wanted(
    request: Request, names: Sequence[str], *, limit: int | None = None, keep: Sequence[str] = ("sort",)
) -> Wanted:
    """The filters of a request by the names of `Filters`' fields that the list knows; `text` stands as `q`.

    `keep` names further parameters that stay in the address.
    """
    given = {"q" if name == "text" else name: "" for name in names}
    values: dict[str, Any] = {}
    refused = []
    for name in names:
        typed = request.query_params.get("q" if name == "text" else name, "").strip()
        if not typed:
            continue
        given["q" if name == "text" else name] = typed
        try:
            values[name] = _value(name, typed)
        except ValueError as error:
            refused.append(str(error))
    kept = {name: request.query_params.getlist(name) for name in keep}
    return Wanted(Filters(**values, limit=limit), given, kept, tuple(refused))


def _value(name: str, typed: str) -> Any:
    if len(typed) > _LONGEST:
        raise ValueError(f"{name} is longer than {_LONGEST} characters and was left out")
    if name in _ENUMS:
        known = _ENUMS[name]
        if typed not in set(known):
            raise ValueError(f"“{typed}” is no {name}; there are {', '.join(known)}")
        return known(typed)
    if name in ("since", "until"):
        if _DAY.fullmatch(typed) is None:
            raise ValueError(f"“{typed}” is no day: write it as 2024-05-03")
        return typed
    if name == "origins":
        if not typed.isdecimal() or len(typed) > 9:
            raise ValueError(f"“{typed}” is no number")
        return int(typed)
    return typed
