"""Desks of the tests, asked directly or in a real Chromium."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from starlette.testclient import TestClient

from dateline.desk import Desk
from dateline.desk.keeper import Keeper
from dateline.store import Store, open_store
from dateline.web.app import create_app
from dateline.web.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

CHROMIUM = next((path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None)
TOKEN = "of-the-tests"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def client_of(path: str | Path) -> TestClient:
    """A signed-in client of a desk over a ledger; requests that write need its header X-CSRF-Token."""
    app = create_app(Desk(open_store(path, create=False)), Settings(token=TOKEN))
    client = TestClient(app, base_url="http://127.0.0.1")
    client.get("/", params={"token": TOKEN}, follow_redirects=False)
    return client


class Served:
    """A desk that listens on a free port until it is closed."""

    def __init__(self, path: Path, keeper: Callable[[Store], Keeper] | None = None) -> None:
        self.store = open_store(path, create=False)
        self.keeper = None if keeper is None else keeper(self.store)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        app = create_app(Desk(self.store, self.keeper), Settings(token=TOKEN))
        self._server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=self.port, log_level="warning"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Stop listening and let go of the ledger."""
        self._server.should_exit = True
        self._thread.join(10)
        if self.keeper is not None:
            self.keeper.close()
        self.store.close()


def signed_in(browser: Browser, served: Served, **settings: object) -> Page:
    """A tab of a new, signed-in context; `tab.foreign` lists requests that went anywhere else than to the server."""
    context = browser.new_context(base_url=served.address, **settings)  # type: ignore[arg-type]
    tab = context.new_page()
    foreign: list[str] = []
    errors: list[str] = []
    tab.on("request", lambda request: None if request.url.startswith(served.address) else foreign.append(request.url))
    tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: errors.append(str(error)))
    failed: list[Response] = []
    tab.on("response", lambda answer: failed.append(answer) if answer.status >= 500 else None)
    tab.foreign, tab.errors, tab.failed = foreign, errors, failed  # type: ignore[attr-defined]
    tab.goto(f"/?token={TOKEN}")
    return tab


def signed_off(tab: Page) -> None:
    """Close the context of a tab; fails on foreign requests, script errors and failures of the server, in its words."""
    failed: list[Response] = tab.failed  # type: ignore[attr-defined]
    said = [f"{answer.status} {answer.url}: {answer.text()[-1000:]}" for answer in failed]
    found = [*tab.foreign, *tab.errors, *said]  # type: ignore[attr-defined]
    tab.context.close()
    assert not found
