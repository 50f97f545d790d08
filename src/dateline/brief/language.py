"""Sentences in a language: templates and words from its file, dates and numbers as CLDR has them (Babel)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dateline.brief.asked import LANGUAGES, AskedError
from dateline.brief.model import Sentence
from dateline.brief.values import (
    Amount,
    Beginning,
    Count,
    Days,
    Host,
    Part,
    Party,
    Term,
    Value,
    Voices,
    Words,
)
from dateline.charts.words import ChartWords
from dateline.export.safe import visible
from dateline.lexicon import countries

_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")


class Language:
    """Writes the values and sentences of a brief; a word that its file lacks is a KeyError, never left out."""

    def __init__(self, code: str) -> None:
        from babel import Locale

        self.code = code
        self._locale = Locale.parse(code)
        told = files("dateline.brief").joinpath(f"{code}.yaml").read_text(encoding="utf-8")
        self._file: Mapping[str, Any] = _unbroken(yaml.safe_load(told)) if code == "fr" else yaml.safe_load(told)

    def sentence(self, sentence: Sentence) -> str:
        """A sentence, without the numbers of its references; words of reports stand in it as they may be shown."""
        return self.joined(sentence.parts)

    def joined(self, parts: Sequence[Part]) -> str:
        """Pieces as one sentence."""
        told = self._text("joint").join(self.part(one) for one in parts)
        return f"{told[:1].upper()}{told[1:]}{self._text('stop')}"

    def part(self, part: Part) -> str:
        """A piece: its template with the values in their places."""
        template: str = self._file["parts"][part.key]
        return _PLACE.sub(lambda found: self.value(part.values[found[1]], found[2] or ""), template)

    def label(self, key: str, **values: str | int) -> str:
        """A heading, note or column of the file, with strings in its places."""
        template: str = self._file["labels"][key]
        return _PLACE.sub(lambda found: str(values[found[1]]), template)

    def percent(self, low: float, high: float) -> str:
        """A range of probabilities in percent.

        >>> Language("en").percent(0.55, 0.8)
        '55–80%'
        """
        return f"{round(low * 100)}–{round(high * 100)}{self._text('percent')}"

    def term(self, table: str, key: str) -> str:
        """A word of a closed list."""
        return str(self._file[table][key])

    def value(self, value: Value, form: str = "") -> str:
        """A value in words; `form` is the form that a template asks for, such as `in` of a country."""
        match value:
            case Amount():
                return self.amount(value)
            case Days():
                return self.days(value.earliest, value.latest, form)
            case Beginning():
                return self.beginning(value, form)
            case Party():
                return visible(self.party(value.name))
            case Host():
                return visible(self.host(value.code, form))
            case Count():
                return self.count(value.number, value.thing)
            case Term():
                return self.term(value.table, value.key)
            case Voices():
                return self.voices(value)
            case Words():
                return visible(value.text)

    def number(self, value: float) -> str:
        """A number with the signs of the language."""
        from babel.numbers import format_decimal

        return format_decimal(int(value) if float(value).is_integer() else value, locale=self._locale)

    def count(self, number: int, thing: str) -> str:
        """A number with its noun, in the number that the language wants."""
        forms: Mapping[str, str] = self._file["nouns"][thing]
        return forms.get(self._locale.plural_form(number), forms["other"]).replace("{n}", self.number(number))

    def amount(self, amount: Amount) -> str:
        """A figure with what is counted; "number not said" where no bound is known."""
        low, high = amount.low, amount.high
        if low is None and high is None:
            return self._text("not_said")
        last = high if high is not None else low
        figure = self._figure(low, high)
        forms: Mapping[str, str] = self._file["units"][amount.unit]
        noun = forms.get(self._locale.plural_form(last or 0), forms["other"])
        if noun == "" and amount.words:
            return self._text("in_words").replace("{figure}", figure).replace("{words}", visible(amount.words))
        return figure if noun == "" else f"{figure} {noun}"

    def _figure(self, low: float | None, high: float | None) -> str:
        forms = self._file["figures"]
        if low is None or high is None:
            key, value = ("at_most", high) if low is None else ("at_least", low)
            return str(forms[key]).replace("{n}", self.number(value or 0))
        if low == high:
            return self.number(low)
        return str(forms["range"]).replace("{low}", self.number(low)).replace("{high}", self.number(high))

    def day(self, day: str) -> str:
        """An ISO day; what is none is given as it stands."""
        from babel.dates import format_date

        try:
            known = date.fromisoformat(day[:10])
        except ValueError:
            return visible(day)
        told = format_date(known, self._text("day"), locale=self._locale)
        return re.sub(r"^1 ", f"{self._text('first')} ", told) if known.day == 1 else told

    def days(self, earliest: str | None, latest: str | None, form: str = "") -> str:
        """A span: a day, a month, a year, from one to another, or open at an end; `form` bare: a day without "on"."""
        if earliest is None and latest is None:
            return self._text("no_date")
        if earliest is None or latest is None:
            key = "by" if earliest is None else "from"
            return self._when(key, day=self.day(earliest or latest or ""))
        if earliest == latest:
            return self.day(earliest) if form == "bare" else self._when("on", day=self.day(earliest))
        whole = self._whole(earliest, latest)
        return whole or self._when("between", first=self.day(earliest), last=self.day(latest))

    def _whole(self, earliest: str, latest: str) -> str | None:
        """A whole month or year in its own words."""
        from babel.dates import format_date

        try:
            first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
        except ValueError:
            return None
        if first.day != 1 or (last + timedelta(days=1)).day != 1 or first.year != last.year:
            return None
        if (first.month, last.month) == (1, 12):
            return self._when("in", span=str(first.year))
        if first.month == last.month:
            return self._when("in", span=format_date(first, self._text("month"), locale=self._locale))
        return None

    def beginning(self, value: Beginning, form: str) -> str:
        """A day of beginning: that day, about it, or only told of then; `form` since or on."""
        if value.day is None:
            return self._when(f"{form}_unknown")
        how = "" if value.asserted and value.precise else "_about" if value.asserted else "_told"
        return self._when(f"{form}{how}", day=self.day(value.day))

    def _when(self, key: str, **values: str) -> str:
        template: str = self._file["when"][key]
        return _PLACE.sub(lambda found: values[found[1]], template)

    def party(self, name: str) -> str:
        """A canonical name: countries, and what follows them, in this language; proper names stay."""
        if not self._file["bodies"]:
            return name
        return self._text("parties").join(self._one_party(one) for one in name.split("; "))

    def _one_party(self, name: str) -> str:
        head, comma, rest = name.partition(", ")
        state = countries.by_name(head)
        if state is None:
            return str(self._file["bodies"].get(name, name))
        return f"{self.country(state.code)}{comma}{self._file['bodies'].get(rest, rest)}"

    def country(self, code: str) -> str:
        """The name of a country by its code, or of a region by its name."""
        known = countries.by_code(code)
        if known is None:
            return str(self._file["regions"].get(code, code))
        if code in self._file["countries"]:
            return str(self._file["countries"][code])
        if not self._file["bodies"]:
            return known.name
        return str(self._locale.territories.get(known.alpha2, known.name))

    def host(self, code: str, form: str) -> str:
        """A country in a form: its bare name, or with the preposition for being `in` it."""
        name = self.country(code)
        return name if form != "in" else f"{self._preposition(code, name)} {name}"

    def _preposition(self, code: str, name: str) -> str:
        """The word for "in" before a country's name, by the lists of the language file, else by its ending."""
        rules: Mapping[str, Any] = self._file["prepositions"]
        for word, codes in rules["listed"].items():
            if code in codes:
                return str(word)
        if name[:1] in rules["vowels"]:
            return str(rules["vowel"])
        return str(rules["feminine"] if name[-1:] in rules["feminine_endings"] else rules["other"])

    def voices(self, value: Voices) -> str:
        """Who says it, and through whom it reached the report."""
        unnamed = self._file["unnamed"]
        first = (
            visible(self.party(value.source)) if value.source else str(unnamed.get(value.kind or "", unnamed["report"]))
        )
        return self._text("via").join([first, *(visible(self.party(one)) for one in value.via)])

    def _text(self, key: str) -> str:
        return str(self._file["text"][key])

    def chart_words(self) -> ChartWords:
        """The words of drawings."""
        from babel.dates import get_month_names

        told = self._file["charts"]
        months = get_month_names("abbreviated", locale=self._locale)
        given: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in told.items()}
        return ChartWords(
            **given,
            group=self.number(1000)[1:-3],
            months=tuple(months[month] for month in range(1, 13)),
            hosts={one.code: self.country(one.code) for one in countries.countries()},
            statuses={**self._file["standings"], **self._file["stances"]},
        )


_BEFORE = re.compile(r" (?=[;:!?»%])|(?<=«) ")
"""Spaces of French typography at which no line may end; narrow before all but the colon and within guillemets."""


def _space(before: str, after: str) -> str:
    return "\u00a0" if before.endswith("«") or after.startswith((":", "»")) else "\u202f"


def _unbroken(told: Any) -> Any:
    """The file with such spaces in every template and word of it; words of reports are left as they are."""
    if isinstance(told, str):
        return _BEFORE.sub(lambda found: _space(told[: found.start()], told[found.end() :]), told)
    if isinstance(told, list):
        return [_unbroken(one) for one in told]
    return {key: _unbroken(one) for key, one in told.items()} if isinstance(told, dict) else told


@cache
def language(code: str) -> Language:
    """A language by its code; AskedError for one that there is no file of."""
    if code not in LANGUAGES:
        raise AskedError(f"{code!r} is no language of briefs: there are {', '.join(LANGUAGES)}")
    return Language(code)
