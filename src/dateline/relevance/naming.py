"""Names of states and known actors in a sentence: which they are, and whether they only lend a word to another name.

"Chad LaBumbard" is no state, nor is "the Paris High School", "New London" or "Jordan Street".
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.lexicon.actors import Name, NameKind, article_folded, names, words
from dateline.lexicon.place_words import place_words

STATE = "<state>"
"""The mark of a state, its people or capital."""
LENT = "<lent>"
"""The mark of a name of a state or person that is a part of another name."""

_KINDS = {NameKind.DEMONYM: "<people>", NameKind.CAPITAL: "<capital>"}
_PERSON = "<person>"
WORDS = "naming.json"
"""Lower-case words about names: `institutions` make a name of the one before them ("Paris High School"), `before` of
the one after ("Mount Lebanon"), `provinces` are states and provinces of North America that place a town of that name
("Paris, Texas"; their short forms too), `dates` and forms of address stand beside a name and are no part of it."""
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
    if after[:1].isupper() and (
        after.lower() in _among()["institutions"] or (not _titled(sentence) and _goes_on(sentence, end))
    ):
        return True
    if after == "," and not first and _province(sentence, end + 1):
        return True
    before = sentence[at - 1] if at > 0 and previous != at else ""
    if first or not before[:1].isupper():
        return False
    lower = before.lower()
    return lower in _among()["before"] or (at > 1 and not _plain(lower) and not _titled(sentence))


def _province(sentence: Sequence[str], at: int) -> bool:
    """Whether a state or province of North America begins at a word."""
    lower = [word.lower() for word in sentence[at : at + 2] if word[0].isupper()]
    return bool(lower) and (lower[0] in _among()["provinces"] or "_".join(lower) in _among()["provinces"])


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
        lower in _among()["dates"]
        or known.family(lower) is not None
        or known.among("title_words", lower)
        or lower in place_words().directions
    )


def _titled(sentence: Sequence[str]) -> bool:
    letters = [word for word in sentence if word[0].isalpha()]
    return sum(word[0].isupper() for word in letters) > _TITLED * len(letters)


@cache
def _among() -> dict[str, frozenset[str]]:
    data: dict[str, str] = json.loads(files("dateline.relevance").joinpath(WORDS).read_text(encoding="utf-8"))
    found = {name: frozenset(told.split()) for name, told in data.items()}
    return found | {"institutions": found["institutions"] | place_words().institutions - {"group"}}


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
