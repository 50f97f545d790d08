"""Where a report names a place: spans of tokens, before it is known which place each of them is.

The parser's GPE, LOC and FAC spans, the gazetteer's names it missed or took for something else, names
with a generic head ("Tabqa dam", "the Diffa region") and parts of countries ("northern Mali").
A name inside an organisation counts only where it is used as a place; surnames never do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dateline.lexicon.countries import by_demonym, by_name, named, territory
from dateline.lexicon.gazetteer import lookup
from dateline.lexicon.place_words import PlaceWords, place_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
LONGEST = 6
"""Tokens of the longest name that is looked up."""

STRONG = 4.5
"""Prior (about log10 of population) from which a name the parser took for something else is a place."""

_NOT_HEADED = frozenset({"NORP", "PERSON", "DATE", "CARDINAL", "ORDINAL", "TIME"})
_JOINERS = frozenset({"of", "and", "the", "a", "an", "in", "or"})
_ATTRIBUTES = frozenset({"compound", "amod", "nmod", "poss"})
_MARKS = frozenset("-'’–")


class Shape(StrEnum):
    """What the words around a name say it is."""

    PLAIN = "plain"
    SITE = "site"
    AIRFIELD = "airfield"
    PROVINCE = "province"
    DISTRICT = "district"
    SETTLEMENT = "settlement"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Naming:
    """A mention of a place: its span in the text, the bare name to look up, and what its words say it is."""

    start: int
    end: int
    name: str
    shape: Shape
    label: str
    spoken: str
    """The mention as written, blanks normalised."""


@dataclass(frozen=True, slots=True)
class View:
    """The tokens of a document as plain lists, with the parser's entity at each of them."""

    doc: Doc
    text: str
    words: list[str]
    lower: list[str]
    capital: list[bool]
    starts: list[int]
    ends: list[int]
    entity: list[tuple[int, int, str]]
    persons: frozenset[str]
    """Words of the report's multi-word person names."""
    named: frozenset[str]
    """Names the parser takes for places somewhere in the report."""
    speaks_of: Counter[str]
    """Countries by their one-word names and demonyms."""

    def alone(self, first: int, last: int) -> bool:
        """Whether no capitalised word adjoins tokens `first` to `last`, but for a preposition in a title."""
        before = first == 0 or not self.capital[first - 1] or self.lower[first - 1] in place_words().locatives
        after = last >= len(self.words) or not self.capital[last]
        return before and after and not self.hyphened(last, last + 1) and not self.hyphened(first - 1, first - 2)

    def hyphened(self, at: int, beyond: int) -> bool:
        """Whether a hyphen at token `at` joins a capitalised token `beyond` it."""
        inside = min(at, beyond) >= 0 and max(at, beyond) < len(self.words)
        return inside and self.words[at] in _MARKS and self.capital[beyond]

    def spoken(self, first: int, last: int) -> str:
        """The words of tokens `first` to `last` (exclusive), blanks normalised."""
        return " ".join(self.text[self.starts[first] : self.ends[last - 1]].split())


_NO_ENTITY = (-1, -1, "")


def view(doc: Doc) -> View:
    """The lists that recognition works on."""
    words = [token.text for token in doc]
    starts = [token.idx for token in doc]
    entity = [_NO_ENTITY] * len(words)
    persons: set[str] = set()
    places: set[str] = set()
    for span in doc.ents:
        bounds = (span.start, span.end, span.label_)
        entity[span.start : span.end] = [bounds] * (span.end - span.start)
        if span.label_ == "PERSON" and span.end - span.start > 1 and span[0].lower_ not in place_words().locatives:
            persons.update(words[span.start : span.end])
        elif span.label_ in PLACE_LABELS:
            places.add(span.text)
    capital = [word[0].isupper() for word in words]
    states = (by_name(w) or by_demonym(w) for w, upper in zip(words, capital, strict=True) if upper)
    return View(
        doc,
        doc.text,
        words,
        [word.lower() for word in words],
        capital,
        starts,
        [start + len(word) for start, word in zip(starts, words, strict=True)],
        entity,
        frozenset(persons),
        frozenset(places),
        Counter(state.code for state in states if state is not None),
    )


