"""How many: the counts of a parsed text, with their bounds, what they count and of which whole.

Numbers are read by `numerals`; what a number counts and what befell them by `counting`. Years, dates, clock
times, ages, ordinals, distances and designations ("Airbase 101", "Resolution 2328") are no quantities.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.lexicon.language import language
from dateline.lexicon.quantities import quantity_words
from dateline.model import Quantity, Scope, TimeRange, Unit
from dateline.parse.counting import Counting, fate, lemma, measured, noun_unit
from dateline.parse.number_guards import counts, of_the_verb
from dateline.parse.numerals import heads, numeral
from dateline.parse.time_frame import Frame
from dateline.parse.time_spans import timed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TOLLS = frozenset({Unit.KILLED, Unit.WOUNDED, Unit.DETAINED, Unit.DISPLACED})
_SCOPE_REACH = 4
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj"})
_HUMAN = frozenset({Unit.PERSONNEL, Unit.PEOPLE, Unit.OTHER}) | _TOLLS


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity with its syntax: the index of the counted noun (None: not said) and of the number's token."""

    quantity: Quantity
    head: int | None
    token: int


def quantities(doc: Doc, text: str, *, times: Iterable[TimeRange] | None = None) -> tuple[Counted, ...]:
    """The counts of `text`, parsed as `doc` (same length), sorted and apart from each other.

    `times` are the stretches that are dates; without them they are read here.
    """
    shown = doc.text
    spans = (
        _spans(times) if times is not None else [(t.core_start, t.end) for t in timed(shown, Frame(None, doc.lang_))]
    )
    out: list[Counted] = []
    for counting in _numbers(doc, shown, spans):
        found = _counted(counting, text, out[-1] if out else None)
        if found is None:
            continue
        while out and (found.quantity.start or 0) < (out[-1].quantity.end or 0):
            out.pop()
        out.append(found)
    return tuple(out)


def toll(doc: Doc, found: Iterable[Counted], first: Counted) -> Quantity:
    """A toll given in parts of one kind as their sum: "four officers and a woman" is five.

    The parts are nouns coordinated with that of `first`, each with a count of the same unit or "a", and before it
    single people: "the governor and two guards" is three. Anything else leaves the first as it is.
    """
    if first.head is None:
        return first.quantity
    by_head = {c.head: c.quantity for c in found}
    articles = quantity_words(doc.lang_).little["articles"]
    low, high, end = first.quantity.low, first.quantity.high, first.quantity.end
    own = doc[first.head]
    if own.dep_ == "pobj" and own.head.head.i == first.token:
        own = doc[first.token]  # "four of his guards"
    single = [noun for noun in own.conjuncts if noun.i < own.i]
    if all(_one(noun) for noun in single):
        low, high = (None if bound is None else bound + len(single) for bound in (low, high))
    for noun in own.conjuncts:
        if noun.i <= own.i:
            continue
        part = by_head.get(noun.i)
        if part is None and not any(c.lower_ in articles and c.dep_ == "det" for c in noun.children):
            return first.quantity
        if part is not None and part.unit is not first.quantity.unit:
            return first.quantity
        low = None if low is None else low + ((part.low or 0) if part is not None else 1)
        high = (
            None
            if high is None or (part is not None and part.high is None)
            else high + (part.high if part is not None and part.high is not None else 1)
        )
        end = noun.idx + len(noun)
    return replace(first.quantity, low=low, high=high, end=end, text=doc.text[first.quantity.start : end])


def _one(noun: Token) -> bool:
    """Whether a word stands for one person or thing without a number."""
    return noun.tag_ in ("NN", "NNP") and not any(c.dep_ in ("nummod", "quantmod") for c in noun.lefts)


def _spans(times: Iterable[TimeRange]) -> list[tuple[int, int]]:
    return [(t.start, t.end) for t in times if t.start is not None and t.end is not None]


def _numbers(doc: Doc, text: str, dates: list[tuple[int, int]]) -> Iterator[Counting]:
    """Every number that counts something, with its tokens."""
    starts = heads(doc.lang_)
    done = 0
    for token in doc:
        word = token.text
        if token.idx < done or not (word[0].isdigit() or _begins(token.lower_, starts)):
            continue
        number = numeral(text, token.idx, doc.lang_)
        if number is None:
            continue
        if number.low is not None and number.high is None and of_the_verb(token):
            number = replace(number, high=number.low, start=number.core, words=())
        done = number.end
        dated = [end for start, end in dates if start < number.end and number.core < end]
        if dated:
            done = max(dated)  # "from 100,000 in 2011 to 8,600": only the year is none
            continue
        last = token.i
        while last + 1 < len(doc) and doc[last + 1].idx < number.end:
            last += 1
        counting = Counting(doc, text, number, token.i, last)
        if counts(counting):
            yield counting


def _begins(word: str, starts: frozenset[str]) -> bool:
    """Whether a number in words can begin with the token, which may be the whole of it ("quatre-vingt-dix")."""
    return word in starts or ("-" in word and word.partition("-")[0] in starts)


