"""Infinitives of English verbs in -e that the lemmatizer takes for a shorter one: "staged" is no form of "stag".

Its rules take "staged" apart as "stag" and -ed, because there is such a word; so with "waged", "raped", "fined",
"rated", "hoped". A verb of one syllable with one vowel and one consonant doubles that consonant ("stagged"), so that
the undoubled form is of the verb in -e.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

DOUBLING = re.compile(r"[^aeiou]*[aeiou][^aeiouswxyz]")
"""A stem that would double its last letter, or that would take a bare -s."""
ENDINGS = ("ed", "ing", "es")


def stems_completed(doc: Doc) -> Doc:
    """The document, each such verb with its own infinitive."""
    for token in doc:
        stem = token.lemma_.lower()
        undoubled = token.lower_ in {stem + ending for ending in ENDINGS}
        if undoubled and token.pos_ in ("VERB", "AUX") and DOUBLING.fullmatch(stem):
            token.lemma_ = f"{stem}e"
    return doc
