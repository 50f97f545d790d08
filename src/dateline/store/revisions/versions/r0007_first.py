"""The first schema on PostgreSQL, that of version 7: a new ledger is made from `schema` and begins at the newest.

A revision after this one makes its change with `alembic.op`, and notes its version in `dateline_schema`, where programs
of either database look whether they know the ledger.
"""

from __future__ import annotations

revision = "0007"
down_revision = None


def upgrade() -> None:
    """Nothing: there is no older ledger on PostgreSQL."""
