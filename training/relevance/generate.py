"""Ordinary news without a claim, made of the templates in `ordinary.yaml` and `near.yaml`; sentences that tell claims.

python training/relevance/generate.py [--reports 50] [--seed 1]     # prints reports, to look at
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
ORDINARY = ("ordinary.yaml", "near.yaml")
TELLING = ("telling.yaml",)
LENGTH = (4, 14)
"""Sentences of a made report."""

_SLOT = re.compile(r"\{(\w+)\}")


@cache
def subjects(files: tuple[str, ...] = ORDINARY) -> dict[str, Any]:
    """The templates of some files by subject."""
    return {subject: told for name in files for subject, told in _read(name).items() if subject != "common"}


@cache
def shared() -> dict[str, list[Any]]:
    """The slots that all files share."""
    return {slot: entries for name in (*ORDINARY, *TELLING) for slot, entries in _read(name)["common"].items()}


@cache
def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return found


def filled(told: dict[str, Any], chance: random.Random, template: str = "") -> str:
    """A sentence of a subject with its slots filled, those in fillings too; it begins with a capital."""
    own, common = told.get("slots", {}), shared()

    def one(match: re.Match[str]) -> str:
        name = match.group(1)
        return str(chance.choice(own[name] if name in own else common[name]))

    text = template or chance.choice(told["sentences"])
    while _SLOT.search(text):
        text = _SLOT.sub(one, text)
    text = re.sub(r" +(?=[ .,;])", "", text)
    return text[:1].upper() + text[1:]


def sentences(count: int, seed: int, files: tuple[str, ...] = ORDINARY) -> Iterator[tuple[str, str]]:
    """`count` sentences with their subjects, every subject as often as any other."""
    chance = random.Random(seed)
    known = list(subjects(files).items())
    for number in range(count):
        subject, told = known[number % len(known)]
        yield subject, filled(told, chance)


def reports(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """`count` whole reports with their subjects, each of one subject, no template twice, with some furniture below."""
    chance = random.Random(seed)
    furniture = subjects()["furniture"]
    known = [(name, told) for name, told in subjects().items() if told is not furniture]
    for number in range(count):
        subject, told = known[number % len(known)]
        templates = told["sentences"]
        chosen = chance.sample(templates, min(len(templates), chance.randint(*LENGTH)))
        lines = [filled(told, chance, template) for template in chosen]
        paragraphs = [" ".join(lines[i : i + 3]) for i in range(0, len(lines), 3)]
        if chance.random() < 0.5:
            paragraphs.append(filled(furniture, chance))
        yield subject, "\n\n".join(paragraphs)


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--reports", type=int, default=50)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    for subject, text in reports(given.reports, given.seed):
        print(f"[{subject}]\n{text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
