"""What the learned model tells of the words of a report: verbs and nouns, sentence by sentence.

The lexicon says what a word can tell and with which arguments; the model says what it tells here. Where both
speak they are weighed against each other; where only the model does, the roles are the general ones of the kind.
It is asked about the sentences that the lexicon, a force or a public body makes worth it (`findings`): it takes more
time than any other step.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.kinds import Told, model, reads
from dateline.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from dateline.extract.arguments import Arguments
    from dateline.extract.reading import Reading

CONTENT = frozenset({"VERB", "NOUN", "PROPN", "AUX", "ADJ"})
"""Parts of speech of the words the model is asked about."""


class Answers:
    """What the learned model tells of the words of one report, each sentence asked about once.

    Nothing is told in a report of a language that the model does not read.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._asked: set[int] = set()
        self._told: dict[int, Told] = {}

    def ask(self, words: Iterable[Token]) -> None:
        """Ask about the sentences of these words, those not asked about before: together, which is quicker."""
        if not reads(self._reading.lexicon.code):
            return
        new: list[Span] = []
        for word in words:
            number = self._reading.sentence_of[word.i]
            if number not in self._asked:
                self._asked.add(number)
                new.append(word.sent)
        if new:
            self._keep(new)

    def known(self, word: Token) -> Told | None:
        """What a word tells, where its sentence was asked about; of content words of the report's own text alone."""
        return self._told.get(word.i)

    def of(self, word: Token) -> Told | None:
        """The same, asking now where its sentence was not asked about."""
        self.ask((word,))
        return self.known(word)

    def _keep(self, sentences: Iterable[Span]) -> None:
        asked, words = [], []
        for sentence in sentences:
            own = [word for word in sentence if word.pos_ in CONTENT and not self._reading.is_hidden(word)]
            if own:
                start = sentence.start_char
                spans = [(word.idx - start, word.idx - start + len(word)) for word in own]
                asked.append((self._reading.shown[start : sentence.end_char], spans))
                words.append(own)
        for own, answers in zip(words, model().words(asked), strict=True):
            self._told |= {word.i: told for word, told in zip(own, answers, strict=True)}


CARRIED = ("obj", "attr", "xcomp", "acomp")
"""Slots whose head may be the word that tells what the verb only carries: "signed a deal", "agreed to leave"."""


def support(reading: Reading, token: Token, args: Arguments, kind: Kind) -> float:
    """How probable the model finds `kind` for a word, or for what it only carries."""
    words = [token, *(head for slot in CARRIED for head in args.get(slot))]
    governor = args.first("governed")
    if governor is not None:
        words.append(governor)
    found = map(reading.told.known, words)
    return max((told.kinds[kind] for told in found if told is not None), default=0.0)
