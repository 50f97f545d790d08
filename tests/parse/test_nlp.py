"""What the parser is given, and how it is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.parse import nlp
from dateline.parse.nlp import cleaned, parse_texts


def test_the_pipeline_loads_without_a_warning() -> None:
    code = "import warnings; warnings.simplefilter('error', UserWarning); import dateline.parse.nlp as n; n.pipeline()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_headline_is_not_joined_to_the_report() -> None:
    text = (
        "Veld soldiers to leave the port of Orvale by December, ministry says\n"
        "The army of Veld will leave the port of Orvale by the end of the year,\n"
        "the ministry of defence said on Tuesday.\n"
    )
    assert cleaned(text) == text.replace("year,\n", "year, ")


def test_a_line_is_joined_by_its_length_before_the_dateline_was_hidden() -> None:
    line = "ORVALE, May 6, 2031 (AFP) - Officials of Halden and Veld said on"
    text = f"{line}\nTuesday that the two countries would share the port.\n"
    hidden = line.index("Officials")
    assert cleaned(text, [(0, hidden)]) == "\n" * hidden + text[hidden:].replace("on\nTues", "on Tues")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('"The base where our men [are], is old," he said.', '"The base where our men  are , is old," he said.'),
        ('"We went [...] to Orvale," he said.', '"We went       to Orvale," he said.'),
        ('"They [the guards] left," he said.', '"They [the guards] left," he said.'),
        ("[Agency] Troops left [Photo: A. Rell].", "[Agency] Troops left [Photo: A. Rell]."),
        ('"[T]hey left [i]n May."', '"[T]hey left [i]n May."'),
    ],
)
def test_brackets_of_an_editor_go_where_they_hold_words_of_the_sentence(text: str, wanted: str) -> None:
    assert cleaned(text) == wanted


@given(
    st.text(alphabet="ab. \nÉ’\u200b", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5),
)
def test_the_length_stays_and_hidden_words_go(text: str, pairs: list[tuple[int, int]]) -> None:
    hidden = [(min(pair), min(max(pair), len(text))) for pair in pairs if min(pair) < len(text)]
    result = cleaned(text, hidden)
    assert len(result) == len(text)
    assert all(not result[start:end].strip() for start, end in hidden)


def test_long_texts_are_parsed_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    batches: list[list[str]] = []

    class Pipeline:
        def pipe(self, texts: list[str], *, batch_size: int) -> list[str]:
            batches.append(texts)
            return texts

    monkeypatch.setattr(nlp, "pipeline", lambda _code: Pipeline())
    monkeypatch.setattr(nlp, "BATCH_CHARACTERS", 10)
    texts = ["aaaa", "bbbb", "cccc", "d" * 30, "e", "f", "g", "h"]
    assert list(parse_texts(texts, batch_size=3)) == texts
    assert batches == [["aaaa", "bbbb"], ["cccc"], ["d" * 30], ["e", "f", "g"], ["h"]]
