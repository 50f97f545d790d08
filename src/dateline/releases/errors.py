"""Why a release cannot be made or read."""

from __future__ import annotations


class ReleaseError(Exception):
    """A release that cannot be written, or a file that is none or cannot be read; the message says why."""
