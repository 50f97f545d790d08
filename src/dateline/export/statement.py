"""What an export says of itself: the statement that goes into a file or beside it, and the manifest of a file.

A format that has a place for such a thing holds `statement(selection.about)` there (a property, a sheet, metadata, a
document's head). For every format the command writes `FILE.about.json` beside the file: the statement with how many
records were given, and the name, size and SHA-256 of the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dateline.export.selection import About, Selection

SUFFIX = ".about.json"
"""What the name of a manifest has more than that of its file."""


def statement(about: About) -> dict[str, Any]:
    """The export statement as JSON types; the same keys in every format."""
    return {
        "dateline": about.dateline,
        "ledger": about.ledger,
        "state": about.state,
        "exported_at": about.exported_at,
        "as_of": about.as_of,
        "filters": dict(about.filters),
        "redaction": dict(about.redaction),
        "runs": [dict(run) for run in about.runs],
    }


def sentence(about: About) -> str:
    """The statement in one line, for formats whose only place is a comment or a description."""
    parts = [f"Exported by dateline {about.dateline} at {about.exported_at} from {about.ledger}"]
    parts.append("as it stood" + ("" if about.as_of is None else f" at the end of {about.as_of}"))
    parts.append(f"filters: {_listed(about.filters)}")
    if about.redaction:
        parts.append(f"redacted: {_listed(about.redaction)}")
    readers = dict.fromkeys(str(run["extractor"]) for run in about.runs)
    parts.append(f"read by {', '.join(readers) or 'nobody'}")
    return "; ".join(parts) + "."


def _listed(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items()) or "none"


def lines(selection: Selection) -> list[tuple[str, str]]:
    """The statement and how many records there are as pairs of words, for a sheet or a list; call it at the end."""
    told = statement(selection.about)
    runs = told.pop("runs")
    pairs = [(f"{name} {key}", value) for name in ("filters", "redaction") for key, value in told.pop(name).items()]
    found = [(name, "" if value is None else str(value)) for name, value in told.items()] + pairs
    found += [("run", f"{run['extractor']} {run['model']} ({run['id']})") for run in runs]
    return found + [(f"{name} in this file", str(count)) for name, count in selection.given.items()]


def manifest(selection: Selection, format_name: str, file: Mapping[str, Any]) -> bytes:
    """The manifest of a written file: its format, `file` (name, bytes, sha256), how many records, the statement.

    `not_applied` names, for each kind of record in the file, the filters that were given and are none of it.
    """
    about: dict[str, Any] = {"format": format_name, "file": dict(file), "records": dict(selection.given)}
    about["not_applied"] = {name: list(idle) for name, idle in selection.passed_over().items()}
    return json.dumps(about | statement(selection.about), ensure_ascii=True, indent=2).encode("ascii") + b"\n"
