"""Claims from elsewhere: the two formats, their documents, ids and offsets, and input that is broken or hostile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.ingest.claims import CODES, Imported, imported, load_facts
from dateline.model import Claim, Document, Kind, Scope, Stance, TimeBasis, Unit, claim_record

RULES = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LINES = {*CODES, "bad_line", "too_large", "too_long", "binary", "empty", "unknown_format"}


def fact(**other: Any) -> dict[str, Any]:
    claim: dict[str, Any] = {
        "claim_id": "q7.c1",
        "paraphrase": "Up to 300 Russian instructors are to come to Bamako in March.",
        "event_type": "deployment",
        "actor": "Russian military instructors",
        "actor_country": "RUS",
        "target": "Mali",
        "target_country": "MLI",
        "place": "Bamako",
        "quantity": {"low": None, "high": 300, "approx": False, "unit": "personnel"},
        "event_time": {"start": "2031-03-01", "end": "2031-03-31"},
        "status": "planned",
        "source": "Malian defence ministry",
        "source_type": "named_official",
        "via": ["Daily Post", "AFP"],
    }
    return claim | other


def sheet(*claims: Any, **other: Any) -> dict[str, Any]:
    report: dict[str, Any] = {
        "id": "q7",
        "url": "https://post.example/7",
        "outlet": "Daily Post (Lagos edition)",
        "wire_origin": "AFP",
        "wire_origin_basis": "inferred",
        "language": "en",
        "published": None,
        "published_inferred": "2031-02-20",
        "title_paraphrase": "Bamako expects instructors",
        "claims": list(claims) or [fact()],
    }
    return report | other


def lines(*records: Any) -> bytes:
    return "\n".join(json.dumps(record) for record in records).encode()


def only(*records: Any) -> Imported:
    (found,) = imported(lines(*records))
    return found


def first(**other: Any) -> tuple[Claim, Imported]:
    found = only(sheet(fact(**other)))
    return found.claims[0], found


def test_a_report_of_a_fact_sheet() -> None:
    found = only(sheet(fact(), fact(claim_id="q7.c2", paraphrase="Two hundred came.", status="reported")))
    document = found.document
    assert document is not None
    assert document.text == "Up to 300 Russian instructors are to come to Bamako in March.\nTwo hundred came."
    assert (document.title, document.outlet, document.agency) == ("Bamako expects instructors", "Daily Post", "AFP")
    assert (document.published, document.provenance["published"]) == ("2031-02-20", "inferred")
    assert document.provenance["agency"] == "inferred"
    assert "Lagos edition" in document.provenance["outlet"]
    assert [claim.stance for claim in found.claims] == [Stance.PLANNED, Stance.ASSERTED]
    for claim in found.claims:
        (piece,) = claim.evidence
        assert document.text[piece.start : piece.end] == piece.exact
    assert dict(found.external) == {
        document.id: "q7",
        found.claims[0].id: "q7.c1",
        found.claims[1].id: "q7.c2",
    }
    assert found.issues == ()


def test_the_slots_of_a_fact() -> None:
    claim, _ = first()
    assert claim.actor is not None and claim.recipient is not None and claim.place is not None
    assert (claim.actor.name, claim.recipient.name) == ("Russia, armed forces", "Mali, government")
    assert (claim.place.name, claim.place.country) == ("Bamako", "MLI")
    assert claim.quantity is not None and claim.time is not None and claim.attribution is not None
    assert (claim.quantity.low, claim.quantity.high, claim.quantity.scope) == (None, 300, Scope.CEILING)
    assert (claim.time.earliest, claim.time.latest) == ("2031-03-01", "2031-03-31")
    assert claim.attribution.via == ()
    assert claim.confidence == 1.0


@pytest.mark.parametrize(
    ("kind", "text", "low", "scope"),
    [
        ("presence", "About 900 are there.", 900, Scope.TOTAL),
        ("deployment", "Some 900 landed.", 900, Scope.PART),
        ("withdrawal", "The 900 went home.", 900, Scope.PART),
        ("presence", "Only 90 remain.", 90, Scope.REMAINING),
        ("withdrawal", "The last 90 are left behind.", 90, Scope.REMAINING),
        ("presence", "Over 2,000 have served there since 2022.", 2000, Scope.PART),
        ("presence", "No fewer than 90 stay.", 90, Scope.TOTAL),
    ],
)
def test_which_part_of_the_whole_a_number_is(kind: str, text: str, low: float, scope: Scope) -> None:
    claim, _ = first(event_type=kind, paraphrase=text, quantity={"low": low, "high": low, "unit": "personnel"})
    assert claim.quantity is not None and claim.quantity.scope is scope


def test_units_keep_their_words() -> None:
    claim, _ = first(quantity={"low": 4, "high": 4, "unit": "days"})
    assert claim.quantity is not None
    assert (claim.quantity.unit, claim.quantity.text) == (Unit.OTHER, "4 days")


def test_a_time_that_is_only_the_day_of_publication_says_so() -> None:
    published, _ = first(event_time={"start": "2031-02-20", "end": "2031-02-20"})
    resolved, _ = first(event_time={"start": "2031-02-19", "end": "2031-02-19"})
    stated, _ = first(paraphrase="They came on 19 February.", event_time={"start": "2031-02-19", "end": "2031-02-19"})
    open_start, _ = first(event_time={"start": None, "end": "2031-02"})
    assert [c.time.basis for c in (published, resolved, stated) if c.time is not None] == [
        TimeBasis.PUBLISHED,
        TimeBasis.RELATIVE,
        TimeBasis.STATED,
    ]
    assert open_start.time is not None and open_start.time.latest == "2031-02-28"


def test_the_host_of_forces_without_a_target_is_the_state_of_the_place() -> None:
    claim, _ = first(target=None, target_country=None, place="Bamako")
    assert claim.recipient is not None and claim.recipient.country == "MLI"
    region, _ = first(target="Sahel region", target_country=None, place=None)
    assert region.recipient is None and region.place is not None and region.place.name == "Sahel"


def test_a_round_up_keeps_its_agencies_and_who_told_which() -> None:
    found = only(sheet(fact(source="US official", source_type="unnamed_official"), wire_origin="AP / AFP"))
    assert found.document is not None and found.document.agency == "AP; AFP"
    said = found.claims[0].attribution
    assert said is not None and said.anonymous and said.via == ("AFP",)


def test_nothing_is_dropped_in_silence() -> None:
    found = only(sheet(fact(), fact(claim_id="q7.c2", event_type="statement", paraphrase="He saw no cause for worry.")))
    assert len(found.claims) == 1
    assert found.document is not None and "no cause for worry" in found.document.text
    assert [(issue.code, issue.document) for issue in found.issues] == [("no_kind", found.document.id)]
    assert "line 1, q7.c2" in found.issues[0].message


@pytest.mark.parametrize(
    ("broken", "code", "kept"),
    [
        ({"actor": 7}, "bad_value", True),
        ({"actor_country": "ZZZ"}, "bad_value", True),
        ({"quantity": "many"}, "bad_value", True),
        ({"quantity": {"low": -4, "high": 2}}, "bad_value", True),
        ({"quantity": {"low": 9, "high": 2}}, "bad_value", True),
        ({"quantity": {"low": True, "high": 2}}, "bad_value", True),
        ({"quantity": {"low": 1e300, "high": None}}, "bad_value", True),
        ({"event_time": {"start": "last week", "end": None}}, "bad_value", True),
        ({"event_time": {"start": "2031-13-01", "end": None}}, "bad_value", True),
        ({"event_time": {"start": "2031-03-02", "end": "2031-03-01"}}, "bad_value", True),
        ({"via": "AFP"}, "bad_value", True),
        ({"via": [1]}, "bad_value", True),
        ({"source_type": "ghost"}, "bad_value", True),
        ({"place": "Xyzzyville"}, "unknown_place", True),
        ({"event_type": "wedding"}, "bad_value", False),
        ({"event_type": None}, "bad_value", False),
        ({"status": "sworn"}, "bad_value", False),
        ({"paraphrase": None}, "bad_claim", False),
        ({"paraphrase": ["x"]}, "bad_claim", False),
        ({"paraphrase": "x" * 30_000}, "bad_claim", False),
    ],
)
def test_an_unfit_value_is_an_issue_and_the_rest_stands(broken: dict[str, Any], code: str, kept: bool) -> None:
    found = only(sheet(fact(claim_id="q7.c0", paraphrase="Another one."), fact(**broken)))
    assert code in {issue.code for issue in found.issues}
    assert all("line 1" in issue.message for issue in found.issues)
    assert len(found.claims) == 1 + kept


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", "bad_line"),
        (b"[1, 2]", "bad_line"),
        (b"null", "bad_line"),
        (b'{"a": NaN}', "bad_line"),
        (b'{"a": ' + b"9" * 5000 + b"}", "bad_line"),
        (b"[" * 100_000, "bad_line"),
        (b"\xff\xfe\x00", "bad_line"),
        (b'{"x": 1}', "unknown_format"),
        (b'{"id": "r1", "claims": []}', "bad_report"),
        (b'{"id": 4, "claims": [{"paraphrase": "x"}]}', "bad_report"),
        (b'{"id": "r1", "claims": [4]}', "bad_claim"),
        (b'{"kind": "presence", "document": {}, "evidence": []}', "bad_claim"),
        (b'{"kind": "presence", "document": {"id": "d"}, "evidence": [{"exact": "x", "start": -1}]}', "bad_claim"),
        (b'{"kind": "tea", "document": {"id": "d"}, "evidence": [{"exact": "x", "start": 1}]}', "bad_claim"),
        (b'{"pad": "' + b"x" * (9 * 1024 * 1024) + b'"}', "too_large"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(line: bytes, code: str) -> None:
    data = lines(sheet()) + b"\n" + line + b"\n" + lines(sheet(id="q8", title_paraphrase="Another"))
    found = list(imported(data, "claims.jsonl"))
    issues = [issue for report in found for issue in report.issues]
    assert code in {issue.code for issue in issues}
    assert all("line 2" in issue.message and issue.path == "claims.jsonl" for issue in issues)
    assert sum(bool(report.claims) for report in found) == 2


@pytest.mark.parametrize("data", [b"", b"\n \n", b"PK\x03\x04zip", b"\x00\x01\x02" * 50])
def test_a_file_without_lines(data: bytes) -> None:
    (found,) = imported(data)
    assert found.document is None and found.issues[0].code in ("empty", "binary")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("2031-02-29"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
slots = st.sampled_from([*fact()])
fields = st.sampled_from([*sheet()])


@RULES
@given(st.dictionaries(slots, values, max_size=4), st.dictionaries(fields, values, max_size=2))
def test_whatever_a_fact_sheet_holds_comes_to_claims_that_quote_or_to_issues(
    broken: dict[str, Any], around: dict[str, Any]
) -> None:
    data = json.dumps(sheet(fact(**broken)) | around).encode()
    for report in imported(data):
        assert report.document is not None or report.issues
        assert {issue.code for issue in report.issues} <= LINES
        for claim in report.claims:
            assert report.document is not None and claim.document == report.document.id
            assert all(report.document.text[p.start : p.end] == p.exact for p in claim.evidence)


TEXT = "The army said that Russia sent 100 soldiers to Gao on Friday. About 900 French troops are in Gao.\nThey stay."


def guide(**other: Any) -> dict[str, Any]:
    def words(exact: str) -> dict[str, Any]:
        return {"text": exact, "start": TEXT.index(exact), "end": TEXT.index(exact) + len(exact)}

    claim: dict[str, Any] = {
        "id": "claim-1",
        "document": {
            "id": "doc-1",
            "url": "https://post.example/1",
            "outlet": "Daily Post",
            "published": "2031-03-08",
            "language": "en",
            "title": "Soldiers in Gao",
        },
        "kind": "deployment",
        "actor": words("Russia") | {"name": "Russia, armed forces", "country": "RUS", "sector": "MIL"},
        "recipient": None,
        "place": words("Gao")
        | {"name": "Gao", "country": "MLI", "lat": 16.27, "lon": -0.04, "precision": "settlement"},
        "quantity": words("100") | {"low": 100, "high": 100, "unit": "personnel", "scope": "part"},
        "time": words("on Friday") | {"earliest": "2031-03-07", "latest": "2031-03-07", "basis": "relative"},
        "stance": "asserted",
        "attribution": {
            "source": words("The army") | {"name": "Mali, armed forces"},
            "source_kind": "military",
            "anonymous": False,
            "cue": words("said"),
            "quote": "indirect",
            "via": [],
        },
        "evidence": [words("Russia sent 100 soldiers to Gao on Friday")],
        "confidence": 0.8,
    }
    claim |= other
    claim["evidence"] = [{"exact": e.get("text", e.get("exact")), **e} for e in claim["evidence"]]
    return claim


def stays(**other: Any) -> dict[str, Any]:
    exact = "About 900 French troops are in Gao.\nThey stay."
    piece = {"exact": exact, "start": TEXT.index(exact), "end": len(TEXT)}
    number = {"text": "About 900", "start": piece["start"], "end": piece["start"] + 9, "low": 900, "high": 900}
    number |= {"unit": "personnel", "scope": "total"}
    empty = {"actor": None, "place": None, "time": None, "attribution": None, "quantity": number}
    return guide(id="claim-2", kind="presence", evidence=[piece], **empty, **other)


def test_claims_of_the_guide_without_their_text() -> None:
    found = only(stays(), guide())
    document = found.document
    assert document is not None
    assert document.text == (
        "Russia sent 100 soldiers to Gao on Friday\nAbout 900 French troops are in Gao. They stay."
    )
    assert (document.title, document.published) == ("Soldiers in Gao", "2031-03-08")
    second, claim = found.claims
    assert claim.actor is not None and claim.quantity is not None and claim.place is not None
    for slot in (claim.actor, claim.quantity, claim.place, second.quantity):
        assert slot is not None and slot.start is not None
        assert document.text[slot.start : slot.end] == slot.text
    assert claim.attribution is not None and claim.attribution.source is not None
    assert (claim.attribution.source.text, claim.attribution.source.start) == ("The army", None)
    assert claim.basis["evidence"] == "19..60 of the original text"
    assert claim.confidence == 0.8
    assert dict(found.external) == {document.id: "doc-1", second.id: "claim-2", claim.id: "claim-1"}


def test_claims_of_the_guide_over_a_text_that_the_ledger_has() -> None:
    held = Document("doc-1", TEXT, "0" * 64, outlet="Daily Post", published="2031-03-08")
    (found,) = imported(lines(guide(), stays()), held={"doc-1": held}.get)
    assert found.document == held
    claim, second = found.claims
    assert claim.evidence[0].start == TEXT.index("Russia")
    assert second.evidence[0].exact.endswith("\nThey stay.")
    assert claim.attribution is not None and claim.attribution.source is not None
    assert claim.attribution.source.start == 0
    assert claim.attribution.cue is not None and claim.attribution.cue.text == "said"


def test_a_held_text_that_does_not_bear_the_evidence_is_not_taken() -> None:
    held = Document("doc-1", TEXT.replace("100", "200"), "0" * 64)
    (found,) = imported(lines(guide()), held={"doc-1": held}.get)
    assert found.document is not None and found.document.id != "doc-1"


def test_slots_that_lie_are_empty() -> None:
    wrong = only(guide(place={"name": "Gao", "precision": "galaxy"}, quantity={"low": "1"}, actor=[1]))
    (claim,) = wrong.claims
    assert (claim.place, claim.quantity, claim.actor) == (None, None, None)
    assert [issue.code for issue in wrong.issues] == ["bad_value"] * 3
    moved = only(
        guide(actor={"text": "France", "start": 19, "end": 25, "name": "France", "country": "FRA", "sector": "GOV"})
    )
    assert moved.claims[0].actor is not None and moved.claims[0].actor.start is None


guide_slots = st.sampled_from([*guide()])


@RULES
@given(st.dictionaries(guide_slots, values, max_size=4))
def test_whatever_a_line_of_the_guide_holds_comes_to_claims_that_quote_or_to_issues(broken: dict[str, Any]) -> None:
    for report in imported(json.dumps(guide() | broken).encode()):
        assert report.document is not None or report.issues
        assert {issue.code for issue in report.issues} <= LINES
        for claim in report.claims:
            assert report.document is not None
            assert all(report.document.text[p.start : p.end] == p.exact for p in claim.evidence)


@RULES
@given(st.binary(max_size=200))
def test_any_bytes_at_all(data: bytes) -> None:
    for report in imported(data):
        assert report.document is None and report.issues


def test_ids_are_of_content() -> None:
    data = lines(sheet(), guide())
    assert list(imported(data)) == list(imported(data))
    ids = [claim.id for report in imported(lines(sheet(), sheet(published="2031-02-21"))) for claim in report.claims]
    assert len(set(ids)) == 2


def test_a_round_trip_of_what_we_write() -> None:
    (found,) = imported(lines(guide(), stays()))
    assert found.document is not None
    again = [claim_record(claim, found.document) for claim in found.claims]
    (back,) = imported(lines(*again), held={found.document.id: found.document}.get)
    for old, new in zip(found.claims, back.claims, strict=True):
        for name in ("kind", "actor", "recipient", "place", "quantity", "time", "stance", "attribution", "evidence"):
            assert getattr(old, name) == getattr(new, name), name


def test_a_folder_of_facts(tmp_path: Path) -> None:
    (tmp_path / "reports.jsonl").write_bytes(lines(sheet()))
    (tmp_path / "seeds.jsonl").write_bytes(lines(sheet(fact(claim_id="s1.c1"), id="s1", outlet="Other")))
    documents, claims, external = load_facts(tmp_path)
    assert [external[document.id] for document in documents] == ["q7", "s1"]
    assert [external[claim.id] for claim in claims] == ["q7.c1", "s1.c1"]
    assert all(claim.kind is Kind.DEPLOYMENT for claim in claims)
