"""The layer of attributions: what is kept of the sayings of a report, and what of them somebody is reported to say."""

from __future__ import annotations

import pytest

from dateline.extract.attributions import attributions, is_reported, is_saying
from dateline.extract.speech import speech
from sayings import attributed, reading, said

LEFT_OUT = [
    ("The minister said he hoped that the trainers would leave.", ["said"]),
    ("The minister said officials believed the trainers had left.", ["said"]),
    ("The minister said the general feared a raid.", ["said"]),
    ('"We believe that the trainers have left," the general said.', ["said"]),
    ('The mayor said: "The bishop told me that the war was over."', ["said"]),
]
KEPT = [
    ("The minister hoped that the trainers would leave.", ["hoped"]),
    ("The minister said the army had announced that the camp was empty.", ["said", "had announced"]),
    ("The minister said that, according to the army, the camp was empty.", ["said", "according to"]),
    ("The general said the army had denied that the trainers had left.", ["said", "had denied"]),
]
REPORTED = [
    ("The mayor said the camp was empty.", True),
    ("According to the mayor, the camp is empty.", True),
    ("Macron: France will stay in Chad.", True),
    ("The rebels have reportedly left the town.", True),
    ("The junta vowed to expel the trainers.", True),
    ("Moscow denied that it had sent mercenaries.", True),
    ("The hostages are said to have left.", True),
    ("The column is expected to reach Gao.", False),
    ("The envoy hopes the truce will last.", False),
    ("The African Union praised the raid.", False),
    ("The bishop remains wary of the militia.", False),
    ("The garrison seems to have left.", False),
    ("The bishop called for a pause.", False),
    ("The mayor asked whether the convoy had left.", True),
    ("The mayor asked that his name be withheld.", False),
    ("The army would neither confirm nor deny that the trainers had left.", False),
]


@pytest.mark.parametrize(("text", "cues"), LEFT_OUT)
def test_what_belongs_to_somebody_s_words_is_left_out(text: str, cues: list[str]) -> None:
    assert [one.cue for one in attributed(text)] == cues
    assert len(said(text)) > len(cues)


@pytest.mark.parametrize(("text", "cues"), KEPT)
def test_what_is_kept(text: str, cues: list[str]) -> None:
    assert [one.cue for one in attributed(text)] == cues


@pytest.mark.parametrize(("text", "reported"), REPORTED)
def test_what_somebody_is_reported_to_say(text: str, reported: bool) -> None:
    one = reading(text)
    found = list(attributions(one))
    assert found
    assert any(is_reported(one, cue) for cue in found) is reported


def test_sayings_inside_quotation_marks_on_request() -> None:
    one = reading('The mayor said: "The bishop told me that the war was over."')
    assert [cue.word.text for cue in attributions(one, inside_quotations=True)] == ["said", "told"]


@pytest.mark.parametrize(
    ("text", "saying"),
    [
        ("The mayor said the camp was empty.", True),
        ("The mayor believes the camp is empty.", False),
        ("The mayor praised the raid.", False),
        ("According to the mayor, the camp is empty.", True),
    ],
)
def test_speech_is_told_from_thought(text: str, saying: bool) -> None:
    one = reading(text)
    (cue,) = attributions(one)
    assert is_saying(one, cue) is saying


@pytest.mark.parametrize(
    "text",
    [
        "We believe that the trainers have left.",
        "I said that the trainers had left.",
        "We asked the ministry whether the trainers had left.",
    ],
)
def test_the_report_s_first_person_vouches_for_no_claim(text: str) -> None:
    assert len(attributed(text)) == 1
    assert speech(reading(text)) == []


def test_a_quoted_first_person_does() -> None:
    one = reading('"We believe that the trainers have left," the general said.')
    assert [cue.word.text for cue in speech(one)] == ["believe", "said"]


def test_they_come_in_the_order_of_their_cues() -> None:
    one = reading("The camp is empty, the mayor said, adding that, according to the army, the rebels had fled.")
    at = [cue.word.i for cue in attributions(one)]
    assert at == sorted(at)
    assert len(at) == 3
