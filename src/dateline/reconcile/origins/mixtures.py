"""Round-ups: reports that take from several others which have nothing in common but them. They carry none of them.

And cuts: reports within one or more longer ones, of which they were cut from one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from dateline.model import OriginLink
from dateline.reconcile.origins.joining import Groups, Links, strength
from dateline.reconcile.origins.sketches import Sketch

MOSTLY: Final = 0.65
"""A report of which so much is from one other is a mixture only if a second gave `MUCH` of it too."""

NEARLY_ALL: Final = 0.8
"""One of which so much is from one other is no mixture, whatever else it took."""

MUCH: Final = 0.45
"""What independent reports of an event hardly ever have in common."""

SIDE: Final = 0.3
"""The part of a report that each of two others must have given for it to be a mixture of them."""

WITHIN_IT: Final = 0.8
"""A report of the same day of which so much is in this one is rather a cut of it."""

TOGETHER: Final = 0.8
"""What the two must come to: reports of one event share some of what they tell, a mixture has nothing of its own."""


def mixtures(members: Sequence[str], links: Links, sketches: Mapping[str, Sketch]) -> set[str]:
    """The round-ups among the reports of one component, the newest first taken out; `links` are all that touch it."""
    found: set[str] = set()
    near = _near(links)
    for document in sorted(members, key=lambda key: sketches[key].order, reverse=True):
        covers = [
            (share_of(link, document), link) for link in near.get(document, ()) if _other(link, document) not in found
        ]
        whole = any(not link.partial for _, link in covers)
        most = max((cover for cover, _ in covers), default=0.0)
        least = SIDE if most < MOSTLY else MUCH
        givers = [(cover, link) for cover, link in covers if cover >= least and _gave(link, document, sketches)]
        if whole and len(givers) > 1 and most < NEARLY_ALL and _mixed(document, givers, links, found):
            found.add(document)
    return found


def _gave(link: OriginLink, document: str, sketches: Mapping[str, Sketch]) -> bool:
    """Whether the other report of a link can have given a part of this one: it is no later, and no cut of the day."""
    other = _other(link, document)
    here, there = sketches[document].published, sketches[other].published if other in sketches else None
    if here is None or there is None or there < here:
        return True
    return there == here and share_of(link, other) < WITHIN_IT


def _mixed(document: str, covers: Sequence[tuple[float, OriginLink]], links: Links, gone: set[str]) -> bool:
    """Whether two sides that nothing else connects have given nearly all of a report."""
    left_out = gone | {document}
    groups = Groups({end for link in links for end in (link.earlier, link.later)})
    for link in links:
        if not link.partial and not {link.earlier, link.later} & left_out:
            groups.join(link.earlier, link.later)
    sides: dict[str, float] = defaultdict(float)
    for cover, link in covers:
        side = groups.of(_other(link, document))
        sides[side] = max(sides[side], cover)
    return len(sides) > 1 and sum(sorted(sides.values())[-2:]) >= TOGETHER


def taken_in(groups: Groups, links: Links, sketches: Mapping[str, Sketch]) -> list[OriginLink]:
    """Join each group of cuts to the one group that it was cut from; gives the links that did it.

    Of several that contain it, that in which most of it stands, then one that has carriers already, then the one that
    has least besides, then the oldest: round-ups come last.
    """
    sizes = {group: len(members) for group, members in groups.members().items()}
    choices: dict[str, list[tuple[OriginLink, str]]] = defaultdict(list)
    for link in links:
        later_within = (link.share or 0.0) >= (link.taken or 0.0)
        inner, outer = (link.later, link.earlier) if later_within else (link.earlier, link.later)
        if groups.of(inner) != groups.of(outer):
            choices[groups.of(inner)].append((link, outer))

    def rank(choice: tuple[OriginLink, str]) -> tuple[float, bool, float, str, str]:
        link, outer = choice
        rest = min(link.share or 0.0, link.taken or 0.0)
        alone = sizes[groups.of(outer)] == 1
        return -round(strength(link), 1), alone, -round(rest, 1), sketches[outer].published or "9999", outer

    best = {inner: min(found, key=rank) for inner, found in choices.items()}
    for inner in sorted(best):
        groups.join(inner, best[inner][1])
    return [best[inner][0] for inner in sorted(best)]


def share_of(link: OriginLink, document: str) -> float:
    """The share of a report that the other of a link has."""
    return (link.share if link.later == document else link.taken) or 0.0


def _near(links: Links) -> dict[str, list[OriginLink]]:
    found: dict[str, list[OriginLink]] = defaultdict(list)
    for link in links:
        found[link.earlier].append(link)
        found[link.later].append(link)
    return found


def _other(link: OriginLink, document: str) -> str:
    return link.earlier if link.later == document else link.later
