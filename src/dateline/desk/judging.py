"""Judging at the desk: what the forms offer, what was done, and the history of a thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.desk.desk import Desk
from dateline.desk.standing import successors
from dateline.desk.statements import Statement
from dateline.judging import Judging
from dateline.judging.as_typed import NOTHING, TYPED_SLOTS, as_typed
from dateline.judging.words import sentence
from dateline.model import Judgement, Kind, Matter, Stance, Verdict
from dateline.reconcile.ratings import CREDIBILITY_WORDS, RELIABILITY_WORDS, source_key
from dateline.reconcile.verdicts import undone
from dateline.store.moments import now

REASONS = (
    "the sentence does not say this",
    "another actor is meant",
    "another place or country is meant",
    "the figure counts something else",
    "told as background, not as news",
    "no forces abroad are meant",
)
"""Reasons for a rejection that can be chosen instead of typed."""

SHOWN = 100
"""Judgements of a thing that its history shows, the newest."""

MOST = 50
"""Judgements that can be told of, or undone, at once."""

CREDIBILITIES = tuple((str(code), words) for code, words in CREDIBILITY_WORDS.items())
RELIABILITIES = tuple((str(code), words) for code, words in RELIABILITY_WORDS.items())


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A judgement in one line, with who and when undid it; `undone_by` None: it stands, and undoing it is offered.

    `undoing` is the id to undo: the judgement itself, or what undid it, to restore it.
    """

    id: str
    verdict: Verdict
    matter: Matter
    told: str
    reason: str
    analyst: str
    at: str
    undone_by: str | None = None
    undone_at: str | None = None
    undone_who: str | None = None

    @property
    def undoing(self) -> str:
        """What to undo to turn it round."""
        return self.undone_by or self.id


