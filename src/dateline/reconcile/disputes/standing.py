"""Whether a force is there at all, whether it has left, and whether all of it did."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from dateline.lexicon.dispute_words import dispute_words
from dateline.lexicon.presence_words import presence_words
from dateline.model import DisputeKind, Kind, Presence, Sector, Stance
from dateline.reconcile.disputes.phrases import force_noun, host_name, when
from dateline.reconcile.disputes.tellings import (
    SHORT,
    Disagreement,
    Position,
    Row,
    Telling,
    covers,
    place_name,
    wide,
)
from dateline.reconcile.presence.sightings import THERE

BEFORE = 183
"""Days before a denial within which a sighting speaks of the same time."""

AFTER = 92
"""Days after a denial within which a sighting still contradicts it; later the force may have come."""

LINGERS = 60
"""Days after a full departure within which a sighting contradicts it; later the force may have come back."""

WEEK = 7
"""Days within which two days of a full departure are one day told roughly."""

HELD = frozenset({Stance.ASSERTED, Stance.ALLEGED})


def label(telling: Telling) -> str:
    """What the claim calls the force: `company`, `trainer`, or nothing where the word fits both."""
    actor = telling.claim.recipient if telling.claim.kind is Kind.EXPULSION else telling.claim.actor
    if actor is None:
        return ""
    words = f"{actor.text or ''} {actor.name}".casefold()
    if actor.sector is Sector.PMC or dispute_words().labels["company"].search(words):
        return "company"
    trains = telling.claim.kind is Kind.TRAINING or dispute_words().labels["trainer"].search(words)
    return "trainer" if trains else ""


def is_there(telling: Telling) -> bool:
    """Whether it puts the force in the country."""
    quantity = telling.claim.quantity
    empty = quantity is not None and quantity.high == 0
    return telling.claim.kind in THERE and telling.claim.stance in HELD and not empty


def is_denial(telling: Telling) -> bool:
    """Whether it says that the force is not there; a denied figure denies only the figure."""
    quantity = telling.claim.quantity
    counted = quantity is not None and (quantity.low, quantity.high) != (0, 0)
    return telling.claim.kind in THERE and telling.claim.stance is Stance.DENIED and not counted


def denials(rows: Sequence[Row]) -> Iterator[Disagreement]:
    """Being there against not being there: one for each force and time.

    Companies and mercenaries of one country are one force here, for a denial of "mercenaries" is one of the company.
    """
    for told, of in _forces(rows):
        denied: dict[str, list[Telling]] = defaultdict(list)
        for telling in told:
            if is_denial(telling):
                denied["" if wide(telling) else place_name(telling)].append(telling)
        for place in sorted(denied):
            for group in _eras(denied[place]):
                seen = _contradicting(group, told)
                if seen:
                    sides = [("there", seen), ("not there", group)]
                    yield _disagreement(DisputeKind.DENIAL, "presence of {force} in {host}", of, sides)


def _eras(denied: Iterable[Telling]) -> list[list[Telling]]:
    """Denials with less than half a year between one and the next."""
    eras: list[list[Telling]] = []
    for telling in sorted(denied, key=lambda t: t.order):
        if eras and telling.last - eras[-1][-1].last <= BEFORE:
            eras[-1].append(telling)
        else:
            eras.append([telling])
    return eras


def _contradicting(denied: Sequence[Telling], told: Sequence[Telling]) -> list[Telling]:
    """Sightings of the time and place that are denied; those before a full departure are explained."""
    first, last = min(t.start for t in denied), max(t.last for t in denied)
    gone = [t.last for t in told if is_whole(t, frozenset()) and t.last < first]
    since = max([first - BEFORE, *gone])
    return [
        telling
        for telling in told
        if is_there(telling) and since <= telling.last and telling.start <= last + AFTER and covers(denied[0], telling)
    ]


def _main(told: Iterable[Telling], of: dict[str, Presence]) -> Presence:
    """The presence that most of the tellings belong to."""
    found = {telling.claim.id: of[telling.claim.id] for telling in told}
    counts = Counter(presence.id for presence in found.values())
    return min(found.values(), key=lambda presence: (-counts[presence.id], presence.id))


def is_whole(telling: Telling, only_sites: frozenset[str]) -> bool:
    """Whether it says that all of the force has left: of the country, or of the only base or town it is known at."""
    claim = telling.claim
    if claim.kind is not Kind.WITHDRAWAL or claim.stance is not Stance.ASSERTED or not telling.dated:
        return False
    if dispute_words().outset.search(telling.words.casefold()):
        return False
    here = {telling.spot} == only_sites and claim.quantity is None
    return telling.gone or (here and not _in_part(telling) and not presence_words().under_way.search(telling.words))


def is_part(telling: Telling) -> bool:
    """Whether it says in words that a part of the force leaves or left; a number alone may be all of it."""
    claim = telling.claim
    if claim.kind is not Kind.WITHDRAWAL or not telling.dated or claim.stance in (Stance.DENIED, Stance.CONDITIONAL):
        return False
    return _in_part(telling) and not telling.gone


def _in_part(telling: Telling) -> bool:
    words = presence_words()
    outset = dispute_words().outset.search(telling.words.casefold())
    return bool(outset or words.part.search(telling.words)) or words.share(telling.words) is not None


def departures(rows: Sequence[Row]) -> Iterator[Disagreement]:
    """Departures that are denied, full ones against some still there (completion) or a part that leaves (scope).

    Companies of one country are one force here: one that takes over from another under a new name has not left.
    """
    for told, of in _forces(rows):
        yield from _denied_departures(told, of)
        yield from _extents(told, of)


def _forces(rows: Sequence[Row]) -> list[tuple[list[Telling], dict[str, Presence]]]:
    """The tellings of each force with the presence each belongs to; companies and mercenaries of a country as one."""
    forces: dict[str, list[tuple[Telling, Presence]]] = defaultdict(list)
    for row in rows:
        for telling in row.tellings:
            key = "company" if label(telling) == "company" else row.presence.id
            forces[key].append((telling, row.presence))
    return [
        ([t for t, _ in sorted(told, key=lambda pair: pair[0].order)], {t.claim.id: presence for t, presence in told})
        for _, told in sorted(forces.items())
    ]


def _denied_departures(told: Sequence[Telling], of: dict[str, Presence]) -> Iterator[Disagreement]:
    leaving = [t for t in told if t.claim.kind is Kind.WITHDRAWAL and t.dated]
    denied = [t for t in leaving if t.claim.stance is Stance.DENIED]
    for group in _eras(denied):
        first, last = min(t.start for t in group), max(t.last for t in group)
        done = [t for t in leaving if t.claim.stance in HELD and t.start <= last + SHORT and first - SHORT <= t.last]
        if done:
            yield _disagreement(
                DisputeKind.DENIAL, "departure of {force} from {host}", of, [("so", done), ("not so", group)]
            )


def _extents(told: Sequence[Telling], of: dict[str, Presence]) -> Iterator[Disagreement]:
    sites = frozenset(t.spot for t in told if is_there(t) or t.claim.kind is Kind.WITHDRAWAL) - {""}
    gone = [t for t in told if is_whole(t, sites) and t.width <= SHORT]
    here = [t for t in told if _stands_now(t) and t.width <= SHORT]
    parts = [t for t in told if is_part(t)]
    arrivals = [t for t in told if is_there(t) and t.claim.kind is Kind.DEPLOYMENT]
    for run in _departures(gone, [t.last for t in arrivals]):
        left = max(t.last for t in run[0])
        upto = min([t.last for t in arrivals if t.last > left], default=left + LINGERS)
        staying = [t for t in here if left < t.start <= min(upto, left + LINGERS)]
        partly = [t for t in parts if t.start <= left <= t.last]
        ended = [(f"all gone {when(min(t.start for t in group), max(t.last for t in group))}", group) for group in run]
        if len(run) > 1:
            remain = [("some still there", staying)] if staying else []
            yield _disagreement(DisputeKind.COMPLETION, "full departure of {force} from {host}", of, [*ended, *remain])
        elif staying:
            sides = [("all gone", run[0]), ("some still there", [*staying, *partly])]
            yield _disagreement(DisputeKind.COMPLETION, "full departure of {force} from {host}", of, sides)
        elif partly:
            sides = [("all", run[0]), ("only a part", partly)]
            yield _disagreement(DisputeKind.SCOPE, "extent of the departure of {force} from {host}", of, sides)


def _stands_now(telling: Telling) -> bool:
    """Whether it puts the force there on days that it gives; a state told in the past ("had 1,500 men") has none."""
    return telling.claim.kind is Kind.PRESENCE and is_there(telling) and telling.claim.time is not None


def _departures(gone: Iterable[Telling], arrivals: Sequence[int]) -> list[list[list[Telling]]]:
    """Full departures as one, told with one day or several: groups a week and more apart, at most half a year.

    Where the force came anew between two of them, they are two departures.
    """
    runs: list[list[list[Telling]]] = []
    end = 0
    for telling in sorted(gone, key=lambda t: (t.start, t.order)):
        back = any(end < day <= telling.last for day in arrivals)
        if not runs or telling.start - end > BEFORE or back:
            runs.append([[telling]])
        elif telling.start - end > WEEK:
            runs[-1].append([telling])
        else:
            runs[-1][-1].append(telling)
        end = max(end, telling.last) if runs[-1][-1][0] is not telling else telling.last
    return runs


def _disagreement(
    kind: DisputeKind, topic: str, of: dict[str, Presence], sides: Sequence[tuple[str, Sequence[Telling]]]
) -> Disagreement:
    """A disagreement about the presence that most of its claims belong to."""
    presence = _main((t for _, told in sides for t in told), of)
    force = force_noun(presence, sides[0][1])
    topic = topic.format(force=force, host=host_name(presence.host))
    positions = tuple(Position(holds, tuple(told)) for holds, told in sides)
    return Disagreement(kind, presence.id, topic, topic, positions, presence.force_country, presence.host)
