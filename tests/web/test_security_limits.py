"""What a request may cost: bytes, files, seconds, requests a minute. No test waits but the one for silence."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import APIRouter, FastAPI, Request
from starlette.testclient import TestClient
from teams import WIDE, SetClock, Team, csrf

from dateline.web.listening import PatientProtocol, is_loopback, listen
from dateline.web.security.bodies import bounded
from dateline.web.security.headers import HEADERS
from dateline.web.security.people import Judges
from dateline.web.security.rates import Rates, Throttle
from loops import run_apart

SMALL = replace(WIDE, body_bytes=1000, upload_bytes=10_000, upload_files=2, uploads=("/add", "/probe/upload"))


@pytest.fixture
def team(own_ledger: Path) -> Iterator[Team]:
    made = Team(own_ledger, limits=SMALL)
    add_probe(made.app)
    yield made
    made.close()


def add_probe(app: FastAPI) -> None:
    """Routes that take whatever comes."""
    router = APIRouter()

    async def take(request: Request, person: Judges) -> int:
        return len(await request.body()) if request.headers["content-type"] == "text/plain" else 0

    router.add_api_route("/probe", take, methods=["POST"])
    router.add_api_route("/probe/upload", take, methods=["POST"])
    app.include_router(router)


def writer(team: Team) -> tuple[TestClient, dict[str, str]]:
    client = team.client("bela")
    return client, {"x-csrf-token": csrf(client), "content-type": "text/plain"}


def test_a_body_is_refused_by_its_length_before_it_is_read(team: Team) -> None:
    client, headers = writer(team)
    assert client.post("/probe", content=b"x" * 1000, headers=headers).json() == 1000
    answer = client.post("/probe", content=b"x" * 1001, headers=headers)
    assert answer.status_code == 413 and answer.headers["connection"] == "close"
    assert client.post("/probe/upload", content=b"x" * 10_000, headers=headers).status_code == 200
    assert client.post("/probe/upload", content=b"x" * 10_001, headers=headers).status_code == 413


def test_what_announces_too_much_is_not_read_at_all(team: Team) -> None:
    read: list[int] = []
    answered: list[Any] = []

    async def receive() -> dict[str, Any]:
        read.append(1)
        return {"type": "http.request", "body": b"x" * 1001, "more_body": False}

    async def send(message: Any) -> None:
        answered.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/probe",
        "query_string": b"",
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
        "headers": [
            (b"host", b"127.0.0.1"),
            (b"content-length", b"1001"),
            (b"authorization", f"Bearer {team.tokens.make('bela')}".encode()),
        ],
    }
    run_apart(lambda: team.app(scope, receive, send))
    assert answered[0]["status"] == 413 and read == []


def test_a_body_without_a_length_is_counted_as_it_comes(team: Team) -> None:
    client, headers = writer(team)

    def chunks(count: int) -> Iterator[bytes]:
        yield from (b"x" * 100 for _ in range(count))

    assert client.post("/probe", content=chunks(10), headers=headers).json() == 1000
    assert client.post("/probe", content=chunks(11), headers=headers).status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "x", "9" * 40, "\u0661".encode()])
def test_a_length_that_is_no_length_is_refused(team: Team, length: str | bytes) -> None:
    client, headers = writer(team)
    given: Any = headers | {"content-length": length}
    assert client.post("/probe", content=b"x", headers=given).status_code in (400, 413)


def test_strangers_send_no_bodies_at_all(team: Team) -> None:
    assert team.client().post("/probe", content=b"x" * 500).status_code == 401


def test_files_of_a_form_are_counted(team: Team) -> None:
    client, headers = writer(team)
    del headers["content-type"]
    for count, status in ((2, 200), (3, 413)):
        files = [("files", (f"{number}.txt", b"x")) for number in range(count)]
        assert client.post("/probe/upload", files=files, headers=headers).status_code == status


def test_a_drip_of_bytes_ends() -> None:
    clock = SetClock()

    async def dripping() -> dict[str, Any]:
        clock.now += 9
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def read() -> int:
        receive = bounded(dripping, 1000, 30.0, clock)
        got = 0
        while True:
            got += len((await receive())["body"])

    with pytest.raises(Exception, match="too long") as raised:
        run_apart(read)
    assert raised.value.status_code == 408  # type: ignore[attr-defined]
    assert clock.now - 1_700_000_000 == 36


def test_silence_ends() -> None:
    async def silent() -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    with pytest.raises(Exception, match="too long"):
        run_apart(lambda: bounded(silent, 1000, 0.05, time.monotonic)())  # type: ignore[arg-type]


def test_after_the_body_nothing_is_timed() -> None:
    """A route that listens for the end of the connection may listen long."""
    clock = SetClock()

    async def whole() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def read() -> None:
        receive = bounded(whole, 1000, 30.0, clock)
        await receive()
        clock.now += 3600
        await receive()

    run_apart(read)


def test_who_asks_too_often_waits(own_ledger: Path) -> None:
    team = Team(own_ledger, limits=replace(WIDE, requests=60))
    carl, bela = team.client("carl"), team.client("bela")
    answers = [carl.get("/password").status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]
    refused = carl.get("/password")
    assert int(refused.headers["retry-after"]) == 1
    assert set(HEADERS) <= set(refused.headers)
    assert bela.get("/password").status_code == 200
    assert carl.get("/static/desk.css").status_code == 200
    team.clock.now += 1
    assert [carl.get("/password").status_code for _ in range(2)] == [200, 429]
    team.close()


def test_strangers_are_counted_by_address(own_ledger: Path) -> None:
    team = Team(own_ledger, limits=replace(WIDE, requests=5))
    near = TestClient(team.app, base_url="http://127.0.0.1")
    far = TestClient(team.app, base_url="http://127.0.0.1", client=("10.0.0.9", 1))
    forged = {"x-forwarded-for": "10.9.9.9"}
    assert [near.get("/claims", headers=forged).status_code for _ in range(6)] == [401] * 5 + [429]
    assert far.get("/claims").status_code == 401
    team.close()


def test_rates_forget_who_asked_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.web.security.rates._REMEMBERED", 10)
    clock = SetClock()
    rates, throttle = Rates(1, clock), Throttle(clock)
    assert all(rates.wait(number) == 0 for number in range(100))
    assert rates.wait(99) > 0 and rates.wait(0) == 0
    assert len(rates._buckets) <= 10
    for number in range(100):
        throttle.attempt(f"name {number}", f"{number}")
    assert len(throttle._failed) <= 10


def test_many_guesses_at_once_gain_nothing() -> None:
    """All are counted before the first is checked."""
    throttle = Throttle(SetClock())
    assert [throttle.attempt("anna", "1.2.3.4") == 0 for _ in range(8)] == [True] * 5 + [False] * 3


def test_a_success_forgets_only_its_own_failures() -> None:
    throttle = Throttle(SetClock())
    for _ in range(29):
        throttle.attempt(f"{_}", "1.2.3.4")
    throttle.attempt("anna", "1.2.3.4")
    throttle.succeeded("anna", "1.2.3.4")
    assert throttle.attempt("bela", "1.2.3.4") == 0
    assert throttle.attempt("bela", "1.2.3.4") > 0


@pytest.fixture
def port(own_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A real server that waits a moment only for the head of a request."""
    monkeypatch.setattr(PatientProtocol, "head_s", 0.3)
    team = Team(own_ledger)
    listening = listen("127.0.0.1", 0)
    config = uvicorn.Config(team.app, http=PatientProtocol, ws="none", log_level="critical", server_header=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening.socket]}, daemon=True)
    thread.start()
    yield listening.port
    server.should_exit = True
    thread.join(10)
    team.close()


