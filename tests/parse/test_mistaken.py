"""Words that the English parser mistakes are read as what they are; near ones are left alone."""

from __future__ import annotations

import pytest

from dateline.parse.nlp import parse_text


@pytest.mark.parametrize(
    ("text", "word", "part", "lemma"),
    [
        ("US and South Korean forces started their annual Freedom Shield drills on Monday.", "drills", "NOUN", "drill"),
        ("Israel struck more than 100 Hezbollah rocket launchers overnight.", "launchers", "NOUN", "launcher"),
        ("Two Indian soldiers were killed by Pakistani firing along the border.", "firing", "NOUN", "firing"),
        ("Ukraine accused Belarus of massing troops on its border.", "massing", "VERB", "mass"),
        ("Iran accused Israel of bombing hospitals.", "bombing", "VERB", "bomb"),
        ("The army drills recruits in Gao.", "drills", "VERB", "drill"),
    ],
)
def test_what_a_word_is(text: str, word: str, part: str, lemma: str) -> None:
    token = next(t for t in parse_text(text) if t.text == word)
    assert (token.pos_, token.lemma_) == (part, lemma)


@pytest.mark.parametrize(
    ("text", "word", "head"),
    [
        ("Ukraine accused Belarus of massing troops on its border.", "troops", "massing"),
        ("Tajikistan accused Kyrgyz guards of opening fire on a village.", "of", "accused"),
        ("Rebels accused the government of Mali.", "of", "government"),
        ("Thai police shot dead two men in Pattani.", "dead", "shot"),
    ],
)
def test_what_a_word_hangs_on(text: str, word: str, head: str) -> None:
    token = next(t for t in parse_text(text) if t.text == word)
    assert token.head.text == head
