"""Merging: the same proposition by the same source in one report is one claim with several evidence spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dateline.extract.draft import Draft
from dateline.extract.identity import Party, may_be_named, one_party, one_person
from dateline.extract.reading import Reading
from dateline.extract.same_attack import same_attack
from dateline.model import Kind, Place, Quantity, TimeBasis, TimeRange, Unit
from dateline.parse.forms import means, pivot
from dateline.parse.noun_phrases import is_definite, is_other

SHARED_WORDS = 0.5
"""Share of content words two sentences must have in common to be one proposition said twice."""


def merged(reading: Reading, drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts with repetitions folded into the first of them."""
    kept: list[Draft] = []
    for draft in drafts:
        if kept and _dead_or_hurt(kept[-1], draft):
            kept[-1] = _of_both(kept[-1])
            continue
        at = next((i for i, earlier in enumerate(kept) if _one_act(reading, earlier, draft)), None)
        if at is not None and (not _recounted(kept[at], draft) or same_source(reading, kept[at], draft)):
            kept[at] = _folded(kept[at], draft)
            continue
        again = at if at is not None else next((i for i, one in enumerate(kept) if _again(reading, one, draft)), None)
        if again is not None:
            kept[again] = _with_evidence(kept[again], draft)
        else:
            kept.append(draft)
    return kept


def _again(reading: Reading, one: Draft, other: Draft) -> bool:
    """Whether an act comes back by other words or by a name, at a time that can be the same."""
    return _introduced(reading, one, other) or (
        same_attack(reading, one, other) and may_be_one_time(one.time, other.time)
    )


def _introduced(reading: Reading, one: Draft, other: Draft) -> bool:
    """ "A top aide has been arrested. ... Tunde Balogun was arrested on Friday": who was described is now named."""
    if one.kind is not other.kind or one.kind not in RETOLD | NAMED_LATER or one.stance is not other.stance:
        return False
    apart = reading.sentence_of[other.finding.token.i] - reading.sentence_of[one.finding.token.i]
    if not 0 < apart <= NAMED_WITHIN or one.finding.token.lemma_ != other.finding.token.lemma_:
        return False
    if not (may_be_one_time(one.time, other.time) and _same_place(one.place, other.place)):
        return False
    if not _same_quantity(one.quantity, other.quantity):
        return False
    sides = ((_actors(one), _actors(other)), (_hit(one), _hit(other)))
    named = [may_be_named(reading, first, again) for first, again in sides]
    rest = (n or _compatible(reading, *side) for n, side in zip(named, sides, strict=True))
    return any(named) and all(rest)


def _one_act(reading: Reading, one: Draft, other: Draft) -> bool:
    if one.kind is not other.kind or one.stance is not other.stance or _dead_and_hurt(one, other):
        return False
    if _introduced(reading, one, other):
        return same_source(reading, one, other)
    if not (_compatible(reading, _actors(one), _actors(other)) and _compatible(reading, _hit(one), _hit(other))):
        return False
    if _retold(reading, one, other):
        return True
    if not _same_time(one.time, other.time) or not (
        _same_quantity(one.quantity, other.quantity) or _one_list(one, other)
    ):
        return False
    one_victim = _one_victim(reading, one, other)
    if one_victim and _in_passing(other):
        return True
    if not same_source(reading, one, other):
        return False
    if one_victim or _same_toll(one, other):
        return True
    if not _same_place(one.place, other.place):
        return False
    first, second = one.finding.token, other.finding.token
    if first.sent.start == second.sent.start:
        return any(tells(one, other) for tells in (_same_clause, _one_list, _one_speech, _its_cause))
    return _same_words(reading, one, other) or _pointed_back(other) or _its_toll(one, other)


def _dead_and_hurt(one: Draft, other: Draft) -> bool:
    """Whether one tells of the dead and the other of the wounded: two claims, however they stand together."""
    tolls = {d.finding.trigger.toll for d in (one, other)}
    units = {d.quantity.unit for d in (one, other) if d.quantity is not None}
    return tolls == {"killed", "wounded"} and Unit.WOUNDED in units


