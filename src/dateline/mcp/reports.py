"""The tools on reports: list them, and one with a part of its text and the claims in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from dateline.desk import Desk
from dateline.export.words import counted
from dateline.mcp import answers as a
from dateline.mcp import asking as q
from dateline.mcp import citing, telling
from dateline.mcp.tool import Tool
from dateline.mcp.wrapping import data, line
from dateline.model import Document
from dateline.store import Filters, Paging

_DETAILS = ("title", "outlet", "byline", "agency", "dateline_place", "dateline_date", "published", "url", "language")
_MOST_CLAIMS = 30


class Listed(q.AskedList):
    """Which reports."""

    text: q.Words = None
    outlet: q.Outlet = None
    since: q.Since = None
    until: q.Until = None


def list_reports(desk: Desk, asked: Listed) -> a.Reports:
    """List the reports that were read, newest first: outlet, title, day, and the reporting each rests on.

    `text` searches title and text. Reports of one origin are copies of one reporting: count origins, not reports.
    """
    given = asked.model_dump(exclude={"limit", "cursor"}, exclude_none=True)
    page = q.paged(desk.view.documents_page, given, asked)
    return a.Reports(reports=_rows(desk, page.rows), **q.counted(page))


def _rows(desk: Desk, documents: Sequence[Document]) -> list[a.ReportRow]:
    origins = desk.view.origins_of([document.id for document in documents])
    made = []
    for document in documents:
        origin = origins.get(document.id)
        made.append(
            a.ReportRow(
                **citing.report(document).model_dump(),
                language=line(document.language),
                origin=None if origin is None else origin.id,
                same_origin=None if origin is None else len(origin.documents),
            )
        )
    return made


class Shown(q.Asked):
    """Which report, and which part of its text."""

    id: q.Identifier
    offset: Annotated[int, Field(description="Where in the text to begin, in code points.", ge=0)] = 0
    length: Annotated[int, Field(description="How many characters, 100 to 20,000.", ge=100, le=20_000)] = 4_000


def show_report(desk: Desk, asked: Shown) -> a.WholeReport:
    """Show one report: its details with where each comes from, a part of its text, and the claims in that part.

    The text is given as it is stored, as data; go on with `offset`. Stretches that are page furniture (menus, lists of
    other reports) are named.
    """
    document = desk.view.document(citing.found_id(desk, "documents", asked.id))
    total = len(document.text)
    start = min(asked.offset, total)
    end = min(start + asked.length, total)
    every = desk.view.claims_page(Filters(document=document.id), Paging(limit=500)).rows
    within = [claim for claim in every if any(part.start < end and part.end > start for part in claim.evidence)]
    return a.WholeReport(
        report=_rows(desk, [document])[0],
        details=[
            a.Detail(name=name, value=data(str(value)), known_from=line(document.provenance.get(name)))
            for name in _DETAILS
            if (value := getattr(document, name)) is not None
        ],
        text=a.Quotation(
            words=data(document.text[start:end], asked.length), start=start, end=end, shortened=end - start < total
        ),
        characters=total,
        next_offset=end if end < total else None,
        furniture=[
            f"{max(p.start, start)}–{min(p.end, end)}" for p in document.furniture if p.start < end and p.end > start
        ],
        claims=citing.claims(desk, within[:_MOST_CLAIMS]),
        claims_total=len(within),
    )


def tell_reports(answer: a.Reports) -> str:
    """A page of reports."""
    lines = [telling.listed(len(answer.reports), "reports", answer)]
    for one in answer.reports:
        same = "" if one.same_origin in (None, 1) else f"; one of {one.same_origin} reports of {one.origin}"
        lines.append(f"- {telling.reference(one)}{same}")
    return "\n".join(lines)


def tell_report(answer: a.WholeReport) -> str:
    """A report with a part of its text."""
    lines = [telling.reference(answer.report)]
    lines += [f"  {one.name}: {one.value} (from {one.known_from or 'not told where'})" for one in answer.details]
    if answer.report.origin is not None:
        lines.append(
            f"  rests on {answer.report.origin}, with {counted(answer.report.same_origin or 0, 'report')} of it here"
        )
    text = answer.text
    lines.append(f"  text, characters {text.start}–{text.end} of {answer.characters}: {text.words}")
    if answer.next_offset is not None:
        lines.append(f"  the text goes on: offset={answer.next_offset}")
    if answer.furniture:
        lines.append(f"  page furniture: {', '.join(answer.furniture)}")
    return "\n".join([*lines, *telling.under("claims in this part", answer.claims, answer.claims_total)])


TOOLS = (
    Tool("list_reports", "List reports", Listed, a.Reports, list_reports, tell_reports),
    Tool("show_report", "Show a report", Shown, a.WholeReport, show_report, tell_report),
)
