"""The learned model of kinds: loading it, and asking it."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import TYPE_CHECKING

from dateline.lexicon.intact import checked, released
from dateline.model import Kind

if TYPE_CHECKING:
    import numpy as np
    from curated_tokenizers import WordPieceProcessor
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    from dateline.kinds.pieces import Pieces

BATCH = 4
"""Sentences that go through the encoder together, of like length: with more of them, padding takes the time saved.

Measured on the sentences of one report at a time, some ten of them: eight together take a tenth longer, one or
sixteen a fifth.
"""

SLOWER = ("SkipLayerNormFusion",)
"""What onnxruntime is kept from: adding and normalising in one step takes it longer than in two (1.31)."""

NEAR = (3, 8)
"""Pieces before the first and after the last party that are read for what is between them: a third of the work is
saved, and nothing lost where it was measured."""

LANGUAGES = frozenset({"en"})
"""Languages the model was trained on; of others it tells nothing, and their listed words decide alone."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with the character spans of who acts and whom it is done to; either may be unknown."""

    sentence: str
    actor: Span | None = None
    recipient: Span | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What one word tells: a probability for each kind, and for none; they add up to 1."""

    none: float
    kinds: Mapping[Kind, float]

    @property
    def best(self) -> Kind:
        """The kind most probable, should the word tell one."""
        return max(self.kinds.items(), key=itemgetter(1, 0))[0]


_NO_KIND = dict.fromkeys(Kind, 0.0)
NOTHING = Told(1.0, _NO_KIND)
"""What is said of a word that the model was not shown, past the end of what it reads."""


def reads(language: str) -> bool:
    """Whether the model can be asked about words of a language."""
    return language in LANGUAGES


@dataclass(frozen=True, slots=True)
class Model:
    """The encoder with its labels.

    `codes` are the finer codes of the ontology (`attack.strike`), the first of them "" for none; `kinds` those of
    the codes after it; `types` the PLOVER types of `pairs`. Answers can shift in the second decimal with the other
    sentences of the same call, because activations are quantised for a batch at once.
    """

    session: InferenceSession
    vocabulary: WordPieceProcessor
    codes: tuple[str, ...]
    kinds: tuple[Kind, ...]
    types: tuple[str, ...]

    def words(self, sentences: Sequence[tuple[str, Sequence[Span]]]) -> list[list[Told]]:
        """For each sentence, for each of its spans (of words, in characters): what it tells."""
        from dateline.kinds.pieces import pieces

        read = [pieces(self.vocabulary, sentence) for sentence, _ in sentences]
        answers: list[list[Told]] = [[] for _ in read]
        for batch, logits in self._batches(read, "token"):
            shares = _softmax(logits)
            for row, index in enumerate(batch):
                answers[index] = self._told(shares[row], read[index].offsets, sentences[index][1])
        return answers

    def pairs(self, sentences: Sequence[Marked]) -> list[dict[str, float]]:
        """For each sentence, the probability of each PLOVER type between actor and recipient."""
        from dateline.kinds.pieces import around, pieces

        read = []
        for marked in sentences:
            spans = {"actor": marked.actor, "recipient": marked.recipient}
            whole = pieces(self.vocabulary, marked.sentence, {k: v for k, v in spans.items() if v is not None})
            read.append(around(whole, *NEAR))
        answers: list[dict[str, float]] = [{} for _ in read]
        for batch, logits in self._batches(read, "root"):
            for row, index in enumerate(batch):
                answers[index] = dict(zip(self.types, _softmax(logits[row]).tolist(), strict=True))
        return answers

    def _batches(self, read: Sequence[Pieces], output: str) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """Indices of sentences of like length, with one of the network's outputs for them."""
        import numpy as np

        order = sorted(range(len(read)), key=lambda i: (len(read[i].ids), i))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            ids = np.zeros((len(batch), len(read[batch[-1]].ids)), dtype=np.int64)
            for row, index in enumerate(batch):
                ids[row, : len(read[index].ids)] = read[index].ids
            (logits,) = self.session.run([output], {"ids": ids, "mask": (ids != 0).astype(np.int64)})
            yield batch, logits

    def _told(self, shares: NDArray[np.float32], offsets: Sequence[Span], spans: Sequence[Span]) -> list[Told]:
        """What each word tells: the mean over its pieces, codes summed by kind."""
        import numpy as np

        shown = [i for i, (start, end) in enumerate(offsets) if start < end]
        starts, ends = [offsets[i][0] for i in shown], [offsets[i][1] for i in shown]
        found = [shown[bisect_right(ends, first) : bisect_left(starts, after)] for first, after in spans]
        words = shares[[inside[0] if inside else 0 for inside in found]]
        for row, inside in enumerate(found):
            if len(inside) > 1:
                words[row] = shares[inside].mean(axis=0)
        kinds, firsts = self._groups()
        sums = np.add.reduceat(words[:, 1:].astype(np.float64), firsts, axis=1).tolist()
        none = words[:, 0].tolist()
        return [
            Told(n, _NO_KIND | dict(zip(kinds, row, strict=True))) if inside else NOTHING
            for n, row, inside in zip(none, sums, found, strict=True)
        ]

    def _groups(self) -> tuple[list[Kind], list[int]]:
        """The kinds in the order of their codes, and where the codes of each begin."""
        firsts = [i for i, kind in enumerate(self.kinds) if i == 0 or kind is not self.kinds[i - 1]]
        return [self.kinds[i] for i in firsts], firsts


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: NDArray[np.float32] = powers / powers.sum(axis=-1, keepdims=True)
    return shares


@cache
def version() -> str:
    """What tells this model from any other: the beginning of the SHA-256 of its file."""
    return released()["kinds/kinds.onnx"][:12]


@cache
def model() -> Model:
    """The model that ships with the package, loaded once; one thread, so that workers do not crowd each other.

    DamagedDataError where one of its files is not the one that was released.
    """
    from curated_tokenizers import WordPieceProcessor
    from onnxruntime import InferenceSession, SessionOptions

    labels = json.loads(_file("labels.json"))
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = InferenceSession(
        _file("kinds.onnx"), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
    )
    words = _file("vocabulary.txt").decode("utf-8").splitlines()
    codes = labels["codes"]
    kinds = tuple(Kind(code.partition(".")[0]) for code in codes)
    return Model(session, WordPieceProcessor(words), ("", *codes), kinds, tuple(labels["types"]))


def _file(name: str) -> bytes:
    """A file of the model as it was released."""
    content = files("dateline.kinds").joinpath(name).read_bytes()
    checked(f"kinds/{name}", content)
    return content
