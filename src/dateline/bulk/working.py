"""The work of a worker: a task read, its claims extracted, a shard written. It never opens a ledger.

A report that hangs ends its worker: a watchdog in C counts the seconds of each step, so that it works even where Python
does not come to its turn. Who gave the task out sees that the worker is gone and gives it out again, carefully.
"""

from __future__ import annotations

import faulthandler
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Final, TypeAlias

import msgspec

from dateline.bulk.copies import copy_issue, mark, write_marks
from dateline.bulk.prefilters import RELEVANT, not_relevant, relevant
from dateline.bulk.reading import Described, described
from dateline.bulk.settings import Setup
from dateline.bulk.shards import VERSION, Counts, Ended, Head, Place, Row, shard_bytes, write_shard
from dateline.bulk.units import EndUnit, Holder, Task, Trouble, Where
from dateline.ingest.warc import Told
from dateline.model import Capture, Issue, KeptCapture, Run, content_id
from dateline.pipeline import Reading
from dateline.store.captures import LARGEST, TooLargeError, kept_of, pack, storable_head
from dateline.store.records import storable

SET_ASIDE: Final = "set_aside"
"""The issue of a report that broke its worker again and again."""

BATCH_PATIENCE: Final = 2
"""A step of a batch may take so many times the seconds of one report; then its reports are read one by one."""


class Done(msgspec.Struct, frozen=True):
    """A task that is done: the shard that has it, and what it came to."""

    task: int
    digest: str
    shard: str
    run: str
    counts: Counts
    reached: int = 0


class Marked(msgspec.Struct, frozen=True):
    """A task whose reports are marked, by the SHA-256 of its marks."""

    task: int
    digest: str
    marks: str
    run: str


class Worker:
    """A process that does tasks, the model loaded once."""

    def __init__(self, setup: Setup, log: IO[str] | None = None) -> None:
        """Load what every task needs; `log` is where the watchdog tells what hung."""
        from dateline.lexicon.sites import use_sites

        if setup.sites is not None:
            use_sites(Path(setup.sites))
        self._setup = setup
        self._log = log
        self._run: Run = setup.program.run(None)

    def work(self, task: Task) -> Done | Marked:
        """Do a task and write its shard or its marks; whatever goes wrong is raised, and the task is not done."""
        with Marker(marker_path(self._setup.folder, task.number)) as marker:
            desk = _Desk(self._setup, task, marker, self._log)
            try:
                found = desk.careful() if task.careful else desk.batch()
                if task.marking:
                    return Marked(task.number, task.digest, self._write_marks(task, found), self._run.id)
            finally:
                faulthandler.cancel_dump_traceback_later()
        found.sort(key=lambda pair: pair[0])
        rows, captures = _rows([*found, *desk.aside()], keep=self._setup.captures)
        counts = _counts(rows)
        skipped = {storable(path): dict(told.skipped) for path, told in desk.told.items() if told.skipped}
        rows += desk.ends()
        head = Head(VERSION, self._setup.job, task.number, task.digest, self._run, counts, skipped, self._runs(rows))
        rows.sort(key=lambda row: (row.unit, row.item))
        sha256 = write_shard(self._setup.folder, task.number, shard_bytes(head, rows, captures))
        return Done(task.number, task.digest, sha256, self._run.id, counts, task.reached)

    def _runs(self, rows: Iterable[Row]) -> dict[str, Run]:
        """The runs of the languages of reports that are not read as the run of the job."""
        languages = {row.document.language for row in rows if row.document is not None and not row.refused}
        runs = {code: self._setup.program.run(code) for code in sorted(code for code in languages if code)}
        return {code: run for code, run in runs.items() if run.id != self._run.id}

    def _write_marks(self, task: Task, found: list[Found]) -> str:
        documents = [(where, one.reading.document) for where, one in found if one.left_out is None]
        marks = [mark(where, document) for where, document in documents if document is not None]
        return write_marks(self._setup.folder, task.number, [one for one in marks if one is not None])


Found: TypeAlias = tuple[Where, Described]


