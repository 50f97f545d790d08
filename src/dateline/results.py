"""What the library hands back: rows that convert to dicts and data frames, and the summary of an addition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from dateline.model import Document, Issue

if TYPE_CHECKING:
    from pandas import DataFrame

    from dateline.export import Listing
    from dateline.model import Claim

T = TypeVar("T")


class Rows(Sequence[T], Generic[T]):
    """An immutable sequence of model values; `total` is how many there are without the limit asked for.

    >>> from dateline.model import Issue, as_record
    >>> rows = Rows("issues", [Issue("no_date", "no date found")], as_record)
    >>> len(rows), rows[0].code, rows.to_dicts()[0]["message"]
    (1, 'no_date', 'no date found')
    """

    def __init__(
        self,
        name: str,
        items: Sequence[T],
        record: Callable[[T], dict[str, Any]],
        *,
        total: int | None = None,
    ) -> None:
        self.name = name
        self.total = len(items) if total is None else total
        self._items = tuple(items)
        self._record = record

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        return self._items[at]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def __repr__(self) -> str:
        return f"<{len(self)} of {self.total} {self.name}>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """The records as the annotation guide and `--format jsonl` write them."""
        return [self._record(item) for item in self._items]

    def to_frame(self) -> DataFrame:
        """A pandas data frame with the columns of `--format csv`; ImportError tells how to get pandas."""
        from dateline.export import SHAPES, flat_rows

        try:
            from pandas import DataFrame
        except ImportError as error:
            raise ImportError("to_frame needs pandas: pip install pandas") from error
        return DataFrame(flat_rows(self.name, list(self.to_dicts())), columns=list(SHAPES[self.name].columns))

    def listing(self) -> Listing:
        """What an exporter writes."""
        from dateline.export import SHAPES, Listing

        return Listing(self.name, self.to_dicts(), SHAPES[self.name], self.total)


@dataclass(frozen=True, slots=True)
class ReadReport:
    """One report as `dateline.read` gives it; `document` is None where nothing could be read."""

    document: Document | None
    claims: Rows[Claim]
    issues: Rows[Issue]
    refused: bool


@dataclass(slots=True)
class Summary:
    """What an addition did: reports by outcome, and what the new ones gave.

    `reread` are known reports read again by a newer extractor; `notices` are new ones that withhold, embargo or cancel;
    `reasons` counts refusals by code.
    """

    new: int = 0
    reread: int = 0
    known: int = 0
    refused: int = 0
    claims: int = 0
    issues: int = 0
    notices: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def reports(self) -> int:
        """All reports that were looked at."""
        return self.new + self.reread + self.known + self.refused

    def keep(self, outcome: str, claims: int, issues: int) -> None:
        """Count a report that was kept, or known; `outcome` as the writer gives it."""
        self.new += outcome == "new"
        self.reread += outcome == "reread"
        self.known += outcome == "known"
        if outcome != "known":
            self.claims += claims
            self.issues += issues

    def note(self, issues: Sequence[Issue]) -> None:
        """Count what was noted of something that is no report."""
        self.issues += len(issues)

    def refuse(self, issues: Sequence[Issue]) -> None:
        """Count a report that was refused, with its reasons."""
        self.refused += 1
        self.issues += len(issues)
        self.reasons.update(issue.code for issue in issues)
