"""The places a report names, resolved: every mention with its country, point and precision.

Recognition is in `place_spans`, the choice between places of one name in `place_points`; `docs/places.md`
describes both. Names are looked up once a document.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from dateline.lexicon.countries import by_name, demonym_countries
from dateline.lexicon.gazetteer import lookup
from dateline.model import Place, Precision
from dateline.parse.place_points import Choice, Context, Within, choose, evidence_country, place
from dateline.parse.place_spans import Naming, Shape, View, namings, view

if TYPE_CHECKING:
    from spacy.tokens import Doc

BESIDE = 40
"""Characters between an unlisted site and a place that tells its country."""

_HEADED = frozenset({Shape.SITE, Shape.AIRFIELD, Shape.DISTRICT, Shape.PROVINCE})
_BESIDE = re.compile(r"\s*(?:,|\(|,?\s+in(?: the)?|of)\s*(?:[a-z]+ern |the )?")
"""Between a place and its container: a comma, a bracket, "in", "in the"."""


def places(doc: Doc, text: str, *, home: str | None = None) -> tuple[Place, ...]:
    """Every mention of a place in a parsed report, sorted, without overlap.

    `doc` is the parse of `text` (same length; see `dateline.parse.nlp`), `home` the alpha-3 code of the
    country the outlet or dateline is in. Countries and regions have no point. A name that cannot be
    decided between equals, or that nobody lists, keeps its words with `lat`, `lon` and, unless a container
    tells it, `country` None. Demonyms, surnames and organisations named after places are not places.
    """
    seen = view(doc)
    found = list(namings(seen))
    context = _context(seen, found, home)
    decided: dict[tuple[str, Shape, Within | None], Choice] = {}
    plain = doc.text
    out = []
    for number, naming in enumerate(found):
        within = _within(found, number, plain)
        key = (naming.spoken, naming.shape, within)
        if key not in decided:
            decided[key] = choose(naming, context, within)
        out.append(place(naming, text, decided[key]))
    return tuple(_agreeing(out))


def _context(seen: View, found: list[Naming], home: str | None) -> Context:
    """Countries and provinces the report speaks of, by names, demonyms and unmistakable towns."""
    countries: Counter[str] = Counter()
    admins: Counter[tuple[str, str]] = Counter()
    for naming in found:
        country = evidence_country(naming.name)
        if country is None:
            continue
        countries[country] += 1
        first = next(iter(lookup(naming.name)), None)
        if first is not None and first.country == country and first.precision is Precision.PROVINCE:
            admins[country, first.admin] += 1
    inside = {naming.start for naming in found}
    for at, capital in enumerate(seen.capital):
        states = demonym_countries(seen.words[at]) if capital and seen.starts[at] not in inside else ()
        if len(states) == 1:
            countries[states[0].code] += 1
    return Context(countries, admins, home)


def _within(found: list[Naming], number: int, text: str) -> Within | None:
    """The country or province written right after a mention ("Sinjar, Iraq"; "Agadez in central Niger")."""
    naming = found[number]
    if naming.shape in _HEADED and not lookup(naming.name):
        return _beside(found, number)
    if number + 1 >= len(found) or by_name(naming.name) is not None:
        return None
    container = found[number + 1]
    between = text[naming.end : container.start]
    if not _BESIDE.fullmatch(between):
        return None
    state = by_name(container.name)
    if state is not None and not _is_list(found, number, text):
        return Within(state.code)
    for entry in lookup(container.name):
        if entry.precision is Precision.PROVINCE and entry.country is not None and entry.prior >= 4.5:
            inside = [e for e in lookup(naming.name) if e.country == entry.country and e.admin == entry.admin]
            if inside and entry.admin:
                return Within(entry.country, entry.admin)
    return None


def _beside(found: list[Naming], number: int) -> Within | None:
    """The country of the place named next to an unlisted site or district ("the Karrada quarter of Baghdad")."""
    naming = found[number]
    for other in (*found[number + 1 : number + 2], *found[max(0, number - 1) : number]):
        gap = max(other.start - naming.end, naming.start - other.end)
        country = evidence_country(other.name)
        if gap <= BESIDE and country is not None:
            return Within(country)
    return None


def _is_list(found: list[Naming], number: int, text: str) -> bool:
    """Whether the comma after a mention goes on a list ("Gao, Mali and Niger") and names no container."""
    if number + 2 >= len(found):
        return False
    after = text[found[number + 1].end : found[number + 2].start]
    return after.strip() in ("and", ", and") and by_name(found[number + 2].name) is not None


def _agreeing(found: list[Place]) -> list[Place]:
    """Mentions of one name in one report mean one place: an undecided one takes the decided one's reading."""
    decided = {p.name: p for p in found if p.country is not None and p.lat is not None}
    out = []
    for mention in found:
        known = decided.get(mention.name)
        if mention.country is None and mention.lat is None and known is not None and known.text == mention.text:
            mention = Place(
                mention.text,
                mention.start,
                mention.end,
                known.name,
                known.country,
                known.lat,
                known.lon,
                known.precision,
            )
        out.append(mention)
    return out
