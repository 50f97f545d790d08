"""How outlets and news agencies name themselves (`mastheads_<language>.yaml`), as compiled patterns and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dateline.lexicon.loading import joined

_WORD = r"[\w’'.&-]+"


@dataclass(frozen=True, slots=True)
class MastheadWords:
    """Patterns that cover a whole name, whatever its case.

    `strong` and `weak` are outlets by their words, `agency` news agencies anywhere and `bracketed` in the bracket of
    a dateline, `domain` a web address; `labels` leads to a date or name; `generic` words name nobody,
    `small` ones need no capital.
    """

    strong: re.Pattern[str]
    weak: re.Pattern[str]
    agency: re.Pattern[str]
    bracketed: re.Pattern[str]
    domain: re.Pattern[str]
    labels: re.Pattern[str]
    generic: frozenset[str]
    small: frozenset[str]


@cache
def masthead_words() -> MastheadWords:
    """The words, read once."""
    data = joined("mastheads")
    tail = rf"(?: (?:of|de|du) {_WORD}(?: {_WORD})?)?(?: {_any(data['tails'])})?"
    agencies = rf"(?:{_WORD} ){{1,4}}{_any(data['agency_endings'])}|{_any(data['agency_openings'])}(?: {_WORD}){{1,4}}"
    return MastheadWords(
        strong=_pattern(rf"(?:{_WORD} ){{1,4}}{_any(data['strong'])}{tail}"),
        weak=_pattern(rf"(?:{_WORD} ){{1,4}}{_any(data['weak'])}{tail}|{_any(data['openings'])}(?: {_WORD}){{1,3}}"),
        agency=_pattern(agencies),
        bracketed=_pattern(rf"{agencies}|(?:{_WORD} ){{1,4}}{_any(data['bracket_endings'])}"),
        domain=_pattern(
            r"(?:www\.)?[a-z0-9][a-z0-9-]{2,30}\.(?:com?|net|org|news|info|press|media|tv|africa)(?:\.[a-z]{2})?"
        ),
        labels=_pattern("|".join(data["labels"])),
        generic=frozenset(data["generic"]),
        small=frozenset(data["small"]),
    )


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " ") for word in ordered) + ")"
