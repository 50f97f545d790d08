"""Answers that are costly and the same for everybody: made once for a state of the ledger, by one thread."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Any, TypeVar, cast

T = TypeVar("T")
MOST = 256
"""Answers that are kept; the one that was not asked for longest goes first."""
COSTLY = 0.2
"""Seconds that an answer may take to be exact always."""
COSTLY_IN_LARGE = 0.002
"""The same of a large ledger, in which most answers take that long and reports come in all the time."""
TIMES = 50
"""An answer that took longer stands for so many times as long, whatever is added: a fiftieth of the time is spent."""
LONGEST = 30.0
"""Seconds that it stands at most."""
PASSABLE = 120.0
"""Seconds up to which a costly answer is still given while it is made anew beside it; nobody is told an older one."""
_QUICK = 0.05
"""Seconds that a reader waits for another one who makes the answer anew; else he is given the one there is."""


@dataclass(frozen=True, slots=True)
class Now:
    """The ledger as it is when an answer is asked for.

    `state` names all that the answer rests on, `judged` what analysts decided: no answer stands once that is another.
    `large`: the ledger is.
    """

    state: str
    judged: str = ""
    large: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    of: Now
    value: Any
    seconds: float
    made_at: float
    longest: float

    def stands(self, now: Now) -> bool:
        """Whether it is of this state, or costly and still new."""
        if self.of.state == now.state:
            return True
        return self._is_costly(now) and self._age() < min(self.longest, self.seconds * TIMES)

    def passes(self, now: Now) -> bool:
        """Whether it may be given while it is made anew: it is costly and not old."""
        return self._is_costly(now) and self._age() < PASSABLE

    def was_begun_after(self, moment: float) -> bool:
        """Whether it was made for who asked at a moment, and is still new."""
        return self.made_at - self.seconds >= moment and self._age() < self.longest

    def _is_costly(self, now: Now) -> bool:
        return self.of.judged == now.judged and self.seconds > (COSTLY_IN_LARGE if now.large else COSTLY)

    def _age(self) -> float:
        return time.monotonic() - self.made_at


class Answers:
    """Answers by key, each with the state of the ledger it is of.

    `most` are kept, `MOST` where it is 0; costly ones stand `longest` seconds at most.
    """

    def __init__(self, *, most: int = 0, longest: float = LONGEST) -> None:
        self._most = most
        self._longest = longest
        self._kept: OrderedDict[Hashable, _Answer] = OrderedDict()
        self._makers: dict[Hashable, Lock] = {}
        self._due: OrderedDict[Hashable, tuple[Now, Callable[[], object], Lock]] = OrderedDict()
        self._at_work = False
        self._lock = Lock()

    def get(self, key: Hashable, now: Now, make: Callable[[], T]) -> T:
        """What `make` gives for a state: made once, and not again before the state is another.

        A costly answer stands for up to 30 s after reports were added, and is then made anew beside the readers, who
        are given what there was. While one thread makes an answer the others take the last one.
        """
        with self._lock:
            answer = self._kept.get(key)
            if answer is not None and answer.stands(now):
                self._kept.move_to_end(key)
                return cast(T, answer.value)
            maker = self._makers.setdefault(key, Lock())
        if answer is not None and answer.passes(now):
            if not maker.locked():
                self._later(key, now, make, maker)
            return cast(T, answer.value)
        if answer is not None and answer.of.judged == now.judged and answer.seconds > _QUICK and maker.locked():
            return cast(T, answer.value)
        return self._made(key, now, make, maker)

    def soon(self, key: Hashable, now: Now, make: Callable[[], T], *, since: float | None = None) -> T | None:
        """What `make` gives for a state where it is there, None while it is made by the thread beside the readers.

        Who waits since a moment (`time.monotonic`) is given what was begun after it, whatever was decided meanwhile:
        else one would wait for as long as others judge.
        """
        with self._lock:
            answer = self._kept.get(key)
            if answer is not None and (answer.stands(now) or (since is not None and answer.was_begun_after(since))):
                self._kept.move_to_end(key)
                return cast(T, answer.value)
            maker = self._makers.setdefault(key, Lock())
        if not maker.locked():
            self._later(key, now, make, maker)
        return None

    def last(self, key: Hashable) -> object | None:
        """The answer that is kept, of whatever state; None where there is none."""
        with self._lock:
            answer = self._kept.get(key)
        return None if answer is None else cast(object, answer.value)

    def _later(self, key: Hashable, now: Now, make: Callable[[], object], maker: Lock) -> None:
        """Have an answer made anew beside the readers, after those that already wait for it."""
        with self._lock:
            self._due.setdefault(key, (now, make, maker))
            if self._at_work:
                return
            self._at_work = True
        Thread(target=self._work, name="answers anew", daemon=True).start()

    def _work(self) -> None:
        """Make what is due, one after the other: one thread alone takes readers' turns."""
        try:
            while (due := self._next()) is not None:
                self._made(*due)
        except BaseException:
            self._rest()
            raise

    def _next(self) -> tuple[Hashable, Now, Callable[[], object], Lock] | None:
        with self._lock:
            if not self._due:
                self._at_work = False
                return None
            key, due = self._due.popitem(last=False)
        return (key, *due)

    def _rest(self) -> None:
        with self._lock:
            self._at_work = False

    def _made(self, key: Hashable, now: Now, make: Callable[[], T], maker: Lock) -> T:
        """The answer made by this thread, unless another one has made it since."""
        with maker:
            answer = self._kept.get(key)
            if answer is not None and answer.stands(now):
                return cast(T, answer.value)
            began = time.monotonic()
            value = make()
            ended = time.monotonic()
            self._keep(key, _Answer(now, value, ended - began, ended, self._longest))
        return value

    def _keep(self, key: Hashable, answer: _Answer) -> None:
        with self._lock:
            self._kept[key] = answer
            self._kept.move_to_end(key)
            while len(self._kept) > (self._most or MOST):
                gone, _ = self._kept.popitem(last=False)
                self._makers.pop(gone, None)
