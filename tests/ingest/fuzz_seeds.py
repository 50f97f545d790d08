"""Valid files of every format to begin from: those made here, and the examples that each reader has."""

from __future__ import annotations

import json
from pathlib import Path

from made_files import EXAMPLES, LEAD, made

LARGEST = 100_000
"""Bytes of the largest example that is made worse: larger ones are slow and no better."""
READS = {"rss": "feed", "atom": "feed"}
"""The reader of examples that are not in a folder of its name."""
CLAIM = {
    "id": "clm-1", "document": "doc-1", "kind": "withdrawal", "stance": "asserted",
    "evidence": [{"start": 0, "end": len(LEAD), "exact": LEAD, "role": "whole"}],
    "actor": {"name": "France", "text": "French-led mission", "country": "FRA"},
    "quantity": {"text": "400", "low": 400, "high": 400, "unit": "personnel"},
    "attribution": {"source": "defence ministry", "kind": "official", "cue": "said"},
}  # fmt: skip
FACTS = {
    "id": "r1", "outlet": "The Daily Courier", "published": "2031-03-04", "language": "en",
    "claims": [{"claim_id": "r1.c1", "paraphrase": LEAD, "event_type": "withdrawal", "actor": "France",
                "quantity": {"low": 400, "high": 400}, "event_time": {"start": "2031-03-03"}, "status": "reported"}],
}  # fmt: skip


def seeds() -> dict[str, list[tuple[str, bytes]]]:
    """The valid files of each reader, by the reader's name."""
    found: dict[str, list[tuple[str, bytes]]] = {}
    for path, data in made().items():
        reader, _, name = path.partition("/")
        found.setdefault(reader, []).append((name, data))
    for folder in sorted(path for path in EXAMPLES.iterdir() if path.is_dir()):
        reader = READS.get(folder.name, folder.name)
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            small = file.stat().st_size <= LARGEST and not file.name.endswith(".expected.json")
            if small and file.name not in {name for name, _ in found.get(reader, [])}:
                found.setdefault(reader, []).append((file.name, file.read_bytes()))
    return found


def claim_seeds(readers: frozenset[str]) -> list[tuple[str, bytes]]:
    """The valid files of claims: those made here, and the examples that no reader of reports has."""
    lines = "\n".join(json.dumps(record) for record in (CLAIM, FACTS)).encode()
    others = [(Path(name).name, data) for key, some in seeds().items() if key not in readers for name, data in some]
    return [("claims.jsonl", lines), *others]
