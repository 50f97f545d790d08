"""Every address of the desk that a reader can visit: the routes of the app, their ids taken from the ledger."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount, Route

MANY = 40
"""Ids of each kind that are visited."""
_TABLES = {
    "claims": "claims",
    "reports": "documents",
    "documents": "documents",
    "events": "events",
    "presence": "presences",
    "presences": "presences",
    "disputes": "disputes",
    "origins": "origins",
    "map": "presences",
    "dossier": "presences",
    "add": "documents",
}
"""The table that has the ids of a section of the address."""
_GIVEN: dict[str, tuple[str, ...]] = {
    "text": ("forces", "soldiers niger", "zhaba"),
    "q": ("forces", "soldiers niger", "zhaba"),
    "prefix": ("claim-0",),
    "host": ("NER", "FRA"),
}
"""Values of parameters that a route requires."""
_ALSO: dict[str, tuple[dict[str, str], ...]] = {
    "claims": (
        {},
        {"actor": "FRA"},
        {"host": "NER", "kind": "presence"},
        {"sort": "confidence"},
        {"sort": "-quantity", "stance": "denied"},
        {"actor": "armed forces", "sort": "actor"},
        {"text": "forces"},
        {"text": "government spokes*"},
        {"since": "2018-01-01", "until": "2018-02-01"},
        {"source": "spokesman"},
    ),
    "documents": ({}, {"outlet": "Outlet 7"}, {"text": "forces"}, {"since": "2018-01-01", "until": "2018-02-01"}),
    "events": ({}, {"host": "NER"}, {"kind": "attack"}, {"origins": "3"}, {"since": "2018-01-01"}),
    "presences": ({}, {"host": "NER"}, {"actor": "FRA"}),
    "disputes": ({}, {"host": "NER"}, {"type": "number"}),
    "origins": ({}, {"source": "Reuters"}),
    "brief": ({"host": "FRA"}, {"host": "NER", "lang": "fr"}, {"force": "FRA"}),
    "search": ({"q": "forces"}, {"q": "dor ki"}, {"text": "forces"}),
}
"""What else is asked of a listing."""
_ALSO |= {"reports": _ALSO["documents"], "presence": _ALSO["presences"]}
_PARAMETER = re.compile(r"{(\w+)(?::\w+)?}")
_LEFT_OUT = re.compile(r"export|/static|/leaflet|/sign|/password|/people|/add/|\.zip$|^/log\.")
"""Files of everything there is, dossiers, what is no page, and what only a session that adds or manages has."""
_FILE = re.compile(r"\.(csv|jsonl)$")
_SOME = {"kind": "sanction", "since": "2018-01-01", "until": "2018-01-02"}
"""What is asked of files of all that passes the filters."""


@dataclass(frozen=True)
class Visit:
    """A route and the addresses by which it is visited."""

    route: str
    addresses: tuple[str, ...]


def visits(path: Path) -> list[Visit]:
    """All that can be visited over a ledger; a route without a value for a parameter is told and left out."""
    from dateline.desk import Desk
    from dateline.store import open_store
    from dateline.web.app import create_app
    from dateline.web.settings import Settings

    store = open_store(path, create=False)
    app = create_app(Desk(store), Settings(token="none-of-this-is-served"))
    ids = _ids(path)
    found = []
    for prefix, route in _routes(app):
        if "GET" not in (route.methods or ()) or _LEFT_OUT.search(prefix + route.path):
            continue
        addresses = tuple(dict.fromkeys(_addresses(prefix, route, ids)))
        if addresses:
            found.append(Visit(prefix + route.path, addresses))
        else:
            print(f"not visited: {prefix}{route.path}")
    store.close()
    return found


def _routes(app: FastAPI) -> Iterator[tuple[str, Route]]:
    def of(prefix: str, routes: list[BaseRoute]) -> Iterator[tuple[str, Route]]:
        for route in routes:
            if isinstance(route, Mount) and hasattr(route.app, "routes"):
                yield from of(prefix + route.path, list(route.app.routes))
            elif hasattr(route, "original_router"):
                yield from of(prefix + route.include_context.prefix, list(route.original_router.routes))
            elif isinstance(route, Route):
                yield prefix, route

    yield from of("", app.routes)


def _ids(path: Path) -> dict[str, list[str]]:
    """Some ids of each table, the same in each run, among them those of the largest records."""
    found = {}
    with closing(sqlite3.connect(path)) as connection:
        for table in sorted(set(_TABLES.values())):
            some = f"SELECT id FROM {table} ORDER BY substr(id, -6) LIMIT {MANY}"
            found[table] = [row[0] for row in connection.execute(some)]
        for table in ("events", "presences", "disputes", "origins"):
            large = f"SELECT id FROM {table} ORDER BY length(record) DESC LIMIT 3"
            found[table] += [row[0] for row in connection.execute(large)]
        pairs = (
            "SELECT origin, min(document), max(document) FROM origin_documents GROUP BY origin "
            f"HAVING count(*) > 1 LIMIT {MANY}"
        )
        found["compare"] = [f"{row[0]}/compare?a={row[1]}&b={row[2]}" for row in connection.execute(pairs)]
        outlets = "SELECT outlet, count(*) FROM documents GROUP BY outlet ORDER BY 2 DESC LIMIT 10"
        found["sources"] = [row[0] for row in connection.execute(outlets)]
    return found


def _addresses(prefix: str, route: Route, ids: dict[str, list[str]]) -> Iterator[str]:
    path = prefix + route.path
    names = _PARAMETER.findall(path)
    section = next((part for part in path.split("/") if part in _TABLES or part in ("sources", "search", "brief")), "")
    if len(names) > 1:
        return
    if names:
        known = ids["sources"] if section == "sources" else ids.get(_TABLES.get(section, ""), [])
        if path.endswith("/compare"):
            yield from (path.partition("{")[0] + pair for pair in ids["compare"])
            return
        for key in known:
            yield _PARAMETER.sub(quote(key, safe=""), path)
        return
    taken, required = (set(), set()) if _FILE.search(path) else _parameters(route)
    also = [{}, *_ALSO.get(section, ())] if not required and section != "brief" else list(_ALSO.get(section, ()))
    also = [_SOME] if _FILE.search(path) else also
    for given in also:
        filled = required - set(given)
        if (set(given) <= taken or not taken) and filled <= set(_GIVEN):
            for at in range(max((len(_GIVEN[name]) for name in filled), default=1)):
                values = given | {name: _GIVEN[name][at % len(_GIVEN[name])] for name in filled}
                yield f"{path}?{urlencode(values)}" if values else path


def _parameters(route: Route) -> tuple[set[str], set[str]]:
    """The query parameters that a route takes, and those it requires."""
    if not isinstance(route, APIRoute):
        return set(), set()
    waiting, taken, required = [route.dependant], set[str](), set[str]()
    while waiting:
        dependant = waiting.pop()
        waiting += dependant.dependencies
        for parameter in dependant.query_params:
            fields = getattr(parameter.field_info.annotation, "model_fields", None)
            some = {parameter.alias: parameter} if fields is None else fields
            for name, one in some.items():
                taken.add(name)
                if one.is_required() if fields is not None else one.field_info.is_required():
                    required.add(name)
    return taken, required
