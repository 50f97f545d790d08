"""Demands made by a modal in somebody's speech: "the regime must immediately comply" asks it of the regime."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline.extract.arguments import verb_arguments, words
from dateline.extract.conditions import POLITY
from dateline.extract.cues import Cue
from dateline.extract.evidence import evidence_span
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.lexicon.language import Trigger
from dateline.model import Kind
from dateline.parse.forms import pivot

TRIGGER = Trigger(Kind.REQUEST, ("must",), (), (), ("subj",), ("none",), frozenset(), None, None, None)


def demands(reading: Reading, cues: Iterable[Cue]) -> Iterator[Finding]:
    """One request a modal of obligation whose subject is another political actor than the speaker."""
    held = sorted((c for c in cues if c.source is not None), key=lambda c: c.size)
    for token in reading.doc:
        if pivot(token) not in words(token, "obligation") or token.dep_ != "aux":
            continue
        cue = next((c for c in held if token.i in c.content), None)
        speaker = reading.actor(cue.source) if cue is not None else None
        args = verb_arguments(token.head)
        subject = args.first("obj") if args.passive else args.first("subj")
        asked = reading.actor(subject)
        if speaker is None or speaker.sector not in POLITY or asked is None or subject is None:
            continue
        if asked.name == speaker.name or pivot(subject) in ("i", "we", "you", "he", "she"):
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
            evidence=evidence_span(reading, token.head, args),
            basis={"kind": f"“{token.text}”", "actor": "speaker", "recipient": "who must"},
        )
