"""What an import gives of one report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from dateline.ingest.claims.fields import Unfit
from dateline.model import Claim, Document, Issue

T = TypeVar("T")

VERSION = "1"
"""Version of the rules of import: part of the id of every imported claim, raised whenever a reading may change."""

CODES = {
    "bad_claim": "a claim that cannot be taken over",
    "bad_value": "a value that is not what its field holds; the claim stands without it",
    "bad_report": "a report that cannot be taken over",
    "no_kind": "a claim of none of our kinds",
    "no_actor": "an actor that no country and no name tells",
    "unknown_place": "a place that the gazetteer does not have",
}
"""The issues of an import beside those of the lines."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A report with its claims as they were given; `document` None: it is refused, the reasons in `issues`.

    `external` pairs ids of ours (of the document, of its claims) with the ids that these had where they come from.
    """

    document: Document | None
    claims: tuple[Claim, ...] = ()
    external: tuple[tuple[str, str], ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(slots=True)
class Log:
    """Collects the issues of one line, each with the number of the line and what it is about."""

    line: int
    path: str | None
    issues: list[Issue] = field(default_factory=list)

    def note(self, code: str, message: str, about: str | None = None) -> None:
        """Keep an issue."""
        named = f"line {self.line}" if about is None else f"line {self.line}, {about[:80]}"
        self.issues.append(Issue(code, f"{named}: {message}", path=self.path))

    def tried(self, read: Callable[[], T], about: str | None = None) -> T | None:
        """What `read` gives, or None and an issue where a value is unfit."""
        try:
            return read()
        except Unfit as error:
            self.note("bad_value", str(error), about)
            return None
