"""From a document to its layers: syntax, times, counted things, places, actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline.model import Document
from dateline.parse.parsed import ParsedDocument

__all__ = ["ParsedDocument", "parsed_document", "parsed_documents"]

SHOWN_FURNITURE = frozenset({"title"})


def parsed_document(document: Document) -> ParsedDocument:
    """One document parsed."""
    return next(parsed_documents([document]))


def parsed_documents(documents: Iterable[Document], *, batch_size: int = 16) -> Iterator[ParsedDocument]:
    """Documents parsed, in order; `batch_size` texts go through spaCy at a time."""
    from dateline.parse.nlp import cleaned, parse_texts

    kept = list(documents)
    texts = (cleaned(d.text, _hidden(d)) for d in kept)
    for document, doc in zip(kept, parse_texts(texts, batch_size=batch_size), strict=True):
        yield _layered(document, doc)


def _hidden(document: Document) -> list[tuple[int, int]]:
    return [(f.start, f.end) for f in document.furniture if f.reason not in SHOWN_FURNITURE]


def _layered(document: Document, doc) -> ParsedDocument:  # type: ignore[no-untyped-def]
    from dateline.parse.actors import Cast
    from dateline.parse.parsed import anchor_of
    from dateline.parse.place_evidence import home_country
    from dateline.parse.places import places
    from dateline.parse.quantities import quantities
    from dateline.parse.times import times

    text = document.text
    found = places(doc, text, home=home_country(document.dateline_place, document.outlet))
    when = times(text, anchor_of(document), hidden=_hidden(document), language=doc.lang_)
    return ParsedDocument(
        document=document,
        doc=doc,
        cast=Cast(doc, text, outlet=document.outlet, title=document.title, places=found),
        times=when,
        counted=tuple(quantities(doc, text, times=when)),
        places=found,
    )
