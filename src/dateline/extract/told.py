"""What the learned model tells of the words of a report: verbs and nouns, sentence by sentence.

The lexicon says what a word can tell and with which arguments; the model says what it tells here. Where both
speak they are weighed against each other; where only the model does, the roles are the general ones of the kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.kinds import Told, model, reads
from dateline.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from dateline.extract.arguments import Arguments
    from dateline.extract.reading import Reading

CONTENT = frozenset({"VERB", "NOUN", "PROPN", "AUX", "ADJ"})
"""Parts of speech of the words the model is asked about."""


def told_words(reading: Reading) -> dict[int, Told]:
    """Token index -> what the word tells, for every content word of the report's own text.

    Empty for a report in a language that the model does not read.
    """
    if not reads(reading.lexicon.code):
        return {}
    asked: list[tuple[str, list[tuple[int, int]]]] = []
    tokens: list[list[Token]] = []
    for sentence in reading.doc.sents:
        words = list(_asked(reading, sentence))
        if words:
            start = sentence.start_char
            spans = [(w.idx - start, w.idx - start + len(w)) for w in words]
            asked.append((reading.shown[start : sentence.end_char], spans))
            tokens.append(words)
    answers = model().words(asked)
    return {t.i: told for words, row in zip(tokens, answers, strict=True) for t, told in zip(words, row, strict=True)}


def _asked(reading: Reading, sentence: Span) -> Iterator[Token]:
    for token in sentence:
        if token.pos_ in CONTENT and not reading.is_hidden(token):
            yield token


CARRIED = ("obj", "attr", "xcomp", "acomp")
"""Slots whose head may be the word that tells what the verb only carries: "signed a deal", "agreed to leave"."""


def support(reading: Reading, token: Token, args: Arguments, kind: Kind) -> float:
    """How probable the model finds `kind` for a word, or for what it only carries."""
    words = [token, *(head for slot in CARRIED for head in args.get(slot))]
    governor = args.first("governed")
    if governor is not None:
        words.append(governor)
    shares = [reading.told[w.i].kinds[kind] for w in words if w.i in reading.told]
    return max(shares, default=0.0)
