"""The stance of the main proposition of what a source says, whether or not a claim is found in it."""

from __future__ import annotations

from functools import cache

import pytest

from dateline.extract.attributions import attributions
from dateline.extract.cues import Cue
from dateline.extract.reading import Reading
from dateline.extract.stance import said_stance
from dateline.ingest import text as plain_text
from dateline.lexicon.language import language
from dateline.model import Hints, Stance
from dateline.parse import parsed_documents
from dateline.pipeline import describe

CASES = {
    ("The mayor said the bridge was mined.", "said"): "asserted",
    ("The mayor said he was tired of the war.", "said"): "asserted",
    ("“The bridge is mined,” the mayor said. “It will take weeks to clear.”", "said"): "asserted",
    ("The bridge, engineers said, had been mined twice.", "said"): "asserted",
    ("According to the governor, the dam is safe.", "according"): "asserted",
    ("The envoy said the parties had agreed to keep talking.", "said"): "planned",
    ("The envoy said the parties had met in secret.", "said"): "asserted",
    ("The report found that the police had failed to protect the camp.", "found"): "denied",
    ("The minister said the port would reopen on Monday.", "said"): "planned",
    ("The minister said he was ready to resign.", "said"): "planned",
    ("The minister said Chad had no plans to close its border.", "said"): "denied",
    ("The minister said the border might be closed.", "said"): "conditional",
    ("The minister said the border would be closed if the raids went on.", "said"): "conditional",
    ("The colonel said his men had not fired.", "said"): "denied",
    ("The colonel said his men had never been anything but loyal.", "said"): "denied",
    ("The colonel said there was no evidence that his men had fired.", "said"): "denied",
    ("The colonel said it was unclear who had fired.", "said"): "alleged",
    ("The colonel said it was not true that his men had fired.", "said"): "denied",
    ("The colonel said he could not rule out that his men had fired.", "said"): "conditional",
    ("The colonel denied that his men had fired.", "denied"): "denied",
    ("The colonel did not deny that his men had fired.", "deny"): "alleged",
    ("The colonel refused to confirm that his men had fired.", "confirm"): "alleged",
    ("The colonel did not say whether his men had fired.", "say"): "alleged",
    ("The colonel alleged that villagers had fired first.", "alleged"): "alleged",
    ("The colonel believes that villagers fired first.", "believes"): "alleged",
    ("The colonel does not believe that villagers fired first.", "believe"): "denied",
    ("The colonel said villagers had reportedly fired first.", "said"): "alleged",
    ("The colonel said villagers were thought to have fired first.", "said"): "alleged",
    ("The colonel said the governor had denied the rumours.", "said"): "asserted",
    ("The ministry confirmed that the talks had not yet begun.", "confirmed"): "denied",
    ("The ministry accused the rebels of hoarding grain.", "accused"): "alleged",
    ("The ministry announced that it was considering closing the camp.", "announced"): "conditional",
    ("“We have done nothing wrong,” the general told reporters.", "told"): "denied",
    ("“Are we to stand by?” the general said.", "said"): "conditional",
    ("The envoy called the report a hoax.", "called"): "asserted",
    ("Oslo did not rule out sending medics to Goma.", "rule"): "conditional",
    ("Oslo ruled out sending medics to Goma.", "ruled"): "denied",
    ("The governor's claim that the dam is safe drew laughter.", "claim"): "asserted",
    ("The villagers blamed the army for the fire.", "blamed"): "alleged",
    ("The militia is said to have mined the road.", "said"): "alleged",
    ("The bridge can now carry tanks, the mayor said.", "said"): "asserted",
    ("The mayor said any convoy would be searched.", "said"): "conditional",
    ("The mayor said the tunnel may be meant for smuggling.", "said"): "alleged",
    ("The mayor said the ministry had stopped publishing figures.", "said"): "asserted",
    ("The mayor said that the port was no longer safe.", "said"): "denied",
    ("The mayor said the port had yet to reopen.", "said"): "denied",
    ("The mayor said that “not one truck” had come.", "said"): "denied",
    ("The mayor asked whether the port had been mined.", "asked"): "alleged",
    ("“We would rather leave,” the mayor said.", "said"): "asserted",
    ("“If the dam breaks, the town is lost,” the mayor said.", "said"): "conditional",
    ("“The gates are shut, the lights are not,” the mayor said.", "said"): "asserted",
    ("“Let us wait. The road will open on Friday,” the mayor said.", "said"): "planned",
}
FAILING: dict[str, str] = {}


@cache
def readings() -> dict[str, Reading]:
    hints = Hints(published="2023-05-10", language="en")
    texts = [text for text, _ in CASES]
    described = [describe(item, hints) for text in texts for item in plain_text.read(text.encode(), hints)]
    parsed = parsed_documents([one.document for one in described if one.document is not None])
    return {text: Reading(one, language("en")) for text, one in zip(texts, parsed, strict=True)}


def rows() -> list[object]:
    given = []
    for (text, word), stance in CASES.items():
        marks = [pytest.mark.xfail(strict=True, reason=FAILING[text])] if text in FAILING else []
        given.append(pytest.param(text, word, stance, id=text, marks=marks))
    return given


@pytest.mark.parametrize(("text", "word", "expected"), rows())
def test_what_is_said_has_a_stance(text: str, word: str, expected: str) -> None:
    reading = readings()[text]
    cues = list(attributions(reading))
    cue = next((c for c in cues if c.word.lower_ == word), None)
    assert cue is not None, [c.word for c in cues]
    stance, why = said_stance(reading, cue, cues)
    assert stance is Stance(expected), why
    assert why


ATTITUDES = {
    ("The general wants his men to leave the town.", "wants", "leave"): "planned",
    ("The general refused to leave the town.", "refused", "leave"): "denied",
    ("The general believes in the truce.", "believes", "truce"): "alleged",
    ("The general is considering a truce.", "considering", "truce"): "conditional",
    ("The general praised the truce.", "praised", "truce"): "asserted",
}


@pytest.mark.parametrize(("text", "word", "what", "expected"), [(*key, value) for key, value in ATTITUDES.items()])
def test_what_is_thought_or_wanted_has_a_stance(text: str, word: str, what: str, expected: str) -> None:
    document = describe(next(iter(plain_text.read(text.encode(), Hints(language="en")))), Hints(language="en")).document
    assert document is not None
    reading = Reading(next(iter(parsed_documents([document]))), language("en"))
    token, head = (next(t for t in reading.doc if t.lower_ == one) for one in (word, what))
    span = (token.idx, token.idx + len(token))
    cue = Cue(None, token, span, "attitude", {t.i for t in head.subtree})
    assert said_stance(reading, cue, [cue])[0] is Stance(expected)
