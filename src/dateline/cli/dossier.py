"""`dateline dossier`: everything the ledger has on a country or a force, as pages that open without a server."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import options as o
from dateline.cli.console import fail, opened

if TYPE_CHECKING:
    from dateline.web.dossier import Edition

_DIFFERS = 1


def dossier(
    given: o.DossierOptions,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FOLDER", help="A new or empty folder to write into.")
    ] = None,
    pack: Annotated[
        Path | None, typer.Option("--zip", metavar="FILE.zip", help="Pack the folder into this file too.")
    ] = None,
    check: Annotated[
        Path | None, typer.Option("--check", metavar="FOLDER", help="Compare a dossier with its manifest instead.")
    ] = None,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
) -> None:
    """Save what the ledger has on a country or a force as a folder of static pages: charts, claims, disputes, reports.

    The pages open from a disk without a server or script, cite every claim, and have the records beside them for
    programs. The same --date and state of the ledger give the same bytes; a manifest has the SHA-256 of every file.
    """
    from dateline.web.dossier import FolderError

    try:
        if check is not None:
            _check(check)
        elif out is None:
            fail("say where to write it: --out FOLDER")
        else:
            _write(given, out, pack, ledger)
    except FolderError as error:
        fail(str(error))


def _write(given: o.DossierOptions, out: Path, pack: Path | None, path: str) -> None:
    from dateline.derivation import bring_up_to_date
    from dateline.store import open_store
    from dateline.web.dossier import write_dossier, write_zip

    edition = _edition(given)
    with opened(path):
        store = open_store(path, create=False)
        try:
            if given.update:
                bring_up_to_date(store)
            count = write_dossier(store, edition, out)
        finally:
            store.close()
    if pack is not None:
        beside = pack.with_name(f".{pack.name}.part")
        try:
            with beside.open("wb") as stream:
                write_zip(out, stream)
            beside.replace(pack)
        except OSError as error:
            beside.unlink(missing_ok=True)
            fail(f"cannot write {pack}: {error.strerror or error}")
    typer.echo(f"{edition.subject.title}: {count:,} claims in {out}; open {out / 'index.html'}")


def _edition(given: o.DossierOptions) -> Edition:
    from dateline.desk.dossier import Choice, Subject
    from dateline.export.blurring import Blur
    from dateline.web.dossier import Edition

    try:
        subject = Subject.called(given.host, given.actor)
    except ValueError as error:
        fail(str(error))
    blur = None if given.blur is None else Blur(given.blur)
    day = date.today() if given.date is None else date.fromisoformat(given.date)
    return Edition(subject, day, Choice(texts=not given.without_texts, blur=blur))


def _check(folder: Path) -> None:
    from dateline.web.dossier import differences

    found = differences(folder)
    for line in found:
        typer.echo(line)
    if found:
        raise typer.Exit(_DIFFERS)
    typer.echo(f"{folder} is as its manifest has it")


_EPILOG = """
Examples:

  dateline dossier --host NER --out niger

  dateline dossier --actor RUS --out russia --without-texts --zip russia.zip

  dateline dossier --host NER --out niger-shared --blur country --date 2024-09-30

  dateline dossier --check niger
"""


def register(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command(epilog=_EPILOG)(o.with_options(dossier))
