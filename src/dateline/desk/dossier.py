"""A dossier: everything the ledger has on a country or a force, read from one state of it, in bounded pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection

from dateline import reconcile
from dateline.desk.standing import state_of
from dateline.export.blurring import Blur, Blurring, countries_of, names_of
from dateline.export.sentences import Sentence, sentence_around
from dateline.export.voices import voices
from dateline.judging.words import sentence
from dateline.lexicon import countries
from dateline.lexicon.regions import shared_region
from dateline.model import Claim, Dispute, Document, Event, Judgement, Origin, Presence
from dateline.model import Verdict as Decision
from dateline.reconcile.ratings import ChainRating
from dateline.reconcile.verdicts import rating, undone, verdicts
from dateline.store import Filters, LedgerError, Paging, Slice, Store, View, country_code
from dateline.store.carrying import carried
from dateline.store.derived import Derived
from dateline.store.judging import Judgements
from dateline.store.paging import MOST_ROWS

T = TypeVar("T")
AT_ONCE = 200
"""Reports or claims that are in memory at the same time, with their texts."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What it is about: a host country (alpha-3 code) or region, a force (country or part of a name), or both."""

    host: str | None = None
    actor: str | None = None

    def __post_init__(self) -> None:
        if self.host is None and self.actor is None:
            raise ValueError("a dossier is about a country or a force: give one of them")

    @classmethod
    def called(cls, host: str | None, actor: str | None) -> Subject:
        """The subject as a person gives it, countries by name or code; ValueError for a host that is none.

        A region of several countries ("Sahel") can be a host too.
        """
        code = None if not host else country_code(host) or shared_region(host)
        if host and code is None:
            raise ValueError(f"{host!r} is no country: write a name or an alpha-3 code such as NER")
        force = None if not actor or not actor.strip() else country_code(actor) or actor.strip()
        return cls(code, force)

    @property
    def title(self) -> str:
        """The subject in words."""
        host = None if self.host is None else _country(self.host)
        actor = None if self.actor is None else _country(self.actor)
        if host is None:
            return f"Forces of {actor}"
        return f"Foreign forces in {host}" if actor is None else f"Forces of {actor} in {host}"

    @property
    def filters(self) -> Filters:
        """The claims, presences, events and disputes that it is about."""
        return Filters(host=self.host, actor=self.actor)


def _country(value: str) -> str:
    country = countries.by_code(value)
    return value if country is None else country.name


@dataclass(frozen=True, slots=True)
class Choice:
    """What of it is given away. `texts`: whole reports; `blur`: places made coarse, which leaves texts out too."""

    texts: bool = True
    blur: Blur | None = None

    @property
    def whole_texts(self) -> bool:
        """Whether sentences and texts around the quoted words are shown."""
        return self.texts and self.blur is None


@dataclass(frozen=True, slots=True)
class Told:
    """A claim as a dossier shows it: its report, its words in their sentence, who says it, what analysts made of it.

    `verdict` is "" where nobody judged it.
    """

    claim: Claim
    report: Document
    passage: Sentence
    voices: tuple[str, ...]
    verdict: str
    rating: ChainRating

    @property
    def address(self) -> str:
        """Where it stands, from the top of the folder."""
        return f"reports/{self.claim.document}.html#{self.claim.id}"


@dataclass(frozen=True, slots=True)
class JudgementTold:
    """A judgement with what it decides in one line, and the reversal that undid it."""

    judgement: Judgement
    told: str
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class ReportTold:
    """A report of the dossier with its claims that are of the subject; `others` counts those that are not."""

    document: Document
    claims: tuple[Told, ...]
    others: int
    origin: Origin | None


@dataclass(slots=True)
class _Scope:
    """The ids of what belongs to the dossier: some 200 bytes a claim."""

    claims: set[str] = field(default_factory=set)
    reports: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    within: set[str] = field(default_factory=set)


