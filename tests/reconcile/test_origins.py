"""Origins: who carries whose reporting, told from text, credits and claims; who only used a part of it."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import made_claims as made
from dateline.model import Attribution, Claim, Document, OriginSign, Quote, Source, SourceKind, identified
from dateline.reconcile import Reports, all_origins, witnesses
from dateline.reconcile.origins import is_partial, link, sketch
from dateline.reconcile.verdicts import Verdicts

FIRST = (
    "About 140 soldiers of the northern alliance moved into the hangar beside the eastern "
    "runway of Port Selim on Tuesday "
    "night, a senior defence official told Meridian. The official, who asked not to be named, said that 23 lorries "
    "had followed by road with radar parts and fuel."
)
SECOND = (
    "“They keep to their side of the fence and we keep to ours,” said the official. Colonel "
    "Idris Bahari, who commands "
    "the harbour guard, put the older contingent at 867 and said that it would be gone before the rains."
)
THIRD = (
    "Talks on the date broke up twice last month over who pays for the wells that the older "
    "contingent had drilled near "
    "the village of Tamra. A spokeswoman of the ministry did not answer calls."
)
FOURTH = (
    "Traders in the quarter behind the runway told of cargo planes on three nights in a row, "
    "the last of them shortly "
    "before dawn, and of crates that took two lorries each."
)
WIRE = "\n\n".join((FIRST, SECOND, THIRD, FOURTH))
OTHER = (
    "Soldiers of the northern alliance are now at Port Selim, two shopkeepers and a dock "
    "foreman told this paper. They came "
    "on Tuesday after dark.\n\nThe foreman, Hamid Oruc, counted nine buses at the eastern "
    "gate; his brother, who drives a "
    "crane there, saw men in plain fatigues unload field kitchens. The ministry of ports said that it had leased "
    "out a storehouse and knew of no soldiers.\n\nPrices of bread in the harbour quarter rose "
    "by a third within a day, for the "
    "bakers had been asked to deliver to the base first. In the mosque the imam asked for calm and for patience."
)


def report(text: str, outlet: str, day: int = 3, agency: str | None = None, **fields: str) -> Document:
    published = f"2024-05-{day:02}"
    return identified(
        Document("", text, "0" * 64, outlet=outlet, published=published, agency=agency, language="en", **fields)
    )


def groups(*documents: Document, verdicts: Verdicts | None = None) -> list[list[str]]:
    outlets = {document.id: document.outlet or "" for document in documents}
    found = all_origins(documents, (), verdicts) if verdicts is not None else all_origins(documents, ())
    return sorted(sorted(outlets[key] for key in origin.documents) for origin in found)


@pytest.mark.parametrize(
    "copy",
    [
        WIRE,
        WIRE.replace("140", "120"),
        "\n\n".join((FIRST, SECOND)),
        "\n\n".join((THIRD, FIRST, FOURTH, SECOND)),
        WIRE + "\n\nOur own correspondent saw the hangar doors shut at noon and two sentries before them.",
    ],
    ids=["verbatim", "a number changed", "cut", "reordered", "a sentence added"],
)
def test_a_copy_is_of_the_origin(copy: str) -> None:
    assert groups(report(WIRE, "Gulf Paper"), report(copy, "Inland Echo", 4)) == [["Gulf Paper", "Inland Echo"]]


def test_a_rewrite_with_credit_is_of_the_origin() -> None:
    rewrite = (
        "A senior defence official who did not want his name used told Meridian that some 140 men "
        "of the northern alliance "
        "had taken over the hangar by Port Selim's eastern runway during Tuesday night; 23 lorries "
        "brought radar parts "
        "and fuel after them.\n\nThe harbour guard's commander, Colonel Idris Bahari, counts 867 "
        "in the older contingent and expects "
        "it to leave before the rains. “They keep to their side of the fence and we keep to ours,” "
        "the official said.\n\nWho is "
        "to pay for wells drilled near Tamra has stopped the talks on a date twice in a month."
    )
    found = groups(report(WIRE, "Gulf Paper", agency="Meridian"), report(rewrite, "Echo", 4, agency="Meridian"))
    assert found == [["Echo", "Gulf Paper"]]


def test_another_reporter_on_the_same_event_is_another_origin() -> None:
    assert groups(report(WIRE, "Gulf Paper"), report(OTHER, "Harbour News")) == [["Gulf Paper"], ["Harbour News"]]


def test_a_report_that_takes_a_paragraph_is_linked_in_part() -> None:
    wire, user = report(WIRE, "Gulf Paper"), report(f"{OTHER}\n\n{SECOND}", "Harbour News", 4)
    texts = {wire.id: wire.text, user.id: user.text}
    tie = link(sketch(wire, ()), sketch(user, ()), texts.__getitem__)
    assert tie is not None
    assert is_partial(tie)
    found = all_origins([wire, user], ())
    assert [len(origin.documents) for origin in found] == [1, 1]
    assert all(origin.partial for origin in found)


def test_what_a_copy_changed_is_told_with_its_places() -> None:
    wire = report(WIRE, "Gulf Paper")
    copy = report(
        WIRE.replace("867", "667").replace("Port Selim", "Port Salam").replace("Tuesday", "Thursday"), "Echo", 4
    )
    texts = {wire.id: wire.text, copy.id: copy.text}
    tie = link(sketch(wire, ()), sketch(copy, ()), texts.__getitem__)
    assert tie is not None
    assert OriginSign.SHARED_PASSAGES in tie.signs or OriginSign.SAME_TEXT in tie.signs
    changed = {(change.before, change.after) for change in tie.changes}
    assert any(before and "867" in before and after and "667" in after for before, after in changed)
    assert any(before and "Selim" in before and after and "Salam" in after for before, after in changed)
    for change in tie.changes:
        for words, start, text in (
            (change.before, change.before_start, wire.text),
            (change.after, change.after_start, copy.text),
        ):
            if words is not None and start is not None:
                assert text[start : start + len(words)] == words


def test_a_link_is_the_same_both_ways() -> None:
    wire, copy = report(WIRE, "Gulf Paper"), report(FIRST + "\n\n" + SECOND, "Echo", 4)
    texts = {wire.id: wire.text, copy.id: copy.text}
    one, other = sketch(wire, ()), sketch(copy, ())
    assert link(one, other, texts.__getitem__) == link(other, one, texts.__getitem__)


def test_nine_copies_are_one_origin_with_the_earliest_first() -> None:
    copies = [report(WIRE.replace("23 lorries", f"{n} lorries"), f"Paper {n}", 3 + n) for n in range(9)]
    (origin, lone) = sorted(all_origins([*copies, report(OTHER, "Own")], ()), key=lambda o: -len(o.documents))
    assert (len(origin.documents), len(lone.documents)) == (9, 1)
    assert origin.earliest == copies[0].published
    assert list(origin.documents) == [copy.id for copy in copies]


def test_an_analyst_wins() -> None:
    one, other, third = report(WIRE, "A"), report(WIRE, "B", 4), report(OTHER, "C")
    split = Verdicts(documents_apart=((frozenset({one.id}), frozenset({other.id})),))
    assert groups(one, other, third, verdicts=split) == [["A"], ["B"], ["C"]]
    merged = Verdicts(documents_together=(frozenset({one.id, third.id}),))
    assert groups(one, other, third, verdicts=merged) == [["A", "B", "C"]]


@settings(max_examples=20, deadline=None)
@given(made.stories(), st.randoms(use_true_random=False))
def test_order_does_not_matter(reports: list[made.Report], order: random.Random) -> None:
    documents = [document for document, _ in reports]
    claims = [claim for _, found in reports for claim in found]
    first = all_origins(documents, claims)
    order.shuffle(documents)
    order.shuffle(claims)
    assert all_origins(documents, claims) == first
    assert sorted(key for origin in first for key in origin.documents) == sorted(d.id for d in documents)


RELAYED = Attribution(None, SourceKind.OFFICIAL, anonymous=True, cue=None, quote=Quote.INDIRECT, via=("Reuters",))
OWN = Attribution(
    Source(None, None, None, "Idris Bahari"), SourceKind.MILITARY, anonymous=False, cue=None, quote=Quote.INDIRECT
)


def told(document: Document, said: Attribution | None) -> Claim:
    (_, (claim,)) = made.report([CLAIM], document.published, document.outlet or "", document.agency)
    return replace(claim, id=f"claim-{document.id}-{said is OWN}", document=document.id, attribution=said)


CLAIM = made.draft()


def test_who_is_relayed_is_the_witness() -> None:
    own = report("Its own.", "Gulf Paper")
    wire = report("The wire.", "Echo", agency="Reuters")
    relay = report("Citing.", "Harbour News", 4)
    claims = [told(own, OWN), told(wire, OWN), told(relay, RELAYED), told(relay, OWN)]
    reports = Reports({document.id: document for document in (own, wire, relay)})
    found = {frozenset(witness.claims): witness for witness in witnesses(claims, reports)}
    assert len(found) == 3
    assert frozenset({claims[1].id, claims[2].id}) in found
    assert sum(len(witness.claims) for witness in found.values()) == len(claims)


def test_a_relay_months_later_is_not_that_report() -> None:
    wire = report("The wire.", "Echo", 1, agency="Reuters")
    relay = replace(report("Citing.", "Harbour News"), published="2024-09-01")
    claims = [told(wire, OWN), told(relay, RELAYED)]
    reports = Reports({document.id: document for document in (wire, relay)})
    assert len(witnesses(claims, reports)) == 2


def test_a_round_up_is_no_further_witness() -> None:
    wire = report("The wire.", "Echo", agency="Reuters")
    round_up = report("From the agencies.", "Digest", agency="Reuters; AP")
    claims = [told(wire, OWN), told(round_up, None)]
    reports = Reports({document.id: document for document in (wire, round_up)})
    assert len(witnesses(claims, reports)) == 1
