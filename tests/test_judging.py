"""Judging by library and command line: what is derived follows at once, reversing restores the bytes."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

import fakes
import made_claims as made
from dateline.cli.app import app
from dateline.derivation import bring_up_to_date, rebuild
from dateline.judging import Judging
from dateline.ledger import Ledger
from dateline.model import Claim, DisputeStatus, Document, Event, Kind, Origin, Run, Stance, TimeBasis, TimeRange
from dateline.store import LedgerError, Store, Writer, open_store
from dateline.store.judging import Judgements
from judged_ledger import clock
from ledgers import DERIVED, rows

TEXTS = (
    "400 Russian soldiers are in Mali. 60 Russian soldiers will go to Niger.",
    "500 Russian soldiers are in Mali. 30 American soldiers left Niger.",
)
HOSTILE = "\x1b[31m=cmd|' /C calc'!A0\u202e [bold]x[/]"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    fakes.install(monkeypatch)
    for name in ("DATELINE_LEDGER", "DATELINE_SITES", "DATELINE_ANALYST"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "a.db"
    with Ledger(path) as ledger:
        for number, text in enumerate(TEXTS):
            ledger.add_text(text, published=f"2024-05-0{number + 4}", outlet=f"Paper {number}")
    return path


@pytest.fixture
def claims(path: Path) -> list[Claim]:
    with Ledger(path) as ledger:
        return sorted(ledger.claims(), key=lambda claim: claim.evidence[0].exact)


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--ledger", str(path)])


def judge(path: Path, *arguments: str) -> list[str]:
    result = run(path, "judge", *arguments, "--analyst", "anna")
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def refused(path: Path, *arguments: str) -> str:
    result = run(path, "judge", *arguments)
    assert result.exit_code == 2, result.output
    return result.stderr


def log(path: Path, *arguments: str) -> list[dict[str, object]]:
    result = run(path, "log", "--format", "jsonl", *arguments)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def strengths(path: Path) -> dict[str, tuple[float | None, float | None]]:
    with Ledger(path) as ledger:
        return {f"{row.force_country} {row.host}": (row.low, row.high) for row in ledger.presence()}


class TestWhatIsDerivedFollows:
    def test_a_rejected_claim_tells_no_more_until_it_is_undone(self, path: Path, claims: list[Claim]) -> None:
        before = rows(path, *DERIVED)
        assert strengths(path)["RUS MLI"] == (500, 500)
        settled = rows(path, *DERIVED)
        told = judge(path, "reject", claims[2].id, "--reason", "misread")
        assert strengths(path)["RUS MLI"] == (400, 400)
        assert told[1].startswith("to take it back: dateline judge undo judgement-")
        judge(path, "undo", told[1].split()[-3])
        assert strengths(path)["RUS MLI"] == (500, 500)
        assert rows(path, *DERIVED) == settled != before

    def test_a_corrected_claim_tells_what_it_was_corrected_to(self, path: Path, claims: list[Claim]) -> None:
        judge(path, "correct", claims[2].id, "--set", "quantity=600..700", "--reason", "the table says so")
        assert strengths(path)["RUS MLI"] == (600, 700)
        judge(path, "correct", claims[2].id, "--set", "place=Burkina Faso", "--set", "recipient=BFA", "-r", "x")
        assert strengths(path)["RUS BFA"] == (600, 700)
        assert strengths(path)["RUS MLI"] == (400, 400)

    def test_as_it_stood_before(self, path: Path, claims: list[Claim]) -> None:
        with Ledger(path) as ledger:
            Judging(ledger._store, "anna", lambda: "2100-05-10T10:00:00Z").reject(claims[2].id, reason="x")
            then = ledger.as_of("2100-05-09")
            assert {(row.low, row.high) for row in then.presence(host="Mali")} == {(500, 500)}
            assert {(row.low, row.high) for row in ledger.presence(host="Mali")} == {(400, 400)}
            assert len(then.log()) == 2

    def test_reports_are_made_one_origin_and_parted_again(self, path: Path) -> None:
        with Ledger(path) as ledger:
            ledger.add_text("7 American soldiers left Mali.", published="2021-02-03", outlet="Paper 9")
            sizes = [len(origin.documents) for origin in ledger.origins()]
            newest, *_, oldest = [document.id for document in ledger.documents()]
            judging = ledger.judging("anna")
            (merged,) = judging.merge(newest, oldest, reason="a rewrite").judgements
            assert len(ledger.origins()) == len(sizes) - 1
            ledger.judging("anna").undo(merged.id)
            assert [len(origin.documents) for origin in ledger.origins()] == sizes

    def test_a_dispute_is_settled_and_open_again(self, path: Path) -> None:
        with Ledger(path) as ledger:
            for number, strength in enumerate((300, 900)):
                text = f"Report {number}. {strength} Russian soldiers are in Niger."
                ledger.add_text(text, published="2024-05-04", outlet=f"Daily {number}")
            (dispute,) = ledger.disputes(host="NER")
        told = judge(path, "settle", dispute.id[:14], "--for", "1", "--reason", "counted at the gate")
        assert told[0].startswith(f"number dispute over 2 claims settled for: {dispute.sides[0].holds}")
        with Ledger(path) as ledger:
            (settled,) = ledger.disputes(host="NER")
            assert (settled.status, settled.favours) == (DisputeStatus.SETTLED, 0)
        judge(path, "undo", told[1].split()[-3])
        with Ledger(path) as ledger:
            assert list(ledger.disputes(host="NER")) == [dispute]


class TestCommands:
    def test_who_judges(self, path: Path, claims: list[Claim], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LOGNAME", "login")
        assert run(path, "judge", "accept", claims[0].id).exit_code == 0
        monkeypatch.setenv("DATELINE_ANALYST", "from the environment")
        assert run(path, "judge", "accept", claims[1].id).exit_code == 0
        assert run(path, "judge", "accept", claims[2].id, "--analyst", "given").exit_code == 0
        found = [entry["judgement"]["analyst"] for entry in log(path, "--what", "accept")]  # type: ignore[index]
        assert found == ["given", "from the environment", "login"]

    def test_the_beginning_of_an_id(self, path: Path, claims: list[Claim]) -> None:
        told = judge(path, "accept", claims[0].id[:14])
        assert told[0].startswith(f"accepted {claims[0].id[:14]} (judgement-")

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("reject", "claim-x", "--reason", "x"), "'claim-x' is not known"),
            (("reject", "CLAIM"), "--reason"),
            (("correct", "CLAIM", "--set", "stance=denied"), "--reason"),
            (("correct", "CLAIM", "--reason", "x"), "--set"),
            (("correct", "CLAIM", "--set", "stance=denyed", "--reason", "x"), "did you mean denied?"),
            (("correct", "CLAIM", "--set", "place=Nowhereville", "--reason", "x"), "is not in the gazetteer"),
            (("merge", "CLAIM"), "two different ids"),
            (("settle", "CLAIM", "--for", "1", "--reason", "x"), "is a claim, not a dispute"),
            (("rate", "Reuters", "Z"), "a source has A to F"),
            (("undo", "judgement-x"), "a judgement is needed"),
            (("note", "CLAIM", ""), "a note needs words"),
        ],
    )
    def test_what_is_refused_says_why_and_keeps_nothing(
        self, path: Path, claims: list[Claim], arguments: tuple[str, ...], words: str
    ) -> None:
        given = [claims[0].id if argument == "CLAIM" else argument for argument in arguments]
        assert words in refused(path, *given)
        assert log(path, "--what", "judgement") == []

    def test_no_ledger(self, tmp_path: Path) -> None:
        assert "there is no ledger" in refused(tmp_path / "none.db", "accept", "claim-x")
        assert not (tmp_path / "none.db").exists()

    def test_each_command_has_an_example(self) -> None:
        for name in ("accept", "reject", "correct", "merge", "split", "settle", "rate", "note", "undo"):
            shown = CliRunner().invoke(app, ["judge", name, "--help"]).stdout
            assert f"dateline judge {name} " in shown, name


class TestLog:
    def test_newest_first_with_what_undid_what(self, path: Path, claims: list[Claim]) -> None:
        judge(path, "reject", claims[0].id, "--reason", "misread")
        (rejected,) = log(path, "--what", "reject")
        judge(path, "undo", str(rejected["item"]))
        found = log(path)
        assert [entry["what"] for entry in found] == ["judgement", "judgement", "reading", "reading"]
        assert found[1]["undone_by"] == found[0]["item"]
        assert found[3]["told"] == "Paper 0: 2 claims"
        assert [entry["number"] for entry in found] == [4, 3, 2, 1]

    def test_filters(self, path: Path, claims: list[Claim]) -> None:
        judge(path, "reject", claims[0].id, "--reason", "x")
        judge(path, "rate", "Reuters", "B")
        assert len(log(path, "--analyst", "ANN")) == 2
        assert len(log(path, "--target", "reuters")) == 1
        assert [entry["what"] for entry in log(path, "--target", claims[0].id)] == ["judgement", "reading"]
        assert len(log(path, "--limit", "1")) == 1
        assert log(path, "--since", "2100-01-01") == []

    def test_a_kind_of_entry_that_does_not_exist(self, path: Path) -> None:
        result = run(path, "log", "--what", "rejected")
        assert result.exit_code == 2
        assert "'rejected' is none of reading, refused, judgement, " in " ".join(result.stderr.split())

    def test_table(self, path: Path, claims: list[Claim]) -> None:
        judge(path, "correct", claims[0].id, "--set", "actor=Wagner", "--reason", "named in the caption")
        shown = run(path, "log").stdout
        assert "Wagner Group [RUS PMC]" in shown
        assert "named in the caption" in shown

    def test_hostile_words_run_nowhere(self, path: Path, claims: list[Claim]) -> None:
        told = run(path, "judge", "reject", claims[0].id, "--reason", HOSTILE, "--analyst", HOSTILE)
        noted = run(path, "judge", "note", claims[0].id, HOSTILE, "--analyst", "anna")
        rated = run(path, "judge", "rate", HOSTILE, "A", "--analyst", "anna")
        shown = run(path, "log")
        card = run(path, "show", str(log(path)[-3]["item"]))
        for result in (told, noted, rated, shown, card):
            assert result.exit_code == 0, result.output
            assert "\x1b" not in result.output and "\u202e" not in result.output
        assert "\\x1b[31m" in noted.stdout and "\\x1b[31m" in shown.stdout
        assert "[bold]" in noted.stdout
        table = run(path, "log", "--format", "csv").stdout
        for row in csv.reader(io.StringIO(table)):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row), row


RUN = Run("run-1", "made", "no model", "3.11", "none")
LATER = Run("run-2", "made 2", "no model", "3.11", "none")
Report = tuple[Document, list[Claim]]


@contextmanager
def ledger_of(reports: list[Report]) -> Iterator[tuple[Store, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        store = open_store(path, create=True)
        try:
            for document, claims in reports:
                Writer(store).add(document, claims, (), run=RUN, at="2024-05-04T08:00:00Z")
            bring_up_to_date(store)
            yield store, path
        finally:
            store.close()


@st.composite
def decisions(draw: st.DrawFn) -> tuple[str, int, int]:
    """What is done, and two numbers that choose to what."""
    done = (
        "accept",
        "reject",
        "stance",
        "place",
        "kind",
        "merge",
        "split",
        "origins",
        "part",
        "settle",
        "rate",
        "undo",
    )
    return draw(st.sampled_from(done)), draw(st.integers(0, 50)), draw(st.integers(0, 50))


def decide(judging: Judging, path: Path, decision: tuple[str, int, int]) -> bool:
    """Carry out a decision on what the ledger has now; False where it makes no sense here."""
    done, first, second = decision
    ids = {
        table: [row[0] for row in rows(path, table)[table]] for table in ("claims", "documents", "events", "disputes")
    }
    ids["judgements"] = [row[0] for row in rows(path, "judgements")["judgements"]]

    def one(table: str, number: int) -> str:
        return ids[table][number % len(ids[table])]

    steps = {
        "accept": lambda: judging.accept(one("claims", first)),
        "reject": lambda: judging.reject(one("claims", first), reason="x"),
        "stance": lambda: judging.correct(one("claims", first), [("stance", "denied")], reason="x"),
        "place": lambda: judging.correct(one("claims", first), [("place", "Agadez, Niger")], reason="x"),
        "kind": lambda: judging.correct(one("claims", first), [("kind", "withdrawal")], reason="x"),
        "merge": lambda: judging.merge(one("events", first), one("events", second)),
        "split": lambda: judging.split(one("claims", first)),
        "origins": lambda: judging.merge(one("documents", first), one("documents", second)),
        "part": lambda: judging.split(one("documents", first)),
        "settle": lambda: judging.settle(one("disputes", first), "1", reason="x"),
        "rate": lambda: judging.rate(one("claims", first), "2"),
        "undo": lambda: judging.undo(one("judgements", first)),
    }
    try:
        steps[done]()
    except (ValueError, LedgerError, ZeroDivisionError):
        return False
    return True


def two_countries() -> tuple[Report, Report]:
    """The same attack told of two countries, so in two blocks, each beside a claim of another act."""
    told = Claim(
        id="",
        document="",
        kind=Kind.ATTACK,
        actor=made.ACTORS[0],
        recipient=None,
        place=made.PLACES[1],
        quantity=None,
        time=TimeRange(None, None, None, "2024-03-03", "2024-03-03", TimeBasis.STATED),
        stance=Stance.ASSERTED,
        attribution=None,
        evidence=(),
        confidence=0.9,
    )
    here = [told, replace(told, kind=Kind.TRAINING)]
    there = [replace(claim, place=made.PLACES[3]) for claim in here]
    return made.report(here, "2024-03-04", "A", None), made.report(there, "2024-03-04", "B", None)


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("then", ["reject", "correct", "read again", "undo", "split"])
def test_what_ties_blocks_together_can_go(number: int, then: str) -> None:
    reports = two_countries()
    now = clock()
    with ledger_of(list(reports)) as (store, path):
        separate = rows(path, *DERIVED)
        ids = [claims[0].id for _, claims in reports]
        (merged,) = Judging(store, "anna", now).merge(*ids).judgements
        bring_up_to_date(store)
        assert len(rows(path, "events")["events"]) == len(separate["events"]) - 1
        judging = Judging(store, "anna", now)
        if then == "reject":
            judging.reject(ids[number], reason="x")
        elif then == "correct":
            judging.correct(ids[number], [("place", "Agadez, Niger"), ("kind", "coup")], reason="x")
        elif then == "undo":
            judging.undo(merged.id)
        elif then == "split":
            judging.split(ids[number])
        else:
            document, claims = reports[number]
            other = replace(claims[0], id="claim-other", stance=Stance.DENIED)
            Writer(store).add(document, [other], (), run=LATER)
        bring_up_to_date(store)
        step_by_step = rows(path, *DERIVED)
        rebuild(store)
        assert rows(path, *DERIVED) == step_by_step
        if then == "undo":
            assert step_by_step == separate


class TestReadAgain:
    """A newer extractor gives new ids: what says the same in the same words stays judged, anything else does not."""

    def read_again(self, store: Store, report: Report, **changes: object) -> None:
        document, claims = report
        again = [replace(claim, id=f"{claim.id}-2", confidence=0.1, basis={"kind": "otherwise"}) for claim in claims]
        Writer(store).add(document, [replace(again[0], **changes), *again[1:]], (), run=LATER)  # type: ignore[arg-type]
        bring_up_to_date(store)

    def test_what_says_the_same_stays_judged(self) -> None:
        report = two_countries()[0]
        with ledger_of([report]) as (store, path):
            judging = Judging(store, "anna", clock())
            (rejected,) = judging.reject(report[1][0].id, reason="x").judgements
            judging.correct(report[1][1].id, [("stance", "denied")], reason="x")
            bring_up_to_date(store)
            self.read_again(store, report)
            (event,) = rows(path, "events")["events"]
            assert '"denied"' in event[-1] and f"{report[1][1].id}-2" in event[-1]
            step_by_step = rows(path, *DERIVED)
            rebuild(store)
            assert rows(path, *DERIVED) == step_by_step
            Judging(store, "anna", clock()).undo(rejected.id)
            bring_up_to_date(store)
            assert len(rows(path, "events")["events"]) == 2

    def test_what_says_something_else_is_judged_anew(self) -> None:
        report = two_countries()[0]
        with ledger_of([report]) as (store, path):
            Judging(store, "anna", clock()).reject(report[1][0].id, reason="the place is wrong")
            self.read_again(store, report, place=made.PLACES[2])
            assert len(rows(path, "events")["events"]) == 2


RULES = settings(max_examples=25, deadline=None)


@RULES
@given(made.stories(), st.lists(decisions(), max_size=4), decisions())
def test_reversing_a_judgement_restores_the_bytes(
    reports: list[Report], before: list[tuple[str, int, int]], decision: tuple[str, int, int]
) -> None:
    now = clock()
    with ledger_of(reports) as (store, path):
        for earlier in before:
            decide(Judging(store, "anna", now), path, earlier)
            bring_up_to_date(store)
        untouched = rows(path, *DERIVED)
        if not decide(Judging(store, "anna", now), path, decision):
            return
        bring_up_to_date(store)
        judged = rows(path, *DERIVED)
        rebuild(store)
        assert rows(path, *DERIVED) == judged
        last = Judgements(store).all()[-1]
        (back,) = Judging(store, "anna", now).undo(last.id).judgements
        bring_up_to_date(store)
        assert rows(path, *DERIVED) == untouched
        Judging(store, "anna", now).undo(back.id)
        bring_up_to_date(store)
        assert rows(path, *DERIVED) == judged


@RULES
@given(made.stories(), st.lists(decisions(), max_size=6))
def test_judging_step_by_step_gives_what_a_rebuild_gives(
    reports: list[Report], made_decisions: list[tuple[str, int, int]]
) -> None:
    now = clock()
    half = len(reports) // 2 + 1
    with ledger_of(reports[:half]) as (store, path):
        for at, decision in enumerate(made_decisions):
            decide(Judging(store, "anna", now), path, decision)
            for document, claims in reports[half + at : half + at + 1]:
                Writer(store).add(document, claims, (), run=RUN)
            bring_up_to_date(store)
        step_by_step = rows(path, *DERIVED)
        rebuild(store)
        assert rows(path, *DERIVED) == step_by_step


def test_derived_ids_are_never_kept(path: Path, claims: list[Claim]) -> None:
    with Ledger(path) as ledger:
        event: Event = ledger.events()[0]
        origin: Origin = ledger.origins()[0]
        judging = ledger.judging("anna")
        judging.note(event.id, "x")
        judging.note(origin.id, "x")
    targets = {row[2] for row in rows(path, "judgement_targets")["judgement_targets"]}
    assert targets <= {claim.id for claim in claims} | {claim.document for claim in claims}
