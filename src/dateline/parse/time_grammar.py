"""The shapes a time can take, as rules over word classes (see `time_tokens`); they are data (`times_<language>.yaml`).

Each rule names its parts: `m` month, `d`/`d2` days, `y` year, `w` weekday, `se` season, `u` unit, `n` count,
`r` a pointing word (last, this, next, ...), `f`/`e`/`o` which part of the whole, `t` a word for a day, `ag` "ago".
A preposition is not part of a rule: it is read from the words before the match. A language has those of the rules
that its word order needs; what a rule of a name means is in `time_readings`, for all languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dateline.lexicon.times import time_words
from dateline.parse.time_tokens import rule

VAGUE = frozenset({"fiscal", "clock", "part_of_day", "ancient", "set", "duration", "long_ago", "vague"})
"""Rules for expressions that TIMEX3 marks and that are no date: hours alone, durations, ages, how often, "recently",
fiscal and school years."""

ASIDE = VAGUE - {"fiscal"}
"""Those of them that are not even looked for unless asked; a fiscal year is, so that its figures are no year."""

_REACH = 12
"""The most tokens that a rule takes before or after its key."""


@cache
def _rules(language: str) -> tuple[tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]], ...]:
    """Each set of keys with the rules that need it."""
    grammar = time_words(language).rules
    return tuple(
        (
            rule("[" + "".join(f"{{{key}}}" for key in keys.split()) + "]", language),
            tuple((name, rule(grammar.rules[name], language)) for name in names),
        )
        for keys, names in grammar.keys
    )


@cache
def _ranks(language: str) -> dict[str, int]:
    return {name: at for at, name in enumerate(time_words(language).rules.rules)}


def rank(name: str, language: str) -> int:
    """Where a rule stands: of two that match the same words the lower wins."""
    return _ranks(language)[name]


def matches(classes: str, language: str, *, aside: bool = False) -> Iterator[tuple[str, re.Match[str]]]:
    """Every match of every rule in a string of classes, with the rule's name; those of ASIDE only when asked."""
    for keys, rules in _rules(language):
        wanted = [(name, pattern) for name, pattern in rules if aside or name not in ASIDE]
        for start, end in _near(keys, classes) if wanted else ():
            for name, pattern in wanted:
                for match in pattern.finditer(classes, start, end):
                    yield name, match


def _near(keys: re.Pattern[str], classes: str) -> list[tuple[int, int]]:
    """The stretches within reach of a key, those that meet made one."""
    out: list[tuple[int, int]] = []
    for key in keys.finditer(classes):
        start, end = max(0, key.start() - _REACH), key.end() + _REACH
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out
