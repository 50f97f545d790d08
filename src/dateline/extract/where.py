"""Where: the most specific place that belongs to a finding, by the guide's rules for its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.conditions import content_head
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.lexicon.countries import by_code
from dateline.model import Kind, Place, Precision, Sector

if TYPE_CHECKING:
    from spacy.tokens import Token

PLACELESS = frozenset({Kind.ACCUSATION, Kind.SUPPORT})
MADE_SOMEWHERE = frozenset({Kind.AGREEMENT, Kind.TERMINATION, Kind.SANCTION, Kind.THREAT, Kind.REJECTION})
LEAVING = frozenset({Kind.WITHDRAWAL, Kind.EXPULSION})
ARRIVING = frozenset({Kind.DEPLOYMENT, Kind.REDEPLOYMENT, Kind.CONSULTATION, Kind.ARMS_TRANSFER})
GROUND_KINDS = frozenset(
    {Kind.ATTACK, Kind.PRESENCE, Kind.COERCION, Kind.DEPLOYMENT, Kind.WITHDRAWAL, Kind.CONSULTATION}
)
GRAIN = {
    Precision.SITE: 0,
    Precision.DISTRICT: 1,
    Precision.SETTLEMENT: 2,
    Precision.PROVINCE: 3,
    Precision.COUNTRY: 4,
    Precision.REGION: 5,
}


def places_of(reading: Reading, finding: Finding) -> tuple[list[Place], str]:
    """The places of a finding (several when coordinated: "from Mali and Burkina Faso"), and how they were read."""
    if finding.kind in PLACELESS:
        return [], ""
    if finding.kind is Kind.REDEPLOYMENT:
        reached = _reached(reading, finding)
        if reached is not None:
            return [reached], "reached"
    for names, how in _orders(reading, finding.kind):
        for name in names:
            for head in finding.arguments.get(name):
                found = _at_head(reading, head)
                if found:
                    return found, f"“{name.replace('_', ' ')}” {how}"
    if finding.kind in MADE_SOMEWHERE:
        return [], ""
    found = _in_objects(reading, finding)
    if found:
        return found, "within the phrase"
    return _in_clause(reading, finding)


def _reached(reading: Reading, finding: Finding) -> Place | None:
    """The last place after a "to" in the clause: "moved from A to B"."""
    found = [
        reading.place_of_token[p.i]
        for t in finding.token.subtree
        if t.dep_ == "prep" and t.lower_ in ("to", "into")
        for p in t.children
        if p.i in reading.place_of_token
    ]
    return found[-1] if found else None


def _orders(reading: Reading, kind: Kind) -> list[tuple[tuple[str, ...], str]]:
    at, toward, away = (reading.lexicon.ordered[name] for name in ("at", "toward", "away"))
    if kind in LEAVING:
        return [(away, "left"), (at, "at the verb")]
    if kind in ARRIVING:
        return [(toward, "reached"), (at, "at the verb")]
    if kind in MADE_SOMEWHERE:
        return [(("in", "at"), "at the verb")]
    return [(at, "at the verb"), (toward, "at the verb")]


def _at_head(reading: Reading, head: Token) -> list[Place]:
    """Places named by a prepositional object: the name itself, a name inside it, or what a short form stands for."""
    place = reading.place_of_token.get(head.i)
    if place is not None and place.country is None:  # "the Sahel state": a country named by where it lies
        home = generic_place(reading, head)
        if home is not None:
            return [home]
    if place is not None:
        finer = _finest([p for p in _places_in(reading, head) if p.start != place.start])
        best = finer if finer is not None and GRAIN[finer.precision] < GRAIN[place.precision] else place
        others = [reading.place_of_token[c.i] for c in head.conjuncts if c.i in reading.place_of_token]
        return [best, *others]
    if head.pos_ == "PROPN" and reading.actor(head) is not None:
        return []
    inner = _places_in(reading, head)
    finest = _finest(inner)
    if Precision.SITE in reading.lexicon.generic_places.get(content_head(head).lemma_.lower(), ()):
        site = generic_place(reading, head)
        if site is not None and (finest is None or site.country == finest.country):
            return [site]
    if finest is not None and reading.actor(head) is None:
        return [finest]
    if reading.actor(head) is not None and head.lemma_.lower() not in reading.lexicon.generic_places:
        return []
    generic = generic_place(reading, head)
    return [generic] if generic is not None else []


def _places_in(reading: Reading, head: Token) -> list[Place]:
    """Distinct place mentions in the phrase of a head, without those in relative clauses or possessives of people."""
    found: dict[int, Place] = {}
    stack = [head]
    while stack:
        token = stack.pop()
        place = reading.place_of_token.get(token.i)
        if place is not None and place.start is not None:
            found[place.start] = place
        for child in token.children:
            if child.dep_ in ("relcl", "acl", "conj", "amod"):
                continue
            stack.append(child)
    return [found[k] for k in sorted(found)]


def _finest(places: list[Place]) -> Place | None:
    """The most specific place, the first of equals."""
    return min(places, key=lambda p: GRAIN[p.precision], default=None)


def _in_objects(reading: Reading, finding: Finding) -> list[Place]:
    """The object itself when it is ground ("seized Mosul"), then places inside the phrases of the actors."""
    args = finding.arguments
    found = _ground(reading, finding)
    if found:
        return found
    if finding.token.lemma_ == "come":
        for head in args.get("subj"):
            found = _at_head(reading, head)
            if found:
                return found
    wanted = at = words(finding.token, "at")
    if finding.kind in LEAVING:
        wanted = at | {"from"}
    elif finding.kind in ARRIVING:
        wanted = at | {"to", "into"}
    for name in ("of", "obj", "attr", "subj", "with", "on", "against"):
        for head in args.get(name):
            inner = [
                place
                for prep in head.children
                if prep.dep_ == "prep" and prep.lower_ in wanted
                for p in prep.children
                if p.dep_ == "pobj"
                for place in _at_head(reading, p)
            ]
            if inner:
                best = _finest(inner)
                return [best] if best is not None else []
            if name == "of" and head.i in reading.place_of_token and finding.token.pos_ == "NOUN":
                return _at_head(reading, head)
    return []


def _ground(reading: Reading, finding: Finding) -> list[Place]:
    """The object itself when it is ground: "seized Mosul", "entered the base"."""
    if finding.kind not in GROUND_KINDS:
        return []
    ground = reading.lexicon.classes["ground"]
    for head in finding.arguments.get("obj"):
        lemma = content_head(head).lemma_.lower()
        if head.i in reading.place_of_token or lemma in reading.lexicon.generic_places or lemma in ground:
            found = _at_head(reading, head)
            if found:
                return found
    return []


def _in_clause(reading: Reading, finding: Finding) -> tuple[list[Place], str]:
    """A fronted or coordinated locative of the same clause, then "there" and its like."""
    token = finding.token
    verb = finding.arguments.first("governed") or token
    seen: list[Token] = []
    current = verb
    for _ in range(6):
        seen.append(current)
        if current.dep_ in ("conj", "xcomp", "pobj", "pcomp", "prep", "dobj", "nsubj", "acl", "nsubjpass"):
            current = current.head
            continue
        break
    for holder in seen:
        for child in holder.children:
            if child.dep_ == "prep" and child.lower_ in words(child, "at") and (holder == verb or child.i < verb.i):
                for pobj in child.children:
                    found = _at_head(reading, pobj) if pobj.dep_ == "pobj" else []
                    if found:
                        return found, "place of the clause"
    for head in finding.arguments.get("advmod"):
        if head.lower_ in words(head, "here"):
            there = generic_place(reading, head)
            if there is not None:
                return [there], f"“{head.text}”"
    return [], ""


CARRYING = frozenset({Kind.ATTACK, Kind.PROTEST, Kind.COUP, Kind.CONSULTATION})
REACH = 2
"""Sentences back over which the scene of violence or protest is taken to stay the same."""


FORCE_KINDS = frozenset({Kind.PRESENCE, Kind.DEPLOYMENT, Kind.WITHDRAWAL, Kind.TRAINING})


def _host(reading: Reading, finding: Finding) -> tuple[list[Place], str]:
    """Where foreign forces are when their sentence does not say: the country the report is about, or the host's own."""
    actor = finding.actor
    if actor is None or actor.country is None:
        return [], ""
    if finding.kind is Kind.EXPULSION:
        abroad = finding.recipient is not None and finding.recipient.country not in (None, actor.country)
        code = actor.country if actor.sector is Sector.GOV and abroad else None
        how = "the host's own country"
    else:
        code, how = reading.cast.main_country(), "the country the report is about"
    country = by_code(code) if code is not None else None
    if country is None or (finding.kind is not Kind.EXPULSION and country.code == actor.country):
        return [], ""
    return [Place(None, None, None, country.name, country.code, None, None, Precision.COUNTRY)], how


