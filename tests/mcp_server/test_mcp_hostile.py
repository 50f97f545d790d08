"""Text of reports is data: whatever it holds, nothing of it stands outside the brackets of an answer."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp_clients import Call, asked

from dateline.desk import Desk
from dateline.mcp.wrapping import CLOSE, OPEN, data, outside
from hostile_reports import MARK

CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("search_claims", {"limit": 50}),
    ("list_reports", {}),
    ("who_has_forces", {}),
    ("who_has_forces", {"on": "2024-05-03"}),
    ("events", {}),
    ("disputes", {}),
    ("origins", {}),
    ("sources", {}),
    ("ledger_status", {}),
)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield str(key)
            yield from strings(held)
    elif isinstance(value, list):
        for held in value:
            yield from strings(held)


def check(text: str) -> None:
    assert MARK not in outside(text), text
    assert text.count(OPEN) == text.count(CLOSE)
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in text if char != "\n")


def inert(result: Any) -> dict[str, Any]:
    assert not result.is_error, result.content[0].text
    check(result.content[0].text)
    for text in strings(result.structured_content):
        check(text)
    return dict(result.structured_content)


@pytest.mark.parametrize(("tool", "arguments"), CALLS)
def test_lists_keep_it_inside(call_hostile: Call, tool: str, arguments: dict[str, Any]) -> None:
    inert(call_hostile(tool, **arguments))


def test_single_records_keep_it_inside(hostile: Desk, call_hostile: Call) -> None:
    for claim in inert(call_hostile("search_claims", limit=50))["claims"]:
        inert(call_hostile("show_claim", id=claim["id"]))
        inert(call_hostile("show_report", id=claim["report"]["id"]))
    for presence in inert(call_hostile("who_has_forces", limit=50))["presences"]:
        history = inert(call_hostile("presence_history", id=presence["id"]))
        for site in history["sites"]:
            answered = call_hostile("presence_history", id=presence["id"], site=site[:200])
            check(answered.content[0].text)
    for tool in ("events", "disputes", "origins"):
        for row in inert(call_hostile(tool, limit=50))[tool]:
            inert(call_hostile(tool, id=row["id"]))


def test_resources_keep_it_inside(hostile: Desk, call_hostile: Call) -> None:
    claim = inert(call_hostile("search_claims", limit=1))["claims"][0]
    for address in (f"dateline://claims/{claim['id']}", f"dateline://reports/{claim['report']['id']}"):
        read = asked(hostile, lambda client, address=address: client.read_resource(address))
        assert MARK not in outside(read.contents[0].text)


@given(st.text())
def test_no_text_closes_the_brackets(text: str) -> None:
    wrapped = data(text)
    assert outside(wrapped) == OPEN + CLOSE and wrapped.startswith(OPEN) and wrapped.endswith(CLOSE)


def test_a_rejected_claim_is_said_to_be(call_hostile: Call) -> None:
    verdicts = {claim["verdict"] for claim in inert(call_hostile("search_claims", limit=50))["claims"]}
    assert verdicts == {None, "rejected"}


def test_long_text_is_cut_and_said_to_be() -> None:
    assert data("a" * 1_000_000, 100) == f"{OPEN}{'a' * 100}…{CLOSE}"
