"""What is derived from claims, judgements and notices: dropped and rebuilt."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table

from dateline.store.columns import Text
from dateline.store.schema.common import metadata

sketches = Table(
    "sketches",
    metadata,
    Column("document", Text, primary_key=True),
    Column("record", Text, nullable=False),
)

sketch_keys = Table(
    "sketch_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("document", Text, primary_key=True, index=True),
)

origin_links = Table(
    "origin_links",
    metadata,
    Column("earlier", Text, primary_key=True),
    Column("later", Text, primary_key=True, index=True),
    Column("partial", Boolean(create_constraint=False), nullable=False),
    Column("record", Text, nullable=False),
)

origins = Table(
    "origins",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name_key", Text),
    Column("size", Integer, nullable=False),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("record", Text, nullable=False),
)

origin_documents = Table(
    "origin_documents",
    metadata,
    Column("document", Text, primary_key=True),
    Column("origin", Text, nullable=False, index=True),
)

claim_blocks = Table(
    "claim_blocks",
    metadata,
    Column("claim", Text, primary_key=True),
    Column("stage", Text, primary_key=True),
    Column("block", Text, nullable=False),
    Index("ix_claim_blocks_stage_block", "stage", "block"),
)
"""Which claims are compared with one another: all of one block of a stage (`event` or `presence`)."""

tied_blocks = Table(
    "tied_blocks",
    metadata,
    Column("block", Text, primary_key=True),
    Column("unit", Text, nullable=False, index=True),
)
"""Event blocks that judgements tie to others: derived together, what they come to kept under the block `unit`."""

presences = Table(
    "presences",
    metadata,
    Column("id", Text, primary_key=True),
    Column("block", Text, nullable=False, index=True),
    Column("force_country", Text),
    Column("force_key", Text, nullable=False),
    Column("host", Text, nullable=False, index=True),
    Column("sites_key", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("as_of", Text),
    Column("record", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", Text, primary_key=True),
    Column("block", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("actor_key", Text),
    Column("actor_country", Text),
    Column("recipient_key", Text),
    Column("recipient_country", Text),
    Column("country", Text),
    Column("place_key", Text),
    Column("stage", Text, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("record", Text, nullable=False),
    Index("ix_events_first_day_kind_id", "first_day", "kind", "id"),
)

disputes = Table(
    "disputes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("block", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("topic_key", Text, nullable=False),
    Column("force_country", Text),
    Column("host", Text, index=True),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("record", Text, nullable=False),
)

derived = Table(
    "derived",
    metadata,
    Column("rules", Text, primary_key=True),
    Column("entries", Integer, nullable=False),
)
"""The rules that derived the tables and the number of the last entry they saw."""


DERIVED = (
    sketches,
    sketch_keys,
    origin_links,
    origins,
    origin_documents,
    claim_blocks,
    tied_blocks,
    presences,
    events,
    disputes,
    derived,
)
