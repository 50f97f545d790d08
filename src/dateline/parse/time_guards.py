"""What keeps the time grammar off words that only look like times: names, counts, modal "May", durations.

Also finds the preposition that belongs to a time.
"""

from __future__ import annotations

from collections.abc import Callable

from dateline.lexicon.quantities import quantity_words
from dateline.parse.time_frame import Found
from dateline.parse.time_tokens import Token

_PREPOSITIONS = frozenset({"at", "since", "from", "until", "by", "before", "after", "between"})
_YEAR_PREPOSITIONS = frozenset({"since", "from", "until", "by", "before", "after", "between", "of"})
_PLAIN_YEARS = range(1750, 2061)
_LONGEST_RANGE, _RECENT_YEARS = 120, 1900
_DESCRIBING_YEARS = range(1950, 2036)
"""Years that may stand between two plain words ("used 2010 census data"); others are more often counts."""
_NOUN_REACH = 2
_MONTHS = frozenset({"month", "may", "mabbr"})
_BARE_ORDINAL = 3
_OPENING = frozenset("«“\"':•!?")
"""Signs after which a sentence or quotation begins."""
WORDS = frozenset(
    {"other", "name", "set", "time_word", "vague", "fiscal", "final", "each", "old", "many", "rest", "nth", "minute"}
)
"""Classes of words that are plain words to a time beside them."""
_MIDDLE = frozenset({"dash", "slash", "number", "day"})


def preposition(found: Found) -> tuple[int, str | None]:
    """The token where the time starts with its preposition, and the class of that preposition or None.

    Before a genitive ("after Friday's attack") only "since" and "until" belong to the time.
    """
    items = found.tokens.items
    at = found.i - 1
    while at >= 0 and items[at].kind in ("hedge", "beyond"):
        at -= 1
    if at < 0 or items[at].kind not in _PREPOSITIONS:
        return found.i, None
    kind = items[at].kind
    if _genitive(found) and kind not in ("since", "until"):
        return found.i, None
    return at, kind


def plausible(found: Found) -> bool:
    """Whether a rule match is a time in its context."""
    if _kind(found, found.j) == "percent" or _compounded(found):
        return False
    if found.name == "year" and _kind(found, found.j) == "fiscal":
        return False
    guard = _GUARDS.get(found.name)
    return guard is None or guard(found)


def _compounded(found: Found) -> bool:
    """Whether a hyphen makes it the first part of a word ("day-long", "now-defunct")."""
    after = found.j + 1
    hyphen = _text(found, found.j) == "-" and _glued(found, found.j) and _glued(found, after)
    return hyphen and _kind(found, after) in WORDS and found.name != "duration"


def _token(found: Found, at: int) -> Token | None:
    return found.tokens.items[at] if 0 <= at < len(found.tokens.items) else None


def _kind(found: Found, at: int) -> str:
    token = _token(found, at)
    return "break" if token is None else token.kind


def _glued(found: Found, at: int) -> bool:
    """Whether token `at` follows the one before it without a space."""
    items = found.tokens.items
    return 0 < at < len(items) and items[at - 1].end == items[at].start


def _genitive(found: Found) -> bool:
    return _kind(found, found.j) == "apostrophe" and _kind(found, found.j + 1) == "s" and found.name != "unit_end"


def _counts(found: Found, token: Token) -> bool:
    """Whether a word is a counted thing: "soldiers", "vehicles", "euros", "km"."""
    word, stream = token.text.lower(), found.tokens
    return word in stream.words.measures or word in quantity_words(stream.language).plurals


def _counted_after(found: Found, reach: int) -> bool:
    """Whether a counted noun follows within `reach` words, with no punctuation between."""
    for at in range(found.j, found.j + reach):
        token = _token(found, at)
        if token is None or token.kind not in WORDS:
            return False
        if _counts(found, token):
            return True
    return False


def _named(found: Found) -> bool:
    """Whether the words beside make it part of a name ("Black Friday", "Sunday Times")."""
    before, after = _token(found, found.i - 1), _token(found, found.j)
    words = found.tokens.words
    return (before is not None and before.text[0].isupper() and before.text.lower() in words.name_before) or (
        after is not None and after.kind == "name" and after.text.lower() in words.name_after
    )


def _loose_part(found: Found) -> bool:
    """Whether "earlier" or "later" stands there without its "in"."""
    token = found.get("f")
    if token is None or token.kind == "part":
        return False
    return found.tokens.items[found.i + 1].kind != "at"


