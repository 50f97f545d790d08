"""Briefs put together by a process of their own: `python -m dateline.web.composing`, a question in, a page out.

Over a large ledger one takes seconds of a processor, which in the server every reader would wait for.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

import dateline
from dateline.brief import Asked, brief_of
from dateline.brief.language import language
from dateline.brief.page import html
from dateline.brief.sheet import sheet
from dateline.store import LedgerError, Store, open_store

LEDGER = "DATELINE_COMPOSES_FROM"
"""The variable with the address of the ledger: unlike an argument, others cannot read a password in it."""
LONGEST = 300
"""Seconds after which a brief is given up."""
_FAILED = 3
_NICE = 10


class Question(msgspec.Struct, frozen=True):
    """What a brief is about, in codes as `Asked` has them, its language, and the address of its style sheet."""

    host: str | None
    force: str | None
    since: str | None
    until: str | None
    lang: str
    stylesheet: str

    @property
    def asked(self) -> Asked:
        """What it is about."""
        return Asked(self.host, self.force, self.since, self.until)


@dataclass(frozen=True, slots=True)
class Composed:
    """The page; or, where it could not be made, why."""

    page: bytes
    problem: str | None = None


def composed(store: Store, question: Question) -> bytes:
    """The page of a brief, made here and now."""
    found = brief_of(store, question.asked, made=datetime.now(UTC).date())
    return html(sheet(found, language(question.lang)), stylesheet=question.stylesheet)


def composed_elsewhere(store: Store, question: Question) -> Composed:
    """The same by a process of its own, however that ends."""
    package = str(Path(dateline.__file__).resolve().parent.parent)
    path = os.pathsep.join(part for part in (package, os.environ.get("PYTHONPATH")) if part)
    try:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "dateline.web.composing"],
            input=msgspec.json.encode(question),
            capture_output=True,
            timeout=LONGEST,
            env={**os.environ, "PYTHONPATH": path, LEDGER: store.elsewhere},
        )
    except subprocess.TimeoutExpired:
        return Composed(b"", f"it took longer than {LONGEST} seconds: narrow it, or use `dateline brief`")
    if done.returncode == 0:
        return Composed(done.stdout)
    told = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    return Composed(b"", told if done.returncode == _FAILED else "the process that put it together broke")


def main() -> int:
    """Answer the question on standard input; 3 where the ledger cannot be read, which is told in a line."""
    ledger = os.environ.pop(LEDGER)
    if hasattr(os, "nice"):
        os.nice(_NICE)
    question = msgspec.json.decode(sys.stdin.buffer.read(), type=Question)
    try:
        store = open_store(ledger, create=False)
        try:
            page = composed(store, question)
        finally:
            store.close()
    except LedgerError as error:
        print(error, file=sys.stderr)
        return _FAILED
    sys.stdout.buffer.write(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
