"""Shards into a ledger, in the order of the tasks: it becomes what `dateline add` would have made of the inputs.

What the ledger has already is left as it is, so that a commit that was killed is finished by committing again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from dateline.bulk.errors import DamagedShardError
from dateline.bulk.manifest import State
from dateline.bulk.prefilters import summed
from dateline.bulk.shards import Row, Shard, read_shard
from dateline.ingest.archived import left_out
from dateline.ingest.report import SKIPPED
from dateline.ingest.warc import Told
from dateline.model import Hints, Issue, KeptCapture
from dateline.results import Summary
from dateline.store import LedgerError, Store
from dateline.store.captures import Captures
from dateline.store.moments import in_utc, now
from dateline.store.notices import add_notices
from dateline.store.writer import Read, add_report, note_issues

REPORTS: Final = 64
"""Reports of a transaction, at most."""


class Committer:
    """Puts the shards of a folder into a ledger; the only one who writes to it for the job."""

    def __init__(self, folder: Path, store: Store, *, clock: Callable[[], str] = now) -> None:
        self._folder = folder
        self._store = store
        self._captures = Captures(store)
        self._clock = clock
        self._skipped: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._holders: set[str] = set()
        self._next = 0
        self.summary = Summary()

    def commit(self, state: State, tell: Callable[[int, Summary], None]) -> dict[int, str]:
        """Commit what is done, task by task from the first, up to one that is not; what is damaged, by task.

        `tell` is called after each task. At the first damaged shard the commit stops; the others are still checked.
        """
        damaged: dict[int, str] = {}
        while self._next in state.done:
            try:
                shard = read_shard(self._folder, self._next, state.done[self._next].done.shard)
            except DamagedShardError as error:
                damaged[self._next] = str(error)
                break
            self._take(shard)
            self._next += 1
            tell(self._next, self.summary)
        if damaged:
            damaged |= self._others(state)
        return damaged

    def _others(self, state: State) -> dict[int, str]:
        found = {}
        for number in sorted(number for number in state.done if number > self._next):
            try:
                read_shard(self._folder, number, state.done[number].done.shard)
            except DamagedShardError as error:
                found[number] = str(error)
        return found

    def _take(self, shard: Shard) -> None:
        """Keep the reports of a shard, `REPORTS` a transaction."""
        for path, counts in shard.head.skipped.items():
            self._skipped[path].update(counts)
        rows = (row for row in shard.rows if row.left_out is None or row.document is not None or row.notices)
        while some := list(islice(rows, REPORTS)):
            self._keep(shard, some)
        told = summed(shard.rows, shard.head.task)
        if told:
            with self._store.writing() as connection:
                note_issues(connection, told, in_utc(self._clock()))
            self.summary.note(told)

    def _keep(self, shard: Shard, rows: Sequence[Row]) -> None:
        at = in_utc(self._clock())
        kept = [(row, self._kept_capture(shard, row, at)) for row in rows]
        summary = Summary()
        with self._store.writing() as connection:
            for row, capture in kept:
                if row.notices:
                    summary.notices += add_notices(connection, row.notices, at)
                if row.ends is not None:
                    for refused, issues in self._ended(row):
                        note_issues(connection, issues, at)
                        (summary.refuse if refused else summary.note)(issues)
                elif row.document is None:
                    if row.left_out is None and (row.refused or row.issues):
                        note_issues(connection, row.issues, at)
                        (summary.refuse if row.refused else summary.note)(row.issues)
                else:
                    read = Read(row.document, row.claims, row.issues, capture)
                    run = shard.head.run_of(row.document.language)
                    summary.keep(add_report(connection, read, run, at), len(row.claims), len(row.issues))
        _add(self.summary, summary)

    def _ended(self, row: Row) -> Iterator[tuple[bool, Sequence[Issue]]]:
        """What is told at the end of a web archive: by its reader, and by those who read its pages."""
        if row.ends is None:
            return
        skipped = Counter(row.ends.skipped) + self._skipped[row.path or ""]
        told = Told(skipped, Counter(row.ends.problems), dict(row.ends.examples))
        for issue in left_out(told, Hints(path=row.path)):
            yield issue.code != SKIPPED, (issue,)

    def _kept_capture(self, shard: Shard, row: Row, at: str) -> KeptCapture | None:
        """The capture of a row, its bytes kept; DamagedShardError where they are not what they should be."""
        place = row.capture
        if place is None or self._captures.folder is None:
            return None
        kept = replace(place.kept, kept_at=at)
        if place.length == 0 and kept.sha256 in self._holders:
            return kept
        try:
            packed = shard.packed(place) if place.length else holder_path(self._folder, kept.sha256).read_bytes()
            self._captures.take(kept, packed)
        except (OSError, ValueError) as error:
            raise LedgerError(f"cannot keep what {row.path} was read from: {error}") from error
        if place.length == 0:
            self._holders.add(kept.sha256)
        return kept


def holder_path(folder: Path, sha256: str) -> Path:
    """Where the bytes of a file that several units were taken from lie, packed."""
    return folder / "captures" / sha256[:2] / f"{sha256[2:]}.gz"


def _add(total: Summary, part: Summary) -> None:
    for name in ("new", "reread", "known", "refused", "claims", "issues", "notices"):
        setattr(total, name, getattr(total, name) + getattr(part, name))
    total.reasons.update(part.reasons)
