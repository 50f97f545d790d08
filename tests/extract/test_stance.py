"""How firmly a thing is said: denied, planned, alleged, conditional, and what is no claim at all."""

from __future__ import annotations

from dateline.extract.stance import DONE_BY_DECISION, SPEECH_ACTS, STRENGTH
from dateline.model import Kind, Stance
from extraction import Case, problems, readings, table

NAME = "stance"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []


def test_stances_are_ordered_by_how_little_they_commit() -> None:
    assert set(STRENGTH) == set(Stance)
    assert len(set(STRENGTH.values())) == len(Stance)
    assert min(STRENGTH, key=STRENGTH.__getitem__) is Stance.ASSERTED
    assert max(STRENGTH, key=STRENGTH.__getitem__) is Stance.DENIED


def test_a_force_being_somewhere_is_no_act_of_speech() -> None:
    assert Kind.PRESENCE not in SPEECH_ACTS | DONE_BY_DECISION


def test_every_claim_says_why_it_has_its_stance() -> None:
    read = [claim for reading in readings(NAME).values() for claim in reading.claims]
    assert read
    assert all(claim.basis.get("stance") for claim in read)
