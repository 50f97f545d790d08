"""Events: claims of one act are one event, stages are linked, every reading is kept."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from event_cases import Case, cases, claim, found
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Claim, Document, Event, Stage, Stance, Tie, content_id
from dateline.reconcile.events import events
from dateline.reconcile.events.blocks import event_block
from dateline.reconcile.reports import Reports
from dateline.reconcile.verdicts import Verdicts

CASES = list(cases())
RUSSIA, NIGER = "Russia, armed forces/RUS/MIL", "Niger, military government/NER/GOV"
NIAMEY, COUNTRY = "Niamey/NER/settlement/13.51,2.11", "Niger/NER/country"
DAYS = {"A": "2024-04-11", "B": "2024-04-12", "C": "2024-04-13", "D": "2024-06-01"}
REPORTS = Reports({key: Document(id=key, text="", sha256="", published=day) for key, day in DAYS.items()})


def landing(
    key: str, place: str = NIAMEY, quantity: str = "", when: str = "2024-04-10", words: str = "landed"
) -> Claim:
    return claim(key, f"deployment|asserted|{RUSSIA}|{NIGER}|{place}|{quantity}|{when}|{words}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    happened = found(case)
    assert {frozenset(event.claims) for event in happened} == set(case.groups)
    of = {key: event for event in happened for key in event.claims}
    assert not case.none & set(of)
    linked = {(str(link.tie), event.id, link.event) for event in happened for link in event.links}
    for tie, one, other in case.links:
        assert (tie, of[one].id, of[other].id) in linked
    for one, other in case.unlinked:
        assert not any({of[one].id, of[other].id} == {first, second} for _, first, second in linked)
    assert {key: str(of[key].stage) for key in case.stages} == case.stages
    recalled = {d for event in happened for w in event.witnesses if w.background for d in w.documents}
    assert recalled == set(case.background)


def test_slots_keep_every_reading_with_its_support_the_best_first() -> None:
    claims = [landing("A1", quantity="100..100 personnel part"), landing("B1"), landing("C1", COUNTRY)]
    claims += [landing("B2", quantity="60..60 personnel part", words="about 60 came")]
    (event,) = events(claims, REPORTS)
    told = {slot: [(v.value, v.claims, v.origins) for v in readings] for slot, readings in event.variants.items()}
    assert told["place"] == [("Niamey", ("A1", "B1", "B2"), 2), ("Niger", ("C1",), 1)]
    assert told["quantity:personnel"] == [("100 personnel", ("A1",), 1), ("60 personnel", ("B2",), 1)]
    assert told["time"] == [("2024-04-10", ("A1", "B1", "B2", "C1"), 3)]
    assert told["stance"] == [("asserted", ("A1", "B1", "B2", "C1"), 3)]
    assert "kind" not in told
    assert (event.place, event.low, event.high, event.country) == ("Niamey", 100, 100, "NER")
    assert (event.earliest, event.latest, event.stage) == ("2024-04-10", "2024-04-10", Stage.DONE)
    assert (event.actor, event.actor_country, event.origins) == ("Russia, armed forces", "RUS", 3)


def test_kinds_are_a_slot_where_they_differ() -> None:
    seen = claim("B1", f"presence|asserted|{RUSSIA}|{NIGER}|{NIAMEY}||2024-04-12|Russians are at the airport")
    (event,) = events([landing("A1"), seen], REPORTS)
    assert [v.value for v in event.variants["kind"]] == ["deployment", "presence"]
    assert str(event.kind) == "deployment"


def test_background_is_no_origin() -> None:
    (event,) = events([landing("A1"), landing("D1", words="Russians had landed in April")], REPORTS)
    assert event.origins == 1
    assert [(w.documents, w.background) for w in event.witnesses] == [(("A",), False), (("D",), True)]


def test_what_has_no_date_was_done_by_the_day_of_its_first_report() -> None:
    (event,) = events([landing("A1", when=""), landing("B1", when="")], REPORTS)
    assert (event.earliest, event.latest) == (None, "2024-04-11")


def test_a_plan_lies_after_its_announcement() -> None:
    plan = claim("A1", f"deployment|planned|{RUSSIA}|{NIGER}|{COUNTRY}|||will send instructors")
    (event,) = events([plan], REPORTS)
    assert (event.earliest, event.latest, event.stage) == ("2024-04-11", None, Stage.ANNOUNCED)


def test_stances_are_those_of_the_claims() -> None:
    denied = claim("B1", f"deployment|denied|{RUSSIA}|{NIGER}|{NIAMEY}||2024-04-11|no soldiers came")
    (event,) = events([landing("A1"), denied], REPORTS)
    assert event.stances == (Stance.ASSERTED, Stance.DENIED)
    assert event.stage is Stage.DONE


def test_claims_of_unknown_documents_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown document"):
        events([landing("X1")], REPORTS)


def test_too_little_said_joins_nothing_of_another_report() -> None:
    nowhere = claim("A1", f"deployment|asserted|{RUSSIA}||||2024-04-10|came")
    assert event_block(nowhere, REPORTS.documents["A"]) != event_block(
        replace(nowhere, document="B"), REPORTS.documents["B"]
    )


def test_a_denial_is_an_event_but_a_strength_is_none() -> None:
    strength = claim("A1", f"presence|asserted|{RUSSIA}|{NIGER}|{NIAMEY}|100..100 personnel total||there are 100")
    denial = claim("A2", f"presence|denied|{RUSSIA}|{NIGER}|{COUNTRY}|||there are none")
    assert event_block(strength, REPORTS.documents["A"]) is None
    assert event_block(denial, REPORTS.documents["A"]) == "move|NER|RUS"


_KINDS = ("deployment", "presence", "withdrawal", "expulsion", "agreement", "attack", "termination")
_TIMES = ("", "2024-04-10", "2024-04-11", "2024-04-01..2024-04-30", "..2024-05-01", "2024-04-12 published")
_PLACES = (NIAMEY, COUNTRY, "Agadez/NER/settlement/16.97,7.99", "")
_WORDS = ("went", "the first soldiers left", "had gone before", "the last soldiers left", "so far")


@st.composite
def _worlds(draw: st.DrawFn) -> list[Claim]:
    """Claims of four reports in a few blocks, each with an id of its own."""
    made = []
    for number in range(draw(st.integers(0, 14))):
        parts = (
            draw(st.sampled_from(_KINDS)),
            draw(st.sampled_from([str(stance) for stance in Stance])),
            draw(st.sampled_from([RUSSIA, NIGER, "Wagner Group/RUS/PMC", ""])),
            draw(st.sampled_from([NIGER, RUSSIA, ""])),
            draw(st.sampled_from(_PLACES)),
            draw(st.sampled_from(["", "100..100 personnel part", "60..null personnel total", "2..2 aircraft total"])),
            draw(st.sampled_from(_TIMES)),
            draw(st.sampled_from(_WORDS)),
        )
        made.append(claim(f"{draw(st.sampled_from('ABCD'))}{number + 1}", "|".join(parts)))
    return made


@st.composite
def _judged(draw: st.DrawFn) -> tuple[list[Claim], Verdicts]:
    """A world, and verdicts that put some of its claims together and keep others apart."""
    claims = draw(_worlds())
    ids = [made.id for made in claims if event_block(made, REPORTS.documents[made.document]) is not None]
    if len(ids) < 4:
        return claims, Verdicts()
    order = draw(st.permutations(ids))
    return claims, Verdicts(together=(frozenset(order[:2]),), apart=((frozenset(order[2:3]), frozenset(order[3:4])),))


@settings(max_examples=150, deadline=None)
@given(_judged(), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_events_and_each_claim_is_in_one_at_most(
    judged: tuple[list[Claim], Verdicts], chance: random.Random
) -> None:
    claims, verdicts = judged
    happened = events(claims, REPORTS, verdicts)
    shuffled = claims.copy()
    chance.shuffle(shuffled)
    assert happened == events(shuffled, REPORTS, verdicts)
    placed = [key for event in happened for key in event.claims]
    assert len(placed) == len(set(placed)) and set(placed) <= {made.id for made in claims}


@settings(max_examples=100, deadline=None)
@given(_worlds())
def test_blocks_do_not_depend_on_each_other(claims: list[Claim]) -> None:
    blocks: dict[str | None, list[Claim]] = {}
    for made in claims:
        blocks.setdefault(event_block(made, REPORTS.documents[made.document]), []).append(made)
    alone = {event for block in blocks.values() for event in map(_key, events(block, REPORTS))}
    assert alone == set(map(_key, events(claims, REPORTS)))


def _key(event: Event) -> str:
    return content_id("x", repr(event))


@settings(max_examples=150, deadline=None)
@given(_judged())
def test_verdicts_win_over_everything(judged: tuple[list[Claim], Verdicts]) -> None:
    claims, verdicts = judged
    of = {key: event.id for event in events(claims, REPORTS, verdicts) for key in event.claims}
    for ids in verdicts.together:
        assert len({of[key] for key in ids}) == 1
    for one, other in verdicts.apart:
        assert not {of[key] for key in one if key in of} & {of[key] for key in other if key in of}


@settings(max_examples=60, deadline=None)
@given(_worlds())
def test_links_name_events_of_the_same_result_and_completions_have_beginnings(claims: list[Claim]) -> None:
    happened = {event.id: event for event in events(claims, REPORTS)}
    for event in happened.values():
        for link in event.links:
            assert link.event in happened and link.event != event.id
            if link.tie is Tie.COMPLETES:
                assert (Tie.BEGINS, event.id) in {(back.tie, back.event) for back in happened[link.event].links}


def test_a_block_of_thousands_takes_no_all_pairs() -> None:
    """Twice the claims take about twice the time, not four times; measured without a clock, by comparisons."""
    spent = []
    for many in (1000, 4000):
        documents = {}
        claims = []
        for number in range(many):
            key = f"d{number // 3}"
            month, day = divmod(number % 330, 28)
            when = f"2024-{month + 1:02d}-{day + 1:02d}"
            documents[key] = Document(id=key, text="", sha256="", published=when)
            made = landing("A1", place=(COUNTRY if number % 3 else NIAMEY), when=("" if number % 2 else when))
            claims.append(replace(made, id=f"c{number}", document=key))
        began = time.process_time()
        events(claims, Reports(documents))
        spent.append(time.process_time() - began)
    assert spent[1] < 12 * max(spent[0], 0.05)
