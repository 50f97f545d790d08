"""Scores against gold of whole real reports: every claim with every slot, by annotators who had not seen the program.

    python benchmarks/judged_gold.py [--data DATA_DIR] [--scorer score_claims.py] [--blind] [--errors N]

`benchmarks/judged/gold_open.jsonl` holds the claims of 38 reports of LGL and TR-News, `gold_blind.jsonl` of 14 that no
rule is made from (only their scores are shown), by the annotation guide, one careful annotator each. No text is
kept: a row names the report and gives offsets, from which `text` and `exact` are filled in where the corpora lie.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dateline.model import claim_record
from judged import DATA, HERE, readings, reports

SCORER = DATA.parent / "bench" / "score_claims.py"
Row = dict[str, Any]


def rows_of(path: Path) -> list[Row]:
    """The rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def quoted(value: Any, text: str) -> Any:
    """A value of a gold claim with the words at its offsets, as deep as it goes."""
    if isinstance(value, list):
        return [quoted(item, text) for item in value]
    if not isinstance(value, dict):
        return value
    filled = {key: quoted(item, text) for key, item in value.items()}
    if isinstance(value.get("start"), int):
        filled["text"] = filled["exact"] = text[value["start"] : value["end"]]
    return filled


def told(listed: Sequence[Row], texts: dict[str, str]) -> Iterator[Row]:
    """The claims that the program reads in the listed reports, by the ids of the gold."""
    for row, reading in zip(listed, readings(listed, texts), strict=True):
        for claim in reading.claims if reading.document is not None else ():
            assert reading.document is not None
            record = claim_record(claim, reading.document)
            yield record | {"document": {"id": row["report"]}}


def main(argv: Sequence[str] | None = None) -> int:
    """Read the reports, write both sides and call the scorer; its exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--scorer", type=Path, default=SCORER)
    parser.add_argument("--blind", action="store_true", help="the reports that only measure")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list N errors, of the open reports alone")
    given = parser.parse_args(argv)
    name = "blind" if given.blind else "open"
    gold = rows_of(HERE / f"gold_{name}.jsonl")
    wanted = {row["document"]["id"] for row in gold}
    listed = [row for row in rows_of(HERE / f"{name}.jsonl") if row["report"] in wanted]
    texts = reports(listed, given.data)
    with tempfile.TemporaryDirectory() as folder:
        sides = {
            "gold": (quoted(row, texts[row["document"]["id"]]) for row in gold),
            "told": told(listed, texts),
        }
        for side, claims in sides.items():
            lines = (json.dumps(claim, ensure_ascii=False) + "\n" for claim in claims)
            Path(folder, side).write_text("".join(lines), encoding="utf-8")
        errors = [] if given.blind else ["--errors", str(given.errors)]
        call = [sys.executable, str(given.scorer), f"{folder}/gold", f"{folder}/told", "--core", *errors]
        return subprocess.run(call, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
