"""The shapes a time can take in English, as rules over word classes (see `time_tokens`).

Each rule names its parts: `m` month, `d`/`d2` days, `y` year, `w` weekday, `se` season, `u` unit, `n` count,
`r` a pointing word (last, this, next, ...), `f`/`e`/`o` which part of the whole, `t` a word for a day.
A preposition is not part of a rule: it is read from the words before the match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dateline.parse.time_tokens import rule

_UNIT = "[{uday}{uweek}{umonth}{uyear}{unit}]"
_PLURAL = "[{units}{uhours}]"
_ANY = "[{uday}{uweek}{umonth}{uyear}{unit}{daypart}{weekend}{quarter}]"
_COUNT = "(?:[{day}{number}{count}{few}]|{a}[{couple}{few}]{of}?|{couple}{of}?|{a}?{dozen})"
_NUMBER = f"(?:(?P<n>{_COUNT}){{dash}}?|{{a}})"
_MONTH = "(?P<m>[{month}{may}]|{mabbr}{dot}?)"
_LINK = "[{dash}{to}{and}{until}]"
_DAYS = f"(?P<d>{{day}}){{th}}?(?:{_LINK}(?P<d2>{{day}}){{th}}?)?"
_POINTING = "[{last}{past}{this}{next}{prior}{following}{same}]"
_YEAR = (
    "(?:{comma}?{of}?(?P<y>{year})|{comma}?[{of}{at}]?{the}?"
    "(?P<yr>[{last}{this}{next}{that}{same}{prior}{following}]){same}?{uyear})"
)
_LATE = "(?:(?P<f>[{part}{earlier}{later}]){at}?)?"
_HOURS = "(?:{the}?{part}?(?:{daypart}{uhours}?|{uhours}){of}{the}?)?"
_WEEKDAY = "(?:(?P<w>{weekday}|{abbreviation}{dot}?){daypart}?{comma}?{the}?)?"
_FRACTION = (
    "(?:{the}?(?P<f>[{part}{earlier}{later}]){dash}?(?:{at}{the}?)?|{the}?(?P<e>{edge}){of}{the}?"
    "|{the}?(?P<o>{ordinal})(?P<h>[{half}{quarter}]){of}{the}?)"
)

_RULES = {
    "numeric": f"{_LATE}{_WEEKDAY}(?P<num>{{date}})",
    "month_day": f"{_LATE}{_HOURS}{_WEEKDAY}{_MONTH}{{the}}?{_DAYS}{_YEAR}?{{daypart}}?",
    "day_month": f"{_LATE}{_HOURS}{_WEEKDAY}{{the}}?{_DAYS}{{of}}?{_MONTH}{_YEAR}?{{daypart}}?",
    "weekday": f"{_LATE}{_HOURS}(?:{{the}}?{{this}}?(?P<r>{_POINTING}))?(?P<w>{{weekday}}){{daypart}}?"
    "(?:{comma}?{of}?(?P<wr>[{last}{this}{next}]){uweek})?",
    "month": f"{_FRACTION}?(?:{{the}}?{{this}}?(?P<r>{_POINTING}))?(?:{{the}}?{{umonth}}{{of}})?{_MONTH}{_YEAR}?",
    "year": f"{_FRACTION}?(?:{{the}}?{{uyear}})?(?P<y>{{year}})(?:{{dash}}(?P<y2>[{{day}}{{number}}]))?",
    "decade": f"(?:{{the}}|{_FRACTION})*(?P<y>{{year}}){{apostrophe}}?{{s}}",
    "century": f"(?:{{the}}|{_FRACTION})*(?P<d>{{day}}){{th}}{{dash}}?{{century}}",
    "season": f"{_FRACTION}?{{the}}?{{this}}?(?P<r>{_POINTING})?(?P<se>{{season}}){_YEAR}?",
    "unit": f"{_FRACTION}?{{the}}?{{this}}?(?P<r>{_POINTING}|{{that}}){{same}}?(?P<u>{_ANY})",
    "part_of_unit": f"{_FRACTION}(?<={{the}})(?P<u>{_UNIT})",
    "unit_end": f"(?P<u>{_UNIT})(?:{{apostrophe}}{{s}}|{{dash}})(?P<e>{{edge}})",
    "the_weekend": "{the}(?P<u>{weekend})",
    "window": f"{{the}}?(?P<r>[{{last}}{{past}}{{this}}{{next}}{{following}}]){{past}}?"
    f"(?:{{hedge}}?(?P<n>{_COUNT}))?(?P<u>{_PLURAL})",
    "window_of_one": f"(?:{{the}}{{this}}?(?P<r>[{{last}}{{past}}])|(?P<r2>{{past}}))(?P<u>{_UNIT})",
    "recent": "{the}?{recent}(?P<u>{units})",
    "ago": f"(?P<b>{{beyond}}|{{hedge}})?{_NUMBER}(?P<u>{_UNIT}|{_PLURAL}){{ago}}",
    "later": f"{{hedge}}?{_NUMBER}(?P<u>{_UNIT}|{_PLURAL})(?P<x>[{{later}}{{earlier}}])",
    "beside": "{the}(?P<u>" + _UNIT + "|{daypart})(?P<x>[{before}{after}])(?=[{comma}{dot}{close}{break}{and}]|$)",
    "today": f"{_LATE}(?P<t>{{today}}){{daypart}}?",
    "now": "{now}",
    "holiday": f"{_LATE}(?P<hd>{{holiday}}){_YEAR}?",
    "then": "{then}",
}


_KEYS = {
    "month may mabbr": ("month_day", "day_month", "month"),
    "weekday": ("weekday",),
    "year": ("year", "decade"),
    "season": ("season",),
    "uday uweek umonth uyear unit daypart weekend quarter": (
        "unit",
        "part_of_unit",
        "unit_end",
        "the_weekend",
        "beside",
    ),
    "units uhours uday uweek umonth uyear unit": ("window", "window_of_one", "recent", "later"),
    "ago": ("ago",),
    "date": ("numeric",),
    "century": ("century",),
    "today": ("today",),
    "now": ("now",),
    "holiday": ("holiday",),
    "then": ("then",),
}
"""The classes that a rule cannot do without: it is tried only near them."""

_REACH = 12
"""The most tokens that a rule takes before or after its key."""


@cache
def _rules() -> tuple[tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]], ...]:
    """Each set of keys with the rules that need it."""
    return tuple(
        (rule("[" + "".join(f"{{{key}}}" for key in keys.split()) + "]"), tuple((n, rule(_RULES[n])) for n in names))
        for keys, names in _KEYS.items()
    )


@cache
def rank(name: str) -> int:
    """Where a rule stands: of two that match the same words the lower wins."""
    return list(_RULES).index(name)


def matches(classes: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Every match of every rule in a string of classes, with the rule's name."""
    for keys, rules in _rules():
        for start, end in _near(keys, classes):
            for name, pattern in rules:
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
