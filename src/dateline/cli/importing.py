"""The command that takes over claims from elsewhere: `import`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import options as o
from dateline.cli.console import known_sites, opened, tell

if TYPE_CHECKING:
    from dateline.ingest.claims import Imported
    from dateline.results import Summary

_REFUSED = 1
_INTERRUPTED = 130

Paths = Annotated[
    list[str], typer.Argument(metavar="CLAIMS.jsonl...", help="Files or folders of claims, or - for standard input.")
]


def import_(paths: Paths, sites: o.SitesPath = None, ledger: o.LedgerPath = o.DEFAULT_LEDGER) -> None:
    """Take claims over from JSON Lines and keep them in a ledger, with the ids that they had.

    Two formats are known by their content: one claim a line, as `dateline claims --format jsonl` writes it, and one
    report a line with its claims, as a fact sheet holds them. What was imported before is left as it is.
    Exit status: 0 every report kept, 1 some line or report was refused, 2 the command was wrong.
    """
    from dateline.results import Summary

    known_sites(sites)
    summary = Summary()
    with opened(ledger, create=True) as open_ledger:

        def told(report: Imported, state: Summary) -> None:
            nonlocal summary
            summary = state
            for issue in report.issues:
                tell(issue)

        try:
            summary = open_ledger.import_claims(*paths, on_report=told)
        except KeyboardInterrupt:
            typer.echo(f"interrupted; kept whole: {_told(summary)}; run again to finish", err=True)
            raise typer.Exit(_INTERRUPTED) from None
    typer.echo(f"{_told(summary)} → {ledger}")
    if summary.refused:
        raise typer.Exit(_REFUSED)


def _told(summary: Summary) -> str:
    more = f", {summary.reread} with more claims" if summary.reread else ""
    return (
        f"{summary.new} new{more}, {summary.known} known, {summary.refused} refused; "
        f"{summary.claims} claims, {summary.issues} issues"
    )


_IMPORT = """
Examples:

  dateline import claims.jsonl --ledger sahel.db

  dateline claims --ledger theirs.db --format jsonl | dateline import - --ledger ours.db
"""


def register(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command("import", epilog=_IMPORT)(import_)
