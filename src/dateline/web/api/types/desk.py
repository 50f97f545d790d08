"""The ledger as a whole, and what a search finds."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from dateline.web.api.types.claims import Claim
from dateline.web.api.types.reports import DocumentHeader


class Counts(BaseModel):
    """How much the ledger holds."""

    documents: int = Field(ge=0, description="Reports.")
    claims: int = Field(ge=0, description="Claims, those of superseded readings among them.")
    events: int = Field(ge=0, description="Derived events.")
    presences: int = Field(ge=0, description="Derived presences.")
    disputes: int = Field(ge=0, description="Disputes, open and settled.")
    origins: int = Field(ge=0, description="Derived origins.")
    judgements: int = Field(ge=0, description="Judgements, undone ones too.")


class Run(BaseModel):
    """A program that read reports into this ledger."""

    id: str = Field(description="Id of the run: a hash of its versions and settings.")
    extractor: str = Field(description="Version of the extractor; `import` for imported claims.")
    model: str = Field(description="Language model, with its version.")
    python: str = Field(description="Version of Python.", examples=["3.11"])
    spacy: str = Field(description="Version of the parser.", examples=["3.8.7"])
    settings: dict[str, str] = Field(description="What else tells its readings from those of another.")


class Status(BaseModel):
    """The ledger, the program, and whether what is derived is current."""

    dateline: str = Field(description="Version of the program that answers.", examples=["0.1.0"])
    api: Literal["v1"]
    state: str = Field(
        description="The state of the ledger: another one after every addition, judgement or derivation."
    )
    current: bool = Field(description="Whether what is derived rests on everything that was added.")
    rules: str = Field(description="Version of the rules of derivation.", examples=["2"])
    counts: Counts
    runs: list[Run] = Field(description="Programs that read into this ledger, oldest first.")


class Found(BaseModel):
    """What a search found: of `claim` and `document` one is given."""

    claim: Claim | None = Field(None, description="A claim whose words or names hold every word.")
    document: DocumentHeader | None = Field(None, description="A report whose title or text holds every word.")
    snippet: str | None = Field(None, description="Words around what was found. Untrusted.")
