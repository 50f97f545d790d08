"""The places a report names, resolved: every mention with its country, point and precision.

Recognition is in `place_spans`, the choice between places of one name in `place_points`; `docs/places.md`
describes both. Names are looked up once a document.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.lexicon.countries import by_name
from dateline.lexicon.gazetteer import fold, lookup
from dateline.model import Place, Precision
from dateline.parse.place_evidence import context
from dateline.parse.place_hosts import hosted
from dateline.parse.place_points import Choice, Within, choose, place
from dateline.parse.place_spans import Naming, Shape, namings
from dateline.parse.place_view import View, view

if TYPE_CHECKING:
    from spacy.tokens import Doc


_POSSESSIVE = re.compile(r"['’]s?\s")


def places(doc: Doc, text: str, *, home: str | None = None, associated: bool = False) -> tuple[Place, ...]:
    """Every mention of a place in a parsed report, sorted, without overlap.

    `doc` is the parse of `text` (same length; see `dateline.parse.nlp`), `home` the alpha-3 code of the
    country the outlet or dateline is in. Countries and regions have no point. A name that cannot be
    decided between equals, or that nobody lists, keeps its words with `lat`, `lon` and, unless a container
    tells it, `country` None. Demonyms and surnames are not places. Names that only tell whose or from where
    something else is ("US troops", "Toronto General Hospital") are evidence for others, and given with `associated`.
    """
    seen = view(doc)
    found = list(namings(seen))
    evidence = context(seen, found, home)
    decided: dict[tuple[str, Shape, Within | None], Choice] = {}
    out = []
    for naming, within in zip(found, containers(found, seen), strict=True):
        key = (naming.spoken, naming.shape, within)
        if key not in decided:
            decided[key] = choose(naming, evidence, within)
        out.append(place(naming, text, decided[key]))
    kept = _agreeing(hosted(found, out, evidence, seen, lambda n, inside: place(n, text, choose(n, evidence, inside))))
    return tuple(p for p, naming in zip(kept, found, strict=True) if associated or not naming.associated)


def containers(found: list[Naming], seen: View) -> list[Within | None]:
    """The container of each mention: written beside it, or beside another mention of the name if only one ever is."""
    beside = [_within(found, number, seen) for number in range(len(found))]
    of_name: dict[str, set[Within]] = {}
    for naming, within in zip(found, beside, strict=True):
        if within is not None:
            of_name.setdefault(fold(naming.name), set()).add(within)
    return [
        within if within is not None or len(said := of_name.get(fold(naming.name), set())) != 1 else next(iter(said))
        for naming, within in zip(found, beside, strict=True)
    ]


def _within(found: list[Naming], number: int, seen: View) -> Within | None:
    """The country or province written right after a mention ("Sinjar, Iraq"; "Agadez in central Niger")."""
    naming = found[number]
    if by_name(naming.name) is not None:
        return None
    if number > 0 and _POSSESSIVE.fullmatch(seen.text[found[number - 1].end : naming.start]) is not None:
        state = by_name(found[number - 1].name)
        if state is not None:
            return Within(state.code)
    if number + 1 >= len(found):
        return None
    container = found[number + 1]
    between = seen.text[naming.end : container.start]
    if not seen.near.beside.fullmatch(between):
        return None
    state = by_name(container.name)
    if state is not None and not _is_list(found, number, seen):
        return Within(state.code)
    for entry in lookup(container.name):
        if entry.precision is Precision.PROVINCE and entry.country is not None and entry.prior >= 4.5:
            inside = [e for e in lookup(naming.name) if e.country == entry.country and e.admin == entry.admin]
            if inside and entry.admin:
                return Within(entry.country, entry.admin)
    return None


def _is_list(found: list[Naming], number: int, seen: View) -> bool:
    """Whether the comma after a mention goes on a list ("Gao, Mali and Niger") and names no container."""
    if number + 2 >= len(found):
        return False
    after = seen.text[found[number + 1].end : found[number + 2].start].strip().removeprefix(",").strip()
    return after in seen.near.joining and by_name(found[number + 2].name) is not None


def _agreeing(found: list[Place]) -> list[Place]:
    """Mentions of one name in one report mean one place: an undecided one takes the decided one's reading."""
    decided = {p.name: p for p in found if p.country is not None and p.lat is not None}
    out = []
    for mention in found:
        known = decided.get(mention.name)
        if mention.country is None and mention.lat is None and known is not None and known.text == mention.text:
            mention = replace(known, text=mention.text, start=mention.start, end=mention.end)
        out.append(mention)
    return out
