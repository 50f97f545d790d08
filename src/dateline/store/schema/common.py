"""What all tables share: the version of the schema, and how keys and indexes are named."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, Table

from dateline.store.columns import Text

VERSION = 7
"""The newest schema this program knows; older ones are migrated, newer ones refused."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

schema_version = Table(
    "dateline_schema",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
)
