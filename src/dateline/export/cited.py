"""The reports that the claims of a selection are cited from, each once."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.export.listing import Record
from dateline.export.selection import Selection


def reports_cited(selection: Selection) -> Iterator[Record]:
    """Reports (without their text) that some claim of the selection quotes, newest first.

    Some 100 bytes a report are kept in memory.
    """
    cited = {claim["document"]["id"] for claim in selection.claims()}
    return (report for report in selection.documents() if report["id"] in cited)
