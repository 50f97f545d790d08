"""A report's sketch, from its text and its claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from dateline.lexicon.newsrooms import agency, credited, house, newsroom
from dateline.lexicon.reuse_words import reuse_words, stem
from dateline.model import Actor, Claim, Document, Kind, TimeBasis, Unit
from dateline.reconcile.origins.fingerprints import bag, prints, slot, text_keys
from dateline.reconcile.origins.sketches import Sketch, Told
from dateline.reconcile.origins.voices import claim_relay, claimed_unnamed, named_relays, named_unnamed
from dateline.reconcile.origins.weights import figure_weight
from dateline.reconcile.origins.wording import Spans, wording

NEWS: Final = timedelta(days=7)
"""A claim about a time further back than this is background."""

MATTER_DAYS: Final = 8
MOST_TOLD: Final = 60
"""Claims of one report that are compared; reports with more are documents, not news."""

ODD: Final = 1.4
"""A figure of this weight (three digits that count) is rarely found out twice."""

FAMILIES: Final = {
    Kind.PRESENCE: "there",
    Kind.DEPLOYMENT: "there",
    Kind.REDEPLOYMENT: "there",
    Kind.TRAINING: "there",
    Kind.ARMS_TRANSFER: "there",
    Kind.WITHDRAWAL: "away",
    Kind.EXPULSION: "away",
    Kind.TERMINATION: "away",
    Kind.AGREEMENT: "talks",
    Kind.CONSULTATION: "talks",
    Kind.COOPERATION: "talks",
}
"""Kinds that two reports of one matter tell it by; any other kind is a family of its own."""

_NO_WORDS = "paraphrase"


def sketch(document: Document, claims: Sequence[Claim]) -> Sketch:
    """Everything of a report that pair decisions need, except its text; a pure function of report and claims.

    The text counts only where it is the report's own words: a document whose provenance says `text: paraphrase`
    is compared by its claims alone.
    """
    textual = document.provenance.get("text") != _NO_WORDS
    spans = _body(document)
    text = wording(document.text, spans) if textual else wording("", ())
    told = tuple(_told(document, claims))
    published = _day(document)
    credits = _credits(document)
    publisher = house(document.outlet, document.url)
    relays = {one.relay for one in told if one.relay is not None}
    unnamed = {one for one in map(claimed_unnamed, claims) if one is not None}
    if textual:
        relays.update(named_relays(document.text, spans))
        unnamed.update(named_unnamed(document.text, spans))
    sample, digest = prints(text), bag(text)
    keys = [*text_keys(sample, digest, published), *_matter_keys(told, credits, publisher, published)]
    return Sketch(
        document=document.id,
        published=published,
        outlet=document.outlet,
        house=publisher,
        credits=credits,
        credit_sure=document.provenance.get("agency") != "inferred",
        credit_line=document.agency if document.agency is not None else document.outlet if credits else None,
        byline=document.byline,
        language=document.language,
        textual=textual,
        words=len(text),
        body=spans if textual else (),
        relays=tuple(sorted(relays)),
        unnamed=tuple(sorted(unnamed)),
        told=told,
        bag=digest,
        prints=sample,
        keys=tuple(dict.fromkeys(keys)),
    )


def _credits(document: Document) -> tuple[str, ...]:
    """Whom a report is credited to; an agency's own report to that agency."""
    if document.agency is not None:
        return credited(document.agency)
    return (newsroom(document.outlet),) if document.outlet is not None and agency(document.outlet) else ()


def _body(document: Document) -> Spans:
    """The stretches outside furniture."""
    found, reached = [], 0
    for item in sorted(document.furniture, key=lambda item: (item.start, item.end)):
        if item.start > reached:
            found.append((reached, item.start))
        reached = max(reached, item.end)
    if reached < len(document.text):
        found.append((reached, len(document.text)))
    return tuple(found)


def _day(document: Document) -> str | None:
    """The day of publication, else that of the dateline."""
    given = document.published or document.dateline_date
    try:
        return None if given is None else date.fromisoformat(given[:10]).isoformat()
    except ValueError:
        return None


def _told(document: Document, claims: Iterable[Claim]) -> Iterator[Told]:
    published = _day(document)
    ordered = sorted(claims, key=lambda claim: (min((e.start for e in claim.evidence), default=0), claim.id))
    for claim in ordered[:MOST_TOLD]:
        time, quantity, said = claim.time, claim.quantity, claim.attribution
        source = None if said is None or said.source is None else _folded(said.source.name)
        yield Told(
            matter=_matter(claim),
            kind=f"{claim.kind} {claim.stance}",
            first=None if time is None else time.earliest,
            last=None if time is None else time.latest,
            low=None if quantity is None else quantity.low,
            high=None if quantity is None else quantity.high,
            unit=None if quantity is None else str(quantity.unit),
            source=source,
            unnamed=said is not None and said.anonymous,
            relay=claim_relay(claim, document),
            news=not background(claim, published),
        )


def background(claim: Claim, published: str | None) -> bool:
    """Whether a claim only recalls something: all of its time lies more than a week before the report."""
    time = claim.time
    if published is None or time is None or time.basis is TimeBasis.PUBLISHED or time.latest is None:
        return False
    try:
        return date.fromisoformat(time.latest[:10]) < date.fromisoformat(published[:10]) - NEWS
    except ValueError:
        return False


def _matter(claim: Claim) -> str:
    """What a claim is about, loosely: family of kind, who acts, and the country it concerns."""
    place = claim.place.country if claim.place is not None else None
    other = claim.recipient.country if claim.recipient is not None else None
    family = FAMILIES.get(claim.kind, str(claim.kind))
    return f"{family}|{_party(claim.actor)}|{place or other or _party(claim.recipient)}"


def _party(actor: Actor | None) -> str:
    if actor is None:
        return ""
    return actor.country or _folded(actor.name)


def _folded(name: str) -> str:
    words = (word.strip(".,()'\"").lower() for word in name.split())
    return " ".join(stem(word) for word in words if word and word not in reuse_words().empty)


def _matter_keys(
    told: Sequence[Told], credits: Sequence[str], publisher: str | None, published: str | None
) -> Iterator[str]:
    """Keys by what the claims tell: a newsroom with a matter of these days, and odd figures of a matter."""
    slots = [slot(published, MATTER_DAYS, phase) for phase in ((0, 1) if published is not None else (0,))]
    news = [one for one in told if one.news]
    carried = set(credits) or ({publisher} if publisher is not None else set())
    for one in news:
        for when in slots:
            for room in sorted(carried | ({one.relay} if one.relay is not None else set())):
                yield f"m{room}|{one.matter}|{when}"
            if odd(one):
                yield f"f{one.low}|{one.high}|{one.unit}|{one.matter}|{when}"
    for one in [one for one in news if one.low is not None or one.high is not None][:4]:
        for when in slots:
            yield f"c{one.kind}|{one.matter}|{one.first}|{one.last}|{one.low}|{one.high}|{one.source}|{when}"


def odd(one: Told) -> bool:
    """Whether a claim has a figure that two reporters hardly come to by themselves; money is too often rounded."""
    if one.low is None or one.unit in (None, str(Unit.MONEY)):
        return False
    return figure_weight(f"{one.low:g}" if one.low != int(one.low) else str(int(one.low))) >= ODD
