"""docs/api.md and the OpenAPI document say what is so: examples run, fields are explained, answers fit."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from desks import TOKEN, Served, client_of
from pydantic import BaseModel
from starlette.testclient import TestClient

from dateline import model
from dateline.web.api import openapi
from dateline.web.api.problems import Kind
from dateline.web.api.types import claims, judgements, known, reports

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
BEARER = {"authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    made: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return made


def blocks() -> list[str]:
    """The indented blocks of the page."""
    found = re.findall(r"(?m)(?:^ {4}.*\n|^\n(?= {4}))+", PAGE.read_text(encoding="utf-8"))
    return ["".join(line[4:] or "\n" for line in block.splitlines(keepends=True)) for block in found]


def run(command: list[str], desk: Served, **settings: Any) -> str:
    environment = os.environ | {"DESK": desk.address, "TOKEN": TOKEN}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_python_of_the_page_runs(own_served: Served) -> None:
    code = "\n".join(block for block in blocks() if "curl" not in block)
    told = run([sys.executable, "-c", code], own_served)
    assert "claim-" in told and "['rejected claim-" in told


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
def test_curl_of_the_page_runs(served: Served, tmp_path: Path) -> None:
    lines = [block for block in blocks() if "curl" in block]
    for line in lines[0].strip().splitlines():
        told = run(["sh", "-c", line.replace("curl ", "curl -sS --fail ")], served)
        assert told.startswith(("{", "id,")), line
    assert run(["sh", "-c", lines[1]], served, cwd=tmp_path).strip() == "304"


def test_the_page_names_every_address(document: dict[str, Any]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    for path in document["paths"]:
        assert f"/{path.split('/')[1]}" in page, path


def test_every_operation_is_described(document: dict[str, Any]) -> None:
    operations = [one for methods in document["paths"].values() for one in methods.values()]
    assert len({one["operationId"] for one in operations}) == len(operations) > 25
    for one in operations:
        assert one["summary"] and one["description"] and one["tags"] and one["security"], one["operationId"]
        content = next(iter((one["responses"].get("201") or one["responses"]["200"])["content"].values()))
        assert "example" in content, one["operationId"]
        for parameter in one.get("parameters", ()):
            assert parameter.get("description"), (one["operationId"], parameter["name"])


def test_every_field_is_described(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        assert schema.get("description"), name
        assert "__" not in name, f"two records are called {name}"
        for field, told in schema.get("properties", {}).items():
            assert "description" in told or "$ref" in told or "const" in told, (name, field)


def validator(document: dict[str, Any], schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator({**schema, "components": document["components"]})


def test_examples_fit_their_schemas(document: dict[str, Any]) -> None:
    known_examples = openapi.examples()
    for methods in document["paths"].values():
        for one in methods.values():
            assert one["operationId"] in known_examples
            for answer in one["responses"].values():
                for media, content in answer.get("content", {}).items():
                    if "example" in content and media == "application/json":
                        validator(document, content["schema"]).validate(content["example"])
    body = document["paths"]["/judgements"]["post"]["requestBody"]["content"]["application/json"]
    assert len(body["examples"]) == 9
    for example in body["examples"].values():
        validator(document, body["schema"]).validate(example["value"])


SHAPES: list[tuple[type[Any], type[BaseModel], set[str]]] = [
    (model.Actor, claims.Actor, set()),
    (model.Place, claims.Place, set()),
    (model.Quantity, claims.Quantity, set()),
    (model.TimeRange, claims.TimeRange, set()),
    (model.Source, claims.Source, set()),
    (model.Attribution, claims.Attribution, set()),
    (model.Evidence, claims.Evidence, set()),
    (model.Mention, claims.Mention, set()),
    (model.Claim, claims.Claim, set()),
    (model.Document, reports.Document, {"characters", "origin", "external_ids", "set_aside"}),
    (model.Notice, reports.Notice, set()),
    (model.Furniture, reports.Furniture, set()),
    (model.Issue, reports.Issue, set()),
    (model.Judgement, judgements.Judgement, set()),
    (model.Event, known.Event, {"origins", "claim_count"}),
    (model.Variant, known.Variant, set()),
    (model.Witness, known.Witness, set()),
    (model.EventLink, known.EventLink, set()),
    (model.Presence, known.Presence, {"supporting", "origins"}),
    (model.Step, known.Step, set()),
    (model.SitePresence, known.SitePresence, set()),
    (model.Strength, known.Strength, set()),
    (model.Dispute, known.Dispute, set()),
    (model.Side, known.Side, {"claim_count", "origins"}),
    (model.Origin, known.Origin, {"reports", "partly_used"}),
    (model.OriginLink, known.OriginLink, set()),
    (model.Change, known.TextChange, set()),
]


@pytest.mark.parametrize(("record", "told", "more"), SHAPES, ids=[record.__name__ for record, _, _ in SHAPES])
def test_the_types_document_the_records(record: type[Any], told: type[BaseModel], more: set[str]) -> None:
    assert set(told.model_fields) == {field.name for field in dataclasses.fields(record)} | more


def closed(schema: Any) -> Any:
    """A schema under which members that are not documented do not fit."""
    if isinstance(schema, dict):
        made = {name: closed(part) for name, part in schema.items()}
        if "properties" in made and "additionalProperties" not in made:
            made["additionalProperties"] = False
        return made
    return [closed(part) for part in schema] if isinstance(schema, list) else schema


def test_answers_fit_the_document_and_hold_nothing_else(examples_ledger: Path, document: dict[str, Any]) -> None:
    with client_of(examples_ledger) as client:
        client.headers.update(BEARER)
        ids = {
            name: client.get(f"/api/v1/{name}?limit=1").json()["items"][0]["id"]
            for name in ("claims", "documents", "events", "presences", "disputes", "origins")
        }
        ids["sources"] = client.get("/api/v1/sources").json()["items"][0]["name"]
        for path, methods in document["paths"].items():
            if "get" not in methods or path.startswith("/export/") or path == "/judgements/{identifier}":
                continue
            identifier = ids.get(path.split("/")[1], "")
            answer = client.get(
                "/api/v1" + re.sub(r"{\w+}", identifier, path),
                params={"q": "niger"} if path == "/search" else None,
            )
            assert answer.status_code == 200, answer.text
            schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
            jsonschema.Draft202012Validator(closed({**schema, "components": document["components"]})).validate(
                answer.json()
            )


def test_the_api_page_explains_every_problem(client: TestClient) -> None:
    page = client.get("/api").text
    for kind in Kind:
        assert f'id="problem-{kind.value.slug}"' in page
    for name in ("listClaims", "judge", "exportPresences"):
        assert f'id="{name}"' in page
    assert json.dumps("x") and "<script" not in page.partition("<main")[2]