def _counted(counting: Counting, text: str, before: Counted | None) -> Counted | None:
    number = counting.number
    share = counting.share
    noun = None if share is not None else counting.noun
    end = number.end if share is None else share
    unit = _unit(counting, noun, before, share=share is not None)
    if unit is None:
        return None
    if noun is not None and noun_unit(noun) is Unit.MONEY:
        end = max(end, noun.idx + len(noun))
    if _of_the_verb(counting):
        number = replace(number, start=number.core, high=number.low)
    quantity = Quantity(
        text=text[number.start : end],
        start=number.start,
        end=end,
        low=number.low,
        high=number.high,
        unit=unit,
        scope=_scope(counting, noun, unit, share=share is not None),
    )
    return Counted(quantity, None if noun is None else noun.i, counting.first)


def _of_the_verb(counting: Counting) -> bool:
    """ "handed over 20 bases": an "over" that is the verb's, not "more than"."""
    if counting.first < 2 or counting.number.words != (counting.doc[counting.first - 1].lower_,):
        return False
    verb, over = counting.doc[counting.first - 2], counting.doc[counting.first - 1]
    return verb.pos_ == "VERB" and f"{verb.lemma_.lower()}_{over.lower_}" in language(verb.lang_).verbs


def _unit(counting: Counting, noun: Token | None, before: Counted | None, *, share: bool) -> Unit | None:
    """What is counted; None when the words count nothing that is kept."""
    if share:
        return Unit.OTHER
    if counting.number.currency:
        return Unit.MONEY
    if counting.strength:
        return Unit.PERSONNEL
    unit = noun_unit(noun) if noun is not None else None
    measure = noun is not None and unit is Unit.OTHER and lemma(noun) in counting.words.units
    if noun is None or (unit in _HUMAN and not measure):
        fallen = fate(counting, noun)
        if fallen is not None:
            return fallen
    if counting.number.high == 0 and unit is not Unit.PERSONNEL and not _denied(noun):
        return None
    inherited = _inherited(counting, before) if unit is None else None
    told = inherited is Unit.PERSONNEL or counting.number.digits
    alone = not told and counting.root.dep_ in ("nsubj", "nsubjpass")
    if unit is None and (alone or _of_them(counting)):
        unit = Unit.PEOPLE
    return unit or measured(counting) or inherited


def _of_them(counting: Counting) -> bool:
    """Whether some of those told of are counted: "9,000 of them"."""
    little = counting.words.little["of"]
    preps = (c for c in counting.root.children if c.dep_ == "prep" and c.lower_ in little and c.i > counting.last)
    return any(c.tag_ == "PRP" and c.lower_ != "it" for prep in preps for c in prep.children)


def _denied(noun: Token | None) -> bool:
    """Whether "no" before this noun is a count of zero ("no casualties") and not mere absence."""
    return noun is not None and lemma(noun) in quantity_words(noun.lang_).denied


def _inherited(counting: Counting, before: Counted | None) -> Unit | None:
    """A bare number counts what the number before it in this sentence or the last one counts; else it is not kept."""
    if before is None or before.token < _previous_start(counting):
        return None
    if counting.root.dep_ not in _ARGUMENTS and not _counts_on(counting):
        return None
    known = before.quantity.unit
    return Unit.PEOPLE if known in _TOLLS else known


def _counts_on(counting: Counting) -> bool:
    """ "300 in Mali, 200 in Niger": a number that the parser set beside what was counted before, with a place."""
    at = counting.last + 1
    return counting.root.dep_ == "appos" and at < len(counting.doc) and counting.doc[at].pos_ == "ADP"


def _previous_start(counting: Counting) -> int:
    here = counting.token.sent
    return counting.doc[here.start - 1].sent.start if here.start > 0 else 0


def _scope(counting: Counting, noun: Token | None, unit: Unit, *, share: bool) -> Scope:
    """Which part of the whole; a share is a part."""
    if share:
        return Scope.PART
    doc = counting.doc
    before = doc[max(counting.sentence_start, counting.first - _SCOPE_REACH) : counting.first]
    near = [t.lower_ for t in before if t.idx < counting.number.start] + list(counting.number.words)
    near += [t.lower_ for t in doc[counting.last + 1 : counting.last + 2] if t.idx >= counting.number.end]
    if noun is not None:
        near += [c.lower_ for c in noun.children if c.dep_ in ("amod", "det") and c.idx >= counting.number.end]
    known = counting.words.scope
    scopes = {known[w] for w in near if w in known}
    if Scope.REMAINING in scopes or (unit not in _TOLLS and _reduced_to(counting)):
        return Scope.REMAINING
    if Scope.CEILING in scopes:
        return Scope.CEILING
    return Scope.PART if Scope.PART in scopes else Scope.TOTAL


def _reduced_to(counting: Counting) -> bool:
    """Whether the number is what is left: "lower that number to 3,000", "leaving 200 behind"."""
    token = counting.argument
    words = counting.words
    if token.dep_ == "pobj" and token.head.lower_ in words.little["down_to"]:
        return token.head.head.lemma_.lower() in words.reducing
    leaves = token.head.lemma_.lower() in words.little["leaving"]
    return leaves and any(c.lower_ in words.little["behind"] for c in token.head.children)
