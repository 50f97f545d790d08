"""`benchmarks/copies.py`: its reports come from a seed, and copies are found among them."""

from __future__ import annotations

import pytest

import copies
from copies_rewrites import RULES


def test_a_seed_gives_the_same_reports() -> None:
    assert copies.reports(150, 5, "seen") == copies.reports(150, 5, "seen")
    assert copies.reports(150, 5, "seen") != copies.reports(150, 6, "seen")


def test_the_two_sets_of_rules_share_nothing() -> None:
    assert set(RULES["seen"]) == set(RULES["unseen"])
    assert not any(set(RULES["seen"][phrase]) & set(RULES["unseen"][phrase]) for phrase in RULES["seen"])


def test_reports_of_all_sorts_are_made() -> None:
    made = {report.how for report in copies.reports(900, 5, "seen")}
    assert made >= {"base", "verbatim", "cut", "reordered", "edited", "reworded", "rewritten", "partial", "round-up"}


def test_no_choice_is_left_open() -> None:
    for report in filter(lambda report: not copies.of_example(report), copies.reports(400, 5, "unseen")):
        text = copies.document(report).text
        assert not set("[]{}|") & set(text), text


@pytest.mark.parametrize("rules", ["seen", "unseen"])
def test_copies_are_found_and_nothing_else(rules: str) -> None:
    made = [report for report in copies.reports(620, 5, rules) if not copies.of_example(report)]
    truth = {copies.document(report).id: report.origin for report in made}
    documents = {document.id: document for document in map(copies.document, made)}
    origins = copies.all_origins(documents.values(), ())
    right, said, true = copies.score(truth, [origin.documents for origin in origins])
    assert right / said > 0.97
    assert right / true > 0.95
