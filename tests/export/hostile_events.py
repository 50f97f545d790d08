"""A ledger whose reports hold what breaks files: formulas, markup, control, bidirectional and odd characters."""

from __future__ import annotations

from pathlib import Path

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

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "+1+1; generator=ACLED; stance=asserted",
    "@SUM(A1)\tand\ttabs",
    "line\nbreak\r\nand 'quotes' \"too\"",
    "]]> <script>alert(1)</script> & <![CDATA[",
    "nul\x00bell\x07esc\x1b[31m",
    "right\u202eleft\u2066iso\u2069",
    "nonchar \ufffe\uffff \U0001fffe",
    "é\u0301 combining 🇲🇱 emoji",
    "   ",
    "x" * 5000,
)


def hostile_ledger(path: Path) -> Path:
    """A ledger with one attack, one arrival and one stay for each hostile string, which stands in every field."""
    run = Run(content_id("run", "hostile"), "test", "none", "3", "none")
    with_store = open_store(path, create=True)
    writer = Writer(with_store)
    for number, text in enumerate(HOSTILE):
        document = identified(
            Document("", f"{text} 3 killed", "0" * 64, text, text, published="2024-05-04", url=text, language="en")
        )
        claims = [_claim(document, text, kind, number) for kind in (Kind.ATTACK, Kind.DEPLOYMENT, Kind.PRESENCE)]
        writer.add(document, claims, [], run=run, at="2024-05-05T00:00:00Z")
    with_store.close()
    with Ledger(path) as ledger:
        ledger.rebuild()
    return path


def _claim(document: Document, text: str, kind: Kind, number: int) -> Claim:
    unit = Unit.KILLED if kind is Kind.ATTACK else Unit.PERSONNEL
    source = Source(text, None, None, text, text, text, text, text)
    return Claim(
        id=content_id("claim", document.id, kind),
        document=document.id,
        kind=kind,
        actor=Actor(text, None, None, text, "USA", Sector.MIL),
        recipient=Actor(text, None, None, text, "NER", Sector.GOV),
        place=Place(text, None, None, text, "NER", 13.0 + number, 179.9999999, Precision.SITE, 2000.0),
        quantity=Quantity(text, None, None, 3, 9, unit, Scope.TOTAL),
        time=TimeRange(text, None, None, "2024-05-01", "2024-05-03", TimeBasis.STATED),
        stance=Stance.ASSERTED,
        attribution=Attribution(source, SourceKind.OFFICIAL, True, None, Quote.DIRECT, (text,)),
        evidence=(Evidence(0, len(document.text), document.text),),
        confidence=0.5,
        basis={"kind": text},
    )
