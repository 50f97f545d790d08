"""Reports: a list of them, and one with its text marked by the claims that were read in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.desk.claims import ListedClaim, in_list
from dateline.desk.desk import Desk
from dateline.desk.evidence import Mark, Paragraph, furniture_of, marks, paragraphs
from dateline.desk.standing import standing_on, state_of
from dateline.judging.words import told_effect, told_notice
from dateline.model import Document, Furniture, Issue, Origin
from dateline.store import Filters
from dateline.store.around import numbers_of_claims
from dateline.store.paging import Paging, Slice

SHOWN = 40_000
"""Characters of a report that are shown unless all are asked for."""

_FIELDS = {
    "title": "Title",
    "outlet": "Outlet",
    "byline": "By",
    "agency": "Agency",
    "dateline_place": "Written at",
    "dateline_date": "Written on",
    "published": "Published",
    "url": "Address",
    "language": "Language",
}
_NOTES = 100


@dataclass(frozen=True, slots=True)
class ListedReport:
    """A report (without its text), the origin it rests on, and how many claims were read in it."""

    document: Document
    origin: Origin | None
    claims: int


def reports(desk: Desk, wanted: Filters, paging: Paging) -> Slice[ListedReport]:
    """A page of the reports that pass the filters; PagingError for a cursor or an order that is none."""
    page = desk.view.documents_page(wanted, paging)
    rows = listed(desk, page.rows)
    return Slice(rows, page.total, page.total_is_least, page.next, page.previous, page.sort)


def listed(desk: Desk, found: Sequence[Document]) -> tuple[ListedReport, ...]:
    """Reports with their origins and numbers of claims, in the order given."""
    ids = [document.id for document in found]
    origins, counts = desk.view.origins_of(ids), numbers_of_claims(desk.store, ids)
    return tuple(ListedReport(one, origins.get(one.id), counts.get(one.id, 0)) for one in found)


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is known of a report: the value, None where it is not, and where it came from."""

    name: str
    label: str
    value: str | None
    origin: str | None


@dataclass(frozen=True, slots=True)
class NumberedClaim:
    """A claim of the report under the number its evidence has in the text; `shown` where that part is on the page."""

    number: int
    listed: ListedClaim
    shown: bool


@dataclass(frozen=True, slots=True)
class ReportCard:
    """A report with its text in paragraphs and the claims in the order of the text.

    `cut` is how many characters at the end are not shown, 0 where all are. `furniture` is how many characters are
    page furniture, `reasons` why, each once. `copies` are the other reports of its origin. `notices` are what its feed
    or wire said of it, in words; `effect` is why it does not count, None where it does.
    """

    document: Document
    paragraphs: tuple[Paragraph, ...]
    claims: tuple[NumberedClaim, ...]
    known: tuple[Known, ...]
    issues: tuple[Issue, ...]
    origin: Origin | None
    copies: tuple[Document, ...]
    external: tuple[str, ...]
    furniture: int
    reasons: tuple[str, ...]
    cut: int
    effect: str | None = None
    notices: tuple[str, ...] = ()


def report_card(desk: Desk, identifier: str, *, whole: bool = False, to: str | None = None) -> ReportCard:
    """The card of a report by its full id; LookupError when there is none.

    Of a long text the beginning is shown, as far as the evidence of the claim `to` where one is named, or the `whole`.
    """
    document = desk.view.document(identifier)
    found = sorted(
        desk.view.claims(Filters(document=identifier)).rows,
        key=lambda claim: (min((part.start for part in claim.evidence), default=0), claim.id),
    )
    verdicts = standing_on(desk, [claim.id for claim in found])
    pieces = marks(found)
    last = len(document.text) if whole else _shown(document.text, pieces, to)
    origin = desk.view.origins_of([identifier]).get(identifier)
    others = [] if origin is None else [key for key in origin.documents if key != identifier][:_NOTES]
    headers = desk.view.headers(others)
    bare = replace(document, text="")
    return ReportCard(
        document,
        paragraphs(document.text[:last], pieces, tuple(_within(document.furniture, last))),
        tuple(
            NumberedClaim(number, in_list(claim, bare, state_of(claim.id, verdicts)), claim.evidence[0].start < last)
            for number, claim in enumerate(found, 1)
        ),
        known_of(document),
        desk.view.issues(Filters(document=identifier, limit=_NOTES)).rows,
        origin,
        tuple(headers[key] for key in others if key in headers),
        desk.view.external_ids([identifier]).get(identifier, ()),
        furniture_of(document),
        tuple(dict.fromkeys(part.reason for part in document.furniture))[:_NOTES],
        len(document.text) - last,
        None
        if (found_effect := desk.view.effects_on([identifier]).get(identifier)) is None
        else told_effect(found_effect),
        tuple(map(told_notice, desk.view.notices_of(identifier)))[:_NOTES],
    )


def _shown(text: str, pieces: Sequence[Mark], to: str | None) -> int:
    """Where the text is cut: behind the paragraph, within reason, in which the shown part ends."""
    wanted = max([SHOWN, *(mark.end for mark in pieces if mark.claim == to)])
    if wanted >= len(text):
        return len(text)
    feed = text.find("\n", wanted, wanted + SHOWN)
    return feed + 1 if feed >= 0 else wanted


def _within(furniture: Sequence[Furniture], last: int) -> list[Furniture]:
    return [part for part in furniture if part.start < last]


def known_of(document: Document) -> tuple[Known, ...]:
    """What is known of a report, each with where it came from; what is told of the text itself comes last."""
    found = [
        Known(name, label, getattr(document, name), document.provenance.get(name)) for name, label in _FIELDS.items()
    ]
    for name in sorted(set(document.provenance) - set(_FIELDS)):
        found.append(Known(name, name.replace("_", " ").capitalize(), None, document.provenance[name]))
    return tuple(found)
