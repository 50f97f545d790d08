"""What is left out before the parser sees it: each report of it is a row of its shard, counted, told in the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, Final

from dateline.bulk.errors import BulkError
from dateline.bulk.settings import Prefilters
from dateline.bulk.shards import Row
from dateline.ingest.archived import Item
from dateline.model import Document, Hints, Issue

LANGUAGE: Final = "language"
RELEVANT: Final = "relevant"

FOREIGN: Final = "other_language"
"""The reason of a report that the prefilter of languages left out."""

NOT_RELEVANT: Final = "not_relevant"
"""The reason of a report that the classifier found no claim in."""

LEFT_OUT: Final = "left_out"
"""The issue that tells in the ledger how many reports of a file a prefilter left out."""

_WORDS: Final = {
    LANGUAGE: "in languages that are not read",
    RELEVANT: "in which the classifier finds no claim",
}


def other_languages_out(flow: Iterable[Item], hints: Hints) -> Iterator[Item]:
    """Items with an issue `other_language` in the place of each report whose text is in a language that is not read.

    The pipeline refuses these too, after it has described them. A language that the caller gave is believed.
    """
    from dateline.parse.language import language_of, supported

    for item, capture in flow:
        if not isinstance(item, Document) or hints.language is not None:
            yield item, capture
            continue
        language = language_of(item.text, declared=item.language)
        if language in supported():
            yield item, capture
        else:
            yield Issue(FOREIGN, f"language {language}: {_named(item)}", document=item.id, path=hints.path), None


def glanced(data: bytes, hints: Hints, prefilters: Prefilters, name: str) -> tuple[str, Issue] | None:
    """Which prefilter leaves a page out at a glance, and the issue that says so; None where it must be read to tell.

    A glance sees all that the page's report can hold, and errs on the side of keeping: what it keeps is asked
    again when its report is known. `name` is what the page is called in the issue.
    """
    if not (prefilters.relevant or (prefilters.language and hints.language is None)):
        return None
    from dateline.ingest.glance import glance
    from dateline.parse.language import FEW_SURE, code, language_of, plain, supported

    seen = glance(data, hints)
    prose = "" if seen is None else seen.prose
    if seen is None or len(prose) < FEW_SURE:
        return None
    clear = hints.language or plain(prose)
    language = clear or language_of(prose, declared=seen.declared)
    if prefilters.language and hints.language is None and language not in supported():
        return LANGUAGE, Issue(FOREIGN, f"language {language}: {name}", path=hints.path)
    certain = clear is not None or language == code(seen.declared)
    if prefilters.relevant and certain and not _classifier().glance_keeps("\n".join(seen.lines), language):
        return RELEVANT, _without_claim(name, hints.path)
    return None


def relevant(documents: Sequence[Document]) -> list[bool]:
    """For each report whether it is worth reading; BulkError where this dateline has no classifier of relevance."""
    found: list[bool] = _classifier().keeps(documents)
    return found


def _classifier() -> Any:
    try:
        return import_module("dateline.relevance")
    except ImportError as error:
        raise BulkError("--relevant-only: this dateline has no classifier of relevance (dateline.relevance)") from error


def not_relevant(document: Document, path: str | None) -> Issue:
    """Why a report was left out that the classifier found no claim in."""
    return _without_claim(_named(document), path, document.id)


def _without_claim(name: str, path: str | None, document: str | None = None) -> Issue:
    return Issue(NOT_RELEVANT, f"no claim expected: {name}", document=document, path=path)


def summed(rows: Iterable[Row], task: int) -> list[Issue]:
    """An issue for each file and prefilter that left out reports of a task, with their number."""
    counts = Counter((row.path, row.left_out) for row in rows if row.left_out in _WORDS)
    return [
        Issue(LEFT_OUT, f"{count} reports {_WORDS[name or '']} left out (task {task} of the job)", path=path)
        for (path, name), count in counts.items()
    ]


def _named(document: Document) -> str:
    """Which report it is, for a reader of the shard."""
    return (document.url or document.title or document.text[:60]).replace("\n", " ")
