"""Two components of spaCy's pipelines done faster, with what they give unchanged: names, and rules over tags.

Both are made from the loaded components and use their weights and rules; `tests/parse/test_quicker.py` compares them
with spaCy's own. Where a component is built otherwise than they know, spaCy's own stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

Scores = NDArray[np.float32]

TEXTS = 4
"""Documents whose vectors are computed together; spaCy takes as many."""


class Names:
    """spaCy's recognizer of names, its states scored all at once.

    A state outside a name knows nothing but its word, so that the best action there is one product for all words of a
    batch; only inside names does one action depend on the last. spaCy scores state by state, and asks for each of 74
    actions, with Python's lock taken, whether it is allowed (spaCy 3.8). The weights, features and rules of what is
    allowed are those of its `parser_model` and `BiluoPushDown`.
    """

    def __init__(self, recognizer: Any) -> None:
        model = recognizer.model
        self._vectors, lower, upper = (model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
        self._lower = lower
        self._bias = lower.get_param("b")
        self._weights, self._shift = upper.get_param("W"), upper.get_param("b")
        names = map(recognizer.moves.get_class_name, range(len(self._shift)))
        moves = [name.partition("-") for name in names]
        self._labels = [label for _, _, label in moves]
        starts = [n for n, (move, _, label) in enumerate(moves) if move == "O" or (label and move in ("B", "U"))]
        self._starts = np.array(starts)
        self._begins = np.array([moves[n][0] == "B" for n in starts])
        self._names = np.array([moves[n][0] != "O" for n in starts])
        self._goes_on = {label: number for number, (move, _, label) in enumerate(moves) if move == "I"}
        self._ends = {label: number for number, (move, _, label) in enumerate(moves) if move == "L"}
        self._moves = [move for move, _, _ in moves]

    @staticmethod
    def fits(recognizer: Any) -> bool:
        """Whether a recognizer is built as this knows it: greedy, three words a state, no action left unseen."""
        model = recognizer.model
        refs = all(model.has_ref(name) for name in ("tok2vec", "lower", "upper"))
        return (
            refs
            and recognizer.cfg["beam_width"] == 1
            and model.get_ref("lower").get_dim("nF") == 3
            and not model.attrs.get("unseen_classes")
        )

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """The documents with their names, in order."""
        flow = iter(docs)
        while batch := list(islice(flow, batch_size)):
            ranked = sorted(filter(len, batch), key=len)
            for first in range(0, len(ranked), TEXTS):
                self._name(ranked[first : first + TEXTS])
            yield from batch

    def _name(self, docs: list[Doc]) -> None:
        vectors = self._vectors.predict(docs)
        parts = self._lower.predict(vectors)
        outside = self._hidden(parts[1:, 0] + parts[0, 1] + parts[0, 2])
        scores = outside @ self._weights[self._starts].T + self._shift[self._starts]
        first = 0
        for doc in docs:
            after = first + len(doc)
            doc.set_ents(list(self._found(doc, scores[first:after], parts[first + 1 : after + 1])), default="outside")
            first = after

    def _hidden(self, summed: Scores) -> Scores:
        found: Scores = (summed + self._bias).max(axis=-1)
        return found

    def _found(self, doc: Doc, scores: Scores, parts: Scores) -> Iterator[Span]:
        """The names of a document, from the scores outside names and the parts that each word adds to a state."""
        from spacy.attrs import IS_SPACE, SENT_START
        from spacy.tokens import Span

        given = doc.to_array([IS_SPACE, SENT_START])
        closed = np.append(given[1:, 1] == 1, True)
        scores[np.ix_(closed, self._begins)] = -np.inf
        scores[np.ix_(given[:, 0] == 1, self._names)] = -np.inf
        best = self._starts[scores.argmax(axis=1)].tolist()
        at = 0
        while at < len(best):
            move, label = self._moves[best[at]], self._labels[best[at]]
            end = at + 1
            if move == "B":
                end = self._end(at, label, parts, closed)
            if move != "O":
                yield Span(doc, at, end, label=label)
            at = end

    def _end(self, start: int, label: str, parts: Scores, closed: NDArray[np.bool_]) -> int:
        """Where a name that begins with a word ends."""
        both = [self._goes_on[label], self._ends[label]]
        weights, shift = self._weights[both], self._shift[both]
        at = start + 1
        while not closed[at]:
            hidden = self._hidden(parts[at, 0] + parts[start, 1] + parts[at - 1, 2])
            goes_on, ends = weights @ hidden + shift
            if ends > goes_on or (ends == goes_on and both[1] < both[0]):
                break
            at += 1
        return at + 1


class TagRules:
    """spaCy's rules from tags to parts of speech and features, each kind of word matched once.

    Most rules look at one word, and words are alike in what these look at: what a rule sets is kept by that. Rules
    over several words are matched as ever.
    """

    def __init__(self, ruler: Any) -> None:
        from spacy.attrs import IDS
        from spacy.matcher import Matcher

        self._matcher = ruler.matcher
        self._sets: list[dict[int, int]] = ruler.attrs
        self._at: list[int] = ruler.indices
        self._strings = ruler.vocab.strings
        self._longer = Matcher(ruler.vocab)
        looked_at = set()
        for number, rule in enumerate(ruler.patterns):
            looked_at |= {key for pattern in rule["patterns"] for word in pattern for key in word}
            longer = [pattern for pattern in rule["patterns"] if len(pattern) > 1]
            if longer:
                self._longer.add(str(number), longer)
        self._looked_at = [IDS[key] for key in sorted(looked_at)]
        self._rules: dict[tuple[int, ...], list[int]] = {}

    @staticmethod
    def fits(ruler: Any) -> bool:
        """Whether each rule asks for attributes that spaCy keeps by number, of one word each."""
        from spacy.attrs import IDS

        words = [word for rule in ruler.patterns for pattern in rule["patterns"] for word in pattern]
        return bool(words) and all(key in IDS and key != "OP" for word in words for key in word)

    def __call__(self, doc: Doc) -> Doc:
        from spacy.tokens._retokenize import set_token_attrs

        rows = list(map(tuple, doc.to_array(self._looked_at).tolist()))
        longer: dict[int, list[int]] = {}
        for match, start, end in self._longer(doc, allow_missing=True) if len(self._longer) else ():
            number = int(self._strings[match])
            index = self._at[number]
            longer.setdefault(start + index if index >= 0 else end + index, []).append(number)
        for at, row in enumerate(rows):
            if row not in self._rules:
                self._rules[row] = self._alone(doc[at : at + 1])
            numbers = self._rules[row]
            if at in longer:
                numbers = sorted({*numbers, *longer[at]})
            for number in numbers:
                set_token_attrs(doc[at], self._sets[number])
        return doc

    def _alone(self, word: Span) -> list[int]:
        """The rules that one word meets by itself, in order."""
        return sorted(int(self._strings[match]) for match, _, _ in self._matcher(word, allow_missing=True))


def quicken(nlp: Language) -> None:
    """Put the faster components in the place of those of spaCy that they know."""
    from spacy.language import Language

    for name, known in (("ner", Names), ("attribute_ruler", TagRules)):
        if name not in nlp.pipe_names or not known.fits(nlp.get_pipe(name)):
            continue
        Language.component(f"dateline_{nlp.lang}_{name}", func=known(nlp.get_pipe(name)))
        nlp.add_pipe(f"dateline_{nlp.lang}_{name}", before=name)
        nlp.remove_pipe(name)
