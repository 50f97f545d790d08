"""What is found of the claims of written passages, by kind, with those that are missed.

    python benchmarks/battery.py [--misses] [--wrong] [--nothing] [--stray] [CASES.jsonl]

CASES (tests/cases/claims_en.jsonl unless said) has `{"text", "published", "claims", "note"}` a line. A claim has its
`kind`, and `actor`, `recipient`, `place`: a distinctive word of the name, an alpha-3 code (the country), null for
nothing, a list for any of these; a slot that is left out is not compared. `stance` may be a list too. `low`, `high`,
`unit`, `earliest`, `latest`, `source_kind`, `anonymous` are compared where given, `via` with every source; without a
`source` nobody is named for saying it. A claim is found when one of its kind is read in its passage; its evidence is
not compared. The passages were written for this measure, without regard to the words that the rules know. Those on
odd lines are to learn from; those on even lines only measure, so the lists leave them out.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dateline.model import Actor, Claim, Document, Kind, Place, Source, identified

CASES = Path(__file__).parents[1] / "tests" / "cases" / "claims_en.jsonl"
CODE = re.compile(r"[A-Z]{3}")

Expected = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """A written passage with the claims that an annotator would list; none where there is nothing to find."""

    text: str
    published: str
    expected: tuple[Expected, ...]
    note: str = ""
    line: int = 1

    @property
    def open(self) -> bool:
        """Whether one may look at what goes wrong in it."""
        return self.line % 2 == 1


@dataclass(frozen=True, slots=True)
class Pair:
    """An expected claim with the one of its kind that agrees best with it, or None where it was missed."""

    passage: Passage
    expected: Expected
    claim: Claim | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All pairs, the claims beyond them, and those read where there is nothing to find."""

    pairs: tuple[Pair, ...]
    stray: tuple[tuple[Passage, Claim], ...]
    spurious: tuple[tuple[Passage, Claim], ...]

    def of(self, kind: str | None = None) -> list[Pair]:
        """The pairs of one kind, or all."""
        return [pair for pair in self.pairs if kind is None or pair.expected["kind"] == kind]

    def found(self, kind: str | None = None) -> float:
        """The share of expected claims that are found."""
        pairs = self.of(kind)
        return sum(pair.claim is not None for pair in pairs) / max(1, len(pairs))

    def agreeing(self, slot: str, kind: str | None = None) -> float | None:
        """The share of found claims whose slot agrees, of those for which it is compared; None without any."""
        verdicts = [agrees(pair.claim, pair.expected, slot) for pair in self.of(kind) if pair.claim is not None]
        asked = [verdict for verdict in verdicts if verdict is not None]
        return sum(asked) / len(asked) if asked else None

    def whole(self, kind: str | None = None) -> float:
        """The share of expected claims that are found with no slot that does not agree."""
        pairs = self.of(kind)
        return sum(pair.claim is not None and not disagreeing(pair) for pair in pairs) / max(1, len(pairs))


def passages(path: Path = CASES) -> list[Passage]:
    """The passages of a case file."""
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Passage(r["text"], r["published"], tuple(r["claims"]), r.get("note", ""), line)
        for line, r in enumerate(records, start=1)
    ]


def readings(given: Sequence[Passage]) -> list[list[Claim]]:
    """The claims that are read in each passage, all parsed in one batch."""
    from dateline import extract
    from dateline.parse import parsed_documents

    documents = (
        identified(Document(id="", text=one.text, sha256="", published=one.published, language="en")) for one in given
    )
    return [list(extract.claims(parsed)) for parsed in parsed_documents(documents)]


def figures(path: Path = CASES) -> Figures:
    """Read every passage and compare."""
    given = passages(path)
    pairs: list[Pair] = []
    stray: list[tuple[Passage, Claim]] = []
    spurious: list[tuple[Passage, Claim]] = []
    for passage, claims in zip(given, readings(given), strict=True):
        matched = paired(passage, claims)
        used = [pair.claim.id for pair in matched if pair.claim is not None]
        beyond = [(passage, claim) for claim in claims if claim.id not in used]
        pairs += matched
        if passage.expected:
            stray += beyond
        else:
            spurious += beyond
    return Figures(tuple(pairs), tuple(stray), tuple(spurious))


