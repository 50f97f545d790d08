"""Where: the most specific place that belongs to a finding, by the guide's rules for its kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.arguments import clause_tokens, words
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
ASKING = frozenset({Kind.REQUEST, Kind.EXPULSION})
TAKING = frozenset({Kind.ATTACK, Kind.COERCION, Kind.AID})
POLICED = frozenset({Kind.ATTACK, Kind.COERCION})
NAMED_SORTS = frozenset({Precision.SITE, Precision.SETTLEMENT, Precision.DISTRICT, Precision.PROVINCE})
EVENTS_OF = {
    Kind.ATTACK: ("told_event", "attack_event"),
    Kind.COERCION: ("told_event", "attack_event"),
    Kind.PROTEST: ("protest_event",),
    Kind.CONSULTATION: ("meeting",),
}
"""Classes of nouns that name an act of a kind, often with its place before them."""
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
    for way, how in (
        (_named_for, "named for its place"),
        (_concerned, "what is asked for"),
        (_taken_from, "taken from"),
    ):
        found = way(reading, finding)
        if found:
            return found, how
    for names, how in _orders(reading, finding.kind):
        for name in names:
            for head in finding.arguments.get(name):
                found = at_head(reading, head)
                if found:
                    return _finer(reading, finding, found), f"“{name.replace('_', ' ')}” {how}"
    if finding.kind in MADE_SOMEWHERE:
        return _signed_in(reading, finding), "where it was signed"
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


def _finer(reading: Reading, finding: Finding, found: list[Place]) -> list[Place]:
    """The finer place that the clause gives beside a wide one: "attacked a post near Gao in northern Mali"."""
    if len(found) != 1 or GRAIN[found[0].precision] < GRAIN[Precision.PROVINCE]:
        return found
    beside = [
        place
        for prep in clause_tokens(finding.token)
        if prep.dep_ == "prep" and prep.lower_ in words(prep, "at")
        for p in prep.children
        if p.dep_ == "pobj"
        for place in at_head(reading, p)[:1]
        if place.country == found[0].country and GRAIN[place.precision] < GRAIN[Precision.PROVINCE]
    ]
    return beside[:1] or found


def _named_for(reading: Reading, finding: Finding) -> list[Place]:
    """ "the Raqqa offensive", "the Geneva talks", "Karachi police": a place in the name of an event or a local body."""
    classes = reading.lexicon.classes
    events: frozenset[str] = frozenset()
    if finding.kind in EVENTS_OF:
        events = frozenset().union(*(classes[name] for name in EVENTS_OF[finding.kind]))
    args = finding.arguments
    heads = [t for t in (finding.token, *args.get("obj"), *args.get("subj")) if t.lemma_.lower() in events]
    if finding.kind in POLICED:
        heads += [t for t in args.get("subj") if t.lower_ in words(t, "local_body")]
    for head in heads:
        for child in head.lefts:
            place = reading.place_of_token.get(child.i) or _elsewhere(reading, child)
            if child.dep_ == "compound" and place is not None and GRAIN[place.precision] < GRAIN[Precision.COUNTRY]:
                return [place]
    return []


def _elsewhere(reading: Reading, token: Token) -> Place | None:
    """The place that the report means by the word elsewhere: a body's name ("Karachi Police") hides its place."""
    if token.pos_ != "PROPN":
        return None
    same = next((p for p in reading.parsed.places if p.text == token.text), None)
    return None if same is None else replace(same, start=token.idx, end=token.idx + len(token))


def _concerned(reading: Reading, finding: Finding) -> list[Place]:
    """The place of what is asked for: "urged Turkey to raise security at the mission in Ankara"."""
    if finding.kind not in ASKING:
        return []
    clauses = [*finding.arguments.get("xcomp"), *finding.arguments.get("ccomp")]
    inner = [
        place
        for clause in clauses
        for prep in clause_tokens(clause)
        if prep.dep_ == "prep" and prep.lower_ in words(prep, "at") | words(prep, "leaving")
        for p in prep.children
        if p.dep_ == "pobj"
        for place in at_head(reading, p)
    ]
    best = _finest(inner)
    return [best] if best is not None and GRAIN[best.precision] < GRAIN[Precision.COUNTRY] else []


def _signed_in(reading: Reading, finding: Finding) -> list[Place]:
    """ "signed a ceasefire in Jeddah": the parser hangs the town on the accord."""
    if finding.kind is not Kind.AGREEMENT or finding.token.lemma_.lower() not in words(finding.token, "signing"):
        return []
    inner = [
        reading.place_of_token[p.i]
        for head in finding.arguments.get("obj")
        for prep in head.children
        if prep.dep_ == "prep" and prep.lower_ in ("in", "at")
        for p in prep.children
        if p.i in reading.place_of_token
    ]
    best = _finest(inner)
    return [best] if best is not None and GRAIN[best.precision] < GRAIN[Precision.PROVINCE] else []


