"""What a job cannot go on with."""

from __future__ import annotations


class BulkError(Exception):
    """A job that cannot begin or go on as asked; the message tells why and what to do. Nothing that is done is lost."""


class DamagedShardError(BulkError):
    """A shard whose bytes are not those that were written; its task is done again."""