@dataclass(frozen=True, slots=True)
class SlotField:
    """A slot in the form of a correction: what it holds as one would type it and in words, and how others are typed.

    `options` are the values of a closed list; `read` is what the extractor read, where that was corrected.
    """

    slot: str
    label: str
    typed: str
    words: str
    hint: str
    options: tuple[str, ...] = ()
    read: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """All that the forms of a claim need: its state, its slots as typed, its rating and its history."""

    id: str
    state: str
    fields: tuple[SlotField, ...]
    credibility: str
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What a judgement just did, in words; `undo` are the ids that take it back."""

    told: tuple[str, ...]
    undo: tuple[str, ...]
    restored: bool
    current: bool


def judging(desk: Desk, analyst: str) -> Judging:
    """The decisions of an analyst; what is derived follows when the keeper has worked them in."""
    return Judging(desk.store, analyst, now)


def follow(desk: Desk, wait: float = 2.0) -> bool:
    """Have worked in what was judged; whether it is, within so many seconds."""
    return desk.keeper.bring_up_to_date(wait)


def claim_form(desk: Desk, statement: Statement) -> ClaimForm:
    """The forms of a claim with its values as they stand."""
    claim, counted = statement.claim, statement.counted
    fields = []
    for slot in TYPED_SLOTS:
        typed, read = as_typed(counted, slot), as_typed(claim, slot)
        label, hint = _HINTS[slot]
        fields.append(
            SlotField(
                slot,
                label,
                typed,
                _words(statement, slot, typed),
                hint,
                _OPTIONS.get(slot, ()),
                None if read == typed else read,
            )
        )
    return ClaimForm(
        claim.id, statement.state, tuple(fields), str(statement.rating.credibility), claim_history(desk, claim.id)
    )


def _words(statement: Statement, slot: str, typed: str) -> str:
    """What a slot holds as a reader writes it, "" where the report does not say."""
    if typed in (NOTHING, ""):
        return ""
    quantity = statement.counted.quantity
    if slot == "quantity" and quantity is not None:
        return f"{statement.how_many} ({quantity.scope})"
    return statement.when if slot == "time" else typed


def claim_history(desk: Desk, claim: str) -> tuple[HistoryLine, ...]:
    """The judgements of a claim, those of its earlier readings among them, newest first."""
    older = [old for old, new in successors(desk).items() if new == claim]
    return history(desk, [claim, *older], (Matter.CLAIM, Matter.EVENT, Matter.DISPUTE, Matter.PRESENCE))


def history(desk: Desk, targets: Iterable[str], matters: Sequence[Matter] = tuple(Matter)) -> tuple[HistoryLine, ...]:
    """The judgements of some matters that name any of the targets, newest first, undone ones marked.

    The targets of events, presences and disputes are their claims, those of origins their reports.
    """
    made = desk.judgements_of(targets)
    return tuple(line for line in _lines(made) if line.matter in matters)[:SHOWN]


def source_history(desk: Desk, name: str) -> tuple[HistoryLine, ...]:
    """The ratings of a source under any of its names, newest first."""
    key = source_key(name)
    names = [rated for rated in desk.kept_judged("rated sources", desk.judgements.sources) if source_key(rated) == key]
    return history(desk, names, (Matter.SOURCE,)) if names else ()


def done(desk: Desk, judgements: Sequence[str]) -> Done | None:
    """What these judgements did; None where the ledger has none of them, for the ids come from an address."""
    made = {judgement.id: judgement for judgement in _by_id(desk, judgements)}
    if not made:
        return None
    reversed_ones = [target for j in made.values() if j.verdict is Verdict.REVERSE for target in j.targets]
    before = {judgement.id: judgement for judgement in _by_id(desk, reversed_ones)}
    gone = undone(desk.judgements.of(made))
    told = []
    for judgement in made.values():
        if judgement.verdict is Verdict.REVERSE:
            told += [f"undone: {_told(before[target])}" for target in judgement.targets if target in before]
        else:
            told.append(_told(judgement))
    standing = tuple(key for key in made if key not in gone)
    restored = all(judgement.verdict is Verdict.REVERSE for judgement in made.values())
    return Done(tuple(told[:MOST]), standing, restored, desk.is_current())


def _by_id(desk: Desk, ids: Sequence[str]) -> list[Judgement]:
    """Judgements by their full ids; what is none is left out."""
    found = []
    for key in list(dict.fromkeys(ids))[:MOST]:
        try:
            record = desk.view.derived_record(key)
        except LookupError:
            continue
        if isinstance(record, Judgement):
            found.append(record)
    return found


def _lines(made: Sequence[Judgement]) -> list[HistoryLine]:
    gone, by_id = undone(made), {judgement.id: judgement for judgement in made}
    found = []
    for judgement in reversed(made):
        if judgement.verdict is Verdict.REVERSE:
            continue
        reversal = by_id.get(gone.get(judgement.id, ""))
        line = HistoryLine(
            judgement.id,
            judgement.verdict,
            judgement.matter,
            sentence(judgement),
            judgement.reason,
            judgement.analyst,
            judgement.at,
            None if reversal is None else reversal.id,
            None if reversal is None else reversal.at,
            None if reversal is None else reversal.analyst,
        )
        found.append(line)
    return found


def _told(judgement: Judgement) -> str:
    return sentence(judgement)


_OPTIONS = {"kind": tuple(map(str, Kind)), "stance": tuple(map(str, Stance))}
_HINTS = {
    "kind": ("Kind", "what is done or is so"),
    "stance": ("Stance", "what the source commits to"),
    "actor": ("Who", "Wagner Group; Russian soldiers; anybody: Katiba X [MLI REB]; none"),
    "recipient": ("To or with whom", "Niger (its government); Mali, police; none"),
    "place": ("Where", "Agadez; Airbase 101, Niamey; any: Camp X [MLI site] 16.25,-0.03; none"),
    "quantity": ("How many", "900..1000 personnel total; up to 300; 300.. vehicles; none"),
    "time": ("When", "2024-05-02; 2024-05; 2024-05-02..2024-05-03; ..2023-12-31; none"),
    "source": (
        "Who says so",
        "Lloyd Austin; Anna Ba [expert]; a senior official [official anonymous]; none: the report",
    ),
    "via": ("Passed on by", "Al Jazeera; Reuters, nearest to the report first; none"),
}
"""Label and what can be typed for each slot, after `docs/judgements.md`."""
