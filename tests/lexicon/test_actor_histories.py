"""Dates and chains of named actors: the table keeps its schema, its names are known, errors name the entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.lexicon import actor_histories, actors
from dateline.lexicon.actor_histories import ActorKind, histories, history
from dateline.model import Sector

COLUMNS = "name,kind,since,until,predecessors,successors,source\n"


def test_every_row_is_of_a_known_actor() -> None:
    known = {a.name for a in actors.known_actors() if not a.person}
    assert set(histories()) <= known
    assert len(histories()) > 400


def test_canonical_names_of_bodies_are_unique() -> None:
    bodies = [a.name for a in actors.known_actors() if not a.person]
    assert len(bodies) == len(set(bodies))


def test_at_least_300_armed_groups() -> None:
    assert sum(a.kind is ActorKind.ARMED_GROUP for a in actors.known_actors()) >= 300


@pytest.mark.parametrize(
    ("name", "kind", "since", "until", "before", "after"),
    [
        ("Africa Corps", ActorKind.COMPANY, "2023", None, "Wagner Group", None),
        ("ATMIS", ActorKind.MISSION, "2022-04", "2024-12", "AMISOM", "AUSSOM"),
        ("MONUSCO", ActorKind.MISSION, "2010-07", None, "MONUC", None),
        ("Operation Barkhane", ActorKind.MISSION, "2014-08", "2022-11", "Operation Serval", None),
        ("Resolute Support", ActorKind.MISSION, "2015-01", "2021", "ISAF", None),
        ("Azawad Liberation Front", ActorKind.ARMED_GROUP, "2024-11", None, "MNLA", None),
        ("African Union", ActorKind.ORGANISATION, "2002-07", None, "Organisation of African Unity", None),
        ("Real IRA", ActorKind.ARMED_GROUP, "1997", "2012-07", "IRA", "New IRA"),
        ("International Criminal Court", ActorKind.COURT, "2002-07", None, None, None),
        ("Alliance of Sahel States", ActorKind.ALLIANCE, "2023-09", None, "G5 Sahel", None),
    ],
)
def test_life(
    name: str, kind: ActorKind, since: str | None, until: str | None, before: str | None, after: str | None
) -> None:
    actor = actors.by_name(name)
    assert actor is not None
    assert (actor.name, actor.kind, actor.since, actor.until) == (name, kind, since, until)
    assert before is None or before in actor.predecessors
    assert after is None or after in actor.successors
    assert actor.source is not None


def test_persons_have_no_history_of_a_body_of_their_name() -> None:
    person = actors.by_name("Erdogan")
    assert person is not None
    assert (person.kind, person.since, person.source) == (ActorKind.PERSON, None, None)


def test_chains_are_told_at_both_ends() -> None:
    for name, own in histories().items():
        for later in own.successors:
            if later in histories():
                assert name in history(later).predecessors, f"{later} does not know {name}"


@pytest.mark.parametrize("written", ["AMISOM", "ATMIS", "AUSSOM", "MONUC", "Serval", "Sangaris", "SAMIM", "ECOMOG"])
def test_missions_with_dates_are_actors_of_their_own(written: str) -> None:
    actor = actors.by_name(written)
    assert actor is not None
    assert written in actor.name
    assert actor.since is not None


def test_forces_of_a_state_have_one_name() -> None:
    for written in ("FARDC", "FAMa", "SANDF", "UPDF", "Syrian Arab Army"):
        actor = actors.by_name(written)
        assert actor is not None
        assert actor.sector is Sector.MIL
        assert actor.name.endswith(", armed forces")


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "actors").mkdir()
    monkeypatch.setattr(actor_histories, "files", lambda _: tmp_path)
    histories.cache_clear()
    yield tmp_path / "actors" / "chains.csv"
    histories.cache_clear()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Blue Band,,May 2014,,,,https://example.org", "since"),
        ("Blue Band,,2014,2013-12,,,https://example.org", "ends before it begins"),
        ("Blue Band,,2014,,,,", "needs a source"),
        ("Blue Band,,2014,,,,http://example.org", "https"),
        ("Blue Band,gang,2014,,,,https://example.org", "no kind of actor"),
        ("Blue Band,,2014,,Blue Band,,https://example.org", "follows itself"),
        ("Blue Band,,2014", "columns"),
        ("Blue Band,mission,,,,,\nBlue Band,mission,,,,,", "stands twice"),
    ],
)
def test_a_broken_row_is_named(table: Path, row: str, message: str) -> None:
    table.write_text(COLUMNS + row + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"'Blue Band'.*{message}|{message}.*'Blue Band'"):
        histories()
