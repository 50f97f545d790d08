"""Charges that are no word of blame but what somebody says: "the evidence is a stage show", he said.

The learned model tells by the saying verb that its content is an accusation; the content names whom it is against.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from dateline.extract.arguments import verb_arguments
from dateline.extract.conditions import POLITY
from dateline.extract.cues import Cue
from dateline.extract.evidence import evidence_span
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.extract.slots import slot
from dateline.lexicon.language import Trigger
from dateline.model import Actor, Kind, Sector
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

TRIGGER = Trigger(Kind.ACCUSATION, ("say",), (), (), ("speaker",), ("subj",), frozenset(), None, None, None)
CHARGED = 0.5
"""Probability from which on a saying makes an accusation of its content; set on the gold of development."""
VOICED = POLITY | {Sector.NGO}
"""Sectors whose charges are claims."""
OWN = frozenset({"i", "we", "he", "she"})
"""Subjects that are, in somebody's words, as a rule that somebody."""


def charges(reading: Reading, cues: Iterable[Cue], found: Sequence[Finding]) -> Iterator[Finding]:
    """One accusation a saying whose words tell nothing else and which the learned model takes for one."""
    taken = {finding.token.i for finding in found}
    for cue in cues:
        if cue.how not in ("assert", "claim"):
            continue
        said = {i for i in cue.content if reading.sentence_of[i] == reading.sentence_of[cue.word.i]}
        predicate = _predicate(reading, said)
        speaker = reading.actor(cue.source)
        if predicate is None or taken & (said | {cue.word.i}) or speaker is None or speaker.sector not in VOICED:
            continue
        accused, head = _accused(reading, predicate, speaker)
        if accused is None or head is None:
            continue
        told = reading.told.of(cue.word)
        if told is not None and told.kinds[Kind.ACCUSATION] >= CHARGED:
            yield _finding(reading, cue, predicate, (speaker, accused, head), told.kinds[Kind.ACCUSATION])


def _predicate(reading: Reading, said: set[int]) -> Token | None:
    """The main predicate of what is said: its highest verb."""
    verbs = [reading.doc[i] for i in sorted(said) if reading.doc[i].pos_ in ("VERB", "AUX")]
    return next((v for v in verbs if v.head.i not in said or v.head == v), None)


def _finding(
    reading: Reading, cue: Cue, predicate: Token, parties: tuple[Actor, Actor, Token], share: float
) -> Finding:
    speaker, accused, head = parties
    args = verb_arguments(predicate)
    how = f"“{cue.word.text}”, by the learned model at {share:.2f}"
    return Finding(
        kind=Kind.ACCUSATION,
        token=predicate,
        arguments=args,
        trigger=TRIGGER,
        actor=speaker,
        recipient=accused,
        actor_head=cue.source,
        recipient_head=head,
        evidence=evidence_span(reading, predicate, args),
        support=share,
        basis={"kind": how, "actor": "speaker", "recipient": "of whom it is said"},
    )


def _accused(reading: Reading, predicate: Token, speaker: Actor) -> tuple[Actor | None, Token | None]:
    """Of whom it is said: the subject, or whoever the subject belongs to or comes from."""
    args = verb_arguments(predicate)
    heads = args.get("subj") + (args.get("obj") if args.passive else []) + slot(reading, predicate, args, "poss_subj")
    for head in heads:
        actor = reading.actor(head)
        if actor is None or actor.name == speaker.name or pivot(head) in OWN:
            continue
        if actor.sector in VOICED:
            return actor, head
    return None, None
