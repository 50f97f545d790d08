"""How long a brief takes on a large ledger, and what it weighs.

    python benchmarks/brief.py LEDGER [--host AFG] [--force RUS]

Makes briefs on a host, on a force in it and on the force everywhere, and writes each as HTML, DOCX and JSON; CPU
seconds of this process. `benchmarks/big_ledger.py` has what writes a made-up ledger. Without --host and --force those
with most presences are taken.
"""

from __future__ import annotations

import argparse
import sqlite3
import time
from datetime import date
from pathlib import Path

from dateline.brief import Asked, brief_of, written
from dateline.store import open_store

MADE = date(2024, 9, 30)


def most(path: Path, column: str) -> str:
    """The commonest value of a column of the presences."""
    with sqlite3.connect(path) as connection:
        query = f"SELECT {column} FROM presences WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        return str(connection.execute(query).fetchone()[0])


def main() -> None:
    """One line a brief."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--host")
    parser.add_argument("--force")
    given = parser.parse_args()
    host = given.host or most(given.ledger, "host")
    force = given.force or most(given.ledger, "force_country")
    store = open_store(given.ledger, create=False)
    for asked in (Asked.of(host, None), Asked.of(host, force), Asked.of(None, force)):
        began = time.process_time()
        brief = brief_of(store, asked, made=MADE)
        told = [f"made {time.process_time() - began:.2f} s"]
        for suffix in (".html", ".docx", ".json"):
            began = time.process_time()
            size = len(written(brief, suffix))
            told.append(f"{suffix} {time.process_time() - began:.2f} s, {size / 1e6:.1f} MB")
        sentences = sum(len(section.sentences) for section in brief.sections)
        subject = f"{asked.host or '*'} {asked.force or '*'}"
        print(f"{subject}: {sentences} sentences, {len(brief.annex)} claims: {'; '.join(told)}")
    store.close()


if __name__ == "__main__":
    main()
