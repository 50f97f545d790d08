"""One process that opens a ledger twice keeps its hold on the file against other processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import dateline
from dateline.store import open_store
from dateline.store.derived import Derived

SOURCE = Path(dateline.__file__).resolve().parent.parent
WRITES = (
    "import sys\n"
    "from dateline.store import open_store\n"
    "from dateline.store.derived import Derived\n"
    "store = open_store(sys.argv[1], create=False)\n"
    "with store.writing() as connection: Derived(connection).mark('rules', 7)\n"
)


def test_another_process_writes_to_the_same_log(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    first = open_store(path, create=True)
    with first.reading() as connection:
        assert Derived(connection).marked() is None
    open_store(path, create=False).close()
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    subprocess.run([sys.executable, "-c", WRITES, str(path)], check=True, env=environment)
    with first.reading() as connection:
        assert Derived(connection).marked() == ("rules", 7)
    first.close()
