"""Judgements as rows: append-only, whole or not at all, in order, and the log of everything added."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import judged_ledger as judged
from dateline.model import Issue, Judgement, Matter, Verdict
from dateline.store import LedgerError, Store, UnknownIdError, Writer, open_store
from dateline.store.judging import Judgements, LogFilters, identified
from dateline.store.moments import after, in_utc
from judged_ledger import C, D


def judgement(
    verdict: Verdict = Verdict.REJECT, *targets: str, at: str = "2024-05-10T10:00:00Z", **more: object
) -> Judgement:
    matter = Matter.JUDGEMENT if verdict is Verdict.REVERSE else Matter.CLAIM
    made = Judgement("", verdict, matter, targets or (C[0],), "anna", at, "because")
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    kept = judged.store(place)
    yield kept
    kept.close()


@pytest.fixture
def rows(store: Store) -> Judgements:
    return Judgements(store)


class TestIds:
    def test_are_of_the_content(self) -> None:
        one = identified(judgement())
        assert one.id.startswith("judgement-")
        assert identified(judgement()) == one
        others = [
            judgement(Verdict.ACCEPT),
            judgement(Verdict.REJECT, C[1]),
            judgement(at="2024-05-10T10:00:01Z"),
            judgement(analyst="ben"),
            judgement(reason="no"),
            judgement(value={"x": 1}),
        ]
        assert len({identified(other).id for other in others} | {one.id}) == 7

    def test_a_moment_is_one_in_any_zone(self) -> None:
        assert identified(judgement(at="2024-05-10T12:00:00+02:00")) == identified(judgement())


class TestAdd:
    def test_kept_as_given(self, rows: Judgements) -> None:
        value = {"slot": "actor", "to": {"name": "Katiba “X”\x1b", "country": None}, "given": "a"}
        (one,) = rows.add(judgement(Verdict.CORRECT, value=value))
        assert rows.all() == (one,)
        assert one.value == value
        assert rows.count() == 1

    def test_all_or_none(self, rows: Judgements) -> None:
        with pytest.raises(UnknownIdError, match="'claim-x' is none of the claims"):
            rows.add(judgement(), judgement(Verdict.REJECT, C[1], "claim-x"))
        assert rows.all() == ()
        assert rows.log(LogFilters(what="judgement")).total == 0

    @pytest.mark.parametrize(
        ("matter", "target", "known"),
        [
            (Matter.CLAIM, C[0], True),
            (Matter.CLAIM, D[0], False),
            (Matter.EVENT, C[0], True),
            (Matter.EVENT, judged.EVENTS[0].id, False),
            (Matter.DISPUTE, C[0], True),
            (Matter.PRESENCE, C[0], True),
            (Matter.ORIGIN, D[0], True),
            (Matter.ORIGIN, C[0], False),
            (Matter.DOCUMENT, D[0], True),
            (Matter.JUDGEMENT, C[0], False),
            (Matter.SOURCE, "Nobody's Gazette", True),
        ],
    )
    def test_targets_must_exist(self, rows: Judgements, matter: Matter, target: str, known: bool) -> None:
        made = judgement(Verdict.NOTE, target, matter=matter)
        if known:
            assert rows.add(made)[0].targets == (target,)
        else:
            with pytest.raises(UnknownIdError):
                rows.add(made)

    def test_about_nothing_or_twice_the_same(self, rows: Judgements) -> None:
        with pytest.raises(LedgerError, match="needs something"):
            rows.add(replace(judgement(), targets=()))
        with pytest.raises(LedgerError, match="twice"):
            rows.add(judgement(Verdict.REJECT, C[0], C[0]))

    def test_the_same_twice_is_one_while_it_stands(self, rows: Judgements) -> None:
        first, again = rows.add(judgement())[0], rows.add(judgement())[0]
        assert first == again
        assert rows.count() == 1
        rows.add(judgement(Verdict.REVERSE, first.id))
        (third,) = rows.add(judgement())
        assert third.id != first.id
        assert third.at == "2024-05-10T10:00:00.000001Z"
        assert [kept.verdict for kept in rows.all()] == [Verdict.REJECT, Verdict.REVERSE, Verdict.REJECT]

    def test_a_thousand_targets(self, place: str) -> None:
        kept = open_store(place, create=True)
        document = judged.DOCUMENTS[0]
        claims = [replace(judged.CLAIMS[0], id=f"claim-{number:04}") for number in range(1200)]
        Writer(kept).add(document, claims, (), run=judged.RUN)
        ids = tuple(claim.id for claim in claims)
        assert Judgements(kept).add(judgement(Verdict.MERGE, *ids, matter=Matter.EVENT))[0].targets == ids
        kept.close()

    def test_rows_stay(self, tmp_path: Path) -> None:
        path = tmp_path / "a.db"
        kept = open_store(path, create=True)
        Writer(kept).add(judged.DOCUMENTS[0], judged.CLAIMS[:1], (), run=judged.RUN)
        Judgements(kept).add(judgement())
        kept.close()
        connection = sqlite3.connect(path)
        for table in ("judgements", "judgement_targets"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(f"DELETE FROM {table}")
        connection.close()


class TestReading:
    def test_order_is_that_of_adding(self, rows: Judgements) -> None:
        late, early = judgement(at="2024-06-01"), judgement(Verdict.ACCEPT, at="2024-01-01")
        rows.add(late)
        rows.add(early)
        assert [kept.verdict for kept in rows.all()] == [Verdict.REJECT, Verdict.ACCEPT]

    def test_as_of_a_day_or_moment(self, rows: Judgements) -> None:
        (first,) = rows.add(judgement(at="2024-05-10T23:59:59.5Z"))
        (second,) = rows.add(judgement(at="2024-05-11T00:00:00Z"))
        assert rows.all(recorded_until="2024-05-09") == ()
        assert rows.all(recorded_until="2024-05-10") == (first,)
        assert rows.all(recorded_until="2024-05-11") == (first, second)
        assert rows.all(recorded_until="2024-05-11T00:00:00Z") == (first, second)
        assert rows.all(recorded_until="2024-05-11T01:00:00+02:00") == ()
        assert rows.all(recorded_until="2024-05-11T01:59:59.9+02:00") == (first,)

    def test_of_a_target_with_its_reversals(self, rows: Judgements) -> None:
        one, other = rows.add(judgement(), judgement(Verdict.ACCEPT, C[1]))
        (back,) = rows.add(judgement(Verdict.REVERSE, one.id))
        (forth,) = rows.add(judgement(Verdict.REVERSE, back.id, at="2024-05-12"))
        assert rows.of([C[0]]) == (one, back, forth)
        assert rows.of([C[1]]) == (other,)
        assert rows.of([C[5]]) == ()
        assert rows.reversals() == (back, forth)

    def test_rated_sources(self, rows: Judgements) -> None:
        rows.add(judgement(Verdict.RATE, "Reuters", matter=Matter.SOURCE, value={"rating": "B"}), judgement())
        assert rows.sources() == ("Reuters",)

    def test_within_a_snapshot(self, store: Store, rows: Judgements) -> None:
        rows.add(judgement())
        with store.reading() as connection:
            assert Judgements(store, pinned=connection).count() == 1


class TestLog:
    def test_everything_added_newest_first(self, store: Store, rows: Judgements) -> None:
        Writer(store).note([Issue("unreadable", "no such file", path="x.txt")], at="2024-05-04T08:00:00Z")
        (one,) = rows.add(judgement())
        page = rows.log()
        assert [entry.what for entry in page.rows] == ["judgement", "refused", "reading", "reading", "reading"]
        assert page.rows[0].judgement == one
        assert (page.rows[1].message, page.rows[1].judgement) == ("no such file", None)
        newest = page.rows[2]
        assert (newest.item, newest.claims, newest.outlet, newest.title) == (D[2], 3, "Paper 2", "Report 2")
        assert (newest.run, newest.extractor) == ("run-1", "made")
        assert [entry.number for entry in page.rows] == [5, 4, 3, 2, 1]

    def test_pages(self, rows: Judgements) -> None:
        page = rows.log(LogFilters(limit=2, offset=1))
        assert ([entry.item for entry in page.rows], page.total) == ([D[1], D[0]], 3)

    @pytest.mark.parametrize(
        ("wanted", "items"),
        [
            (LogFilters(analyst="BÉN"), ["ben"]),
            (LogFilters(analyst="nobody"), []),
            (LogFilters(since="2024-05-10"), ["ben", "anna"]),
            (LogFilters(until="2024-05-02"), [D[1], D[0]]),
            (LogFilters(since="2024-05-02T08:00:00Z", until="2024-05-03"), [D[2], D[1]]),
            (LogFilters(what="reading"), [D[2], D[1], D[0]]),
            (LogFilters(what="accept"), ["ben"]),
            (LogFilters(targets=(C[0],)), ["anna", D[0]]),
            (LogFilters(targets=(D[2],)), [D[2]]),
            (LogFilters(targets=("Reuters",)), []),
            (LogFilters(targets=()), []),
        ],
    )
    def test_filters(self, rows: Judgements, wanted: LogFilters, items: list[str]) -> None:
        rows.add(judgement(), judgement(Verdict.ACCEPT, C[1], analyst="Ben", at="2024-05-11"))
        found = rows.log(wanted)
        named = [entry.item if entry.judgement is None else entry.judgement.analyst.lower() for entry in found.rows]
        assert (named, found.total) == (items, len(items))


class TestMoments:
    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("2024-05-04", "2024-05-04T00:00:00.000000Z"),
            ("2024-05-04T10:00", "2024-05-04T10:00:00.000000Z"),
            ("2024-05-04T10:00:00.25-01:00", "2024-05-04T11:00:00.250000Z"),
        ],
    )
    def test_in_utc(self, text: str, moment: str) -> None:
        assert in_utc(text) == moment
        assert in_utc(moment) == moment
        assert after(moment) > moment

    @pytest.mark.parametrize("text", ["", "yesterday", "2024-13-01", "2024-05-04T25:00"])
    def test_no_moment(self, text: str) -> None:
        with pytest.raises(ValueError):
            in_utc(text)
