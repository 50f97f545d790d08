"""Regions that lie in several countries ("the Sahel"), by name and alias (`regions.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from dateline.lexicon.place_keys import fold


def shared_region(name: str) -> str | None:
    """The canonical name of a region of several countries, None for any other place.

    >>> shared_region("the Sahel region"), shared_region("Kidal")
    ('Sahel', None)
    """
    return _shared().get(fold(name.removeprefix("the ")))


@cache
def _shared() -> Mapping[str, str]:
    text = files("dateline.lexicon").joinpath("regions.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if not row["country"]]
    return {
        fold(written): row["name"]
        for row in reversed(rows)
        for written in (*row["aliases"].split("|"), row["name"])
        if written
    }
