"""The charts and the map of a brief in its language, each with a table that tells the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.brief.language import Language
from dateline.brief.making import beginning, is_gone, strength
from dateline.brief.model import Brief, Group, Sentence, Stay
from dateline.brief.values import Amount, Days, part
from dateline.charts import ranges
from dateline.charts.paper import concerns
from dateline.charts.places import Spot, map_svg, on_map
from dateline.charts.presence import presence_svg, with_own_ids
from dateline.charts.ranges import Given
from dateline.export.safe import visible
from dateline.model import Dispute, Presence, Step


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption, the names of its columns and its rows, all in words."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing (SVG) with its caption, and the tables that are its text alternative; `note` is said below."""

    svg: str
    caption: str
    tables: tuple[Table, ...]
    note: str | None = None


TOGETHER = 4
"""Presences in one drawing, over one axis of time: so many fit on a page of paper."""


def charts(brief: Brief, words: Language) -> tuple[Figure, ...]:
    """The charted presences through time up to the day of the brief, the disputes on them flagged."""
    some = [brief.charted[at : at + TOGETHER] for at in range(0, len(brief.charted), TOGETHER)]
    return tuple(_chart(brief, rows, (number, len(some)), words) for number, rows in enumerate(some, start=1))


def _chart(brief: Brief, rows: Sequence[Presence], place: tuple[int, int], words: Language) -> Figure:
    number, all_ = place
    caption = words.label("chart_number", n=number, all=all_)
    svg = presence_svg(
        [_in(one, words) for one in rows],
        [_told(one, brief, words) for one in brief.disputes if any(concerns(one, row) for row in rows)],
        title=words.label("charts"),
        days=brief.days,
        until=brief.day,
        words=words.chart_words(),
    )
    return Figure(with_own_ids(svg, f"chart-{number}-"), caption, tuple(_steps(one, words) for one in rows))


def _in(presence: Presence, words: Language) -> Presence:
    """The presence with its name and the reasons of its steps in the language, and in words of this brief only."""
    series = tuple(replace(step, reason=_step_words(step, words)) for step in presence.series)
    sites = tuple(
        replace(site, steps=tuple(replace(step, reason=_step_words(step, words)) for step in site.steps))
        for site in presence.at_sites
    )
    return replace(presence, force=words.party(presence.force), series=series, at_sites=sites)


def _step_words(step: Step, words: Language) -> str:
    what = part("holds_figure", amount=strength(step))
    if is_gone(step):
        return words.chart_words().gone
    return words.joined([what, part("since", day=beginning(step))])


def _told(dispute: Dispute, brief: Brief, words: Language) -> Dispute:
    """The dispute with the sentence that the brief has for it."""
    leads = (group.lead for section in brief.sections for group in section.groups if group.lead is not None)
    lead = next((one for one in leads if one.dispute == dispute.id), None)
    return dispute if lead is None else replace(dispute, sentence=words.sentence(lead))


def sides(group: Group, words: Language) -> str | None:
    """The figures, or else the days, of the sides of a dispute on one axis (SVG); None where they do not differ."""
    given = [(one.side or 0, [_given(one)]) for one in group.sentences if one.side is not None]
    spoken = words.chart_words()
    drawing = ranges.numbers(given, spoken) or ranges.dates(given, spoken)
    if drawing is None:
        return None
    told = (f"{words.count(one.side, 'side')}: {one.label}" for one in drawing.ranges)
    return ranges.ranges_svg(drawing, title="; ".join(told), width=_SIDES, words=spoken)


def _given(side: Sentence) -> Given:
    values = [value for one in side.parts if one.key in _HOLDING for value in one.values.values()]
    figure = next((value for value in values if isinstance(value, Amount)), None)
    days = next((value for value in values if isinstance(value, Days)), None)
    return Given(
        None if figure is None else (figure.low, figure.high),
        "" if figure is None else figure.unit,
        None if days is None else (days.earliest, days.latest),
        "",
    )


_HOLDING = ("holds_figure", "holds_of", "holds_days", "holds_when")
_SIDES = 720
"""Pixels that the drawing of sides is wide."""


def _steps(presence: Presence, words: Language) -> Table:
    labels = ("begin", "end", "how_many", "as_of", "origins")
    columns = tuple(words.label(key) for key in labels)
    named = {"force": visible(words.party(presence.force)), "host": words.host(presence.host, "in")}
    rows = tuple(_step_row(step, words) for step in presence.series)
    return Table(words.label("chart_table", **named), columns, rows)


def _step_row(step: Step, words: Language) -> tuple[str, ...]:
    gone = words.chart_words().gone
    return (
        words.value(beginning(step), "on"),
        words.label("open_end") if step.end is None else words.day(step.end),
        gone if is_gone(step) else words.amount(strength(step)),
        "" if step.as_of is None else words.day(step.as_of),
        words.number(step.origins),
    )


def world_map(brief: Brief, words: Language) -> Figure | None:
    """Who is where on the day of the brief; None where nobody can be put on a map."""
    spots = [_spot(stay, words) for stay in brief.stays]
    day = words.days(brief.day, brief.day, "bare" if words.code == "en" else "")
    caption = words.label("map_of", day=day)
    svg = map_svg(spots, brief.hosts, title=caption, words=words.chart_words())
    if svg is None:
        return None
    numbered, left_out = on_map(spots)
    by_spot = dict(zip(spots, brief.stays, strict=True))
    rows = tuple(_map_row(number, by_spot[spot], words) for number, spot in numbered)
    columns = tuple(words.label(key) for key in ("number", "who", "where", "how_many"))
    note = words.label("not_shown", count=words.count(left_out, "place")) if left_out else None
    return Figure(svg, caption, (Table(words.label("map_table"), columns, rows),), note)


def _spot(stay: Stay, words: Language) -> Spot:
    where = stay.site if stay.site is not None else words.country(stay.host)
    told = f"{words.party(stay.force)}, {where}: {_how_many(stay, words)}"
    return Spot(told, stay.host, stay.lat, stay.lon, stay.low, stay.high)


def _map_row(number: int, stay: Stay, words: Language) -> tuple[str, ...]:
    country = words.country(stay.host)
    where = f"{country} ({words.label('whole_country')})" if stay.site is None else f"{stay.site}, {country}"
    return str(number), visible(words.party(stay.force)), visible(where), _how_many(stay, words)


def _how_many(stay: Stay, words: Language) -> str:
    return words.amount(Amount(stay.low, stay.high))
