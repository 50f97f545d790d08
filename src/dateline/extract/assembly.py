"""Claims of a report: every finding with its chain of sources, its stance and its slots, merged where repeated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.anonymity import terms
from dateline.extract.answers import answered
from dateline.extract.attribution import Attributor, Chain
from dateline.extract.charges import charges
from dateline.extract.confidence import confidence
from dateline.extract.cues import Cue
from dateline.extract.demands import demands
from dateline.extract.denials import with_denials
from dateline.extract.doubled import told_once
from dateline.extract.draft import Draft
from dateline.extract.finding import Finding
from dateline.extract.findings import findings, host_wanted, kind_for, told_apart
from dateline.extract.headed import headed
from dateline.extract.homecoming import came_home, from_home, left_behind
from dateline.extract.how_many import quantity_of
from dateline.extract.local_bodies import local
from dateline.extract.merging import merged
from dateline.extract.own_forces import with_own_forces
from dateline.extract.parties_before import with_parties_before
from dateline.extract.reading import POSTURE, Reading
from dateline.extract.relevance import irrelevant
from dateline.extract.scenes import Act, refined, scene_of
from dateline.extract.speech import speech
from dateline.extract.stance import commitment, verdict
from dateline.extract.strengths import counted_beside, counted_on, counted_there, stated_strengths, strengths
from dateline.extract.tolls import tolls
from dateline.extract.when import time_of
from dateline.extract.when_told import carried_times
from dateline.extract.where import AIMED, places_of
from dateline.extract.where_carried import carried_place, elsewhere, theatre
from dateline.lexicon.language import language
from dateline.model import Actor, Claim, Evidence, Issue, Kind, Place, Precision, Sector, TimeBasis, claim_id
from dateline.parse.forms import means
from dateline.parse.parsed import ParsedDocument

if TYPE_CHECKING:
    from spacy.tokens import Token

STATIONED = frozenset({Kind.PRESENCE, Kind.DEPLOYMENT, Kind.WITHDRAWAL})
"""Kinds that tell of forces in a host state."""
FAINT = 0.2
"""Confidence below which a reading is more a guess than a claim: most are the learned model's, of nobody named."""
FORCES = ", armed forces"
"""How the name of a state's forces ends."""
ADDRESSED = ("dobj", "dative", "iobj")
"""How whoever is told or accused hangs on the saying: "us" of "Moscow accused us" is whoever reports it."""
VERSION = "14"
"""Version of the extractor: part of every claim's id, raised whenever a reading may change."""


def claims(parsed: ParsedDocument) -> Iterator[Claim]:
    """The claims of one parsed report, in text order."""
    reading = Reading(parsed, language(parsed.document.language or "en"))
    for draft in headed(reading, merged(reading, drafts(reading))):
        yield finished(reading, draft)


def drafts(reading: Reading) -> Iterator[Draft]:
    """Claims before merging: one a finding and place; none, without a look, where all would be local affairs."""
    if reading.local_report and not reading.forces_named:
        return
    cues = speech(reading)
    _hear(reading, cues)
    yield from carried_times(reading, _dated_by_sentence(reading, cues), cues)


def _dated_by_sentence(reading: Reading, cues: list[Cue]) -> Iterator[Draft]:
    """The drafts with the times that their own sentences give them."""
    attributor = Attributor(reading, cues, reading.quoted, judge=commitment)
    found = told_once(told_apart(list(findings(reading)), cues, terms(reading)))
    found = answered(reading, with_parties_before(reading, found))
    stated = list(stated_strengths(reading))
    told = {verb.i for _, verb in stated}
    found = [*(finding for finding in found if finding.token.i not in told), *(finding for finding, _ in stated)]
    every = [
        *found,
        *tolls(reading, found),
        *strengths(reading, found),
        *counted_there(reading),
        *demands(reading, cues),
    ]
    every += [*counted_on(reading, every), *counted_beside(reading, every), *charges(reading, cues, every)]
    acts = [act for finding in every if (act := _act(reading, finding, attributor.chain(finding))) is not None]
    acts = list(with_denials(acts, cues, attributor))
    for act in acts:
        for draft in _placed(reading, act, acts):
            quantity, how_many = quantity_of(reading, draft.finding)
            basis = draft.basis | ({"quantity": how_many} if how_many else {})
            full = replace(draft, quantity=quantity, basis=basis)
            if irrelevant(reading, full) is None and confidence(reading, full) >= FAINT:
                yield full


