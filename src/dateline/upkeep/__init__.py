"""Keeping ledgers: whether one is sound, copies of it, backups, and what comes back from them."""

from dateline.upkeep.faults import Fault

__all__ = ["Fault"]
