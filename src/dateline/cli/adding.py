"""The commands that read reports: `add` into a ledger, `read` to standard output, `rebuild`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli import options as o
from dateline.cli.console import known_sites, opened, output, tell
from dateline.model import Hints, Issue

if TYPE_CHECKING:
    from dateline.pipeline import Reading
    from dateline.results import Rows, Summary

_REFUSED = 1
_INTERRUPTED = 130

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.")]


def add(
    paths: Paths,
    given: o.ReportOptions,
    sites: o.SitesPath = None,
    captures: Annotated[
        bool, typer.Option("--captures/--no-captures", help="Keep the raw bytes of each report beside the ledger.")
    ] = True,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
) -> None:
    """Read reports and keep them with their claims in a ledger.

    Plain text, HTML, JSON Lines, feeds, wires, PDF, DOCX, EML, CSV and XLSX sheets of reports, web archives (WARC,
    WACZ), archives of these (zip, tar, gz). Feeds are RSS, Atom and JSON Feed, wires ninjs and NewsML-G2: every entry
    is a report. What a wire corrects, withholds, embargoes or cancels counts accordingly, and the log says so.
    What is given with an option wins over what the report says of itself. Known reports are left as they
    are. Every report is kept whole or not at all: after an interruption run the same command again.
    Exit status: 0 all kept, 1 some report was refused, 2 the command was wrong.
    """
    from dateline import pipeline
    from dateline.results import Summary

    hints = _hints(given)
    known_sites(sites)
    summary = Summary()
    with opened(ledger, create=True) as open_ledger, _progress(_expected(paths)) as tell_progress:

        def told(reading: Reading, state: Summary) -> None:
            nonlocal summary
            summary = state
            tell_progress(reading, state)

        try:
            described = pipeline.ingest_documents(paths, hints)
            open_ledger.add_readings(described, on_report=told, captures=captures)
        except KeyboardInterrupt:
            typer.echo(f"interrupted; kept whole: {_told(summary)}; run again to finish", err=True)
            raise typer.Exit(_INTERRUPTED) from None
    typer.echo(f"{_told(summary)} → {open_ledger.name}")
    if summary.refused:
        raise typer.Exit(_REFUSED)


def _hints(given: o.ReportOptions) -> Hints:
    return Hints(**{name: value for name, value in asdict(given).items() if value is not None})


def _told(summary: Summary) -> str:
    again = f", {summary.reread} read again" if summary.reread else ""
    notices = f", {summary.notices} notices" if summary.notices else ""
    return (
        f"{summary.new} new{again}, {summary.known} known, {summary.refused} refused; "
        f"{summary.claims} claims, {summary.issues} issues{notices}"
    )


def _expected(paths: list[str]) -> int | None:
    """How many reports there are, None where that shows only on reading."""
    from dateline.ingest import SEVERAL, SUFFIXES
    from dateline.ingest.sources import STDIN, files

    found = [file for path in paths for file in files(path)]
    many = any(SUFFIXES.get(file.suffix.lower()) in SEVERAL for file in found)
    return None if many or STDIN in paths else len(found)


@contextmanager
def _progress(expected: int | None) -> Iterator[Callable[[Reading, Summary], None]]:
    """Something to call after each report: names what was refused, moves a bar where someone watches."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    counts = TextColumn("{task.fields[claims]} claims")
    with Progress(*columns, counts, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading", total=expected, claims=0)

        def told(reading: Reading, summary: Summary) -> None:
            if reading.refused or reading.document is None:
                for issue in reading.issues:
                    tell(issue)
            bar.update(task, completed=summary.reports, claims=summary.claims)

        yield told


def read(paths: Paths, given: o.ReportOptions, sites: o.SitesPath = None) -> None:
    """Read reports and write their claims as JSON Lines, without a ledger; issues go to standard error.

    What a wire withholds, cancels or embargoes is not written: a line on standard error says so.
    """
    from dateline import pipeline
    from dateline.export.jsonl import line
    from dateline.judging.words import told_notice
    from dateline.reading import report_of
    from dateline.store.moments import now

    hints = _hints(given)
    known_sites(sites)
    refused = False
    for reading in pipeline.extract_claims(pipeline.ingest_documents(paths, hints)):
        notice = pipeline.held_back(reading, now())
        if notice is not None:
            tell(Issue("held_back", told_notice(notice), path=reading.path))
            continue
        report = report_of(reading)
        refused = refused or report.refused
        for record in report.claims.to_dicts():
            output().write(line(record))
        output().flush()
        for issue in report.issues:
            tell(issue)
    if refused:
        raise typer.Exit(_REFUSED)


def rebuild(
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
    everything: Annotated[
        bool, typer.Option("--all", help="Make listings and the search index anew too, where dateline check asks so.")
    ] = False,
) -> None:
    """Derive origins, events, presences and disputes anew from all of a ledger. Reading commands do what is needed."""
    from dateline.export.words import counted
    from dateline.upkeep.anew import list_anew

    with opened(ledger) as open_ledger:
        if everything:
            list_anew(open_ledger.up_to_date())
        open_ledger.rebuild()
        found: dict[str, Rows[Any]] = {
            "origin": open_ledger.origins(limit=1),
            "presence": open_ledger.presence(limit=1),
            "event": open_ledger.events(limit=1),
            "dispute": open_ledger.disputes(limit=1),
        }
        typer.echo(f"{', '.join(counted(rows.total, name) for name, rows in found.items())} → {open_ledger.name}")


_ADD = """
Examples:

  dateline add report.txt --published 2024-05-04 --outlet "The Daily"

  dateline add reports/ more.jsonl --ledger sahel.db

  dateline add reports/ --sites my-sites.csv

  dateline add feed.xml wire.jsonl

  dateline add crawl.warc.gz collection.wacz

  dateline add reports.csv --columns text=Body,title=Headline,published=Date,outlet=Paper,url=Link

  curl -s https://example.org/report.html | dateline add - --url https://example.org/report.html
"""
_READ = """
Examples:

  dateline read report.txt --published 2024-05-04

  dateline read report.html | jq -r '[.kind, .stance, .actor.name] | @tsv'
"""
_REBUILD = """
Examples:

  dateline rebuild --ledger sahel.db
"""


def register(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.command(epilog=_ADD)(o.with_options(add))
    app.command(epilog=_READ)(o.with_options(read))
    app.command(epilog=_REBUILD)(rebuild)
