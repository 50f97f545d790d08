"""Where, when the clause does not say: the scene of the sentence, the country forces are in, the state ruled."""

from __future__ import annotations

from collections import Counter

from dateline.extract.arguments import words
from dateline.extract.finding import Finding
from dateline.extract.place_apart import is_apart
from dateline.extract.place_heads import GRAIN, grain, scenes, unnamed_place
from dateline.extract.place_nested import nested
from dateline.extract.reading import Reading
from dateline.lexicon.countries import by_code
from dateline.model import Kind, Place, Precision, Sector
from dateline.parse.forms import pivot

CARRYING = frozenset({Kind.ATTACK, Kind.PROTEST, Kind.COUP, Kind.CONSULTATION, Kind.COERCION, Kind.CONCESSION})
CLOSE = frozenset({Kind.COERCION, Kind.CONCESSION})
"""Kinds that are only where their own clause, or one joined to it, is: arrests are not where their reason was."""
NOT_WIDE = frozenset({Kind.CONSULTATION, Kind.COERCION, Kind.CONCESSION})
"""Kinds that are nowhere in particular when their sentence names a country only."""
TAKEN_OR_HIT = frozenset({Kind.ATTACK, Kind.COERCION})
"""Kinds whose act is where those are whom it falls on."""
CLEARLY = 2
"""How many times as often another state must be where things are told to be, to go before the report's own."""


FORCE_KINDS = frozenset({Kind.PRESENCE, Kind.DEPLOYMENT, Kind.WITHDRAWAL, Kind.TRAINING})


def _host(reading: Reading, finding: Finding) -> tuple[list[Place], str]:
    """Where foreign forces are when their sentence does not say: the country the report is about, or the host's own."""
    actor, host = finding.actor, finding.recipient
    hosting = finding.kind is Kind.PRESENCE and finding.trigger.recipient[:1] == ("subj",) and host is not None
    if hosting and host is not None and host.sector is Sector.GOV and host.country is not None:
        return whole_state(host.country), "the state that has them"
    if actor is None or actor.country is None or elsewhere(reading, finding):
        return [], ""
    if finding.kind is Kind.EXPULSION:
        other = finding.recipient
        abroad = other is not None and (other.country not in (None, actor.country) or other.sector is Sector.IGO)
        code = actor.country if actor.sector is Sector.GOV and abroad else None
        how = "the host's own country"
    else:
        code, how = theatre(reading), "the country the report is about"
    if finding.kind is not Kind.EXPULSION and code == actor.country:
        return [], ""
    return whole_state(code), how


def whole_state(code: str | None) -> list[Place]:
    """A state as a place; none for a code of no state."""
    country = by_code(code) if code is not None else None
    return (
        [] if country is None else [Place(None, None, None, country.name, country.code, None, None, Precision.COUNTRY)]
    )


def theatre(reading: Reading, *, but: str | None = None) -> str | None:
    """The state, other than `but`, where what the report tells of is: of most places things are in, go to or leave.

    A report names states that only act or speak as often as that; the one it is about by all its names goes first
    where the places do not clearly say another.
    """
    main = reading.cast.main_country()
    main = None if main == but else main
    places = (p for p in reading.parsed.places if p.country not in (None, but) and _is_where(reading, p))
    told = Counter(str(p.country) for p in places)
    best = max(told, key=lambda code: (told[code], code == main), default=None)
    told_of = 0 if main is None else told[main]
    return main if best is None or CLEARLY * told_of > told[best] else best


def _is_where(reading: Reading, place: Place) -> bool:
    """Whether a place stands behind a preposition of where, whither or whence, or is a town or base that is left."""
    indices = reading.span_tokens(place.start or 0, place.end or 0)
    head = next((reading.doc[i] for i in indices if reading.doc[i].head.i not in indices), None)
    if head is not None and head.dep_ == "dobj" and GRAIN[place.precision] < GRAIN[Precision.COUNTRY]:
        return True
    if head is None or head.dep_ != "pobj":
        return False
    ruler = place.precision is Precision.SETTLEMENT and reading.actor(head) is not None  # "appealed to Washington"
    where = words(head, "at") | words(head, "inward") | words(head, "leaving") | words(head, "toward")
    return not ruler and pivot(head.head) in where


def elsewhere(reading: Reading, finding: Finding) -> bool:
    """Whether the clause says that it is several states not named: "moved to other countries"."""
    heads = [h for name in ("to", "into", "in", "from", "for") for h in finding.arguments.get(name)]
    heads += finding.arguments.get("obj")
    states = (h for h in heads if reading.lexicon.generic_places.get(h.lemma_.lower()) == (Precision.COUNTRY,))
    return any(h.tag_ == "NNS" and h.i not in reading.place_of_token for h in states)


def ruled_state(reading: Reading, finding: Finding) -> tuple[list[Place], str]:
    """Where power was seized when nothing says it: in the state of those who were ousted, else of those who did it."""
    if finding.kind is not Kind.COUP:
        return [], ""
    codes = (a.country for a in (finding.recipient, finding.actor) if a is not None)
    code = next((c for c in codes if c is not None), None)
    return whole_state(code), "the state ruled"


