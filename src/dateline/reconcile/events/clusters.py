"""Tellings of one block as groups of one act each, whatever the order they come in; no telling is compared with all.

First come the tellings that date and place their act, then those that only hold it in a window, then those that
recall it. Each is laid to the one group that it fits best; where two fit as well it stays alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dateline.model import Kind, Stance
from dateline.reconcile.events.board import Board
from dateline.reconcile.events.fit import fit
from dateline.reconcile.events.groups import Group, Mark
from dateline.reconcile.events.late import answer, join_slips, recalled, settle_recalled, standing_plan
from dateline.reconcile.events.tellings import Telling
from dateline.reconcile.events.windows import Mode

CLEAR = 0.5
"""How much better the best of two groups must fit."""

Marks = Mapping[str, frozenset[Mark]]


def groups(tellings: Sequence[Telling], marks: Marks, bound: Sequence[frozenset[str]]) -> list[Group]:
    """The tellings of a block (in their order) as groups.

    `bound` are disjoint sets of claim ids that an analyst put together, `marks` the sides of verdicts that keep
    claims apart; both win over everything else.
    """
    boards: dict[tuple[Kind, Mode], Board] = defaultdict(Board)
    tied = {claim: number for number, ids in enumerate(bound) for claim in ids}
    heads: dict[int, tuple[Board, Group]] = {}
    lots: dict[tuple[Kind, Mode], list[Telling]] = defaultdict(list)
    for telling in tellings:
        number, mine = tied.get(telling.id), marks.get(telling.id, frozenset())
        board = boards[telling.family, telling.mode]
        if number is None:
            lots[telling.family, telling.mode].append(telling)
        elif number in heads:
            heads[number][0].take(heads[number][1], telling, mine)
        else:
            heads[number] = (board, board.open(telling, mine))
    for key, lot in lots.items():
        _place(boards[key], lot, marks)
    return [group for board in boards.values() for group in board.groups if group.members]


def _place(board: Board, lot: Sequence[Telling], marks: Marks) -> None:
    """Every telling of one family and mode to a group: dated ones, vague ones, then what only implies or recalls."""
    dated = [telling for telling in lot if telling.tight and not _denial(telling)]
    vague = [telling for telling in lot if not telling.tight and not _denial(telling)]
    _lay(board, dated, marks)
    join_slips(board)
    late = _lay(board, vague, marks)
    for telling in late:
        mine = marks.get(telling.id, frozenset())
        _put(board, recalled(board, telling, mine), telling, mine)
    answer(board, [telling for telling in lot if _denial(telling)], marks)
    settle_recalled(board)


def _denial(telling: Telling) -> bool:
    return telling.contested and telling.claim.stance is Stance.DENIED


def _lay(board: Board, lot: Iterable[Telling], marks: Marks) -> list[Telling]:
    """Lay tellings to the groups they fit, open groups for the others; gives those that only recall."""
    late = []
    for telling in lot:
        mine = marks.get(telling.id, frozenset())
        group = _best(board.near(telling), telling, mine)
        if group is None and telling.mode is not Mode.DONE:
            group = standing_plan(board, telling, mine)
        if group is None and telling.near is None and telling.said is not None:
            late.append(telling)
        elif group is not None or not telling.seen:
            _put(board, group, telling, mine)
    return late


def _put(board: Board, group: Group | None, telling: Telling, marks: Iterable[Mark]) -> None:
    if group is None:
        board.open(telling, marks)
    else:
        board.take(group, telling, marks)


def _best(candidates: Iterable[Group], telling: Telling, marks: Iterable[Mark]) -> Group | None:
    """The group that fits best, None where none does or another does as well."""
    best, score, second = None, float("-inf"), float("-inf")
    for group in candidates:
        if telling.seen and not _came_before(group, telling):
            continue
        value = fit(group, telling, marks)
        if value is None:
            continue
        if value > score:
            best, score, second = group, value, score
        else:
            second = max(second, value)
    return best if best is not None and score - second >= CLEAR else None


def _came_before(group: Group, telling: Telling) -> bool:
    """Whether an arrival is news while a force is seen: it was before, and not so long that being there is old."""
    return group.core is not None and telling.near is not None and group.core[0] <= telling.near[1] and telling.fresh
