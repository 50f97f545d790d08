"""The filters of a list as they stand in an address; what cannot be read there is said in words and left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from fastapi import Request

from dateline.model import DisputeKind, DisputeStatus, Kind, Stage, Stance, Standing
from dateline.store import Filters
from dateline.store.paging import Paging, PagingError, Slice, SortError

T = TypeVar("T")

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


def paged(
    request: Request, asked: Wanted, listing: Callable[[Filters, Paging], Slice[T]], *, rows: int = 50
) -> tuple[Slice[T], tuple[str, ...]]:
    """The page of a listing that the address asks for, its first where `cursor` or `sort` are none, which is told."""
    cursor, sort = request.query_params.get("cursor") or None, request.query_params.get("sort") or None
    try:
        return listing(asked.filters, Paging(rows, cursor, sort)), asked.refused
    except SortError as error:
        return listing(asked.filters, Paging(rows)), (*asked.refused, str(error))
    except PagingError:
        told = "That page of the list is gone or was of other filters: this is the first one."
        return listing(asked.filters, Paging(rows, None, sort)), (*asked.refused, told)


def wanted(request: Request, names: Sequence[str], *, keep: Sequence[str] = ("sort",)) -> Wanted:
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
    return Wanted(Filters(**values), given, kept, tuple(refused))


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
