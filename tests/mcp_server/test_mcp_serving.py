"""The server as clients reach it: a process over standard input and output, and HTTP with its guard."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
import uvicorn
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_clients import asked
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.desk import Desk
from dateline.judging import Judging
from dateline.mcp.serving import PATH, Http, http_app
from dateline.store import Filters, View, open_store
from ledgers import rows
from loops import run_apart

SOURCES = Path(__file__).resolve().parents[2] / "src"
TOKEN = "a-token-of-the-tests"


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_client_starts_it_as_a_process(own_place: str, mode: str) -> None:
    before = rows(own_place)
    process = StdioServerParameters(
        command=sys.executable,
        args=["-W", "ignore", "-m", "dateline", "mcp", "--ledger", own_place],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
    )

    async def talk() -> Any:
        with anyio.fail_after(60):
            async with Client(process, mode=mode) as client:
                names = {tool.name for tool in (await client.list_tools()).tools}
                return names, await client.call_tool("who_has_forces", {"host": "Niger"})

    names, found = run_apart(talk)
    assert "search_claims" in names and not found.is_error
    assert found.structured_content["presences"]
    assert rows(own_place) == before, "nothing is written to a ledger that is up to date"


@pytest.fixture(scope="module")
def address(examples_ledger: Path) -> Iterator[Http]:
    store = open_store(examples_ledger, create=False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    http = Http(port, TOKEN)
    server = uvicorn.Server(
        uvicorn.Config(http_app(Desk(store), http), host="127.0.0.1", port=port, log_level="warning")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield http
    server.should_exit = True
    thread.join(10)
    store.close()


def test_a_client_with_the_token_is_answered_over_http(address: Http) -> None:
    async def talk() -> Any:
        with anyio.fail_after(30):
            async with (
                httpx2.AsyncClient(headers={"authorization": f"Bearer {TOKEN}"}) as http,
                Client(streamable_http_client(address.address, http_client=http)) as client,
            ):
                return await client.call_tool("ledger_status", {})

    assert run_apart(talk).structured_content["counts"]["claims"] > 20


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"authorization": "Bearer wrong"}, 401),
        ({"authorization": TOKEN}, 401),
        ({"authorization": f"Bearer {TOKEN}", "origin": "http://evil.example"}, 403),
        ({"authorization": f"Bearer {TOKEN}", "origin": "null"}, 403),
        ({"authorization": f"Bearer {TOKEN}", "host": "evil.example"}, 421),
        ({"authorization": "Bearer \xff"}, 401),
    ],
)
def test_others_are_refused(address: Http, headers: dict[str, str], status: int) -> None:
    question = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    answer = httpx2.post(f"http://127.0.0.1:{address.port}{PATH}", json=question, headers=raw)
    assert answer.status_code == status


def test_a_token_is_made_and_not_shown() -> None:
    assert len(Http(8018).token) > 30 and Http(8018).token not in repr(Http(8018))


def test_answers_say_when_the_ledger_is_behind(examples_file: Path, tmp_path: Path) -> None:
    store = open_store(Path(shutil.copy(examples_file, tmp_path / "behind.db")), create=False)
    claim = View(store).claims(Filters(limit=1)).rows[0].id
    Judging(store, "An Analyst", lambda: "2024-07-01T00:00:00.000000Z").reject(claim, reason="a test")
    desk = Desk(store)
    listed = asked(desk, lambda client: client.call_tool("search_claims", {"limit": 1}))
    status = asked(desk, lambda client: client.call_tool("ledger_status", {}))
    store.close()
    assert "last derived" in listed.structured_content["behind"] and "last derived" in listed.content[0].text
    assert status.structured_content["up_to_date"] is False


def test_without_the_sdk_the_command_says_what_to_install(
    examples_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith(("dateline.mcp", "mcp."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    result = CliRunner().invoke(app, ["mcp", "--ledger", str(examples_ledger)])
    assert result.exit_code == 2 and 'pip install "dateline[mcp]"' in result.output


def test_a_short_token_is_refused(examples_ledger: Path) -> None:
    given = ["mcp", "--http", "--ledger", str(examples_ledger)]
    result = CliRunner().invoke(app, given, env={"DATELINE_MCP_TOKEN": "short"})
    assert result.exit_code == 2 and "too short" in result.output and "short: 16" in result.output
