"""Two slips of the English parser that lose whole claims, put right in its tree.

Sayings that close a sentence and that it took for nouns ("They have left, the Pentagon estimates"), and nationalities
that it took for a party of their own ("some 140 Guatemalan and Salvadoran soldiers").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lexicon.countries import by_demonym
from dateline.lexicon.language import language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NAMED = frozenset({"NOUN", "PROPN"})


def verbs_of_saying(doc: Doc) -> Doc:
    """The document, each plural noun that ends a sentence as "..., the ministry estimates" does turned to its verb.

    Only where its form is that of a verb of saying that closes sentences, a speaker stands before it after a comma, and
    a finite verb before that comma.
    """
    for sentence in list(doc.sents):
        last = next((t for t in reversed(sentence) if not (t.is_punct or t.is_space)), None)
        if last is not None and last.tag_ == "NNS" and _lemma(last) is not None:
            _turn(last)
    return doc


def nations_joined(doc: Doc) -> Doc:
    """The document, with "Guatemalan and Salvadoran soldiers" under "soldiers" where the parser joined them to one."""
    for first in list(doc):
        if first.tag_ not in ("NNP", "JJ") or by_demonym(first.text) is None or first.dep_ in ("amod", "compound"):
            continue
        noun = next((c for c in first.rights if c.dep_ == "conj" and c.tag_ in ("NNS", "NNPS")), None)
        if noun is None or not _all_nations(doc[first.i : noun.i]):
            continue
        role, over, children = first.dep_, first.head, [c for c in first.children if c != noun]
        noun.dep_, noun.head = role, noun if over == first else over
        for child in children:
            if child.dep_ in ("det", "nummod", "quantmod", "poss", "prep", "acl", "relcl"):
                child.head = noun
        first.head, first.dep_, first.pos_ = noun, "amod", "ADJ"
    return doc


def _all_nations(words: Span) -> bool:
    """Whether words are only nationalities with what joins them, at least two."""
    joining = {"and", ",", "or"}
    named = [t for t in words if t.lower_ not in joining]
    return len(named) > 1 and all(by_demonym(t.text) is not None for t in named)


def _lemma(noun: Token) -> str | None:
    """The verb of saying whose third person a noun is spelt like."""
    listed = language(noun.lang_).frames["tagging"]
    return next((form for form in (noun.lower_[:-1], noun.lower_[:-2]) if form in listed), None)


def _turn(noun: Token) -> None:
    speaker = noun.nbor(-1) if noun.i > noun.sent.start else None
    lemma = _lemma(noun)
    if speaker is None or lemma is None or speaker.pos_ not in _NAMED or speaker.head != noun:
        return
    before = [c for c in noun.lefts if c.dep_ in ("det", "compound", "amod", "nmod", "poss", "nummod")]
    first = before[0].left_edge
    told = noun.doc[noun.sent.start : first.i]
    if len(told) < 2 or told[-1].text != "," or not any(t.tag_ in _FINITE for t in told):
        return
    for child in before:
        if child != speaker:
            child.head = speaker
    speaker.dep_ = "nsubj"
    noun.pos_, noun.tag_, noun.lemma_ = "VERB", "VBZ", lemma
