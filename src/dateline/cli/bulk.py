"""The command `bulk`: whole archives by many workers, into shards and from these into a ledger."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import options as o
from dateline.cli.console import fail, known_sites
from dateline.model import Hints

if TYPE_CHECKING:
    from dateline.bulk.coordinating import Progress
    from dateline.bulk.job import Outcome, Watch
    from dateline.bulk.manifest import State
    from dateline.bulk.settings import Setup
    from dateline.results import Summary
    from dateline.store import Store

_TROUBLE = 1
_INTERRUPTED = 130
_EVERY = 5.0
_SHOWN = 10

Archives = Annotated[
    list[str] | None, typer.Argument(metavar="[ARCHIVE]...", help="Files and folders of anything that `add` reads.")
]


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """Who does the work."""

    engine: Annotated[
        str, typer.Option(metavar="local|ray", help="Processes of this machine, or a cluster of Ray.")
    ] = "local"
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Workers; as many as cores if not given.")] = (
        None
    )
    ray_address: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="The cluster of Ray; one on this machine if not given.")
    ] = None
    seconds: Annotated[
        float, typer.Option("--report-seconds", min=0.1, help="How long one report may take, in seconds.")
    ] = 60.0


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """What is left out before it costs much; each is told and counted."""

    only_languages: Annotated[
        bool, typer.Option("--only-languages", help="Leave out reports in languages that are not read, early.")
    ] = False
    skip_duplicates: Annotated[
        bool, typer.Option("--skip-duplicates", help="Read claims from one of reports with the same words.")
    ] = False
    skip_copies: Annotated[
        bool, typer.Option("--skip-copies", help="Read claims from one of reports with nearly the same words.")
    ] = False
    relevant_only: Annotated[
        bool, typer.Option("--relevant-only", help="Leave out reports that a classifier finds no claim in.")
    ] = False


@dataclass(frozen=True, slots=True)
class JobChoice:
    """Where a job is kept, and where what it read goes."""

    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The folder of the shards; made if missing.", metavar="SHARDS")
    ] = None
    ledger: Annotated[
        str | None,
        typer.Option(
            "--ledger", "-l", help="Commit to this ledger, a file or an address, when all is read.", metavar="FILE|URL"
        ),
    ] = None
    status: Annotated[
        Path | None, typer.Option("--status", help="Tell how far the job of this folder is.", metavar="SHARDS")
    ] = None
    sites: o.SitesPath = None
    captures: Annotated[bool, typer.Option("--captures/--no-captures", help="Keep the raw bytes of each report.")] = (
        True
    )


def bulk(
    job: JobChoice,
    engine: EngineChoice,
    filters: FilterChoice,
    given: o.ReportOptions,
    archives: Archives = None,
) -> None:
    """Read whole archives with many workers: the same as `add`, faster, and in steps that can be killed.

    Workers write what they read as shards into the folder of the job; one committer puts these into a ledger: at the
    end with --ledger, or later with --out and --ledger alone. A job that was ended in any way goes on when the same
    command is given again. A report that breaks its worker three times is set aside, with its error, and the rest goes
    on.
    Exit status: 0 all read, 1 some report was refused or set aside, 2 the job cannot begin or go on.
    """
    from dateline.bulk.errors import BulkError
    from dateline.store import LedgerError

    try:
        if job.status is not None:
            _tell_status(job.status)
        elif job.out is None:
            fail("give the folder for the shards: --out SHARDS")
        elif archives:
            known_sites(job.sites)
            _run(archives, _setup(job.out, job, engine, filters, given), engine, job.ledger)
        elif job.ledger is not None:
            _commit(job.out, job.ledger)
        else:
            fail("give archives to read, or a ledger to commit to: --ledger FILE")
    except (BulkError, LedgerError) as error:
        fail(str(error))


def _run(archives: list[str], setup: Setup, engine: EngineChoice, ledger: str | None) -> None:
    from dateline.bulk import job as jobs
    from dateline.bulk.engine import ENGINES, EngineOptions

    if engine.engine not in ENGINES:
        fail(f"there is no engine {engine.engine!r}: {' or '.join(ENGINES)}")
    if "-" in archives:
        fail("standard input cannot be read again after an interruption: give files")
    options = EngineOptions(engine.jobs or os.cpu_count() or 1, engine.ray_address)
    store = _store(ledger)
    try:
        outcome = jobs.run(archives, setup, engine.engine, options, store, _watch())
    except KeyboardInterrupt:
        typer.echo(f"interrupted; what is done is kept in {setup.folder}: run the same command to go on", err=True)
        raise typer.Exit(_INTERRUPTED) from None
    finally:
        if store is not None:
            store.close()
    _end(outcome, setup.folder, ledger)


def _store(ledger: str | None) -> Store | None:
    from dateline.store import open_store

    return None if ledger is None else open_store(ledger, create=True)


def _setup(out: Path, job: JobChoice, engine: EngineChoice, filters: FilterChoice, given: o.ReportOptions) -> Setup:
    from dateline.bulk.settings import Prefilters, Setup

    hints = Hints(**{name: value for name, value in asdict(given).items() if value is not None})
    prefilters = Prefilters(
        language=filters.only_languages,
        duplicates=filters.skip_duplicates,
        copies=filters.skip_copies,
        relevant=filters.relevant_only,
    )
    sites = None if job.sites is None else str(job.sites.resolve())
    return Setup(out, "", hints, prefilters, captures=job.captures, seconds=engine.seconds, sites=sites)


def _commit(out: Path, ledger: str) -> None:
    from dateline.bulk import job as jobs
    from dateline.store import open_store

    jobs.status(out)
    store = open_store(ledger, create=True)
    try:
        outcome = jobs.commit(out, store, _watch())
    except KeyboardInterrupt:
        typer.echo("interrupted; what is committed is kept whole: run the same command to go on", err=True)
        raise typer.Exit(_INTERRUPTED) from None
    finally:
        store.close()
    if not outcome.state.is_whole:
        typer.echo(f"{out} is not all read yet: give its archives again to go on", err=True)
    typer.echo(f"{_kept(outcome.kept)} → {_name(ledger)}")


def _end(outcome: Outcome, out: Path, ledger: str | None) -> None:
    found = outcome.progress
    typer.echo(f"{_read(found)} in {found.tasks} tasks → {out}")
    if ledger is not None:
        typer.echo(f"{_kept(outcome.kept)} → {_name(ledger)}")
    if found.aside or found.refused:
        raise typer.Exit(_TROUBLE)


def _name(ledger: str) -> str:
    from dateline.store.addresses import address_of

    return address_of(ledger).name


def _read(found: Progress) -> str:
    left_out = "".join(f", {count:,} left out ({name})" for name, count in sorted(found.left_out.items()))
    return (
        f"{found.reports:,} reports, {found.claims:,} claims; {found.refused:,} refused, "
        f"{found.aside:,} set aside{left_out}"
    )


def _kept(summary: Summary | None) -> str:
    if summary is None:
        return "nothing committed"
    return (
        f"{summary.new:,} new, {summary.reread:,} read again, {summary.known:,} known, {summary.refused:,} refused; "
        f"{summary.claims:,} claims, {summary.issues:,} issues, {summary.notices:,} notices"
    )


def _watch() -> Watch:
    """Lines on standard error: a line that is written over where someone watches, else one every few seconds."""
    from dateline.bulk.job import Watch
    from dateline.export.safe import visible

    tell = _teller()

    def words(text: str) -> None:
        tell("", ended=True)
        typer.echo(visible(text), err=True)

    def work(progress: Progress) -> None:
        left = progress.left
        ends = "" if left is None else f", {_duration(left)} left"
        share = f"{100 * progress.reached / progress.total:.0f} %, " if progress.total else ""
        if progress.marked and not progress.session:
            tell(f"looking for copies: {progress.marked:,} tasks marked")
            return
        tell(f"reading: {share}{progress.rate:.1f} reports/s{ends}; {_read(progress)}")

    def commit(tasks: int, summary: Summary) -> None:
        tell(f"committing: {tasks:,} tasks, {summary.new:,} new, {summary.known:,} known")

    return Watch(words, work, commit)


def _teller() -> Callable[..., None]:
    last = 0.0
    shown = False

    def tell(text: str, *, ended: bool = False) -> None:
        nonlocal last, shown
        terminal = sys.stderr.isatty()
        if ended:
            if shown and terminal:
                sys.stderr.write("\r\x1b[K")
            shown = False
            return
        if time.monotonic() - last < (0.5 if terminal else _EVERY):
            return
        last = time.monotonic()
        sys.stderr.write(f"\r\x1b[K{text}" if terminal else f"{text}\n")
        sys.stderr.flush()
        shown = True

    return tell


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{round(seconds)} s" if seconds < 90 else f"{minutes} min" if minutes < 90 else f"{minutes / 60:.1f} h"


def _tell_status(folder: Path) -> None:
    from dateline.bulk import job as jobs
    from dateline.bulk.coordinating import Progress
    from dateline.export.safe import visible

    state = jobs.status(folder)
    found = Progress(0)
    for one in state.done.values():
        found.take(one.done)
    typer.echo(_told(state))
    typer.echo(_read(found))
    for task, error in sorted(state.redo.items())[:_SHOWN]:
        typer.echo(f"task {task} is to be done again: {visible(error)}")
    if state.damaged:
        typer.echo(f"{state.damaged} damaged lines of the manifest: their tasks are to be done again")


def _told(state: State) -> str:
    if state.job is None:
        return "no job"
    of = f" of {state.planned:,}" if state.planned is not None else ""
    end = "all read" if state.is_whole else "not all read: give its archives again to go on"
    return f"{state.job.files:,} files, {state.job.bytes:,} bytes: {len(state.done):,}{of} tasks done; {end}"


_BULK = """
Examples:

  dateline bulk crawl-*.warc.gz --out shards/ --jobs 8 --ledger news.db

  dateline bulk archive/ more.jsonl --out shards/ --only-languages

  dateline bulk --status shards/

  dateline bulk --out shards/ --ledger news.db

  dateline bulk crawl/ --out /shared/shards --engine ray --ray-address auto --jobs 64
"""


def register(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command(epilog=_BULK)(o.with_options(bulk))
