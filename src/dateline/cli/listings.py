"""The commands that list what a ledger holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli import options as o
from dateline.cli.console import opened, output, written

if TYPE_CHECKING:
    from dateline.ledger import Ledger
    from dateline.model import Presence
    from dateline.results import Rows


def claims(
    given: o.ClaimFilters,
    out: o.Output,
) -> None:
    """Claims: what is said, of whom, by whom, how firmly, and in which words; newest report first."""
    _list("claims", given, out)


def documents(
    given: o.DocumentFilters,
    out: o.Output,
) -> None:
    """Reports that were read, newest first; `--text` searches title and text."""
    _list("documents", given, out)


def presence(
    given: o.PresenceFilters,
    out: o.DerivedOutput,
    steps: Annotated[
        bool, typer.Option("--steps", help="One row an interval, of the country and of each site.")
    ] = False,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE.svg", help="Draw the strengths over time into this file.")
    ] = None,
) -> None:
    """Who has forces where: the newest asserted strength stands, plans, denials and allegations beside it.

    Figures are never added up. Three times are told apart: `--on` asks who was there on a day, `--until` how it
    stood by the reports published up to a day, `--as-of` what this ledger held on a day.
    """
    if plot is not None:
        _plot(given, out, plot)
    else:
        _list("presence_steps" if steps else "presence", given, out)


def events(
    given: o.EventFilters,
    out: o.DerivedOutput,
) -> None:
    """Events: claims of the same act at compatible place and time, and how many independent origins tell it."""
    _list("events", given, out)


def origins(
    given: o.OriginFilters,
    out: o.DerivedOutput,
) -> None:
    """Origins: which reports rest on one reporting, why we say so, and what the copies changed."""
    _list("origins", given, out)


def disputes(
    given: o.DisputeFilters,
    out: o.DerivedOutput,
) -> None:
    """Disputes: claims that cannot all be so, the sides with their independent origins; open ones first."""
    _list("disputes", given, out)


def issues(
    given: o.IssueFilters,
    out: o.Output,
) -> None:
    """What could not be read or decided, and why: refused reports, dates not found, times not resolved."""
    _list("issues", given, out)


def _list(name: str, given: Any, out: o.Output) -> None:
    """Write one listing of the ledger; a table is cut at what a person reads."""
    from dateline.export import EXPORTERS

    limit = o.TABLE_ROWS if out.limit is None and out.format is o.Format.TABLE else out.limit
    with opened(out.ledger, as_of=out.as_of) as ledger:
        rows = getattr(ledger, name)(**asdict(given), limit=limit)
        if isinstance(out, o.DerivedOutput) and out.explain:
            _explain(ledger, rows)
        else:
            EXPORTERS[out.format](rows.listing(), output())


def _explain(ledger: Ledger, rows: Rows[Any]) -> None:
    """A card for each row, one after the other."""
    from dateline.cli.card_lines import plain_console
    from dateline.cli.known_cards import show_known

    console = plain_console()
    for at, row in enumerate(rows):
        if at:
            console.print()
        show_known(console, row, ledger)


def _plot(given: o.PresenceFilters, out: o.Output, target: Path) -> None:
    """Draw presences over time, disputes flagged, into a file that is written whole or not at all."""
    from dateline.charts.presence import presence_svg

    with opened(out.ledger, as_of=out.as_of) as ledger:
        rows = ledger.presence(**asdict(given), limit=out.limit)
        flagged = ledger.disputes(host=given.host, actor=given.actor)
        svg = presence_svg(list(rows), list(flagged), days=ledger.claim_days(_shown_apart(rows)))
    written(target, svg.encode("utf-8"))
    typer.echo(f"{len(rows)} presence{'' if len(rows) == 1 else 's'} drawn into {target}")


def _shown_apart(rows: Rows[Presence]) -> list[str]:
    """Claims of plans, allegations and denials, which stand beside the steps."""
    return [
        claim for row in rows for claims in (row.planned, row.alleged, row.denied, row.conditional) for claim in claims
    ]


_COMMANDS: Mapping[Callable[..., None], str] = MappingProxyType(
    {
        claims: """
Examples:

  dateline claims --kind presence --host Niger

  dateline claims --actor "Wagner" --stance denied --format csv

  dateline claims --text "C-130" --since 2024-01-01 --format jsonl
""",
        documents: """
Examples:

  dateline documents --text "airbase Niamey"

  dateline documents --since 2024-05-01 --format csv
""",
        presence: """
Examples:

  dateline presence --host NER

  dateline presence --actor Russia --until 2023-12-31

  dateline presence --host NER --on 2024-05-01

  dateline presence --host NER --explain

  dateline presence --host NER --plot niger.svg

  dateline presence --steps --format csv > steps.csv
""",
        events: """
Examples:

  dateline events --kind agreement --actor Russia

  dateline events --host MLI --since 2022-01-01 --min-origins 2

  dateline events --host NER --explain
""",
        origins: """
Examples:

  dateline origins --min-reports 2

  dateline origins --source Reuters --explain
""",
        disputes: """
Examples:

  dateline disputes --host NER

  dateline disputes --kind number --status open --explain
""",
        issues: """
Examples:

  dateline issues

  dateline issues --code unreadable --format csv
""",
    }
)


def register(app: typer.Typer) -> None:
    """Put the commands into the program."""
    for command, epilog in _COMMANDS.items():
        app.command(epilog=epilog)(o.with_options(command))
