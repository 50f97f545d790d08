"""Where an act is aimed at or keeps somebody from: "an offensive to retake Sirte", "barred from entering Gaza"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.extract.arguments import clause_tokens, words
from dateline.extract.finding import Finding
from dateline.extract.place_heads import GRAIN, at_head
from dateline.extract.reading import Reading
from dateline.model import Kind, Place, Precision
from dateline.parse.forms import pivot, to_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token


def place_aimed_at(reading: Reading, finding: Finding) -> list[Place]:
    """The ground that an attack is to take, or where those who are held back were going; none of other kinds."""
    if finding.kind is Kind.ATTACK:
        heads = list(_to_be_taken(finding))
    elif finding.kind in (Kind.COERCION, Kind.REJECTION):
        heads = list(_kept_from(finding))
    else:
        return []
    found = (place for head in heads for place in at_head(reading, head))
    land = finding.kind is not Kind.ATTACK
    return [p for p in found if land or GRAIN[p.precision] < GRAIN[Precision.COUNTRY]][:1]


def _to_be_taken(finding: Finding) -> Iterator[Token]:
    """What an offensive is for: objects of "to retake", "to isolate", at its noun or at the verb that carries it."""
    holders = [finding.token, *finding.arguments.get("governed")]
    for holder in holders:
        for clause in holder.rights:
            taking = clause.lemma_.lower() in words(clause, "ground_taking")
            if clause.dep_ in ("acl", "advcl", "relcl", "xcomp") and to_infinitive(clause) and taking:
                yield from (o for o in clause.rights if o.dep_ == "dobj")


def _kept_from(finding: Finding) -> Iterator[Token]:
    """Where somebody is not let in: "prevented from reaching Kidal", "denied entry to Israel"."""
    for prep in finding.token.rights:
        if prep.dep_ == "prep" and pivot(prep) == "from":
            for going in prep.children:
                if going.dep_ == "pcomp":
                    yield from _where_to(going)
    for noun in finding.token.rights:
        if noun.dep_ == "dobj" and noun.lemma_.lower() in words(noun, "admission"):
            yield from _where_to(noun)


def _where_to(going: Token) -> Iterator[Token]:
    """Objects of a verb of going, and what stands behind its "to" and "into"."""
    if going.pos_ == "VERB" and going.lemma_.lower() in words(going, "going_in"):
        yield from (o for o in going.rights if o.dep_ == "dobj")
    for prep in going.rights:
        if prep.dep_ == "prep" and pivot(prep) in words(prep, "toward"):
            yield from (p for p in prep.children if p.dep_ == "pobj")


def place_meanwhile(reading: Reading, finding: Finding) -> list[Place]:
    """Where something else was going on then: "killed while serving in Helmand", "died when a bus hit a mine"."""
    if finding.kind not in (Kind.ATTACK, Kind.COERCION):
        return []
    simultaneous = reading.lexicon.words["when.simultaneous"]
    for clause in finding.token.rights:
        same_time = [t for t in (clause, *clause.children) if pivot(t) in simultaneous]
        if clause.dep_ not in ("advcl", "prep") or not same_time or same_time[0].i > clause.i:
            continue
        preps = (t for t in clause_tokens(clause) if t.dep_ == "prep" and pivot(t) in words(t, "at"))
        heads = (p for prep in preps for p in prep.children if p.dep_ == "pobj")
        found = next((places for head in heads if (places := at_head(reading, head))), [])
        if found:
            return found[:1]
    return []