def _taken_from(reading: Reading, finding: Finding) -> list[Place]:
    """ "evacuated women from the town", "took tanks from the airfield": where it was; not of ground that is taken."""
    if finding.kind not in TAKING or finding.token.lemma_.lower() not in words(finding.token, "taking"):
        return []
    if any(head.i in reading.place_of_token for head in finding.arguments.get("obj")) or _ground(reading, finding):
        return []
    objects = [t for head in finding.arguments.get("obj") for t in (head, *head.conjuncts)]
    hung = [p for t in objects for c in t.children if c.lower_ in words(t, "leaving") for p in c.children]
    found = [place for head in (*finding.arguments.get("from"), *hung) for place in at_head(reading, head)]
    return [place for place in found if GRAIN[place.precision] < GRAIN[Precision.COUNTRY]]


def _orders(reading: Reading, kind: Kind) -> list[tuple[tuple[str, ...], str]]:
    at, toward, away = (reading.lexicon.ordered[name] for name in ("at", "toward", "away"))
    if kind in LEAVING:
        return [(away, "left"), (at, "at the verb")]
    if kind in ARRIVING:
        return [(toward, "reached"), (at, "at the verb")]
    if kind in MADE_SOMEWHERE:
        return [(("in", "at"), "at the verb")]
    return [(at, "at the verb"), (toward, "at the verb")]


def at_head(reading: Reading, head: Token) -> list[Place]:
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
    called = _called(reading, head)
    if called is not None:
        return [called]
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


def _called(reading: Reading, head: Token) -> Place | None:
    """ "the villages of Nuli and Avnevi", "the village of Prisi": named with what it is, known to the gazetteer or not.

    Several are one place, as one noun holds them. A name the gazetteer lacks gets no point, and the state of the
    places around it, else that of the report.
    """
    wanted = reading.lexicon.generic_places.get(head.lemma_.lower(), ())
    if not NAMED_SORTS.intersection(wanted) or Precision.COUNTRY in wanted:
        return None
    first = next((p for c in head.children if c.dep_ == "prep" and c.lower_ == "of" for p in c.children), None)
    if first is None or first.pos_ != "PROPN":
        return None
    names = [first, *(c for c in first.conjuncts if c.pos_ == "PROPN" and head.tag_ == "NNS")]
    known = [reading.place_of_token.get(n.i) for n in names]
    if len(names) == 1 and known[0] is not None:
        return None
    around = [p for p in _places_in(reading, head) if p not in known and p.country is not None]
    code = around[0].country if around else next((p.country for p in known if p is not None and p.country), None)
    spans = [(min([n.idx, *(c.idx for c in n.lefts if c.dep_ == "compound")]), n.idx + len(n)) for n in names]
    name = " and ".join(reading.text[start:end] for start, end in spans)
    code = code or reading.cast.home_country(head) or reading.cast.main_country()
    sort = Precision.REGION if len(names) > 1 else wanted[0]
    start, end = spans[0][0], spans[-1][1]
    return Place(reading.text[start:end], start, end, name, code, None, None, sort)


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
            found = at_head(reading, head)
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
                for place in at_head(reading, p)
            ]
            if inner:
                best = _finest(inner)
                return [best] if best is not None else []
            if name == "of" and head.i in reading.place_of_token and finding.token.pos_ == "NOUN":
                return at_head(reading, head)
    return []


def _ground(reading: Reading, finding: Finding) -> list[Place]:
    """The object itself when it is ground: "seized Mosul", "entered the base"."""
    if finding.kind not in GROUND_KINDS:
        return []
    ground = reading.lexicon.classes["ground"]
    for head in finding.arguments.get("obj"):
        lemma = content_head(head).lemma_.lower()
        if head.i in reading.place_of_token or lemma in reading.lexicon.generic_places or lemma in ground:
            found = at_head(reading, head)
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
                    found = at_head(reading, pobj) if pobj.dep_ == "pobj" else []
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
    return [], ""


def scene_before(reading: Reading, finding: Finding) -> tuple[list[Place], str]:
    """The nearest scene named before, for an act of nobody named."""
    if finding.kind not in CARRYING or finding.kind is Kind.CONSULTATION:
        return [], ""
    if finding.actor is not None or finding.recipient is not None:
        return [], ""
    sentence = finding.token.sent
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
        if head is not None and head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.dep_ == "pobj":
            sort = head.head.head  # "in the city of X"
            head = sort if sort.lemma_.lower() in reading.lexicon.generic_places else head
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
    if head.tag_ == "NNS" and any(c.dep_ == "nummod" for c in head.children):
        return None
    antecedent: Place | None = None
    for place in reading.parsed.places:
        if place.start is not None and place.start >= head.idx:
            break
        if place.precision in wanted and not _speaks(reading, place):
            antecedent = place
    return _as_written(reading, head, antecedent) if antecedent is not None else None


def _speaks(reading: Reading, place: Place) -> bool:
    """A capital that stands for its government: "Tbilisi says"."""
    indices = reading.span_tokens(place.start or 0, place.end or 0)
    return any(reading.doc[i].dep_ == "nsubj" and reading.actor(reading.doc[i]) is not None for i in indices)


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
