"""The command that takes over claims from elsewhere: `import`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import options as o
from dateline.cli.console import known_sites, opened, tell

if TYPE_CHECKING:
    from dateline.ingest.claims import Imported
    from dateline.results import Summary

_REFUSED = 1
_INTERRUPTED = 130


class DataSetName(StrEnum):
    """The data sets that are read (a test keeps it the list of `dateline.ingest.reference`)."""

    ACLED = "acled"
    UCDP = "ucdp"
    POLECAT = "polecat"
    GDELT = "gdelt"
    ICEWS = "icews"
    TROOPDATA = "troopdata"


Paths = Annotated[
    list[str], typer.Argument(metavar="CLAIMS...", help="Files or folders of claims, or - for standard input.")
]


As = Annotated[
    DataSetName | None,
    typer.Option(
        "--as", help="The data set that the files are of; without it the first line tells.", show_default=False
    ),
]


def import_(
    paths: Paths, data_set: As = None, sites: o.SitesPath = None, ledger: o.LedgerPath = o.DEFAULT_LEDGER
) -> None:
    """Take claims over from JSON Lines or the tables of a data set and keep them in a ledger, with the ids they had.

    Known by their content: one claim a line, as `dateline claims --format jsonl` writes it; one report a line with its
    claims, as a fact sheet holds them; rows of ACLED, UCDP GED, POLECAT, GDELT, ICEWS and troopdata, which become
    claims of that data set and never count as origins. What was imported before is left as it is. Exit status: 0 every
    report kept, 1 some line or report was refused, 2 the command was wrong.
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
            name = None if data_set is None else data_set.value
            summary = open_ledger.import_claims(*paths, data_set=name, on_report=told)
        except KeyboardInterrupt:
            typer.echo(f"interrupted; kept whole: {_told(summary)}; run again to finish", err=True)
            raise typer.Exit(_INTERRUPTED) from None
    typer.echo(f"{_told(summary)} → {open_ledger.name}")
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

  dateline import acled.csv ged251.csv --ledger sahel.db

  dateline import rows.tsv --as polecat --ledger sahel.db

  dateline claims --ledger theirs.db --format jsonl | dateline import - --ledger ours.db
"""


def register(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command("import", epilog=_IMPORT)(import_)
