"""Sayings as spans of the text: runs of tokens, the phrase of the source, the cue."""

from __future__ import annotations

import pytest

from dateline.extract.spans import char_spans, saying_spans
from dateline.extract.speech import sayings
from sayings import by_cue, reading, said

SOURCES = [
    ("The minister of defence, Issa Kane, said the camp was empty.", "The minister of defence, Issa Kane"),
    ("A spokesman for the army said the camp was empty.", "A spokesman for the army"),
    ("GAO, May 9 — The mayor said the camp was empty.", "The mayor"),
    ("In a statement on Friday, the ministry said the camp was empty.", "the ministry"),
    ("On Friday the ministry said the camp was empty.", "the ministry"),
    ("The army's spokesman said the camp was empty.", "The army's spokesman"),
    ("The mayor, who asked not to be named, said the camp was empty.", "The mayor, who asked not to be named"),
    ("He said the camp was empty.", "He"),
    ("The mayor and the bishop said the camp was empty.", "The mayor and the bishop"),
    ("Four officials, one of them a general, said the camp was empty.", "Four officials, one of them a general"),
]


@pytest.mark.parametrize(("text", "source"), SOURCES)
def test_the_phrase_of_the_source(text: str, source: str) -> None:
    assert by_cue(said(text), "said").source == source


@pytest.mark.parametrize(
    ("indices", "pieces"),
    [
        (set(), []),
        ({0, 1}, ["The camp"]),
        ({1, 0, 4}, ["The camp", "empty"]),
        ({4, 5, 6, 7}, ["empty.\n\nIt"]),
        ({5, 6}, ["."]),
        ({6}, []),
    ],
)
def test_runs_of_tokens(indices: set[int], pieces: list[str]) -> None:
    doc = reading("The camp is very empty.\n\nIt closed.").doc
    words = ["The", "camp", "is", "very", "empty", ".", "\n\n", "It"]
    assert [token.text for token in doc][:8] == words
    assert [doc.text[start:end] for start, end in char_spans(doc, indices)] == pieces


def test_spans_are_code_points_of_the_text_as_given() -> None:
    text = "🛩️ Élysée — “The camp is empty,” General Adou Bakary said."
    one = reading(text)
    (cue,) = sayings(one)
    spans = saying_spans(one.doc, cue)
    ((start, end),) = spans.cue
    assert text[start:end] == "said"
    ((start, end),) = spans.source
    assert text[start:end] == "General Adou Bakary"
    assert "The camp is empty" in text[spans.content[0][0] : spans.content[-1][1]]


def test_without_a_source_there_is_no_span() -> None:
    one = reading("The rebels have reportedly left the town.")
    (cue,) = sayings(one)
    assert saying_spans(one.doc, cue).source == ()


@pytest.mark.parametrize(
    "text",
    [
        "The general, who said the camp was empty, has resigned.",
        "The general, confident that the bridge would hold, sent the trucks.",
    ],
)
def test_the_cue_lies_outside_its_source(text: str) -> None:
    one = reading(text)
    for cue in sayings(one):
        spans = saying_spans(one.doc, cue)
        assert not any(a < d and c < b for a, b in spans.source for c, d in spans.cue)
