"""Web annotations: by the rules of the model, and each selector finds its words in the stored text again."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld

from dateline.export.redaction import Redaction
from dateline.ledger import Ledger
from dateline.model import Kind
from exported_ledger import (
    GOLDEN,
    RUSSIA,
    claim,
    empty,
    exported,
    filled,
    hostile,
    records,
    report,
    small,
    unasserted,
)
from golden import same_as_golden

GIVEN = Path(__file__).parent / "given"
OA = "http://www.w3.org/ns/oa#"
MAKERS = {"small": small, "hostile": hostile, "unasserted": unasserted, "empty": empty}
every_ledger = pytest.mark.parametrize("which", MAKERS)


@cache
def ledger(which: str) -> Any:
    return MAKERS[which]()


@cache
def collection(which: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported(ledger(which), "annotation"))
    return found


def items(which: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = collection(which)["first"]["items"]
    return found


def texts(which: str) -> dict[str, str]:
    return {one.id: one.text for one in Ledger.over(ledger(which)).documents()}


def record_of(annotation: dict[str, Any]) -> dict[str, Any]:
    """The claim in a body."""
    (found,) = [body["claim"] for body in annotation["body"] if body["type"] == "Dataset"]
    return dict(found)


def selectors(annotation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["type"]: one for one in annotation["target"]["selector"]}


@every_ledger
def test_it_keeps_the_rules_of_the_model(which: str) -> None:
    schema = json.loads((GIVEN / "annotation.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER).validate(
        collection(which)
    )
    ids = [one["id"] for one in items(which)]
    assert len(set(ids)) == len(ids) == collection(which)["total"]


@pytest.mark.parametrize("which", ["small", "hostile", "unasserted"])
def test_each_selector_finds_its_words_again(which: str) -> None:
    known = texts(which)
    assert items(which)
    for annotation in items(which):
        text = known[record_of(annotation)["document"]["id"]]
        found = selectors(annotation)
        quote, position = found["TextQuoteSelector"], found["TextPositionSelector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])
        units = text.encode("utf-16-le")
        assert units[2 * position["utf16Start"] : 2 * position["utf16End"]].decode("utf-16-le") == quote["exact"]
        digest = hashlib.sha256(text.encode()).hexdigest()
        assert annotation["target"]["state"]["cached"] == f"urn:sha256:{digest}"


def test_beyond_the_basic_plane_the_two_countings_differ() -> None:
    (found,) = [
        selectors(one)["TextPositionSelector"]
        for one in items("small")
        if selectors(one)["TextQuoteSelector"]["exact"] == "restent"
    ]
    assert found["utf16Start"] == found["start"] + 3


@given(st.lists(st.text(min_size=1, max_size=12), min_size=3, max_size=3), st.text(max_size=40))
@settings(max_examples=25, deadline=None)
def test_any_text_is_anchored(words: list[str], before: str) -> None:
    exact = "".join(words).encode("utf-8", "replace").decode()
    text = f"{before.encode('utf-8', 'replace').decode()}{exact}."
    kept = filled([report(text, [claim(Kind.PRESENCE, RUSSIA, None, exact)])] if " / " not in exact else [])
    for annotation in json.loads(exported(kept, "annotation"))["first"]["items"]:
        position = selectors(annotation)["TextPositionSelector"]
        assert text[position["start"] : position["end"]] == exact
        units = text.encode("utf-16-le")
        assert units[2 * position["utf16Start"] : 2 * position["utf16End"]].decode("utf-16-le") == exact


@pytest.mark.parametrize("which", ["small", "hostile", "unasserted"])
def test_claims_read_back_the_same(which: str) -> None:
    read = {record_of(one)["id"]: record_of(one) for one in items(which)}
    assert read == {one["id"]: one for one in records(ledger(which), "claims")}


def test_a_claim_with_two_stretches_has_two_annotations() -> None:
    parts = [one["id"] for one in items("small") if len(record_of(one)["evidence"]) == 2]
    assert [key.rpartition(":")[2] for key in parts] == ["1", "2"]


def test_stance_is_a_tag_and_who_says_it_is_in_the_words() -> None:
    for annotation in items("small"):
        tags = [one["value"] for one in annotation["body"] if one.get("purpose") == "tagging"]
        assert f"stance:{record_of(annotation)['stance']}" in tags
    words = [one["body"][0]["value"] for one in items("small")]
    assert any(text.startswith("Denied by Russia, Ministry of Defence: presence") for text in words)
    assert any(text.startswith("According to Lloyd Austin via Le Sahel via Reuters: presence") for text in words)


def test_what_analysts_decided_stands_in_the_body() -> None:
    judged = {record_of(one)["id"]: one["body"][-1].get("judged", {}).get("verdict") for one in items("small")}
    assert sorted(filter(None, judged.values())) == ["accepted", "rejected"]


def test_without_the_words_of_reports_only_positions_are_left() -> None:
    given = json.loads(exported(ledger("small"), "annotation", redaction=Redaction(text=False)))["first"]["items"]
    assert given
    for annotation in given:
        assert set(selectors(annotation)) == {"TextPositionSelector"}
        assert "cached" not in annotation["target"].get("state", {})
    assert "Russian soldiers are in" not in json.dumps(given)


def _context(url: str, _options: Any) -> dict[str, Any]:
    assert url == "http://www.w3.org/ns/anno.jsonld"
    document = json.loads((GIVEN / "anno.jsonld").read_text(encoding="utf-8"))
    return {"contextUrl": None, "documentUrl": url, "document": document, "contentType": "application/ld+json"}


@pytest.mark.parametrize("which", ["small", "hostile"])
def test_a_processor_of_json_ld_finds_what_the_terms_mean(which: str) -> None:
    (expanded,) = jsonld.expand(collection(which), {"documentLoader": _context})
    (page,) = expanded["https://www.w3.org/ns/activitystreams#first"]
    found = page["https://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert len(found) == len(items(which))
    for annotation, written in zip(found, items(which), strict=True):
        assert annotation["@type"] == [f"{OA}Annotation"]
        (target,) = annotation[f"{OA}hasTarget"]
        kinds = {one["@type"][0]: one for one in target[f"{OA}hasSelector"]}
        position = kinds[f"{OA}TextPositionSelector"]
        assert position[f"{OA}start"][0]["@value"] == selectors(written)["TextPositionSelector"]["start"]
        assert (
            kinds[f"{OA}TextQuoteSelector"][f"{OA}exact"][0]["@value"]
            == (selectors(written)["TextQuoteSelector"]["exact"])
        )
        claims = [
            one["urn:dateline:terms#claim"] for one in annotation[f"{OA}hasBody"] if "urn:dateline:terms#claim" in one
        ]
        assert claims == [[{"@type": "@json", "@value": record_of(written)}]]


def test_golden() -> None:
    same_as_golden(GOLDEN / "small.jsonld", exported(ledger("small"), "annotation"))
