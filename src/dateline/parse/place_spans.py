"""Where a report names a place: spans of tokens, before it is known which place each of them is.

The parser's GPE, LOC and FAC spans, the gazetteer's names it missed or took for something else, names
with a generic head ("Tabqa dam", "the Diffa region") and parts of countries ("northern Mali").
A name inside an organisation counts only where it is used as a place; surnames never do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from dateline.lexicon.countries import by_demonym, named, territory
from dateline.lexicon.gazetteer import lookup
from dateline.lexicon.place_words import PlaceWords
from dateline.model import Precision
from dateline.parse.place_offsets import Offset, offset
from dateline.parse.place_signs import SURE, associated, likelihood, located
from dateline.parse.place_unlisted import unlisted_town
from dateline.parse.place_view import MARKS, PLACE_LABELS, View

LONGEST = 6
"""Tokens of the longest name that is looked up."""
RIVER = "river"
SHORT_KIND = 4
"""Letters that a word for a kind of land has more of."""

_NOT_HEADED = frozenset({"NORP", "PERSON", "DATE", "CARDINAL", "ORDINAL", "TIME"})
_JOINERS = frozenset({"of", "and", "the", "a", "an", "in", "or"})


class Shape(StrEnum):
    """What the words around a name say it is."""

    PLAIN = "plain"
    SITE = "site"
    AIRFIELD = "airfield"
    PROVINCE = "province"
    DISTRICT = "district"
    SETTLEMENT = "settlement"
    PART = "part"
    QUARTER = "quarter"


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
    associated: bool = False
    """Whether it only tells whose or from where something else is ("Toronto General Hospital", "US troops")."""
    away: Offset | None = None
    """How far and in which direction from it ("30 km north of Gao"); the span then starts with the distance."""


Judge = Callable[[View, tuple[int, int], PlaceWords], float]
"""How likely the known name at a span of tokens is a place, 0 to 1."""


def namings(seen: View, judge: Judge = likelihood) -> Iterator[Naming]:
    """Every mention of a place, in order, without overlap; `judge` decides on names the gazetteer knows."""
    at = 0
    size = len(seen.words)
    words = seen.near
    while at < size:
        if not _starts_run(seen, at, words):
            at += 1
            continue
        end = _run_end(seen, at, words)
        yield from _in_run(seen, (at, end), words, judge)
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
        elif seen.lower[at] not in words.particles and seen.words[at] not in MARKS:
            break
        at += 1
    return end


def _in_run(seen: View, run: tuple[int, int], words: PlaceWords, judge: Judge) -> Iterator[Naming]:
    """The mentions inside one run of capitalised words."""
    first, end = run
    at = first
    while at < end:
        if at > first and not seen.capital[at]:
            at += 1
            continue
        found, after = _at(seen, run, at, words, judge)
        if found is not None:
            yield found
        at = max(after, at + 1)


def _at(seen: View, run: tuple[int, int], at: int, words: PlaceWords, judge: Judge) -> tuple[Naming | None, int]:
    """The longest mention starting at a token of a run, and where to go on."""
    whole = seen.listed(seen.spoken(at, run[1]))
    if seen.lower[at] in words.articles and (_is_state(whole) or not lookup(seen.spoken(at, at + 2))):
        return None, at + 1
    limit = min(run[1], at + LONGEST)
    led = _led(seen, at, limit, words) or _beyond(seen, at, run[1], words) or _built(seen, at, words)
    led = led or _unlisted(seen, (at, run[1]), words)
    if led is not None:
        return led
    for end in range(limit, at, -1):
        last = seen.words[end - 1]
        if last in MARKS or (seen.lower[end - 1] in words.particles and not seen.capital[end - 1]):
            continue
        if len(last) == 1 and end - at > 1:
            continue
        name = seen.spoken(at, end)
        if name.casefold().rstrip(".") in words.blocked:
            return None, at + 1
        if name.casefold() in words.quarters and seen.alone(at, end):
            return Naming(seen.starts[at], seen.ends[end - 1], name, Shape.QUARTER, "GPE", name), end
        listed = seen.listed(name)
        known = _known(listed) or _abbreviates(seen, at, name)
        headed = _headed(seen, (at, end), known=known, words=words)
        if headed is not None:
            return headed, end + words.head_at(seen.lower, end)
        if known:
            if by_demonym(name, seen.language) is not None and not _is_state(listed):
                return None, end
            accepted = judge(seen, (at, end), words) >= SURE or _of_a_site(seen, at, words, listed)
            accepted = accepted or _of_a_country(seen, at, listed)
            return (_plain(seen, at, end, words) if accepted else None), end
        if by_demonym(name, seen.language) is not None:
            return None, end
    return _from_parser(seen, at, words)


def _unlisted(seen: View, span: tuple[int, int], words: PlaceWords) -> tuple[Naming, int] | None:
    """A village that no gazetteer lists, where the words around say that it is one."""
    at, last = span
    near = next((k for k in range(at + 1, last) if not seen.capital[k] and seen.words[k] not in MARKS), last)
    end = next((k for k in (last, near) if unlisted_town(seen, (at, k), words)), None)
    if end is None:
        return None
    name = seen.spoken(at, end)
    return Naming(seen.starts[at], seen.ends[end - 1], name, Shape.SETTLEMENT, seen.entity[at][2] or "GPE", name), end


def _built(seen: View, at: int, words: PlaceWords) -> tuple[Naming, int] | None:
    """A site that only the parser knows, whose first word is a town elsewhere: "the Stade de France"."""
    first, last, label = seen.entity[at]
    inner = first + (first >= 0 and seen.lower[first] in words.articles)
    joined = any(seen.lower[k] in words.particles and not seen.capital[k] for k in range(at + 1, max(at + 1, last - 1)))
    if (
        label != "FAC"
        or at != inner
        or not joined
        or words.head_at(seen.lower, last)
        or _known(seen.listed(seen.spoken(at, last)))
    ):
        return None
    if not words.roads.isdisjoint(seen.lower[at:last]) or not seen.capital[last - 1]:
        return None
    name = seen.spoken(at, last)
    return Naming(seen.starts[at], seen.ends[last - 1], name, Shape.SITE, label, name), last


def _led(seen: View, at: int, limit: int, words: PlaceWords) -> tuple[Naming, int] | None:
    """A listed site whose name begins with a lead in lower case before the run ("camp Lemonnier"), and its end."""
    if not words.leading or not at or seen.lower[at - 1] not in words.site_leads:
        return None
    for end in range(limit, at, -1):
        name = seen.spoken(at - 1, end)
        if any(entry.precision is Precision.SITE for entry in lookup(name)):
            label = seen.entity[at][2]
            return Naming(seen.starts[at - 1], seen.ends[end - 1], name, Shape.SITE, label, name), end
    return None


def _beyond(seen: View, at: int, reached: int, words: PlaceWords) -> tuple[Naming | None, int] | None:
    """A listed name with words in lower case after its capitals ("Émirats arabes unis"), and its end.

    In English only the word of a region's kind is small: "the Nuba mountains". A river without a region of its own is
    no place, and never the town of its name ("the Dnipro river").
    """
    if not words.leading and reached < len(seen.words) and len(seen.lower[reached]) > SHORT_KIND:
        region = any(entry.precision is Precision.REGION for entry in lookup(seen.spoken(at, reached + 1)))
        if region and not seen.capital[reached]:
            return _plain(seen, at, reached + 1, words), reached + 1
        if seen.lower[reached] == RIVER:
            return None, reached + 1
    for end in range(min(at + LONGEST, len(seen.words)) if words.leading else reached, reached, -1):
        name = seen.spoken(at, end)
        listed = seen.listed(name)
        if listed != name and _known(listed):
            return _plain(seen, at, end, words), end
    return None


def _known(name: str) -> bool:
    """Whether a country, territory or place of the gazetteer has the name."""
    return bool(named(name)) or territory(name) is not None or (len(name) > 2 and bool(lookup(name)))


def _abbreviates(seen: View, at: int, name: str) -> bool:
    """Whether two letters after a comma are a province ("Edmonton, Ky")."""
    if len(name) != 2 or at == 0 or seen.words[at - 1] != ",":
        return False
    return any(entry.precision is Precision.PROVINCE for entry in lookup(name))


def _is_state(name: str) -> bool:
    return bool(named(name)) or territory(name) is not None


def _headed(seen: View, span: tuple[int, int], *, known: bool, words: PlaceWords) -> Naming | None:
    """A name with a generic head after it ("Tabqa dam") or a lead before it ("Camp Taji")."""
    at, end = span
    name = seen.spoken(at, end)
    label = seen.entity[at][2]
    alone = seen.alone(at, end)
    lead = seen.lower[at] in words.site_leads and end - at > 1 and alone
    if lead and words.leading and any(_known(seen.listed(seen.spoken(at, k))) for k in range(at + 2, end)):
        return None
    if lead and not known and label != "PERSON":
        return Naming(seen.starts[at], seen.ends[end - 1], name, Shape.SITE, label, name)
    size = words.head_at(seen.lower, end)
    if not size or not seen.alone(at, end + size):
        return None
    if _is_state(seen.listed(name)) or by_demonym(name, seen.language) is not None or name in seen.persons:
        return None
    shape = _head_shape(" ".join(seen.lower[end : end + size]), words)
    if shape is Shape.SETTLEMENT or (shape is Shape.DISTRICT and known and _holds_next(seen, name, end + size, words)):
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


def _holds_next(seen: View, name: str, at: int, words: PlaceWords) -> bool:
    """Whether a name is of the town around what is named next: "the Damascus suburb of Jobar"."""
    if at + 1 >= len(seen.words) or seen.lower[at] not in words.of or not seen.capital[at + 1]:
        return False
    inner = seen.listed(seen.spoken(at + 1, at + 2))
    around, within = (max((e.prior for e in lookup(n)), default=0.0) for n in (seen.listed(name), inner))
    return not _is_state(inner) and around > within


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
    label = seen.entity[at][2]
    part = _part_start(seen, at, words)
    away = associated(seen, (at, end), words)
    if part < at:
        spoken, name = seen.spoken(part, end), seen.listed(seen.spoken(at, end))
        return Naming(seen.starts[part], seen.ends[end - 1], name, Shape.PART, label, spoken, away)
    written = seen.text[seen.starts[at] : seen.ends[end - 1]].rstrip("-–")
    name = " ".join(written.split())
    first, shape = _kind_before(seen, at, words, name)
    if first < at:
        spoken = seen.spoken(first, end)
        return Naming(seen.starts[first], seen.starts[at] + len(written), seen.listed(name), shape, label, spoken, away)
    moved = offset(seen, at)
    start = seen.starts[at] if moved is None else moved.start
    return Naming(start, seen.starts[at] + len(written), seen.listed(name), shape, label, name, away, moved)


def _kind_before(seen: View, at: int, words: PlaceWords, name: str) -> tuple[int, Shape]:
    """What the head before a name makes of it ("province of X"), and where that head starts if it belongs to it.

    It does where heads stand before names as a rule ("l'aéroport de Niamey"), for sites.
    """
    joined = at > 1 and seen.lower[at - 1] in words.of
    if not words.leading:
        if joined and words.is_head(seen.lower[at - 2]) and not seen.capital[at - 3]:
            return at, _head_shape(seen.lower[at - 2], words)
        town = at > 0 and (
            seen.lower[at - 1] in words.settlement_heads or _of_a_site(seen, at, words, seen.listed(name))
        )
        return at, Shape.SETTLEMENT if town else Shape.PLAIN
    size = words.head_before(seen.lower, at - joined)
    head = " ".join(seen.lower[at - joined - size : at - joined])
    if not size or not (joined or head in words.site_leads):
        return at, Shape.PLAIN
    shape = _head_shape(head, words)
    return (at - joined - size if shape in (Shape.SITE, Shape.AIRFIELD) else at), shape


def _of_a_country(seen: View, at: int, listed: str) -> bool:
    """Whether a name stands as a state's own ("in Yemen's Marib") and the gazetteer has it there."""
    if at < 2 or seen.lower[at - 1] not in ("'s", "'", "’s", "’"):
        return False
    codes = {state.code for first in (at - 2, at - 3) if first >= 0 for state in named(seen.spoken(first, at - 1))}
    return any(entry.country in codes for entry in lookup(listed))


