"""Which claims can be one event at all: those of one block. Cheap, and a function of the claim and its report alone."""

from __future__ import annotations

from functools import lru_cache

from dateline.lexicon.countries import by_name
from dateline.model import Actor, Claim, Document, Kind, Place, Precision, Scope, Stance, Unit

ARRIVALS = frozenset({Kind.DEPLOYMENT, Kind.REDEPLOYMENT, Kind.PRESENCE})
"""Told apart by extraction, one act to an analyst: forces come to a place, and then are there."""

MOVES = ARRIVALS | {Kind.WITHDRAWAL, Kind.EXPULSION, Kind.TERMINATION}
"""Kinds of one process between a force's country and its host; one block, so that their stages can be linked."""

MUTUAL = frozenset({Kind.AGREEMENT, Kind.CONSULTATION, Kind.COOPERATION, Kind.TRAINING, Kind.ARMS_TRANSFER, Kind.AID})
"""Kinds told from either side, or with the host as place: the pair is not ordered."""

LOCAL = frozenset({Kind.ATTACK, Kind.PROTEST, Kind.COUP, Kind.COERCION})
"""Kinds known by the country they happen in; parties are often left out."""

YEARLY = frozenset({Kind.ATTACK, Kind.COERCION, Kind.ACCUSATION})
"""The most frequent kinds: blocks of one year. An act told on both sides of a New Year is two."""

_SPECIFIC = frozenset({Precision.SITE, Precision.SETTLEMENT, Precision.DISTRICT, Precision.PROVINCE})


def family(kind: Kind) -> Kind:
    """The kind that stands for all kinds that can tell one act."""
    return Kind.DEPLOYMENT if kind in ARRIVALS else kind


def event_block(claim: Claim, document: Document) -> str | None:
    """The key that claims of one event share; None for what is no event, such as a plain strength.

    A claim with too few parties joins nothing outside its report: its key names the report.
    """
    if standing(claim):
        return None
    kind = claim.kind
    if kind in MOVES:
        key = "|".join(("move", *_pair(*force_and_host(claim))))
    elif kind in MUTUAL and _other(claim) is not None:
        key = "|".join((str(kind), *_pair(party(claim.actor), _other(claim))))
    elif kind in LOCAL:
        key = f"{kind}|{_country(claim)}"
    elif kind is Kind.MOBILIZATION:
        key = f"{kind}|{party(claim.actor) or '?'}"
    else:
        key = f"{kind}|{party(claim.actor) or '?'}|{party(claim.recipient) or '-'}"
    if "?" in key:
        return f"{key}|{claim.document}"
    return f"{key}|{_year(claim, document)}" if kind in YEARLY else key


def standing(claim: Claim) -> bool:
    """Whether a claim only tells that forces are there: a state that began at no particular time.

    Told without a place more exact than the country, or as the strength there, it is no news of an arrival. That it is
    denied or planned is news, and that it is alleged without a strength.
    """
    if claim.kind is not Kind.PRESENCE or claim.stance in (Stance.DENIED, Stance.PLANNED):
        return False
    quantity = claim.quantity
    counted = quantity is not None and quantity.unit is Unit.PERSONNEL and quantity.scope is not Scope.PART
    if counted or claim.stance is Stance.CONDITIONAL:
        return True
    return claim.stance is Stance.ASSERTED and not exact(claim.place)


def exact(place: Place | None) -> bool:
    """Whether a place is more exact than a country or a region of several."""
    return place is not None and place.precision in _SPECIFIC


def force_and_host(claim: Claim) -> tuple[str | None, str | None]:
    """The party whose forces move and the country they move in, for the kinds of `MOVES`.

    Who is expelled is the recipient; an accord is ended between its two parties, whoever ends it.
    """
    here = None if claim.place is None else claim.place.country
    if claim.kind is Kind.EXPULSION:
        return party(claim.recipient), party(claim.actor) or here
    if claim.kind is Kind.TERMINATION:
        return party(claim.actor), party(claim.recipient)
    return party(claim.actor), here or party(claim.recipient) or _region(claim.place)


def party(actor: Actor | None) -> str | None:
    """A country for all that belongs to it, else the name; two joined ones as their countries where these are told."""
    if actor is None:
        return None
    if actor.country is not None:
        return actor.country
    return _named(actor.name)


@lru_cache(maxsize=8192)
def _named(name: str) -> str | None:
    """The key of a name without a country: of joint parties in any order, of a described one without its number."""
    parts = [part.strip() for part in name.split(";")]
    countries = [by_name(part.split(",")[0]) for part in parts]
    if len(parts) > 1 and None not in countries:
        return "+".join(sorted(country.code for country in countries if country is not None))
    return "; ".join(sorted(filter(None, map(_plain, parts)))) or None


def _plain(name: str) -> str:
    words = name.casefold().replace("|", " ").replace("?", " ").split()
    return " ".join(word for word in words if not word.isdigit())


def _pair(one: str | None, other: str | None) -> tuple[str, ...]:
    """Two parties in alphabetical order; two that one claim names together are a pair of their own."""
    if one is not None and one.count("+") == 1:
        return tuple(one.split("+"))
    return tuple(sorted((one or "?", other or "?")))


def _other(claim: Claim) -> str | None:
    """The counterpart: the recipient, else the country where it happens if that is not the actor's own."""
    actor, recipient = party(claim.actor), party(claim.recipient)
    if recipient is not None and recipient != actor:
        return recipient
    here = None if claim.place is None else claim.place.country
    if here is None or here == actor:
        return actor if actor is not None and actor.count("+") == 1 else None
    return here


def _region(place: Place | None) -> str | None:
    if place is None or place.precision is not Precision.REGION:
        return None
    return _named(place.name)


def _country(claim: Claim) -> str:
    """Where it happens: the country of the place, else of who suffers it; people protest and states arrest at home."""
    if claim.place is not None and claim.place.country is not None:
        return claim.place.country
    at_home = claim.kind in (Kind.PROTEST, Kind.COERCION)
    for actor in (claim.actor, claim.recipient) if at_home else (claim.recipient, claim.actor):
        if actor is not None and actor.country is not None:
            return actor.country
    return "?"


def _year(claim: Claim, document: Document) -> str:
    time = claim.time
    day = (time.latest or time.earliest) if time is not None else None
    return (day or document.published or "")[:4]
