"""What place a word stands for: the name itself, one inside its phrase, or what a short form means ("the base")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.conditions import content_head
from dateline.extract.place_borders import border
from dateline.extract.place_facilities import facility, in_town
from dateline.extract.place_recalled import capital, shared_site, told_of, written_from
from dateline.extract.reading import Reading
from dateline.lexicon.countries import by_code
from dateline.model import Kind, Place, Precision, Sector
from dateline.parse.forms import means, pivot

TOWN_REACH = 2
"""Sentences back within which "the city" is the town named last."""

if TYPE_CHECKING:
    from spacy.tokens import Token

STANDING_IN = frozenset({Precision.SITE, Precision.DISTRICT})
NAMED_SORTS = frozenset({Precision.SITE, Precision.SETTLEMENT, Precision.DISTRICT, Precision.PROVINCE})
GRAIN = {
    Precision.SITE: 0,
    Precision.DISTRICT: 1,
    Precision.SETTLEMENT: 2,
    Precision.PROVINCE: 3,
    Precision.COUNTRY: 4,
    Precision.REGION: 5,
}
"""How fine a precision is, the finest 0."""


def at_head(reading: Reading, head: Token) -> list[Place]:
    """Places named by a prepositional object: the name itself, a name inside it, or what a short form stands for."""
    place = reading.place_of_token.get(head.i)
    if place is not None:
        return _by_name(reading, head, place)
    if is_occasion(head):
        return []
    site = facility(reading, head) or border(reading, head)
    if site is not None:
        return [site]
    if head.pos_ == "PROPN" and reading.actor(head) is not None:
        return []
    called = _called(reading, head)
    if called is not None:
        return [called]
    return _described(reading, head)


def is_occasion(head: Token) -> bool:
    """Whether a noun behind a preposition tells why or when, not where: "in response to the blast in Kabul"."""
    return head.dep_ == "pobj" and head.tag_ == "NN" and means(head, *words(head, "occasion"))


def _by_name(reading: Reading, head: Token, place: Place) -> list[Place]:
    """The place that a word names, or the finer one in its phrase, and those joined to it."""
    if place.country is None:  # "the Sahel state": a country named by where it lies
        home = generic_place(reading, head)
        if home is not None:
            return [home]
    if place.precision in STANDING_IN and place.lat is None and place.start is not None:
        indices = reading.span_tokens(place.start, place.end or place.start)
        return [in_town(reading, place, reading.doc[indices[0]], reading.doc[indices[-1]])]
    finer = finest([p for p in _places_in(reading, head) if p.start != place.start])
    best = finer if finer is not None and grain(finer) < grain(place) else place
    return [best, *(reading.place_of_token[c.i] for c in head.conjuncts if c.i in reading.place_of_token)]


def _described(reading: Reading, head: Token) -> list[Place]:
    """Where a thing is that has no name of its own: by the places in its phrase, or what a short form stands for."""
    shared = shared_site(reading, head)
    if shared is not None:
        return [_as_written(reading, head, shared)]
    played = head.lemma_.lower() in reading.lexicon.classes["exercise"] | reading.lexicon.classes["game_word"]
    called = {c.i for c in head.lefts if c.dep_ == "compound"} if played else set()
    inner = [p for p in _places_in(reading, head) if not called & set(reading.span_tokens(p.start or 0, p.end or 0))]
    within = finest([*(_town_of(reading, p) or p for p in inner), *_called_within(reading, head)])
    if Precision.SITE in reading.lexicon.generic_places.get(content_head(head).lemma_.lower(), ()):
        site = generic_place(reading, head)
        finer = site is not None and within is not None and GRAIN[site.precision] < GRAIN[within.precision]
        if site is not None and (within is None or (finer and site.country == within.country)):
            return [site]
    if within is not None and reading.actor(head) is None:
        return [within]
    seat = capital(reading, head) or _in_the_capital(reading, head)
    if seat is not None:
        return [seat]
    if reading.actor(head) is not None and head.lemma_.lower() not in reading.lexicon.generic_places:
        town = _generic_within(reading, head)
        return [town] if town is not None else []
    generic = generic_place(reading, head) or _told_before(reading, head)
    return [generic] if generic is not None else []


def _in_the_capital(reading: Reading, head: Token) -> Place | None:
    """The seat of government that a part of it is of: "on the streets of the capital"."""
    inner = (p for c in head.rights if c.dep_ == "prep" and pivot(c) in ("of", "in") for p in c.children)
    return next((seat for p in inner if (seat := capital(reading, p)) is not None), None)


def _town_of(reading: Reading, land: Place) -> Place | None:
    """The town told of that "India's financial capital" or "the country's second city" means, by what it is of."""
    if GRAIN[land.precision] < GRAIN[Precision.PROVINCE] or land.country is None:
        return None
    indices = reading.span_tokens(land.start or 0, land.end or 0)
    owner = next((reading.doc[i] for i in indices if reading.doc[i].head.i not in indices), None)
    head = owner.head if owner is not None and owner.dep_ in ("poss", "amod", "compound", "nmod") else None
    if head is None or head.tag_ != "NN" or not means(head, "capital", "city", "town", "port"):
        return None
    if any(i in reading.place_of_token for i in (head.i + 1, head.i + 2)):
        return None  # "Myanmar's capital Naypyitaw"
    named = [p for p in reading.parsed.places if p.precision is Precision.SETTLEMENT and (p.start or 0) < head.idx]
    inside = [p for p in named if p.country == land.country]
    meant = inside[-1] if inside else written_from(reading)
    return _as_written(reading, head, meant) if meant is not None and meant.country == land.country else None


def _called_within(reading: Reading, head: Token) -> list[Place]:
    """The town or site, known to nobody, that a thing is in: "a packed mosque in the town of Zarma"."""
    inner = [p for c in head.children if c.dep_ == "prep" and pivot(c) in words(c, "at") for p in c.children]
    found = (facility(reading, p) or border(reading, p) or _called(reading, p) for p in inner if p.dep_ == "pobj")
    return [place for place in found if place is not None]


def _generic_within(reading: Reading, head: Token) -> Place | None:
    """The town of a body's house: "marched to the party's offices in the city"."""
    if head.lemma_.lower() not in words(head, "standing"):
        return None
    inner = [p for c in head.subtree if c.dep_ == "prep" and pivot(c) in words(c, "at") for p in c.children]
    found = (generic_place(reading, p) for p in inner if p.lemma_.lower() in reading.lexicon.generic_places)
    return next((place for place in found if place is not None), None)


