"""Demands made by a modal in somebody's speech: "the regime must immediately comply" asks it of the regime."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dateline.extract.arguments import verb_arguments, words
from dateline.extract.conditions import POLITY
from dateline.extract.cues import Cue
from dateline.extract.evidence import evidence_span
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.lexicon.language import Trigger
from dateline.model import Kind, Sector
from dateline.parse.forms import means, pivot, to_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token

TRIGGER = Trigger(Kind.REQUEST, ("must",), (), (), ("subj",), ("none",), frozenset(), None, None, None)


def demands(reading: Reading, cues: Iterable[Cue]) -> Iterator[Finding]:
    """One request a modal of obligation whose subject is another political actor than the speaker."""
    held = sorted((c for c in cues if c.source is not None), key=lambda c: c.size)
    for token in reading.doc:
        verb = _demanded(token)
        if verb is None:
            continue
        cue = next((c for c in held if token.i in c.content), None)
        speaker = reading.actor(cue.source) if cue is not None else None
        args = verb_arguments(verb)
        subject = args.first("obj") if args.passive else args.first("subj")
        asked = reading.actor(subject)
        if speaker is None or speaker.sector not in POLITY or asked is None or subject is None:
            continue
        if asked.name == speaker.name or pivot(subject) in ("i", "we", "us", "you", "he", "she"):
            continue
        if asked.sector is Sector.CIV and not asked.name.startswith("people of "):
            continue
        if reading.is_country(subject) and speaker.country in (None, asked.country):
            continue
        yield Finding(
            kind=Kind.REQUEST,
            token=token,
            arguments=args,
            trigger=TRIGGER,
            actor=speaker,
            recipient=asked,
            actor_head=cue.source if cue is not None else None,
            recipient_head=subject,
            evidence=evidence_span(reading, verb, args),
            basis={"kind": f"“{token.text}”", "actor": "speaker", "recipient": "who must"},
        )


def _demanded(token: Token) -> Token | None:
    """The verb of what is asked, at the word that asks: "must leave", "need to leave", "time for them to leave"."""
    if token.dep_ == "aux":
        return token.head if pivot(token) in words(token, "obligation") else None
    wanted = [c for c in token.children if c.dep_ in ("xcomp", "relcl", "acl") and to_infinitive(c)]
    if not wanted or any(c.dep_ == "neg" for c in token.children):
        return None
    if token.lemma_.lower() in words(token, "needing") and token.tag_ in ("VBP", "VBZ", "MD"):
        return wanted[0]
    timely = means(token, "time") and token.dep_ == "attr"
    return wanted[0] if timely and any(c.dep_ == "nsubj" for c in wanted[0].children) else None
