"""What is derived from claims: origins, events, presences and disputes. Rebuilt, never edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dateline.model.words import (
    DeploymentKind,
    DisputeKind,
    DisputeStatus,
    Kind,
    OriginSign,
    Scope,
    Sector,
    Stage,
    Stance,
    Standing,
    Tie,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Change:
    """What a later copy has where the earlier text has something else; None: added or cut.

    `what` is `number`, `date`, `place`, `name` or `words`; offsets count code points of the two texts.
    """

    what: str
    before: str | None
    after: str | None
    before_start: int | None = None
    after_start: int | None = None


@dataclass(frozen=True, slots=True)
class OriginLink:
    """Two reports that rest on one reporting, with the signs of it and one plain sentence.

    `share` is the part of the later text that stands in the earlier one (0 to 1) and `taken` the part of the earlier
    that stands in the later, None without texts to compare. `partial`: the later took only parts, or mixes origins.
    """

    earlier: str
    later: str
    signs: tuple[OriginSign, ...]
    reason: str
    share: float | None = None
    changes: tuple[Change, ...] = ()
    taken: float | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent reporting and the reports that carry it, oldest first.

    `name` is who reported it as far as the reports tell: the agency credited, else the outlet of the earliest.
    `partial` are links to reports that take only parts of it (round-ups, a quoted paragraph): they are no members.
    """

    id: str
    name: str | None
    documents: tuple[str, ...]
    earliest: str | None
    links: tuple[OriginLink, ...] = ()
    partial: tuple[OriginLink, ...] = ()


DATA_SET = "data-set:"
"""How the key of a data set begins where others have that of an origin."""


@dataclass(frozen=True, slots=True)
class Witness:
    """One independent telling of a matter: the claims that rest on one origin.

    `origin` is the id of an Origin, or a key of who is relayed where his own report is not in the ledger.
    `background` tellings only recall the matter, long after it: they are no witnesses.
    """

    origin: str
    name: str | None
    documents: tuple[str, ...]
    claims: tuple[str, ...]
    background: bool = False

    @property
    def is_data(self) -> bool:
        """Whether it is a data set, whose rows were coded from what others told; then it is `background` too."""
        return self.origin.startswith(DATA_SET)

    @property
    def standing(self) -> str:
        """Why it does not count as an origin: "a data set", "recalled as background"; "" where it counts."""
        if self.is_data:
            return "a data set"
        return "recalled as background" if self.background else ""


@dataclass(frozen=True, slots=True)
class Variant:
    """One reading of a slot of an event: its value in words, the claims that give it, on how many origins."""

    value: str
    claims: tuple[str, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class EventLink:
    """Another event of the same process, and how this one stands to it."""

    tie: Tie
    event: str


@dataclass(frozen=True, slots=True)
class Event:
    """Claims of the same act by the same actor at compatible place and time: derived, rebuilt, never edited.

    `stances` are those of its claims: with only `denied` or `planned` ones it is not known to have happened.
    `variants` keeps, for each slot on which its claims differ or agree, every value with its support, the best first.
    `witnesses` are its independent tellings; background mentions are among them, marked.
    """

    id: str
    kind: Kind
    actor: str | None
    recipient: str | None
    country: str | None
    earliest: str | None
    latest: str | None
    claims: tuple[str, ...]
    stances: tuple[Stance, ...] = ()
    actor_country: str | None = None
    recipient_country: str | None = None
    stage: Stage = Stage.DONE
    place: str | None = None
    low: float | None = None
    high: float | None = None
    unit: Unit | None = None
    variants: Mapping[str, tuple[Variant, ...]] = field(default_factory=dict)
    witnesses: tuple[Witness, ...] = ()
    links: tuple[EventLink, ...] = ()

    @property
    def origins(self) -> int:
        """How many independent origins tell it, background mentions left out."""
        return sum(not witness.background for witness in self.witnesses)


@dataclass(frozen=True, slots=True)
class Strength:
    """How many of a force one claim puts in a country, with how it is put and the day it speaks of."""

    claim: str
    stance: Stance
    low: float | None
    high: float | None
    scope: Scope
    day: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One interval of a presence: from when to when the force stood there, in which strength, and why we say so.

    `start`/`end` are ISO days, inclusive; `end` None is an open end ("as of" `as_of`). A bound is `precise` when a
    claim gives its day, and `asserted` when a claim says that it began (or ended) then, rather than that it was so
    on that day (Security Force Monitor's rule for start and end). `low`/`high` None: not said; 0 and 0: gone.
    `carried` says that the strength is that of an older report and nothing newer gives one.
    """

    start: str | None
    end: str | None
    low: float | None
    high: float | None
    as_of: str | None
    supports: tuple[str, ...]
    reason: str
    start_precise: bool = False
    start_asserted: bool = False
    end_precise: bool = False
    end_asserted: bool = False
    contradicts: tuple[str, ...] = ()
    origins: int = 0
    carried: bool = False


@dataclass(frozen=True, slots=True)
class SitePresence:
    """The steps of a force at one base or town of the host country. Never summed to the country's."""

    site: str
    lat: float | None
    lon: float | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Presence:
    """The standing of one force in one host country (and base, when all support names one).

    `low`/`high` are the newest asserted strength (None: not said); `as_of` the day it was said of.
    `supports` assert that the force is or came there, `departures` that it leaves, left or must leave.
    `planned`, `denied`, `alleged` and `conditional` name claims that are shown apart and never enter the
    range. `sites` are the bases that support names and `strengths` every figure given, both newest first.
    `series` tells the whole of it in time, oldest step first, and `at_sites` the same for each base.
    `host` is an alpha-3 code, or the name of a region whose total is told ("Sahel"), which is no country's.
    """

    id: str
    force: str
    force_country: str | None
    sector: Sector
    host: str
    site: str | None
    status: Standing
    low: float | None
    high: float | None
    scope: Scope | None
    as_of: str | None
    supports: tuple[str, ...]
    strength_from: str | None = None
    planned: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    alleged: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    departures: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    strengths: tuple[Strength, ...] = ()
    series: tuple[Step, ...] = ()
    at_sites: tuple[SitePresence, ...] = ()
    deployment: DeploymentKind | None = None
    witnesses: tuple[Witness, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute: what it holds in words, its claims and the independent origins they rest on."""

    holds: str
    claims: tuple[str, ...]
    witnesses: tuple[Witness, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims that cannot all be so: the sides, strongest first, in one plain sentence.

    `about` is the event or presence it arises in. `settled_by` is the judgement that decided it, `favours` the
    number of the side it decided for, from 0, or None.
    """

    id: str
    kind: DisputeKind
    about: str
    topic: str
    sentence: str
    sides: tuple[Side, ...]
    status: DisputeStatus = DisputeStatus.OPEN
    settled_by: str | None = None
    favours: int | None = None
    force_country: str | None = None
    host: str | None = None
    first_day: str | None = None
    last_day: str | None = None

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims of all sides."""
        return tuple(claim for side in self.sides for claim in side.claims)
