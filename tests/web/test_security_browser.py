"""Signing in, coming by a link, signing out, in a real browser: what only a browser can show of cookies and origins."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from teams import PASSWORD, Team

from dateline.web.listening import Listening, PatientProtocol, listen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def desk(own_ledger: Path) -> Iterator[Listening]:
    """A desk with people that listens."""
    team = Team(own_ledger, clock=time.time)
    made = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(team.app, http=PatientProtocol, ws="none", log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [made.socket]}, daemon=True)
    thread.start()
    yield made
    server.should_exit = True
    thread.join(10)
    team.close()


def sign_in(tab: Page, name: str, password: str = PASSWORD) -> None:
    tab.get_by_label("Name", exact=True).fill(name)
    tab.get_by_label("Password", exact=True).fill(password)
    tab.get_by_role("button", name="Sign in").click()


def serious(tab: Page) -> list[str]:
    """What axe finds serious or critical on a page."""
    found = Axe().run(tab).response["violations"]
    return [f"{tab.url}: {one['id']}" for one in found if one["impact"] in ("serious", "critical")]


def test_a_day_at_the_desk(browser: Browser, desk: Listening) -> None:
    context = browser.new_context(base_url=desk.address, viewport={"width": 375, "height": 800})
    tab = context.new_page()
    tab.goto("/claims?actor=Russia")
    found = serious(tab)
    sign_in(tab, "anna", "wrong password")
    assert tab.get_by_role("alert").inner_text() == "Name or password is wrong."
    sign_in(tab, "anna")
    assert tab.url == f"{desk.address}/claims?actor=Russia"
    (cookie,) = context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Strict", -1)
    assert tab.evaluate("document.cookie") == ""

    tab.goto("/people")
    tab.get_by_label("Name", exact=True).fill("dora")
    tab.get_by_label("First password").fill(PASSWORD)
    tab.get_by_role("button", name="Add", exact=True).click()
    assert tab.get_by_role("link", name="dora").count() == 1
    for path in ("/people", "/people/log", "/password", "/nowhere"):
        tab.goto(path)
        found += serious(tab)
    assert found == []

    tab.goto("/people")
    tab.get_by_role("button", name="Sign out").click()
    tab.wait_for_url("**/sign-in")
    tab.go_back()
    tab.wait_for_url("**/sign-in?next=**")
    context.close()


def test_a_link_from_elsewhere_opens_the_page(browser: Browser, desk: Listening) -> None:
    """`SameSite=Strict` keeps the cookie back at first: a page of ours asks again."""
    context = browser.new_context()
    context.route("http://elsewhere.example/", lambda route: route.fulfill(body=page, content_type="text/html"))
    page = f'<a href="{desk.address}/claims?actor=Russia">claims</a>'
    tab = context.new_page()
    tab.goto(f"{desk.address}/sign-in")
    sign_in(tab, "anna")
    tab.goto("http://elsewhere.example/")
    tab.get_by_role("link").click()
    tab.get_by_role("heading", name="Claims", level=1).wait_for()
    assert tab.url == f"{desk.address}/claims?actor=Russia"
    context.close()


def test_a_page_elsewhere_can_neither_write_nor_read(browser: Browser, desk: Listening) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(f"{desk.address}/sign-in")
    sign_in(tab, "anna")
    field = '<input name="name" value="mallory"><button>Go</button>'
    page = f'<form action="{desk.address}/people" method="post">{field}</form>'
    context.route("http://elsewhere.example/", lambda route: route.fulfill(body=page, content_type="text/html"))
    tab.goto("http://elsewhere.example/")
    read = f"fetch('{desk.address}/claims', {{credentials: 'include'}}).then(() => 'read', () => 'kept back')"
    assert tab.evaluate(read) == "kept back"
    tab.get_by_role("button").click()
    tab.get_by_role("heading", name="Not allowed").wait_for()
    tab.goto(f"{desk.address}/people")
    assert tab.get_by_text("mallory").count() == 0
    context.close()
