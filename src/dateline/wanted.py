"""What the library is asked: what is given of a report beforehand, and what of a ledger is to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypedDict

from dateline.model import DisputeKind, DisputeStatus, Kind, Stage, Stance, Standing
from dateline.store import Filters


class Given(TypedDict, total=False):
    """What is known of a report beforehand; it wins over what the report says.

    `columns` names the columns of a sheet of reports (CSV, XLSX): {"text": "Body", "published": "Date"}.
    """

    published: str | None
    outlet: str | None
    title: str | None
    url: str | None
    language: str | None
    columns: Mapping[str, str]


class Wanted(TypedDict, total=False):
    """What to show: the fields of `dateline.store.Filters`, all optional."""

    kind: Kind | str | None
    actor: str | None
    recipient: str | None
    host: str | None
    place: str | None
    stance: Stance | str | None
    status: Standing | str | None
    source: str | None
    outlet: str | None
    since: str | None
    until: str | None
    stage: Stage | str | None
    type: DisputeKind | str | None
    state: DisputeStatus | str | None
    origins: int | None
    text: str | None
    document: str | None
    code: str | None
    limit: int | None


class WantedOfLog(TypedDict, total=False):
    """What of the log to show; see `dateline.store.judging.LogFilters`."""

    analyst: str | None
    since: str | None
    until: str | None
    what: str | None
    limit: int | None
    offset: int


def filters_of(wanted: Wanted) -> Filters:
    """Filters with their enums; ValueError for a kind, stance or status that does not exist."""
    filters = Filters(**wanted)  # type: ignore[arg-type]
    return replace(
        filters,
        kind=None if filters.kind is None else Kind(filters.kind),
        stance=None if filters.stance is None else Stance(filters.stance),
        status=None if filters.status is None else Standing(filters.status),
        stage=None if filters.stage is None else Stage(filters.stage),
        type=None if filters.type is None else DisputeKind(filters.type),
        state=None if filters.state is None else DisputeStatus(filters.state),
    )