def carried_place(reading: Reading, finding: Finding) -> tuple[list[Place], str]:
    """The scene named elsewhere in the sentence; for an act of nobody named, the nearest one named before."""
    if finding.kind in FORCE_KINDS or finding.kind is Kind.EXPULSION:
        return _host(reading, finding)
    if finding.kind not in CARRYING:
        return [], ""
    sentence = finding.token.sent
    own = [p for p in scenes(reading) if sentence.start_char <= (p.start or 0) < sentence.end_char]
    if finding.recipient is not None or finding.kind is Kind.CONSULTATION or _bare_toll(finding):
        own = [p for p in own if GRAIN[p.precision] < GRAIN[Precision.COUNTRY]]
    if own:
        return [min(own, key=lambda p: (GRAIN[p.precision], abs((p.start or 0) - finding.token.idx)))], "same sentence"
    if finding.actor is not None or finding.recipient is not None or finding.kind is Kind.CONSULTATION:
        return [], ""
    starts = [s.start_char for s in reading.doc.sents if s.start_char <= sentence.start_char]
    since = starts[-1 - REACH] if len(starts) > REACH else 0
    before = [p for p in scenes(reading) if since <= (p.start or 0) < sentence.start_char]
    before = before or [p for p in scenes(reading) if (p.start or 0) < sentence.start_char]
    return ([before[-1]], "scene of the sentences before") if before else ([], "")