def _act(reading: Reading, finding: Finding, chain: Chain) -> Act | None:
    """A finding with its stance, its day and the places its own sentence names; none if it is no claim."""
    stance = verdict(reading, finding, chain)
    if stance.dropped is not None:
        return None
    if stance.kind is not None:
        finding = finding.but(kind=stance.kind)
    time, how_time = time_of(reading, finding, stance.stance, chain)
    places, how = places_of(reading, finding)
    if _own_order(finding):
        return None
    finding = with_own_forces(reading, finding)
    if finding.kind is Kind.ATTACK and finding.actor is not None and finding.actor_head == finding.recipient_head:
        finding = finding.but(actor=None, actor_head=None)  # "four soldiers died": those hit, not those who strike
    if came_home(reading, finding, places, how):
        finding = finding.but(kind=Kind.WITHDRAWAL, recipient=None)
        places, how = left_behind(reading, finding), "left for home"
    elif from_home(reading, finding, places, how):
        finding, places = finding.but(kind=Kind.DEPLOYMENT, recipient=None), []
    if not places:
        places, how = carried_place(reading, finding)
    basis = finding.basis | {"stance": stance.why} | ({"time": how_time} if how_time else {})
    return Act(finding.but(basis=basis), chain, stance.stance, time, places, how)


def _own_order(finding: Finding) -> bool:
    """Whether a state only orders its own forces, which what they are to do tells: "ordered its troops to leave"."""
    actor, ordered = finding.actor, finding.recipient
    asks = finding.kind in (Kind.REQUEST, Kind.EXPULSION)
    if not asks or actor is None or ordered is None or actor.country is None:
        return False
    own = ordered.sector is Sector.MIL and ordered.country == actor.country and ordered.name.endswith(FORCES)
    return own and means(finding.token, "order", "instruct", "command", "direct", "tell") and _told_to(finding)


def _told_to(finding: Finding) -> bool:
    return bool(finding.arguments.get("xcomp") or finding.arguments.get("ccomp"))


def _hear(reading: Reading, cues: Iterable[Cue]) -> None:
    """Note for every token whose words it stands in, and let the cast ask that for "we" and "I"."""
    for cue in sorted(cues, key=lambda c: -c.size):
        if cue.source is not None:
            heard = {c.i for c in cue.word.children if c.dep_ in ADDRESSED and c.pos_ == "PRON"}
            reading.speakers.update(dict.fromkeys(cue.content - heard, cue.source))

    def speaker(token: Token) -> Actor | None:
        source = reading.speakers.get(token.i)
        return None if source is None or source.i == token.i else reading.cast.actor(source)

    reading.cast.speaker = speaker


def _placed(reading: Reading, act: Act, acts: list[Act]) -> Iterator[Draft]:
    """One draft a place: coordinated countries or towns are separate claims, unless one number covers them."""
    finding, chain = act.finding, act.chain
    places, how = refined(reading, act, acts) if act.places else scene_of(reading, act, acts)
    if not places:
        places, how = act.places, act.how
    if len(places) > 1 and not _distributes(reading, finding, places):
        places = [_joined(places)]
    wanted = host_wanted(finding)
    several: list[Place | None] = [*places] if places else [None]
    for place in several:
        recipient, how_recipient = finding.recipient, finding.basis.get("recipient", "")
        if recipient is None and wanted is not None and place is not None and place.country is not None:
            recipient = host_of(reading, place)
            how_recipient = "state of the place"
            foreign = recipient is not None and (finding.actor is None or finding.actor.country != place.country)
            if not foreign:
                recipient = None
        if recipient is None and wanted is not None and place is None:
            recipient, how_recipient = _host_in_view(reading, finding), "state the report is about"
        actor = finding.actor or _claimant(reading, finding, chain)
        hosted = actor is None and "host" in finding.trigger.actor and how != AIMED
        if hosted and place is not None and place.country is not None:
            actor = host_of(reading, place)
        basis = dict(finding.basis)
        if place is not None:
            basis["place"] = how if not place.alternatives else f"{how}; undecided: {' or '.join(place.alternatives)}"
        if recipient is not None:
            basis["recipient"] = how_recipient
        kind = kind_for(finding, _host_country(reading, finding, place))
        if finding.kind not in POSTURE:  # "Ghana sent 200 police officers to Sudan"
            actor = local(reading, actor, finding.actor_head, place)
        recipient = local(reading, recipient, finding.recipient_head, place)
        yield Draft(finding, chain, kind, actor, recipient, place, time=act.time, stance=act.stance, basis=basis)


