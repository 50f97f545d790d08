"""Reports in two languages on one event meet: the same force, host, place and count, one event, one presence."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

import dateline

pytestmark = pytest.mark.skipif(find_spec("fr_core_news_md") is None, reason="needs the extra dateline[fr]")

ENGLISH = (
    "NIAMEY, May 3 (Reuters) - About 100 Russian instructors arrived in Niger on Thursday, the military government "
    "said. They are based at Airbase 101 in Niamey."
)
FRENCH = (
    "NIAMEY, 3 mai (AFP) - Une centaine d'instructeurs russes sont arrivés au Niger jeudi, a annoncé le gouvernement "
    "militaire. Ils sont installés à la base aérienne 101 de Niamey."
)


@pytest.fixture
def ledger() -> dateline.Ledger:
    made = dateline.Ledger(":memory:")
    made.add_text(ENGLISH, published="2024-05-03", outlet="Reuters")
    made.add_text(FRENCH, published="2024-05-03", outlet="AFP")
    made.rebuild()
    return made


def test_each_is_read_in_its_language(ledger: dateline.Ledger) -> None:
    assert {row["language"] for row in ledger.documents().to_dicts()} == {"en", "fr"}


def test_one_event_of_four_claims(ledger: dateline.Ledger) -> None:
    (event,) = ledger.events().to_dicts()
    claims = {claim["id"]: claim["document"]["language"] for claim in ledger.claims().to_dicts()}
    assert (event["kind"], event["actor"], event["country"]) == ("deployment", "Russia, armed forces", "NER")
    assert sorted(claims[claim] for claim in event["claims"]) == ["en", "en", "fr", "fr"]


def test_one_presence(ledger: dateline.Ledger) -> None:
    (presence,) = ledger.presence().to_dicts()
    assert (presence["force_country"], presence["host"], presence["sites"]) == ("RUS", "NER", ["Airbase 101"])
    assert (presence["low"], presence["high"]) == (100, 100)


def test_the_original_words_stay_the_evidence(ledger: dateline.Ledger) -> None:
    quoted = [part["exact"] for claim in ledger.claims().to_dicts() for part in claim["evidence"]]
    assert any("instructeurs russes" in words for words in quoted)
    assert any("Russian instructors" in words for words in quoted)
