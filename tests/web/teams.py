"""A desk with people, and what the tests of its wall need: a clock that is set by hand, forms, routes of the app."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient

from dateline.desk import Desk
from dateline.people import ApiTokens, Deeds, PeopleFile, Register, Role, people_path
from dateline.people.passwords import hashed
from dateline.store import open_store
from dateline.web.app import create_app
from dateline.web.settings import Limits, Settings

PASSWORD = "a few long words"
PEOPLE = {"anna": Role.ADMIN, "bela": Role.ANALYST, "carl": Role.READER}
WIDE = Limits(requests=1_000_000)


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


class Team:
    """A desk where anna (admin), bela (analyst) and carl (reader) sign in."""

    def __init__(self, ledger: Path, **settings: Any) -> None:
        self.clock = SetClock()
        self.file = PeopleFile(people_path(ledger), create=True)
        self.register = Register(self.file, self.clock)
        self.tokens = ApiTokens(self.file, self.clock)
        self.deeds = Deeds(self.file, self.clock)
        for name, role in PEOPLE.items():
            self.register.vouch(name, role)
        with self.file.writing() as connection:
            connection.execute("UPDATE people SET password = ?", (_stored(),))
        chosen = {"people": people_path(ledger), "limits": WIDE, "clock": self.clock} | settings
        self.store = open_store(ledger, create=False)
        self.app = create_app(Desk(self.store), Settings(**chosen))

    def client(self, name: str | None = None, *, base: str = "http://127.0.0.1") -> TestClient:
        """A client, signed in as somebody."""
        made = TestClient(self.app, base_url=base, follow_redirects=False)
        if name is not None:
            answer = sign_in(made, name)
            assert answer.status_code == 303, answer.text
        return made

    def close(self) -> None:
        """Let go of the files."""
        self.file.close()
        self.store.close()


@cache
def _stored() -> str:
    """The password of everybody as it is stored, made once: making it is slow on purpose."""
    return hashed(PASSWORD, name="")


def sign_in(client: TestClient, name: str, password: str = PASSWORD, **form: str) -> Any:
    """What the form of signing in answers."""
    given = {"csrf": csrf(client, "/sign-in"), "name": name, "password": password} | form
    return client.post("/sign-in", data=given)


def csrf(client: TestClient, path: str = "/password") -> str:
    """The token that a page gives to its forms."""
    found = re.search(r'<meta name="csrf" content="([^"]*)"', client.get(path).text)
    assert found is not None
    return found[1]


@dataclass(frozen=True)
class Route:
    """A route of the app as a client sees it: its address with names in braces, its method, the names it reads."""

    method: str
    path: str
    query: tuple[str, ...] = ()
    form: tuple[str, ...] = ()

    def at(self, value: str = "none") -> str:
        """An address of the route."""
        return re.sub(r"{[^}]*}", value, self.path)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def routes_of(app: FastAPI) -> Iterator[Route]:
    """Every route, those of included routers and apps too; files of the program are not among them."""
    for context in iter_route_contexts(app.routes):
        inner = getattr(context.original_route, "app", None)
        if isinstance(inner, FastAPI):
            yield from (replace(one, path=f"{context.path}{one.path}") for one in routes_of(inner))
            continue
        path, methods = context.path, context.methods
        if path is None or methods is None:
            continue
        asked = list(_dependants(getattr(context, "dependant", None)))
        made = Route(
            "",
            path,
            tuple(name for one in asked for given in one.query_params for name in _inner(given)),
            tuple(name for one in asked for given in one.body_params for name in _inner(given)),
        )
        yield from (replace(made, method=method) for method in sorted(methods - {"HEAD", "OPTIONS"}))


def _dependants(dependant: Any) -> Iterator[Any]:
    if dependant is not None:
        yield dependant
        for one in dependant.dependencies:
            yield from _dependants(one)


def _inner(parameter: Any) -> list[str]:
    """The names a parameter is read by: those of its model's fields, where it is a model."""
    fields = getattr(parameter.field_info.annotation, "model_fields", None)
    return [parameter.alias] if fields is None else [one.alias or name for name, one in fields.items()]


@dataclass
class Form:
    """A form of a page."""

    action: str
    method: str
    fields: dict[str, str]
    files: list[str]


class PageParser(HTMLParser):
    """Elements, texts and forms of a page, as a browser would take them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element, and what it is to a form."""
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower(), {}, []))
        elif tag in ("input", "select", "textarea", "button") and self.forms and given.get("name"):
            files = given.get("type") == "file"
            self.forms[-1].files.append(given["name"]) if files else None
            if not files:
                self.forms[-1].fields.setdefault(given["name"], given.get("value", ""))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data)


def parsed(text: str) -> PageParser:
    """A page, taken apart."""
    parser = PageParser()
    parser.feed(text)
    parser.close()
    return parser
