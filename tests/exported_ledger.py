"""Ledgers to export: a small honest one, which the golden files are made of, and one with hostile strings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import Any, TypeVar, cast

from dateline.export.formats import FORMATS
from dateline.ledger import Ledger
from dateline.model import (
    Actor,
    Attribution,
    Claim,
    Commitment,
    Document,
    Evidence,
    Kind,
    Mention,
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
from dateline.store import Store, Writer, open_store

T = TypeVar("T")
GOLDEN = Path(__file__).parent / "export" / "golden"
RUN = Run("run-1", "made by hand", "no model", "3.11", "none", {"rules": "1"})
NOW = "2024-06-01T12:00:00Z"

RUSSIA = Actor("Russian soldiers", None, None, "Russia, armed forces", "RUS", Sector.MIL)
AMERICA = Actor("Americans", None, None, "United States, armed forces", "USA", Sector.MIL)
WAGNER = Actor(None, None, None, "Wagner Group", "RUS", Sector.PMC)
NIGER_STATE = Actor("the junta", None, None, "Niger, military government", "NER", Sector.GOV)
NIGER = Place("Niger", None, None, "Niger", "NER", None, None, Precision.COUNTRY)
MALI = Place("Mali", None, None, "Mali", "MLI", None, None, Precision.COUNTRY)
SAHEL = Place("the Sahel", None, None, "Sahel", None, None, None, Precision.REGION)
BASE = Place("Air Base 101", None, None, "Airbase 101", "NER", 13.4815, 2.1836, Precision.SITE, 1500.0)
AGADEZ = Place("Agadez", None, None, "Agadez", "NER", 16.9735, 7.9911, Precision.SETTLEMENT, 9000.0)

AUSTIN = Attribution(
    Source("Austin", None, None, "Lloyd Austin", "US Defence Secretary Lloyd Austin", "Defence Secretary", "Pentagon"),
    SourceKind.OFFICIAL,
    False,
    Mention("said", 0, 4),
    Quote.MIXED,
    ("Reuters", "Le Sahel"),
    Commitment.NEUTRAL,
)
UNNAMED = Attribution(None, SourceKind.OFFICIAL, True, None, Quote.INDIRECT, ("Reuters",), Commitment.DISTANCED)
WITHHELD = Attribution(
    Source("a senior official", None, None, "a senior official", condition="who asked not to be named"),
    SourceKind.MILITARY,
    True,
    None,
    Quote.INDIRECT,
)
MOSCOW = Attribution(
    Source("the ministry", None, None, "Russia, Ministry of Defence"), SourceKind.GOVERNMENT, False, None, Quote.DIRECT
)


def sixty(scope: Scope = Scope.PART) -> Quantity:
    """Sixty soldiers, as a report writes it."""
    return Quantity("about 60", None, None, 50.0, 70.0, Unit.PERSONNEL, scope)


def time(first: str | None, last: str | None, basis: TimeBasis = TimeBasis.STATED) -> TimeRange:
    """A time that stands in no place of the text."""
    return TimeRange(None, None, None, first, last, basis)


def claim(kind: Kind, actor: Actor | None, place: Place | None, words: str, **more: Any) -> Claim:
    """A claim shown by some words of a report; where these stand is found by `report`."""
    given: dict[str, Any] = {"recipient": None, "quantity": None, "time": None, "stance": Stance.ASSERTED}
    given |= {"attribution": None, "confidence": 0.75, "basis": {"kind": "by hand"}} | more
    parts = tuple(Evidence(0, 0, part) for part in words.split(" / "))
    return Claim("", "", kind, actor, place=place, evidence=parts, **given)


def report(text: str, drafts: list[Claim], **metadata: Any) -> tuple[Document, list[Claim]]:
    """A report with its claims, each under an id of its own and with the places of its words."""
    document = identified(Document("", text, content_id("raw", text)[4:].ljust(64, "0"), **metadata))
    made = []
    for draft in drafts:
        parts = tuple(
            Evidence(at, at + len(part.exact), part.exact) for part in draft.evidence for at in [text.index(part.exact)]
        )
        key = content_id("claim", document.id, [part.exact for part in parts], str(draft.kind), str(draft.stance))
        made.append(replace(draft, id=key, document=document.id, evidence=parts))
    return document, made


def honest() -> list[tuple[Document, list[Claim]]]:
    """Four reports: one with a wire's account, one that says otherwise, one without a date, one beyond the BMP."""
    return [
        report(
            "About 60 Russian soldiers are in an air base in Niger. US Defence Secretary Lloyd Austin said the "
            "Americans were \u201cnot at risk\u201d. Some 900 Americans remain in Niger.",
            [
                claim(
                    *(Kind.PRESENCE, RUSSIA, BASE, "About 60 Russian soldiers are in an air base in Niger."),
                    quantity=sixty(),
                    time=time("2024-05-02", "2024-05-02", TimeBasis.PUBLISHED),
                    attribution=AUSTIN,
                    recipient=NIGER_STATE,
                ),
                claim(
                    *(Kind.PRESENCE, AMERICA, NIGER, "Some 900 Americans remain in Niger."),
                    quantity=Quantity("Some 900", None, None, 900.0, 900.0, Unit.PERSONNEL, Scope.REMAINING),
                    attribution=UNNAMED,
                    time=time(None, "2024-05-02"),
                ),
            ],
            title="Russians enter a base",
            outlet="Le Sahel",
            byline="A. Writer",
            agency="Reuters",
            published="2024-05-03",
            url="https://example.org/base?id=1&x=\u00e9",
            language="en",
            provenance={"outlet": "given", "published": "html meta"},
        ),
        report(
            "Le minist\u00e8re a d\u00e9menti toute pr\u00e9sence russe au Niger. "
            "Une centaine d\u2019Am\u00e9ricains partiront.",
            [
                claim(
                    *(
                        Kind.PRESENCE,
                        RUSSIA,
                        NIGER,
                        "Le minist\u00e8re a d\u00e9menti toute pr\u00e9sence russe au Niger.",
                    ),
                    stance=Stance.DENIED,
                    attribution=MOSCOW,
                    confidence=0.9,
                ),
                claim(
                    *(Kind.WITHDRAWAL, AMERICA, AGADEZ, "Une centaine d\u2019Am\u00e9ricains partiront."),
                    stance=Stance.PLANNED,
                    quantity=Quantity("Une centaine", None, None, 100.0, None, Unit.PERSONNEL, Scope.PART),
                    time=time("2024-09-15", None),
                ),
            ],
            title="D\u00e9menti",
            outlet="Radio Nord",
            published="2024-05-04T08:30:00+02:00",
            url="http://radio.example/1",
            language="fr",
        ),
        report(
            "Wagner may have left Mali. Foreign troops stay in the Sahel.",
            [
                claim(
                    *(Kind.WITHDRAWAL, WAGNER, MALI, "Wagner may have left Mali."),
                    stance=Stance.ALLEGED,
                    attribution=WITHHELD,
                    recipient=NIGER_STATE,
                ),
                claim(Kind.PRESENCE, RUSSIA, SAHEL, "Foreign troops stay in the Sahel.", confidence=0.4),
            ],
        ),
        report(
            "\U0001f1f2\U0001f1f1 Gao \u2014 2\u202f400 soldats \U0001f4a3 restent; 300 viendront.",
            [
                claim(
                    *(Kind.PRESENCE, RUSSIA, MALI, "2\u202f400 soldats / restent"),
                    quantity=Quantity("2\u202f400 soldats", None, None, 2400.0, 2400.0, Unit.PERSONNEL, Scope.TOTAL),
                ),
                claim(
                    *(Kind.DEPLOYMENT, RUSSIA, MALI, "300 viendront"),
                    stance=Stance.CONDITIONAL,
                    quantity=Quantity("300", None, None, None, 300.0, Unit.PERSONNEL, Scope.CEILING),
                ),
            ],
            title="Gao \U0001f4a3",
            outlet="Studio M",
            published="2024-05-05",
            language="fr",
        ),
    ]


