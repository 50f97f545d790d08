"""One panel of a drawing of presences: title, bands through time, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.charts.bands import bands
from dateline.charts.paper import AXIS, INK, LINE, PALE, ROW, Panel, shortened, text
from dateline.charts.rows import beside_rows, flag_rows, site_rows, told_flags
from dateline.charts.scales import StrengthScale, TimeScale
from dateline.charts.words import ChartWords
from dateline.model import Presence, Standing

HATCH = (
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#2f6690" fill-opacity="0.12"/>'
    '<rect width="2" height="6" fill="#2f6690" fill-opacity="0.55"/></pattern>'
    '<pattern id="hatch-grey" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#8c959f" fill-opacity="0.12"/>'
    '<rect width="2" height="6" fill="#8c959f" fill-opacity="0.5"/></pattern>'
)

_TITLE = 30
_ROOM = 6
_LOW = 46


def height_of(panel: Panel, large: int) -> float:
    """Pixels that the panel takes."""
    rows = len(panel.beside()) + len(panel.sites())
    return (
        _TITLE
        + _plot_height(panel, large)
        + _ROOM
        + rows * ROW
        + AXIS
        + sum(len(lines) for _, _, lines in told_flags(panel)) * LINE
        + ROW / 3
    )


def _plot_height(panel: Panel, large: int) -> int:
    """Room for the bands: little where no number is said, none without a step."""
    if not panel.presence.series:
        return 0
    return large if panel.counted else min(large, _LOW)


def drawn(panel: Panel, scale: TimeScale, top: float, large: int) -> Iterator[str]:
    """The panel from `top` down: title, bands, sites, what is not asserted, the axis, the texts of its flags."""
    presence = panel.presence
    yield f'<g aria-label="{text(_heading(panel))}">'
    yield from _title(panel, scale, top)
    upper = top + _TITLE
    lower = upper + _plot_height(panel, large)
    beside = lower + _ROOM
    rows = beside + ROW * (len(panel.sites()) + len(panel.beside()))
    yield from _grid(scale, upper, rows)
    if presence.series:
        strengths = StrengthScale(_most(presence) * 1.18, upper + 10, lower)
        yield from _levels(strengths, scale, panel.words)
        yield from bands(panel, scale, strengths)
    yield from site_rows(panel, scale, beside)
    yield from beside_rows(panel, scale, beside + ROW * len(panel.sites()))
    yield from _axis(scale, rows, panel.words)
    yield from flag_rows(panel, scale, upper, rows + AXIS)
    yield "</g>"


def _heading(panel: Panel) -> str:
    return panel.words.heading.format(force=panel.presence.force, host=panel.words.host(panel.presence.host))


def _title(panel: Panel, scale: TimeScale, top: float) -> Iterator[str]:
    presence = panel.presence
    yield (
        f'<text x="20" y="{top + 14}" font-size="14" font-weight="bold" fill="{INK}">'
        f"{text(shortened(_heading(panel), 80))}</text>"
    )
    last = presence.series[-1] if presence.series else None
    as_of = presence.as_of if last is None else last.as_of
    words = panel.words
    status = words.status(presence.status)
    if presence.status is Standing.LEFT:
        status = words.left_by.format(day=presence.as_of) if presence.as_of else status
    elif as_of:
        status = words.as_of.format(status=status, day=as_of)
    yield f'<text x="{scale.right:.1f}" y="{top + 14}" text-anchor="end" fill="{PALE}">{text(status)}</text>'


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


def _axis(scale: TimeScale, y: float, words: ChartWords) -> Iterator[str]:
    yield f'<path d="M{scale.left:.1f} {y:.1f}H{scale.right:.1f}" stroke="{PALE}"/>'
    for x, label, year in scale.ticks(named=words.months):
        weight = ' font-weight="bold"' if year else ""
        yield (
            f'<path d="M{x:.1f} {y:.1f}v4" stroke="{PALE}"/><text x="{x:.1f}" y="{y + 15:.1f}" '
            f'text-anchor="middle" font-size="11"{weight} fill="{PALE}">{label}</text>'
        )


def _levels(strengths: StrengthScale, scale: TimeScale, words: ChartWords) -> Iterator[str]:
    if strengths.most <= 2:
        return
    for y, strength in strengths.ticks():
        yield (
            f'<path d="M{scale.left:.1f} {y:.1f}H{scale.right:.1f}" stroke="#e1e6eb"/>'
            f'<text x="{scale.left - 6:.1f}" y="{y + 4:.1f}" text-anchor="end" font-size="11" fill="{PALE}">'
            f"{words.amount(strength, strength)}</text>"
        )
