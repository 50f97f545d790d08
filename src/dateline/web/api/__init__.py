"""The HTTP interface, version 1: the ledger as JSON for programs (`docs/api.md`)."""
