"""A light reader in the place of the parser: a claim for each sentence that names a number of soldiers."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from dateline import pipeline
from dateline.model import (
    Actor,
    Attribution,
    Claim,
    Document,
    Evidence,
    Issue,
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
    Unit,
    content_id,
    identified,
)
from dateline.pipeline import Reading

RUN = Run("run-1", "fake 1", "no model", "3.11", "none")
_SAID = re.compile(
    r"(?P<n>\d+) (?P<who>[A-Z]\w+) soldiers (?P<verb>are in|will go to|are not in|left) (?P<host>[A-Z]\w+)"
)
_STANCE = {"will go to": Stance.PLANNED, "are not in": Stance.DENIED}
_CODES = {"Russian": "RUS", "American": "USA", "Niger": "NER", "Mali": "MLI"}


def document(text: str, **fields: str | None) -> Document:
    """A document under its content id."""
    return identified(Document(id="", text=text, sha256="0" * 64, **({"language": "en"} | fields)))


def report(number: int, *, claims: int = 3) -> str:
    """A small report that differs from every other."""
    told = [f"{number * 10 + at} Russian soldiers are in Mali." for at in range(claims)]
    return f"Report {number}\n\n" + " ".join(told) + "\n"


def claims(document: Document) -> list[Claim]:
    """What the light reader finds."""
    found = []
    for match in _SAID.finditer(document.text):
        who, host = match["who"], match["host"]
        actor = Actor(who, match.start("who"), match.end("who"), f"{who} forces", _CODES.get(who), Sector.MIL)
        recipient = Actor(None, None, None, f"{host}, government", _CODES.get(host), Sector.GOV)
        place = Place(
            host, match.start("host"), match.end("host"), host, _CODES.get(host), None, None, Precision.COUNTRY
        )
        number = float(match["n"])
        claim = Claim(
            id="",
            document=document.id,
            kind=Kind.WITHDRAWAL if match["verb"] == "left" else Kind.PRESENCE,
            actor=actor,
            recipient=recipient,
            place=place,
            quantity=Quantity(
                match["n"], match.start("n"), match.end("n"), number, number, Unit.PERSONNEL, Scope.TOTAL
            ),
            time=None,
            stance=_STANCE.get(match["verb"], Stance.ASSERTED),
            attribution=Attribution(
                Source(None, None, None, "Ibrahim Touré"), SourceKind.MILITARY, False, None, Quote.DIRECT, ("AFP",)
            ),
            evidence=(Evidence(match.start(), match.end(), match[0]),),
            confidence=0.5,
            basis={"actor": "named before soldiers"},
        )
        found.append(replace(claim, id=content_id("claim", document.id, claim)))
    return found


def reading(document: Document) -> Reading:
    """A reading by the light reader; "???" in the text is an issue."""
    issues = (Issue("unclear", "cannot tell", document=document.id),) if "???" in document.text else ()
    return Reading(document, tuple(claims(document)), issues)


def install(monkeypatch: pytest.MonkeyPatch, *, seconds: float = 0.0, run: Run = RUN) -> None:
    """Make the pipeline read with this reader, each report taking at least `seconds`."""

    def read(documents: Sequence[Document]) -> list[Reading]:
        time.sleep(seconds * len(documents))
        return [reading(one) for one in documents]

    def described(item: Document, hints: object) -> tuple[Document, tuple[Issue, ...]]:
        return identified(replace(item, language=item.language or "en")), ()

    monkeypatch.setattr(pipeline, "_read", read)
    monkeypatch.setattr(pipeline, "_described", described)
    monkeypatch.setattr(pipeline, "current_run", lambda _language=None: run)
