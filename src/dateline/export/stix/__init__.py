"""A STIX 2.1 bundle: claims as notes, presences as relationships, disputes as opinions, events as groupings."""

from dateline.export.stix.bundle import write

__all__ = ["write"]
