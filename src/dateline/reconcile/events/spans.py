"""What a group of tellings comes to in time: how far the act has come, its bounds, and who only recalls it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from dateline.model import Stage, Stance
from dateline.reconcile.events.groups import Group
from dateline.reconcile.events.tellings import Phase, Telling
from dateline.reconcile.events.windows import NEWS, Mode, Window

Bounds = tuple[int | None, int | None]
"""The first and last day on which the act can be, None where it is open."""


def recalls(member: Telling, bounds: Bounds | None, group: Group) -> bool:
    """Whether a claim is background: it recalls the act, or passes it on with doubt."""
    return _recalled(member, bounds, group) or _hearsay(member, group)


def stage(group: Group) -> Stage:
    """How far the act has come: announced, begun, done; alleged or denied where nobody asserts it."""
    if group.mode is not Mode.DONE:
        return Stage.ANNOUNCED
    stances = {member.claim.stance for member in group.members}
    if Stance.ASSERTED not in stances:
        return Stage.ALLEGED if Stance.ALLEGED in stances else Stage.DENIED
    phases = Counter(member.phase for member in group.members if member.phase is not None)
    return Stage.BEGUN if phases[Phase.BEGUN] > phases[Phase.OVER] else Stage.DONE


def _recalled(member: Telling, bounds: Bounds | None, group: Group) -> bool:
    """Whether a claim tells the act as background: its report came long after the act, or after its first news."""
    if member.said is None:
        return False
    if group.mode is Mode.DONE and not group.contested and bounds is not None and bounds[1] is not None:
        return member.said - bounds[1] > NEWS
    if member.stated is not None and not member.fresh:
        return True
    return group.mode is Mode.PLAN and _after_news(member, group)


def _hearsay(member: Telling, group: Group) -> bool:
    """Whether a report only passes on, with doubt, what another outlet tells and others assert."""
    claim = member.claim
    relayed = claim.attribution is not None and bool(claim.attribution.via)
    return relayed and claim.stance is Stance.ALLEGED and not group.contested


def _after_news(member: Telling, group: Group) -> bool:
    first = min((m.said for m in group.members if m.said is not None and m.fresh), default=member.said)
    return member.said is not None and first is not None and member.said - first > NEWS


def bounds_of(group: Group) -> Bounds | None:
    """The bounds of the act: what most reports that date it share; a plan lies after its announcement.

    What was done without a date was done by the day of its first report. A contested state lasts from the first to
    the last day that is spoken of.
    """
    said = [member.said for member in group.members if member.said is not None]
    stated = [(m.stated, m.document) for m in group.members if m.stated is not None and not m.seen]
    if group.mode is not Mode.DONE:
        ahead = [(m.stated, m.document) for m in group.members if m.stated is not None and m.stated[1] > (m.said or 0)]
        return _shared(ahead) or ((min(said), None) if said else None)
    if group.contested and group.denied and stated:
        return (min(window[0] for window, _ in stated), max(window[1] for window, _ in stated))
    return _shared(stated) or ((None, min(said)) if said else None)


def _shared(stated: Sequence[tuple[Window, str]]) -> Window | None:
    """What the times of most reports share; of equals the earlier one, for copies err towards their own day."""
    told: dict[Window, set[str]] = defaultdict(set)
    for window, document in stated:
        told[window].add(document)
    if not told:
        return None

    def rank(window: Window) -> tuple[int, int, int]:
        meets = set().union(*(told[w] for w in told if w[0] <= window[1] and window[0] <= w[1]))
        return (-len(meets), window[1], -window[0])

    ranked = sorted(told, key=rank)
    low, high = ranked[0]
    for window in ranked[1:]:
        if window[0] <= high and low <= window[1]:
            low, high = max(low, window[0]), min(high, window[1])
    return (low, high)
