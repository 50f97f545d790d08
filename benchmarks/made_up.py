"""A made-up world of reports, as large as wanted: forces, hosts, bases, agencies, and outlets that copy them.

Nothing in it is about a real event. Hosts, forces and outlets have heavy tails, as in news: the most reported host
has about a tenth of all claims. A third of the reports are copies of an agency's report of the same or the next day,
cut, with a word or a number changed here and there.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from dateline.lexicon.countries import countries
from dateline.model import (
    Actor,
    Attribution,
    Claim,
    Document,
    Evidence,
    Kind,
    Place,
    Precision,
    Quantity,
    Quote,
    Scope,
    Sector,
    Source,
    SourceKind,
    Stance,
    TimeBasis,
    TimeRange,
    Unit,
    content_id,
    identified,
)

Report = tuple[Document, list[Claim]]

HOSTS = 150
SENDERS = 30
BASES = 12
"""Bases of each host."""
OUTLETS = 400
AGENCIES = ("Reuters", "AFP", "AP", "Xinhua", "TASS", "EFE", "dpa")
COPIES = 1 / 3
"""Share of the reports that copy another one."""
YEARS = 10
FIRST_DAY = date(2015, 1, 1)

_KINDS = (
    (Kind.PRESENCE, 24), (Kind.DEPLOYMENT, 14), (Kind.WITHDRAWAL, 12), (Kind.ATTACK, 14), (Kind.AGREEMENT, 6),
    (Kind.CONSULTATION, 7), (Kind.TRAINING, 4), (Kind.ARMS_TRANSFER, 4), (Kind.ACCUSATION, 4), (Kind.REQUEST, 3),
    (Kind.EXPULSION, 2), (Kind.TERMINATION, 1), (Kind.SANCTION, 1), (Kind.PROTEST, 2), (Kind.COERCION, 2),
)  # fmt: skip
_STANCES = (
    (Stance.ASSERTED, 80), (Stance.PLANNED, 9), (Stance.ALLEGED, 6), (Stance.DENIED, 3), (Stance.CONDITIONAL, 2),
)  # fmt: skip
_FORCED = frozenset({Kind.PRESENCE, Kind.DEPLOYMENT, Kind.WITHDRAWAL, Kind.ATTACK, Kind.TRAINING})
_SYLLABLES = ("ba", "dor", "ki", "len", "mar", "no", "qua", "ras", "sel", "tu", "vin", "zha", "gre", "pol", "fe", "ush")


@dataclass(frozen=True)
class World:
    """Who and what reports can be about, likeliest first, and the words they are written in."""

    hosts: tuple[tuple[str, str], ...]
    senders: tuple[tuple[str, str], ...]
    bases: dict[str, tuple[Place, ...]]
    words: tuple[str, ...]


def world(seed: int) -> World:
    """A world; the same for the same seed."""
    dice = random.Random(f"world {seed}")
    named = [(country.code, country.name) for country in countries()]
    dice.shuffle(named)
    hosts, senders = tuple(named[:HOSTS]), tuple(named[-SENDERS:])
    bases = {code: tuple(_base(dice, code) for _ in range(BASES)) for code, _ in hosts}
    words = tuple("".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(4000))
    return World(hosts, senders, bases, words)


def reports(seed: int, claims: int, *, lines: float = 9, filling: int = 0) -> Iterator[Report]:
    """Reports with so many claims in all, oldest first; the same for the same arguments.

    A report has somewhat more than `lines` claims as a rule, and `filling` words after them that claim nothing.
    """
    made = world(seed)
    dice = random.Random(f"reports {seed}")
    recent: list[Report] = []
    done = number = 0
    while done < claims:
        day = FIRST_DAY + timedelta(days=int(done / claims * YEARS * 365))
        if recent and dice.random() < COPIES:
            found = _copy(dice, dice.choice(recent), day, number)
        else:
            found = _report(dice, made, day, number, (lines, filling))
            recent = [*recent[-19:], found]
        done += len(found[1])
        number += 1
        yield found


def _base(dice: random.Random, code: str) -> Place:
    name = "".join(dice.choices(_SYLLABLES, k=3)).title()
    sort = dice.choice((Precision.SITE, Precision.SETTLEMENT))
    return Place(name, None, None, name, code, dice.uniform(-40, 60), dice.uniform(-150, 150), sort)


def _heavy(dice: random.Random, items: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """One of the items; the rank `r` of an item counts with 1 / (r + 2), so that the first of 150 has a tenth."""
    return dice.choices(items, cum_weights=_weights(len(items)))[0]


@cache
def _weights(size: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / (rank + 2) for rank in range(size)))


def _report(dice: random.Random, made: World, day: date, number: int, size: tuple[float, int]) -> Report:
    host = _heavy(dice, made.hosts)
    lines = [
        _line(dice, made, host if dice.random() < 0.8 else _heavy(dice, made.hosts), day)
        for _ in range(_size(dice, size[0]))
    ]
    text = "\n".join(line for _, line in lines)
    if size[1]:
        text += "\n" + " ".join(dice.choices(made.words, k=size[1])) + "."
    agency = dice.choice(AGENCIES) if dice.random() < 0.5 else None
    return _written(dice, [claim for claim, _ in lines], text, day, number, agency)


def _size(dice: random.Random, lines: float) -> int:
    return min(40, 1 + int(dice.expovariate(1 / lines)))


def _line(dice: random.Random, made: World, host: tuple[str, str], day: date) -> tuple[Claim, str]:
    """A claim without a document, and the sentence that makes it."""
    kind = dice.choices([k for k, _ in _KINDS], [n for _, n in _KINDS])[0]
    stance = dice.choices([s for s, _ in _STANCES], [n for _, n in _STANCES])[0]
    code, name = _heavy(dice, made.senders)
    forced = kind in _FORCED
    actor = Actor(
        name,
        None,
        None,
        f"{name}, {'armed forces' if forced else 'government'}",
        code,
        Sector.MIL if forced else Sector.GOV,
    )
    recipient = Actor(host[1], None, None, f"{host[1]}, government", host[0], Sector.GOV)
    place = _somewhere(dice, made, host)
    quantity = _quantity(dice, kind) if dice.random() < 0.4 else None
    time = _time(dice, day)
    sentence = " ".join((name, str(kind), str(stance), host[1], place.name, *dice.choices(made.words, k=14)))
    if quantity is not None:
        sentence = f"{quantity.low:g} {sentence}"
    said = _said(dice, host[1])
    return Claim("", "", kind, actor, recipient, place, quantity, time, stance, said, (), 0.8), f"{sentence}."


def _somewhere(dice: random.Random, made: World, host: tuple[str, str]) -> Place:
    if dice.random() < 0.5:
        return Place(host[1], None, None, host[1], host[0], None, None, Precision.COUNTRY)
    return dice.choice(made.bases[host[0]])


def _quantity(dice: random.Random, kind: Kind) -> Quantity:
    low = float(dice.choice((50, 100, 150, 200, 300, 500, 900, 1000, 1200, 2500)))
    unit = Unit.KILLED if kind is Kind.ATTACK else Unit.PERSONNEL
    scope = Scope.TOTAL if kind is Kind.PRESENCE else Scope.PART
    return Quantity(f"{low:g}", None, None, low, low * dice.choice((1, 1, 1.2)), unit, scope)


def _time(dice: random.Random, day: date) -> TimeRange | None:
    if dice.random() < 0.2:
        return None
    back = dice.choice((0, 0, 1, 1, 2, 7, 30, 400))
    last = day - timedelta(days=back)
    first = last - timedelta(days=dice.choice((0, 0, 0, 6, 30)))
    return TimeRange(None, None, None, first.isoformat(), last.isoformat(), TimeBasis.RELATIVE)


def _said(dice: random.Random, name: str) -> Attribution | None:
    if dice.random() < 0.5:
        return None
    who = dice.choice((f"{name} army spokesman", f"a {name} official", f"{name} defence ministry"))
    via = (dice.choice(AGENCIES),) if dice.random() < 0.2 else ()
    return Attribution(
        Source(who, None, None, who), SourceKind.OFFICIAL, who.startswith("a "), None, Quote.INDIRECT, via
    )


def _written(dice: random.Random, claims: list[Claim], text: str, day: date, number: int, agency: str | None) -> Report:
    """The report with its claims as they stand in its text, one a line."""
    outlet = f"Outlet {min(int(dice.paretovariate(0.6)), OUTLETS)}"
    document = identified(
        Document("", text, f"{number:064x}", title=f"Report {number}", outlet=outlet, agency=agency,
                 published=day.isoformat(), language="en")
    )  # fmt: skip
    found, start = [], 0
    for claim, line in zip(claims, text.split("\n"), strict=False):
        piece = Evidence(start, start + len(line), line)
        start = piece.end + 1
        key = content_id("claim", document.id, piece.start)
        found.append(replace(claim, id=key, document=document.id, evidence=(piece,)))
    return document, found


def _copy(dice: random.Random, told: Report, day: date, number: int) -> Report:
    """The report again in another outlet: most of its lines, a word or a number of them changed."""
    document, claims = told
    kept = [at for at in range(len(claims)) if dice.random() < 0.85] or [0]
    lines = document.text.split("\n")
    changed = [_changed(dice, lines[at]) for at in kept] + lines[len(claims) :]
    return _written(dice, [claims[at] for at in kept], "\n".join(changed), day, number, document.agency)


def _changed(dice: random.Random, line: str) -> str:
    words = line.split(" ")
    if dice.random() < 0.3:
        words[dice.randrange(len(words))] = dice.choice(_SYLLABLES)
    return " ".join(words)
