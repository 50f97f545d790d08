"""One panel of a drawing of presences: the bands of a force through time, and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.sax.saxutils import escape

from dateline.export.plot_scales import StrengthScale, TimeScale
from dateline.export.safe import visible
from dateline.export.words import amount
from dateline.lexicon import countries
from dateline.model import Dispute, DisputeStatus, Presence, SitePresence, Standing, Step, Strength

HATCH = (
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#2f6690" fill-opacity="0.12"/>'
    '<rect width="2" height="6" fill="#2f6690" fill-opacity="0.55"/></pattern>'
    '<pattern id="hatch-grey" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#8c959f" fill-opacity="0.12"/>'
    '<rect width="2" height="6" fill="#8c959f" fill-opacity="0.5"/></pattern>'
)
_INK, _PALE, _BAND, _GREY = "#1b1f24", "#57606a", "#2f6690", "#8c959f"
_NO_XML = re.compile("[\ufffe\uffff]")
_STANCES = (("planned", "#9a6700"), ("alleged", "#6639ba"), ("denied", "#57606a"), ("conditional", "#9a6700"))
_TITLE, _ROW, _LINE, _AXIS = 30, 15, 15, 20
LEFT = 150
"""Where time begins, in pixels; left of it stand the names of rows."""

_SITES = 5
_FLAGS = 6
_FADED = 46.0
_ROOM = 6
_LOW = 46
_THIN = 3.0
_CHARACTER = 6.3
"""Pixels a character of the labels takes, for keeping labels apart."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A presence with its disputes, and the days of claims without a figure."""

    presence: Presence
    disputes: Sequence[Dispute]
    days: Mapping[str, str]

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
        for stance, colour in _STANCES:
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
            return day_of(day), "" if figure is None else amount(figure.low, figure.high)
        except ValueError:
            return None

    def sites(self) -> Sequence[SitePresence]:
        """The bases and towns with a stay that can be drawn, those with most reports first, few of them."""
        told = [site for site in self.presence.at_sites if any(_dated(step) for step in site.steps)]
        return sorted(told, key=lambda site: (-sum(len(step.supports) for step in site.steps), site.site))[:_SITES]


def day_of(text: str) -> date:
    """The day of an ISO date or date-time; ValueError for what is none."""
    return date.fromisoformat(text[:10])


def concerns(dispute: Dispute, presence: Presence) -> bool:
    """Whether a dispute is about a presence, or about an event of its force in its host."""
    if dispute.about == presence.id:
        return True
    if dispute.about.startswith("presence") or dispute.force_country is None:
        return False
    return (dispute.force_country, dispute.host) == (presence.force_country, presence.host)


def text(words: str) -> str:
    """Words of a report as they may stand in the drawing: nothing in them is markup, control or outside XML."""
    return escape(_NO_XML.sub("\ufffd", visible(words)), {'"': "&quot;", "'": "&#39;"})


