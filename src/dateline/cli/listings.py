"""The commands that list what a ledger holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

import typer

from dateline.cli import options as o
from dateline.cli.console import opened, output


def claims(
    given: o.ClaimFilters,
    limit: o.Limit = None,
    format: o.FormatOption = o.Format.TABLE,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
) -> None:
    """Claims: what is said, of whom, by whom, how firmly, and in which words; newest report first."""
    _list("claims", given, o.Output(limit, format, ledger))


def documents(
    given: o.DocumentFilters,
    limit: o.Limit = None,
    format: o.FormatOption = o.Format.TABLE,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
) -> None:
    """Reports that were read, newest first; `--text` searches title and text."""
    _list("documents", given, o.Output(limit, format, ledger))


def presence(
    given: o.PresenceFilters,
    limit: o.Limit = None,
    format: o.FormatOption = o.Format.TABLE,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
) -> None:
    """Who has forces where: the newest asserted strength stands, plans, denials and allegations beside it.

    Figures are never added up. `--until` shows how it stood by the reports published up to that day.
    """
    _list("presence", given, o.Output(limit, format, ledger))


def events(
    given: o.EventFilters,
    limit: o.Limit = None,
    format: o.FormatOption = o.Format.TABLE,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
) -> None:
    """Events: claims of one kind, actor, recipient and country whose times agree; newest first."""
    _list("events", given, o.Output(limit, format, ledger))


def issues(
    given: o.IssueFilters,
    limit: o.Limit = None,
    format: o.FormatOption = o.Format.TABLE,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
) -> None:
    """What could not be read or decided, and why: refused reports, dates not found, times not resolved."""
    _list("issues", given, o.Output(limit, format, ledger))


def _list(name: str, given: Any, out: o.Output) -> None:
    """Write one listing of the ledger; a table is cut at what a person reads."""
    from dateline.export import EXPORTERS

    limit = o.TABLE_ROWS if out.limit is None and out.format is o.Format.TABLE else out.limit
    with opened(out.ledger) as ledger:
        rows = getattr(ledger, name)(**asdict(given), limit=limit)
        EXPORTERS[out.format](rows.listing(), output())


_COMMANDS: Mapping[tuple[Callable[..., None], type[Any]], str] = MappingProxyType(
    {
        (claims, o.ClaimFilters): """
Examples:

  dateline claims --kind presence --host Niger

  dateline claims --actor "Wagner" --stance denied --format csv

  dateline claims --text "C-130" --since 2024-01-01 --format jsonl
""",
        (documents, o.DocumentFilters): """
Examples:

  dateline documents --text "airbase Niamey"

  dateline documents --since 2024-05-01 --format csv
""",
        (presence, o.PresenceFilters): """
Examples:

  dateline presence --host NER

  dateline presence --actor Russia --until 2023-12-31

  dateline presence --status leaving --format jsonl
""",
        (events, o.EventFilters): """
Examples:

  dateline events --kind agreement --actor Russia

  dateline events --host MLI --since 2022-01-01
""",
        (issues, o.IssueFilters): """
Examples:

  dateline issues

  dateline issues --code unreadable --format csv
""",
    }
)


def register(app: typer.Typer) -> None:
    """Put the commands into the program."""
    for (command, filters), epilog in _COMMANDS.items():
        app.command(epilog=epilog)(o.with_options(filters, command))
