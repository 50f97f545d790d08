"""`dateline check`, `copy`, `backup` and `restore`: whether a ledger is sound, and copies of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.console import fail
from dateline.export.safe import visible

if TYPE_CHECKING:
    from dateline.upkeep.faults import Tell

_FAULTS = 1


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


def copy(
    old: Annotated[str, typer.Argument(metavar="FROM", help="The ledger to copy: a file or URL.")],
    new: Annotated[str, typer.Argument(metavar="TO", help="Where to: a file or URL, new or empty.")],
) -> None:
    """Copy a ledger into another database, all of it or nothing, and verify it there by a hash of each table.

    It may be in use: one state of it is copied. Captures go with it. A copy that was interrupted is begun anew.
    Exit status: 0 copied and the same, 1 copied but for captures that are missing or damaged, 2 nothing was copied.
    """
    from dateline.store import LedgerError
    from dateline.upkeep.copying import copied_between

    try:
        with _progress() as tell:
            found = copied_between(old, new, tell)
    except LedgerError as error:
        fail(str(error))
        return
    for told in found.missing:
        typer.echo(f"dateline: {visible(told)}", err=True)
    counts = {name: found.tables[name].rows for name in ("documents", "claims", "judgements")}
    told = ", ".join(f"{number:,} {name}" for name, number in counts.items())
    typer.echo(f"{told}, {found.captures:,} captures, the same by hash → {visible(new)}")
    if found.missing:
        raise typer.Exit(_FAULTS)


_COPY = """
Examples:

  dateline copy sahel.db sahel-copy.db

  dateline copy sahel.db sqlite:////srv/ledgers/sahel.db
"""


def register(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.command(epilog=_COPY)(copy)
