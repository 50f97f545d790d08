"""Verbs as cues: who says it, how firmly, and whether claims are attributed by it."""

from __future__ import annotations

import pytest

from sayings import by_cue, fault, reading, said

SOURCES = [
    ("The camp is empty, said Foreign Minister Issa Kane.", "said", "Foreign Minister Issa Kane"),
    ("“The camp is empty,” insisted Issa Kane, the foreign minister.", "insisted", "Issa Kane, the foreign minister"),
    ("A letter seen by Le Monde says the camp was empty.", "says", "A letter seen by Le Monde"),
    ("The general spoke late and said that the camp was empty.", "said", "The general"),
    ("The general issued a statement saying the camp was empty.", "saying", "The general"),
    ("Denying that it had sent mercenaries, Moscow praised the junta.", "Denying", "Moscow"),
    ("Citing two diplomats, Le Monde reported that the trainers had left.", "reported", "Le Monde"),
    ("Speaking to Reuters, the general said the camp was empty.", "said", "the general"),
    ("The general went on to say that the camp was empty.", "say", "The general"),
    ("The general, who said the camp was empty, has resigned.", "said", "who"),
    ("The raid was condemned by the African Union.", "was condemned", "the African Union"),
    ("It is said that the camp is empty.", "is said", ""),
    fault(
        "Three soldiers died, two of them in the ambush, said Colonel Pavel Ruso, who commands the sector.",
        "said",
        "Colonel Pavel Ruso, who commands the sector",
        reason="of an inverted saying the phrase before the verb is taken for its subject",
    ),
]
QUOTED_AS = [
    ("Reuters quoted the colonel as saying that the column had turned back.", "the colonel"),
    ("The colonel was quoted by Reuters as saying that the column had turned back.", "The colonel"),
    ("State television cited the colonel as saying that the column had turned back.", "the colonel"),
]
MANNERS = [
    ("The minister said that the camp was empty.", "said", "assert", True),
    ("The junta claimed that the camp was empty.", "claimed", "claim", True),
    ("The mayor alleged that soldiers had looted the shop.", "alleged", "allege", True),
    fault(
        "The union alleged that soldiers had looted the shop.",
        "alleged",
        "allege",
        True,
        reason="a union is no actor and no voice, and “allege” is not in frames.uttering",
    ),
    ("Moscow denied that it had sent mercenaries.", "denied", "deny", True),
    ("The junta vowed to expel the trainers.", "vowed", "intend", False),
    ("The mayor asked whether the convoy had left.", "asked", "doubt", True),
    ("The envoy hopes the truce will last.", "hopes", "attitude", False),
    ("The African Union praised the raid.", "praised", "attitude", False),
    ("The militia claims to control the mine.", "claims", "claim", True),
    ("The general made clear that the troops would stay.", "made", "assert", True),
    ("Niger accused Benin of arming rebels.", "accused", "allege", True),
    ("The decision shows that the junta is afraid.", "shows", "assert", False),
    ("The shopkeeper added that the soldiers had paid.", "added", "assert", True),
    ("The column is expected to reach Gao.", "is expected", "attitude", False),
]
RESPONSIBILITY = [
    ("Militants claimed responsibility for the bombing in Gao.", "Militants", "responsibility for the bombing in Gao"),
    ("The Islamic State group claimed the attack.", "The Islamic State group", "the attack"),
    fault(
        "The bombing in Gao was claimed by al-Shabab.",
        "al-Shabab",
        "The bombing in Gao was",
        reason="a hyphenated name loses its first part, and “by” counts as said",
    ),
]


@pytest.mark.parametrize(("text", "cue", "source"), SOURCES)
def test_who_says_it(text: str, cue: str, source: str) -> None:
    assert by_cue(said(text), cue).source == source


@pytest.mark.parametrize(("text", "source"), QUOTED_AS)
def test_whoever_is_quoted_as_saying_is_the_source(text: str, source: str) -> None:
    (one,) = said(text)
    assert (one.frame, one.source, one.content) == ("quoted_as", source, "that the column had turned back")
    assert one.vouching


def test_who_is_quoted_as_saying_a_quotation() -> None:
    (one,) = said('The newspaper quoted a villager as saying: "They burned the market."')
    assert (one.frame, one.source, one.content, one.quoted) == (
        "quoted_as",
        "a villager",
        "They burned the market",
        True,
    )


@pytest.mark.parametrize(("text", "cue", "how", "vouching"), MANNERS)
def test_how_firmly(text: str, cue: str, how: str, vouching: bool) -> None:
    one = by_cue(said(text), cue)
    assert (one.how, one.vouching) == (how, vouching)


@pytest.mark.parametrize(("text", "source", "content"), RESPONSIBILITY)
def test_responsibility(text: str, source: str, content: str) -> None:
    (one,) = said(text)
    assert (one.shape, one.source, one.content) == ("responsibility", source, content)


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("The general told Reuters the camp was empty.", ["Reuters"]),
        ("The general told the mayor the camp was empty.", []),
        ("Reuters quoted the colonel as saying that the column had turned back.", ["Reuters"]),
        ("The colonel said in an interview with Reuters that the camp was empty.", ["Reuters"]),
        ("Speaking to Reuters, the general said the camp was empty.", ["Reuters"]),
    ],
)
def test_outlets_that_are_told(text: str, outlets: list[str]) -> None:
    from dateline.extract.speech import sayings

    (cue,) = sayings(reading(text))
    assert [token.text for token in cue.told] == outlets


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The general had said that the camp was empty.", "had said"),
        ("The junta has been accused by Benin of arming rebels.", "has been accused"),
        ("The general did not say that the camp was empty.", "say"),
    ],
)
def test_the_cue_has_its_auxiliaries(text: str, cue: str) -> None:
    assert by_cue(said(text), cue).cue.endswith(cue)
