"""What a later copy has where the earlier text has something else: figures, dates, places, names, words, paragraphs.

Within shared passages the words between two runs are what was changed, added or cut; in sentences that were reworded,
a figure that stands before the same word. Paragraphs that stand in one text only are added or cut.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from dateline.lexicon.furniture import furniture_words
from dateline.lexicon.gazetteer import lookup, sites
from dateline.model import Change
from dateline.reconcile.origins.comparing import Likeness
from dateline.reconcile.origins.passages import Passage, covered
from dateline.reconcile.origins.wording import Wording

MOST: Final = 24
"""Changes that are kept of a link: figures, dates, places and names before words."""

LONG: Final = 300
"""Characters of an added or cut paragraph that are kept."""

SHORT: Final = 3
"""Words of an added or cut piece that is told as a figure, date, place or name rather than as words."""

_FAMILIES: Final = (("number",), ("date",), ("place", "name"))
_RANK: Final = {"number": 0, "date": 1, "place": 2, "name": 3, "words": 4}


def changes(a: Wording, b: Wording, like: Likeness) -> tuple[Change, ...]:
    """What `b` changed of `a`, in the order of `b`; of many, words are left out first."""
    found = [*_within(a, b, like.found), *_paragraphs(a, b, like)]
    known = {change.after_start for change in found}
    found.extend(change for change in _reworded(a, b, like) if change.after_start not in known)
    kept = sorted(found, key=lambda change: (_RANK[change.what], _place(change)))[:MOST]
    return tuple(sorted(kept, key=_place))


def _place(change: Change) -> tuple[int, int]:
    after = change.after_start if change.after_start is not None else -1
    return after, change.before_start if change.before_start is not None else -1


Range = tuple[int, int]


def _within(a: Wording, b: Wording, found: Iterable[Passage]) -> Iterator[Change]:
    """The changes between the runs of passages."""
    for passage in found:
        gaps = [
            ((one.a + one.size, other.a), (one.b + one.size, other.b))
            for one, other in zip(passage.runs, passage.runs[1:], strict=False)
        ]
        last = passage.runs[-1]
        tail = _rest(a, last.a + last.size), _rest(b, last.b + last.size)
        if all(0 < end - begin <= SHORT for begin, end in tail):
            gaps.append(tail)
        for gap_a, gap_b in gaps:
            if (_tells(a, gap_a) or _tells(b, gap_b)) and not (_breaks(a, gap_a) or _breaks(b, gap_b)):
                yield from _gap(a, b, gap_a, gap_b)


def _reworded(a: Wording, b: Wording, like: Likeness) -> Iterator[Change]:
    """In sentences that tell the same, the one figure that is another."""
    for one, other in like.same:
        spots_a = [at for at in range(one.begin, one.end) if _figure(a, at) and a.terms[at] not in other.terms]
        spots_b = [at for at in range(other.begin, other.end) if _figure(b, at) and b.terms[at] not in one.terms]
        if len(spots_a) == 1 == len(spots_b):
            yield _swap(a, b, spots_a[0], spots_b[0])


def _figure(text: Wording, at: int) -> bool:
    term = text.terms[at]
    return term is not None and term[0] == "#"


def _rest(text: Wording, at: int) -> Range:
    """From a word to the end of its sentence; nothing if it opens one."""
    sentence = bisect_right(text.sentences, (at, len(text) + 1)) - 1
    begin, end = text.sentences[sentence] if sentence >= 0 else (at, at)
    return (at, end) if begin < at < end else (at, at)


def _tells(text: Wording, gap: Range) -> bool:
    return any(term is not None for term in text.terms[slice(*gap)])


def _breaks(text: Wording, gap: Range) -> bool:
    """Whether a paragraph ends within a gap: what stands there is another sentence, no change of this one."""
    return "\n\n" in (text.text_of(*gap) or "")


def _gap(a: Wording, b: Wording, gap_a: Range, gap_b: Range) -> Iterator[Change]:
    """The changes of one gap: its figures, dates, names and places one by one, else its words."""
    terms_a, terms_b = a.terms[slice(*gap_a)], b.terms[slice(*gap_b)]
    if sorted(filter(None, terms_a)) == sorted(filter(None, terms_b)):
        return
    kinds_a, kinds_b = _kinds(a, gap_a), _kinds(b, gap_b)
    exact = False
    for kinds in _FAMILIES:
        spots_a = [at for at, kind in kinds_a if kind in kinds and a.words[at] not in b.words[slice(*gap_b)]]
        spots_b = [at for at, kind in kinds_b if kind in kinds and b.words[at] not in a.words[slice(*gap_a)]]
        for one, other in zip(spots_a, spots_b, strict=False):
            exact = True
            yield _swap(a, b, one, other)
    if not exact:
        short = max(gap_a[1] - gap_a[0], gap_b[1] - gap_b[0]) <= SHORT
        alone = gap_a[0] == gap_a[1] or gap_b[0] == gap_b[1]
        what = min((kind for _, kind in (*kinds_a, *kinds_b)), key=lambda kind: _RANK[kind], default="words")
        yield _changed(a, b, gap_a, gap_b, what if short and alone else "words")


def _kinds(text: Wording, gap: Range) -> list[tuple[int, str]]:
    """The words of a gap that are figures, dates, places or names."""
    return [(at, kind) for at in range(*gap) if (kind := _kind(text, at)) is not None]


def _kind(text: Wording, at: int) -> str | None:
    """What a word is: a figure, a date, a place (of a listed base also its number) or a name."""
    words, term = furniture_words(), text.terms[at]
    if text.words[at] in words.weekdays or text.words[at] in words.months:
        return "date"
    if term is None:
        return None
    if term[0] == "~":
        return "date"
    if term[0] == "#":
        return "number"
    if term[0] == "@":
        return "place"
    if term[0] != "=":
        return None
    name = text.text_of(*_whole_name(text, at)) or ""
    return "place" if len(name) < 60 and (sites(name) or lookup(name)) else "name"


def _whole_name(text: Wording, at: int) -> Range:
    """The name that a word is part of ("Airbase 101", "Lloyd Austin"): its neighbours that are names too."""
    begin, end = at, at + 1
    while begin > 0 and (_joins(text, begin) or (begin == at and text.words[at].isdigit())):
        begin -= 1
    while end < len(text) and _joins(text, end):
        end += 1
    return begin, end


def _joins(text: Wording, at: int) -> bool:
    """Whether the words before and at a place are parts of one name."""
    before, here = text.terms[at - 1], text.terms[at]
    both = before is not None and here is not None and before[0] == "=" == here[0]
    return both and text.starts[at] - text.ends[at - 1] == 1


def _swap(a: Wording, b: Wording, one: int, other: int) -> Change:
    """One thing put in the place of another; a place where one of two names is a known place."""
    kinds = {_kind(a, one) or "words", _kind(b, other) or "words"}
    kind = min(kinds, key=lambda kind: _RANK[kind])
    wide = kind in ("place", "name")
    range_a = _whole_name(a, one) if wide else (one, one + 1)
    range_b = _whole_name(b, other) if wide else (other, other + 1)
    return _changed(a, b, range_a, range_b, kind)


def _changed(a: Wording, b: Wording, range_a: Range, range_b: Range, what: str) -> Change:
    return Change(
        what,
        a.text_of(*range_a),
        b.text_of(*range_b),
        a.starts[range_a[0]] if range_a[1] > range_a[0] else None,
        b.starts[range_b[0]] if range_b[1] > range_b[0] else None,
    )


def _paragraphs(a: Wording, b: Wording, like: Likeness) -> Iterator[Change]:
    """Paragraphs of which nearly nothing stands in the other text; only where the texts are mostly the same."""
    if max(like.shared) < 0.5:
        return
    in_a, in_b = covered(like.found, a, b)
    for begin, end in _apart(a, in_a):
        yield Change("words", _cut(a.text_of(begin, end)), None, a.starts[begin], None)
    for begin, end in _apart(b, in_b):
        yield Change("words", None, _cut(b.text_of(begin, end)), None, b.starts[begin])


def _apart(text: Wording, shared: Sequence[int]) -> Iterator[tuple[int, int]]:
    for begin, end in text.paragraphs:
        if end - begin >= 5 and sum(shared[begin:end]) < 0.2 * (end - begin):
            yield begin, end


def _cut(text: str | None) -> str | None:
    """At most `LONG` characters, ended at a space."""
    if text is None or len(text) <= LONG:
        return text
    return text[:LONG].rsplit(" ", 1)[0]
