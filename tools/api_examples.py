#!/usr/bin/env python3
"""Write `src/dateline/web/api/examples.json`: the examples of the OpenAPI document, answers from the example reports.

    PYTHONPATH=src python tools/api_examples.py [OUT]

Reads examples/niger-2024 into a ledger in a temporary folder, asks each operation of the interface once and keeps the
answer with its lists and long texts cut. Needs Starlette's TestClient (the development requirements).
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from dateline.desk import Desk
from dateline.desk.sources import sources
from dateline.ledger import Ledger
from dateline.store import Filters, open_store
from dateline.web.app import create_app
from dateline.web.settings import Settings

ROOT = Path(__file__).parent.parent
OUT = ROOT / "src" / "dateline" / "web" / "api" / "examples.json"
AT = "/api/v1"
JUDGEMENT = "judgement-52f0c1a9e7d34b6f8a10"
LONGEST = 400
"""Characters of a text that an example keeps."""


def main() -> None:
    """Ask, cut and write."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "examples.db"
        with Ledger(path) as ledger:
            ledger.add(ROOT / "examples" / "niger-2024")
            ledger.disputes()
        store = open_store(path, create=False)
        try:
            found = examples(Desk(store))
        finally:
            store.close()
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    out.write_text(_timeless(json.dumps(found, ensure_ascii=False, indent=1)) + "\n", encoding="utf-8")


def _timeless(text: str) -> str:
    """The examples without the moment they were made at and who made them."""
    text = re.sub(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", "2024-05-06T09:30:00.000000Z", text)
    text = re.sub(r"judgement-[0-9a-f]{20}", JUDGEMENT, text)
    text = re.sub(r"\(judgement-[0-9a-f]{8}\)", f"({JUDGEMENT[:18]})", text)
    return re.sub(r'"analyst": "[^"]*"', '"analyst": "anna"', text)


def examples(desk: Desk) -> dict[str, Any]:
    """The examples by operation: `path`, `request` and `answers`."""
    client = TestClient(create_app(desk, Settings(token="examples")), base_url="http://127.0.0.1")
    client.headers["authorization"] = "Bearer examples"
    ids = identifiers(desk)
    requests = judgements(ids)
    posted = client.post(f"{AT}/judgements", json=requests["note"])
    found: dict[str, Any] = {"judge": {"request": requests, "answers": {"201": _json(posted.json())}}}
    ids["judgements"] = posted.json()["judgements"][0]["id"]
    document = client.get(f"{AT}/openapi.json").json()
    for path, methods in document["paths"].items():
        operation = methods.get("get")
        if operation is None:
            continue
        name = operation["operationId"]
        identifier = ids.get(path.split("/")[1]) if "{" in path else None
        asked = re.sub(r"\{\w+\}", identifier or "", path)
        answer = client.get(f"{AT}{asked}", params={"q": "Agadez"} if name == "search" else {"limit": 1})
        if path.startswith("/export/") or answer.status_code == 422:
            answer = client.get(f"{AT}{asked}")
        found[name] = {"answers": {"200": _content(answer)}}
        if identifier is not None:
            found[name]["path"] = identifier
    return found


def identifiers(desk: Desk) -> dict[str, str]:
    """An id of each kind of record."""
    few = Filters(limit=3)
    view = desk.view
    return {
        "sources": sources(desk).rows[0].name,
        "claims": view.claims(few).rows[0].id,
        "documents": view.documents(few).rows[0].id,
        "events": max(view.events().rows, key=lambda event: (event.origins, event.id)).id,
        "presences": max(view.presences().rows, key=lambda presence: (len(presence.series), presence.id)).id,
        "disputes": view.disputes(few).rows[0].id,
        "origins": view.origins(few).rows[0].id,
    }


def judgements(ids: dict[str, str]) -> dict[str, Any]:
    """A request for each verdict."""
    claim, why = ids["claims"], "seen in the original"
    made: dict[str, dict[str, Any]] = {
        "note": {"id": claim, "text": "ask the embassy"},
        "accept": {"claims": [claim], "reason": why},
        "reject": {"claims": [claim], "reason": "misread: the town is meant, not the base"},
        "correct": {"claim": claim, "changes": [{"slot": "place", "to": "Agadez"}], "reason": "named further down"},
        "merge": {"ids": [ids["events"], claim], "reason": "one convoy, reported on two days"},
        "split": {"ids": [claim], "reason": "the flight of the week before"},
        "settle": {"dispute": ids["disputes"], "favours": "2", "reason": "the ministry published the order"},
        "rate": {"what": "Reuters", "rating": "B", "reason": "its record of five years"},
        "undo": {"judgements": [JUDGEMENT], "reason": "the wrong claim"},
    }
    return {verdict: {"verdict": verdict, **body} for verdict, body in made.items()}


def _content(answer: Any) -> dict[str, Any]:
    media = answer.headers["content-type"].split(";")[0]
    if media == "application/json":
        return _json(answer.json())
    return {media: answer.text.splitlines()[0][:LONGEST]}


def _json(value: Any) -> dict[str, Any]:
    return {"application/json": _cut(value)}


def _cut(value: Any, most: int = 1) -> Any:
    """A value with lists of at most two, and long texts cut."""
    if isinstance(value, dict):
        return {name: _cut(part, 1 if name == "items" else 2) for name, part in value.items()}
    if isinstance(value, list):
        return [_cut(part, 2) for part in value[:most]]
    if isinstance(value, str) and len(value) > LONGEST:
        return f"{value[:LONGEST]}…"
    return value


if __name__ == "__main__":
    main()
