"""Made-up reports with structured claims: small worlds in which claims meet, copies occur and numbers differ."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

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

ACTORS = (
    Actor("Russian soldiers", None, None, "Russia, armed forces", "RUS", Sector.MIL),
    Actor("Wagner", None, None, "Wagner Group", "RUS", Sector.PMC),
    Actor("Russian mercenaries", None, None, "Russian mercenaries", "RUS", Sector.PMC),
    Actor("Americans", None, None, "United States, armed forces", "USA", Sector.MIL),
    None,
)
PLACES = (
    Place("Niger", None, None, "Niger", "NER", None, None, Precision.COUNTRY),
    Place("Airbase 101", None, None, "Airbase 101", "NER", 13.48, 2.18, Precision.SITE),
    Place("Agadez", None, None, "Agadez", "NER", 16.97, 7.99, Precision.SETTLEMENT),
    Place("Mali", None, None, "Mali", "MLI", None, None, Precision.COUNTRY),
    Place("the Sahel", None, None, "Sahel", None, None, None, Precision.REGION),
    None,
)
KINDS = (
    *(Kind.PRESENCE, Kind.DEPLOYMENT, Kind.WITHDRAWAL, Kind.EXPULSION, Kind.AGREEMENT),
    *(Kind.TERMINATION, Kind.ATTACK, Kind.TRAINING),
)
SOURCES = (
    None,
    Attribution(
        Source(None, None, None, "Lloyd Austin"), SourceKind.OFFICIAL, anonymous=False, cue=None, quote=Quote.INDIRECT
    ),
    Attribution(None, SourceKind.OFFICIAL, anonymous=True, cue=None, quote=Quote.INDIRECT, via=("Reuters",)),
)
OUTLETS = ("The Daily", "Radio Nord", "Le Courrier", "World Post")
AGENCIES = (None, None, "Reuters", "AFP")
FIRST_DAY = date(2024, 3, 1)


def document(words: list[str], published: str | None, outlet: str, agency: str | None) -> Document:
    """A report that consists of its claims' words."""
    text = "\n".join(words)
    return identified(
        Document("", text, "0" * 64, title=words[0], outlet=outlet, agency=agency, published=published, language="en")
    )


def day(number: int) -> str:
    """A day of the small world."""
    return (FIRST_DAY + timedelta(days=number)).isoformat()


@st.composite
def times(draw: st.DrawFn) -> TimeRange | None:
    """No time, a day, or a longer stretch."""
    if draw(st.booleans()):
        return None
    first = draw(st.integers(0, 60))
    last = first + draw(st.sampled_from([0, 0, 1, 30]))
    return TimeRange(None, None, None, day(first), day(last), TimeBasis.STATED)


@st.composite
def drafts(draw: st.DrawFn) -> Claim:
    """A claim that has no report yet."""
    low = draw(st.sampled_from([None, None, 60.0, 100.0, 900.0, 1000.0, 0.0]))
    high = None if low is None else low + draw(st.sampled_from([0.0, 0.0, 100.0]))
    amount = Quantity(None, None, None, low, high, Unit.PERSONNEL, draw(st.sampled_from(list(Scope))))
    return Claim(
        id="",
        document="",
        kind=draw(st.sampled_from(KINDS)),
        actor=draw(st.sampled_from(ACTORS)),
        recipient=draw(st.sampled_from((*ACTORS, None, None))),
        place=draw(st.sampled_from(PLACES)),
        quantity=None if low is None else amount,
        time=draw(times()),
        stance=draw(st.sampled_from((*Stance, Stance.ASSERTED, Stance.ASSERTED))),
        attribution=draw(st.sampled_from(SOURCES)),
        evidence=(),
        confidence=draw(st.sampled_from([0.2, 0.6, 0.9])),
    )


