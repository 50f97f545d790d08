"""What a headline tells and the report below tells again: one claim, with the headline as further evidence of it.

A headline is vaguer than the report: it leaves out who, when and by whose account ("Activists held on arms charges"),
calls parties by what they are ("PTM leader's arrest") and puts what happened in the present.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.draft import Draft
from dateline.extract.merging import may_be_one_time, same_source
from dateline.extract.reading import POSTURE, Reading
from dateline.model import Actor, Kind, Place, Precision, Quantity, Stance
from dateline.parse.noun_phrases import is_other

if TYPE_CHECKING:
    from spacy.tokens import Token

TAKEN_UP = 6
"""Sentences below the headline within which a report tells what the headline has told."""


def headed(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, those of the headline folded into the first of the body that tells the same.

    One in the report's own voice comes before one that a source tells: a headline leaves the source out.
    """
    end = _headline_end(reading)
    above = [d for d in drafts if all(span.start < end for span in d.spans)]
    body = [d for d in drafts if d not in above]
    left = []
    for draft in above:
        again = [i for i, told in enumerate(body) if _told_again(reading, draft, told)]
        at = next((i for i in again if same_source(reading, draft, body[i])), again[0] if again else None)
        if at is None:
            left.append(draft)
        else:
            body[at] = _with_headline(body[at], draft)
    return [*left, *body]


def _headline_end(reading: Reading) -> int:
    """Where the report's title ends, if it opens the text; else 0."""
    title = (reading.parsed.document.title or "").strip(" .")
    if title and reading.text.lstrip().startswith(title):
        return reading.text.index(title) + len(title)
    return 0


def _told_again(reading: Reading, title: Draft, told: Draft) -> bool:
    """Whether a claim of the body's beginning is what the headline tells, with nothing of it told otherwise.

    Where forces are is left as it is told: each telling has its own day and voice in the ledger.
    """
    near = reading.sentence_of[told.finding.token.i] - reading.sentence_of[title.finding.token.i] <= TAKEN_UP
    if not near or title.kind is not told.kind or title.kind in POSTURE or is_other(told.finding.token):
        return False
    if not may_be_one_time(title.time, told.time):
        return False
    if not _of_one_matter(reading, title, told):
        return False
    if title.stance is not told.stance and (title.stance, told.stance) != (Stance.ASSERTED, Stance.ALLEGED):
        return False
    if not (_same_place(title.place, told.place) and _same_number(title.quantity, told.quantity)):
        return False
    if title.kind in (Kind.AGREEMENT, Kind.CONSULTATION) and _among(title.actor, told):
        return True
    actors = (title.actor, title.finding.actor_head), (told.actor, told.finding.actor_head)
    recipients = (title.recipient, title.finding.recipient_head), (told.recipient, told.finding.recipient_head)
    return _may_be_one(reading, *actors) and _may_be_one(reading, *recipients)


def _among(party: Actor | None, told: Draft) -> bool:
    """Whether who acts in the headline is one of the body's two sides."""
    sides = (told.actor, told.recipient)
    return party is not None and any(side is not None and side.name == party.name for side in sides)


def _of_one_matter(reading: Reading, title: Draft, told: Draft) -> bool:
    """Whether the headline's count, or a word of it that is not of who acts, comes back below: "Curfew imposed"."""
    if title.quantity is not None and told.quantity is not None:
        return True
    heads = (title.finding.actor_head, told.finding.actor_head)
    doers = {t.lemma_.lower() for head in heads if head is not None for t in head.subtree if t.i <= head.i}
    return bool((_words(reading, title) & _words(reading, told)) - doers)


def _words(reading: Reading, draft: Draft) -> frozenset[str]:
    span = draft.finding.evidence
    tokens = (reading.doc[i] for i in reading.span_tokens(span.start, span.end))
    return frozenset(t.lemma_.lower() for t in tokens if t.is_alpha and not t.is_stop)


def _may_be_one(
    reading: Reading, title: tuple[Actor | None, Token | None], told: tuple[Actor | None, Token | None]
) -> bool:
    """Whether a party of the headline can be the body's: left out, of one name or state, or nameless."""
    (one, head), (other, below) = title, told
    if one is None or other is None or one.name == other.name:
        return True
    if head is not None and below is not None and head.lemma_.lower() == below.lemma_.lower():
        return True
    if one.country is not None and other.country is not None and one.country != other.country:
        return False
    if one.sector is other.sector:
        return not (_named(reading, one, head) and _named(reading, other, below))
    return one.country is not None and not (_named(reading, one, head) and _named(reading, other, below))


def _named(reading: Reading, party: Actor, head: Token | None) -> bool:
    """Whether a party is called by a name of its own; a state's is that of all who act for it."""
    if party.country is not None and party.name.endswith((", government", ", armed forces", ", police")):
        return False
    return head is not None and (head.pos_ == "PROPN" or reading.cast.is_person(head))


def _same_place(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None or one.country is None or one.name == other.name:
        return True
    wide = (Precision.COUNTRY, Precision.REGION, Precision.PROVINCE)
    return one.country == other.country and (one.precision in wide or other.precision is Precision.SITE)


def _same_number(one: Quantity | None, other: Quantity | None) -> bool:
    """Whether the body counts what the headline counts; a toll of the headline is not that of any other attack."""
    if one is None or other is None:
        return one is None
    return one.unit is other.unit and (one.low is None or other.low is None or one.low == other.low)


def _with_headline(told: Draft, title: Draft) -> Draft:
    """The body's draft with the headline's words as evidence, and a party or place that only the headline gives."""
    more = (*told.more, *(s for s in title.spans if not any(s.overlaps(t) for t in told.spans)))
    return replace(
        told,
        actor=told.actor or title.actor,
        recipient=told.recipient or title.recipient,
        place=told.place or title.place,
        more=more,
    )
