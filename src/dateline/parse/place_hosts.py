"""In which state a site or a district is that no gazetteer lists: that of the place named beside it, else the report's.

"Pearl Square" in a report from Bahrain is not in the Pearl of Mississippi, and the "Bab al-Tabbaneh district of
Tripoli" lies where that Tripoli does. A town of the name is its point only in a state that the report speaks of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from dateline.lexicon.countries import by_demonym
from dateline.lexicon.gazetteer import lookup
from dateline.model import Place, Precision
from dateline.parse.place_evidence import Context
from dateline.parse.place_points import Within
from dateline.parse.place_spans import Naming, Shape
from dateline.parse.place_view import View

NOTED = 5.0
"""Weight of a town in the gazetteer from which on a base or airport that bears its name is there."""
RIVAL = 1.0
"""How near the weight of a town of the same name in another state must come for the name to tell nothing."""
WORDS_BEFORE = 40
"""Characters before a settlement within which its demonym stands."""
_HEADED = frozenset({Shape.SITE, Shape.AIRFIELD, Shape.DISTRICT, Shape.QUARTER})
_OWNER = re.compile(r"['’]s?\s+(?:[\w-]+\s+){0,3}|\s*,\s*(?:the\s+|le\s+|la\s+|el\s+)?")
"""What stands between a place and a site that is its: "Tripoli's Bab al-Tabbaneh", "in Jakarta, Victoria Square"."""

Again = Callable[[Naming, Within], Place]
"""Reads a mention anew, inside a state."""


def hosted(found: Sequence[Naming], out: Sequence[Place], evidence: Context, seen: View, again: Again) -> list[Place]:
    """The places of all mentions, sites and districts without an entry of their own moved to where the report is."""
    loose = {i for i, naming in enumerate(found) if _loose(naming, out[i], seen)}
    named = [place for i, place in enumerate(out) if i not in loose and not found[i].associated]
    told = Counter(p.country for p in named if p.country is not None)
    moved = []
    for i, place in enumerate(out):
        if i not in loose:
            moved.append(place)
            continue
        code = _beside(found, out, loose, i, seen)
        known = place.country is not None and (told[place.country] or place.country == evidence.home)
        if code is None and not known:
            code = evidence.dominant() or next((country for country, _ in told.most_common(1)), evidence.home)
        moved.append(_moved(found[i], place, code, again) if code is not None else place)
    return moved


def _moved(naming: Naming, place: Place, code: str, again: Again) -> Place:
    """The mention in a state: as it is, as another place of its name there, or without a point."""
    if place.country == code:
        return place
    there = again(naming, Within(code))
    if there.country == code:
        return there
    return replace(place, name=naming.spoken, country=code, lat=None, lon=None, uncertainty=None, alternatives=())


def _loose(naming: Naming, place: Place, seen: View) -> bool:
    """Whether a site or district has no entry of its own, only words, or the point of a town of its name."""
    if naming.shape is Shape.SETTLEMENT and place.lat is None and not place.alternatives:
        return not lookup(naming.name)
    if naming.shape not in _HEADED or (naming.shape is Shape.AIRFIELD and place.lat is not None):
        return False
    if naming.shape is Shape.SITE and place.lat is not None and _of_town(naming, seen):
        return False
    wanted = Precision.SITE if naming.shape in (Shape.SITE, Shape.AIRFIELD) else Precision.DISTRICT
    own = (e for name in (naming.spoken, naming.name) for e in lookup(name) if e.precision is wanted)
    return place.lat is None or not any(e.lat == place.lat and e.lon == place.lon for e in own)


def _of_town(naming: Naming, seen: View) -> bool:
    """Whether a base, port or camp is called after a town that only one state has: "base de Niamey", "Gao camp"."""
    spoken = naming.spoken.lower()
    if any(re.search(rf"\b{re.escape(ground)}\b", spoken) for ground in seen.near.grounds):
        return False
    towns = sorted((e for e in lookup(naming.name) if e.precision is Precision.SETTLEMENT), key=lambda e: -e.prior)
    if not towns or towns[0].prior < NOTED:
        return False
    return all(e.country == towns[0].country or towns[0].prior - e.prior > RIVAL for e in towns)


def _whose_town(naming: Naming, seen: View) -> str | None:
    """The state whose demonym stands before the word for a settlement: "the Russian village of Klintsovka"."""
    if naming.shape is not Shape.SETTLEMENT:
        return None
    before = seen.text[max(0, naming.start - WORDS_BEFORE) : naming.start].split()
    while before and (before[-1].lower() in seen.near.of or before[-1].lower() in seen.near.settlement_heads):
        before.pop()
    country = by_demonym(before[-1], seen.language) if before else None
    return None if country is None else country.code


def _beside(found: Sequence[Naming], out: Sequence[Place], loose: set[int], at: int, seen: View) -> str | None:
    """The state of the place that a site is said to be in: after it, or just before it; or whose village it is."""
    owner = _whose_town(found[at], seen)
    if owner is not None:
        return owner
    for other, between in ((at + 1, seen.near.beside), (at - 1, _OWNER)):
        if not 0 <= other < len(found) or other in loose or out[other].country is None:
            continue
        first, second = sorted((found[at], found[other]), key=lambda naming: naming.start)
        if between.fullmatch(seen.text[first.end : second.start]) is not None:
            return out[other].country
    return None
