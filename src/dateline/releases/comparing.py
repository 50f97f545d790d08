"""What differs between two states of the records of one kind, told by id and field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.releases.sorting import Line

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not the same: its path ("quantity.low") and both values as JSON types."""

    field: str
    before: Any
    after: Any

    @property
    def told(self) -> str:
        """The difference in words, long values cut."""
        return f"{self.field} was {_short(self.before)}, is {_short(self.after)}"


@dataclass(frozen=True, slots=True)
class Change:
    """A record that is not the same in two states: `added`, `changed` or `gone`; `line` is what there is of it."""

    kind: str
    id: str
    change: str
    line: bytes
    differences: tuple[Difference, ...] = ()

    @property
    def record(self) -> dict[str, Any]:
        """The change as JSON types."""
        found: dict[str, Any] = {"kind": self.kind, "id": self.id, "change": self.change}
        told = [{"field": one.field, "before": one.before, "after": one.after} for one in self.differences]
        return found | ({"differences": told} if told else {})


def changes(kind: str, before: Iterable[Line], after: Iterable[Line]) -> Iterator[Change]:
    """What differs, in order of id; both states come in that order."""
    ours, theirs = iter(before), iter(after)
    old, new = next(ours, None), next(theirs, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old[0] < new[0]):
            assert old is not None
            yield Change(kind, old[0], "gone", old[1])
            old = next(ours, None)
        elif old is None or new[0] < old[0]:
            yield Change(kind, new[0], "added", new[1])
            new = next(theirs, None)
        else:
            if old[1] != new[1]:
                found = tuple(differences(json.loads(old[1]), json.loads(new[1])))
                yield Change(kind, new[0], "changed", new[1], found)
            old, new = next(ours, None), next(theirs, None)


def differences(before: Any, after: Any, path: str = "") -> Iterator[Difference]:
    """The fields in which two values differ; lists of the same length are compared one by one."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in dict.fromkeys([*before, *after]):
            inner = f"{path}.{name}" if path else str(name)
            yield from differences(before.get(name), after.get(name), inner)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{path}[{number}]")
    elif before != after or type(before) is not type(after):
        yield Difference(path, before, after)


def _short(value: Any) -> str:
    told = json.dumps(value, ensure_ascii=False)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"