def carried_place(reading: Reading, finding: Finding) -> tuple[list[Place], str]:
    """The scene named elsewhere in the sentence; of forces, the country they are in."""
    if finding.kind in FORCE_KINDS or finding.kind is Kind.EXPULSION:
        return _host(reading, finding)
    if finding.kind not in CARRYING or says_where(reading, finding) or _set_before(reading, finding):
        return [], ""
    sentence = finding.token.sent
    own = [p for p in scenes(reading) if sentence.start_char <= (p.start or 0) < sentence.end_char]
    own = [p for p in own if not (_of_a_reason(reading, finding, p) or _led_to(reading, finding, p))]
    own = [p for p in own if not is_apart(reading, finding, p)]
    if finding.kind in CLOSE:
        own = [p for p in own if _of_its_clause(reading, finding, p)]
    if finding.recipient is not None or finding.kind in NOT_WIDE or _bare_toll(finding):
        own = [p for p in own if grain(p) < GRAIN[Precision.COUNTRY] or _of_its_object(reading, finding, p)]
    if own:
        best = min(own, key=lambda p: (GRAIN[p.precision], abs((p.start or 0) - finding.token.idx)))
        return [nested(reading, best)], "same sentence"
    return [], ""


def _set_before(reading: Reading, finding: Finding) -> bool:
    """Whether "after the attack" speaks of one told before, so that what else the sentence tells is elsewhere."""
    noun = finding.token
    known = noun.pos_ == "NOUN" and noun.lemma_.lower() in reading.lexicon.classes["told_event"]
    if not known or noun.dep_ != "pobj" or pivot(noun.head) not in words(noun, "afterwards"):
        return False
    bare = not any(c.dep_ in ("prep", "acl", "relcl", "amod", "compound", "poss") for c in noun.children)
    return bare and noun.sent.start > 0 and any(pivot(c) in ("the", "this", "that") for c in noun.lefts)


def says_where(reading: Reading, finding: Finding) -> bool:
    """Whether the clause says where, but names no place: no place of another clause is meant then."""
    heads = (h for name in words(finding.token, "at") for h in finding.arguments.get(name))
    return any(unnamed_place(reading, head) for head in heads)


def _of_a_reason(reading: Reading, finding: Finding, place: Place) -> bool:
    """Whether a place stands in a clause that only gives a reason or a setting: "because it has troops in X"."""
    indices = reading.span_tokens(place.start or 0, place.end or 0)
    for above in reading.doc[indices[0]].ancestors if indices else ():
        if above == finding.token:
            continue
        aside = above.dep_ == "advcl" and any(
            c.dep_ == "mark" and pivot(c) in words(c, "aside") for c in above.children
        )
        if aside and not any(t == above for t in (finding.token, *finding.token.ancestors)):
            return True
    return False


def _led_to(reading: Reading, finding: Finding, place: Place) -> bool:
    """Whether a place is only where someone was brought after it: "was wounded and flown to a hospital in Miami"."""
    indices = reading.span_tokens(place.start or 0, place.end or 0)
    for above in reading.doc[indices[0]].ancestors if indices else ():
        if above == finding.token:
            return False
        later = above.dep_ == "prep" and above.head.pos_ == "VERB" and above.head.i > finding.token.i
        if later and pivot(above) in words(above, "toward"):
            return True
    return False


def _of_its_object(reading: Reading, finding: Finding, place: Place) -> bool:
    """Whether a wide place is in the words for those hit or held, or for whence they were taken.

    "killed members of the sect in the Middle East", "detained them from a boat in the Persian Gulf".
    """
    if finding.kind not in TAKEN_OR_HIT:
        return False
    indices = reading.span_tokens(place.start or 0, place.end or 0)
    hit = finding.arguments.get("obj")
    for above in reading.doc[indices[0]].ancestors if indices else ():
        if above in hit or (above.head == finding.token and pivot(above) in words(above, "leaving")):
            return True
        if above.pos_ in ("VERB", "AUX") or above.dep_ == "appos" or pivot(above) in ("for", "over", "against"):
            return False
    return False


def _of_its_clause(reading: Reading, finding: Finding, place: Place) -> bool:
    """Whether the verb over a place is the finding's, one under it, or one that it is joined to."""
    indices = reading.span_tokens(place.start or 0, place.end or 0)
    verbs = [t for t in reading.doc[indices[0]].ancestors if t.pos_ in ("VERB", "AUX")] if indices else []
    if finding.token in verbs:
        return True
    joined = finding.token
    while joined.dep_ == "conj" and joined.head != joined:
        joined = joined.head
    return joined != finding.token and joined in verbs[:1]


def _bare_toll(finding: Finding) -> bool:
    return finding.trigger.toll is not None and finding.token.pos_ == "VERB" and finding.actor is None
