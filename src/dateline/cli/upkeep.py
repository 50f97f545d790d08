"""`dateline check`, `copy`, `backup` and `restore`: whether a ledger is sound, and copies of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import options as o
from dateline.cli.console import fail
from dateline.export.safe import visible

if TYPE_CHECKING:
    from dateline.upkeep.faults import Tell

_FAULTS = 1
_INTERRUPTED = 130


@contextmanager
def _progress() -> Iterator[Tell]:
    """Something to call with how far it is; a bar on standard error where someone watches."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def tell(what: str, done: int, of: int) -> None:
            bar.update(task, description=what, completed=done, total=of or None)

        yield tell


class CheckFormat(StrEnum):
    """How faults are written."""

    LINES = "lines"
    JSONL = "jsonl"


def check(
    ledger: Annotated[
        str,
        typer.Option(
            "--ledger", "-l", envvar="DATELINE_LEDGER", metavar="FILE", help="The ledger: a file, a URL or a backup."
        ),
    ] = str(o.DEFAULT_LEDGER),
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Without the bytes of captures, and without making anew what is derived."),
    ] = False,
    format: Annotated[CheckFormat, typer.Option("--format", "-f", help="How to write faults.")] = CheckFormat.LINES,
) -> None:
    """Check a whole ledger and change nothing: the file, ids, quotations, captures, listings, search, what is derived.

    One line a fault: the table, the id, what is wrong, what to do. It may be in use meanwhile. The whole check makes a
    copy among the temporary files, to derive everything anew and compare.
    Exit status: 0 sound, 1 there are faults, 2 it cannot be read.
    """
    import json
    from dataclasses import asdict

    from dateline.store import LedgerError
    from dateline.store.addresses import address_of
    from dateline.upkeep.checking import Depth, Outcome, checked
    from dateline.upkeep.restoring import checked_backup

    outcome = Outcome()
    depth = Depth.ROWS if quick else Depth.ANEW
    try:
        with _progress() as tell:
            if Path(ledger).is_dir():
                faults = checked_backup(Path(ledger), outcome, depth=depth, tell=tell)
            else:
                faults = checked(ledger, outcome, depth=depth, tell=tell)
            for fault in faults:
                if format is CheckFormat.JSONL:
                    typer.echo(json.dumps(asdict(fault), ensure_ascii=False))
                else:
                    typer.echo(visible(f"{fault.table} {fault.item or '-'}: {fault.wrong}; {fault.todo}"))
    except LedgerError as error:
        fail(str(error))
    for told in outcome.notes:
        typer.echo(f"note: {visible(told)}", err=True)
    if outcome.faults:
        raise typer.Exit(_FAULTS)
    if format is CheckFormat.LINES:
        typer.echo(f"{visible(address_of(ledger).name)} is sound{', as far as --quick looks' if quick else ''}")


def copy(
    old: Annotated[str, typer.Argument(metavar="FROM", help="The ledger to copy: a file or URL.")],
    new: Annotated[str, typer.Argument(metavar="TO", help="Where to: a file or URL, new or empty.")],
) -> None:
    """Copy a ledger into another database, all of it or nothing, and verify it there by a hash of each table.

    It may be in use: one state of it is copied. Captures go with it. A copy that was interrupted has left nothing in TO
    but captures, and says so; given again it begins anew.
    Exit status: 0 copied and the same, 1 copied but for captures that are missing or damaged, 2 nothing was copied.
    """
    from dateline.store import LedgerError
    from dateline.store.addresses import address_of
    from dateline.upkeep.copying import copied_between

    try:
        with _progress() as tell:
            found = copied_between(old, new, tell)
    except LedgerError as error:
        fail(str(error))
        return
    except KeyboardInterrupt:
        name = visible(address_of(new).name)
        typer.echo(f"interrupted: nothing was copied to {name}; given again, the copy begins anew", err=True)
        raise typer.Exit(_INTERRUPTED) from None
    for told in found.missing:
        typer.echo(f"dateline: {visible(told)}", err=True)
    counts = {name: found.tables[name].rows for name in ("documents", "claims", "judgements")}
    told = ", ".join(f"{number:,} {name}" for name, number in counts.items())
    typer.echo(f"{told}, {found.captures:,} captures, the same by hash → {visible(address_of(new).name)}")
    if found.missing:
        raise typer.Exit(_FAULTS)


