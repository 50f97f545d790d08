"""The slots of a claim of the guide's format, checked and with offsets into the imported document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from dateline.ingest.claims.fields import (
    Record,
    Unfit,
    choice,
    country,
    days,
    degrees,
    flag,
    list_at,
    names,
    needed,
    number,
    record_at,
    words,
)
from dateline.ingest.claims.imported import Log
from dateline.ingest.decode import cleaned
from dateline.model import (
    Actor,
    Attribution,
    Claim,
    Commitment,
    Evidence,
    Kind,
    Mention,
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
)

T = TypeVar("T")

LONGEST_PIECE = 20_000
"""Code points of the longest piece of evidence."""
MOST_PIECES = 50
"""Pieces of evidence of one claim."""

_Span = tuple[str | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Offsets:
    """Where pieces of evidence start in the text of the imported document."""

    starts: Mapping[Evidence, int]
    text: str

    def moved(self, piece: Evidence) -> Evidence:
        """The piece at its place in the text."""
        start = self.starts[piece]
        end = start + len(piece.exact)
        return Evidence(start, end, self.text[start:end])

    def span(self, record: Record, evidence: tuple[Evidence, ...]) -> _Span:
        """`text`, `start` and `end` of a slot: offsets only where they still show these words."""
        written = words(record, "text")
        start, end = record.get("start"), record.get("end")
        if written is None or not isinstance(start, int) or not isinstance(end, int):
            return written, None, None
        for piece in evidence:
            at = start - piece.start + self.starts[piece]
            if piece.start <= start and end <= piece.end and self.text[at : at + len(written)] == written:
                return written, at, at + len(written)
        if self.text[max(0, start) : max(0, end)] == written and self.starts and self._unmoved():
            return written, start, end
        return written, None, None

    def _unmoved(self) -> bool:
        return all(piece.start == start for piece, start in self.starts.items())


def pieces_of(record: Record) -> tuple[Evidence, ...]:
    """The pieces of evidence as given; `Unfit` for one that no text could hold."""
    found = []
    for item in list_at(record, "evidence")[:MOST_PIECES]:
        if not isinstance(item, Mapping):
            raise Unfit("evidence is no list of objects")
        exact, start = item.get("exact"), item.get("start")
        if not isinstance(exact, str) or not exact.strip() or len(exact) > LONGEST_PIECE:
            raise Unfit(f"evidence without words, or of more than {LONGEST_PIECE} characters")
        if isinstance(start, bool) or not isinstance(start, int) or not 0 <= start < 10**9:
            raise Unfit("evidence without a start")
        exact = cleaned(exact)
        found.append(Evidence(start, start + len(exact), exact))
    if not found:
        raise Unfit("no evidence")
    return tuple(dict.fromkeys(found))


def claim_of(record: Record, evidence: tuple[Evidence, ...], offsets: Offsets, log: Log) -> Claim:
    """The claim, without id and document; `Unfit` where its kind or stance is none of ours.

    A slot with an unfit value stays empty, with an issue.
    """
    kind, stance = choice(record, "kind", Kind), choice(record, "stance", Stance)
    name = record.get("id") if isinstance(record.get("id"), str) else None
    moved = tuple(offsets.moved(piece) for piece in evidence)

    def slot(key: str, read: Callable[[Record, _Span], T]) -> T | None:
        def whole() -> T | None:
            inner = record_at(record, key)
            return None if inner is None else read(inner, offsets.span(inner, evidence))

        return log.tried(whole, name)

    basis = _basis(record)
    if moved != evidence:
        basis["evidence"] = "; ".join(f"{piece.start}..{piece.end}" for piece in evidence) + " of the original text"
    confidence = log.tried(partial(number, record, "confidence"), name)
    return Claim(
        id="",
        document="",
        kind=kind,
        actor=slot("actor", _actor),
        recipient=slot("recipient", _actor),
        place=slot("place", _place),
        quantity=slot("quantity", _quantity),
        time=slot("time", _time),
        stance=stance,
        attribution=slot("attribution", lambda inner, _: _attribution(inner, evidence, offsets)),
        evidence=moved,
        confidence=1.0 if confidence is None else min(1.0, confidence),
        basis=basis,
    )


def _basis(record: Record) -> dict[str, str]:
    """How each filled slot was read, as far as the record tells."""
    given = record.get("basis")
    told = given if isinstance(given, Mapping) else {}
    filled = [key for key in ("actor", "recipient", "place", "quantity", "time") if record.get(key) is not None]
    found = {
        key: told.get(key, "given")
        for key in (*filled, *(key for key in ("kind", "stance", "document") if key in told))
    }
    return {key: cleaned(why)[:200] if isinstance(why, str) else "given" for key, why in found.items()}


def _actor(record: Record, span: _Span) -> Actor:
    return Actor(*span, needed(record, "name"), country(record, "country"), choice(record, "sector", Sector))


def _place(record: Record, span: _Span) -> Place:
    precision = choice(record, "precision", Precision)
    lat, lon = degrees(record, "lat", 90), degrees(record, "lon", 180)
    if precision in (Precision.COUNTRY, Precision.REGION) or lat is None or lon is None:
        lat = lon = None
    place = Place(*span, needed(record, "name"), country(record, "country"), lat, lon, precision)
    return replace(place, uncertainty=number(record, "uncertainty"), alternatives=names(record, "alternatives"))


def _quantity(record: Record, span: _Span) -> Quantity:
    low, high = number(record, "low"), number(record, "high")
    if low is not None and high is not None and high < low:
        raise Unfit(f"high {high:g} is below low {low:g}")
    return Quantity(*span, low, high, choice(record, "unit", Unit), choice(record, "scope", Scope))


def _time(record: Record, span: _Span) -> TimeRange:
    return TimeRange(*span, *days(record, "earliest", "latest"), choice(record, "basis", TimeBasis))


def _attribution(record: Record, evidence: tuple[Evidence, ...], offsets: Offsets) -> Attribution:
    source, cue = record_at(record, "source"), record_at(record, "cue")
    commitment = None if record.get("commitment") is None else choice(record, "commitment", Commitment)
    return Attribution(
        source=None if source is None else _source(source, offsets.span(source, evidence)),
        source_kind=choice(record, "source_kind", SourceKind),
        anonymous=flag(record, "anonymous"),
        cue=None if cue is None else _mention(offsets.span(cue, evidence)),
        quote=choice(record, "quote", Quote),
        via=names(record, "via"),
        commitment=commitment,
    )


def _source(record: Record, span: _Span) -> Source:
    told = (words(record, key) for key in ("description", "office", "affiliation", "condition"))
    return Source(*span, needed(record, "name"), *told)


def _mention(span: _Span) -> Mention | None:
    text, start, end = span
    return None if text is None or start is None or end is None else Mention(text, start, end)