def paired(passage: Passage, claims: Sequence[Claim]) -> list[Pair]:
    """Expected claims with found ones of their kind, one to one, those that agree in most slots first."""
    options = sorted(
        (
            (-sum(agrees(claim, expected, slot) is True for slot in SLOTS), at, number)
            for at, expected in enumerate(passage.expected)
            for number, claim in enumerate(claims)
            if claim.kind == expected["kind"]
        ),
    )
    taken: dict[int, int] = {}
    for _, at, number in options:
        if at not in taken and number not in taken.values():
            taken[at] = number
    return [
        Pair(passage, expected, claims[taken[at]] if at in taken else None)
        for at, expected in enumerate(passage.expected)
    ]


def agrees(claim: Claim, expected: Expected, slot: str) -> bool | None:
    """Whether a slot of a claim is as expected; None where it is not compared."""
    return SLOTS[slot](claim, expected)


def disagreeing(pair: Pair) -> list[str]:
    """The slots of a found claim that are not as expected."""
    claim = pair.claim
    return [] if claim is None else [slot for slot in SLOTS if agrees(claim, pair.expected, slot) is False]


def same_actor(claim: Claim, expected: Expected) -> bool | None:
    """Whether the right one acts."""
    return _named(claim.actor, expected, "actor")


def same_recipient(claim: Claim, expected: Expected) -> bool | None:
    """Whether the right one is acted upon."""
    return _named(claim.recipient, expected, "recipient")


def same_place(claim: Claim, expected: Expected) -> bool | None:
    """Whether it is at the right place."""
    return _named(claim.place, expected, "place")


def same_quantity(claim: Claim, expected: Expected) -> bool | None:
    """Whether bounds (within 5 %) and unit are right; compared only where a quantity is expected."""
    if "low" not in expected:
        return None
    found = claim.quantity
    if found is None or (str(found.unit) != expected.get("unit", str(found.unit))):
        return False
    return _near(found.low, expected["low"]) and _near(found.high, expected["high"])


def same_time(claim: Claim, expected: Expected) -> bool | None:
    """Whether the intervals share half of their union; compared only where a time is expected."""
    if "earliest" not in expected:
        return None
    if claim.time is None:
        return False
    found, wanted = (claim.time.earliest, claim.time.latest), (expected["earliest"], expected["latest"])
    if None in found or None in wanted:
        return found == wanted
    (a, b), (c, d) = (tuple(date.fromisoformat(str(day)).toordinal() for day in both) for both in (found, wanted))
    return 2 * (min(b, d) - max(a, c) + 1) >= max(b, d) - min(a, c) + 1


def same_stance(claim: Claim, expected: Expected) -> bool | None:
    """Whether the stance is right."""
    return str(claim.stance) in either(expected["stance"])


def same_source(claim: Claim, expected: Expected) -> bool | None:
    """Whether the right one says it, or nobody is named where no source is expected."""
    found = None if claim.attribution is None else claim.attribution.source
    return _named(found, {"source": None} | expected, "source")


def same_voice(claim: Claim, expected: Expected) -> bool | None:
    """Whether source kind, anonymity and relay are right; compared only where a source is expected and found."""
    said = claim.attribution
    if "source" not in expected or said is None:
        return None
    relays = expected.get("via", [])
    return (
        str(said.source_kind) == expected.get("source_kind", str(said.source_kind))
        and said.anonymous == expected.get("anonymous", said.anonymous)
        and len(said.via) == len(relays)
        and all(any(_worded(word, got) for word in either(want)) for want, got in zip(relays, said.via, strict=True))
    )


SLOTS: dict[str, Callable[[Claim, Expected], bool | None]] = {
    "actor": same_actor,
    "recipient": same_recipient,
    "place": same_place,
    "quantity": same_quantity,
    "time": same_time,
    "stance": same_stance,
    "source": same_source,
    "voice": same_voice,
}


def _named(found: Actor | Place | Source | None, expected: Expected, slot: str) -> bool | None:
    if slot not in expected:
        return None
    wanted = expected[slot]
    if found is None or wanted is None:
        return found is None and wanted is None
    code = None if isinstance(found, Source) else found.country
    words = f"{found.name}\n{found.text or ''}"
    return any((CODE.fullmatch(word) and word == code) or _worded(word, words) for word in either(wanted))


def either(wanted: str | list[str]) -> list[str]:
    """What is expected as a list of alternatives."""
    return [wanted] if isinstance(wanted, str) else wanted


