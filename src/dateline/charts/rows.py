"""The rows below the bands: bases and towns, what nobody asserts, and the sentences of disputes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from textwrap import wrap

from dateline.charts.paper import (
    AXIS,
    BAND,
    CHARACTER,
    FADED,
    GREY,
    INK,
    LEFT,
    LINE,
    PALE,
    ROW,
    Panel,
    dated,
    day_of,
    shortened,
    text,
)
from dateline.charts.scales import TimeScale
from dateline.model import Dispute, DisputeStatus, Step

_FLAGS = 6
_LETTERS, _LINES = 124, 3


def _row_label(label: str, y: float) -> str:
    """The name of a row, in the margin."""
    return (
        f'<text x="{LEFT - 8}" y="{y:.1f}" text-anchor="end" font-size="11" fill="{PALE}">'
        f"{text(shortened(label, 24))}</text>"
    )


def site_rows(panel: Panel, scale: TimeScale, top: float) -> Iterator[str]:
    """A thin bar for each base or town: there, with its figures in the tooltip, and the name beside."""
    for number, site in enumerate(panel.sites()):
        y = top + number * ROW
        for step in site.steps:
            if step.high == 0 or not dated(step):
                continue
            yield from _site_bar(site.site, step, scale, y)
        yield _row_label(panel.words.at_site.format(site.site), y + 11)


def _site_bar(name: str, step: Step, scale: TimeScale, y: float) -> Iterator[str]:
    """The stay of one step; where its beginning or end is not known it fades out over a little way."""
    as_of = day_of(step.as_of or step.end or step.start or "")
    end = as_of if step.end is None else day_of(step.end)
    right = scale.x(end + timedelta(days=1))
    left = max(scale.left, right - FADED) if step.start is None else scale.x(day_of(step.start))
    fill = f'{BAND}" fill-opacity="0.42' if step.start_precise else "url(#hatch)"
    fill = "url(#fade-in)" if step.start is None else fill
    yield f"<g><title>{text(f'{name}: {step.reason}')}</title>{_bar(left, max(right, left + 2), y, fill)}</g>"
    if step.end is None and scale.right > right:
        yield _bar(max(right, left + 2), min(right + FADED, scale.right), y, "url(#fade-on)")


def _bar(left: float, right: float, y: float, fill: str) -> str:
    return f'<rect x="{left:.1f}" y="{y + 4:.1f}" width="{max(0.0, right - left):.1f}" height="7" fill="{fill}"/>'


def beside_rows(panel: Panel, scale: TimeScale, top: float) -> Iterator[str]:
    """What nobody asserts: a row for planned, alleged, denied, conditional, in outline with figures."""
    for number, (stance, colour, points) in enumerate(panel.beside()):
        y = top + number * ROW + 7.5
        yield _row_label(panel.words.status(stance) if points else _counted(panel, stance), y + 3.5)
        for x, at, figure in _clusters(points, scale):
            yield _sign(stance, colour, x, y)
            if figure:
                yield f'<text x="{at:.1f}" y="{y + 4:.1f}" font-size="11" fill="{colour}">{text(figure)}</text>'


def _counted(panel: Panel, stance: str) -> str:
    count = len(getattr(panel.presence, stance))
    one, other = panel.words.in_claims
    return (one if count == 1 else other).format(stance=panel.words.status(stance), count=count)


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
        room = groups[-1][0] + 14 + len(_figures(groups[-1][1])) * CHARACTER
    for x, figures in groups:
        label = _figures(figures)
        width = len(label) * CHARACTER
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


def told_flags(panel: Panel) -> list[tuple[int, Dispute, list[str]]]:
    """Each dispute that is shown with its number and its sentence in lines; the last tells how many are left out."""
    numbered = _numbered(panel)
    left_out = len(panel.disputes) - len(numbered)
    found = []
    for number, dispute in numbered:
        told = dispute.sentence
        if dispute.status is DisputeStatus.SETTLED:
            told = panel.words.settled.format(told)
        more = panel.words.more.format(left_out) if left_out and number == len(numbered) else ""
        lines = wrap(shortened(told, _LETTERS * _LINES) + more, _LETTERS)
        found.append((number, dispute, lines or [""]))
    return found


def flag_rows(panel: Panel, scale: TimeScale, upper: float, below: float) -> Iterator[str]:
    """Numbered marks at the days of disputes, and their sentences below."""
    y = below - 3
    marked = float("-inf")
    lowered = False
    for number, dispute, lines in told_flags(panel):
        colour = GREY if dispute.status is DisputeStatus.SETTLED else "#b3261e"
        if dispute.first_day is not None:
            x = scale.x(day_of(dispute.first_day))
            lowered = x - marked < 14 and not lowered
            marked = x
            yield f'<path d="M{x:.1f} {upper:.1f}V{below - AXIS:.1f}" stroke="{colour}" stroke-dasharray="1 3"/>'
            yield _disc(number, x, upper + (15 if lowered else 1), colour)
        yield _disc(number, LEFT + 8, y + LINE - 4, colour)
        for line in lines:
            y += LINE
            yield f'<text x="{LEFT + 20}" y="{y:.1f}" font-size="11.5" fill="{INK}">{text(line)}</text>'


def _disc(number: int, x: float, y: float, colour: str) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6.5" fill="{colour}"/><text x="{x:.1f}" y="{y + 3.5:.1f}" '
        f'text-anchor="middle" font-size="9.5" font-weight="bold" fill="#ffffff">{number}</text>'
    )
