"""Tolls: dead and wounded counted without a verb of killing ("left six dead", "put the number of dead at ten")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dateline.extract.arguments import Arguments
from dateline.extract.evidence import evidence_span
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.extract.victims import victim
from dateline.lexicon.language import Trigger
from dateline.lexicon.quantities import quantity_words
from dateline.model import Kind, Stance, Unit
from dateline.parse.quantities import Counted

TOLLS = {Unit.KILLED: "killed", Unit.WOUNDED: "wounded"}
TRIGGERS = {
    unit: Trigger(Kind.ATTACK, (word,), (), (), ("none",), ("obj",), frozenset(), word, None, None)
    for unit, word in TOLLS.items()
}


def tolls(reading: Reading, found: Iterable[Finding]) -> Iterator[Finding]:
    """One finding a counted toll that no finding of its sentence has taken up."""
    taken: dict[int, set[str]] = {}
    supposed: set[int] = set()
    beside: dict[int, list[Finding]] = {}
    other: set[int] = set()
    for finding in found:
        other |= _no_dead(finding)
        if finding.kind is Kind.ATTACK:
            beside.setdefault(finding.token.sent.start, []).append(finding)
            if finding.trigger.stance is Stance.ALLEGED:
                supposed.update(head.i for head in finding.arguments.get("of"))
        if finding.trigger.toll is not None:
            taken.setdefault(finding.token.sent.start, set()).add(finding.trigger.toll)
    for counted in reading.counted:
        unit = counted.quantity.unit
        if unit not in TOLLS:
            continue
        token = reading.doc[counted.token]
        counts = counted.head if counted.head is not None else counted.token
        if counts in supposed | other or TOLLS[unit] in taken.get(token.sent.start, set()) or reading.is_hidden(token):
            continue
        yield _finding(reading, counted, unit, beside.get(token.sent.start, ()))


def _no_dead(finding: Finding) -> set[int]:
    """What a word that may kill is done to where it does something else: "executed two warrants"."""
    token = finding.token
    deadly = quantity_words(token.lang_).verbs.get(token.lemma_.lower()) in TOLLS
    return {head.i for head in finding.arguments.get("obj")} if deadly and finding.kind is not Kind.ATTACK else set()


def _finding(reading: Reading, counted: Counted, unit: Unit, beside: Sequence[Finding]) -> Finding:
    """A toll as a finding; of "25 dead and 80 wounded" or "four killed, nine others wounded" one side for both."""
    doc = reading.doc
    head = doc[counted.head if counted.head is not None else counted.token]
    verb = head
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    args = Arguments()
    args.put("obj", head)
    recipient = reading.actor(head) or victim(reading, head)
    first = next((f for f in beside if f.token in (verb, *head.ancestors)), None)
    if first is not None and recipient is None:
        recipient = first.recipient
    return Finding(
        kind=Kind.ATTACK,
        token=head,
        arguments=args,
        trigger=TRIGGERS[unit],
        actor=None if first is None else first.actor,
        recipient=recipient,
        actor_head=None if first is None else first.actor_head,
        recipient_head=head if recipient is not None else None,
        evidence=evidence_span(reading, verb, args),
        basis={"kind": f"toll of “{TOLLS[unit]}”"} | ({"recipient": "who is counted"} if recipient is not None else {}),
    )
