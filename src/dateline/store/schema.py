"""The tables of the ledger, in SQLAlchemy Core so that another database can follow.

Documents, claims, issues, runs and readings are only ever added to. A reading is one document read by one
run; `reading_claims` and `reading_issues` say what it gave. The newest run that read a document is the one
that is shown, so a better extractor adds to the ledger and deletes nothing. Judgements of analysts are rows too.
Origins, events, presences and disputes are derived, with the sketches, links and blocks they come from: dropped
and rebuilt to the same rows. `number` columns count rows in the order they came; only `entries` says when.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

VERSION = 2
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

runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("extractor", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("python", Text, nullable=False),
    Column("spacy", Text, nullable=False),
    Column("settings", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("title", Text),
    Column("outlet", Text),
    Column("outlet_key", Text),
    Column("byline", Text),
    Column("agency", Text),
    Column("dateline_place", Text),
    Column("dateline_date", Text),
    Column("published", Text, index=True),
    Column("url", Text),
    Column("language", Text),
    Column("furniture", Text, nullable=False),
    Column("provenance", Text, nullable=False),
)


def _actor_columns(slot: str) -> tuple[Column[str], ...]:
    return (
        Column(f"{slot}_name", Text),
        Column(f"{slot}_key", Text),
        Column(f"{slot}_country", Text, index=True),
        Column(f"{slot}_sector", Text),
    )


claims = Table(
    "claims",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("document", Text, ForeignKey("documents.id"), nullable=False, index=True),
    Column("run", Integer, ForeignKey("runs.number"), nullable=False),
    Column("kind", Text, nullable=False, index=True),
    Column("stance", Text, nullable=False),
    *_actor_columns("actor"),
    *_actor_columns("recipient"),
    Column("place_name", Text),
    Column("place_key", Text),
    Column("place_country", Text, index=True),
    Column("place_lat", Float),
    Column("place_lon", Float),
    Column("place_precision", Text),
    Column("quantity_low", Float),
    Column("quantity_high", Float),
    Column("quantity_unit", Text),
    Column("quantity_scope", Text),
    Column("time_earliest", Text),
    Column("time_latest", Text),
    Column("time_basis", Text),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("source_name", Text),
    Column("source_kind", Text),
    Column("source_key", Text),
    Column("anonymous", Boolean(create_constraint=False)),
    Column("confidence", Float, nullable=False),
    Column("start", Integer, nullable=False),
    Column("record", Text, nullable=False),
)

evidence = Table(
    "evidence",
    metadata,
    Column("claim", Text, ForeignKey("claims.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

issues = Table(
    "issues",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("code", Text, nullable=False, index=True),
    Column("message", Text, nullable=False),
    Column("document", Text, index=True),
    Column("path", Text),
    Column("start", Integer),
    Column("end", Integer),
)

readings = Table(
    "readings",
    metadata,
    Column("document", Text, ForeignKey("documents.id"), primary_key=True),
    Column("run", Integer, ForeignKey("runs.number"), primary_key=True, autoincrement=False),
    Column("claims", Integer, nullable=False),
    Column("issues", Integer, nullable=False),
)


def _given_by_readings(name: str, what: Table) -> Table:
    """Which rows of `what` a reading gave, in the order it gave them."""
    return Table(
        name,
        metadata,
        Column("document", Text, primary_key=True),
        Column("run", Integer, primary_key=True, autoincrement=False),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("item", Text, ForeignKey(what.c.id), nullable=False, index=True),
        ForeignKeyConstraint(["document", "run"], ["readings.document", "readings.run"]),
    )


reading_claims = _given_by_readings("reading_claims", claims)
reading_issues = _given_by_readings("reading_issues", issues)

entries = Table(
    "entries",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("recorded_at", Text),
    Column("what", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("run", Integer),
)
"""The log: one row a reading (`item` is its document) and a judgement, with the moment in UTC it came.

`recorded_at` is null for what an older ledger held already.
"""

judgements = Table(
    "judgements",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("verdict", Text, nullable=False),
    Column("matter", Text, nullable=False),
    Column("analyst", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("record", Text, nullable=False),
)

judgement_targets = Table(
    "judgement_targets",
    metadata,
    Column("judgement", Text, ForeignKey("judgements.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("target", Text, nullable=False, index=True),
)

external_ids = Table(
    "external_ids",
    metadata,
    Column("item", Text, primary_key=True),
    Column("external", Text, primary_key=True),
)
"""The id that an imported document or claim (`item`) had where it came from."""

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

APPEND_ONLY = (
    documents,
    claims,
    evidence,
    issues,
    runs,
    readings,
    reading_claims,
    reading_issues,
    entries,
    judgements,
    judgement_targets,
    external_ids,
)
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
