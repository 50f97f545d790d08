"""What a reader wants to see, as conditions on the ledger's tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from sqlalchemy import Column, ColumnElement, Select, Table, and_, false, or_, select, true

from dateline.lexicon import countries
from dateline.model import DisputeKind, DisputeStatus, Kind, Sector, SourceKind, Stage, Stance, Standing, Verdict
from dateline.store import search
from dateline.store.expressions import unindexed
from dateline.store.listing import published_within
from dateline.store.records import fold
from dateline.store.schema import (
    LASTING,
    claims,
    disputes,
    documents,
    events,
    issues,
    judgement_targets,
    judgements,
    listed_claims,
    listed_names,
    origin_documents,
    origins,
    presences,
)
from dateline.store.shown import counts


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show; every field that is given must hold, one that does not apply to a listing is ignored.

    `actor`, `recipient` and `place` take a country (name or alpha-3 code) or part of a name, without regard
    to case and accents; `host` takes a country. `source` is who says it or passes it on, or a kind of source.
    `since` and `until` are ISO days, inclusive; the time of a claim, or else its report, must touch them.
    `kinds` and `stances` admit any of several, `sector` is the actor's, `confidence_from` (inclusive) and
    `confidence_to` (exclusive) bound how sure the reading is, `judged` claims are named by a judgement that stands,
    `ids` are those of claims or documents. `text` must hold every one of its words. `origins` is how many
    independent origins an event must have at least, or how many reports an origin; `type` and `state` are of
    disputes.
    """

    kind: Kind | None = None
    actor: str | None = None
    recipient: str | None = None
    host: str | None = None
    place: str | None = None
    stance: Stance | None = None
    status: Standing | None = None
    source: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    stage: Stage | None = None
    type: DisputeKind | None = None
    state: DisputeStatus | None = None
    origins: int | None = None
    text: str | None = None
    document: str | None = None
    code: str | None = None
    limit: int | None = None
    kinds: tuple[Kind, ...] = ()
    stances: tuple[Stance, ...] = ()
    sector: Sector | None = None
    confidence_from: float | None = None
    confidence_to: float | None = None
    judged: bool | None = None
    ids: tuple[str, ...] | None = None


def country_code(value: str) -> str | None:
    """The alpha-3 code of a country given by code or name, None when it is none.

    >>> country_code("niger"), country_code("NER"), country_code("Wagner")
    ('NER', 'NER', None)
    """
    value = value.strip()
    if len(value) == 3:
        country = countries.by_code(value.upper())
        if country is not None:
            return country.code
    states = countries.named(value) or countries.named(value.title())
    return states[0].code if states else None


def on_claims(wanted: Filters, table: Table = claims, *, walked: bool = False) -> list[ColumnElement[bool]]:
    """The conditions on claims, by the columns of their table or of their listing.

    `walked`: rows are looked at one by one until a page is full. Then parts of names are looked for in each row, and
    not in all names there are.
    """
    c = table.c
    found = _on_words(wanted, table) + _on_parties(wanted, table, walked)
    if wanted.source is not None:
        found.append(_said_by(wanted.source, table, walked))
    if wanted.document is not None:
        found.append(c.document == wanted.document)
    if wanted.ids is not None:
        found.append(c.id.in_(wanted.ids))
    if wanted.confidence_from is not None:
        found.append(c.confidence >= wanted.confidence_from)
    if wanted.confidence_to is not None:
        found.append(c.confidence < wanted.confidence_to)
    if wanted.judged is not None:
        found.append(c.id.in_(_judged()) if wanted.judged else c.id.not_in(_judged()))
    if wanted.text is not None:
        found.append(search.claims_with(wanted.text) if table is claims else search.holds(table, wanted.text))
    if "lasting" in c and wanted.since is not None and wanted.until is not None:
        return [*found, _touching(wanted.since, wanted.until)]
    return found + _days(wanted, c.first_day, c.last_day)


def _said_by(value: str, table: Table, walked: bool) -> ColumnElement[bool]:
    """By part of the name of who says it, or by what kind of source that is where the value is one.

    Of names alone an index of them tells all there is to know, however many rows are walked along.
    """
    named, kind = _part_of(value, table.c.source_key, walked), value.strip().lower()
    return or_(table.c.source_kind == kind, named) if kind in frozenset(SourceKind) else named


def _touching(since: str, until: str) -> ColumnElement[bool]:
    """That the time of a listed claim touches some days: the short ones end soon after them at the latest."""
    c = listed_claims.c
    begun = unindexed(c.first_day) <= until
    try:
        latest = (date.fromisoformat(until) + timedelta(days=LASTING)).isoformat()
    except (ValueError, OverflowError):
        return and_(c.last_day >= since, begun)
    short, long = c.lasting == false(), c.lasting == true()
    soon_over = and_(c.last_day >= since, c.last_day <= latest)
    return or_(and_(short, soon_over, begun), and_(long, c.last_day >= since, begun))