def _told_before(reading: Reading, head: Token) -> Place | None:
    """Where the thing is that a bare "the hotel" speaks of again: "outside a hotel in Mogadishu ... the hotel"."""
    for earlier in told_of(reading, head):
        named = reading.place_of_token.get(earlier.i) or finest(_places_in(reading, earlier))
        if named is not None:
            return _as_written(reading, head, named) if GRAIN[named.precision] < GRAIN[Precision.COUNTRY] else None
    return None


def _called(reading: Reading, head: Token) -> Place | None:
    """ "the villages of Ouro and Banki", "the village of Zarma": named with what it is, known to the gazetteer or not.

    Several are one place, as one noun holds them. A name the gazetteer lacks gets no point, and the state of the
    places around it, else that of the report.
    """
    wanted = reading.lexicon.generic_places.get(head.lemma_.lower(), ())
    if head.lemma_.lower() in words(head, "parts_of_towns"):
        wanted = (Precision.DISTRICT,)
    if not NAMED_SORTS.intersection(wanted) or Precision.COUNTRY in wanted:
        return None
    first = next((p for c in head.children if c.dep_ == "prep" and pivot(c) == "of" for p in c.children), None)
    if first is None or first.pos_ != "PROPN":
        return None
    names = [first, *(c for c in first.conjuncts if c.pos_ == "PROPN" and head.tag_ == "NNS")]
    known = [reading.place_of_token.get(n.i) for n in names]
    if len(names) == 1 and known[0] is not None:
        return known[0] if head.lemma_.lower() in words(head, "parts_of_towns") else None
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
            counted_on = child.dep_ == "appos" and child.pos_ == "NUM"  # "2,500 in the Sahel, 1,000 in Chad"
            if child.dep_ in ("relcl", "acl", "conj", "amod") or counted_on or _with_party(child):
                continue
            stack.append(child)
    return [found[k] for k in sorted(found)]


def _with_party(prep: Token) -> bool:
    """Whether what follows is a party, not where: "talks with Moscow", "the border with Mali"."""
    return prep.dep_ == "prep" and pivot(prep) == "with"


def grain(place: Place) -> float:
    """How fine a place is; a part of a country without bounds ("the Nuba mountains") is finer than the country."""
    part = place.precision is Precision.REGION and place.country is not None
    return GRAIN[Precision.COUNTRY] - 0.5 if part else GRAIN[place.precision]


