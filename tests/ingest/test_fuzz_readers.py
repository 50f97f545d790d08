"""Every reader on valid files made worse and on files made to do harm: documents and issues come out, nothing else.

`tools/fuzz_readers.py` does the same for as long as wanted, with new seeds.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from fuzz_checks import Failure, failures, look_at, look_at_claims, look_with
from fuzz_hostile import hostile
from fuzz_mutations import cases
from fuzz_seeds import claim_seeds, seeds

from dateline.ingest import READERS, pdf

WAIT = 120.0
"""Seconds on the clock for a file that takes two at most on an idle machine."""
SLOW = {"pdf": 8, "html": 40}
"""Fewer files where each takes longer: a PDF is read in a process of its own."""
COUNT = 60


def told(found: list[Failure]) -> list[str]:
    return [f"{failure.name} ({len(failure.data)} bytes): {failure.what}" for failure in found]


def test_every_reader_has_valid_files_to_begin_from() -> None:
    assert set(READERS) <= set(seeds())


@pytest.mark.parametrize("reader", sorted(READERS))
def test_worsened_files(reader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 1)
    some = list(cases(seeds()[reader], seed=8, count=SLOW.get(reader, COUNT)))
    assert told(failures(some, look_at, tmp_path, wait=WAIT)) == []
    assert told(failures(some[: len(some) // 3], look_with(reader), tmp_path, wait=WAIT)) == []


def test_worsened_files_of_claims(tmp_path: Path) -> None:
    some = cases(claim_seeds(frozenset(READERS)), seed=8, count=2 * COUNT)
    assert told(failures(some, look_at_claims, tmp_path, wait=WAIT)) == []


def test_files_made_to_do_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 1)
    assert told(failures(hostile(), look_at, tmp_path, wait=WAIT)) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the looks below are no functions of a module")
def test_what_is_looked_for_is_found(tmp_path: Path) -> None:
    def raises(name: str, data: bytes) -> str | None:
        return look_at(name, data) or ("broken" if data == b"2" else None)

    def hangs(name: str, data: bytes) -> str | None:
        if data == b"2":
            time.sleep(600)
        return None

    def ends(name: str, data: bytes) -> str | None:
        if data == b"2":
            os._exit(3)
        return None

    def leaves(name: str, data: bytes) -> str | None:
        Path("left.txt").write_bytes(data)
        return None

    some = [("a.txt", b"1"), ("b.txt", b"2"), ("c.txt", b"3")]
    assert told(failures(some, raises, tmp_path, wait=WAIT)) == ["b.txt (1 bytes): broken"]
    assert [failure.name for failure in failures(some, hangs, tmp_path, wait=1.0)] == ["b.txt"]
    assert [failure.name for failure in failures(some, ends, tmp_path, wait=WAIT)] == ["b.txt"]
    assert "left.txt" in failures(some, leaves, tmp_path, wait=WAIT)[-1].what
