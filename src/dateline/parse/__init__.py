"""From a document to its layers: syntax, times, counted things, places, actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dateline.model import Document, Place, Precision
from dateline.parse.parsed import ParsedDocument

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["ParsedDocument", "parsed_document", "parsed_documents", "read_as"]

SHOWN_FURNITURE = frozenset({"title"})


def parsed_document(document: Document) -> ParsedDocument:
    """One document parsed."""
    return next(parsed_documents([document]))


def parsed_documents(documents: Iterable[Document], *, batch_size: int = 16) -> Iterator[ParsedDocument]:
    """Documents parsed, in order; `batch_size` texts go through spaCy at a time."""
    kept = list(documents)
    parsed = {
        code: _syntax([d for d in kept if read_as(d) == code], code, batch_size)
        for code in dict.fromkeys(map(read_as, kept))
    }
    for document in kept:
        yield _layered(document, next(parsed[read_as(document)]))


def read_as(document: Document) -> str:
    """The code of the language a document is read in; English where none is told."""
    return document.language or "en"


def _syntax(documents: list[Document], code: str, batch_size: int) -> Iterator[Doc]:
    """The documents of one language through its pipeline, in order."""
    from dateline.parse.nlp import cleaned, parse_texts

    texts = (cleaned(d.text, _hidden(d)) for d in documents)
    return parse_texts(texts, batch_size=batch_size, code=code)


def _hidden(document: Document) -> list[tuple[int, int]]:
    return [(f.start, f.end) for f in document.furniture if f.reason not in SHOWN_FURNITURE]


def _layered(document: Document, doc: Doc) -> ParsedDocument:
    from dateline.parse.actors import Cast
    from dateline.parse.parsed import anchor_of
    from dateline.parse.place_evidence import home_country
    from dateline.parse.places import places
    from dateline.parse.quantities import quantities
    from dateline.parse.times import times

    text = document.text
    home = home_country(document.dateline_place, document.outlet)
    found = places(doc, text, home=home)
    written = _written_from(document)
    cast = Cast(doc, text, outlet=document.outlet, title=document.title, places=(*written, *found))
    cast.dateline = home
    when = times(text, anchor_of(document), hidden=_hidden(document), language=doc.lang_)
    return ParsedDocument(
        document=document,
        doc=doc,
        cast=cast,
        times=when,
        counted=tuple(quantities(doc, text, times=when)),
        places=found,
    )


def _written_from(document: Document) -> list[Place]:
    """The place of the dateline, which stands outside of the text that is read, as one that the report names."""
    from dateline.parse.place_evidence import home_country

    town, code = document.dateline_place, home_country(document.dateline_place, None)
    if town is None or code is None:
        return []
    return [Place(town, 0, 0, town, code, None, None, Precision.SETTLEMENT)]
