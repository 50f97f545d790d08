"""The log: what was added to the ledger when and by whom, newest first; nothing is ever taken out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dateline.desk.desk import Desk
from dateline.judging import LogLine, about, log_page, log_record
from dateline.model import Effect, Verdict
from dateline.store import LedgerError
from dateline.store.judging import JUDGEMENT, LogFilters
from dateline.store.moments import in_utc
from dateline.store.notices import NOTICE
from dateline.store.paging import Paging, Slice
from dateline.store.shown import IMPORT

PAGE = 50
_LONGEST = 500
_EXPORTED = 500
WHAT: Mapping[str, str] = {
    "reading": "reports read",
    "refused": "reports refused",
    NOTICE: "notices of feeds and wires",
    str(Effect.SUPERSEDED): "reports superseded",
    str(Effect.RETRACTED): "reports retracted",
    str(Effect.WITHHELD): "reports withheld",
    str(Effect.EMBARGOED): "reports embargoed",
    str(Effect.CURRENT): "reports that count again",
    JUDGEMENT: "any judgement",
    str(Verdict.ACCEPT): "claims accepted",
    str(Verdict.REJECT): "claims rejected",
    str(Verdict.CORRECT): "claims corrected",
    str(Verdict.MERGE): "merged",
    str(Verdict.SPLIT): "split",
    str(Verdict.SETTLE): "disputes settled",
    str(Verdict.RATE): "ratings",
    str(Verdict.NOTE): "notes",
    str(Verdict.REVERSE): "undone",
}
"""What entries of the log can be asked for, in words."""


@dataclass(frozen=True, slots=True)
class LogAsked:
    """What somebody asked of the log: the filters, and in words what of it could not be read."""

    filters: LogFilters
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogRow:
    """An entry as a page shows it: `kind` names what it added, `about` are up to six ids it is about.

    `more` is how many further ones it is about. `analyst` is None for what a program added.
    """

    line: LogLine
    kind: str
    analyst: str | None
    reason: str
    about: tuple[str, ...]
    more: int


_ABOUT = 6
_KINDS = {"reading": "read", "refused": "refused"}


def asked(desk: Desk, typed: Mapping[str, str]) -> LogAsked:
    """The filters of what was typed (analyst, since, until, what, target); what cannot be read is left out and told."""
    refused: list[str] = []
    values: dict[str, Any] = {}
    for name, text in typed.items():
        value = text.strip()
        if not value:
            continue
        if len(value) > _LONGEST:
            refused.append(f"{name} is longer than {_LONGEST} characters and was left out")
            continue
        try:
            values["targets" if name == "target" else name] = _value(desk, name, value)
        except (ValueError, LedgerError) as error:
            refused.append(str(error))
    return LogAsked(LogFilters(**values), tuple(refused))


def _value(desk: Desk, name: str, value: str) -> str | tuple[str, ...]:
    if name == "target":
        return about(desk.store, value)
    if name == "what" and value not in WHAT:
        raise ValueError(f"“{value[:40]}” is nothing the log has; there are {', '.join(WHAT)}")
    if name in ("since", "until"):
        try:
            in_utc(value)
        except ValueError as error:
            raise ValueError(f"“{value[:40]}” is no day: write it as 2024-05-03") from error
    return value


def log(desk: Desk, wanted: LogFilters, paging: Paging | None = None) -> Slice[LogRow]:
    """A page of the log."""
    page = log_page(desk.store, wanted, paging or Paging(limit=PAGE))
    return Slice(tuple(map(_row, page.rows)), page.total, page.total_is_least, page.next, page.previous, page.sort)


def records(desk: Desk, wanted: LogFilters) -> Iterator[dict[str, Any]]:
    """Every entry that passes the filters, newest first, as JSON types, a page at a time."""
    paging = Paging(limit=_EXPORTED)
    while True:
        page = log_page(desk.store, wanted, paging)
        yield from map(log_record, page.rows)
        if page.next is None:
            return
        paging = replace(paging, cursor=page.next)


def _row(line: LogLine) -> LogRow:
    entry, judgement = line.entry, line.entry.judgement
    if judgement is None:
        kind = "imported" if entry.extractor == IMPORT else _KINDS.get(entry.what, entry.what)
        item = (entry.item,) if entry.what == "reading" or entry.what in set(Effect) else ()
        return LogRow(line, kind, None, "", item, 0)
    shown = judgement.targets[:_ABOUT]
    return LogRow(
        line, str(judgement.verdict), judgement.analyst, judgement.reason, shown, len(judgement.targets) - len(shown)
    )
