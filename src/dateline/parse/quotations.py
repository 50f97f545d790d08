"""Quotation marks of a text: paired within a paragraph, or running on into the next."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(
    r"[“”«»\"]|(?<!\w)‘(?=(?!em\b|til\b|tis\b)[^\W\d](?:[^’“”\n]|’(?=\w)){12,}?(?<!s)’(?!\w))|’(?!\w)|''|``"
)
_OPENERS = frozenset("“«‘")
_CLOSERS = frozenset("”»")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words: `start`..`end` are between the marks; `open_ended` when the paragraph ends unclosed."""

    start: int
    end: int
    open_ended: bool = False


def quotations(text: str) -> tuple[Quotation, ...]:
    """Every quotation of `text`, paragraph by paragraph, in order; nested marks stay inside the outer one."""
    found: list[Quotation] = []
    for paragraph in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", text):
        found.extend(_in_paragraph(text, paragraph.start(), paragraph.end()))
    return tuple(found)


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    begin: int | None = None
    single = False
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        if begin is None:
            if mark in _OPENERS or (mark in ('"', "''", "``") and _opens(text, match.start(), start)):
                begin, single = match.end(), mark == "‘"
        elif mark == "‘" or (mark == "’" and not single) or (single and mark != "’"):
            continue
        elif mark in _OPENERS and not _closes(text, match.start(), match.end()):
            found.append(Quotation(begin, match.start(), open_ended=True))
            begin, single = match.end(), False
        else:
            found.append(Quotation(begin, match.start()))
            begin = None
    if begin is not None and end - begin > 1 and not single:
        found.append(Quotation(begin, end, open_ended=True))
    return found


def _closes(text: str, at: int, end: int) -> bool:
    """Whether an opening mark stands where a closing one belongs: after a sign, before a space or the end."""
    return text[at - 1] in ".,!?…;" and (end >= len(text) or text[end] in " \n")


def _opens(text: str, at: int, start: int) -> bool:
    """Whether a straight mark opens: nothing, space or an opening bracket before it."""
    return at == start or text[at - 1] in " \t\n([—–-/" or text[at - 1] in ",:;"
