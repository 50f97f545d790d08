"""A brief before it is written in any language: sentences of ledger rows, origins they rest on, claims behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dateline.brief.asked import Asked
from dateline.brief.values import Part, Voices
from dateline.model import Claim, Dispute, Document, Presence


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the rows it was made from.

    `claims` are the cited ones and `claims_in_all` how many it rests on; `origins` are numbers of references. `step` is
    the number of the step of its presence, from 1, `site` the base or town whose step it is, `side` that of its
    dispute, from 1.
    """

    parts: tuple[Part, ...]
    claims: tuple[str, ...]
    claims_in_all: int
    origins: tuple[int, ...] = ()
    presence: str | None = None
    event: str | None = None
    dispute: str | None = None
    step: int | None = None
    site: str | None = None
    side: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences that belong together under a heading; `lead` is a sentence of its own above them."""

    key: str | None
    lead: Sentence | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the brief by its key; `left_out` counts sentences for which there was no room, the oldest."""

    key: str
    groups: tuple[Group, ...]
    left_out: int = 0

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All of its sentences, the leads among them."""
        return tuple(one for group in self.groups for one in (group.lead, *group.sentences) if one is not None)


@dataclass(frozen=True, slots=True)
class Reference:
    """An origin: who reported it, its earliest report and in how many reports of the ledger it stands.

    `documents` are those reports; `relayed` says that the report of the origin itself is not in the ledger.
    """

    number: int
    key: str
    name: str | None
    earliest: Document | None
    documents: tuple[str, ...]
    relayed: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim of the annex, as analysts left it: its report, its words in their sentence, who says it.

    `voices` are the source, then through whom it reached the report; `origin` is the number of its reference.
    """

    claim: Claim
    report: Document
    before: str
    words: str
    after: str
    voices: Voices
    origin: int | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Stay:
    """A force that is somewhere on the day: in a country, or at a `site` of it with its point, if one is known."""

    presence: str
    force: str
    host: str
    site: str | None
    lat: float | None
    lon: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole: what was asked, from which state of which ledger, and what it says.

    `day` is that for which what is known is told, `made` the day the brief bears; `log` the SHA-256 of the ledger's
    log. `taken_out` are the redactions by name. `charted` are the presences to draw, with `disputes` and the `days` of
    claims without a figure; `stays` are what stands on the map.
    """

    asked: Asked
    day: str
    made: str
    ledger: str
    state: str
    log: str
    claims_held: int
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    annex: tuple[Cited, ...]
    charted: tuple[Presence, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    days: Mapping[str, str] = field(default_factory=dict)
    stays: tuple[Stay, ...] = ()
    taken_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the ledger holds nothing on its subject."""
        return not any(section.sentences for section in self.sections)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The countries and regions that it tells of."""
        found = (() if self.asked.host is None else (self.asked.host,)) + tuple(stay.host for stay in self.stays)
        return tuple(dict.fromkeys(found))
