"""What judgements come to: the last one stands, a reversal takes one out as if it had never been made."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import (
    Actor,
    Attribution,
    Claim,
    DisputeKind,
    Document,
    Evidence,
    Judgement,
    Kind,
    Matter,
    Place,
    Precision,
    Quantity,
    Quote,
    Scope,
    Sector,
    Source,
    SourceKind,
    Stance,
    TimeBasis,
    TimeRange,
    Unit,
    Verdict,
    as_record,
)
from dateline.reconcile.bonds import Bonds
from dateline.reconcile.corrections import SLOTS, checked
from dateline.reconcile.ratings import Reliability, source_key
from dateline.reconcile.verdicts import NO_VERDICTS, Settlement, judged, notes_on, rating, undone, verdicts

RUSSIA = Actor("Russians", 0, 8, "Russia, armed forces", "RUS", Sector.MIL)
WAGNER = {"text": None, "start": None, "end": None, "name": "Wagner Group", "country": "RUS", "sector": "PMC"}
NIAMEY = Place("Niamey", 12, 18, "Niamey", "NER", 13.5137, 2.1098, Precision.SETTLEMENT, 13000)
CLAIM = Claim(
    id="claim-1",
    document="doc-1",
    kind=Kind.PRESENCE,
    actor=RUSSIA,
    recipient=None,
    place=NIAMEY,
    quantity=Quantity("900", 20, 23, 900, 1000, Unit.PERSONNEL, Scope.TOTAL),
    time=TimeRange(None, None, None, "2024-05-02", "2024-05-02", TimeBasis.STATED),
    stance=Stance.ASSERTED,
    attribution=Attribution(
        Source("Lloyd Austin", 30, 42, "Lloyd Austin", affiliation="Pentagon"),
        SourceKind.OFFICIAL,
        False,
        None,
        Quote.INDIRECT,
        ("Al Jazeera", "Reuters"),
    ),
    evidence=(Evidence(0, 23, "Russians in Niamey, 900"),),
    confidence=0.8,
    basis={"actor": "subject", "place": "named"},
)


def made(*rows: tuple[Any, ...]) -> list[Judgement]:
    """Judgements j0, j1, ... of (verdict, matter, targets, value)."""
    found = []
    for number, (verdict, matter, targets, *value) in enumerate(rows):
        found.append(
            Judgement(
                f"j{number}", verdict, matter, tuple(targets), "anna", f"2024-05-0{number % 9 + 1}", "because", *value
            )
        )
    return found


def correct(slot: str, to: Any, *targets: str) -> tuple[Any, ...]:
    return (Verdict.CORRECT, Matter.CLAIM, targets or ("claim-1",), {"slot": slot, "to": to})


def reverse(*targets: str) -> tuple[Any, ...]:
    return (Verdict.REVERSE, Matter.JUDGEMENT, targets)


def corrected(*rows: tuple[Any, ...]) -> Claim:
    found = judged(CLAIM, verdicts(made(*rows)))
    assert found is not None
    return found


class TestStanding:
    def test_nothing_judged(self) -> None:
        assert verdicts([]) == NO_VERDICTS
        assert judged(CLAIM, NO_VERDICTS) is CLAIM

    def test_the_later_of_accept_and_reject_wins(self) -> None:
        accept, reject = (Verdict.ACCEPT, Matter.CLAIM, ["a", "b"]), (Verdict.REJECT, Matter.CLAIM, ["b"])
        found = verdicts(made(accept, reject))
        assert (found.accepted, found.rejected) == ({"a"}, {"b"})
        found = verdicts(made(reject, accept))
        assert (found.accepted, found.rejected) == ({"a", "b"}, frozenset())

    def test_a_rejected_claim_is_left_out_and_an_accepted_one_is_as_it_was(self) -> None:
        assert judged(CLAIM, verdicts(made((Verdict.REJECT, Matter.CLAIM, ["claim-1"])))) is None
        assert corrected((Verdict.ACCEPT, Matter.CLAIM, ["claim-1"])) == CLAIM

    def test_reversing_a_reversal_restores(self) -> None:
        reject = (Verdict.REJECT, Matter.CLAIM, ["a"])
        assert verdicts(made(reject, reverse("j0"))).rejected == frozenset()
        assert verdicts(made(reject, reverse("j0"), reverse("j1"))).rejected == {"a"}
        assert verdicts(made(reject, reverse("j0"), reverse("j1"), reverse("j2"))).rejected == frozenset()

    def test_two_reversals_of_one_judgement_must_both_go(self) -> None:
        rows = made((Verdict.REJECT, Matter.CLAIM, ["a"]), reverse("j0"), reverse("j0"), reverse("j2"))
        assert verdicts(rows).rejected == frozenset()
        assert undone(rows) == {"j2": "j3", "j0": "j1"}

    def test_a_reversal_lets_the_judgement_before_it_tell(self) -> None:
        accept, reject = (Verdict.ACCEPT, Matter.CLAIM, ["a"]), (Verdict.REJECT, Matter.CLAIM, ["a"])
        assert verdicts(made(accept, reject, reverse("j1"))).accepted == {"a"}


class TestCorrections:
    def test_a_slot(self) -> None:
        found = corrected(correct("actor", WAGNER))
        assert found.actor == Actor(None, None, None, "Wagner Group", "RUS", Sector.PMC)
        assert (found.id, found.evidence, found.confidence) == (CLAIM.id, CLAIM.evidence, CLAIM.confidence)
        assert found.basis == {"actor": "corrected by anna", "place": "named"}

    def test_not_said(self) -> None:
        found = corrected(correct("place", None), correct("source", None))
        assert (found.place, found.attribution) == (None, None)
        assert found.basis["place"] == found.basis["attribution"] == "corrected by anna"

    def test_words_without_a_slot_of_their_own(self) -> None:
        found = corrected(correct("stance", "denied"), correct("kind", "deployment"))
        assert (found.stance, found.kind) == (Stance.DENIED, Kind.DEPLOYMENT)

    def test_quantity_and_time(self) -> None:
        amount = {"text": None, "start": None, "end": None, "low": 0, "high": 0, "unit": "personnel", "scope": "total"}
        days = {"text": None, "start": None, "end": None, "earliest": None, "latest": "2023-12-31", "basis": "stated"}
        found = corrected(correct("quantity", amount), correct("time", days))
        assert found.quantity is not None and (found.quantity.low, found.quantity.high) == (0, 0)
        assert found.time is not None and (found.time.earliest, found.time.latest) == (None, "2023-12-31")

    def test_a_field_keeps_the_rest_of_its_slot(self) -> None:
        found = corrected(correct("actor.country", None), correct("place.precision", "site"))
        assert found.actor == replace(RUSSIA, country=None)
        assert found.place == replace(NIAMEY, precision=Precision.SITE)

    def test_a_country_has_no_point(self) -> None:
        found = corrected(correct("place.precision", "country"))
        assert found.place is not None and (found.place.lat, found.place.lon) == (None, None)
        assert corrected(correct("place.point", [13.4, 2.1])).place == replace(
            NIAMEY, lat=13.4, lon=2.1, uncertainty=None
        )

    def test_a_field_of_a_slot_that_is_not_there_is_left_alone(self) -> None:
        assert corrected(correct("recipient.country", "NER")) == CLAIM
        found = corrected(correct("source", None), correct("source.kind", "military"), correct("via", ["AFP"]))
        assert found.attribution is None

    def test_the_later_of_one_slot_wins_and_a_slot_wins_over_its_fields(self) -> None:
        other = {**WAGNER, "name": "Africa Corps"}
        assert corrected(correct("actor", WAGNER), correct("actor", other)).actor == Actor(**other)
        assert corrected(correct("actor.country", "NER"), correct("actor", WAGNER)).actor == Actor(
            **{**WAGNER, "sector": Sector.PMC}
        )
        field_after = corrected(correct("actor", WAGNER), correct("actor.country", "BLR"))
        assert field_after.actor is not None
        assert (field_after.actor.name, field_after.actor.country) == ("Wagner Group", "BLR")

    def test_undoing_a_slot_leaves_the_field_corrected_after_it(self) -> None:
        found = corrected(correct("actor", WAGNER), correct("actor.country", "BLR"), reverse("j0"))
        assert found.actor == replace(RUSSIA, country="BLR")

    def test_who_says_it(self) -> None:
        voice = {"source": {**as_record(Source(None, None, None, "Anna Ba"))}, "source_kind": "expert"}
        found = corrected(correct("source", {**voice, "anonymous": True}), correct("via", []))
        assert found.attribution is not None and found.attribution.source is not None
        assert found.attribution.source.name == "Anna Ba"
        assert (found.attribution.source_kind, found.attribution.anonymous) == (SourceKind.EXPERT, True)
        assert (found.attribution.via, found.attribution.quote) == ((), Quote.INDIRECT)
        own = judged(replace(CLAIM, attribution=None), verdicts(made(correct("source", {**voice, "anonymous": False}))))
        assert own is not None and own.attribution is not None and own.attribution.via == ()

    def test_all_who_corrected_a_slot_are_named(self) -> None:
        rows = made(correct("actor", WAGNER), correct("actor.country", "BLR"))
        found = judged(CLAIM, verdicts([rows[0], replace(rows[1], analyst="ben")]))
        assert found is not None and found.basis["actor"] == "corrected by anna and ben"

    @pytest.mark.parametrize(
        ("slot", "to", "wrong"),
        [
            ("weather", "fine", "is no slot; there are kind, stance, actor"),
            ("evidence", [], "is no slot"),
            ("stance", "doubted", "stance: Invalid enum value 'doubted'"),
            ("stance", None, "stance: Expected `str`"),
            ("actor", {**WAGNER, "country": "RU"}, "'RU' is no alpha-3 code"),
            ("actor", {**WAGNER, "name": " "}, "the name is empty"),
            ("actor", {"name": "X"}, "missing required field"),
            ("actor.country", "Russia", "'Russia' is no alpha-3 code"),
            ("place.point", [100, 0], "not on the globe"),
            ("place", {**as_record(NIAMEY), "lon": None}, "latitude and longitude"),
            ("place", {**as_record(NIAMEY), "precision": "country"}, "has no point"),
            ("quantity", {**as_record(CLAIM.quantity), "low": 2000}, "2000 is more than 1000"),
            ("quantity", {**as_record(CLAIM.quantity), "low": None, "high": None}, "needs a bound"),
            ("quantity", {**as_record(CLAIM.quantity), "low": -1}, "not below zero"),
            ("time", {**as_record(CLAIM.time), "earliest": "2024-05-03"}, "2024-05-03 is after 2024-05-02"),
            ("time", {**as_record(CLAIM.time), "earliest": "2024-5-1"}, "'2024-5-1' is no day"),
            ("time", {**as_record(CLAIM.time), "earliest": None, "latest": None}, "needs a day"),
            ("via", ["AFP", ""], "the name of a relay is empty"),
            ("source.anonymous", "yes", "Expected `bool`"),
        ],
    )
    def test_what_cannot_be(self, slot: str, to: Any, wrong: str) -> None:
        with pytest.raises(ValueError, match=wrong):
            checked(slot, to)

    def test_every_slot_that_can_be_corrected_is(self) -> None:
        for slot in SLOTS:
            root, _, field = slot.partition(".")
            now = CLAIM.attribution if root in ("source", "via") else getattr(CLAIM, root)
            assert hasattr(CLAIM, root) or root in ("source", "via")
            if field and field not in ("point", "kind", "anonymous") and now is not None:
                assert hasattr(now, field), slot


MERGE, SPLIT = Verdict.MERGE, Verdict.SPLIT


def merge(*members: str) -> tuple[Any, ...]:
    return (MERGE, Matter.EVENT, members)


def split(taken: Sequence[str], *rest: str) -> tuple[Any, ...]:
    return (SPLIT, Matter.EVENT, (*taken, *rest), {"taken": list(taken)})


def sets(*groups: str) -> tuple[frozenset[str], ...]:
    return tuple(map(frozenset, groups))


class TestMergeAndSplit:
    def test_merges_that_meet_are_one(self) -> None:
        assert verdicts(made(merge("a", "b"), merge("c", "d"), merge("b", "c"))).together == sets("abcd")
        assert verdicts(made(merge("a", "b"), merge("c", "d"))).together == sets("ab", "cd")

    def test_a_split_keeps_apart(self) -> None:
        found = verdicts(made(split(["c"], "a", "b")))
        assert found.apart == (sets("ab", "c"),)
        assert found.together == ()

    def test_a_later_split_tears_what_was_merged(self) -> None:
        found = verdicts(made(merge("a", "b", "c", "d"), split(["c", "d"], "a", "b")))
        assert found.together == sets("ab", "cd")
        assert found.apart == (sets("ab", "cd"),)

    def test_a_later_merge_takes_down_what_was_split(self) -> None:
        found = verdicts(made(split(["c"], "a", "b"), merge("a", "c")))
        assert found.together == sets("ac")
        assert found.apart == (sets("ac", "b"),)

    def test_what_is_one_is_apart_as_one(self) -> None:
        found = verdicts(made(merge("a", "x"), split(["a"], "b")))
        assert found.apart == (sets("ax", "b"),)

    def test_a_merge_through_a_third_takes_down_too(self) -> None:
        found = verdicts(made(split(["a"], "c"), merge("a", "b"), merge("b", "c")))
        assert (found.together, found.apart) == (sets("abc"), ())

    def test_undoing_a_split_restores_the_merge(self) -> None:
        found = verdicts(made(merge("a", "b", "c"), split(["c"], "a", "b"), reverse("j1")))
        assert (found.together, found.apart) == (sets("abc"), ())

    def test_origins_are_of_documents(self) -> None:
        found = verdicts(
            made(
                (MERGE, Matter.ORIGIN, ["doc-1", "doc-2"]),
                (SPLIT, Matter.ORIGIN, ["doc-3", "doc-4"], {"taken": ["doc-3"]}),
            )
        )
        assert found.documents_together == (frozenset({"doc-1", "doc-2"}),)
        assert found.documents_apart == ((frozenset({"doc-3"}), frozenset({"doc-4"})),)
        assert found.together == found.apart == ()


class TestSettleRateNote:
    def test_the_later_settlement_of_one_dispute_wins(self) -> None:
        def settle(claims: str, favours: str, kind: str = "number") -> tuple[Any, ...]:
            return (Verdict.SETTLE, Matter.DISPUTE, claims, {"kind": kind, "favours": list(favours)})

        found = verdicts(made(settle("ab", "a"), settle("abc", "b"), settle("ab", "", "date"))).settlements
        assert found == (
            Settlement("j1", DisputeKind.NUMBER, frozenset("abc"), frozenset("b")),
            Settlement("j2", DisputeKind.DATE, frozenset("ab"), frozenset()),
        )

    def test_ratings_of_sources_and_claims_are_two_things(self) -> None:
        found = verdicts(
            made(
                (Verdict.RATE, Matter.SOURCE, ["Reuters"], {"rating": "B"}),
                (Verdict.RATE, Matter.SOURCE, ["reuters"], {"rating": "A"}),
                (Verdict.RATE, Matter.CLAIM, ["claim-1"], {"rating": "2"}),
            )
        )
        assert found.source_ratings == {"reuters": Reliability.A}
        assert found.claim_ratings == {"claim-1": "2"}

    def test_a_chain_is_as_good_as_its_weakest_link(self) -> None:
        document = Document("doc-1", "x", "", outlet="The Daily", agency="Reuters")

        def chain(**letters: str) -> str:
            rows = [
                (Verdict.RATE, Matter.SOURCE, [name.replace("_", " ")], {"rating": letter})
                for name, letter in letters.items()
            ]
            return rating(CLAIM, document, verdicts(made(*rows))).code

        assert chain() == "F6"
        assert chain(Reuters="A", Al_Jazeera="B", The_Daily="C") == "F6"
        assert chain(Reuters="A", Al_Jazeera="B", The_Daily="C", Lloyd_Austin="B") == "C6"
        assert chain(Reuters="A", Al_Jazeera="B", The_Daily="C", Pentagon="B") == "C6"
        assert chain(Al_Jazeera="E") == "E6"

    def test_links_run_from_who_says_it_to_the_outlet_each_once(self) -> None:
        document = Document("doc-1", "x", "", outlet="The Daily", agency="Reuters")
        found = rating(CLAIM, document, verdicts(made((Verdict.RATE, Matter.CLAIM, ["claim-1"], {"rating": "3"}))))
        assert [(link.role, link.name) for link in found.links] == [
            ("source", "Lloyd Austin"),
            ("relay", "Reuters"),
            ("relay", "Al Jazeera"),
            ("outlet", "The Daily"),
        ]
        assert found.credibility == "3"

    def test_names_of_sources_meet_under_one_key(self) -> None:
        assert source_key("Agence France Presse") == source_key("AFP")
        assert source_key("Télé  Sahel") == source_key("tele sahel")

    def test_notes_go_by_what_they_are_on(self) -> None:
        note = (Verdict.NOTE, Matter.EVENT, ["a", "b"], {"text": "look"})
        found = verdicts(made(note, (Verdict.NOTE, Matter.CLAIM, ["a"], {"text": "this"})))
        assert notes_on(Matter.EVENT, ["a", "b"], found) == ("j0",)
        assert notes_on(Matter.CLAIM, ["a", "b"], found) == ("j1",)


MEMBERS = st.lists(st.sampled_from("abcdefg"), min_size=2, max_size=5, unique=True)


@st.composite
def rows(draw: st.DrawFn) -> list[tuple[Any, ...]]:
    """Some judgements, reversals among them."""
    found: list[tuple[Any, ...]] = []
    for number in range(draw(st.integers(0, 9))):
        members = draw(MEMBERS)
        cut = draw(st.integers(1, len(members) - 1))
        choices = [
            (Verdict.ACCEPT, Matter.CLAIM, members),
            (Verdict.REJECT, Matter.CLAIM, members),
            correct("stance", draw(st.sampled_from(list(Stance))), *members),
            correct("actor.country", draw(st.sampled_from(["RUS", "NER"])), *members),
            merge(*members),
            split(members[:cut], *members[cut:]),
            (Verdict.SETTLE, Matter.DISPUTE, members, {"kind": "number", "favours": members[:cut]}),
            (Verdict.RATE, Matter.CLAIM, members, {"rating": draw(st.sampled_from("123456"))}),
            (Verdict.NOTE, Matter.CLAIM, members, {"text": "x"}),
        ]
        if number:
            choices.append(reverse(f"j{draw(st.integers(0, number - 1))}"))
        found.append(draw(st.sampled_from(choices)))
    return found


@given(rows(), rows(), MEMBERS)
def test_judge_then_reverse_is_never_judged(before: list[Any], judgement: list[Any], members: list[str]) -> None:
    base = made(*before)
    one = [row for row in judgement if row[0] is not Verdict.REVERSE][:1] or [merge(*members)]
    at = len(base)
    assert verdicts(made(*before, *one, reverse(f"j{at}"))) == verdicts(base)
    assert verdicts(made(*before, *one, reverse(f"j{at}"), reverse(f"j{at + 1}"))) == verdicts(made(*before, *one))


@settings(max_examples=300)
@given(rows())
def test_what_is_together_is_never_apart(judgements: list[Any]) -> None:
    found = verdicts(made(*judgements))
    members = [member for group in found.together for member in group]
    assert len(members) == len(set(members))
    whole = {member: group for group in found.together for member in group}
    for left, right in found.apart:
        assert left and right and left.isdisjoint(right)
        for side in (left, right):
            assert all(whole.get(member, frozenset({member})) <= side for member in side)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.booleans(), MEMBERS, st.integers(1, 4)), max_size=8))
def test_the_last_word_on_two_members_stands(steps: list[tuple[bool, list[str], int]]) -> None:
    bonds = Bonds()
    for joins, members, cut in steps:
        if joins:
            bonds.join(members)
        else:
            bonds.part(members[:cut], members[cut:])
    if not steps:
        return
    joins, members, cut = steps[-1]
    if joins:
        assert any(set(members) <= group for group in bonds.together())
        return
    taken, rest = set(members[:cut]), set(members[cut:])
    for one in taken:
        for other in rest:
            assert any(
                {one, other} <= left | right and (one in left) != (other in left) for left, right in bonds.apart()
            )


def test_thousands_of_judgements_on_many_claims_are_cheap() -> None:
    many = 300_000
    rows = [
        (Verdict.REJECT, Matter.CLAIM, [f"claim-{number}"])
        if number % 4 == 0
        else merge(f"claim-{number * 7 % many}", f"claim-{number * 13 % many}")
        if number % 4 == 1
        else split([f"claim-{number * 7 % many}"], *(f"claim-{(number * 7 + at) % many}" for at in range(1, 30)))
        if number % 4 == 2
        else correct("stance", "denied", f"claim-{number}")
        for number in range(8_000)
    ]
    one_event = [merge("claim-0", f"claim-{number}") for number in range(1, 2_000)]
    judgements = made(*rows, *one_event)
    started = time.perf_counter()
    found = verdicts(judgements)
    claims = [replace(CLAIM, id=f"claim-{number}") for number in range(20_000)]
    middle = time.perf_counter()
    kept = [claim for claim in (judged(claim, found) for claim in claims) if claim is not None]
    ended = time.perf_counter()
    assert len(kept) == 18_000
    assert middle - started < 3
    assert ended - middle < 1
