"""Search: the claims and reports that hold some words, the best first, and records and countries by what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from dateline.desk.claims import ListedClaim, claims
from dateline.desk.desk import Desk
from dateline.desk.reports import ListedReport, reports
from dateline.desk.snippets import Piece, snippet
from dateline.desk.terms import country_name
from dateline.store import Filters, country_code
from dateline.store.paging import Paging, Slice, SortError
from dateline.store.passages import stretches

T = TypeVar("T")
SHOWN = 10
"""Claims, and reports, that a search shows; their lists have the rest."""

_READ = 20_000
"""Characters of a report in which the words are looked for to be shown."""


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim with the words that were looked for marked in its sentence."""

    listed: ListedClaim
    words: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FoundReport:
    """A report with the words that were looked for marked in its title and in a piece of its text."""

    listed: ListedReport
    title: tuple[Piece, ...]
    words: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search found.

    `country` is code and name of the country that was typed; `known` are claims and reports which had what was typed
    for an id where they came from.
    """

    claims: Slice[FoundClaim]
    reports: Slice[FoundReport]
    country: tuple[str, str] | None
    known: tuple[str, ...]


def search(desk: Desk, wanted: Filters, shown: int = SHOWN) -> Searched:
    """The claims and reports that hold all words of `wanted.text`; filters of claims do not narrow the reports."""
    words = wanted.text or ""
    found = _best(lambda paging: claims(desk, wanted, paging), shown)
    told = _best(lambda paging: reports(desk, replace(wanted, source=None), paging), shown)
    code = country_code(words)
    return Searched(
        _with(found, [FoundClaim(row, snippet(_sentence(row), words)) for row in found.rows]),
        _with(told, _found_reports(desk, told.rows, words)),
        None if code is None else (code, country_name(code) or code),
        tuple(desk.view.knows(words.strip())[:shown]),
    )


def _best(listing: Callable[[Paging], Slice[T]], shown: int) -> Slice[T]:
    """The first page, best first; newest first where the listing is not sorted so."""
    try:
        return listing(Paging(shown, None, "best"))
    except SortError:
        return listing(Paging(shown))


def _with(page: Slice[Any], rows: Sequence[T]) -> Slice[T]:
    """A page with other rows in the place of its own."""
    return Slice(tuple(rows), page.total, page.total_is_least, page.next, page.previous, page.sort)


def _sentence(row: ListedClaim) -> str:
    return " … ".join(part.exact for part in row.claim.evidence)


def _found_reports(desk: Desk, rows: Sequence[ListedReport], words: str) -> list[FoundReport]:
    texts = stretches(desk.store, [(row.document.id, 0, _READ) for row in rows])
    return [
        FoundReport(
            row,
            snippet(row.document.title or "Untitled report", words),
            snippet(texts.get((row.document.id, 0, _READ), ""), words),
        )
        for row in rows
    ]
