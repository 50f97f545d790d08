"""A brief as Markdown (CommonMark with GitHub's tables): words of reports cannot become markup, links or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dateline.brief.drawings import Table
from dateline.brief.sheet import Chapter, Entry, Row, Sheet, references_of

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&!$^])")
_STARTS = re.compile(r"^(\d*)([-+=]|[.)](?=\s|$))")
_AUTOLINK = re.compile(r"(?i)(https?|ftp|mailto|www)([:.])")


def markdown(told: Sheet) -> bytes:
    """The text in UTF-8. It has the tables of the drawings, not the drawings: a Markdown file holds no pictures."""
    return ("\n".join(_lines(told)).rstrip() + "\n").encode("utf-8", "replace")


def escaped(words: str) -> str:
    """Words as they read, whatever they hold: every sign of markup behind a backslash, addresses no links.

    >>> escaped("[x](javascript:y) <b>")
    '\\\\[x\\\\](javascript:y) \\\\<b\\\\>'
    """
    plain = _SPECIAL.sub(r"\\\1", " ".join(words.split()))
    return _STARTS.sub(r"\1\\\2", _AUTOLINK.sub(r"\1\\\2", plain))


def _lines(told: Sheet) -> Iterator[str]:
    words = told.language
    yield f"# {escaped(told.title)}"
    yield ""
    yield from (f"- {escaped(name)}{words.label('colon')}{escaped(value)}" for name, value in told.facts)
    yield ""
    if told.nothing:
        yield f"**{escaped(told.nothing)}**"
        yield ""
    else:
        for chapter in told.chapters:
            yield from _chapter(chapter)
        yield from _figures(told)
        yield from _heading(words.label("references"))
        yield escaped(words.label("references_note"))
        yield ""
        yield from (_entry(one, words.label("colon")) for one in told.entries)
        yield ""
        yield from _heading(words.label("annex"))
        yield escaped(words.label("annex_note"))
        yield ""
        columns = tuple(words.label(key) for key in ("claim", "words", "chain", "report", "read"))
        yield from _table(columns, map(_row, told.rows))
    yield from _heading(words.label("how_to_read"))
    for one in told.how:
        yield escaped(one)
        yield ""


def _heading(words: str) -> tuple[str, str]:
    return f"## {escaped(words)}", ""


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield from _heading(chapter.heading)
    for group in chapter.groups:
        title = group.heading if group.lead is None else group.lead.text
        if title:
            yield f"### {escaped(title)}"
            yield ""
        for line in group.lines:
            behind = references_of(line.sentence.origins)
            yield f"- {escaped(line.text)} {escaped(behind)}".rstrip()
        yield ""
    if not chapter.groups:
        yield escaped(chapter.none)
        yield ""
    if chapter.left_out:
        yield escaped(chapter.left_out)
        yield ""


def _figures(told: Sheet) -> Iterator[str]:
    words = told.language
    yield from _heading(words.label("map"))
    if told.map is None:
        yield escaped(words.label("map_none"))
        yield ""
    else:
        for table in told.map.tables:
            yield from _captioned(table)
    if told.charts:
        yield from _heading(words.label("charts"))
        for figure in told.charts:
            for table in figure.tables:
                yield from _captioned(table)


def _captioned(table: Table) -> Iterator[str]:
    yield f"### {escaped(table.caption)}"
    yield ""
    yield from _table(table.columns, table.rows)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(map(escaped, columns))} |"
    yield f"|{'---|' * len(columns)}"
    yield from (f"| {' | '.join(map(escaped, row))} |" for row in rows)
    yield ""


def _entry(one: Entry, colon: str) -> str:
    told = f"{colon}{escaped(one.report)}" if one.report else ""
    link = f" <{one.url}>" if one.url else ""
    return f"{one.number}. **{escaped(one.who)}**{told}{link}, {escaped(one.copies)}."


def _row(one: Row) -> tuple[str, ...]:
    origin = "" if one.origin is None else f" [{one.origin}]"
    return (
        f"{one.says} {one.id}",
        f"{one.before}{one.words}{one.after}",
        one.chain,
        f"{one.report}{origin}",
        one.reading,
    )
