"""One claim with all that can be said of it: its sentence, its chain of sources, how each slot was read, what rests on
it, what analysts made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dateline.desk.citations import Citation, citation
from dateline.desk.claims import ListedClaim, in_list
from dateline.desk.desk import Desk
from dateline.desk.judging import ClaimForm, claim_form
from dateline.desk.statements import statements
from dateline.desk.terms import COMMITMENTS, PRECISIONS, QUOTES, SCOPES, SECTORS, SLOTS, SOURCE_KINDS, TIMES, kind_words
from dateline.desk.terms import country_name as country
from dateline.export.sentences import Sentence, sentence_around
from dateline.export.voices import voice_of
from dateline.export.words import amount, days
from dateline.model import Actor, Claim, Dispute, Document, Event, Place, Presence, Quantity, TimeRange
from dateline.reconcile.ratings import RELIABILITY_WORDS, ChainRating, Reliability
from dateline.store.around import ReadClaim, read_in
from dateline.store.holders import holders


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice of the chain, from the report to the one who says it.

    `role` is `report`, `agency`, `relay` or `source`; `notes` say in words what is known of it; `rating` is the
    Admiralty letter analysts gave it, None where nobody did.
    """

    role: str
    name: str
    notes: tuple[str, ...] = ()
    rating: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot as it was read: the report's words, the value in words, how it was read.

    `now` is the value where analysts corrected it ("" for "not said"), None where they did not; `country` is the
    code of the country it names.
    """

    name: str
    label: str
    words: str | None
    value: str | None
    notes: tuple[str, ...]
    basis: str | None
    country: str | None = None
    now: str | None = None
    now_basis: str | None = None


@dataclass(frozen=True, slots=True)
class InPresence:
    """A presence that a claim is among the grounds of, and how: supports, departures, planned, denied, ..."""

    presence: Presence
    role: str


@dataclass(frozen=True, slots=True)
class InDispute:
    """A dispute that a claim takes a side in; `side` counts from 0."""

    dispute: Dispute
    side: int


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim as it was read, and all around it; `now` is what counts of it, None where it is rejected.

    `others` are further claims read in the same words, `instead` those read in its place where a newer program reads
    the report otherwise (`current` is then False), `superseded` older readings of its words.
    """

    listed: ListedClaim
    sentences: tuple[Sentence, ...]
    chain: tuple[Voice, ...]
    slots: tuple[Slot, ...]
    judging: ClaimForm
    now: Claim | None
    rating: ChainRating
    current: bool
    instead: tuple[Claim, ...]
    others: tuple[Claim, ...]
    superseded: tuple[ReadClaim, ...]
    events: tuple[Event, ...]
    presences: tuple[InPresence, ...]
    disputes: tuple[InDispute, ...]
    external: tuple[str, ...]
    citation: Citation

    @property
    def now_kind(self) -> str | None:
        """The kind as analysts corrected it, None where they did not."""
        now = self.now
        return None if now is None or now.kind is self.claim.kind else kind_words(now.kind)

    @property
    def now_stance(self) -> str | None:
        """The stance as analysts corrected it, None where they did not."""
        now = self.now
        return None if now is None or now.stance is self.claim.stance else str(now.stance)

    @property
    def said_before(self) -> str | None:
        """Who was read as saying it, where analysts corrected that; `said_now` is what they made of it."""
        now = self.now
        if now is None or now.attribution == self.claim.attribution:
            return None
        return voice_of(self.claim, self.document)

    @property
    def said_now(self) -> str:
        """Who says it, as it counts now."""
        return voice_of(self.now or self.claim, self.document)

    @property
    def claim(self) -> Claim:
        """The claim as it was read."""
        return self.listed.claim

    @property
    def document(self) -> Document:
        """Its report, with the text."""
        return self.listed.document


def claim_card(desk: Desk, identifier: str) -> ClaimCard:
    """The card of a claim by its full id; LookupError when there is none."""
    statement = statements(desk, [identifier], sentences=()).get(identifier)
    if statement is None:
        raise LookupError(identifier)
    claim = statement.claim
    document = desk.view.document(claim.document)
    derived = holders(desk.store, [claim.id])
    read = read_in(desk.store, claim.document)
    current = any(one.claim.id == claim.id and one.current for one in read)
    beside = [one for one in read if one.claim.id != claim.id and _overlap(one.claim, claim)]
    now = tuple(one.claim for one in beside if one.current)
    return ClaimCard(
        in_list(claim, document, statement.state),
        tuple(sentence_around(document.text, part.start, part.end) for part in claim.evidence),
        chain(claim, document, statement.rating),
        slots(claim, statement.now),
        claim_form(desk, statement),
        statement.now,
        statement.rating,
        current,
        () if current else now,
        now if current else (),
        tuple(one for one in beside if not one.current),
        derived.events,
        tuple(_in_presence(presence, claim.id) for presence in derived.presences),
        tuple(_in_dispute(dispute, claim.id) for dispute in derived.disputes),
        desk.view.external_ids([claim.id]).get(claim.id, ()),
        citation(claim, document),
    )


