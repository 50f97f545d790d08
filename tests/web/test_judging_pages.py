"""Every verdict through its form, and back again."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import msgspec
import pytest
from judging_flows import Judged, done
from starlette.testclient import TestClient

from dateline.desk.judging import REASONS
from dateline.judging.as_typed import TYPED_SLOTS, as_typed
from dateline.judging.corrections import value_typed
from dateline.model import Claim, Matter, Verdict
from dateline.store import Filters, View, open_store

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} \x00 \u202e =cmd()"


def slots(claim: Claim, **changed: str) -> dict[str, str | list[str]]:
    """The fields of the form of a correction as a browser sends them, some changed."""
    form: dict[str, str | list[str]] = {"claim": claim.id}
    for slot in TYPED_SLOTS:
        form[f"was.{slot}"] = as_typed(claim, slot)
        form[f"to.{slot}"] = changed.get(slot, as_typed(claim, slot))
    return form


def test_accept_and_its_undoing(judged: Judged) -> None:
    claim = judged.claims()[0]
    answer = judged.post("accept", {"claim": claim.id}, back=f"/review?claim={claim.id}")
    (made,) = done(answer)
    assert judged.judgements()[-1].verdict is Verdict.ACCEPT
    shown = judged.client.get(answer.headers["location"]).text
    assert f"Accepted {claim.id[:14]}" in shown and f'value="{made}"' in shown
    back = judged.post("undo", {"judgement": made})
    assert "Undone: accepted" in judged.client.get(back.headers["location"]).text


def test_reject_then_undo_restores_all_that_is_derived(judged: Judged) -> None:
    before = judged.derived()
    claim = judged.events()[0].claims[0]
    (made,) = done(judged.post("reject", {"claim": claim, "reason": "misread"}))
    assert judged.derived() != before
    (undone,) = done(judged.post("undo", {"judgement": made}))
    assert judged.derived() == before
    done(judged.post("undo", {"judgement": undone}))
    assert judged.derived() != before


def test_a_reason_may_be_chosen_typed_or_both(judged: Judged) -> None:
    first, second = judged.claims()[:2]
    done(judged.post("reject", {"claim": first.id, "preset": REASONS[0], "reason": "see line 3"}))
    done(judged.post("reject", {"claim": second.id, "preset": REASONS[1]}))
    assert [judgement.reason for judgement in judged.judgements()] == [f"{REASONS[0]}: see line 3", REASONS[1]]


def test_a_rejection_without_reason_is_refused_in_words(judged: Judged) -> None:
    claim = judged.claims()[0]
    answer = judged.post("reject", {"claim": claim.id})
    assert answer.status_code == 422
    assert "A rejection needs a reason" in answer.text and html.escape(claim.evidence[0].exact) in answer.text
    assert not judged.judgements()


def test_several_slots_are_corrected_at_once(judged: Judged) -> None:
    claim = next(claim for claim in judged.claims() if claim.place is not None and claim.quantity is not None)
    form = slots(claim, place="Agadez", quantity="700..800 personnel total") | {"reason": "named further down"}
    assert len(done(judged.post("correct", form))) == 2
    made = {judgement.value["slot"]: judgement.value["to"] for judgement in judged.judgements()}
    assert made["place"]["name"] == "Agadez" and (made["quantity"]["low"], made["quantity"]["high"]) == (700, 800)


def test_a_correction_that_cannot_be_read_keeps_what_was_typed(judged: Judged) -> None:
    claim = judged.claims()[0]
    form = slots(claim, actor="Katiba Nowhere", time="some day") | {"reason": "a reason of mine"}
    answer = judged.post("correct", form)
    assert answer.status_code == 422 and not judged.judgements()
    for kept in ("Katiba Nowhere", "some day", "a reason of mine"):
        assert f'value="{kept}"' in answer.text


def test_a_correction_without_a_change_is_refused(judged: Judged) -> None:
    answer = judged.post("correct", slots(judged.claims()[0]) | {"reason": "nothing"})
    assert answer.status_code == 422 and "Nothing was changed" in answer.text


@pytest.mark.parametrize("slot", TYPED_SLOTS)
def test_the_form_begins_with_what_changes_nothing(examples_ledger: Path, slot: str) -> None:
    """What stands in the form, typed as it is, gives the value again (aside from words, basis and how exact it is)."""
    store = open_store(examples_ledger, create=False)
    for claim in View(store).claims(Filters()).rows:
        typed = as_typed(claim, slot)
        if typed and not (slot == "via" and claim.attribution is None):
            value, said = value_typed(slot, typed, claim), claim.attribution
            if slot == "source":
                held = None if said is None else (said.source and said.source.name, said.source_kind, said.anonymous)
                assert held == (value and (value["source"]["name"], value["source_kind"], value["anonymous"])), typed
            elif slot == "via":
                assert tuple(value) == (() if said is None else said.via)
            else:
                assert plain(value) == plain(msgspec.to_builtins(getattr(claim, slot))), typed
    store.close()


def plain(value: Any) -> Any:
    aside = {"text", "start", "end", "basis", "uncertainty", "alternatives"}
    return {key: part for key, part in value.items() if key not in aside} if isinstance(value, dict) else value


def test_a_claim_and_a_source_are_rated(judged: Judged) -> None:
    claim = judged.claims()[0]
    done(judged.post("rate", {"claim": claim.id, "rating": "2"}))
    done(judged.post("rate", {"source": "Reuters", "rating": "B", "reason": "its record"}))
    assert [judgement.matter for judgement in judged.judgements()] == [Matter.CLAIM, Matter.SOURCE]
    assert judged.post("rate", {"source": "Reuters", "rating": "Z"}).status_code == 422


def test_events_are_merged_and_the_way_back_is_to_the_whole(judged: Judged) -> None:
    first, second = [event for event in judged.events() if event.kind == "withdrawal"][:2]
    before = judged.derived()
    answer = judged.post(
        "merge", {"id": [first.id, second.id], "thing": first.id, "reason": "one"}, back=f"/events/{first.id}"
    )
    (made,) = done(answer)
    merged = answer.headers["location"].split("?")[0].rpartition("/")[2]
    assert merged not in (first.id, second.id)
    whole = next(event for event in judged.events() if event.id == merged)
    assert {*first.claims, *second.claims} <= set(whole.claims)
    assert judged.client.get(answer.headers["location"]).status_code == 200
    back = judged.post("undo", {"judgement": made}, back=f"/events/{merged}")
    assert judged.derived() == before
    assert judged.client.get(back.headers["location"]).status_code == 200


def test_ticked_claims_are_taken_out_of_an_event(judged: Judged) -> None:
    event = max(judged.events(), key=lambda event: len(event.claims))
    taken = list(event.claims[:2])
    answer = judged.post("split", {"id": taken, "of": event.id, "thing": event.id}, back=f"/events/{event.id}")
    done(answer)
    rest = answer.headers["location"].split("?")[0].rpartition("/")[2]
    left = next(found for found in judged.events() if found.id == rest)
    assert not set(taken) & set(left.claims) and set(left.claims) <= set(event.claims)


def test_nothing_ticked_is_refused_with_the_claims_to_tick(judged: Judged) -> None:
    event = max(judged.events(), key=lambda event: len(event.claims))
    answer = judged.post("split", {"of": event.id, "thing": event.id, "reason": "kept words"})
    assert answer.status_code == 422
    assert f'value="{event.claims[0]}" form="split-event"' in answer.text and "kept words" in answer.text


def test_origins_are_merged_and_split(judged: Judged) -> None:
    origin, other = [found for found in judged.view.origins().rows if found.documents][:2]
    (made,) = done(judged.post("merge", {"id": origin.id, "other": other.id, "thing": origin.id}))
    whole = judged.view.origins_of([origin.documents[0]])[origin.documents[0]]
    assert {*origin.documents, *other.documents} <= set(whole.documents)
    done(judged.post("split", {"id": other.documents[0], "of": whole.id, "thing": whole.id}))
    assert len(judged.judgements()) == 2 and made


def test_a_dispute_is_settled_and_opened_again(judged: Judged) -> None:
    dispute = judged.disputes()[0]
    answer = judged.post(
        "settle", {"thing": dispute.id, "favours": "1", "reason": "an order"}, back=f"/disputes/{dispute.id}"
    )
    (made,) = done(answer)
    shown = judged.client.get(answer.headers["location"]).text
    assert "decided for" in shown and "settled for" in shown
    assert judged.disputes()[-1].status == "settled"
    judged.post("undo", {"judgement": made})
    assert all(found.status == "open" for found in judged.disputes())


@pytest.mark.parametrize("fields", [{}, {"favours": "9"}, {"favours": "1"}])
def test_a_settlement_needs_a_side_and_a_reason(judged: Judged, fields: dict[str, str]) -> None:
    answer = judged.post("settle", {"thing": judged.disputes()[0].id, **fields})
    assert answer.status_code == 422 and 'role="alert"' in answer.text and not judged.judgements()


def test_hostile_words_stay_words(judged: Judged) -> None:
    claim = judged.claims()[0]
    answer = judged.post("note", {"thing": claim.id, "text": HOSTILE}, back=f"/review?claim={claim.id}")
    shown = judged.client.get(answer.headers["location"]).text
    assert "<script>alert" not in shown and "&lt;script&gt;alert" in shown
    assert "{{ 7*7 }}" in shown and "\u202e" not in shown and "\x00" not in shown
    refused = judged.post("reject", {"claim": claim.id, "reason": "x" * 20_000})
    assert refused.status_code == 422 and "at most 10000" in refused.text


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nx: y", "", "x"]
)
def test_a_form_leads_back_to_this_desk_only(judged: Judged, back: str) -> None:
    answer = judged.post("accept", {"claim": judged.claims()[0].id}, back=back)
    assert answer.headers["location"].startswith("/log?done=")


def test_a_form_without_its_token_judges_nothing(judged: Judged) -> None:
    answer = judged.client.post("/judge/accept", data={"claim": judged.claims()[0].id})
    assert answer.status_code == 403 and not judged.judgements()


def test_made_up_judgements_are_told_of_nowhere(client: TestClient) -> None:
    shown = client.get("/events", params={"done": "judgement-0,<script>"})
    assert shown.status_code == 200 and 'class="done"' not in shown.text


@pytest.mark.parametrize("verdict", ["accept", "reject", "correct", "merge", "split", "settle", "rate", "note", "undo"])
def test_an_empty_form_is_refused_in_words(judged: Judged, verdict: str) -> None:
    answer = judged.post(verdict, {})
    assert answer.status_code == 422 and 'role="alert"' in answer.text and not judged.judgements()
