"""Parties that stand in the clause or sentence before: "the two leaders", "accusing it", the crowd police fire gas at.

"The two leaders signed a pact" speaks of those who met one sentence earlier; the "it" of "cut ties with Doha, accusing
it" is the other party of the same actor; "riot police used water cannon" on the crowd just told of. Whoever is
telephoned "to urge restraint" is the one urged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.counterparts import PAIRED, is_own, same
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.model import Actor, Kind, Sector
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 2
"""Sentences back over which "the two leaders" are those who met."""
OBJECTS = ("obj", "dative", "on", "to", "with", "against", "from")
"""Where a pronoun for the other party stands."""
DIRECTED = frozenset({Kind.ACCUSATION, Kind.REQUEST, Kind.THREAT, Kind.SUPPORT, Kind.SANCTION, Kind.COERCION})
SPOKEN = DIRECTED - {Kind.SANCTION, Kind.COERCION} | {Kind.REJECTION, Kind.CONCESSION, Kind.AID}
"""Kinds that can be told to the one who is met or called."""
ORDER = frozenset({Sector.POL, Sector.MIL})
"""Sectors of those who police a crowd."""


def with_parties_before(reading: Reading, found: Sequence[Finding]) -> list[Finding]:
    """The findings, with the parties that the clause before names where they point back to them."""
    out: list[Finding] = []
    for finding in found:
        before = [f for f in out if f.token.i < finding.token.i and _between(reading, f, finding) <= REACH]
        before.sort(key=lambda f: f.token.i)
        out.append(
            _both(reading, finding, before)
            or _other(reading, finding, before)
            or _crowd(finding, before)
            or _more_of_them(reading, finding, [f for f in found if f is not finding])
            or _addressed(finding, before)
            or finding
        )
    return out


def _both(reading: Reading, finding: Finding, before: Sequence[Finding]) -> Finding | None:
    """ "The two leaders signed", "They agreed": both parties of the meeting or accord just told."""
    head = finding.actor_head
    if finding.kind not in PAIRED or finding.recipient is not None or head is None or not _two(head):
        return None
    met = next(
        (f for f in reversed(before) if f.kind in PAIRED and f.actor is not None and f.recipient is not None), None
    )
    if met is None or (pivot(head) == "they" and _between(reading, met, finding) > 1):
        return None
    how = f"both parties of “{met.token.text}” before"
    basis = finding.basis | {"actor": how, "recipient": how}
    return finding.but(
        actor=met.actor,
        recipient=met.recipient,
        recipient_head=met.recipient_head,
        basis=basis,
    )


def _two(head: Token) -> bool:
    """Whether a subject means two told of before: "they", "the two sides", "both ministers"."""
    if pivot(head) == "they":
        return True
    plain = not any(c.dep_ in ("prep", "relcl", "appos", "conj", "amod", "compound") for c in head.children)
    return plain and head.tag_ == "NNS" and any(pivot(c) in words(head, "two") for c in head.lefts)


def _other(reading: Reading, finding: Finding, before: Sequence[Finding]) -> Finding | None:
    """ "accusing it of", "asked them to": no pronoun for the subject's own object, but the other party just told."""
    if finding.kind not in DIRECTED or finding.actor is None:
        return None
    heads = [t for name in OBJECTS for t in finding.arguments.get(name) if t.tag_ == "PRP" and t.i != finding.token.i]
    open_ = finding.recipient is None or (finding.recipient_head in heads and _within(finding.recipient, finding.actor))
    if not heads or not open_ or pivot(heads[0]) not in words(heads[0], "pointing_at"):
        return None
    acts = [f for f in before if f.actor is not None and same(f.actor, finding.actor) and f.recipient is not None]
    met = acts[-1] if acts else None
    if met is None or met.recipient is None or is_own(reading, heads[0], finding.actor):
        return None
    basis = finding.basis | {"recipient": f"other party of “{met.token.text}” before"}
    return finding.but(recipient=met.recipient, recipient_head=met.recipient_head, basis=basis)


def _within(one: Actor, whole: Actor) -> bool:
    """Whether an actor is another or a part of it ("A" of "A; B")."""
    return same(one, whole) or one.name in whole.name.split("; ")


def _crowd(finding: Finding, before: Sequence[Finding]) -> Finding | None:
    """The crowd that police act against with what is used on crowds only: "fired tear gas when they came near"."""
    policed = finding.actor is not None and finding.actor.sector in ORDER
    if finding.kind is not Kind.COERCION or finding.recipient is not None or not policed:
        return None
    means = [t for name in ("obj", "with") for t in finding.arguments.get(name)]
    if not any(t.lemma_.lower() in words(t, "on_crowds") for t in means):
        return None
    crowd = next((f for f in reversed(before) if f.kind is Kind.PROTEST and f.actor is not None), None)
    if crowd is None:
        return None
    basis = finding.basis | {"recipient": f"who “{crowd.token.text}” before"}
    return finding.but(recipient=crowd.actor, recipient_head=crowd.actor_head, basis=basis)


def _more_of_them(reading: Reading, finding: Finding, told: Sequence[Finding]) -> Finding | None:
    """Who "30 others" and "dozens more" are: those of the toll told beside them or a sentence before."""
    head = next(iter(finding.arguments.get("obj") or finding.arguments.get("subj")), None)
    if finding.kind is not Kind.ATTACK or finding.recipient is not None or head is None:
        return None
    if any(pivot(c) == "of" for c in head.children):
        return None
    others = means(head, "other", "more") or any(pivot(c) in ("other", "more") for c in head.children)
    if not others:
        return None
    near = [f for f in told if f.kind is finding.kind and f.trigger.toll is not None and _several(f)]
    apart = [(abs(_between(reading, f, finding)), abs(f.token.i - finding.token.i), f) for f in near]
    close = [entry for entry in apart if entry[0] == 0 or (entry[0] == 1 and entry[2].token.i < head.i)]
    if not close:
        return None
    first = min(close, key=lambda entry: entry[:2])[2]
    basis = finding.basis | {"recipient": f"victims of “{first.token.text}” beside"}
    return finding.but(recipient=first.recipient, basis=basis)


def _several(finding: Finding) -> bool:
    """Whether those a finding is done to are several people by a common noun: "seven pilgrims", not a name."""
    head = finding.recipient_head
    return finding.recipient is not None and head is not None and head.pos_ == "NOUN" and head.tag_ == "NNS"


def _addressed(finding: Finding, before: Sequence[Finding]) -> Finding | None:
    """ "telephoned the prince to urge restraint", "met the minister, promising aid": said to the one who is met."""
    spoken = finding.token.dep_ in ("xcomp", "advcl") and finding.token.tag_ in ("VB", "VBG")
    if finding.kind not in SPOKEN or finding.recipient is not None or finding.actor is None or not spoken:
        return None
    met = next((f for f in before if f.token == finding.token.head and f.kind is Kind.CONSULTATION), None)
    if met is None or met.actor is None or met.recipient is None or not same(met.actor, finding.actor):
        return None
    basis = finding.basis | {"recipient": f"other party of “{met.token.text}”"}
    return finding.but(recipient=met.recipient, recipient_head=met.recipient_head, basis=basis)


def _between(reading: Reading, earlier: Finding, finding: Finding) -> int:
    """Sentences from one finding to a later one."""
    return reading.sentence_of[finding.token.i] - reading.sentence_of[earlier.token.i]
