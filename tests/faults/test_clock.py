"""A clock that jumps back, as after a wrong battery or a snapshot: nothing is lost and nothing stands still."""

from __future__ import annotations

from pathlib import Path

import pytest

import fakes
from dateline.ledger import Ledger
from dateline.model import Notice
from dateline.pipeline import Reading
from dateline.upkeep.checking import Outcome, checked
from ledgers import rows


def test_a_clock_that_jumps_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    moments = ["2024-06-01T10:00Z", "2024-06-01T11:00Z", "2019-01-01T00:00Z", "2024-06-01T12:00Z", "1970-01-01T00:00Z"]
    for name, clock in (("back", moments), ("forth", sorted(moments))):
        moment = [clock[0]]
        with Ledger(tmp_path / name, clock=lambda at=moment: at[0]) as ledger:  # type: ignore[misc]
            for number, moment[0] in enumerate(clock):
                ledger.add_text(fakes.report(number), published="2024-05-04")
                claim = ledger.claims(limit=1)[0]
                ledger.judging("ada").note(claim.id, f"note {number}")
                assert ledger.presence().total == 1
            numbers = [line.entry.number for line in ledger.log()]
            assert numbers == list(range(2 * len(moments), 0, -1))
            assert ledger.documents().total == len(moments)
        assert list(checked(tmp_path / name, Outcome())) == []
    assert rows(tmp_path / "back", "documents", "claims") == rows(tmp_path / "forth", "documents", "claims")
    with Ledger(tmp_path / "back") as ledger, ledger.as_of("2020-01-01") as then:
        assert then.documents().total == 2


def test_an_embargo_that_was_over_stays_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    moment = ["2024-06-01T10:00Z"]
    with Ledger(tmp_path / "a.db", clock=lambda: moment[0]) as ledger:
        ledger.add_text(fakes.report(1), published="2024-05-04")
        (document,) = ledger.documents()
        held = Notice("", "urn:x", version="1", embargoed="2024-06-01T12:00Z", document=document.id)
        ledger.add_readings([Reading(None, notices=(held,))])
        assert len(ledger.documents()) == 0
        moment[0] = "2024-06-01T13:00Z"
        assert ledger.presence().total == 1
        moment[0] = "2024-06-01T09:00Z"
        assert ledger.presence().total == 1
    assert list(checked(tmp_path / "a.db", Outcome())) == []
