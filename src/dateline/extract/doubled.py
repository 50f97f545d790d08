"""One act told by two words of a clause: "refused to meet", "agreed to free", "called off the summit".

The outer verb says what was done, the infinitive under it what it was about; only one of them is a claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dateline.extract.finding import Finding
from dateline.model import Kind
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

REFUSED = frozenset({Kind.CONSULTATION, Kind.AGREEMENT, Kind.COOPERATION, Kind.SUPPORT, Kind.REQUEST})
"""Acts between parties that are no claims of their own when they are refused: "refused to meet", "failed to agree"."""
DONE_BY_AGREEING = frozenset(
    {Kind.CONCESSION, Kind.AID, Kind.ARMS_TRANSFER, Kind.WITHDRAWAL, Kind.TERMINATION, Kind.SANCTION}
)
"""What one party alone agrees to do: the act is the claim, and planned; the agreeing is none beside it."""
AGREED_ON = frozenset({Kind.CONCESSION, Kind.COOPERATION, Kind.SUPPORT})
"""What two parties agree to do together is what the accord is about, no claim beside it."""
UNDOING = frozenset({Kind.REJECTION, Kind.TERMINATION, Kind.CONCESSION})
"""Kinds of acts by which what their object names is called off, ended or lifted."""
UNDONE = frozenset(
    {
        Kind.CONSULTATION,
        Kind.AGREEMENT,
        Kind.SANCTION,
        Kind.PROTEST,
        Kind.COERCION,
        Kind.COOPERATION,
        Kind.MOBILIZATION,
        Kind.ACCUSATION,
    }
)
"""Kinds that a noun tells only as what is undone: "called off the summit", "lifted its ban", "ended the strike"."""
PURPOSE = frozenset({"xcomp", "advcl", "acl", "pcomp"})
"""Dependencies by which talking hangs on the meeting that it was done in."""


def told_once(found: Sequence[Finding]) -> list[Finding]:
    """Findings without those whose act another word over or under them tells."""
    at = {finding.token.i: finding for finding in found}
    doubled = set(_doubled(at))
    return [_refused(finding, at) for finding in found if finding.token.i not in doubled]


def _refused(finding: Finding, at: Mapping[int, Finding]) -> Finding:
    """A refusal with the party of what is refused, where it has none itself: "refused to let US jets use the base"."""
    if finding.kind is not Kind.REJECTION or finding.recipient is not None:
        return finding
    inner = (at.get(child.i) for child in finding.token.children if child.dep_ == "xcomp")
    of = next((f for f in inner if f is not None and f.kind is Kind.CONCESSION and f.recipient is not None), None)
    return finding if of is None else finding.but(recipient=of.recipient, recipient_head=of.recipient_head)


def _doubled(at: Mapping[int, Finding]) -> Iterator[int]:
    for i, finding in at.items():
        verb = finding.token
        if _charged_with(finding, at.get(verb.head.head.i)):
            yield i
            continue
        if _brokered(finding, at.get(verb.head.head.i)):
            yield i
            continue
        outer = at.get(verb.head.i)
        if outer is None or outer is finding:
            continue
        if verb.pos_ != "VERB":
            undone = verb.dep_ in ("dobj", "nsubjpass") and outer.kind in UNDOING and finding.kind in UNDONE
            if undone or _crime_charged(finding, outer):
                yield i
            continue
        if verb.dep_ == "xcomp" and verb.tag_ == "VB" and outer.kind is Kind.REJECTION and _refusable(finding):
            yield i
        elif verb.dep_ == "xcomp" and _agreed_alone(outer) and finding.kind in DONE_BY_AGREEING:
            yield outer.token.i
        elif _talk_of(finding, outer) or _agreed_on(finding, outer) or _died_when(finding, outer):
            yield i


def _died_when(finding: Finding, outer: Finding) -> bool:
    """Whether a clause only tells in what attack those counted were hit: "were hurt when a man set off a bomb"."""
    both = finding.kind is outer.kind is Kind.ATTACK and finding.trigger.toll is None
    timed = any(pivot(c) in ("when", "as") and c.dep_ in ("advmod", "mark") for c in finding.token.lefts)
    return both and outer.trigger.toll is not None and finding.token.dep_ == "advcl" and timed


def _refusable(finding: Finding) -> bool:
    """Whether an act is no claim beside its refusal: one between parties, or leave to do something."""
    leave = finding.kind is Kind.CONCESSION and means(finding.token, "let", "allow", "permit", "authorise", "authorize")
    return leave or finding.kind in REFUSED


def _brokered(finding: Finding, over: Finding | None) -> bool:
    """Whether a participle only says by whom an accord came about: "agreed a ceasefire brokered by the US"."""
    by_whom = finding.kind is Kind.AGREEMENT and finding.token.dep_ == "acl"
    return by_whom and over is not None and over is not finding and over.kind is Kind.AGREEMENT


def _crime_charged(finding: Finding, outer: Finding) -> bool:
    """Whether a noun is the wrong that a charge names: "the army committed abuses", a rights group said."""
    told = outer.kind is Kind.ACCUSATION and "speaker" in outer.trigger.actor
    return told and not finding.trigger.lemmas and finding.token.dep_ == "dobj"


def _charged_with(finding: Finding, over: Finding | None) -> bool:
    """Whether the verb only says of what somebody is accused: "accused the junta of violating the truce"."""
    charge = finding.kind is Kind.ACCUSATION and finding.token.dep_ == "pcomp"
    return charge and over is not None and over is not finding and over.kind is Kind.ACCUSATION


def _agreed_alone(outer: Finding) -> bool:
    """Whether one party agrees to something, with nobody said to be its partner."""
    return outer.kind is Kind.AGREEMENT and means(outer.token, "agree", "consent") and outer.recipient is None


def _agreed_on(finding: Finding, outer: Finding) -> bool:
    """Whether an act is what two parties agree on: "Sudan and Egypt agreed to reopen the crossing"."""
    joint = outer.kind is Kind.AGREEMENT and outer.recipient is not None
    return joint and finding.token.dep_ == "xcomp" and finding.kind in AGREED_ON


def _talk_of(finding: Finding, outer: Finding) -> bool:
    """Whether what was talked about is told after the meeting: "met the envoy to discuss", "arrived for talks on"."""
    if not (finding.kind is outer.kind is Kind.CONSULTATION) or finding.token.dep_ not in PURPOSE:
        return False
    own = _named_after(finding.token)
    return finding.recipient is None or outer.recipient is None or not own or _alike(finding, outer)


def _named_after(verb: Token) -> bool:
    """Whether the inner verb names a partner of its own; what is discussed is none."""
    partners = {c.dep_ for c in verb.children if c.dep_ == "dobj" or (c.dep_ == "prep" and pivot(c) in ("with", "to"))}
    return bool(partners - {"dobj"} if means(verb, "discuss") else partners)


def _alike(finding: Finding, outer: Finding) -> bool:
    """Whether both name one partner, or partners of one state."""
    one, other = finding.recipient, outer.recipient
    return one is not None and other is not None and (one.name == other.name or one.country == other.country)
