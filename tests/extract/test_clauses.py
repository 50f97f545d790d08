"""Clauses that a verb says, wherever the sentence has them."""

from __future__ import annotations

import pytest

from sayings import by_cue, fault, said

SAID = [
    ("The minister said that rebels held the bridge.", "said", "The minister", "that rebels held the bridge"),
    ("The army announced it would leave Tabankort.", "announced", "The army", "it would leave Tabankort"),
    ("The mayor asked whether the convoy had left.", "asked", "The mayor", "whether the convoy had left"),
    ("The colonel denied having ordered the raid.", "denied", "The colonel", "having ordered the raid"),
    ("The envoy admitted meeting the rebels.", "admitted", "The envoy", "meeting the rebels"),
    ("The column has left the town, the governor said.", "said", "the governor", "The column has left the town"),
    ("The column, the governor said, has left the town.", "said", "the governor", "The column … has left the town"),
    ("The column has left, the general told Reuters.", "told", "the general", "The column has left"),
    ("“The column has left,” said General Adou Bakary.", "said", "General Adou Bakary", "The column has left"),
    ("“The column has left,” the minister, Issa Kane, said.", "said", "the minister, Issa Kane", "The column has left"),
    ("The ministry said in a statement that the camp was empty.", "said", "The ministry", "that the camp was empty"),
    ("The ministry said on Friday that the camp was empty.", "said", "The ministry", "that the camp was empty"),
    ("The general made clear that the troops would stay.", "made", "The general", "that the troops would stay"),
    ("Paris made it clear that the troops would stay.", "made", "Paris", "that the troops would stay"),
    ("As the minister noted, the truce has ended.", "noted", "the minister", "the truce has ended"),
    (
        "Rome no longer wants to lead the mission, the newspaper reported.",
        "reported",
        "the newspaper",
        "Rome no longer wants to lead the mission",
    ),
    (
        "The general said the base was safe, adding that supplies had arrived.",
        "adding",
        "The general",
        "that supplies had arrived",
    ),
    (
        "The minister said the camp was empty but denied that the trainers had left.",
        "denied",
        "The minister",
        "that the trainers had left",
    ),
    fault(
        "The militia, a source close to the palace says, has left.",
        "says",
        "a source close to the palace",
        "The militia … has left",
        reason="a saying between subject and verb whose speaker has words of his own after the noun is not seen",
    ),
    fault(
        "He was convinced the bridge would hold.",
        "convinced",
        "He",
        "the bridge would hold",
        reason="what somebody is convinced of is read of the adjective only, not of the participle",
    ),
    ("The general, who said the camp was empty, has resigned.", "said", "who", "the camp was empty"),
    ("The general issued a statement saying the camp was empty.", "saying", "The general", "the camp was empty"),
    ("Residents believe that the militia has left.", "believe", "Residents", "that the militia has left"),
    ("The envoy hopes the truce will last.", "hopes", "The envoy", "the truce will last"),
]


@pytest.mark.parametrize(("text", "cue", "source", "content"), SAID)
def test_clauses(text: str, cue: str, source: str, content: str) -> None:
    one = by_cue(said(text), cue)
    assert (one.source, one.content, one.frame) == (source, content, "clause")


def test_an_aside_of_the_report_is_not_said() -> None:
    one = by_cue(said("The minister said the army held Tessit, which it had lost in 2022."), "said")
    assert one.content == "the army held Tessit"


@pytest.mark.parametrize(
    "text",
    [
        "The general made a bridge of wood.",
        "The mayor said little, having seen the column leave.",
        "The army wants Bamako to leave the camp.",
    ],
)
def test_where_no_clause_is_said(text: str) -> None:
    assert [one for one in said(text) if one.frame == "clause"] == []


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "The mayor said the camp was empty, while the army said it held the camp.",
            "the camp was empty",
            "it held the camp",
        ),
        (
            "The mayor said the camp was empty; the army said it held the camp.",
            "the camp was empty",
            "it held the camp",
        ),
    ],
)
def test_sayings_side_by_side(text: str, first: str, second: str) -> None:
    assert [(one.source.lower(), one.content) for one in said(text)] == [("the mayor", first), ("the army", second)]
