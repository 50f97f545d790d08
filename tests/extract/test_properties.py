"""What holds for the claims of any report: exact quotes, offsets, stable ids, probabilities, unread furniture."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dateline.model import Claim, Document
from dateline.pipeline import Reading
from extraction import FOLDER, cases, read_texts

SENTENCES = sorted({case["text"] for file in FOLDER.glob("*.jsonl") for case in cases(file.stem)})
ODD = ["\u200f", "\u202eabc\u202c", "\u00a0", "“", "”", "‘", "’", '"', "«", "\u00ad", "😀", "é", "ffi", "\t", "\r\n"]
LINES = ["ACCRA, May 9 (Reuters) —", "Most read", "Read more: Israel bombs Gaza", "© 2023 Example Post.", "- - -", ":"]
PIECE = st.one_of(
    st.sampled_from(SENTENCES),
    st.sampled_from(SENTENCES).map(lambda text: f"“{text}” General Pavel Ruso said."),
    st.sampled_from(SENTENCES).map(str.upper),
    st.sampled_from(SENTENCES).map(lambda text: text.replace(" ", "\u00a0", 2)),
    st.sampled_from(SENTENCES).map(lambda text: text[: len(text) // 2]),
    st.sampled_from(LINES),
    st.sampled_from(ODD),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
)
TEXT = st.lists(st.tuples(PIECE, st.sampled_from([" ", "\n", "\n\n", "\n\n\n", ""])), min_size=1, max_size=8).map(
    lambda pieces: "Report. " + "".join(piece + gap for piece, gap in pieces)
)
REPORT = st.tuples(TEXT, st.sampled_from([None, "2023-05-10", "2024-02-29"]))
RULES = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
MIXED = "\u202e“Chadian soldiers\u00a0entered Niger,” the ministry said.\n\n\nMost read\nIsrael bombs Gaza\n"


def slots(claim: Claim) -> list[object]:
    """Everything of a claim that may carry words of the report with their offsets."""
    said = claim.attribution
    parts = [claim.actor, claim.recipient, claim.place, claim.quantity, claim.time]
    return [*parts, *((said.source, said.cue) if said is not None else ())]


def check(reading: Reading) -> None:
    document = reading.document
    assert document is not None
    for claim in reading.claims:
        assert claim.document == document.id
        assert claim.evidence
        assert 0 <= claim.confidence <= 1
        for part in claim.evidence:
            assert part.exact
            assert document.text[part.start : part.end] == part.exact
        for slot in slots(claim):
            check_words(document, slot)
    ids = [claim.id for claim in reading.claims]
    assert len(set(ids)) == len(ids)
    check_furniture(reading)


def check_words(document: Document, slot: object) -> None:
    start, end = getattr(slot, "start", None), getattr(slot, "end", None)
    assert (start is None) == (end is None)
    if start is not None and end is not None:
        assert 0 <= start < end <= len(document.text)
        assert document.text[start:end] == getattr(slot, "text", None)


def check_furniture(reading: Reading) -> None:
    assert reading.document is not None
    hidden = [item for item in reading.document.furniture if item.reason != "title"]
    for part in (part for claim in reading.claims for part in claim.evidence):
        assert all(min(part.end, item.end) <= max(part.start, item.start) for item in hidden), part


@RULES
@given(REPORT)
@example((MIXED, "2023-05-10"))
def test_claims_quote_their_report(report: tuple[str, str | None]) -> None:
    for reading in read_texts([report]):
        check(reading)


@settings(RULES, max_examples=12)
@given(st.lists(REPORT, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_claims_do_not_depend_on_the_batch(reports: list[tuple[str, str | None]], chance: random.Random) -> None:
    shuffled = reports.copy()
    chance.shuffle(shuffled)
    alone = {report: read_texts([report]) for report in reports}
    together = dict(zip(shuffled, read_texts(shuffled), strict=True))
    for report, found in alone.items():
        assert [reading.claims for reading in found] == [together[report].claims]


def test_the_example_has_claims_and_furniture() -> None:
    (reading,) = read_texts([(MIXED, "2023-05-10")])
    assert reading.claims
    assert reading.document is not None
    assert reading.document.furniture


def test_every_table_keeps_the_rules() -> None:
    found = read_texts([(text, "2023-05-10") for text in SENTENCES])
    assert sum(len(reading.claims) for reading in found) > 100
    for reading in found:
        check(reading)


def test_two_readings_are_the_same() -> None:
    reports = [(text, "2023-05-10") for text in SENTENCES[::9]]
    assert [reading.claims for reading in read_texts(reports)] == [reading.claims for reading in read_texts(reports)]
