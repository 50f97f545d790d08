"""Marked sentences as what the network learns from: piece ids with labels for words, and for the pair of parties."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from curated_tokenizers import WordPieceProcessor

from dateline.kinds.pieces import MARKS, around, pieces
from dateline.lexicon.ontology import ontology
from dateline.model import Kind

ROOT = Path(__file__).resolve().parents[2]
VOCABULARY = ROOT / "src/dateline/kinds/vocabulary.txt"
AROUND = (6, 14)
"""Pieces around the parties that are left of a line that is cut."""
UNASKED = -100
"""Label of what the loss leaves out."""
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""The PLOVER types; YIELD is CONCEDE and RETREAT in one, as in the PLV set."""
OTHERWISE = {
    # forces that come may be helpers or enemies, which PLOVER tells apart and the codes do not; so with missions ended
    "deployment.send": None, "deployment.arrive": None, "deployment.base": None, "redeployment.move": None,
    "termination.mission": None,
    "coercion.convict": None,  # ACCUSE in CAMEO (116), SANCTION in PLOVER (mode convict)
    # where published tables disagree, what the counts on the PLV training set bore out
    "sanction.embargo": "COERCE", "support.promise": "SUPPORT", "arms_transfer.sell": "AID",
}  # fmt: skip
"""Codes whose type is not learned as the ontology has it; None: left out of the loss."""
PROMISED = ("CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD")
"""Types that are AGREE as long as they are intentions (CAMEO 03, of which 035 is the intention to yield)."""

IRREGULAR = (
    "fought struck stricken shot met held sent left took taken won lost fell fallen broke broken gave given said told "
    "withdrew withdrawn came went gone led brought bought sold hit spoke spoken swore sworn flew flown drove driven "
    "threw thrown rose risen sought caught taught built kept stood withstood forbade forbidden forgave forgiven"
)
"""Forms that the rough inflection of the lexicon's words does not make."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """Piece ids, a code label a piece, and the code and type labels of the marked pair."""

    ids: list[int]
    codes: list[int]
    pair_code: int
    pair_type: int


@cache
def vocabulary() -> WordPieceProcessor:
    """The encoder's word pieces."""
    return WordPieceProcessor(VOCABULARY.read_text(encoding="utf-8").splitlines())


def rows(paths: Sequence[Path]) -> list[Row]:
    """The lines of marked sentences."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def listed() -> frozenset[str]:
    """Every form of the words of the trigger lexicon, roughly inflected."""
    lexicon = yaml.safe_load((ROOT / "src/dateline/lexicon/en.triggers.yaml").read_text(encoding="utf-8"))
    forms = set(IRREGULAR.split())
    for entry in (*lexicon["verbs"], *lexicon["nouns"]):
        for lemma in str(entry.get("verb") or entry.get("noun")).split():
            word = lemma.partition("_")[0]
            stem = word[:-1]
            forms |= {word, word + "s", word + "es", word + "ed", word + "d", word + "ing", stem + "ing"}
            forms |= {stem + "ies", stem + "ied", word + word[-1] + "ed", word + word[-1] + "ing"}
    return frozenset(forms)


def listed_words(sentence: str) -> list[tuple[int, int]]:
    """Where words stand that the lexicon lists. Left unmarked beside a marked event they may tell one all the same."""
    return [m.span() for m in re.finditer(r"[^\W\d_]+", sentence) if m.group().lower() in listed()]


def codes_of(lines: Sequence[Row]) -> list[str]:
    """Every code but those of nothing, in order."""
    found = {row["code"] for row in lines} | {other["code"] for row in lines for other in row["others"]}
    return sorted(code for code in found if not code.startswith("none."))


@cache
def type_of(code: str) -> str | None:
    """The PLOVER type that is learned for a code."""
    if code in OTHERWISE:
        return OTHERWISE[code]
    kind, _, name = code.partition(".")
    plover = ontology()[Kind(kind)].codes[name].plover
    return "YIELD" if plover in ("CONCEDE", "RETREAT") else plover


def plover_type(row: Row) -> str | None:
    """The PLOVER type of the main event between its parties; None where that scheme codes nothing."""
    code, stance = row["code"], row["stance"]
    if code.startswith("none.") or stance == "denied":
        return None
    found = type_of(code)
    return "AGREE" if stance == "planned" and found in PROMISED and code != "support.promise" else found


def example(row: Row, codes: dict[str, int], *, marked: bool, crop: bool) -> Example:
    """A line as an example: with its parties marked or not, and cut to what stands around them or not."""
    spans = {role: tuple(row[role]) for role in MARKS if role in row} if marked else {}
    read = pieces(vocabulary(), row["sentence"], spans)
    if crop and spans:
        read = around(read, *AROUND)
    told = [(other["span"], codes[other["code"]]) for other in row["others"]]
    main = 0 if row["code"].startswith("none.") else codes[row["code"]]
    if main:
        told.append((row["trigger"], main))
    unsure = [] if row["code"].startswith("none.") else listed_words(row["sentence"])
    labels = []
    for start, end in read.offsets:
        label = UNASKED if end <= start else next((c for (a, b), c in told if start < b and end > a), 0)
        if label == 0 and any(start < b and end > a for a, b in unsure):
            label = UNASKED
        labels.append(label)
    kind = plover_type(row)
    return Example(read.ids, labels, main if spans else UNASKED, TYPES.index(kind) if kind and spans else UNASKED)


def batches(examples: Sequence[Example], size: int, *, shuffled: bool) -> Iterator[list[Example]]:
    """Examples of like length together; in random order, or in the order given."""
    order = list(range(len(examples)))
    if shuffled:
        random.shuffle(order)
    found = []
    for first in range(0, len(order), size * 20):
        chunk = sorted(order[first : first + size * 20], key=lambda i: len(examples[i].ids))
        found += [chunk[at : at + size] for at in range(0, len(chunk), size)]
    if shuffled:
        random.shuffle(found)
    for batch in found:
        yield [examples[i] for i in batch]
