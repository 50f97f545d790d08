"""`dateline export`: what a ledger holds as a file of one of many formats, with a statement of what it is beside it."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import options as o
from dateline.cli.console import fail, opened, output, redaction_of, refuse_ledger

if TYPE_CHECKING:
    from dateline.export.formats import Format
    from dateline.export.selection import Selection

_NOTHING_FOUND = 1
STDOUT = "-"
PACKED = ".zip"
"""The suffix of a file that has a package of all tables."""


def export(
    given: o.ClaimFilters,
    redacted: o.RedactionOptions,
    wanted: o.ExportOptions,
    list_: Annotated[bool, typer.Option("--list", help="List the formats, and what each holds.")] = False,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
    as_of: o.AsOf = None,
) -> None:
    """Write what a ledger holds into a file of another format; `--list` tells which there are.

    Formats of tables write one table; a FILE that ends in .zip, or in / for a new folder, gets all of them as a data
    package with a codebook.

    Beside FILE stands FILE.about.json: what was asked for, by which version, from which state of the ledger, what was
    taken out, how many records there are, and the size and SHA-256 of the file. A file is written whole or not at all.
    Exit status: 0 written, 1 written but no record fits, 2 the command was wrong or the file cannot be written.
    """
    if list_:
        _list()
        return
    name = _format(wanted.format)
    if wanted.out is None:
        fail("say where to write it: --out FILE, or --out - for standard output")
        return
    redaction = redaction_of(redacted)
    with (
        opened(ledger, as_of=as_of) as open_ledger,
        open_ledger.selection(redaction=redaction, **asdict(given)) as selection,
    ):
        gone = None if wanted.earlier is None else _ids_before(wanted.earlier, name, wanted.out)
        _write(selection, name, wanted.table, wanted.out)
        if gone is not None:
            _tell_deleted(gone, Path(wanted.out), selection.about.exported_at)
        _tell(selection, wanted.out)


def _list() -> None:
    """One line a format: its name, its suffix, what it holds."""
    from dateline.export.formats import FORMATS

    width = max(map(len, FORMATS))
    for name, one in FORMATS.items():
        needs = "" if one.extra is None else f" (needs dateline[{one.extra}])"
        typer.echo(f"{name:{width}}  {one.suffix:9} {one.what}{needs}")


def _format(name: str | None) -> str:
    from dateline.export.formats import FORMATS

    if name is None or name not in FORMATS:
        told = "say in which format: --format" if name is None else f"{name!r} is no format; write --format"
        fail(f"{told} {', '.join(FORMATS)}")
    return str(name)


def _write(selection: Selection, name: str, table: str | None, out: str) -> None:
    """Write the file and its manifest, or tell why not."""
    from dateline.export.errors import ExportError
    from dateline.export.formats import FORMATS

    chosen = FORMATS[name]
    try:
        if out == STDOUT:
            _refuse_terminal(name, chosen)
            chosen.written(selection, output(), table=table)
            output().flush()
        elif out.endswith(("/", os.sep)):
            _unpacked(selection, name, Path(out), table)
        else:
            _written(selection, name, Path(out), table)
    except ExportError as error:
        fail(str(error))
    except BrokenPipeError:
        raise
    except OSError as error:
        fail(f"cannot write {out}: {error.strerror or error}")
    except ModuleNotFoundError as error:
        if chosen.extra is None:
            raise
        fail(f"the format {name} needs {error.name}: pip install 'dateline[{chosen.extra}]'")


def _ids_before(earlier: Path, name: str, out: str) -> frozenset[str]:
    """The ids of an earlier export, before the new one may take its place."""
    from dateline.export.acled import ids_of
    from dateline.export.errors import ExportError

    if name != "acled" or out == STDOUT or out.endswith(("/", os.sep, PACKED)):
        fail("--earlier goes with --format acled and --out FILE")
    try:
        return ids_of(earlier)
    except ExportError as error:
        fail(str(error))
    except (OSError, UnicodeDecodeError) as error:
        fail(f"cannot read {earlier}: {getattr(error, 'strerror', None) or 'not UTF-8'}")
    return frozenset()


def _tell_deleted(before: frozenset[str], target: Path, moment: str) -> None:
    """ACLED's list of deleted events beside a file."""
    from dateline.export.acled import DELETED, deleted, ids_of

    gone = before - ids_of(target)
    beside = target.with_name(target.name + DELETED)
    with _beside(beside) as part:
        part.write_bytes(deleted(gone, moment))
    typer.echo(f"{len(gone)} deleted since → {beside}")


def _refuse_terminal(name: str, chosen: Format) -> None:
    if not chosen.is_text and _is_terminal():
        fail(f"{name} is no text: send it to a file or a program, not to the terminal")


def _is_terminal() -> bool:
    return sys.stdout.isatty()


def _written(selection: Selection, name: str, target: Path, table: str | None) -> None:
    """The file, whole or not at all, and then its manifest."""
    from dateline.export.formats import FORMATS
    from dateline.export.statement import SUFFIX, manifest

    packed = target.suffix.lower() == PACKED
    with _beside(target) as part:
        with part.open("wb") as stream:
            FORMATS[name].written(selection, stream, table=table, package=packed)
        with part.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        file = {"name": target.name, "bytes": part.stat().st_size, "sha256": digest}
    with _beside(target.with_name(target.name + SUFFIX)) as part:
        part.write_bytes(manifest(selection, name, file, table))


def _unpacked(selection: Selection, name: str, folder: Path, table: str | None) -> None:
    """A package as a new or empty folder; its `datapackage.json` has what a manifest has."""
    from dateline.export.formats import FORMATS

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        fail(f"{folder} holds something already: name a new folder")
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as room:
        with (Path(room) / "packed").open("w+b") as stream:
            FORMATS[name].written(selection, stream, table=table, package=True)
            with zipfile.ZipFile(stream) as packed:
                packed.extractall(Path(room) / "files")
        (Path(room) / "files").replace(folder)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A path to write to, which takes the target's place when all went well and is gone when not."""
    refuse_ledger(target)
    part = target.with_name(f".{target.name}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _tell(selection: Selection, out: str) -> None:
    """What was written, on standard output, or on standard error where the file itself went to the former."""
    from dateline.export.words import counted

    told = ", ".join(counted(number, name.removesuffix("s")) for name, number in selection.given.items())
    target = "standard output" if out == STDOUT else out
    typer.echo(f"{told or 'nothing'} → {target}", err=out == STDOUT)
    for name, idle in selection.passed_over().items():
        filters = ", ".join(f"--{one}" for one in idle)
        typer.echo(f"{name}: all of them as far as {filters} goes, which is no filter of {name}", err=True)
    if not selection.given.total():
        raise typer.Exit(_NOTHING_FOUND)


_EPILOG = """
Examples:

  dateline export --list

  dateline export --format csv --out claims.csv --host NER

  dateline export --format csv --out niger.zip --host NER

  dateline export --format parquet --out niger/ --host NER

  dateline export --format xlsx --out niger.xlsx --host NER --as-of 2024-09-30

  dateline export --format csv --table presences --out shared.csv --blur country --no-anonymous

  dateline export --format acled --out may.csv --earlier april.csv

  dateline export --format jsonl --out - | jq .kind
"""


def register(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command(epilog=_EPILOG)(o.with_options(export))
