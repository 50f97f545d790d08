"""Which titles and authors in the properties of a file say something: programs and accounts fill them too."""

from __future__ import annotations

import re

_PROGRAM = re.compile(
    r"(?i)^(?:microsoft (?:word|powerpoint|excel)\b|untitled|document\d*$|unbenannt|sans titre|slide \d|layout \d"
    r"|presentation\d*$|print$|about:blank|draft\d*$|scan\w*[ _]?\d*$|img[_-]?\d+|\(anonymous\)|unspecified|unknown)"
)
_FILE = re.compile(r"(?i)\.(?:docx?|pdf|indd|qxp|odt|rtf|xlsx?|pptx?|txt|html?|tmp)$|^https?://|^[\w-]+(?:_[\w-]+)+$")
_ACCOUNT = re.compile(r"(?i)\b(?:user|admin|administrator|owner|office|windows|python-docx|scanner|anonymous|pc|hp)\b")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: (?:[^\W\d_][\w.'’-]*|&|and|et|,))+")


def worthy_title(value: str) -> str:
    """A title in a file's properties, or an empty text where it is a file's name, a program's or one word."""
    if _PROGRAM.search(value) is not None or _FILE.search(value) is not None or len(value.split()) < 2:
        return ""
    return value


def person(value: str) -> str:
    """An author in a file's properties, or an empty text where it is an account, a program or one word."""
    if _ACCOUNT.search(value) is not None or _NAME.fullmatch(value.replace(",", " ,")) is None:
        return ""
    return value if len(value.split()) <= 12 and value[0].isupper() else ""
