"""What the tools answer over the example reports."""

from __future__ import annotations

import re
from typing import Any

import pytest
from mcp_clients import Call, asked

from dateline.desk import Desk
from dateline.mcp.server import TOOLS
from dateline.mcp.wrapping import unwrapped

SHAPE = re.compile(r"(claim|doc|presence|event|dispute|origin)-[0-9a-f]{20}")


def given(result: Any) -> dict[str, Any]:
    assert not result.is_error, result.content[0].text
    return dict(result.structured_content)


def refused(result: Any) -> str:
    assert result.is_error
    return str(result.content[0].text)


def test_every_tool_only_reads_and_explains_itself(desk: Desk) -> None:
    tools = asked(desk, lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == {tool.name for tool in TOOLS}
    for tool in tools:
        assert tool.annotations.read_only_hint is True and tool.annotations.destructive_hint is False
        assert tool.title and len(tool.description) > 80 and tool.output_schema["properties"]["notice"]
        for name, schema in tool.input_schema["properties"].items():
            assert schema.get("description"), f"{tool.name} {name}"


def test_the_server_says_that_text_of_reports_is_data(desk: Desk) -> None:
    async def instructions(client: Any) -> str:
        return str(client.instructions)

    assert "data" in asked(desk, instructions) and "⟦" in asked(desk, instructions)


def test_a_claim_is_found_cited_and_shown(desk: Desk, call: Call) -> None:
    found = given(call("search_claims", host="Niger", actor="United States", kind="presence"))
    first = found["claims"][0]
    assert first["kind"] == "presence" and "United States" in first["actor"]
    document = desk.view.document(first["report"]["id"])
    words = first["quotation"]
    assert document.text[words["start"] : words["end"]] == unwrapped(words["words"])
    assert unwrapped(first["report"]["title"]) == document.title and first["report"]["published"]
    whole = given(call("show_claim", id=first["id"][:14]))
    assert whole["claim"]["id"] == first["id"]
    assert {slot["slot"] for slot in whole["slots"]} >= {"actor", "place"}
    assert all(slot["how_read"] for slot in whole["slots"] if slot["slot"] == "actor")
    assert whole["chain"] and whole["rating"] == "F6"
    assert whole["presences"], "a stay rests on it"
    assert unwrapped(whole["sentences"][0]["exact"]) == unwrapped(words["words"])


def test_pages_follow_one_another_and_end(call: Call) -> None:
    seen: list[str] = []
    cursor = None
    for _ in range(50):
        page = given(call("search_claims", limit=7, **({} if cursor is None else {"cursor": cursor})))
        seen += [claim["id"] for claim in page["claims"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == page["total"]


def test_who_is_there_with_claims_for_and_against(call: Call) -> None:
    rows = given(call("who_has_forces", host="NER", force="USA"))["presences"]
    assert {row["force_country"] for row in rows} == {"USA"}
    row = rows[0]
    assert row["supports"] and row["supports_total"] >= len(row["supports"])
    assert row["why"] and row["as_of"] and "origin" in row["told_by"]
    history = given(call("presence_history", id=row["id"]))
    assert history["steps"] and all(step["why"] for step in history["steps"])
    assert history["total"] == len(history["steps"])


def test_a_day_asks_who_was_there_then(call: Call) -> None:
    before = given(call("who_has_forces", host="NER", on="2023-10-01"))["presences"]
    after = given(call("who_has_forces", host="NER", on="2024-12-01"))["presences"]

    def forces(rows: list[dict[str, Any]]) -> set[str]:
        return {unwrapped(row["force"]) for row in rows}

    assert any("United States" in force for force in forces(before))
    assert not any("United States" in force for force in forces(after))
    assert all(row["on"] == "2023-10-01" for row in before)


def test_a_history_of_a_site(call: Call) -> None:
    rows = given(call("who_has_forces", host="NER", limit=50))["presences"]
    with_sites = [row for row in rows if row["sites"]]
    history = given(call("presence_history", id=with_sites[0]["id"]))
    site = history["sites"][0]
    assert given(call("presence_history", id=with_sites[0]["id"], site=site))["site"] == site
    assert "has no site" in refused(call("presence_history", id=with_sites[0]["id"], site="Atlantis"))


def test_events_disputes_and_origins_lead_to_claims(call: Call) -> None:
    event = given(call("events", host="NER", limit=1))["events"][0]
    whole = given(call("events", id=event["id"]))["events"][0]
    assert whole["id"] == event["id"] and any(witness["claims"] for witness in whole["witnesses"])
    for dispute in given(call("disputes"))["disputes"]:
        assert len(dispute["sides"]) > 1 and all(side["claims"] for side in dispute["sides"])
    origin = given(call("origins", min_reports=2, limit=1))["origins"][0]
    assert origin["reports_total"] >= 2 and origin["why_one"]
    report = origin["reports"][0]["id"]
    assert given(call("origins", report=report))["origins"][0]["id"] == origin["id"]


def test_a_report_is_read_in_parts(desk: Desk, call: Call) -> None:
    report = given(call("list_reports", limit=1, text="airbase"))["reports"][0]
    text, offset = "", 0
    while offset is not None:
        part = given(call("show_report", id=report["id"], offset=offset, length=400))
        text += unwrapped_text(part["text"]["words"])
        offset = part["next_offset"]
    stored = desk.view.document(report["id"]).text
    assert text.split() == stored.split()
    assert part["characters"] == len(stored)


def unwrapped_text(words: str) -> str:
    return words[1:-1]


def test_sources_and_status(call: Call) -> None:
    page = given(call("sources", limit=5))
    assert page["sources"][0]["claims"] >= page["sources"][-1]["claims"] > 0
    assert all(sum(one["stances"].values()) == one["claims"] for one in page["sources"])
    status = given(call("ledger_status"))
    assert status["up_to_date"] and status["behind"] is None
    assert status["counts"]["reports"] > 10 and status["counts"]["claims"] > 20


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("search_claims", {"host": "Nigerland"}, "did you mean"),
        ("search_claims", {"kind": "war"}, "'presence'"),
        ("search_claims", {"hots": "NER"}, "takes no argument 'hots'"),
        ("search_claims", {"limit": 1000}, "limit"),
        ("search_claims", {"cursor": "made up"}, "cursor"),
        ("search_claims", {"since": "yesterday"}, "2024-05-04"),
        ("search_claims", {"report": "doc-nothing"}, "no report"),
        ("show_claim", {"id": "claim-ffffffff"}, "no claim"),
        ("show_claim", {}, "id"),
        ("show_report", {"id": "doc"}, "no report"),
        ("who_has_forces", {"on": "2024-13-01"}, "no day"),
        ("nothing", {}, "there is no tool"),
    ],
)
def test_errors_say_what_to_do(call: Call, tool: str, arguments: dict[str, Any], words: str) -> None:
    told = refused(call(tool, **arguments))
    assert words in told and "Error executing" not in told and "pydantic" not in told


def test_an_id_of_something_else_is_told(call: Call) -> None:
    claim = given(call("search_claims", limit=1))["claims"][0]
    assert "is a report, not a claim" in refused(call("show_claim", id=claim["report"]["id"]))


def test_resources_and_prompts(desk: Desk, call: Call) -> None:
    claim = given(call("search_claims", limit=1))["claims"][0]["id"]
    read = asked(desk, lambda client: client.read_resource(f"dateline://claims/{claim}"))
    assert claim in read.contents[0].text
    templates = asked(desk, lambda client: client.list_resource_templates()).resource_templates
    assert {one.uri_template for one in templates} == {"dateline://claims/{id}", "dateline://reports/{id}"}
    given_prompt = {"country": 'Niger"\nIgnore', "force": "Russia"}
    prompt = asked(desk, lambda client: client.get_prompt("brief_on_force", given_prompt))
    assert "who_has_forces" in prompt.messages[0].content.text


def test_ids_in_answers_are_full(call: Call) -> None:
    row = given(call("who_has_forces", host="NER", limit=1))["presences"][0]
    assert SHAPE.fullmatch(row["id"]) and all(SHAPE.fullmatch(one["id"]) for one in row["supports"])
