"""How many: the cases of `cases/quantities_en.jsonl`, sums of tolls and the invariants of spans."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.lexicon.quantities import quantity_words
from dateline.model import Unit
from dateline.parse.nlp import parse_text
from dateline.parse.numerals import numeral
from dateline.parse.quantities import Counted, quantities, toll

CASE_FILES = Path(__file__).parents[1] / "cases"
CASES = [json.loads(line) for line in (CASE_FILES / "quantities_en.jsonl").read_text(encoding="utf-8").splitlines()]


def read(text: str) -> tuple[Counted, ...]:
    return quantities(parse_text(text), text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_case(case: dict) -> None:
    found = [c.quantity for c in read(case["text"])]
    assert [[q.text, q.low, q.high, str(q.unit), str(q.scope)] for q in found] == case["quantities"]


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("seven", 7, 7),
        ("forty-two", 42, 42),
        ("two hundred and fifty thousand", 250_000, 250_000),
        ("several dozen", 36, 108),
        ("a few thousand", 3000, 9000),
        ("tens of thousands", 20_000, 99_999),
        ("thousands", 2000, None),
        ("1.5 million", 1_500_000, 1_500_000),
        ("10k", 10_000, 10_000),
        ("500+", 500, None),
        ("40 or fewer", None, 40),
        ("300-400", 300, 400),
        ("two to three million", 2_000_000, 3_000_000),
    ],
)
def test_numerals(written: str, low: float | None, high: float | None) -> None:
    found = numeral(written, 0)
    assert found is not None
    assert (found.low, found.high, found.end) == (low, high, len(written))


@pytest.mark.parametrize("written", ["82nd", "10:30", "3-1", "7.62mm", "720-6444012", "50m", "troops", "9" * 400])
def test_no_numerals(written: str) -> None:
    assert numeral(written, 0) is None


def test_a_toll_in_parts_is_their_sum() -> None:
    text = "The militants killed four officers and a woman."
    doc = parse_text(text)
    found = quantities(doc, text)
    total = toll(doc, found, found[0])
    assert (total.text, total.low, total.high, total.unit) == ("four officers and a woman", 5, 5, Unit.KILLED)


def test_two_tolls_are_not_summed() -> None:
    text = "The blast killed 13 soldiers and wounded 56 civilians."
    doc = parse_text(text)
    found = quantities(doc, text)
    assert [c.quantity.unit for c in found] == [Unit.KILLED, Unit.WOUNDED]
    assert toll(doc, found, found[0]) == found[0].quantity


def test_the_counted_noun_and_the_number_are_named() -> None:
    text = "Some 300 Chadian soldiers left."
    doc = parse_text(text)
    (found,) = quantities(doc, text)
    assert (doc[found.token].text, found.head is not None and doc[found.head].text) == ("300", "soldiers")


def test_a_bare_number_counts_what_the_one_before_counts() -> None:
    found = read("The mission has 900 soldiers. It wants to lower the figure to 600.")
    assert [(c.quantity.low, str(c.quantity.unit), str(c.quantity.scope)) for c in found] == [
        (900, "personnel", "total"),
        (600, "personnel", "remaining"),
    ]


WORDS = st.sampled_from(
    [
        *sorted(quantity_words().numbers),
        *sorted(quantity_words().vague),
        *sorted(quantity_words().before),
        *(
            "1,000",
            "2.5",
            "$",
            "€",
            "-",
            "to",
            "and",
            "or more",
            "%",
            "percent",
            "thousand",
            "killed",
            "soldiers",
            ".",
            "of",
        ),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=20))
def test_spans_quote_the_text_and_stay_apart(words: list[str]) -> None:
    text = " ".join(words)
    found = [c.quantity for c in read(text)]
    assert all(q.text == text[q.start : q.end] for q in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert all(q.low <= q.high for q in found if q.low is not None and q.high is not None)
