"""What reconciliation knows of the reports that claims come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dateline.model import Document, Origin


@dataclass(frozen=True, slots=True)
class Reports:
    """Headers of documents by id, and the origin that each belongs to.

    A document that `origin_of` lacks is an origin of its own. The text of a header may be empty.
    """

    documents: Mapping[str, Document]
    origin_of: Mapping[str, Origin] = field(default_factory=dict)

    def published(self, document: str) -> str | None:
        """The ISO day a report was published, None when it is not known."""
        known = self.documents.get(document)
        return None if known is None or known.published is None else known.published[:10]
