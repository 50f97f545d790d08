"""Each sentence is taken back to the rows and claims it names, and its numbers and days are worked out from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from briefs import DAY, made

from dateline.brief import Asked, Brief
from dateline.brief.model import Sentence
from dateline.brief.values import Amount, Beginning, Count, Days, Host, Party, Term, Value
from dateline.model import Claim, Dispute, Event, Presence, Step
from dateline.reconcile.origins.witnessing import witnesses
from dateline.reconcile.reports import Reports
from dateline.store import Store, open_store
from dateline.store.view import View


@pytest.fixture(scope="module")
def view(examples_ledger: Path) -> Iterator[View]:
    store: Store = open_store(examples_ledger, create=False)
    yield View(store)
    store.close()


def told(sentence: Sentence, key: str) -> dict[str, Value]:
    return next((dict(one.values) for one in sentence.parts if one.key == key), {})


def keys(sentence: Sentence) -> set[str]:
    return {one.key for one in sentence.parts}


def step_of(view: View, sentence: Sentence) -> tuple[Presence, Step]:
    presence = view.derived_record(str(sentence.presence))
    assert isinstance(presence, Presence) and sentence.step is not None
    series = presence.series
    if sentence.site is not None:
        series = next(site.steps for site in presence.at_sites if site.site == sentence.site)
    return presence, series[sentence.step - 1]


def origins(view: View, ids: tuple[str, ...]) -> int:
    """Independent origins, counted anew from the claims of the ledger."""
    claims = list(view.claims_of(list(ids)).values())
    documents = [claim.document for claim in claims]
    found = witnesses(claims, Reports(view.headers(documents), view.origins_of(documents)))
    return sum(not one.background for one in found)


def test_every_sentence_names_rows_and_claims_that_are_there(niger: Brief, view: View) -> None:
    sentences = [one for section in niger.sections for one in section.sentences]
    assert len(sentences) > 30
    cited = {row.claim.id for row in niger.annex}
    for one in sentences:
        assert one.claims and set(one.claims) <= cited
        assert len(view.claims_of(list(one.claims))) == len(one.claims) <= one.claims_in_all
        assert one.presence or one.event or one.dispute
    named = {claim for one in sentences for claim in one.claims}
    assert cited == named


def test_what_is_told_of_a_step_is_what_the_step_has(niger: Brief, view: View) -> None:
    checked = 0
    for one in (s for section in niger.sections for s in section.sentences if s.step is not None):
        presence, step = step_of(view, one)
        lead = dict(one.parts[0].values)
        assert lead["force"] == Party(presence.force) and lead["host"] == Host(presence.host)
        assert set(one.claims) <= set(step.supports) and one.claims_in_all == len(step.supports)
        if "strength" in lead:
            assert lead["strength"] == Amount(step.low, step.high)
        if "before" in lead:
            before = presence.series[(one.step or 0) - 2]
            assert lead["before"] == Amount(before.low, before.high)
        begun = told(one, "since").get("day") or lead.get("day")
        assert begun in (None, Beginning(step.start, step.start_precise, step.start_asserted))
        if counted := told(one, "told_by"):
            assert counted["origins"] == Count(origins(view, step.supports), "origin")
            assert counted["claims"] == Count(len(step.supports), "claim")
        if figure := told(one, "figure_by"):
            assert figure["origins"] == Count(step.origins, "origin")
        if newest := told(one, "newest"):
            assert newest["day"] == Days(step.as_of, step.as_of)
        checked += 1
    assert checked > 20


def test_what_holds_on_the_day_holds_then_and_known_needs_two_origins(niger: Brief, view: View) -> None:
    sections = {section.key: section for section in niger.sections}
    single = next(group for group in sections["claimed"].groups if group.key == "single")
    for one in (*sections["known"].sentences, *single.sentences):
        _, step = step_of(view, one)
        assert (step.start or step.as_of or "") <= niger.day and (step.end is None or niger.day <= step.end)
        assert (step.origins >= 2) is (one in sections["known"].sentences)
    for one in sections["stale"].sentences:
        _, step = step_of(view, one)
        age = one.parts[0].values["age"]
        assert isinstance(age, Count) and step.as_of is not None
        assert age.number == (DAY - DAY.fromisoformat(step.as_of)).days > 31


def test_acts_are_what_their_events_have(niger: Brief, view: View) -> None:
    acts = [one for section in niger.sections for one in section.sentences if one.event is not None]
    assert acts
    for one in acts:
        event = view.derived_record(str(one.event))
        assert isinstance(event, Event) and set(one.claims) <= set(event.claims)
        lead = one.parts[0].values
        assert lead["days"] == Days(event.earliest, event.latest)
        assert lead["kind"] == Term("kinds", event.kind) and lead["stage"] == Term("stages", event.stage)
        assert told(one, "told_by")["origins"] == Count(event.origins, "origin")
        assert told(one, "by").get("party") == (None if event.actor is None else Party(event.actor))
        if "figure" in keys(one):
            assert told(one, "figure")["amount"] == Amount(event.low, event.high, str(event.unit))


def test_sides_are_those_of_their_disputes_with_the_figures_of_their_claims(niger: Brief, view: View) -> None:
    section = next(one for one in niger.sections if one.key == "disputed")
    assert section.groups
    for group in section.groups:
        assert group.lead is not None
        dispute = view.derived_record(str(group.lead.dispute))
        assert isinstance(dispute, Dispute) and len(group.sentences) == len(dispute.sides)
        for one, side in zip(group.sentences, dispute.sides, strict=True):
            assert set(one.claims) <= set(side.claims)
            assert told(one, "told_by")["claims"] == Count(len(side.claims), "claim")
            independent = sum(not witness.background for witness in side.witnesses)
            assert told(one, "told_by")["origins"] == Count(independent, "origin")
            amount = told(one, "holds_figure")["amount"]
            claims = view.claims_of(list(side.claims)).values()
            figures = [v for c in claims if c.quantity for v in (c.quantity.low, c.quantity.high) if v is not None]
            assert isinstance(amount, Amount)
            assert {amount.low, amount.high} - {None} == {min(figures), max(figures)}


def test_what_is_only_claimed_is_said_in_the_stance_of_its_claim(niger: Brief, view: View) -> None:
    section = next(one for one in niger.sections if one.key == "claimed")
    apart = [(group.key, one) for group in section.groups for one in group.sentences if one.presence and not one.step]
    assert apart
    for stance, one in apart:
        (claim,) = view.claims_of(list(one.claims)).values()
        assert isinstance(claim, Claim) and claim.stance == stance
        assert one.parts[0].values == {"stance": Term("stances", stance), "kind": Term("kinds", claim.kind)}
        if claim.quantity is not None and "figure" in keys(one):
            amount = told(one, "figure")["amount"]
            assert isinstance(amount, Amount) and (amount.low, amount.high) == (claim.quantity.low, claim.quantity.high)
        if claim.time is not None and "when" in keys(one):
            assert told(one, "when")["days"] == Days(claim.time.earliest, claim.time.latest)


def test_references_are_origins_and_count_their_reports(niger: Brief, view: View) -> None:
    assert [one.number for one in niger.references] == list(range(1, len(niger.references) + 1))
    for one in niger.references:
        if one.key.startswith("origin-") and not one.relayed:
            assert one.earliest is not None
            origin = view.origins_of([one.earliest.id])[one.earliest.id]
            assert set(origin.documents) <= set(one.documents)
            published = [view.headers([key])[key].published or "9999" for key in one.documents]
            assert (one.earliest.published or "9999") == min(published)
    reprinted = [one for one in niger.references if len(one.documents) > 1]
    assert reprinted, "the examples have reprints: they are one origin"


def test_changes_are_those_of_the_days_asked_for(examples_ledger: Path, view: View) -> None:
    brief = made(examples_ledger, Asked.of("NER", "USA", since="2024-05-01", until="2024-07-31"))
    changed = next(one for one in brief.sections if one.key == "changed")
    assert changed.sentences and brief.day == "2024-07-31"
    for one in changed.sentences:
        if one.step is not None:
            presence, step = step_of(view, one)
            assert presence.force_country == "USA"
            assert "2024-05-01" <= str(step.start) <= "2024-07-31"


def test_a_rejected_claim_is_nowhere(small_brief: Brief, small: Path) -> None:
    rejected = [row for row in small_brief.annex if row.claim.stance == "alleged"]
    assert not rejected
    sentences = [one for section in small_brief.sections for one in section.sentences]
    assert sentences and all(told(one, "claimed").get("stance") != Term("stances", "alleged") for one in sentences)