def namings(seen: View) -> Iterator[Naming]:
    """Every mention of a place, in order, without overlap."""
    at = 0
    size = len(seen.words)
    words = place_words()
    while at < size:
        if not _starts_run(seen, at, words):
            at += 1
            continue
        end = _run_end(seen, at, words)
        yield from _in_run(seen, at, end, words)
        at = end


def _starts_run(seen: View, at: int, words: PlaceWords) -> bool:
    """Whether a run of capitalised words starts at a token ("al-Tanf" and "airbase 101" too)."""
    if seen.capital[at]:
        return True
    following = seen.words[at + 1 : at + 3]
    if seen.lower[at] in ("al", "el", "ad", "as", "ar", "at", "an") and len(following) == 2:
        return following[0] == "-" and seen.capital[at + 2]
    for size, number in enumerate(following, 1):
        if number.isdigit() and " ".join(seen.lower[at : at + size]) in words.site_leads:
            return True
    return False


def _run_end(seen: View, first: int, words: PlaceWords) -> int:
    """The end of the run of capitalised words, with particles and hyphens inside it."""
    end = at = first + 1
    size = min(len(seen.words), first + 12)
    while at < size:
        if seen.capital[at] or (seen.words[at].isdigit() and len(seen.words[at]) <= 3):
            end = at + 1
        elif seen.lower[at] not in words.particles and seen.words[at] not in _MARKS:
            break
        at += 1
    return end


def _in_run(seen: View, first: int, end: int, words: PlaceWords) -> Iterator[Naming]:
    """The mentions inside one run of capitalised words."""
    at = first
    while at < end:
        if at > first and not seen.capital[at]:
            at += 1
            continue
        found, after = _at(seen, (first, end), at, words)
        if found is not None:
            yield found
        at = max(after, at + 1)


def _at(seen: View, run: tuple[int, int], at: int, words: PlaceWords) -> tuple[Naming | None, int]:
    """The longest mention starting at a token of a run, and where to go on."""
    if seen.lower[at] == "the" and (_is_state(seen.spoken(at, run[1])) or not lookup(seen.spoken(at, at + 2))):
        return None, at + 1
    limit = min(run[1], at + LONGEST)
    for end in range(limit, at, -1):
        if seen.lower[end - 1] in words.particles and not seen.capital[end - 1]:
            continue
        name = seen.spoken(at, end)
        if name.casefold().rstrip(".") in words.blocked:
            return None, at + 1
        known = _known(name)
        headed = _headed(seen, (at, end), known=known, words=words)
        if headed is not None:
            return headed, end + words.head_at(seen.lower, end)
        if known:
            accepted = _accepted(seen, (at, end), words)
            return (_plain(seen, at, end, words) if accepted else None), end
        if by_demonym(name) is not None:
            return None, end
    return _from_parser(seen, at, words)


def _known(name: str) -> bool:
    """Whether a country, territory or place of the gazetteer has the name."""
    return bool(named(name)) or territory(name) is not None or (len(name) > 2 and bool(lookup(name)))


def _is_state(name: str) -> bool:
    return bool(named(name)) or territory(name) is not None


