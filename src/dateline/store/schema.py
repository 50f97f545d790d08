"""The tables of the ledger, in SQLAlchemy Core so that another database can follow.

Documents, claims, issues, runs and readings are only ever added to. A reading is one document read by one
run; `reading_claims` and `reading_issues` say what it gave. The newest run that read a document is the one
that is shown, so a better extractor adds to the ledger and deletes nothing. Presences and events are derived.
`number` columns count rows in the order they came; no column holds a time of writing.
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

VERSION = 1
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

presences = Table(
    "presences",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("force_country", Text),
    Column("host", Text, nullable=False, index=True),
    Column("status", Text, nullable=False),
    Column("as_of", Text),
    Column("record", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("actor_key", Text),
    Column("actor_country", Text),
    Column("recipient_key", Text),
    Column("recipient_country", Text),
    Column("country", Text),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("record", Text, nullable=False),
)

derived = Table(
    "derived",
    metadata,
    Column("rules", Text, primary_key=True),
    Column("readings", Integer, nullable=False),
)

Index("ix_events_first_day_kind_id", events.c.first_day, events.c.kind, events.c.id)

APPEND_ONLY = (documents, claims, evidence, issues, runs, readings, reading_claims, reading_issues)
DERIVED = (presences, events, derived)
