"""What holds for the sayings of any text: spans inside it, cue and source outside their own content, one reading."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dateline.extract.cues import Cue
from dateline.extract.reading import Reading
from dateline.extract.spans import SayingSpans, saying_spans
from dateline.extract.speech import sayings
from extraction import FOLDER, cases
from sayings import fault, parsed, reading

WRITTEN = Path(__file__).parents[1] / "cases" / "attribution.en.jsonl"
OPEN = [
    row["text"] for row in map(json.loads, WRITTEN.read_text(encoding="utf-8").splitlines()) if row["set"] == "open"
]
SENTENCES = sorted({*OPEN, *(case["text"] for file in FOLDER.glob("*.jsonl") for case in cases(file.stem))})
ODD = [
    "\u200f",
    "\u202eabc\u202c",
    "\u00a0",
    "“",
    "”",
    "‘",
    "’",
    '"',
    "'",
    "«",
    "»",
    "(",
    ")",
    "\u00ad",
    "😀",
    "ffi",
    "\t",
    "\r\n",
]
LINES = [
    "ACCRA, May 9 (Reuters) —",
    "Macron:",
    "MINISTER:",
    "— Gen. Adou Bakary",
    "said",
    ", he said,",
    "according to",
    ":",
    "--",
]
PIECE = st.one_of(
    st.sampled_from(SENTENCES),
    st.sampled_from(SENTENCES).map(lambda text: f"“{text}” General Pavel Ruso said."),
    st.sampled_from(SENTENCES).map(lambda text: f'The ministry quoted him as saying: "{text}'),
    st.sampled_from(SENTENCES).map(str.upper),
    st.sampled_from(SENTENCES).map(lambda text: text.replace(" ", "\u00a0", 2)),
    st.sampled_from(SENTENCES).map(lambda text: text[: len(text) // 2]),
    st.sampled_from(SENTENCES).map(lambda text: text[len(text) // 2 :]),
    st.sampled_from(LINES),
    st.sampled_from(ODD),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
)
TEXT = st.lists(st.tuples(PIECE, st.sampled_from([" ", "\n", "\n\n", ""])), min_size=1, max_size=6).map(
    lambda pieces: "".join(piece + gap for piece, gap in pieces)
)
RULES = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def found(one: Reading) -> list[tuple[Cue, SayingSpans]]:
    """Every saying of a text with its spans."""
    return [(cue, saying_spans(one.doc, cue)) for cue in sayings(one)]


def check(one: Reading) -> None:
    text = one.text
    for cue, spans in found(one):
        every = (*spans.source, *spans.cue, *spans.content)
        assert all(0 <= start < end <= len(text) for start, end in every), spans
        assert spans.cue
        assert spans.content
        assert len(spans.source) <= 1
        assert list(spans.content) == sorted(spans.content)
        assert all(a[1] <= b[0] for a, b in zip(spans.content, spans.content[1:], strict=False)), spans
        assert cue.word.i not in cue.content, (cue.word.text, shown(text, spans))
        assert known(cue) or not overlap(spans.cue, spans.content), shown(text, spans)
        assert known(cue) or not overlap(spans.source, spans.content), shown(text, spans)


def known(cue: Cue) -> bool:
    """Whether the saying has one of the faults of `FAULTS` that touch its content."""
    return cue.shape == "responsibility"


def overlap(some: tuple[tuple[int, int], ...], others: tuple[tuple[int, int], ...]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def shown(text: str, spans: SayingSpans) -> dict[str, list[str]]:
    """The spans in words."""
    parts = {"source": spans.source, "cue": spans.cue, "content": spans.content}
    return {name: [text[a:b] for a, b in part] for name, part in parts.items()}


@RULES
@given(TEXT)
@example("")
@example("“")
@example("Macron:")
@example('"')
@example("said: said: said:")
def test_spans_of_any_text(text: str) -> None:
    if text.strip():
        check(parsed([text])[0])


@settings(RULES, max_examples=15)
@given(st.lists(TEXT.filter(str.strip), min_size=1, max_size=3))
def test_reading_twice_gives_the_same(texts: list[str]) -> None:
    once, twice = parsed(texts), parsed(texts)
    assert [[spans for _, spans in found(one)] for one in once] == [[spans for _, spans in found(one)] for one in twice]
    for one in once:
        assert found(one) == found(one)


def test_every_sentence_keeps_the_rules() -> None:
    for one in parsed(SENTENCES):
        check(one)


@pytest.mark.parametrize("mark", ["“", '"', "‘", "«", "(", "—", ":"])
def test_a_mark_without_its_partner(mark: str) -> None:
    left = [f"{mark}{SENTENCES[0]}", f"{SENTENCES[0]}{mark}", f"The mayor said {mark} and left.", mark * 9]
    for one in parsed(left):
        check(one)


FAULTS = [
    "The attack in Gao was claimed by Islamic State.",
    "Read more: Russian soldiers attack Kharkiv.",
    'Tweeted the general: "In ten days I take Gao."',
    "The paper, quoting a colonel, said the camp was empty.",
    "Macron:\n\nFrance will stay in Chad.",
    fault(
        "There are reports of a raid on Gao.", reason="of “reports” with no author the noun is source and cue at once"
    ),
    "The general told Reuters that the camp was empty.",
]


@pytest.mark.parametrize("text", FAULTS)
def test_source_cue_and_content_lie_apart(text: str) -> None:
    one = reading(text)
    assert found(one)
    for _, spans in found(one):
        assert not overlap(spans.cue, spans.content), shown(text, spans)
        assert not overlap(spans.source, spans.content), shown(text, spans)
        assert not overlap(spans.source, spans.cue), shown(text, spans)
