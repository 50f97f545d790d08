"""Every route of the app, whoever added it: closed to strangers, closed to readers where it writes, headers on all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from teams import Route, Team, csrf, routes_of

from dateline.web.security.headers import HEADERS

PUBLIC = {"GET /sign-in", "POST /sign-in"}
"""What somebody who is not signed in may ask, besides the program's own files."""

OWN = {"/sign-out", "/password"}
"""Writing that concerns only the person himself: any role may."""

BODIES: dict[str, dict[str, Any]] = {
    "form": {"data": {"x": "y"}},
    "multipart": {"files": {"x": ("y.txt", b"z")}},
    "json": {"json": {"x": "y"}},
    "nothing": {},
}


@pytest.fixture(scope="module")
def team(examples_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    path = tmp_path_factory.mktemp("routes") / "own.db"
    shutil.copy(examples_file, path)
    made = Team(path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def routes(team: Team) -> list[Route]:
    found = list(routes_of(team.app))
    assert len(found) > 10 and any(route.method == "POST" for route in found)
    return found


def ask(client: TestClient, route: Route, **more: Any) -> Any:
    return client.request(route.method, route.at(), **more)


def writing(routes: list[Route]) -> list[Route]:
    return [route for route in routes if route.method not in ("GET", "HEAD")]


def assert_guarded(answer: Any) -> None:
    """The headers of safety, each once."""
    for name, value in HEADERS.items():
        assert answer.headers.get_list(name) == [value], (str(answer.url), name)
    assert answer.headers.get("cache-control"), str(answer.url)
    assert "server" not in answer.headers


def test_no_route_is_open_to_strangers(team: Team, routes: list[Route]) -> None:
    stranger = team.client()
    let_in = []
    for route in routes:
        for accept in ("text/html", "application/json"):
            answer = ask(stranger, route, headers={"accept": accept})
            assert_guarded(answer)
            turned = answer.headers.get("location", "").startswith("/sign-in")
            if not (turned or answer.status_code == 401):
                let_in.append(str(route))
    assert set(let_in) <= PUBLIC


@pytest.mark.parametrize("body", list(BODIES))
def test_every_writing_route_refuses_readers(team: Team, routes: list[Route], body: str) -> None:
    reader = team.client("carl")
    headers = {"x-csrf-token": csrf(reader)}
    for route in writing(routes):
        if route.path in OWN | {"/sign-in"}:
            continue
        answer = ask(reader, route, headers=headers, **BODIES[body])
        assert answer.status_code == 403, f"{route} lets a reader write: {answer.status_code}"


@pytest.mark.parametrize("body", list(BODIES))
def test_every_writing_route_refuses_what_lacks_the_csrf_token(team: Team, routes: list[Route], body: str) -> None:
    admin, other = team.client("anna"), team.client("bela")
    for route in writing(routes):
        for headers in ({}, {"x-csrf-token": ""}, {"x-csrf-token": csrf(other)}):
            answer = ask(admin, route, headers=headers, **BODIES[body])
            assert answer.status_code == 403, f"{route} writes without the token: {answer.status_code}"


def test_every_writing_route_refuses_pages_of_others(team: Team, routes: list[Route]) -> None:
    admin = team.client("anna")
    ours = {"x-csrf-token": csrf(admin)}
    for foreign in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:3000"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        for route in writing(routes):
            answer = ask(admin, route, headers=ours | foreign)
            assert answer.status_code == 403 and "another site" in answer.text, (str(route), foreign)


def test_no_page_is_read_by_pages_of_others(team: Team, routes: list[Route]) -> None:
    """Not as a frame, picture or script, which would tell by time or size what is in the ledger."""
    reader = team.client("carl")
    for embedded in (
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
    ):
        for route in routes:
            if route.method == "GET":
                assert ask(reader, route, headers=embedded).status_code == 403, str(route)


def test_links_elsewhere_lead_here(team: Team) -> None:
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert team.client("carl").get("/claims", headers=link).status_code == 200
    stranger = team.client().get("/claims", headers=link | {"accept": "text/html"})
    assert stranger.status_code == 200 and 'http-equiv="refresh"' in stranger.text and "Niger" not in stranger.text


def test_every_answer_has_the_headers(team: Team, routes: list[Route]) -> None:
    admin = team.client("anna")
    for route in routes:
        if route.method != "GET":
            continue
        got = ask(admin, route)
        assert_guarded(got)
        assert got.status_code < 500, str(route)
        assert "public" not in got.headers["cache-control"], str(route)
        head = admin.head(route.at())
        assert_guarded(head)
        assert head.status_code == got.status_code and head.content == b"", str(route)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/static/none.css", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/%2e%2e/app.py", 404),
        ("GET", "/static/..%2f..%2fetc/passwd", 404),
        ("GET", "/leaflet/", 404),
        ("GET", "/api/v1/nothing", 404),
        ("DELETE", "/claims", 405),
        ("TRACE", "/claims", 405),
        ("CONNECT", "/claims", 405),
        ("PROPFIND", "/claims", 405),
        ("OPTIONS", "/claims", 405),
        ("GET", "/claims?a=" + "x" * 20_000, 414),
        ("GET", "/%00", 400),
    ],
)
def test_errors_are_told_in_words_with_the_headers(team: Team, method: str, path: str, status: int) -> None:
    answer = team.client("anna").request(method, path)
    assert answer.status_code == status
    assert_guarded(answer)
    assert "Traceback" not in answer.text
    if path.startswith("/api/"):
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status
    else:
        assert "<h1>" in answer.text


