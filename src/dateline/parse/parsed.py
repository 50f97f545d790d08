"""What parsing gives: a document with its layers, every span into `Document.text`, which never changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from dateline.model import Document, Place, TimeRange

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dateline.parse.actors import Cast
    from dateline.parse.quantities import Counted


RUN_LATE_DAYS = 3
"""A report whose dateline is older than this may be a reprint, or its dateline misread."""


@dataclass(frozen=True)
class ParsedDocument:
    """A document, its syntax (`doc`: token offsets are document offsets) and what was found by reading it.

    `times`, `counted` and `places` are in text order and do not overlap within a layer; `cast` knows
    the actors of the report.
    """

    document: Document
    doc: Doc
    cast: Cast
    times: tuple[TimeRange, ...] = ()
    counted: tuple[Counted, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def text(self) -> str:
        """The stored text."""
        return self.document.text

    @cached_property
    def anchor(self) -> date | None:
        """The day relative times are counted from: of publication, else of the dateline."""
        return anchor_of(self.document)


def anchor_of(document: Document) -> date | None:
    """The day relative times of a document are counted from, if one is known.

    That is the day of its dateline, where it was written at most RUN_LATE_DAYS before it was published, else that
    of its publication; either in the zone it is given in, so that "today" is the writer's.
    """
    days = [date.fromisoformat(s[:10]) for s in (document.dateline_date, document.published) if s is not None]
    if not days:
        return None
    late = (days[-1] - days[0]).days
    return days[0] if 0 <= late <= RUN_LATE_DAYS else days[-1]
