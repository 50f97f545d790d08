"""The tools on what claims come to together: events, disputes, origins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import Field

from dateline.desk import Desk
from dateline.export.words import amount, counted, days
from dateline.mcp import answers as a
from dateline.mcp import asking as q
from dateline.mcp import citing, telling
from dateline.mcp.citing import FEW, MORE, Known
from dateline.mcp.tool import Tool
from dateline.mcp.wrapping import data, name
from dateline.model import (
    DATA_SET,
    Change,
    Dispute,
    DisputeKind,
    DisputeStatus,
    Event,
    Kind,
    Side,
    Stage,
    Witness,
)
from dateline.store import Filters, Paging, Slice

T = TypeVar("T")
_MOST = 20
"""Witnesses, variants, reports or reasons of one row."""


class AskedEvents(q.AskedList):
    """Which events."""

    id: q.SomeId = None
    kind: Annotated[Kind | None, Field(description="Kind of act.")] = None
    stage: Annotated[Stage | None, Field(description="How far the act has come.")] = None
    actor: q.Party = None
    recipient: q.Party = None
    host: q.Host = None
    place: q.Spot = None
    min_origins: Annotated[int | None, Field(description="Told by so many independent origins at least.", ge=1)] = None
    since: q.Since = None
    until: q.Until = None


def events(desk: Desk, asked: AskedEvents) -> a.Events:
    """Events, newest first: claims of one act at compatible place and time, joined, with who tells it.

    `witnesses` are the independent tellings with their claims; `variants` every reading of each detail with its
    support, so that differing numbers, days and places are seen. With `id`, one event and more of its claims.
    """
    page = _chosen(desk, asked, "events", desk.view.events_page, {"min_origins": "origins"})
    few = FEW if asked.id is None else MORE
    known = Known(desk, [claim for one in page.rows for w in one.witnesses[:_MOST] for claim in w.claims[:few]])
    return a.Events(events=[_event(one, known, few) for one in page.rows], **q.counted(page))


def _chosen(
    desk: Desk, asked: Any, table: str, listed: Callable[[Filters, Paging], Slice[T]], renamed: dict[str, str]
) -> Slice[T]:
    """A page of rows, or the one of an id."""
    if asked.id is not None:
        found: Any = desk.view.derived_record(citing.found_id(desk, table, asked.id))
        return Slice((found,), 1)
    given = asked.model_dump(exclude={"limit", "cursor", "id", "report"}, exclude_none=True)
    return q.paged(listed, {renamed.get(key, key): value for key, value in given.items()}, asked)


def _event(one: Event, known: Known, few: int) -> a.Event:
    many = amount(one.low, one.high)
    return a.Event(
        id=one.id,
        kind=str(one.kind),
        stage=str(one.stage),
        actor=name(one.actor),
        recipient=name(one.recipient),
        country=name(one.country),
        place=name(one.place),
        when=days(one.earliest, one.latest) or None,
        how_many=f"{many} {one.unit}" if many else None,
        told_by=citing.told(one.witnesses),
        origins=one.origins,
        stances=[str(stance) for stance in one.stances],
        variants=[
            a.Variant(slot=slot, value=data(v.value), claims=len(v.claims), origins=v.origins)
            for slot in sorted(one.variants)
            for v in one.variants[slot][:5]
        ][: _MOST * 2],
        witnesses=[_witness(witness, known, few) for witness in one.witnesses[: _MOST if few == MORE else FEW]],
        linked=[f"{link.tie} {link.event}" for link in one.links[:_MOST]],
    )


def _witness(one: Witness, known: Known, few: int) -> a.Witness:
    return a.Witness(
        origin=name(one.origin) or "",
        name=name(one.name),
        reports=len(one.documents),
        background=one.background,
        claims=known.some(one.claims, few),
        claims_total=len(one.claims),
    )


class AskedDisputes(q.AskedList):
    """Which disputes."""

    id: q.SomeId = None
    kind: Annotated[DisputeKind | None, Field(description="What is disputed.")] = None
    status: Annotated[DisputeStatus | None, Field(description="Open or settled.")] = None
    host: q.Host = None
    force: q.Party = None
    text: q.Words = None
    since: q.Since = None
    until: q.Until = None


def disputes(desk: Desk, asked: AskedDisputes) -> a.Disputes:
    """Disputes, open ones first: claims that cannot all be so, side against side, with the sources of each.

    The sides stand strongest first: by independent origins, not by reports. A settled one names the judgement that
    decided it. With `id`, one dispute and more of its claims.
    """
    names = {"kind": "type", "status": "state", "force": "actor"}
    page = _chosen(desk, asked, "disputes", desk.view.disputes_page, names)
    few = FEW if asked.id is None else MORE
    known = Known(desk, [claim for one in page.rows for side in one.sides for claim in side.claims[:few]])
    return a.Disputes(disputes=[_dispute(one, known, few) for one in page.rows], **q.counted(page))


def _dispute(one: Dispute, known: Known, few: int) -> a.Dispute:
    return a.Dispute(
        id=one.id,
        kind=str(one.kind),
        status=str(one.status),
        topic=data(one.topic),
        sentence=data(one.sentence, 1_000),
        host=name(one.host),
        force_country=name(one.force_country),
        when=days(one.first_day, one.last_day) or None,
        about=one.about,
        settled_by=one.settled_by,
        sides=[_side(side, known, few, one.favours == at) for at, side in enumerate(one.sides[:_MOST])],
    )


def _side(side: Side, known: Known, few: int, decided_for: bool) -> a.Side:
    names = dict.fromkeys(witness.name for witness in side.witnesses if witness.name is not None)
    return a.Side(
        holds=data(side.holds),
        origins=sum(not witness.background for witness in side.witnesses),
        sources=[data(one) for one in list(names)[:_MOST]],
        claims=known.some(side.claims, few),
        claims_total=len(side.claims),
        decided_for=decided_for,
    )


class AskedOrigins(q.AskedList):
    """Which origins."""

    id: q.SomeId = None
    report: Annotated[str | None, Field(description="The origin of this report: its id.", max_length=200)] = None
    source: q.Who = None
    min_reports: Annotated[int | None, Field(description="With so many reports at least.", ge=1)] = None
    since: q.Since = None
    until: q.Until = None


def origins(desk: Desk, asked: AskedOrigins) -> a.Origins:
    """Origins, those with most reports first: which reports rest on one reporting, why, and what copies changed.

    Ten reprints of one agency report are one origin and one witness. With `id` or `report`, all reasons and changes.
    """
    if asked.report is not None:
        document = citing.found_id(desk, "documents", asked.report)
        held = tuple(desk.view.origins_of([document]).values())
        page = Slice(held, len(held))
    else:
        page = _chosen(desk, asked, "origins", desk.view.origins_page, {"min_reports": "origins"})
    headers = desk.view.headers([document for one in page.rows for document in one.documents[:_MOST]])
    few = FEW if asked.id is None and asked.report is None else _MOST
    made = [
        a.Origin(
            id=one.id,
            name=name(one.name),
            earliest=one.earliest,
            reports=[citing.report(headers[key]) for key in one.documents[:_MOST]],
            reports_total=len(one.documents),
            why_one=[data(link.reason) for link in one.links[:few]],
            changes=[data(_changed(change)) for link in one.links for change in link.changes][:few],
            used_in_part_by=[link.earlier if link.later in one.documents else link.later for link in one.partial][
                :_MOST
            ],
        )
        for one in page.rows
    ]
    return a.Origins(origins=made, **q.counted(page))


def _changed(change: Change) -> str:
    if change.before is None:
        return f"{change.what}: added “{change.after}”"
    if change.after is None:
        return f"{change.what}: left out “{change.before}”"
    return f"{change.what}: “{change.before}” became “{change.after}”"


def tell_events(answer: a.Events) -> str:
    """A page of events."""
    lines = [telling.listed(len(answer.events), "events", answer)]
    for one in answer.events:
        parties = " → ".join(part for part in (one.actor, one.recipient) if part) or "nobody named"
        where = one.place or one.country or "place not said"
        details = [where, one.when or "no date", *([one.how_many] if one.how_many else [])]
        lines.append(f"- {one.kind}, {one.stage}: {parties}; {'; '.join(details)} ({one.id})")
        lines.append(f"  told by {one.told_by}; stances: {', '.join(one.stances)}")
        for slot in dict.fromkeys(variant.slot for variant in one.variants):
            found = [v for v in one.variants if v.slot == slot]
            if len(found) > 1:
                lines.append(
                    f"  {slot} differs: " + "; ".join(f"{v.value} ({counted(v.origins, 'origin')})" for v in found)
                )
        if one.linked:
            lines.append(f"  linked: {', '.join(one.linked)}")
        for witness in one.witnesses:
            recalled = ", recalled as background" if witness.background else ""
            recalled = ", a data set" if witness.origin.startswith(DATA_SET) else recalled
            lines += telling.under(
                f"{witness.name or 'not known who'}, {counted(witness.reports, 'report')}{recalled}",
                witness.claims,
                witness.claims_total,
            )
    return "\n".join(lines)


def tell_disputes(answer: a.Disputes) -> str:
    """A page of disputes."""
    lines = [telling.listed(len(answer.disputes), "disputes", answer)]
    for one in answer.disputes:
        settled = "" if one.settled_by is None else f", settled by {one.settled_by}"
        lines.append(f"- {one.topic}: {one.kind} disputed, {one.status}{settled}, {one.when or 'no date'} ({one.id})")
        lines.append(f"  {one.sentence} About {one.about}.")
        for at, side in enumerate(one.sides, 1):
            won = ", decided for" if side.decided_for else ""
            sources = ", ".join(side.sources) or "not known"
            told = counted(side.origins, "independent origin")
            heading = f"side {at}{won}: {side.holds}; {told}; sources: {sources}; claims"
            lines += telling.under(heading, side.claims, side.claims_total)
    return "\n".join(lines)


def tell_origins(answer: a.Origins) -> str:
    """A page of origins."""
    lines = [telling.listed(len(answer.origins), "origins", answer)]
    for one in answer.origins:
        count = counted(one.reports_total, "report")
        lines.append(f"- {one.name or 'not known who'}: {count}, {one.earliest or 'no date'} ({one.id})")
        lines += [f"    {telling.reference(report)}" for report in one.reports]
        lines += [f"    why one: {reason}" for reason in one.why_one]
        lines += [f"    changed: {change}" for change in one.changes]
        if one.used_in_part_by:
            lines.append(f"    used in part by: {', '.join(one.used_in_part_by)}")
    return "\n".join(lines)


TOOLS = (
    Tool("events", "Events", AskedEvents, a.Events, events, tell_events),
    Tool("disputes", "Disputes", AskedDisputes, a.Disputes, disputes, tell_disputes),
    Tool("origins", "Origins", AskedOrigins, a.Origins, origins, tell_origins),
)