def _dead_or_hurt(one: Draft, other: Draft) -> bool:
    """Whether one number counts both: "dozens of soldiers were killed or wounded"."""
    joined = other.finding.token.dep_ == "conj" and other.finding.token.head == one.finding.token
    if one.kind is not Kind.ATTACK or not joined or not _dead_and_hurt(one, other):
        return False
    a, b = one.quantity, other.quantity
    return a is not None and b is not None and (a.start, a.low, a.high) == (b.start, b.low, b.high)


def _of_both(one: Draft) -> Draft:
    """The draft with its number as one of people hit, dead and wounded together."""
    return one if one.quantity is None else replace(one, quantity=replace(one.quantity, unit=Unit.PEOPLE))


RETOLD = frozenset({Kind.ATTACK, Kind.AGREEMENT, Kind.CONSULTATION, Kind.COUP, Kind.TERMINATION, Kind.COERCION})
"""Kinds of single acts that a report comes back to by a noun."""


NAMED_LATER = frozenset({Kind.REJECTION, Kind.CONCESSION, Kind.EXPULSION, Kind.ACCUSATION, Kind.REQUEST, Kind.SUPPORT})
"""Kinds, beside those, that the first lines tell of somebody described and the next of him by name."""
NAMED_WITHIN = 4
"""Sentences below a description within which its bearer is named as doing, or suffering, the same."""


def _retold(reading: Reading, one: Draft, other: Draft) -> bool:
    """A mention that adds nothing to an act told before: "the killing of the envoy", "the blast", "their truce"."""
    if one.kind not in RETOLD or other.quantity is not None:
        return False
    if not may_be_one_time(one.time, other.time):
        return False
    if _recounted(one, other):
        return True
    if not _same_place(one.place, other.place):
        return False
    if other.chain.cues and not same_source(reading, one, other):
        return False
    if other.actor is None and other.recipient is None:
        located = other.place is None or one.place is not None
        return one.kind is Kind.ATTACK and located and not is_other(other.finding.token)
    if other.finding.token.pos_ not in ("NOUN", "PROPN"):
        return False
    return any(
        a is not None and b is not None
        for a, b in ((one.actor, other.actor), (one.recipient, other.recipient), (one.place, other.place))
    )


def _recounted(one: Draft, other: Draft) -> bool:
    """ "The blast occurred at noon, police said": the attack just told, whoever tells the hour or the street."""
    token = other.finding.token
    if one.kind is not Kind.ATTACK or other.actor is not None or other.recipient is not None:
        return False
    if token.pos_ != "NOUN" or token.tag_ == "NNS" or not is_definite(token) or is_other(token):
        return False
    if _same_place(one.place, other.place):
        return True
    happened = token.dep_ == "nsubj" and means(token.head, "occur", "happen", "take", "come", "strike")
    return happened and one.place is not None and other.place is not None and one.place.country == other.place.country


def _its_cause(one: Draft, other: Draft) -> bool:
    """The dead and the attack they died of, in one clause: "two were hurt in a blast that targeted the army"."""
    noun, verb = other.finding.token, one.finding.token
    if noun.dep_ in ("acl", "relcl") and noun.head.pos_ == "NOUN" and means(noun, "target", "aim", "hit", "strike"):
        noun = noun.head
    if noun.pos_ != "NOUN":
        noun, verb = verb, noun
    if any(t.dep_ == "relcl" and t.head in (noun, verb) for t in (*noun.ancestors, noun, *verb.ancestors, verb)):
        within = noun in verb.ancestors or verb in noun.ancestors
        return one.kind is Kind.ATTACK and within and any(d.finding.trigger.toll is not None for d in (one, other))
    tolls = [d.finding.trigger.toll for d in (one, other)]
    hurt = verb.pos_ == "VERB" and any(t is not None for t in tolls) and None in tolls
    return one.kind is Kind.ATTACK and hurt and noun.pos_ == "NOUN" and verb in noun.ancestors


