"""A brief to the bytes of a file, by the suffix of its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from dateline.brief.asked import AskedError
from dateline.brief.language import language
from dateline.brief.model import Brief
from dateline.brief.sheet import Sheet, sheet

Writer = Callable[[Brief, Sheet], bytes]


def _html(_: Brief, told: Sheet) -> bytes:
    from dateline.brief.page import html

    return html(told)


def _markdown(_: Brief, told: Sheet) -> bytes:
    from dateline.brief.markdown import markdown

    return markdown(told)


def _pdf(_: Brief, told: Sheet) -> bytes:
    from dateline.brief.page import html
    from dateline.brief.pdf import pdf

    return pdf(html(told))


def _word(brief: Brief, told: Sheet) -> bytes:
    from dateline.brief.word import word

    return word(told, made=brief.made)


def _json(brief: Brief, told: Sheet) -> bytes:
    from dateline.brief.record import write

    return write(brief, told)


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {".html": _html, ".md": _markdown, ".pdf": _pdf, ".docx": _word, ".json": _json}
)
"""What writes a file, by its suffix."""


def suffix_of(name: str) -> str:
    """The suffix of a file that a brief can be written to; AskedError for any other."""
    suffix = Path(name).suffix.lower()
    suffix = {".htm": ".html", ".markdown": ".md"}.get(suffix, suffix)
    if suffix not in WRITERS:
        raise AskedError(f"{name}: a brief is written to a file that ends in {', '.join(WRITERS)}")
    return suffix


def written(brief: Brief, suffix: str, lang: str = "en") -> bytes:
    """The bytes of a file of that suffix in a language; BriefError where it cannot be made here."""
    return WRITERS[suffix](brief, sheet(brief, language(lang)))
