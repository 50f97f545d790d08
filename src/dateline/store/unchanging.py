"""What is kept of a ledger as it was decoded, because it never changes: claims, reports, and what a text says.

Claims and reports are only added, under the hash of what they hold. What is derived changes under the same id; of it
the value of the same words is kept. So nothing kept here can be out of date, whatever is added meanwhile.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from dateline.model import Claim, Document
from dateline.store.records import decoded

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")
MOST = 4_000
"""Claims, and headers of reports, and stretches of texts that are kept."""
MOST_CHARACTERS = 8_000_000
"""Characters of the records of what is derived that are kept decoded."""
AT_A_TIME = 200
"""Records that are asked for at once and kept; who asks for more reads a file's worth, and not what all look at."""


class Recent(Generic[K, V]):
    """Values that were asked for of late, up to `most` in weight; the one that was not asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = 0
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """The value under a key, None where none is kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def keep(self, key: K, value: V, weight: int = 1) -> None:
        """Keep a value; one too heavy to be kept beside others is not."""
        if weight > self._most // 4:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self._kept[key] = (value, weight)
            self._held += weight - (0 if before is None else before[1])
            while self._held > self._most:
                self._held -= self._kept.popitem(last=False)[1][1]

    def of(self, keys: Sequence[K], read: Callable[[Sequence[K]], dict[K, V]]) -> dict[K, V]:
        """The values under some keys, those that are not kept as `read` gives them; without those it does not give."""
        if len(keys) > AT_A_TIME:
            return read(keys)
        found = {key: value for key in keys if (value := self.get(key)) is not None}
        missing = [key for key in keys if key not in found]
        if missing:
            new = read(missing)
            for key, value in new.items():
                self.keep(key, value)
            found |= new
        return found


class Unchanging:
    """What is kept of one ledger; `claims_at` and `headers_at` by the number of their row, the others by id."""

    def __init__(self) -> None:
        self.claims: Recent[str, Claim] = Recent(MOST)
        self.claims_at: Recent[int, Claim] = Recent(MOST)
        self.headers: Recent[str, Document] = Recent(MOST)
        self.headers_at: Recent[int, Document] = Recent(MOST)
        self.cuts: Recent[tuple[str, int, int], str] = Recent(MOST)
        self._derived: Recent[tuple[type, str], object] = Recent(MOST_CHARACTERS)

    def derived(self, cls: type[T], record: str) -> T:
        """The value of a record of what is derived."""
        found = self._derived.get((cls, record))
        if not isinstance(found, cls):
            found = decoded(cls, record)
            self._derived.keep((cls, record), found, len(record))
        return found


_OF: WeakKeyDictionary[Engine, Unchanging] = WeakKeyDictionary()


def unchanging(engine: Engine) -> Unchanging:
    """What is kept of the ledger of an engine."""
    return _OF.setdefault(engine, Unchanging())