def _its_toll(one: Draft, other: Draft) -> bool:
    """The dead counted in the next sentence without a doer are those of the attack just told."""
    if one.kind is not Kind.ATTACK or other.finding.trigger.toll is None or other.actor is not None:
        return False
    next_to = one.finding.token.sent.end == other.finding.token.sent.start
    return next_to and one.quantity is None and one.finding.trigger.toll is None


MEANS = frozenset({"gas", "teargas", "cannon", "baton", "force", "bullet", "spray", "pellet"})
"""What a crowd is driven off with: no second measure beside what is done to the crowd."""
SPOKEN = frozenset({Kind.ACCUSATION, Kind.SUPPORT, Kind.REQUEST, Kind.REJECTION, Kind.THREAT, Kind.CONSULTATION})


def _one_speech(one: Draft, other: Draft) -> bool:
    """Two words for one act of speech in one sentence: "criticised X for violating the law"."""
    same = one.actor == other.actor and one.recipient == other.recipient
    return one.kind in SPOKEN and same and one.recipient is not None


def _one_list(one: Draft, other: Draft) -> bool:
    """Strikes and what they destroyed, listed in one sentence: one attack, counted by its first item."""
    tolls = (Unit.KILLED, Unit.WOUNDED, Unit.DISPLACED)
    units = [d.quantity.unit for d in (one, other) if d.quantity is not None]
    same_sentence = one.finding.token.sent.start == other.finding.token.sent.start
    return same_sentence and one.kind is Kind.ATTACK and not any(u in tolls for u in units) and one.place == other.place


def _one_victim(reading: Reading, one: Draft, other: Draft) -> bool:
    """A named person is killed or deposed once: later mentions of it are the same act, wherever they put it."""
    if one.kind not in (Kind.ATTACK, Kind.COUP) or one.recipient is None or other.recipient is None:
        return False
    return one_person(reading, _hit(one), _hit(other))


def _in_passing(other: Draft) -> bool:
    """Whether an act is only told beside another: "after shooting the envoy", "when he was gunned down"."""
    token = other.finding.token
    return token.pos_ in ("NOUN", "PROPN") or token.dep_ in ("advcl", "pcomp", "relcl", "acl")


def _same_toll(one: Draft, other: Draft) -> bool:
    """The same number of dead told again, of several: the headline's and the body's, the lead's and the account's."""
    toll = one.quantity
    if one.kind is not Kind.ATTACK or toll is None or other.quantity is None or toll.low is None:
        return False
    same_day = one.time is None or other.time is None or may_be_one_time(one.time, other.time)
    return (
        toll.unit in (Unit.KILLED, Unit.WOUNDED) and toll.low > 1 and same_day and _same_place(one.place, other.place)
    )


def _pointed_back(other: Draft) -> bool:
    """ "their detention", "the arrest of these men": a noun whose victims were named before."""
    token = other.finding.token
    about = [c for c in token.children if c.dep_ == "poss"] + other.finding.arguments.get("of")
    if other.kind is not Kind.COERCION or token.pos_ != "NOUN" or not about:
        return False
    return all(h.pos_ == "PRON" or any(pivot(c) in ("these", "those") for c in h.children) for h in about)


def _two_measures(one: Draft, other: Draft) -> bool:
    """ "detained 107 activists and cut telephone services": measures against different things are two acts."""
    verbs = (one.finding.token, other.finding.token)
    objects = [{h.lemma_.lower() for h in d.finding.arguments.get("obj")} for d in (one, other)]
    against = all(v.pos_ == "VERB" for v in verbs) and all(objects) and not objects[0] & objects[1]
    return one.kind is Kind.COERCION and against and not any(names & MEANS for names in objects)


def _same_clause(one: Draft, other: Draft) -> bool:
    """Coordinated or overlapping words of one sentence: "was struck and killed", "conducted a strike"."""
    if _two_measures(one, other):
        return False
    if any(a.overlaps(b) for a in one.spans for b in other.spans):
        return True
    first, second = one.finding.token, other.finding.token
    chain = {first.i, *(t.i for t in first.conjuncts)}
    return second.i in chain and one.actor == other.actor and (one.actor is not None or one.recipient is not None)


