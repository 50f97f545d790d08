"""Quarrels and opinions: battles of politicians fought with words and votes, and people who merely think alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments
from dateline.extract.conditions import CIVIL, is_leader
from dateline.extract.reading import ARMED, Reading
from dateline.model import Sector
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

DOERS = ("subj", "by", "poss", "mod", "between", "support")
TARGETS = ("obj", "on", "against", "at", "with")
RIVALS = frozenset({Sector.PTY, Sector.BUS, Sector.MED})
"""Bodies that no army attacks by name: parties, firms, the press."""
ONE = frozenset({"i", "me", "my", "he", "him", "his", "she", "her", "who"})
"""Pronouns of one person."""


def quarrel(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """The word itself where whoever attacks and whoever is attacked are politicians, and the sentence has no arms.

    Told of one side only ("Smith's attacks"), the other is not asked for; a state, its forces or a place as
    the target make it no quarrel. People of no office are fought with words alone where the report is not of arms.
    An attack by nobody on a politician ("the attack on the envoy", "she was attacked") is none in a report of arms.
    """
    doers, others = _doers(reading, token, args)
    targets = [h for name in TARGETS for h in args.get(name) if h.i not in reading.time_of_token]
    if others or not (doers or targets) or _armed(reading, token):
        return []
    civil = bool(doers) and not _of_arms(reading)
    if not all(_rival(reading, h) or _civil_matter(reading, h) or (civil and _public(reading, h)) for h in targets):
        return []
    return [token] if doers or _of_someone(reading, token, args) else []


def _of_someone(reading: Reading, token: Token, args: Arguments) -> bool:
    """Whether an attack of nobody named has a doer all the same: "his attacks", "to attack"; or no arms are told of."""
    if token.pos_ == "VERB":
        return not args.passive
    hit = [reading.actor(h) for name in TARGETS for h in args.get(name)]
    if hit and all(a is not None and a.sector in RIVALS for a in hit):
        return True
    return any(pivot(h) in ONE for h in args.get("poss")) or (reading.is_long and not _of_arms(reading))


def _doers(reading: Reading, token: Token, args: Arguments) -> tuple[list[Token], list[Token]]:
    """The politicians, and what speaks for them, that attack; and the others that are said to.

    Left out are pronouns that point nowhere, qualities, and the subject that a gerund borrows from its clause
    ("a message works better than attacking him").
    """
    heads = [h for name in DOERS for h in args.get(name) if name != "mod" or reading.actor(h) is not None]
    rivals = [h for h in heads if _rival(reading, h) or h.lemma_.lower() in reading.lexicon.classes["mouthpiece"]]
    borrowed = token.tag_ == "VBG" and token.dep_ != "ROOT"
    open_ = [h for h in heads if reading.actor(h) is None and (borrowed or h.pos_ == "PRON" or h.i == token.i)]
    others = [h for h in heads if h not in rivals and h not in open_]
    return rivals, others


def _rival(reading: Reading, head: Token) -> bool:
    """A person of politics, by name or pronoun, or a party, firm or outlet."""
    actor = reading.actor(head)
    if actor is None:
        return False
    person = is_leader(reading, head) or (head.pos_ == "PRON" and pivot(head) in ONE)
    return actor.sector in RIVALS or (actor.sector in (Sector.GOV, Sector.UNK) and person)


def _public(reading: Reading, head: Token) -> bool:
    """People of no office, as politicians speak against them: "immigrants", "women", "his rivals"."""
    actor = reading.actor(head)
    named = actor is not None and actor.sector in (Sector.CIV, Sector.UNK)
    return named and not means(head, "civilian")


def _civil_matter(reading: Reading, head: Token) -> bool:
    """What is argued about or with: "his record", "critics", "the judge's ruling"."""
    return reading.actor(head) is None and head.lemma_.lower() in reading.lexicon.classes["policy_word"]


def _armed(reading: Reading, token: Token) -> bool:
    """Whether anything else in the sentence speaks of arms or of those who bear them."""
    arms = reading.lexicon.classes["arms_word"]
    return any(t.i != token.i and t.lemma_.lower() in arms for t in token.sent)


def _of_arms(reading: Reading) -> bool:
    """Whether the report speaks of armed violence, by words that no quarrel is told with ("attack", "battle")."""
    armed = reading.lexicon.classes["armed"] - reading.lexicon.classes["quarrel_word"]
    return sum(token.lemma_.lower() in armed for token in reading.doc) >= ARMED


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


QUARRELS = {"quarrel": quarrel, "opinion": opinion}
"""Slots of this module by name, for the conditions of the lexicon."""
