"""Ordinary news without a claim, made of the templates in `ordinary.yaml` and `near.yaml`.

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
TEMPLATES = ("ordinary.yaml", "near.yaml")
LENGTH = (4, 14)
"""Sentences of a made report."""

_SLOT = re.compile(r"\{(\w+)\}")


@cache
def subjects() -> dict[str, Any]:
    """The templates by subject, and the slots they share under `common`."""
    read = [yaml.safe_load((HERE / name).read_text(encoding="utf-8")) for name in TEMPLATES]
    common = {name: entries for part in read for name, entries in part["common"].items()}
    return {subject: told for part in read for subject, told in part.items()} | {"common": common}


def filled(template: str, subject: str, chance: random.Random) -> str:
    """A sentence with its slots filled, those in fillings too; it begins with a capital."""
    own, common = subjects()[subject].get("slots", {}), subjects()["common"]

    def one(match: re.Match[str]) -> str:
        name = match.group(1)
        return str(chance.choice(own[name] if name in own else common[name]))

    text = template
    while _SLOT.search(text):
        text = _SLOT.sub(one, text)
    return text[:1].upper() + text[1:]


def sentences(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """`count` sentences with their subjects, every subject as often as any other."""
    chance = random.Random(seed)
    names = [name for name in subjects() if name != "common"]
    for number in range(count):
        subject = names[number % len(names)]
        yield subject, filled(chance.choice(subjects()[subject]["sentences"]), subject, chance)


def reports(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """`count` whole reports with their subjects, each of one subject, no template twice, with some furniture below."""
    chance = random.Random(seed)
    names = [name for name in subjects() if name not in ("common", "furniture")]
    for number in range(count):
        subject = names[number % len(names)]
        templates = subjects()[subject]["sentences"]
        told = chance.sample(templates, min(len(templates), chance.randint(*LENGTH)))
        lines = [filled(template, subject, chance) for template in told]
        paragraphs = [" ".join(lines[i : i + 3]) for i in range(0, len(lines), 3)]
        if chance.random() < 0.5:
            paragraphs.append(filled(chance.choice(subjects()["furniture"]["sentences"]), "furniture", chance))
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
