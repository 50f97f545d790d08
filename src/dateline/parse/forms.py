"""How the rules ask for a word, whatever language the report is in.

The rules name function words and the words of fixed lists by the English ones ("by", "who", "minister"). An English
word is itself; a word of another language answers by its pivot (`dateline.parse.universal_words`), and its lemma by the
meanings that its language's file gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lexicon.language import language

if TYPE_CHECKING:
    from spacy.tokens import Token

PIVOT = "en"
"""The language in which the rules name words."""


def pivot(token: Token) -> str:
    """The word in lower case, or its pivot."""
    return token.lower_ if token.lang_ == PIVOT else token.norm_


def means(token: Token, *words: str) -> bool:
    """Whether the lemma is one of `words`, or has one of them among its meanings."""
    lemma = token.lemma_.lower()
    if token.lang_ == PIVOT:
        return lemma in words
    return lemma in words or any(meaning in words for meaning in language(token.lang_).meanings.get(lemma, ()))


def neighbour(token: Token, offset: int) -> Token | None:
    """The token so many places on (or, below zero, back), None past either end of the text: `nbor` raises there."""
    at = token.i + offset
    return token.doc[at] if 0 <= at < len(token.doc) else None


def follows(token: Token, *texts: str) -> bool:
    """Whether the token right before is one of `texts`; never at the start of the text."""
    before = neighbour(token, -1)
    return before is not None and before.text in texts


def meanings(token: Token) -> tuple[str, ...]:
    """The English words that a word of another language may stand for; none for an English one."""
    return () if token.lang_ == PIVOT else language(token.lang_).meanings.get(token.lemma_.lower(), ())


def roles(prep: Token) -> tuple[str, ...]:
    """The slots that what follows a preposition may fill: its own name, of another language what it may mean too."""
    if prep.lang_ == PIVOT:
        return (prep.lower_,)
    name = prep.norm_
    also = language(prep.lang_).also.get(name, ()) if prep.head.pos_ in ("VERB", "AUX", "ADJ") else ()
    return (name, *also)


def pronominal(verb: Token) -> bool:
    """Whether the verb has a "se" that belongs to it: "se sont retirés"."""
    return verb.lang_ != PIVOT and any(c.dep_ == "reflexive" for c in verb.lefts)


def inflected(verb: Token) -> str:
    """ "would" or "will" where the verb's own ending says so ("aurait déployé", "partira"), else nothing.

    English says it by a word of its own.
    """
    if verb.lang_ == PIVOT:
        return ""
    for part in (verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))):
        if "Cnd" in part.morph.get("Mood", []) and part.tag_ != "MD":
            return "would"
        if "Fut" in part.morph.get("Tense", []) and part.tag_ != "MD":
            return "will"
    return ""


def to_infinitive(verb: Token) -> bool:
    """Whether the verb is an infinitive with "to"; one of another language needs no such word."""
    if any(c.dep_ == "aux" and pivot(c) == "to" for c in verb.children):
        return True
    return verb.lang_ != PIVOT and verb.tag_ == "VB" and "Inf" in verb.morph.get("VerbForm", [])