def _host_in_view(reading: Reading, finding: Finding) -> Actor | None:
    """The host of foreign forces whose place is not said: the state that the report speaks of, here and as a whole."""
    actor, code = finding.actor, reading.cast.home_country(finding.token)
    if elsewhere(reading, finding):
        return None
    if finding.kind not in STATIONED or actor is None or actor.country is None or actor.sector is not Sector.MIL:
        return None
    if code is None or code == actor.country or code != reading.cast.main_country():
        return None
    return Actor(None, None, None, reading.cast.government_name(code), code, Sector.GOV)


def _claimant(reading: Reading, finding: Finding, chain: Chain) -> Actor | None:
    """Who claimed an attack that names no attacker."""
    if finding.kind is not Kind.ATTACK:
        return None
    return next((reading.actor(c.source) for c in chain.cues if c.shape == "responsibility"), None)


def _host_country(reading: Reading, finding: Finding, place: Place | None) -> str | None:
    """The state that is to be left: of the place in the clause of leaving, else of the finding's place."""
    clauses = [*finding.arguments.get("xcomp"), *finding.arguments.get("ccomp")]
    spoken = (t for clause in clauses for t in clause.subtree if t.dep_ in ("dobj", "pobj", "conj"))
    named = (reading.place_of_token.get(t.i) for t in spoken)
    left = next((p.country for p in named if p is not None and p.country is not None), None)
    return left or (place.country if place is not None else theatre(reading))


def _distributes(reading: Reading, finding: Finding, places: list[Place]) -> bool:
    quantity, _ = quantity_of(reading, finding)
    return quantity is None


def _joined(places: list[Place]) -> Place:
    """Several places under one number as one region."""
    first, last = places[0], places[-1]
    countries = {p.country for p in places}
    start, end = first.start, last.end
    return Place(
        text=first.text,
        start=start,
        end=first.end if start is None or end is None or end < start else first.end,
        name=" and ".join(p.name for p in places),
        country=countries.pop() if len(countries) == 1 else None,
        lat=None,
        lon=None,
        precision=Precision.REGION,
    )


def host_of(reading: Reading, place: Place) -> Actor | None:
    """The state that a place belongs to, as an actor, with the words of the place."""
    if place.country is None:
        return None
    name = reading.cast.government_name(place.country)
    return Actor(place.text, place.start, place.end, name, place.country, Sector.GOV)


def finished(reading: Reading, draft: Draft) -> Claim:
    """A draft as a claim: with its evidence, id and confidence."""
    evidence = tuple(Evidence(s.start, s.end, s.of(reading.text)) for s in draft.spans)
    attribution = draft.chain.attribution
    basis = dict(draft.basis)
    if attribution is not None and attribution.cue is not None:
        basis["attribution"] = f"cue “{attribution.cue.text}”"
    claim = Claim(
        id="",
        document=reading.parsed.document.id,
        kind=draft.kind,
        actor=draft.actor,
        recipient=draft.recipient,
        place=draft.place,
        quantity=draft.quantity,
        time=draft.time,
        stance=draft.stance,
        attribution=attribution,
        evidence=evidence,
        confidence=confidence(reading, draft),
        basis=basis,
    )
    return replace(claim, id=claim_id(claim, VERSION))


def issues(parsed: ParsedDocument) -> Iterator[Issue]:
    """What could not be resolved: relative times of an undated report."""
    for time in parsed.times:
        if time.basis is TimeBasis.RELATIVE and time.earliest is None and time.latest is None:
            yield Issue(
                "unresolved_time",
                f"“{time.text}” cannot be resolved: the report has no date",
                document=parsed.document.id,
                start=time.start,
                end=time.end,
            )
