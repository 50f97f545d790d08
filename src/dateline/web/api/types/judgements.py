"""Judgements, as they are kept and as they are made, and the log."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from dateline.judging.judge import LONGEST
from dateline.model import Matter, Verdict
from dateline.reconcile.corrections import SLOTS
from dateline.web.api.types.common import Moment
from dateline.web.api.types.reports import Notice

MOST = 200
"""Ids that one judgement may name."""

Id = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=r"^[^\u0000-\u0020\u007f-\u00a0]+$"),
    Field(description="An id, or as much of its beginning as tells it apart.", examples=["claim-4c0d58a1a57a9c1f3a54"]),
]
Ids = Annotated[list[Id], Field(min_length=1, max_length=MOST)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST, pattern=r"^[^\u0000]*$")]
Reason = Annotated[
    str,
    StringConstraints(max_length=LONGEST, pattern=r"^[^\u0000]*$"),
    Field(description="Why, for those who read the log.", examples=["seen in the original"]),
]
NeededReason = Annotated[Words, Field(description="Why; needed here.", examples=["the town is meant, not the base"])]


def _slot(text: str) -> str:
    if text not in SLOTS:
        raise ValueError(f"there are {', '.join(SLOTS)}")
    return text


Slot = Annotated[
    str,
    AfterValidator(_slot),
    Field(
        description="A slot, or a field of one (docs/judgements.md).",
        examples=["place"],
        json_schema_extra={"enum": list(SLOTS)},
    ),
]


class Judgement(BaseModel):
    """One decision of an analyst: a row that is only ever added. The last one that was not undone stands."""

    id: str = Field(description="Id of the judgement.", examples=["judgement-52f0c1a9e7d34b6f8a10"])
    verdict: Verdict = Field(description="What it does.")
    matter: Matter = Field(description="What it is about.")
    targets: list[str] = Field(
        description="Claims, reports or judgements it is about, or the name of a source. Of an event or dispute its "
        "claims, of an origin its reports: derived ids change with new reports, these do not."
    )
    analyst: str = Field(description="Who decided.", examples=["anna"])
    at: Moment = Field(description="When.")
    reason: str = Field(description="Why, in his words; empty where none was given.")
    value: dict[str, Any] = Field(
        description="What was decided: `slot`, `to`, `was` and `given` of a correction, `taken` of a split, `favours` "
        "of a settlement, `rating`, `text` of a note.",
        examples=[{"slot": "place.country", "to": "NER", "was": "NGA", "given": "Niger"}],
    )


class KeptJudgement(Judgement):
    """A judgement with what it says, and what became of it."""

    told: str = Field(description="What it decides, in one line.", examples=["accepted claim-4c0d58a1"])
    undone_by: str | None = Field(description="Id of the judgement that undid it; null where it stands.")


class LogLine(BaseModel):
    """One thing that was added to the ledger: a report read, imported or refused, a judgement or a notice of a wire.

    Where notices set a report aside or restored it, `what` is their effect and `item` the report.
    """

    number: int = Field(description="Its place in the log, from 1.")
    recorded_at: Moment | None = Field(description="When; null for what an older ledger held already.")
    what: str = Field(description="reading, refused, judgement, notice, or an effect.", examples=["judgement"])
    item: str = Field(description="Id of the report, the issue, the judgement or the notice.")
    run: str | None = Field(description="Id of the run that read the report.")
    extractor: str | None = Field(description="Version of the extractor of that run; `import` for imported claims.")
    claims: int | None = Field(description="Claims that the reading gave.")
    outlet: str | None = Field(description="Outlet of the report.")
    title: str | None = Field(description="Headline of the report.")
    message: str | None = Field(description="Why a report was refused.")
    judgement: Judgement | None = Field(description="The judgement.")
    notice: Notice | None = Field(description="The notice.")
    told: str = Field(description="The entry in one line.", examples=["accepted claim-4c0d58a1"])
    undone_by: str | None = Field(description="Id of the judgement that undid it; null where it stands.")


class _Verdict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Accept(_Verdict):
    """The claims stand as they are: checked. A later rejection would win."""

    verdict: Literal["accept"]
    claims: Annotated[Ids, Field(description="Ids of the claims.")]
    reason: Reason = ""


class Reject(_Verdict):
    """The claims are left out of all that is derived; they stay in the ledger."""

    verdict: Literal["reject"]
    claims: Annotated[Ids, Field(description="Ids of the claims.")]
    reason: NeededReason


class Change(_Verdict):
    """What a slot is to hold."""

    slot: Slot
    to: Annotated[
        Words, Field(description="As an analyst types it; `none`: the report does not say it.", examples=["Agadez"])
    ]


class Correct(_Verdict):
    """Slots of one claim hold something else; a judgement a slot, all or none."""

    verdict: Literal["correct"]
    claim: Id
    changes: Annotated[list[Change], Field(min_length=1, max_length=len(SLOTS), description="What slots are to hold.")]
    reason: NeededReason


class Merge(_Verdict):
    """Events, or claims, are one event; origins, or reports, are one origin."""

    verdict: Literal["merge"]
    ids: Annotated[
        list[Id],
        Field(min_length=2, max_length=MOST, description="Events and claims, or origins and reports, that are one."),
    ]
    reason: Reason = ""


class Split(_Verdict):
    """Claims are not of the event they are in, or reports not of their origin; the event itself may be named too."""

    verdict: Literal["split"]
    ids: Annotated[Ids, Field(description="What is taken out: claims, or reports; beside them the event or origin.")]
    reason: Reason = ""


class Settle(_Verdict):
    """A dispute is decided."""

    verdict: Literal["settle"]
    dispute: Id
    favours: Annotated[
        str,
        StringConstraints(min_length=1, max_length=200, pattern=r"^[^\u0000]+$"),
        Field(description="Number of the side, from 1; a claim of it; or `neither`.", examples=["2"]),
    ]
    reason: NeededReason


class Rate(_Verdict):
    """A source by its name, A to F, or a claim by its id, 1 to 6 (Admiralty code)."""

    verdict: Literal["rate"]
    what: Annotated[
        str,
        StringConstraints(min_length=1, max_length=300, pattern=r"^[^\u0000]+$"),
        Field(description="Name of a source, or id of a claim.", examples=["Reuters"]),
    ]
    rating: Annotated[
        Literal["A", "B", "C", "D", "E", "F", "1", "2", "3", "4", "5", "6"],
        Field(description="A (completely reliable) to F (cannot be judged); 1 (confirmed) to 6 (cannot be judged)."),
    ]
    reason: Reason = ""


class Note(_Verdict):
    """A note on anything with an id; nothing derived changes."""

    verdict: Literal["note"]
    id: Id
    text: Annotated[Words, Field(description="The words.", examples=["ask the embassy"])]


class Undo(_Verdict):
    """Judgements count no more; undoing an undoing restores what it undid."""

    verdict: Literal["undo"]
    judgements: Annotated[Ids, Field(description="Ids of the judgements.")]
    reason: Reason = ""


NewJudgement = Annotated[
    Accept | Reject | Correct | Merge | Split | Settle | Rate | Note | Undo,
    Field(discriminator="verdict"),
]


class Judged(BaseModel):
    """What came of it."""

    judgements: list[Judgement] = Field(min_length=1, description="The judgements as they are kept.")
    told: list[str] = Field(description="A line on each.", examples=[["accepted claim-4c0d58a1 (judgement-52f0c1a9)"]])
    repeated: bool = Field(
        description="Whether the same analyst decided the same before and it stands: then nothing was added and these "
        "are the earlier judgements."
    )
    current: bool = Field(
        description="Whether what is derived shows it already; it follows within seconds where `dateline serve` runs."
    )
