"""How well French is read, beside English: the case files and the short reports with their claims.

    python benchmarks/french.py [--language fr] [--without-english] [--errors]

Every table has a column for the open cases, which whoever writes rules may read, and one for those set aside before any
rule was written. A file of cases is `tests/cases/TASK.LANGUAGE.jsonl`, those set aside are in
`tests/cases/TASK_unseen.LANGUAGE.jsonl` or have `"set": "unseen"`; what a language lacks is left empty, so any language
that has such files can be measured. English claims are those of `../shared/gold` (seeds and dev; check, by its scores
alone), and without `../shared` no claims are scored. `--errors` lists what is wrong in the open cases of the language.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import attribution_cases
import claims
import kind_cases
from dateline.model import Document
from dateline.parse import parsed_documents
from dateline.parse.times import times

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases"
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "bench" / "score_claims.py"
PARTS = ("open", "unseen")
ENGLISH_GOLD = {"open": ("seeds", "dev"), "unseen": ("check",)}
CLAIM_SCORES = ("strict", "lenient", "uncontradicted", "whole")

Row = dict[str, Any]
Shares = dict[str, float | str]


def rows(task: str, language: str, part: str) -> list[Row]:
    """The cases of one part in a language, none where there is no file."""
    names = (f"{task}.{language}.jsonl", f"{task}_unseen.{language}.jsonl", f"{task}_{language}.jsonl")
    found = []
    for path in (CASES / name for name in names):
        if path.exists() and (path.name != f"{task}_{language}.jsonl" or not found):
            found += [json.loads(line) | {"file": path.name} for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in found if _part(row) == part]


def _part(row: Row) -> str:
    return str(row.get("set") or ("unseen" if "_unseen" in row["file"] else "open"))


def attribution(language: str, part: str) -> Shares:
    """Sayings found of those expected and right of those read, then the fields of the sayings found."""
    given = [attribution_cases.passage(row) for row in rows("attribution", language, part)]
    if not given:
        return {}
    total = attribution_cases.figures(given, attribution_cases.read(given, language))
    found, right = total.matched / max(1, total.expected), total.matched / max(1, total.found)
    shares: Shares = {"passages": str(total.passages), "all right": total.whole / total.passages}
    shares |= {"recall": found, "precision": right, "F1": _f1(right, found)}
    return shares | {field: total.right[field] / max(1, total.matched) for field in attribution_cases.FIELDS}


def kinds(language: str, part: str) -> Shares:
    """Claims of single sentences, and the sentences without any that are left alone."""
    given = rows("kinds", language, part)
    if not given:
        return {}
    got = kind_cases.figures(list(kind_cases.outcomes(given, language)))
    shares: Shares = {"sentences": str(len(given)), "recall": got.recall, "precision": got.precision, "F1": got.f1}
    return shares | {"quiet where no claim": got.quiet} | got.agreeing


def dated(language: str, part: str) -> Shares:
    """Sentences whose times are all right, and none beside them."""
    given = rows("times", language, part)
    if not given:
        return {}
    right = sum(read_times(case, language) == case["times"] for case in given)
    return {"sentences": str(len(given)), "all right": right / len(given)}


def read_times(case: Row, language: str) -> list[list[str | None]]:
    """The times of a case as its file writes them."""
    anchor = None if case["anchor"] is None else date.fromisoformat(case["anchor"])
    found = times(case["text"], anchor, language=language)
    return [[t.text, t.earliest, t.latest, str(t.basis)] for t in found]


def counted(language: str, part: str) -> Shares:
    """Sentences whose quantities are all right, and none beside them."""
    given = rows("quantities", language, part)
    if not given:
        return {}
    pairs = zip(given, read_quantities(given, language), strict=True)
    right = sum(found == case["quantities"] for case, found in pairs)
    return {"sentences": str(len(given)), "all right": right / len(given)}


def read_quantities(given: Sequence[Row], language: str) -> Iterator[list[list[Any]]]:
    """The quantities of each case as its file writes them."""
    documents = [Document(id=str(i), text=c["text"], sha256="", language=language) for i, c in enumerate(given)]
    for parsed in parsed_documents(documents):
        found = (one.quantity for one in parsed.counted)
        yield [[q.text, q.low, q.high, str(q.unit), str(q.scope)] for q in found]


def passages(language: str, part: str, shown: int = 0) -> Shares:
    """Claims of passages of two or three sentences, scored as those of reports are."""
    return claimed(language, part, shown, "passages")


def claimed(language: str, part: str, shown: int = 0, task: str = "reports") -> Shares:
    """Claims of reports by `score_claims.py --core`; empty without `../shared`."""
    if not SCORER.exists():
        print(f"no claims scored: {SCORER} is not here", file=sys.stderr)
        return {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        english = language == "en" and task == "reports"
        docs = _gold_english(place, part) if english else _gold_reports(place, task, language, part)
        if docs is None:
            return {}
        claims.write(place / "documents.jsonl", docs, place / "read.jsonl")
        command = [sys.executable, str(SCORER), str(place / "gold.jsonl"), str(place / "read.jsonl")]
        command += ["--documents", str(place / "documents.jsonl"), "--core", "--json", "--errors", str(shown)]
        scored = subprocess.run(command, capture_output=True, text=True, check=True)
    if shown:
        print(scored.stderr)
    result = json.loads(scored.stdout)
    shares: Shares = {"reports": str(result["documents"]), "claims": str(result["gold"])}
    shares |= {name: result[name]["f1"] for name in CLAIM_SCORES}
    shares |= {"strict precision": result["strict"]["precision"], "strict recall": result["strict"]["recall"]}
    return shares | {name: share for name, share in result["slots"].items() if share is not None}


def _gold_english(place: Path, part: str) -> Path | None:
    listing = [json.loads(line) for line in (SHARED / "gold" / "documents.jsonl").read_text("utf-8").splitlines()]
    chosen = [entry for entry in listing if entry["set"] in ENGLISH_GOLD[part]]
    _write(place / "documents.jsonl", chosen)
    gold = [(SHARED / "gold" / f"{name}.jsonl").read_text("utf-8") for name in ENGLISH_GOLD[part]]
    (place / "gold.jsonl").write_text("".join(gold), "utf-8")
    return SHARED / "gold" / "docs"


def _gold_reports(place: Path, task: str, language: str, part: str) -> Path | None:
    reports = rows(task, language, part)
    for report in reports:
        (place / f"{report['id']}.txt").write_text(report["text"], "utf-8")
    _write(place / "documents.jsonl", [{k: r[k] for k in ("id", *claims.GIVEN) if k in r} for r in reports])
    _write(place / "gold.jsonl", [claim for report in reports for claim in report["claims"]])
    return place if reports else None


def _write(path: Path, records: Sequence[Mapping[str, Any]]) -> None:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(1e-9, precision + recall)


MEASURES = {
    "attribution": attribution,
    "kinds": kinds,
    "times": dated,
    "quantities": counted,
    "claims": claimed,
    "passages": passages,
}


def table(title: str, columns: Mapping[str, Shares]) -> str:
    """One measure as lines of Markdown, a column a language and part; what is not measured is left empty."""
    named = {name: shares for name, shares in columns.items() if shares}
    lines = [f"| {title} | " + " | ".join(named) + " |", "|---|" + "---:|" * len(named)]
    for field in dict.fromkeys(field for shares in named.values() for field in shares):
        lines.append(f"| {field} | " + " | ".join(_shown(shares.get(field)) for shares in named.values()) + " |")
    return "\n".join(lines)


def _shown(value: float | str | None) -> str:
    return value if isinstance(value, str) else "" if value is None else f"{value:.3f}"


def errors(language: str) -> Iterator[str]:
    """What is wrong in the open cases, a line or two each."""
    given = [attribution_cases.passage(row) for row in rows("attribution", language, "open")]
    for passage, found in zip(given, attribution_cases.read(given, language), strict=True):
        faults = attribution_cases.wrong(passage, found)
        yield from [f"{passage.id}: {passage.text}", *(f"    {fault}" for fault in faults)] if faults else []
    yield from kind_cases.errors(kind_cases.outcomes(rows("kinds", language, "open"), language))
    for case in rows("times", language, "open"):
        if read_times(case, language) != case["times"]:
            yield f"TIMES {read_times(case, language)}, not {case['times']}: {case['text']}"
    counts = rows("quantities", language, "open")
    for case, read in zip(counts, read_quantities(counts, language), strict=True):
        if read != case["quantities"]:
            yield f"QUANTITIES {read}, not {case['quantities']}: {case['text']}"


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--language", default="fr")
    options.add_argument("--only", choices=list(MEASURES))
    options.add_argument("--without-english", action="store_true", help="the language alone, which is sooner done")
    options.add_argument("--errors", action="store_true", help="what is wrong in the open cases")
    given = options.parse_args()
    languages = [given.language] if given.without_english else [given.language, "en"]
    for name, measure in MEASURES.items():
        if given.only in (None, name):
            columns = {f"{code} {part}": measure(code, part) for code in languages for part in PARTS}
            print(table(name, columns), end="\n\n", flush=True)
    if given.errors:
        print(*errors(given.language), sep="\n")
        claimed(given.language, "open", shown=200)
        passages(given.language, "open", shown=200)
    return 0


if __name__ == "__main__":
    sys.exit(main())
