"""What an analyst can decide, each decision a row that is added to the ledger and can be undone by another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from dateline.export.words import short_id
from dateline.judging.corrections import value_typed
from dateline.judging.targets import Target, Targets
from dateline.judging.words import in_words, sentence
from dateline.model import Claim, Judgement, Matter, Verdict
from dateline.reconcile.corrections import Correction, Voice, corrected
from dateline.reconcile.ratings import Credibility, Reliability
from dateline.reconcile.verdicts import undone, verdicts
from dateline.store import LedgerError, Store
from dateline.store.judging import Judgements
from dateline.store.records import storable

LONGEST = 10_000
"""Characters of a reason or a note."""

_WORDING = frozenset({"text", "start", "end", "uncertainty", "alternatives"})
_NEITHER = frozenset({"neither", "no side", "nobody", "none"})


@dataclass(frozen=True, slots=True)
class Judged:
    """What was added, and one line on each of it."""

    judgements: tuple[Judgement, ...]
    told: tuple[str, ...]


class Judging:
    """The decisions of one analyst on a ledger whose derived tables are up to date.

    `now` gives the moment of each as ISO 8601; ids may be given by their beginning, as `dateline show` takes them.
    What cannot be carried out as asked is a ValueError or a LedgerError, and nothing is added. `keep` is given what is
    to be added, to add it and give it back as it is kept; without it everything is added.
    """

    def __init__(
        self,
        store: Store,
        analyst: str,
        now: Callable[[], str],
        *,
        keep: Callable[[Sequence[Judgement]], tuple[Judgement, ...]] | None = None,
    ) -> None:
        self._targets = Targets(store)
        self._judgements = Judgements(store)
        self._keep = keep
        self._analyst = _clean(analyst, "who judges: an analyst's name is needed")
        self._now = now

    def accept(self, *claims: str, reason: str = "") -> Judged:
        """The claims stand as they are; a later rejection would win."""
        return self._add(Verdict.ACCEPT, Matter.CLAIM, self._targets.claims(claims), reason)

    def reject(self, *claims: str, reason: str) -> Judged:
        """The claims are left out of all that is derived; they stay in the ledger.

        Notices of feeds and wires, by their ids, are disregarded: as if they had not been sent.
        """
        _clean(reason, "a rejection needs a reason")
        if claims and all(one.strip().startswith(f"{Matter.NOTICE}-") for one in claims):
            return self._add(Verdict.REJECT, Matter.NOTICE, self._targets.notices(claims), reason)
        return self._add(Verdict.REJECT, Matter.CLAIM, self._targets.claims(claims), reason)

    def correct(self, claim: str, changes: Iterable[tuple[str, str]], *, reason: str) -> Judged:
        """Slots of a claim hold what is typed (`docs/judgements.md`), one judgement a slot, all or none.

        Names are resolved now and kept as full records, so that a later lexicon changes nothing.
        """
        _clean(reason, "a correction needs a reason")
        (identifier,) = self._targets.claims([claim])
        standing = verdicts(self._judgements.of([identifier])).corrections.get(identifier, ())
        now = corrected(self._targets.claim(identifier), standing)
        made = []
        for slot, text in changes:
            to, was = value_typed(slot, text, now), _held(now, slot)
            if _content(to) == _content(was):
                raise ValueError(f"{slot}: the claim says so already: {in_words(slot, to)}; accept it to confirm it")
            value = {"slot": slot, "to": to, "was": was, "given": storable(text.strip())}
            made.append(self._judgement(Verdict.CORRECT, Matter.CLAIM, (identifier,), reason, value))
            now = corrected(now, [Correction("", slot, to, self._analyst)])
        if not made:
            raise ValueError("a correction needs slot=value")
        return self._kept(made)

    def merge(self, *identifiers: str, reason: str = "") -> Judged:
        """Events, or claims, are one event; origins, or reports, are one origin."""
        found = self._named(identifiers)
        whole = _whole(found)
        if len({target.id for target in found}) < 2:
            raise ValueError("a merge needs two different ids")
        members = tuple(dict.fromkeys(member for target in found for member in target.members))
        if len(members) < 2:
            raise ValueError("these are one already")
        value = {"of": list(dict.fromkeys(target.id for target in found))}
        return self._add(Verdict.MERGE, whole, members, reason, value)

    def split(self, *identifiers: str, reason: str = "") -> Judged:
        """Claims are not of the event they are in, or reports not of their origin; the event itself may be named."""
        found = self._named(identifiers)
        whole = _whole(found)
        taken = tuple(dict.fromkeys(t.id for t in found if t.matter in (Matter.CLAIM, Matter.DOCUMENT)))
        held = [t for t in found if t.matter is whole]
        part = "reports" if whole is Matter.ORIGIN else "claims"
        if not taken:
            raise ValueError(f"name the {part} that do not belong to {held[0].id}")
        holder = self._holder(whole, taken, held)
        rest = tuple(member for member in holder.members if member not in taken)
        if not rest:
            raise ValueError(f"these are all {part} of {holder.id}; name those that are something else")
        value = {"taken": list(taken), "from": holder.id}
        return self._add(Verdict.SPLIT, whole, (*taken, *rest), reason, value)

    def settle(self, dispute: str, favours: str, *, reason: str) -> Judged:
        """A dispute is decided for a side, by its number from 1 or a claim of it, or for "neither"."""
        _clean(reason, "a settlement needs a reason")
        found = self._targets.find(dispute, Matter.DISPUTE)
        sides = found.record["sides"]
        value: dict[str, Any] = {"kind": found.record["kind"], "sentence": found.record["sentence"]}
        value |= {"dispute": found.id, "favours": [], "side": None}
        if favours.strip().casefold() not in _NEITHER:
            side = sides[self._side(found, favours.strip())]
            value |= {"favours": list(side["claims"]), "side": side["holds"]}
        return self._add(Verdict.SETTLE, Matter.DISPUTE, found.members, reason, value)

    def rate(self, what: str, rating: str, *, reason: str = "") -> Judged:
        """A source by its name, A to F, or a claim by its id, 1 to 6 (Admiralty; F and 6: cannot be judged)."""
        letter = rating.strip().upper()
        if letter in set(Credibility):
            claims = self._targets.claims([what])
            return self._add(Verdict.RATE, Matter.CLAIM, claims, reason, {"rating": letter})
        if letter not in set(Reliability):
            raise ValueError(f"{rating.strip()!r} is no rating: a source has A to F, a claim 1 to 6")
        name = _clean(what, "the name of a source is needed")
        if name.startswith("claim-"):
            raise ValueError(f"{name} is a claim: rate it 1 to 6; A to F is for sources")
        judged = self._add(Verdict.RATE, Matter.SOURCE, (name,), reason, {"rating": letter})
        if self._targets.names(name):
            return judged
        return Judged(judged.judgements, (*judged.told, f"no report of the ledger names {name} so far"))

    def note(self, identifier: str, text: str) -> Judged:
        """A note on anything that has an id; on an event or the like it stays with its claims or reports."""
        words = _clean(text, "a note needs words")
        found = self._targets.find(identifier, *(matter for matter in Matter if matter is not Matter.SOURCE))
        return self._add(Verdict.NOTE, found.matter, found.members, "", {"text": words, "on": found.id})

    def undo(self, *identifiers: str, reason: str = "") -> Judged:
        """Judgements count no more; undoing an undoing restores what it undid."""
        ids = tuple(dict.fromkeys(self._targets.find(one, Matter.JUDGEMENT).id for one in identifiers))
        gone = undone(self._judgements.reversals())
        for judgement in ids:
            if judgement in gone:
                raise LedgerError(f"{judgement} is undone already; undo {gone[judgement]} to restore it")
        return self._add(Verdict.REVERSE, Matter.JUDGEMENT, ids, reason)

    def _named(self, identifiers: Sequence[str]) -> list[Target]:
        kinds = (Matter.EVENT, Matter.ORIGIN, Matter.CLAIM, Matter.DOCUMENT)
        return [self._targets.find(one, *kinds) for one in identifiers]

    def _holder(self, whole: Matter, taken: Sequence[str], held: Sequence[Target]) -> Target:
        """The one event or origin that everything taken out is in."""
        if len({target.id for target in held}) > 1:
            raise ValueError(f"one {whole} can be split at a time")
        found = held[0] if held else None
        for member in taken:
            if found is None:
                holders = self._targets.holders(whole, member)
                if not holders:
                    raise ValueError(f"{member} is in no {whole}")
                found = holders[0]
            if member not in found.members:
                raise ValueError(f"{member} is not in {found.id}")
        if found is None:
            raise ValueError(f"nothing to take out of the {whole}")
        return found

    def _side(self, dispute: Target, favours: str) -> int:
        sides = dispute.record["sides"]
        if favours.isdecimal():
            if not 1 <= int(favours) <= len(sides):
                raise ValueError(f"{dispute.id} has sides 1 to {len(sides)}")
            return int(favours) - 1
        claim = self._targets.find(favours, Matter.CLAIM).id
        for number, side in enumerate(sides):
            if claim in side["claims"]:
                return number
        raise ValueError(f"{claim} is on no side of {dispute.id}")

    def _add(
        self,
        verdict: Verdict,
        matter: Matter,
        targets: Sequence[str],
        reason: str,
        value: dict[str, Any] | None = None,
    ) -> Judged:
        return self._kept([self._judgement(verdict, matter, targets, reason, value or {})])

    def _judgement(
        self, verdict: Verdict, matter: Matter, targets: Sequence[str], reason: str, value: dict[str, Any]
    ) -> Judgement:
        if not targets:
            raise ValueError(f"{verdict} needs something it is about")
        why = _clean(reason, "") if reason.strip() else ""
        return Judgement("", verdict, matter, tuple(targets), self._analyst, self._now(), why, value)

    def _kept(self, made: Sequence[Judgement]) -> Judged:
        kept = self._judgements.add(*made) if self._keep is None else self._keep(made)
        return Judged(kept, tuple(f"{sentence(judgement)} ({short_id(judgement.id)})" for judgement in kept))


def _whole(found: Sequence[Target]) -> Matter:
    """Whether ids name events or origins; ValueError where they name both or nothing."""
    kinds = {Matter.ORIGIN if t.matter in (Matter.ORIGIN, Matter.DOCUMENT) else Matter.EVENT for t in found}
    if len(kinds) != 1:
        raise ValueError("name either events and claims, or origins and reports")
    return next(iter(kinds))


def _held(claim: Claim, slot: str) -> Any:
    """What a slot or field of a claim holds, as JSON types."""
    root, _, field = slot.partition(".")
    said = claim.attribution
    if root in ("source", "via"):
        if said is None:
            return None
        whole: dict[str, Any] = {
            "source": Voice(said.source, said.source_kind, said.anonymous),
            "via": said.via,
            "source.kind": said.source_kind,
            "source.anonymous": said.anonymous,
        }
        return msgspec.to_builtins(whole[slot])
    value = getattr(claim, root)
    if not field or value is None:
        return msgspec.to_builtins(value)
    if field == "point":
        return None if value.lat is None else [value.lat, value.lon]
    return msgspec.to_builtins(getattr(value, field))


def _content(value: Any) -> Any:
    """A value of a slot without the words it was read from, and how far off its point may be."""
    if isinstance(value, dict):
        return {name: _content(part) for name, part in value.items() if name not in _WORDING}
    return list(value) if isinstance(value, tuple) else value


def _clean(text: str, missing: str) -> str:
    """Words that can be stored; ValueError where there are none or far too many."""
    words = storable(text).strip()
    if not words:
        raise ValueError(missing)
    if len(words) > LONGEST:
        raise ValueError(f"{len(words)} characters, at most {LONGEST} are kept")
    return words
