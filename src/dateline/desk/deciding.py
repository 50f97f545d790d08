"""A judgement made at the desk: once. What somebody decided already, and what still stands of it, is told as such."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dateline.desk.desk import Desk
from dateline.judging import Judged, Judging
from dateline.model import Judgement, Verdict
from dateline.reconcile.verdicts import undone
from dateline.store.moments import now


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a decision. `repeated`: it stood already, nothing was added and the earlier judgements are named."""

    judged: Judged
    repeated: bool


def decide(desk: Desk, analyst: str, decision: Callable[[Judging], Judged]) -> Decided:
    """Carry out a decision of an analyst unless the same one of his is what he decided last of the same things.

    Errors are those of `Judging`; then nothing is added.
    """
    repeated = False

    def keep(made: Sequence[Judgement]) -> tuple[Judgement, ...]:
        nonlocal repeated
        known = _standing(desk, made)
        if known is not None:
            repeated = True
            return known
        return desk.judgements.add(*made)

    return Decided(decision(Judging(desk.store, analyst, now, keep=keep)), repeated)


def _standing(desk: Desk, made: Sequence[Judgement]) -> tuple[Judgement, ...] | None:
    """The judgements that decide the same already, None where one of them does not."""
    before = desk.judgements.of({target for judgement in made for target in judgement.targets})
    gone = undone(before)
    standing = [one for one in before if one.id not in gone and one.verdict is not Verdict.REVERSE]
    found = [next((old for old in reversed(standing) if _tells_of(old, new)), None) for new in made]
    same = [old for old, new in zip(found, made, strict=True) if old is not None and _same(old, new)]
    return tuple(same) if len(same) == len(made) else None


def _tells_of(old: Judgement, new: Judgement) -> bool:
    """Whether a judgement decides the matter that a new one decides: the last of these is the one that counts."""
    if old.matter is not new.matter or not set(old.targets) & set(new.targets):
        return False
    one, other = old.verdict, new.verdict
    if one is Verdict.NOTE and other is Verdict.NOTE:
        return _same(old, new)
    if one is Verdict.CORRECT and other is Verdict.CORRECT:
        return old.value.get("slot") == new.value.get("slot")
    checked = {Verdict.ACCEPT, Verdict.REJECT}
    return one is other or {one, other} <= checked or {one, other} == {Verdict.MERGE, Verdict.SPLIT}


def _same(old: Judgement, new: Judgement) -> bool:
    told = ("verdict", "matter", "analyst", "reason")
    if any(getattr(old, name) != getattr(new, name) for name in told) or set(old.targets) != set(new.targets):
        return False
    return _content(old) == _content(new)


def _content(judgement: Judgement) -> dict[str, object]:
    """What is decided, without what names derived things, whose ids change."""
    left = {"of", "from", "on", "dispute", "sentence", "was"}
    return {name: value for name, value in judgement.value.items() if name not in left}
