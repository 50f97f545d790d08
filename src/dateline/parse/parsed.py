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
    """The day relative times of a document are counted from, if one is known."""
    for stamp in (document.published, document.dateline_date):
        if stamp is not None:
            return date.fromisoformat(stamp[:10])
    return None
