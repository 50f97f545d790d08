"""Who is let in, as whom, for how long: start-up token, names and passwords, tokens of scripts."""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from teams import PASSWORD, Team, csrf, sign_in

from dateline.desk import Desk
from dateline.people import Deed, Role
from dateline.store import open_store
from dateline.web.app import create_app
from dateline.web.settings import Settings

TOKEN = "a-token-of-these-tests-only"
HTML = {"accept": "text/html"}


@pytest.fixture
def alone(examples_ledger: Path) -> Iterator[TestClient]:
    """A client of a desk with a start-up token; not signed in."""
    store = open_store(examples_ledger, create=False)
    app = create_app(Desk(store), Settings(token=TOKEN))
    yield TestClient(app, base_url="http://127.0.0.1:8017", follow_redirects=False)
    store.close()


@pytest.fixture
def team(own_ledger: Path) -> Iterator[Team]:
    made = Team(own_ledger)
    yield made
    made.close()


def door_of(client: TestClient) -> str:
    """The cookie of the form of signing in."""
    client.get("/sign-in")
    return str(client.cookies["dateline-80-door"])


def session_of(answer: Any) -> str:
    """The id of the session that an answer begins."""
    cookies = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        cookies.load(header)
    return cookies["dateline-80"].value


def test_the_token_opens_the_desk_and_leaves_the_address(alone: TestClient) -> None:
    answer = alone.get("/claims", params={"token": TOKEN, "actor": "Russia"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/claims?actor=Russia"
    cookie = next(iter(SimpleCookie(answer.headers["set-cookie"]).values()))
    assert cookie["httponly"] and cookie["samesite"].lower() == "strict" and cookie["path"] == "/"
    assert TOKEN not in answer.headers["set-cookie"]
    assert alone.get("/claims").status_code == 200


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "\ud7ff\u00e9", "%00"])
def test_another_token_opens_nothing(alone: TestClient, token: str) -> None:
    answer = alone.get("/claims", params={"token": token}, headers=HTML)
    assert answer.status_code == 401 and "set-cookie" not in answer.headers
    assert alone.get("/claims", headers={"authorization": f"Bearer {token}".encode()}).status_code == 401


def test_an_empty_token_opens_nothing(examples_ledger: Path) -> None:
    store = open_store(examples_ledger, create=False)
    client = TestClient(create_app(Desk(store), Settings(token="")), base_url="http://127.0.0.1")
    assert client.get("/claims", params={"token": ""}).status_code == 401
    assert client.get("/claims", headers={"authorization": "Bearer "}).status_code == 401
    store.close()


def test_the_token_leads_nowhere_else(alone: TestClient) -> None:
    answer = alone.get(f"//evil.example/?token={TOKEN}")
    assert answer.headers.get("location", "/").startswith("/") and "evil" not in answer.headers.get("location", "/")


def test_whoever_comes_without_it_is_told_how_to_come_in(alone: TestClient) -> None:
    answer = alone.get("/claims", headers=HTML)
    assert answer.status_code == 401 and "dateline serve" in answer.text
    assert 'href="/claims"' not in answer.text