def shortened(words: str, most: int) -> str:
    """At most so many characters, with an ellipsis where some are left out."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def height_of(panel: Panel, large: int) -> float:
    """Pixels that the panel takes."""
    rows = len(panel.beside()) + len(panel.sites())
    return _TITLE + _plot_height(panel, large) + _ROOM + rows * _ROW + _AXIS + len(_numbered(panel)) * _LINE + _ROW / 3


def _plot_height(panel: Panel, large: int) -> int:
    """Room for the bands: little where no number is said, none without a step."""
    if not panel.presence.series:
        return 0
    return large if panel.counted else min(large, _LOW)


def drawn(panel: Panel, scale: TimeScale, top: float, large: int) -> Iterator[str]:
    """The panel from `top` down: title, bands, sites, what is not asserted, the axis, the texts of its flags."""
    presence = panel.presence
    yield f'<g aria-label="{text(_heading(presence))}">'
    yield from _title(presence, scale, top)
    upper = top + _TITLE
    lower = upper + _plot_height(panel, large)
    beside = lower + _ROOM
    rows = beside + _ROW * (len(panel.sites()) + len(panel.beside()))
    yield from _grid(scale, upper, rows)
    if presence.series:
        strengths = StrengthScale(_most(presence) * 1.18, upper + 10, lower)
        yield from _levels(strengths, scale)
        yield from _bands(presence.series, scale, strengths)
    yield from _site_rows(panel, scale, beside)
    yield from _beside_rows(panel, scale, beside + _ROW * len(panel.sites()))
    yield from _axis(scale, rows)
    yield from _flags(panel, scale, upper, rows + _AXIS)
    yield "</g>"


def _heading(presence: Presence) -> str:
    country = countries.by_code(presence.host)
    host = presence.host if country is None else country.name
    return f"{presence.force} in {host}"


def _title(presence: Presence, scale: TimeScale, top: float) -> Iterator[str]:
    yield (
        f'<text x="20" y="{top + 14}" font-size="14" font-weight="bold" fill="{_INK}">'
        f"{text(shortened(_heading(presence), 80))}</text>"
    )
    last = presence.series[-1] if presence.series else None
    as_of = presence.as_of if last is None else last.as_of
    if presence.status is Standing.LEFT:
        status = f"left{f' by {presence.as_of}' if presence.as_of else ''}"
    else:
        status = f"{presence.status}{f', as of {as_of}' if as_of else ''}"
    yield f'<text x="{scale.right:.1f}" y="{top + 14}" text-anchor="end" fill="{_PALE}">{text(status)}</text>'


def _most(presence: Presence) -> float:
    """The largest strength to be drawn; 1 where none is said."""
    bounds = [bound for step in presence.series for bound in (step.low, step.high) if bound]
    return max(bounds, default=1.0)


def _grid(scale: TimeScale, upper: float, lower: float) -> Iterator[str]:
    yield (
        f'<rect x="{scale.left:.1f}" y="{upper:.1f}" width="{scale.right - scale.left:.1f}" '
        f'height="{lower - upper:.1f}" fill="#f6f8fa"/>'
    )
    for x, _, year in scale.ticks():
        colour = "#c4ccd4" if year else "#e1e6eb"
        yield f'<path d="M{x:.1f} {upper:.1f}V{lower:.1f}" stroke="{colour}"/>'


def _axis(scale: TimeScale, y: float) -> Iterator[str]:
    yield f'<path d="M{scale.left:.1f} {y:.1f}H{scale.right:.1f}" stroke="{_PALE}"/>'
    for x, label, year in scale.ticks():
        weight = ' font-weight="bold"' if year else ""
        yield (
            f'<path d="M{x:.1f} {y:.1f}v4" stroke="{_PALE}"/><text x="{x:.1f}" y="{y + 15:.1f}" '
            f'text-anchor="middle" font-size="11"{weight} fill="{_PALE}">{label}</text>'
        )


def _levels(strengths: StrengthScale, scale: TimeScale) -> Iterator[str]:
    if strengths.most <= 2:
        return
    for y, strength in strengths.ticks():
        yield (
            f'<path d="M{scale.left:.1f} {y:.1f}H{scale.right:.1f}" stroke="#e1e6eb"/>'
            f'<text x="{scale.left - 6:.1f}" y="{y + 4:.1f}" text-anchor="end" font-size="11" fill="{_PALE}">'
            f"{amount(strength, strength)}</text>"
        )


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where a step stands: from `x` to `end`, surely so far as `known`, between `upper` and `lower`."""

    x: float
    known: float
    end: float
    upper: float
    lower: float


def _dated(step: Step) -> bool:
    return any(day is not None for day in (step.start, step.end, step.as_of))


def _bands(series: Sequence[Step], scale: TimeScale, strengths: StrengthScale) -> Iterator[str]:
    """The steps, then their edges, arrivals and departures, then their labels, so that these lie above."""
    shown = [(step, _stretch(step, scale, strengths)) for step in series if _dated(step)]
    for step, where in shown:
        yield f"<g><title>{text(step.reason)}</title>"
        yield from _band(step, where)
        yield "</g>"
    for number, (step, where) in enumerate(shown):
        yield from _edge(step, where, shown[number - 1] if number else None, strengths)
    yield from _labels(shown, scale, strengths.top - 6)


