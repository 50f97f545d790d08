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

_UNIT = "[{uday}{uweek}{umonth}{uyear}{unit}{century}]"
_PLURAL = "[{units}{uhours}]"
_ANY = "[{uday}{uweek}{umonth}{uyear}{unit}{daypart}{weekend}{quarter}{century}]"
_LASTING = "[{uday}{uweek}{umonth}{uyear}{unit}{units}{uhours}{minute}{century}{season}{daypart}{weekend}]"
_COUNT = "(?:{count}{dash}?{count}|[{day}{number}{count}{few}]|{a}[{couple}{few}]{of}?|{couple}{of}?|{a}?{dozen})"
_NUMBER = f"(?:(?P<n>{_COUNT}){{dash}}?|{{a}})"
_MANY = "(?:(?:[{day}{number}{count}{few}{many}{dozen}]|{count}{dash}?{count}|{a}[{couple}{few}{dozen}]|{couple}){of}?)"
_HALF = "(?:{dash}?{and}{dash}?{a}?{dash}?{half}{dash}?)"
_HEDGES = "(?:[{hedge}{beyond}])"
_MONTH = "(?P<m>[{month}{may}]|{mabbr}{dot}?)"
_LINK = "[{dash}{to}{and}{until}]"
_DAYS = f"(?P<d>{{day}}){{th}}?(?:{_LINK}(?P<d2>{{day}}){{th}}?)?"
_POINTING = "[{last}{past}{this}{next}{prior}{following}{same}]"
_YEAR = (
    "(?:{comma}?{of}?(?P<y>{year})|{comma}?[{of}{at}]?{the}?"
    "(?P<yr>[{last}{this}{next}{that}{same}{prior}{following}]){same}?{uyear})"
)
_LATE = "(?:(?P<f>[{part}{earlier}{later}]){at}?)?"
_ZONE = "[{zone}{zonal}]?"
_CLOCK = f"(?:{{clock}}{_ZONE}(?:{{open}}{{clock}}{_ZONE}{{close}})?|{{open}}{{clock}}{_ZONE}{{close}})"
_HOURS = (
    "(?:(?P<hr>{the}?{part}?{daypart}{uhours}?|{the}?{part}?{uhours}|{overnight}"
    f"|{_CLOCK}(?P<hr2>[{{and}}{{to}}{{dash}}{{until}}]{_CLOCK})?)" + "{comma}?[{of}{at}{from}]?{the}?"
    "|{the}?{weekend}{of}{the}?|{the}?(?P<wk>{uweek})(?:{of}{the}?|{edge}))?"
)
_TIME = (
    f"(?:{{daypart}}?(?:{{comma}}?{{at}}?{{hedge}}?{_CLOCK}|[{{at}}{{before}}{{after}}]{{the}}?{{daypart}})?{{zone}}?)"
)
_WEEKDAY = "(?:(?P<w>{weekday}|{abbreviation}{dot}?){daypart}?{comma}?{the}?)?"
_FRACTION = (
    "(?:{the}?(?P<f>[{part}{earlier}{later}]){dash}?(?:{at}{the}?)?|{the}?{part}?(?P<e>[{edge}{rest}])(?:{of}{the}?|{dash}(?:{of}{dash})?)"
    "|{the}?(?P<f2>{part})[{piece}{units}]{of}{the}?|{the}?(?P<o3>{ordinal})(?P<h3>{ordinal}){of}{the}?"
    "|{the}?(?P<o>{ordinal})(?P<h>[{half}{quarter}]){of}{the}?)"
)
_CENTURY = "(?:(?P<d>{day}){th}|(?P<dw>[{ordinal}{nth}]))"
_YEARS = "(?P<y>{year})(?:[{dash}{slash}](?P<y2>[{day}{number}{year}]))?"
_BESIDE = "(?P<x>[{before}{after}])(?=[{comma}{dot}{close}{break}{and}]|$)"
_SPAN = "{year}(?:[{dash}{slash}][{day}{number}{year}])?"
_OF_YEAR = (
    "(?:{comma}?{of}?{the}?(?P<y>{year})|{of}?{the}?(?P<yr>[{last}{this}{next}{that}{same}{prior}{following}]){uyear})"
)