def test_a_script_brings_the_token_as_a_bearer(alone: TestClient) -> None:
    assert alone.get("/claims", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    answer = alone.get("/claims")
    assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"


def test_desks_at_two_ports_have_two_cookies(alone: TestClient) -> None:
    answer = alone.get("/", params={"token": TOKEN})
    assert answer.headers["set-cookie"].startswith("dateline-8017=")


def test_over_tls_the_cookie_is_bound_to_host_and_tls(team: Team) -> None:
    client = team.client(base="https://127.0.0.1")
    cookies = sign_in(client, "anna").headers.get_list("set-cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("__Host-dateline="))
    assert "secure" in session.lower() and "path=/" in session.lower() and "domain" not in session.lower()
    assert "max-age=" in client.get("/claims").headers["strict-transport-security"]


def test_with_people_the_token_opens_nothing(own_ledger: Path) -> None:
    team = Team(own_ledger, token=TOKEN)
    client = team.client()
    assert client.get("/claims", params={"token": TOKEN}).status_code == 401
    assert client.get("/claims", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 401
    team.close()


def test_a_person_signs_in_and_lands_where_he_wanted(team: Team) -> None:
    client = team.client()
    sent = client.get("/claims?actor=Russia", headers=HTML)
    assert sent.headers["location"] == "/sign-in?next=%2Fclaims%3Factor%3DRussia"
    answer = sign_in(client, "Anna", next="/claims?actor=Russia")
    assert answer.status_code == 303 and answer.headers["location"] == "/claims?actor=Russia"
    assert client.get("/claims").status_code == 200


@pytest.mark.parametrize(
    "away", ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil", "/a\r\nb: c"]
)
def test_signing_in_leads_to_no_other_site(team: Team, away: str) -> None:
    assert sign_in(team.client(), "anna", next=away).headers["location"] == "/"


def test_a_wrong_name_and_a_wrong_password_look_alike(team: Team) -> None:
    client = team.client()
    known, unknown = sign_in(client, "anna", "wrong password"), sign_in(client, "zora", "wrong password")
    assert known.status_code == unknown.status_code == 401
    assert known.text.replace("anna", "") == unknown.text.replace("zora", "")
    assert client.get("/claims").status_code == 401


def test_a_password_is_never_shown_again(team: Team) -> None:
    answer = sign_in(team.client(), "anna", "wrong but secret")
    assert "wrong but secret" not in answer.text
    assert all("secret" not in line.detail for line in team.deeds.lines())


def test_signing_in_needs_the_token_of_its_form(team: Team) -> None:
    client = team.client()
    client.get("/sign-in")
    form = {"name": "anna", "password": PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 403
    assert client.post("/sign-in", data=form | {"csrf": csrf(team.client(), "/sign-in")}).status_code == 403
    assert client.post("/sign-in", data=form | {"csrf": ""}).status_code == 403
    fresh = team.client()
    assert fresh.post("/sign-in", data=form | {"csrf": ""}).status_code == 403
    assert fresh.post("/sign-in", data=form).status_code == 403


def test_the_id_of_a_session_is_new_at_sign_in(team: Team) -> None:
    """Session fixation: an id that somebody else planted, or held before, is worth nothing afterwards."""
    planted = {"cookie": "dateline-80=planted"}
    victim = team.client()
    door = {"cookie": f"dateline-80=planted; dateline-80-door={door_of(victim)}"}
    form = {"csrf": csrf(victim, "/sign-in"), "name": "anna", "password": PASSWORD}
    answer = team.client().post("/sign-in", data=form, headers=door)
    assert answer.status_code == 303
    assert session_of(answer) != "planted"
    assert team.client().get("/claims", headers=planted).status_code == 401
    first = team.client("bela").cookies["dateline-80"]
    assert team.client("bela").cookies["dateline-80"] != first


def test_signing_out_ends_the_session_on_the_server(team: Team) -> None:
    client = team.client("anna")
    kept = client.cookies["dateline-80"]
    assert client.post("/sign-out", data={"csrf": csrf(client)}).status_code == 303
    client.cookies.clear()
    client.cookies.set("dateline-80", kept)
    assert client.get("/claims").status_code == 401


def test_signing_out_of_the_desk_with_a_token(alone: TestClient) -> None:
    alone.get("/", params={"token": TOKEN})
    kept = alone.cookies["dateline-8017"]
    assert "Signed out" in alone.post("/sign-out", data={"csrf": csrf(alone)}).text
    alone.cookies.set("dateline-8017", kept)
    assert alone.get("/claims").status_code == 401


def test_a_session_ends_after_a_while(team: Team) -> None:
    client = team.client("anna")
    team.clock.now += 8 * 3600
    assert client.get("/claims").status_code == 401


@pytest.mark.parametrize("how", ["password", "role"])
def test_a_change_by_an_admin_ends_the_sessions(team: Team, how: str) -> None:
    bela, anna = team.client("bela"), team.client("anna")
    form = {"csrf": csrf(anna), "password": "some other long words", "role": "reader"}
    assert anna.post(f"/people/bela/{how}", data=form).status_code == 303
    assert bela.get("/claims").status_code == 401
    assert anna.get("/claims").status_code == 200


def test_ones_own_password_is_changed_with_the_present_one(team: Team) -> None:
    here, elsewhere = team.client("bela"), team.client("bela")
    new = "some other long words"
    form = {"csrf": csrf(here), "old": "wrong password", "new": new, "again": new}
    assert "present password is wrong" in here.post("/password", data=form).text
    old = here.cookies["dateline-80"]
    assert here.post("/password", data=form | {"old": PASSWORD, "again": "x"}).status_code == 422
    assert here.post("/password", data=form | {"old": PASSWORD, "new": "short", "again": "short"}).status_code == 422
    assert here.post("/password", data=form | {"old": PASSWORD}).status_code == 303
    assert here.cookies["dateline-80"] != old
    assert here.get("/claims").status_code == 200
    assert elsewhere.get("/claims").status_code == 401
    assert sign_in(team.client(), "bela").status_code == 401
    assert sign_in(team.client(), "bela", new).status_code == 303


def test_after_five_failures_a_name_waits(team: Team) -> None:
    client = team.client()
    for _ in range(5):
        assert sign_in(client, "anna", "wrong password").status_code == 401
    refused = sign_in(client, "ANNA")
    assert refused.status_code == 429 and 0 < int(refused.headers["retry-after"]) <= 900
    assert sign_in(client, "bela").status_code == 303
    team.clock.now += 900
    assert sign_in(team.client(), "anna").status_code == 303


def test_an_address_waits_whatever_names_it_tries(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team.app.state.gate.register, "checked", lambda name, password: None)
    client = team.client()
    answers = [sign_in(client, f"name{number}", "wrong password").status_code for number in range(32)]
    assert answers == [401] * 30 + [429] * 2
    monkeypatch.undo()
    stranger = TestClient(team.app, base_url="http://127.0.0.1", client=("10.0.0.9", 1), follow_redirects=False)
    assert sign_in(stranger, "anna").status_code == 303


def test_guessing_the_present_password_is_slowed_too(team: Team) -> None:
    client = team.client("bela")
    form = {"csrf": csrf(client), "old": "wrong password", "new": "some other words", "again": "some other words"}
    assert [client.post("/password", data=form).status_code for _ in range(6)] == [422] * 5 + [429]


def test_tokens_of_scripts_need_no_csrf_and_have_the_role_of_their_person(team: Team) -> None:
    client = team.client()
    admin, reader = ({"authorization": f"Bearer {team.tokens.make(name)}"} for name in ("anna", "carl"))
    form = {"name": "dora", "role": "reader", "password": PASSWORD}
    assert client.get("/claims", headers=reader).status_code == 200
    assert client.post("/people", data=form, headers=reader).status_code == 403
    assert client.post("/people", data=form, headers=admin).status_code == 303
    assert team.register.account("dora") is not None


def test_a_cookie_does_not_help_a_wrong_bearer(team: Team) -> None:
    client = team.client("anna")
    assert client.get("/claims", headers={"authorization": "Bearer wrong"}).status_code == 401
    form = {"name": "dora", "role": "reader", "password": PASSWORD}
    assert client.post("/people", data=form, headers={"authorization": "Basic eDp5"}).status_code == 403


def test_where_it_is_only_read_nobody_writes(own_ledger: Path) -> None:
    team = Team(own_ledger, read_only=True)
    client = team.client("anna")
    form = {"csrf": csrf(client), "name": "dora", "role": "reader", "password": PASSWORD}
    assert client.get("/claims").status_code == 200
    assert client.post("/people", data=form).status_code == 403
    assert client.post("/sign-out", data=form).status_code == 303
    team.close()


def test_admins_see_who_did_what(team: Team) -> None:
    anna, carl = team.client("anna"), team.client("carl")
    sign_in(team.client(), "carl", "wrong password")
    sign_in(team.client(), "my password by mistake", "wrong password")
    anna.post("/people", data={"csrf": csrf(anna), "name": "dora", "role": "reader", "password": PASSWORD})
    carl.post("/people", data={"csrf": csrf(carl)})
    lines = [(line.name, line.what) for line in team.deeds.lines()]
    assert ("carl", Deed.FAILED) in lines and ("(unknown)", Deed.FAILED) in lines
    assert ("anna", Deed.CHANGED_PEOPLE) in lines and ("carl", Deed.REFUSED) in lines
    shown = anna.get("/people/log").text
    assert "added dora as reader" in shown and "by mistake" not in shown
    assert carl.get("/people/log").status_code == 403
    assert "added dora" not in anna.get("/people/log?name=carl").text


def test_admins_manage_people_on_the_page(team: Team) -> None:
    anna = team.client("anna")
    token = {"csrf": csrf(anna)}
    assert anna.post("/people/carl/disabled", data=token).status_code == 303
    assert sign_in(team.client(), "carl").status_code == 401
    assert anna.post("/people/carl/disabled", data=token | {"disabled": "no"}).status_code == 303
    assert sign_in(team.client(), "carl").status_code == 303
    last = anna.post("/people/anna/role", data=token | {"role": "reader"})
    assert last.status_code == 422 and "no admin left" in last.text
    assert anna.post("/people/nobody/role", data=token | {"role": "reader"}).status_code == 422
    assert anna.post("/people/carl/role", data=token | {"role": "owner"}).status_code == 422
    account = team.register.account("anna")
    assert account is not None and account.role is Role.ADMIN
