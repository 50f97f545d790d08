"""Reading values of a TOML file under a schema: every problem is told with its line and what is allowed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, TypeVar

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_DURATION = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(s|m|h|d)")
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SIZE = re.compile(r"(\d{1,9})\s*(kB|MB|GB|KiB|MiB|GiB|B)")
_BYTES: Final = {"B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(?:#.*)?$")


class FeedsFileError(ValueError):
    """A feeds file that cannot be used; one problem a line, each with the line and table it is in."""


class Lines:
    """Where tables and keys stand in the text of a TOML file, as well as its lines tell without a parse."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._tables: dict[tuple[str, int], tuple[int, int]] = {}
        seen: dict[str, int] = {}
        at: tuple[str, int] = ("", 0)
        begun = 0
        for number, line in enumerate(self._lines):
            found = _HEADER.match(line)
            if found is None:
                continue
            self._tables[at] = (begun, number)
            name = found[2]
            seen[name] = seen.get(name, -1) + 1
            at, begun = (name, seen[name] if found[1] == "[[" else 0), number
        self._tables[at] = (begun, len(self._lines))

    def of(self, table: str, index: int, key: str | None) -> int | None:
        """The line (from 1) of a key in the `index`th table of that name, else of the table; None for neither."""
        place = self._tables.get((table, index))
        if place is None:
            return None
        if key is not None:
            for number in range(*place):
                if re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[.=]""", self._lines[number]) is not None:
                    return number + 1
        return place[0] + 1 if table else None


class Problems:
    """What is wrong with a file, gathered so that one reading tells it all."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._told: list[str] = []

    def add(self, table: str, index: int, key: str | None, message: str) -> None:
        """Tell one problem of a key of a table."""
        line = self._lines.of(table, index, key)
        where = f"[{table}]" if table else "the top of the file"
        name = f"{where}{'' if key is None else f' {key}'}"
        self._told.append(f"{'' if line is None else f'line {line}: '}{name}: {message}")

    def end(self) -> None:
        """FeedsFileError where anything is wrong."""
        if self._told:
            raise FeedsFileError("\n".join(self._told))


