"""The tools on presence: who has forces where, on a day, and a presence through time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from dateline.desk import Desk
from dateline.export.words import amount, bound, counted
from dateline.mcp import answers as a
from dateline.mcp import asking as q
from dateline.mcp import citing, telling
from dateline.mcp.citing import FEW, Known, newest_first
from dateline.mcp.tool import Tool
from dateline.mcp.wrapping import data, line, name
from dateline.model import Presence, Standing, Step
from dateline.steps import covers, true_on
from dateline.store.holders import disputes_about

_APART = ("planned", "alleged", "conditional", "denied", "departures")
_PAGES = 10
"""Pages looked at for one answer with presences that hold on a day; the cursor goes on behind them."""


class Asked(q.AskedList):
    """Which presences."""

    host: q.Host = None
    force: q.Party = None
    on: Annotated[q.Since, Field(description="Who was there on this day, ISO 8601; without it, the newest state.")] = (
        None
    )
    status: Annotated[Standing | None, Field(description="How the force stands.")] = None
    place: Annotated[q.Words, Field(description="Part of the name of a base.")] = None


def who_has_forces(desk: Desk, asked: Asked) -> a.Presences:
    """Who has forces where: a row for each force and host, with the newest strength as a range and its "as of" day.

    With `on`, the forces that were there on that day, in the strength of that day. Each row has claims for it and
    against it, newest first, the independent origins it rests on, and disputes. Plans, allegations and denials are
    counted apart and never enter the range. Strengths are never to be added up.
    """
    wanted = {"host": asked.host, "actor": asked.force, "status": asked.status, "place": asked.place}
    if asked.on is None:
        page = q.paged(desk.view.presences_page, wanted, asked)
        return a.Presences(presences=_rows(desk, page.rows, None), **q.counted(page))
    found, cursor = _there_on(desk, wanted, asked, asked.on)
    return a.Presences(presences=_rows(desk, found, asked.on), total=None, next_cursor=cursor)


def _there_on(desk: Desk, wanted: dict[str, Any], asked: q.AskedList, day: str) -> tuple[list[Presence], str | None]:
    """The next page that has presences which hold on a day, those of it, and the cursor of the page behind it."""
    found: list[Presence] = []
    for _ in range(_PAGES):
        page = q.paged(desk.view.presences_page, wanted, asked)
        found = [there for presence in page.rows if (there := true_on(presence, day)) is not None]
        if found or page.next is None:
            break
        asked = q.AskedList(limit=asked.limit, cursor=page.next)
    return found, page.next


def _rows(desk: Desk, found: Sequence[Presence], on: str | None) -> list[a.Presence]:
    disputed = {p.id: [one.id for one in disputes_about(desk.store, p.id)] for p in found}
    shown = {p.id: (newest_first(p.supports)[:FEW], _against(p, on)[:FEW]) for p in found}
    known = Known(desk, [claim for pair in shown.values() for some in pair for claim in some])
    return [_row(presence, on, known, disputed[presence.id]) for presence in found]


def _row(presence: Presence, on: str | None, known: Known, disputed: Sequence[str]) -> a.Presence:
    step = _step_on(presence, on)
    against = _against(presence, on)
    return a.Presence(
        id=presence.id,
        force=data(presence.force),
        force_country=presence.force_country,
        host=data(presence.host),
        status=str(presence.status),
        strength=amount(presence.low, presence.high) or None,
        low=presence.low,
        high=presence.high,
        scope=None if presence.scope is None else str(presence.scope),
        as_of=presence.as_of,
        on=on,
        why=None if step is None else line(step.reason),
        told_by=citing.told(presence.witnesses)
        if presence.witnesses
        else "nobody: no claim says that it is or came there",
        sites=[data(site) for site in presence.sites[:20]],
        supports=known.some(newest_first(presence.supports), FEW),
        supports_total=len(presence.supports),
        against=known.some(against, FEW),
        against_total=len(against),
        shown_apart={stance: len(getattr(presence, stance)) for stance in _APART if getattr(presence, stance)},
        disputes=list(disputed),
    )


def _step_on(presence: Presence, on: str | None) -> Step | None:
    if on is None:
        return presence.series[-1] if presence.series else None
    return next((step for step in presence.series if covers(step, on)), None)


def _against(presence: Presence, on: str | None) -> tuple[str, ...]:
    """Claims that contradict the step that holds, then those that deny the presence."""
    step = _step_on(presence, on)
    contradicting = () if step is None else newest_first(step.contradicts)
    return tuple(dict.fromkeys([*contradicting, *newest_first(presence.denied)]))


class AskedHistory(q.AskedList):
    """Which presence, and of which site."""

    id: q.Identifier
    site: Annotated[q.Words, Field(description="The steps at one site instead of those of the country.")] = None


def presence_history(desk: Desk, asked: AskedHistory) -> a.History:
    """A force in a host country through time: each step with its strength, the reason for it, claims for and against.

    Also the claims that stand beside it: plans, allegations, conditions, denials, departures. `id` is that of a row of
    who_has_forces. A step's bounds say how surely they are known; its end is open where nobody tells of one.
    """
    key = citing.found_id(desk, "presences", asked.id)
    presence = desk.view.derived_record(key)
    if not isinstance(presence, Presence):
        raise LookupError(f"{key} is no presence")
    steps = presence.series if asked.site is None else _steps_at(presence, asked.site)
    start = q.offset_of(asked.cursor)
    shown = steps[start : start + asked.limit]
    apart = {stance: newest_first(getattr(presence, stance)) for stance in _APART if getattr(presence, stance)}
    ids = [claim for step in shown for claim in (*step.supports[-FEW:], *step.contradicts[-FEW:])]
    known = Known(desk, [*ids, *(claim for claims in apart.values() for claim in claims[: FEW + 2])])
    last = start + len(shown)
    return a.History(
        presence=_rows(desk, [presence], None)[0],
        site=name(asked.site),
        steps=[_step(step, known) for step in shown],
        sites=[data(site.site) for site in presence.at_sites[:50]],
        apart={stance: known.some(claims, FEW + 2) for stance, claims in apart.items()},
        total=len(steps),
        next_cursor=q.cursor_at(last) if last < len(steps) else None,
    )


def _steps_at(presence: Presence, site: str) -> tuple[Step, ...]:
    for one in presence.at_sites:
        if one.site.casefold() == site.casefold():
            return one.steps
    sites = ", ".join(data(one.site) for one in presence.at_sites[:20]) or "none"
    raise LookupError(f"this presence has no site of that name; its sites: {sites}")


def _step(step: Step, known: Known) -> a.Step:
    gone = (step.low, step.high) == (0, 0)
    return a.Step(
        start=bound(step.start, step.start_precise, step.start_asserted) or None,
        end=bound(step.end, step.end_precise, step.end_asserted) or None,
        strength="gone" if gone else amount(step.low, step.high) or None,
        low=step.low,
        high=step.high,
        as_of=step.as_of,
        carried=step.carried,
        origins=step.origins,
        why=data(step.reason),
        supports=known.some(newest_first(step.supports), FEW),
        supports_total=len(step.supports),
        against=known.some(newest_first(step.contradicts), FEW),
        against_total=len(step.contradicts),
    )


def tell_presences(answer: a.Presences) -> str:
    """A page of presences."""
    lines = [telling.listed(len(answer.presences), "presences", answer)]
    for one in answer.presences:
        lines += _tell_row(one)
    return "\n".join(lines)


def _tell_row(one: a.Presence) -> list[str]:
    scope = "" if one.scope in (None, "total") else f" ({one.scope})"
    when = f"on {one.on}, by what was told of up to {one.as_of}" if one.on else f"as of {one.as_of or 'no date'}"
    lines = [
        f"- {one.force} in {one.host}: {one.status}, {one.strength or 'number not said'}{scope}, {when} ({one.id})",
        f"  told by {one.told_by}" + ("" if one.why is None else f"; why: {one.why}"),
    ]
    if one.sites:
        lines.append(f"  sites: {', '.join(one.sites)}")
    if one.shown_apart:
        lines.append(f"  shown apart: {', '.join(f'{count} {stance}' for stance, count in one.shown_apart.items())}")
    if one.disputes:
        lines.append(f"  disputes: {', '.join(one.disputes)}")
    lines += telling.under("for it", one.supports, one.supports_total)
    return lines + telling.under("against it", one.against, one.against_total)


def tell_history(answer: a.History) -> str:
    """A presence step by step."""
    lines = _tell_row(answer.presence)
    where = "in the whole country" if answer.site is None else f"at {answer.site}"
    lines.append(f"{telling.listed(len(answer.steps), 'steps', answer)}, {where}, oldest first:")
    for step in answer.steps:
        carried = ", carried from an older report" if step.carried else ""
        span = f"{step.start or 'since when is not known'} to {step.end or f'open, as of {step.as_of}'}"
        told = f"{step.strength or 'number not said'}{carried}; {counted(step.origins, 'origin')}"
        lines.append(f"- {span}: {told}; why: {step.why}")
        lines += telling.under("for it", step.supports, step.supports_total)
        lines += telling.under("against it", step.against, step.against_total)
    for stance, claims in answer.apart.items():
        lines += telling.under(f"{stance}", claims, answer.presence.shown_apart.get(stance))
    if answer.sites:
        lines.append(f"sites with a history of their own: {', '.join(answer.sites)}")
    return "\n".join(lines)


TOOLS = (
    Tool("who_has_forces", "Who has forces where", Asked, a.Presences, who_has_forces, tell_presences),
    Tool("presence_history", "A presence through time", AskedHistory, a.History, presence_history, tell_history),
)
