"""Adding reports at the desk: what can be given, how a job stands, and what it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from dateline.desk.desk import Desk
from dateline.desk.jobs import Job, Outcome, Taken
from dateline.desk.statements import Statement, statements
from dateline.ingest import READERS, SUFFIXES
from dateline.model import Document, Hints
from dateline.store import Filters
from dateline.store.paging import Paging

PAGE = 50
"""Reports of a job on one page."""

SHOWN_CLAIMS = 10
"""Claims of a job that its page shows in their sentences; each report's own page has all of its."""

_LONGEST = {"title": 500, "outlet": 200, "url": 2000, "language": 20, "published": 40}
_FORMATS: Mapping[str, tuple[str, str]] = {
    "text": ("Plain text", "one report a file, in any encoding; every file that is nothing else"),
    "html": ("Web page", "one article a file, as a browser saves it"),
    "jsonl": ("JSON", "an object a line or file with text (or html), title, published …; ninjs items; JSON Feed"),
    "feed": ("Feed", "RSS or Atom, a report an entry"),
    "newsml": ("NewsML-G2", "items of a wire, with their corrections and cancels"),
    "warc": ("Web archive", "WARC 1.0 or 1.1: the pages of a crawl, with where and when each was captured"),
    "wacz": ("Web archive collection", "WACZ 1.1: the pages of its list, its hashes checked"),
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.NEW: "added",
    Outcome.REREAD: "read again by a newer reader",
    Outcome.KNOWN: "known already",
    Outcome.REFUSED: "refused",
}


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is read: its name, what files of it are called, and what is expected in one."""

    name: str
    suffixes: tuple[str, ...]
    words: str


class GivenError(ValueError):
    """What was typed of a report cannot be so; `fields` says why, by the name of the field."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = fields


@dataclass(frozen=True, slots=True)
class AddedReport:
    """What became of a report, with its header where it is in the ledger and in words what was done."""

    taken: Taken
    document: Document | None
    words: str


@dataclass(frozen=True, slots=True)
class JobCard:
    """A job as its page shows it: reports `first` to `last` of those told, and the first claims that were found.

    `told` is how many reports can be shown one by one; `is_current`: what follows from them is derived.
    """

    job: Job
    reports: tuple[AddedReport, ...]
    first: int
    told: int
    claims: tuple[Statement, ...]
    is_current: bool

    @property
    def last(self) -> int:
        """The number of the last report shown."""
        return self.first + len(self.reports) - 1


def formats() -> tuple[Format, ...]:
    """What is read: one for each reader there is."""
    found = []
    for key, reader in READERS.items():
        name, words = _FORMATS.get(key, (key, (reader.__doc__ or "").partition("\n")[0]))
        suffixes = tuple(suffix for suffix, named in SUFFIXES.items() if named == key)
        found.append(Format(name, suffixes or (".txt",), words))
    return tuple(found)


def hints(typed: Mapping[str, str]) -> Hints:
    """What somebody typed of a report, empty fields left out; GivenError names every field that cannot be so."""
    values: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for name, longest in _LONGEST.items():
        value = " ".join(typed.get(name, "").replace("\x00", " ").split())
        if not value:
            continue
        if len(value) > longest:
            wrong[name] = f"{len(value):,} characters, at most {longest:,} are kept"
            continue
        reason = _objection(name, value)
        if reason is None:
            values[name] = value.lower() if name == "language" else value
        else:
            wrong[name] = reason
    if wrong:
        raise GivenError(wrong)
    return Hints(**values)


def _objection(name: str, value: str) -> str | None:
    if name == "published":
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return "this is no date: write it as 2024-05-04 or 2024-05-04T18:30+01:00"
    if name == "url" and not _is_web_address(value):
        return "this is no address of a page: it begins with https:// or http://"
    if name == "language" and not (value.isascii() and value.isalpha() and len(value) == 2):
        return "a language is given by its code of two letters, such as en or fr"
    try:
        value.encode()
    except UnicodeEncodeError:
        return "this is no valid Unicode"
    return None


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and value.isprintable()


def job_card(desk: Desk, identifier: str, *, first: int = 1) -> JobCard | None:
    """A job with its reports from the number `first` on; None where this desk knows no such job."""
    job = desk.keeper.job(identifier)
    if job is None:
        return None
    first = max(1, min(first, len(job.reports) or 1))
    shown = job.reports[first - 1 : first - 1 + PAGE]
    headers = desk.view.headers([taken.document for taken in shown if taken.document is not None])
    reports = tuple(AddedReport(taken, headers.get(taken.document or ""), OUTCOMES[taken.outcome]) for taken in shown)
    claims = _claims(desk, job) if job.is_over else ()
    return JobCard(job, reports, first, len(job.reports), claims, desk.is_current())


def _claims(desk: Desk, job: Job) -> tuple[Statement, ...]:
    """The first claims of the reports that were added, in their sentences."""
    ids: list[str] = []
    for taken in job.reports[:PAGE]:
        if taken.document is not None and taken.claims:
            page = desk.view.claims_page(Filters(document=taken.document), Paging(limit=SHOWN_CLAIMS))
            ids += [claim.id for claim in sorted(page.rows, key=lambda claim: claim.evidence[0].start)]
        if len(ids) >= SHOWN_CLAIMS:
            break
    return tuple(statements(desk, ids[:SHOWN_CLAIMS]).values())
