"""Names of states and known actors in a sentence: which they are, and whether they only lend their word to another name.

"Chad LaBumbard" is no state, nor is "the Paris High School", "New London" or "Jordan Street".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.lexicon.actors import Name, NameKind, article_folded, names, words
from dateline.lexicon.place_words import place_words

STATE = "<state>"
"""The mark of a state, its people or capital."""
LENT = "<lent>"
"""The mark of a name of a state or person that is a part of another name."""

_KINDS = {NameKind.DEMONYM: "<people>", NameKind.CAPITAL: "<capital>"}
_PERSON = "<person>"
_INSTITUTIONS = frozenset(
    "high elementary middle primary county township creek road rd street st avenue ave lane drive highway route interstate river lake park "
    "hospital hotel inn church chapel parish baptist methodist lutheran episcopal legion airlines airways airport club cup open grand games "
    "festival derby stakes boys girls fire library museum mall center centre theater theatre garden gardens cemetery valley hills heights "
    "beach island islands bay falls springs junction ridge grove".split()
)
_BEFORE = frozenset(
    "new mount mt fort ft port lake saint st ste san santa camp cape upper lower little big old east west north south point glen bishop".split()
)
_DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november "
    "december mr mrs ms dr i".split()
)
_PROVINCES = frozenset(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas "
    "kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon "
    "pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming new north south west ontario quebec alberta manitoba "
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ont ore pa penn tenn tex vt va "
    "wash wis wyo".split()
)
"""Beginnings and short forms of the states of the United States and Canada that stand after a comma: "Paris, Texas"."""
_TITLED = 0.6
"""Share of capitalised words from which on a line is taken for a headline, in which a capital tells nothing."""


@dataclass(frozen=True, slots=True)
class Form:
    """A written name: its words, the marks it leaves, and whether other names are made of it, as first word or last."""

    words: tuple[str, ...]
    mark: str
    more: frozenset[str]
    lends: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a sentence: its mark, further marks, and its length in words."""

    mark: str
    more: frozenset[str]
    width: int


def named(sentence: Sequence[str], at: int, previous: int) -> Found | None:
    """The name that begins at a word, the longest one; `previous` is where the name before it ended."""
    for form in _table().get(sentence[at].casefold(), ()):
        width = len(form.words)
        if sentence[at] == form.words[0] and tuple(map(article_folded, sentence[at : at + width])) == form.words:
            if form.lends and _lent(sentence, at, width, previous, form.first):
                return Found(LENT, frozenset(), width)
            return Found(form.mark, form.more, width)
    return None


def _lent(sentence: Sequence[str], at: int, width: int, previous: int, first: bool) -> bool:
    end = at + width
    after = sentence[end] if end < len(sentence) else ""
    if after[:1].isupper() and (after.lower() in _institutions() or (not _titled(sentence) and _goes_on(sentence, end))):
        return True
    if after == "," and not first and sentence[end + 1 : end + 2] and sentence[end + 1].lower() in _PROVINCES:
        return sentence[end + 1][0].isupper()
    before = sentence[at - 1] if at > 0 and previous != at else ""
    if first or not before[:1].isupper():
        return False
    lower = before.lower()
    return lower in _BEFORE or (at > 1 and not _plain(lower) and not _titled(sentence))


def _goes_on(sentence: Sequence[str], end: int) -> bool:
    """Whether the capitalised words from `end` on belong to one name with what stands before them, and to no office."""
    lower = sentence[end].lower()
    if _plain(lower) or lower in _table():
        return False
    for word in sentence[end + 1 : end + 4]:
        if not word[0].isupper():
            break
        if words().family(word.lower()) is not None or word.casefold() in _table():
            return False
    return True


def _plain(lower: str) -> bool:
    """Whether a capitalised word is an office, a body or a date beside a name, rather than a part of one."""
    known = words()
    return (
        lower in _DATES
        or known.family(lower) is not None
        or known.among("title_words", lower)
        or lower in place_words().directions
    )


def _titled(sentence: Sequence[str]) -> bool:
    letters = [word for word in sentence if word[0].isalpha()]
    return sum(word[0].isupper() for word in letters) > _TITLED * len(letters)


@cache
def _institutions() -> frozenset[str]:
    return _INSTITUTIONS | place_words().institutions - {"group"}


@cache
def _table() -> dict[str, tuple[Form, ...]]:
    """First word -> the names it begins, longest first."""
    return {first: tuple(map(_form, found)) for first, found in names().items()}


def _form(name: Name) -> Form:
    if name.kind is NameKind.ACTOR and name.actor is not None:
        person = name.actor.person
        more = frozenset({_PERSON}) if person else frozenset()
        lends = len(name.words) == 1 and (person or name.words[0].isupper())
        return Form(name.words, f"<{name.actor.sector}>", more, lends, first=True)
    kind = _KINDS.get(name.kind)
    return Form(name.words, STATE, frozenset({kind} if kind else ()), True, first=False)
