"""Origins of reports that are known by their claims alone, and independent tellings of one matter."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import Any

import pytest

from dateline.ingest.claims import imported
from dateline.model import Claim, Document, OriginSign
from dateline.reconcile.origins import all_origins, witnesses
from dateline.reconcile.reports import Reports

Report = tuple[Document, list[Claim]]


def claim(kind: str = "deployment", days: str = "2031-05-02", **given: Any) -> dict[str, Any]:
    """A claim in the format of fact sheets: northern soldiers in Mali."""
    start, _, end = days.partition("/")
    return {
        "paraphrase": given.pop("paraphrase", f"A {kind} is told of {days}."),
        "event_type": kind,
        "actor": "Russian soldiers",
        "actor_country": "RUS",
        "target": "Mali",
        "target_country": "MLI",
        "place": "Mali",
        "quantity": None,
        "event_time": {"start": start, "end": end or start},
        "status": "reported",
        "source": "a Malian officer (anonymous)",
        "source_type": "unnamed_official",
        "via": [],
        **given,
    }


def soldiers(low: int, high: int | None = None) -> dict[str, Any]:
    return {"low": low, "high": low if high is None else high, "approx": False, "unit": "personnel"}


def sheet(outlet: str, wire: str | None, published: str, *claims: dict[str, Any], **given: Any) -> Report:
    """A report of a fact sheet, imported."""
    line = {
        "id": outlet,
        "outlet": outlet,
        "wire_origin": wire,
        "wire_origin_basis": given.pop("basis", "credited"),
        "language": "en",
        "published": published,
        "title_paraphrase": outlet,
        "claims": [
            {"claim_id": f"{outlet}.{at}", **one, "via": [outlet, *one["via"]]} for at, one in enumerate(claims)
        ],
        **given,
    }
    (found,) = imported(json.dumps(line).encode())
    assert found.document is not None, found.issues
    return found.document, list(found.claims)


def origins(*reports: Report) -> set[frozenset[str]]:
    """The origins by outlet."""
    documents = [document for document, _ in reports]
    name = {document.id: document.outlet or "" for document in documents}
    found = all_origins(documents, [claim for _, claims in reports for claim in claims])
    return {frozenset(name[document] for document in origin.documents) for origin in found}


def one_origin(*reports: Report) -> bool:
    return len(origins(*reports)) == 1


COPY = sheet("Gulf Paper", "Agence France-Presse", "2031-05-03", claim())


def test_one_agency_one_matter_within_days_is_one_origin() -> None:
    assert one_origin(COPY, sheet("Inland Echo", "AFP", "2031-05-04", claim("presence", "2031-05-02/2031-05-03")))
    found = all_origins([COPY[0], sheet("Inland Echo", "AFP", "2031-05-04", claim())[0]], ())
    assert len(found) == 2, "without claims nothing shows that they tell the same"


@pytest.mark.parametrize(
    "other",
    [
        sheet("Inland Echo", "Reuters", "2031-05-03", claim()),
        sheet("Inland Echo", None, "2031-05-03", claim()),
        sheet("Inland Echo", "AFP", "2031-05-20", claim("deployment", "2031-05-18")),
        sheet("Inland Echo", "AFP", "2031-05-03", claim("protest", "2031-05-02", actor="Malians", actor_country="MLI")),
        sheet("Inland Echo", "AFP", "2031-05-03", claim("deployment", "2031-01-10"), claim("attack", "2031-05-01")),
        sheet("Inland Echo", "AFP / Reuters / CNN", "2031-05-03", claim()),
    ],
    ids=["another agency", "no credit", "weeks later", "another matter", "only as background", "a round-up"],
)
def test_what_only_shares_the_matter_is_independent(other: Report) -> None:
    assert not one_origin(COPY, other)


def test_an_outlet_that_only_relays_a_newsroom_belongs_to_it() -> None:
    relay = sheet("Inland Echo", None, "2031-05-04", claim(via=["AFP"]), claim("presence", via=["AFP"]))
    own = sheet("Harbour News", None, "2031-05-04", claim(via=["AFP"]), claim("presence"), claim("training"))
    assert origins(COPY, relay, own) == {frozenset({"Gulf Paper", "Inland Echo"}), frozenset({"Harbour News"})}


def test_a_repost_has_the_same_list_of_claims_and_figures() -> None:
    listed = (claim(quantity=soldiers(250)), claim("withdrawal", "2031-05-03", quantity=soldiers(100)))
    first, repost = (sheet(name, None, "2031-05-03", *listed) for name in ("Gulf Paper", "Inland Echo"))
    shorter = sheet("Harbour News", None, "2031-05-04", listed[0])
    assert origins(first, repost, shorter) == {frozenset({"Gulf Paper", "Inland Echo"}), frozenset({"Harbour News"})}
    said = (claim(), claim("agreement", "2031-05-03"))
    assert not one_origin(*(sheet(name, None, "2031-05-03", *said) for name in ("Gulf Paper", "Inland Echo")))


def test_the_same_odd_figure_of_the_same_unnamed_source_is_one_origin() -> None:
    odd, round_figure = (claim(quantity=soldiers(number)) for number in (1593, 1000))
    names = ("Gulf Paper", "Inland Echo")
    assert one_origin(*(sheet(name, None, "2031-05-03", odd) for name in names))
    assert not one_origin(*(sheet(name, None, "2031-05-03", round_figure) for name in names))
    documents = [sheet(name, None, "2031-05-03", odd) for name in names]
    (found,) = all_origins([d for d, _ in documents], [c for _, cs in documents for c in cs])
    assert found.links[0].signs == (OriginSign.SAME_FIGURES, OriginSign.SAME_SOURCE)
    assert found.links[0].reason == (
        "Inland Echo carries the report of Gulf Paper of 3 May 2031: the same figure 1,593, the same unnamed source."
    )


def test_the_wording_of_paraphrases_shows_nothing() -> None:
    words = "Soldiers from the north moved onto the airfield beside the capital late on Tuesday, with 37 lorries."
    first, other = (sheet(name, None, "2031-05-03", claim(paraphrase=words)) for name in ("Gulf Paper", "Inland Echo"))
    assert not one_origin(first, other)


def told(*reports: Report, kind: str | None = None) -> list[tuple[str | None, set[str]]]:
    """The independent tellings of all claims (of a kind): name and outlets."""
    documents = {document.id: document for document, _ in reports}
    claims = [one for _, of in reports for one in of if kind is None or one.kind == kind]
    found = all_origins(documents.values(), [one for _, of in reports for one in of])
    known = Reports(documents, {document: origin for origin in found for document in origin.documents})
    expected = witnesses(claims, known)
    shuffled = random.Random(1).sample(claims, len(claims))
    assert witnesses(shuffled, known) == expected
    assert sorted(claim for one in expected for claim in one.claims) == sorted(claim.id for claim in claims)
    return [(one.name, {documents[d].outlet or "" for d in one.documents}) for one in expected]


def test_reports_of_one_origin_are_one_telling() -> None:
    copies = [sheet(name, "AFP", "2031-05-03", claim()) for name in ("Gulf Paper", "Inland Echo", "Harbour News")]
    other = sheet("Northwire", "Northwire", "2031-05-04", claim())
    names = told(*copies, other)
    assert names[0] == ("AFP", {"Gulf Paper", "Inland Echo", "Harbour News"})
    assert [outlets for _, outlets in names[1:]] == [{"Northwire"}]


def test_what_is_relayed_is_the_newsroom_s_telling() -> None:
    own = sheet("Harbour News", None, "2031-05-04", claim(via=["AFP"]), claim("protest", source="Ali Traore"))
    assert told(COPY, own, kind="deployment") == [("AFP", {"Gulf Paper", "Harbour News"})]
    assert told(COPY, own, kind="protest") == [("Harbour News", {"Harbour News"})]
    alone = [sheet(name, None, "2031-05-04", claim(via=["AFP"]), claim("coup")) for name in ("A Paper", "B Paper")]
    assert told(*alone, kind="deployment") == [("AFP", {"A Paper", "B Paper"})]


def test_a_round_up_is_no_telling_of_its_own() -> None:
    mixed = sheet(
        "Digest", "AFP / Reuters", "2031-05-04", claim(source="Digest", source_type="outlet"), claim(via=["Reuters"])
    )
    reuters = sheet("Northwire", "Reuters", "2031-05-03", claim())
    assert {name for name, _ in told(COPY, mixed, reuters)} == {"AFP", "Reuters"}


def test_a_house_that_reports_twice_is_one_telling() -> None:
    twice = [
        sheet(name, None, day, claim()) for name, day in (("RIA Novosti", "2031-05-03"), ("Sputnik", "2031-05-04"))
    ]
    later = sheet("Sputnik", None, "2031-06-20", claim("deployment", "2031-06-18"))
    assert [outlets for _, outlets in told(*twice, later)] == [{"RIA Novosti", "Sputnik"}, {"Sputnik"}]


def test_a_state_broadcaster_is_watched_by_all() -> None:
    watched = [
        sheet(name, None, "2031-05-03", claim(source="ORTM", source_type="outlet", via=["ORTM"]))
        for name in ("Gulf Paper", "Inland Echo")
    ]
    assert len(told(*watched)) == 2


def test_claims_of_unknown_reports_are_tellings_of_their_own() -> None:
    claims: Sequence[Claim] = [*COPY[1], *sheet("Inland Echo", "AFP", "2031-05-03", claim())[1]]
    assert len(witnesses(claims, Reports({}))) == 2
    assert witnesses((), Reports({})) == ()
