"""What is taken out of an export: precise places, who anonymous sources are, words of reports."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from dateline.export.blurring import COARSE, WITHHELD, Blur, Blurring, names_of
from dateline.export.changing import changed
from dateline.export.withheld import Renaming, Withheld
from dateline.model import (
    Actor,
    Attribution,
    Change,
    Claim,
    Document,
    Event,
    Evidence,
    Judgement,
    Mention,
    OriginLink,
    Place,
    Quantity,
    Source,
    TimeRange,
)
from dateline.store import View, country_code

T = TypeVar("T")
NAMELESS = "[source]"
_GIVEN_AWAY = ("place", "text")
"""Filters whose words can be part of a place's name."""
_OF_SOURCES = frozenset({"source", "attribution", "via"})
_FEW_WORDS = 2


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is taken out. `blur`: places become their country, or a point of a grid of so many degrees.

    `anonymous` False takes out what reports say of anonymous sources; `text` False takes out the words of reports and
    leaves where they stand.
    """

    blur: Blur | float | None = None
    anonymous: bool = True
    text: bool = True

    @property
    def keeps_texts(self) -> bool:
        """Whether texts of reports may be given."""
        return self == NOTHING

    def told(self) -> dict[str, str]:
        """What is taken out, in words, by the option that does it."""
        found = {}
        if self.blur is not None:
            coarse = {Blur.COUNTRY: "the country only", Blur.REGION: "points on whole degrees"}
            level = coarse[self.blur] if isinstance(self.blur, Blur) else f"points on a grid of {self.blur:g} degrees"
            found["blur"] = f"{self.blur}: {level}; names of places taken out of words, sites and addresses left out"
        if not self.anonymous:
            found["no-anonymous"] = "what reports say of sources that they do not name is taken out"
        if not self.text:
            found["no-text"] = "words of reports are taken out, offsets and titles kept"
        return found


NOTHING = Redaction()


class Told(Protocol):
    """What an export says of itself, as far as it can give away what was taken out."""

    @property
    def ledger(self) -> str:
        """Name of the file of the ledger."""

    @property
    def filters(self) -> Mapping[str, str]:
        """What was asked for."""


class Redactor:
    """Takes out of records what a redaction says; what it must know of the whole ledger it reads once, before."""

    def __init__(self, redaction: Redaction, view: View) -> None:
        self.redaction = redaction
        self._blurring = None if redaction.blur is None else _blurring(redaction.blur, view)
        self._renaming = None if redaction.blur is None else Renaming(_key(view))
        self._sources = None if redaction.anonymous else Withheld(_descriptors(view), NAMELESS)

    def of(self, value: T) -> T:
        """A record without what is taken out."""
        if self.redaction == NOTHING:
            return value
        found = changed(value, self._whole, self._string)
        if self._blurring is not None:
            found = self._blurring.of(found)
        return found if self._renaming is None else changed(found, _same, self._renamed)

    def filters(self, given: Mapping[str, str]) -> Mapping[str, str]:
        """The filters of an export as it may tell them: what was looked for can name a place."""
        if self._blurring is None:
            return given
        kept = {name: self._blurring.words(self._renamed(value, True)) for name, value in given.items()}
        return kept | {name: WITHHELD for name in _GIVEN_AWAY if name in kept and country_code(given[name]) is None}

    def words(self, text: str) -> str:
        """A name that was given from outside, without names of places."""
        return text if self._blurring is None else self._blurring.words(text)

    def id_in_ledger(self, key: str) -> str:
        """The id in the ledger of a record that this export tells under another one."""
        return key if self._renaming is None else self._renaming.back(key)

    def _whole(self, value: Any) -> Any:
        if not self.redaction.anonymous:
            value = _without_sources(value)
        return value if self.redaction.text else _without_words(value)

    def _string(self, text: str, prose: bool) -> str:
        return self._sources.out_of(text) if prose and self._sources is not None else text

    def _renamed(self, text: str, _prose: bool) -> str:
        return text if self._renaming is None else self._renaming.of(text)


def _same(value: Any) -> Any:
    return value


def _without_sources(value: Any) -> Any:
    """What is told of an anonymous source, and what an analyst made of it, is nobody's business."""
    if isinstance(value, Attribution) and value.anonymous:
        return replace(value, source=None)
    if isinstance(value, Judgement) and str(value.value.get("slot", "")).partition(".")[0] in _OF_SOURCES:
        return replace(value, value={key: held for key, held in value.value.items() if key != "to"})
    return value


def _without_words(value: Any) -> Any:
    """The words of a report go; names, figures, dates and offsets stay, and so does the title, which cites it."""
    return _WORDLESS[type(value)](value) if type(value) in _WORDLESS else value


_WORDLESS: Mapping[type[Any], Any] = MappingProxyType(
    {
        **dict.fromkeys((Actor, Place, Quantity, TimeRange), lambda value: replace(value, text=None)),
        Source: lambda value: replace(value, text=None, description=None, condition=None),
        Mention: lambda value: replace(value, text=""),
        Evidence: lambda value: replace(value, exact=""),
        Claim: lambda value: replace(value, basis={}),
        Document: lambda value: replace(value, text=""),
        Change: lambda value: replace(
            value, before=None if value.before is None else "", after=None if value.after is None else ""
        ),
        OriginLink: lambda value: replace(value, reason=""),
    }
)


def _blurring(blur: Blur | float, view: View) -> Blurring:
    """The blurring of all places that the ledger knows."""
    names: set[str] = set()
    within: set[str] = set()
    for record in _placed(view):
        names.update(names_of(record))
        place = record.place if isinstance(record, Claim) else None
        if place is not None and place.country is not None and place.precision not in COARSE:
            within.add(place.country)
    return Blurring(blur, names, within=within)


def _placed(view: View) -> Iterator[Claim | Event | Document | Judgement]:
    """Whatever can name a place; the sites of presences are places of claims."""
    for pages in (view.every_claim(), view.every_document(), view.every_event(), view.every_judgement()):
        for some in pages:
            yield from some


def _descriptors(view: View) -> set[str]:
    """What reports call their anonymous sources, where it is more than one word."""
    found: set[str | None] = set()
    for some in view.every_claim():
        for claim in some:
            said = claim.attribution
            if said is not None and said.anonymous and said.source is not None:
                source = said.source
                found |= {source.name, source.text, source.description, source.condition, source.office}
    return {name for name in found if name is not None and len(name.split()) >= _FEW_WORDS}


def _key(view: View) -> bytes:
    """A key that exports of one ledger share and nobody can guess: the microseconds in which it began.

    A ledger that does not know them, being older than its log, gets another key for every export.
    """
    moments = view.first_moments()
    if not moments:
        return secrets.token_bytes(32)
    return hashlib.sha256("\n".join(("dateline renames", *moments)).encode()).digest()