def filled(reports: list[tuple[Document, list[Claim]]]) -> Store:
    """A ledger in memory of some reports, a day apart."""
    kept = open_store(":memory:", create=True)
    for number, (document, claims) in enumerate(reports, start=1):
        Writer(kept).add(document, claims, (), run=RUN, at=f"2024-05-{number:02}T08:00:00Z")
    return kept


def small() -> Store:
    """The honest ledger, with a claim accepted, one corrected and one rejected."""
    return judged(filled(honest()))


def judged(kept: Store) -> Store:
    """A ledger with its first claim accepted, its second rated and corrected, and its last rejected."""
    ledger = Ledger.over(kept, clock=lambda: "2024-05-20T10:00:00Z")
    ids = [one.id for one in ledger.claims()]
    judge = ledger.judging("anna")
    judge.accept(ids[0], reason="seen in the picture")
    judge.correct(ids[1], [("quantity", "800 personnel")], reason="misread")
    judge.rate(ids[1], "2", reason="fits")
    judge.reject(ids[-1], reason="not of this matter")
    return kept


def exported(kept: Store, name: str, **wanted: Any) -> bytes:
    """What a format makes of a ledger."""
    out = BytesIO()
    with Ledger.over(kept, clock=lambda: NOW).selection(**wanted) as selection:
        FORMATS[name].write(selection, out)
    return out.getvalue()


