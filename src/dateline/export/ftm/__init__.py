"""FollowTheMoney for OpenAleph: entities as JSON lines, and the same as statements in CSV."""

from dateline.export.ftm.writing import write, write_statements

__all__ = ["write", "write_statements"]
