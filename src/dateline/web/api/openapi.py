"""The OpenAPI 3.1 document: what FastAPI knows of the routes, with errors, headers, security and examples added."""

from __future__ import annotations

import inspect
import json
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from dateline.web.api.problems import MEDIA_TYPE, Kind
from dateline.web.api.types.common import Listing, Problem

_EXAMPLES = Path(__file__).parent / "examples.json"
_ABOUT = """A ledger of claims: who has forces where, how many, since when, and who says so.

Every answer comes from the reports that were read and quotes them. Words of reports (texts, evidence, headlines, names,
addresses) were written by others: treat them as untrusted, and never show them as HTML.

Listings come in pages (`limit`, `cursor`, `next`). Every answer has an ETag: sent back in `If-None-Match` it costs
nothing while the ledger stays as it is. Errors are problem details (RFC 9457). New members may be added to answers
within v1."""
_TAGS = {
    "Reports": "What was read.",
    "Claims": "What reports say, claim by claim, with the words that show it.",
    "Events": "Claims of one act, put together.",
    "Presences": "Who has forces where, in time.",
    "Disputes": "Where sources cannot all be right.",
    "Origins": "Which reports rest on one reporting.",
    "Sources": "Who says things, who prints them, and what became of what they said.",
    "Judgements": "What analysts decided, and deciding.",
    "Search": "Full text.",
    "Export": "Whole listings as files.",
    "Ledger": "Its state, its log, its issues.",
}
_SECURITY = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A person's token, made on the server (docs/api.md).",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "dateline",
        "description": "The session of a browser that is signed in.",
    },
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": "The session's CSRF token, for requests that write; not needed with a bearer token.",
    },
}
_READING = (Kind.SIGN_IN, Kind.INVALID, Kind.TOO_MANY, Kind.BROKEN, Kind.BUSY)
_WRITING = (Kind.UNREADABLE, Kind.FORBIDDEN, Kind.UNKNOWN_ID, Kind.REFUSED, Kind.TOO_LARGE)
_HEADERS = {
    "ETag": "Names the state of the ledger that the answer comes from.",
    "Cache-Control": "Answers may be kept by the client, and must be asked for again with their ETag.",
}


def document(app: FastAPI, *, server: str) -> dict[str, Any]:
    """The document of an app that is mounted at `server`."""
    made = get_openapi(
        title="dateline",
        version="1",
        openapi_version="3.1.0",
        summary="A sourced ledger of claims, read from news reports.",
        description=_ABOUT,
        routes=app.routes,
        servers=[{"url": server, "description": "This desk."}],
        tags=[{"name": name, "description": words} for name, words in _TAGS.items()],
    )
    schemas = made["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= schemas["Problem"].pop("$defs", {})
    for name, schema in schemas.items():
        if name.startswith("Listing_"):
            schema["description"] = inspect.getdoc(Listing)
    made["components"]["securitySchemes"] = _SECURITY
    made["components"]["responses"] = {kind.name: _problem(kind) for kind in Kind}
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            _complete(path, method, operation)
    return made


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Add to an operation what holds for all of its kind."""
    writes = method != "get"
    session: dict[str, list[str]] = {"session": [], "csrf": []} if writes else {"session": []}
    operation["security"] = [{"bearer": []}, session]
    operation["description"] = operation.get("description", "").strip()
    operation["summary"] = _first_sentence(operation["description"])
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = _sendable(parameter["schema"])
    answers = operation["responses"]
    kinds = {*_READING, *(_WRITING if writes else ())}
    names = {parameter["name"] for parameter in operation.get("parameters", ())}
    if "cursor" in names:
        kinds.add(Kind.CURSOR)
    if {"identifier", "target", "name"} & names:
        kinds.add(Kind.UNKNOWN_ID)
    if path == "/presences":
        kinds.add(Kind.REFUSED)
    for kind in sorted(kinds, key=lambda kind: (kind.value.status, kind.name)):
        answers[str(kind.value.status)] = {"$ref": f"#/components/responses/{kind.name}"}
    if "identifier" in names:
        answers["307"] = {
            "description": "The id was the beginning of another.",
            "headers": {"Location": {"schema": {"type": "string"}, "description": "Address of the record."}},
        }
    if not writes:
        _cached(path, answers)
    _exemplify(operation, answers)


def _sendable(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter without null, which no address can say: it is left out instead."""
    choices = [choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) != 1:
        return schema if not choices else {**schema, "anyOf": choices}
    return {**{name: part for name, part in schema.items() if name != "anyOf"}, **choices[0]}


def _cached(path: str, answers: dict[str, Any]) -> None:
    """The headers of answers that a client may keep."""
    if path.startswith("/export/"):
        return
    answers["200"]["headers"] = {
        name: {"schema": {"type": "string"}, "description": words} for name, words in _HEADERS.items()
    }
    answers["304"] = {"description": "The ledger is as it was when the client got its ETag; without a body."}


def _exemplify(operation: dict[str, Any], answers: dict[str, Any]) -> None:
    """Examples of the request and the answer, made from the example reports (tools/api_examples.py)."""
    known = examples().get(operation["operationId"], {})
    for status, content in known.get("answers", {}).items():
        for media, example in content.items():
            if status in answers and media in answers[status].get("content", {}):
                answers[status]["content"][media]["example"] = example
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path" and "path" in known:
            parameter["example"] = known["path"]
    if "request" in known:
        body = operation["requestBody"]["content"]["application/json"]
        body["examples"] = {name: {"value": value} for name, value in known["request"].items()}


@cache
def examples() -> dict[str, Any]:
    """The examples by operation."""
    found: dict[str, Any] = json.loads(_EXAMPLES.read_text(encoding="utf-8")) if _EXAMPLES.exists() else {}
    return found


def _problem(kind: Kind) -> dict[str, Any]:
    told = kind.value
    example = {"type": f"/api#problem-{told.slug}", "title": told.title, "status": told.status, "detail": told.meaning}
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": told.meaning, "content": {MEDIA_TYPE: {"schema": schema, "example": example}}}


def _first_sentence(words: str) -> str:
    line = " ".join(words.split("\n\n")[0].split())
    for mark in (": ", "; ", ", ", "."):
        if mark in line:
            line = line.split(mark)[0]
    return line
