"""The HTTP interface, version 1: the ledger as JSON for programs (`docs/api.md`)."""

from dateline.web.api.application import mount

__all__ = ["mount"]
