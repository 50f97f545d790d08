"""The process that works for a desk: `python -m dateline.desk.working`, commands in, reports out.

It derives in one thread and reads reports in another, so that a long report delays no judgement. It ends when its
standard input ends, that is with the server; whatever it writes is written in whole transactions.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from queue import SimpleQueue
from typing import BinaryIO

import msgspec

from dateline.derivation import bring_up_to_date
from dateline.desk.messages import Began, Counted, Derive, Derived, Finished, Read, Report, Took, commands
from dateline.store import LedgerError, Store, open_store

LEDGER = "DATELINE_WORKS_ON"
"""The variable with the address of the ledger: unlike an argument, others cannot read a password in it."""
GRACE = 5.0
"""Seconds that a report or a derivation may still take when the server is gone."""

_BROKEN = 70
_NICE = 5


class Work:
    """What is to be done, and the two threads that do it."""

    def __init__(self, ledger: str, out: BinaryIO) -> None:
        self._store = open_store(ledger, create=False)
        self._out = out
        self._writing = threading.Lock()
        self._reads: SimpleQueue[Read | None] = SimpleQueue()
        self._derive = threading.Event()
        self._stop = threading.Event()
        self._turn = threading.Lock()

    def run(self, given: BinaryIO) -> None:
        """Do what is asked until there is nothing more to come."""
        for target in (self._derives, self._reading):
            threading.Thread(target=target, daemon=True).start()
        for line in given:
            command = commands.decode(line)
            if isinstance(command, Derive):
                self._derive.set()
            else:
                self._reads.put(command)
        self._stop.set()
        self._reads.put(None)
        give_up = time.monotonic() + GRACE
        while time.monotonic() < give_up and not self._is_idle():
            time.sleep(0.02)

    def _is_idle(self) -> bool:
        return self._reads.empty() and not self._turn.locked()

    def _tell(self, report: Report) -> None:
        with self._writing:
            self._out.write(msgspec.json.encode(report) + b"\n")
            self._out.flush()

    def _derives(self) -> None:
        while True:
            self._derive.wait()
            self._derive.clear()
            with self._turn:
                self._tell(Derived(_derived(self._store)))

    def _reading(self) -> None:
        while (command := self._reads.get()) is not None:
            if not self._stop.is_set():
                self._read(command)

    def _read(self, command: Read) -> None:
        from dateline.desk.intake import reports_in, take_in
        from dateline.ledger import Ledger

        try:
            self._tell(Counted(command.job, sum(map(reports_in, command.files))))
            ledger = Ledger.over(self._store)
            for number, file in enumerate(command.files[command.start :], command.start):
                self._tell(Began(command.job, number))
                for taken in take_in(ledger, file, command.given, self._turn):
                    self._tell(Took(command.job, taken))
                    if self._stop.is_set():
                        return
        except (LedgerError, OSError) as error:
            self._tell(Finished(command.job, str(error)))
        else:
            self._tell(Finished(command.job))


def _derived(store: Store) -> str | None:
    """Why a derivation failed, None where all is up to date."""
    try:
        bring_up_to_date(store)
    except LedgerError as error:
        return str(error)
    return None


def _end(failed: threading.ExceptHookArgs) -> None:
    """End the whole process when a thread of it breaks: the keeper sees that and starts another."""
    traceback.print_exception(failed.exc_type, failed.exc_value, failed.exc_traceback)
    sys.stderr.flush()
    os._exit(_BROKEN)


def main(ledger: str) -> None:
    """Work until standard input ends."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    os.nice(_NICE)
    threading.excepthook = _end
    Work(ledger, out).run(sys.stdin.buffer)
    os._exit(0)


if __name__ == "__main__":
    main(os.environ.pop(LEDGER))
