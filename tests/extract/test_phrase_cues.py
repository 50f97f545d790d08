"""Nouns, adjectives, adverbs and prepositions as cues: a passage for every row of the lexicon that they use."""

from __future__ import annotations

import pytest

from dateline.lexicon.language import language
from sayings import by_cue, fault, said

ACCORDING = [
    ("According to the governor, forty houses burned down.", "According to", "forty houses burned down"),
    ("Forty houses, according to the governor, burned down.", "according to", "Forty houses … burned down"),
    ("Forty houses burned down, according to the governor.", "according to", "Forty houses burned down"),
    ("Forty houses burned down according to the governor.", "according to", "Forty houses burned down"),
]
NOBODY = [
    "The withdrawal went according to plan.",
    "The soldiers were seated according to rank.",
    "The troops get 300 dollars per month.",
]
OPINIONS = [
    ("In his view, the truce is dead.", "view", "his", "the truce is dead"),
    ("By the army's account, the rebels fled.", "account", "the army", "the rebels fled"),
    ("In the words of the general, the camp is empty.", "words", "the general", "the camp is empty"),
    ("In the view of the envoy, the truce is dead.", "view", "the envoy", "the truce is dead"),
]
NOUNS = [
    (
        "noun_clause",
        "The claim that soldiers shot the herders is false.",
        "claim",
        "",
        "that soldiers shot the herders",
    ),
    (
        "noun_clause",
        "The ministry's claim that soldiers shot the herders angered the town.",
        "claim",
        "The ministry",
        "that soldiers shot the herders",
    ),
    (
        "noun_clause",
        "The army made the claim that rebels had poisoned the well.",
        "claim",
        "The army",
        "that rebels had poisoned the well",
    ),
    ("noun_clause", "There are reports that the camp is empty.", "reports", "reports", "that the camp is empty"),
    ("noun_infinitive", "Bamako's refusal to open the camp angered Paris.", "refusal", "Bamako", "to open the camp"),
    ("noun_of", "The envoy's criticism of the raid was brief.", "criticism of", "The envoy", "the raid"),
    ("noun_about", "The bishop expressed concern about the delay.", "concern about", "The bishop", "the delay"),
    ("noun_about", "There was concern about the delay.", "concern about", "", "the delay"),
    ("noun_for", "The minister voiced support for the mission.", "support for", "The minister", "the mission"),
    ("noun_on", "The minister's stance on the mission is clear.", "stance on", "The minister", "the mission"),
    ("noun_to", "Chad's opposition to the mission is known.", "opposition to", "Chad", "the mission"),
    ("noun_over", "The mayor's anger over the curfew grew.", "anger over", "The mayor", "the curfew"),
    fault(
        "noun_over",
        "The mayor voiced anger over the curfew.",
        "anger over",
        "The mayor",
        "the curfew",
        reason="the parser gives the preposition to the verb that lends the noun",
    ),
    (
        "noun_against",
        "The union's complaint against the governor failed.",
        "complaint against",
        "The union",
        "the governor",
    ),
    (
        "noun_with",
        "The bishop's disagreement with the mayor grew.",
        "disagreement with",
        "The bishop",
        "the mayor",
    ),
    ("noun_in", "The envoy's faith in the truce is strong.", "faith in", "The envoy", "the truce"),
]
ADJECTIVES = [
    ("The general is confident that the bridge will hold.", "confident", "The general", "that the bridge will hold"),
    ("The bishop remains wary of the militia.", "wary", "The bishop", "the militia"),
    ("The general is not sure whether the bridge will hold.", "sure", "The general", "whether the bridge will hold"),
    (
        "The general, confident that the bridge would hold, sent the trucks.",
        "confident",
        "The general",
        "that the bridge would hold",
    ),
]
ADVERBS = [
    ("The rebels have reportedly left the town.", "reportedly", "The rebels have … left the town"),
    ("Supposedly, the trainers have left.", "Supposedly", "the trainers have left"),
    ("The trainers have left, allegedly.", "allegedly", "The trainers have left"),
    ("The governor, who allegedly sold the rifles, has fled.", "allegedly", "who … sold the rifles"),
    fault(
        "Under an allegedly secret deal, the trainers stay.",
        "allegedly",
        "secret deal",
        reason="before an adjective only the adjective is taken as content, not its noun",
    ),
]


@pytest.mark.parametrize(("text", "cue", "content"), ACCORDING)
def test_according_to(text: str, cue: str, content: str) -> None:
    (one,) = said(text)
    assert (one.cue, one.source, one.content, one.shape) == (cue, "the governor", content, "according")
    assert one.vouching


def test_per_somebody_with_a_name() -> None:
    (one,) = said("Forty houses burned down, per Reuters.")
    assert (one.cue, one.source, one.content) == ("per", "Reuters", "Forty houses burned down")


@pytest.mark.parametrize("text", NOBODY)
def test_according_to_nobody(text: str) -> None:
    assert said(text) == ()


@pytest.mark.parametrize(("text", "cue", "source", "content"), OPINIONS)
def test_opinions(text: str, cue: str, source: str, content: str) -> None:
    one = by_cue(said(text), cue)
    assert (one.source, one.content, one.frame) == (source, content, "opinion")


@pytest.mark.xfail(strict=True, reason="“view of” is read a second time as a view that the truce has of the envoy")
def test_an_opinion_is_read_once() -> None:
    assert len(said("In the view of the envoy, the truce is dead.")) == 1


@pytest.mark.parametrize(("frame", "text", "cue", "source", "content"), NOUNS)
def test_nouns(frame: str, text: str, cue: str, source: str, content: str) -> None:
    one = by_cue(said(text), cue)
    assert (one.frame, one.source, one.content, one.shape) == (frame, source, content, "noun")


def test_every_noun_frame_has_a_passage() -> None:
    rows = {name for name in language("en").frames if name.startswith("noun_")}
    assert {row[0] for row in NOUNS} >= rows


@pytest.mark.parametrize(("text", "cue", "source", "content"), ADJECTIVES)
def test_adjectives(text: str, cue: str, source: str, content: str) -> None:
    one = by_cue(said(text), cue)
    assert (one.frame, one.source, one.content, one.vouching) == ("adjective", source, content, False)


@pytest.mark.parametrize(("text", "cue", "content"), ADVERBS)
def test_adverbs(text: str, cue: str, content: str) -> None:
    one = by_cue(said(text), cue)
    assert (one.frame, one.source, one.content, one.vouching) == ("adverb", "", content, False)
