"""People to whom something is done and who are no political body: "two aid workers", "his mother"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.conditions import is_people
from dateline.extract.reading import Reading
from dateline.lexicon.actors import Family
from dateline.lexicon.actors import words as actor_words
from dateline.model import Actor, Sector
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Token


def victim(reading: Reading, head: Token) -> Actor | None:
    """The people that a phrase names by a common noun or a name; None where its head is no word for people."""
    if not is_people(reading, head) and not _ranked(head):
        return None
    text, start, end = phrase(reading, head)
    return Actor(text, start, end, text, reading.cast.home_country(head), Sector.CIV)


def _ranked(head: Token) -> bool:
    """Whether a plural names people by rank or office: "the generals"."""
    return head.tag_ == "NNS" and actor_words().family(pivot(head)) in (Family.RANK, Family.OFFICE)


def phrase(reading: Reading, head: Token) -> tuple[str, int, int]:
    """The words of a noun phrase without what follows its head."""
    start = min((t.idx for t in head.subtree if t.i <= head.i and not t.is_punct and not t.is_space), default=head.idx)
    end = head.idx + len(head)
    return reading.text[start:end], start, end
