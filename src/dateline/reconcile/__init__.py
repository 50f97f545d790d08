"""Claims to knowledge: who really reported what, what happened, who has forces where, and where sources disagree.

Pure, deterministic, rebuilt at will. Claims are compared only within their block (`event_block`,
`presence_block`), reports only with those that share a key of their sketch, so that a ledger can be kept up to
date block by block.
"""

from dateline.reconcile.disputes import disputes
from dateline.reconcile.events import event_block, events
from dateline.reconcile.origins import all_origins, witnesses
from dateline.reconcile.presence import presence, presence_block
from dateline.reconcile.presence.sightings import KINDS as PRESENCE_KINDS
from dateline.reconcile.reports import Reports
from dateline.reconcile.verdicts import NO_VERDICTS, Verdicts, judged, verdicts

VERSION = "2"
"""Changes with every rule of this stage, so that a ledger knows when to rebuild what it derived."""

__all__ = [
    "NO_VERDICTS",
    "PRESENCE_KINDS",
    "VERSION",
    "Reports",
    "Verdicts",
    "all_origins",
    "disputes",
    "event_block",
    "events",
    "judged",
    "presence",
    "presence_block",
    "verdicts",
    "witnesses",
]
