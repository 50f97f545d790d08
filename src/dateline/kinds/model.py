"""The learned model of kinds: loading it, and asking it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dateline.model import Kind

if TYPE_CHECKING:
    import numpy as np
    from curated_tokenizers import WordPieceProcessor
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    from dateline.kinds.pieces import Pieces

BATCH = 16
"""Sentences that go through the encoder together, of like length."""

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
        return max(self.kinds, key=lambda k: (self.kinds[k], k))


NOTHING = Told(1.0, dict.fromkeys(Kind, 0.0))
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
            for row, index in enumerate(batch):
                spans = sentences[index][1]
                answers[index] = [self._told(logits[row], read[index].offsets, span) for span in spans]
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

    def _told(self, logits: NDArray[np.float32], offsets: Sequence[Span], span: Span) -> Told:
        """The mean over the pieces of a word."""
        inside = [i for i, (start, end) in enumerate(offsets) if start < end and start < span[1] and end > span[0]]
        if not inside:
            return NOTHING
        shares = _softmax(logits[inside]).mean(axis=0)
        kinds = dict.fromkeys(Kind, 0.0)
        for kind, share in zip(self.kinds, shares[1:].tolist(), strict=True):
            kinds[kind] += share
        return Told(float(shares[0]), kinds)


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: NDArray[np.float32] = powers / powers.sum(axis=-1, keepdims=True)
    return shares


@cache
def version() -> str:
    """What tells this model from any other: the beginning of the SHA-256 of its file."""
    with files("dateline.kinds").joinpath("kinds.onnx").open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:12]  # type: ignore[arg-type]


@cache
def model() -> Model:
    """The model that ships with the package, loaded once; one thread, so that workers do not crowd each other."""
    from curated_tokenizers import WordPieceProcessor
    from onnxruntime import InferenceSession, SessionOptions

    folder = files("dateline.kinds")
    labels = json.loads(folder.joinpath("labels.json").read_text(encoding="utf-8"))
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = InferenceSession(folder.joinpath("kinds.onnx").read_bytes(), options, providers=["CPUExecutionProvider"])
    words = folder.joinpath("vocabulary.txt").read_text(encoding="utf-8").splitlines()
    codes = labels["codes"]
    kinds = tuple(Kind(code.partition(".")[0]) for code in codes)
    return Model(session, WordPieceProcessor(words), ("", *codes), kinds, tuple(labels["types"]))
