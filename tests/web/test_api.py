"""The interface: pages, filters, ETags, problems, judgements, files."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desks import TOKEN, client_of
from starlette.testclient import TestClient

AT = "/api/v1"
BEARER = {"authorization": f"Bearer {TOKEN}"}
LISTINGS = ("documents", "claims", "events", "presences", "disputes", "origins", "judgements", "log", "issues")


@pytest.fixture(scope="module")
def api(examples_ledger: Path) -> Iterator[TestClient]:
    """A script that only reads."""
    with client_of(examples_ledger) as client:
        client.cookies.clear()
        client.headers.update(BEARER)
        yield client


@pytest.fixture
def own(own_place: str) -> Iterator[TestClient]:
    """A script that may write."""
    with client_of(own_place) as client:
        client.cookies.clear()
        client.headers.update(BEARER)
        yield client


def got(client: TestClient, path: str, **params: Any) -> Any:
    answer = client.get(f"{AT}{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def problem(answer: Any, status: int, name: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == status and told["type"] == f"/api#problem-{name}"
    return told


def ids(items: list[dict[str, Any]]) -> list[Any]:
    return [item.get("id") or item.get("number") or (item["code"], item["message"], item["start"]) for item in items]


@pytest.mark.parametrize("name", LISTINGS)
def test_pages_follow_one_another_and_lead_back(api: TestClient, name: str) -> None:
    whole = got(api, f"/{name}", limit=500)
    found: list[Any] = []
    address: str | None = f"{AT}/{name}?limit=3"
    last = None
    for _ in range(4):
        if address is None:
            break
        answer = api.get(address)
        page = answer.json()
        found += ids(page["items"])
        if page["next"] is not None:
            assert f'<{page["next"]}>; rel="next"' in answer.headers["link"]
        if last is not None:
            assert ids(api.get(page["previous"]).json()["items"]) == last
        last, address = ids(page["items"]), page["next"]
    assert found == ids(whole["items"])[: len(found)]
    assert whole["total"] == {"count": len(whole["items"]), "exact": True}


def test_a_link_keeps_the_filters(api: TestClient) -> None:
    page = got(api, "/claims", kind="deployment", limit=1)
    assert page["items"][0]["kind"] == "deployment"
    following = api.get(page["next"]).json()
    assert following["items"][0]["kind"] == "deployment"
    assert following["total"] == page["total"]


def test_a_page_of_other_filters_is_refused(api: TestClient) -> None:
    cursor = got(api, "/claims", limit=1)["next"].partition("cursor=")[2]
    problem(api.get(f"{AT}/claims", params={"kind": "attack", "cursor": cursor}), 400, "cursor")
    problem(api.get(f"{AT}/presences", params={"on": "2024-05-01", "cursor": cursor}), 400, "cursor")


def test_claims_are_filtered_and_sorted(api: TestClient) -> None:
    denied = got(api, "/claims", stance="denied", limit=500)["items"]
    assert denied and {claim["stance"] for claim in denied} == {"denied"}
    sure = [claim["confidence"] for claim in got(api, "/claims", sort="-confidence", limit=500)["items"]]
    assert sure == sorted(sure, reverse=True)


def test_a_claim_quotes_its_report(api: TestClient) -> None:
    for claim in got(api, "/claims", limit=20)["items"]:
        text = got(api, f"/documents/{claim['document']['id']}")["text"]
        for part in claim["evidence"]:
            assert text[part["start"] : part["end"]] == part["exact"]
        passage = got(api, f"/claims/{claim['id']}/evidence")["passages"][0]
        assert passage["before"] + passage["exact"] + passage["after"] in text


def test_what_a_claim_is_in_names_it(api: TestClient) -> None:
    event = got(api, "/events", limit=1)["items"][0]
    whole = got(api, f"/events/{event['id']}")
    assert len(whole["claims"]) == event["claim_count"]
    assert event["id"] in got(api, f"/claims/{whole['claims'][0]}")["events"]


def test_presence_on_a_day_and_as_it_was_told(api: TestClient) -> None:
    now = got(api, "/presences", host="NER")["items"]
    assert now
    then = got(api, "/presences", on="1950-01-01")["items"]
    assert len(then) < got(api, "/presences")["total"]["count"]
    told = got(api, "/presences", host="NER", until="2030-01-01", limit=500)["items"]
    assert sorted((row["force"], row["status"], row["low"]) for row in told) == sorted(
        (row["force"], row["status"], row["low"]) for row in now
    )
    assert got(api, "/presences", host="NER", until="1990-01-01")["items"] == []
    problem(api.get(f"{AT}/presences?until=2024-01-01"), 409, "refused")


def test_the_steps_of_a_day(api: TestClient) -> None:
    longest = max(got(api, "/presences", limit=500)["items"], key=lambda row: row["supporting"])
    whole = got(api, f"/presences/{longest['id']}")
    assert whole["series"]
    assert len(got(api, f"/presences/{longest['id']}", on="1950-01-01")["series"]) <= len(whole["series"])


def test_an_answer_that_the_client_has_is_not_sent_again(own: TestClient) -> None:
    first = own.get(f"{AT}/claims")
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    again = own.get(f"{AT}/claims", headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    claim = first.json()["items"][0]["id"]
    own.post(f"{AT}/judgements", json={"verdict": "accept", "claims": [claim]})
    assert own.get(f"{AT}/claims", headers={"if-none-match": tag}).status_code == 200


def test_large_answers_are_compressed_for_whom_takes_it(api: TestClient) -> None:
    answer = api.get(f"{AT}/claims", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["vary"]
    plain = api.get(f"{AT}/claims", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.json() == answer.json()
    assert len(gzip.compress(plain.content)) < len(plain.content) / 2


def test_the_beginning_of_an_id_leads_to_the_record(api: TestClient) -> None:
    claim = got(api, "/claims", limit=1)["items"][0]["id"]
    moved = api.get(f"{AT}/claims/{claim[:20]}/evidence?x=1", follow_redirects=False)
    assert moved.status_code == 307
    assert moved.headers["location"] == f"{AT}/claims/{claim}/evidence?x=1"
    told = problem(api.get(f"{AT}/claims/claim-"), 404, "unknown-id")
    assert "is the beginning of claim-" in told["detail"]
    told = problem(api.get(f"{AT}/events/{claim}"), 404, "unknown-id")
    assert "is a claim, not an event" in told["detail"]


def test_problems(api: TestClient) -> None:
    problem(api.get(f"{AT}/nothing"), 404, "not-found")
    problem(api.get(f"{AT}/claims/"), 404, "not-found")
    told = problem(api.get(f"{AT}/claims?kidn=attack&limit=501&since=2024-02-30"), 422, "invalid")
    assert {one["where"] for one in told["errors"]} == {"query.limit", "query.since", "query.kidn"}
    refused = api.put(f"{AT}/judgements")
    problem(refused, 405, "method")
    assert refused.headers["allow"] == "GET, POST"
    problem(api.post(f"{AT}/judgements", content=b"{", headers={"content-type": "application/json"}), 400, "unreadable")
    problem(api.get(f"{AT}/claims", headers={"authorization": "Bearer wrong"}), 401, "sign-in")


def test_a_failure_is_told_without_its_cause(own: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret cause")

    monkeypatch.setattr(type(own.app.state.desk.view), "claims_page", fail)  # type: ignore[attr-defined]
    told = problem(own.get(f"{AT}/claims"), 500, "internal")
    assert "secret" not in json.dumps(told)


HOSTILE = (
    "\x00",
    "'; DROP TABLE claims; --",
    '"AND NOT (',
    "%",
    "\\",
    "*" * 200,
    "\u202e<script>alert(1)</script>{{7*7}}",
    "𝔸" * 200,
    "x" * 15_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", [*LISTINGS, "search", "export/claims"])
def test_hostile_words_are_only_words(api: TestClient, name: str, text: str) -> None:
    known = {"search": "q", "issues": "text", "judgements": "target", "log": "target", "origins": "source"}
    parameter = known.get(name, "actor" if name not in ("documents",) else "text")
    answer = api.get(f"{AT}/{name}", params={parameter: text})
    assert answer.status_code in (200, 404, 422)
    assert "<script>" not in answer.text or answer.headers["content-type"].startswith("application/")


def test_hostile_bodies_are_refused(own: TestClient) -> None:
    def post(content: bytes) -> int:
        answer = own.post(f"{AT}/judgements", content=content, headers={"content-type": "application/json"})
        assert answer.headers["content-type"] == "application/problem+json"
        return answer.status_code

    note = '{"verdict": "note", "id": "claim-00", "text": "%s"}'
    assert post((note % "\\u0000").encode()) == 422
    assert post((note % "\\ud800").encode()) == 422
    assert post((note % ("x" * 10_001)).encode()) == 422
    assert post((note % ("x" * 1_000_000)).encode()) == 413
    assert post(b'{"verdict": %s}' % (b"9" * 5000)) == 400
    assert post(b"[" * 100_000) == 400
    assert post(b'{"verdict": "note", "\\ud800": 1, "id": "claim-00", "text": "x"}') == 422
    assert post(b'{"verdict": "accept", "claims": %s}' % json.dumps(["claim-00"] * 201).encode()) == 422


def made(client: TestClient, **body: Any) -> dict[str, Any]:
    answer = client.post(f"{AT}/judgements", json=body)
    assert answer.status_code in (200, 201), answer.text
    told: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"{AT}/judgements/{told['judgements'][0]['id']}"
    assert answer.status_code == (200 if told["repeated"] else 201)
    return told


def test_a_claim_is_rejected_and_comes_back(own: TestClient) -> None:
    event = got(own, "/events", limit=1)["items"][0]
    claim = got(own, f"/events/{event['id']}")["claims"][0]
    done = made(own, verdict="reject", claims=[claim[:22]], reason="misread")
    assert done["judgements"][0]["targets"] == [claim] and done["current"]
    review = got(own, f"/claims/{claim}/review")
    assert review["rejected"] and review["claim"] is None and len(review["history"]) == 1
    assert event["id"] not in got(own, f"/claims/{claim}")["events"]
    made(own, verdict="undo", judgements=[done["judgements"][0]["id"]])
    assert not got(own, f"/claims/{claim}/review")["rejected"]
    assert event["id"] in got(own, f"/claims/{claim}")["events"]
    kept = got(own, f"/judgements/{done['judgements'][0]['id']}")
    assert kept["undone_by"] == got(own, "/judgements", verdict="reverse")["items"][0]["id"]


def test_a_correction_shows_in_the_review(own: TestClient) -> None:
    claim = got(own, "/claims", limit=1)["items"][0]["id"]
    change = {"slot": "place", "to": "Camp X [MLI site] 16.25,-0.03"}
    made(own, verdict="correct", claim=claim, changes=[change], reason="named further down")
    review = got(own, f"/claims/{claim}/review")
    assert review["corrected"] and review["claim"]["place"]["name"] == "Camp X"
    again = own.post(
        f"{AT}/judgements", json={"verdict": "correct", "claim": claim, "changes": [change], "reason": "twice"}
    )
    assert "says so already" in problem(again, 409, "refused")["detail"]


def test_every_verdict(own: TestClient) -> None:
    claims = [claim["id"] for claim in got(own, "/claims", limit=2)["items"]]
    made(own, verdict="accept", claims=claims, reason="checked")
    made(own, verdict="merge", ids=claims)
    made(own, verdict="rate", what="Reuters", rating="B")
    made(own, verdict="rate", what=claims[0], rating="2")
    made(own, verdict="note", id=claims[0], text="ask the embassy")
    dispute = got(own, "/disputes", limit=1)["items"][0]["id"]
    made(own, verdict="settle", dispute=dispute, favours="neither", reason="both err")
    event = next(one for one in got(own, "/events", limit=500)["items"] if one["claim_count"] > 1)
    part = got(own, f"/events/{event['id']}")["claims"][0]
    made(own, verdict="split", ids=[part])
    verdicts = {one["verdict"] for one in got(own, "/judgements")["items"]}
    assert verdicts == {"accept", "merge", "rate", "note", "settle", "split"}
    assert got(own, "/disputes", state="settled")["items"]


def test_the_same_judgement_twice_is_told_and_kept_once(own: TestClient) -> None:
    claim = got(own, "/claims", limit=1)["items"][0]["id"]
    first = made(own, verdict="reject", claims=[claim], reason="misread")
    second = made(own, verdict="reject", claims=[claim], reason="misread")
    assert second["repeated"] and second["judgements"] == first["judgements"]
    assert got(own, "/judgements")["total"]["count"] == 1
    made(own, verdict="accept", claims=[claim])
    assert not made(own, verdict="reject", claims=[claim], reason="misread")["repeated"]
    assert got(own, "/judgements")["total"]["count"] == 3


def test_who_may_judge(own_ledger: Path) -> None:
    with client_of(own_ledger) as browser:
        claim = got(browser, "/claims", limit=1)["items"][0]["id"]
        body = {"verdict": "accept", "claims": [claim]}
        problem(browser.post(f"{AT}/judgements", json=body), 403, "forbidden")
        token = browser.get("/claims").text.partition('name="csrf" content="')[2].partition('"')[0]
        assert browser.post(f"{AT}/judgements", json=body, headers={"x-csrf-token": token}).status_code == 201
        browser.cookies.clear()
        problem(browser.post(f"{AT}/judgements", json=body, headers={"x-csrf-token": token}), 401, "sign-in")


@pytest.mark.parametrize("name", ("claims", "documents", "events", "presences", "disputes", "origins"))
def test_files_hold_the_whole_listing(api: TestClient, name: str) -> None:
    whole = ids(got(api, f"/{name}", limit=500)["items"])
    lines = api.get(f"{AT}/export/{name}")
    assert lines.headers["content-disposition"] == f'attachment; filename="{name}.jsonl"'
    assert [json.loads(line)["id"] for line in lines.text.splitlines()] == whole
    table = api.get(f"{AT}/export/{name}", params={"format": "csv"})
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert [row["id"] for row in csv.DictReader(io.StringIO(table.text))] == whole


def test_files_of_many_pages_have_one_heading(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.web.api.routes.exports.BATCH", 7)
    rows = list(csv.DictReader(io.StringIO(api.get(f"{AT}/export/claims?format=csv").text)))
    assert len(rows) == got(api, "/claims")["total"]["count"]


def test_formulas_are_neutralised_in_csv(own: TestClient) -> None:
    claim = got(own, "/claims", limit=1)["items"][0]["id"]
    made(own, verdict="note", id=claim, text="x")
    made(own, verdict="reject", claims=[claim], reason="=HYPERLINK(1)")
    rows = list(csv.DictReader(io.StringIO(own.get(f"{AT}/export/judgements?format=csv&verdict=reject").text)))
    assert [row["reason"] for row in rows] == ["'=HYPERLINK(1)"]


def test_documents_are_exported_with_their_texts(api: TestClient) -> None:
    first = json.loads(api.get(f"{AT}/export/documents").text.splitlines()[0])
    assert first["text"] == got(api, f"/documents/{first['id']}")["text"]


def test_sources_are_listed_and_told_of(api: TestClient) -> None:
    page = got(api, "/sources")
    assert page["items"] and page["total"]["count"] >= len(page["items"])
    first = page["items"][0]
    assert first["first"].startswith("20") and first["last"] >= first["first"]
    assert got(api, f"/sources/{first['name']}")["claims"] >= first["claims"]
    if page["next"] is not None:
        assert first not in api.get(page["next"]).json()["items"]
    outlet = got(api, "/outlets", sort="name")["items"][0]
    assert got(api, f"/sources/{outlet['name']}")["reports"] >= 1
    problem(api.get(f"{AT}/sources/nobody/of that name"), 404, "unknown-id")


def test_search_finds_claims_and_reports(api: TestClient) -> None:
    claims = got(api, "/search", q="agadez")
    assert claims["items"] and all("claim" in item for item in claims["items"])
    documents = got(api, "/search", q="agadez", of="documents")
    assert documents["items"] and all("document" in item for item in documents["items"])
    assert got(api, "/search", q="xyzzy")["items"] == []


def test_the_status(own: TestClient) -> None:
    told = got(own, "/status")
    assert told["current"] and told["counts"]["claims"] == got(own, "/claims")["total"]["count"]
    state = told["state"]
    made(own, verdict="rate", what="Reuters", rating="B")
    assert got(own, "/status")["state"] != state