def _bare_toll(finding: Finding) -> bool:
    return finding.trigger.toll is not None and finding.token.pos_ == "VERB" and finding.actor is None


def scenes(reading: Reading) -> list[Place]:
    """Places that say where something is: after a locative preposition, not what somebody is from."""
    out = []
    for place in reading.parsed.places:
        if place.start is None or place.end is None:
            continue
        indices = reading.span_tokens(place.start, place.end)
        head = next((reading.doc[i] for i in indices if reading.doc[i].head.i not in indices), None)
        if head is not None and head.dep_ == "pobj" and head.head.lower_ in words(head, "at"):
            out.append(place)
    return out


def generic_place(reading: Reading, head: Token) -> Place | None:
    """What a short form stands for: "the country", "the base", "there": the nearest earlier place of that sort."""
    lemma = content_head(head).lemma_.lower()
    wanted = reading.lexicon.generic_places.get(lemma)
    if wanted is None:
        inner = [p for prep in head.children if prep.dep_ == "prep" for p in prep.children if p.dep_ == "pobj"]
        for pobj in inner:
            if pobj.lemma_.lower() in reading.lexicon.generic_places:
                return generic_place(reading, pobj)
        return None
    if any(c.dep_ == "det" and c.lower_ in ("a", "an", "another", "each", "every") for c in head.children):
        named = _later_name(reading, head, wanted)
        return _as_written(reading, head, named) if named is not None else None
    if wanted == (Precision.COUNTRY,):
        home = _of_owner(reading, head) or _home(reading, head)
        return _as_written(reading, head, home) if home is not None else None
    antecedent: Place | None = None
    for place in reading.parsed.places:
        if place.start is not None and place.start >= head.idx:
            break
        if place.precision in wanted:
            antecedent = place
    return _as_written(reading, head, antecedent) if antecedent is not None else None


def _later_name(reading: Reading, head: Token, wanted: tuple[Precision, ...]) -> Place | None:
    """ "an airbase in Niger" that the report later names: the first site named in that country, if only one fits."""
    inner = [p for p in _places_in(reading, head) if p.precision is Precision.COUNTRY]
    if not inner or Precision.SITE not in wanted:
        return None
    named = [
        p
        for p in reading.parsed.places
        if p.precision is Precision.SITE and p.country == inner[0].country and (p.start or 0) > head.idx
    ]
    return named[0] if named else None


def _of_owner(reading: Reading, head: Token) -> Place | None:
    """ "his country", "its soil": the state of whoever owns it."""
    owner = next((c for c in head.children if c.dep_ == "poss"), None)
    actor = reading.actor(owner)
    country = by_code(actor.country) if actor is not None and actor.country is not None else None
    if country is None:
        return None
    return Place(None, None, None, country.name, country.code, None, None, Precision.COUNTRY)


def _home(reading: Reading, head: Token) -> Place | None:
    """What "the country" means here: one just named as a scene, else the country the report is about."""
    since = max(0, head.sent.start_char - 1)
    since = reading.doc[max(0, head.sent.start - 2)].sent.start_char if since else 0
    for place in reversed(scenes(reading)):
        if place.precision is Precision.COUNTRY and since <= (place.start or 0) < head.idx:
            return place
    code = reading.cast.main_country() or reading.cast.home_country(head)
    country = by_code(code) if code is not None else None
    if country is None:
        return None
    return Place(None, None, None, country.name, country.code, None, None, Precision.COUNTRY)


def _as_written(reading: Reading, head: Token, place: Place) -> Place:
    """The antecedent's place with the words that stand for it here."""
    start = min((t.idx for t in head.subtree if t.i <= head.i and not t.is_punct), default=head.idx)
    end = head.idx + len(head)
    text = reading.text[start:end]
    return Place(text, start, end, place.name, place.country, place.lat, place.lon, place.precision)
