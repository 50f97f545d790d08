"""What a report tells of a source: the fullest words, the office, the body it speaks for."""

from __future__ import annotations

import pytest

from dateline.extract.attribution import Attributor
from dateline.extract.attributions import attributions
from dateline.extract.speech import speech
from dateline.model import Source
from sayings import reading


def source(text: str, cue: str = "said") -> Source:
    """The source of the saying by a word."""
    one = reading(text)
    saying = next(c for c in attributions(one) if c.word.text == cue)
    found = Attributor(one, speech(one), one.quoted).said(saying).source
    assert found is not None
    return found


def test_an_unnamed_officer() -> None:
    found = source("A senior army officer in Gao, who asked not to be named, said that rebels held the bridge.")
    assert found.description == "A senior army officer in Gao, who asked not to be named"
    assert (found.office, found.affiliation, found.condition) == (
        "senior army officer",
        "Mali, armed forces",
        "asked not to be named",
    )


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("An official said that the trainers had left.", "said"),
        *(
            (f"An official told {told} that the trainers had left.", "told")
            for told in ("Reuters", "AFP", "the BBC", "Fox News", "the mayor of Paris")
        ),
    ],
)
def test_an_official_of_no_country_has_no_affiliation(text: str, cue: str) -> None:
    assert source(text, cue).affiliation is None
