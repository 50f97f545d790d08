"""Sources: who says things in this ledger, and how what they said has stood so far: counts, no score made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from dateline.desk.desk import Desk
from dateline.desk.judging import HistoryLine, source_history
from dateline.desk.standing import ratings, standing_on
from dateline.desk.statements import Statement, statements
from dateline.model import SourceKind
from dateline.reconcile.ratings import RELIABILITY_WORDS, Reliability, source_key
from dateline.store import source_counts
from dateline.store.records import fold
from dateline.store.source_counts import House, Voice

T = TypeVar("T")
PAGE = 50
SHOWN_CLAIMS = 10
"""Claims that the page of a source shows in their sentences."""

MOST_HOSTS = 12


class SourceSort(StrEnum):
    """Orders of the people and bodies that are quoted: most claims first, by name, last quoted first."""

    CLAIMS = "claims"
    NAME = "name"
    LAST = "last"


class HouseSort(StrEnum):
    """Orders of outlets and agencies: most reports first, by name, last printed first."""

    REPORTS = "reports"
    NAME = "name"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A person or body that is quoted: `passed_on` counts claims of others that come through it.

    `kind` is what kind of source it is in one of its claims, None where it only passes on; `rating` is of analysts.
    """

    name: str
    kind: SourceKind | None
    claims: int
    passed_on: int
    first: str | None
    last: str | None
    rating: Reliability | None


@dataclass(frozen=True, slots=True)
class ListedHouse:
    """An outlet or agency: reports under its name, and independent reportings that are named for it."""

    name: str
    reports: int
    origins: int
    first: str | None
    last: str | None
    rating: Reliability | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list of sources: `page` of `pages`, of `total` rows."""

    rows: tuple[ListedSource, ...] | tuple[ListedHouse, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Record:
    """What became of the claims of a source so far, as plain counts of claims.

    `disputed` are in a dispute that is open, `settled_for` and `settled_against` in one that an analyst decided.
    """

    accepted: int = 0
    rejected: int = 0
    corrected: int = 0
    disputed: int = 0
    settled_for: int = 0
    settled_against: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nobody judged any claim of it and none is disputed."""
        return self == Record()


@dataclass(frozen=True, slots=True)
class SourceCard:
    """One source with all that the ledger tells of it.

    `looked` counts its claims by what they are; of very many only the first are looked at. `rating_of` is the letter
    of analysts with its words.
    """

    name: str
    voice: Voice
    house: House
    looked: source_counts.Looked
    record: Record
    rating: Reliability | None
    history: tuple[HistoryLine, ...]
    claims: tuple[Statement, ...]

    @property
    def rating_words(self) -> str:
        """The rating in words, "" where nobody rated it."""
        return "" if self.rating is None else RELIABILITY_WORDS[self.rating]

    @property
    def hosts(self) -> tuple[tuple[str, int], ...]:
        """The countries its claims are most about, by code."""
        return _most(self.looked.hosts)[:MOST_HOSTS]

    @property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """Its claims by kind, most first."""
        return _most(self.looked.kinds)

    @property
    def stances(self) -> tuple[tuple[str, int], ...]:
        """Its claims by stance, most first."""
        return _most(self.looked.stances)

    @property
    def source_kinds(self) -> tuple[tuple[str, int], ...]:
        """What kinds of source it was taken for, most first."""
        return _most(self.looked.source_kinds)


@dataclass(frozen=True, slots=True)
class Disputes:
    """In how disputes stand: the claims that are in open ones, on a side decided for, on one decided against."""

    disputed: frozenset[str] = field(default_factory=frozenset)
    settled_for: frozenset[str] = field(default_factory=frozenset)
    settled_against: frozenset[str] = field(default_factory=frozenset)


def sources(
    desk: Desk, *, text: str = "", kind: SourceKind | None = None, sort: SourceSort = SourceSort.CLAIMS, page: int = 1
) -> Listed:
    """A page of the persons and bodies that are quoted, whose name holds `text`, most claims first."""
    found = quoted(desk, text=text, kind=kind, sort=sort)
    shown, page, pages = _page(found, page)
    return Listed(listed(desk, shown), len(found), page, pages)


def quoted(
    desk: Desk, *, text: str = "", kind: SourceKind | None = None, sort: SourceSort = SourceSort.CLAIMS
) -> list[Voice]:
    """All persons and bodies that are quoted, whose name holds `text`, in order: for `listed`, some at a time."""
    found = list(_voices(desk).values())
    if text.strip():
        wanted = fold(text.strip())
        found = [voice for voice in found if wanted in voice.key]
    if kind is not None:
        keys = desk.kept(("sources of kind", kind), lambda: source_counts.keys_of_kind(desk.store, str(kind)))
        found = [voice for voice in found if voice.key in keys]
    if sort is SourceSort.NAME:
        found.sort(key=lambda voice: voice.key)
    elif sort is SourceSort.LAST:
        found.sort(key=lambda voice: (voice.last or "", voice.claims), reverse=True)
    else:
        found.sort(key=lambda voice: (-voice.claims, -voice.passed_on, voice.key))
    return found


