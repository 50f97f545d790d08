"""Ledgers as every released schema had them: a new one, from which is taken what later schemas added."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ledgers import CAPTURED, DERIVED, LISTED


def without_hands(raw: sqlite3.Connection) -> None:
    """Take away what the seventh schema added."""
    raw.execute("DROP TABLE in_hand")


def without_captures(raw: sqlite3.Connection) -> None:
    """Take away what the fifth schema and those after it added."""
    without_hands(raw)
    for name in ("ix_entries_what", "ix_entries_item"):
        raw.execute(f"DROP INDEX {name}")
    for name in reversed(CAPTURED):
        raw.execute(f"DROP TABLE {name}")


def make_first_schema(path: Path) -> None:
    """A ledger as the first schema had it, with a report and what was derived from it."""
    with sqlite3.connect(path) as raw:
        without_captures(raw)
        given = ("entries", "judgements", "judgement_targets", "external_ids", "notices")
        for name in (*given, *LISTED, *DERIVED, "derived"):
            for verb in ("update", "delete", "replace"):
                raw.execute(f"DROP TRIGGER IF EXISTS {name}_no_{verb}")
            raw.execute(f"DROP TABLE IF EXISTS {name}")
        raw.execute("CREATE TABLE presences (id TEXT PRIMARY KEY, position INTEGER, record TEXT)")
        raw.execute("CREATE TABLE events (id TEXT PRIMARY KEY, kind TEXT, record TEXT)")
        raw.execute("CREATE TABLE derived (rules TEXT PRIMARY KEY, readings INTEGER NOT NULL)")
        raw.execute("INSERT INTO derived VALUES ('1', 1)")
        raw.execute("UPDATE dateline_schema SET version = 1")
    raw.close()


def make_second_schema(path: Path) -> None:
    """A ledger as the second schema had it: nothing kept for listings."""
    with sqlite3.connect(path) as raw:
        without_captures(raw)
        for name in ("notices", *LISTED):
            raw.execute(f"DROP TABLE {name}")
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE name GLOB 'ix_*_listed'").fetchall():
            raw.execute(f"DROP INDEX {name}")
        raw.execute("UPDATE dateline_schema SET version = 2")
    raw.close()


def make_third_schema(path: Path) -> None:
    """A ledger as the third schema had it: nothing of notices."""
    with sqlite3.connect(path) as raw:
        without_captures(raw)
        for name in ("notices", "set_aside"):
            raw.execute(f"DROP TABLE {name}")
        raw.execute("UPDATE dateline_schema SET version = 3")
    raw.close()


def make_fourth_schema(path: Path) -> None:
    """A ledger as the fourth schema had it: nothing of captures."""
    with sqlite3.connect(path) as raw:
        without_captures(raw)
        raw.execute("UPDATE dateline_schema SET version = 4")
    raw.close()


def make_fifth_schema(path: Path) -> None:
    """A ledger as the fifth schema had it: a log without indexes."""
    with sqlite3.connect(path) as raw:
        without_hands(raw)
        for name in ("ix_entries_what", "ix_entries_item"):
            raw.execute(f"DROP INDEX {name}")
        raw.execute("UPDATE dateline_schema SET version = 5")
    raw.close()


def make_sixth_schema(path: Path) -> None:
    """A ledger as the sixth schema had it: nobody has a claim in hand."""
    with sqlite3.connect(path) as raw:
        without_hands(raw)
        raw.execute("UPDATE dateline_schema SET version = 6")
    raw.close()


MAKERS = (
    *(make_first_schema, make_second_schema, make_third_schema),
    *(make_fourth_schema, make_fifth_schema, make_sixth_schema),
)
"""What makes a ledger of the newest schema one of the schema of its place, from 1."""
