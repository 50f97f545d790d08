"""Acts that answer an earlier one of the report: an attack condemned, a charge denied, a demand refused, men held.

The party answered is named where the earlier act is told, not in the clause itself: "Rwanda accused Congo of shelling
its territory. Kinshasa rejected the accusation." It is looked for a few sentences back and taken only where the
earlier act fits: an attack by another, a charge or demand against the one who now answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.counterparts import same
from dateline.extract.finding import Finding
from dateline.extract.owners import owners
from dateline.extract.reading import Reading
from dateline.model import Actor, Kind, Sector
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 3
"""Sentences back within which an act is answered without being named again."""
VIOLENT = frozenset({Kind.ATTACK, Kind.COERCION})
BLAMED = frozenset({Kind.COERCION, Kind.COUP, Kind.EXPULSION, Kind.SANCTION, Kind.DEPLOYMENT, Kind.TERMINATION})
"""Kinds besides attacks that are blamed on whoever did them: "condemned the arrests"."""
ANSWERS = {
    "charges": frozenset({Kind.ACCUSATION}),
    "demands": frozenset({Kind.REQUEST, Kind.THREAT, Kind.EXPULSION}),
    "offers": frozenset({Kind.CONCESSION, Kind.REQUEST, Kind.AGREEMENT, Kind.CONSULTATION, Kind.AID, Kind.SUPPORT}),
}
"""By word list, the kinds that a rejection of such a thing answers."""


def answered(reading: Reading, found: Sequence[Finding]) -> list[Finding]:
    """The findings, with the party answered as recipient where the clause leaves it open."""
    return [_answering(reading, f, found) if f.actor is not None else f for f in found]


def _answering(reading: Reading, finding: Finding, found: Sequence[Finding]) -> Finding:
    if finding.kind is Kind.REQUEST:
        return _of_captors(finding, found)
    return _with_party(reading, finding, found) if finding.recipient is None else finding


def _of_captors(finding: Finding, found: Sequence[Finding]) -> Finding:
    """ "demanded their release": asked of whoever was told to hold them, not of themselves."""
    freed = [o for o in finding.arguments.get("obj") if o.lemma_.lower() in words(o, "freeing")]
    held = [c for o in freed for c in o.lefts if c.dep_ == "poss" and c.tag_ == "PRP$"]
    clauses = (c for c in finding.arguments.get("ccomp") if means(c, "free", "release"))
    held += [s for c in clauses for s in c.children if s.dep_ == "nsubjpass"]
    if not held or not (finding.recipient is None or finding.recipient_head in held):
        return finding
    taken = [f for f in found if f.kind is Kind.COERCION and _by_another(f, finding.actor)]
    earlier = _last(finding, [f for f in taken if f.token.dep_ not in ("acl", "relcl")] or taken)
    if earlier is None or earlier.actor is None:
        return finding.but(recipient=None, recipient_head=None)
    basis = finding.basis | {"recipient": f"who did it: “{earlier.token.text}” before"}
    return finding.but(recipient=earlier.actor, recipient_head=earlier.actor_head, basis=basis)


def _with_party(reading: Reading, finding: Finding, found: Sequence[Finding]) -> Finding:
    head = next(iter([*finding.arguments.get("obj"), *finding.arguments.get("of")]), None)
    if head is None and finding.kind is Kind.REJECTION and means(finding.token, "refuse", "decline"):
        head = finding.token
    if head is None or any(reading.actor(o) is not None for o in owners(reading, head)):
        return finding
    earlier: Finding | None = None
    if finding.kind is Kind.ACCUSATION and _is_attack(reading, head):
        earlier = _attack(reading, finding, head, found)
    elif finding.kind is Kind.ACCUSATION:
        earlier = _blamed(reading, finding, head, found)
    elif finding.kind is Kind.REJECTION:
        lists = (answer for name, answer in ANSWERS.items() if head.lemma_.lower() in words(head, name))
        kinds = ANSWERS["demands"] if head == finding.token else {kind for answer in lists for kind in answer}
        earlier = _charge(finding, [f for f in found if f.kind in kinds])
        if earlier is None and head.lemma_.lower() in words(head, "things_said"):
            return _of_a_speaker(reading, finding, head)
    if earlier is None or earlier.actor is None:
        return finding
    basis = finding.basis | {"recipient": f"who did it: “{earlier.token.text}” before"}
    return finding.but(recipient=earlier.actor, recipient_head=earlier.actor_head, basis=basis)


def _of_a_speaker(reading: Reading, finding: Finding, head: Token) -> Finding:
    """ "Hamas denied the claim": of whoever said what was told last, if that is another."""
    if not any(pivot(c) in ("the", "this", "that", "these", "those") for c in head.lefts):
        return finding
    said = max((i for i in reading.speakers if i < finding.token.i), default=None)
    source = None if said is None else reading.speakers[said]
    speaker = reading.actor(source)
    if source is None or said is None or speaker is None or finding.actor is None or same(speaker, finding.actor):
        return finding
    between = reading.doc[said : finding.token.i + 1]
    if sum(bool(t.is_sent_start) for t in between[1:]) > 1 or speaker.sector is Sector.MED:
        return finding
    basis = finding.basis | {"recipient": f"whose “{head.text}” it is"}
    return finding.but(recipient=speaker, recipient_head=source, basis=basis)


def _is_attack(reading: Reading, noun: Token) -> bool:
    """Whether a noun can tell an attack: "the raid", "the killings"."""
    lemma = noun.lemma_.lower()
    listed = reading.lexicon.nouns.get(lemma, ())
    return lemma in reading.lexicon.classes["attack_event"] or any(t.kind is Kind.ATTACK for t in listed)


def _attack(reading: Reading, finding: Finding, head: Token, found: Iterable[Finding]) -> Finding | None:
    """The attack that is meant: in the phrase itself, else the last one told; None where its doer is not known.

    A government does not condemn its own people's act as an attack: what they answered is meant then, a raid too.
    """
    attacks = [f for f in found if f.kind is Kind.ATTACK and (f.actor is not None or f.trigger.toll is None)]
    if means(head, "murder", "assassination"):
        attacks = [f for f in attacks if f.recipient_head is not None and f.recipient_head.tag_ in ("NN", "NNP")]
    inside = {t.i for t in head.subtree}
    meant = next((f for f in attacks if f.token.i in inside), None) or _last(finding, attacks)
    if meant is not None and _own_people(meant.actor, finding.actor):
        others = [f for f in found if f.kind in VIOLENT and not _own_people(f.actor, finding.actor)]
        meant = _last(finding, others)
    return meant if meant is not None and _by_another(meant, finding.actor) and _body(reading, meant) else None


def _blamed(reading: Reading, finding: Finding, head: Token, found: Iterable[Finding]) -> Finding | None:
    """The last act of the sort that a bare "the arrests" or "the crackdown" speaks of again, by a body."""
    more = any(c.dep_ in ("prep", "acl", "relcl", "amod", "compound", "poss", "nummod") for c in head.children)
    if more or not any(pivot(c) == "the" for c in head.lefts):
        return None
    kinds = BLAMED & {t.kind for t in reading.lexicon.nouns.get(head.lemma_.lower(), ())}
    by_others = [f for f in found if f.kind in kinds and _by_another(f, finding.actor) and _body(reading, f)]
    return _last(finding, [f for f in by_others if not _own_people(f.actor, finding.actor)])


def _body(reading: Reading, earlier: Finding) -> bool:
    """Whether a state, its forces or a group did it: who condemns what "a gunman" did accuses nobody."""
    doer, head = earlier.actor, earlier.actor_head
    if doer is None or head is None:
        return doer is not None
    one = head.tag_ == "NN" and head.lemma_.lower() in reading.lexicon.classes["told_doer"]
    return not one


def _own_people(doer: Actor | None, actor: Actor | None) -> bool:
    """Whether those who did something are the civilians of the state that speaks of it."""
    return doer is not None and actor is not None and doer.sector is Sector.CIV and _alike(doer, actor)


def _charge(finding: Finding, found: Iterable[Finding]) -> Finding | None:
    """The last charge, demand or threat by another against the one who answers, else one against nobody named."""
    actor = finding.actor
    by_others = [f for f in found if _by_another(f, actor)]
    against = [f for f in by_others if _alike(f.recipient, actor)]
    return _last(finding, against) or _last(finding, [f for f in by_others if f.recipient is None])


def _by_another(earlier: Finding, actor: Actor | None) -> bool:
    return earlier.actor is not None and actor is not None and not same(earlier.actor, actor)


def _alike(one: Actor | None, other: Actor | None) -> bool:
    """Whether two actors are one, or act for one state."""
    if one is None or other is None:
        return False
    return one.name == other.name or (one.country is not None and one.country == other.country)


def _last(finding: Finding, earlier: Iterable[Finding]) -> Finding | None:
    before = [f for f in earlier if f.token.i < finding.token.i and _near(f, finding)]
    return max(before, key=lambda f: (f.token.sent.start, f.token.pos_ == "VERB", f.token.i), default=None)


def _near(earlier: Finding, finding: Finding) -> bool:
    between = finding.token.doc[earlier.token.i : finding.token.i + 1]
    return sum(bool(t.is_sent_start) for t in between[1:]) <= REACH
