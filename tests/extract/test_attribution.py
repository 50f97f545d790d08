"""Who says it: named, withheld, nested and relayed sources, and the report in its own voice."""

from __future__ import annotations

from dateline.extract.sources import BODY_KIND
from dateline.model import Sector, SourceKind
from extraction import Case, problems, readings, table

NAME = "attribution"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []


def test_every_body_has_a_kind_of_voice() -> None:
    assert set(BODY_KIND) == set(Sector)
    assert set(BODY_KIND.values()) <= set(SourceKind)


def test_the_cue_and_the_source_are_words_of_the_report() -> None:
    spoken = 0
    for reading in readings(NAME).values():
        assert reading.document is not None
        text = reading.document.text
        for claim in reading.claims:
            said = claim.attribution
            parts = [said.source, said.cue] if said is not None else []
            for part in (part for part in parts if part is not None and part.start is not None):
                assert text[part.start : part.end] == part.text
                spoken += 1
    assert spoken > 20


def test_nobody_relays_himself() -> None:
    voices = [claim.attribution for reading in readings(NAME).values() for claim in reading.claims]
    heard = [said for said in voices if said is not None and said.source is not None]
    assert heard
    assert all(said.source.name not in said.via for said in heard if said.source is not None)
