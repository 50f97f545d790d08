"""The history of a ledger, told: what was added when and by whom, and which judgements still stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dateline.judging.targets import Targets
from dateline.judging.words import EFFECTS, sentence, shortened, told_notice
from dateline.model import Effect, Matter, as_record
from dateline.reconcile.ratings import source_key
from dateline.reconcile.verdicts import undone
from dateline.store import Page, Store, UnknownIdError
from dateline.store.judging import JUDGEMENT, Judgements, LogEntry, LogFilters
from dateline.store.paging import Paging, Slice


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry of the log with what it says in one line, and the reversal that undid it, if any."""

    entry: LogEntry
    told: str
    undone_by: str | None = None


def log(store: Store, wanted: LogFilters | None = None) -> Page[LogLine]:
    """The log, newest first: reports as they were read or imported, and judgements, undone ones too."""
    judgements = Judgements(store)
    page = judgements.log(wanted)
    gone = undone(judgements.reversals())
    return Page(tuple(LogLine(entry, _told(entry), gone.get(entry.item)) for entry in page.rows), page.total)


def log_page(store: Store, wanted: LogFilters, paging: Paging) -> Slice[LogLine]:
    """A page of the log, newest first; `limit` and `offset` of the filters do not count."""
    judgements = Judgements(store)
    page = judgements.log_page(wanted, paging)
    gone = undone(judgements.reversals())
    rows = tuple(LogLine(entry, _told(entry), gone.get(entry.item)) for entry in page.rows)
    return Slice(rows, page.total, page.total_is_least, page.next, page.previous, page.sort)


def about(store: Store, identifier: str) -> tuple[str, ...]:
    """What `LogFilters.targets` needs for an id or its beginning, or for the name of a source.

    An event, origin, presence or dispute is its claims or reports. What is no id is taken for a name.
    """
    try:
        found = Targets(store).find(identifier, *(matter for matter in Matter if matter is not Matter.SOURCE))
    except UnknownIdError:
        if "-" in identifier and identifier.partition("-")[0] in {*map(str, Matter), "doc"}:
            raise
        key = source_key(identifier)
        return tuple(name for name in Judgements(store).sources() if source_key(name) == key)
    return tuple(dict.fromkeys((found.id, *found.members)))


def log_record(line: LogLine) -> dict[str, Any]:
    """A line of the log as JSON types: the entry, the whole judgement, what it says and what undid it."""
    entry = line.entry
    judgement = None if entry.judgement is None else as_record(entry.judgement)
    notice = None if entry.notice is None else as_record(entry.notice)
    plain = as_record(replace(entry, judgement=None, notice=None))
    return {**plain, "judgement": judgement, "notice": notice} | {
        "told": line.told,
        "undone_by": line.undone_by,
    }


def _told(entry: LogEntry) -> str:
    if entry.judgement is not None:
        return sentence(entry.judgement)
    if entry.notice is not None:
        return told_notice(entry.notice)
    if entry.what == JUDGEMENT:
        return "a judgement that is not in the ledger"
    if entry.message is not None:
        return f"refused: {shortened(entry.message)}"
    named = ", ".join(part for part in (entry.outlet, entry.title) if part) or "a report"
    if entry.what in set(Effect):
        return f"{EFFECTS[Effect(entry.what)]}: {named}"
    count = "" if entry.claims is None else f": {entry.claims} claim{'' if entry.claims == 1 else 's'}"
    return f"{named}{count}"
