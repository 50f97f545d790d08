"""Whether a name that the gazetteer knows is a place here: signs around it, weighed by a fitted logistic regression.

`signs` reads the words around a name; `likelihood` adds up their weights (`place_weights.yaml`, fitted by
`benchmarks/place_weights.py` on half of three public corpora). A name inside an organisation's, a "US" before a noun
and the like locate whom they belong to, not what happened: those mentions are `associated`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from dateline.lexicon.countries import by_demonym, by_name, named, territory
from dateline.lexicon.gazetteer import HAND_WRITTEN, lookup
from dateline.lexicon.place_words import PlaceWords, place_weights
from dateline.model import Precision
from dateline.parse.place_unlisted import called_a_town
from dateline.parse.place_view import PLACE_LABELS, View

SURE = 0.45
"""Likelihood from which a known name counts as a place."""

_KINDS = {"": "none", "PERSON": "person", "ORG": "body", "NORP": "people"}
_ATTRIBUTES = frozenset({"compound", "amod", "nmod"})


def likelihood(seen: View, span: tuple[int, int], words: PlaceWords) -> float:
    """How likely the known name at tokens `span` is a place here, 0 to 1."""
    if _surely(seen, span):
        return 1.0
    weights = place_weights()["name"]
    total = sum(weights.get(sign, 0.0) * value for sign, value in signs(seen, span, words))
    return 1.0 / (1.0 + math.exp(-total))


def _surely(seen: View, span: tuple[int, int]) -> bool:
    """Whether the name stands alone, and is one we list by hand, a site or a region of several words, or ground fought
    for."""
    at, end = span
    if not seen.alone(at, end):
        return False
    if called_a_town(seen, at, end, seen.near) and seen.words[end - 1] not in seen.persons:
        return True
    if seen.entity[at][2] == "PERSON":
        return False
    if _fought_over(seen, at, seen.near):
        return True
    found = lookup(seen.listed(seen.spoken(at, end)))
    return bool(found) and found[0].source in HAND_WRITTEN and (end - at > 1 or found[0].source == "sites")


def _fought_over(seen: View, at: int, words: PlaceWords) -> bool:
    """Whether a name stands behind fighting for ground: "the offensive on X", "the fall of X", "the battle for X"."""
    prep = at - 2 if at > 1 and seen.lower[at - 1] in words.articles else at - 1
    joins = prep > 0 and (seen.lower[prep] in ("on", "for") or seen.lower[prep] in words.of)
    return joins and seen.lower[prep - 1] in words.fought_over


def signs(seen: View, span: tuple[int, int], words: PlaceWords) -> Iterator[tuple[str, float]]:
    """What speaks for and against the name being a place, as (sign, strength)."""
    yield "always", 1.0
    yield from _of_entity(seen, span)
    yield from _of_name(seen, span)
    yield from _of_neighbours(seen, span, words)
    yield from _of_report(seen, span)


def _of_entity(seen: View, span: tuple[int, int]) -> Iterator[tuple[str, float]]:
    """What the parser takes the words for."""
    at, end = span
    first, last, label = seen.entity[at]
    label = "place" if label in PLACE_LABELS else _KINDS.get(label, "other")
    inner = first + (first >= 0 and seen.lower[first] in seen.near.articles)
    if label == "none" or (inner, last) == span:
        yield f"is {label}", 1.0
    elif last == end:
        yield f"ends {label}", 1.0
    elif inner == at:
        yield f"begins {label}", 1.0
    else:
        yield f"inside {label}", 1.0
    if seen.doc[end - 1].pos_ != "PROPN":
        yield "no proper noun", 1.0


def _of_name(seen: View, span: tuple[int, int]) -> Iterator[tuple[str, float]]:
    """What the name is."""
    at, end = span
    name = seen.listed(seen.spoken(at, end))
    if named(name) or territory(name) is not None:
        yield "state", 1.0
        if name.replace(".", "").isupper() and len(name) <= 6:
            yield "acronym", 1.0
        return
    found = lookup(name)
    if found:
        yield "size", found[0].prior - 4.0
        if found[0].source in HAND_WRITTEN and found[0].precision is not Precision.SETTLEMENT:
            yield "listed", 1.0
    if end - at > 1:
        yield "several words", 1.0
    if name.isupper() and len(name) > 3:
        yield "capitals", 1.0


def _of_neighbours(seen: View, span: tuple[int, int], words: PlaceWords) -> Iterator[tuple[str, float]]:
    """The words right before and after."""
    yield from _before(seen, span, words)
    yield from _after(seen, span, words)
    at, end = span
    if seen.hyphened(end, end + 1) or seen.hyphened(at - 1, at - 2):
        yield "hyphened", 1.0
    if contained(seen, at, end, words):
        yield "contained", 1.0
    if opens_dateline(seen, at, end):
        yield "dateline", 1.0


def _before(seen: View, span: tuple[int, int], words: PlaceWords) -> Iterator[tuple[str, float]]:
    at, _ = span
    before = seen.lower[at - 1] if at else ""
    if before in words.articles and at > 1:
        yield "after the", 1.0
        before = seen.lower[at - 2]
    if before in words.locatives:
        how = "in" if before in words.standing else "to"
        yield f"after {how}", 1.0
        if seen.entity[at][2] not in PLACE_LABELS and seen.alone(*span):
            yield f"after {how}, alone, no place to the parser", 1.0
    elif before in words.of:
        yield ("after to" if at > 1 and seen.lower[at - 2] == "out" else "after of"), 1.0
    elif at and seen.capital[at - 1] and before not in words.directions:
        yield "after capital", 1.0
    if at == 0 or "\n" in before or before in (".", "!", "?", '"', "”"):
        yield "opens", 1.0
    if before in (",", "and", "or") and at > 1 and seen.entity[at - 2][2] in PLACE_LABELS:
        yield "in list", 1.0


def _after(seen: View, span: tuple[int, int], words: PlaceWords) -> Iterator[tuple[str, float]]:
    _, end = span
    after = seen.lower[end] if end < len(seen.words) else ""
    if end < len(seen.words) and seen.capital[end]:
        yield "before institution" if after in words.institutions else "before capital", 1.0
    elif after in words.bodies or after in words.dwellers:
        yield "before body", 1.0
    elif after in words.eponyms:
        yield "before eponym", 1.0
    elif after in ("'s", "’s"):
        yield "owner", 1.0


def _of_report(seen: View, span: tuple[int, int]) -> Iterator[tuple[str, float]]:
    """What the rest of the report says of the name."""
    at, end = span
    name = seen.spoken(at, end)
    if name in seen.named:
        yield "named elsewhere", 1.0
    if end - at == 1 and seen.words[at] in seen.persons:
        yield "of a person", 1.0
    known = lookup(seen.listed(name))[:8]
    best = max((seen.speaks_of[e.country] for e in known if e.country is not None), default=0)
    yield "country spoken of", math.log1p(best)


def located(seen: View, at: int, end: int, words: PlaceWords) -> bool:
    """Whether the words around ask for a place: a preposition or a list before, a container after, or a dateline."""
    before = seen.lower[at - 1] if at else ""
    if before in words.articles and at > 1:
        before = seen.lower[at - 2]
    if before in words.locatives:
        return True
    if before in words.of and at > 1:
        return words.is_head(seen.lower[at - 2])
    if before in (",", "and", "or") and at > 1 and seen.entity[at - 2][2] in PLACE_LABELS:
        return True
    return contained(seen, at, end, words) or opens_dateline(seen, at, end)


def contained(seen: View, at: int, end: int, words: PlaceWords) -> bool:
    """Whether "in" or a comma and the state it lies in follow the name ("Dori in northern Burkina Faso")."""
    if end >= len(seen.words) or seen.lower[end] not in words.contained_in:
        return False
    start = end + 1
    while start < min(len(seen.words), end + 4) and (
        seen.lower[start] in words.directions | words.articles or (words.leading and seen.lower[start] in words.of)
    ):
        start += 1
    if start >= len(seen.words) or not seen.capital[start]:
        return False
    inside = {(entry.country, entry.admin) for entry in lookup(seen.listed(seen.spoken(at, end)))}
    codes = {country for country, _ in inside}
    for size in range(1, min(3, len(seen.words) - start) + 1):
        around = seen.listed(seen.spoken(start, start + size))
        if any(state.code in codes for state in named(around)):
            return True
        if any((e.country, e.admin) in inside for e in lookup(around) if e.precision == "province" and e.admin):
            return True
    return False


def opens_dateline(seen: View, at: int, end: int) -> bool:
    """Whether the name in capitals opens a line, as in a dateline."""
    opening = at == 0 or "\n" in seen.words[at - 1]
    after = seen.words[end] if end < len(seen.words) else ""
    return opening and seen.words[at].isupper() and after in (",", "(", "-", "—", "–", "/")


def associated(seen: View, span: tuple[int, int], words: PlaceWords) -> bool:
    """Whether the name belongs to another name or word, and tells where that is from rather than where things happen.

    "US" before a noun, a town in an organisation's name ("Toronto General Hospital") unless the organisation's
    words make it a site, a place before a capitalised institution.
    """
    at, end = span
    first, last, label = seen.entity[at]
    token = seen.doc[end - 1]
    name = seen.spoken(at, end)
    if name.replace(".", "").isupper() and by_demonym(name, seen.language) is not None and by_name(name) is not None:
        return token.dep_ in _ATTRIBUTES and token.head.i >= end
    if label in PLACE_LABELS:
        return False
    if end < len(seen.words) and seen.capital[end] and "\n" not in seen.words[end]:
        return True
    inner = first + (first >= 0 and seen.lower[first] in words.articles)
    if label in ("", "PERSON", "NORP") or span in ((first, last), (inner, last)):
        return False
    before = seen.lower[at - 1] if at else ""
    after = seen.lower[end] if end < len(seen.words) else ""
    return not (before in ("in", "at", ",", "near") or after in words.bodies or after == "'s")