def test_mistakes_of_the_program_are_told_without_a_trace(team: Team, caplog: pytest.LogCaptureFixture) -> None:
    client = team.client("anna")
    view = team.app.state.desk.view
    team.app.state.desk.view = None
    try:
        answer = client.get("/claims")
    finally:
        team.app.state.desk.view = view
    assert answer.status_code == 500
    assert_guarded(answer)
    assert "Traceback" not in answer.text and "NoneType" not in answer.text
    assert "NoneType" in caplog.text
    assert any(word in answer.text for word in caplog.text.split("reference ")[1].split(")")[0].split())


def test_static_files_are_open_kept_and_guarded(team: Team) -> None:
    stranger = team.client()
    plain, versioned = stranger.get("/static/desk.css"), stranger.get("/static/desk.css?v=1")
    assert plain.status_code == versioned.status_code == 200
    assert_guarded(plain)
    assert plain.headers["cache-control"] == "no-cache" and plain.headers["etag"]
    assert "immutable" in versioned.headers["cache-control"]
    assert stranger.get("/static/desk.css", headers={"if-none-match": plain.headers["etag"]}).status_code == 304
    assert "immutable" not in stranger.get("/static/none.css?v=1").headers["cache-control"]


def test_pages_name_their_styles_by_version(team: Team) -> None:
    assert "/static/desk.css?v=" in team.client("anna").get("/claims").text


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "169.254.1.1",
        "",
        "127.0.0.1:x",
        "a@127.0.0.1",
    ],
)
def test_other_names_are_not_answered(team: Team, host: str) -> None:
    """DNS rebinding: a page whose name was pointed at this machine sends its own name."""
    answer = team.client("anna").get("/claims", headers={"host": host})
    assert answer.status_code == 400
    assert_guarded(answer)
    assert "claim" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:9000", "localhost", "LOCALHOST:80", "[::1]:8017"])
def test_names_of_this_machine_are_answered(team: Team, host: str) -> None:
    assert team.client().get("/sign-in", headers={"host": host}).status_code == 200


def test_teams_choose_their_names(own_ledger: Path) -> None:
    team = Team(own_ledger, hosts=("desk.example.org",), any_number=True)
    client = team.client()
    for host, status in (("desk.example.org", 200), ("10.1.2.3:8017", 200), ("other.example.org", 400)):
        assert client.get("/sign-in", headers={"host": host}).status_code == status
    team.close()


def test_no_websocket_is_opened(team: Team) -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), team.client("anna").websocket_connect("/claims"):
        pass
