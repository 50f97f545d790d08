"""Answers in readable lines: the same as the structured ones, for models and people that read text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.mcp import answers as a


def listed(count: int, thing: str, listing: a.Listing) -> str:
    """The first line of a list, with where it goes on."""
    of = (
        ""
        if listing.total is None or listing.total == count
        else f" of {'more than ' if listing.total_is_least else ''}{listing.total:,}"
    )
    on = "" if listing.next_cursor is None else f"; more with cursor={listing.next_cursor}"
    return f"{count}{of} {thing}{on}" if count else f"no {thing} found; try fewer or wider filters"


def reference(report: a.Report) -> str:
    """A report as a reader cites it, with its id."""
    parts = (report.outlet, report.title, (report.published or "date not known")[:10], report.agency)
    return f"{', '.join(part for part in parts if part)} ({report.id})"


def claim(one: a.Claim, indent: str = "") -> list[str]:
    """A claim in four lines."""
    parties = " → ".join(part for part in (one.actor, one.recipient) if part) or "nobody named"
    details = [part for part in (one.place and f"at {one.place}", one.how_many, one.when) if part]
    verdict = "" if one.verdict is None else f"; {one.verdict.upper()} by an analyst"
    kind = "the report" if one.says_kind is None else one.says_kind
    words = one.quotation
    cut = " (shortened)" if words.shortened else ""
    return [
        f"{indent}- {one.kind}, {one.stance}: {'; '.join([parties, *details])} ({one.id}{verdict})",
        f"{indent}  says: {one.says} [{kind}]; read with confidence {one.confidence:.2f}",
        f"{indent}  words: {words.words} characters {words.start}–{words.end}{cut}",
        f"{indent}  in: {reference(one.report)}",
    ]


def claims(found: Iterable[a.Claim], indent: str = "") -> list[str]:
    """Claims, one after the other."""
    return [line for one in found for line in claim(one, indent)]


def under(heading: str, found: Sequence[a.Claim], total: int | None = None) -> list[str]:
    """Claims under a heading that says how many there are."""
    count = len(found) if total is None else total
    if not count:
        return []
    some = "" if len(found) == count else f", {len(found)} shown"
    return [f"  {heading} ({count}{some}):", *claims(found, "    ")]
