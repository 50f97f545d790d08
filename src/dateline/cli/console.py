"""What every command does with the outside: errors in one line, bytes to standard output, the ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import typer

from dateline.model import Issue

if TYPE_CHECKING:
    from dateline.cli.options import RedactionOptions
    from dateline.export.redaction import Redaction
    from dateline.ledger import Ledger

USAGE = 2
"""Exit status for a command that cannot be carried out as given: a bad option, no ledger, a damaged one."""


@contextmanager
def opened(path: str | Path, *, create: bool = False, as_of: str | None = None) -> Iterator[Ledger]:
    """The ledger of a command, or how it stood `as_of` a moment; whatever is wrong ends the command with one line."""
    from dateline.ledger import Ledger
    from dateline.store import LedgerError

    try:
        with Ledger(path, create=create) as ledger:
            if as_of is None:
                yield ledger
            else:
                with ledger.as_of(as_of) as then:
                    typer.echo(f"as the ledger stood at the end of {as_of} (recorded time)", err=True)
                    yield then
    except LedgerError as error:
        fail(str(error))


def known_sites(path: Path | None) -> None:
    """Know the user's own sites while the command runs; a file that cannot be used ends the command with one line."""
    from dateline.lexicon.sites import SitesError, use_sites

    if path is None:
        return
    try:
        use_sites(path)
    except SitesError as error:
        fail(str(error))


def fail(message: str) -> None:
    """End the command with a message on standard error."""
    from dateline.export.safe import visible

    typer.echo(f"dateline: {visible(message)}", err=True)
    raise typer.Exit(USAGE)


def output() -> BinaryIO:
    """Standard output for bytes."""
    return sys.stdout.buffer


def redaction_of(given: RedactionOptions) -> Redaction:
    """What is taken out, by the options given; a level of blurring that is none ends the command with one line."""
    from dateline.export.blurring import blur_of
    from dateline.export.redaction import Redaction

    try:
        blur = None if given.blur is None else blur_of(given.blur)
    except ValueError as error:
        fail(str(error))
        raise
    return Redaction(blur, anonymous=not given.no_anonymous, text=not given.no_text)


def tell(issue: Issue) -> None:
    """One issue as a line on standard error."""
    from dateline.export.safe import visible

    where = issue.path or issue.document or "?"
    typer.echo(f"{visible(where)}: {issue.code}: {visible(issue.message)}", err=True)


def refuse_ledger(target: Path) -> None:
    """End the command where it would put its output in the place of a ledger, or of any SQLite database."""
    from dateline.held import is_database

    if is_database(target):
        fail(f"{target} is a ledger or another database: choose another name")


def written(target: Path, content: bytes) -> None:
    """Put a file there whole or not at all; what stands in the way ends the command with one line."""
    refuse_ledger(target)
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        fail(f"cannot write {target}: {error.strerror or error}")
