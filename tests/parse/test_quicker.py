"""The faster components give what spaCy's own give."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from dateline.parse.nlp import _loaded, cleaned, installed_model
from dateline.parse.quicker import Names, TagRules, quicken

ROOT = Path(__file__).parents[2]
WRITTEN = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").rglob("*.txt"))]
ODD = [
    "",
    " ",
    "Niamey",
    "\n\n  \n",
    "President",
    "The United States of",
    "On Monday\n\nMohamed Bazoum , of the\nUnited Nations",
    "U.S. U.N. 12 3,000 $5m",
]


@pytest.fixture(scope="module", params=["en", "fr"])
def plain(request: pytest.FixtureRequest) -> Language:
    """A language's pipeline as spaCy loads it."""
    found = installed_model(request.param)
    if found is None:
        pytest.skip(f"no model of {request.param} is installed")
    return _loaded(found)


def parsed(nlp: Language, name: str, instead: Callable[[Any], Any] | None) -> list[Doc]:
    """Texts through a pipeline, one component replaced."""
    docs = [nlp.make_doc(cleaned(body)) for body in (*WRITTEN, *ODD)]
    for at, pipe in nlp.pipeline:
        used: Any = instead(pipe) if instead is not None and at == name else pipe
        docs = list(used.pipe(docs, batch_size=8)) if hasattr(used, "pipe") else [used(doc) for doc in docs]
    return docs


def test_names_are_those_of_spacy(plain: Language) -> None:
    assert Names.fits(plain.get_pipe("ner"))
    own, faster = parsed(plain, "ner", None), parsed(plain, "ner", Names)
    assert sum(len(doc.ents) for doc in own) > 30
    for one, other in zip(own, faster, strict=True):
        assert [(t.ent_iob, t.ent_type_) for t in one] == [(t.ent_iob, t.ent_type_) for t in other]
        assert [(e.start, e.end, e.label_) for e in one.ents] == [(e.start, e.end, e.label_) for e in other.ents]


def test_tag_rules_set_what_spacy_sets(plain: Language) -> None:
    if not TagRules.fits(plain.get_pipe("attribute_ruler")):
        pytest.skip(f"{plain.lang} has rules that are left to spaCy")
    own, faster = parsed(plain, "attribute_ruler", None), parsed(plain, "attribute_ruler", TagRules)
    seen = {t.pos_ for doc in own for t in doc}
    assert len(seen) > 10
    for one, other in zip(own, faster, strict=True):
        for attribute in ("tag_", "pos_", "lemma_", "dep_"):
            assert [getattr(t, attribute) for t in one] == [getattr(t, attribute) for t in other]
        assert [str(t.morph) for t in one] == [str(t.morph) for t in other]


def test_rules_over_several_words_are_kept() -> None:
    found = installed_model("en")
    assert found is not None
    nlp = _loaded(found)
    ruler: Any = nlp.get_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "burkina"}, {"LOWER": "faso"}]], {"LEMMA": "BF"}, index=1)
    ruler.add([[{"LOWER": "faso"}]], {"LEMMA": "later"}, index=0)
    ruler.add([[{"LOWER": "in"}, {"LOWER": "burkina"}]], {"LEMMA": "last"}, index=-1)
    doc = TagRules(ruler)(nlp.make_doc("in Burkina Faso"))
    assert [t.lemma_ for t in doc] == ["", "last", "later"]


def test_rules_that_look_at_more_are_left_to_spacy() -> None:
    found = installed_model("en")
    assert found is not None
    nlp = _loaded(found)
    ruler: Any = nlp.get_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "very", "OP": "+"}, {"LOWER": "so"}]], {"LEMMA": "very"})
    quicken(nlp)
    assert "attribute_ruler" in nlp.pipe_names
    assert "ner" not in nlp.pipe_names
