"""Cards: one record as a person reads it, every word of a report made safe for the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from dateline.cli.card_lines import claim_lines, field, heading, plain_console
from dateline.cli.known_cards import reference, show_known
from dateline.export.safe import visible
from dateline.export.sentences import sentence_around
from dateline.export.shapes import voice
from dateline.export.words import amount, counted, days
from dateline.judging.words import told_effect, told_notice
from dateline.ledger import Ledger
from dateline.model import Attribution, Claim, Document, as_record, claim_record
from dateline.store.view import Known

_SLOTS = ("actor", "recipient", "place", "quantity", "time")


def show_card(ledger: Ledger, found: Claim | Document | Known) -> None:
    """Print the card of a record."""
    console = plain_console()
    if isinstance(found, Claim):
        _claim(console, found, ledger)
    elif isinstance(found, Document):
        _document(console, found, ledger)
    else:
        show_known(console, found, ledger)


def _claim(console: Console, claim: Claim, ledger: Ledger) -> None:
    document = ledger.document(claim.document)
    record = claim_record(claim, document)
    console.print(Text(f"{claim.kind}, {claim.stance}", style="bold"), Text(claim.id, style="dim"))
    for at, _ in enumerate(claim.evidence):
        console.print(_in_sentence(claim, document, at))
    console.print()
    field(console, "says", voice(record["attribution"], record["document"]), _chain(claim))
    _describe_source(console, claim.attribution)
    for slot in _SLOTS:
        value = record[slot]
        field(console, slot, "not said" if value is None else _value(slot, value), claim.basis.get(slot))
    for slot in sorted(set(claim.basis) - set(_SLOTS)):
        field(console, slot, "", claim.basis[slot])
    field(console, "confidence", f"{claim.confidence:.2f}", None)
    field(console, "report", reference(document), document.id)
    _effect(console, document.id, ledger)
    _external(console, claim.id, ledger)
    _review(console, claim, ledger)


def _in_sentence(claim: Claim, document: Document, at: int) -> Text:
    """The sentence around one piece of evidence, that piece marked."""
    part = claim.evidence[at]
    found = sentence_around(document.text, part.start, part.end)
    shown = Text("  ")
    shown.append(visible(found.before))
    shown.append("«" + visible(part.exact) + "»", style="bold reverse")
    shown.append(visible(found.after))
    return shown


def _chain(claim: Claim) -> str | None:
    said = claim.attribution
    if said is None:
        return claim.basis.get("attribution")
    cue = "" if said.cue is None else f", cue “{said.cue.text}”"
    anonymous = ", anonymous" if said.anonymous else ""
    held = "" if said.commitment is None else f", report {said.commitment}"
    return f"{said.source_kind}{anonymous}, {said.quote}{cue}{held}"


def _describe_source(console: Console, said: Attribution | None) -> None:
    """What the report tells of the source, where it tells more than a name."""
    if said is None or said.source is None:
        return
    source = said.source
    told = {"described as": source.description, "office": source.office}
    told |= {"speaks for": source.affiliation, "unnamed": source.condition}
    for name, value in told.items():
        if value is not None:
            field(console, name, value, None)


def _value(slot: str, value: dict[str, object]) -> str:
    words = f"“{value['text']}”" if value["text"] else "(not in words)"
    if slot == "quantity":
        bounds = amount(_float(value["low"]), _float(value["high"]))
        return f"{bounds} {value['unit']} ({value['scope']}), {words}"
    if slot == "time":
        return f"{days(_str(value['earliest']), _str(value['latest']))} ({value['basis']}), {words}"
    if slot == "place":
        return f"{value['name']} [{value['country'] or '?'} {value['precision']}{_around(value)}], {words}"
    return f"{value['name']} [{value['country'] or '?'} {value['sector']}], {words}"


def _around(value: dict[str, object]) -> str:
    """How far off a place's point may be, or between which places of its name nothing decides."""
    several = value.get("alternatives")
    if isinstance(several, (list, tuple)) and several:
        return f"; undecided: {' or '.join(map(str, several))}"
    metres = _float(value.get("uncertainty"))
    return "" if metres is None else f", within {max(1, round(metres / 1000))} km"


def _float(value: object) -> float | None:
    return value if isinstance(value, (int, float)) else None


def _str(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _document(console: Console, document: Document, ledger: Ledger) -> None:
    console.print(Text(visible(document.title or "(no title)"), style="bold"), Text(document.id, style="dim"))
    _effect(console, document.id, ledger)
    names = ("published", "outlet", "byline", "agency", "dateline_place", "dateline_date", "url", "language")
    for name in names:
        value = getattr(document, name)
        field(console, name, "not known" if value is None else value, document.provenance.get(name))
    for name in sorted(set(document.provenance) - {*names, "title", "text"}):
        field(console, name, document.provenance[name], None)
    field(console, "sha256", document.sha256, None)
    furniture = sum(part.end - part.start for part in document.furniture)
    field(
        console,
        "text",
        f"{len(document.text):,} characters, {furniture:,} of them page furniture",
        document.provenance.get("text"),
    )
    for origin in ledger.origins(document=document.id):
        told = f"{origin.name or 'not known'}, {counted(len(origin.documents), 'report')} of it here"
        field(console, "origin", told, origin.id)
    _external(console, document.id, ledger)
    for notice in ledger.notices(document.id):
        mine = ", this report" if notice.document == document.id else ""
        field(console, "notice", f"{told_notice(notice)}{mine}", notice.id)
    for issue in ledger.issues(document=document.id):
        field(console, "issue", issue.message, issue.code)
    claim_lines(console, list(ledger.claims(document=document.id)))


def _effect(console: Console, identifier: str, ledger: Ledger) -> None:
    """Why a report does not count, where notices set it aside."""
    found = ledger.effect_on(identifier)
    if found is not None:
        field(console, "does not count", told_effect(found), found.notice)


def _external(console: Console, identifier: str, ledger: Ledger) -> None:
    """The ids an imported record had where it came from."""
    for external in ledger.external_ids(identifier):
        field(console, "known as", external, "imported")


def _review(console: Console, claim: Claim, ledger: Ledger) -> None:
    """What analysts made of a claim, where any did."""
    found = ledger.review(claim)
    if not found.history:
        return
    rejected = found.claim is None and ledger.effect_on(claim.document) is None
    state = "rejected" if rejected else "accepted" if found.accepted else "judged"
    heading(console, f"{state}:")
    for line in found.history:
        judgement = line.entry.judgement
        undone = "" if line.undone_by is None else ", undone"
        if judgement is not None:
            field(console, judgement.at[:16].replace("T", " "), f"{line.told} ({judgement.analyst}{undone})")
    if found.claim is not None and found.claim != claim:
        now, was = claim_record(found.claim, ledger.document(claim.document)), as_record(claim)
        for slot in _SLOTS:
            if as_record(found.claim)[slot] != was[slot]:
                value = now[slot]
                field(console, f"now: {slot}", "not said" if value is None else _value(slot, value))
