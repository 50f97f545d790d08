"""The world of the watch in tests: a clock that never waits, and a server here that answers as it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from dateline.ledger import Ledger
from dateline.model import Document, Issue
from dateline.store import open_store
from dateline.store.addresses import address_of
from dateline.watch.fetching import Web
from dateline.watch.passes import Watch
from dateline.watch.settings import Limits, settings
from dateline.watch.watching import Outside, opened

HOST = "news.example"
START = 1_714_824_000.0
"""2024-05-04 12:00 UTC."""


class FakeClock:
    """Time that goes on only when it is told to, or by `tick` seconds whenever the time limit is looked at."""

    def __init__(self, tick: float = 0.0) -> None:
        self.time = START
        self.tick = tick
        self.slept: list[float] = []
        self._monotonic = 0.0

    def now(self) -> float:
        return self.time

    def monotonic(self) -> float:
        self._monotonic += self.tick
        return self._monotonic

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def chance(self) -> float:
        return 0.5


Answers = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers by the routes of its site; the log keeps every request with its headers."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        answer = self.site.routes.get(self.path)
        if answer is None:
            self.reply(404, b"nothing here")
        else:
            answer(self)

    def do_POST(self) -> None:
        self.site.posted.append(self.rfile.read(int(self.headers.get("content-length", "0"))))
        self.do_GET()

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A well-formed answer; underscores in names of headers stand for hyphens."""
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def raw(self, data: bytes) -> None:
        """Bytes as they are, then the end of the connection."""
        self.wfile.write(data)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@dataclass
class Site:
    """A server: what it answers by path, and what it was asked."""

    port: int = 0
    routes: dict[str, Answers] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    posted: list[bytes] = field(default_factory=list)

    def url(self, path: str, host: str = HOST) -> str:
        return f"http://{host}:{self.port}{path}"

    def serve(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> None:
        """Answer a path with a body."""
        data = body.encode() if isinstance(body, str) else body
        self.routes[path] = lambda handler: handler.reply(status, data, **headers)

    def raw(self, path: str, data: bytes) -> None:
        """Answer a path with bytes that need be no HTTP."""
        self.routes[path] = lambda handler: handler.raw(data)

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def web(self, clock: FakeClock | None = None, **limits: Any) -> Web:
        """The web with this server under its name."""
        bounds = Limits(**{"connect": 5.0, "read": 5.0, **limits})
        return Web(bounds, "dateline/test (+desk@example.org)", frozenset({HOST}), clock or FakeClock(), self.resolve)

    def resolve(self, host: str, port: int) -> list[str]:
        """This machine under some names, a private address under another."""
        known = {HOST: "127.0.0.1", "other.example": "127.0.0.1", "intranet.example": "10.0.0.7"}
        if host not in known:
            raise OSError("Name or service not known")
        return [known[host]]


@contextmanager
def running(site: Site) -> Iterator[Site]:
    """The site on a port of this machine."""

    class Bound(Handler):
        pass

    Bound.site = site
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class World:
    """A watch of a ledger in a folder, over a site, with what it told."""

    site: Site
    folder: Path
    place: str | None = None
    clock: FakeClock = field(default_factory=FakeClock)
    told: list[Issue] = field(default_factory=list)
    stop: bool = False

    @property
    def ledger(self) -> str:
        """Where its ledger is: in the folder, unless it was given a place."""
        return self.place or str(self.folder / "ledger.db")

    @property
    def state(self) -> Path:
        """The file of what the watch has seen."""
        return Path(f"{address_of(self.ledger).beside}.watch.db")

    @contextmanager
    def watch(self, text: str) -> Iterator[Watch]:
        """The watch that a feeds file asks for; SITE in it is the address of the site."""
        head = 'contact = "desk@example.org"\nallow = ["news.example"]\n'
        found = settings(head + text.replace("SITE", self.site.url("")), self.folder)
        outside = Outside(self.clock, self.told.append, lambda: self.stop, self.site.resolve)
        store = open_store(self.ledger, create=True)
        try:
            with opened(found, store, outside) as watch:
                yield watch
        finally:
            store.close()

    def documents(self) -> list[Document]:
        """The documents of its ledger."""
        with Ledger(self.ledger) as ledger:
            return list(ledger.documents())

    def once(self, text: str) -> Any:
        """One pass, the watch opened and closed around it."""
        with self.watch(text) as watch:
            return watch.once()


def page(title: str, *paragraphs: str, head: str = "") -> str:
    """A page with a report on it."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def rss(*items: str) -> str:
    """An RSS feed of items."""
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title>{"".join(items)}</channel></rss>'


def item(number: int, link: str, more: str = "") -> str:
    """An item of an RSS feed."""
    return f"<item><guid>tag:{number}</guid><title>Report {number}</title><link>{link}</link>{more}</item>"


NIGER = (
    "NIAMEY, Niger — France has withdrawn its last 1,500 soldiers from Niger, the French army said on Friday.",
    "About 100 Russian instructors arrived in Niamey on April 10, Niger state television reported.",
)
"""A report that gives claims."""