def _headed(seen: View, span: tuple[int, int], *, known: bool, words: PlaceWords) -> Naming | None:
    """A name with a generic head after it ("Tabqa dam") or a lead before it ("Camp Taji")."""
    at, end = span
    name = seen.spoken(at, end)
    label = seen.entity[at][2]
    alone = seen.alone(at, end)
    lead = seen.lower[at] in words.site_leads and end - at > 1 and alone
    if lead and not known and label != "PERSON":
        return Naming(seen.starts[at], seen.ends[end - 1], name, Shape.SITE, label, name)
    size = words.head_at(seen.lower, end)
    if not size or not seen.alone(at, end + size):
        return None
    if _is_state(name) or by_demonym(name) is not None or name in seen.persons:
        return None
    shape = _head_shape(" ".join(seen.lower[end : end + size]), words)
    if shape is Shape.SETTLEMENT:
        return None
    refused = _NOT_HEADED if shape is Shape.DISTRICT and not seen.capital[end] else _NOT_HEADED | {"ORG"}
    mixed = not _JOINERS.isdisjoint(seen.lower[at:end]) or not words.roads.isdisjoint(seen.lower[at:end])
    tail = not label and any(_known(seen.spoken(k, end)) for k in range(at + 1, end))
    if not known and (end - at > 4 or label in refused or mixed or tail):
        return None
    if not known and shape is Shape.PROVINCE and label not in PLACE_LABELS:
        return None
    spoken = seen.spoken(at, end + size)
    return Naming(seen.starts[at], seen.ends[end + size - 1], name, shape, label or "GPE", spoken)


def _head_shape(head: str, words: PlaceWords) -> Shape:
    """What a generic head makes of the name before it."""
    if head in words.air_heads:
        return Shape.AIRFIELD
    if head in words.site_heads:
        return Shape.SITE
    if head in words.province_heads:
        return Shape.PROVINCE
    return Shape.DISTRICT if head in words.district_heads else Shape.SETTLEMENT


def _plain(seen: View, at: int, end: int, words: PlaceWords) -> Naming:
    """A known name, with the direction or the kind that stands before it."""
    name = seen.spoken(at, end)
    label = seen.entity[at][2]
    part = _part_start(seen, at, words)
    if part < at:
        return Naming(seen.starts[part], seen.ends[end - 1], name, Shape.PART, label, seen.spoken(part, end))
    shape = Shape.PLAIN
    if at > 1 and seen.lower[at - 1] == "of" and words.is_head(seen.lower[at - 2]) and not seen.capital[at - 3]:
        shape = _head_shape(seen.lower[at - 2], words)
    elif at and seen.lower[at - 1] in words.settlement_heads:
        shape = Shape.SETTLEMENT
    written = seen.text[seen.starts[at] : seen.ends[end - 1]].rstrip("-–")
    name = " ".join(written.split())
    return Naming(seen.starts[at], seen.starts[at] + len(written), name, shape, label, name)


def _part_start(seen: View, at: int, words: PlaceWords) -> int:
    """Where "northern", "south-eastern" or "the north of" before the name starts; `at` when nothing does."""
    if at and seen.lower[at - 1] in words.directions:
        compound = at > 2 and seen.words[at - 2] == "-" and seen.lower[at - 3] in words.directions
        return at - 3 if compound else at - 1
    the = at > 2 and seen.lower[at - 3] == "the" and seen.lower[at - 1] == "of"
    return at - 3 if the and seen.lower[at - 2] in words.direction_nouns else at


def _accepted(seen: View, span: tuple[int, int], words: PlaceWords) -> bool:
    """Whether a known name is used as a place here."""
    at, end = span
    name = seen.spoken(at, end)
    first, last, label = seen.entity[at]
    if end < len(seen.words) and seen.capital[end] and seen.lower[end] in words.institutions:
        return False
    if by_demonym(name) is not None and not _is_state(name):
        return False
    if _is_state(name):
        return _state_accepted(seen, span, words)
    if end - at == 1 and seen.words[at] in seen.persons and not _cued(seen, at, end, words):
        return False
    if end < len(seen.words) and seen.lower[end] in words.eponyms:
        return False
    if label in PLACE_LABELS:
        inner = first + (seen.lower[first] == "the")
        return (inner, last) == span or seen.alone(at, end)
    best = lookup(name)[0]
    exact = last == end and (first == at or (first == at - 1 and seen.lower[first] in words.locatives))
    alone = seen.alone(at, end)
    if best.source == "sites" and alone and label != "PERSON":
        return best.prior >= STRONG
    cued = _cued(seen, at, end, words)
    spoken_of = best.country is not None and seen.speaks_of[best.country] > 0
    if label == "PERSON":
        return exact and spoken_of and (cued or name in seen.named)
    if label == "ORG" and not exact:
        return _used_as_place(seen, span, words) and best.prior >= STRONG
    if not alone:
        return False
    known_here = name in seen.named or (spoken_of and best.prior >= STRONG)
    return known_here or (cued and (best.prior >= 3.0 or end - at > 1))


