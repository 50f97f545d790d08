"""The ontology: every kind and code has a meaning of its own and points at codes that exist."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from dateline.lexicon.language import LexiconError, load_yaml
from dateline.lexicon.ontology import Code, Entry, ontology
from dateline.model import Kind

ACLED = {
    "Government regains territory", "Non-state actor overtakes territory", "Armed clash",
    "Excessive force against protesters", "Protest with intervention", "Peaceful protest", "Violent demonstration",
    "Mob violence", "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED", "Grenade", "Sexual violence", "Attack", "Abduction/forced disappearance",
    "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
    "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory", "Other",
}  # fmt: skip


def all_codes() -> list[tuple[str, Code]]:
    table = ontology()
    return [(str(k), e.code) for k, e in table.items()] + [
        (f"{k}.{name}", code) for k, e in table.items() for name, code in e.codes.items()
    ]


def test_every_kind_has_an_entry_with_finer_codes() -> None:
    assert set(ontology()) == set(Kind)
    assert all(entry.codes for entry in ontology().values())


@pytest.mark.parametrize(("name", "code"), all_codes())
def test_a_code_points_at_codes_that_exist(name: str, code: Code) -> None:
    assert code.definition.endswith("."), name
    assert code.cameo is None or re.fullmatch(r"(0[1-9]|1\d|20)\d?", code.cameo)
    assert code.acled is None or code.acled in ACLED
    assert code.mode is None or code.plover is not None


def test_definitions_tell_codes_apart() -> None:
    definitions = [code.definition for _, code in all_codes()]
    assert len(set(definitions)) == len(definitions)


@pytest.mark.parametrize("entry", ontology().values(), ids=str)
def test_a_kind_is_shown_and_told_from_its_neighbour(entry: Entry) -> None:
    assert len(set(entry.examples)) == 3
    assert entry.near_miss[1] is not entry.kind


def test_only_presence_is_a_state() -> None:
    assert [kind for kind, entry in ontology().items() if entry.state] == [Kind.PRESENCE]


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The contents of the file, to be changed and read anew."""
    rows = deepcopy(load_yaml("ontology.yaml"))
    monkeypatch.setattr("dateline.lexicon.ontology.load_yaml", lambda name: rows)
    ontology.cache_clear()
    yield rows
    monkeypatch.undo()
    ontology.cache_clear()


def test_a_kind_that_is_missing_is_named(table: dict[str, Any]) -> None:
    del table["coup"]
    with pytest.raises(LexiconError, match="coup"):
        ontology()


def test_a_plover_type_that_does_not_exist_is_refused(table: dict[str, Any]) -> None:
    table["aid"]["plover"] = "HELP"
    with pytest.raises(LexiconError, match="aid.*HELP"):
        ontology()
