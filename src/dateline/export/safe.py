"""Report text is untrusted: what it must look like before a terminal or a spreadsheet sees it."""

from __future__ import annotations

import unicodedata

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters that make a spreadsheet take a cell for a formula (OWASP, CSV injection)."""

_BEGINNINGS = frozenset((*FORMULA, " ", "'"))

_HARMLESS_FORMATS = frozenset("\u200c\u200d")


def visible(text: str, *, lines: bool = False) -> str:
    """`text` for a terminal: control, ANSI and bidirectional characters as escapes that are seen, not obeyed.

    White space becomes plain spaces; line feeds stay only with `lines`. Joiners, which scripts need, stay.

    >>> visible("\\x1b[31mred\\u202e")
    '\\\\x1b[31mred\\\\u202e'
    """
    if text.isprintable():
        return text
    unlike = {ord(char): seen for char in set(text) if (seen := _seen(char, lines)) != char}
    return text.translate(unlike)


def _seen(char: str, lines: bool) -> str:
    if char == "\n":
        return "\n" if lines else " "
    if char in "\t\r":
        return " "
    category = unicodedata.category(char)
    if category in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in _HARMLESS_FORMATS:
        return char.encode("unicode_escape").decode("ascii")
    return char


def cell(text: str) -> str:
    """`text` for a spreadsheet: an apostrophe before what would be taken for a formula, or before such a cell itself.

    >>> cell("=1+1"), cell("Niger"), cell("'=1+1")
    ("'=1+1", 'Niger', "''=1+1")
    """
    if text[:1] not in _BEGINNINGS:
        return text
    return f"'{text}" if text.lstrip(" '").startswith(FORMULA) else text


def cell_text(cell_: str) -> str:
    """The text of a cell that `cell` made.

    >>> cell_text(cell("=1+1")), cell_text(cell("'=1+1")), cell_text("'s Gravenhage")
    ('=1+1', "'=1+1", "'s Gravenhage")
    """
    return cell_[1:] if cell_.startswith("'") and cell_.lstrip(" '").startswith(FORMULA) else cell_