class Marker:
    """A small file that says which report a careful worker is at; what is gone with the worker is still there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def __enter__(self) -> Marker:
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle is not None:
            os.close(self._handle)

    def at(self, where: Where, *, reading: bool) -> None:
        """Note what is begun."""
        if self._handle is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        os.pwrite(self._handle, f"{where[0]:>9} {where[1]:>9} {int(reading)}\n".encode(), 0)


def marker_path(folder: Path, task: int) -> Path:
    """Where the marker of a task is."""
    return folder / "work" / f"{task:07}.at"


def marked(folder: Path, task: int) -> Trouble | None:
    """Where the worker of a task was when it was last heard of; None where it had not begun a report."""
    try:
        words = marker_path(folder, task).read_text().split()
        return Trouble((int(words[0]), int(words[1])), words[2] == "1", "")
    except (OSError, ValueError, IndexError):
        return None


class _Desk:
    """One task as it is worked on."""

    def __init__(self, setup: Setup, task: Task, marker: Marker, log: IO[str] | None) -> None:
        self._setup = setup
        self._task = task
        self._marker = marker
        self._log = log
        self._trouble = {trouble.where: trouble for trouble in task.aside}
        self._aside: list[Found] = []
        self.told: dict[str, Told] = {}

    def batch(self) -> list[Found]:
        """All reports at once, as fast as can be."""
        flow: list[Found] = []
        for number in range(len(self._task.units)):
            for found in self._described(number):
                self._watch(BATCH_PATIENCE)
                flow.append(found)
        self._watch(BATCH_PATIENCE)
        flow = self._relevant(self._without_copies(flow))
        done: list[Found] = []
        for (where, one), reading in zip(flow, self._extracted([one for _, one in flow]), strict=True):
            self._watch(BATCH_PATIENCE)
            done.append((where, replace(one, reading=reading)))
        return done

    def careful(self) -> list[Found]:
        """Report by report, each noted before it is begun; the one that was trouble first."""
        numbers = list(range(len(self._task.units)))
        if self._task.first is not None:
            numbers.sort(key=lambda number: number != self._task.first)
        found: list[Found] = []
        for number in numbers:
            for where, one in self._described(number):
                trouble = self._trouble.get(where)
                if trouble is not None:
                    self._set_aside(trouble, one.reading)
                    continue
                self._marker.at(where, reading=False)
                self._watch(1)
                ((_, kept),) = self._relevant(self._without_copies([(where, one)]))
                (reading,) = self._extracted([kept])
                found.append((where, replace(kept, reading=reading)))
        return found

    def _extracted(self, flow: Sequence[Described]) -> Iterator[Reading]:
        """The readings of described reports with their claims, where these are read."""
        read = self._setup.program.extract(one.reading for one in flow if self._is_read(one))
        for one in flow:
            yield next(read) if self._is_read(one) else one.reading

    def _is_read(self, one: Described) -> bool:
        return not self._task.marking and one.left_out is None

    def _without_copies(self, flow: list[Found]) -> list[Found]:
        """The same, with what is told of copies: they stay documents, their claims are not read."""
        copies = {copy.where: copy for copy in self._task.copies}
        for at, (where, one) in enumerate(flow):
            copy, document = copies.get(where), one.reading.document
            if copy is not None and document is not None and one.left_out is None:
                issue = copy_issue(copy, document, one.reading.path)
                reading = replace(one.reading, issues=(*one.reading.issues, issue))
                flow[at] = (where, replace(one, reading=reading, left_out=copy.kind))
        return flow

    def _relevant(self, flow: list[Found]) -> list[Found]:
        """The same, without the documents that the classifier finds no claim in, where it is asked."""
        if not self._setup.prefilters.relevant or self._task.marking:
            return flow
        asked = [(at, one.reading.document) for at, (_, one) in enumerate(flow) if one.left_out is None]
        known = [(at, document) for at, document in asked if document is not None]
        for (at, document), keep in zip(known, relevant([document for _, document in known]), strict=True):
            if not keep:
                where, one = flow[at]
                issue = not_relevant(document, one.reading.path)
                left = Reading(None, issues=(issue,), path=one.reading.path, notices=one.reading.notices)
                flow[at] = (where, Described(left, left_out=RELEVANT))
        return flow

    def _described(self, number: int) -> Iterator[Found]:
        """The described reports of a unit, up to one that cannot even be read."""
        unit = self._task.units[number]
        told = self.told.setdefault(unit.path, Told())
        flow = described(unit, self._setup.hints, told, self._setup.prefilters)
        item = 0
        while True:
            where = (number, item)
            trouble = self._trouble.get(where)
            if trouble is not None and trouble.reading:
                self._set_aside(trouble, Reading(None, path=unit.path))
                return
            if self._task.careful:
                self._marker.at(where, reading=True)
                self._watch(1)
            try:
                one = next(flow)
            except StopIteration:
                return
            yield where, one
            item += 1

    def _set_aside(self, trouble: Trouble, reading: Reading) -> None:
        document = None if reading.document is None else reading.document.id
        issue = Issue(SET_ASIDE, trouble.error, document=document, path=reading.path)
        refused = Reading(None, issues=(issue,), refused=True, path=reading.path)
        self._aside.append((trouble.where, Described(refused)))

    def aside(self) -> list[Found]:
        """The reports that were left out as the task says."""
        return self._aside

    def ends(self) -> list[Row]:
        """The ends of web archives in the task."""
        return [
            Row(number, 0, path=storable(unit.path), ends=_ended(unit.told))
            for number, unit in enumerate(self._task.units)
            if isinstance(unit, EndUnit)
        ]

    def _watch(self, times: int) -> None:
        """Begin to count the seconds of a step."""
        if self._log is not None:
            faulthandler.dump_traceback_later(self._setup.seconds * times, exit=True, file=self._log)


def _ended(told: Told) -> Ended:
    def plain(counts: Counter[str]) -> dict[str, int]:
        return {storable(key): count for key, count in counts.items()}

    examples = {key: storable(text) for key, text in told.examples.items()}
    return Ended(plain(told.skipped), plain(told.problems), examples)


def _rows(found: Sequence[Found], *, keep: bool) -> tuple[list[Row], bytes]:
    """Rows of readings, and the bytes of their captures, each once."""
    packing = _Packing(keep)
    return [packing.row(*one) for one in found], packing.bytes()


class _Packing:
    """Gathers captures as rows are made."""

    def __init__(self, keep: bool) -> None:
        self._keep = keep
        self._parts: list[bytes] = []
        self._length = 0
        self._known: dict[int, tuple[Capture, Place]] = {}

    def bytes(self) -> bytes:
        return b"".join(self._parts)

    def row(self, where: Where, one: Described) -> Row:
        reading, holder = one.reading, one.holder
        document = None if reading.refused else reading.document
        issues = reading.issues
        place = None
        if self._keep and document is not None:
            try:
                place = self._placed(reading, holder)
            except TooLargeError as error:
                issues = (*issues, Issue("not_captured", str(error), document=document.id, path=reading.path))
        return Row(
            *where,
            document=document,
            claims=reading.claims,
            issues=tuple(map(_storable, issues)),
            refused=reading.refused,
            path=None if reading.path is None else storable(reading.path),
            notices=tuple(
                replace(one, path=None if one.path is None else storable(one.path)) for one in reading.notices
            ),
            capture=place,
            left_out=one.left_out,
        )

    def _placed(self, reading: Reading, holder: Holder | None) -> Place | None:
        if holder is not None:
            return Place(_held(holder), 0, 0)
        capture = reading.capture
        if not isinstance(capture, Capture):
            return None
        known = self._known.get(id(capture))
        if known is not None:
            return known[1]
        kept, packed = _plain(kept_of(capture)), pack(capture.content)
        place = Place(kept, self._length, len(packed))
        self._parts.append(packed)
        self._length += len(packed)
        self._known[id(capture)] = (capture, place)
        return place


def _held(holder: Holder) -> KeptCapture:
    if holder.size > LARGEST:
        raise TooLargeError(f"{holder.size} bytes, captures of at most {LARGEST} bytes are kept")
    head = holder.head
    identifier = content_id("capture", holder.sha256, head.url, head.final_url, head.at, head.record)
    return _plain(KeptCapture(identifier, holder.sha256, holder.size, None, head))


def _plain(kept: KeptCapture) -> KeptCapture:
    return replace(kept, head=storable_head(kept.head))


def _storable(issue: Issue) -> Issue:
    path = None if issue.path is None else storable(issue.path)
    return replace(issue, message=storable(issue.message), path=path)


def _counts(rows: Iterable[Row]) -> Counts:
    kept = list(rows)
    aside = sum(any(issue.code == SET_ASIDE for issue in row.issues) for row in kept)
    return Counts(
        reports=sum(bool(row.document is not None or row.issues) for row in kept),
        documents=sum(row.document is not None for row in kept),
        refused=sum(row.refused and row.left_out is None for row in kept) - aside,
        aside=aside,
        claims=sum(len(row.claims) for row in kept),
        left_out=dict(Counter(row.left_out for row in kept if row.left_out is not None)),
    )
