"""What listings are sorted and filtered by, which reports count, and which claims an analyst has in hand."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, Table, text

from dateline.store.columns import Text
from dateline.store.schema.common import metadata

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


set_aside = Table(
    "set_aside",
    metadata,
    Column("document", Text, primary_key=True),
    Column("effect", Text, nullable=False),
    Column("notice", Text, nullable=False),
    Column("until", Text, index=True),
)
"""Reports that do not count, by the notices of their items; kept as notices come, can be made again from them."""

in_hand = Table(
    "in_hand",
    metadata,
    Column("claim", Text, primary_key=True),
    Column("analyst", Text, nullable=False),
    Column("until", Text, nullable=False, index=True),
)
"""Claims of the review queue that an analyst has in hand for some minutes: passing, no part of what a ledger holds."""


LISTED = (listed_documents, listed_claims, listed_names, set_aside)
