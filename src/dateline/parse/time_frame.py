"""What the time grammar works with: a rule that matched, and the frame that its words are counted from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from dateline.parse.calendar import Grain, Interval
from dateline.parse.time_tokens import Token, Tokens

_NO_REFERENCE = frozenset({"now", "window", "window_of_one", "recent", "then"})
_FROM_ANCHOR = frozenset({"today", "ago", "the_weekend"})
_DEICTIC = frozenset({"last", "past", "this", "next"})


class Tense(Enum):
    """What a clause says of its time."""

    AHEAD = "ahead"
    PLANNED = "planned"
    """Ahead of a time past: "were to sign on 15 December"."""
    BACK = "back"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that matched tokens `i` to `j` (exclusive)."""

    name: str
    match: re.Match[str]
    tokens: Tokens
    i: int
    j: int

    def get(self, *groups: str) -> Token | None:
        """The first token of the first group that took part."""
        for group in groups:
            name = self._took_part(group)
            if name is not None:
                return self.tokens.items[self.match.start(name)]
        return None

    def _took_part(self, group: str) -> str | None:
        """The group of that name, or the one of its alternatives, that matched something."""
        names, number = self.match.re.groupindex, 1
        name = group
        while name in names:
            if self.match.start(name) >= 0 and self.match.group(name):
                return name
            number += 1
            name = f"{group}_{number}"
        return None

    def number(self, group: str) -> int | None:
        """The value of a group's token."""
        token = self.get(group)
        return None if token is None else int(token.value)

    def span(self, group: str) -> tuple[Token, ...]:
        """All tokens of a group."""
        name = self._took_part(group)
        return () if name is None else self.tokens.items[self.match.start(name) : self.match.end(name)]

    def beside(self, name: str) -> frozenset[str]:
        """The words of that list, in the language of the text."""
        return self.tokens.words.beside[name]

    @property
    def stated(self) -> bool:
        """Whether the words carry a year of their own."""
        return self.get("y", "num", "dn", "dd") is not None or self.name == "century"

    @property
    def before(self) -> str:
        """The class of the word before the match."""
        return self.tokens.items[self.i - 1].kind if self.i > 0 else "break"

    @property
    def after_preposition(self) -> bool:
        """Whether the word before the match is a preposition such as "in"."""
        return self.before in ("at", "by", "until", "since")


@dataclass(slots=True)
class Frame:
    """What times are counted from while a text is read in order.

    `future`: every time looks ahead, whatever its clause; `clause`: which way the clause of this time points.
    `narrative`: years of bare months follow `story`, the last time that was not counted from the anchor.
    `local`: the start of the dated time just before, when it is long past.
    """

    anchor: date | None
    language: str = "en"
    future: bool = False
    narrative: bool = False
    local: date | None = None
    story: date | None = None
    clause: Tense = Tense.OPEN
    history: list[Interval] = field(default_factory=list)

    def previous(self, grain: Grain) -> Interval | None:
        """The last time read that is at least as fine as `grain`."""
        return next((t for t in reversed(self.history) if t.grain <= grain), None)

    @property
    def ahead(self) -> bool:
        """Whether a bare weekday, day, month or season is the next one."""
        return self.future or self.clause in (Tense.AHEAD, Tense.PLANNED)

    @property
    def base(self) -> date | None:
        """The day a bare month or weekday is counted from."""
        return self.story if self.narrative and self.story is not None else self.anchor

    def remember(self, found: Found, core: Interval) -> None:
        """Keep a time that later words may count from."""
        if core.earliest is None or found.name in _NO_REFERENCE or found.name in ("clock", "part_of_day"):
            return
        self.history.append(core)
        pointer = found.get("r", "yr")
        if found.name == "year" and found.before in ("of", "the", "a", "s", "to", "and"):
            return
        if found.name not in _FROM_ANCHOR and (pointer is None or pointer.kind not in _DEICTIC):
            self.story = core.earliest