def finest(places: list[Place]) -> Place | None:
    """The most specific place, the first of equals: reports go from the finer to the wider.

    A district is a part of the town after it ("the Karrada district of Baghdad", "Baghdad's Karrada district"), or
    the land around the one before it ("the town of Jamrud in Khyber district").
    """
    best = min(places, key=grain, default=None)
    towns = [p for p in places if p.precision is Precision.SETTLEMENT]
    if best is None or best.precision is not Precision.DISTRICT or not towns:
        return best
    around = min(towns, key=lambda p: p.start or 0)
    ahead = (best.start or 0) - (around.end or 0)
    return around if ahead > len("'s ") else best


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
    if any(c.dep_ == "det" and pivot(c) in ("a", "an", "another", "each", "every") for c in head.children):
        named = _later_name(reading, head, wanted)
        return _as_written(reading, head, named) if named is not None else None
    if wanted == (Precision.COUNTRY,) and head.tag_ == "NNS":
        return None  # "other countries"
    if wanted == (Precision.COUNTRY,):
        home = _of_owner(reading, head) or _home(reading, head)
        return _as_written(reading, head, home) if home is not None else None
    if head.tag_ == "NNS" and any(c.dep_ == "nummod" for c in head.children):
        return None
    before = [p for p in reading.parsed.places if p.start is not None and p.start < head.idx]
    candidates = [p for p in before if p.precision in wanted and not _speaks(reading, p)]
    for kept in (_of_many_states(head, wanted), _is_elsewhere(reading), _is_known):
        candidates = [p for p in candidates if kept(p)] or candidates
    if head.pos_ == "ADV":
        candidates = _sites_before(reading, head) or _where_told(reading, head) or candidates
    antecedent = candidates[-1] if candidates else None
    if wanted == (Precision.SETTLEMENT,) and candidates:
        antecedent = _called_so(reading, head, candidates) or _town_meant(head, candidates)
    if antecedent is None and (wanted == (Precision.SETTLEMENT,) or means(head, "there")):
        antecedent = written_from(reading)
    return _as_written(reading, head, antecedent) if antecedent is not None else None


def _of_many_states(head: Token, wanted: tuple[Precision, ...]) -> Callable[[Place], bool]:
    """What tells whether a place can be "the region" that somebody goes to: one of several states, if it may be."""
    gone_to = Precision.REGION in wanted and head.dep_ == "pobj" and pivot(head.head) == "to"
    return lambda place: not gone_to or (place.precision is Precision.REGION and place.country is None)


def _is_known(place: Place) -> bool:
    """Whether anything tells in which state a place lies."""
    return place.country is not None


def _is_elsewhere(reading: Reading) -> Callable[[Place], bool]:
    """What tells whether a place is more than where something is said."""

    def told_of_itself(place: Place) -> bool:
        indices = reading.span_tokens(place.start or 0, place.end or 0)
        head = next((reading.doc[i] for i in indices if reading.doc[i].head.i not in indices), None)
        return head is None or not _of_the_telling(reading, place, head)

    return told_of_itself


def _sites_before(reading: Reading, head: Token) -> list[Place]:
    """The sites that the same sentence names before "there": "gathered in Independence Square, and one died there"."""
    behind = (t for t in head.sent if t.i < head.i and t.dep_ == "pobj" and pivot(t.head) in words(t, "at"))
    found = (facility(reading, t) for t in behind if t.i not in reading.place_of_token)
    return [site for site in found if site is not None]


def _where_told(reading: Reading, head: Token) -> list[Place]:
    """What "there" may be: places told as the scene of something, not in a clause on the side nor as somebody's own."""
    found = []
    for place in scenes(reading):
        if (place.start or 0) >= head.idx:
            break
        indices = reading.span_tokens(place.start or 0, place.end or 0)
        if indices and not any(t.dep_ == "relcl" for t in reading.doc[indices[0]].ancestors):
            found.append(place)
    return found


def _called_so(reading: Reading, head: Token, named: list[Place]) -> Place | None:
    """The last place that the report calls by the same word: "the town of Slaviansk ... the town"."""
    for place in reversed(named):
        indices = reading.span_tokens(place.start or 0, place.end or 0)
        over = [t for i in indices for t in (reading.doc[i], *list(reading.doc[i].ancestors)[:2])]
        if any(t.lemma_ == head.lemma_ and t.pos_ == "NOUN" and t.i < head.i for t in over):
            return place
    return None


def _town_meant(head: Token, named: list[Place]) -> Place:
    """What "the city" is: a town named in this sentence or just before, else the one the report names most."""
    sentence = head.sent.start
    for _ in range(TOWN_REACH):
        sentence = head.doc[sentence - 1].sent.start if sentence > 0 else 0
    if (named[-1].start or 0) >= head.doc[sentence].idx:
        return named[-1]
    told = Counter(p.name for p in named)
    return max(reversed(named), key=lambda p: told[p.name])