def _stretch(step: Step, scale: TimeScale, strengths: StrengthScale) -> _Stretch:
    """A step on the paper; where a bound is open it runs to the edge of the drawing, fading."""
    first = day_of(step.start or step.as_of or step.end or "")
    as_of = first if step.as_of is None else day_of(step.as_of)
    end = scale.last if step.end is None else day_of(step.end) + timedelta(days=1)
    known = end if step.end is not None else max(first, as_of) + timedelta(days=1)
    x = scale.x(first)
    if step.start is None:
        x = max(scale.left, scale.x(known) - _FADED)
    low, high = step.low, step.high
    upper = strengths.y(high if high is not None else _headroom(low, strengths))
    lower = strengths.y(low or 0)
    if low is None and high is None:
        upper, lower = strengths.bottom - 14, strengths.bottom
    if lower - upper < _THIN and high != 0:
        middle = (lower + upper) / 2
        upper, lower = middle - _THIN / 2, middle + _THIN / 2
    return _Stretch(x, max(scale.x(known), x + 2), scale.x(end), upper, lower)


def _headroom(low: float | None, strengths: StrengthScale) -> float:
    """How far up a band without an upper bound fades."""
    return min(strengths.most, (low or 0) + strengths.most * 0.16)


def _band(step: Step, where: _Stretch) -> Iterator[str]:
    if step.low == 0 and step.high == 0:
        yield from _nobody(step, where)
        return
    said = step.low is not None or step.high is not None
    yield _box(where.x, min(where.known, where.end), where, _fill(step, said=said))
    if said and step.low is not None and step.high is not None:
        yield _outline(where.x, min(where.known, where.end), where, precise=step.start_precise)
    elif said:
        y = where.lower if step.low is not None else where.upper
        yield f'<path d="M{where.x:.1f} {y:.1f}H{min(where.known, where.end):.1f}" stroke="{_BAND}" stroke-width="2"/>'
    if where.end > where.known:
        fade = "fade-on" if said else "fade-on-grey"
        yield _box(where.known, where.end, where, f"url(#{fade})")
        if step.as_of is not None:
            yield (
                f'<path d="M{where.known:.1f} {where.upper - 4:.1f}V{where.lower + 2:.1f}" stroke="{_PALE}" '
                'stroke-dasharray="2 2"/>'
            )


def _fill(step: Step, *, said: bool) -> str:
    if step.start is None:
        return "url(#fade-in)" if said else "url(#fade-in-grey)"
    if not said:
        return "url(#hatch-grey)"
    if step.high is None:
        return "url(#fade-up)"
    if step.low is None:
        return "url(#fade-down)"
    return f'{_BAND}" fill-opacity="0.42' if step.start_precise else "url(#hatch)"


def _box(left: float, right: float, where: _Stretch, fill: str) -> str:
    return (
        f'<rect x="{left:.1f}" y="{where.upper:.1f}" width="{max(0.0, right - left):.1f}" '
        f'height="{where.lower - where.upper:.1f}" fill="{fill}"/>'
    )


def _outline(left: float, right: float, where: _Stretch, *, precise: bool) -> str:
    dash = "" if precise else ' stroke-dasharray="4 3"'
    return (
        f'<path d="M{left:.1f} {where.upper:.1f}H{right:.1f}M{left:.1f} {where.lower:.1f}H{right:.1f}" '
        f'stroke="{_BAND}" stroke-width="1.5" fill="none"{dash}/>'
    )


def _nobody(step: Step, where: _Stretch) -> Iterator[str]:
    """A line on the ground: all are gone."""
    dash = "" if step.start_precise else ' stroke-dasharray="5 4"'
    yield (f'<path d="M{where.x:.1f} {where.lower - 1:.1f}H{where.end:.1f}" stroke="{_INK}" stroke-width="2.5"{dash}/>')


