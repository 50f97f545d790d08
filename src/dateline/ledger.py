"""The library: keep and query a ledger of many reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Unpack

import dateline
from dateline import importing, pipeline
from dateline.capturing import captured
from dateline.derivation import bring_up_to_date, rebuild
from dateline.judging import Judging, LogLine, Review, about, log, log_record, review
from dateline.model import (
    Affected,
    Claim,
    Dispute,
    Document,
    Event,
    Hints,
    Issue,
    KeptCapture,
    Notice,
    Origin,
    Presence,
    Run,
    as_record,
    claim_record,
)
from dateline.pipeline import Reading
from dateline.results import Rows, Summary
from dateline.steps import PresenceStep, steps_of, true_on
from dateline.store import Store, UnknownIdError, View, Writer, open_store
from dateline.store.captures import Captures
from dateline.store.filters import admitting
from dateline.store.judging import LogFilters
from dateline.store.moments import in_utc, now
from dateline.store.times import LogMark, as_recorded, log_mark
from dateline.store.view import Known
from dateline.wanted import Given, Wanted, WantedOfLog, filters_of

if TYPE_CHECKING:
    from dateline.brief import Brief
    from dateline.export.redaction import Redaction
    from dateline.export.selection import Selection
    from dateline.export.wacz import Archived
    from dateline.ingest.claims import Imported


def _language(reading: Reading) -> str | None:
    return None if reading.document is None else reading.document.language


class Ledger:
    """A ledger at a path, a `sqlite:///` or `postgresql://` URL or `:memory:`: adds reports, answers from their claims.

    A missing file is created, unless `create` is False: then it is a `MissingLedgerError`.

    >>> with Ledger(":memory:") as ledger:
    ...     len(ledger.claims(kind="presence", host="Niger"))
    0
    """

    def __init__(self, url: str | Path = "dateline.db", *, create: bool = True, clock: Callable[[], str] = now) -> None:
        self._set(open_store(url, create=create, clock=lambda: in_utc(clock())), clock)

    @classmethod
    def over(cls, store: Store, *, clock: Callable[[], str] = now) -> Ledger:
        """The ledger of a store that is open already; letting go of it stays with who opened it."""
        ledger = cls.__new__(cls)
        ledger._set(store, clock)
        return ledger

    def _set(self, store: Store, clock: Callable[[], str]) -> None:
        self._store = store
        self._view = View(store)
        self._clock = clock
        self._as_of: str | None = None
        self._captures = Captures(store)

    def as_of(self, recorded: str | None, *, entry: int | None = None) -> Ledger:
        """The ledger as it stood at the end of a day, or at a moment (ISO 8601, UTC): a copy in memory.

        Reports and judgements recorded later are not in it, and everything derived is derived without them; with
        `entry` nothing that came after the entry of the log of that number. What an older program recorded without a
        moment counts as recorded before.
        """
        then = replace(as_recorded(self._store, recorded, entry=entry), name=self.name, address=self._store.address)
        found = Ledger.over(then, clock=self._clock)
        found._as_of = recorded
        return found

    def at_moment(self, moment: str) -> Ledger:
        """The same ledger, for which it is always this moment: what it writes is written as if then."""
        found = Ledger.over(self._store, clock=lambda: moment)
        found._as_of = self._as_of
        return found

    def up_to_date(self) -> Store:
        """The store of this ledger, everything derived that newer reports and judgements change."""
        bring_up_to_date(self._store)
        return self._store

    def texts(self, identifiers: Iterable[str]) -> dict[str, str]:
        """The texts of documents by their full ids; unknown ones are left out."""
        return self._view.texts(list(identifiers))

    def log_mark(self, recorded: str | None = None, *, entry: int | None = None) -> LogMark:
        """How far the log goes, with the SHA-256 of it; or how far that of `as_of(recorded, entry=entry)` goes."""
        return log_mark(self._store, recorded, entry=entry)

    def set_aside(self, identifiers: Iterable[str]) -> dict[str, Affected]:
        """What set reports aside, by their full ids; those that count are left out."""
        return self._view.effects_on(list(identifiers))

    def newest_among(self, identifiers: Iterable[str]) -> set[str]:
        """Which of some claims are of the newest reading of their report; the others are superseded or unknown."""
        return self._view.newest_among(list(identifiers))

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The path of the ledger."""
        return self._store.name

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def add(
        self,
        *paths: str | Path,
        on_report: Callable[[Reading, Summary], None] | None = None,
        captures: bool = True,
        **given: Unpack[Given],
    ) -> Summary:
        """Read reports from files, folders and `-` (standard input) and keep them with their claims.

        Known reports are left as they are; refused ones leave their reason among the issues. Each report is
        written whole or not at all, so an interrupted addition is finished by running it again. The bytes that
        each was read from are kept too (see `Captures`), unless `captures` is False.
        """
        described = pipeline.ingest_documents(paths, Hints(**given))
        return self.add_readings(described, on_report=on_report, captures=captures)

    def add_text(self, text: str, **given: Unpack[Given]) -> Summary:
        """Read one report given as text and keep it with its claims."""
        return self.add_readings(pipeline.ingest_text(text, Hints(**given)))

    def add_readings(
        self,
        described: Iterable[Reading],
        *,
        on_report: Callable[[Reading, Summary], None] | None = None,
        captures: bool = True,
    ) -> Summary:
        """Keep described reports, claims extracted from those the current program has not read before.

        The capture that a reading comes with is kept before it, unless `captures` is False.
        """
        self._store.refuse_read_only()
        summary = Summary()
        run_of = cache(pipeline.current_run)
        tell = on_report or (lambda _reading, _summary: None)

        def fresh() -> Iterator[Reading]:
            for given in described:
                reading = captured(self._store, given, self._clock) if captures else replace(given, capture=None)
                if self.was_read(reading, run_of(_language(reading))):
                    self._notice(reading, summary)
                    summary.known += 1
                    tell(reading, summary)
                else:
                    yield reading

        for reading in pipeline.extract_claims(fresh()):
            self.keep(reading, summary, run_of(_language(reading)))
            tell(reading, summary)
        return summary

    def captures_of(self, documents: Iterable[str]) -> dict[str, tuple[KeptCapture, ...]]:
        """The kept captures of documents by their full ids, in the order they came; those without are left out."""
        return Captures(self._store).of(documents)

    def capture(self, identifier: str) -> tuple[KeptCapture, bytes]:
        """A capture with its bytes, by its id or hash, the id of its document, or the beginning of one of these.

        Of several captures of a document the first. `UnknownIdError` when there is none, `LedgerError` when the bytes
        are missing or damaged.
        """
        captures = Captures(self._store)
        document = next((key for what, key in self._view.ids_like(identifier) if what == "documents"), None)
        kept = captures.of([document]).get(document, ()) if document is not None else (captures.one(identifier),)
        if not kept:
            raise UnknownIdError(f"no capture of {document} is kept in {self.name}")
        return kept[0], captures.content(kept[0].sha256)

    def archive(self, out: BinaryIO, **wanted: Unpack[Wanted]) -> Archived:
        """Write a web archive (WACZ) of what the reports that pass filters were read from; `out` must be seekable."""
        from dateline.export.wacz import write

        with self._view.snapshot() as view:
            title = f"Reports of {Path(self.name).name}"
            return write(view, Captures(self._store), out, filters_of(wanted), title=title)

    def was_read(self, reading: Reading, run: Run | None = None) -> bool:
        """Whether the current program (or another run) has read a described report; False for a refused one."""
        document = reading.document
        if reading.refused or document is None:
            return False
        return Writer(self._store).was_read(document.id, run or pipeline.current_run(document.language))

    def import_claims(
        self,
        *paths: str | Path,
        data_set: str | None = None,
        on_report: Callable[[Imported, Summary], None] | None = None,
    ) -> Summary:
        """Take over claims of files, folders and `-` (standard input) in one of the formats of `docs/importing.md`.

        Rows of a data set (`docs/reference.md`) are known by the first line of their file, or must be of `data_set`.
        Known claims are left as they are. Each report is kept whole or not at all, with the ids it had elsewhere;
        refused lines leave their reason among the issues.
        """
        self._store.refuse_read_only()
        summary = Summary()
        given = importing.given_reports(paths, self._store, data_set)
        for report, outcome, claims in importing.keep_all(given, self._store, self._clock):
            if outcome is None:
                Writer(self._store).note(report.issues, at=in_utc(self._clock()))
                summary.refuse(report.issues)
            else:
                summary.keep(outcome, claims, len(report.issues))
            if on_report is not None:
                on_report(report, summary)
        return summary

    def keep(self, reading: Reading, summary: Summary, run: Run | None = None) -> None:
        """Keep one report that the current program (or another run) read, whole, or why it was refused; count it."""
        writer = Writer(self._store)
        self._notice(reading, summary)
        document = reading.document
        if document is None and not reading.refused and not reading.issues:
            return
        if reading.refused or document is None:
            writer.note(reading.issues, at=in_utc(self._clock()))
            (summary.refuse if reading.refused else summary.note)(reading.issues)
            return
        run = run or pipeline.current_run(document.language)
        at = in_utc(self._clock())
        reading = captured(self._store, reading, self._clock)
        capture = reading.capture if isinstance(reading.capture, KeptCapture) else None
        outcome = writer.add(document, reading.claims, reading.issues, run=run, at=at, capture=capture)
        summary.keep(outcome, len(reading.claims), len(reading.issues))

    def _notice(self, reading: Reading, summary: Summary) -> None:
        """Keep what a feed or wire says of a report, before the report itself, so that it never counts too early."""
        if reading.notices:
            summary.notices += Writer(self._store).notice(reading.notices, at=in_utc(self._clock()))

    def claims(self, **wanted: Unpack[Wanted]) -> Rows[Claim]:
        """Claims, newest report first; the filters are those of `dateline.store.Filters`."""
        page = self._view.claims(filters_of(wanted))
        headers = self._view.headers([claim.document for claim in page.rows])

        def record(claim: Claim) -> dict[str, object]:
            return claim_record(claim, headers[claim.document])

        return Rows("claims", page.rows, record, total=page.total)

    def documents(self, **wanted: Unpack[Wanted]) -> Rows[Document]:
        """Reports with their text and where each detail about them came from, newest first."""
        page = self._view.documents(filters_of(wanted))
        return Rows("documents", page.rows, as_record, total=page.total)

    def presence(self, *, on: str | None = None, **wanted: Unpack[Wanted]) -> Rows[Presence]:
        """Who has forces where: one row a force and host country, the newest asserted strength standing.

        `on` asks for a day (valid time): forces that were there then, in the strength of that day's step. `until`
        asks how it stood by the reports published up to that day.
        """
        filters = filters_of(wanted)
        if filters.until is not None:
            admits = admitting(filters)
            found = [row for row in pipeline.presence_until(self._store, filters.until) if admits(row, row.sites)]
        else:
            bring_up_to_date(self._store)
            found = list(self._view.presences(replace(filters, limit=None)).rows)
        if on is not None:
            found = [row for row in (true_on(presence, on) for presence in found) if row is not None]
        return Rows("presence", found[: filters.limit], as_record, total=len(found))

    def presence_steps(self, *, on: str | None = None, **wanted: Unpack[Wanted]) -> Rows[PresenceStep]:
        """The steps of presences in time, of whole countries and of single sites: one row a step."""
        limit = wanted.get("limit")
        wanted["limit"] = None
        found = [step for presence in self.presence(on=on, **wanted) for step in steps_of(presence, on)]
        return Rows("presence_steps", found[:limit], PresenceStep.record, total=len(found))

    def events(self, **wanted: Unpack[Wanted]) -> Rows[Event]:
        """Claims of the same act by the same actor at compatible place and time, as events, newest first."""
        bring_up_to_date(self._store)
        page = self._view.events(filters_of(wanted))
        return Rows("events", page.rows, as_record, total=page.total)

    def origins(self, **wanted: Unpack[Wanted]) -> Rows[Origin]:
        """Independent reportings with the reports that carry them, those with most reports first."""
        bring_up_to_date(self._store)
        page = self._view.origins(filters_of(wanted))
        return Rows("origins", page.rows, as_record, total=page.total)

    def disputes(self, **wanted: Unpack[Wanted]) -> Rows[Dispute]:
        """Claims that cannot all be so, open disputes first, newest first."""
        bring_up_to_date(self._store)
        page = self._view.disputes(filters_of(wanted))
        return Rows("disputes", page.rows, as_record, total=page.total)

    def issues(self, **wanted: Unpack[Wanted]) -> Rows[Issue]:
        """What could not be read or decided, and why."""
        page = self._view.issues(filters_of(wanted))
        return Rows("issues", page.rows, as_record, total=page.total)

    def runs(self) -> tuple[Run, ...]:
        """The programs that read into this ledger, oldest first."""
        return self._view.runs()

    def show(self, identifier: str) -> Claim | Document | Known:
        """The record of an id, or of the beginning of one; `UnknownIdError` when none or several have it.

        An id that an imported claim or report had where it came from finds it too.
        """
        bring_up_to_date(self._store)
        found = self._view.ids_like(identifier) if identifier else []
        exact = [pair for pair in found if pair[1] == identifier]
        if not found and identifier:
            found = [pair for item in self._view.knows(identifier) for pair in self._view.ids_like(item)]
        if len(exact or found) != 1:
            reason = f"is the beginning of {', '.join(key for _, key in found)}" if found else "is not known"
            raise UnknownIdError(f"{identifier!r} {reason} in {self.name}")
        what, key = (exact or found)[0]
        if what == "claims":
            return self._view.claims_of([key])[key]
        return self._view.document(key) if what == "documents" else self._view.derived_record(key)

    def record(self, found: Claim | Document | Known) -> dict[str, object]:
        """A record as JSON types; a claim with the reference of its report."""
        return claim_record(found, self.document(found.document)) if isinstance(found, Claim) else as_record(found)

    def document(self, identifier: str) -> Document:
        """The document of a full id; LookupError when there is none."""
        return self._view.document(identifier)

    def headers(self, identifiers: Iterable[str]) -> dict[str, Document]:
        """Documents by their full ids, without their texts."""
        return self._view.headers(list(identifiers))

    def external_ids(self, identifier: str) -> tuple[str, ...]:
        """The ids that an imported document or claim had where it came from."""
        return self._view.external_ids([identifier]).get(identifier, ())

    def notices(self, identifier: str) -> tuple[Notice, ...]:
        """What its feed or wire said of a report, by its full id: every version of its items, the latest last."""
        return self._view.notices_of(identifier)

    def effect_on(self, identifier: str) -> Affected | None:
        """What set a report aside, by its full id; None where it counts."""
        return self._view.effects_on([identifier]).get(identifier)

    def claims_by_id(self, identifiers: Iterable[str]) -> list[Claim]:
        """Claims by their full ids, in that order, superseded ones too."""
        wanted = list(identifiers)
        found = self._view.claims_of(wanted)
        return [found[key] for key in wanted if key in found]

    def brief(
        self, host: str | None = None, force: str | None = None, *, since: str | None = None, until: str | None = None
    ) -> Brief:
        """What is known, changed, disputed and only claimed of a country or force; ValueError for a host that is none.

        `dateline.brief.written(brief, ".html", "fr")` gives the bytes of a file.
        """
        from dateline.brief import Asked, brief_of

        asked = Asked.of(host, force, since=since, until=until)
        return brief_of(self.up_to_date(), asked, made=date.fromisoformat(in_utc(self._clock())[:10]))

    def judging(self, analyst: str) -> Judging:
        """The decisions that an analyst can make: accept, reject, correct, merge, split, settle, rate, note, undo.

        What is derived follows with the next question.
        """
        bring_up_to_date(self._store)
        return Judging(self._store, analyst, self._clock)

    def review(self, claim: Claim) -> Review:
        """A claim as analysts left it: what counts of it now, the rating of its chain, and all judgements of it."""
        return review(self._store, claim, self._view.headers([claim.document])[claim.document])

    def log(self, *, target: str | None = None, **wanted: Unpack[WantedOfLog]) -> Rows[LogLine]:
        """What was added when, newest first: reports read, imported or refused, and judgements, undone ones too.

        `target` is an id, its beginning, or the name of a source; for the others see `LogFilters`.
        """
        targets = None
        if target is not None:
            bring_up_to_date(self._store)
            targets = about(self._store, target)
        page = log(self._store, LogFilters(targets=targets, **wanted))
        return Rows("log", page.rows, log_record, total=page.total)

    def claim_days(self, identifiers: Iterable[str]) -> dict[str, str]:
        """The newest day that each claim speaks of, else that of its report; claims without either are left out."""
        found = self.claims_by_id(identifiers)
        headers = self.headers(claim.document for claim in found)
        days: dict[str, str] = {}
        for claim in found:
            day = None if claim.time is None else claim.time.latest or claim.time.earliest
            day = day or headers[claim.document].published
            if day is not None:
                days[claim.id] = day[:10]
        return days

    @contextmanager
    def selection(self, *, redaction: Redaction | None = None, **wanted: Unpack[Wanted]) -> Iterator[Selection]:
        """What an exporter writes (`dateline.export.formats.FORMATS`): one state of the ledger, up to date, by filters.

        >>> with Ledger(":memory:") as ledger, ledger.selection(host="NER") as selection:
        ...     list(selection.claims())
        []
        """
        from dateline.export.redaction import NOTHING
        from dateline.export.selection import About, Selection

        bring_up_to_date(self._store)
        filters = filters_of(wanted)
        with self._view.snapshot() as view:
            about = About(
                dateline=dateline.__version__,
                ledger=Path(self.name).name,
                exported_at=in_utc(self._clock()),
                as_of=self._as_of,
                filters={name: str(value) for name, value in asdict(filters).items() if value not in (None, ())},
                runs=tuple(as_record(run) for run in view.runs()),
                state=view.state(),
            )
            yield Selection(view, about, filters, redaction or NOTHING)

    def rebuild(self) -> None:
        """Derive origins, events, presences and disputes anew from all claims; the result is the same to the byte."""
        rebuild(self._store)
