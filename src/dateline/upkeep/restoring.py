"""A ledger back from a backup: verified before it takes its place, and never in the place of what is lost by it."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from dateline.durable import sync
from dateline.held import connect
from dateline.store import LedgerError
from dateline.store.captures import folder_of
from dateline.store.moments import now
from dateline.upkeep.backups import LEDGER, changed_files, read_manifest
from dateline.upkeep.checking import Depth, Outcome, checked
from dateline.upkeep.faults import RESTORE, Fault, Tell, quiet

_BLOCK: Final = 1 << 20
_TOLD: Final = 5
_LEFT: Final = ".dateline-restore-"
_DAY: Final = 86_400.0
"""Seconds after which the folder of a restoration is one that was killed."""
_BESIDE: Final = ("", "-wal", "-shm", ".captures")
"""What a ledger is made of, by what its name is followed by."""


def restore(
    backup: Path, ledger: Path, *, force: bool = False, tell: Tell = quiet
) -> tuple[dict[str, Any], Path | None]:
    """Bring a ledger back; the manifest of its backup, and where the ledger that was there lies now.

    Every file is compared with the manifest, copied, and the copy checked as the backup was, before anything is moved.
    A ledger that is there already is a LedgerError, unless `force`: then it is kept under another name beside; so is
    one that a program has open, in any case.
    """
    about = read_manifest(backup)
    there = [path for path in _parts(ledger) if path.exists()]
    if there and not force:
        raise LedgerError(f"{there[0]} is there already: restore to another name, or --force to set it aside")
    _verify(backup)
    for left in ledger.resolve().parent.glob(f"{_LEFT}*"):
        if time.time() - left.stat().st_mtime > _DAY:
            shutil.rmtree(left, ignore_errors=True)
    with _brought(backup, ledger.resolve().parent, about, tell) as brought:
        faults = [f for f in checked(brought, Outcome(), depth=Depth.BYTES, tell=tell) if not _is_lacking(f)]
        if len(faults) > about.get("faults", 0):
            told = "; ".join(f"{fault.table} {fault.item or '-'}: {fault.wrong}" for fault in faults[:_TOLD])
            raise LedgerError(f"{backup} has faults, nothing was restored: {told}")
        try:
            aside = _set_aside(ledger) if there else None
            _moved(brought, ledger)
        except OSError as error:
            raise LedgerError(f"cannot write {ledger}: {error.strerror or error}") from error
    return about, aside


def checked_backup(backup: Path, outcome: Outcome, *, depth: Depth, tell: Tell = quiet) -> Iterator[Fault]:
    """The faults of a backup: files that are not as its manifest has them, else those of its ledger in a copy."""
    changed = changed_files(backup)
    outcome.faults += len(changed)
    for told in changed:
        yield Fault("the backup", "", told, "restore from another backup, and make a new one")
    if changed:
        return
    with _brought(backup, Path(tempfile.gettempdir()), read_manifest(backup), tell) as brought:
        yield from checked(brought, outcome, depth=depth, tell=tell)


def _verify(backup: Path) -> None:
    changed = changed_files(backup)
    if changed:
        raise LedgerError(f"{backup} is damaged, nothing was restored: {'; '.join(changed[:_TOLD])}")


def _is_lacking(fault: Fault) -> bool:
    """Whether a fault is a capture that the ledger lacked when it was backed up."""
    return fault.table == "captures" and "is not there" in fault.wrong


@contextmanager
def _brought(backup: Path, parent: Path, about: dict[str, Any], tell: Tell) -> Iterator[Path]:
    """A copy of the files of a backup in a folder of its own, each compared with its hash once more."""
    try:
        with tempfile.TemporaryDirectory(prefix=_LEFT, dir=parent) as folder:
            for at, (name, entry) in enumerate(about["files"].items()):
                tell("copying", at, len(about["files"]))
                _copied(backup / name, Path(folder) / name, entry["sha256"])
            yield Path(folder) / LEDGER
    except OSError as error:
        raise LedgerError(f"cannot copy {backup}: {error.strerror or error}") from error


def _copied(given: Path, into: Path, sha256: str) -> None:
    into.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with given.open("rb") as stream, into.open("xb") as out:
        while block := stream.read(_BLOCK):
            digest.update(block)
            out.write(block)
    if digest.hexdigest() != sha256:
        raise LedgerError(f"{given} changed while it was copied; {RESTORE}")


def _parts(ledger: Path) -> list[Path]:
    return [ledger.with_name(ledger.name + what) for what in _BESIDE]


def _set_aside(ledger: Path) -> Path:
    """Keep the ledger that is there under another name; LedgerError where a program has it open."""
    _refuse_in_use(ledger)
    stamp = now()[:19].replace(":", "").replace("-", "")
    aside = ledger.with_name(f"{ledger.name}.before-{stamp}")
    at = 1
    while any(path.exists() for path in _parts(aside)):
        at += 1
        aside = ledger.with_name(f"{ledger.name}.before-{stamp}-{at}")
    for here, there in zip(_parts(ledger), _parts(aside), strict=True):
        if here.exists():
            here.rename(there)
    return aside


def _refuse_in_use(ledger: Path) -> None:
    """A ledger leaves its write-ahead log only when nobody else has it open; one too damaged to say is nobody's."""
    if not ledger.is_file():
        return
    with closing(connect(ledger, timeout=1)) as raw:
        try:
            raw.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise LedgerError(f"{ledger} is in use: stop what has it open, then restore") from error
        except sqlite3.DatabaseError:
            return


def _moved(brought: Path, ledger: Path) -> None:
    """Put the copy in its place, captures first: a ledger never stands there without them."""
    given, into = folder_of(str(brought)), folder_of(str(ledger))
    with closing(connect(brought)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
    for path in brought.parent.rglob("*"):
        sync(path)
    if given is not None and into is not None and given.is_dir():
        given.rename(into)
    brought.rename(ledger)
    sync(ledger.resolve().parent)
