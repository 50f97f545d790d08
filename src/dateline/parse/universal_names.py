"""Names of places and persons in a language whose pipeline has no recogniser of them, by the words around them.

What the gazetteer knows and a preposition of place or "the region of" leads to is a place; several words that no list
knows, behind a title or saying something, are a person. The rest stays unmarked. Read from the tree as it was parsed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.lexicon.countries import by_name
from dateline.lexicon.exonyms import listed_name
from dateline.lexicon.gazetteer import lookup
from dateline.lexicon.place_words import PlaceWords, place_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


def recognised(doc: Doc) -> Doc:
    """The document with its places and persons marked, as the models of other languages call them (LOC, PER)."""
    doc.ents = tuple(_labelled(doc))
    return doc


def _labelled(doc: Doc) -> Iterator[Span]:
    for first, last in _runs(doc):
        name = doc[first : last + 1]
        place = _is_place(name)
        if place or _is_person(name):
            yield _marked(name, "LOC" if place else "PER")


def _marked(name: Span, label: str) -> Span:
    from spacy.tokens import Span as SpacySpan

    return SpacySpan(name.doc, name.start, name.end, label=label)


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """First and last token of proper nouns that stand side by side, each hanging on the first."""
    at = 0
    while at < len(doc):
        last = at
        if doc[at].pos_ == "PROPN":
            while last + 1 < len(doc) and doc[last + 1].dep_.startswith("flat") and doc[last + 1].head.i >= at:
                last += 1
            yield at, last
        at = last + 1


def _is_place(name: Span) -> bool:
    """Whether the gazetteer or the list of states has the name, and the words before it ask for a place."""
    language = name.doc.lang_
    words = place_words(language)
    if name.text.lower() in words.blocked or not (
        by_name(name.text, language) or lookup(listed_name(name.text, language))
    ):
        return False
    before = [t.lower_ for t in name.doc[max(0, name.start - 3) : name.start]]
    if before and before[-1] in words.articles:
        before.pop()
    if not before:
        return False
    if before[-1] in words.of:
        moved = name[0].dep_.startswith("obl") and name[0].head.pos_ == "VERB"
        return moved or (len(before) > 1 and _leads(before[-2], words))
    return before[-1] in words.locatives


def _leads(word: str, words: PlaceWords) -> bool:
    """Whether "the region of", "near" or "to the north of" stands before a name."""
    return words.is_head(word) or word in words.locatives or word in words.compass


def _is_person(name: Span) -> bool:
    """Whether several words that no list of places has follow a title, or stand where a speaker does."""
    first = name[0]
    known = by_name(name.text, name.doc.lang_) or lookup(listed_name(name.text, name.doc.lang_))
    if len(name) < 2 or known or not all(t.text[:1].isupper() and not t.is_upper for t in name):
        return False
    titled = first.dep_ == "appos" and first.head.pos_ == "NOUN" and first.head.i < first.i
    return titled or (first.dep_ == "nsubj" and _speaks(first.head))


def _speaks(verb: Token) -> bool:
    from dateline.lexicon.language import language

    lexicon = language(verb.doc.lang_)
    lemma = lexicon.conjugated.get(verb.lower_, verb.lemma_.lower())
    return lemma in lexicon.saying