def test_connections_that_say_nothing_or_never_finish_are_closed(port: int) -> None:
    for said in (b"", b"GET /claims HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(said)
            assert connection.recv(1000) == b""


def test_a_head_without_end_is_refused_however_it_comes(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"GET /claims HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ")
        with suppress(OSError):
            for _ in range(200):
                connection.sendall(b"a" * 1000)
        with suppress(ConnectionResetError):
            assert connection.recv(100_000)[:12] in (b"HTTP/1.1 400", b"")


def test_empty_lines_keep_no_connection_open(port: int) -> None:
    asked = f"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(asked)
        while b"</html>" not in connection.recv(100_000):
            pass
        began = time.monotonic()
        with suppress(OSError):
            for _ in range(50):
                connection.sendall(b"\r\n")
                time.sleep(0.1)
        assert time.monotonic() - began < 4


def test_a_body_may_take_longer_than_a_head(port: int) -> None:
    asked = {"Host": f"127.0.0.1:{port}", "Origin": f"http://127.0.0.1:{port}", "Content-Length": "4"}
    asked |= {"Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
    head = "\r\n".join(["POST /sign-in HTTP/1.1", *(f"{name}: {value}" for name, value in asked.items()), "", ""])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(head.encode())
        for _ in range(4):
            time.sleep(0.2)
            connection.sendall(b"a")
        assert connection.recv(100_000).startswith(b"HTTP/1.1 4")


def test_a_head_has_the_headers_of_its_page_and_the_connection_goes_on(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    for method in ("GET", "HEAD", "HEAD", "GET"):
        connection.request(method, "/sign-in")
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200 and int(answer.headers["content-length"]) > 1000
        assert (b"</html>" in body) is (method == "GET")
    connection.close()


def test_a_connection_is_used_again(port: int) -> None:
    asked = f"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        for _ in range(2):
            connection.sendall(asked)
            got = connection.recv(100_000)
            while b"</html>" not in got:
                got += connection.recv(100_000)
            assert got.startswith(b"HTTP/1.1 200")
            time.sleep(0.4)


@pytest.mark.parametrize(
    "said", [b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/1.1\r\n bad\r\n\r\n", b"GET / HTTP/1.1\r\nA: b\0c\r\n\r\n"]
)
def test_what_is_no_http_is_answered_with_the_headers(port: int, said: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(said)
        got = connection.recv(100_000).lower()
    assert got.startswith(b"http/1.1 400") and b"content-security-policy: default-src 'none'" in got


def test_this_machine_is_told_from_others() -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "localhost", "::1", "127.9.9.9")] == [True] * 4
    assert [is_loopback(host) for host in ("0.0.0.0", "::", "10.0.0.1")] == [False] * 3
