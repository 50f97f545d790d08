"""A small ledger for exports: two reports of one wire, hostile words, a base, an anonymous source, a judgement."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from dateline.export.formats import FORMATS
from dateline.export.redaction import NOTHING, Redaction
from dateline.export.selection import Selection
from dateline.ledger import Ledger
from dateline.model import (
    Actor,
    Attribution,
    Claim,
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
from dateline.store import Writer, open_store

RUN = Run("run-made-up", "made up", "none", "3.11", "none", {"part": "1"})
MOMENT = "2024-06-01T12:00:00.123456Z"
HOSTILE = "=cmd|'/c calc'!A0 ]]> </w:t> <r>x</r> \u202egnp\u202c \x00\x0b\ufffe &amp; \"q\",;\t'x'\r\n+1"
"""What no file may be broken by."""

RUSSIA = Actor("Russian soldiers", 0, 16, "Russia, armed forces", "RUS", Sector.MIL)
AMERICA = Actor("American forces", 0, 15, "United States, armed forces", "USA", Sector.MIL)
NIGER = Actor(None, None, None, "Niger, government", "NER", Sector.GOV)
BASE = Place("Base Aérienne 101", 3, 20, "Airbase 101", "NER", 13.4815, 2.1836, Precision.SITE, 800.0)
RIDGE = Place("Qorvax Ridge", 30, 42, "Qorvax Ridge", "NER", 16.9733, 7.9911, Precision.SETTLEMENT, 2500.0)
COUNTRY = Place("Niger", 5, 10, "Niger", "NER", None, None, Precision.COUNTRY)
COLONEL = Attribution(
    Source(
        "a colonel of the third brigade",
        60,
        90,
        "colonel of the third brigade",
        description="a colonel of the third brigade in Qorvax Ridge",
        office="commander of the third brigade",
        condition="who asked not to be named as he fears for his post",
    ),
    SourceKind.MILITARY,
    anonymous=True,
    cue=Mention("said", 91, 95),
    quote=Quote.DIRECT,
    via=("Reuters",),
)
MINISTER = Attribution(
    Source("Ali Example", 0, 11, "Ali Example", office="defence minister", affiliation="Niger, government"),
    SourceKind.OFFICIAL,
    anonymous=False,
    cue=Mention("denied", 12, 18),
    quote=Quote.INDIRECT,
)
TEXT = (
    "At Base Aérienne 101, near Qorvax Ridge, some 60 to 100 Russian soldiers sleep in a hangar, a colonel of the "
    "third brigade said. They came from Agadez on 10 April 2024. American forces, about 1,000, are still in Niger. "
    "Ali Example denied it: no Russians are at QORVAX-RIDGE or in Niamey, he said.\n" + HOSTILE
)


def claim(kind: Kind, actor: Actor, place: Place, evidence: Iterable[str], **more: object) -> Claim:
    """A claim of the report whose evidence are some words of it."""
    spans = tuple(Evidence(TEXT.index(words), TEXT.index(words) + len(words), words) for words in evidence)
    made = Claim("", "", kind, actor, NIGER, place, None, None, Stance.ASSERTED, None, spans, 0.875, {"place": "given"})
    return replace(made, **more)  # type: ignore[arg-type]


def claims() -> list[Claim]:
    """The claims of the report."""
    april = TimeRange("10 April 2024", 146, 159, "2024-04-10", "2024-04-10", TimeBasis.STATED)
    may = TimeRange(None, None, None, "2024-05-02", "2024-05-02", TimeBasis.PUBLISHED)
    first, second, third, fourth = TEXT.split(". ")[:4]
    sixty = Quantity("some 60 to 100", 41, 55, 60.0, 100.0, Unit.PERSONNEL, Scope.TOTAL)
    thousand = Quantity("about 1,000", 180, 191, 1000.0, 1000.0, Unit.PERSONNEL, Scope.TOTAL)
    told = {"attribution": COLONEL, "basis": {"place": "“Base Aérienne 101” by its name", "stance": HOSTILE}}
    return [
        claim(Kind.PRESENCE, RUSSIA, BASE, [first], quantity=sixty, time=may, **told),
        claim(Kind.DEPLOYMENT, RUSSIA, RIDGE, [second, "Russian soldiers"], time=april, **told),
        claim(Kind.PRESENCE, AMERICA, COUNTRY, [third], quantity=thousand, time=may),
        claim(
            Kind.PRESENCE, RUSSIA, RIDGE, [fourth[:70]], time=may, stance=Stance.DENIED, attribution=MINISTER, basis={}
        ),
        claim(Kind.WITHDRAWAL, AMERICA, BASE, [HOSTILE], stance=Stance.PLANNED, quantity=thousand),
    ]


def reports() -> list[tuple[Document, list[Claim]]]:
    """The report and a copy of it."""
    found = []
    for outlet, day in (("The Daily of Qorvax Ridge", "2024-05-02"), (f"-Echo {HOSTILE}", "2024-05-03T08:00:00+02:00")):
        document = identified(
            Document(
                "",
                TEXT,
                content_id("sha", outlet)[4:] * 3,
                title=f"=Russians at Qorvax Ridge {HOSTILE}",
                outlet=outlet,
                agency="Reuters",
                dateline_place="Agadez",
                dateline_date=day[:10],
                published=day,
                url="https://example.org/agadez/qorvax-ridge?at=16.9733,7.9911",
                language="en",
                provenance={"outlet": "given"},
            )
        )
        made = [replace(one, id=content_id("claim", document.id, repr(one)), document=document.id) for one in claims()]
        found.append((document, made))
    return found


def make(path: Path) -> Path:
    """The ledger at a path, derived."""
    store = open_store(path, create=True)
    writer = Writer(store)
    for document, made in reports():
        writer.add(document, made, (), run=RUN, at=MOMENT)
    store.close()
    with Ledger(path, clock=lambda: MOMENT) as ledger:
        first = ledger.claims(kind="deployment")[0]
        judging = ledger.judging("Ana Lyst")
        judging.correct(first.id, [("place", "Agadez")], reason="it is near Agadez")
        ledger.events()
    return path


@contextmanager
def selection(path: Path, redaction: Redaction = NOTHING, **wanted: str) -> Iterator[Selection]:
    """A selection of a ledger whose moment of export is always the same."""
    with (
        Ledger(path, create=False, clock=lambda: MOMENT) as ledger,
        ledger.selection(redaction=redaction, **wanted) as found,  # type: ignore[arg-type]
    ):
        yield found


def bytes_of(path: Path, name: str, redaction: Redaction = NOTHING, **asked: object) -> bytes:
    """An export as bytes; `asked` are `table` and `package` of `Format.written`."""
    out = io.BytesIO()
    with selection(path, redaction) as found:
        FORMATS[name].written(found, out, **asked)  # type: ignore[arg-type]
        out.flush()
        return out.getvalue()


def texts(content: bytes) -> Iterator[str]:
    """Every text in a file of any format, those packed in it too."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name
                yield from texts(packed.read(name))
    elif content.startswith(b"PAR1"):
        import pyarrow.parquet as pq

        table = pq.read_table(io.BytesIO(content))
        yield str(table.schema.metadata)
        yield str(table.to_pylist())
    else:
        yield content.decode("utf-8")
