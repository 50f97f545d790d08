"""The schema of a ledger on PostgreSQL from one version to the next, by Alembic; SQLite's steps are in `migrations`.

Both write `dateline_schema`, so that every program tells a ledger that is newer than itself. SQLite keeps its own few
steps: they begin before there was PostgreSQL, are one transaction with the making of its index of words, and opening a
file should not cost the import of Alembic.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

REVISIONS = Path(__file__).with_name("revisions")


def begin(connection: Connection) -> None:
    """Note that a ledger made just now has the newest revision."""
    command.stamp(_config(connection, ()), "head")


def upgrade(connection: Connection, *, further: Sequence[Path] = ()) -> None:
    """Apply every missing revision within the transaction of the connection, those of `further` folders too."""
    command.upgrade(_config(connection, further), "head")


def _config(connection: Connection, further: Sequence[Path]) -> Config:
    config = Config()
    config.set_main_option("script_location", str(REVISIONS).replace("%", "%%"))
    places = os.pathsep.join(str(folder) for folder in (REVISIONS / "versions", *further))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", places.replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
