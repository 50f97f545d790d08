"""The words of a drawing: English ones, or those that a caller gives for another language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dateline.export.words import amount
from dateline.lexicon import countries

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What is written in drawings; `{}` of a field is the value, `group` stands between thousands.

    `hosts` and `statuses` hold the words for countries by code and for standings and stances; what they lack is
    written as it is in English.
    """

    heading: str = "{force} in {host}"
    subtitle: str = (
        "Number of persons by report; a band runs from the lowest to the highest figure. Nothing is added up."
    )
    described: str = "Strength of forces over time, {first} to {last}."
    as_of: str = "{status}, as of {day}"
    left_by: str = "left by {day}"
    gone: str = "gone"
    not_said: str = "number not said"
    at_site: str = "at {}"
    in_claims: tuple[str, str] = ("{stance}, in 1 claim", "{stance}, in {count} claims")
    claims: str = "{} claims"
    settled: str = "Settled: {}"
    more: str = " (and {} more)"
    group: str = ","
    months: tuple[str, ...] = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    legend: tuple[str, ...] = (
        *("since a known day", "since a day not known", "there, number not said"),
        *("at least, at most so many", "no report since, or before"),
        *("arrival", "departure", "planned", "alleged", "denied", "sources disagree"),
    )
    map_title: str = "Map of {place}"
    map_key: str = "Area in proportion to the highest figure told"
    map_open: str = "number not said"
    map_whole: str = "square: the country, no place in it said"
    map_note: str = (
        "Outlines (Natural Earth, public domain) are drawn for orientation and take no position on disputed borders; "
        "those known to be disputed are broken lines."
    )
    hosts: Mapping[str, str] = field(default_factory=lambda: _NONE)
    statuses: Mapping[str, str] = field(default_factory=lambda: _NONE)

    def amount(self, low: float | None, high: float | None) -> str:
        """Bounds as `export.words.amount` writes them, with this language's sign between thousands.

        >>> ChartWords(group=" ").amount(900, 1000)
        '900–1 000'
        """
        return amount(low, high).replace(",", self.group)

    def host(self, code: str) -> str:
        """A host by its code, or a region by its name.

        >>> ChartWords().host("NER"), ChartWords().host("Sahel")
        ('Niger', 'Sahel')
        """
        country = countries.by_code(code)
        return self.hosts.get(code) or (code if country is None else country.name)

    def status(self, name: str) -> str:
        """A standing or stance."""
        return self.statuses.get(name, name)


ENGLISH = ChartWords()
