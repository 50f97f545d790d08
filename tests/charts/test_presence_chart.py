"""The drawing of presences: well-formed, still, escaped, and of a size that prints."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.charts.presence import presence_svg
from dateline.charts.scales import nice_step
from dateline.model import (
    Dispute,
    DisputeKind,
    DisputeStatus,
    Presence,
    Scope,
    Sector,
    SitePresence,
    Stance,
    Standing,
    Step,
    Strength,
)

SVG = "{http://www.w3.org/2000/svg}"


def step(start: str | None, end: str | None, low: float | None, high: float | None, **more: object) -> Step:
    made = Step(start, end, low, high, as_of=end or start, supports=("claim-1",), reason="Somebody says so.")
    return replace(made, **more)  # type: ignore[arg-type]


STEPS = (
    step(None, "2023-12-31", None, None),
    step("2024-01-01", "2024-04-30", 900, 1000, start_precise=True, start_asserted=True),
    step("2024-05-01", "2024-07-06", 100, None),
    step("2024-07-07", "2024-08-04", None, 500, start_asserted=True),
    step("2024-08-05", None, 0, 0, start_precise=True, start_asserted=True),
)


def presence(number: int = 0, force: str = "United States, armed forces", **more: object) -> Presence:
    made = Presence(
        id=f"presence-{number}",
        force=force,
        force_country="USA",
        sector=Sector.MIL,
        host="NER",
        site=None,
        status=Standing.LEFT,
        low=None,
        high=None,
        scope=None,
        as_of="2024-08-05",
        supports=("claim-1",),
        planned=("claim-2", "claim-9"),
        denied=("claim-3",),
        alleged=("claim-4",),
        strengths=(Strength("claim-2", Stance.PLANNED, 60, 60, Scope.TOTAL, "2024-09-01"),),
        series=STEPS,
        at_sites=(SitePresence("Airbase 101", 13.5, 2.2, STEPS[1:]),),
    )
    return replace(made, **more)  # type: ignore[arg-type]


DISPUTE = Dispute(
    id="dispute-1",
    kind=DisputeKind.NUMBER,
    about="presence-0",
    topic="strength",
    sentence="650 or 1,000: <b>who</b> counts?",
    sides=(),
    first_day="2024-03-01",
)


def drawing(*args: object, **options: object) -> ET.Element:
    return ET.fromstring(presence_svg(*args, **options))  # type: ignore[arg-type]


def words(root: ET.Element) -> list[str]:
    return ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("count", [1, 3, 12])
def test_size_is_sane(count: int) -> None:
    root = drawing([presence(n) for n in range(count)])
    assert root.get("width") == "960"
    assert 200 < int(root.get("height") or 0) < 260 * count + 200
    assert len([one for one in words(root) if one == "United States, armed forces in Niger"]) == count


def test_nothing_to_draw_is_a_drawing() -> None:
    assert drawing([]).tag == f"{SVG}svg"
    bare = presence(series=(), at_sites=(), strengths=())
    assert "planned, in 2 claims" in words(drawing([bare]))


def test_the_same_bytes_each_time() -> None:
    rows = [presence(0), presence(1, "Wagner Group")]
    assert presence_svg(rows, [DISPUTE]) == presence_svg(rows, [DISPUTE])


def test_steps_explain_themselves_and_show_their_figures() -> None:
    root = drawing([presence()])
    assert {"900–1,000", "≥ 100", "≤ 500", "gone", "number not said"} <= set(words(root))
    assert sum(one.text == "Somebody says so." for one in root.iter(f"{SVG}title")) == len(STEPS)


def test_disputes_are_flagged_where_they_belong() -> None:
    settled = replace(DISPUTE, id="dispute-2", status=DisputeStatus.SETTLED, first_day=None)
    elsewhere = replace(DISPUTE, id="dispute-3", about="presence-7")
    of_an_event = replace(DISPUTE, id="dispute-4", about="event-1", force_country="USA", host="NER")
    told = words(drawing([presence()], [DISPUTE, settled, elsewhere, of_an_event]))
    assert sum("who" in one for one in told) == 3
    assert sum(one.startswith("Settled: ") for one in told) == 1


def test_what_is_not_asserted_stands_apart() -> None:
    planned = presence(series=(), at_sites=(), denied=(), alleged=())
    markup = presence_svg([planned])
    panel = markup[markup.index("<g aria-label") : markup.index("</g>")]
    assert "60" in panel
    assert 'fill="#2f6690"' not in panel
    days = {"claim-3": "2024-02-02", "claim-4": "2024-03-03", "claim-9": "2024-02-01"}
    assert presence_svg([presence()], days=days).count("#6639ba") == presence_svg([presence()]).count("#6639ba") + 1


def test_the_picture_ends_where_it_is_told_to() -> None:
    assert " to 2030-" in presence_svg([presence()], until="2030-03-01")


@settings(max_examples=150, deadline=None)
@given(st.text(), st.text())
def test_any_words_stay_words(name: str, sentence: str) -> None:
    hostile = presence(force=f"{name}<script>alert(1)</script>", at_sites=(SitePresence(name, None, None, STEPS),))
    told = [replace(one, reason=sentence) for one in STEPS]
    root = drawing([replace(hostile, series=tuple(told))], [replace(DISPUTE, sentence=sentence)], title=name)
    allowed = {
        "svg",
        "title",
        "desc",
        "defs",
        "pattern",
        "linearGradient",
        "stop",
        "rect",
        "g",
        "text",
        "path",
        "circle",
    }
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= allowed
    assert not any(key.startswith("on") or "href" in key for one in root.iter() for key in one.attrib)


@pytest.mark.parametrize(("rough", "step"), [(0.3, 1), (1, 1), (1.1, 2), (33, 50), (340, 500), (66_000, 100_000)])
def test_round_steps(rough: float, step: float) -> None:
    assert nice_step(rough) == step
