"""What keeps numbers that count nothing out: years, ages, durations, designations, "one of", "no"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.model import Unit
from dateline.parse.counting import Counting, fate, lemma
from dateline.parse.forms import neighbour

if TYPE_CHECKING:
    from spacy.tokens import Token

_YEARS = range(1900, 2061)
_SIGNS = frozenset({"#", "°", "/", "№"})


def counts(counting: Counting) -> bool:
    """Whether a number counts something that a claim can be about."""
    if counting.number.currency or counting.share is not None or counting.strength:
        return True
    noun = counting.noun
    if _measures(counting) or (noun is not None and lemma(noun) in counting.words.skipped):
        return False
    if counting.number.digits and (_designates(counting) or _year(counting)):
        return False
    if noun is not None and lemma(noun) in counting.words.little["bodies"] and _are_few(counting):
        return False
    word = counting.token.lower_
    little = counting.words.little
    if word in little["one"] and counting.first == counting.last:
        if counting.follower[0] in little["of"]:
            return False
        return counting.token.dep_ == "nummod" if noun is not None else fate(counting, None) is not None
    return word not in little["no"] or noun is not None


def of_the_verb(token: Token) -> bool:
    """Whether the "over" before a number is the verb's: "handed over 20 tonnes" is no more than 20."""
    over, verb = neighbour(token, -1), neighbour(token, -2)
    if over is None or verb is None or over.lower_ != "over":
        return False
    return verb.lemma_.lower() in ("hand", "turn", "give", "sign", "pass")


def _are_few(counting: Counting) -> bool:
    """Whether a number is below ten and written in words: "the two forces" are bodies, "60 forces" are soldiers."""
    return not counting.number.digits and 0 < (counting.number.high or counting.number.low or 0) < 10


def _measures(counting: Counting) -> bool:
    """Whether a measure or a word that is no thing counted follows: "10 minutes", "40-year-old", "15-member"."""
    words, (word, tied) = counting.words, counting.follower
    if word in words.skipped or word.removesuffix("s") in words.skipped or word.removesuffix("es") in words.skipped:
        return True
    return tied and words.units.get(word, Unit.PEOPLE) is Unit.PEOPLE


def _designates(counting: Counting) -> bool:
    """Whether the figures name what stands before them: "Airbase 101", "Article 5", "No. 7", "Boeing 737"."""
    if counting.first == 0:
        return False
    token, before = counting.token, counting.doc[counting.first - 1]
    if before.text in _SIGNS or (before.text == "-" and not before.whitespace_):
        return True
    counts_on = token.dep_ == "nummod" and token.head.i > token.i
    if before.lower_.rstrip(".") in counting.words.designations and before.pos_ != "VERB":
        return not counts_on or before.text[0].isupper()
    if before.pos_ != "PROPN":
        return False
    return token.head.i == before.i or (before.dep_ == "compound" and before.head.i == token.head.i)


def _year(counting: Counting) -> bool:
    """Whether four figures without a comma and without a counted noun are a year."""
    written = counting.token.text
    if len(written) != 4 or not written.isdecimal() or int(written) not in _YEARS:
        return False
    noun = counting.noun
    return noun is None or noun.lower_ not in counting.words.plurals
