"""Quarrels and opinions: battles of politicians fought with words and votes, and people who merely think alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments
from dateline.extract.conditions import CIVIL, is_leader
from dateline.extract.reading import Reading
from dateline.model import Sector
from dateline.parse.forms import means

if TYPE_CHECKING:
    from spacy.tokens import Token

DOERS = ("subj", "by", "poss", "mod", "between", "support")
TARGETS = ("obj", "on", "against", "at", "with")
RIVALS = frozenset({Sector.PTY, Sector.BUS, Sector.MED})
"""Bodies that no army attacks by name: parties, firms, the press."""


def quarrel(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """The word itself where whoever attacks and whoever is attacked are politicians, and the sentence has no arms.

    Told of one side only ("Smith's attacks"), the other is not asked for; a state, its forces or a place as
    the target make it no quarrel.
    """
    doers = [h for name in DOERS for h in args.get(name)]
    targets = [h for name in TARGETS for h in args.get(name) if h.i not in reading.time_of_token]
    if len([h for h in args.get("between") if _rival(reading, h)]) < len(args.get("between")):
        return []
    rivals = [h for h in doers if _rival(reading, h)]
    if not all(_rival(reading, h) or _civil_matter(reading, h) for h in targets):
        return []
    if not rivals and (doers or not targets):
        return []
    return [] if _armed(reading, token) else [token]


def _rival(reading: Reading, head: Token) -> bool:
    """A person of politics, or a party, firm or outlet."""
    actor = reading.actor(head)
    if actor is None:
        return False
    return actor.sector in RIVALS or (actor.sector in (Sector.GOV, Sector.UNK) and is_leader(reading, head))


def _civil_matter(reading: Reading, head: Token) -> bool:
    """What is argued about or with: "his record", "critics", "the judge's ruling"."""
    return reading.actor(head) is None and head.lemma_.lower() in reading.lexicon.classes["policy_word"]


def _armed(reading: Reading, token: Token) -> bool:
    """Whether anything else in the sentence speaks of arms or of those who bear them."""
    arms = reading.lexicon.classes["arms_word"]
    return any(t.i != token.i and t.lemma_.lower() in arms for t in token.sent)


def opinion(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """What shows that somebody only thinks alike: "agreed that it was late", "agree with him", "..., he agreed"."""
    if not means(token, "agree", "concur"):
        return []
    present = [token] if token.tag_ in ("VBP", "VBZ") else []
    if any(head.lower_ == "i" for head in args.get("subj")) and not args.get("xcomp"):
        return [token]
    clauses = args.get("ccomp")
    if clauses:
        return [c for c in clauses if c.i < token.i or not _meant_to_be(c)]
    if args.get("on"):
        return present if any(_civil(reading, head) for head in args.get("subj")) else []
    if args.get("xcomp") or args.get("obj"):
        return []
    return args.get("with") or present


def _civil(reading: Reading, head: Token) -> bool:
    actor = reading.actor(head)
    return actor is None or actor.sector in CIVIL


def _meant_to_be(clause: Token) -> bool:
    """Whether the clause tells what is to be done, not what is so: "that troops would leave", "that he resign"."""
    return any(t.tag_ in ("MD", "VB") for t in (clause, *clause.children))