def _same_words(reading: Reading, one: Draft, other: Draft) -> bool:
    first, second = _words(reading, one), _words(reading, other)
    if not first or not second:
        return False
    return len(first & second) >= SHARED_WORDS * len(first | second)


def _words(reading: Reading, draft: Draft) -> frozenset[str]:
    span = draft.finding.evidence
    return frozenset(
        reading.doc[i].lemma_.lower()
        for i in reading.span_tokens(span.start, span.end)
        if reading.doc[i].is_alpha and not reading.doc[i].is_stop
    )


def _actors(draft: Draft) -> Party:
    return draft.actor, draft.finding.actor_head


def _hit(draft: Draft) -> Party:
    return draft.recipient, draft.finding.recipient_head


def _compatible(reading: Reading, one: Party, other: Party) -> bool:
    return one[0] is None or other[0] is None or one_party(reading, one, other)


def _same_place(one: Place | None, other: Place | None) -> bool:
    return one is None or other is None or (one.name, one.country) == (other.name, other.country)


def _same_quantity(one: Quantity | None, other: Quantity | None) -> bool:
    if one is None or other is None:
        return True
    return (one.low, one.high, one.unit) == (other.low, other.high, other.unit)


def _same_time(one: TimeRange | None, other: TimeRange | None) -> bool:
    if one is None or other is None or TimeBasis.PUBLISHED in (one.basis, other.basis):
        return True
    return (one.earliest, one.latest) == (other.earliest, other.latest)


def may_be_one_time(one: TimeRange | None, other: TimeRange | None) -> bool:
    """Whether some day lies in both; an open end or no time excludes nothing."""
    if one is None or other is None:
        return True
    starts_in_time = one.earliest is None or other.latest is None or one.earliest <= other.latest
    return starts_in_time and (other.earliest is None or one.latest is None or other.earliest <= one.latest)


def _narrower(one: TimeRange, other: TimeRange) -> bool:
    """Whether one time with both ends lies within another with both ends and is not the same."""
    if one.basis is TimeBasis.PUBLISHED or None in (one.earliest, one.latest, other.earliest, other.latest):
        return False
    ends = (one.earliest or "", one.latest or ""), (other.earliest or "", other.latest or "")
    return ends[0] != ends[1] and ends[1][0] <= ends[0][0] and ends[0][1] <= ends[1][1]


def same_source(reading: Reading, one: Draft, other: Draft) -> bool:
    """The same voice: one name, or two bodies of one government ("Moscow says", "the ministry said")."""
    first, second = (d.chain.cues[0].source if d.chain.cues else None for d in (one, other))
    if first is None or second is None:
        return first is None and second is None and not (one.chain.cues or other.chain.cues)
    a, b = reading.actor(first), reading.actor(second)
    if a is None or b is None:
        return pivot(first) == pivot(second)
    if a.name == b.name:
        return True
    bodies = not (reading.cast.is_person(first) or reading.cast.is_person(second))
    return bodies and a.country is not None and a.country == b.country and a.sector is b.sector


def _with_evidence(one: Draft, other: Draft) -> Draft:
    """The earlier draft with the other's evidence, and nothing else of it."""
    more = one.more
    for span in other.spans:
        if not any(span.overlaps(s) for s in (*one.spans, *more)):
            more = (*more, span)
    return replace(one, more=more)


def _folded(one: Draft, other: Draft) -> Draft:
    """The earlier draft with the other's evidence and whatever slots it lacked."""
    time = one.time
    if time is None or other.time is not None and (time.basis is TimeBasis.PUBLISHED or _narrower(other.time, time)):
        time = other.time
    wider = one.finding
    if any(other.finding.evidence.overlaps(s) for s in one.spans):
        wider = max((one.finding, other.finding), key=lambda f: f.evidence.end - f.evidence.start)
        wider = one.finding.but(evidence=wider.evidence)
    return replace(
        one,
        finding=wider,
        actor=one.actor or other.actor,
        recipient=one.recipient or other.recipient,
        place=one.place or other.place,
        quantity=one.quantity or other.quantity,
        time=time,
        basis=other.basis | one.basis,
        more=_with_evidence(one, other).more,
    )
