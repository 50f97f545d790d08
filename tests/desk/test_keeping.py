"""Answers that are kept: made once for a state, by one thread, and given to the others meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import fakes
from dateline.desk import Desk, keeping
from dateline.desk.keeping import Answers, Now
from dateline.judging import Judging
from dateline.ledger import Ledger
from dateline.store import open_store

REAL_TIME = time.monotonic


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(keeping.time, "monotonic", made)
    return made


def test_an_answer_is_made_once_for_a_state() -> None:
    answers, made = Answers(), list[str]()

    def make() -> int:
        made.append("")
        return len(made)

    assert [answers.get("a", Now(state), make) for state in ("1", "1", "2", "2")] == [1, 1, 2, 2]
    assert answers.get("b", Now("2"), make) == 3


def test_a_costly_answer_stands_for_a_while_and_a_cheap_one_does_not(clock: Clock) -> None:
    answers = Answers()

    def taking(seconds: float, value: str) -> str:
        clock.now += seconds
        return value

    assert answers.get("cheap", Now("1"), lambda: taking(0.1, "old")) == "old"
    assert answers.get("cheap", Now("2"), lambda: taking(0.1, "new")) == "new"
    assert answers.get("costly", Now("1"), lambda: taking(1, "old")) == "old"
    clock.now += 29
    assert answers.get("costly", Now("2"), lambda: taking(1, "new")) == "old"
    clock.now += 2
    assert answers.get("costly", Now("2"), lambda: taking(1, "new")) == "old"
    assert _soon(lambda: answers.get("costly", Now("2"), lambda: taking(1, "newer")), "new")
    assert answers.get("endless", Now("1"), lambda: taking(100, "old")) == "old"
    clock.now += keeping.PASSABLE + 1
    assert answers.get("endless", Now("2"), lambda: taking(100, "new")) == "new"


def _soon(asked: Callable[[], str], wanted: str) -> bool:
    """Whether an answer comes to be what is wanted."""
    until = REAL_TIME() + 10
    while REAL_TIME() < until:
        if asked() == wanted:
            return True
        threading.Event().wait(0.01)
    return False


def test_in_a_large_ledger_less_is_costly_and_judgements_show_at_once(clock: Clock) -> None:
    answers, made = Answers(), list[str]()

    def make() -> str:
        clock.now += 0.1
        made.append("")
        return f"answer {len(made)}"

    def asked(state: str, judged: str) -> str:
        return answers.get("a", Now(state, judged, large=True), make)

    assert asked("1", "0") == "answer 1"
    assert asked("2", "0") == "answer 1"
    assert asked("3", "1") == "answer 2"
    clock.now += 4
    assert asked("4", "1") == "answer 2"
    clock.now += 2
    assert _soon(lambda: asked("4", "1"), "answer 3")


def test_what_fails_is_not_kept() -> None:
    answers = Answers()
    with pytest.raises(ZeroDivisionError):
        answers.get("a", Now("1"), lambda: 1 // 0)
    assert answers.get("a", Now("1"), lambda: 5) == 5


def test_one_thread_makes_it_and_the_others_wait_for_it_or_take_the_old_one(clock: Clock) -> None:
    answers, started, finish = Answers(), threading.Event(), threading.Event()
    made = []

    def slowly() -> str:
        started.set()
        finish.wait(10)
        clock.now += 0.1
        made.append("")
        return f"answer {len(made)}"

    def ask(state: str, into: list[str]) -> threading.Thread:
        thread = threading.Thread(target=lambda: into.append(answers.get("a", Now(state), slowly)))
        thread.start()
        return thread

    found: list[str] = []
    threads = [ask("1", found)]
    started.wait(10)
    threads += [ask("1", found) for _ in range(3)]
    finish.set()
    for thread in threads:
        thread.join(10)
    assert found == ["answer 1"] * 4
    started.clear()
    finish.clear()
    maker = ask("2", found)
    started.wait(10)
    assert answers.get("a", Now("2"), slowly) == "answer 1"
    finish.set()
    maker.join(10)
    assert found[-1] == "answer 2"


def test_the_answer_not_asked_for_longest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST", 2)
    answers, made = Answers(), list[str]()
    for key in ("a", "b", "a", "c", "a", "b"):
        answers.get(key, Now("1"), lambda key=key: made.append(key))  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]


def test_a_desk_keeps_answers_until_what_they_rest_on_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    path = tmp_path / "a.db"
    with Ledger(path) as ledger:
        ledger.add_text("100 Russian soldiers are in Niger.", published="2024-05-01")
        desk = Desk(open_store(path, create=False))
        made: list[str] = []

        def asked() -> list[str]:
            made.clear()
            desk.kept("a", lambda: made.append("all"))
            desk.kept_derived("a", lambda: made.append("derived"))
            desk.kept_judged("a", lambda: made.append("judged"))
            return list(made)

        assert asked() == ["all", "derived", "judged"]
        assert asked() == []
        assert not desk.is_current()
        ledger.rebuild()
        assert desk.is_current()
        assert asked() == ["all", "derived"]
        ledger.add_text("40 American soldiers left Niger.")
        assert asked() == ["all"]
        Judging(desk.store, "A. Analyst", lambda: "2024-06-01T10:00:00Z").accept(ledger.claims()[0].id)
        assert asked() == ["all", "judged"]
        desk.store.close()
