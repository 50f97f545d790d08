"""Places of a sentence that are of something else than the act: of a clause on somebody, of what it answers, of before.

"The government, which had detained him in Asmara, now freed him"; "in response to the blast in Kabul"; "talks that
have been going on since the shootings in Lyon".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.finding import Finding
from dateline.extract.place_heads import is_occasion
from dateline.extract.reading import Reading
from dateline.model import Kind, Place
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

TALKING = frozenset({Kind.CONSULTATION, Kind.CONCESSION})
"""Kinds whose act is hardly where what went before it was."""


def is_apart(reading: Reading, finding: Finding, place: Place) -> bool:
    """Whether a place stands in a part of the sentence that tells of something else than the finding."""
    indices = reading.span_tokens(place.start or 0, place.end or 0)
    shared = {finding.token, *finding.token.ancestors}
    for above in reading.doc[indices[0]].ancestors if indices else ():
        if above in shared:
            return False
        if _tells_apart(reading, finding, above):
            return True
    return False


def _tells_apart(reading: Reading, finding: Finding, above: Token) -> bool:
    """Whether a word over a place, under what it shares with the act, cuts it off."""
    if is_occasion(above) or is_topic(reading, finding, above):
        return True
    if above.dep_ == "relcl" or (above.dep_ == "acl" and finding.kind is Kind.COERCION):
        return above.head.lemma_.lower() not in reading.lexicon.classes["told_event"]
    return finding.kind in TALKING and above.dep_ in ("prep", "advcl") and _says_when(above)


def is_topic(reading: Reading, finding: Finding, word: Token) -> bool:
    """Whether those who meet only speak of what a word names: "discussed the war in Syria", "talks on Aleppo"."""
    if finding.kind is not Kind.CONSULTATION:
        return False
    if word.dep_ == "prep":
        aside = any(c.lemma_.lower() in words(c, "visits") | {"sideline", "margin", "fringe"} for c in word.children)
        return pivot(word) in ("on", "about", "over", "regarding", "concerning") and not aside
    met = word == finding.recipient_head or reading.actor(word) is not None or word.ent_type_ != ""
    spoken_of = word.head == finding.token and word.dep_ == "dobj" and not met
    return spoken_of and word.lemma_.lower() not in reading.lexicon.classes["meeting"] | words(word, "visits")


def _says_when(above: Token) -> bool:
    """Whether a preposition or the mark of a clause says after or before what something was."""
    marks = (above, *(c for c in above.children if c.dep_ == "mark"))
    return any(pivot(t) in words(t, "afterwards") for t in marks)
