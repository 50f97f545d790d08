"""Freezing a release: the records of one state of a ledger under a name, with what changed since the release before."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.export.folder import Folder, FolderError, whole, write_zip
from dateline.export.redaction import NOTHING, Redaction
from dateline.export.selection import Selection
from dateline.ledger import Ledger
from dateline.model import Judgement
from dateline.releases import gone as deletions
from dateline.releases import manifest as manifests
from dateline.releases.comparing import Change, changes
from dateline.releases.content import DERIVED, KINDS, file_of, records
from dateline.releases.errors import ReleaseError
from dateline.releases.finding import Before, followed, newest_in
from dateline.releases.sorting import in_order, lines_of
from dateline.store.times import LogMark
from dateline.wanted import Wanted

CHANGES = "changes.jsonl"
SUM = ".sha256"
"""What the name of a packed release's sum has more than that of the release."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_MOST_GONE = 500


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be released: the name, the filters, what is taken out, whether whole texts of reports are given.

    `after` is the release before, where it is not the newest of the same filters in the folder; a `first` one has none.
    `packed`: as one ZIP file.
    """

    name: str
    wanted: Wanted = field(default_factory=Wanted)
    redaction: Redaction = NOTHING
    texts: bool = True
    packed: bool = False
    after: Path | None = None
    first: bool = False

    @property
    def has_texts(self) -> bool:
        """Whether the release holds the texts of reports."""
        return self.texts and self.redaction.keeps_texts


@dataclass(frozen=True, slots=True)
class Released:
    """A release that was written: where, its manifest, and how many records were added, changed and gone."""

    path: Path
    manifest: Mapping[str, Any]


def checked_name(name: str) -> str:
    """A name that is one on every system; ReleaseError for another.

    >>> checked_name("niger-2024.09")
    'niger-2024.09'
    """
    stem = name.partition(".")[0].lower()
    if _NAME.fullmatch(name) is None or name.endswith(".") or stem in _DEVICES or name.lower().endswith(".zip"):
        raise ReleaseError(
            f"{name!r} cannot be the name of a release: write letters, digits, dots, dashes and underscores, "
            "at most 100, the first a letter or digit"
        )
    return name


def target_of(order: Order, folder: Path) -> Path:
    """Where a release will lie; ReleaseError where something of the name lies already."""
    name = checked_name(order.name)
    for path in (folder / name, folder / f"{name}.zip"):
        if path.exists() or path.is_symlink():
            raise ReleaseError(f"{path} is there already: a release is never written over, choose another name")
    return folder / (f"{name}.zip" if order.packed else name)


def write_release(ledger: Ledger, order: Order, folder: Path) -> Released:
    """Write a release into a folder of releases, whole or not at all.

    The same ledger, order and release before give the same bytes, the moment in the manifest and its sums aside.
    """
    target = target_of(order, folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (
            ledger.selection(redaction=order.redaction, **order.wanted) as selection,
            followed(_before(order, selection, folder)) as before,
            _place(target) as made,
        ):
            about = _Writer(ledger, selection, order, made).write(before)
    except (FolderError, OSError) as error:
        raise ReleaseError(
            str(error) if isinstance(error, FolderError) else f"cannot write {target}: {error}"
        ) from error
    return Released(target, about)


def _before(order: Order, selection: Selection, folder: Path) -> Path | None:
    """Where the release before lies."""
    if order.first or order.after is not None:
        return order.after
    return newest_in(folder, selection.about.filters, order.redaction, texts=order.has_texts)


@contextmanager
def _place(target: Path) -> Iterator[Folder]:
    """The folder to write into: that of the release, or one that is packed afterwards."""
    if target.suffix != ".zip":
        with whole(target) as made:
            yield made
        return
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", suffix=".part", dir=target.parent) as beside:
        root = Path(beside) / target.stem
        root.mkdir()
        yield Folder(root)
        packed = Path(beside) / target.name
        with packed.open("wb") as stream:
            write_zip(root, stream)
        shutil.rmtree(root)
        with packed.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        packed.rename(target)
        target.with_name(target.name + SUM).write_text(f"{digest}  {target.name}\n", encoding="ascii")


class _Writer:
    """Writes the files of one release into a folder that nobody sees yet."""

    def __init__(self, ledger: Ledger, selection: Selection, order: Order, folder: Folder) -> None:
        self._ledger = ledger
        self._selection = selection
        self._order = order
        self._folder = folder
        self._counts: dict[str, int] = {}
        rules, _, entry = selection.about.state.rsplit(".", 2)
        self._rules = rules
        self._entry = int(entry)
        self._mark = self._told(ledger.log_mark(entry=self._entry))

    def write(self, before: Before | None) -> dict[str, Any]:
        """All files, the manifest last."""
        for kind in KINDS:
            self._records(kind)
        rejected = deletions.rejections(self._judgements())
        found = self._changed(before, rejected)
        about = self._about(before, found)
        about["files"] = self._folder.files()
        sealed = manifests.sealed(about)
        self._folder.seal(manifests.coded(sealed))
        return sealed

    def _told(self, mark: LogMark) -> LogMark:
        """The mark as it may be told: blurred exports do not tell moments to the microsecond."""
        if mark.at is None or self._order.redaction.blur is None:
            return mark
        return LogMark(mark.entry, f"{mark.at[:19]}Z", mark.sha256)

    def _records(self, kind: str) -> None:
        count = 0
        found = records(self._selection, kind, texts=self._order.has_texts)
        with self._folder.appending(file_of(kind)) as out:
            for _, told in in_order(found):
                out.write(told)
                count += 1
        self._counts[kind] = count

    def _judgements(self) -> list[dict[str, Any]]:
        found = [json.loads(told) for _, told in lines_of(self._path("judgements"))]
        return sorted(found, key=lambda one: one["number"])

    def _path(self, kind: str) -> Path:
        return self._folder.root / file_of(kind)

    def _changed(self, before: Before | None, rejected: dict[str, Judgement]) -> Mapping[str, Mapping[str, int]]:
        """The differences from the release before, and the deletions list; how many of each there are."""
        at = self._mark.at or ""
        counts: dict[str, Mapping[str, int]] = {}
        listed = deletions.rejected_claims(rejected)
        back: set[str] = set()
        with self._folder.appending(CHANGES) as out:
            for kind in KINDS if before is not None else ():
                assert before is not None
                told: Counter[str] = Counter(added=0, changed=0, gone=0)
                lost: list[Change] = []
                for change in changes(kind, lines_of(before.path(kind)), lines_of(self._path(kind))):
                    told[change.change] += 1
                    out.write(manifests.line(change.record))
                    back.update([change.id] if change.change == "added" else [])
                    lost += [change] if change.change == "gone" else []
                counts[kind] = dict(told)
                listed += self._lost(kind, lost, rejected, at)
        old = [] if before is None else list(deletions.read(before.root / deletions.FILE))
        self._folder.add(deletions.FILE, deletions.written(deletions.still_gone(old, back, listed)))
        return counts

    def _lost(self, kind: str, lost: list[Change], rejected: dict[str, Judgement], at: str) -> list[deletions.Deletion]:
        """Why records of a kind are gone."""
        ids = [change.id for change in lost]
        if not ids or kind == "judgements":
            return [deletions.Deletion(key, kind, at, deletions.Reason.ELSEWHERE) for key in ids]
        if kind in DERIVED:
            return deletions.gone_derived(kind, lost, lines_of(self._path(kind)), rejected, at)
        return deletions.gone_plain(kind, ids, self._found(kind, lost), at)

    def _found(self, kind: str, lost: list[Change]) -> deletions.Found:
        """What the ledger knows of claims or documents that are gone."""
        ids = [change.id for change in lost]
        there = dict(zip(ids, self._there(ids), strict=True))
        reports = there
        if kind == "claims":
            of_claims = [json.loads(change.line)["document"]["id"] for change in lost]
            reports = dict(zip(ids, self._there(of_claims), strict=True))
        effects = self._ledger.set_aside(set(reports.values()))
        aside = {key: effects[report] for key, report in reports.items() if report in effects}
        if kind == "documents":
            headers = self._ledger.headers(there.values())
            return deletions.Found({key for key in ids if there[key] in headers}, aside=aside)
        known: set[str] = set()
        for start in range(0, len(ids), _MOST_GONE):
            known |= self._selection.claims_of(ids[start : start + _MOST_GONE]).keys()
        newest = self._ledger.newest_among(there.values())
        return deletions.Found(known, {key for key in ids if there[key] in newest}, aside)

    def _there(self, ids: list[str]) -> list[str]:
        """The ids as the ledger has them: a blurred release has others."""
        return [self._selection.id_in_ledger(key) for key in ids]

    def _about(self, before: Before | None, changed: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
        about = self._selection.about
        return {
            "name": self._order.name,
            "number": 1 if before is None else before.number + 1,
            "released_at": about.exported_at,
            "dateline": about.dateline,
            "rules": self._rules,
            "ledger": about.ledger,
            "log": {"entry": self._entry, "at": self._mark.at, "sha256": self._mark.sha256},
            "as_of": about.as_of,
            "filters": dict(about.filters),
            "redaction": dict(about.redaction),
            "texts": self._order.has_texts,
            "runs": [dict(run) for run in about.runs],
            "counts": self._counts,
            "previous": None if before is None else before.reference,
            "changes": {kind: dict(told) for kind, told in changed.items()},
        }
