"""Records with every part and every string of them changed: what redaction is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")
Whole = Callable[[Any], Any]
String = Callable[[str, bool], str]

PROSE = frozenset(
    (
        *("text", "exact", "title", "description", "condition", "quote", "reason", "sentence", "holds", "topic"),
        *("before", "after", "message", "basis", "value", "settings"),
    )
)
"""Fields that hold words of a report, or sentences about one, rather than a name."""


def changed(value: T, whole: Whole, string: String) -> T:
    """`value` with each dataclass or mapping in it as `whole` gives it, and each string as `string` gives it.

    `string` is told whether the string is prose, by the field it stands in. Values of enums and keys stay.
    """
    return cast(T, _changed(value, whole, string, False))


def _changed(value: Any, whole: Whole, string: String, prose: bool) -> Any:
    kind: Any = type(value)
    if value is None or kind in _AS_THEY_ARE or isinstance(value, StrEnum):
        return value
    if isinstance(value, str):
        return string(value, prose)
    if kind is tuple or kind is list:
        return tuple([_changed(one, whole, string, prose) for one in value])
    if is_dataclass(value) and not isinstance(value, type):
        value = whole(value)
        return replace(
            value,
            **{name: _changed(getattr(value, name), whole, string, prose or told) for name, told in _fields(kind)},
        )
    if isinstance(value, Mapping):
        held = whole(value)
        return {key: _changed(one, whole, string, prose or key in PROSE) for key, one in held.items()}
    return value


_AS_THEY_ARE = frozenset({int, float, bool})


@cache
def _fields(kind: Any) -> tuple[tuple[str, bool], ...]:
    """The fields of a class, and whether they hold prose."""
    return tuple((one.name, one.name in PROSE) for one in fields(kind))
