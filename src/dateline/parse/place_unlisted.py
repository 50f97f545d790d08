"""Towns and villages that no gazetteer lists, where the words around a name say that it is one.

Most villages that reports of war name are in no list, and the parser takes their names for anything. "The village of
X", "X, a town near the border" and "in X, in the Lake region" leave no doubt: such a name is a settlement without a
point, in the state of the place beside it or else of the report (`place_hosts`).
"""

from __future__ import annotations

from dateline.lexicon.countries import by_demonym, named, territory
from dateline.lexicon.gazetteer import lookup
from dateline.lexicon.place_words import PlaceWords
from dateline.parse.place_view import PLACE_LABELS, View

LONGEST = 3
"""Capitalised words of the longest such name."""
APPOSITION = 5
"""Words after the comma within which the word for a settlement stands."""
_PLACELIKE = PLACE_LABELS | {""}
_NEVER = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "LANGUAGE"})


def unlisted_town(seen: View, run: tuple[int, int], words: PlaceWords) -> bool:
    """Whether a run of capitalised words is such a name: nobody lists it, and the words around say what it is."""
    at, end = run
    if not _may_be_a_name(seen, at, end, words):
        return False
    if called_a_town(seen, at, end, words):
        return True
    somebody = any(seen.entity[k][2] == "NORP" or seen.words[k] in seen.persons for k in range(at, end))
    return not somebody and _inside(seen, at, end, words)


def called_a_town(seen: View, at: int, end: int, words: PlaceWords) -> bool:
    """Whether the words right beside a name say that it is a settlement's: "the village of X", "X, a town near"."""
    return _called(seen, at, end, words) or _explained(seen, at, end, words)


def _may_be_a_name(seen: View, at: int, end: int, words: PlaceWords) -> bool:
    """Whether the words can be the name of a place that nobody lists, and of nobody that the report knows."""
    inner = range(at, end)
    if sum(seen.capital[k] for k in inner) > LONGEST or not seen.capital[end - 1] or not seen.alone(at, end):
        return False
    if any(seen.entity[k][2] in _NEVER for k in inner):
        return False
    if seen.lower[at] in words.articles | words.indefinite or any(_is_common(seen, k) for k in inner):
        return False
    name = seen.spoken(at, end)
    if len(name) < 3 or name.isupper() or name.casefold() in words.blocked:
        return False
    if seen.lower[at] in words.site_leads or not (words.joining | words.standing).isdisjoint(seen.lower[at:end]):
        return False
    if not words.roads.isdisjoint(seen.lower[at:end]) or not words.institutions.isdisjoint(seen.lower[at:end]):
        return False
    listed = seen.listed(name)
    known = bool(named(listed)) or territory(listed) is not None or bool(lookup(listed))
    return not known and not any(by_demonym(seen.words[k], seen.language) for k in inner)


def _is_common(seen: View, at: int) -> bool:
    """Whether a capitalised word is no name: "Kurdish", "But" at the start of a sentence."""
    return seen.capital[at] and seen.doc[at].pos_ != "PROPN"


def _called(seen: View, at: int, end: int, words: PlaceWords) -> bool:
    """ "the village of X", "the village X", "X village"."""
    before = at - 1
    joined = before > 0 and seen.lower[before] in words.of
    before -= joined
    if before >= 0 and seen.lower[before] in words.settlement_heads and not seen.capital[before]:
        return joined or (end - at == 1 and not (end < len(seen.words) and seen.lower[end] in words.of))
    after = seen.lower[end] if end < len(seen.words) else ""
    if words.leading or after not in words.settlement_heads or seen.capital[end]:
        return False
    return _names_it(seen, end)


def _explained(seen: View, at: int, end: int, words: PlaceWords) -> bool:
    """ "X, a village near the border": a settlement in apposition."""
    if end + 1 >= len(seen.words) or seen.lower[end] != ",":
        return False
    article = seen.lower[end + 1] in words.articles | words.indefinite
    if not article and not words.leading:
        return False
    for k in range(end + 1 + article, min(end + 2 + APPOSITION, len(seen.words))):
        if seen.words[k] in (",", ".", ";") or seen.doc[k].pos_ in ("VERB", "AUX", "ADP"):
            return False
        if seen.lower[k] in words.settlement_heads:
            return _names_it(seen, k)
    return False


def _names_it(seen: View, at: int) -> bool:
    """Whether the word for a settlement is one, and no part of another: "a village chief", "a town's mayor"."""
    after = seen.doc[at + 1] if at + 1 < len(seen.words) else None
    return after is None or not (after.pos_ in ("NOUN", "PROPN") or after.tag_ == "POS" or after.text in ("-", "–"))


def _inside(seen: View, at: int, end: int, words: PlaceWords) -> bool:
    """ "in X, in northern Mali", "near X in the Lake region": a listed place around it."""
    before = seen.lower[at - 1] if at else ""
    here = end + 1 if end < len(seen.words) and seen.lower[end] == "," else end
    likely = _PLACELIKE | ({"PERSON", "ORG"} if here > end else {"PERSON"})
    if before not in words.standing or before == "at" or seen.entity[at][2] not in likely:
        return False
    if here >= len(seen.words):
        return False
    if here > end and seen.words[here].isdigit() and " ".join(seen.lower[here + 1 : here + 2]) in words.kilometres:
        return True
    if seen.lower[here] not in words.contained_in or seen.lower[here] == ",":
        return False
    start = here + 1
    while start < min(len(seen.words), here + 4) and seen.lower[start] in words.directions | words.articles:
        start += 1
    if start + 1 >= len(seen.words):
        return False
    if not seen.capital[start]:
        return words.is_head(seen.lower[start]) and seen.lower[start + 1] in words.of
    if any(words.head_at(seen.lower, start + size) for size in (1, 2)):
        return True
    around = (seen.listed(seen.spoken(start, start + size)) for size in (3, 2, 1) if start + size <= len(seen.words))
    return any(named(name) or territory(name) is not None or lookup(name) for name in around)