def _month(found: Found) -> bool:
    token = found.get("m")
    if token is None or _named(found) or _loose_part(found) or _capital(found, token):
        return False
    if found.get("f", "e", "o", "r", "y", "yr") is not None:
        return True
    _, before = preposition(found)
    bare = token.kind == "month"
    if before is not None:
        if _text(found, found.i - 2) in found.tokens.words.tense.planned:
            return True
        return (
            bare
            or before in ("since", "until", "from")
            or _text(found, found.i - 1) not in found.beside("not_of_months")
        )
    link = _kind(found, found.i - 1)
    if link == "dash" and _kind(found, found.i - 2) in _MONTHS:
        return True
    if _kind(found, found.j) in ("to", "dash", "and") and _kind(found, found.j + 1) in _MONTHS:
        return bare or _kind(found, found.j + 1) == "month" or link in ("the", "open")
    if link in ("of", "to", "and"):
        return bare or (link == "of" and not _genitive(found)) or _kind(found, found.i - 2) in _MONTHS
    if link in ("the", "s", "a") and _kind(found, found.j) in WORDS - {"name"}:
        return True
    if _genitive(found) and _text(found, found.j + 2) in found.tokens.words.tense.scheduled_events:
        return True
    return bare and _kind(found, found.j) not in ("name", "open") and link != "name"


def _text(found: Found, at: int) -> str:
    token = _token(found, at)
    return "" if token is None else token.text.lower()


def _names_a_thing(found: Found) -> bool:
    """Whether a day or year is part of a thing's name: "the 17 October Brigade", "1945 Harbour Road"."""
    if _text(found, found.j) in found.beside("named_for_a_day"):
        return True
    for at in (found.j, found.j + 1):
        if _kind(found, at) != "name":
            return False
        if _text(found, at) in found.tokens.words.named_for_days:
            return True
    return False


def _month_day(found: Found) -> bool:
    """Not "in March 13 soldiers were killed", where the number counts."""
    if _names_a_thing(found):
        return False
    if found.get("y", "yr", "w") is not None:
        return True
    ends_with_day = _kind(found, found.j - 1) == "day"
    if ends_with_day and _kind(found, found.j - 2) == "the":
        return False
    if not ends_with_day or not _counted_after(found, _NOUN_REACH):
        return True
    at, before = preposition(found)
    return before is not None and _text(found, at) not in found.beside("in")


def _capital(found: Found, token: Token) -> bool:
    """Whether a word that its language writes small has a capital within a sentence, as a name has ("Avril")."""
    if token.kind in found.tokens.words.capitalised or not token.text[0].isupper():
        return False
    first, at = token is found.tokens.items[found.i], found.i - 1
    return not first or (found.before not in ("break", "dot", "open") and found.tokens.items[at].text not in _OPENING)


def _day_month(found: Found) -> bool:
    before = _token(found, found.i - 1)
    if _names_a_thing(found) or found.beside("named_before") & {_text(found, found.i - 2), _text(found, found.i - 1)}:
        return False
    if before is None or before.kind not in _MIDDLE or not _glued(found, found.i):
        return True
    return before.kind == "dash" and _kind(found, found.i - 2) in _MONTHS | {"year", "mabbr"}


def _year(found: Found) -> bool:
    year = found.number("y")
    if year is None or _loose_part(found) or _names_a_thing(found) or _kind(found, found.j) in ("era", "zone", "slash"):
        return False
    if _kind(found, found.j) == "dot" and _glued(found, found.j + 1) and _kind(found, found.j + 1) in ("day", "number"):
        return False
    short = found.number("y2")
    if short is not None and not (year % 100 < short <= 99 or short > year):
        return False
    if found.get("f", "e", "o") is not None or any(t.kind == "uyear" for t in found.tokens.items[found.i : found.j]):
        return True
    return _year_in_context(found, year)


def _year_in_context(found: Found, year: int) -> bool:
    at, before = preposition(found)
    word, kind = _text(found, at) if before else "", _kind(found, found.i - 1)
    if _kind(found, found.i) == "of":
        return not _counted_in_range(found)
    if before == "at":
        return word not in found.beside("not_of_years") and kind != "beyond" and not _counted_after(found, 1)
    if _text(found, found.i - 1) in found.beside("about") and _kind(found, found.j) not in WORDS | {"of"}:
        return True
    if kind in _YEAR_PREPOSITIONS or before is not None:
        return not _counted_in_range(found)
    if year not in _PLAIN_YEARS:
        return False
    if _range_of_years(found, year) or _leads(found, year):
        return not _counted_in_range(found)
    linked = _kind(found, found.i - 2) == "year"
    if kind in ("dash", "to", "and", "comma"):
        return linked and not _counted_after(found, _NOUN_REACH)
    spans = _text(found, found.j) in ("-", "–") and _kind(found, found.j + 1) == "year"
    if _genitive(found) or (spans and kind != "name"):
        return not _counted_in_range(found)
    if kind == _kind(found, found.j) == "break":
        return True
    if kind == "open":
        return _kind(found, found.j) in ("close", "comma", "dash")
    return kind in ("the", "a", "s", "this") and not _counted_in_range(found)


