"""Cards of what is derived: a presence with its steps, an event with its variants, an origin, a dispute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console

from dateline.cli.card_lines import claim_lines, field, heading, title
from dateline.export.shapes import told_by
from dateline.export.words import amount, bound, counted, days, short_id
from dateline.judging.words import told_notice
from dateline.ledger import Ledger
from dateline.model import (
    Change,
    Dispute,
    Document,
    Event,
    Judgement,
    Notice,
    Origin,
    OriginLink,
    Presence,
    Step,
    Witness,
    as_record,
)
from dateline.store.view import Known


def show_known(console: Console, found: Known, ledger: Ledger) -> None:
    """Print the card of a derived record or a judgement."""
    if isinstance(found, Presence):
        _presence(console, found, ledger)
    elif isinstance(found, Event):
        _event(console, found, ledger)
    elif isinstance(found, Origin):
        _origin(console, found, ledger)
    elif isinstance(found, Dispute):
        _dispute(console, found, ledger)
    elif isinstance(found, Notice):
        _notice(console, found, ledger)
    else:
        _judgement(console, found)


def _notice(console: Console, notice: Notice, ledger: Ledger) -> None:
    title(console, told_notice(notice), notice.id)
    for name in ("item", "status", "version", "issued", "embargoed", "provider", "note", "path"):
        value = getattr(notice, name)
        if value is not None:
            field(console, name, str(value))
    if notice.document is not None:
        found = ledger.headers([notice.document]).get(notice.document)
        told = "not in the ledger" if found is None else reference(found)
        field(console, "report", told + (", a summary" if notice.summary else ""), notice.document)


def _presence(console: Console, presence: Presence, ledger: Ledger) -> None:
    title(console, f"{presence.force} in {presence.host}: {presence.status}", presence.id)
    strength = amount(presence.low, presence.high) or "not said"
    from_claim = "" if presence.strength_from is None else f"newest asserted figure, {short_id(presence.strength_from)}"
    field(console, "strength", strength, from_claim)
    field(console, "as of", presence.as_of or "not known")
    field(console, "sites", "; ".join(presence.sites) or "none named")
    if presence.deployment is not None:
        field(console, "there for", str(presence.deployment))
    if presence.witnesses:
        field(console, "told by", _told_by(presence.witnesses))
    _steps(console, "in time:", presence.series)
    for site in presence.at_sites:
        _steps(console, f"at {site.site}:", site.steps)
    for name in ("supports", "departures", "planned", "alleged", "denied", "conditional"):
        chosen = ledger.claims_by_id(getattr(presence, name))
        if chosen:
            heading(console, f"{name}:")
            claim_lines(console, chosen)


def _steps(console: Console, words: str, steps: Sequence[Step]) -> None:
    if steps:
        heading(console, words)
    for step in steps:
        start = bound(step.start, step.start_precise, step.start_asserted) or "…"
        end = bound(step.end, step.end_precise, step.end_asserted) or f"open, as of {step.as_of or 'no date'}"
        gone = (step.low, step.high) == (0, 0)
        strength = "gone" if gone else amount(step.low, step.high) or "strength not said"
        carried = ", carried" if step.carried else ""
        field(console, f"{start}", f"to {end}: {strength}{carried}, {counted(step.origins, 'origin')}")
        field(console, "", step.reason)
        if step.contradicts:
            field(console, "", f"against it: {', '.join(map(short_id, step.contradicts))}")


def _told_by(witnesses: Iterable[Witness]) -> str:
    return told_by([as_record(witness) for witness in witnesses])


def _event(console: Console, event: Event, ledger: Ledger) -> None:
    parties = " → ".join(name for name in (event.actor, event.recipient) if name is not None)
    when = days(event.earliest, event.latest) or "no date"
    title(console, f"{event.kind}, {event.stage}: {parties or 'nobody named'}, {when}", event.id)
    field(console, "told by", _told_by(event.witnesses))
    for slot in sorted(event.variants):
        for variant in event.variants[slot]:
            support = f"{counted(len(variant.claims), 'claim')}, {counted(variant.origins, 'origin')}"
            field(console, slot, variant.value, support)
    for link in event.links:
        field(console, str(link.tie), link.event)
    _by_witness(console, event.witnesses, ledger)


def _by_witness(console: Console, witnesses: Sequence[Witness], ledger: Ledger) -> None:
    for witness in witnesses:
        recalled = ", recalled as background" if witness.background else ""
        reports = counted(len(witness.documents), "report")
        heading(console, f"{witness.name or 'not known who'} ({reports}{recalled}):")
        claim_lines(console, ledger.claims_by_id(witness.claims))


def _origin(console: Console, origin: Origin, ledger: Ledger) -> None:
    who = origin.name or "not known who reported it"
    title(console, f"{who}: {counted(len(origin.documents), 'report')}, one origin", origin.id)
    known = ledger.headers([*origin.documents, *_ends(origin.partial)])
    for document in origin.documents:
        first = "earliest" if document == origin.documents[0] else ""
        field(console, first, reference(known[document]), document)
    if origin.links:
        heading(console, "why they are one:")
    for link in origin.links:
        _link(console, link)
    if origin.partial:
        heading(console, "used in part:")
    for link in origin.partial:
        other = link.earlier if link.later in origin.documents else link.later
        field(console, "by", reference(known[other]), other)
        _link(console, link)


def _ends(links: Iterable[OriginLink]) -> list[str]:
    return [document for link in links for document in (link.earlier, link.later)]


def _link(console: Console, link: OriginLink) -> None:
    share = "" if link.share is None else f" ({link.share:.0%} of the later text)"
    field(console, "", f"{link.reason}{share}")
    for change in link.changes:
        field(console, "changed", _changed(change))


def _changed(change: Change) -> str:
    if change.before is None:
        return f"{change.what}: added “{change.after}”"
    if change.after is None:
        return f"{change.what}: left out “{change.before}”"
    return f"{change.what}: “{change.before}” became “{change.after}”"


def reference(document: Document) -> str:
    """A report as a reader cites it."""
    parts = (document.outlet, document.title, document.published or "date not known")
    return ", ".join(part for part in parts if part)


def _dispute(console: Console, dispute: Dispute, ledger: Ledger) -> None:
    title(console, f"{dispute.topic}: {dispute.kind} disputed, {dispute.status}", dispute.id)
    field(console, "", dispute.sentence)
    field(console, "about", dispute.about)
    if dispute.settled_by is not None:
        field(console, "settled by", dispute.settled_by)
    for at, side in enumerate(dispute.sides):
        favoured = ", decided for" if dispute.favours == at else ""
        heading(console, f"side {at + 1}{favoured}: {side.holds} ({_told_by(side.witnesses)})")
        claim_lines(console, ledger.claims_by_id(side.claims))


def _judgement(console: Console, judgement: Judgement) -> None:
    title(console, f"{judgement.verdict} {judgement.matter}", judgement.id)
    field(console, "by", f"{judgement.analyst}, {judgement.at}")
    field(console, "reason", judgement.reason)
    for name, value in judgement.value.items():
        field(console, name, str(value))
    for target in judgement.targets:
        field(console, "about", target)