def _edge(step: Step, where: _Stretch, before: tuple[Step, _Stretch] | None, strengths: StrengthScale) -> Iterator[str]:
    """The side of a step at its beginning, and a sign where somebody says that the force came or left then."""
    if step.start is None:
        return
    dash = "" if step.start_precise else ' stroke-dasharray="3 3"'
    reach = [where.upper, where.lower] + ([] if before is None else [before[1].upper, before[1].lower])
    yield (f'<path d="M{where.x:.1f} {min(reach):.1f}V{max(reach):.1f}" stroke="{_BAND}" stroke-opacity="0.8"{dash}/>')
    if not step.start_asserted:
        return
    ground = strengths.bottom
    if _leaves(step, None if before is None else before[0]):
        yield f'<path d="M{where.x - 4:.1f} {ground - 9:.1f}h8l-4 8z" fill="{_INK}"/>'
    else:
        yield f'<path d="M{where.x - 4:.1f} {ground - 1:.1f}h8l-4 -8z" fill="{_INK}"/>'


def _leaves(step: Step, before: Step | None) -> bool:
    """Whether the force became smaller or of less sure size than before: an asserted change that is no arrival."""
    if before is None or before.high == 0:
        return False
    if step.high is not None:
        return before.high is None or step.high <= before.high
    return step.low is None and before.low is not None


def _labels(shown: Sequence[tuple[Step, _Stretch]], scale: TimeScale, top: float) -> Iterator[str]:
    """The figures above their bands, where there is room beside the last one."""
    taken: list[tuple[float, float, float]] = []
    for step, where in shown:
        label = "gone" if step.high == 0 else amount(step.low, step.high) or "number not said"
        half = len(label) * _CHARACTER / 2
        middle = (where.x + min(where.end, max(where.known, where.x + 2 * half))) / 2
        if step.high == 0:
            middle = where.x + half + 8
        middle = min(max(middle, scale.left + half + 2), scale.right - half - 2)
        y = where.upper - 5
        while any(middle - half < end and start < middle + half and abs(y - level) < 12 for start, end, level in taken):
            y -= 12
        if y < top:
            continue
        taken.append((middle - half, middle + half, y))
        yield (
            f'<text x="{middle:.1f}" y="{y:.1f}" text-anchor="middle" font-size="11.5" fill="{_INK}" '
            f'paint-order="stroke" stroke="#f6f8fa" stroke-width="3">{text(label)}</text>'
        )


def _row_label(label: str, y: float) -> str:
    """The name of a row, in the margin."""
    return (
        f'<text x="{LEFT - 8}" y="{y:.1f}" text-anchor="end" font-size="11" fill="{_PALE}">'
        f"{text(shortened(label, 24))}</text>"
    )


def _site_rows(panel: Panel, scale: TimeScale, top: float) -> Iterator[str]:
    """A thin bar for each base or town: there, with its figures in the tooltip, and the name beside."""
    for number, site in enumerate(panel.sites()):
        y = top + number * _ROW
        for step in site.steps:
            if step.high == 0 or not _dated(step):
                continue
            yield from _site_bar(site.site, step, scale, y)
        yield _row_label(f"at {site.site}", y + 11)


def _site_bar(name: str, step: Step, scale: TimeScale, y: float) -> Iterator[str]:
    """The stay of one step; where its beginning or end is not known it fades out over a little way."""
    as_of = day_of(step.as_of or step.end or step.start or "")
    end = as_of if step.end is None else day_of(step.end)
    right = scale.x(end + timedelta(days=1))
    left = max(scale.left, right - _FADED) if step.start is None else scale.x(day_of(step.start))
    fill = f'{_BAND}" fill-opacity="0.42' if step.start_precise else "url(#hatch)"
    fill = "url(#fade-in)" if step.start is None else fill
    yield f"<g><title>{text(f'{name}: {step.reason}')}</title>{_bar(left, max(right, left + 2), y, fill)}</g>"
    if step.end is None and scale.right > right:
        yield _bar(max(right, left + 2), min(right + _FADED, scale.right), y, "url(#fade-on)")


def _bar(left: float, right: float, y: float, fill: str) -> str:
    return f'<rect x="{left:.1f}" y="{y + 4:.1f}" width="{max(0.0, right - left):.1f}" height="7" fill="{fill}"/>'


