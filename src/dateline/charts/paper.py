"""What the parts of a drawing of presences share: measures, colours, and words that are safe to draw."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from dateline.charts.words import ENGLISH, ChartWords
from dateline.export.safe import visible
from dateline.model import Dispute, Presence, SitePresence, Step, Strength

INK, PALE, BAND, GREY = "#1b1f24", "#57606a", "#2f6690", "#8c959f"
STANCES = (("planned", "#9a6700"), ("alleged", "#6639ba"), ("denied", "#57606a"), ("conditional", "#9a6700"))
ROW, LINE, AXIS = 15, 15, 20
LEFT = 150
"""Where time begins, in pixels; left of it stand the names of rows."""

FADED = 46.0
"""Over how many pixels a stay fades whose beginning or end is not known."""

CHARACTER = 6.3
"""Pixels a character of the labels takes, for keeping labels apart."""

SITES = 5
"""How many bases and towns of a panel are drawn."""

_NO_XML = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Panel:
    """A presence with its disputes, and the days of claims without a figure; `linked` as in `plot_bands.bands`."""

    presence: Presence
    disputes: Sequence[Dispute]
    days: Mapping[str, str]
    linked: bool = False
    words: ChartWords = ENGLISH

    def telling_days(self) -> Iterator[date]:
        """The days of figures, of acts and of what stands beside: those that the drawing must hold."""
        for step in self.presence.series:
            telling = step.low is not None or step.high is not None or not self.counted
            yield from (day_of(day) for day in (step.start if telling else None, step.end) if day is not None)
        for _, _, points in self.beside():
            yield from (day for day, _ in points)
        yield from (day_of(one.first_day) for one in self.disputes if one.first_day is not None)

    @property
    def counted(self) -> bool:
        """Whether any step gives a number of those who are there."""
        return any(step.low or step.high for step in self.presence.series)

    def known_days(self) -> Iterator[date]:
        """Every day that the panel has to show."""
        for step in self.presence.series:
            yield from (day_of(day) for day in (step.start, step.end, step.as_of) if day is not None)
        for _, _, points in self.beside():
            yield from (day for day, _ in points)

    def beside(self) -> list[tuple[str, str, list[tuple[date, str]]]]:
        """What is planned, alleged, denied and conditional: its name, colour, and days with figures."""
        rows = []
        for stance, colour in STANCES:
            claims: tuple[str, ...] = getattr(self.presence, stance)
            figures = {one.claim: one for one in self.presence.strengths}
            points = sorted({point for claim in claims if (point := self._point(claim, figures.get(claim)))})
            if claims:
                rows.append((stance, colour, points))
        return rows

    def _point(self, claim: str, figure: Strength | None) -> tuple[date, str] | None:
        day = figure.day if figure is not None else self.days.get(claim)
        if day is None:
            return None
        try:
            return day_of(day), "" if figure is None else self.words.amount(figure.low, figure.high)
        except ValueError:
            return None

    def sites(self) -> Sequence[SitePresence]:
        """The bases and towns with a stay that can be drawn, those with most reports first, few of them."""
        told = [site for site in self.presence.at_sites if any(dated(step) for step in site.steps)]
        return sorted(told, key=lambda site: (-sum(len(step.supports) for step in site.steps), site.site))[:SITES]


def concerns(dispute: Dispute, presence: Presence) -> bool:
    """Whether a dispute is about a presence, or about an event of its force in its host."""
    if dispute.about == presence.id:
        return True
    if dispute.about.startswith("presence") or dispute.force_country is None:
        return False
    return (dispute.force_country, dispute.host) == (presence.force_country, presence.host)


def dated(step: Step) -> bool:
    """Whether it can be put in time."""
    return any(day is not None for day in (step.start, step.end, step.as_of))


def day_of(text: str) -> date:
    """The day of an ISO date or date-time; ValueError for what is none."""
    return date.fromisoformat(text[:10])


def text(words: str) -> str:
    """Words of a report as they may stand in the drawing: nothing in them is markup, control or outside XML."""
    return escape(_NO_XML.sub("\ufffd", visible(words)), {'"': "&quot;", "'": "&#39;"})


def shortened(words: str, most: int) -> str:
    """At most so many characters, with an ellipsis where some are left out."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
