"""The tools on the ledger itself: who says what how often, and what it holds."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dateline.desk import Desk
from dateline.desk.health import holdings
from dateline.desk.sources import listed, look_into, quoted
from dateline.export.words import counted
from dateline.mcp import answers as a
from dateline.mcp import asking as q
from dateline.mcp import telling
from dateline.mcp.tool import Tool
from dateline.mcp.wrapping import data
from dateline.model import SourceKind
from dateline.reconcile.ratings import Reliability


class AskedSources(q.AskedList):
    """Which sources."""

    name: Annotated[q.Words, Field(description="Part of a name, without regard to case and accents.")] = None
    kind: Annotated[SourceKind | None, Field(description="Kind of voice.")] = None


def sources(desk: Desk, asked: AskedSources) -> a.Sources:
    """Who says what how often: the persons and bodies that reports quote, by number of claims, with their rating.

    `passed_on` counts claims of others that reach a report through the source.
    For the claims themselves use search_claims with `source`. The rating is the analysts' on the Admiralty scale, A to
    F; F means that nobody rated the source, not that it is bad.
    """
    found = quoted(desk, text=asked.name or "", kind=asked.kind)
    start = q.offset_of(asked.cursor)
    voices = found[start : start + asked.limit]
    last = start + len(voices)
    made = []
    for voice, row in zip(voices, listed(desk, voices), strict=True):
        looked = look_into(desk, (voice.key,))
        made.append(
            a.Source(
                name=data(row.name),
                kind=None if row.kind is None else str(row.kind),
                rating=str(row.rating or Reliability.F),
                claims=row.claims,
                passed_on=row.passed_on,
                reports=looked.reports,
                stances=dict(looked.stances),
                kinds=dict(looked.kinds),
                first=row.first,
                last=row.last,
            )
        )
    return a.Sources(sources=made, total=len(found), next_cursor=q.cursor_at(last) if last < len(found) else None)


class AskedStatus(q.Asked):
    """Nothing."""


def ledger_status(desk: Desk, asked: AskedStatus) -> a.Status:
    """What the ledger holds: how many reports, claims, presences, events, origins, disputes, of which days.

    `up_to_date` is false where reports or judgements were added that nothing derived rests on yet.
    """
    found = holdings(desk)
    readers = dict.fromkeys(f"{run.extractor} ({run.model})" for run in desk.view.runs())
    return a.Status(
        ledger=data(desk.name),
        state=desk.state(),
        up_to_date=desk.is_current(),
        counts={
            "reports": found.documents,
            "claims": found.claims_ever,
            "presences": found.presences,
            "events": found.events,
            "origins": found.origins,
            "disputes": found.disputes,
            "judgements": found.judgements,
            "issues": sum(found.issues.values()),
            "open disputes": found.open_disputes,
        },
        first_report=found.first_report,
        last_report=found.last_report,
        last_addition=found.last_addition,
        readers=[data(reader) for reader in list(readers)[:10]],
    )


def tell_sources(answer: a.Sources) -> str:
    """A page of sources."""
    lines = [telling.listed(len(answer.sources), "sources", answer)]
    for one in answer.sources:
        how = ", ".join(f"{count} {stance}" for stance, count in one.stances.items())
        of = ", ".join(f"{count} {kind}" for kind, count in list(one.kinds.items())[:6])
        span = f"{one.first or '?'} to {one.last or '?'}"
        said = f"{counted(one.claims, 'claim')} in {counted(one.reports, 'report')}"
        passed = f", {counted(one.passed_on, 'claim')} of others passed on" if one.passed_on else ""
        lines.append(f"- {one.name} [{one.kind or 'passes on'}], rated {one.rating}: {said}{passed}, {span}")
        if one.claims:
            lines.append(f"    {how}; {of}")
    return "\n".join(lines)


def tell_status(answer: a.Status) -> str:
    """What the ledger holds, in lines."""
    counts = ", ".join(f"{count:,} {what}" for what, count in answer.counts.items())
    return "\n".join(
        [
            f"ledger {answer.ledger}: {counts}",
            f"reports of {answer.first_report or 'no day'} to {answer.last_report or 'no day'}; "
            f"last addition {answer.last_addition or 'not recorded'}",
            f"what is derived {'is up to date' if answer.up_to_date else 'is behind'}; state {answer.state}",
        ]
    )


TOOLS = (
    Tool("sources", "Who says what how often", AskedSources, a.Sources, sources, tell_sources),
    Tool("ledger_status", "What the ledger holds", AskedStatus, a.Status, ledger_status, tell_status),
)
