"""Under which keys a place is listed: one rule for the gazetteer, the tool that builds it and a user's own sites."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

SITE_MARK = "@"
"""Leads the key of an airfield or camp by its bare name or its town: `@ramstein`."""

_ARABIC = (
    "IRQ SYR LBY EGY YEM SAU ARE QAT KWT BHR OMN JOR LBN PSE TUN "
    "DZA MAR MRT SDN SSD TCD SOM DJI ERI IRN ISR ESH MLI NER"
)
ARABIC = frozenset(_ARABIC.split())
"""Countries whose place names carry the Arabic article, which reports write, join or leave out at will."""

_ARTICLE = re.compile(r"(?:al|el|ar|as|ash|at|az|ad|an|ath)[ -](?=\S{3})")
_JOINED = re.compile(r"\W+")
_PLAIN = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ə": "a"}
    | dict.fromkeys("'’‘ʼʻʿʾ`´ʹ", "")
)
_SHORT = {"St": "Saint", "Mt": "Mount", "Ft": "Fort"}
_ABBREVIATED = re.compile(r"^(St|Mt|Ft)\.?(?= )")
_AIR_WORDS = (
    r"\b(?:international|airport|air ?base|airbase|air force|base|airfield|military|regional|field|aerodrome|airstrip|"
    r"army|naval|navy|station|heliport|afb|raf|national|domestic|municipal|new|old|air|aaf|nas)\b"
)


def fold(name: str) -> str:
    """The tolerant key of a name: case, marks, apostrophes, hyphens and blanks dropped, final -ah as -a."""
    if name.isascii():
        key = _JOINED.sub("", name.lower())
        return key[:-1] if key.endswith("ah") and len(key) > 3 else key
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold().translate(_PLAIN))
    key = _JOINED.sub("", "".join(char for char in plain if not unicodedata.combining(char)).translate(_PLAIN))
    return key[:-1] if key.endswith("ah") and len(key) > 3 else key


def without_article(name: str) -> str | None:
    """The name without a leading Arabic article ("Ar Raqqah", "al-Tanf"), or None where it has none."""
    match = _ARTICLE.match(name.casefold())
    return None if match is None else name[match.end() :]


def keys(name: str, country: str) -> Iterator[str]:
    """The keys of a name: its own, "Saint", "Mount", "Fort" in full or not, in an Arab country without the article."""
    yield fold(name)
    yield from (fold(short + name[len(full) :]) for short, full in _SHORT.items() if name.startswith(f"{full} "))
    if written_out(name) != name:
        yield fold(written_out(name))
    bare = without_article(name)
    if bare is not None and country in ARABIC and len(fold(bare)) > 2:
        yield fold(bare)


def written_out(name: str) -> str:
    """The name with a leading "St", "Mt" or "Ft" in full."""
    return _ABBREVIATED.sub(lambda match: _SHORT[match.group(1)], name)


def without_air_words(name: str) -> str:
    """The name of an airfield or base without "airport", "air base", "station" and the like."""
    return re.sub(_AIR_WORDS, " ", name, flags=re.IGNORECASE)


def marked(key: str) -> str | None:
    """The key of a site by its bare name or its town; None for one too short to mean anything."""
    return SITE_MARK + key if len(key) > 2 else None