def _speaks(reading: Reading, place: Place) -> bool:
    """A capital that stands for its government: "Tbilisi says"."""
    indices = reading.span_tokens(place.start or 0, place.end or 0)
    return any(reading.doc[i].dep_ == "nsubj" and reading.actor(reading.doc[i]) is not None for i in indices)


def unnamed_place(reading: Reading, head: Token) -> bool:
    """Whether a phrase says where without a name: "in a refugee camp", "in several towns", "at two bases"."""
    sorts = reading.lexicon.generic_places.get(content_head(head).lemma_.lower(), ())
    if not sorts or head.i in reading.place_of_token:
        return False
    if Precision.COUNTRY in sorts and not any(pivot(c) in words(head, "different") for c in head.lefts):
        return False
    some = head.tag_ == "NNS" or any(pivot(c) in ("a", "an", "another", "one") for c in head.lefts)
    return some and not _places_in(reading, head)


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
    own = _who_leaves(reading, head)
    if own is not None and own == code:
        code = reading.cast.home_country(head, but=own)
    country = by_code(code) if code is not None else None
    if country is None:
        return None
    return Place(None, None, None, country.name, country.code, None, None, Precision.COUNTRY)


def _who_leaves(reading: Reading, head: Token) -> str | None:
    """The state of the forces that leave "the country", which is not their own."""
    verb = head.head
    if head.dep_ != "dobj" or not means(verb, "leave", "quit", "exit", "enter"):
        return None
    movers = (reading.actor(c) for c in verb.lefts if c.dep_ == "nsubj")
    return next((a.country for a in movers if a is not None and a.sector in (Sector.MIL, Sector.POL)), None)


def _as_written(reading: Reading, head: Token, place: Place) -> Place:
    """The antecedent's place with the words that stand for it here."""
    start = min((t.idx for t in head.subtree if t.i <= head.i and not t.is_punct), default=head.idx)
    end = head.idx + len(head)
    text = reading.text[start:end]
    return Place(text, start, end, place.name, place.country, place.lat, place.lon, place.precision)


def scenes(reading: Reading) -> list[Place]:
    """Places that say where something is: after a locative preposition, not what somebody is from."""
    out = []
    for place in reading.parsed.places:
        if place.start is None or place.end is None:
            continue
        indices = reading.span_tokens(place.start, place.end)
        head = next((reading.doc[i] for i in indices if reading.doc[i].head.i not in indices), None)
        if head is not None and head.dep_ == "pobj" and pivot(head.head) == "of" and head.head.head.dep_ == "pobj":
            sort = head.head.head  # "in the city of X"
            sorts = reading.lexicon.generic_places.keys() | words(sort, "ruled")
            head = sort if sort.lemma_.lower() in sorts else head
        if head is None or head.dep_ != "pobj" or _of_the_telling(reading, place, head) or _resented(reading, head):
            continue
        entered = pivot(head.head) in words(head, "inward") and GRAIN[place.precision] < GRAIN[Precision.COUNTRY]
        if entered or pivot(head.head) in words(head, "at"):
            out.append(place)
    seats = [reading.doc[i] for i in reading.capital_words]
    found = (capital(reading, t) for t in seats if t.dep_ == "pobj" and pivot(t.head) in words(t, "at"))
    more = [place for place in found if place is not None]
    return sorted([*out, *more], key=lambda place: place.start or 0) if more else out


def _resented(reading: Reading, head: Token) -> bool:
    """Whether a place belongs to what a crowd is against: "staged a sit-in to protest against the war in Gaza"."""
    for above in head.ancestors:
        if above.pos_ == "VERB":
            return False
        if above.dep_ == "prep" and pivot(above) in ("against", "over"):
            told = reading.lexicon.verbs.get(above.head.lemma_.lower(), ())
            return any(trigger.kind is Kind.PROTEST for trigger in told)
    return False


def _of_the_telling(reading: Reading, place: Place, head: Token) -> bool:
    """Whether a place is only where something is said, or where a speaker works.

    "told reporters in Kinshasa"; "doctors at Salmaniya hospital said".
    """
    if head.i in reading.speakers:
        return False
    sources = {source.i for source in reading.speakers.values()}
    for above in head.ancestors:
        if above.i in sources:
            return place.precision is Precision.SITE and above == head.head.head
        if above.pos_ in ("VERB", "AUX"):
            return any(c.i in sources and c.dep_ == "nsubj" for c in above.children)
    return False
