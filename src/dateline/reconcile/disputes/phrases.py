"""The plain words of a dispute: forces, figures, times and sources as an analyst would quote them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from datetime import date

from dateline.lexicon.countries import by_code, by_name
from dateline.model import Claim, Event, Kind, Presence, Quantity, Side, Unit, Witness
from dateline.reconcile.disputes.tellings import Telling
from dateline.reconcile.presence.forces import described
from dateline.reconcile.presence.sightings import STATE
from dateline.reconcile.reports import Reports

NAMED = 3
"""Sources named for one side; further ones are counted."""

_MONTHS: tuple[str, ...] = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def host_name(host: str) -> str:
    """A country by its usual name; a region's name as it is."""
    country = by_code(host)
    return host if country is None else country.name


def force_noun(presence: Presence, told: Iterable[Telling]) -> str:
    """A force in words, by the name that these claims use most: "French forces", "Wagner Group"."""
    if presence.sector in STATE and presence.force_country is not None:
        return f"{adjective(presence.force_country)} forces"
    return _called(presence, told)


def personnel(presence: Presence, told: Iterable[Telling]) -> str:
    """Its people, after a number: "American personnel", "Wagner Group personnel", "Russian mercenaries"."""
    if presence.sector in STATE and presence.force_country is not None:
        return f"{adjective(presence.force_country)} personnel"
    name = _called(presence, told)
    return name if described(name) else f"{name} personnel"


def _called(presence: Presence, told: Iterable[Telling]) -> str:
    """The name that most of the claims give the force, a proper name before a description."""
    actors = (t.claim.recipient if t.claim.kind is Kind.EXPULSION else t.claim.actor for t in told)
    names = Counter(actor.name for actor in actors if actor is not None)
    return min(names, key=lambda name: (described(name), -names[name], name), default=presence.force)


def adjective(code: str) -> str:
    """What belongs to a country; its code where the table has no word."""
    country = by_code(code)
    return country.adjectives[0] if country is not None and country.adjectives else code


def figure_words(told: Sequence[Telling]) -> str:
    """The figures of one side: "650", "900 to 1,000", "at least 200", "up to 500 killed", "4 days"."""
    quantities = [t.claim.quantity for t in told if t.claim.quantity is not None]
    values = [value for q in quantities for value in (q.low, q.high) if value is not None]
    if not values:
        return "no figure"
    low, high = min(values), max(values)
    unit = _unit(quantities[0])
    if low < high:
        return f"{_number(low)} to {_number(high)}{unit}"
    if all(quantity.high is None for quantity in quantities):
        return f"at least {_number(low)}{unit}"
    if all(quantity.low is None for quantity in quantities):
        return f"up to {_number(high)}{unit}"
    return f"{_number(low)}{unit}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def _unit(quantity: Quantity) -> str:
    """What is counted, after the figure; personnel are named with the force, rare units by their own last word."""
    if quantity.unit is Unit.PERSONNEL:
        return ""
    if quantity.unit not in (Unit.OTHER, Unit.MONEY):
        return f" {quantity.unit}"
    last = (quantity.text or "").split()[-1:]
    return f" {last[0]}" if last and last[0].isalpha() else ""


def party_words(name: str) -> str:
    """A canonical name in running words: "Niger, military government" is "Nigerien military government"."""
    head, _, rest = name.partition(", ")
    country = by_name(head)
    if ";" in name or not rest or country is None or not country.adjectives:
        return name
    return f"{country.adjectives[0]} {rest}"


def act_words(event: Event) -> str:
    """An event in words: its kind, who, to or with whom, where."""
    words = str(event.kind).replace("_", " ")
    by = "" if event.actor is None else f" by {party_words(event.actor)}"
    joint = event.kind in (Kind.AGREEMENT, Kind.CONSULTATION, Kind.COOPERATION, Kind.TRAINING)
    link = " and" if joint and by else " against" if event.kind is Kind.ATTACK else " concerning"
    to = "" if event.recipient is None else f"{link} {party_words(event.recipient)}"
    where = event.place or (None if event.country is None else host_name(event.country))
    return f"{words}{by}{to}{'' if where is None else f' in {where}'}"


def when(first: int | None, last: int | None) -> str:
    """Days as an analyst writes them: one day, one month, one year, or from month to month."""
    if last is None:
        return ""
    end = date.fromordinal(last)
    start = end if first is None else date.fromordinal(first)
    if start == end:
        return f"on {end.day} {_MONTHS[end.month - 1]} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"in {_MONTHS[end.month - 1]} {end.year}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"in {end.year}" if start.year == end.year else f"from {start.year} to {end.year}"
    begun = _MONTHS[start.month - 1] + ("" if start.year == end.year else f" {start.year}")
    return f"from {begun} to {_MONTHS[end.month - 1]} {end.year}"


def span(told: Iterable[Telling]) -> tuple[int | None, int | None]:
    """The first and last day that any of the tellings speaks of."""
    known = [t for t in told if t.last > 0]
    if not known:
        return None, None
    firsts = [t.last if t.first is None else t.first for t in known]
    return min(firsts), max(t.last for t in known)


def sources(side: Side, told: Sequence[Telling], reports: Reports, common: Container[str] = ()) -> str:
    """Who tells one side: the sources of each independent telling, three names at most and how many more.

    Several sources in one reporting are said to be of one origin: they are not independent of who quotes them. Of an
    agency that reports other sides too (`common`), the outlets are named: it is they who differ.
    """
    by_id = {telling.claim.id: telling.claim for telling in told}
    ordered = sorted(side.witnesses, key=lambda witness: witness.background)
    tellings = [(witness, [by_id[c] for c in witness.claims if c in by_id]) for witness in ordered]
    named = list(dict.fromkeys(name for w, claims in tellings for name in _sources(claims, w, reports, common)))
    if not named:
        return "one report" if len(ordered) < 2 else f"{len(ordered)} reports"
    if len(named) == 1:
        return named[0]
    one = " (one origin)" if len(ordered) == 1 else ""
    if len(named) > NAMED:
        return f"{', '.join(named[:NAMED])} and {len(named) - NAMED} more{one}"
    return f"{', '.join(named[:-1])} and {named[-1]}{one}"


def reporters(side: Side, reports: Reports) -> set[str]:
    """Those who report a side, where they are known: agencies before outlets."""
    found = (_reporter(witness, reports) for witness in side.witnesses)
    return {name for name in found if name is not None}


def _sources(claims: Sequence[Claim], witness: Witness, reports: Reports, common: Container[str]) -> list[str]:
    """Those who say it, if every claim of the telling names one; else who reported it, and failing him those named."""
    said = [_speaker(claim) for claim in claims]
    names = list(dict.fromkeys(name for name in said if name is not None))
    if names and None not in said:
        return names
    reporter = _reporter(witness, reports)
    if reporter is None:
        return names
    if reporter not in common:
        return [reporter]
    known = (reports.documents.get(document) for document in sorted({claim.document for claim in claims}))
    outlets = [document.outlet for document in known if document is not None and document.outlet is not None]
    return [outlet if outlet == reporter else f"{outlet} ({reporter})" for outlet in dict.fromkeys(outlets)] or [
        reporter
    ]


def _reporter(witness: Witness, reports: Reports) -> str | None:
    known = (reports.documents[document] for document in witness.documents if document in reports.documents)
    outlets = (name for document in known for name in (document.agency, document.outlet) if name is not None)
    return witness.name or next(outlets, None)


def _speaker(claim: Claim) -> str | None:
    attribution = claim.attribution
    return None if attribution is None or attribution.source is None else attribution.source.name
