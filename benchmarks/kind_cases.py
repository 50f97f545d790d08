"""How many claims of single sentences are found, and how many are found where there is none.

    python benchmarks/kind_cases.py [--set open|unseen] [--errors] [--cases FILE]

CASES (tests/cases/kinds.en.jsonl unless said) has `{"id", "set", "text", "claims", "trap"}` a line; a claim gives its
`kind`, the `trigger` word that tells it, `actor` and `recipient` as words of the text (null: not named) and `stance`.
A claim read in a sentence is right when its kind is that of an expected claim whose trigger its evidence holds, one to
one. Of claims so found, actor and recipient agree when their words overlap, or neither is there. Sentences of the set
`unseen` only measure; `--errors` leaves them out.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.ingest import text as plain_text
from dateline.model import Actor, Claim, Hints
from dateline.pipeline import Reading, describe, extract_claims

CASES = Path(__file__).parents[1] / "tests" / "cases" / "kinds.en.jsonl"
PUBLISHED = "2026-06-15"
"""Sentences carry no date; relative times in them are not compared."""

SMALL_WORDS = frozenset(["the", "and", "of", "le", "la", "les", "de", "du", "des", "et", "un", "une"])
"""Words that two actors may share and be two."""

Case = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was read in one sentence: expected claims with the one found for them, and the claims beyond."""

    case: Case
    pairs: tuple[tuple[dict[str, Any], Claim | None], ...]
    spurious: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares over the sentences of a set."""

    expected: int
    found: int
    read: int
    quiet: float
    """Share of the sentences without a claim in which none is read."""
    false_claims: int
    """Claims read in sentences without any."""
    agreeing: dict[str, float]

    @property
    def precision(self) -> float:
        """Share of the claims read that are expected."""
        return self.found / max(1, self.read)

    @property
    def recall(self) -> float:
        """Share of the expected claims that are read."""
        return self.found / max(1, self.expected)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def cases(path: Path = CASES, chosen: str | None = None) -> list[Case]:
    """The sentences of a set, or all."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if chosen in (None, row["set"])]


def outcomes(rows: Sequence[Case], language: str = "en") -> Iterator[Outcome]:
    """What is read in each sentence, by the product's own path."""
    for case, reading in zip(rows, extract_claims(_described(rows, language)), strict=True):
        yield _paired(case, list(reading.claims))


def _described(rows: Iterable[Case], language: str) -> Iterator[Reading]:
    hints = Hints(published=PUBLISHED, language=language)
    for case in rows:
        for item in plain_text.read(case["text"].encode(), hints):
            yield describe(item, hints)


def _paired(case: Case, claims: list[Claim]) -> Outcome:
    """Expected claims with a claim of their kind that holds their trigger, best agreement of roles first."""
    scores = []
    for i, expected in enumerate(case["claims"]):
        at = case["text"].index(expected["trigger"])
        for j, claim in enumerate(claims):
            if claim.kind == expected["kind"] and any(e.start <= at < e.end for e in claim.evidence):
                scores.append((sum(agrees(claim, expected, slot) for slot in ("actor", "recipient")), -i, -j))
    taken: dict[int, int] = {}
    for _, i, j in sorted(scores, reverse=True):
        if -i not in taken and -j not in taken.values():
            taken[-i] = -j
    pairs = tuple((e, claims[taken[i]] if i in taken else None) for i, e in enumerate(case["claims"]))
    return Outcome(case, pairs, tuple(c for j, c in enumerate(claims) if j not in taken.values()))


def agrees(claim: Claim, expected: dict[str, Any], slot: str) -> bool:
    """Whether a slot holds what is expected; one that a case leaves out does."""
    if slot not in expected:
        return True
    if slot == "stance":
        return str(claim.stance) == expected["stance"]
    held: Actor | None = getattr(claim, slot)
    wanted = expected[slot]
    if held is None or wanted is None:
        return held is None and wanted is None
    return bool(_words(held.text or held.name) & _words(wanted))


def _words(phrase: str) -> set[str]:
    """The words of an actor that tell it; French ones without what is elided before them."""
    return {re.sub(r"^[dl]['’]", "", word) for word in phrase.lower().split()} - SMALL_WORDS


def figures(read: Sequence[Outcome]) -> Figures:
    """The shares of a run."""
    pairs = [(e, c) for o in read for e, c in o.pairs]
    found = [(e, c) for e, c in pairs if c is not None]
    empty = [o for o in read if not o.case["claims"]]
    return Figures(
        expected=len(pairs),
        found=len(found),
        read=len(found) + sum(len(o.spurious) for o in read),
        quiet=sum(not o.spurious for o in empty) / max(1, len(empty)),
        false_claims=sum(len(o.spurious) for o in empty),
        agreeing={
            slot: sum(agrees(c, e, slot) for e, c in found if slot in e) / max(1, sum(slot in e for e, _ in found))
            for slot in ("actor", "recipient", "stance")
        },
    )


def report(read: Sequence[Outcome]) -> str:
    """The figures of a set in words, kinds with their counts of found and expected."""
    got = figures(read)
    lines = [
        f"{len(read)} sentences: claims P {got.precision:.3f} R {got.recall:.3f} F1 {got.f1:.3f}; "
        f"without a claim and left alone {got.quiet:.2f}, false claims in them {got.false_claims}",
        "   ".join(f"{slot} {share:.2f}" for slot, share in got.agreeing.items()),
    ]
    expected = Counter(e["kind"] for o in read for e, _ in o.pairs)
    found = Counter(e["kind"] for o in read for e, c in o.pairs if c is not None)
    lines.append("   ".join(f"{kind} {found[kind]}/{n}" for kind, n in sorted(expected.items())))
    return "\n".join(lines)


def errors(read: Iterable[Outcome]) -> Iterator[str]:
    """What went wrong, a line each, in sentences that may be looked at."""
    for o in read:
        if o.case["set"] == "unseen":
            continue
        for expected, claim in o.pairs:
            if claim is None:
                yield f"MISSED {expected['kind']} “{expected['trigger']}” in: {o.case['text']}"
            elif not (agrees(claim, expected, "actor") and agrees(claim, expected, "recipient")):
                actor, recipient = (a and a.text for a in (claim.actor, claim.recipient))
                wanted = f"{expected['actor']} > {expected['recipient']}"
                yield f"ROLES {actor} > {recipient}, not {wanted}: {o.case['text']}"
        for claim in o.spurious:
            yield f"SPURIOUS {claim.kind} ({claim.basis.get('kind')}) in: {o.case['text']}"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", choices=["open", "unseen"])
    parser.add_argument("--errors", action="store_true", help="list what went wrong in the open set")
    parser.add_argument("--cases", type=Path, default=CASES)
    options = parser.parse_args()
    for chosen in [options.set] if options.set else ["open", "unseen"]:
        read = list(outcomes(cases(options.cases, chosen)))
        print(f"## {chosen}\n{report(read)}")
        if options.errors:
            print(*errors(read), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
