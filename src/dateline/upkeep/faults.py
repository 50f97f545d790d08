"""What a check finds wrong with a ledger, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

RESTORE: Final = "restore the ledger from a backup (dateline restore)"
REBUILD: Final = "run dateline rebuild --all"
COPY: Final = "copy it into a new ledger (dateline copy), which has it"

MOST: Final = 50
"""Faults of one sort in one table that are told one by one; the rest is counted."""

Tell = Callable[[str, int, int], None]
"""Called now and then with what is being done, how far it is, and of how much (0: not known)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which table, the id of the row ("" for all of it), what it is and what to do."""

    table: str
    item: str
    wrong: str
    todo: str


def quiet(_what: str, _done: int, _of: int) -> None:
    """Tell nobody how far it is."""
