"""Where a headline ends and the report begins when no blank line stands between them."""

from __future__ import annotations

import re
from typing import Final

from dateline.lexicon.furniture import furniture_words
from dateline.parse.datelines import dateline_at
from dateline.parse.mastheads import masthead

LEAD: Final = 250
"""Characters of the body whose words a headline is compared with."""
REACH: Final = 4_000

_LONG_WORD = re.compile(r"[^\W\d_][^\W_]{2,}")
_SENTENCE_END = re.compile(r"[a-z]{3}[.][\"'”’)]*\s")


def headline_ends(text: str, above: tuple[int, int], below: tuple[int, int], width: int | None) -> bool:
    """Whether the lines `above` (none of which ends a sentence) are a headline and the line `below` opens something.

    Told by a dateline, credit or date on that line; by room that was left on the line above; by a sentence that
    opens with an ordinary word in a capital; by capitals that stop; or by words that the lead takes up again.
    """
    start, end = below
    head, line = text[slice(*above)], text[start:end]
    if dateline_at(text, start) is not None or _told(line):
        return True
    first, before = line.split(None, 1)[0], head.split()[-1]
    if _SENTENCE_END.search(head) is not None or dateline_at(text, above[0]) is not None:
        return False
    if line.lstrip("\"'“‘(")[:1].islower() or head[-1] in ",;:-–—" or before in furniture_words().bridges:
        return False
    opens = _opens(line, before, text[start : start + REACH])
    if before in furniture_words().openers and not opens:
        return False
    last = head.rsplit("\n", 1)[-1].strip()
    if width is not None and len(last) + 1 + len(first) <= width:
        return True
    titled = _titled(head)
    if titled and _titled(line, few=1):
        return False
    return titled or opens or _taken_up(head, text[start : start + LEAD])


def _told(line: str) -> bool:
    if len(line) > 120:
        return False
    words = furniture_words()
    told = masthead(line)
    return words.lines["credit"].fullmatch(line) is not None or (told is not None and (told.dated or told.sure))


def _opens(line: str, before: str, rest: str) -> bool:
    """Whether a word in a capital opens a sentence: a small word, or one that is written without a capital below."""
    words = [word.strip("\"'“”‘’") for word in line.split(None, 2)[:2]]
    word = words[0].lower()
    if word in furniture_words().openers:
        return True
    named = before[:1].isupper() or words[-1][:1].isupper()
    return not named and word.isalpha() and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", rest) is not None


def _titled(line: str, *, few: int = 4) -> bool:
    """Whether the long words of a line stand in capitals, as in the headlines of many newspapers."""
    long = [word for word in _LONG_WORD.findall(line) if word not in furniture_words().openers]
    return len(long) >= few and all(word[0].isupper() for word in long)


def _taken_up(head: str, lead: str) -> bool:
    """Whether most of the long words above come again below."""
    small = furniture_words().openers
    own, below = ({word[:5].lower() for word in _LONG_WORD.findall(part)} - small for part in (head, lead))
    return len(own) >= 4 and len(own & below) >= 0.6 * len(own)
