"""The Sahel ledger, read in two languages as `make demo` reads it: what must hold by the facts it was written from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.ledger import Ledger
from dateline.model import Claim, Presence, Sector, Stance
from dateline.parse.nlp import installed_model

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "sahel"

pytestmark = pytest.mark.skipif(installed_model("fr") is None, reason="no French parser: install dateline[fr]")


@pytest.fixture(scope="module")
def sahel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger(tmp_path_factory.mktemp("sahel") / "sahel.db") as ledger:
        ledger.add(EXAMPLES)
        yield ledger


def forces(ledger: Ledger, host: str, force: str, *, on: str | None = None) -> Presence:
    """The soldiers of a state in a host country."""
    found = [
        one
        for one in ledger.presence(host=host, on=on)
        if one.force_country == force and one.sector is Sector.MIL and ";" not in one.force
    ]
    assert len(found) == 1
    return found[0]


def named(ledger: Ledger, outlet: str, published: str) -> list[Claim]:
    wanted = [one.id for one in ledger.documents() if one.outlet == outlet and (one.published or "") == published]
    return [claim for claim in ledger.claims() if claim.document in wanted]


def test_every_report_is_read_in_its_language(sahel: Ledger) -> None:
    assert Counter(one.language for one in sahel.documents()) == {"en": 51, "fr": 26}
    assert not [issue for issue in sahel.issues() if issue.code not in ("no_date", "unresolved_place")]
    languages = {one.id: one.language for one in sahel.documents()}
    told = Counter(languages[claim.document] for claim in sahel.claims())
    assert told["en"] > 150 and told["fr"] > 40


def test_every_claim_quotes_its_report(sahel: Ledger) -> None:
    texts = sahel.texts({claim.document for claim in sahel.claims()})
    for claim in sahel.claims():
        assert all(texts[claim.document][part.start : part.end] == part.exact for part in claim.evidence)


def test_americans_in_niger_before_and_after(sahel: Ledger) -> None:
    in_may = forces(sahel, "NER", "USA", on="2024-05-25")
    assert in_may.low is not None and in_may.high is not None
    assert 900 <= in_may.low <= in_may.high <= 1100
    last = forces(sahel, "NER", "USA").series[-1]
    assert (last.low, last.high) == (3, 9)


def test_russians_came_in_april_and_their_announced_number_is_no_strength(sahel: Ledger) -> None:
    russians = forces(sahel, "NER", "RUS", on="2024-05-25")
    assert russians.series[0].start == "2024-04-10"
    assert all(step.low != 60 for step in russians.series)
    assert any(one.low == 60 and one.stance is Stance.PLANNED for one in russians.strengths)


def test_the_french_left_and_one_report_cannot_be_believed(sahel: Ledger) -> None:
    assert forces(sahel, "NER", "FRA").status == "left"
    assert forces(sahel, "NER", "FRA").as_of == "2023-12-22"


def test_copies_are_one_origin_in_either_language(sahel: Ledger) -> None:
    headers = {one.id: one for one in sahel.documents()}
    groups = [[headers[key] for key in origin.documents] for origin in sahel.origins() if len(origin.documents) > 1]
    together = [{(one.outlet, one.published) for one in group} for group in groups]
    assert any({("Afrique en Direct", "2024-05-06"), ("Niger-Relais", "2024-05-06")} <= one for one in together)
    assert any({("Meridian News Agency", "2024-05-02"), ("Gulf Morning Post", "2024-05-03")} <= one for one in together)
    assert not any({("Volga Press", "2024-05-03"), ("Northgate Post", "2024-05-02")} <= one for one in together)


@pytest.mark.parametrize(
    ("outlet", "day", "country"),
    [
        ("Cotonou Télé", "2023-02-03", "BFA"),
        ("Cotonou Télé", "2024-05-14", "BEN"),
        ("Iberia Latest", "2024-05-14", "BEN"),
        ("English Digest", "2023-02-24", "BFA"),
    ],
)
def test_a_denied_presence_is_asserted_by_nobody(sahel: Ledger, outlet: str, day: str, country: str) -> None:
    told = [claim for claim in named(sahel, outlet, day) if claim.kind == "presence"]
    foreign = [claim for claim in told if claim.actor is None or claim.actor.country != country]
    assert all(claim.stance is not Stance.ASSERTED for claim in foreign)


def test_one_event_is_told_in_two_languages(sahel: Ledger) -> None:
    languages = {one.id: one.language for one in sahel.documents()}
    documents = {claim.id: claim.document for claim in sahel.claims()}
    told = [{languages[documents[claim]] for claim in event.claims if claim in documents} for event in sahel.events()]
    assert sum(one == {"en", "fr"} for one in told) >= 3
