"""What a later copy has where the earlier text has something else: figures, dates, places, names, words, paragraphs.

Within shared passages the words between two runs are what was changed, added or cut; in sentences that were reworded,
a figure that stands before the same word. Paragraphs that stand in one text only are added or cut.
"""

from __future__ import annotations

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

_RANK: Final = {"number": 0, "date": 1, "place": 2, "name": 3, "words": 4}


def changes(a: Wording, b: Wording, like: Likeness) -> tuple[Change, ...]:
    """What `b` changed of `a`, in the order of `b`; of many, words are left out first."""
    found = [*_within(a, b, like.found), *_paragraphs(a, b, like)]
    kept = sorted(found, key=lambda change: (_RANK[change.what], _place(change)))[:MOST]
    return tuple(sorted(kept, key=_place))


def _place(change: Change) -> tuple[int, int]:
    after = change.after_start if change.after_start is not None else -1
    return after, change.before_start if change.before_start is not None else -1


def _within(a: Wording, b: Wording, found: Iterable[Passage]) -> Iterator[Change]:
    """The changes between the runs of passages."""
    for passage in found:
        for one, other in zip(passage.runs, passage.runs[1:], strict=False):
            gap_a = (one.a + one.size, other.a)
            gap_b = (one.b + one.size, other.b)
            change = _change(a, b, gap_a, gap_b)
            if change is not None:
                yield change


def _change(a: Wording, b: Wording, gap_a: tuple[int, int], gap_b: tuple[int, int]) -> Change | None:
    """The change of one gap, or None where it is only of empty words."""
    terms = [term for term in (*a.terms[slice(*gap_a)], *b.terms[slice(*gap_b)]) if term is not None]
    if not terms or sorted(a.terms[slice(*gap_a)], key=str) == sorted(b.terms[slice(*gap_b)], key=str):
        return None
    what = _what(a, b, gap_a, gap_b)
    if what in ("place", "name"):
        gap_a, gap_b = _named(a, b, gap_a, gap_b)
    return Change(what, *_texts(a, b, gap_a, gap_b), *_starts(a, b, gap_a, gap_b))


def _texts(a: Wording, b: Wording, gap_a: tuple[int, int], gap_b: tuple[int, int]) -> tuple[str | None, str | None]:
    return a.text_of(*gap_a), b.text_of(*gap_b)


def _starts(a: Wording, b: Wording, gap_a: tuple[int, int], gap_b: tuple[int, int]) -> tuple[int | None, int | None]:
    return (
        a.starts[gap_a[0]] if gap_a[1] > gap_a[0] else None,
        b.starts[gap_b[0]] if gap_b[1] > gap_b[0] else None,
    )


def _what(a: Wording, b: Wording, gap_a: tuple[int, int], gap_b: tuple[int, int]) -> str:
    """What kind of thing was changed."""
    words = furniture_words()
    spelled = (*a.words[slice(*gap_a)], *b.words[slice(*gap_b)])
    terms = [term for term in (*a.terms[slice(*gap_a)], *b.terms[slice(*gap_b)]) if term is not None]
    if any(word in words.months or word in words.weekdays for word in spelled):
        return "date"
    if any(term[0] == "#" for term in terms):
        if _is_name(a, gap_a) or _is_name(b, gap_b):
            return "place"
        return "date" if _beside_month(a, gap_a) or _beside_month(b, gap_b) else "number"
    if any(term[0] == "@" for term in terms) or _known_place(a, gap_a) or _known_place(b, gap_b):
        return "place"
    return "name" if any(term[0] == "=" for term in terms) else "words"


def _is_name(text: Wording, gap: tuple[int, int]) -> bool:
    """Whether a figure is part of a base's name ("Airbase 101")."""
    if gap[1] - gap[0] != 1 or gap[0] == 0:
        return False
    name = text.text_of(gap[0] - 1, gap[1])
    return name is not None and name[:1].isupper() and bool(sites(name))


def _known_place(text: Wording, gap: tuple[int, int]) -> bool:
    name = text.text_of(*gap)
    return name is not None and name[:1].isupper() and len(name) < 60 and bool(lookup(name) or sites(name))


def _beside_month(text: Wording, gap: tuple[int, int]) -> bool:
    months = furniture_words().months
    near = text.words[max(0, gap[0] - 1) : gap[0]] + text.words[gap[1] : gap[1] + 1]
    return any(word in months for word in near)


def _named(
    a: Wording, b: Wording, gap_a: tuple[int, int], gap_b: tuple[int, int]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """The gaps with the word before them where it belongs to the name ("Airbase 101")."""
    both = gap_a[0] > 0 and gap_b[0] > 0 and a.words[gap_a[0] - 1] == b.words[gap_b[0] - 1]
    if both and _is_name(a, gap_a) and _is_name(b, gap_b):
        return (gap_a[0] - 1, gap_a[1]), (gap_b[0] - 1, gap_b[1])
    return gap_a, gap_b


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
