"""Demands made by a modal in somebody's speech: "the regime must immediately comply" asks it of the regime.

Where nobody is to do it, what is to be done must be an act of the ledger's kinds ("there should be a ceasefire").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments, verb_arguments, words
from dateline.extract.conditions import POLITY
from dateline.extract.cues import Cue
from dateline.extract.evidence import evidence_span
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.lexicon.language import Trigger
from dateline.model import Actor, Kind, Sector
from dateline.parse.forms import means, pivot, to_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token

CALLED_FOR = frozenset(
    {
        *(Kind.AGREEMENT, Kind.TERMINATION, Kind.CONSULTATION, Kind.COOPERATION, Kind.AID, Kind.CONCESSION),
        *(Kind.SANCTION, Kind.COERCION, Kind.WITHDRAWAL, Kind.ATTACK, Kind.PRESENCE, Kind.ACCUSATION),
    }
)
"""Kinds whose nouns, told to be needed, are asked for: "there must be a ceasefire", "the siege has to be lifted"."""
VOICED = POLITY | {Sector.NGO}
"""Sectors whose demands are claims."""
OWN = ("i", "we", "us", "you", "he", "she")
"""Subjects that are, in somebody's words, as a rule that somebody or those spoken to."""
TRIGGER = Trigger(Kind.REQUEST, ("must",), (), (), ("subj",), ("none",), frozenset(), None, None, None)


def demands(reading: Reading, cues: Iterable[Cue]) -> Iterator[Finding]:
    """One request a modal of obligation in the words of somebody who is not the one to do it."""
    held = sorted((c for c in cues if c.source is not None), key=lambda c: c.size)
    for token in reading.doc:
        verb = _demanded(token)
        cue = None if verb is None else next((c for c in held if token.i in c.content), None)
        if verb is None or cue is None:
            continue
        speaker = reading.actor(cue.source)
        if speaker is None or speaker.sector not in VOICED:
            continue
        args = verb_arguments(verb)
        there = any(c.dep_ == "expl" for c in verb.children)
        subject = None if there else args.first("obj") if args.passive else args.first("subj")
        asked = _asked(reading, subject, speaker)
        if asked is None and not _matter(reading, verb, args, subject):
            continue
        yield Finding(
            kind=Kind.REQUEST,
            token=token,
            arguments=args,
            trigger=TRIGGER,
            actor=speaker,
            recipient=asked,
            actor_head=cue.source,
            recipient_head=subject if asked is not None else None,
            evidence=evidence_span(reading, verb, args),
            basis={"kind": f"“{token.text}”", "actor": "speaker"}
            | ({} if asked is None else {"recipient": "who must"}),
        )


def _asked(reading: Reading, subject: Token | None, speaker: Actor) -> Actor | None:
    """Who must: another political actor than the speaker, and not the state that the speaker may be of."""
    asked = reading.actor(subject)
    if asked is None or subject is None or asked.name == speaker.name:
        return None
    if pivot(subject) in OWN or (asked.sector is Sector.CIV and not asked.name.startswith("people of ")):
        return None
    stateless = speaker.country is None and speaker.sector not in (Sector.IGO, Sector.NGO)
    if reading.is_country(subject) and (stateless or speaker.country == asked.country):
        return None
    return asked


def _matter(reading: Reading, verb: Token, args: Arguments, subject: Token | None) -> bool:
    """Whether an act of states, of nobody in particular, is called for: "sanctions must be lifted"."""
    if not (args.passive or means(verb, "be")):
        return False
    things = [*([subject] if subject is not None else []), *args.get("attr")]
    if any(reading.actor(thing) is not None or thing.pos_ != "NOUN" for thing in things):
        return False
    listed = (t.kind for thing in things for t in reading.lexicon.nouns.get(thing.lemma_.lower(), ()))
    return any(kind in CALLED_FOR for kind in listed)


def _demanded(token: Token) -> Token | None:
    """The verb of what is asked, at the word that asks: "must leave", "need to leave", "time for them to leave"."""
    if token.dep_ == "aux":
        return token.head if pivot(token) in words(token, "obligation") else None
    wanted = [c for c in token.children if c.dep_ in ("xcomp", "relcl", "acl") and to_infinitive(c)]
    if not wanted or any(c.dep_ == "neg" for c in token.children):
        return None
    if token.lemma_.lower() in words(token, "needing") and token.tag_ in ("VBP", "VBZ", "MD"):
        return wanted[0]
    timely = means(token, "time") and token.dep_ == "attr"
    return wanted[0] if timely and any(c.dep_ == "nsubj" for c in wanted[0].children) else None