def _overlap(one: Claim, other: Claim) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.evidence for b in other.evidence)


_GROUNDS = ("supports", "departures", "planned", "alleged", "denied", "conditional")


def _in_presence(presence: Presence, claim: str) -> InPresence:
    return InPresence(presence, next((name for name in _GROUNDS if claim in getattr(presence, name)), "mentions"))


def _in_dispute(dispute: Dispute, claim: str) -> InDispute:
    return InDispute(dispute, next((at for at, side in enumerate(dispute.sides) if claim in side.claims), 0))


def chain(claim: Claim, document: Document, rating: ChainRating) -> tuple[Voice, ...]:
    """The voices through which a claim came, the report first, the one who says it last."""
    ratings = {
        link.name: f"{link.reliability}, {RELIABILITY_WORDS[link.reliability]}"
        for link in rating.links
        if link.reliability is not Reliability.F
    }
    outlet = document.outlet or "outlet not known"
    day = "date not known" if document.published is None else document.published[:10]
    voices = [Voice("report", outlet, (day,), ratings.get(outlet))]
    said = claim.attribution
    via = () if said is None else said.via
    named = {outlet.casefold(), *(name.casefold() for name in via)}
    if document.agency is not None and document.agency.casefold() not in named:
        voices.append(Voice("agency", document.agency, ("credited by the report",), ratings.get(document.agency)))
    voices += [Voice("relay", name, (), ratings.get(name)) for name in via]
    if said is not None:
        voices.append(_source(claim, ratings))
    return tuple(voices)


def _source(claim: Claim, ratings: dict[str, str]) -> Voice:
    said = claim.attribution
    assert said is not None
    kind = SOURCE_KINDS[said.source_kind]
    name = kind if said.source is None else said.source.name
    notes = [f"{kind}, not named" if said.anonymous else kind, QUOTES[said.quote]]
    if said.cue is not None:
        notes.append(f"by the word “{said.cue.text}”")
    if said.commitment is not None:
        notes.append(COMMITMENTS[said.commitment])
    source = said.source
    if source is not None:
        told = {"described as": source.description, "office": source.office}
        told |= {"speaks for": source.affiliation, "condition": source.condition}
        notes += [f"{what}: {value}" for what, value in told.items() if value is not None]
    return Voice("source", name, tuple(notes), ratings.get(name))


def slots(claim: Claim, now: Claim | None) -> tuple[Slot, ...]:
    """The slots of a claim as they were read, each with its value after corrections where that is another."""
    return tuple(_slot(name, label, claim, now) for name, label in SLOTS.items())


def _slot(name: str, label: str, claim: Claim, now: Claim | None) -> Slot:
    value = getattr(claim, name)
    words, notes = slot_words(value)
    changed = None if now is None or getattr(now, name) == value else ", ".join(_with_notes(getattr(now, name)))
    return Slot(
        name,
        label,
        None if value is None else value.text,
        words,
        notes,
        claim.basis.get(name),
        getattr(value, "country", None),
        changed,
        None if changed is None or now is None else now.basis.get(name),
    )


def _with_notes(value: Any) -> tuple[str, ...]:
    words, notes = slot_words(value)
    return () if words is None else (words, *notes)


def slot_words(value: Actor | Place | Quantity | TimeRange | None) -> tuple[str | None, tuple[str, ...]]:
    """The value of a slot in words, and what else is to be said of it; None where the report does not say."""
    if value is None:
        return None, ()
    if isinstance(value, Actor):
        return value.name, tuple(part for part in (country(value.country), SECTORS[value.sector]) if part)
    if isinstance(value, Place):
        return value.name, _place_notes(value)
    if isinstance(value, Quantity):
        return f"{amount(value.low, value.high)} {value.unit}", (SCOPES[value.scope],)
    return days(value.earliest, value.latest), (TIMES[value.basis],)


def _place_notes(place: Place) -> tuple[str, ...]:
    notes = [part for part in (country(place.country), PRECISIONS[place.precision]) if part]
    if place.lat is not None and place.lon is not None:
        notes.append(f"{place.lat:.4f}, {place.lon:.4f}")
    if place.uncertainty is not None:
        notes.append(f"within {max(1, round(place.uncertainty / 1000)):,} km")
    if place.alternatives:
        notes.append(f"undecided between {' and '.join(place.alternatives)}")
    return tuple(notes)