class Table:
    """The values of one table; what is wrong goes to `problems` and a default takes its place."""

    def __init__(self, values: Mapping[str, Any], name: str, index: int, problems: Problems) -> None:
        self._values = values
        self._asked: dict[str, None] = {}
        self._name = name
        self._index = index
        self._problems = problems

    def wrong(self, key: str | None, message: str) -> None:
        """Tell a problem of a key, or of the table."""
        self._problems.add(self._name, self._index, key, message)

    def has(self, key: str) -> bool:
        """Whether the key is given."""
        self._asked[key] = None
        return key in self._values

    def raw(self, key: str) -> Any:
        """A value as it stands, None where it is not given."""
        self._asked[key] = None
        return self._values.get(key)

    def text(self, key: str) -> str | None:
        """A text that is not empty and holds no control characters."""
        return self._read(key, "a text in quotes", _text)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, () where it is not given."""
        return self._read(key, 'a list of texts, as ["one", "two"]', _texts) or ()

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self._read(key, "true or false", lambda value: value if isinstance(value, bool) else None)
        return default if value is None else value

    def number(self, key: str, default: int, least: int, most: int) -> int:
        """A whole number within bounds."""
        found = self._read(key, f"a whole number from {least} to {most}", lambda value: _whole(value, least, most))
        return default if found is None else found

    def fraction(self, key: str) -> float | None:
        """A number from 0 to 1."""
        return self._read(key, "a number from 0 to 1", _fraction)

    def duration(self, key: str, default: float, least: float, most: float) -> float:
        """Seconds, written as "90s", "15m", "2h", "1d" or a number of seconds."""
        allowed = f'a time from {_told(least)} to {_told(most)}, as "90s", "15m", "2h" or "1d"'
        found = self._read(key, allowed, lambda value: _within(_duration(value), least, most))
        return default if found is None else found

    def size(self, key: str, default: int, most: int) -> int:
        """Bytes, written as "20 MB", "512 KiB" or a number of bytes."""
        allowed = f'a size from 1 kB to {most // 10**6} MB, as "20 MB" or "512 KiB"'
        found = self._read(key, allowed, lambda value: _within(_size(value), 1000, most))
        return default if found is None else int(found)

    def word(self, key: str, words: type[E]) -> E | None:
        """One of the words of an enum."""
        told = ", ".join(word.value for word in words)
        return self._read(key, f"one of {told}", lambda value: _word(value, words))

    def words(self, key: str, words: type[E]) -> tuple[E, ...]:
        """Some of the words of an enum, () where it is not given."""
        told = ", ".join(word.value for word in words)
        return self._read(key, f"a list of {told}", lambda value: _some(value, words)) or ()

    def tables(self, key: str) -> list[Table]:
        """The tables of an array of tables, [] where it is not given."""
        found = self.raw(key)
        if found is None:
            return []
        if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
            self.wrong(key, f"must be tables, each written under [[{key}]]")
            return []
        return [Table(item, key, index, self._problems) for index, item in enumerate(found)]

    def table(self, key: str) -> Table:
        """A table at the top of the file, empty where it is not given."""
        found = self.raw(key)
        if found is not None and not isinstance(found, Mapping):
            self.wrong(key, f"must be a table, written under [{key}]")
        return Table(found if isinstance(found, Mapping) else {}, key, 0, self._problems)

    def inner(self, key: str) -> list[Table]:
        """A table, or a list of tables, written within this one; problems are told of this one."""
        found = self.raw(key)
        some = found if isinstance(found, list) else [] if found is None else [found]
        if not all(isinstance(item, Mapping) for item in some):
            self.wrong(key, "must be a table in braces, or a list of them")
            return []
        return [Table(item, self._name, self._index, self._problems) for item in some]

    def end(self) -> None:
        """Tell of every key that was never asked for."""
        for key in self._values:
            if key not in self._asked:
                near = difflib.get_close_matches(key, list(self._asked), n=1)
                hint = f"did you mean {near[0]}? " if near else ""
                self.wrong(key, f"is not known; {hint}allowed are {', '.join(self._asked)}")

    def _read(self, key: str, allowed: str, read: Callable[[Any], T | None]) -> T | None:
        value = self.raw(key)
        if value is None:
            return None
        found = read(value)
        if found is None:
            self.wrong(key, f"{str(value)[:80]!r} must be {allowed}")
        return found


def _text(value: Any) -> str | None:
    good = isinstance(value, str) and value.strip() and value.isprintable()
    return value.strip() if good else None


def _texts(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    found = tuple(text for item in value if (text := _text(item)) is not None)
    return found if len(found) == len(value) else None


def _whole(value: Any, least: int, most: int) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most else None


def _fraction(value: Any) -> float | None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return float(value) if good else None


def _duration(value: Any) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    return float(found[1]) * _SECONDS[found[2]] if found is not None else None


def _size(value: Any) -> float | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    found = _SIZE.fullmatch(value.strip()) if isinstance(value, str) else None
    return float(int(found[1]) * _BYTES[found[2]]) if found is not None else None


def _within(value: float | None, least: float, most: float) -> float | None:
    return value if value is not None and least <= value <= most else None


def _word(value: Any, words: type[E]) -> E | None:
    return next((word for word in words if word.value == value), None)


def _some(value: Any, words: type[E]) -> tuple[E, ...] | None:
    items: Sequence[Any] = value if isinstance(value, list) else ()
    found = tuple(word for item in items if (word := _word(item, words)) is not None)
    return found if found and len(found) == len(items) else None


def _told(seconds: float) -> str:
    unit = next(unit for unit in ("d", "h", "m", "s") if seconds >= _SECONDS[unit] or unit == "s")
    return f"{seconds / _SECONDS[unit]:g}{unit}"
