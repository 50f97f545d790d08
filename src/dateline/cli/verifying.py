"""`dateline verify`: whether a release, a dossier or an export is what it says, and what the ledger says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.console import fail, opened
from dateline.export.safe import visible

if TYPE_CHECKING:
    from dateline.ledger import Ledger
    from dateline.releases.findings import Findings

_DIFFERS = 1


def verify(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A release or dossier (folder or .zip), or an exported file.")
    ],
    ledger: Annotated[
        str | None,
        typer.Option(
            "--ledger", "-l", envvar="DATELINE_LEDGER", metavar="FILE|URL", help="The ledger to compare with."
        ),
    ] = None,
) -> None:
    """Check a release, a dossier or an exported file: first in itself, then, with --ledger, against the ledger.

    In itself: sizes and sums of all files, missing and extra ones, every quotation in its text. Against the ledger: the
    same is made again from the ledger as it stood then, and every difference is told.
    Exit status: 0 all of it is as it should be, 1 something differs, 2 it or the ledger cannot be read.
    """
    from dateline.releases import ReleaseError
    from dateline.releases.findings import Findings

    findings = Findings()
    try:
        _verify(path, ledger, findings)
    except ReleaseError as error:
        _tell(findings)
        fail(str(error))
    _tell(findings)
    if findings.wrong:
        raise typer.Exit(_DIFFERS)
    if ledger is None:
        typer.echo(f"{visible(str(path))} is sound in itself; give --ledger to compare it with what the ledger says")
    else:
        typer.echo(f"{visible(str(path))} is what {visible(str(ledger))} says")


def _tell(findings: Findings) -> None:
    for told in findings.sound:
        typer.echo(f"  right: {visible(told)}")
    for told in findings.notes:
        typer.echo(f"   note: {visible(told)}")
    for told in findings.wrong:
        typer.echo(f"DIFFERS: {visible(told)}")


def _verify(path: Path, ledger: str | None, findings: Findings) -> None:
    from dateline.releases.exports import manifest_beside

    beside = None if path.is_dir() else manifest_beside(path)
    if beside is not None:
        _export(beside, ledger, findings)
    else:
        _package(path, ledger, findings)


def _export(beside: Path, ledger: str | None, findings: Findings) -> None:
    from dateline.releases.exports import check_export, compare_export

    file, about = check_export(beside, findings)
    with _compared(ledger, findings) as known:
        if known is not None:
            compare_export(file, about, known, findings)


def _package(path: Path, ledger: str | None, findings: Findings) -> None:
    """A release or a dossier, by its manifest."""
    from dateline.releases import packages
    from dateline.releases.against import compare_release
    from dateline.releases.checking import check_release
    from dateline.web.dossier.verifying import check_dossier, compare_dossier

    with packages.opened(path) as package:
        is_dossier = _is_dossier(package.manifest())
        about = (check_dossier if is_dossier else check_release)(package, findings)
        with _compared(ledger, findings) as known:
            if known is not None:
                (compare_dossier if is_dossier else compare_release)(package, about, known, findings)


def _is_dossier(manifest: bytes) -> bool:
    try:
        found = json.loads(manifest)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "dossier" in found


@contextmanager
def _compared(ledger: str | None, findings: Findings) -> Iterator[Ledger | None]:
    """The ledger to compare with, if one is given; what is damaged in itself may turn out not to be comparable."""
    from dateline.releases import ReleaseError

    if ledger is None:
        yield None
        return
    try:
        with opened(ledger) as found:
            yield found
    except ReleaseError as error:
        if not findings.wrong:
            raise
        findings.notes.append(f"not compared with the ledger: {error}")


_EPILOG = """
Examples:

  dateline verify releases/niger-2024-09

  dateline verify releases/niger-2024-09.zip --ledger sahel.db

  dateline verify niger --ledger sahel.db

  dateline verify claims.csv --ledger sahel.db
"""


def register(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command(epilog=_EPILOG)(verify)
