"""Gold claims of the annotation files as claims of the model, for tests that run where ../shared exists."""

import json
from pathlib import Path

from dateline.model import Claim, Document
from dateline.store.records import claim_of

SHARED = Path(__file__).parents[2] / "shared"


def gold(name: str) -> tuple[list[Claim], list[Document]]:
    """The claims and documents (without text) of one gold file."""
    claims, documents = [], {}
    for line in (SHARED / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        reference = record.pop("document")
        record.pop("core")
        document = Document(id=reference["id"], text="", sha256="", published=reference["published"])
        documents[document.id] = document
        if record["place"] is not None:
            record["place"] = {"lat": None, "lon": None} | record["place"]
        claims.append(claim_of(record | {"document": document.id, "confidence": 1.0, "basis": {}}))
    return claims, list(documents.values())
