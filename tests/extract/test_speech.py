"""Quoted words and their speakers: inverted, partial, over paragraphs, after a colon, claims of responsibility."""

from __future__ import annotations

from extraction import Case, problems, readings, table

NAME = "speech"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []


def test_every_cue_of_a_quotation_stands_outside_it() -> None:
    direct = 0
    for reading in readings(NAME).values():
        for claim in reading.claims:
            said = claim.attribution
            if said is None or said.cue is None or said.quote != "direct":
                continue
            direct += 1
            assert all(said.cue.end <= part.start or part.end <= said.cue.start for part in claim.evidence)
    assert direct > 4
