"""Tables whose rows are only ever added to: reports and their claims, the log, judgements, notices, captures."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, ForeignKeyConstraint, Index, Integer, Table

from dateline.store.columns import Text
from dateline.store.schema.common import metadata

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

ENTRY_INDEXES = (Index("ix_entries_what", "what", "number"), Index("ix_entries_item", "item"))
"""By what an entry of the log is, and by what it is of."""
entries = Table(
    "entries",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("recorded_at", Text),
    Column("what", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("run", Integer),
    *ENTRY_INDEXES,
)
"""The log: one row a reading (`item` is its document), a judgement and a notice that tells something, and one for each
report that notices set aside or restored (`what` is the effect, `item` its document), with the moment in UTC it came.
`recorded_at` is null for what an older ledger held already.
"""

JUDGEMENT = "judgement"
"""What an entry of the log is that tells of a judgement."""

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

notices = Table(
    "notices",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("item", Text, nullable=False, index=True),
    Column("document", Text, index=True),
    Column("record", Text, nullable=False),
)
"""What feeds and wires said of the items they sent, version by version; `document` may not be in the ledger (yet)."""

captures = Table(
    "captures",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("kept_at", Text),
    Column("record", Text, nullable=False),
)
"""Raw bytes that reports were read from: where, when and how they came (`record`), and under which hash they lie in
the folder of captures beside the ledger. The bytes themselves are not in the ledger."""

document_captures = Table(
    "document_captures",
    metadata,
    Column("document", Text, ForeignKey("documents.id"), primary_key=True),
    Column("capture", Text, ForeignKey("captures.id"), primary_key=True, index=True),
)
"""Which documents were read from which captures; a file can hold several reports."""

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
    notices,
    captures,
    document_captures,
)
