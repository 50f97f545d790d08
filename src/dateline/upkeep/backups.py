"""A ledger with its captures as a folder that never changes: made while the ledger is in use, verified, named last."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

import dateline
from dateline.durable import sync
from dateline.export.folder import MANIFEST, FolderError, whole
from dateline.held import connect
from dateline.releases.checking import FILES, files_as_listed
from dateline.releases.errors import ReleaseError
from dateline.releases.findings import Findings
from dateline.releases.packages import Package
from dateline.store import LedgerError, Store, open_store
from dateline.store.captures import folder_of
from dateline.store.schema import VERSION, captures
from dateline.store.times import log_mark
from dateline.upkeep.checking import Depth, Outcome, checked
from dateline.upkeep.copying import copy_ledger
from dateline.upkeep.faults import Fault, Tell, quiet
from dateline.upkeep.pages import copy_pages, is_file
from dateline.upkeep.sums import KEPT_TABLES, table_sum

LEDGER: Final = "ledger.db"
"""The ledger in a backup; its captures lie beside it, as they do anywhere."""

_KIND: Final = "dateline_backup"
_FORMAT: Final = 1
_TOLD: Final = 5


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds, by its manifest: `faults` of the ledger that it was made of, and captures not to be had."""

    path: Path
    about: dict[str, Any]
    missing: tuple[str, ...] = ()


def back_up(store: Store, out: Path, *, force: bool = False, anyway: bool = False, tell: Tell = quiet) -> Backup:
    """Write a backup of one state of a ledger, which others may go on reading and writing.

    It bears its name only when all of it is on the disk and was checked there as `dateline check` does, but for what
    is derived. LedgerError where `out` is there already, unless `force` and it is a backup too; and where the ledger
    has faults, unless `anyway`: then the manifest tells how many.
    """
    _refuse(out, force=force)
    beside = out.with_name(f".{out.name}.new")
    for left in (beside, *out.resolve().parent.glob(f".{beside.name}.*.part")):
        shutil.rmtree(left, ignore_errors=True)
    try:
        with whole(beside) as folder:
            path = folder.root / LEDGER
            missing = _written(store, path, tell)
            faults = list(_faults(path, tell))
            if faults and not anyway:
                told = "; ".join(f"{fault.table} {fault.item or '-'}: {fault.wrong}" for fault in faults[:_TOLD])
                raise LedgerError(f"{store.name} has faults (dateline check), so no backup was made: {told}")
            about = _about(store, path, len(faults))
            _at_rest(path)
            listed = folder.files()
            folder.seal(_coded({**about, "files": listed}))
            _closed(folder.root)
        _named(beside, out)
    except FolderError as error:
        raise LedgerError(str(error)) from error
    return Backup(out, about, tuple(missing))


def _refuse(out: Path, *, force: bool) -> None:
    if not out.exists() and not out.is_symlink():
        return
    if not force:
        raise LedgerError(f"{out} is there already: choose another name, or --force to take its place")
    read_manifest(out)


def read_manifest(backup: Path) -> dict[str, Any]:
    """The manifest of a backup; LedgerError for what is none, or one of a newer program."""
    try:
        found = json.loads((backup / MANIFEST).read_bytes())
        kind, files = found[_KIND], found["files"]
        sizes = [(entry["bytes"], entry["sha256"]) for entry in files.values()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise LedgerError(f"{backup} is no backup: it has no {MANIFEST} of one that can be read") from error
    if kind != _FORMAT or found.get("schema", VERSION + 1) > VERSION:
        raise LedgerError(f"{backup} was made by dateline {found.get('dateline')}, newer than this: update dateline")
    if LEDGER not in files or not all(isinstance(size, int) for size, _ in sizes):
        raise LedgerError(f"{backup} is no backup: its {MANIFEST} names no {LEDGER}")
    return dict(found)


def changed_files(backup: Path) -> Sequence[str]:
    """Which files of a backup are not as its manifest has them, in words; LedgerError for what is no backup."""
    findings = Findings()
    about = read_manifest(backup)
    try:
        files_as_listed(Package(backup, str(backup)), about["files"], findings)
    except ReleaseError as error:
        raise LedgerError(str(error)) from error
    return findings.wrong if findings.count(FILES) else ()


def _written(store: Store, path: Path, tell: Tell) -> list[str]:
    """Copy the ledger and the captures it names; which of these are not there."""
    if is_file(store):
        copy_pages(store, path, tell)
    else:
        with _opened(path, create=True) as copy:
            return list(copy_ledger(store, copy, tell).missing)
    with _opened(path) as copy, copy.reading() as connection:
        hashes = connection.execute(select(captures.c.sha256).distinct()).scalars().all()
    given, into = folder_of(store.name), folder_of(str(path))
    missing = []
    for at, sha256 in enumerate(sorted(hashes)):
        tell("copying captures", at, len(hashes))
        name = Path(sha256[:2]) / f"{sha256[2:]}.gz"
        if given is None or into is None or not (given / name).is_file():
            missing.append(f"the capture {name} is not there, so not in the backup")
            continue
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(given / name, into / name)
    return missing


@contextmanager
def _opened(path: Path, *, create: bool = False) -> Iterator[Store]:
    store = open_store(path, create=create)
    try:
        yield store
    finally:
        store.close()


def _faults(path: Path, tell: Tell) -> Iterator[Fault]:
    """What is wrong with the copy, captures that the ledger itself lacks aside."""
    for fault in checked(path, Outcome(), depth=Depth.BYTES, tell=tell):
        if not (fault.table == "captures" and "is not there" in fault.wrong):
            yield fault


def _about(store: Store, path: Path, faults: int) -> dict[str, Any]:
    with _opened(path) as copy:
        mark = log_mark(copy)
        with copy.reading() as connection:
            sums = {table.name: asdict(table_sum(connection, table)) for table in KEPT_TABLES}
    return {
        _KIND: _FORMAT,
        "dateline": dateline.__version__,
        "ledger": Path(store.name).name,
        "made_at": store.clock(),
        "schema": VERSION,
        "log": asdict(mark),
        "tables": sums,
        "faults": faults,
    }


def _coded(about: dict[str, Any]) -> bytes:
    return json.dumps(about, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"


def _at_rest(path: Path) -> None:
    """Leave one file without a log beside it, whose bytes no reader changes."""
    with closing(connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")


def _closed(root: Path) -> None:
    """All files for reading only, and on the disk."""
    for path in root.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
            sync(path)
    for folder in (*(path for path in root.rglob("*") if path.is_dir()), root):
        sync(folder)


def _named(made: Path, out: Path) -> None:
    """Give a whole backup its name, that of an older one if there is one."""
    old = out.with_name(f".{out.name}.old")
    try:
        if out.exists():
            shutil.rmtree(old, ignore_errors=True)
            out.rename(old)
        made.rename(out)
        sync(out.resolve().parent)
    except OSError as error:
        raise LedgerError(f"the backup is whole, but stays at {made}: {error.strerror or error}") from error
    shutil.rmtree(old, ignore_errors=True)
