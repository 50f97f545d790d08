"""The dateline a report opens with ("NIAMEY, Jan 17 (Reuters) -"): place, day, agency and how far it reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from dateline.lexicon.furniture import furniture_words
from dateline.model import Span
from dateline.parse.mastheads import credited
from dateline.parse.stamps import WrittenDate, written_dates

REACH: Final = 140

_UPPER = r"[^\W\d_a-zß-öø-ÿ](?:[^\W\d_a-zß-öø-ÿ]|['’.-](?=\w))+\.?"
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*(?:[ \xa0](?:of |the |and )?[^\W\d_a-zß-öø-ÿ][\w.'’-]*){0,3}"


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says; `span` covers it with its dash, `place` is as written."""

    span: Span
    place: str
    day: WrittenDate | None
    agency: str | None


def dateline_at(text: str, start: int) -> Dateline | None:
    """The dateline that begins at `start`, or None.

    Places stand in capitals, or are followed by an agency or a day; a dash (a colon after long capitals) ends it, and
    a capital, figure or quotation mark follows. Words of `not_datelines` ("BREAKING", "NATO") are no place.
    The bracket may name an agency nobody lists ("(Example Press Agency)").
    """
    found = _pattern().match(text, start, min(len(text), start + REACH))
    if found is None or text[found.end() : found.end() + 2].lstrip("\"'“‘«([")[:1].islower():
        return None
    place, town, bracket = found["place"].rstrip(" ,-"), found["town"], found["bracket"] or found["slashed"] or ""
    stamps = f"{found['middle'] or ''} {bracket} {found['after'] or ''}"
    day = next(written_dates(stamps), None)
    bracket = " ".join(bracket.split())
    agency = agency_in(bracket) or credited(bracket, certain=day is not None or town.isupper())
    told = agency is not None or (day is not None and (bracket != "" or (found["middle"] or "").startswith(",")))
    if _no_place(town) or not (told or _capitals(town, found["mark"])):
        return None
    return Dateline(Span(start, start + len(found.group().rstrip())), place, day, agency)


def agency_in(text: str) -> str | None:
    """The canonical name of the first news agency named in `text`; short names count in capitals only."""
    words = furniture_words()
    for found in words.agency.finditer(text):
        written = found.group()
        if len(written) > 5 or written.isupper() or not words.agencies[written.lower()].isupper():
            return words.agencies[written.lower()]
    return None


def _no_place(town: str) -> bool:
    words, name = furniture_words(), town.lower().rstrip(".")
    known = (words.not_datelines, words.agencies, words.weekdays, words.months)
    return name.isdigit() or any(name in group for group in known)


def _capitals(town: str, mark: str) -> bool:
    plain = re.sub(rf" (?:{furniture_words().between}) ", " ", town)
    return plain.isupper() and sum(char.isalpha() for char in town) >= (5 if mark.strip() == ":" else 3)


@cache
def _pattern() -> re.Pattern[str]:
    words = furniture_words()
    months = "|".join(sorted(words.months, key=len, reverse=True))
    weekdays = "|".join(sorted(words.weekdays, key=len, reverse=True))
    day = (
        rf"(?i:(?:(?:{weekdays})\b,?\s?)?(?:(?:{months})\.?\s\d{{1,2}}|\d{{1,2}}(?:\.|{words.ordinals})?\s(?:{months})\b\.?)(?:,?\s\d{{4}})?"
        rf"|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}|(?:{weekdays})\b)"
    )
    town = rf"(?:{_UPPER}(?:(?:[ \xa0]|/|(?i: (?:{words.between}) )){_UPPER}){{0,4}}|{_NAME})"
    return re.compile(
        rf"(?P<place>(?P<town>{town})(?:,\s(?!(?i:{months}|{weekdays})\b){_NAME})?)"
        rf"(?P<middle>,?\s{day})?"
        r"(?:[,.]?\s{0,2}[(\[](?P<bracket>[^()\[\]]{2,60})[)\]]|[,.]?\s{0,2}/(?P<slashed>[^/\n]{2,30})/)?"
        rf"(?P<after>,\s{day})?"
        r"(?P<mark>\s{0,2}(?:--+|—|―)\s*|\s+[–-]\s+|\s?:\s|(?<=/)\.\s|(?<=\))\.?\s?[–-]\s?)"
    )
