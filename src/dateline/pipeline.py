"""The path of a report: read it, describe it, extract its claims; and from all claims, what they add up to.

Read this first: every surface goes through these functions and, for what is derived, `dateline.derivation`.
Reports flow in chunks, so memory stays flat however many there are; spaCy's strings of a chunk are let go with it.
"""

from __future__ import annotations

import gc
import platform
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import chain, islice
from pathlib import Path
from traceback import walk_tb

from dateline import reconcile
from dateline.lexicon.intact import DamagedDataError
from dateline.model import (
    Capture,
    Claim,
    Document,
    Hints,
    Issue,
    KeptCapture,
    Notice,
    Presence,
    PubStatus,
    Run,
    content_id,
)
from dateline.reconcile.reports import Reports
from dateline.store import Store, View
from dateline.store.moments import in_utc

CHUNK = 32
"""Reports that are parsed together and then let go."""

UNSUPPORTED = "unsupported_language"
"""The issue that refuses a report whose claims cannot be read."""

LONGEST = 400_000
"""Characters; the parser refuses longer texts for the memory they would take."""

_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one report gave. A refused report has its reasons in `issues`, and no claims.

    What an archive holds besides reports has no document either, and is not `refused`, nor is a notice that came
    without a report. A report that could not even be made a document has None there. `path` is where it was read from,
    `notices` are what its feed or wire says of it, `capture` the raw bytes it was read from; without the bytes once
    they are kept.
    """

    document: Document | None
    claims: tuple[Claim, ...] = ()
    issues: tuple[Issue, ...] = ()
    refused: bool = False
    path: str | None = None
    capture: Capture | KeptCapture | None = None
    notices: tuple[Notice, ...] = ()


def ingest_documents(paths: Iterable[str | Path], hints: Hints) -> Iterator[Reading]:
    """Reports of files, folders and `-` as described documents without claims yet, and the refused ones.

    Each comes with the bytes it was read from.
    """
    from dateline.ingest.sources import STDIN, captured, files

    for path in paths:
        for file in [STDIN] if str(path) == STDIN else files(path):
            named = replace(hints, path=str(file))
            yield from readings(captured([file], named), named)


def captured_as(reading: Reading, capture: Capture | None) -> Reading:
    """A described report with the bytes it was read from.

    One that bears a later day than its capture, wherever on earth, has an issue `after_capture`; its date stays.
    """
    document = reading.document
    reading = replace(reading, capture=capture)
    if document is None or document.published is None or capture is None or capture.head.at is None:
        return reading
    try:
        latest = (date.fromisoformat(capture.head.at[:10]) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return reading
    if document.published[:10] <= latest:
        return reading
    message = f"published {document.published}, but captured {capture.head.at}"
    issue = Issue("after_capture", message, document=document.id, path=reading.path)
    return replace(reading, issues=(*reading.issues, issue))


def ingest_text(text: str, hints: Hints) -> Iterator[Reading]:
    """One report given as text, described; refused like a file would be."""
    from dateline.ingest import text as reader

    read = reader.read(text.encode("utf-8", "replace"), hints)
    yield from readings(((item, None) for item in read), hints)


def readings(items: Iterable[tuple[Document | Issue | Notice, Capture | None]], hints: Hints) -> Iterator[Reading]:
    """What a reader gave, described: each report with its capture, and the notices of it, which come before it."""
    waiting: dict[str, tuple[Notice, ...]] = {}
    for item, capture in items:
        if isinstance(item, Notice) and item.document is not None:
            waiting[item.document] = (*waiting.get(item.document, ()), replace(item, path=item.path or hints.path))
            continue
        found = captured_as(describe(item, hints), capture)
        if isinstance(item, Document) and found.document is not None:
            mine = (replace(notice, document=found.document.id) for notice in waiting.pop(item.id, ()))
            found = replace(found, notices=tuple(mine))
        yield found


def held_back(reading: Reading, at: str) -> Notice | None:
    """The notice by which a reading may not be shown at a moment (ISO 8601, UTC): withheld, canceled, embargoed."""
    for notice in reading.notices:
        if notice.status is not PubStatus.USABLE or (notice.embargoed is not None and in_utc(notice.embargoed) > at):
            return notice
    return None


def describe(item: Document | Issue | Notice, hints: Hints) -> Reading:
    """A report under its metadata, or refused: unreadable, too long, not Unicode, of a foreign language.

    A notice without a report is kept as it is; for those of reports see `readings`.
    """
    if isinstance(item, Notice):
        return Reading(None, path=hints.path, notices=(replace(item, path=item.path or hints.path),))
    if isinstance(item, Issue):
        from dateline.ingest.report import SKIPPED

        refusal = _refusal(None, (item,), hints.path)
        return replace(refusal, refused=item.code != SKIPPED)
    objection = _objection(item)
    if objection is not None:
        return _refusal(item, (objection,), hints.path)
    document, issues = _described(item, hints)
    if any(issue.code == UNSUPPORTED for issue in issues):
        return _refusal(document, issues, hints.path)
    lacking = _lacking(document)
    if lacking is not None:
        return _refusal(document, (*issues, lacking), hints.path)
    return Reading(document, issues=issues, path=hints.path)


def _lacking(document: Document) -> Issue | None:
    """What to install before a report of its language can be read, if its parser is not there."""
    from dateline.parse import read_as
    from dateline.parse.nlp import ENGLISH, installed_model, missing

    code = read_as(document)
    if code == ENGLISH or installed_model(code) is not None:
        return None
    return Issue(UNSUPPORTED, missing(code), document=document.id)


def _described(document: Document, hints: Hints) -> tuple[Document, tuple[Issue, ...]]:
    from dateline.parse.header import described

    return described(document, hints)


def _refusal(document: Document | None, issues: Sequence[Issue], path: str | None) -> Reading:
    """A refused report, its path in every reason."""
    named = tuple(replace(issue, path=issue.path or path) for issue in issues)
    return Reading(document, issues=named, refused=True, path=path)


def _objection(document: Document) -> Issue | None:
    """Why a document cannot be parsed or stored at all."""
    if len(document.text) > LONGEST:
        message = f"{len(document.text)} characters, at most {LONGEST} are read"
        return Issue("too_long", message, document=document.id)
    try:
        "\n".join(filter(None, (document.text, document.title, document.outlet, document.byline))).encode()
    except UnicodeEncodeError as error:
        message = f"no valid Unicode: a lone surrogate {error.object[error.start]!a}"
        return Issue("not_unicode", message, document=document.id)
    return None


def extract_claims(reports: Iterable[Reading]) -> Iterator[Reading]:
    """Described reports with their claims, in order; refused ones pass through."""
    flow = iter(reports)
    while chunk := list(islice(flow, CHUNK)):
        read = iter(_read([reading.document for reading in chunk if _wanted(reading) and reading.document]))
        if len(chunk) == CHUNK:
            _settle()
        for reading in chunk:
            if not _wanted(reading):
                yield reading
                continue
            found = next(read)
            if found.refused:
                yield _refusal(reading.document, found.issues, reading.path)
            else:
                issues = (*reading.issues, *found.issues)
                yield replace(found, issues=issues, path=reading.path, notices=reading.notices, capture=reading.capture)


@cache
def _settle() -> None:
    """Take models and lexicons, loaded by now and for good, out of the garbage collector's rounds, once a process.

    A process that reads many reports otherwise goes through them all again and again, for an eighth of its time.
    """
    gc.collect()
    gc.freeze()


def _wanted(reading: Reading) -> bool:
    return not reading.refused and reading.document is not None


def _read(documents: Sequence[Document]) -> list[Reading]:
    """Readings of a chunk; one that breaks the parser is read one by one, to refuse only the culprit."""
    from dateline.parse import read_as
    from dateline.parse.nlp import pipeline

    if not documents:
        return []
    with ExitStack() as zones:
        for code in dict.fromkeys(map(read_as, documents)):
            zones.enter_context(pipeline(code).memory_zone())
        try:
            return _parsed(documents)
        except DamagedDataError:
            raise
        except _BROKEN:
            return list(chain.from_iterable(map(_read_one, documents)))


def _read_one(document: Document) -> list[Reading]:
    try:
        return _parsed([document])
    except DamagedDataError:
        raise
    except _BROKEN as error:
        issue = Issue("failed", _fault(error), document=document.id)
        return [Reading(document, issues=(issue,), refused=True)]


def _fault(error: Exception) -> str:
    """What to tell of a report that broke the reader: that it was not read, whose fault it is, and where it lies."""
    ours = [(f.f_globals["__name__"], line) for f, line in walk_tb(error.__traceback__)]
    at = [f"{name}, line {line}" for name, line in ours if name.partition(".")[0] == __package__]
    fault = f"{type(error).__name__} in {at[-1]}: {error}"
    return f"not read, by a fault of dateline and not of the report; please tell its makers ({fault})"


def _parsed(documents: Sequence[Document]) -> list[Reading]:
    from dateline import extract
    from dateline.parse import parsed_documents

    found = []
    for parsed in parsed_documents(documents):
        claims = list(extract.claims(parsed))
        shown = [claim for claim in claims if _quotes(claim, parsed.document)]
        hidden = [_unquoted(claim) for claim in claims if not _quotes(claim, parsed.document)]
        found.append(Reading(parsed.document, tuple(shown), (*extract.issues(parsed), *hidden)))
    return found


def _quotes(claim: Claim, document: Document) -> bool:
    """Whether every piece of evidence stands in the text as the claim quotes it."""
    text = document.text
    return bool(claim.evidence) and all(part.exact == text[part.start : part.end] for part in claim.evidence)


def _unquoted(claim: Claim) -> Issue:
    return Issue("no_span", f"a {claim.kind} claim whose words are not in the text", document=claim.document)


def current_run(language: str | None = None) -> Run:
    """The run that this program makes now of a report in `language`: the same id wherever the same versions read it.

    The run of a report names the model of its own language and no other, so that what one language is read with
    leaves the runs of the others as they are. The learned model of kinds reads English alone.
    """
    from importlib.metadata import version

    from dateline import kinds
    from dateline.extract import VERSION
    from dateline.lexicon.sites import own_digest
    from dateline.parse.nlp import ENGLISH, model_version

    code = language or ENGLISH
    settings = {"longest": str(LONGEST)}
    if kinds.reads(code):
        settings["kinds"] = kinds.version()
    own = own_digest()
    if own is not None:
        settings["sites"] = own
    parts = {
        "extractor": VERSION,
        "model": model_version(code),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "spacy": version("spacy"),
    }
    return Run(id=content_id("run", parts, settings), **parts, settings=settings)


def presence_until(store: Store, day: str) -> tuple[Presence, ...]:
    """Who had forces where as the reports published up to `day` told it."""
    with View(store).snapshot() as view:
        claims = list(view.newest_claims(reconcile.PRESENCE_KINDS, published_until=day))
        ids = sorted({claim.document for claim in claims})
        reports = Reports(view.headers(ids), view.origins_of(ids))
        return reconcile.presence(claims, reports)
