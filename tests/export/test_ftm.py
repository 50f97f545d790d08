"""FollowTheMoney: every entity and statement is one to its library, and claims read back the same."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.export.ftm import values
from dateline.export.ftm.writing import COLUMNS
from dateline.export.safe import cell_text
from exported_ledger import GOLDEN, empty, exported, hostile, records, small, unasserted
from golden import same_as_golden

try:
    from followthemoney import EntityProxy, model
    from followthemoney.statement.serialize import CSV_COLUMNS, read_csv_statements
    from followthemoney.types import registry
except ImportError:
    model = None
needs_library = pytest.mark.skipif(model is None, reason="followthemoney is not installed: make validators")


MAKERS = {"small": small, "hostile": hostile, "unasserted": unasserted, "empty": empty}
every_ledger = pytest.mark.parametrize("which", MAKERS)


@cache
def ledger(which: str) -> Any:
    return MAKERS[which]()


@cache
def entities(which: str) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in exported(ledger(which), "ftm").splitlines())


def of(which: str, schema: str) -> list[dict[str, Any]]:
    return [one for one in entities(which) if one["schema"] == schema]


def whole(which: str, what: str) -> dict[str, dict[str, Any]]:
    """The records that stand in index texts, by id."""
    head = f"dateline {what} "
    found = (text for one in entities(which) for text in one["properties"].get("indexText", ()))
    made = [json.loads(text.removeprefix(head)) for text in found if text.startswith(head)]
    return {one["id"]: one for one in made if "id" in one}


@needs_library
@every_ledger
def test_the_library_takes_every_entity_and_would_clean_no_value(which: str) -> None:
    for record in entities(which):
        proxy: EntityProxy = model.get_proxy(record)
        assert proxy.schema.validate(record) is None
        assert all(proxy.has(name) for name in proxy.schema.required), record
        assert proxy.to_dict()["properties"] == record["properties"]
        for name, held in record["properties"].items():
            kind = proxy.schema.get(name)
            assert kind is not None and not kind.stub
            for value in held:
                assert kind.type.clean(value, proxy=proxy) == value, (record["schema"], name)
                assert kind.type.validate(value), (record["schema"], name, value)


@needs_library
@every_ledger
def test_ids_are_unique_and_links_lead_to_what_they_may(which: str) -> None:
    schemata = {one["id"]: model[one["schema"]] for one in entities(which)}
    assert len(schemata) == len(entities(which))
    for record in entities(which):
        for name, held in record["properties"].items():
            kind = model[record["schema"]].get(name)
            if kind is not None and kind.type == registry.entity:
                assert all(schemata[key].is_a(kind.range) for key in held), (record, name)


@needs_library
@every_ledger
def test_statements_say_what_the_entities_say(which: str) -> None:
    data = exported(ledger(which), "ftm-statements")
    read = list(read_csv_statements(BytesIO(data)))
    assert all(one.id == one.generate_key() for one in read)
    told = [(one.entity_id, one.schema, one.prop, cell_text(one.value)) for one in read if one.prop != "id"]
    assert sorted(told) == sorted(
        (one["id"], one["schema"], name, value)
        for one in entities(which)
        for name, held in one["properties"].items()
        for value in held
    )
    assert [one.entity_id for one in read if one.prop == "id"] == [one["id"] for one in entities(which)]
    assert len({one.id for one in read}) == len(read)


@needs_library
def test_statements_have_the_columns_of_the_library() -> None:
    assert list(COLUMNS) == CSV_COLUMNS


@needs_library
def test_a_statement_tells_when_it_was_first_seen_and_in_which_language() -> None:
    read = read_csv_statements(BytesIO(exported(ledger("small"), "ftm-statements")))
    told = {(one.schema, one.prop, one.lang, (one.first_seen or "")[:10]) for one in read}
    assert ("Article", "title", "fra", "2024-05-02") in told
    assert ("Note", "description", "eng", "2024-05-01") in told
    assert all(lang is None for _, prop, lang, _ in told if prop not in ("title", "description"))


@pytest.mark.parametrize("which", ["small", "hostile", "unasserted"])
@pytest.mark.parametrize(
    ("what", "records_of"),
    [
        ("claim", "claims"),
        ("report", "documents"),
        ("event", "events"),
        ("presence", "presences"),
        ("dispute", "disputes"),
    ],
)
def test_records_read_back_the_same(which: str, what: str, records_of: str) -> None:
    assert whole(which, what) == {one["id"]: one for one in records(ledger(which), records_of)}


def test_what_a_reader_sees_says_the_same_as_the_record() -> None:
    for note in of("small", "Note"):
        held = note["properties"]
        if note["id"] not in whole("small", "claim"):
            continue
        claim = whole("small", "claim")[note["id"]]
        words = held["keywords"]
        assert {f"stance:{claim['stance']}", f"kind:{claim['kind']}"} <= set(words)
        for name in ("low", "high"):
            bound = None if claim["quantity"] is None else claim["quantity"][name]
            assert [float(one.removeprefix(f"{name}:")) for one in words if one.startswith(f"{name}:")] == (
                [] if bound is None else [bound]
            )
        for name in ("earliest", "latest"):
            bound = None if claim["time"] is None else claim["time"][name]
            assert (f"{name}:{bound}" in words) == (bound is not None)
        assert held["proof"] == [claim["document"]["id"]]
        if claim["stance"] != "asserted":
            assert held["name"][0].startswith(f"[{claim['stance']}]")


def test_the_chain_of_who_says_it_is_linked() -> None:
    names = {one["id"]: one["properties"]["name"][0] for one in of("small", "LegalEntity")}
    links = [one["properties"] for one in of("small", "UnknownLink")]
    for key, claim in whole("small", "claim").items():
        said = claim["attribution"]
        found = {(names[one["subject"][0]], one["role"][0]) for one in links if one["object"] == [key]}
        chain = [] if said is None else said["via"]
        expected = {(name, f"passes it on ({at})") for at, name in enumerate(chain, start=1)}
        if said is not None and said["source"] is not None:
            expected.add((said["source"]["name"], f"says it ({said['quote']})"))
        assert found == expected
        assert all(one["status"] == [claim["stance"]] for one in links if one["object"] == [key])


def test_steps_and_the_claims_for_them_read_back() -> None:
    links = [one["properties"] for one in of("small", "UnknownLink")]
    events = {one["id"]: one["properties"] for one in of("small", "Event")}
    for presence in records(ledger("small"), "presences"):
        for number, step in enumerate(presence["series"]):
            key = f"{presence['id']}-{number}"
            assert events[key].get("startDate", [None]) == [step["start"]]
            assert events[key].get("endDate", [None]) == [step["end"]]
            for role in ("supports", "contradicts"):
                found = [one["subject"][0] for one in links if one["object"] == [key] and one["role"] == [role]]
                assert found == step[role]


def test_what_nobody_asserts_has_no_step_and_says_so() -> None:
    (presence,) = [one for one in of("unasserted", "Event") if one["id"].startswith("presence-")]
    assert presence["properties"]["name"][0].startswith("[")
    assert presence["properties"]["summary"] == ["Nobody asserts that it is or was there."]


def test_only_places_with_a_point_have_one() -> None:
    pinned = {one["properties"]["name"][0] for one in of("small", "Address") if "latitude" in one["properties"]}
    assert pinned == {"Airbase 101", "Agadez"}


@needs_library
@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_the_library_would_change_nothing_of_any_text(text: str) -> None:
    for kind in ("text", "string"):
        made = values.plain(text, kind)
        assert not made or registry.get(kind).clean(made) == made
    assert registry.name.clean(values.name(text)) == values.name(text)
    place = values.address(text)
    assert not place or registry.address.clean(place) == place


@needs_library
@given(st.floats(-180, 180))
def test_numbers_are_those_of_the_library(number: float) -> None:
    made = values.number(number)
    assert registry.number.clean(made) == made
    assert abs(float(made) - number) < 1e-8


@pytest.mark.parametrize(
    ("which", "name", "file"),
    [("small", "ftm", "small.ftm.json"), ("unasserted", "ftm-statements", "unasserted.ftm-statements.csv")],
)
def test_golden(which: str, name: str, file: str) -> None:
    same_as_golden(GOLDEN / file, exported(ledger(which), name))
