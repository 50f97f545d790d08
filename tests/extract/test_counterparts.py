"""To, at, against or with whom: the other party where the trigger's own slots leave it open, and who answers whom."""

from __future__ import annotations

from dateline.extract.answers import ANSWERS
from dateline.extract.counterparts import BODILY, CHAINED, FRIENDLY, OWNED_BEHIND, TWO_SIDED
from dateline.lexicon.language import language
from dateline.model import Kind
from extraction import Case, problems, readings, table

NAME = "recipients"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []


def test_nobody_is_both_friend_and_target() -> None:
    assert not FRIENDLY & BODILY
    assert FRIENDLY <= TWO_SIDED
    assert all("against" not in CHAINED.get(kind, ()) for kind in FRIENDLY)
    assert all("against" not in OWNED_BEHIND.get(kind, ()) for kind in FRIENDLY)


def test_every_word_list_that_is_answered_exists() -> None:
    assert all(language("en").words[f"grammar.{name}"] for name in ANSWERS)
    assert Kind.REJECTION not in {kind for kinds in ANSWERS.values() for kind in kinds}
