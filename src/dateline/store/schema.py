"""The tables of the ledger, the same in SQLite and PostgreSQL.

Documents, claims, issues, runs and readings are only ever added to. A reading is one document read by one
run; `reading_claims` and `reading_issues` say what it gave. The newest run that read a document is the one
that is shown, so a better extractor adds to the ledger and deletes nothing. Judgements of analysts are rows too.
Origins, events, presences and disputes are derived, with the sketches, links and blocks they come from: dropped
and rebuilt. `listed_claims` and `listed_documents` are what listings are sorted and filtered by, kept as rows come.
`number` columns count rows in the order they came; only `entries` says when.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    text,
)

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

set_aside = Table(
    "set_aside",
    metadata,
    Column("document", Text, primary_key=True),
    Column("effect", Text, nullable=False),
    Column("notice", Text, nullable=False),
    Column("until", Text, index=True),
)
"""Reports that do not count, by the notices of their items; kept as notices come, can be made again from them."""

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

in_hand = Table(
    "in_hand",
    metadata,
    Column("claim", Text, primary_key=True),
    Column("analyst", Text, nullable=False),
    Column("until", Text, nullable=False, index=True),
)
"""Claims of the review queue that an analyst has in hand for some minutes: passing, no part of what a ledger holds."""

listed_documents = Table(
    "listed_documents",
    metadata,
    Column("newest", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False, unique=True),
    Column("id", Text, nullable=False, unique=True),
    Column("published", Text),
    Column("outlet_key", Text),
    Column("title_key", Text),
    Index("ix_listed_documents_outlet", "outlet_key", "newest"),
    Index("ix_listed_documents_title", "title_key", "newest"),
    sqlite_with_rowid=False,
)
"""Documents as listings sort them: `newest` ascends from the newest report to the oldest (`listing.newest`)."""


def _where(in_sqlite: str, in_postgres: str) -> dict[str, Any]:
    """Of which rows an index is."""
    return {"sqlite_where": text(in_sqlite), "postgresql_where": text(in_postgres)}


LASTING = 62
"""Days from which a time is long."""

listed_claims = Table(
    "listed_claims",
    metadata,
    Column("newest", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("actor_country", Text),
    Column("recipient_country", Text),
    Column("place_country", Text),
    Column("host", Text),
    Column("actor_sector", Text),
    Column("source_kind", Text),
    Column("confidence", Float, nullable=False),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("lasting", Boolean(create_constraint=False), nullable=False),
    Column("fewer", Float),
    Column("earlier", Integer),
    Column("id", Text, nullable=False, unique=True),
    Column("document", Text, nullable=False),
    Column("actor_key", Text),
    Column("recipient_key", Text),
    Column("place_key", Text),
    Column("source_key", Text),
    *(
        Index(f"ix_listed_claims_{name}", name, "newest")
        for name in (
            *("kind", "stance", "actor_country", "recipient_country", "place_country", "host", "source_kind"),
            *("confidence", "fewer", "earlier", "document", "actor_key", "recipient_key", "place_key", "source_key"),
        )
    ),
    Index("ix_listed_claims_days", "last_day", "first_day"),
    Index("ix_listed_claims_first_day", "first_day"),
    Index("ix_listed_claims_short", "last_day", "first_day", **_where("lasting = 0", "NOT lasting")),
    Index("ix_listed_claims_long", "last_day", "first_day", **_where("lasting = 1", "lasting")),
    sqlite_with_rowid=False,
)
"""The claims of the newest readings as listings sort and filter them.

`newest` ascends from the newest report to the oldest, `fewer` from the greatest number to the least, `earlier` from the
last day to the first: that way they put first what is asked for most. `lasting` is of claims whose time is longer than
`LASTING` days: with the others a stretch of days is found by its ends. `host` is the country of the place, else of the
recipient.
"""

listed_names = Table(
    "listed_names",
    metadata,
    Column("slot", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""Every name that a slot of listed claims ever had, by the column it is in: what a part of a name is looked up in."""

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
    notices,
    captures,
    document_captures,
)
LISTED = (listed_documents, listed_claims, listed_names, set_aside)
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
