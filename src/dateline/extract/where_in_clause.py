"""Where, elsewhere in the clause of an act: a locative in front or of a joined verb, "there", what it was close to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import SUBJECT, clause_tokens, words
from dateline.extract.finding import Finding
from dateline.extract.place_heads import GRAIN, at_head, generic_place
from dateline.extract.place_recalled import written_from
from dateline.extract.reading import Reading
from dateline.model import Kind, Place, Precision
from dateline.parse.forms import means, pivot, to_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token

GROUND_KINDS = frozenset(
    {
        Kind.ATTACK,
        Kind.PRESENCE,
        Kind.COERCION,
        Kind.DEPLOYMENT,
        Kind.WITHDRAWAL,
        Kind.CONSULTATION,
        Kind.MOBILIZATION,
    }
)
"""Kinds whose act is on the ground that its clause names, or beside it."""


def beside(reading: Reading, finding: Finding) -> list[Place]:
    """A place that the act was close to: "just south of Aden", "close to Basra", "above Kidal", "between A and B"."""
    if finding.kind not in GROUND_KINDS | {Kind.PROTEST}:
        return []
    if finding.kind is Kind.CONSULTATION:
        return _met_in(reading, finding)
    for head in clause_tokens(finding.token):
        if head.dep_ == "pobj" and head.head.pos_ in ("ADP", "ADV", "SCONJ") and _locating(head.head):
            found = at_head(reading, head)
            if found:
                return found[:1]
    return []


def _met_in(reading: Reading, finding: Finding) -> list[Place]:
    """Where a meeting was that the parser hung on one who met: "talks between Congo and the M23 in Doha"."""
    for head in clause_tokens(finding.token):
        if head.dep_ == "pobj" and pivot(head.head) in ("in", "at") and reading.actor(head.head.head) is not None:
            found = [place for place in at_head(reading, head) if GRAIN[place.precision] < GRAIN[Precision.PROVINCE]]
            if found:
                return found[:1]
    return []


def _locating(prep: Token) -> bool:
    """Whether a preposition, with the word over it, says what something is close to."""
    word, over = pivot(prep), prep.head
    if word == "to":
        return pivot(over) in words(prep, "closeness")
    if word == "of":
        measured = means(over, "mile", "kilometre", "kilometer", "km") and pivot(over.head) in words(prep, "closeness")
        return pivot(over) in words(prep, "compass") or measured
    if word == "by":
        return prep.dep_ == "prep" and any(c.lemma_.lower() in words(prep, "ruled") for c in prep.children)
    return word in words(prep, "beside")


def _going_on(reading: Reading, verb: Token) -> list[Token]:
    """The verb joined to one that shares its subject and what follows: "captured two and killed eight near Zarit"."""
    joined = [c for c in verb.rights if c.dep_ == "conj" and c.pos_ == "VERB" and c.tag_ == verb.tag_]
    first = next((c for c in joined if not any(s.dep_ in SUBJECT for s in c.children)), None)
    if first is None or any(i in reading.place_of_token for i in range(verb.i, first.i)):
        return []
    return [first]


def _visited(reading: Reading, verb: Token) -> Place | None:
    """The town that those who meet came to: "visited Kismayo and met its president", "will fly to Hanoi and meet"."""
    goals = [c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i]
    if any(trigger.kind is Kind.CONSULTATION for trigger in reading.lexicon.verbs.get(verb.lemma_.lower(), ())):
        goals += [p for c in verb.rights if c.dep_ == "prep" and pivot(c) == "to" for p in c.children]
    named = (reading.place_of_token.get(goal.i) for goal in goals)
    return next((p for p in named if p is not None and GRAIN[p.precision] < GRAIN[Precision.COUNTRY]), None)


def _joined_to(participle: Token) -> list[Token]:
    """The verb of a participle without a subject: "a bomb exploded at a chapel, killing nine"."""
    over = participle.head
    if participle.dep_ != "advcl" or participle.tag_ != "VBG" or over.pos_ != "VERB" or participle.i < over.i:
        return []
    return [] if any(c.dep_ in SUBJECT for c in participle.children) else [over]


def in_clause(reading: Reading, finding: Finding) -> tuple[list[Place], str]:
    """A fronted or coordinated locative of the same clause, then "there" and its like."""
    token = finding.token
    verb = finding.arguments.first("governed") or token
    seen: list[Token] = []
    current = verb
    for _ in range(6):
        seen.append(current)
        meant = finding.kind is Kind.CONSULTATION and current.dep_ == "advcl" and to_infinitive(current)
        if meant or current.dep_ in ("conj", "xcomp", "pobj", "pcomp", "prep", "dobj", "nsubj", "acl", "nsubjpass"):
            current = current.head
            continue
        break
    seen += _joined_to(current)
    shared = _going_on(reading, verb)
    for holder in (*seen, *shared):
        for child in holder.children:
            ahead = holder == verb or holder in shared or child.i < verb.i
            if child.dep_ == "prep" and pivot(child) in words(child, "at") and ahead:
                for pobj in child.children:
                    found = at_head(reading, pobj) if pobj.dep_ == "pobj" else []
                    if found:
                        return found, "place of the clause"
        visited = _visited(reading, holder) if finding.kind is Kind.CONSULTATION and holder != verb else None
        if visited is not None:
            return [visited], f"where “{holder.text}” led"
    for head in finding.arguments.get("advmod"):
        if pivot(head) in words(head, "here"):
            near = means(head, "here") and head.i not in reading.speakers
            there = written_from(reading) if near else generic_place(reading, head)
            if there is not None:
                return [there], f"“{head.text}”"
    return [], ""
