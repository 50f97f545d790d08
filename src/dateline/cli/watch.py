"""The command that reads what is published: `watch`."""

from __future__ import annotations

import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli import options as o
from dateline.cli.console import fail, known_sites, tell

if TYPE_CHECKING:
    from dateline.watch.passes import Pass
    from dateline.watch.settings import Settings

_REFUSED = 1

FeedsFile = Annotated[Path, typer.Argument(metavar="FEEDS.toml", help="What to watch; see docs/watching.md.")]
Once = Annotated[bool, typer.Option("--once", help="Make one pass over all that is due and end.")]
Check = Annotated[bool, typer.Option("--check", help="Only check the file; nothing is asked for or written.")]


def watch(
    feeds: FeedsFile,
    once: Once = False,
    check: Check = False,
    sites: o.SitesPath = None,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
) -> None:
    """Poll feeds and folders on a schedule, keep what is new in a ledger, and tell of what alerts look for.

    One line is written for each pass; what could not be read goes to standard error and into the ledger's issues. It
    runs until it is interrupted and then ends between two reports. What was seen is kept beside the ledger, so it goes
    on where it ended, also when it was killed. Exit status: 0 ended or one pass well done, 1 with --once when something
    was refused or could not be reached or sent, 2 the file or the command was wrong.
    """
    settings = _settings(feeds)
    if check:
        from dateline.export.words import counted

        some = (("feed", settings.feeds), ("folder", settings.folders), ("alert", settings.alerts))
        typer.echo(f"{feeds} is good: {', '.join(counted(len(found), name) for name, found in some)}")
        return
    known_sites(sites)
    with _ending() as stop:
        bad = False
        for done in _passes(settings, ledger, stop):
            typer.echo(done.line())
            bad = bool(done.refused or done.errors or done.waiting or done.unsent)
            if once or stop.is_set():
                break
        if once and bad and not stop.is_set():
            raise typer.Exit(_REFUSED)


def _settings(path: Path) -> Settings:
    from dateline.watch.checking import FeedsFileError
    from dateline.watch.settings import load

    try:
        return load(path)
    except FeedsFileError as error:
        lines = str(error).splitlines()
        for line in lines[:-1]:
            typer.echo(f"{path}: {line}", err=True)
        fail(f"{path}: {lines[-1]}")
        raise AssertionError from error


def _passes(settings: Settings, ledger: str, stop: threading.Event) -> Iterator[Pass]:
    from dateline.store import LedgerError, open_store
    from dateline.store.addresses import address_of
    from dateline.watch.state import StateError
    from dateline.watch.timing import SystemClock
    from dateline.watch.watching import Outside, opened, passes

    outside = Outside(SystemClock(stop), tell, stop.is_set)
    try:
        store = open_store(ledger, create=True)
        try:
            with opened(settings, store, outside) as watching:
                yield from passes(watching)
        finally:
            store.close()
    except (LedgerError, StateError) as error:
        fail(str(error))
    except sqlite3.Error as error:
        fail(f"the state of the watch of {address_of(ledger).name} cannot be written: {error}")


@contextmanager
def _ending() -> Iterator[threading.Event]:
    """Something that is set when the program is interrupted or asked to end; a second time ends it at once."""
    stop = threading.Event()

    def end(number: int, _: Any) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        typer.echo(f"ending after the report at hand ({signal.Signals(number).name}); once more ends at once", err=True)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_WATCH = """
Examples:

  dateline watch feeds.toml --ledger sahel.db

  dateline watch feeds.toml --once

  dateline watch feeds.toml --check
"""


def register(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command(epilog=_WATCH)(watch)