def backup(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to be written.")],
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
    force: Annotated[bool, typer.Option("--force", help="Take the place of an older backup of that name.")] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help="Back up a ledger that has faults too.")] = False,
) -> None:
    """Write a backup of a ledger with its captures into a folder; the ledger may be in use meanwhile.

    The folder bears its name only when all of it is on the disk and was checked. Its manifest has the SHA-256 of every
    file and a hash of every table. Accounts of the desk (LEDGER.people) are not in it.
    Exit status: 0 written, 1 written but for captures that are missing or with faults of the ledger, 2 not written.
    """
    from dateline.store import LedgerError, open_store
    from dateline.upkeep.backups import back_up

    try:
        store = open_store(ledger, create=False)
        try:
            with _progress() as tell:
                found = back_up(store, out, force=force, anyway=anyway, tell=tell)
        finally:
            store.close()
    except LedgerError as error:
        fail(str(error))
        return
    for told in found.missing:
        typer.echo(f"dateline: {visible(told)}", err=True)
    tables = found.about["tables"]
    told = ", ".join(f"{tables[name]['rows']:,} {name}" for name in ("documents", "claims", "judgements", "captures"))
    typer.echo(f"{told} → {visible(str(out))}")
    if found.missing or found.about["faults"]:
        raise typer.Exit(_FAULTS)


def restore(
    given: Annotated[Path, typer.Argument(metavar="BACKUP", help="A folder that dateline backup wrote.")],
    ledger: Annotated[str, typer.Option("--ledger", "-l", metavar="NEW", help="The ledger file to be made.")],
    force: Annotated[
        bool, typer.Option("--force", help="Set a ledger that is there aside, under another name beside it.")
    ] = False,
) -> None:
    """Bring a ledger back from a backup, with its captures: verified before it takes its place.

    Exit status: 0 restored, 2 nothing was restored.
    """
    from dateline.store import LedgerError
    from dateline.store.addresses import address_of
    from dateline.upkeep.restoring import restore as bring_back

    try:
        address = address_of(ledger)
        if address.path is None:
            fail(f"a backup is restored to a file: restore it to one, then dateline copy FILE {address.name}")
            return
        with _progress() as tell:
            about, aside = bring_back(given, address.path, force=force, tell=tell)
    except LedgerError as error:
        fail(str(error))
        return
    if aside is not None:
        typer.echo(f"what was there is kept as {visible(str(aside))}", err=True)
    tables = about["tables"]
    told = ", ".join(f"{tables[name]['rows']:,} {name}" for name in ("documents", "claims", "judgements", "captures"))
    typer.echo(f"{told}, as of {about['made_at']} → {visible(address.name)}")


_CHECK = """
Examples:

  dateline check --ledger sahel.db

  dateline check --quick --format jsonl --ledger sahel.db
"""
_COPY = """
Examples:

  dateline copy sahel.db sahel-copy.db

  dateline copy sahel.db sqlite:////srv/ledgers/sahel.db
"""
_BACKUP = """
Examples:

  dateline backup backups/2024-05-04 --ledger sahel.db
"""
_RESTORE = """
Examples:

  dateline restore backups/2024-05-04 --ledger sahel-again.db

  dateline restore backups/2024-05-04 --ledger sahel.db --force
"""


def register(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.command(epilog=_CHECK)(check)
    app.command(epilog=_COPY)(copy)
    app.command(epilog=_BACKUP)(backup)
    app.command(epilog=_RESTORE)(restore)
