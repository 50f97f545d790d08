"""From records of the desk to parts of answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dateline.desk import Desk
from dateline.desk.statements import Statement, stated, statements
from dateline.export.shapes import told_by
from dateline.export.voices import voice_of
from dateline.export.words import amount, days
from dateline.mcp import answers as a
from dateline.mcp.wrapping import LINE, data, line, name
from dateline.model import Actor, Claim, Document, Evidence, Witness, as_record
from dateline.store import UnknownIdError

FEW = 3
"""Claims shown under a row of a list; their number is given beside it."""

MORE = 20
"""Claims shown under a row that was asked for by its id."""

_TABLES: Mapping[str, str] = {
    "claims": "claim",
    "documents": "report",
    "presences": "presence",
    "events": "event",
    "disputes": "dispute",
    "origins": "origin",
    "judgements": "judgement",
}


def found_id(desk: Desk, table: str, given: str) -> str:
    """The full id of a record by its id or beginning; UnknownIdError says what it is instead, or which begin so."""
    what = _TABLES[table]
    like = desk.view.ids_like(given) if len(given) >= len("doc-") else []
    if not like:
        like = [pair for item in desk.view.knows(given) for pair in desk.view.ids_like(item)]
    exact = [pair for pair in like if pair[1] == given] or like
    fitting = [key for where, key in exact if where == table]
    if len(fitting) == 1:
        return fitting[0]
    if len(fitting) > 1:
        raise UnknownIdError(f"{given!r} is the beginning of several: {', '.join(fitting)}")
    if exact:
        raise UnknownIdError(f"{exact[0][1]} is a {_TABLES.get(exact[0][0], 'record')}, not a {what}")
    raise UnknownIdError(f"no {what} of this ledger has the id {given!r}")


def report(document: Document) -> a.Report:
    """A report as it is cited."""
    return a.Report(
        id=document.id,
        outlet=name(document.outlet),
        title=line(document.title),
        published=document.published,
        agency=name(document.agency),
        url=line(document.url),
    )


def quotation(part: Evidence, longest: int = LINE) -> a.Quotation:
    """Words of a report with their place in it."""
    shortened = len(part.exact) > longest
    return a.Quotation(words=data(part.exact, longest), start=part.start, end=part.end, shortened=shortened)


def claim(one: Statement) -> a.Claim:
    """A claim with its words and report."""
    found, said = one.claim, one.claim.attribution
    quantity, time = found.quantity, found.time
    many = "" if quantity is None else amount(quantity.low, quantity.high)
    return a.Claim(
        id=found.id,
        kind=str(found.kind),
        stance=str(found.stance),
        actor=_party(found.actor),
        recipient=_party(found.recipient),
        place=None if found.place is None else data(f"{found.place.name} [{found.place.country or '?'}]"),
        how_many=None if quantity is None else f"{many or 'some'} {quantity.unit} ({quantity.scope})",
        when=None if time is None else days(time.earliest, time.latest) or None,
        says=data(voice_of(found, one.document)),
        says_kind=None if said is None else str(said.source_kind),
        confidence=round(found.confidence, 3),
        verdict=one.state or None,
        quotation=quotation(found.evidence[0]),
        report=report(one.document),
    )


def claims(desk: Desk, found: Sequence[Claim]) -> list[a.Claim]:
    """Claims in their order."""
    return [claim(one) for one in stated(desk, found, sentences=())]


class Known:
    """The claims that several rows of an answer show, fetched at once: ask for all, then take some."""

    def __init__(self, desk: Desk, ids: Iterable[str]) -> None:
        self._found = statements(desk, ids, sentences=())

    def some(self, ids: Sequence[str], most: int) -> list[a.Claim]:
        """The first few of some claims."""
        return [claim(self._found[key]) for key in ids[:most] if key in self._found]


def newest_first(ids: Sequence[str]) -> tuple[str, ...]:
    """Claims of a presence, which holds them oldest first."""
    return tuple(reversed(ids))


def told(witnesses: Sequence[Witness]) -> str:
    """On how many reports and independent origins something rests."""
    return told_by([as_record(witness) for witness in witnesses])


def _party(actor: Actor | None) -> str | None:
    return None if actor is None else data(f"{actor.name} [{actor.country or '?'} {actor.sector}]")


def behind(desk: Desk) -> str | None:
    """What to tell where something was added that nothing rests on yet."""
    if desk.is_current():
        return None
    return (
        "Reports or judgements were added since presences, events, disputes and origins were last derived; "
        "claims and reports are complete. `dateline serve` derives them, or restart `dateline mcp` without --http."
    )
