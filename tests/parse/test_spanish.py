"""Spanish by the pipeline that ships with dateline: its trees in the English scheme, and a report read end to end."""

from __future__ import annotations

import pytest
from spacy.tokens import Token

import dateline
from dateline.lexicon.language import language
from dateline.parse.forms import means, pivot
from dateline.parse.nlp import PACKAGE, installed_model, model_version, parse_text

REPORT = (
    "NIAMEY, 3 may (EFE).- Un centenar de instructores rusos llegó a Níger el jueves, anunció el gobierno militar. "
    "Francia acusó a Rusia de enviar mercenarios al país."
)
SAME = (
    "NIAMEY, May 3 (Reuters) - About a hundred Russian instructors arrived in Niger on Thursday, the military "
    "government announced."
)


def word(text: str, found: str) -> Token:
    return next(t for t in parse_text(text, code="es") if t.text == found)


def test_the_pipeline_ships_with_the_package() -> None:
    assert installed_model("es") == str(PACKAGE / "parse" / "pipelines" / "es")
    assert model_version("es").startswith("es_reports-")


def test_a_person_who_is_the_object_is_one_in_the_english_scheme() -> None:
    accused = word("Francia acusó a Rusia de enviar soldados a Mali.", "Rusia")
    assert (accused.dep_, accused.head.text) == ("dobj", "acusó")


def test_a_passive_with_se_has_its_subject_passive() -> None:
    signed = word("El acuerdo se firmó el martes en Bamako.", "firmó")
    assert {t.text: t.dep_ for t in signed.lefts} == {"acuerdo": "nsubjpass", "se": "auxpass"}
    assert signed.tag_ == "VBN"


def test_a_pronominal_verb_of_the_list_is_no_passive() -> None:
    left = word("Los soldados franceses se retiraron de Mali.", "retiraron")
    assert {t.text: t.dep_ for t in left.lefts} == {"soldados": "nsubj", "se": "reflexive"}


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("despliega", "desplegar"),
        ("ataque", "atacar"),
        ("dijeron", "decir"),
        ("siguen", "seguir"),
        ("dirija", "dirigir"),
        ("retirándose", "retirar"),
        ("murieron", "morir"),
        ("hubo", "haber"),
    ],
)
def test_forms_of_verbs(form: str, lemma: str) -> None:
    assert language("es").conjugated.get(form) == lemma


@pytest.mark.parametrize(("form", "lemma"), [("naciones", "nación"), ("tropas", "tropa"), ("militares", "militar")])
def test_forms_of_nouns(form: str, lemma: str) -> None:
    assert language("es").declined[form] == lemma


def test_prepositions_answer_by_their_english_names() -> None:
    to = word("Las tropas rusas llegaron a Bamako el lunes.", "a")
    assert (pivot(to), to.dep_) == ("in", "prep")
    assert means(word("Las tropas rusas llegaron a Bamako el lunes.", "llegaron"), "arrive")


@pytest.fixture(scope="module")
def ledger() -> dateline.Ledger:
    made = dateline.Ledger(":memory:")
    made.add_text(REPORT, published="2024-05-03", outlet="EFE")
    made.add_text(SAME, published="2024-05-03", outlet="Reuters")
    made.rebuild()
    return made


def test_a_report_gives_claims_with_spanish_words_as_evidence(ledger: dateline.Ledger) -> None:
    spanish = [c for c in ledger.claims().to_dicts() if c["document"]["language"] == "es"]
    arrival = next(c for c in spanish if "instructores rusos" in c["evidence"][0]["exact"])
    assert (arrival["kind"], arrival["quantity"]["low"]) == ("deployment", 100)
    assert arrival["time"]["earliest"] == "2024-05-02"
    charge = next(c for c in spanish if c["kind"] == "accusation")
    assert charge["recipient"]["country"] == "RUS"


def test_it_meets_the_english_report_in_one_event(ledger: dateline.Ledger) -> None:
    languages = {c["id"]: c["document"]["language"] for c in ledger.claims().to_dicts()}
    events = [event for event in ledger.events().to_dicts() if event["kind"] == "deployment"]
    arrival = next(event for event in events if "en" in {languages[claim] for claim in event["claims"]})
    assert {languages[claim] for claim in arrival["claims"]} == {"en", "es"}
    assert (arrival["actor"], arrival["country"]) == ("Russia, armed forces", "NER")
