"""A presence of thousands of sightings is written a portion at a time, and every one of its changes is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.export.presence_changes import BATCH, from_presences

STEPS = 40
SUPPORTS = 90
"""Claims a step rests on: forty steps of them are many times what is held at once."""


class _Selection:
    """What the module asks of a selection, which counts the claims it was asked for together."""

    def __init__(self, presence: dict[str, Any], left: dict[str, dict[str, Any]]) -> None:
        self.asked: list[int] = []
        self._presence = presence
        self._left = left

    def presences(self) -> Iterator[dict[str, Any]]:
        yield self._presence

    def claims_of(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        wanted = list(ids)
        self.asked.append(len(wanted))
        return {key: self._left.get(key) or _claim(key) for key in wanted}

    def last_read(self, documents: Iterable[str]) -> dict[str, str]:
        return {}


def _claim(key: str, kind: str = "presence", day: str | None = None) -> dict[str, Any]:
    return {
        "id": key,
        "kind": kind,
        "stance": "asserted",
        "time": None if day is None else {"earliest": day, "latest": day},
        "document": {"id": f"doc-{key}", "outlet": None, "url": None, "language": "en", "published": None},
        "attribution": None,
        "evidence": [{"exact": "Soldiers are there."}],
    }


def _step(number: int) -> dict[str, Any]:
    return {
        "low": 100 + number,
        "high": 100 + number,
        "start": f"{1980 + number}-03-01",
        "start_precise": True,
        "start_asserted": True,
        "end": None,
        "end_precise": False,
        "end_asserted": False,
        "supports": [f"claim-{number}-{one}" for one in range(SUPPORTS)],
        "origins": 1,
        "reason": "",
    }


def test_a_long_presence_is_not_held_whole() -> None:
    told = {f"gone-{one}": _claim(f"gone-{one}", "withdrawal", "1985-03-03") for one in range(3 * BATCH)}
    presence = {
        "id": "presence-long",
        "force": "Italy, armed forces",
        "force_country": "ITA",
        "sector": "MIL",
        "host": "NER",
        "series": [_step(number) for number in range(STEPS)],
        "at_sites": [],
        "departures": list(told),
    }
    selection = _Selection(presence, told)

    found = list(from_presences(selection))  # type: ignore[arg-type]

    assert max(selection.asked) < BATCH + SUPPORTS
    assert sum(selection.asked) == STEPS * SUPPORTS + len(told)
    assert len(found) == STEPS - 1
    assert "1985-03-01" not in {one.first for one in found}
    assert all(len(one.claims) == SUPPORTS for one in found)
