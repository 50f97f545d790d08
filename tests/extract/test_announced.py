"""Words announced by a mark, and quotations given to their speakers: colons, dashes, marks of every kind."""

from __future__ import annotations

import pytest

from sayings import attributed, by_cue, fault, said

COLONS = [
    (
        'The general said: "We are staying. The base is ours."',
        "said",
        "The general",
        "We are staying. The base is ours",
    ),
    ("He wrote: «The accord is dead.»", "wrote", "He", "The accord is dead"),
    (
        "The statement read:\n\nWe have taken the airport. We hold the bridge.\n\nThe army did not comment.",
        "read",
        "The statement",
        "We have taken the airport. We hold the bridge",
    ),
    (
        'The ministry issued the following statement: "The soldiers are safe."',
        "statement",
        "The ministry",
        "The soldiers are safe",
    ),
    ('The envoy gave the following answer: "The accord is dead."', "answer", "The envoy", "The accord is dead"),
    ("The bishop issued these remarks: The war must end.", "remarks", "The bishop", "The war must end"),
]
NAMES = [
    ("Macron: France will stay in Chad.", "Macron", "France will stay in Chad"),
    ("- Macron: France will stay in Chad.", "Macron", "France will stay in Chad"),
    ('Gen. Adou Bakary: "We will leave in May."', "Gen. Adou Bakary", "We will leave in May"),
    ('Minister Issa Kane, in Dakar: "The accord is dead."', "Minister Issa Kane, in Dakar", "The accord is dead"),
    ('MINISTER: "The accord is dead."', "MINISTER", "The accord is dead"),
    ('"We are staying." — Gen. Adou Bakary', "Gen. Adou Bakary", "We are staying"),
    ('"We are staying." -- Gen. Adou Bakary', "Gen. Adou Bakary", "We are staying"),
    ("“The accord is dead.”\n— Issa Kane, foreign minister", "Issa Kane, foreign minister", "The accord is dead"),
]
NOT_ANNOUNCED = [
    "The order of the day: the soldiers march at dawn.",
    "The column had three parts: Trucks came first.",
    'The "war" — General Bakary\'s third — has begun.',
    'The film "The Long March to Gao" won a prize.',
    'The so-called "peace council" met in Gao.',
]
QUOTATIONS = [
    (
        '"The rebels left the town," the mayor said, "and they will not come back."',
        "The rebels left the town … and they will not come back",
    ),
    (
        '"The rebels left the town," the mayor said. "They took the food."',
        "The rebels left the town … They took the food",
    ),
    (
        "“The rebels left the town,” the mayor said. “They took the food.”",
        "The rebels left the town … They took the food",
    ),
    (
        "“The rebels left the town,“ the mayor said. “They took the food.“",
        "The rebels left the town … They took the food",
    ),
    ("‘The rebels left the town at dawn,’ the mayor said.", "The rebels left the town at dawn"),
    ("«The rebels left the town», the mayor said.", "The rebels left the town"),
    ('The mayor said the rebels were "well armed and very young".', 'the rebels were "well armed and very young'),
    ('The mayor said, "No."', "No"),
    (
        '"The rebels left the town," the mayor said. "They took the food.\n\n"They left the wounded behind."',
        "The rebels left the town … They took the food … They left the wounded behind",
    ),
    (
        '"The rebels left the town," the mayor said.\n\n"They took the food. Nobody stopped them at the bridge."',
        "The rebels left the town … They took the food. Nobody stopped them at the bridge",
    ),
    fault(
        "“The rebels left the town.\n\n“They took the food.\n\n“They burned the market,” the mayor said.",
        "The rebels left the town … They took the food … They burned the market",
        reason="paragraphs of quotation before the one that names the speaker are given to nobody",
    ),
    ('"No," the mayor said.', "No"),
    fault(
        "“The rebels left the town,” the mayor said, “at dawn.” “They took the food,” he added.",
        "The rebels left the town … at dawn",
        reason="two words that end a parted quotation are taken for scare quotes",
    ),
    fault(
        "The mayor said ‘the rebels left the town at dawn’ and wept.",
        "the rebels left the town at dawn",
        reason="the parser takes the verb after the quotation into it, and the mark does not end the content",
    ),
]
BRACKETS = [
    ("The rebels (300 in number, the mayor says) left the town.", "The rebels (300 in number … left the town"),
    fault(
        "The rebels left the town (the mayor says that they number 300).",
        "that they number 300",
        reason="the closing bracket around the saying is taken into its content",
    ),
]


@pytest.mark.parametrize(("text", "cue", "source", "content"), COLONS)
def test_words_after_a_colon(text: str, cue: str, source: str, content: str) -> None:
    one = by_cue(said(text), cue)
    assert (one.source, one.content, one.quoted, one.vouching) == (source, content, True, True)


@pytest.mark.parametrize(("text", "source", "content"), NAMES)
def test_names_with_nothing_but_a_mark(text: str, source: str, content: str) -> None:
    (one,) = said(text)
    assert (one.source, one.content, one.quoted) == (source, content, True)
    assert one.shape in ("colon", "dash")


@pytest.mark.parametrize("text", NOT_ANNOUNCED)
def test_marks_that_announce_nothing(text: str) -> None:
    assert said(text) == ()


@pytest.mark.parametrize(("text", "content"), QUOTATIONS)
def test_quotations(text: str, content: str) -> None:
    one = by_cue(said(text), "said")
    assert one.source.lower() == "the mayor"
    assert (one.content, one.quoted) == (content, True)


@pytest.mark.parametrize(("text", "content"), BRACKETS)
def test_sayings_in_brackets(text: str, content: str) -> None:
    assert by_cue(said(text), "says").content == content


@pytest.mark.parametrize("text", ["Mali: Rebels left the town.", "Sahel: Rebels left the town."])
def test_a_label_before_a_colon(text: str) -> None:
    assert said(text) == ()


TRANSCRIPT = "AMADOU: Have the soldiers left?\nBAKARY: They left on Friday.\nAMADOU: Who has the base now?"


def test_a_transcript() -> None:
    assert [(one.source, one.content) for one in said(TRANSCRIPT)] == [
        ("AMADOU", "Have the soldiers left?"),
        ("BAKARY", "They left on Friday"),
        ("AMADOU", "Who has the base now?"),
    ]


@pytest.mark.xfail(strict=True, reason="the title of a speaker in capitals is parted from the name at its full stop")
def test_a_transcript_with_titles() -> None:
    first, second = said("REPORTER: Have the soldiers left?\nGEN. BAKARY: They left on Friday.")
    assert (first.source, second.source) == ("REPORTER", "GEN. BAKARY")


@pytest.mark.xfail(
    strict=True,
    reason="straight single marks are not read as quotation marks; the words are found, not that they are direct",
)
def test_straight_single_marks() -> None:
    one = by_cue(said("'The rebels left the town at dawn,' the mayor said."), "said")
    assert one.content == "The rebels left the town at dawn"
    assert one.quoted


def test_a_quotation_is_not_given_to_who_speaks_elsewhere() -> None:
    first = '"The rebels left the town," the mayor said.'
    text = f'{first}\n\nThe army held a parade.\n\nThe bishop said: "Pray for Gao tonight."'
    assert [(one.source, one.content) for one in attributed(text)] == [
        ("the mayor", "The rebels left the town"),
        ("The bishop", "Pray for Gao tonight"),
    ]
