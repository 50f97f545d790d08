"""Who somebody is and what he may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Clock = Callable[[], float]
"""Now, in seconds since 1970 (UTC). Passed in, so that tests need not wait."""


class Role(StrEnum):
    """What a person may do: read; judge and add; manage people."""

    READER = "reader"
    ANALYST = "analyst"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in; `name` is the analyst of his judgements."""

    name: str
    role: Role
