"""The deletions list of a release: ids that are no longer to be counted, with the reason and what took their place."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import astuple, dataclass, field, replace
from enum import StrEnum
from pathlib import Path

import msgspec

from dateline.export.listing import Record
from dateline.export.safe import cell
from dateline.model import Affected, Effect, Judgement, Verdict
from dateline.reconcile.verdicts import undone
from dateline.releases.comparing import Change
from dateline.releases.content import DERIVED, members
from dateline.releases.errors import ReleaseError
from dateline.releases.sorting import Line

FILE = "deleted.csv"
COLUMNS = ("id", "what", "deleted_at", "reason", "into", "by")


class Reason(StrEnum):
    """Why an id is on the list.

    `rejected`: an analyst rejected the claim, or all claims of it; such a claim stays in the release for the trail.
    `retracted`: the provider of the report cancels, withholds or holds it back. `superseded`: a newer version or
    reading of the report took its place, or the record is made of other claims now. `merged`: it went into one with
    others. `split`: it went into several. `filtered`: it is in the ledger and no longer fits the filters. `underived`:
    nothing gives it any more. `elsewhere`: this ledger does not know it.
    """

    REJECTED = "rejected"
    RETRACTED = "retracted"
    SUPERSEDED = "superseded"
    MERGED = "merged"
    SPLIT = "split"
    FILTERED = "filtered"
    UNDERIVED = "underived"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Deletion:
    """One line of the list: `into` are ids that took its place, `by` the judgement that decided it."""

    id: str
    what: str
    deleted_at: str
    reason: str
    into: str = ""
    by: str = ""


def rejections(judgements: Iterable[Record]) -> dict[str, Judgement]:
    """The claims that are rejected, each with the judgement that stands; judgements come in the order of making."""
    made = [msgspec.convert(record, Judgement) for record in judgements]
    gone = undone(made)
    last: dict[str, Judgement] = {}
    for judgement in made:
        if judgement.id not in gone and judgement.verdict in (Verdict.ACCEPT, Verdict.REJECT):
            last |= dict.fromkeys(judgement.targets, judgement)
    return {claim: judgement for claim, judgement in last.items() if judgement.verdict is Verdict.REJECT}


def rejected_claims(rejected: dict[str, Judgement]) -> list[Deletion]:
    """The lines of rejected claims."""
    return [
        Deletion(claim, "claims", judgement.at, Reason.REJECTED, by=judgement.id)
        for claim, judgement in rejected.items()
    ]


@dataclass(frozen=True, slots=True)
class Found:
    """What a ledger knows of ids that are in a release no more, by the ids of the release.

    `known` are those that it has, `newest` the claims of newest readings; `aside` tells what set a report, or the
    report of a claim, aside.
    """

    known: Set[str]
    newest: Set[str] = frozenset()
    aside: Mapping[str, Affected] = field(default_factory=dict)


def gone_plain(kind: str, gone: Iterable[str], found: Found, at: str) -> list[Deletion]:
    """The lines of claims and documents that are in a release no more."""
    return [
        Deletion(
            key, kind, at, _plain_reason(kind, key, found), by=found.aside[key].notice if key in found.aside else ""
        )
        for key in gone
    ]


def _plain_reason(kind: str, key: str, found: Found) -> Reason:
    if key not in found.known:
        return Reason.ELSEWHERE
    if key in found.aside:
        return Reason.SUPERSEDED if found.aside[key].effect is Effect.SUPERSEDED else Reason.RETRACTED
    return Reason.SUPERSEDED if kind == "claims" and key not in found.newest else Reason.FILTERED


def gone_derived(
    kind: str, gone: Sequence[Change], now: Iterable[Line], rejected: Iterable[str], at: str
) -> list[Deletion]:
    """The lines of derived records that are there no more; `now` are the records of the kind that there are."""
    parts = {change.id: members(kind, json.loads(change.line)) for change in gone}
    by_member: dict[str, list[str]] = defaultdict(list)
    for identifier, found in parts.items():
        for member in found:
            by_member[member].append(identifier)
    into: dict[str, list[str]] = defaultdict(list)
    took: dict[str, set[str]] = defaultdict(set)
    for identifier, told in now if by_member else ():
        for member in members(kind, json.loads(told)):
            for old in by_member.get(member, ()):
                took[identifier].add(old)
                if identifier not in into[old]:
                    into[old].append(identifier)
    out = frozenset(rejected)
    return [
        Deletion(key, kind, at, _reason(found, into[key], took, out), "; ".join(into[key]))
        for key, found in parts.items()
    ]


def _reason(parts: Sequence[str], into: Sequence[str], took: dict[str, set[str]], rejected: frozenset[str]) -> Reason:
    if len(into) > 1:
        return Reason.SPLIT
    if into:
        return Reason.MERGED if len(took[into[0]]) > 1 else Reason.SUPERSEDED
    return Reason.REJECTED if parts and rejected.issuperset(parts) else Reason.UNDERIVED


def written(lines: Iterable[Deletion]) -> bytes:
    """The list as CSV (RFC 4180), in order of id; of two lines of one id the first counts."""
    kept: dict[str, Deletion] = {}
    for one in lines:
        kept.setdefault(one.id, one)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([cell(value) for value in astuple(kept[key])] for key in sorted(kept))
    return text.getvalue().encode("utf-8", "backslashreplace")


def read(path: Path) -> Iterator[Deletion]:
    """The lines of a list; ReleaseError where it is none."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        if tuple(next(rows, ())) != COLUMNS:
            raise ReleaseError(f"{path} has other columns than a deletions list")
        for row in rows:
            if len(row) != len(COLUMNS):
                raise ReleaseError(f"{path} has a line of {len(row)} columns")
            yield Deletion(*row)


def still_gone(before: Iterable[Deletion], back: set[str], gone: Iterable[Deletion]) -> list[Deletion]:
    """The list of a release: what is gone now, then what was gone before and did not come back."""
    fresh = list(gone)
    known = {one.id for one in fresh}
    kept = [replace(one) for one in before if one.id not in known and one.id not in back]
    return [*fresh, *(one for one in kept if one.reason != Reason.REJECTED or one.what in DERIVED)]
