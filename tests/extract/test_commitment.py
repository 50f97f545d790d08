"""What the report itself holds of what its sources say: factive words, words of distance, and neither."""

from __future__ import annotations

from functools import cache

import pytest

from dateline.extract.attributions import attributions
from dateline.extract.reading import Reading
from dateline.extract.stance import commitment
from dateline.ingest import text as plain_text
from dateline.lexicon.language import COMMITMENT_CLASSES, language
from dateline.model import Commitment, Hints
from dateline.parse import parsed_documents
from dateline.pipeline import describe

COMMITTED, NEUTRAL, DISTANCED = Commitment.COMMITTED, Commitment.NEUTRAL, Commitment.DISTANCED
CASES = {
    "The defence ministry confirmed that two battalions had left Gao.": COMMITTED,
    "Colonel Diop acknowledged that his men had shelled the market.": COMMITTED,
    "A leaked memo revealed that the base in Agadez was already empty.": COMMITTED,
    "The spokesman pointed out that Chad had sent 400 soldiers to Mali.": COMMITTED,
    "A leaked document shows that Russian jets are parked at Hmeimim.": COMMITTED,
    "Kigali has admitted that its troops are in Goma.": COMMITTED,
    "Brussels can confirm that the mission has ended.": COMMITTED,
    "The envoy rightly said that the truce had been signed in Doha.": COMMITTED,
    "The army's admission that it had bombed the bridge came late on Monday.": COMMITTED,
    "The defence ministry did not confirm that two battalions had left Gao.": NEUTRAL,
    "The spokesman refused to confirm that Russian jets had landed in Bamako.": NEUTRAL,
    "Kigali has never admitted that its troops are in Goma.": NEUTRAL,
    "The ministry said that two battalions had left Gao.": NEUTRAL,
    "According to the governor, the rebels took Kidal on Sunday.": NEUTRAL,
    "The general told Reuters that the convoy had reached Niamey.": NEUTRAL,
    "Islamic State claimed responsibility for the attack on the hotel in Kabul.": DISTANCED,
    "The envoy announced that the militia had surrounded Tripoli.": NEUTRAL,
    "“We took the airport at dawn,” a Houthi commander said.": NEUTRAL,
    "Paris denied that its soldiers were in Benghazi.": NEUTRAL,
    "Islamic State militants, the army said, killed four soldiers near Diffa.": NEUTRAL,
    "The ministry said the so-called Islamic State had seized the town.": NEUTRAL,
    "The militia claimed that it held the bridge at Bahri.": DISTANCED,
    "Two brokers reportedly sold the boats to the navy.": DISTANCED,
    "The mayor recalled that the convoy had stopped at the bridge.": NEUTRAL,
    "The panel's finding that jets had bombed the clinic was ignored.": COMMITTED,
    "The villagers blamed the army for the attack on the market.": DISTANCED,
    "Tehran insisted that its advisers had left Damascus.": DISTANCED,
    "The rebels boasted that they had shot down two helicopters.": DISTANCED,
    "Sudan alleged that Emirati drones had bombed Port Sudan.": DISTANCED,
    "Ukraine accused Belarus of training Russian soldiers.": DISTANCED,
    "The colonel said French spies had armed the rebels, without offering evidence.": DISTANCED,
    "The junta said France had trained the attackers but gave no evidence.": DISTANCED,
    "The governor falsely said that the rebels had left the town.": DISTANCED,
    "The ministry said the so-called volunteers had reached Donetsk.": DISTANCED,
    "The ministry said the “volunteers” had reached Donetsk.": NEUTRAL,
    "The rebels' allegation that Sudanese jets bombed a clinic drew a sharp reply.": DISTANCED,
}


@cache
def readings() -> dict[str, Reading]:
    hints = Hints(published="2023-05-10", language="en")
    described = [describe(item, hints) for text in CASES for item in plain_text.read(text.encode(), hints)]
    parsed = parsed_documents([one.document for one in described if one.document is not None])
    return {text: Reading(one, language("en")) for text, one in zip(CASES, parsed, strict=True)}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_commitment_of_the_report(text: str, expected: Commitment) -> None:
    reading = readings()[text]
    cues = list(attributions(reading))
    assert cues, "nothing is said"
    cue = max(cues, key=lambda c: (c.word.head == c.word, c.size))
    assert commitment(reading, cue) is expected, [c.word for c in cues]


def test_every_list_of_commitment_is_there() -> None:
    assert {f"commitment.{name}" for name in COMMITMENT_CLASSES} <= set(language("en").words)


def test_no_word_both_commits_and_keeps_away() -> None:
    words = language("en").words
    assert not words["commitment.committed"] & words["commitment.distanced"]
    assert not words["commitment.vouching_words"] & words["commitment.distancing_words"]
