"""What is no claim of the ledger: private crime, accidents, sport, weather, figures of speech, page furniture."""

from __future__ import annotations

from extraction import Case, problems, readings, table

NAME = "relevance"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []


def test_nothing_is_refused() -> None:
    assert not [about for about, reading in readings(NAME).items() if reading.refused]


def test_furniture_is_marked_with_a_reason() -> None:
    document = readings(NAME)["menus and trending lists"].document
    assert document is not None
    marked = {document.text[item.start : item.end].strip(): item.reason for item in document.furniture}
    assert any("Israel bombs Gaza" in words for words in marked), marked
    assert all(marked.values())
