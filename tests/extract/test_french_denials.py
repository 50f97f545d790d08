"""French: a denial never comes out as a presence, troops are their sender's, and the recent past is no plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import dateline
from dateline.model import Claim
from dateline.parse.nlp import installed_model

pytestmark = pytest.mark.skipif(installed_model("fr") is None, reason="no French parser is installed: dateline[fr]")


STANCES = Path(__file__).resolve().parents[1] / "cases" / "stances.fr.jsonl"
"""Denials, hearsay and plans in many shapes of one sentence, with the stances of what would be a fact in them."""
FACTS = {"presence", "deployment", "redeployment", "withdrawal", "attack", "arms_transfer", "training", "coercion"}


@pytest.mark.parametrize("case", [json.loads(line) for line in STANCES.read_text(encoding="utf-8").splitlines()])
def test_what_is_denied_heard_or_planned_is_not_asserted(case: dict[str, Any]) -> None:
    claims = dateline.read(case["text"], published="2024-05-05", language="fr").claims
    assert sorted({c.stance.value for c in claims if c.kind.value in FACTS}) == case["stances"]


def told(text: str, kind: str) -> list[Claim]:
    """The claims of one kind in a French report of one sentence."""
    report = dateline.read(text, published="2024-05-05", language="fr")
    return [c for c in report.claims if c.kind.value == kind]


@pytest.mark.parametrize(
    "text",
    [
        "L’armée malienne dément la présence de mercenaires russes à Gao.",
        "Le Rwanda dément toute présence de ses troupes à Goma.",
        "Bamako dément que des soldats russes soient présents à Gao.",
        "Le gouvernement malien minimise la présence de Wagner à Gao et dément la présence de soldats russes à Kidal.",
        "Le Mali a démenti la présence de Wagner à Gao.",
        "Le ministre rejette la présence de soldats français au Bénin.",
        "Le Bénin nie la présence de soldats français à Kandi.",
        "Le ministre réfute la présence de troupes rwandaises à Goma.",
        "Le gouvernement écarte la présence de forces russes à Niamey.",
        "Le ministre assure que l’armée française n’est pas présente au Bénin.",
        "Aucun soldat français n’est présent au Bénin.",
        "Il n’y a pas de soldats français au Bénin.",
    ],
)
def test_a_presence_denied_is_never_asserted(text: str) -> None:
    stances = {c.stance.value for c in told(text, "presence")}
    assert stances == {"denied"}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("La France va retirer ses 1 500 soldats du Niger.", "France, armed forces"),
        ("L’Allemagne a retiré ses troupes du Mali.", "Germany, armed forces"),
        ("Le Tchad a retiré ses soldats du Mali.", "Chad, armed forces"),
    ],
)
def test_troops_are_whose_they_are_not_where_they_leave(text: str, actor: str) -> None:
    assert [c.actor and c.actor.name for c in told(text, "withdrawal")] == [actor]


@pytest.mark.parametrize(
    ("text", "kind", "stance"),
    [
        ("L’armée française vient de quitter Abéché.", "withdrawal", "asserted"),
        ("Les soldats français viennent de s’installer à Kandi.", "deployment", "asserted"),
        ("Des soldats russes viennent d’être déployés à Gao.", "presence", "asserted"),
        ("L’armée française va quitter Abéché.", "withdrawal", "planned"),
    ],
)
def test_what_has_just_been_done_is_not_planned(text: str, kind: str, stance: str) -> None:
    assert [c.stance.value for c in told(text, kind)] == [stance]


def test_a_word_that_is_a_noun_there_stays_one() -> None:
    assert told("Un dément a tué deux soldats à Gao.", "rejection") == []


@pytest.mark.parametrize("verb", ["rendue", "remise", "rétrocédée"])
def test_a_base_handed_over_is_left_by_who_hands_it_over(verb: str) -> None:
    text = f"La base d’Abéché a été {verb} à l’armée tchadienne par la France."
    left = told(text, "withdrawal")
    assert [(c.actor and c.actor.name, c.recipient and c.recipient.name) for c in left] == [
        ("France, government", "Chad, armed forces")
    ]


@pytest.mark.parametrize(
    ("text", "kind", "stance"),
    [
        ("Une attaque russe contre la Pologne est peu probable, selon des analystes.", "attack", "conditional"),
        ("Une attaque russe contre la Pologne est imminente, selon Varsovie.", "attack", "planned"),
        (
            "Un retrait des troupes françaises du Tchad n'est pas à l'ordre du jour, selon Paris.",
            "withdrawal",
            "denied",
        ),
        ("Un coup d'État au Mali pourrait plonger la région dans le chaos.", "coup", "conditional"),
        ("Une attaque contre le Niger entraînerait une riposte, a prévenu Bamako.", "attack", "conditional"),
    ],
)
def test_an_act_that_is_only_supposed_is_not_asserted(text: str, kind: str, stance: str) -> None:
    assert {c.stance.value for c in told(text, kind)} == {stance}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Des soldats russes sont installés à la base aérienne 101 de Niamey.", "presence"),
        ("Le Niger a installé 100 soldats à la base aérienne 101.", "presence"),
        ("Des soldats russes se sont installés à Gao.", "deployment"),
        ("Des soldats russes s’installent à Niamey.", "deployment"),
        ("Des soldats russes viennent de s’installer dans un bâtiment de la base aérienne 101.", "deployment"),
    ],
)
def test_who_is_installed_is_there_and_who_installs_himself_comes(text: str, kind: str) -> None:
    report = dateline.read(text, published="2024-05-05", language="fr")
    assert [c.kind.value for c in report.claims] == [kind]
