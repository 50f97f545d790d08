"""Whether two reports rest on one reporting: the evidence added up, or one plain sign that is enough.

Text against text, each kind of evidence adds points, and `ENOUGH` of them make one origin. The points were set on
the made-up reports of `benchmarks/copies.py` and held against 1,859 real ones (see `docs/origins.md`).
Reports without a text of their own are judged by their claims alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dateline.model import OriginLink, OriginSign
from dateline.reconcile.origins.changes import changes
from dateline.reconcile.origins.comparing import (
    NOTHING,
    Likeness,
    carried,
    days_apart,
    likeness,
    same_unnamed,
    texts,
    told_to,
)
from dateline.reconcile.origins.fingerprints import alike
from dateline.reconcile.origins.reasons import reason
from dateline.reconcile.origins.sketches import Sketch
from dateline.reconcile.origins.telling import same_figure, same_list, same_matter

PASSAGES: Final = 4.0
"""For all of one text standing in the other: two reporters share a sentence by chance, not half their words."""

RETOLD: Final = 3.0
"""For all that one tells being told by the other, whatever the words: independent reports of an event reach 0.45."""

FACTS: Final = 4.5
"""For all figures and names of one being in the other: a reporter of his own has some that nobody else has."""

ALL_FACTS: Final = 12.0
HALF_OF_FACTS: Final = 0.5
"""More for what both have beyond half of the figures and names of each: of 189 pairs of real reports of one event by
different outlets one has more than half (0.63)."""

ABSENT: Final = -7.5
"""For each of the two being wholly about something else: a copy, cut or added to, has little that the original lacks,
or the original little that the copy lacks; round-ups and reports that take a paragraph have much on both sides."""

CREDIT: Final = 2.0
"""For the same newsroom credited, or named as the one who was told: not enough by itself, it has many reports."""

QUOTED: Final = 1.0
"""For a quotation of five words or more: a public statement is quoted by many, so it is not much."""

UNNAMED: Final = 1.0
"""For a source described alike whose name is withheld."""

OTHER_CREDIT: Final = -2.0
"""For different agencies credited: each has reporters of its own."""

MUCH: Final = 0.4
"""Where so much of both is absent from the other, newsroom and source show nothing: a part has them too."""

SHORT: Final = -1.5
SHORT_WORDS: Final = 120
"""Below so many words of the shorter of the two up to `SHORT` points are lost: a brief holds what all have."""

ENOUGH: Final = 5.0

CREDIT_DAYS: Final = 4
"""A newsroom's report of a matter is carried within so many days; later it is another report."""

LOOSE: Final = 0.2
"""Of what one tells, or its figures and names, at least so much is in the other report of the same newsroom."""

NEARLY_ALL: Final = 0.9
PASSAGE_SIGN: Final = 0.2
MANY_FACTS: Final = 0.4

ALIKE: Final = 0.2
CLOSE: Final = 0.05
PRINTS: Final = 3
"""Texts are compared at all where the estimated likeness of what they tell is `ALIKE`, or a little less with two
sampled sequences in common, or with `PRINTS` of them. Of 1,500 reports this leaves 10 comparisons each, and loses one
link in 300 (of a report that others link)."""

PART: Final = 25
"""Words of one's own reporting in the other that make it a partial reuse; fewer are stock phrases."""

PART_DAYS: Final = 30
HOUSE_PART: Final = 3
"""Times as many words where one house publishes both: its pages share phrases that nobody reported."""

WITHIN: Final = 0.66
"""A text of which so much is in another is a cut of it."""

LITTLE: Final = 0.25
"""Of a reworded copy at most so much is absent from the other."""

MOST_FACTS: Final = 0.65
"""Reports that have so many of their figures and names in common tell the same, whatever the words."""

HALF: Final = 0.55
"""A later report that has much of an earlier one, but in which that is less than this, only used it."""

EXTENDED: Final = 0.4
"""The same where it has nearly all of the earlier one: paragraphs were added."""


@dataclass(frozen=True, slots=True)
class Case:
    """All that speaks for or against one origin of two reports, the earlier first."""

    earlier: Sketch
    later: Sketch
    like: Likeness
    credit: str | None
    relays: tuple[str, ...]
    unnamed: tuple[str, ...]
    apart: bool


def link(a: Sketch, b: Sketch, text_of: Callable[[str], str]) -> OriginLink | None:
    """The link of two reports, whole or partial (`is_partial`), or None; the same for (a, b) and (b, a).

    `text_of` gives the stored text of a document; it is asked only where the sketches are alike.
    """
    earlier, later = sorted((a, b), key=lambda one: one.order)
    like = NOTHING
    if earlier.textual and later.textual and _worth_reading(earlier, later):
        words = texts(earlier, later, text_of)
        like = likeness(*words)
    case = _case(earlier, later, like)
    signs = _signs(case)
    whole = _whole(case)
    if not whole and not _part(case):
        return None
    found = changes(*texts(earlier, later, text_of), like) if like.found else ()
    textual = earlier.textual and later.textual
    return OriginLink(
        earlier=earlier.document,
        later=later.document,
        signs=signs,
        reason=reason(case.earlier, case.later, like, signs, partial=not whole),
        share=round(like.cover[1], 3) if textual else None,
        changes=found,
        taken=round(like.cover[0], 3) if textual else None,
        partial=not whole,
    )


