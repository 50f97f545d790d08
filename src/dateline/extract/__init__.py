"""From a parsed document to claims: findings, who says them, how firmly, with every slot and its basis."""

from dateline.extract.assembly import VERSION, claims, issues

__all__ = ["VERSION", "claims", "issues"]
