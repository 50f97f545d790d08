"""Whether a release says what the ledger says: the same made again from the ledger as it stood, and compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

import msgspec

from dateline.export.blurring import blur_of
from dateline.export.redaction import Redaction
from dateline.export.selection import Selection
from dateline.ledger import Ledger
from dateline.releases.comparing import Change, changes
from dateline.releases.content import DERIVED, KINDS, file_of, records
from dateline.releases.errors import ReleaseError
from dateline.releases.findings import Findings
from dateline.releases.packages import Package
from dateline.releases.sorting import Line, in_order, lines_of
from dateline.wanted import Wanted

_AT_ONCE = 200
QUOTATIONS = "quotations"


@dataclass(frozen=True, slots=True)
class Made:
    """How something was made of a ledger: what has to be asked to make it again.

    `entry` is the number of the last entry of the log that it rests on, `log` the SHA-256 of the log so far, if told.
    """

    entry: int
    log: str | None
    rules: str
    as_of: str | None
    filters: Mapping[str, str]
    redaction: Mapping[str, str]
    at: str


def made_of(about: Mapping[str, Any]) -> Made:
    """How a release was made, by its manifest."""
    log = about["log"]
    told = (about["rules"], about["as_of"], about["filters"], about["redaction"], about["released_at"])
    return Made(log["entry"], log["sha256"], *told)


def redaction_by(told: Mapping[str, str]) -> Redaction:
    """What was taken out, by the words in which an export tells it; ReleaseError for other words."""
    try:
        level = told["blur"].partition(":")[0] if "blur" in told else None
        blur = None if level is None else blur_of(level)
    except ValueError as error:
        raise ReleaseError(f"it was redacted in a way that this dateline does not know: {error}") from error
    found = Redaction(blur, anonymous="no-anonymous" not in told, text="no-text" not in told)
    if found.told() != dict(told):
        raise ReleaseError("it was redacted in a way that this dateline does not know")
    return found


@contextmanager
def as_it_stood(ledger: Ledger, made: Made, findings: Findings) -> Iterator[Ledger]:
    """The ledger as it was when something was made of it; as it is now where its log is another one.

    The moment of everything made from it is that of the thing itself.
    """
    mark = ledger.log_mark(made.as_of, entry=made.entry)
    known = made.as_of is not None or mark.entry == made.entry if made.log is None else mark.sha256 == made.log
    if not known:
        findings.notes.append(
            f"the log of {ledger.name} is not the one it was made from: compared with all that the ledger holds now"
        )
        yield ledger.at_moment(made.at)
        return
    if made.as_of is None and ledger.log_mark().entry == made.entry:
        yield ledger.at_moment(made.at)
        return
    with ledger.as_of(made.as_of, entry=made.entry) as then:
        findings.notes.append(f"compared with the ledger as it stood after entry {made.entry} of its log")
        yield then.at_moment(made.at)


def compare_release(package: Package, about: Mapping[str, Any], ledger: Ledger, findings: Findings) -> None:
    """Compare every record of a release with the ledger, and every quotation with the stored text."""
    made = made_of(about)
    with (
        as_it_stood(ledger, made, findings) as then,
        then.selection(redaction=redaction_by(made.redaction), **cast(Wanted, dict(made.filters))) as selection,
    ):
        if dict(selection.about.filters) != dict(made.filters):
            raise ReleaseError("its filters are withheld: it cannot be made again")
        same_rules = selection.about.state.rsplit(".", 2)[0] == made.rules
        if not same_rules:
            findings.notes.append(
                f"what is derived was not compared: it was derived by the rules {made.rules}, this dateline has others"
            )
        for kind in KINDS:
            if same_rules or kind not in DERIVED:
                _compare(kind, package, about, selection, findings)
        if not selection.redaction.told():
            _quotations(package, then, findings)


def _compare(kind: str, package: Package, about: Mapping[str, Any], selection: Selection, findings: Findings) -> None:
    ours = in_order(records(selection, kind, texts=about["texts"]))
    for change in changes(kind, ours, lines_of(package.path(file_of(kind)))):
        findings.differs(kind, told_of(change, "the release"))
    if not findings.count(kind):
        findings.sound.append(f"{about['counts'][kind]:,} {kind}: the ledger says the same")


def told_of(change: Change, name: str) -> str:
    """A difference between the ledger (before) and a file (after) in words."""
    if change.change == "added":
        return (
            f"{change.id} of {name} is not what the ledger gives: it has no such {change.kind.removesuffix('s')} there"
        )
    if change.change == "gone":
        return f"{change.id} is missing from {name}: the ledger has it"
    told = "; ".join(
        f"{one.field} is {_short(one.after)}, in the ledger {_short(one.before)}" for one in change.differences[:3]
    )
    more = len(change.differences) - 3
    return f"{change.id}: {told or 'it is written otherwise'}" + (f"; and {more} more fields" if more > 0 else "")


def _short(value: Any) -> str:
    told = json.dumps(value, ensure_ascii=False)
    return told if len(told) <= 80 else f"{told[:80]}…"


def _quotations(package: Package, ledger: Ledger, findings: Findings) -> None:
    """That every piece of evidence of the release stands in the text that the ledger stores."""
    count = 0
    rest = quoted(lines_of(package.path(file_of("claims"))))
    while some := list(islice(rest, _AT_ONCE)):
        texts = ledger.texts({one.document for one in some})
        for one in some:
            count += 1
            text = texts.get(one.document)
            if text is None or text[one.start : one.end] != one.exact:
                told = "the ledger has no such report" if text is None else "not so in the stored text"
                findings.differs(QUOTATIONS, f"{one.claim}: “{one.exact}” at {one.start} to {one.end}: {told}")
    if not findings.count(QUOTATIONS):
        findings.sound.append(f"{count:,} quotations stand in the stored texts")


class _Part(msgspec.Struct):
    start: int
    end: int
    exact: str


class _Reference(msgspec.Struct):
    id: str


class _Quoting(msgspec.Struct):
    id: str
    document: _Reference
    evidence: list[_Part]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that a claim quotes of a document, and where they stand, in code points."""

    claim: str
    document: str
    start: int
    end: int
    exact: str


def quoted(claims: Iterable[Line]) -> Iterator[Quotation]:
    """The quotations of claims; ReleaseError for a record that is none."""
    decoder = msgspec.json.Decoder(_Quoting)
    for identifier, told in claims:
        try:
            claim = decoder.decode(told)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise ReleaseError(f"{identifier} is no claim: {error}") from error
        for part in claim.evidence:
            yield Quotation(claim.id, claim.document.id, part.start, part.end, part.exact)
