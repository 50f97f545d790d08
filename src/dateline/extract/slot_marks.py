"""Slots that a small word beside a verb fills: what it is done with, whether it lies ahead, who announces it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments, verb_arguments
from dateline.extract.conditions import is_force, is_leader, is_people
from dateline.extract.reading import Reading
from dateline.model import Sector
from dateline.parse.forms import means

if TYPE_CHECKING:
    from spacy.tokens import Token

INSTITUTIONS = frozenset({Sector.GOV, Sector.IGO, Sector.MIL, Sector.POL})
"""Sectors whose bodies are given tasks."""
FINITE = ("VBD", "VBZ", "VBP")
"""Tags of verbs that tell what is or was so."""


def _baton(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "were baton charged", "lathi-charged protesters": what police charge with."""
    return [t for t in token.doc[max(0, token.i - 2) : token.i] if means(t, "baton", "lathi", "cane")]


def _ahead(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "will bear", "ready to bear": what makes an act one that is still to come."""
    return [c for c in token.children if c.dep_ == "aux" and c.tag_ in ("MD", "TO")]


def _told_by(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "announced the imposition of a curfew": who announces or orders what a noun tells."""
    told = token.dep_ == "dobj" and means(
        token.head, "announce", "order", "declare", "decree", "authorise", "authorize"
    )
    return verb_arguments(token.head).get("subj") if told else []


def _admitted(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "the rapporteur was denied entry", "denied aid workers access": who is not let in."""
    held = [c for c in token.children if c.dep_ in ("nsubjpass", "dative") and c.pos_ != "ADP"]
    return held or [c for o in args.get("obj") for c in o.lefts if c.dep_ == "nsubj"]


def _bidden(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "asked for soldiers to be posted": what is asked to be done, as a clause that "for" opens."""
    clauses = (c for c in token.rights if c.dep_ in ("advcl", "ccomp", "xcomp") and c.tag_ in ("VB", "VBN"))
    return [c for c in clauses if any(m.dep_ == "mark" and means(m, "for") for m in c.lefts)]


def _named(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "called Brown a liar", "calling him “the worst of all”": what whoever is called is given for a name."""
    name = next((t for t in token.rights if t.pos_ in ("PROPN", "PRON")), None)
    first = name or next((t for t in token.doc[token.i + 1 : token.sent.end] if t.pos_ == "PROPN"), None)
    if first is None:
        return []
    after = first.nbor(1) if first.i + 1 < token.sent.end else first
    while after.pos_ == "PROPN" and after.i + 1 < token.sent.end:
        after = after.nbor(1)
    named = after.is_quote or after.pos_ == "DET"
    return [after] if named and not {after.i, after.head.i} & reading.time_of_token.keys() else []


def _tasked(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "the agency charged with keeping the peace": a public body has a task, where a person is accused."""
    task = [h for h in args.get("with") if h.tag_ == "VBG"]
    bodies = [h for h in args.get("obj") if (a := reading.actor(h)) is not None and a.sector in INSTITUTIONS]
    return task if bodies and not any(is_leader(reading, h) for h in bodies) else []


def _own_obj(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "defended her decision": a matter, and nobody, that is whoever's the subject is."""
    matters = reading.lexicon.classes["policy_word"]
    things = [o for o in args.get("obj") if o.lemma_.lower() in matters and not is_people(reading, o)]
    return [c for o in things for c in o.lefts if c.dep_ == "poss" and c.pos_ == "PRON"]


def _unbidden(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "wants to win", "insists on paying", "asked him about it": what one means to do, or only asks to know."""
    if means(token, "ask", "question"):
        return [*args.get("about"), *args.get("on")]
    if means(token, "insist"):
        return [h for h in args.get("on") if h.tag_ == "VBG"]
    alone = [c for c in args.get("xcomp") if not any(s.dep_ in ("nsubj", "nsubjpass") for s in c.lefts)]
    return alone if means(token, "want", "wish", "hope", "seek", "aim") and not args.get("obj") else []


def _told_fact(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "warned that much was to be done", "warned of gunmen abroad": what is so, where a threat is still to come."""
    if not means(token, "warn", "caution", "alert"):
        return []
    so = [c for c in args.get("ccomp") if not any(a.tag_ == "MD" for a in c.children) and c.tag_ in FINITE]
    return [*so, *args.get("about"), *(h for h in args.get("of") if is_people(reading, h) or is_force(reading, h))]


def _mere_talk(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "tough talk", "told a conference": talk that is no talks, and the conference that somebody only speaks to."""
    if token.tag_ == "NN" and means(token, "talk"):
        return [token]
    verb = token.head.head if token.dep_ == "pobj" else token
    spoken = token.dep_ == "pobj" and verb.lemma_.lower() in reading.lexicon.frames["uttering"]
    return [token] if spoken and means(token, "conference") else []


def _stumping(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "held a rally in Ohio": a rally of one politician is a campaign's, not a protest."""
    rallies = [h for h in (token, *args.get("obj")) if h.pos_ == "NOUN" and means(h, "rally")]
    doers = [h for name in ("subj", "support", "poss") for h in args.get(name) if is_leader(reading, h)]
    return rallies if doers and not args.get("against") else []


MARKS = {
    "named": _named,
    "tasked": _tasked,
    "own_obj": _own_obj,
    "unbidden": _unbidden,
    "told_fact": _told_fact,
    "mere_talk": _mere_talk,
    "stumping": _stumping,
    "admitted": _admitted,
    "baton": _baton,
    "ahead": _ahead,
    "told_by": _told_by,
    "bidden": _bidden,
}
"""Slots of this module by name, for the conditions and roles of the lexicon."""
