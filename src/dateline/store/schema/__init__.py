"""The tables of the ledger, the same in SQLite and PostgreSQL.

Documents, claims, issues, runs and readings are only ever added to. A reading is one document read by one
run; `reading_claims` and `reading_issues` say what it gave. The newest run that read a document is the one
that is shown, so a better extractor adds to the ledger and deletes nothing. Judgements of analysts are rows too.
Origins, events, presences and disputes are derived, with the sketches, links and blocks they come from: dropped
and rebuilt. `listed_claims` and `listed_documents` are what listings are sorted and filtered by, kept as rows come.
`number` columns count rows in the order they came; only `entries` says when.
"""

from __future__ import annotations

from dateline.store.schema.added import (
    APPEND_ONLY,
    ENTRY_INDEXES,
    JUDGEMENT,
    captures,
    claims,
    document_captures,
    documents,
    entries,
    evidence,
    external_ids,
    issues,
    judgement_targets,
    judgements,
    notices,
    reading_claims,
    reading_issues,
    readings,
    runs,
)
from dateline.store.schema.common import (
    VERSION,
    metadata,
    schema_version,
)
from dateline.store.schema.derivations import (
    DERIVED,
    claim_blocks,
    derived,
    disputes,
    events,
    origin_documents,
    origin_links,
    origins,
    presences,
    sketch_keys,
    sketches,
    tied_blocks,
)
from dateline.store.schema.listings import (
    LASTING,
    LISTED,
    in_hand,
    listed_claims,
    listed_documents,
    listed_names,
    set_aside,
)

__all__ = [
    "APPEND_ONLY",
    "DERIVED",
    "ENTRY_INDEXES",
    "JUDGEMENT",
    "LASTING",
    "LISTED",
    "VERSION",
    "captures",
    "claim_blocks",
    "claims",
    "derived",
    "disputes",
    "document_captures",
    "documents",
    "entries",
    "events",
    "evidence",
    "external_ids",
    "in_hand",
    "issues",
    "judgement_targets",
    "judgements",
    "listed_claims",
    "listed_documents",
    "listed_names",
    "metadata",
    "notices",
    "origin_documents",
    "origin_links",
    "origins",
    "presences",
    "reading_claims",
    "reading_issues",
    "readings",
    "runs",
    "schema_version",
    "set_aside",
    "sketch_keys",
    "sketches",
    "tied_blocks",
]
