"""Why an export cannot be written, in words for the one who asked for it."""

from __future__ import annotations


class ExportError(ValueError):
    """An export that cannot be as it was asked for: a table the format does not have, more rows than it can hold."""
