"""PROV-JSON: the `prov` package reads what we write and says the same; nothing of who said or decided it is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from prov.model import ProvActivity, ProvAgent, ProvDocument, ProvEntity, ProvInvalidation

from dateline.export.blurring import Blur
from dateline.export.redaction import Redaction
from dateline.ledger import Ledger
from golden import same_as_golden
from told_ledger import GOLDEN, exported, hostile_ledger, told_ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return told_ledger(tmp_path_factory.mktemp("prov") / "told.db")


@pytest.fixture(scope="module")
def data(ledger: Path) -> bytes:
    return exported(ledger, "prov")


def read(data: bytes) -> ProvDocument:
    return ProvDocument.deserialize(content=data.decode(), format="json")


def test_the_file_is_what_it_was(data: bytes) -> None:
    same_as_golden(GOLDEN / "prov.json", data)


def test_the_prov_package_reads_it_and_says_the_same(data: bytes) -> None:
    document = read(data)
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert document == again
    given = json.loads(data)
    statements = sum(len(found) for kind, found in given.items() if kind != "prefix")
    assert len(document.get_records()) == statements


def test_every_claim_is_quoted_from_its_text_and_read_by_its_run(ledger: Path, data: bytes) -> None:
    document, given = read(data), json.loads(data)
    with Ledger(ledger) as kept:
        for claim in kept.claims():
            (entity,) = document.get_record(f"dl:{claim.id}")
            values = {str(name): value for name, value in entity.attributes}
            assert values["prov:value"] == claim.evidence[0].exact
            assert values["dateline:stance"] == claim.stance
            found = [
                one
                for one in given["wasDerivedFrom"].values()
                if one["prov:generatedEntity"] == f"dl:{claim.id}" and "Quotation" in str(one)
            ]
            assert [one["prov:usedEntity"] for one in found] == [f"dl:{claim.document}"]
            readings = [one for one in given["wasGeneratedBy"].values() if one["prov:entity"] == f"dl:{claim.id}"]
            assert [one["prov:activity"] for one in readings] == [f"dl:reading-{claim.document}-run-made"]


def test_all_that_relations_name_is_told(data: bytes) -> None:
    given = json.loads(data)
    known = {key for kind in ("entity", "activity", "agent") for key in given[kind]}
    ends = {
        value
        for kind, found in given.items()
        if kind.startswith(("was", "used", "had"))
        for one in found.values()
        for value in one.values()
        if isinstance(value, str) and value.startswith("dl:")
    }
    assert ends <= known


def test_who_says_it_and_through_whom_are_agents(data: bytes) -> None:
    names = {
        name for agent in read(data).get_records(ProvAgent) for name in map(str, agent.get_attribute("prov:label"))
    }
    assert {"Lloyd Austin", "Reuters", "Anna", "Sahel Daily", "dateline 0.1.0"} <= names


def test_only_a_rejection_that_stands_invalidates(ledger: Path, data: bytes) -> None:
    gone = read(data).get_records(ProvInvalidation)
    with Ledger(ledger) as kept:
        alleged = [claim.id for claim in kept.claims(stance="alleged")]
    assert [str(one.args[0]) for one in gone] == [f"dl:{alleged[0]}"]
    undone = [one for one in read(data).get_records(ProvActivity) if one.get_attribute("dateline:undone_by")]
    assert len(undone) == 1


def test_a_bound_that_is_not_known_is_not_told(data: bytes) -> None:
    lows = [
        entity
        for entity in read(data).get_records(ProvEntity)
        if "dateline:Claim" in map(str, entity.get_attribute("prov:type"))
        and entity.get_attribute("dateline:high")
        and not entity.get_attribute("dateline:low")
    ]
    assert len(lows) == 1


def test_hostile_strings_are_values_and_nothing_else(tmp_path: Path) -> None:
    path = hostile_ledger(tmp_path / "hostile.db")
    data = exported(path, "prov")
    document = read(data)
    assert document == ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert set(json.loads(data)) <= {
        *("prefix", "entity", "activity", "agent", "used", "hadMember", "wasAssociatedWith", "wasAttributedTo"),
        *("wasDerivedFrom", "wasGeneratedBy", "wasInvalidatedBy", "wasInfluencedBy", "wasInformedBy"),
    }


def test_an_empty_ledger_gives_a_document_too(tmp_path: Path) -> None:
    with Ledger(tmp_path / "empty.db"):
        pass
    found: Any = read(exported(tmp_path / "empty.db", "prov"))
    assert not [entity for entity in found.get_records(ProvEntity) if "claim" in str(entity.identifier)]


def test_a_blurred_export_tells_no_moment_to_the_microsecond(ledger: Path) -> None:
    given = json.loads(exported(ledger, "prov", Redaction(blur=Blur.COUNTRY)))
    times = [one.get("prov:endTime", "") for key, one in given["activity"].items() if "reading" in key]
    assert times and all("." not in time for time in times)
    assert "Airbase 101" not in json.dumps(given)
