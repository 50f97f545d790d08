"""Reconciliation of a folder of facts, as the scorer reads it.

    python benchmarks/reconcile.py FACTS_DIR RESULT.json [--split] [--shared ../shared]

Imports FACTS_DIR/reports.jsonl and seeds.jsonl, derives origins, events, presences and disputes through the public
functions, and writes RESULT.json under the external ids of documents and claims. Where the scorer is there
(`SHARED/bench/score_reconcile.py`) its figures are printed; with --split also those of the documents of even and of
odd number alone, each half reconciled without the other.

What is written: of an event the documents that tell it as news, so no background mention, grouped by witness. Stages of
one process (announced, begun, done) are the events they are, unless --stages joins linked ones. Of a presence its
steps at the level of the country.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.ingest.claims import load_facts
from dateline.model import Claim, Dispute, Document, Event, Origin, Presence, Tie
from dateline.reconcile.reports import Reports

ROOT = Path(__file__).resolve().parent.parent
BEGINNING = "1900-01-01"
"""Stands for a start that is not known."""
TABLES = ("clusters.json", "contradictions.json", "presence.json")


@dataclass(frozen=True)
class Known:
    """What a folder of facts comes to; `external` gives the id that a document or claim has there."""

    documents: tuple[Document, ...]
    claims: Mapping[str, Claim]
    external: Mapping[str, str]
    origins: tuple[Origin, ...]
    events: tuple[Event, ...]
    presences: tuple[Presence, ...]
    disputes: tuple[Dispute, ...]


def reconciled(folder: Path) -> Known:
    """Origins, then events and presences, then disputes of a folder of facts."""
    try:
        from dateline.reconcile.disputes import disputes
        from dateline.reconcile.events import events
        from dateline.reconcile.origins import all_origins
        from dateline.reconcile.presence import presence
    except ImportError as error:
        sys.exit(f"reconciliation is not whole yet: {error}")
    documents, claims, external = load_facts(folder)
    found = all_origins(documents, claims)
    origin_of = {document: origin for origin in found for document in origin.documents}
    reports = Reports({document.id: document for document in documents}, origin_of)
    happened, standing = events(claims, reports), presence(claims, reports)
    by_id = {claim.id: claim for claim in claims}
    disputed = disputes(happened, standing, by_id, reports)
    return Known(tuple(documents), by_id, external, found, happened, standing, disputed)


def result(known: Known, ties: frozenset[Tie] = frozenset()) -> dict[str, Any]:
    """What the scorer reads."""
    return {
        "events": [told for group in joined(known.events, ties) if (told := told_event(group, known))["documents"]],
        "presences": [
            {
                "force": one.force,
                "force_country": one.force_country,
                "host_country": hosted(one.host),
                "series": [
                    {"from": step.start or BEGINNING, "to": step.end, "low": step.low, "high": step.high}
                    for step in one.series
                ],
            }
            for one in known.presences
        ],
        "disputes": [
            {
                "claims": sorted({known.external[claim] for claim in one.claims}),
                "type": str(one.kind),
                "sentence": one.sentence,
            }
            for one in known.disputes
        ],
    }


def hosted(host: str) -> str:
    """A country by its code; a region of several in brackets, as the answers have it."""
    return host if re.fullmatch("[A-Z]{3}", host) else f"({host})"


def joined(events: Sequence[Event], ties: frozenset[Tie]) -> list[list[Event]]:
    """Events in groups that links of these ties hold together."""
    group = {event.id: {event.id} for event in events}
    for event in events:
        for link in event.links:
            if link.tie in ties and link.event in group:
                one = group[event.id] | group[link.event]
                for member in one:
                    group[member] = one
    by_id = {event.id: event for event in events}
    return [[by_id[member] for member in sorted(one)] for one in {min(one): one for one in group.values()}.values()]


def told_event(group: Iterable[Event], known: Known) -> dict[str, Any]:
    """The documents that tell a group of events as news, by external id and by independent witness."""
    witnesses: dict[str, set[str]] = {}
    kinds = []
    for event in group:
        kinds.append(f"{event.kind} {event.actor} {event.recipient} {event.earliest}..{event.latest}")
        for witness in event.witnesses:
            if not witness.background:
                witnesses.setdefault(witness.origin, set()).update(known.external[d] for d in witness.documents)
    return {
        "documents": sorted(set().union(*witnesses.values())),
        "origins": sorted(sorted(members) for members in witnesses.values()),
        "what": kinds,
    }


def halves(folder: Path, into: Path) -> Iterable[tuple[str, Path]]:
    """The facts of documents of even and of odd number, each as a folder of its own with the answers that it has."""
    for name, rest in (("even", 0), ("odd", 1)):
        half = into / name
        half.mkdir()
        kept = set()
        for file in ("reports.jsonl", "seeds.jsonl"):
            if not (folder / file).is_file():
                continue
            lines = (folder / file).read_text(encoding="utf-8").splitlines()
            own = [line for line in lines if number(json.loads(line)["id"]) % 2 == rest]
            kept |= {json.loads(line)["id"] for line in own}
            (half / file).write_text("".join(f"{line}\n" for line in own), encoding="utf-8")
        for file, table in ((file, json.loads((folder / file).read_text(encoding="utf-8"))) for file in TABLES):
            (half / file).write_text(json.dumps(answers(table, kept)), encoding="utf-8")
        yield name, half


def answers(table: dict[str, Any], kept: set[str]) -> dict[str, Any]:
    """The part of a table of answers that the documents kept can give."""
    if "contradictions" in table:
        for one in table["contradictions"]:
            one["claims"] = [claim for claim in one["claims"] if claim.split(".")[0] in kept]
        table["contradictions"] = [one for one in table["contradictions"] if len(one["claims"]) > 1]
    for one in table.get("presence", ()):
        one["entries"] = [e for e in one["entries"] if any(claim.split(".")[0] in kept for claim in e["claims"])]
    return table


def number(name: str) -> int:
    """The digits of an id."""
    return int(re.sub(r"\D", "", name) or 0)


def scored(folder: Path, out: Path, shared: Path) -> str:
    """What the scorer says of a result, or why it does not."""
    scorer = shared / "bench" / "score_reconcile.py"
    if not scorer.is_file():
        return f"no scorer at {scorer}: {out} is written and not scored"
    if not all((folder / name).is_file() for name in TABLES):
        return f"{folder} has no answers: {out} is written and not scored"
    command = [sys.executable, str(scorer), str(folder), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def run(folder: Path, out: Path, shared: Path, ties: frozenset[Tie]) -> None:
    """Reconcile a folder, write the result and print what it comes to."""
    began = time.perf_counter()
    known = reconciled(folder)
    spent = time.perf_counter() - began
    out.write_text(json.dumps(result(known, ties), ensure_ascii=False, indent=1), encoding="utf-8")
    counts = {name: len(getattr(known, name)) for name in ("documents", "claims", "origins", "events", "presences")}
    print(", ".join(f"{count} {name}" for name, count in counts.items()) + f", {len(known.disputes)} disputes")
    print(f"reconciled in {spent:.2f} s")
    print(scored(folder, out, shared))


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("folder", type=Path, metavar="FACTS_DIR")
    options.add_argument("out", type=Path, metavar="RESULT.json")
    options.add_argument("--split", action="store_true", help="figures of each half of the documents too")
    options.add_argument("--stages", nargs="*", type=Tie, default=[], help="join events linked by these ties")
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where the scorer is")
    given = options.parse_args()
    ties = frozenset(given.stages)
    run(given.folder, given.out, given.shared, ties)
    if given.split:
        with tempfile.TemporaryDirectory() as room:
            for name, half in halves(given.folder, Path(room)):
                print(f"--- documents of {name} number")
                run(half, half / "result.json", given.shared, ties)
    return 0


if __name__ == "__main__":
    sys.exit(main())
