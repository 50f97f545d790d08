"""Stages of one process: what announces, begins, completes or follows what, among the events of one block."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.model import EventLink, Kind, Stage, Tie
from dateline.reconcile.events.groups import Group, spot
from dateline.reconcile.events.places import Nearness, nearness
from dateline.reconcile.events.spans import stage
from dateline.reconcile.events.tellings import Phase
from dateline.reconcile.events.windows import Mode

PROMISE = 240
"""Days after an announcement without a date within which the act that it announces takes place."""

LATE = 45
"""Days by which an announced act may miss the date it was announced for."""

COURSE = 300
"""Days from the beginning of a withdrawal, or from the order to leave, to its end."""

NEXT = 92
"""Days between two departures of one withdrawal."""

MOST = 12
"""Later events of a block that one is compared with at most."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A group with its event's id and the day that its order in the process goes by."""

    group: Group
    event: str
    first: int
    stage: Stage
    over: bool


def links(found: Mapping[str, Group]) -> dict[str, tuple[EventLink, ...]]:
    """The links of each event (by id) of a block, each in both directions where both have a name."""
    nodes = sorted(
        (_node(event, group) for event, group in found.items() if _day(group) is not None),
        key=lambda node: (node.first, node.event),
    )
    ties: dict[str, set[EventLink]] = defaultdict(set)
    families: dict[Kind, list[_Node]] = defaultdict(list)
    for node in nodes:
        if (
            node.stage not in (Stage.DENIED, Stage.ALLEGED)
            and node.group.mode is not Mode.CASE
            and not node.group.total
        ):
            families[node.group.family].append(node)
    for listed in families.values():
        _announced(listed, ties)
    departures = [node for node in families.get(Kind.WITHDRAWAL, []) if node.group.mode is Mode.DONE]
    _course(departures, ties)
    _after_orders(departures, families.get(Kind.EXPULSION, []), ties)
    order = list(Tie)
    return {e: tuple(sorted(set_, key=lambda link: (order.index(link.tie), link.event))) for e, set_ in ties.items()}


def _node(event: str, group: Group) -> _Node:
    over = sum((m.phase is Phase.OVER) - (m.phase is Phase.BEGUN) for m in group.members) > 0
    return _Node(group, event, _day(group) or 0, stage(group), over)


def _day(group: Group) -> int | None:
    """For an announcement the day it was made, else the day of the act."""
    if group.mode is not Mode.DONE:
        return group.said[0] if group.said is not None else None
    return group.core[1] if group.core is not None else None


def _announced(listed: Sequence[_Node], ties: dict[str, set[EventLink]]) -> None:
    """Each plan to the first act after it that it can announce, and to the one that completes it."""
    done = [node for node in listed if node.group.mode is Mode.DONE]
    days = [node.first for node in done]
    for plan in listed:
        if plan.group.mode is not Mode.PLAN:
            continue
        start = bisect_left(days, plan.first - 1)
        after = [node for node in done[start : start + MOST] if _keeps(plan, node)]
        there = [node for node in after if _near(plan.group, node.group) is Nearness.SAME] or after
        chosen = there[:1] + [node for node in there[1:] if node.over][:1]
        for node in chosen:
            ties[plan.event].add(EventLink(Tie.ANNOUNCES, node.event))
            ties[node.event].add(EventLink(Tie.FOLLOWS, plan.event))


def _keeps(plan: _Node, act: _Node) -> bool:
    """Whether an act can be what was announced: same force, no other place, by the date it was announced for."""
    target = plan.group.target
    if act.first > (target[1] + LATE if target is not None else plan.first + PROMISE):
        return False
    return _same_parties(plan.group, act.group) and _near(plan.group, act.group) is not Nearness.APART


def _same_parties(one: Group, other: Group) -> bool:
    if one.host is not None and other.host is not None and one.host != other.host:
        return False
    for number, (mine, theirs) in enumerate(zip(one.sides, other.sides, strict=True)):
        if mine is None or theirs is None:
            continue
        if mine.key != theirs.key or mine.diplomats != theirs.diplomats:
            return False
        names = one.names.get((number, mine.key), frozenset()), other.names.get((number, theirs.key), frozenset())
        if all(names) and not names[0] & names[1]:
            return False
    return True


def _near(one: Group, other: Group) -> Nearness:
    return nearness(spot(one.places), spot(other.places))


def _course(departures: Sequence[_Node], ties: dict[str, set[EventLink]]) -> None:
    """Of departures of one force: the beginning to the end, and each to the one before it."""
    for at, node in enumerate(departures):
        before = [other for other in departures[max(0, at - MOST) : at] if _same_parties(other.group, node.group)]
        begun = [o for o in before if o.stage is Stage.BEGUN and node.first - o.first <= COURSE]
        if node.over and begun:
            ties[begun[0].event].add(EventLink(Tie.BEGINS, node.event))
            ties[node.event].add(EventLink(Tie.COMPLETES, begun[0].event))
        elif before and 0 < node.first - before[-1].first <= NEXT:
            ties[node.event].add(EventLink(Tie.FOLLOWS, before[-1].event))


def _after_orders(departures: Iterable[_Node], orders: Sequence[_Node], ties: dict[str, set[EventLink]]) -> None:
    """Each departure to the newest order to leave before it."""
    given = [order for order in orders if order.group.mode is Mode.DONE]
    for node in departures:
        for order in reversed(given[-4 * MOST :]):
            if 0 <= node.first - order.first <= COURSE and _same_parties(order.group, node.group):
                ties[node.event].add(EventLink(Tie.FOLLOWS, order.event))
                break