class Material:
    """What a dossier is made of, one kind at a time, in a fixed order. All of it is of one state of the ledger."""

    def __init__(self, store: Store, connection: Connection, subject: Subject, choice: Choice) -> None:
        self.subject = subject
        self.choice = choice
        self._view = View(store, pinned=connection)
        self._derived = Derived(connection)
        self._made = Judgements(store, pinned=connection)
        self._verdicts = verdicts(self._made.all(), carried(connection))
        self._blurring: Blurring | None = None
        self._scope = self._gathered()
        if choice.blur is not None:
            self._blurring = Blurring(choice.blur, self._scope.names, within=self._scope.within)

    @property
    def state(self) -> str:
        """The state of the ledger: another one after every addition, judgement or derivation."""
        marked = self._derived.marked() or ("", 0)
        return f"{marked[0]}.{marked[1]}.{self._derived.last_entry()}"

    @property
    def is_current(self) -> bool:
        """Whether what is derived rests on everything that was added."""
        return self._derived.marked() == (reconcile.VERSION, self._derived.last_entry())

    @property
    def readers(self) -> tuple[str, ...]:
        """The programs that read the reports."""
        return tuple(dict.fromkeys(f"{run.extractor} ({run.model})" for run in self._view.runs()))

    @property
    def claim_count(self) -> int:
        """How many claims it holds."""
        return len(self._scope.claims)

    @property
    def report_count(self) -> int:
        """How many reports they are of."""
        return len(self._scope.reports)

    def presences(self) -> Iterator[Presence]:
        """The presences it is about, by host and force."""
        return map(self._blurred, self._every(self._view.presences_page))

    def events(self) -> Iterator[Event]:
        """The events it is about, newest first."""
        return map(self._blurred, self._every(self._view.events_page))

    def disputes(self) -> Iterator[Dispute]:
        """The disputes it is about, open ones first."""
        return map(self._blurred, self._every(self._view.disputes_page))

    def told(self, ids: Sequence[str]) -> list[Told]:
        """Claims in their order, ready to be shown."""
        told: dict[str, Told] = {}
        for some in _chunks(dict.fromkeys(ids)):
            found = self._view.claims_of(some)
            reports = self._documents({claim.document for claim in found.values()})
            told |= {key: self._told(claim, reports[claim.document]) for key, claim in found.items()}
        return [told[key] for key in ids if key in told]

    def reports(self) -> Iterator[ReportTold]:
        """The reports it rests on, newest first, with their claims."""
        newest = sorted(self._scope.reports, key=lambda key: (self._scope.reports[key], key), reverse=True)
        for some in _chunks(newest):
            documents = self._documents(some)
            claims = self._derived.claims_of_documents(some)
            origins = self._view.origins_of(some)
            for key in some:
                told = [claim for claim in claims[key] if claim.id in self._scope.claims]
                yield ReportTold(
                    self._blurred(documents[key]),
                    tuple(self._told(claim, documents[key]) for claim in told),
                    len(claims[key]) - len(told),
                    self._blurred(origins.get(key)),
                )

    def origins(self) -> Iterator[Origin]:
        """The reportings that several of its reports rest on, those with most reports first."""
        sizes: dict[str, tuple[int, str]] = {}
        for some in _chunks(sorted(self._scope.reports)):
            for origin in self._view.origins_of(some).values():
                if len(origin.documents) > 1 or origin.partial:
                    sizes[origin.id] = (-len(origin.documents), origin.id)
        for key in sorted(sizes, key=sizes.__getitem__):
            found = self._view.derived_record(key)
            if isinstance(found, Origin):
                yield self._blurred(found)

    def headers(self, ids: Iterable[str]) -> dict[str, Document]:
        """Reports without their texts, those of other subjects too."""
        return {key: self._blurred(found) for key, found in self._view.headers(list(ids)).items()}

    def has_report(self, document: str) -> bool:
        """Whether a report is in the dossier."""
        return document in self._scope.reports

    def judgements(self) -> list[JudgementTold]:
        """What analysts decided on its claims and reports, in the order they did."""
        targets = sorted(self._scope.claims | self._scope.reports.keys())
        found = self._made.of(targets)
        gone = undone(found)
        return [JudgementTold(self._blurred(one), self._decided(one), gone.get(one.id)) for one in found]

    def days(self, ids: Iterable[str]) -> dict[str, str]:
        """The newest day that each claim speaks of, else that of its report; for the chart."""
        found = self._view.claims_of(list(ids))
        headers = self._view.headers([claim.document for claim in found.values()])
        days = {}
        for key, claim in found.items():
            told = None if claim.time is None else claim.time.latest or claim.time.earliest
            day = told or headers[claim.document].published
            if day is not None:
                days[key] = day[:10]
        return days

    def _told(self, claim: Claim, document: Document) -> Told:
        part = claim.evidence[0]
        shown = Sentence("", part.exact, "", part.start, part.end)
        if self.choice.whole_texts:
            shown = sentence_around(document.text, part.start, part.end)
        made = Told(
            claim=claim,
            report=replace(document, text=""),
            passage=shown,
            voices=voices(claim, document),
            verdict=state_of(claim.id, self._verdicts),
            rating=rating(claim, document, self._verdicts),
        )
        return self._blurred(made)

    def _decided(self, judgement: Judgement) -> str:
        """What a judgement decides; of a blurred dossier no correction of a place."""
        if self._blurring is None:
            return sentence(judgement)
        slot = str(judgement.value.get("slot", ""))
        if judgement.verdict is Decision.CORRECT and slot.startswith("place"):
            return f"corrected the place of {len(judgement.targets)} claim"
        return self._blurring.words(sentence(judgement))

    def _documents(self, ids: Iterable[str]) -> dict[str, Document]:
        return self._derived.documents(sorted(ids), text=self.choice.whole_texts)

    def _blurred(self, value: T) -> T:
        return value if self._blurring is None else self._blurring.of(value)

    def _every(self, listed: Callable[[Filters, Paging], Slice[T]]) -> Iterator[T]:
        """All rows of a listing that fit the subject, page by page."""
        cursor = None
        while True:
            page = listed(self.subject.filters, Paging(limit=MOST_ROWS, cursor=cursor))
            yield from page.rows
            cursor = page.next
            if cursor is None:
                return

    def _gathered(self) -> _Scope:
        """The claims that fit the subject, those that its presences, events and disputes rest on, and their reports."""
        scope = _Scope()
        for claim in self._every(self._view.claims_page):
            self._take(scope, claim)
        for presence in self._every(self._view.presences_page):
            scope.names.update(names_of(presence))
            self._take_all(scope, claims_of_presence(presence))
        for event in self._every(self._view.events_page):
            scope.names.update(names_of(event))
            self._take_all(scope, event.claims)
        for dispute in self._every(self._view.disputes_page):
            self._take_all(scope, dispute.claims)
        for some in _chunks(sorted(scope.reports)):
            for key, header in self._view.headers(some).items():
                scope.reports[key] = (header.published or "")[:10]
                scope.names.update(names_of(header))
        if self.choice.blur is not None:
            for some in _chunks(sorted(scope.reports)):
                for claims in self._derived.claims_of_documents(some).values():
                    scope.names.update(name for claim in claims for name in names_of(claim))
                    scope.within.update(code for claim in claims for code in countries_of(claim))
        return scope

    def _take(self, scope: _Scope, claim: Claim) -> None:
        scope.claims.add(claim.id)
        scope.reports.setdefault(claim.document, "")

    def _take_all(self, scope: _Scope, ids: Sequence[str]) -> None:
        new = [key for key in dict.fromkeys(ids) if key not in scope.claims]
        for some in _chunks(new):
            for claim in self._view.claims_of(some).values():
                self._take(scope, claim)


def claims_of_presence(presence: Presence) -> tuple[str, ...]:
    """All claims that a presence names, each once."""
    groups: tuple[Any, ...] = (
        *(presence.supports, presence.departures, presence.planned),
        *(presence.alleged, presence.conditional, presence.denied),
        *(step.contradicts for step in presence.series),
    )
    return tuple(dict.fromkeys(claim for group in groups for claim in group))


@contextmanager
def material(store: Store, subject: Subject, choice: Choice) -> Iterator[Material]:
    """The material of a dossier; LedgerError where the ledger has nothing on its subject."""
    with store.reading(snapshot=True) as connection:
        found = Material(store, connection, subject, choice)
        if not found.claim_count:
            raise LedgerError(f"{store.name} has no claim on this subject: {subject.title}")
        yield found


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while some := list(islice(rest, AT_ONCE)):
        yield some
