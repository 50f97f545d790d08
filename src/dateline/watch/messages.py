"""What an alert says of a match: a sentence, the record, and claims with their words, report and who says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dateline.export.shapes import told_by, voice
from dateline.export.words import amount, counted, days
from dateline.model import Claim, Dispute, Event, Presence, as_record, claim_record
from dateline.store import View
from dateline.watch.saved import About

Message = Mapping[str, Any]
Matched = Claim | Presence | Event | Dispute

MOST_CLAIMS: Final = 10
"""Claims that a message carries; of more it says how many there are."""
LONGEST_WORDS: Final = 1200
_PAGES: Final = {
    About.CLAIMS: "claims",
    About.PRESENCES: "presence",
    About.EVENTS: "events",
    About.DISPUTES: "disputes",
}


def told(view: View, about: About, matched: Sequence[Matched], desk: str | None) -> list[Message]:
    """The messages of matches in their order; `desk` is the address of the desk, for links."""
    ids = {key for one in matched for key in _claims_of(one)[:MOST_CLAIMS]}
    known = view.claims_of(sorted(ids))
    headers = view.headers([claim.document for claim in known.values()])
    found: list[Message] = []
    for one in matched:
        every = _claims_of(one)
        some = [known[key] for key in every[:MOST_CLAIMS] if key in known]
        claims = [_claim(claim, claim_record(claim, headers[claim.document]), desk) for claim in some]
        record = as_record(one) if not isinstance(one, Claim) else claim_record(one, headers[one.document])
        message = {"about": str(about), "sentence": sentence(one, record), "link": _link(desk, about, one.id)}
        found.append(message | {"id": one.id, "claims": claims, "all_claims": len(every), "record": record})
    return found


def sentence(one: Matched, record: Mapping[str, Any]) -> str:
    """A match in one sentence.

    Report words in it are as they stand there: who shows them makes them safe for the place they are shown in.
    """
    if isinstance(one, Claim):
        return _of_claim(record)
    if isinstance(one, Dispute):
        return f"{one.kind} dispute, {one.status}: {one.sentence}"
    if isinstance(one, Presence):
        strength = amount(one.low, one.high)
        what = f"{one.force} in {one.host}: {one.status}{f', {strength}' if strength else ''}"
        return f"{what}, as of {one.as_of}" if one.as_of is not None else what
    parties = [part for part in (one.actor, one.recipient) if part is not None]
    where = one.place or one.country
    when = days(one.earliest, one.latest)
    what = f"{one.kind} ({one.stage}): {' → '.join(parties) or 'somebody'}"
    placed = f"{what} in {where}" if where is not None else what
    return f"{placed}{f', {when}' if when else ''}; told by {told_by(record['witnesses'])}"


def _of_claim(record: Mapping[str, Any]) -> str:
    parties = [record[slot]["name"] for slot in ("actor", "recipient") if record[slot] is not None]
    quantity, time, place = record["quantity"], record["time"], record["place"]
    parts = [f"{record['kind']}: {' → '.join(parties) or 'somebody'}"]
    parts += [] if place is None else [f"in {place['name']}"]
    parts += [] if quantity is None else [f"{amount(quantity['low'], quantity['high'])} {quantity['unit']}".strip()]
    parts += [] if time is None else [days(time["earliest"], time["latest"])]
    said = voice(record["attribution"], record["document"])
    return f"{', '.join(part for part in parts if part)}; {record['stance']} by {said}"


def _claim(claim: Claim, record: Mapping[str, Any], desk: str | None) -> dict[str, Any]:
    """What of a claim a reader needs to judge it at once."""
    return {
        "id": claim.id,
        "sentence": _of_claim(record),
        "stance": str(claim.stance),
        "says": voice(record["attribution"], record["document"]),
        "evidence": [part.exact[:LONGEST_WORDS] for part in claim.evidence],
        "confidence": claim.confidence,
        "report": record["document"],
        "link": _link(desk, About.CLAIMS, claim.id),
    }


def _claims_of(one: Matched) -> tuple[str, ...]:
    if isinstance(one, Claim):
        return (one.id,)
    if isinstance(one, Presence):
        apart = (*one.departures, *one.planned, *one.denied, *one.alleged, *one.conditional)
        return tuple(dict.fromkeys((*one.supports, *apart)))
    return one.claims


def _link(desk: str | None, about: About, key: str) -> str | None:
    return None if desk is None else f"{desk.rstrip('/')}/{_PAGES[about]}/{key}"


def as_text(message: Message) -> str:
    """A message as plain text of several lines, for mails and feeds."""
    lines = [str(message["sentence"])]
    if message["link"] is not None:
        lines.append(str(message["link"]))
    for claim in message["claims"]:
        report = claim["report"]
        told_in = ", ".join(str(report[key]) for key in ("outlet", "title", "published", "url") if report[key])
        lines += ["", f"{claim['stance']} by {claim['says']} ({claim['id']})"]
        lines += [f"“{words}”" for words in claim["evidence"]]
        lines.append(f"in {told_in}" if told_in else f"in report {report['id']}")
    left = message["all_claims"] - len(message["claims"])
    return "\n".join([*lines, *(["", f"and {counted(left, 'more claim')}"] if left > 0 else [])])
