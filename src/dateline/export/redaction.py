"""What is taken out of an export: precise places, who anonymous sources are, words of reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from dateline.export.blurring import Blur
from dateline.store import View

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is taken out. `blur`: places become their country, or a point of a grid of so many degrees.

    `anonymous` False takes out what reports say of anonymous sources; `text` False takes out the words of reports and
    leaves where they stand.
    """

    blur: Blur | float | None = None
    anonymous: bool = True
    text: bool = True

    @property
    def keeps_texts(self) -> bool:
        """Whether texts of reports may be given."""
        return self == NOTHING

    def told(self) -> dict[str, str]:
        """What is taken out, in words, by the option that does it."""
        return {}


NOTHING = Redaction()


class Redactor:
    """Takes out of records what a redaction says."""

    def __init__(self, redaction: Redaction, view: View) -> None:
        self._redaction = redaction

    def of(self, value: T) -> T:
        """A record without what is taken out."""
        return value

    def id_in_ledger(self, key: str) -> str:
        """The id in the ledger of a record that is told under another one."""
        return key


def blur_of(value: str) -> Blur | float:
    """A level of blurring by its name, or the degrees of a grid; ValueError for what is neither."""
    if value in list(Blur):
        return Blur(value)
    raise ValueError(f"{value!r} is no blur")