def _beside_rows(panel: Panel, scale: TimeScale, top: float) -> Iterator[str]:
    """What nobody asserts: a row for planned, alleged, denied, conditional, in outline with figures."""
    for number, (stance, colour, points) in enumerate(panel.beside()):
        y = top + number * _ROW + 7.5
        claims = len(getattr(panel.presence, stance))
        yield _row_label(stance if points else f"{stance}, in {_claims(claims)}", y + 3.5)
        for x, at, figure in _clusters(points, scale):
            yield _sign(stance, colour, x, y)
            if figure:
                yield f'<text x="{at:.1f}" y="{y + 4:.1f}" font-size="11" fill="{colour}">{text(figure)}</text>'


def _claims(count: int) -> str:
    return "1 claim" if count == 1 else f"{count} claims"


def _clusters(points: Sequence[tuple[date, str]], scale: TimeScale) -> Iterator[tuple[float, float, str]]:
    """Points that would lie on each other as one: its x, that of its label, its figures or how many claims they are."""
    groups: list[tuple[float, list[str]]] = []
    room = float("-inf")
    for day, figure in points:
        x = scale.x(day)
        if groups and x < room:
            groups[-1][1].append(figure)
        else:
            groups.append((x, [figure]))
        room = groups[-1][0] + 14 + len(_figures(groups[-1][1])) * _CHARACTER
    for x, figures in groups:
        label = _figures(figures)
        width = len(label) * _CHARACTER
        yield x, x + 8 if x + 8 + width < scale.right else x - 6 - width, label


def _figures(figures: Sequence[str]) -> str:
    """Each figure once, or how many claims give none."""
    said = list(dict.fromkeys(figure for figure in figures if figure))
    if said:
        return ", ".join(said[:3]) + ("…" if len(said) > 3 else "")
    return f"×{len(figures)}" if len(figures) > 1 else ""


def _sign(stance: str, colour: str, x: float, y: float) -> str:
    """A diamond for a plan, a ring for an allegation, a cross for a denial."""
    if stance == "denied":
        return f'<path d="M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8" stroke="{colour}" stroke-width="1.5"/>'
    if stance == "alleged":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#ffffff" stroke="{colour}" stroke-width="1.5"/>'
    return (
        f'<path d="M{x - 4.5:.1f} {y:.1f}l4.5 -4.5l4.5 4.5l-4.5 4.5z" fill="#ffffff" stroke="{colour}" '
        'stroke-width="1.5"/>'
    )


def _numbered(panel: Panel) -> list[tuple[int, Dispute]]:
    """The disputes in order of time with their numbers; where there is no room for all, the open ones."""
    placed = sorted(panel.disputes, key=lambda one: (one.status is DisputeStatus.SETTLED, one.first_day or "", one.id))
    shown = sorted(placed[:_FLAGS], key=lambda one: (one.first_day or "", one.id))
    return list(enumerate(shown, start=1))


def _flags(panel: Panel, scale: TimeScale, upper: float, below: float) -> Iterator[str]:
    """Numbered marks at the days of disputes, and their sentences below."""
    numbered = _numbered(panel)
    left_out = len(panel.disputes) - len(numbered)
    for number, dispute in numbered:
        settled = dispute.status is DisputeStatus.SETTLED
        colour = _GREY if settled else "#b3261e"
        if dispute.first_day is not None:
            x = scale.x(day_of(dispute.first_day))
            yield f'<path d="M{x:.1f} {upper:.1f}V{below - _AXIS:.1f}" stroke="{colour}" stroke-dasharray="1 3"/>'
            yield _disc(number, x, upper + 1, colour)
        y = below + number * _LINE - 3
        more = f" (and {left_out} more)" if left_out and number == len(numbered) else ""
        words = f"{'Settled: ' if settled else ''}{shortened(dispute.sentence, 128)}{more}"
        yield _disc(number, LEFT + 8, y - 4, colour)
        yield f'<text x="{LEFT + 20}" y="{y:.1f}" font-size="11.5" fill="{_INK}">{text(words)}</text>'


def _disc(number: int, x: float, y: float, colour: str) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6.5" fill="{colour}"/><text x="{x:.1f}" y="{y + 3.5:.1f}" '
        f'text-anchor="middle" font-size="9.5" font-weight="bold" fill="#ffffff">{number}</text>'
    )