_RULES = {
    "numeric": f"{_LATE}{_HOURS}{_WEEKDAY}(?P<num>{{date}}){_TIME}",
    "month_day": f"{_LATE}{_HOURS}{_WEEKDAY}{_MONTH}{{the}}?{_DAYS}{_YEAR}?{_TIME}",
    "day_month": f"{_LATE}{_HOURS}{_WEEKDAY}{{the}}?{_DAYS}{{of}}?{_MONTH}{_YEAR}?{_TIME}",
    "day_of_month": f"{_LATE}{_HOURS}{{the}}(?P<d>{{day}}){{th}}"
    "(?:{of}(?P<r>[{this}{last}{next}{that}{same}]){same}?{umonth}|{of}{the}{umonth})?",
    "weekday": f"{_LATE}{_HOURS}(?:{{the}}?{{this}}?(?P<r>{_POINTING}))?(?P<w>{{weekday}})"
    f"(?:{{comma}}?{{of}}?(?P<wr>[{{last}}{{this}}{{next}}]){{uweek}})?{_TIME}",
    "month": f"{_FRACTION}?(?:{{the}}?{{this}}?(?P<r>{_POINTING}))?(?:{{the}}?{{umonth}}{{of}})?{_MONTH}{_YEAR}?",
    "year": f"{_FRACTION}?(?:{{the}}?{{uyear}})?{_YEARS}",
    "decade": f"(?:{{the}}|{_FRACTION})*(?:(?P<y>{{year}}){{apostrophe}}?{{s}}|(?P<dn>{{decade_name}})"
    "|{apostrophe}(?P<dd>[{day}{number}]){apostrophe}?{s})",
    "century": f"(?:{{the}}|{_FRACTION}|(?P<tu>{{turn}}))*{_CENTURY}{{dash}}?{{century}}",
    "turn": "{the}?{turn}{the}{century}",
    "season": f"{_FRACTION}?{{the}}?(?:{{this}}(?={{past}}))?(?P<r>{_POINTING}|{{that}}{{same}}?)?"
    f"(?P<se>{{season}})(?:{_YEAR}(?:[{{dash}}{{slash}}](?P<y2>[{{day}}{{number}}{{year}}]))?)?",
    "quarter": f"(?:{{the}}?(?P<o>[{{ordinal}}{{final}}]){{dash}}?(?P<h>{{quarter}})"
    f"|(?P<q>[{{qsign}}{{hsign}}])){_OF_YEAR}?",
    "unit": f"{_FRACTION}?{{the}}?{{this}}?(?P<r>{_POINTING}|{{that}}){{same}}?(?P<u>{_ANY})",
    "part_of_unit": f"{_FRACTION}(?<={{the}})(?P<u>{_UNIT})",
    "stretch": f"{{the}}(?P<o>[{{ordinal}}{{last}}{{final}}])(?P<n>{_COUNT})?"
    "(?P<u>[{uday}{uweek}{umonth}{uhours}{units}])"
    f"{{of}}{{the}}?(?:{_MONTH})?{_YEAR}?(?P<wh>[{{umonth}}{{uyear}}])?",
    "mid_unit": f"(?P<f>{{part}}){{dash}}(?P<u>{_UNIT})",
    "unit_end": f"(?P<u>{_UNIT})(?:{{apostrophe}}{{s}}|{{dash}})(?P<e>{{edge}})",
    "the_weekend": "{the}(?P<u>{weekend})",
    "window": f"{{the}}?(?P<r>[{{last}}{{past}}{{this}}{{next}}{{following}}]){{past}}?"
    f"(?:{{hedge}}?(?P<n>{_COUNT})(?P<hf>{_HALF})?)?(?P<u>{_PLURAL})",
    "window_of_one": f"(?:{{the}}{{this}}?(?P<r>[{{last}}{{past}}])|(?P<r2>{{past}}))(?P<u>{_UNIT})"
    "(?P<hf>{and}{a}{half})?",
    "recent": "{the}?{recent}(?P<u>{units})",
    "ago": f"(?P<b>{{beyond}}|{{hedge}})?{_NUMBER}(?P<u>{_UNIT}|{_PLURAL}){{ago}}"
    "(?:(?P<t>{today})|(?P<w>{weekday}))?",
    "half_ago": "{half}{dash}?{a}?(?P<u>[{uyear}{unit}{century}]){ago}",
    "weekdays_ago": "(?P<n>{count})(?P<w>{weekdays}){ago}",
    "before_last": "{the}(?P<u>[{uday}{uweek}{umonth}{uyear}{weekend}])(?:(?P<b>{before}){last}|{after}{next})",
    "in_units": f"{_NUMBER}(?P<u>{_UNIT}|{_PLURAL})(?:{{apostrophe}}{{s}}?{{time_word}})?",
    "later": f"{{hedge}}?{_NUMBER}(?P<u>{_UNIT}|{_PLURAL})(?P<x>[{{later}}{{earlier}}])",
    "beside": "{the}(?P<u>" + _UNIT + "|{daypart})" + _BESIDE,
    "beside_many": f"{_NUMBER}(?P<u>{_UNIT}|{_PLURAL})" + _BESIDE,
    "today": f"{_LATE}{_HOURS}(?P<t>[{{today}}{{overnight}}]){_TIME}",
    "nth_weekday": "{the}(?P<o>[{ordinal}{last}{final}])(?P<w>{weekday}){daypart}?[{of}{at}]{the}?"
    f"{_MONTH}{_YEAR}?",
    "that_weekday": "(?P<r>{that}{same}?)(?P<w>{weekday}){daypart}?",
    "now": "{now}",
    "holiday": f"{_LATE}{{the}}?(?P<r>[{{last}}{{this}}{{next}}])?(?P<hd>{{holiday}}){{daypart}}?{_YEAR}?",
    "then": "{then}",
    "fiscal": f"{{the}}?(?:{{fiscalyear}}|{{fiscal}}{{ordinal}}{{dash}}?{{quarter}}"
    f"|{{fiscal}}{{dash}}?{{uyear}}?{_SPAN}|{_SPAN}{{fiscal}}{{dash}}?{{uyear}}"
    "|[{last}{past}{this}{next}{same}]?{fiscal}{dash}?{uyear})",
    "clock": f"{{hedge}}?{_CLOCK}",
    "part_of_day": "{the}?{part}?{daypart}",
    "ancient": "{hedge}?(?:[{day}{number}{year}]{dash})?[{day}{number}{year}]{era}",
    "set": "{set}|{weekdays}|{each}(?:{count}?" + _LASTING + "|{weekday})",
    "duration": f"{_HEDGES}?(?:{_MANY}{{dash}}?{_HALF}?|{{a}}{{dash}}?(?:{{half}}{{dash}})?|{{half}}{{dash}}?{{a}}?)"
    + f"{{past}}?{_LASTING}(?:{{dash}}?{{old}})?|{{units}}",
    "long_ago": "{hedge}?[{units}{many}]{units}?[{ago}{later}{earlier}]",
    "vague": "{vague}|{the}{past}(?=[{comma}{dot}{close}{break}{and}]|$)",
}

