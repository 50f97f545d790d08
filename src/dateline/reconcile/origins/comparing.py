"""What two reports have in common: passages, what they tell, hard facts, quotations, newsrooms, unnamed sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import fsum
from typing import Final

from dateline.reconcile.origins.passages import Passage, covered, passages
from dateline.reconcile.origins.retelling import Sentence, retelling
from dateline.reconcile.origins.sketches import Sketch
from dateline.reconcile.origins.voices import same_person
from dateline.reconcile.origins.weights import COMMON, weight
from dateline.reconcile.origins.wording import Wording, wording

LONG: Final = 25
"""Words of their own from which a passage counts in full: two reporters may hit on one short sentence."""

FEW: Final = 2.0
"""Weight added to what a report tells: of a brief with one figure little can be said."""

QUOTE: Final = 5
"""Words of a quotation from which it is no slogan."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the texts of two reports share; pairs are (of the first, of the second), 0 to 1.

    `shared` counts words in passages, `own` the same without quotations and with short passages at a discount: a
    statement that both quote is not copied. `retold` is what is told again in whatever words, `facts` are figures and
    names that both have.
    `absent` is the part of each that the other tells next to nothing of. `copied` is how many words of their own the
    passages have, `same` pairs of sentences that tell the same.
    """

    found: tuple[Passage, ...] = ()
    shared: tuple[float, float] = (0.0, 0.0)
    own: tuple[float, float] = (0.0, 0.0)
    retold: tuple[float, float] = (0.0, 0.0)
    absent: tuple[float, float] = (1.0, 1.0)
    facts: tuple[float, float] = (0.0, 0.0)
    figures: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    copied: int = 0
    same: tuple[tuple[Sentence, Sentence], ...] = ()

    @property
    def cover(self) -> tuple[float, float]:
        """How much of each is in the other, word for word or retold."""
        return max(self.shared[0], self.retold[0]), max(self.shared[1], self.retold[1])


NOTHING: Final = Likeness()


def texts(a: Sketch, b: Sketch, text_of: Callable[[str], str]) -> tuple[Wording, Wording]:
    """The words of two reports."""
    return wording(text_of(a.document), a.body), wording(text_of(b.document), b.body)


def likeness(a: Wording, b: Wording) -> Likeness:
    """What the texts of two reports share."""
    found = passages(a, b)
    in_a, in_b = covered(found, a, b)
    own_a, own_b, copied = _own(found, a, b)
    hard_a, hard_b = _hard(a), _hard(b)
    both = hard_a & hard_b
    quotes = _quotes(a) & _quotes(b)
    again = retelling(a, b)
    return Likeness(
        found=found,
        shared=(_share(in_a), _share(in_b)),
        own=(own_a, own_b),
        retold=again.told,
        absent=again.absent,
        facts=(_part(both, hard_a), _part(both, hard_b)),
        figures=tuple(sorted(_figures(both), key=lambda term: (-weight(term), term))),
        quotes=tuple(sorted(quotes, key=lambda quote: (-len(quote), quote))),
        copied=copied,
        same=again.same,
    )


def _share(flags: Sequence[int]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


def _own(found: Iterable[Passage], a: Wording, b: Wording) -> tuple[float, float, int]:
    """Shares of the unquoted words that stand in passages, short ones at a discount; and how many words they are."""
    in_a, in_b = dict[int, float](), dict[int, float]()
    copied = 0
    for passage in found:
        plain = sum(1 for run in passage.runs for at in range(run.b, run.b + run.size) if not b.quoted[at])
        counts = min(1.0, plain / LONG)
        copied += plain if plain >= LONG // 2 else 0
        for run in passage.runs:
            for at in range(run.a, run.a + run.size):
                if not a.quoted[at] and counts > in_a.get(at, 0.0):
                    in_a[at] = counts
            for at in range(run.b, run.b + run.size):
                if not b.quoted[at]:
                    in_b[at] = counts
    return _unquoted(in_a, a), _unquoted(in_b, b), copied


def _unquoted(counts: Mapping[int, float], text: Wording) -> float:
    plain = text.quoted.count(0)
    return sum(counts.values()) / plain if plain else 0.0


@lru_cache(maxsize=512)
def _hard(text: Wording) -> frozenset[str]:
    """Figures and names: what rewording leaves as it is."""
    return frozenset(term for term in text.terms if term is not None and term[0] in "#=")


def _figures(terms: Iterable[str]) -> list[str]:
    return [term for term in terms if term[0] == "#" and weight(term) > COMMON]


def _part(both: Iterable[str], terms: Iterable[str]) -> float:
    """The share of terms by weight, in whatever order they come: `fsum` rounds once."""
    return fsum(map(weight, both)) / (fsum(map(weight, terms)) + FEW)


@lru_cache(maxsize=512)
def _quotes(text: Wording) -> frozenset[str]:
    return frozenset(" ".join(text.words[begin:end]) for begin, end in text.quotes if end - begin >= QUOTE)


def days_apart(a: Sketch, b: Sketch) -> int | None:
    """Days between two publications, None where one is not known."""
    if a.published is None or b.published is None:
        return None
    return abs((date.fromisoformat(a.published) - date.fromisoformat(b.published)).days)


def carried(one: Sketch) -> tuple[str, ...]:
    """The newsroom whose reporting a report says it carries: its credits, else the single one it relays as its news.

    It relays most of what it says of its sources; half is enough where the claims were read in its text, for "the
    official said" often goes on from "told Reuters".
    """
    if one.credits:
        return one.credits
    news = [told for told in one.told if told.news and told.source is not None]
    relayed = [told.relay for told in news if told.relay is not None]
    if relayed and len(set(relayed)) == 1 and 2 * len(relayed) > len(news) - one.textual:
        return (relayed[0],)
    return ()


def told_to(a: Sketch, b: Sketch) -> tuple[str, ...]:
    """Newsrooms that both name as told, or that one names and the other is of or carries."""
    of_a, of_b = _voices(a), _voices(b)
    named = (set(a.relays) & of_b) | (set(b.relays) & of_a)
    return tuple(sorted(named))


def _voices(one: Sketch) -> set[str]:
    return {*one.relays, *one.credits} | ({one.house} if one.house is not None else set())


def same_unnamed(a: Sketch, b: Sketch) -> tuple[str, ...]:
    """Unnamed sources that both describe alike."""
    return tuple(one for one in a.unnamed if any(same_person(one, other) for other in b.unnamed))
