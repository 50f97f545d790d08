"""Whether a dossier says what the ledger says: the same pages made again from the ledger as it stood, and compared."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import dateline
from dateline.desk.dossier import Choice, Subject
from dateline.export.blurring import Blur
from dateline.export.folder import MANIFEST
from dateline.ledger import Ledger
from dateline.releases.against import Made, as_it_stood
from dateline.releases.checking import FILES, files_as_listed
from dateline.releases.differing import first_difference
from dateline.releases.errors import ReleaseError
from dateline.releases.findings import Findings
from dateline.releases.packages import Package
from dateline.store import LedgerError
from dateline.web.dossier.writing import Edition, write_dossier

PAGES = "pages and records"
CLAIMS = "claims.jsonl"


def check_dossier(package: Package, findings: Findings) -> dict[str, Any]:
    """Check a dossier in itself; gives its manifest. ReleaseError where that cannot be read."""
    try:
        about = json.loads(package.manifest())
        entries = about["files"].values()
        known = all(isinstance(entry["bytes"], int) and isinstance(entry["sha256"], str) for entry in entries)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ReleaseError(f"{package.name} has no manifest of a dossier that can be read") from error
    if not known or "dossier" not in about:
        raise ReleaseError(f"{package.name} is no dossier")
    files_as_listed(package, about["files"], findings)
    for told in package.oddities:
        findings.differs(FILES, told)
    if not findings.count(FILES):
        findings.sound.append(f"{len(about['files'])} files are as the manifest has them")
    return dict(about)


def compare_dossier(package: Package, about: Mapping[str, Any], ledger: Ledger, findings: Findings) -> None:
    """Make the dossier again from the ledger as it stood, and compare file by file."""
    made, edition = _made(about)
    with as_it_stood(ledger, made, findings) as then, tempfile.TemporaryDirectory() as folder:
        again = Path(folder) / "again"
        try:
            write_dossier(then.up_to_date(), edition, again)
        except LedgerError as error:
            findings.differs(PAGES, f"the ledger gives no such dossier: {error}")
            return
        _compare(Package(again, "again"), package, about, findings)


def _made(about: Mapping[str, Any]) -> tuple[Made, Edition]:
    try:
        rules, derived, entry = about["state"].rsplit(".", 2)
        if derived != entry:
            raise ReleaseError("what it shows was derived before its newest reports came: it cannot be made again")
        blur = None if about["blur"] is None else Blur(about["blur"])
        edition = Edition(
            Subject(about["host"], about["actor"]),
            date.fromisoformat(about["date"]),
            Choice(texts=about["texts"], blur=blur),
        )
        return Made(int(entry), about.get("log"), rules, None, {}, {}, about["date"]), edition
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReleaseError(f"its manifest does not say how it was made: {error}") from error


def _compare(again: Package, package: Package, about: Mapping[str, Any], findings: Findings) -> None:
    ours, theirs = again.files(), package.files()
    if about.get("dateline") != dateline.__version__:
        findings.notes.append(f"it was made by dateline {about.get('dateline')}, this is {dateline.__version__}")
    same = 0
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) == theirs.get(name):
            same += 1
        elif name not in theirs:
            findings.differs(PAGES, f"{name} is missing: the ledger gives it")
        elif name not in ours:
            findings.differs(PAGES, f"{name} is not what the ledger gives")
        else:
            findings.differs(PAGES, f"{name} differs from what the ledger gives{_where(again, package, name)}")
    findings.sound.append(f"{same:,} of {len(ours):,} files are what the ledger gives, byte for byte")


def _where(again: Package, package: Package, name: str) -> str:
    """Where two files begin to differ, with a few of their words; nothing for the manifest and sums."""
    if not name.endswith((".html", ".jsonl", ".csv", MANIFEST)):
        return ""
    with again.path(name).open("rb") as ours, package.path(name).open("rb") as theirs:
        told = first_difference(ours, theirs)
    return "" if told is None else f", {told}"
