"""The filter itself: weights by language, the score of a text, and which documents are kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log

from dateline.model import Document
from dateline.relevance.features import features, sentences
from dateline.relevance.naming import WORDS

MANIFEST = "languages.json"
"""By language: the file of its weights, that file's SHA-256, and the bias, threshold and growth of its `Filter`."""
SHORT = 8
"""Sentences up to which a text is short."""


@dataclass(frozen=True, slots=True)
class Filter:
    """The weights of one language. `threshold` is the score from which on a text is kept.

    The best of many sentences looks like a claim by chance more easily than the best of few: beyond `SHORT` sentences
    the score of a text falls by `growth` with the natural logarithm of their number.
    """

    weights: Mapping[str, float]
    bias: float
    threshold: float
    growth: float = 0.0

    def score(self, text: str) -> float:
        """The log odds of the sentence that most looks like a claim, less what the length of the text explains.

        Minus infinity for a text without words.
        """
        told = list(sentences(text))
        return max(map(self.of_sentence, told), default=float("-inf")) - self._by_chance(len(told))

    def of_sentence(self, sentence: list[str]) -> float:
        """The log odds that a sentence, as its words, tells a claim."""
        weigh = self.weights.get
        return self.bias + sum(weigh(feature, 0.0) for feature in features(sentence))

    def keeps(self, text: str, *, glance: bool = False) -> bool:
        """Whether any sentence passes; stops at the first that does.

        At a glance it is not known how much of the text is the report: then its length counts for nothing, so that
        a report is never left out among other lines that would be kept by itself.
        """
        told = list(sentences(text))
        asked = self.threshold + (0.0 if glance else self._by_chance(len(told)))
        return any(self.of_sentence(sentence) >= asked for sentence in told)

    def _by_chance(self, count: int) -> float:
        return self.growth * log(max(1.0, count / SHORT))


def keeps(documents: Sequence[Document]) -> list[bool]:
    """For each document, whether it may hold a claim and is worth parsing.

    The title counts as a sentence, furniture does not: nothing is read from it. A document whose language is not said
    or not among `filters()` is kept.
    """
    found = [filters().get(document.language or "") for document in documents]
    return [one is None or one.keeps(shown(document)) for one, document in zip(found, documents, strict=True)]


def glance_keeps(text: str, language: str | None) -> bool:
    """Whether a text that holds a report among other lines may hold a claim; True where the language has no filter.

    What `keeps` keeps of such reports is kept.
    """
    known = filters().get(language or "")
    return known is None or known.keeps(text, glance=True)


def shown(document: Document) -> str:
    """What the filter looks at: title and text without its furniture, a line each."""
    parts, at = [document.title or ""], 0
    for furniture in document.furniture:
        if furniture.reason != "title":
            parts.append(document.text[at : furniture.start])
            at = furniture.end
    return "\n".join([*parts, document.text[at:]])


@cache
def filters() -> Mapping[str, Filter]:
    """The filters by ISO 639-1 code; ValueError names a file whose hash is not that of the manifest."""
    return {code: _loaded(entry) for code, entry in _manifest().items()}


@cache
def version() -> str:
    """What tells these filters from any other: the beginning of the SHA-256 of the manifest, which holds the hashes of
    the weights, and of the words about names."""
    told = b"".join(files("dateline.relevance").joinpath(name).read_bytes() for name in (MANIFEST, WORDS))
    return hashlib.sha256(told).hexdigest()[:12]


def _manifest() -> dict[str, dict[str, str | float]]:
    found: dict[str, dict[str, str | float]] = json.loads(
        files("dateline.relevance").joinpath(MANIFEST).read_text(encoding="utf-8")
    )
    return found


def _loaded(entry: Mapping[str, str | float]) -> Filter:
    name = str(entry["file"])
    data = files("dateline.relevance").joinpath(name).read_bytes()
    if hashlib.sha256(data).hexdigest() != entry["sha256"]:
        raise ValueError(f"relevance/{name} is not the file that {MANIFEST} names: install dateline anew")
    rows = (line.rpartition("\t") for line in data.decode("utf-8").splitlines())
    weights = {feature: float(weight) for feature, _, weight in rows}
    return Filter(weights, float(entry["bias"]), float(entry["threshold"]), float(entry["growth"]))
