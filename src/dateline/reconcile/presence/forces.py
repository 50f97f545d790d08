"""Which claims speak of one force: the forces of a state, a company under its old and new name, a named group."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from dateline.lexicon.actor_histories import History, histories
from dateline.lexicon.actors import by_name
from dateline.model import Actor, Sector
from dateline.reconcile.presence.sightings import STATE, Sighting

ForceKey = tuple[str, str, str, str]
"""Host, country of the force or "", sector or "state", name in lower case or "" where only the country tells."""

_COUNT = re.compile(r"(?i)^(?:[a-z]+ ){0,3}\d[\d,. ]*(?=\S)")
_RENAMED = frozenset({Sector.PMC, Sector.IGO})
"""Sectors in which a successor takes over the men and the bases; an armed group's successor may be a splinter."""


def by_force(sightings: Sequence[Sighting]) -> dict[ForceKey, list[Sighting]]:
    """The sightings of each force in each host, in their order."""
    groups: dict[ForceKey, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        groups[_key(sighting.host, sighting.force)].append(sighting)
    return _companies_joined(groups)


def block(host: str, force: Actor) -> str:
    """What all claims share that can bear on one row: host and country of the force, or its lineage without one."""
    return f"{host}|{force.country or lineage(_sorted(force.name)).casefold()}"


def _key(host: str, force: Actor) -> ForceKey:
    """The forces of one state are one force; every other is told apart by its name.

    Of armed men without a name ("Syrian fighters") those of one country are taken together.
    """
    if force.country is not None and force.sector in STATE:
        return (host, force.country, "state", "")
    nameless = force.country is not None and force.sector is Sector.REB and described(force.name)
    return (host, force.country or "", str(force.sector), "" if nameless else lineage(_sorted(force.name)).casefold())


def _sorted(name: str) -> str:
    """The name of forces that act together, in one order ("Germany, armed forces; Italy, armed forces")."""
    return "; ".join(sorted(name.split("; ")))


def _companies_joined(groups: dict[ForceKey, list[Sighting]]) -> dict[ForceKey, list[Sighting]]:
    """Groups where "Russian mercenaries" joined the one company of that country that is named there.

    With two companies named the nameless stay apart: either could be meant.
    """
    companies: dict[tuple[str, ...], list[ForceKey]] = defaultdict(list)
    for key in groups:
        if key[1] and key[2] == Sector.PMC:
            companies[key[:3]].append(key)
    merged = dict(groups)
    for keys in companies.values():
        nameless = [key for key in keys if described(groups[key][0].force.name)]
        named = [key for key in keys if key not in nameless]
        if not nameless or len(named) > 1:
            continue
        target = named[0] if named else min(nameless)
        together = [sighting for key in {*nameless, target} for sighting in merged.pop(key)]
        merged[target] = sorted(together, key=lambda sighting: sighting.order)
    return merged


def described(name: str) -> bool:
    """Whether a name ends in a common noun ("Russian mercenaries")."""
    words = name.split()
    return bool(words) and words[-1].islower()


def called(group: Sequence[Sighting]) -> tuple[str, Sector]:
    """The name of a row: soldiers before their government, a proper name before a description, then the commonest.

    A force that was renamed goes by its newest name that the claims use.
    """
    counts = Counter((s.force.name, s.force.sector) for s in group)
    replaced = {_renamings().get(by_canonical(name), "") for name, _ in counts}

    def rank(item: tuple[tuple[str, Sector], int]) -> tuple[bool, bool, bool, int, int, str]:
        (name, sector), count = item
        office = sector in STATE and sector is not Sector.MIL
        numbered = any(char.isdigit() for char in name)
        plain = sector not in STATE and described(name)
        return (office, plain, numbered or by_canonical(name) in replaced, -count, len(name), name)

    name, sector = min(counts.items(), key=rank)[0]
    return (_COUNT.sub("", name) if described(name) else name), sector


def by_canonical(name: str) -> str:
    """The canonical name of a known actor, any other name as it is."""
    known = by_name(name)
    return name if known is None else known.name


def lineage(name: str) -> str:
    """The first name of a force that has borne several, one after the other ("Africa Corps": "Wagner Group")."""
    found, seen = by_canonical(name), set()
    while found in _renamings() and found not in seen:
        seen.add(found)
        found = _renamings()[found]
    return found


@cache
def _renamings() -> Mapping[str, str]:
    """From each name to the one before it, where one force alone followed one other (`actors/chains.csv`).

    Splits and mergers are left out. So is an armed group's successor, unless it begins in the month or year in which
    the former name ends.
    """
    table = histories()
    after: dict[str, set[str]] = defaultdict(set)
    before: dict[str, set[str]] = defaultdict(set)
    for name, known in table.items():
        for later in known.successors:
            after[name].add(later)
            before[later].add(name)
        for earlier in known.predecessors:
            after[earlier].add(name)
            before[name].add(earlier)
    found = {}
    for later, names in before.items():
        (earlier, *others) = sorted(names)
        if not others and len(after[earlier]) == 1 and _took_over(earlier, later, table):
            found[later] = earlier
    return found


def _took_over(earlier: str, later: str, table: Mapping[str, History]) -> bool:
    sectors = {known.sector for name in (earlier, later) if (known := by_name(name)) is not None}
    if len(sectors) != 1:
        return False
    if sectors <= _RENAMED:
        return True
    ended, began = table.get(earlier, History()).until, table.get(later, History()).since
    return ended is not None and began is not None and ended[: len(began)] == began[: len(ended)]
