"""Claims to knowledge: who has forces where, and what happened. Pure, deterministic, rebuilt at will."""

from dateline.reconcile.events import events
from dateline.reconcile.presence import presence
from dateline.reconcile.sightings import KINDS as PRESENCE_KINDS

VERSION = "1"
"""Changes with every rule of this stage, so that a ledger knows when to rebuild what it derived."""

__all__ = ["PRESENCE_KINDS", "VERSION", "events", "presence"]
