"""A STIX 2.1 bundle: claims as notes, reports, presences as relationships, disputes as opinions, events as groupings."""

from dateline.export.stix.bundle import write

__all__ = ["write"]
