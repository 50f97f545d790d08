"""The relevance filter keeps what can hold a claim, leaves out plain ordinary news, and refuses damaged weights."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Furniture
from dateline.relevance import filter as module
from dateline.relevance import filters, glance_keeps, keeps, version
from dateline.relevance.features import features, sentences
from fakes import document

ROOT = Path(__file__).resolve().parents[2]
RECALL = 0.99


def marked(name: str) -> list[str]:
    rows = map(json.loads, (ROOT / "tests/cases/kinds.en.jsonl").read_text(encoding="utf-8").splitlines())
    return [row["text"] for row in rows if row["claims"] and row["set"] == name]


def test_every_example_is_kept() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").rglob("*.txt"))]
    assert texts and all(keeps([document(text=text, language="en") for text in texts]))


@pytest.mark.parametrize("name", ["open", "unseen"])
def test_sentences_with_claims_are_kept(name: str) -> None:
    kept = keeps([document(text=text, language="en") for text in marked(name)])
    assert sum(kept) >= RECALL * len(kept) - 1


def test_ordinary_reports_are_left_out() -> None:
    sys.path.insert(0, str(ROOT / "training" / "relevance"))
    from generate import reports

    kept = keeps([document(text=text, language="en") for _, text in reports(120, seed=5)])
    assert sum(kept) < 0.1 * len(kept)


def test_plain_sentences_that_tell_are_kept() -> None:
    sys.path.insert(0, str(ROOT / "training" / "relevance"))
    from generate import TELLING, sentences

    kept = keeps([document(text=text, language="en") for _, text in sentences(400, 5, TELLING)])
    assert sum(kept) >= 0.97 * len(kept)


def test_the_best_of_many_sentences_must_tell_more_than_the_best_of_few() -> None:
    known = filters()["en"]
    dull = "Shares in the retailer rose 3 percent after it opened a shop in Leeds. "
    told = "Russian troops have entered the Ukrainian town of Vovchansk."
    short, long = (known.score(dull * n + told) for n in (3, 60))
    assert short == pytest.approx(known.score(told)) and long < short
    asked = replace(known, threshold=(short + long) / 2)
    assert [asked.keeps(dull * n + told) for n in (3, 60)] == [True, False]


def test_a_glance_leaves_out_no_report_for_the_lines_around_it() -> None:
    menu = "".join(f"Section {n}\n" for n in range(600))
    reports = [text for text in marked("open") if keeps([document(text=text, language="en")])[0]]
    assert reports and all(glance_keeps(menu + text, "en") for text in reports)
    assert not glance_keeps(menu, "en") and glance_keeps(menu, "fr")


@pytest.mark.parametrize(
    "text",
    [
        "Parents met at Paris High School on Tuesday to hear about bus routes.",
        "Chad Marsh, who lives on Jordan Street, won the pie contest at the county fair.",
        "The state will pay half the cost of the sewer line, the mayor told the city council.",
        "Flights to Moscow start in May, the airline said.",
        "People in the UK and Italy drink more coffee than ever.",
    ],
)
def test_states_and_offices_in_ordinary_news_keep_nothing(text: str) -> None:
    assert keeps([document(text=text, language="en")]) == [False]


def test_one_telling_sentence_among_many_keeps_a_report() -> None:
    dull = "Shares in the retailer rose 3 percent after it opened a shop in Leeds. " * 30
    told = "Russian troops have entered the Ukrainian town of Vovchansk and shelled its police station."
    assert keeps([document(text=dull, language="en"), document(text=dull + told, language="en")]) == [False, True]


def test_a_title_counts() -> None:
    quiet = document(text="Fans queued overnight outside the opera house.", language="en", title=None)
    assert keeps([quiet, replace(quiet, title="Rebels kill 12 Malian soldiers in ambush")]) == [False, True]


def test_furniture_does_not_count() -> None:
    quiet, other = "Fans queued overnight outside the opera house.", "Rebels kill 12 Malian soldiers in ambush"
    page = document(text=f"{other}\n{quiet}", language="en", title=None)
    beside, title = (replace(page, furniture=(Furniture(0, len(other), reason),)) for reason in ("links", "title"))
    assert keeps([page, beside, title]) == [True, False, True]


@pytest.mark.parametrize("language", ["fr", None, "xx"])
def test_a_language_that_is_not_known_is_kept(language: str | None) -> None:
    assert keeps([document(text="Il fait beau.", language=language)]) == [True]


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_text_has_an_answer(text: str) -> None:
    weights = filters()["en"]
    assert weights.keeps(text) == (weights.score(text) >= weights.threshold)


def test_names_are_told_by_their_class() -> None:
    (words,) = sentences("French soldiers left Gao.")
    found = features(words)
    assert {"<state>", "<state> soldiers", "gao"} <= found and "french" not in found
    assert any(feature.startswith("<state>+#") for feature in found)


def test_damaged_weights_are_refused() -> None:
    entry = {**module._manifest()["en"], "sha256": "0" * 64}
    with pytest.raises(ValueError, match=r"en\.tsv"):
        module._loaded(entry)
    assert len(version()) == 12
