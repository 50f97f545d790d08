"""The tools on claims: search them, and one with everything that is known of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dateline.desk import Desk
from dateline.desk.standing import reviewed
from dateline.export.sentences import sentence_around
from dateline.judging import LogLine
from dateline.judging.words import in_words
from dateline.mcp import answers as a
from dateline.mcp import asking as q
from dateline.mcp import citing, telling
from dateline.mcp.tool import Tool
from dateline.mcp.wrapping import LINE, PASSAGE, data, line, name
from dateline.model import Claim, Kind, Mention, Stance, as_record
from dateline.store.holders import holders

_SLOTS = ("actor", "recipient", "place", "quantity", "time")
_NAMED = frozenset({*_SLOTS, "kind", "stance", "attribution", "source", "via"})
_TOLD_OF_SOURCE = ("description", "office", "affiliation", "condition")


class Searched(q.AskedList):
    """Which claims."""

    text: q.Words = None
    kind: Annotated[Kind | None, Field(description="Kind of act or state.")] = None
    stance: Annotated[Stance | None, Field(description="How firmly it is said.")] = None
    actor: q.Party = None
    recipient: q.Party = None
    host: q.Host = None
    place: q.Spot = None
    source: q.Who = None
    report: Annotated[str | None, Field(description="Only claims of this report: its id.", max_length=200)] = None
    since: q.Since = None
    until: q.Until = None


def search_claims(desk: Desk, asked: Searched) -> a.Claims:
    """Search the claims that reports make, newest report first: who has forces where, did what, and who says so.

    All filters given must hold. A claim is what one report says, not a fact: look at its stance (asserted, alleged,
    denied, planned, conditional), who says it, its exact words and report. The same matter told by several reports is
    an event or presence; whether reports are independent is told by origins.
    """
    given = asked.model_dump(exclude={"limit", "cursor", "report"}, exclude_none=True)
    if asked.report is not None:
        given["document"] = citing.found_id(desk, "documents", asked.report)
    page = q.paged(desk.view.claims_page, given, asked)
    return a.Claims(claims=citing.claims(desk, page.rows), **q.counted(page))


class Shown(q.Asked):
    """Which claim."""

    id: q.Identifier


def show_claim(desk: Desk, asked: Shown) -> a.WholeClaim:
    """Show one claim: its sentence, the chain of sources, each detail with how it was read, and all judgements.

    Also the events, presences and disputes that rest on it. Where analysts corrected it, `counts_as` has what counts
    now; a rejected claim counts for nothing and stays readable.
    """
    key = citing.found_id(desk, "claims", asked.id)
    found = desk.view.claims_of([key])[key]
    document = desk.view.document(found.document)
    made = reviewed(desk, found, document)
    on = holders(desk.store, [key])
    return a.WholeClaim(
        claim=citing.claims(desk, [found])[0],
        sentences=[_sentence(document.text, found, at) for at in range(min(len(found.evidence), 5))],
        chain=[
            a.Voice(role=link.role, name=data(link.name), reliability=str(link.reliability))
            for link in made.rating.links
        ],
        rating=made.rating.code,
        manner=line(_manner(found)),
        source_described=_source(found),
        slots=_slots(found),
        counts_as=_corrected(found, made.claim),
        judgements=[_judged(told) for told in made.history[:20]],
        events=[one.id for one in on.events],
        presences=[one.id for one in on.presences],
        disputes=[one.id for one in on.disputes],
    )


def _sentence(text: str, found: Claim, at: int) -> a.Sentence:
    part = sentence_around(text, found.evidence[at].start, found.evidence[at].end)
    return a.Sentence(
        before=data(part.before),
        exact=data(part.exact, PASSAGE),
        after=data(part.after),
        start=part.start,
        end=part.end,
    )


def _manner(found: Claim) -> str | None:
    """How the source's words are given."""
    said = found.attribution
    if said is None:
        return found.basis.get("attribution")
    cue = "" if said.cue is None else f", by the word “{said.cue.text}”"
    unnamed = ", not named" if said.anonymous else ""
    held = "" if said.commitment is None else f"; the report is {said.commitment}"
    return f"{said.source_kind}{unnamed}, {said.quote}{cue}{held}"