VAGUE = frozenset({"fiscal", "clock", "part_of_day", "ancient", "set", "duration", "long_ago", "vague"})
"""Rules for expressions that TIMEX3 marks and that are no date: hours alone, durations, ages, how often, "recently",
fiscal and school years."""

ASIDE = VAGUE - {"fiscal"}
"""Those of them that are not even looked for unless asked; a fiscal year is, so that its figures are no year."""


_KEYS = {
    "month may mabbr": ("month_day", "day_month", "month"),
    "weekday": ("weekday", "that_weekday", "nth_weekday"),
    "year": ("year", "decade"),
    "decade_name s": ("decade",),
    "season": ("season",),
    "uday uweek umonth uyear unit daypart weekend quarter century": (
        "unit",
        "part_of_unit",
        "unit_end",
        "mid_unit",
        "the_weekend",
        "beside",
    ),
    "quarter qsign hsign": ("quarter",),
    "uday uweek umonth uhours units": ("stretch",),
    "units uhours uday uweek umonth uyear unit": (
        "window",
        "window_of_one",
        "recent",
        "later",
        "in_units",
        "beside_many",
    ),
    "th": ("day_of_month",),
    "ago": ("ago", "half_ago", "weekdays_ago"),
    "before after": ("before_last",),
    "weekdays": ("set",),
    "date": ("numeric",),
    "century": ("century", "turn"),
    "today overnight": ("today",),
    "now": ("now",),
    "holiday": ("holiday",),
    "then": ("then",),
    "fiscal fiscalyear": ("fiscal",),
    "clock": ("clock",),
    "daypart": ("part_of_day",),
    "era": ("ancient",),
    "set each": ("set",),
    "uday uweek umonth uyear unit units uhours minute century season daypart weekend": ("duration", "long_ago"),
    "vague past": ("vague",),
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


def matches(classes: str, *, aside: bool = False) -> Iterator[tuple[str, re.Match[str]]]:
    """Every match of every rule in a string of classes, with the rule's name; those of ASIDE only when asked."""
    for keys, rules in _rules():
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
