"""Relevance: which drafts are no claim of the ledger's world (private crime, sport, figures of speech, topics)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.conditions import FORCE, POLITY
from dateline.extract.draft import Draft
from dateline.extract.patients import judges_violence
from dateline.extract.reading import Reading
from dateline.model import Actor, Kind, Sector, Unit
from dateline.parse.forms import means, pivot
from dateline.parse.noun_phrases import is_other

if TYPE_CHECKING:
    from spacy.tokens import Token

HARD = frozenset({Kind.ATTACK, Kind.COERCION, Kind.CONCESSION, Kind.PROTEST, Kind.COUP})
CRIMINAL = HARD | {Kind.ACCUSATION, Kind.REQUEST, Kind.CONSULTATION, Kind.REJECTION, Kind.MOBILIZATION} - {Kind.PROTEST}
UNOWNED = frozenset({Kind.AGREEMENT, Kind.CONSULTATION, Kind.ATTACK, Kind.COERCION, Kind.PROTEST})
"""Kinds that reports tell of without saying who: "shelling resumed", "a deal was reached"."""
VOICED = frozenset({Kind.ACCUSATION, Kind.REQUEST})
"""Acts of speech that a body of no state, too, does in public matters: a rights group that condemns a raid."""
PRIVATE = frozenset({Sector.CIV, Sector.BUS, Sector.MED})
"""Sectors whose agreements with each other, or with nobody named, are no matter of state."""
PLAIN = 0.8
"""Support of the learned model from which an act of a listed word, without parties, is taken for one."""
STATE_POWERS = frozenset({Sector.GOV, Sector.MIL, Sector.PMC, Sector.REB, Sector.IGO})


def irrelevant(reading: Reading, draft: Draft) -> str | None:
    """The reason why a draft is no claim, or None."""
    ended = _known_end(reading, draft)
    nowhere = draft.actor is None and draft.recipient is None and draft.place is None
    if nowhere and not (ended or _plain_act(reading, draft)):
        return "nobody and nowhere"
    heard = _heard(reading, draft)
    political = [a for a in (draft.actor, draft.recipient) if a is not None and a.sector in heard]
    if (
        not (political or (draft.actor is not None and judges_violence(reading, draft.finding)))
        and draft.kind not in HARD
        and draft.kind is not Kind.AGREEMENT
        and draft.kind is not Kind.CONSULTATION
        and not ended
        and not _doer_unsaid(reading, draft)
    ):
        return "no political or security actor"
    if draft.kind is Kind.AGREEMENT and not _of_states(reading, draft, bool(political)):
        return "an agreement of no state"
    if not political and not draft.finding.trigger.lemmas and not _plain_act(reading, draft):
        return "told by the model alone, of nobody political"
    if draft.finding.trigger.kind is Kind.CONSULTATION and _unofficial(reading, draft, bool(political)):
        return "a private journey or meeting, or talk with the press"
    lemmas = {t.lemma_.lower() for t in draft.finding.token.sent}
    classes = reading.lexicon.classes
    if len(lemmas & classes["sport"]) > 1 or (draft.kind is Kind.ATTACK and _rehearsed(reading, draft)):
        return "a game or an exercise"
    if draft.kind is Kind.REQUEST and _for_oneself(reading, draft):
        return "sought for oneself"
    if draft.actor is None and _accidental(reading, draft, lemmas):
        return "an accident"
    powers = _powers(draft.actor, draft.recipient) or (draft.kind in VOICED and bool(political))
    terror = draft.kind is Kind.ATTACK and reading.armed_words >= TERROR_REPORT
    if draft.kind in CRIMINAL and not powers and not terror and (lemmas & classes["crime"] or reading.crime_report):
        return "ordinary crime"
    if reading.local_report and not _forces(reading, draft.actor, draft.recipient):
        return "local affairs"
    return None


def _known_end(reading: Reading, draft: Draft) -> bool:
    """Whether a truce or talks are told to fail, whose sentence names where or with whom: "the truce in X collapsed".

    Such an end has no place of its own, so that nothing else may tell which it is. Talks that only end are none.
    """
    word = draft.finding.token
    if draft.kind is not Kind.TERMINATION or reading.local_report:
        return False
    args, classes = draft.finding.arguments, reading.lexicon.classes
    listed = classes["ceasefire"]
    if not means(word, "end", "conclude"):
        listed = listed | classes["firm_accord"] | classes["talks_word"]
    if not any(h.lemma_.lower() in listed for name in ("subj", "obj", "of") for h in args.get(name)):
        return False
    actors = (reading.actor(t) for t in word.sent if t.pos_ in ("NOUN", "PROPN"))
    named = any(t.i in reading.place_of_token for t in word.sent)
    return named or any(a is not None and a.sector in STATE_POWERS for a in actors)


def _doer_unsaid(reading: Reading, draft: Draft) -> bool:
    """Whether it is told without its doer what only states and their helpers do: "security was stepped up at airports",
    "the wounded were evacuated from the town", the latter in a report of arms."""
    if draft.actor is not None or draft.place is None or not draft.finding.trigger.lemmas or reading.local_report:
        return False
    if draft.kind is Kind.MOBILIZATION:
        return any(h.lemma_.lower() in reading.lexicon.classes["security"] for h in draft.finding.arguments.get("obj"))
    return draft.kind is Kind.AID and draft.recipient is not None and reading.armed_surely >= ARMED_REPORT


def _accidental(reading: Reading, draft: Draft, lemmas: set[str]) -> bool:
    """Whether deaths or a blast without a doer are none of violence."""
    if draft.finding.trigger.toll is not None and not _violent(reading, draft, lemmas):
        return True
    return draft.kind is Kind.ATTACK and (_blew_up(reading, draft) or _stoppage(reading, draft))


def _stoppage(reading: Reading, draft: Draft) -> bool:
    """Whether a strike is of workers: "after the strike began, patients were turned away", in a report of no arms."""
    token = draft.finding.token
    lasts = token.dep_ == "nsubj" and means(token.head, "begin", "start", "continue", "last", "end", "enter", "resume")
    if token.pos_ != "NOUN" or not means(token, "strike") or not lasts or reading.armed_surely:
        return False
    workers = reading.lexicon.classes["worker_word"]
    return any(other.lemma_.lower() in workers for other in reading.doc)


def _unofficial(reading: Reading, draft: Draft, political: bool) -> bool:
    """Whether it is talk with the press ("appeared on Radio Vista"), a meeting of a firm by itself, or
    somebody of no office only goes somewhere: "the student flew to Paris"."""
    stage = (reading.actor(h) for name in ("on", "with") for h in draft.finding.arguments.get(name))
    if any(a is not None and a.sector is Sector.MED for a in (draft.actor, draft.recipient, *stage)):
        return True
    if not political and draft.actor is not None and draft.actor.sector is Sector.BUS:
        return True
    office = draft.actor is not None and draft.actor.sector not in (Sector.UNK, Sector.CIV)
    bare = draft.finding.recipient_head is None and draft.finding.token.pos_ == "VERB"
    return bare and not office and "host" in draft.finding.trigger.recipient


def _rehearsed(reading: Reading, draft: Draft) -> bool:
    """Whether violence is only played: "marines stormed a beach in an exercise"."""
    heads = (h for name in ("in", "during") for h in draft.finding.arguments.get(name))
    return any(h.lemma_.lower() in reading.lexicon.classes["exercise"] for h in heads)


def _heard(reading: Reading, draft: Draft) -> frozenset[Sector]:
    """The sectors whose acts of this kind are of public matter."""
    if draft.kind is Kind.AID and (draft.recipient is not None or draft.place is not None):
        return POLITY | {Sector.NGO}
    if draft.kind not in VOICED:
        return frozenset(POLITY)
    if draft.actor is not None and (_public_matter(reading, draft) or _of_protesters(reading, draft)):
        return frozenset(Sector)
    return POLITY | {Sector.NGO}


def _of_states(reading: Reading, draft: Draft, political: bool) -> bool:
    """Whether an agreement is neither of private parties nor what a town decides with itself."""
    if not political and any(_private(a) for a in (draft.actor, draft.recipient)):
        return False
    return draft.recipient is not None or not _local_body(reading, draft.actor)


def _private(actor: Actor | None) -> bool:
    return actor is not None and actor.sector in PRIVATE


def _public_matter(reading: Reading, draft: Draft) -> bool:
    """Whether a charge or demand of people without an office is plain and about states: "activists called on China"."""
    support = draft.finding.support
    if support is None or support < PLAIN or reading.crime_report or reading.local_report:
        return False
    named = (reading.actor(t) for t in draft.finding.token.sent if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound")
    return any(a is not None and a.country is not None and a.sector in STATE_POWERS for a in named)


def _of_protesters(reading: Reading, draft: Draft) -> bool:
    """Whether a crowd that protests demands or blames: "demonstrators demanded the release of prisoners"."""
    head = draft.finding.actor_head
    marching = head is not None and head.lemma_.lower() in reading.lexicon.classes["crowd"]
    return marching and not (reading.crime_report or reading.local_report)


def _local_body(reading: Reading, actor: Actor | None) -> bool:
    """Whether a town, a county or a school decides: "the city council", "county commissioners"."""
    if actor is None or actor.sector is not Sector.GOV:
        return False
    listed = reading.lexicon.classes.get("local_body", frozenset())
    return any(word.strip(",.’'\"") in listed for word in (actor.text or actor.name).lower().split())


def _plain_act(reading: Reading, draft: Draft) -> bool:
    """Whether an act without parties is plain all the same, in a report of political matters."""
    support = draft.finding.support
    if draft.finding.trigger.toll is not None and draft.quantity is not None and reading.armed_words >= TERROR_REPORT:
        return not reading.local_report
    if draft.kind is Kind.COERCION and draft.quantity is not None and draft.quantity.unit is Unit.DETAINED:
        return not reading.local_report
    named_again = draft.time is not None or is_other(draft.finding.token)
    if draft.kind is Kind.ATTACK and draft.finding.token.pos_ == "NOUN" and draft.quantity is None and not named_again:
        return False
    return support is not None and support >= PLAIN and draft.kind in UNOWNED and not reading.local_report


def _for_oneself(reading: Reading, draft: Draft) -> bool:
    """ "sought medical treatment", "is seeking re-election": what nobody is asked for."""
    sought = reading.lexicon.classes["sought_word"]
    return means(draft.finding.token, "seek") and any(
        head.lemma_.lower() in sought for head in draft.finding.arguments.get("obj")
    )


def _forces(reading: Reading, *actors: Actor | None) -> bool:
    return any(a is not None and reading.is_of_forces(a) for a in actors)


def _powers(*actors: Actor | None) -> bool:
    return any(a is not None and a.sector in STATE_POWERS for a in actors)


ARMED_REPORT = 4
"""Words of armed violence from which on a report is taken to be about it."""


TERROR_REPORT = 8
"""The same from which on stabbings and murders are no private crime."""


def _blaze(token: Token) -> bool:
    """ "died in a fire", "a fire killed three": fire that is one of several is no fire of guns."""
    return token.pos_ == "NOUN" and means(token, "fire") and any(pivot(c) == "a" for c in token.lefts)


BLASTS = frozenset({"blast", "explosion", "explosive", "explode"})
"""Words of accidents as much as of attacks."""


def _blew_up(reading: Reading, draft: Draft) -> bool:
    """Whether what exploded was gas or the like: "the blast took place at noon", in a report of nothing armed."""
    if draft.finding.token.lemma_.lower() not in BLASTS:
        return False
    used = {token.lemma_.lower() for token in reading.doc}
    armed = reading.lexicon.classes["armed"] - reading.lexicon.classes.get("loosely_armed", frozenset()) - BLASTS
    return bool(used & reading.lexicon.classes["accident"]) and not used & (armed - {"police", "fire"})


def _violent(reading: Reading, draft: Draft, lemmas: set[str]) -> bool:
    """Whether deaths without a doer are those of armed violence, and not of an accident or a private crime."""
    classes = reading.lexicon.classes
    if "tear" in lemmas or "teargas" in lemmas:
        lemmas = lemmas - {"gas"}
    if lemmas & classes["accident"] or any(_blaze(t) for t in draft.finding.token.sent):
        return False
    if lemmas & classes["armed"] or (draft.recipient is not None and draft.recipient.sector in FORCE):
        return True
    start = draft.finding.token.sent.start
    before = {t.lemma_.lower() for t in reading.doc[max(0, start - 60) : start]}
    if before & classes["accident"]:
        return False
    return bool(before & classes["armed"]) or reading.armed_words >= ARMED_REPORT