def listed(desk: Desk, some: Sequence[Voice]) -> tuple[ListedSource, ...]:
    """Voices as rows of a list, with their names and ratings."""
    written = source_counts.named(desk.store, some)
    printed = _houses(desk)
    relays = [printed[voice.key] for voice in some if voice.key not in written and voice.key in printed]
    houses = source_counts.house_names(desk.store, relays)
    rated = ratings(desk)
    rows = []
    for voice in some:
        name, known = written.get(voice.key, (houses.get(voice.key, voice.key), None))
        rating = rated.get(source_key(name))
        as_kind = None if known is None else SourceKind(known)
        rows.append(ListedSource(name, as_kind, voice.claims, voice.passed_on, voice.first, voice.last, rating))
    return tuple(rows)


def look_into(desk: Desk, keys: tuple[str, ...]) -> source_counts.Looked:
    """What the claims of the voices of some keys are, of very many the first ones."""
    return desk.kept(("source", keys), lambda: source_counts.look_into(desk.store, keys))


def houses(desk: Desk, *, text: str = "", sort: HouseSort = HouseSort.REPORTS, page: int = 1) -> Listed:
    """The outlets that reports are printed under and the agencies they credit, most reports first."""
    found = list(_houses(desk).values())
    if text.strip():
        wanted = fold(text.strip())
        found = [house for house in found if wanted in house.key]
    if sort is HouseSort.NAME:
        found.sort(key=lambda house: house.key)
    elif sort is HouseSort.LAST:
        found.sort(key=lambda house: (house.last or "", house.reports), reverse=True)
    else:
        found.sort(key=lambda house: (-house.reports, -house.origins, house.key))
    shown, page, pages = _page(found, page)
    written = source_counts.house_names(desk.store, shown)
    rated = ratings(desk)
    rows = tuple(
        ListedHouse(
            (name := written.get(house.key, house.key)),
            *(house.reports, house.origins, house.first, house.last),
            rated.get(source_key(name)),
        )
        for house in shown
    )
    return Listed(rows, len(found), page, pages)


def source(desk: Desk, name: str) -> SourceCard | None:
    """One source by its name, as claims, reports or judgements write it; None where the ledger names it nowhere.

    Names that the lexicon knows for one and the same ("AFP") are taken together.
    """
    keys = _keys(name)
    voice, house = _voice(desk, keys), _house(desk, keys)
    history = source_history(desk, name)
    if voice is None and house is None and not history:
        return None
    looked = look_into(desk, keys)
    newest = source_counts.newest_of(desk.store, keys, SHOWN_CLAIMS)
    shown = _written(desk, keys) or name
    return SourceCard(
        shown,
        voice or Voice(keys[0]),
        house or House(keys[0]),
        looked,
        desk.kept(("record of source", keys), lambda: _record(desk, looked.ids)),
        ratings(desk).get(source_key(name)),
        history,
        tuple(statements(desk, newest).values()),
    )


def _keys(name: str) -> tuple[str, ...]:
    """Under which keys a source of a name may stand: as written, by its canonical name, and with "the"."""
    canonical = source_key(name)
    return tuple(dict.fromkeys((fold(" ".join(name.split())), canonical, f"the {canonical}")))


def _voices(desk: Desk) -> Mapping[str, Voice]:
    return desk.kept("voices", lambda: source_counts.voices(desk.store))


def _houses(desk: Desk) -> Mapping[str, House]:
    return desk.kept("houses", lambda: source_counts.houses(desk.store))


def _voice(desk: Desk, keys: tuple[str, ...]) -> Voice | None:
    """The voices of some keys as one."""
    known = _voices(desk)
    found = [known[key] for key in keys if key in known]
    return source_counts.together(keys[0], found) if found else None


def _house(desk: Desk, keys: tuple[str, ...]) -> House | None:
    """The houses of some keys as one."""
    known = _houses(desk)
    found = [known[key] for key in keys if key in known]
    return source_counts.housed_together(keys[0], found) if found else None


def _written(desk: Desk, keys: tuple[str, ...]) -> str | None:
    """The name of a source as claims or reports write it, by the first of its keys that they have."""
    voices, houses = _voices(desk), _houses(desk)
    said = source_counts.named(desk.store, [voices[key] for key in keys if key in voices])
    printed = source_counts.house_names(desk.store, [houses[key] for key in keys if key in houses])
    names = {**printed, **{key: name for key, (name, _) in said.items()}}
    return next((names[key] for key in keys if key in names), None)


def _record(desk: Desk, ids: tuple[str, ...]) -> Record:
    """What became of some claims."""
    known = standing_on(desk, ids)
    disputes = desk.kept("claims of disputes", lambda: _disputes(desk))
    claims = set(ids)
    return Record(
        len(claims & known.accepted),
        len(claims & known.rejected),
        len(claims & set(known.corrections)),
        len(claims & disputes.disputed),
        len(claims & disputes.settled_for),
        len(claims & disputes.settled_against),
    )


def _disputes(desk: Desk) -> Disputes:
    """How every claim that is in a dispute stands in it."""
    disputed: set[str] = set()
    won: set[str] = set()
    lost: set[str] = set()
    for dispute in desk.view.disputes().rows:
        if dispute.settled_by is None:
            disputed.update(dispute.claims)
            continue
        for number, side in enumerate(dispute.sides):
            if dispute.favours is not None:
                (won if number == dispute.favours else lost).update(side.claims)
    return Disputes(frozenset(disputed), frozenset(won), frozenset(lost))


def _most(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _page(rows: list[T], page: int) -> tuple[list[T], int, int]:
    """The rows of a page, its number where it is a real one, and how many pages there are."""
    pages = max(1, -(-len(rows) // PAGE))
    page = max(1, min(page, pages))
    return rows[(page - 1) * PAGE : page * PAGE], page, pages
