"""A report and what is said of its text: spans, furniture, issues; and the run that read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text, `start` inclusive, `end` exclusive, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return min(self.end, other.end) > max(self.start, other.start)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the report with their offsets."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that show a claim: `document.text[start:end] == exact`."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of the stored text that is page furniture, with the reason it was taken for that."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that could not be read or decided: what, where, why. Nothing is dropped in silence."""

    code: str
    message: str
    document: str | None = None
    path: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What the caller knows of a report before it is read; what is given here wins over what is found.

    `captured` is the last day it can be of, as its page was captured then (ISO 8601): no date of publication, but none
    is later. `charset` is the encoding that a server told with it.
    """

    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    path: str | None = None
    captured: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One report: its text, never edited after reading, and what is known of it.

    `sha256` is that of the raw bytes it came from. `provenance` tells for each metadata field
    where the value came from (`given`, `html meta`, `credit line`, `dateline`, ...).
    `published` is an ISO 8601 date or date-time with zone, or None; never a guess.
    """

    id: str
    text: str
    sha256: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    agency: str | None = None
    dateline_place: str | None = None
    dateline_date: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    furniture: tuple[Furniture, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """The program that read reports: versions and settings, identified by their content."""

    id: str
    extractor: str
    model: str
    python: str
    spacy: str
    settings: Mapping[str, str] = field(default_factory=dict)
