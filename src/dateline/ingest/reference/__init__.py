"""Reference data: rows of ACLED, UCDP GED, POLECAT, GDELT, ICEWS and troopdata as claims attributed to the data set.

A row is no report: nobody wrote it independently of the reports that the data set was coded from. Its document says so
(`Document.is_row`), it is an origin of nothing, and its words are the row as it is written. See `docs/reference.md`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePath
from types import MappingProxyType
from typing import BinaryIO, Final

from dateline.ingest.claims.fields import Unfit
from dateline.ingest.claims.imported import Imported
from dateline.ingest.reference import acled, gdelt, icews, polecat, troopdata, ucdp
from dateline.ingest.reference.coded import Coded, imported
from dateline.ingest.reference.table import ROW_LIMIT, Layout, Row, layout, rows, split
from dateline.model import Issue

__all__ = ["DATA_SETS", "DataSet", "data_set_of", "reports"]

_MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set: its name, the columns that tell it, and what makes a claim of a row.

    `coded` gives None for a row without a claim; `why` is the reason it then has, `key` the columns that it names.
    """

    name: str
    needed: tuple[str, ...]
    coded: Callable[[Row], Coded | None]
    why: str
    key: tuple[str, ...]


DATA_SETS: Final[Mapping[str, DataSet]] = MappingProxyType(
    {
        "acled": DataSet(acled.NAME, acled.NEEDED, acled.coded, "of no kind of ours", ("sub_event_type", "event_type")),
        "ucdp": DataSet(ucdp.NAME, ucdp.NEEDED, ucdp.coded, "of no kind of ours", ("type_of_violence",)),
        "polecat": DataSet(polecat.NAME, polecat.NEEDED, polecat.coded, "of no kind of ours", ("Event Type",)),
        "gdelt": DataSet(gdelt.NAME, (), gdelt.coded, "of no kind of ours", ("EventCode",)),
        "icews": DataSet(icews.NAME, icews.NEEDED, icews.coded, "of no kind of ours", ("CAMEO Code",)),
        "troopdata": DataSet(
            troopdata.NAME,
            troopdata.NEEDED,
            troopdata.coded,
            "without a number that says something (0 may be missing), or of no country",
            ("troops_ad", "troops_all", "troops"),
        ),
    }
)
"""The data sets that are read, by the name that `dateline import --as` knows them by."""

_VERSION: Final = re.compile(r"(?i)(?:^|[_\W])(?:ged|v)[_-]?v?(\d\d?)[._]?(\d)(?=\D|$)")
_GED: Final = re.compile(r"(?i)ged\w*?[_-]v(\d+)_(\d+)(?:_(\d+))?")


def data_set_of(head: bytes, wanted: str | None = None) -> tuple[str, Layout, int] | None:
    """Which data set a file is by its first line: its key, how its rows are written, and how many lines are a header.

    None where it is none of them, or not the one that is `wanted`.
    """
    line = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0][: ROW_LIMIT + 1].rstrip(b"\r")
    text = line.decode("utf-8", "replace")
    for key in DATA_SETS if wanted is None else (wanted,):
        found = _headless(key, text) or _headed(key, text)
        if found is not None:
            return key, found[0], found[1]
    return None


def _headed(key: str, text: str) -> tuple[Layout, int] | None:
    for separator in ("\t", ",", ";"):
        names = [cell.text for cell in split(text, separator)]
        if DATA_SETS[key].needed and set(DATA_SETS[key].needed) <= set(names):
            if key == "troopdata" and not set(names) & set(troopdata.STRENGTHS):
                continue
            return _known(separator, names), 1
    return None


def _known(separator: str, names: list[str]) -> Layout:
    """The layout of a header: empty names at its end are none, and rows may lack the `Headline` that it has."""
    while names and not names[-1]:
        names.pop()
    form = layout(separator, names)
    if polecat.HEADLINE not in names:
        return form
    other = replace(layout(separator, [name for name in names if name != polecat.HEADLINE]), probe="Event Date")
    return replace(form, other=other, probe="Event Date")


def _headless(key: str, text: str) -> tuple[Layout, int] | None:
    if key == "gdelt":
        columns = gdelt.is_row(text.split("\t"))
        return None if columns is None else (layout("\t", columns), 0)
    if key == "ucdp":
        cells = [cell.text for cell in split(text, ",")]
        return (layout(",", ucdp.COLUMNS), 0) if ucdp.is_headless(cells) else None
    return None


def reports(stream: BinaryIO, found: tuple[str, Layout, int], path: str | None) -> Iterator[Imported]:
    """The rows of a file, each as a document with its claim, as a stream; what cannot be read is an issue.

    `found` is what `data_set_of` told. Rows of a kind that we do not have are counted and told at the end in one issue
    a reason, with the line of the first: `no_claim`.
    """
    key, form, header = found
    data_set = DATA_SETS[key]
    version = _version(path)
    other = None if form.other is None else replace(form.other, version=version)
    form = replace(form, version=version, other=other)
    left_out: Counter[str] = Counter()
    first: dict[str, int] = {}
    for row in rows(stream, form, path, skip=header):
        if isinstance(row, Issue):
            yield Imported(None, issues=(row,))
            continue
        try:
            coded = data_set.coded(row)
        except Unfit as error:
            yield Imported(None, issues=(Issue("bad_row", f"line {row.line}: {error}", path=path),))
            continue
        if coded is None:
            value = row.get(*data_set.key) or "nothing"
            left_out[value] += 1
            first.setdefault(value, row.line)
        else:
            yield imported(coded, row)
    if left_out:
        yield Imported(None, issues=(_left_out(data_set, left_out, first, path),))


def _left_out(data_set: DataSet, counts: Counter[str], first: Mapping[str, int], path: str | None) -> Issue:
    """One issue for all rows that make no claim."""
    told = [f"{value[:40]} ×{count} (first in line {first[value]})" for value, count in counts.most_common(_MOST_NAMED)]
    more = len(counts) - len(told)
    names = "; ".join(chain(told, [f"{more} more"] if more else []))
    many = sum(counts.values())
    message = f"{many} row{'s' * (many != 1)} not taken over, {data_set.why}: {names}"
    return Issue("no_claim", message, path=path)


def _version(path: str | None) -> str | None:
    """The version of a release by the name of its file: "GEDEvent_v25_1.csv", "ged251.csv" are 25.1."""
    name = "" if path is None else PurePath(path).name
    match = _GED.search(name) or _VERSION.search(name)
    return None if match is None else ".".join(part for part in match.groups() if part)
