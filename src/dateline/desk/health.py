"""Ledger health: what is there, whether it is up to date, what could not be read, and what to do about that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dateline import reconcile
from dateline.desk.desk import Desk
from dateline.model import Document, Issue
from dateline.store import Filters
from dateline.store.health_counts import Disk, Holdings, ReadBy, disk, read_by
from dateline.store.health_counts import holdings as counted
from dateline.store.paging import Paging
from dateline.store.state import state_of

PAGE = 50
LITTLE_SPACE = 1_000_000_000
"""Bytes of free space below which the disk is told to be nearly full."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What an issue of a code means, and what can be done about it. `refuses`: the report was not taken."""

    means: str
    do: str
    refuses: bool = False


ADVICE: Mapping[str, Advice] = {
    "no_date": Advice("No date of publication", "Add the report again with its date: relative times stay open."),
    "ambiguous_date": Advice("A date that can be read in two ways", "Add the report again with its date given."),
    "bad_date": Advice("A date of publication that is none", "Add the report again with its date given."),
    "unresolved_time": Advice("A time that no day could be told for", "Look at the claim; correct its time if needed."),
    "unsupported_language": Advice("A language that is not read", "Add a translation, saying so in its title.", True),
    "no_article": Advice("A page without an article", "Copy the text of the article and paste it.", True),
    "empty": Advice("Nothing to read", "Look whether the file was saved whole.", True),
    "binary": Advice("No text but a picture, document or archive", "Save it as text or as a web page first.", True),
    "too_long": Advice("Longer than any single report", "Split it into its reports.", True),
    "too_large": Advice("A file or line too large to be read", "Split the file.", True),
    "not_unicode": Advice("Characters that are no valid text", "Save the file again as UTF-8.", True),
    "unreadable": Advice("A file that could not be opened", "See that it exists and may be read.", True),
    "failed": Advice("Not read, by a fault of dateline", "Please report it, with the text if you can share it.", True),
    "bad_line": Advice("A line that is no report", "Mend the line: one JSON object with text a line.", True),
    "no_span": Advice("A claim whose words are not in the text", "Nothing: the claim was left out."),
    "unknown_format": Advice("A line in no known form of claims", "See docs/importing.md for the forms.", True),
    "bad_report": Advice("A report that could not be taken over", "Mend its fields and import it again.", True),
    "bad_claim": Advice("A claim that could not be taken over", "Mend its fields and import it again."),
    "bad_value": Advice("A value that is not what its field holds", "The claim stands without it; correct it."),
    "no_kind": Advice("A claim of none of the kinds that are kept", "Nothing, unless a kind was misspelt."),
    "no_actor": Advice("An actor that no country or name tells", "Import the claim again with a fuller name."),
    "unknown_place": Advice("A place that the gazetteer does not have", "Correct the place, or add it with --sites."),
}
"""What every code means; one that is not here is told by its messages."""

_UNKNOWN = Advice("Something else", "Read what it says.")


@dataclass(frozen=True, slots=True)
class CodeCount:
    """The issues of a code: how many, what they mean and what to do."""

    code: str
    number: int
    advice: Advice


@dataclass(frozen=True, slots=True)
class Health:
    """How a ledger is. `behind` entries of the log are not worked into events, presences and disputes yet.

    `problem` says why that does not go on, where something hinders. `disk` is None for a ledger in memory.
    """

    holdings: Holdings
    codes: tuple[CodeCount, ...]
    readers: tuple[ReadBy, ...]
    behind: int
    problem: str | None
    reading: int
    disk: Disk | None

    @property
    def is_current(self) -> bool:
        """Whether everything that was added is worked in."""
        return self.behind == 0

    @property
    def issues(self) -> int:
        """How many issues there are."""
        return sum(code.number for code in self.codes)

    @property
    def has_little_space(self) -> bool:
        """Whether the disk is nearly full."""
        return self.disk is not None and self.disk.free is not None and self.disk.free < LITTLE_SPACE


@dataclass(frozen=True, slots=True)
class ListedIssue:
    """An issue with the report it is of, where that is in the ledger (a refused one is not)."""

    issue: Issue
    document: Document | None
    advice: Advice


@dataclass(frozen=True, slots=True)
class ListedIssues:
    """A page of issues; `next` and `previous` are cursors."""

    rows: tuple[ListedIssue, ...]
    total: int
    total_is_least: bool
    next: str | None
    previous: str | None


def holdings(desk: Desk) -> Holdings:
    """What the ledger holds, counted once for as long as it stays as it is."""
    return desk.kept("holdings", lambda: counted(desk.store))


def health(desk: Desk) -> Health:
    """How the ledger is, now."""
    held = holdings(desk)
    readers = desk.kept("read by", lambda: read_by(desk.store))
    state = state_of(desk.store)
    done = state.derived_to if state.rules == reconcile.VERSION else 0
    codes = tuple(CodeCount(code, number, advice(code)) for code, number in held.issues.items())
    return Health(
        held,
        tuple(sorted(codes, key=lambda one: (-one.number, one.code))),
        readers,
        state.entries - done,
        desk.keeper.problem,
        sum(not job.is_over for job in desk.keeper.jobs()),
        disk(desk.store),
    )


def advice(code: str) -> Advice:
    """What an issue of a code means and what to do."""
    return ADVICE.get(code, _UNKNOWN)


def issues(desk: Desk, *, code: str | None = None, text: str | None = None, cursor: str | None = None) -> ListedIssues:
    """A page of what could not be read or decided, of a code, with `text` in its message or path."""
    page = desk.view.issues_page(Filters(code=code, text=text), Paging(limit=PAGE, cursor=cursor))
    headers = desk.view.headers([issue.document for issue in page.rows if issue.document is not None])
    rows = tuple(ListedIssue(issue, headers.get(issue.document or ""), advice(issue.code)) for issue in page.rows)
    return ListedIssues(rows, page.total, page.total_is_least, page.next, page.previous)
