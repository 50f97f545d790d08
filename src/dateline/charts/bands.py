"""The bands of a presence: each step from its lowest to its highest figure, with its edges, signs and labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from dateline.charts.paper import BAND, CHARACTER, FADED, INK, PALE, Panel, dated, day_of, text
from dateline.charts.scales import StrengthScale, TimeScale
from dateline.charts.words import ChartWords
from dateline.model import Step

_THIN = 3.0


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where a step stands: from `x` to `end`, surely so far as `known`, between `upper` and `lower`."""

    x: float
    known: float
    end: float
    upper: float
    lower: float


def bands(panel: Panel, scale: TimeScale, strengths: StrengthScale) -> Iterator[str]:
    """The steps, then their edges, arrivals and departures, then their labels, so that these lie above.

    Of a linked panel each step leads to `#step-N` of the page that the drawing stands in, N its number from 1.
    """
    linked = panel.linked
    numbered = [
        (number, step, _stretch(step, scale, strengths))
        for number, step in enumerate(panel.presence.series, start=1)
        if dated(step)
    ]
    for number, step, where in numbered:
        yield f'<a href="#step-{number}">' if linked else "<g>"
        yield f"<title>{text(step.reason)}</title>"
        yield from _band(step, where)
        yield "</a>" if linked else "</g>"
    shown = [(step, where) for _, step, where in numbered]
    for number, (step, where) in enumerate(shown):
        yield from _edge(step, where, shown[number - 1] if number else None, strengths)
    yield from _labels(shown, scale, strengths.top - 6, panel.words)


def _stretch(step: Step, scale: TimeScale, strengths: StrengthScale) -> _Stretch:
    """A step on the paper; where a bound is open it runs to the edge of the drawing, fading."""
    first = day_of(step.start or step.as_of or step.end or "")
    as_of = first if step.as_of is None else day_of(step.as_of)
    end = scale.last if step.end is None else day_of(step.end) + timedelta(days=1)
    known = end if step.end is not None else max(first, as_of) + timedelta(days=1)
    x = scale.x(first)
    if step.start is None:
        x = max(scale.left, scale.x(known) - FADED)
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
        yield f'<path d="M{where.x:.1f} {y:.1f}H{min(where.known, where.end):.1f}" stroke="{BAND}" stroke-width="2"/>'
    if where.end > where.known:
        fade = "fade-on" if said else "fade-on-grey"
        yield _box(where.known, where.end, where, f"url(#{fade})")
        if step.as_of is not None:
            yield (
                f'<path d="M{where.known:.1f} {where.upper - 4:.1f}V{where.lower + 2:.1f}" stroke="{PALE}" '
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
    return f'{BAND}" fill-opacity="0.42' if step.start_precise else "url(#hatch)"


def _box(left: float, right: float, where: _Stretch, fill: str) -> str:
    return (
        f'<rect x="{left:.1f}" y="{where.upper:.1f}" width="{max(0.0, right - left):.1f}" '
        f'height="{where.lower - where.upper:.1f}" fill="{fill}"/>'
    )


def _outline(left: float, right: float, where: _Stretch, *, precise: bool) -> str:
    dash = "" if precise else ' stroke-dasharray="4 3"'
    return (
        f'<path d="M{left:.1f} {where.upper:.1f}H{right:.1f}M{left:.1f} {where.lower:.1f}H{right:.1f}" '
        f'stroke="{BAND}" stroke-width="1.5" fill="none"{dash}/>'
    )


def _nobody(step: Step, where: _Stretch) -> Iterator[str]:
    """A line on the ground: all are gone."""
    dash = "" if step.start_precise else ' stroke-dasharray="5 4"'
    yield (f'<path d="M{where.x:.1f} {where.lower - 1:.1f}H{where.end:.1f}" stroke="{INK}" stroke-width="2.5"{dash}/>')


def _edge(step: Step, where: _Stretch, before: tuple[Step, _Stretch] | None, strengths: StrengthScale) -> Iterator[str]:
    """The side of a step at its beginning, and a sign where somebody says that the force came or left then."""
    if step.start is None:
        return
    dash = "" if step.start_precise else ' stroke-dasharray="3 3"'
    reach = [where.upper, where.lower] + ([] if before is None else [before[1].upper, before[1].lower])
    yield (f'<path d="M{where.x:.1f} {min(reach):.1f}V{max(reach):.1f}" stroke="{BAND}" stroke-opacity="0.8"{dash}/>')
    if not step.start_asserted:
        return
    ground = strengths.bottom
    if _leaves(step, None if before is None else before[0]):
        yield f'<path d="M{where.x - 4:.1f} {ground - 9:.1f}h8l-4 8z" fill="{INK}"/>'
    else:
        yield f'<path d="M{where.x - 4:.1f} {ground - 1:.1f}h8l-4 -8z" fill="{INK}"/>'


def _leaves(step: Step, before: Step | None) -> bool:
    """Whether the force became smaller or of less sure size than before: an asserted change that is no arrival."""
    if before is None or before.high == 0:
        return False
    if step.high is not None:
        return before.high is None or step.high <= before.high
    return step.low is None and before.low is not None


def _labels(shown: Sequence[tuple[Step, _Stretch]], scale: TimeScale, top: float, words: ChartWords) -> Iterator[str]:
    """The figures above their bands, where there is room beside the last one."""
    taken: list[tuple[float, float, float]] = []
    for step, where in shown:
        label = words.gone if step.high == 0 else words.amount(step.low, step.high) or words.not_said
        half = len(label) * CHARACTER / 2
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
            f'<text x="{middle:.1f}" y="{y:.1f}" text-anchor="middle" font-size="11.5" fill="{INK}" '
            f'paint-order="stroke" stroke="#f6f8fa" stroke-width="3">{text(label)}</text>'
        )
