"""Named releases of a ledger that never change, and whether a file still is what it says (`docs/releases.md`)."""

from dateline.releases.errors import ReleaseError
from dateline.releases.writing import Order, Released, write_release

__all__ = ["Order", "ReleaseError", "Released", "write_release"]
