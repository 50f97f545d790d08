"""A working process as its keeper holds it: started, told, listened to, ended; never left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread

import msgspec

import dateline
from dateline.desk.messages import Command, Report, reports
from dateline.desk.working import GRACE, LEDGER
from dateline.store import Store

_LONGEST = 300


class Worker:
    """A running `dateline.desk.working`. `tell` is called from a thread of its own, with None when it has ended."""

    def __init__(self, store: Store, log: Path, tell: Callable[[Report | None], None]) -> None:
        self._log = log
        self._sending = Lock()
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "dateline.desk.working", store.name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=_environment() | {LEDGER: store.elsewhere},
                start_new_session=True,
            )
        self._listener = Thread(target=self._listen, args=(tell,), name="keeper-listener", daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def send(self, command: Command) -> None:
        """Ask for something; a process that is gone is told by `tell` and not here."""
        with self._sending:
            if self._process.stdin is None or self._process.stdin.closed:
                return
            try:
                self._process.stdin.write(msgspec.json.encode(command) + b"\n")
                self._process.stdin.flush()
            except OSError:
                return

    def end(self) -> None:
        """Ask it to end; what it is at may be finished within the grace."""
        with self._sending:
            if self._process.stdin is not None:
                try:
                    self._process.stdin.close()
                except OSError:
                    return

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def close(self) -> None:
        """End it, and return when it is gone."""
        self.end()
        try:
            self._process.wait(GRACE + 1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join(1)

    def last_words(self) -> str:
        """The last line it wrote to standard error, or how it ended."""
        lines = self._log.read_bytes()[-4000:].decode("utf-8", "replace").split("\n") if self._log.exists() else []
        words = next((line.strip() for line in reversed(lines) if line.strip()), "")
        code = self._process.returncode
        return words[:_LONGEST] or (f"ended by signal {-code}" if code is not None and code < 0 else f"status {code}")

    def _listen(self, tell: Callable[[Report | None], None]) -> None:
        if self._process.stdout is None:
            raise AssertionError("opened with a pipe")
        with self._process.stdout as lines:
            for line in lines:
                tell(reports.decode(line))
        self._process.wait()
        tell(None)


def _environment() -> dict[str, str]:
    """This environment, with this program's package found first."""
    package = str(Path(dateline.__file__).resolve().parent.parent)
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": package if not known else os.pathsep.join((package, known))}