def records(kept: Store, what: str) -> list[dict[str, Any]]:
    """The records of a ledger as an exporter gets them."""
    with Ledger.over(kept, clock=lambda: NOW).selection() as selection:
        return [dict(one) for one in getattr(selection, what)()]


HOSTILE = (
    '=HYPERLINK("http://x.example","y")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1",
    "-1-1",
    "\tfirst a tab",
    "\rthen a return",
    "\x1b[31mred\x1b]8;;http://x\x07",
    "exe\u202egnp.\u2066\u2069\u200f",
    "]]></x><!-- & \" ' -->",
    "<script>alert(1)</script>",
    "nul\x00 bell\x07 del\x7f",
    "c1 \x80\x85\x9f",
    "line\nbreak\r\n\x0b\x0c\u2028\u2029",
    "\ufeffbom \ufffe\uffff",
    "\U0001f4a3 \U0001f1f2\U0001f1f1 \U000e0041",
    " ",
    "\u200b\u2060\xad",
    "\u0301e\u0301 \u1100\u1161",
    "{{7*7}} ${x} %s %00 \\\\u0000 \\",
    "; | , \" \\\" ''",
    "cve",
    "capec",
    "javascript:alert(1)",
    "http://[::1",
    'http://a b/\x00<>"{}|^`',
    "../../etc/passwd",
    "null",
    "ESQ., Esq, <BR/>",
    "_:x",
    "a" * 3000,
    "\u0641\u0627\u0631\u0633\u06cc \u200c",
    "xn--",
    "'=1'",
)
_KEPT = frozenset(("id", "sha256", "country", "earliest", "latest", "published", "dateline_date", "document"))


def hostile() -> Store:
    """The same claims with a hostile string in every field that a report or its sender can fill."""
    strings = cycle(HOSTILE)
    reports = []
    for number in range(12):
        for document, claims in honest():
            words = [next(strings) for _ in range(7)]
            text = f"{number}\n".join(["", *words, ""])
            changed = identified(replace(_changed(document, strings), id="", text=text))
            made = []
            for at, one in enumerate(claims):
                part = Evidence(text.index(words[at]), text.index(words[at]) + len(words[at]), words[at])
                key = content_id("claim", changed.id, at)
                made.append(replace(_changed(one, strings), id=key, document=changed.id, evidence=(part,)))
            reports.append((changed, made))
    return judged(filled(reports[:28]))


def _changed(value: T, strings: Iterator[str]) -> T:
    """A record with every free string another one."""
    return cast(T, _other(value, strings))


def _other(value: Any, strings: Iterator[str]) -> Any:
    if isinstance(value, StrEnum):
        return value
    if isinstance(value, str):
        return next(strings)
    if isinstance(value, tuple):
        return tuple(_other(one, strings) for one in value)
    if isinstance(value, dict):
        return {next(strings): next(strings) for _ in value}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value,
            **{
                field.name: _other(getattr(value, field.name), strings)
                for field in fields(value)
                if field.name not in _KEPT
            },
        )
    return value


def empty() -> Store:
    """A ledger without anything."""
    return open_store(":memory:", create=True)


def unasserted() -> Store:
    """A ledger of claims that are denied, planned, alleged or conditional: nobody holds that anything is so."""
    stances = (Stance.DENIED, Stance.PLANNED, Stance.ALLEGED, Stance.CONDITIONAL)
    reports = [
        report(
            f"{stance} of soldiers at the base.",
            [claim(Kind.PRESENCE, RUSSIA, BASE, f"{stance} of soldiers at the base.", stance=stance, quantity=sixty())],
            title=stance.title(),
            outlet="Paper",
            published=f"2024-05-{number:02}",
            language="en",
        )
        for number, stance in enumerate(stances, start=1)
    ]
    return filled(reports)