def _on_words(wanted: Filters, table: Table) -> list[ColumnElement[bool]]:
    """By kind and stance."""
    found: list[ColumnElement[bool]] = []
    for column, one, several in (
        (table.c.kind, wanted.kind, wanted.kinds),
        (table.c.stance, wanted.stance, wanted.stances),
    ):
        if one is not None:
            found.append(column == str(one))
        if several:
            found.append(column.in_([str(value) for value in several]))
    return found


def _on_parties(wanted: Filters, table: Table, walked: bool) -> list[ColumnElement[bool]]:
    """By actor, recipient and place."""
    c = table.c
    found: list[ColumnElement[bool]] = []
    if wanted.actor is not None:
        found.append(_called(wanted.actor, c.actor_country, c.actor_key, walked))
    if wanted.sector is not None:
        found.append(c.actor_sector == str(wanted.sector))
    if wanted.recipient is not None:
        found.append(_called(wanted.recipient, c.recipient_country, c.recipient_key, walked))
    if wanted.place is not None:
        found.append(_called(wanted.place, c.place_country, c.place_key, walked))
    if wanted.host is not None:
        code = _host(wanted.host)
        if "host" in c:
            found.append(c.host == code)
        else:
            found.append(or_(c.place_country == code, and_(c.place_country.is_(None), c.recipient_country == code)))
    return found


def _called(
    value: str, country: ColumnElement[str | None], key: ColumnElement[str | None], walked: bool
) -> ColumnElement[bool]:
    """A claim's party by country where the value is one, else by part of the name."""
    code = country_code(value)
    return country == code if code is not None else _part_of(value.strip(), key, walked)


def _part_of(value: str, key: ColumnElement[str | None], walked: bool = False) -> ColumnElement[bool]:
    """By part of a name; in the listing, by those of its names that have the part, unless it is walked along."""
    if walked or getattr(key, "table", None) is not listed_claims:
        return key.contains(fold(value), autoescape=True)
    c = listed_names.c
    return key.in_(select(c.key).where(c.slot == key.key, c.key.contains(fold(value), autoescape=True)))


def _judged() -> Select[tuple[str]]:
    return judged_by(judgements.c.verdict != str(Verdict.REVERSE))


def judged_by(*conditions: ColumnElement[bool]) -> Select[tuple[str]]:
    """What judgements that stand are about: those that no reversal names, itself not reversed by another."""
    undone = _targets(judgements.c.verdict == str(Verdict.REVERSE))
    reversed_ = _targets(judgements.c.verdict == str(Verdict.REVERSE), judgements.c.id.not_in(undone))
    return _targets(*conditions, judgements.c.id.not_in(reversed_))


def _targets(*conditions: ColumnElement[bool]) -> Select[tuple[str]]:
    joined = judgement_targets.join(judgements, judgements.c.id == judgement_targets.c.judgement)
    return select(judgement_targets.c.target).select_from(joined).where(*conditions)


def on_documents(wanted: Filters, table: Table = documents, *, walked: bool = False) -> list[ColumnElement[bool]]:
    """The conditions on documents, by their table or their listing; `source` and `outlet` both mean the outlet.

    Reports that notices set aside are found by their ids alone.
    """
    c = table.c
    found = []
    if table is documents and wanted.document is None and wanted.ids is None:
        found.append(counts(c.id))
    for value in (wanted.source, wanted.outlet):
        if value is not None:
            found.append(c.outlet_key.contains(fold(value), autoescape=True))
    if wanted.document is not None:
        found.append(c.id == wanted.document)
    if wanted.ids is not None:
        found.append(c.id.in_(wanted.ids))
    if wanted.text is not None:
        found.append(search.documents_with(wanted.text) if table is documents else search.holds(table, wanted.text))
    if wanted.since is not None:
        found.append(c.published >= wanted.since)
    if wanted.until is not None:
        found.append(c.published < f"{wanted.until}~")
    return found + _within(wanted, table)


def _within(wanted: Filters, table: Table) -> list[ColumnElement[bool]]:
    """Where in a listing the reports of the days are: those alone are looked at."""
    found: list[ColumnElement[bool]] = []
    if "newest" in table.c:
        first, last = published_within(wanted.since, wanted.until)
        if first is not None:
            found.append(table.c.newest >= first)
        if last is not None:
            found.append(table.c.newest <= last)
    return found


def on_issues(wanted: Filters) -> list[ColumnElement[bool]]:
    """The conditions on issues; `text` is part of the message or path, whatever the case of a to z."""
    c = issues.c
    found: list[ColumnElement[bool]] = []
    if wanted.code is not None:
        found.append(c.code == wanted.code)
    if wanted.document is not None:
        found.append(c.document == wanted.document)
    if wanted.text is not None:
        found.append(
            or_(
                c.message.icontains(wanted.text, autoescape=True),
                c.path.icontains(wanted.text, autoescape=True),
            )
        )
    return found


