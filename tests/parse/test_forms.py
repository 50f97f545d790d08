"""Words beside a word, at both ends of a text."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from dateline.parse.forms import follows, neighbour


def test_a_neighbour_past_either_end_is_none() -> None:
    first, comma, last = Doc(Vocab(), words=["troops", ",", "left"])
    assert (neighbour(first, -1), neighbour(first, -2), neighbour(last, 1)) == (None, None, None)
    assert (neighbour(first, 1), neighbour(last, -1), neighbour(last, -2)) == (comma, comma, first)


def test_nothing_stands_before_the_first_word() -> None:
    first, comma, last = Doc(Vocab(), words=["troops", ",", "left"])
    assert follows(last, ",", ";")
    assert not follows(last, ";")
    assert not follows(comma, ",")
    assert not follows(first, "left")
