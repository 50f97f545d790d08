"""What the benchmark of reconciliation writes for the scorer, and how it halves a folder of facts."""

from __future__ import annotations

import json
from pathlib import Path

import reconcile as benchmark
from dateline.model import Event, EventLink, Kind, Presence, Scope, Sector, Standing, Step, Tie, Witness


def event(name: str, *witnesses: Witness, links: tuple[EventLink, ...] = ()) -> Event:
    return Event(name, Kind.DEPLOYMENT, None, None, None, None, None, (), witnesses=witnesses, links=links)


def told(origin: str, *documents: str, background: bool = False) -> Witness:
    return Witness(origin, None, documents, (), background)


def known(*events: Event, presences: tuple[Presence, ...] = ()) -> benchmark.Known:
    external = {f"doc-{n}": f"r00{n}" for n in range(1, 6)}
    return benchmark.Known((), {}, external, (), events, presences, ())


def test_an_event_has_the_documents_that_tell_it_as_news_by_witness() -> None:
    one = event("a", told("o1", "doc-2", "doc-1"), told("o2", "doc-3"), told("o3", "doc-4", background=True))
    (found,) = benchmark.result(known(one, event("b", told("o1", "doc-5", background=True))))["events"]
    assert found["documents"] == ["r001", "r002", "r003"]
    assert found["origins"] == [["r001", "r002"], ["r003"]]


def test_stages_are_joined_only_where_that_is_asked_for() -> None:
    first = event("a", told("o1", "doc-1"), links=(EventLink(Tie.ANNOUNCES, "b"),))
    both = known(first, event("b", told("o1", "doc-2")))
    assert [e["documents"] for e in benchmark.result(both)["events"]] == [["r001"], ["r002"]]
    (found,) = benchmark.result(both, frozenset({Tie.ANNOUNCES}))["events"]
    assert found["documents"] == ["r001", "r002"]


def test_a_presence_has_the_steps_of_the_country() -> None:
    steps = (Step(None, "2031-03-01", 90, 100, None, (), ""), Step("2031-03-02", None, 0, 0, None, (), ""))
    row = (
        "p",
        "France, armed forces",
        "FRA",
        Sector.MIL,
        "Sahel",
        None,
        Standing.LEFT,
        None,
        None,
        Scope.TOTAL,
        None,
        (),
    )
    (found,) = benchmark.result(known(presences=(Presence(*row, series=steps),)))["presences"]
    assert (found["force_country"], found["host_country"]) == ("FRA", "(Sahel)")
    assert found["series"] == [
        {"from": benchmark.BEGINNING, "to": "2031-03-01", "low": 90, "high": 100},
        {"from": "2031-03-02", "to": None, "low": 0, "high": 0},
    ]
    assert benchmark.hosted("MLI") == "MLI"


def test_a_half_has_the_answers_that_its_documents_can_give(tmp_path: Path) -> None:
    facts, room = tmp_path / "facts", tmp_path / "halves"
    facts.mkdir()
    room.mkdir()
    lines = [json.dumps({"id": f"r00{n}", "claims": []}) for n in (1, 2, 3, 4)]
    (facts / "reports.jsonl").write_text("\n".join(lines), encoding="utf-8")
    tables = {
        "clusters": {"clusters": []},
        "contradictions": {"contradictions": [{"claims": ["r001.c1", "r003.c1", "r002.c1"]}]},
        "presence": {"presence": [{"entries": [{"claims": ["r002.c1"]}, {"claims": ["r001.c1"]}]}]},
    }
    for name, table in tables.items():
        (facts / f"{name}.json").write_text(json.dumps(table), encoding="utf-8")
    found = dict(benchmark.halves(facts, room))
    ids = [json.loads(line)["id"] for line in (found["odd"] / "reports.jsonl").read_text().splitlines()]
    assert ids == ["r001", "r003"]
    odd, even = (json.loads((found[half] / "contradictions.json").read_text()) for half in ("odd", "even"))
    assert odd["contradictions"] == [{"claims": ["r001.c1", "r003.c1"]}]
    assert even["contradictions"] == []
    assert json.loads((found["odd"] / "presence.json").read_text())["presence"][0]["entries"] == [
        {"claims": ["r001.c1"]}
    ]