def _state_accepted(seen: View, span: tuple[int, int], words: PlaceWords) -> bool:
    """Whether a country's or territory's name is used as a place: not inside a person, a body or a title."""
    at, end = span
    first, last, label = seen.entity[at]
    if label in ("PERSON", "WORK_OF_ART", "LAW", "PRODUCT") and (first, last) != span:
        return False
    if label == "PERSON" and seen.words[at] in seen.persons:
        return False
    if label == "ORG" and (first, last) != span and not _used_as_place(seen, span, words):
        return False
    name = seen.spoken(at, end)
    if name.replace(".", "").isupper() and len(name) <= 6 and by_demonym(name) is not None:
        token = seen.doc[end - 1]
        return not (token.dep_ in _ATTRIBUTES and token.head.i >= end and token.dep_ != "poss")
    return True


def _used_as_place(seen: View, span: tuple[int, int], words: PlaceWords) -> bool:
    """Whether a name inside an organisation's stands for where: after "in" or a comma, or before its police."""
    at, end = span
    before = seen.lower[at - 1] if at else ""
    after = seen.lower[end] if end < len(seen.words) else ""
    return before in ("in", "at", ",", "near") or after in words.bodies or after == "'s"


def _cued(seen: View, at: int, end: int, words: PlaceWords) -> bool:
    """Whether the words around ask for a place: a preposition before, or a dateline."""
    before = seen.lower[at - 1] if at else ""
    if before == "the" and at > 1:
        before = seen.lower[at - 2]
    if before in words.locatives:
        return True
    if before == "of" and at > 1:
        return words.is_head(seen.lower[at - 2])
    after = seen.words[end] if end < len(seen.words) else ""
    if before in (",", "and", "or") and at > 1 and seen.entity[at - 2][2] in PLACE_LABELS:
        return True
    if _contained(seen, at, end, words):
        return True
    opening = at == 0 or "\n" in before
    return opening and seen.words[at].isupper() and after in (",", "(", "-", "—", "–", "/")


def _contained(seen: View, at: int, end: int, words: PlaceWords) -> bool:
    """Whether "in" or a comma and the state it lies in follow the name ("Dori in northern Burkina Faso")."""
    if end >= len(seen.words) or seen.lower[end] not in ("in", ","):
        return False
    start = end + 1
    while start < min(len(seen.words), end + 4) and (
        seen.lower[start] in words.directions or seen.lower[start] == "the"
    ):
        start += 1
    if start >= len(seen.words) or not seen.capital[start]:
        return False
    codes = {entry.country for entry in lookup(seen.spoken(at, end))}
    sizes = range(1, min(3, len(seen.words) - start) + 1)
    return any(state.code in codes for size in sizes for state in named(seen.spoken(start, start + size)))


def _from_parser(seen: View, at: int, words: PlaceWords) -> tuple[Naming | None, int]:
    """The parser's own place span at a token, for a name nobody lists; None where it is no place."""
    first, last, label = seen.entity[at]
    if label not in PLACE_LABELS or at not in (first, first + 1):
        return None, at + 1
    name = seen.spoken(at, last).removesuffix("'s").rstrip(" '-–")
    refused = (
        by_demonym(name) is not None
        or name.casefold() in words.blocked
        or len(name) < 3
        or (label == "GPE" and not _cued(seen, at, last, words))
        or not words.roads.isdisjoint(seen.lower[at:last])
        or any(word in seen.persons for word in seen.words[at:last])
        or any(by_demonym(word) is not None and not named(word) for word in seen.words[at:last])
    )
    if refused:
        return None, at + 1
    return Naming(seen.starts[at], seen.starts[at] + len(name), name, Shape.PLAIN, label, name), last
