"""A small ledger to be judged: three reports, seven claims, and what is derived of them, written by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dateline.judging import Judging
from dateline.model import (
    Actor,
    Attribution,
    Claim,
    Dispute,
    DisputeKind,
    Document,
    Event,
    Evidence,
    Kind,
    Origin,
    Place,
    Precision,
    Presence,
    Quantity,
    Quote,
    Run,
    Scope,
    Sector,
    Side,
    Source,
    SourceKind,
    Stance,
    Standing,
    Unit,
    identified,
)
from dateline.store import Store, Writer, open_store
from dateline.store.derived import Derived

RUN = Run("run-1", "made", "no model", "3.11", "none")
RUSSIA = Actor("Russians", None, None, "Russia, armed forces", "RUS", Sector.MIL)
NIGER = Actor(None, None, None, "Niger, military government", "NER", Sector.GOV)
NIAMEY = Place("Niamey", None, None, "Niamey", "NER", 13.5137, 2.1098, Precision.SETTLEMENT, 13614)
AUSTIN = Attribution(
    Source("Austin", None, None, "Lloyd Austin"), SourceKind.OFFICIAL, False, None, Quote.INDIRECT, ("Reuters",)
)


def report(number: int, agency: str | None = None) -> Document:
    """A report of three lines."""
    text = "\n".join(f"Line {line} of report {number}." for line in range(3))
    return identified(
        Document("", text, "0" * 64, title=f"Report {number}", outlet=f"Paper {number}", agency=agency, language="en")
    )


def claims_of(document: Document, number: int) -> list[Claim]:
    """A claim a line, the ids easy to tell apart."""
    found, start = [], 0
    for line, words in enumerate(document.text.split("\n")):
        found.append(
            Claim(
                id=f"claim-{number}{line}{'0' * 18}",
                document=document.id,
                kind=Kind.DEPLOYMENT,
                actor=RUSSIA,
                recipient=NIGER,
                place=NIAMEY,
                quantity=Quantity(None, None, None, 60, 60, Unit.PERSONNEL, Scope.PART) if line == 0 else None,
                time=None,
                stance=Stance.ASSERTED,
                attribution=AUSTIN if line == 1 else None,
                evidence=(Evidence(start, start + len(words), words),),
                confidence=0.7,
            )
        )
        start += len(words) + 1
    return found


DOCUMENTS = (report(0), report(1, "Reuters"), report(2))
CLAIMS = tuple(claim for number, document in enumerate(DOCUMENTS) for claim in claims_of(document, number))
C = [claim.id for claim in CLAIMS]
"""Ids of the claims: three of each report."""
D = [document.id for document in DOCUMENTS]


def event(key: str, *claims: str) -> Event:
    """An event of some claims."""
    return Event(f"event-{key}{'0' * 19}", Kind.DEPLOYMENT, "Russia", "Niger", "NER", None, None, claims)


EVENTS = (event("a", C[0], C[3], C[6]), event("b", C[1], C[4]), event("c", C[2]))
ORIGINS = (
    Origin(f"origin-a{'0' * 19}", "Reuters", (D[0], D[1]), None),
    Origin(f"origin-b{'0' * 19}", "Paper 2", (D[2],), None),
)
DISPUTE = Dispute(
    f"dispute-a{'0' * 19}",
    DisputeKind.NUMBER,
    EVENTS[0].id,
    "how many",
    "Two say 60, one says 100.",
    (Side("60", (C[0], C[3])), Side("100", (C[6],))),
)
PRESENCE = Presence(
    f"presence-a{'0' * 19}",
    "Russia, armed forces",
    "RUS",
    Sector.MIL,
    "NER",
    None,
    Standing.PRESENT,
    60,
    60,
    Scope.PART,
    None,
    (C[0], C[3]),
    denied=(C[5],),
)


def store(place: str = ":memory:") -> Store:
    """The ledger, in memory or at a place, its derived tables filled."""
    kept = open_store(place, create=True)
    for number, document in enumerate(DOCUMENTS):
        given = CLAIMS[number * 3 : number * 3 + 3]
        Writer(kept).add(document, given, (), run=RUN, at=f"2024-05-0{number + 1}T08:00:00Z")
    with kept.writing() as connection:
        tables = Derived(connection)
        tables.put_events(("NER", event) for event in EVENTS)
        tables.put_origins((origin, (None, None)) for origin in ORIGINS)
        tables.put_presences([("NER|RUS", PRESENCE)])
        tables.put_disputes([("event:NER", DISPUTE)])
    return kept


def clock() -> Callable[[], str]:
    """Moments from 10 May 2024 on, one a minute."""
    minutes = iter(range(24 * 60))

    def now() -> str:
        minute = next(minutes)
        return f"2024-05-10T{minute // 60:02}:{minute % 60:02}:00Z"

    return now


def judging(kept: Store, analyst: str = "anna", now: Callable[[], str] | None = None) -> Judging:
    """The decisions of an analyst."""
    return Judging(kept, analyst, now or clock())


def other_place(claim: Claim) -> Claim:
    """The claim with a place of another country."""
    return replace(claim, place=replace(NIAMEY, name="Gao", country="MLI"))
