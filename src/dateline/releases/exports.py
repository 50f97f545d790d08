"""Whether the file of an export is what its manifest says, and what the ledger gives: made again and compared."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import dateline
from dateline.export.errors import ExportError
from dateline.export.formats import FORMATS
from dateline.export.seals import seal_of
from dateline.export.selection import Selection
from dateline.export.statement import SUFFIX, manifest
from dateline.ledger import Ledger
from dateline.releases.against import Made, as_it_stood, redaction_by
from dateline.releases.differing import first_difference
from dateline.releases.errors import ReleaseError
from dateline.releases.findings import Findings
from dateline.wanted import Wanted

FILE = "the file"
_BLOCK = 1 << 20
_LARGEST = 64 * _BLOCK
_SHAPE: Mapping[str, type[Any] | tuple[type[Any], ...]] = {
    "format": str,
    "file": dict,
    "state": str,
    "exported_at": str,
    "as_of": (str, type(None)),
    "filters": dict,
    "redaction": dict,
}


def manifest_beside(path: Path) -> Path | None:
    """The manifest of an exported file: beside it, or the path itself where that is one; None where there is none."""
    if path.name.endswith(SUFFIX):
        return path
    beside = path.with_name(path.name + SUFFIX)
    return beside if beside.is_file() else None


def check_export(path: Path, findings: Findings) -> tuple[Path, dict[str, Any]]:
    """Check the file that a manifest is of against its size and sum; gives the file and the manifest."""
    try:
        data = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
        about = json.loads(data)
    except (OSError, ValueError, RecursionError) as error:
        raise ReleaseError(f"{path} is no manifest that can be read: {error}") from error
    if not isinstance(about, dict) or any(not isinstance(about.get(key), kind) for key, kind in _SHAPE.items()):
        raise ReleaseError(f"{path} is no manifest of an export")
    sealed = {key: value for key, value in about.items() if key != "seal"}
    if about.get("seal") != seal_of(sealed) or json.dumps(about, ensure_ascii=True, indent=2).encode() + b"\n" != data:
        findings.differs(FILE, f"{path.name} was changed: it does not fit its seal")
    wanted = about["file"]
    name = wanted.get("name")
    if not isinstance(name, str) or Path(name).name != name:
        raise ReleaseError(f"{path} names no file beside it")
    file = path.with_name(name)
    if f"{name}{SUFFIX}" != path.name:
        findings.differs(FILE, f"{path.name} is the manifest of {name}")
    try:
        size, sha = file.stat().st_size, _sum(file)
    except OSError as error:
        raise ReleaseError(f"cannot read {file}: {error.strerror}") from error
    if (size, sha) != (wanted.get("bytes"), wanted.get("sha256")):
        findings.differs(FILE, f"{name} was changed: it is not the file that {path.name} was written for")
    else:
        findings.sound.append(f"{name} has the size and sum of its manifest")
    return file, about


def _sum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def compare_export(file: Path, about: Mapping[str, Any], ledger: Ledger, findings: Findings) -> None:
    """Make the export again from the ledger as it stood, and compare both files byte for byte, and the manifests."""
    if about["format"] not in FORMATS:
        raise ReleaseError(f"it is in the format {about['format']!r}, which this dateline does not know")
    try:
        rules, _, entry = about["state"].rsplit(".", 2)
        made = Made(int(entry), None, rules, about["as_of"], about["filters"], about["redaction"], about["exported_at"])
    except ValueError as error:
        raise ReleaseError("its manifest does not say of which state of the ledger it is") from error
    if about.get("dateline") != dateline.__version__:
        findings.notes.append(f"it was made by dateline {about.get('dateline')}, this is {dateline.__version__}")
    with (
        as_it_stood(ledger, made, findings) as then,
        then.selection(redaction=redaction_by(made.redaction), **cast(Wanted, dict(made.filters))) as selection,
        tempfile.TemporaryFile() as again,
    ):
        if selection.about.state.rsplit(".", 2)[0] != rules:
            findings.notes.append(f"it was derived by the rules {rules}, this dateline has others")
        _made_again(selection, about, file, again)
        again.seek(0)
        with file.open("rb") as given:
            told = first_difference(again, given)
        if told is not None:
            findings.differs(FILE, f"{file.name} is not what the ledger gives, {told}")
        _manifests(file, about, selection, findings)


def _made_again(selection: Selection, about: Mapping[str, Any], file: Path, out: IO[bytes]) -> None:
    """The export made again, with the table or as the package that it was."""
    way: dict[str, Any] = {"package": file.suffix.lower() == ".zip"}
    if about.get("table") is not None:
        way = {"table": about["table"]}
    try:
        FORMATS[about["format"]].written(selection, cast(BinaryIO, out), **way)
    except (ExportError, ModuleNotFoundError) as error:
        raise ReleaseError(f"it cannot be made again: {error}") from error


def _manifests(file: Path, about: Mapping[str, Any], selection: Selection, findings: Findings) -> None:
    """Whether the manifest says of the file what the ledger gives."""
    given = json.loads(manifest(selection, about["format"], about["file"], about.get("table")))
    for key in dict.fromkeys([*given, *about]):
        if given.get(key) != about.get(key) and key != "seal":
            findings.differs(FILE, f"its manifest says {key} {about.get(key)!r}, the ledger gives {given.get(key)!r}")
    if not findings.count(FILE):
        findings.sound.append(f"{file.name}: the ledger gives the same, byte for byte")
