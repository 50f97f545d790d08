"""Reports and what is said of them."""

from __future__ import annotations

from pydantic import BaseModel, Field

from dateline.model import Effect, PubStatus
from dateline.web.api.types.common import Day, DocumentId, Moment


class Furniture(BaseModel):
    """A stretch of the text that is page furniture: nothing is read from it."""

    start: int = Field(ge=0, description="First code point of the stretch in `text`.")
    end: int = Field(ge=0, description="Code point after its last.")
    reason: str = Field(description="Why it was taken for furniture.", examples=["menu"])


class DocumentReference(BaseModel):
    """A report as it is cited."""

    id: DocumentId
    url: str | None = Field(description="Address, as it was given or found in the page. Untrusted.")
    outlet: str | None = Field(description="Who published it.", examples=["Reuters"])
    published: str | None = Field(
        description="ISO 8601 day, or moment with zone, of publication; null where it is not known, never a guess.",
        examples=["2024-05-03"],
    )
    language: str | None = Field(description="ISO 639-1 code of its language.", examples=["en"])
    title: str | None = Field(description="Headline.")


class DocumentHeader(DocumentReference):
    """A report without its text."""

    sha256: str = Field(description="SHA-256 of the bytes it was read from, in hexadecimal digits.")
    byline: str | None = Field(description="Who wrote it, as printed.")
    agency: str | None = Field(description="The agency it credits.", examples=["Agence France-Presse"])
    dateline_place: str | None = Field(description="Place of its dateline.", examples=["NIAMEY"])
    dateline_date: Day | None = Field(description="Day of its dateline.")
    provenance: dict[str, str] = Field(
        description="For each detail where it came from: given, html meta, credit line, dateline …",
        examples=[{"published": "html meta", "outlet": "given"}],
    )


class Notice(BaseModel):
    """What a feed or wire said of an item it sent: one version of it."""

    id: str = Field(description="Id of the notice.", examples=["notice-0d9f6a3c5b1e47c2a8d1"])
    item: str = Field(description="Id that its provider gave the item (guid, uri).")
    status: PubStatus = Field(description="Whether it may be used.")
    version: str | None = Field(description="Version of the item.", examples=["2"])
    issued: Moment | None = Field(description="When this version was made.")
    embargoed: Moment | None = Field(description="Until when it may not be used.")
    document: str | None = Field(description="Report it came with; it may not be in the ledger.")
    summary: bool = Field(description="Whether that report is a summary of the item only.")
    provider: str | None = Field(description="Who sent it.")
    note: str | None = Field(description="What it says to editors.")
    path: str | None = Field(description="The file it was read from.")


class SetAside(BaseModel):
    """Why a report does not count: it is left out of listings and of all that is derived."""

    effect: Effect = Field(description="What its notices come to.")
    notice: str = Field(description="Id of the notice that did it.")
    until: Moment | None = Field(description="End of the embargo, where it is one.")


class Document(DocumentHeader):
    """A report with its text. The text is untrusted: written by others, kept as it was, never to be shown as HTML."""

    text: str = Field(description="Its text, never edited. Offsets of evidence and furniture count its code points.")
    furniture: list[Furniture] = Field(description="Stretches of the text that are page furniture, in order.")
    characters: int = Field(ge=0, description="Length of its text in code points.", examples=[4210])
    origin: str | None = Field(description="Id of the origin it belongs to; null before anything is derived.")
    external_ids: list[str] = Field(description="Ids it had where it was imported from.")
    set_aside: SetAside | None = Field(description="Why it does not count, by notices of its provider; null: it does.")


class Issue(BaseModel):
    """Something that could not be read or decided: nothing is dropped in silence."""

    code: str = Field(description="What kind of issue.", examples=["no_date"])
    message: str = Field(description="What and why, in words.")
    document: DocumentId | None = Field(description="The report, where there is one.")
    path: str | None = Field(description="The file it was read from.")
    start: int | None = Field(description="First code point of the words in question.")
    end: int | None = Field(description="Code point after the last.")
