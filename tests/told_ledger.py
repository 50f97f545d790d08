"""A small ledger of made-up reports with judgements, and what the exporters of sources and calendars write of it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from dateline.export.formats import FORMATS
from dateline.export.redaction import NOTHING, Redaction
from dateline.ledger import Ledger
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
    Run,
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
from dateline.store import Writer, open_store
from hostile_reports import hostile_store

GOLDEN = Path(__file__).parent / "export" / "golden"

MOMENT = "2024-07-01T12:00:00.000000Z"
RUN = Run("run-made", "made by hand", "no model", "3.11", "none", {"rules": "1"})
RUSSIA = Actor("Russian soldiers", None, None, "Russia, armed forces", "RUS", Sector.MIL)
AMERICA = Actor("American soldiers", None, None, "United States, armed forces", "USA", Sector.MIL)
NIGER_STATE = Actor(None, None, None, "Niger, military government", "NER", Sector.GOV)
NIGER = Place("Niger", None, None, "Niger", "NER", None, None, Precision.COUNTRY)
AIRBASE = Place("Air Base 101", None, None, "Airbase 101", "NER", 13.4815, 2.1836, Precision.SITE, 1500.0)
AUSTIN = Attribution(
    Source("Austin", None, None, "Lloyd Austin"), SourceKind.OFFICIAL, False, None, Quote.INDIRECT, ("Reuters",)
)
NOBODY = Attribution(None, SourceKind.MILITARY, True, None, Quote.INDIRECT)


Report = tuple[Document, list[Claim]]


def claim(
    kind: Kind,
    actor: Actor,
    place: Place,
    days: tuple[str | None, str | None] | None,
    stance: Stance = Stance.ASSERTED,
    strength: tuple[float | None, float | None] | None = None,
) -> Claim:
    """A claim without a report; `days` are the first and the last on which it can be."""
    time = None if days is None else TimeRange("then", None, None, *days, TimeBasis.STATED)
    amount = None
    if strength is not None:
        amount = Quantity("about so many", None, None, *strength, Unit.PERSONNEL, Scope.TOTAL)
    said = AUSTIN if actor is AMERICA else NOBODY if stance is Stance.ALLEGED else None
    return Claim("", "", kind, actor, NIGER_STATE, place, amount, time, stance, said, (), 0.75)


def reports() -> list[Report]:
    """Four reports: dated to the day and not at all, in English and French, with and without figures."""
    day = ("2024-05-02", "2024-05-02")
    first = [
        claim(Kind.PRESENCE, RUSSIA, AIRBASE, day, strength=(60, 100)),
        claim(Kind.PRESENCE, AMERICA, NIGER, ("2024-01-01", "2024-12-31"), strength=(1000, 1000)),
    ]
    second = [
        claim(Kind.WITHDRAWAL, AMERICA, NIGER, (None, "2024-09-15"), Stance.PLANNED, (None, 1000)),
        claim(Kind.DEPLOYMENT, RUSSIA, AIRBASE, ("2024-04-01", "2024-04-30"), Stance.ALLEGED),
    ]
    third = [
        claim(Kind.PRESENCE, AMERICA, NIGER, ("2024-06-01", "2024-06-01"), strength=(900, 900)),
        claim(Kind.DEPLOYMENT, RUSSIA, AIRBASE, ("2024-04-10", None), Stance.DENIED),
        claim(Kind.ACCUSATION, AMERICA, NIGER, None),
    ]
    fourth = [claim(Kind.WITHDRAWAL, AMERICA, NIGER, ("2024-09-15", "2024-09-15"))]
    return [
        _report(first, "2024-05-03", "Sahel Daily", "Troops at 50% & {more}: who's #1?"),
        _report(second, "2024-05-20T10:30:00+02:00", "Le Courrier", "L’été à Ségou – « tout » part_1"),
        _report(third, None, "Radio Nord", None),
        _report(fourth, "2024-09-20", "Sahel Daily", "Last ones leave \\ ~now~ ^"),
    ]


def _report(drafted: list[Claim], published: str | None, outlet: str, title: str | None) -> Report:
    """A report with a line of words for each claim, some of them outside of the basic plane of Unicode."""
    text, found = f"🇳🇪 {title or 'Heard on the wire'}\n", []
    for number, one in enumerate(drafted, 1):
        words = f"{number}. {one.kind}, {one.stance}: “{one.place.name if one.place else '?'}”"
        found.append((one, Evidence(len(text), len(text) + len(words), words)))
        text += f"{words}\n"
    made = identified(
        Document(
            "",
            text,
            content_id("raw", text).removeprefix("raw-"),
            title=title,
            outlet=outlet,
            byline="Aïssa Ba and José {Jr}" if outlet == "Le Courrier" else None,
            agency="Reuters" if published == "2024-05-03" else None,
            published=published,
            url=f"https://sahel.example/a_b%20c?x=1&y={{{len(text)}}}#ü",
            language="fr" if outlet == "Le Courrier" else "en",
            provenance={"url": "given"},
        )
    )
    claims = [
        replace(one, id=content_id("claim", made.id, part.start), document=made.id, evidence=(part,))
        for one, part in found
    ]
    return made, claims


def told_ledger(path: Path, *, judged: bool = True) -> Path:
    """The ledger; of its claims one is rejected, one corrected and one rejected and taken back."""
    store = open_store(path, create=True)
    for number, (document, claims) in enumerate(reports(), 1):
        Writer(store).add(document, claims, (), run=RUN, at=f"2024-06-0{number}T08:00:00.000000Z")
    store.close()
    with Ledger(path, clock=lambda: MOMENT) as ledger:
        if judged:
            judge(ledger)
        ledger.up_to_date()
    return path


def judge(ledger: Ledger) -> None:
    """The judgements of Anna, each a minute after the other."""
    claims = {(one.kind, one.stance): one.id for one in ledger.claims()}
    moments = iter(range(1, 60))
    judging = Ledger.over(ledger.up_to_date(), clock=lambda: f"2024-06-10T08:{next(moments):02}:00Z").judging("Anna")
    judging.reject(claims[Kind.DEPLOYMENT, Stance.ALLEGED], reason="a rumour, 100% {wrong}")
    undone = judging.reject(claims[Kind.DEPLOYMENT, Stance.DENIED], reason="too hasty")
    judging.undo(undone.judgements[0].id, reason="it is said, after all")


def hostile_ledger(path: Path) -> Path:
    """The ledger of `hostile_reports`: every string of a report tries something."""
    hostile_store(path).close()
    return path


def exported(path: Path, name: str, redaction: Redaction = NOTHING) -> bytes:
    """A ledger in a format, at one moment."""
    out = io.BytesIO()
    with Ledger(path, clock=lambda: MOMENT) as ledger, ledger.selection(redaction=redaction) as selection:
        about = replace(selection.about, dateline="0.1.0", ledger="told.db")
        selection.about = about
        FORMATS[name].write(selection, out)
    return out.getvalue()
