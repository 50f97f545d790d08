"""Presences through time as a drawing (SVG) for a memo: who was where, in what strength, how surely.

One panel a force and host. A band runs from the lowest to the highest figure of each step: filled where the step's
beginning is known to the day, hatched where it is not, grey where no number is said, faded upwards or downwards where a
bound is open, and fading to the right behind the day of the last report ("as of"). What is planned, alleged or denied
stands below in outline and never in the band. The picture holds no script and nothing from outside; every text in it
is escaped, and the same presences give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dateline.charts.panel import HATCH, drawn, height_of
from dateline.charts.paper import LEFT, Panel, concerns, shortened, text
from dateline.charts.scales import TimeScale, time_scale
from dateline.charts.words import ENGLISH, ChartWords
from dateline.model import Dispute, Presence

WIDTH = 960
_RIGHT = 26
_HEAD, _FOOT, _GAP = 62, 62, 14
_LARGE, _SMALL = 116, 78
_MANY = 6


def presence_svg(
    presences: Sequence[Presence],
    disputes: Iterable[Dispute] = (),
    *,
    title: str = "Foreign forces through time",
    days: Mapping[str, str] | None = None,
    until: str | None = None,
    words: ChartWords = ENGLISH,
) -> str:
    """The drawing of some presences, in their order; one without a step is drawn with what is said beside it.

    `disputes` are flagged in the panel of the presence, or of the force and host, that they are about. `days` gives the
    day of a claim without a figure, so that denials and plans can be put in time too; without it they are only
    counted. `until` is the day up to which the picture runs, else that of the newest report; `words` are those of
    another language.
    """
    known = list(disputes)
    panels = [Panel(one, tuple(d for d in known if concerns(d, one)), days or {}, words=words) for one in presences]
    scale = _scale(panels, until)
    large = _LARGE if len(panels) <= _MANY else _SMALL
    body: list[str] = []
    top = float(_HEAD)
    for panel in panels:
        body += drawn(panel, scale, top, large)
        top += height_of(panel, large) + _GAP
    height = round(top + _FOOT)
    return "\n".join([*_head(height, title, scale, words), *body, *_legend(top + 8, words), "</svg>"]) + "\n"


def presence_figure(presence: Presence, disputes: Iterable[Dispute] = (), *, days: Mapping[str, str]) -> str:
    """One presence as a drawing for a page: its steps lead to `#step-N`, its colours are variables of the page.

    The page sets `--chart-ink`, `--chart-band` and the others of `PAINTS`; the title stands in the page.
    """
    panel = Panel(presence, tuple(one for one in disputes if concerns(one, presence)), days, linked=True)
    scale = _scale([panel], None)
    height = height_of(panel, _LARGE)
    fades = "".join(_fade(name, *rest) for name, *rest in _FADES)
    words = text(f"Strength of {presence.force} in {presence.host} over time; the table below tells the same.")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {round(height + _FOOT - 8)}" '
        f'width="{WIDTH}" height="{round(height + _FOOT - 8)}" role="group" aria-label="{words}" font-size="10.5">',
        f"<defs>{HATCH}{fades}</defs>",
        *drawn(panel, scale, 0.0, _LARGE),
        *_legend(height, ENGLISH),
        "</svg>",
    ]
    return _PAINT.sub(_variable, "\n".join(parts))


PAINTS = {
    "#1b1f24": "ink",
    "#57606a": "pale",
    "#424a53": "pale",
    "#2f6690": "band",
    "#8c959f": "grey",
    "#9a6700": "planned",
    "#6639ba": "alleged",
    "#b3261e": "disputed",
    "#f6f8fa": "paper",
    "#ffffff": "paper",
    "#e1e6eb": "grid",
    "#c4ccd4": "year",
}
"""The colours of the drawing, and the variables that stand for them in a page (`--chart-ink`, ...)."""

_PAINT = re.compile(r'(fill|stroke|stop-color)="(#[0-9a-f]{6})"')


def _variable(found: re.Match[str]) -> str:
    """A colour as a variable of the page; words of reports hold no such attribute, for their quotes are escaped."""
    return f'{found[1]}="var(--chart-{PAINTS[found[2]]})"'


def with_own_ids(svg: str, prefix: str) -> str:
    """A drawing whose patterns have names of their own, for a page that holds several; words hold no such name."""
    return _NAMED.sub(lambda found: f"{found[1]}{prefix}{found[2]}", svg)


_NAMED = re.compile(r'(\bid="|="url\(#)((?:hatch|fade)[a-z-]*)')


def _scale(panels: Sequence[Panel], until: str | None) -> TimeScale:
    """Days from the first figure or act to the newest report; a stay without a number does not stretch the picture."""
    told = [day for panel in panels for day in panel.telling_days()]
    known = told or [day for panel in panels for day in panel.known_days()]
    newest = max((day for panel in panels for day in panel.known_days()), default=None)
    known += [] if newest is None else [newest]
    if until is not None:
        end = date.fromisoformat(until[:10])
        known = [day for day in known if day <= end] + [end]
    return time_scale(known or [date(2000, 1, 1), date(2001, 1, 1)], LEFT, WIDTH - _RIGHT)


def _head(height: int, title: str, scale: TimeScale, words: ChartWords) -> list[str]:
    """The opening tag, the patterns, the title and how to read it."""
    described = words.described.format(first=scale.first.isoformat(), last=scale.last.isoformat())
    fades = "".join(_fade(name, *rest) for name, *rest in _FADES)
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'role="img" font-family="Helvetica, Arial, \'Liberation Sans\', sans-serif" font-size="12">',
        f"<title>{text(title)}</title>",
        f"<desc>{text(described)}</desc>",
        f"<defs>{HATCH}{fades}</defs>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="20" y="32" font-size="19" font-weight="bold" fill="#1b1f24">{text(shortened(title, 90))}</text>',
        f'<text x="20" y="50" fill="#57606a">{text(words.subtitle)}</text>',
    ]


_FADES = (
    ("up", "0", "1", "0", "0", "#2f6690"),
    ("down", "0", "0", "0", "1", "#2f6690"),
    ("on", "0", "0", "1", "0", "#2f6690"),
    ("in", "1", "0", "0", "0", "#2f6690"),
    ("in-grey", "1", "0", "0", "0", "#8c959f"),
    ("on-grey", "0", "0", "1", "0", "#8c959f"),
)


def _fade(name: str, x1: str, y1: str, x2: str, y2: str, colour: str) -> str:
    """A fill that runs out from its first to its second corner."""
    return (
        f'<linearGradient id="fade-{name}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">'
        f'<stop offset="0" stop-color="{colour}" stop-opacity="0.42"/>'
        f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/></linearGradient>'
    )


def _legend(top: float, words: ChartWords) -> list[str]:
    """What the signs mean, in two rows."""
    y = top + 12

    def box(x: float, fill: str) -> str:
        return f'<rect x="{x}" y="{y - 9}" width="22" height="11" fill="{fill}"/>'

    rows = [
        (20, box(20, '#2f6690" fill-opacity="0.42'), words.legend[0]),
        (166, box(166, "url(#hatch)"), words.legend[1]),
        (334, box(334, "url(#hatch-grey)"), words.legend[2]),
        (504, box(504, "url(#fade-up)"), words.legend[3]),
        (686, box(686, "url(#fade-on)"), words.legend[4]),
    ]
    lower = [
        (20, f'<path d="M27 {y + 20}h8l-4 -8z" fill="#1b1f24"/>', words.legend[5]),
        (166, f'<path d="M173 {y + 12}h8l-4 8z" fill="#1b1f24"/>', words.legend[6]),
        (
            334,
            f'<path d="M341 {y + 16}l4 -4l4 4l-4 4z" fill="none" stroke="#9a6700" stroke-width="1.5"/>',
            words.legend[7],
        ),
        (
            504,
            f'<circle cx="515" cy="{y + 16}" r="4" fill="none" stroke="#6639ba" stroke-width="1.5"/>',
            words.legend[8],
        ),
        (600, f'<path d="M607 {y + 12}l8 8m0 -8l-8 8" stroke="#57606a" stroke-width="1.5"/>', words.legend[9]),
        (686, f'<circle cx="697" cy="{y + 16}" r="6.5" fill="#b3261e"/>', words.legend[10]),
    ]
    return [
        *(f'{mark}<text x="{x + 29}" y="{y}" fill="#424a53">{text(label)}</text>' for x, mark, label in rows),
        *(f'{mark}<text x="{x + 29}" y="{y + 20}" fill="#424a53">{text(label)}</text>' for x, mark, label in lower),
    ]