class Standings(Protocol):
    """What of a presence is asked for, in whatever record it is kept; as in `dateline.model.Presence`."""

    @property
    def host(self) -> str:
        """Code of the country."""

    @property
    def status(self) -> Standing:
        """How it stands at the end of its series."""

    @property
    def as_of(self) -> str | None:
        """ISO day up to which anything is told."""

    @property
    def force(self) -> str:
        """Name of the force."""

    @property
    def force_country(self) -> str | None:
        """Code of the country that sent it."""


def admitting(wanted: Filters) -> Callable[[Standings, Iterable[str]], bool]:
    """Tells of a presence and its sites whether it is to be shown.

    `until` is no matter of showing, it changes what is derived.
    """
    host = None if wanted.host is None else _host(wanted.host)
    sender = None if wanted.actor is None else country_code(wanted.actor)
    name = None if wanted.actor is None or sender is not None else fold(wanted.actor.strip())
    place = None if wanted.place is None else fold(wanted.place.strip())

    def admits(presence: Standings, sites: Iterable[str]) -> bool:
        if host is not None and presence.host != host:
            return False
        if wanted.status is not None and presence.status is not wanted.status:
            return False
        if wanted.since is not None and (presence.as_of is None or presence.as_of < wanted.since):
            return False
        if sender is not None and presence.force_country != sender:
            return False
        if name is not None and name not in fold(presence.force):
            return False
        return place is None or place in fold("\n".join(sites))

    return admits


def on_presences(wanted: Filters) -> list[ColumnElement[bool]]:
    """The conditions on presences; `until` is no matter of showing, it changes what is derived."""
    c = presences.c
    found: list[ColumnElement[bool]] = []
    if wanted.host is not None:
        found.append(c.host == _host(wanted.host))
    if wanted.status is not None:
        found.append(c.status == str(wanted.status))
    if wanted.actor is not None:
        found.append(_named(wanted.actor, c.force_country, c.force_key))
    if wanted.since is not None:
        found.append(c.as_of >= wanted.since)
    if wanted.place is not None:
        found.append(c.sites_key.contains(fold(wanted.place.strip()), autoescape=True))
    return found


def on_disputes(wanted: Filters) -> list[ColumnElement[bool]]:
    """The conditions on disputes; `actor` means the force."""
    c = disputes.c
    found: list[ColumnElement[bool]] = []
    if wanted.type is not None:
        found.append(c.kind == str(wanted.type))
    if wanted.state is not None:
        found.append(c.status == str(wanted.state))
    if wanted.host is not None:
        found.append(c.host == _host(wanted.host))
    if wanted.actor is not None:
        found.append(_named(wanted.actor, c.force_country, c.topic_key))
    if wanted.text is not None:
        found.extend(c.topic_key.contains(fold(word), autoescape=True) for word in wanted.text.split())
    return found + _days(wanted, c.first_day, c.last_day)


def on_origins(wanted: Filters) -> list[ColumnElement[bool]]:
    """The conditions on origins; `source` is part of who reported it, `origins` the least number of reports."""
    c = origins.c
    found: list[ColumnElement[bool]] = []
    if wanted.source is not None:
        found.append(c.name_key.contains(fold(wanted.source), autoescape=True))
    if wanted.document is not None:
        of = select(origin_documents.c.origin).where(origin_documents.c.document == wanted.document)
        found.append(c.id.in_(of))
    if wanted.origins is not None:
        found.append(c.size >= wanted.origins)
    return found + _days(wanted, c.first_day, c.last_day)


def on_events(wanted: Filters) -> list[ColumnElement[bool]]:
    """The conditions on events; `origins` is the least number of independent tellings."""
    c = events.c
    found: list[ColumnElement[bool]] = []
    if wanted.kind is not None:
        found.append(c.kind == str(wanted.kind))
    if wanted.actor is not None:
        found.append(_named(wanted.actor, c.actor_country, c.actor_key))
    if wanted.recipient is not None:
        found.append(_named(wanted.recipient, c.recipient_country, c.recipient_key))
    if wanted.host is not None:
        found.append(c.country == _host(wanted.host))
    if wanted.place is not None:
        found.append(_named(wanted.place, c.country, c.place_key))
    if wanted.stage is not None:
        found.append(c.stage == str(wanted.stage))
    if wanted.origins is not None:
        found.append(c.origins >= wanted.origins)
    return found + _days(wanted, c.first_day, c.last_day)


def _named(value: str, country: Column[str | None], key: Column[str | None]) -> ColumnElement[bool]:
    """By country where the value is one, else by part of the name."""
    code = country_code(value)
    if code is not None:
        return country == code
    return key.contains(fold(value.strip()), autoescape=True)


def _host(value: str) -> str:
    return country_code(value) or value.strip()


def _days(wanted: Filters, first: Column[str | None], last: Column[str | None]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(last >= wanted.since)
    if wanted.until is not None:
        found.append(first <= wanted.until)
    return found
