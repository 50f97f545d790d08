"""W3C Web Annotations (JSON-LD): each stretch of evidence of a claim as an annotation on its report.

One AnnotationCollection with one page that holds all of it: `first.items` is the list that annotation programs load.
Offsets count Unicode code points of the stored text, as the recommendation says and unlike JavaScript: what a browser
needs stands beside them, in UTF-16 units.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from dateline.export.addresses import web_address
from dateline.export.exchange_json import json_line
from dateline.export.gathered import Gathered, gathered
from dateline.export.listing import Record
from dateline.export.moments import moment
from dateline.export.selection import Selection
from dateline.export.standing import Standing, standing
from dateline.export.statement import sentence, statement
from dateline.export.told import claim_sentence
from dateline.model import content_id

_CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "@version": 1.1,
        "dateline": "urn:dateline:terms#",
        "claim": {"@id": "dateline:claim", "@type": "@json"},
        "judged": {"@id": "dateline:judged", "@type": "@json"},
        "statement": {"@id": "dateline:statement", "@type": "@json"},
        "utf16Start": {"@id": "dateline:utf16Start"},
        "utf16End": {"@id": "dateline:utf16End"},
    },
]
_AROUND = 32
"""Characters before and after a quotation that tell it from the same words elsewhere."""


@dataclass(frozen=True, slots=True)
class _Text:
    """The stored text of a report with its hash."""

    words: str
    sha256: str


def write(selection: Selection, out: BinaryIO) -> None:
    """An AnnotationCollection: an annotation for each stretch of evidence, found by quotation or by position.

    The two selectors are alternatives. The state of the target names the text by its SHA-256. The body is the claim:
    a sentence that says who says it, and the whole record. A claim with several stretches has as many annotations.
    """
    name = f"urn:dateline:{content_id('annotations', statement(selection.about))}"
    head: dict[str, Any] = {"@context": _CONTEXT, "id": name, "type": "AnnotationCollection"}
    head |= {"label": sentence(selection.about), "statement": statement(selection.about)}
    page = {"id": f"{name}:1", "type": "AnnotationPage", "partOf": name, "startIndex": 0}
    out.write(f'{json_line(head)[:-1]},"first":{json_line(page)[:-1]},"items":[\n'.encode())
    total, between = 0, ""
    for one in _annotations(selection):
        out.write(f"{between}{json_line(one)}".encode())
        total, between = total + 1, ",\n"
    out.write(f'\n]}},"total":{total}}}\n'.encode())


def _annotations(selection: Selection) -> Iterator[Record]:
    decided = standing(selection)
    maker = {"id": f"urn:dateline:version:{selection.about.dateline}", "type": "Software"}
    maker["name"] = f"dateline {selection.about.dateline}"
    made = moment(selection.about.exported_at)
    for report in gathered(selection, texts=True):
        text = None
        if report.text is not None:
            digest = hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()
            text = _Text(report.text, digest)
        for claim in report.claims:
            body = _body(claim, decided)
            for number in range(len(claim["evidence"])):
                one = {
                    "id": f"urn:dateline:{claim['id']}:{number + 1}",
                    "type": "Annotation",
                    "motivation": "describing",
                    "created": moment(report.recorded),
                    "generator": maker,
                    "generated": made,
                    "body": body,
                    "target": _target(report, claim["evidence"][number], text),
                }
                yield {name: value for name, value in one.items() if value is not None}


def _body(claim: Record, decided: Standing) -> list[Record]:
    """What is claimed: in words, and as a record."""
    record: dict[str, Any] = {
        "id": f"urn:dateline:{claim['id']}",
        "type": "Dataset",
        "purpose": "describing",
        "claim": claim,
    }
    judged = decided.of(claim["id"])
    if judged:
        record["judged"] = judged
    words = {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": claim_sentence(claim)}
    tags = [f"stance:{claim['stance']}", f"kind:{claim['kind']}"]
    return [words, *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags), record]


def _target(report: Gathered, part: Record, text: _Text | None) -> Record:
    """Where the words stand: the report at its address, or by its id where it has none that others can follow."""
    document = report.document
    position: dict[str, Any] = {"type": "TextPositionSelector", "start": part["start"], "end": part["end"]}
    if text is not None:
        before = text.words[: part["start"]]
        position["utf16Start"] = _units(before)
        position["utf16End"] = position["utf16Start"] + _units(part["exact"])
    state: dict[str, Any] = {"type": "TimeState"}
    seen = moment(report.recorded)
    if seen is not None:
        state["sourceDate"] = seen
    if text is not None:
        state["cached"] = f"urn:sha256:{text.sha256}"
    target: dict[str, Any] = {
        "type": "SpecificResource",
        "id": f"urn:dateline:{document['id']}:{part['start']}-{part['end']}",
        "source": web_address(document["url"]) or f"urn:dateline:{document['id']}",
        "selector": [*_quote(part, text), position],
    }
    return target | ({"state": state} if len(state) > 1 else {})


def _quote(part: Record, text: _Text | None) -> list[Record]:
    """The words with what stands around them; nothing where redaction took them out."""
    if not part["exact"]:
        return []
    found: dict[str, Any] = {"type": "TextQuoteSelector", "exact": part["exact"]}
    if text is not None:
        found["prefix"] = text.words[max(0, part["start"] - _AROUND) : part["start"]]
        found["suffix"] = text.words[part["end"] : part["end"] + _AROUND]
    return [found]


def _units(words: str) -> int:
    """How many units of UTF-16 some words have: JavaScript counts these."""
    return len(words) + sum(char > "\uffff" for char in words)