def _source(found: Claim) -> list[a.Slot]:
    said = found.attribution
    source = None if said is None else said.source
    if source is None:
        return []
    told = {part: getattr(source, part) for part in _TOLD_OF_SOURCE}
    return [
        a.Slot(slot=part, value=data(value), words=None, start=None, end=None, how_read=None)
        for part, value in told.items()
        if value is not None
    ]


def _slots(found: Claim) -> list[a.Slot]:
    """Each slot that is filled or of which the reading has something to say."""
    record = as_record(found)
    made = []
    for slot in dict.fromkeys([*_SLOTS, *sorted(found.basis)]):
        value = record.get(slot) if slot in _SLOTS else None
        basis = found.basis.get(slot)
        if value is None and basis is None:
            continue
        words = None if value is None else _words(value)
        told = str(record.get(slot)) if slot in ("kind", "stance") else in_words(slot, value)
        made.append(
            a.Slot(
                slot=slot if slot in _NAMED else data(slot, 40),
                value=data(told),
                words=None if words is None else name(words.text),
                start=None if words is None else words.start,
                end=None if words is None else words.end,
                how_read=line(basis),
            )
        )
    return made


def _words(value: dict[str, object]) -> Mention | None:
    text, start, end = value.get("text"), value.get("start"), value.get("end")
    if isinstance(text, str) and isinstance(start, int) and isinstance(end, int):
        return Mention(text, start, end)
    return None


def _corrected(found: Claim, now: Claim | None) -> list[a.Slot]:
    """The slots that analysts changed."""
    if now is None or now == found:
        return []
    before, after = as_record(found), as_record(now)
    return [
        a.Slot(slot=slot, value=data(in_words(slot, after[slot])), words=None, start=None, end=None, how_read=None)
        for slot in (*_SLOTS, "kind", "stance")
        if before[slot] != after[slot]
    ]


def _judged(told: LogLine) -> a.Judged:
    judgement = told.entry.judgement
    return a.Judged(
        id=told.entry.item,
        at=told.entry.recorded_at or "not known",
        analyst=data("not known" if judgement is None else judgement.analyst),
        told=data(told.told),
        reason=data("" if judgement is None else judgement.reason, LINE),
        undone_by=told.undone_by,
    )


def tell_claims(answer: a.Claims) -> str:
    """A page of claims."""
    first = telling.listed(len(answer.claims), "claims", answer)
    return "\n".join([first, *telling.claims(answer.claims)])


def tell_claim(answer: a.WholeClaim) -> str:
    """A claim and all that is known of it."""
    lines = telling.claim(answer.claim)
    lines += [f"  sentence: {part.before}>>{part.exact}<<{part.after}" for part in answer.sentences]
    chain = " → ".join(f"{voice.role} {voice.name} [{voice.reliability}]" for voice in answer.chain)
    lines += [f"  chain: {chain or 'nobody named'}; rated {answer.rating}", f"  manner: {answer.manner or 'not told'}"]
    lines += [f"  source, {slot.slot}: {slot.value}" for slot in answer.source_described]
    for slot in answer.slots:
        words = "" if slot.words is None else f", words {slot.words}"
        lines.append(f"  {slot.slot}: {slot.value}{words}, read: {slot.how_read or 'not told'}")
    lines += [f"  counts now as {slot.slot}: {slot.value}" for slot in answer.counts_as]
    for one in answer.judgements:
        undone = "" if one.undone_by is None else f" (undone by {one.undone_by})"
        lines.append(f"  judged {one.at} by {one.analyst}: {one.told}, because {one.reason}{undone} ({one.id})")
    for what, ids in (("events", answer.events), ("presences", answer.presences), ("disputes", answer.disputes)):
        lines.append(f"  in {what}: {', '.join(ids) or 'none'}")
    return "\n".join(lines)


TOOLS = (
    Tool("search_claims", "Search claims", Searched, a.Claims, search_claims, tell_claims),
    Tool("show_claim", "Show a claim", Shown, a.WholeClaim, show_claim, tell_claim),
)