def report(drafted: list[Claim], published: str | None, outlet: str, agency: str | None) -> Report:
    """A report of drafted claims, their evidence one line each."""
    words = [f"{number}: {_told(draft)}" for number, draft in enumerate(drafted)] or ["Nothing is told."]
    kept = document(words, published, outlet, agency)
    claims, start = [], 0
    for draft, line in zip(drafted, words, strict=False):
        part = Evidence(start, start + len(line), line)
        claims.append(replace(draft, id=content_id("claim", kept.id, line), document=kept.id, evidence=(part,)))
        start += len(line) + 1
    return kept, claims


def _told(draft: Claim) -> str:
    who = "somebody" if draft.actor is None else draft.actor.name
    where = "somewhere" if draft.place is None else draft.place.name
    many = "" if draft.quantity is None else f" {draft.quantity.low:.0f}"
    when = "" if draft.time is None else f" {draft.time.earliest}"
    return f"{who} {draft.kind}{many} {where}{when} ({draft.stance})"


@st.composite
def stories(draw: st.DrawFn) -> list[Report]:
    """Reports that tell some of the same things, some of them copies of one another."""
    pool = draw(st.lists(drafts(), min_size=1, max_size=6))
    made: dict[str, Report] = {}
    for _ in range(draw(st.integers(1, 7))):
        chosen = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=4))
        published = draw(st.one_of(st.none(), st.integers(0, 70).map(day)))
        one = report(chosen, published, draw(st.sampled_from(OUTLETS)), draw(st.sampled_from(AGENCIES)))
        made[one[0].id] = one
    return list(made.values())


def known(path: Path) -> Iterator[tuple[set[str], dict[str, Any]]]:
    """(the claims it rests on, record) of every derived event, presence and dispute."""
    with sqlite3.connect(path) as connection:
        for table in ("events", "presences", "disputes"):
            for (text,) in connection.execute(f"SELECT record FROM {table}"):
                record = json.loads(text)
                yield set(_claims(record)), record
    connection.close()


def _claims(record: dict[str, Any]) -> Iterator[str]:
    for name in ("claims", "supports", "departures", "planned", "denied", "alleged", "conditional"):
        yield from record.get(name, ())
    for side in record.get("sides", ()):
        yield from side["claims"]
    for step in record.get("series", ()):
        yield from step["supports"]
    for strength in record.get("strengths", ()):
        yield strength["claim"]


_WIRE = (
    "Soldiers from the north moved into the airfield outside the capital late on Tuesday, a defence official said, "
    "raising the number of foreign contingents there to three. The official, who asked not to be named because the "
    "matter is delicate, put the newcomers at 140 and said they keep to a hangar of their own on the eastern edge of "
    "the field. \u201cWe do not share a fence with them, let alone a kitchen,\u201d the official said. The host's "
    "government had asked the older contingent, 860 strong by its own count, to be gone before the rains. Talks on the "
    "date broke up twice in the past month. A spokeswoman for the ministry did not answer calls. Residents of the "
    "quarter beside the runway told of cargo planes landing three nights in a row, the last shortly before dawn on "
    "Monday, with crates that needed two lorries each."
)
_OWN = (
    "The market of the river port was closed for a second day as traders protested against a new levy on salted fish. "
    "Police in riot gear stood by but did not step in. \u201cWe will sell nothing until they sit down with us,\u201d "
    "said the head of the traders' union. The governor's office said that the levy would pay for a new quay and that "
    "talks would begin next week, once the accounts of the old one have been laid before the council."
)


def _wire_story() -> list[Report]:
    texts = (
        ("Gulf Paper", f"(Reuters) - {_WIRE}"),
        ("Harbour News", f"{_WIRE} Reporting by Reuters."),
        ("Inland Echo", _WIRE.replace("140", "120")),
        ("Port Times", _OWN),
    )
    return [
        (
            identified(
                Document("", text, "0" * 64, title=outlet, outlet=outlet, published="2024-05-03", language="en")
            ),
            [],
        )
        for outlet, text in texts
    ]


WIRE_STORY = _wire_story()
"""Three reports of one wire, one with a number changed, and a report on something else."""
