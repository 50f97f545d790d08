"""What the judgements of analysts come to: the last one that was not reversed stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from dateline.model import Claim, DisputeKind, Document, Judgement, Matter, Verdict
from dateline.reconcile.bonds import Bonds, Wall
from dateline.reconcile.corrections import Correction, corrected, standing
from dateline.reconcile.ratings import ChainRating, Credibility, Reliability, chain_rating, source_key


@dataclass(frozen=True, slots=True)
class Settlement:
    """A dispute that a judgement decided: the claims it was between, and those it decided for."""

    judgement: str
    kind: DisputeKind | None
    claims: frozenset[str]
    favours: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """All that stands of the judgements, as reconciliation needs it.

    `settlements` are in the order they were made: of several that fit one dispute the last tells. `corrections` are
    those of each claim in the order they apply, `source_ratings` go by `source_key`, `notes` are the ids of the
    judgements that note something, by what it is about and its target: a note on an event is none on its claims.
    `aside` are documents that do not count, by the notices of their providers.
    """

    together: tuple[frozenset[str], ...] = ()
    apart: tuple[Wall, ...] = ()
    documents_together: tuple[frozenset[str], ...] = ()
    documents_apart: tuple[Wall, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    accepted: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    source_ratings: Mapping[str, Reliability] = field(default_factory=dict)
    claim_ratings: Mapping[str, Credibility] = field(default_factory=dict)
    notes: Mapping[tuple[Matter, str], tuple[str, ...]] = field(default_factory=dict)
    aside: frozenset[str] = frozenset()


NO_VERDICTS = Verdicts()
_NOTHING_CARRIED: Mapping[str, str] = MappingProxyType({})


def undone(judgements: Iterable[Judgement]) -> dict[str, str]:
    """Each judgement that does not stand, with the reversal that undid it; reversing a reversal restores.

    Judgements come in the order they were made; those that are no reversals may be left out.
    """
    found: dict[str, str] = {}
    for judgement in reversed(list(judgements)):
        if judgement.verdict is Verdict.REVERSE and judgement.id not in found:
            for target in judgement.targets:
                found.setdefault(target, judgement.id)
    return found


def verdicts(
    judgements: Iterable[Judgement],
    carried: Mapping[str, str] = _NOTHING_CARRIED,
    aside: frozenset[str] = frozenset(),
) -> Verdicts:
    """What judgements in the order they were made come to.

    A reversal takes its judgement out as if it had never been made. Between accept and reject, corrections of one
    slot, ratings of one source or claim, settlements of one dispute, merges and splits, the later one wins.
    `carried` leads from claims that are read no more to those that say the same in their place, `aside` are documents
    that notices set aside.
    """
    made = list(judgements)
    gone = undone(made)
    state = _State()
    for judgement in made:
        if judgement.id not in gone:
            state.take(_carried(judgement, carried) if carried else judgement)
    found = state.verdicts() if made else NO_VERDICTS
    return replace(found, aside=aside) if aside else found


def _carried(judgement: Judgement, carried: Mapping[str, str]) -> Judgement:
    """The judgement about the claims that have taken the place of its own."""

    def now(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(carried.get(key, key) for key in ids))

    value = {name: now(judgement.value[name]) for name in ("taken", "favours") if name in judgement.value}
    return replace(judgement, targets=now(judgement.targets), value={**judgement.value, **value})


def judged(claim: Claim, verdicts: Verdicts) -> Claim | None:
    """The claim as analysts corrected it, None where they rejected it; untouched where nobody judged it.

    A claim of a report that its provider took back, or that is not to be used yet, is None too.
    An accepted claim is left as it is (`Verdicts.accepted` marks it): its confidence stays what the extractor said.
    """
    if claim.id in verdicts.rejected or claim.document in verdicts.aside:
        return None
    corrections = verdicts.corrections.get(claim.id)
    return claim if corrections is None else corrected(claim, corrections)


def rating(claim: Claim, document: Document, verdicts: Verdicts) -> ChainRating:
    """How analysts rated the chain of a claim, voice by voice, and the claim itself."""
    return chain_rating(claim, document, verdicts.source_ratings, verdicts.claim_ratings)


def notes_on(matter: Matter, targets: Iterable[str], verdicts: Verdicts) -> tuple[str, ...]:
    """The ids of the judgements that note something of such a matter with any of the targets, each once.

    A note on an event is found by the claims the event has now, so it stays with them when the event changes.
    """
    return tuple(dict.fromkeys(note for target in targets for note in verdicts.notes.get((matter, target), ())))


def differing(before: Verdicts, after: Verdicts) -> tuple[frozenset[str], frozenset[str]]:
    """Claims, and documents, of which two states of the judgements say something else; ratings and notes aside.

    What is derived from neither of them is the same under both.
    """
    claims: set[str] = set()
    claims |= (before.accepted ^ after.accepted) | (before.rejected ^ after.rejected)
    for claim in before.corrections.keys() | after.corrections.keys():
        if before.corrections.get(claim) != after.corrections.get(claim):
            claims.add(claim)
    for settlement in set(before.settlements) ^ set(after.settlements):
        claims |= settlement.claims
    claims |= _members(set(before.together) ^ set(after.together), set(before.apart) ^ set(after.apart))
    documents = _members(
        set(before.documents_together) ^ set(after.documents_together),
        set(before.documents_apart) ^ set(after.documents_apart),
    )
    return frozenset(claims), frozenset(documents)


def _members(wholes: Iterable[frozenset[str]], walls: Iterable[Wall]) -> set[str]:
    return set().union(*wholes, *(side for wall in walls for side in wall))


class _State:
    """The judgements taken so far."""

    def __init__(self) -> None:
        self._claims = Bonds()
        self._documents = Bonds()
        self._stance: dict[str, Verdict] = {}
        self._corrections: dict[str, list[Correction]] = {}
        self._settled: dict[str, Settlement] = {}
        self._settled_of: dict[str, set[str]] = {}
        self._sources: dict[str, Reliability] = {}
        self._ratings: dict[str, Credibility] = {}
        self._notes: dict[tuple[Matter, str], list[str]] = {}
        self._steps = {
            Verdict.ACCEPT: self._decide,
            Verdict.REJECT: self._decide,
            Verdict.CORRECT: self._correct,
            Verdict.MERGE: self._merge,
            Verdict.SPLIT: self._split,
            Verdict.SETTLE: self._settle,
            Verdict.RATE: self._rate,
            Verdict.NOTE: self._note,
        }

    def take(self, judgement: Judgement) -> None:
        """Let one more judgement tell; reversals tell by what they leave out."""
        step = self._steps.get(judgement.verdict)
        if step is not None:
            step(judgement)

    def verdicts(self) -> Verdicts:
        """What they come to."""
        stance = self._stance
        return Verdicts(
            together=self._claims.together(),
            apart=self._claims.apart(),
            documents_together=self._documents.together(),
            documents_apart=self._documents.apart(),
            settlements=tuple(self._settled.values()),
            accepted=frozenset(claim for claim, said in stance.items() if said is Verdict.ACCEPT),
            rejected=frozenset(claim for claim, said in stance.items() if said is Verdict.REJECT),
            corrections={claim: standing(found) for claim, found in self._corrections.items()},
            source_ratings=self._sources,
            claim_ratings=self._ratings,
            notes={about: tuple(found) for about, found in self._notes.items()},
        )

    def _decide(self, judgement: Judgement) -> None:
        if judgement.matter is Matter.NOTICE:
            return
        for claim in judgement.targets:
            self._stance[claim] = judgement.verdict

    def _correct(self, judgement: Judgement) -> None:
        slot, to = judgement.value["slot"], judgement.value["to"]
        for claim in judgement.targets:
            made = Correction(judgement.id, slot, to, judgement.analyst)
            self._corrections.setdefault(claim, []).append(made)

    def _bonds(self, judgement: Judgement) -> Bonds:
        return self._documents if judgement.matter is Matter.ORIGIN else self._claims

    def _merge(self, judgement: Judgement) -> None:
        self._bonds(judgement).join(judgement.targets)

    def _split(self, judgement: Judgement) -> None:
        self._bonds(judgement).part(judgement.value["taken"], judgement.targets)

    def _settle(self, judgement: Judgement) -> None:
        """Keep a settlement; an older one of the same kind whose claims are all among the new one's is superseded."""
        kind = judgement.value.get("kind")
        claims = frozenset(judgement.targets)
        made = Settlement(
            judgement.id,
            None if kind is None else DisputeKind(kind),
            claims,
            frozenset(judgement.value.get("favours", ())),
        )
        near = {key for claim in claims for key in self._settled_of.get(claim, ())}
        for key in near:
            old = self._settled[key]
            if old.kind == made.kind and old.claims <= claims:
                del self._settled[key]
                for claim in old.claims:
                    self._settled_of[claim].discard(key)
        self._settled[made.judgement] = made
        for claim in claims:
            self._settled_of.setdefault(claim, set()).add(made.judgement)

    def _rate(self, judgement: Judgement) -> None:
        given: Any = judgement.value["rating"]
        for target in judgement.targets:
            if judgement.matter is Matter.SOURCE:
                self._sources[source_key(target)] = Reliability(given)
            else:
                self._ratings[target] = Credibility(given)

    def _note(self, judgement: Judgement) -> None:
        for target in judgement.targets:
            self._notes.setdefault((judgement.matter, target), []).append(judgement.id)
