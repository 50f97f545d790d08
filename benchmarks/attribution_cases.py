"""How much of the written passages (`tests/cases/attribution.en.jsonl`) is attributed right.

    python benchmarks/attribution_cases.py [--set open|unseen] [--errors] [--cases FILE]

A passage is `{"id", "set", "tags", "text", "attributions"}`; each attribution gives `source`, `cue` and `content` as
words of the text (`["he", 2]`: the second occurrence), the resolved `name`, `source_kind`, `anonymous`, `via`,
`quote`, `stance` and the report's own `commitment`. A saying of the engine is matched to an expected one when their
contents agree (Dice of words 0.5, one to one, best first); then each field is compared. Only sayings that vouch for
their content, and promises and threats, are expected; attitudes are left out on both sides.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.extract.attribution import Attributor
from dateline.extract.attributions import attributions, is_reported
from dateline.extract.reading import Reading
from dateline.extract.spans import SayingSpans, saying_spans
from dateline.extract.speech import speech
from dateline.extract.stance import commitment, said_stance
from dateline.lexicon.language import language
from dateline.model import Attribution, Document
from dateline.parse import ParsedDocument, parsed_documents

CASES = Path(__file__).parents[1] / "tests" / "cases" / "attribution.en.jsonl"
FIELDS = ("source", "name", "source_kind", "anonymous", "via", "quote", "stance", "commitment")
WORD = re.compile(r"\w+")
NOT_NAMES = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "for",
        "at",
        "from",
        "to",
        "and",
        "s",
        "mr",
        "mrs",
        "ms",
        "dr",
        "gen",
        "col",
        "lt",
        "maj",
        "capt",
        "sgt",
        "adm",
        "le",
        "la",
        "les",
        "l",
        "de",
        "du",
        "des",
        "d",
        "un",
        "une",
        "et",
        "à",
        "au",
        "aux",
        "en",
        "son",
        "sa",
        "ses",
        "m",
        "mme",
    ]
)
AFTER_HEAD = frozenset(
    [
        "of",
        "for",
        "in",
        "at",
        "on",
        "from",
        "with",
        "by",
        "to",
        "who",
        "whom",
        "whose",
        "which",
        "that",
        "and",
        "or",
        "about",
        "near",
        "as",
        "against",
        "de",
        "du",
        "des",
        "d",
        "à",
        "au",
        "aux",
        "en",
        "dans",
        "sur",
        "pour",
        "par",
        "avec",
        "qui",
        "que",
        "dont",
        "où",
        "et",
        "ou",
        "près",
        "contre",
        "chez",
    ]
)

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Expected:
    """One attribution of a passage, its words as spans of the text."""

    source: Spans
    content: Spans
    fields: dict[str, Any]


@dataclass(frozen=True)
class Passage:
    """One written passage with what is to be found in it."""

    id: str
    set: str
    text: str
    expected: tuple[Expected, ...]


@dataclass(frozen=True)
class Said:
    """One saying of the engine."""

    spans: SayingSpans
    fields: dict[str, Any]
    name: str | None
    written: str | None
    at: tuple[int, int] | None = None
    """Where the end of the chain is written; of "X reported, citing Y" that is Y, and X stands at the cue."""


def passages(path: Path = CASES) -> list[Passage]:
    """The passages of the file; raises ValueError where given words do not stand in the text."""
    return [passage(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def passage(row: dict[str, Any]) -> Passage:
    """One line of the file; raises ValueError where given words do not stand in its text."""
    text = row["text"]
    expected = tuple(
        Expected(
            () if one["source"] is None else (_span(text, one["source"]),),
            tuple(_span(text, part) for part in one["content"]),
            {k: one[k] for k in ("cue", "name", "source_kind", "anonymous", "via", "quote", "stance", "commitment")},
        )
        for one in row["attributions"]
    )
    return Passage(row["id"], row["set"], text, expected)


def _span(text: str, given: str | list[Any]) -> tuple[int, int]:
    words, nth = (given, 1) if isinstance(given, str) else given
    at = -1
    for _ in range(nth):
        at = text.find(words, at + 1)
        if at < 0:
            raise ValueError(f"{words!r} does not stand {nth} times in {text!r}")
    return at, at + len(words)


def read(given: Iterable[Passage], code: str = "en") -> list[list[Said]]:
    """What the engine finds in each passage."""
    documents = [Document(id=p.id, text=p.text, sha256="", language=code, published="2024-06-15") for p in given]
    return [sayings(parsed) for parsed in parsed_documents(documents)]


def sayings(parsed: ParsedDocument) -> list[Said]:
    """The sayings of one parsed passage with all their fields."""
    reading = Reading(parsed, language(parsed.document.language or "en"))
    cues = list(attributions(reading))
    attributor = Attributor(reading, speech(reading), reading.quoted, judge=commitment)
    found = []
    for cue in cues:
        if not is_reported(reading, cue):
            continue
        attribution = attributor.said(cue)
        stance, _ = said_stance(reading, cue, cues)
        found.append(_said(saying_spans(parsed.doc, cue), attribution, str(stance)))
    return found


def _said(spans: SayingSpans, one: Attribution, stance: str) -> Said:
    fields = {
        "source_kind": str(one.source_kind),
        "anonymous": one.anonymous,
        "via": list(one.via),
        "quote": str(one.quote),
        "stance": stance,
        "commitment": str(one.commitment),
    }
    name = None if one.source is None else one.source.name
    if one.source is None:
        return Said(spans, fields, name, None)
    start, end = one.source.start, one.source.end
    return Said(spans, fields, name, one.source.text, None if start is None or end is None else (start, end))


def tokens(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Starts of the words under the spans."""
    return frozenset(m.start() for s, e in spans for m in WORD.finditer(text, s, e))