def _worded(word: str, text: str) -> bool:
    """Whether a word, or for a longer one its beginning, stands in a text."""
    tail = r"\b" if len(word) <= len("NATO") else ""
    return re.search(rf"\b{re.escape(word)}{tail}", text, re.IGNORECASE) is not None


def _near(found: float | None, wanted: float | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return abs(found - wanted) <= 0.05 * abs(wanted)


def table(result: Figures) -> list[str]:
    """A line a kind: how many are expected, found, found whole; of the found, how many agree in each slot."""
    lines = [f"{'kind':14}{'claims':>8}{'found':>7}{'whole':>7}" + "".join(f"{slot:>10}" for slot in SLOTS)]
    for kind in (*map(str, Kind), None):
        shares = [result.agreeing(slot, kind) for slot in SLOTS]
        cells = "".join(f"{'-':>10}" if share is None else f"{share:10.0%}" for share in shares)
        lines.append(
            f"{kind or 'all':14}{len(result.of(kind)):8}{result.found(kind):7.0%}{result.whole(kind):7.0%}{cells}"
        )
    asked = {passage.text for passage, _ in result.spurious}
    for name, half in (("odd lines", True), ("even lines", False)):
        part = Figures(tuple(pair for pair in result.pairs if pair.passage.open is half), (), ())
        lines.append(f"{name:14}{len(part.pairs):8}{part.found():7.0%}{part.whole():7.0%}")
    lines.append(f"{len(result.stray)} claims beyond the expected ones")
    lines.append(f"{len(result.spurious)} claims in {len(asked)} passages with nothing to find")
    return lines


def unexpected(beyond: Iterable[tuple[Passage, Claim]]) -> Iterable[str]:
    """Claims of the open passages that nobody expected, each with its passage."""
    for passage, claim in beyond:
        if passage.open:
            quoted = claim.evidence[0].exact
            yield f"{passage.text}\n    {claim.kind} of {claim.actor and claim.actor.name}: {quoted!r}"


def missed(result: Figures) -> Iterable[str]:
    """Missed claims of the open passages, each with its passage."""
    for pair in result.pairs:
        if pair.claim is None and pair.passage.open:
            yield f"{pair.passage.text}\n    {json.dumps(pair.expected, ensure_ascii=False)}"


def mistaken(result: Figures) -> Iterable[str]:
    """Found claims of the open passages with a slot that does not agree: the slots, what was expected and read."""
    for pair in result.pairs:
        wrong = disagreeing(pair)
        if pair.claim is not None and wrong and pair.passage.open:
            expected = json.dumps(pair.expected, ensure_ascii=False)
            yield f"{pair.passage.text}\n    {', '.join(wrong)}\n    {expected}\n    {summary(pair.claim)}"


def summary(claim: Claim) -> str:
    """The slots of a claim that was read, in one line."""
    said, number, when = claim.attribution, claim.quantity, claim.time
    parts = {
        "actor": claim.actor and (claim.actor.name, claim.actor.country),
        "recipient": claim.recipient and (claim.recipient.name, claim.recipient.country),
        "place": claim.place and claim.place.name,
        "quantity": number and (number.low, number.high, str(number.unit)),
        "time": when and (when.earliest, when.latest),
        "stance": str(claim.stance),
        "source": said and said.source and said.source.name,
        "voice": said and (str(said.source_kind), said.anonymous, *said.via),
    }
    return json.dumps({"kind": str(claim.kind)} | {k: v for k, v in parts.items() if v is not None}, ensure_ascii=False)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, nargs="?", default=CASES, metavar="CASES.jsonl")
    parser.add_argument("--misses", action="store_true", help="list the claims that are not found")
    parser.add_argument("--wrong", action="store_true", help="list the found claims with a slot that does not agree")
    parser.add_argument("--nothing", action="store_true", help="list the claims read where there is nothing to find")
    parser.add_argument("--stray", action="store_true", help="list the other claims that nobody expected")
    given = parser.parse_args()
    result = figures(given.cases)
    lines = table(result)
    lines += missed(result) if given.misses else []
    lines += mistaken(result) if given.wrong else []
    lines += unexpected(result.spurious) if given.nothing else []
    lines += unexpected(result.stray) if given.stray else []
    print("\n".join(lines))


if __name__ == "__main__":
    main()
