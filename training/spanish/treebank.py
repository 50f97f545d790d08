"""The sentences of `training/spanish/*.conllu` as spaCy documents, those to learn from and those held out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
HELD_OUT = 8
"""Every eighth sentence of each file is never learned from."""
PARAGRAPH = 5
"""Sentences that are also shown to the learner as one paragraph, so that it sees where one ends."""
ENDS = (".", "?", "!", "»", "”", '"')


@dataclass(frozen=True)
class Sentence:
    """One parsed sentence: its text, and a row of ten columns a token."""

    text: str
    rows: tuple[tuple[str, ...], ...]


def sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file, in order; ValueError names a block that is none."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.strip().splitlines()
        text = next((line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")), None)
        rows = tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
        if text is None or not rows or any(len(row) != 10 for row in rows):
            raise ValueError(f"{path.name}: no sentence: {block[:80]!r}")
        yield Sentence(text, rows)


def parted(files: Sequence[Path]) -> tuple[list[list[Sentence]], list[list[Sentence]]]:
    """The sentences to learn from and those held out, a list a file."""
    learned, held_out = [], []
    for path in files:
        found = list(sentences(path))
        learned.append([one for i, one in enumerate(found) if i % HELD_OUT != HELD_OUT - 1])
        held_out.append([one for i, one in enumerate(found) if i % HELD_OUT == HELD_OUT - 1])
    return learned, held_out


def paragraphs(found: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Each sentence by itself, then all in runs of a few; one without an end mark stays alone."""
    yield from ([one] for one in found)
    whole = [one for one in found if one.text.endswith(ENDS)]
    for start in range(0, len(whole), PARAGRAPH):
        if len(whole[start : start + PARAGRAPH]) > 1:
            yield whole[start : start + PARAGRAPH]


def document(nlp: Any, found: Sequence[Sentence]) -> Any:
    """The sentences as one spaCy document with tags, heads and lemmas; ValueError where the tokens differ."""
    from spacy.tokens import Doc

    given = nlp.make_doc(" ".join(one.text for one in found))
    rows = [row for one in found for row in one.rows]
    if [t.text for t in given] != [row[1] for row in rows]:
        raise ValueError(f"other tokens than spaCy's: {given.text}")
    heads, first = [], 0
    for one in found:
        heads += [first + (int(row[6]) or int(row[0])) - 1 for row in one.rows]
        first += len(one.rows)
    return Doc(
        nlp.vocab,
        words=[t.text for t in given],
        spaces=[bool(t.whitespace_) for t in given],
        lemmas=[row[2] for row in rows],
        pos=[row[3] for row in rows],
        morphs=["" if row[5] == "_" else row[5] for row in rows],
        heads=heads,
        deps=["ROOT" if row[6] == "0" else row[7] for row in rows],
    )
