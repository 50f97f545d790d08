"""What can go wrong with a brief besides the ledger."""

from __future__ import annotations


class BriefError(Exception):
    """A brief that cannot be written here; the message says why and what to do."""