def _range_of_years(found: Found, year: int) -> bool:
    """ "1861-1863", whatever stands before it."""
    last = found.number("y2")
    short = last is not None and year >= _RECENT_YEARS and year % 100 < last < 100
    return last is not None and (short or year < last <= year + _LONGEST_RANGE)


def _leads(found: Found, year: int) -> bool:
    """A year that opens its sentence ("1987 saw"), follows a possessive, ends a heading, or describes a noun."""
    before, after = _text(found, found.i - 1), _kind(found, found.j)
    if before in found.beside("before_years"):
        return True
    opens = _kind(found, found.i - 1) in ("break", "dot") and not _glued(found, found.i)
    if opens and year >= _RECENT_YEARS:
        return after == "other"
    if before == "," and after == "break":
        return found.j < len(found.tokens.items)
    describes = _kind(found, found.i - 1) == after == "other" and not _plural(_text(found, found.j))
    return describes and year in _DESCRIBING_YEARS and before.isalpha() and _text(found, found.j).isalpha()


def _plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("us", "ss", "is"))


def _counted_in_range(found: Found) -> bool:
    """Whether a counted noun follows, or follows the number this one is linked to ("between 1500 and 2000 men")."""
    if _counted_after(found, _NOUN_REACH):
        return True
    if _kind(found, found.j) not in ("to", "and", "dash"):
        return False
    after = _token(found, found.j + 1)
    if after is None or after.kind not in ("year", "number", "other"):
        return False
    return any(_counts(found, t) for t in found.tokens.items[found.j + 2 : found.j + 2 + _NOUN_REACH])


def _decade(found: Found) -> bool:
    year = found.number("y") or found.number("dd")
    last = found.j - 1
    if _text(found, found.i - 1) in found.beside("owners"):
        return False
    if found.get("dn") is not None:
        return _kind(found, found.j - 2) in ("the", "part") or found.get("f", "e") is not None
    if year is None or year % 10:
        return False
    if _kind(found, last) != "s":
        return True
    if not _glued(found, last):
        return False
    return _kind(found, last - 1) != "apostrophe" or _kind(found, found.i) == "the"


def _season(found: Found) -> bool:
    if _named(found) or _loose_part(found):
        return False
    if found.get("y", "yr", "r", "f", "e", "o") is not None:
        return not (found.get("r") is not None and _text(found, found.i) == "past")
    pair = _kind(found, found.j) in ("and", "dash") and _kind(found, found.j + 1) == "season"
    if pair or (_kind(found, found.i - 1) in ("and", "dash") and _kind(found, found.i - 2) == "season"):
        return True
    return preposition(found)[1] is not None and _kind(found, found.j) != "of"


def _unit(found: Found) -> bool:
    pointer, token = found.get("r"), found.get("u")
    if pointer is None or token is None or _kind(found, found.j) == "of":
        return False
    if pointer.kind == "past" and token.kind != "weekend":
        return False
    if pointer.kind == "that" and token.kind == "quarter":
        return False
    the = any(t.kind == "the" for t in found.tokens.items[found.i : found.j])
    whole = found.get("f", "e", "o") is None
    return not (the and whole and pointer.kind == "last" and token.kind not in ("weekend", "daypart", "quarter"))


def _part_of_unit(found: Found) -> bool:
    edge, token = found.get("e"), found.get("u")
    return not (edge is not None and token is not None and token.kind == "uday") and _kind(found, found.j) != "of"


def _window(found: Found) -> bool:
    pointer = found.get("r")
    return _kind(found, found.j) != "of" and (pointer is None or pointer.kind != "this")


def _later(found: Found) -> bool:
    token = found.get("u")
    return token is not None and token.value != "hour" and _text(found, found.j) not in found.beside("than")


def _now(found: Found) -> bool:
    return _kind(found, found.i - 1) not in ("until", "by", "from", "before", "since")


def _then(found: Found) -> bool:
    return _kind(found, found.i - 1) == "since"


def _holiday(found: Found) -> bool:
    return _kind(found, found.j) != "name"


def _weekday(found: Found) -> bool:
    day = found.get("w")
    if day is not None and _capital(found, day):
        return False
    person = (
        _kind(found, found.i - 1) in ("break", "dot") and found.j - found.i == 1 and _kind(found, found.j) == "name"
    )
    return not _named(found) and _kind(found, found.i - 1) != "each" and not person