def paired(passage: Passage, found: list[Said]) -> list[tuple[int, int]]:
    """Expected and found attributions whose contents agree, one to one."""
    wanted = [tokens(passage.text, e.content) for e in passage.expected]
    given = [tokens(passage.text, f.spans.content) for f in found]
    scores = sorted(
        (
            (2 * len(w & g) / (len(w) + len(g)), -i, -j)
            for i, w in enumerate(wanted)
            for j, g in enumerate(given)
            if w & g
        ),
        reverse=True,
    )
    pairs: list[tuple[int, int]] = []
    for score, i, j in scores:
        if score >= 0.5 and all(-i != a and -j != b for a, b in pairs):
            pairs.append((-i, -j))
    return pairs


def agrees(passage: Passage, expected: Expected, found: Said, field: str) -> bool:
    """Whether a field of a found saying is what the passage expects."""
    if field == "source":
        given = (found.spans.source, () if found.at is None else (found.at,))
        return any(_same_source(passage.text, expected.source, one) for one in given)
    if field == "name":
        return _same_name(expected.fields["name"], found.name, found.written)
    if field == "via":
        return [_name(v) for v in expected.fields["via"]] == [_name(v) for v in found.fields["via"]]
    return bool(expected.fields[field] == found.fields[field])


def _same_source(text: str, wanted: Spans, given: Spans) -> bool:
    """Heads of both phrases lie in the other one, as `score_attribution.py` has it."""
    if not wanted or not given:
        return not wanted and not given
    return _head(text, wanted[0]) in tokens(text, given) and _head(text, given[0]) in tokens(text, wanted)


def _head(text: str, span: tuple[int, int]) -> int | None:
    last: int | None = None
    for m in re.finditer(r"\w+|[^\w\s]", text[span[0] : span[1]]):
        word = m.group().lower()
        if last is not None and (word in AFTER_HEAD or word in ",;:()[]—–"):
            break
        if WORD.match(word) and not (word == "s" and last is not None):
            last = span[0] + m.start()
    return last


def _name(text: str) -> frozenset[str]:
    return frozenset(w.lower() for w in WORD.findall(text)) - NOT_NAMES


def _same_name(wanted: str | None, given: str | None, written: str | None) -> bool:
    """Names agree when they share a word that is more than a title."""
    if wanted is None or given is None:
        return wanted is None and given is None
    return bool(_name(wanted) & (_name(given) | _name(written or "")))


@dataclass
class Figures:
    """Counts over passages: expected, found and matched sayings, and right fields."""

    passages: int = 0
    whole: int = 0
    expected: int = 0
    found: int = 0
    matched: int = 0
    right: Counter[str] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.right = Counter()


def wrong(passage: Passage, found: list[Said]) -> list[str]:
    """What is amiss in a passage, in words; empty when all is right."""
    pairs = paired(passage, found)
    faults = []
    for i, j in pairs:
        for field in FIELDS:
            if not agrees(passage, passage.expected[i], found[j], field):
                faults.append(f"{field} of “{_words(passage, passage.expected[i])}”: {_shown(found[j], field)}")
    taken = {i for i, _ in pairs}, {j for _, j in pairs}
    faults += [f"missed “{_words(passage, e)}”" for i, e in enumerate(passage.expected) if i not in taken[0]]
    for j, one in enumerate(found):
        if j not in taken[1]:
            faults.append(
                "made up: " + " … ".join(passage.text[s:e] for s, e in one.spans.cue + one.spans.content)[:100]
            )
    return faults


def _words(passage: Passage, expected: Expected) -> str:
    return passage.text[expected.content[0][0] : expected.content[0][1]][:60]


def _shown(found: Said, field: str) -> str:
    return str(found.fields.get(field, f"{found.written} = {found.name}"))


def figures(given: list[Passage], found: list[list[Said]]) -> Figures:
    """Counts over the given passages."""
    total = Figures()
    for passage, sayings_found in zip(given, found, strict=True):
        pairs = paired(passage, sayings_found)
        total.passages += 1
        total.whole += not wrong(passage, sayings_found)
        total.expected += len(passage.expected)
        total.found += len(sayings_found)
        total.matched += len(pairs)
        for i, j in pairs:
            total.right.update(f for f in FIELDS if agrees(passage, passage.expected[i], sayings_found[j], f))
    return total


def table(total: Figures) -> str:
    """The counts as one line."""
    found = f"found {total.matched / total.expected:.2f} of {total.expected}, right {total.matched / total.found:.2f}"
    shares = " ".join(f"{f} {total.right[f] / total.matched:.2f}" for f in FIELDS)
    return f"{total.passages} passages, all right {total.whole / total.passages:.2f}; {found}; {shares}"


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--set", choices=("open", "unseen"))
    options.add_argument("--errors", action="store_true", help="what is wrong, of the open passages only")
    options.add_argument("--cases", type=Path, default=CASES)
    chosen = options.parse_args()
    given = [p for p in passages(chosen.cases) if chosen.set in (None, p.set)]
    found = read(given)
    for name in ("open", "unseen"):
        part = [(p, f) for p, f in zip(given, found, strict=True) if p.set == name]
        if part:
            print(f"{name:7s}", table(figures([p for p, _ in part], [f for _, f in part])))
    if chosen.errors:
        for passage, sayings_found in zip(given, found, strict=True):
            faults = wrong(passage, sayings_found) if passage.set == "open" else []
            if faults:
                print(f"\n{passage.id}: {passage.text}", *faults, sep="\n    ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
