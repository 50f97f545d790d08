"""Lists of phrases of the lexicon as one pattern each."""

from __future__ import annotations

import re
from collections.abc import Iterable

_GAP = r"\W+(?:[\w'’.,-]+\W+){0,3}?"


def phrases(entries: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the phrases as whole words, whatever their case.

    `*` ends a stem ("complet*"), `...` skips up to three words ("last ... soldiers").

    >>> bool(phrases(["last ... soldier*"]).search("The last French soldiers left."))
    True
    """
    found = "|".join(_phrase(str(entry)) for entry in sorted(map(str, entries), key=lambda e: (-len(e), e)))
    return re.compile(rf"(?i)(?<!\w)(?:{found})(?!\w)" if found else r"(?!)")


def _phrase(entry: str) -> str:
    return _GAP.join(r"\W+".join(map(_word, part.split())) for part in entry.split("..."))


def _word(word: str) -> str:
    return re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word)
