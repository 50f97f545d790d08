"""The page of the interface: its OpenAPI document as people read it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.web.api.problems import Kind, Told

_REF = "#/components/schemas/"
_SHOWN_VALUES = 30


@dataclass(frozen=True, slots=True)
class Type:
    """A type in words, each part with the name of the record it leads to, None for plain words."""

    parts: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a member of a record; `values` are those of a closed list."""

    name: str
    type: Type
    needed: bool
    description: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One address with its method, what it takes and what it gives."""

    id: str
    method: str
    path: str
    summary: str
    description: tuple[str, ...]
    parameters: tuple[Field, ...]
    requests: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    example: str
    curl: str


@dataclass(frozen=True, slots=True)
class Record:
    """A record that operations give or take, or a closed list of values."""

    name: str
    description: str
    fields: tuple[Field, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """All of the page."""

    about: tuple[str, ...]
    subjects: tuple[tuple[str, str, tuple[Operation, ...]], ...]
    records: tuple[Record, ...]
    problems: tuple[Told, ...]


def reference_of(document: Mapping[str, Any]) -> Reference:
    """An OpenAPI document as the page shows it."""
    operations = list(_operations(document, document["servers"][0]["url"]))
    subjects = tuple(
        (tag["name"], tag["description"], tuple(one for name, one in operations if name == tag["name"]))
        for tag in document["tags"]
    )
    schemas = document["components"]["schemas"]
    records = tuple(_record(name, schemas[name]) for name in sorted(schemas))
    about = tuple(document["info"]["description"].split("\n\n"))
    return Reference(about, subjects, records, tuple(kind.value for kind in Kind))


def _operations(document: Mapping[str, Any], server: str) -> Iterator[tuple[str, Operation]]:
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            answers = tuple(
                (status, _described(document, answer)) for status, answer in sorted(one["responses"].items())
            )
            media = one.get("requestBody", {}).get("content", {}).get("application/json", {})
            requests = tuple((name, _pretty(given["value"])) for name, given in media.get("examples", {}).items())
            yield (
                one["tags"][0],
                Operation(
                    one["operationId"],
                    method.upper(),
                    f"{server}{path}",
                    one["summary"],
                    tuple(one["description"].split("\n\n")),
                    tuple(_parameter(given) for given in one.get("parameters", ())),
                    requests,
                    answers,
                    _example(one),
                    _curl(method, f"{server}{path}", one),
                ),
            )


def _parameter(given: Mapping[str, Any]) -> Field:
    schema = given["schema"]
    return Field(given["name"], _type(schema), given.get("required", False), given["description"], _values(schema))


def _record(name: str, schema: Mapping[str, Any]) -> Record:
    needed = schema.get("required", ())
    fields = (
        Field(field, _type(told), field in needed, told.get("description", ""), _values(told))
        for field, told in schema.get("properties", {}).items()
    )
    return Record(name, schema.get("description", ""), tuple(fields), _values(schema))


def _type(schema: Mapping[str, Any]) -> Type:
    return Type(tuple(_parts(schema)))


def _parts(schema: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_REF)
        yield name, name
    elif "anyOf" in schema or "oneOf" in schema:
        for at, choice in enumerate(schema.get("anyOf") or schema["oneOf"]):
            if at:
                yield " or ", None
            yield from _parts(choice)
    elif schema.get("type") == "array":
        yield "list of ", None
        yield from _parts(schema.get("items", {}))
    elif schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        yield "object of ", None
        yield from _parts(schema["additionalProperties"])
    elif "const" in schema:
        yield json.dumps(schema["const"]), None
    else:
        yield schema.get("format") or schema.get("type") or "anything", None


def _values(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The values of a closed list, also where null may stand for it."""
    found = [part.get("enum", ()) for part in (schema, *schema.get("anyOf", ()))]
    return tuple(str(value) for values in found for value in values)[:_SHOWN_VALUES]


def _described(document: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    if "$ref" in answer:
        answer = document["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    words: str = answer["description"]
    return "As asked." if words == "Successful Response" else words


def _example(operation: Mapping[str, Any]) -> str:
    answers = operation["responses"]
    for content in (answers.get("201") or answers["200"]).get("content", {}).values():
        if "example" in content:
            example = content["example"]
            return example if isinstance(example, str) else _pretty(example)
    return ""


def _curl(method: str, path: str, operation: Mapping[str, Any]) -> str:
    given = {one["name"]: one.get("example") for one in operation.get("parameters", ()) if one["in"] == "path"}
    for name, example in given.items():
        path = path.replace(f"{{{name}}}", str(example or name.upper()))
    query = "?q=Agadez" if path.endswith("/search") else ""
    words = f'curl -H "Authorization: Bearer $TOKEN" "$DESK{path}{query}"'
    if method == "get":
        return words
    media = operation["requestBody"]["content"]["application/json"]
    body = json.dumps(next(iter(media["examples"].values()))["value"]) if "examples" in media else "{}"
    return f'{words} -H "Content-Type: application/json" -d {shlex.quote(body)}'


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
