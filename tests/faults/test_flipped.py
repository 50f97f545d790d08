"""Bits that flip in a ledger, and ledgers cut short: what `dateline check` finds of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from dateline.store import LedgerError
from dateline.upkeep.checking import Outcome, checked
from told_ledger import told_ledger

FLIPS = 60
UNSEEN = 4
"""Flips of those that may go unseen: a byte of a field that nothing else tells, see docs/faults.md."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return told_ledger(tmp_path_factory.mktemp("told") / "told.db")


def is_found(path: Path) -> bool:
    try:
        return next(checked(path, Outcome()), None) is not None
    except LedgerError:
        return True


def filled_bytes(data: bytes) -> set[int]:
    """The bytes of a SQLite file that hold something: what lies between the cells of a page and their list does not."""
    size = int.from_bytes(data[16:18], "big")
    found: set[int] = set()
    for start in range(0, len(data), size):
        head = start + (100 if start == 0 else 0)
        if data[head] in (2, 5, 10, 13):
            cells = int.from_bytes(data[head + 3 : head + 5], "big")
            content = int.from_bytes(data[head + 5 : head + 7], "big") or 65536
            ends = head + (12 if data[head] in (2, 5) else 8) + 2 * cells
            found |= set(range(head, ends)) | set(range(start + content, start + size))
    return found


def test_flipped_bits_are_found(told: Path, tmp_path: Path) -> None:
    chance, data = random.Random(4), told.read_bytes()
    filled = sorted(filled_bytes(data))
    unseen = []
    for number in range(FLIPS):
        at = chance.choice(filled)
        path = tmp_path / f"{number}.db"
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        if not is_found(path):
            unseen.append((at, data[max(0, at - 40) : at + 40]))
    assert len(unseen) <= UNSEEN, unseen


def test_a_ledger_cut_anywhere_is_found(told: Path, tmp_path: Path) -> None:
    chance, data = random.Random(5), told.read_bytes()
    for number in range(12):
        path = tmp_path / f"{number}.db"
        path.write_bytes(data[: chance.randrange(1, len(data))])
        assert is_found(path)
    (tmp_path / "empty.db").touch()
    assert is_found(tmp_path / "empty.db")
