"""What an analyst can decide: what is kept of it, what is told of it, and what is refused with nothing kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

import judged_ledger as made
from dateline.judging import Judging, LogLine, about, log, log_record, review
from dateline.model import Kind, Matter, Sector, Stance, Verdict
from dateline.reconcile.verdicts import Verdicts, judged, verdicts
from dateline.store import LedgerError, Store, UnknownIdError
from dateline.store.judging import Judgements, LogFilters
from judged_ledger import CLAIMS, DISPUTE, DOCUMENTS, EVENTS, ORIGINS, PRESENCE, C, D


@pytest.fixture
def store() -> Iterator[Store]:
    kept = made.store()
    yield kept
    kept.close()


@pytest.fixture
def anna(store: Store) -> Judging:
    return made.judging(store)


def standing(store: Store) -> Verdicts:
    return verdicts(Judgements(store).all())


def test_the_beginning_of_an_id_is_enough(store: Store, anna: Judging) -> None:
    found = anna.reject("claim-00", "claim-01", reason="misread")
    (kept,) = found.judgements
    assert kept.targets == (C[0], C[1])
    assert (kept.verdict, kept.matter, kept.analyst, kept.reason) == (Verdict.REJECT, Matter.CLAIM, "anna", "misread")
    assert kept.at == "2024-05-10T00:00:00.000000Z"
    assert found.told == (f"rejected claim-00000000, claim-01000000 ({kept.id[:18]})",)
    assert standing(store).rejected == {C[0], C[1]}


@pytest.mark.parametrize(
    ("identifier", "wrong"),
    [
        ("claim-0", f"is the beginning of {C[0]}, {C[1]}, {C[2]}"),
        ("claim-9", "is not known in :memory:; a claim is needed"),
        ("event-a", f"{EVENTS[0].id} is an event, not a claim"),
        ("", "is not known"),
    ],
)
def test_ids_that_are_no_claim(store: Store, anna: Judging, identifier: str, wrong: str) -> None:
    with pytest.raises(UnknownIdError) as error:
        anna.accept(identifier)
    assert wrong in str(error.value)
    assert Judgements(store).count() == 0


@pytest.mark.parametrize(
    "decide",
    [
        lambda anna: anna.reject(C[0], reason=" "),
        lambda anna: anna.correct(C[0], [("stance", "denied")], reason=""),
        lambda anna: anna.settle(DISPUTE.id, "1", reason=""),
        lambda anna: anna.note(C[0], " "),
        lambda anna: anna.accept(),
        lambda anna: anna.correct(C[0], [], reason="x"),
        lambda anna: anna.reject(C[0], reason="x" * 10_001),
    ],
)
def test_reasons_and_words_that_are_needed(store: Store, anna: Judging, decide: Callable[[Judging], object]) -> None:
    with pytest.raises(ValueError):
        decide(anna)
    assert Judgements(store).count() == 0


def test_nobody_judges(store: Store) -> None:
    with pytest.raises(ValueError, match="who judges"):
        made.judging(store, "  ")


class TestCorrect:
    def test_each_slot_is_a_judgement_resolved_now(self, store: Store, anna: Judging) -> None:
        changes = [("actor", "Wagner"), ("place", "Airbase 101, Niamey"), ("stance", "denied"), ("recipient", "none")]
        found = anna.correct("claim-01", changes, reason="named further down")
        assert [one.value["slot"] for one in found.judgements] == ["actor", "place", "stance", "recipient"]
        assert found.judgements[0].value["to"]["name"] == "Wagner Group"
        assert found.judgements[0].value["was"]["name"] == "Russia, armed forces"
        assert found.judgements[0].value["given"] == "Wagner"
        assert found.told[1].startswith(
            "corrected claim-01000000: place: Niamey [NER settlement] → Airbase 101 [NER site]"
        )
        now = judged(CLAIMS[1], standing(store))
        assert now is not None and now.actor is not None and now.place is not None
        assert (now.actor.name, now.place.name) == ("Wagner Group", "Airbase 101")
        assert (now.stance, now.recipient, now.basis["place"]) == (Stance.DENIED, None, "corrected by anna")

    def test_one_that_is_wrong_keeps_none(self, store: Store, anna: Judging) -> None:
        with pytest.raises(ValueError, match="'north' is no country"):
            anna.correct(C[1], [("stance", "denied"), ("actor.country", "north")], reason="x")
        assert Judgements(store).count() == 0

    def test_a_correction_follows_those_before_it(self, store: Store, anna: Judging) -> None:
        anna.correct(C[1], [("quantity", "60 personnel part")], reason="x")
        (later,) = anna.correct(C[1], [("quantity", "100..")], reason="x").judgements
        assert (later.value["was"]["low"], later.value["to"]["scope"]) == (60, "part")
        found = anna.correct(
            C[1], [("actor", "none"), ("actor", "Katiba X [MLI REB]"), ("actor.sector", "PMC")], reason="x"
        )
        now = judged(CLAIMS[1], standing(store))
        assert now is not None and now.actor is not None
        assert (now.actor.name, now.actor.sector) == ("Katiba X", Sector.PMC)
        anna.undo(found.judgements[2].id)
        back = judged(CLAIMS[1], standing(store))
        assert back is not None and back.actor is not None and back.actor.sector is Sector.REB

    @pytest.mark.parametrize(
        "change", [("place", "Niamey"), ("stance", "asserted"), ("actor.country", "Russia"), ("via", "Reuters")]
    )
    def test_what_the_claim_says_already(self, store: Store, anna: Judging, change: tuple[str, str]) -> None:
        with pytest.raises(ValueError, match=f"{change[0]}: the claim says so already"):
            anna.correct(C[1], [change], reason="x")
        assert Judgements(store).count() == 0

    def test_fields_tell_what_they_were(self, anna: Judging) -> None:
        changes = [("source.kind", "military"), ("via", "none"), ("place.point", "13.48,2.18"), ("actor.country", "?")]
        changes += [("kind", "presence"), ("source.anonymous", "yes")]
        found = anna.correct(C[1], changes, reason="x").judgements
        was = [one.value["was"] for one in found]
        assert was == ["official", ["Reuters"], [13.5137, 2.1098], "RUS", str(Kind.DEPLOYMENT), False]


class TestMergeAndSplit:
    def test_events_are_kept_as_their_claims(self, store: Store, anna: Judging) -> None:
        found = anna.merge("event-a", "event-b", reason="one convoy")
        (kept,) = found.judgements
        assert (kept.matter, kept.targets) == (Matter.EVENT, (C[0], C[3], C[6], C[1], C[4]))
        assert kept.value == {"of": [EVENTS[0].id, EVENTS[1].id]}
        assert found.told[0].startswith("event-a0000000, event-b0000000 are one event: 5 claims")
        assert standing(store).together == (frozenset({C[0], C[1], C[3], C[4], C[6]}),)

    def test_a_claim_goes_to_an_event(self, store: Store, anna: Judging) -> None:
        anna.merge("event-c", C[5])
        assert standing(store).together == (frozenset({C[2], C[5]}),)

    def test_origins_are_kept_as_their_reports(self, store: Store, anna: Judging) -> None:
        found = anna.merge("origin-a", "origin-b")
        assert set(found.judgements[0].targets) == set(D)
        assert found.told[0].startswith("origin-a0000000, origin-b0000000 are one origin: 3 reports")
        anna.split(D[1])
        (wall,) = standing(store).documents_apart
        assert set(wall) == {frozenset({D[1]}), frozenset({D[0], D[2]})}

    def test_claims_are_taken_out_of_their_event(self, store: Store, anna: Judging) -> None:
        found = anna.split(C[3], reason="another day")
        (kept,) = found.judgements
        assert (kept.targets, kept.value) == ((C[3], C[0], C[6]), {"taken": [C[3]], "from": EVENTS[0].id})
        assert found.told[0].startswith("claim-10000000 is not of event-a0000000: 2 stay")
        assert standing(store).apart == ((frozenset({C[0], C[6]}), frozenset({C[3]})),)

    def test_the_event_may_be_named(self, anna: Judging) -> None:
        assert anna.split("event-a", C[3], C[6]).judgements[0].targets == (C[3], C[6], C[0])

    @pytest.mark.parametrize(
        ("ids", "wrong"),
        [
            (("event-a",), "name the claims that do not belong"),
            (("event-a", C[1]), f"{C[1]} is not in {EVENTS[0].id}"),
            ((C[0], C[1]), f"{C[1]} is not in {EVENTS[0].id}"),
            ((C[0], C[3], C[6]), "these are all claims"),
            ((C[5],), f"{C[5]} is in no event"),
            ((C[0], D[0]), "either events and claims, or origins and reports"),
            (("event-a", "event-b", C[0]), "one event can be split at a time"),
            ((D[2],), "these are all reports"),
            ((), "either events"),
        ],
    )
    def test_splits_that_make_no_sense(self, anna: Judging, ids: tuple[str, ...], wrong: str) -> None:
        with pytest.raises(ValueError) as error:
            anna.split(*ids)
        assert wrong in str(error.value)

    @pytest.mark.parametrize("ids", [("event-a",), ("event-a", "event-a"), (C[0], D[0]), ("event-a", "origin-a"), ()])
    def test_merges_that_make_no_sense(self, anna: Judging, ids: tuple[str, ...]) -> None:
        with pytest.raises(ValueError):
            anna.merge(*ids)


class TestSettle:
    @pytest.mark.parametrize(
        ("favours", "claims", "side"),
        [("1", [C[0], C[3]], "60"), ("2", [C[6]], "100"), ("claim-20", [C[6]], "100"), ("Neither", [], None)],
    )
    def test_for_a_side(self, store: Store, anna: Judging, favours: str, claims: list[str], side: str | None) -> None:
        (kept,) = anna.settle("dispute-a", favours, reason="published").judgements
        assert (kept.matter, kept.targets) == (Matter.DISPUTE, (C[0], C[3], C[6]))
        assert (kept.value["favours"], kept.value["side"], kept.value["kind"]) == (claims, side, "number")
        (settlement,) = standing(store).settlements
        assert settlement.favours == frozenset(claims)
        assert settlement.judgement == kept.id

    @pytest.mark.parametrize("favours", ["0", "3", C[1], "claim-9"])
    def test_for_no_side_of_it(self, anna: Judging, favours: str) -> None:
        with pytest.raises((ValueError, LedgerError)):
            anna.settle("dispute-a", favours, reason="x")


class TestRateAndNote:
    def test_a_source(self, store: Store, anna: Judging) -> None:
        assert anna.rate(" the  Reuters ", "b").told[0].startswith("rated the  Reuters B: usually reliable")
        assert standing(store).source_ratings == {"reuters": "B"}

    def test_a_source_that_no_report_names(self, anna: Judging) -> None:
        assert anna.rate("Reutres", "A").told[1] == "no report of the ledger names Reutres so far"
        assert [len(anna.rate(name, "A").told) for name in ("Lloyd Austin", "Reuters", "paper 1")] == [1, 1, 1]

    def test_a_claim(self, store: Store, anna: Judging) -> None:
        assert anna.rate("claim-00", "2").told[0].startswith("rated claim-00000000 2: probably true")
        assert standing(store).claim_ratings == {C[0]: "2"}

    @pytest.mark.parametrize(("what", "rating"), [("Reuters", "G"), ("Reuters", "2"), ("claim-00", "A"), ("", "A")])
    def test_ratings_that_make_no_sense(self, anna: Judging, what: str, rating: str) -> None:
        with pytest.raises((ValueError, LedgerError)):
            anna.rate(what, rating)

    @pytest.mark.parametrize(
        ("identifier", "matter", "targets"),
        [
            ("claim-00", Matter.CLAIM, (C[0],)),
            (D[0], Matter.DOCUMENT, (D[0],)),
            ("event-b", Matter.EVENT, (C[1], C[4])),
            ("origin-a", Matter.ORIGIN, (D[0], D[1])),
            ("dispute-a", Matter.DISPUTE, (C[0], C[3], C[6])),
            ("presence-a", Matter.PRESENCE, (C[0], C[3], C[5])),
        ],
    )
    def test_notes_on_anything(self, anna: Judging, identifier: str, matter: Matter, targets: tuple[str, ...]) -> None:
        (kept,) = anna.note(identifier, "ask the embassy").judgements
        assert (kept.matter, kept.targets) == (matter, targets)
        assert kept.value["text"] == "ask the embassy"
        (again,) = anna.note(kept.id, "done").judgements
        assert (again.matter, again.targets) == (Matter.JUDGEMENT, (kept.id,))

    def test_words_that_utf8_cannot_hold_are_escaped(self, store: Store, anna: Judging) -> None:
        anna.note(C[0], "a\udce9b")
        assert Judgements(store).all()[0].value["text"] == "a\\udce9b"


class TestUndo:
    def test_and_restore(self, store: Store, anna: Judging) -> None:
        (rejected,) = anna.reject(C[0], reason="x").judgements
        found = anna.undo(rejected.id[:16], reason="it was right")
        (back,) = found.judgements
        assert found.told == (f"undid {rejected.id[:18]} ({back.id[:18]})",)
        assert standing(store).rejected == frozenset()
        with pytest.raises(LedgerError, match=f"undone already; undo {back.id} to restore it"):
            anna.undo(rejected.id)
        anna.undo(back.id)
        assert standing(store).rejected == {C[0]}

    def test_again_within_the_same_moment(self, store: Store) -> None:
        anna = made.judging(store, now=lambda: "2024-05-10T10:00:00Z")
        (first,) = anna.reject(C[0], reason="x").judgements
        (back,) = anna.undo(first.id).judgements
        assert anna.reject(C[0], reason="x").judgements[0].id != first.id
        assert standing(store).rejected == {C[0]}
        assert back.id not in {one.id for one in Judgements(store).of([C[1]])}


class TestLog:
    def test_lines(self, store: Store, anna: Judging) -> None:
        (rejected,) = anna.reject(C[0], reason="misread").judgements
        (back,) = anna.undo(rejected.id).judgements
        page = log(store)
        assert [line.told for line in page.rows] == [
            f"undid {rejected.id[:18]}",
            "rejected claim-00000000",
            "Paper 2, Report 2: 3 claims",
            "Paper 1, Report 1: 3 claims",
            "Paper 0, Report 0: 3 claims",
        ]
        assert [line.undone_by for line in page.rows[:2]] == [None, back.id]
        record = log_record(page.rows[1])
        assert (record["told"], record["undone_by"], record["judgement"]["reason"]) == (
            "rejected claim-00000000",
            back.id,
            "misread",
        )
        assert log_record(page.rows[2])["judgement"] is None

    def test_about(self, store: Store, anna: Judging) -> None:
        anna.reject(C[3], reason="x")
        anna.rate("Reuters", "B")

        def told(identifier: str) -> list[str]:
            rows: tuple[LogLine, ...] = log(store, LogFilters(targets=about(store, identifier))).rows
            return [line.told.split(" (")[0] for line in rows]

        assert told("event-a") == [
            "rejected claim-10000000",
            "Paper 2, Report 2: 3 claims",
            "Paper 1, Report 1: 3 claims",
            "Paper 0, Report 0: 3 claims",
        ]
        assert told("claim-10") == ["rejected claim-10000000", "Paper 1, Report 1: 3 claims"]
        assert told("reuters") == ["rated Reuters B: usually reliable"]
        assert told("Nobody") == []
        with pytest.raises(UnknownIdError):
            about(store, "claim-x")


class TestReview:
    def test_a_claim_as_analysts_left_it(self, store: Store, anna: Judging) -> None:
        untouched = review(store, CLAIMS[1], DOCUMENTS[0])
        assert (untouched.claim, untouched.accepted, untouched.rating.code) == (CLAIMS[1], False, "F6")
        assert untouched.history == ()
        anna.accept(C[1])
        anna.correct(C[1], [("stance", "denied")], reason="x")
        (rejected,) = anna.reject(C[1], reason="x").judgements
        assert review(store, CLAIMS[1], DOCUMENTS[0]).claim is None
        anna.undo(rejected.id)
        for name in ("Lloyd Austin", "Reuters", "Paper 0"):
            anna.rate(name, "B")
        anna.rate(C[1], "2")
        found = review(store, CLAIMS[1], DOCUMENTS[0])
        assert found.claim is not None and found.claim.stance is Stance.DENIED
        assert (found.accepted, found.rating.code) == (True, "B2")
        verbs = [line.entry.judgement.verdict for line in found.history if line.entry.judgement is not None]
        assert verbs == [Verdict.RATE, Verdict.REVERSE, Verdict.REJECT, Verdict.CORRECT, Verdict.ACCEPT]


def test_the_ledger_of_the_tests_is_consistent() -> None:
    assert len(C) == 9
    assert {claim for event in EVENTS for claim in event.claims} <= set(C)
    assert {document for origin in ORIGINS for document in origin.documents} == {d.id for d in DOCUMENTS}
    assert set(PRESENCE.supports) <= set(C)
