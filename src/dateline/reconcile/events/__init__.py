"""What happened: claims of the same act by the same actor at compatible place and time, as one event.

The rules are told in `docs/events.md`. Slots keep every reading with its support; stages of one process are linked,
never merged; analysts' verdicts win over everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dateline.model import Claim, Event
from dateline.reconcile.events.blocks import event_block
from dateline.reconcile.events.clusters import Marks, groups
from dateline.reconcile.events.groups import Group
from dateline.reconcile.events.links import links
from dateline.reconcile.events.slots import event_of
from dateline.reconcile.events.tellings import tellings
from dateline.reconcile.reports import Reports
from dateline.reconcile.verdicts import NO_VERDICTS, Verdicts

__all__ = ["event_block", "events"]


def events(claims: Iterable[Claim], reports: Reports, verdicts: Verdicts = NO_VERDICTS) -> tuple[Event, ...]:
    """Events in order of time and kind, the same whatever the order of the claims.

    The claims are those of whole blocks (see `event_block`); what a block gives does not depend on other blocks,
    unless an analyst put claims of several together. A claim of a document that `reports` lacks is a ValueError.
    """
    blocks: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        document = reports.documents.get(claim.document)
        if document is None:
            raise ValueError(f"claim {claim.id} is of an unknown document {claim.document}")
        block = event_block(claim, document)
        if block is not None:
            blocks[block].append(claim)
    bound = _bound(verdicts)
    found = [event for block in _joined(blocks, bound) for event in _of_block(block, bound, reports, verdicts)]
    return tuple(sorted(found, key=lambda e: (e.earliest or e.latest or "", e.latest or "", str(e.kind), e.id)))


def _of_block(
    claims: Sequence[Claim], bound: Sequence[frozenset[str]], reports: Reports, verdicts: Verdicts
) -> list[Event]:
    published = {claim.document: reports.published(claim.document) for claim in claims}
    ids = {claim.id for claim in claims}
    tied = [part for ids_ in bound if len(part := ids_ & ids) > 1]
    found: dict[str, tuple[Event, Group]] = {}
    for group in groups(tellings(claims, published), _marks(ids, verdicts), tied):
        event = event_of(group, reports)
        found[event.id] = (event, group)
    tied_to = links({key: group for key, (_, group) in found.items()})
    return [replace(event, links=tied_to[key]) if key in tied_to else event for key, (event, _) in found.items()]


def _bound(verdicts: Verdicts) -> list[frozenset[str]]:
    """The sets that analysts put together, those that share a claim as one."""
    found: list[set[str]] = []
    for ids in verdicts.together:
        meets = [part for part in found if part & ids]
        found = [part for part in found if not part & ids] + [set(ids).union(*meets)]
    return sorted((frozenset(part) for part in found), key=sorted)


def _marks(ids: set[str], verdicts: Verdicts) -> Marks:
    """For each claim the verdicts that keep it apart from others, with the side it stands on."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for number, sides in enumerate(verdicts.apart):
        for side, part in enumerate(sides):
            for claim in part & ids:
                found[claim].add((number, side))
    return {claim: frozenset(marks) for claim, marks in found.items()}


def _joined(blocks: Mapping[str, Sequence[Claim]], bound: Sequence[frozenset[str]]) -> list[list[Claim]]:
    """The blocks, those that a verdict reaches across as one."""
    if not bound:
        return [list(blocks[key]) for key in sorted(blocks)]
    of_claim = {claim.id: key for key, claims in blocks.items() for claim in claims}
    root = {key: key for key in blocks}

    def top(key: str) -> str:
        while root[key] != key:
            key = root[key]
        return key

    for ids in bound:
        keys = sorted({top(of_claim[claim]) for claim in ids if claim in of_claim})
        for key in keys[1:]:
            root[key] = keys[0]
    joined: dict[str, list[Claim]] = defaultdict(list)
    for key in sorted(blocks):
        joined[top(key)].extend(blocks[key])
    return [joined[key] for key in sorted(joined)]
