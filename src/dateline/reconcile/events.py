"""What happened: claims of one kind, actor, recipient and country whose times agree, as one event.

Simple and cautious: a claim without a time joins only claims of its own report, two named towns or bases
keep events apart, and where two of actor, recipient and country are open only one report's claims join.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dateline.model import Actor, Claim, Document, Event, Precision, Sector, Stance, content_id
from dateline.reconcile.sightings import STATE

_EXACT = frozenset({Precision.SITE, Precision.SETTLEMENT})
_OPEN_END = "9999-12-31"
_Key = tuple[str, str, str, str, str]


@dataclass(slots=True)
class _Group:
    """Claims taken for one event so far; `earliest`/`latest` are what all its dated claims share."""

    claims: list[Claim] = field(default_factory=list)
    earliest: str | None = None
    latest: str | None = None
    places: set[str] = field(default_factory=set)

    def admits(self, claim: Claim) -> bool:
        """Whether the claim can be of this event by place and time."""
        place = _exact_place(claim)
        if place is not None and self.places and place not in self.places:
            return False
        window = _window(claim)
        if window is None or self.earliest is None or self.latest is None:
            return window is None or self.earliest is None
        return window[0] <= self.latest and self.earliest <= window[1]

    def take(self, claim: Claim) -> None:
        """Add the claim and narrow the shared time."""
        self.claims.append(claim)
        place = _exact_place(claim)
        if place is not None:
            self.places.add(place)
        window = _window(claim)
        if window is not None:
            self.earliest = max(self.earliest or "", window[0])
            self.latest = min(self.latest or _OPEN_END, window[1])


def events(claims: Iterable[Claim], documents: Iterable[Document]) -> tuple[Event, ...]:
    """Events in order of time and kind, the same whatever the order of the claims.

    `documents` are those of the claims; a claim of another document is an error (ValueError).
    """
    known = {document.id for document in documents}
    keyed: dict[_Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.document not in known:
            raise ValueError(f"claim {claim.id} is of an unknown document {claim.document}")
        keyed[_key(claim)].append(claim)
    found = [_event(group) for key in sorted(keyed) for group in _groups(keyed[key])]
    return tuple(sorted(found, key=lambda e: (e.earliest or "", e.latest or "", str(e.kind), e.id)))


def _key(claim: Claim) -> _Key:
    """What must be equal; with two of three parts open, the document too."""
    actor, recipient = _party(claim.actor), _party(claim.recipient)
    country = "" if claim.place is None else claim.place.country or ""
    vague = [actor, recipient, country].count("") >= 2
    return (str(claim.kind), actor, recipient, country, claim.document if vague else "")


def _party(actor: Actor | None) -> str:
    """A state under all its names, the people of a country, any other by its own name."""
    if actor is None:
        return ""
    if actor.country is None or actor.sector not in STATE | {Sector.CIV}:
        return actor.name.casefold()
    return actor.country if actor.sector in STATE else f"{actor.country} {actor.sector}"


def _groups(claims: Sequence[Claim]) -> list[_Group]:
    """Dated claims by shared time, oldest first; undated ones with the first fit of their own report."""
    groups: list[_Group] = []
    current: list[_Group] = []
    for claim in sorted((c for c in claims if _window(c) is not None), key=_order):
        begins = _order(claim)[0]
        current = [group for group in current if (group.latest or _OPEN_END) >= begins]
        _put(claim, current, groups)
    near: dict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        for document in {claim.document for claim in group.claims}:
            near[document].append(group)
    for claim in sorted((c for c in claims if _window(c) is None), key=_order):
        _put(claim, near[claim.document], groups)
    return groups


def _put(claim: Claim, candidates: list[_Group], groups: list[_Group]) -> None:
    """Add the claim to the first candidate that admits it, else to a new group that is a candidate from then on."""
    for group in candidates:
        if group.admits(claim):
            group.take(claim)
            return
    group = _Group()
    group.take(claim)
    groups.append(group)
    candidates.append(group)


def _order(claim: Claim) -> tuple[str, str, str]:
    window = _window(claim)
    return (*(window or ("", "")), claim.id)


def _window(claim: Claim) -> tuple[str, str] | None:
    if claim.time is None or (claim.time.earliest is None and claim.time.latest is None):
        return None
    return claim.time.earliest or "", claim.time.latest or _OPEN_END


def _exact_place(claim: Claim) -> str | None:
    place = claim.place
    return place.name.casefold() if place is not None and place.precision in _EXACT else None


def _event(group: _Group) -> Event:
    claims = sorted(group.claims, key=lambda claim: claim.id)
    ids = tuple(claim.id for claim in claims)
    first = claims[0]
    return Event(
        id=content_id("event", *ids),
        kind=first.kind,
        actor=_called(claim.actor for claim in claims),
        recipient=_called(claim.recipient for claim in claims),
        country=None if first.place is None else first.place.country,
        earliest=group.earliest or None,
        latest=None if group.latest == _OPEN_END else group.latest,
        claims=ids,
        stances=tuple(stance for stance in Stance if any(claim.stance is stance for claim in claims)),
        actor_country=None if first.actor is None else first.actor.country,
        recipient_country=None if first.recipient is None else first.recipient.country,
    )


def _called(actors: Iterable[Actor | None]) -> str | None:
    """The most frequent name, the first in the alphabet among equals."""
    names = [actor.name for actor in actors if actor is not None]
    return min(set(names), key=lambda name: (-names.count(name), name)) if names else None