def _that_weekday(found: Found) -> bool:
    """ "That Sunday", "on that Sunday", not "said that Sunday ..."."""
    pointing = found.tokens.items[found.i].text[0].isupper() or found.after_preposition
    return pointing and _kind(found, found.j) != "apostrophe" and not _named(found)


def _mid_unit(found: Found) -> bool:
    """ "mid-year", "mid-week"; "late-week" is no word of news."""
    part = found.get("f")
    return part is not None and part.value == "mid" and _kind(found, found.j) not in ("of", "dash")


def _ago(found: Found) -> bool:
    """Not the end of "half a year ago"."""
    return _kind(found, found.i - 1) != "half"


def _in_units(found: Found) -> bool:
    """ "in two weeks", not "in two weeks of fighting" or "in two weeks' time"."""
    after = _kind(found, found.j)
    return _text(found, found.i - 1) in found.beside("in_units") and after not in ("of", "dash", "apostrophe")


def _for_units(found: Found) -> bool:
    """ "depuis deux semaines"."""
    return preposition(found)[1] == "since" and _kind(found, found.j) != "of"


def _eve(found: Found) -> bool:
    """Not "la veille de l'attaque", a day that only the attack can tell."""
    return _kind(found, found.j) not in ("of", "du", "name")


def _stretch(found: Found) -> bool:
    return found.get("m", "y", "yr", "wh") is not None


def _quarter(found: Found) -> bool:
    """A half alone is one of a match; "a quarter" and "quarter of" are shares."""
    after = {_kind(found, found.j + n) for n in range(3)} if _kind(found, found.j) == "of" else set()
    if _kind(found, found.i - 1) == "fiscal" or "fiscal" in after or "fiscalyear" in after:
        return False
    half = found.get("h")
    return not (half is not None and found.get("y", "yr") is None and _kind(found, found.j) == "of")


def _day_of_month(found: Found) -> bool:
    """A bare "the 5th" is a day only after a preposition and before no noun ("on the 5th floor")."""
    if found.j - found.i > _BARE_ORDINAL or found.get("hr", "f") is not None:
        return True
    _, before = preposition(found)
    alone = _kind(found, found.j) not in WORDS | {"century", "uday", "season", "weekday", "holiday"}
    alone = alone or _text(found, found.j) in found.tokens.words.tense.subjects
    return alone and bool(
        before in ("since", "until", "by", "from")
        or found.beside("on") & {_text(found, found.i - 1), _text(found, found.i)}
    )


def _duration(found: Found) -> bool:
    """Not "second" or "a day" inside a longer phrase, nor one season or part of the day ("a winter")."""
    last = found.tokens.items[found.j - 1]
    if last.kind in ("season", "daypart", "weekend", "quarter"):
        return found.j - found.i > 1 and found.tokens.items[found.i].kind not in ("a", "half")
    return True


def _set(found: Found) -> bool:
    """Not "the Daily Herald"."""
    items = found.tokens.items
    name = found.j - found.i == 1 and items[found.i].kind == "set" and items[found.i].text[0].isupper()
    return not name or found.before in ("break", "dot")


def _vague(found: Found) -> bool:
    """ "the time" only where it is "at the time"."""
    if found.tokens.items[found.i].text[0].isupper() and found.before not in ("break", "dot"):
        return False
    loose = _text(found, found.i) in found.beside("at_the_time")
    return not loose or _text(found, found.i - 1) in found.beside("at")


def _fiscal(found: Found) -> bool:
    """A school year, but not "school" or "financial" with a year beside it ("a school 2012")."""
    items = found.tokens.items[found.i : found.j]
    return any(t.kind in ("uyear", "fiscalyear") or t.text.lower() in found.beside("fiscal") for t in items)


def _part_of_day(found: Found) -> bool:
    return preposition(found)[1] is not None or found.tokens.items[found.j - 1].text.lower() in found.beside("noon")


_GUARDS: dict[str, Callable[[Found], bool]] = {
    "weekday": _weekday,
    "mid_unit": _mid_unit,
    "that_weekday": _that_weekday,
    "ago": _ago,
    "in_units": _in_units,
    "for_units": _for_units,
    "eve": _eve,
    "month": _month,
    "month_day": _month_day,
    "day_month": _day_month,
    "year": _year,
    "decade": _decade,
    "season": _season,
    "unit": _unit,
    "part_of_unit": _part_of_unit,
    "window": _window,
    "window_of_one": _window,
    "later": _later,
    "now": _now,
    "then": _then,
    "holiday": _holiday,
    "stretch": _stretch,
    "quarter": _quarter,
    "day_of_month": _day_of_month,
    "duration": _duration,
    "vague": _vague,
    "set": _set,
    "fiscal": _fiscal,
    "part_of_day": _part_of_day,
}
