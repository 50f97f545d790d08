"""The learned model of kinds: pieces stand where the text has them, answers are probabilities, in any order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.kinds import Marked, model
from dateline.kinds.model import NOTHING
from dateline.kinds.pieces import FIRST, LAST, LONGEST, MARKS, Pieces, pieces
from dateline.lexicon.ontology import ontology
from dateline.model import Kind


def read(sentence: str, marked: dict[str, tuple[int, int]] | None = None) -> Pieces:
    return pieces(model().vocabulary, sentence, marked)


def word(sentence: str, name: str) -> tuple[int, int]:
    return sentence.index(name), sentence.index(name) + len(name)


def told(sentence: str, name: str):  # type: ignore[no-untyped-def]
    return model().words([(sentence, [word(sentence, name)])])[0][0]


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_pieces_cover_their_words_in_order(sentence: str) -> None:
    found = read(sentence)
    assert found.ids[0] == FIRST and found.ids[-1] == LAST
    inside = [offset for offset in found.offsets if offset[0] < offset[1]]
    assert inside == sorted(inside)
    assert all(0 <= start < end <= len(sentence) for start, end in inside)


def test_pieces_end_where_the_words_end() -> None:
    sentence = "Gendarmes in Ouagadougou déployés"
    covered = "".join(sentence[a:b] for a, b in read(sentence).offsets)
    assert covered == sentence.replace(" ", "")


@pytest.mark.parametrize("sentence", ["word " * 3000, "a1" * 2000, "a1b2 " * 50 + "a1" * 45 + " end " * 80])
def test_a_long_sentence_is_cut(sentence: str) -> None:
    assert len(read(sentence).ids) <= LONGEST + 1
    assert model().words([(sentence, [(0, 4)])])


@pytest.mark.parametrize("role", MARKS)
def test_a_participant_stands_between_its_marks(role: str) -> None:
    sentence = "Burkina Faso sent 40 trucks to Niger"
    found = read(sentence, {role: word(sentence, "Niger")})
    opening, closing = (found.ids.index(mark) for mark in MARKS[role])
    assert found.offsets[opening + 1][0] == word(sentence, "Niger")[0]
    assert found.offsets[closing - 1][1] == word(sentence, "Niger")[1]


def test_marks_of_both_stand_in_the_order_of_the_text() -> None:
    sentence = "Niger was sent trucks by Mali"
    found = read(sentence, {"actor": word(sentence, "Mali"), "recipient": word(sentence, "Niger")})
    marks = [piece for piece in found.ids if piece in (1, 2, 3, 4)]
    assert marks == [*MARKS["recipient"], *MARKS["actor"]]


def test_a_mark_on_nothing_is_left_out() -> None:
    assert read("Mali", {"actor": (40, 50)}).ids == read("Mali").ids


def test_what_a_word_tells_is_a_distribution() -> None:
    got = told("Gunmen stormed the barracks at dawn.", "stormed")
    assert set(got.kinds) == set(Kind)
    assert got.none + sum(got.kinds.values()) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("Gunmen attacked a prison in the north.", "attacked", Kind.ATTACK),
        pytest.param(
            "Shells rained down on the port city for a third night, killing two dockers.",
            "rained",
            Kind.ATTACK,
            marks=pytest.mark.xfail(strict=True, reason="found, but at 0.2"),
        ),
        ("The two presidents sat down in Windhoek on Friday for an hour.", "sat", Kind.CONSULTATION),
        ("Kampala flew 900 more soldiers into Juba on Tuesday.", "flew", Kind.DEPLOYMENT),
        ("The tribunal jailed the editor for insulting the emir.", "jailed", Kind.COERCION),
    ],
)
def test_words_tell_by_their_sentence(sentence: str, name: str, kind: Kind) -> None:
    assert told(sentence, name).kinds[kind] > 0.5


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The striker fired home from the edge of the box in stoppage time.", "fired"),
        ("Firefighters are battling a blaze in the hills above the resort.", "battling"),
        ("Shares in the airline rallied after it struck a deal with its pilots' pension fund.", "rallied"),
    ],
)
def test_figures_of_speech_tell_nothing(sentence: str, name: str) -> None:
    assert told(sentence, name).none > 0.5


def test_words_beyond_what_is_read_tell_nothing() -> None:
    sentence = "word " * 400 + "attacked"
    assert model().words([(sentence, [word(sentence, "attacked")])]) == [[NOTHING]]


def test_answers_do_not_hang_on_what_else_is_asked() -> None:
    sentences = ["Troops fired on the crowd.", "Paris and Niamey signed an accord on uranium in the capital, " * 3]
    alone = [model().words([(s, [(0, 6)])])[0][0] for s in sentences]
    together = [row[0] for row in model().words([(s, [(0, 6)]) for s in sentences])]
    for one, other in zip(alone, together, strict=True):
        assert one.none == pytest.approx(other.none, abs=0.05)
        assert one.kinds == pytest.approx(other.kinds, abs=0.05)


def test_nothing_asked_is_nothing_told() -> None:
    assert model().words([]) == []
    assert model().pairs([]) == []
    assert model().words([("", [])]) == [[]]


def test_a_pair_has_a_type() -> None:
    sentence = "Ankara condemned Damascus over the raid."
    (got,) = model().pairs([Marked(sentence, word(sentence, "Ankara"), word(sentence, "Damascus"))])
    assert max(got, key=got.__getitem__) == "ACCUSE"
    assert sum(got.values()) == pytest.approx(1, abs=1e-4)


def test_a_pair_may_lack_a_party() -> None:
    (got,) = model().pairs([Marked("Workers walked out at the port.")])
    assert len(got) == 15


def test_codes_are_those_of_the_ontology() -> None:
    known = {f"{kind}.{name}" for kind, entry in ontology().items() for name in entry.codes}
    assert set(model().codes) == known | {""}
