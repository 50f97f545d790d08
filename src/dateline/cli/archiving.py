"""The commands of captures: `archive` writes a web archive of them, `capture` gives the raw bytes of one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli import options as o
from dateline.cli.console import fail, opened, output, refuse_ledger, tell

_PARTLY = 1


def archive(
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write, usually .wacz.", metavar="FILE")],
    filters: o.DocumentFilters,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
) -> None:
    """Write a web archive (WACZ 1.1.1) of the raw captures of reports: it replays in ReplayWeb.page.

    Without filters, of all reports. The same ledger gives the same bytes; `dateline add` of the file gives the same
    reports again. Exit status: 0 done, 1 no capture or some are lost, 2 the command was wrong.
    """
    from dateline.export.words import counted

    refuse_ledger(out)
    beside = out.with_name(f".{out.name}.part")
    with opened(ledger) as open_ledger:
        try:
            with beside.open("w+b") as stream:
                done = open_ledger.archive(stream, **asdict(filters))
            if done.captures:
                beside.replace(out)
        except OSError as error:
            fail(f"cannot write {out}: {error.strerror or error}")
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
    for issue in done.issues:
        tell(issue)
    without = f"; {counted(done.without, 'report')} without a capture" if done.without else ""
    lost = f"; {counted(len(done.issues), 'capture')} lost" if done.issues else ""
    where = f"→ {out}" if done.captures else "; nothing written"
    typer.echo(f"{counted(done.captures, 'capture')} of {counted(done.reports, 'report')}{without}{lost} {where}")
    if not done.captures or done.issues:
        raise typer.Exit(_PARTLY)


def capture(
    id: Annotated[str, typer.Argument(help="The id of a report or a capture, its hash, or enough of its beginning.")],
    about: Annotated[
        bool, typer.Option("--about", help="What is known of it, as JSON: addresses, moment, headers, hash.")
    ] = False,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
) -> None:
    """The raw bytes that a report was read from, as they came, to standard output.

    They are checked against their hash first. Of several captures of a report the first is given; `--about` lists all.
    """
    from dateline.export.jsonl import line
    from dateline.model import as_record

    with opened(ledger) as open_ledger:
        kept, content = open_ledger.capture(id)
        if not about:
            output().write(content)
            return
        known = open_ledger.show(id).id if id.startswith("doc-") else id
        of_report = open_ledger.captures_of([known]).get(known, (kept,))
        for one in of_report:
            output().write(line(as_record(one)))


_ARCHIVE = """
Examples:

  dateline archive --out reports.wacz

  dateline archive --out niger.wacz --text Niger --since 2024-01-01 --ledger sahel.db
"""
_CAPTURE = """
Examples:

  dateline capture doc-5e6f7a8b > page.html

  dateline capture doc-5e6f7a8b --about
"""


def register(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.command(epilog=_ARCHIVE)(o.with_options(archive))
    app.command(epilog=_CAPTURE)(capture)
