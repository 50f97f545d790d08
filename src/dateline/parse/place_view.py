"""The tokens of a report as place recognition reads them: plain lists, with the parser's entity at each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.lexicon.countries import by_demonym, by_name, writes_small
from dateline.lexicon.exonyms import listed_name
from dateline.lexicon.place_words import PlaceWords, place_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
MARKS = frozenset("-'’–")


@dataclass(frozen=True, slots=True)
class View:
    """The tokens of a document as plain lists, with the parser's entity at each of them."""

    doc: Doc
    text: str
    words: list[str]
    lower: list[str]
    capital: list[bool]
    starts: list[int]
    ends: list[int]
    entity: list[tuple[int, int, str]]
    persons: frozenset[str]
    """Words of the report's multi-word person names."""
    named: frozenset[str]
    """Names the parser takes for places somewhere in the report."""
    speaks_of: Counter[str]
    """Countries by their one-word names and demonyms."""
    language: str

    @property
    def near(self) -> PlaceWords:
        """The words around place names of the report's language."""
        return place_words(self.language)

    def listed(self, name: str) -> str:
        """The name under which tables and gazetteer have a place that the report calls so."""
        return listed_name(name, self.language)

    def alone(self, first: int, last: int) -> bool:
        """Whether no capitalised word adjoins tokens `first` to `last`, but for a preposition in a title.

        Nor but for an article, where what a place is stands before its name ("La base aérienne 101").
        """
        near = self.near
        joins = near.locatives | near.articles if near.leading else near.locatives
        before = first == 0 or not self.capital[first - 1] or self.lower[first - 1] in joins
        after = last >= len(self.words) or not self.capital[last]
        return before and after and not self.hyphened(last, last + 1) and not self.hyphened(first - 1, first - 2)

    def hyphened(self, at: int, beyond: int) -> bool:
        """Whether a hyphen at token `at` joins a capitalised token `beyond` it."""
        inside = min(at, beyond) >= 0 and max(at, beyond) < len(self.words)
        return inside and self.words[at] in MARKS and self.capital[beyond]

    def spoken(self, first: int, last: int) -> str:
        """The words of tokens `first` to `last` (exclusive) or to the end of the text, blanks normalised."""
        return " ".join(self.text[self.starts[first] : self.ends[min(last, len(self.ends)) - 1]].split())


_NO_ENTITY = (-1, -1, "")


def view(doc: Doc) -> View:
    """The lists that recognition works on."""
    ents, language = doc.ents, doc.lang_
    near, small = place_words(language), writes_small(language)
    tokens = list(doc)
    words = [token.text for token in tokens]
    starts = [token.idx for token in tokens]
    entity = [_NO_ENTITY] * len(words)
    persons: set[str] = set()
    places: set[str] = set()
    for span in ents:
        bounds = (span.start, span.end, span.label_)
        entity[span.start : span.end] = [bounds] * (span.end - span.start)
        if span.label_ == "PERSON" and span.end - span.start > 1 and span[0].lower_ not in near.locatives:
            persons.update(words[span.start : span.end])
        elif span.label_ in PLACE_LABELS:
            places.add(span.text)
    single = {span.text for span in ents if span.label_ == "PERSON" and len(span) == 1}
    persons.update(
        words[span.end - 1]
        for span in ents
        if span.label_ == "ORG" and len(span) == 2 and words[span.end - 1] in single and words[span.start].isalpha()
    )
    capital = [word[0].isupper() for word in words]
    states = (
        by_name(word, language) or by_demonym(word, language)
        for word, upper in zip(words, capital, strict=True)
        if upper or small
    )
    return View(
        doc,
        doc.text,
        words,
        [word.lower() for word in words],
        capital,
        starts,
        [start + len(word) for start, word in zip(starts, words, strict=True)],
        entity,
        frozenset(persons),
        frozenset(places),
        Counter(state.code for state in states if state is not None),
        language,
    )