def is_partial(tie: OriginLink) -> bool:
    """Whether the later report took only a part, so that it is no carrier of the origin."""
    return tie.partial


def _worth_reading(a: Sketch, b: Sketch) -> bool:
    """Whether the sketches leave it possible that the texts have much in common."""
    if not (a.bag and b.bag):
        return bool(set(a.prints) & set(b.prints))
    likely = alike(a.bag, b.bag)
    if likely >= ALIKE:
        return True
    common = len(set(a.prints) & set(b.prints))
    if common >= PRINTS or (common > 1 and likely >= ALIKE - CLOSE):
        return True
    return carried(a) == carried(b) != () and same_matter(a, b) is not None


def _case(earlier: Sketch, later: Sketch, like: Likeness) -> Case:
    rooms = carried(earlier), carried(later)
    single = len(rooms[0]) == 1 and rooms[0] == rooms[1]
    return Case(
        earlier=earlier,
        later=later,
        like=like,
        credit=rooms[0][0] if single else None,
        relays=told_to(earlier, later),
        unnamed=same_unnamed(earlier, later),
        apart=bool(earlier.credits and later.credits and not set(earlier.credits) & set(later.credits)),
    )


def points(case: Case) -> float:
    """What the texts and what they say of their sources come to."""
    like = case.like
    total = PASSAGES * max(like.own) + RETOLD * max(like.retold) + FACTS * max(like.facts) + ABSENT * min(like.absent)
    total += ALL_FACTS * max(0.0, min(like.facts) - HALF_OF_FACTS)
    total += SHORT * max(0.0, 1 - min(case.earlier.words, case.later.words) / SHORT_WORDS)
    reworded = max(0.0, 1 - min(like.absent) / MUCH)
    total += reworded * (CREDIT if case.credit is not None or case.relays else 0.0)
    total += reworded * (QUOTED if like.quotes else 0.0)
    total += reworded * (UNNAMED if case.unnamed else 0.0)
    total += OTHER_CREDIT if case.apart else 0.0
    return total


def _whole(case: Case) -> bool:
    """Whether the two rest on one reporting as a whole."""
    if case.earlier.textual and case.later.textual:
        return (points(case) >= ENOUGH and _fits(case) and not _only_used(case)) or _carriers(case)
    return _carriers(case) or _reposted(case)


def _carriers(case: Case) -> bool:
    """Whether both carry one newsroom's report of one matter: credited to it alone, within days."""
    apart = days_apart(case.earlier, case.later)
    if case.credit is None or apart is None or apart > CREDIT_DAYS:
        return False
    if same_matter(case.earlier, case.later) is None:
        return False
    like = case.like
    textual = case.earlier.textual and case.later.textual
    return not textual or max(*like.retold, *like.facts, *like.own) >= LOOSE


def _reposted(case: Case) -> bool:
    """Whether the claims alone show a repost: the same list, or the same odd figure of the same unnamed source.

    Not where both are credited, for sure, to different newsrooms.
    """
    sure = case.earlier.credit_sure and case.later.credit_sure
    if case.apart and sure:
        return False
    if same_list(case.earlier, case.later):
        return True
    apart = days_apart(case.earlier, case.later)
    near = apart is not None and apart <= CREDIT_DAYS
    return near and not case.apart and same_figure(case.earlier, case.later) is not None


def _fits(case: Case) -> bool:
    """Whether the two cover one another as copies do: both half, or one mostly, or neither tells anything else."""
    like = case.like
    if min(like.cover) >= HALF or max(like.cover) >= WITHIN:
        return True
    return min(like.absent) <= LITTLE or min(like.facts) >= MOST_FACTS


def _only_used(case: Case) -> bool:
    """Whether the later report has the whole of an earlier, much shorter one among much else."""
    days = days_apart(case.earlier, case.later)
    if not days or case.credit is not None or case.like.absent[1] < MUCH:
        return False
    taken, share = case.like.cover
    return share < (EXTENDED if taken >= NEARLY_ALL else HALF)


def _part(case: Case) -> bool:
    """Whether one took a passage of the other's own words."""
    days = days_apart(case.earlier, case.later)
    if days is not None and days > PART_DAYS:
        return False
    same_house = case.earlier.house is not None and case.earlier.house == case.later.house
    return case.like.copied >= PART * (HOUSE_PART if same_house else 1)


def _signs(case: Case) -> tuple[OriginSign, ...]:
    like = case.like
    signs = {
        OriginSign.SAME_TEXT: max(like.shared) >= NEARLY_ALL,
        OriginSign.SHARED_PASSAGES: max(like.shared) < NEARLY_ALL
        and (max(like.shared) >= PASSAGE_SIGN or like.copied >= PART),
        OriginSign.AGENCY_CREDIT: case.credit is not None,
        OriginSign.RELAY: case.credit is None and bool(case.relays),
        OriginSign.SAME_QUOTES: bool(like.quotes),
        OriginSign.SAME_FIGURES: bool(like.figures) and max(like.facts) >= MANY_FACTS,
        OriginSign.SAME_SOURCE: bool(case.unnamed),
    }
    if like is NOTHING and (same_list(case.earlier, case.later) or same_figure(case.earlier, case.later)):
        signs[OriginSign.SAME_FIGURES] = True
    return tuple(sign for sign in OriginSign if signs.get(sign, False))
