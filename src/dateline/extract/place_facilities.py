"""Sites that a report names by what they are: "the Al-Rashid Hotel in Baghdad", "the Turkish embassy in Moscow".

No gazetteer lists most of them. The guide wants the most specific place given, so that the site is the place, with
the town it stands in as a part of its name; the town's point is its point, as far off as a town is wide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.reading import Reading
from dateline.model import Place, Precision
from dateline.parse.forms import neighbour, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

TOWN_WIDTH = 10_000
"""Metres from the point of a town within which what stands in it lies."""
LONGEST = 6
"""Words of the longest name of a site."""
_BETWEEN = frozenset({"ADP", "DET", "ADJ", "NOUN", "PROPN"})
"""Parts of speech that may stand between a site and its town: "in the Iraqi city of"."""
_TOWNS = frozenset({Precision.SETTLEMENT, Precision.DISTRICT})
_WIDER = frozenset({Precision.PROVINCE, Precision.COUNTRY, Precision.REGION})


def facility(reading: Reading, head: Token) -> Place | None:
    """The site that a phrase names with a proper name and what it is; None for "a hotel", "the hospital"."""
    if head.tag_ in ("NNS", "NNPS") or head.i in reading.place_of_token or head.dep_ == "compound":
        return None
    first, last = _first(reading, head), head
    if first is None:
        first, last = _led(reading, head), _last(head)
    if first is None or (last == head and head.ent_type_ == "PERSON"):
        return None
    start, end = first.idx, last.idx + len(last)
    called = " ".join(reading.text[start:end].split())
    return in_town(reading, Place(called, start, end, called, None, None, None, Precision.SITE), first, last)


def in_town(reading: Reading, site: Place, first: Token, last: Token) -> Place:
    """A site or quarter without a point of its own, from its first to its last word, with the town beside it."""
    around = list(_around(reading, first, last))
    town = next((p for p in around if p.precision in _TOWNS), None)
    if town is not None and site.country in (None, town.country):
        name = site.name if town.name in site.name else f"{site.name}, {town.name}"
        far = None if town.lat is None else max(town.uncertainty or 0, TOWN_WIDTH)
        return replace(site, name=name, country=town.country, lat=town.lat, lon=town.lon, uncertainty=far)
    code = next((p.country for p in around if p.precision in _WIDER and p.country is not None), None)
    code = site.country or code or reading.cast.main_country() or reading.cast.home_country(last)
    return replace(site, country=code)


def _led(reading: Reading, head: Token) -> Token | None:
    """What a site is where it stands before its name: "Hotel Bristol", "the University of Garissa"."""
    sorts = words(head, "facilities")
    if head.pos_ != "PROPN" or reading.cast.country(head) is not None:
        return None
    if head.lemma_.lower() in sorts and _last(head) != head:
        return head
    first = next((c for c in head.lefts if c.dep_ == "compound"), None)
    named = first is not None and first.text[0].isupper() and first.lemma_.lower() in sorts
    return first if named and head.ent_type_ != "PERSON" else None


def _last(head: Token) -> Token:
    """The last word of a name that goes on with "of": "the Church of the Nativity"."""
    if head.lemma_.lower() not in words(head, "facilities"):
        return head
    joins = (c for c in head.rights if pivot(c) == "of" and c.i == head.i + 1)
    return next((p for c in joins for p in c.children if p.pos_ == "PROPN" and p.text[0].isupper()), head)


def _first(reading: Reading, head: Token) -> Token | None:
    """The first word of the name before what a site is: "Al" of "Al-Rashid Hotel"; of an embassy, whose it is."""
    if head.lemma_.lower() not in words(head, "facilities"):
        return None
    at = head.i
    while at > head.sent.start and head.i - at < LONGEST and _of_name(head.doc[at - 1], head):
        at -= 1
    first = head.doc[at]
    before = [t for t in head.doc[at : head.i] if t.text[0].isupper()]
    states = any(reading.cast.country(t) is not None for t in before)
    if head.lemma_.lower() in words(head, "posted_abroad"):
        return first if states else None
    title = head.text[0].isupper() and not states and any(t.i > head.sent.start and t.pos_ == "ADJ" for t in before)
    return first if title or any(t.pos_ == "PROPN" for t in before) else None


def _of_name(word: Token, head: Token) -> bool:
    """Whether a word before a head goes on with its name."""
    if word.pos_ == "PROPN" or word.text in ("-", "'", "’"):
        return True
    if word.text[:1].isupper() and word.pos_ in ("ADJ", "NOUN", "VERB"):
        return True
    lower = word.lower_ in words(head, "facility_sorts")
    return lower or (word.lower_ in ("al", "el", "de", "bin", "of", "and", "the") and _inside(word))


def _inside(word: Token) -> bool:
    """Whether a small word stands between capitalised words of a name."""
    before = neighbour(word, -1)
    return before is not None and before.pos_ == "PROPN" and before.text[:1].isupper() and word.lower_ not in ("the",)


def _around(reading: Reading, first: Token, last: Token) -> Iterator[Place]:
    """The places that a site is said to stand in: right after it, or the town it is called by."""
    doc = last.doc
    for word in doc[last.i + 1 : min(last.sent.end, last.i + 1 + LONGEST)]:
        place = reading.place_of_token.get(word.i)
        if place is not None:
            yield place
            break
        if word.text != "," and word.pos_ not in _BETWEEN:
            break
    for token in doc[first.i : last.i]:
        place = reading.place_of_token.get(token.i)
        if place is not None and _of_the_report(reading, place):
            yield place
    owners = [reading.place_of_token.get(c.i) for c in last.lefts if c.dep_ == "poss"]
    yield from (p for p in owners if p is not None)  # "Mosul's Old City"
    if any(c.dep_ == "poss" and _town(reading, c) for c in last.lefts):
        told = [p for p in reading.parsed.places if p.precision is Precision.SETTLEMENT and (p.start or 0) < first.idx]
        yield from told[-1:]


def _of_the_report(reading: Reading, place: Place) -> bool:
    """Whether the report tells of other things in the state of the town that a site is called by.

    "Westgate centre" in a report from Nairobi is not in the Westgate of another state.
    """
    others = (p for p in reading.parsed.places if p.text != place.text)
    home = (reading.cast.main_country(), reading.cast.dateline)
    return place.country is not None and (place.country in home or any(p.country == place.country for p in others))


def _town(reading: Reading, word: Token) -> bool:
    """Whether a word is for a town told of: "the city's Independence Square"."""
    return reading.lexicon.generic_places.get(word.lemma_.lower()) == (Precision.SETTLEMENT,)