def _of_a_site(seen: View, at: int, words: PlaceWords, listed: str) -> bool:
    """Whether a site is said to be at the name ("the air base in Ménaka"): it lies at a town, if at no state."""
    if _is_state(listed):
        return False
    located = at > 1 and seen.lower[at - 1] in words.standing
    return located and _head_shape(seen.lower[at - 2], words) in (Shape.SITE, Shape.AIRFIELD)


def _part_start(seen: View, at: int, words: PlaceWords) -> int:
    """Where "northern", "south-eastern" or "the north of" before the name starts; `at` when nothing does."""
    if at and seen.lower[at - 1] in words.directions:
        compound = at > 2 and seen.words[at - 2] == "-" and seen.lower[at - 3] in words.directions
        return at - 3 if compound else at - 1
    at_of = at - 2 if words.leading and at > 3 and seen.lower[at - 1] in words.articles else at - 1
    the = at_of > 1 and seen.lower[at_of - 2] in words.articles and seen.lower[at_of] in words.of
    return at_of - 2 if the and seen.lower[at_of - 1] in words.direction_nouns else at


def _is_demonym(word: str, language: str) -> bool:
    return by_demonym(word, language) is not None and not named(word, language)


def _from_parser(seen: View, at: int, words: PlaceWords) -> tuple[Naming | None, int]:
    """The parser's own place span at a token, for a name nobody lists; None where it is no place."""
    first, last, label = seen.entity[at]
    if label not in PLACE_LABELS or at not in (first, first + 1):
        return None, at + 1
    name = seen.spoken(at, last).removesuffix("'s").rstrip(" '-–")
    refused = (
        by_demonym(name, seen.language) is not None
        or name.casefold() in words.blocked
        or len(name) < 3
        or (label == "GPE" and not located(seen, at, last, words))
        or not words.roads.isdisjoint(seen.lower[at:last])
        or any(word in seen.persons for word in seen.words[at:last])
        or any(_is_demonym(word, seen.language) for word in seen.words[at:last])
    )
    if refused:
        return None, at + 1
    return Naming(seen.starts[at], seen.starts[at] + len(name), name, Shape.PLAIN, label, name), last
