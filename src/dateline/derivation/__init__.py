"""From the rows of the ledger to what is known: origins, events, presences and disputes, whole or step by step.

Everything goes by blocks: claims are compared only with those of their block, reports only with those that share
a key of their sketch. A rebuild does every block; after new reports or judgements only the blocks they touch are
done again, from all of their claims. Both give the same rows (a property test keeps it so).
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline import reconcile
from dateline.derivation.blocks import affected_by, derive, derive_all, place_claims
from dateline.derivation.relations import relate, relate_all
from dateline.model import Effect, Judgement
from dateline.reconcile.verdicts import verdicts
from dateline.store import Store
from dateline.store.apart import derive_in
from dateline.store.derived import Derived
from dateline.store.notices import due, end_embargoes, settle_all

__all__ = ["bring_up_to_date", "rebuild"]

_EFFECTS = frozenset(map(str, Effect))
"""What entries of the log are called that say what became of a report."""

AT_ONCE = 400
"""New reports up to which single blocks are done again; beyond, a rebuild is quicker."""


TRIES = 3
"""How often a derivation that others forestalled is begun again before it keeps them from writing."""


def rebuild(store: Store) -> None:
    """Derive everything anew, kept at once; first what notices set aside."""
    with store.writing() as connection:
        settle_all(connection, store.clock())
    for _ in range(TRIES):
        if derive_in(store, _rebuild, whole=True):
            return
    with store.writing() as connection:
        _rebuild(Derived(connection))


def bring_up_to_date(store: Store) -> None:
    """Derive what new reports, new judgements, new notices or new rules have changed, or embargoes that are over."""
    with store.reading() as connection:
        tables = Derived(connection)
        over = _is_over(due(connection), store)
        if _covers(tables, tables.last_entry()) and not over:
            return
    if over:
        with store.writing() as connection:
            end_embargoes(connection, store.clock())
    with store.reading() as connection:
        wanted = Derived(connection).last_entry()
    for _ in range(TRIES):
        with store.reading() as connection:
            tables = Derived(connection)
            if _covers(tables, wanted):
                return
            whole = _fresh(tables) is None
        if derive_in(store, _derive_fresh, whole=whole):
            return
    with store.writing() as connection:
        _derive_fresh(Derived(connection))


def _covers(tables: Derived, entry: int) -> bool:
    """Whether what is derived comes from the log up to an entry, by the rules of now."""
    marked = tables.marked()
    return marked is not None and marked[0] == reconcile.VERSION and marked[1] >= entry


def _fresh(tables: Derived) -> Sequence[tuple[str, str]] | None:
    """The entries that are to be derived; None where all is done anew."""
    marked = tables.marked()
    if marked is None or marked[0] != reconcile.VERSION:
        return None
    fresh = tables.entries_after(marked[1])
    return None if len(fresh) > AT_ONCE and len(fresh) * 4 > tables.last_entry() else fresh


def _derive_fresh(tables: Derived) -> None:
    fresh = _fresh(tables)
    if fresh is None:
        _rebuild(tables)
    else:
        _update(tables, fresh)


def _is_over(moment: str | None, store: Store) -> bool:
    return moment is not None and moment <= store.clock()


def _rebuild(tables: Derived) -> None:
    tables.clear()
    standing = verdicts(tables.judgements(), tables.carried(), tables.aside())
    relate_all(tables, standing)
    place_claims(tables, tables.document_ids(), standing)
    derive_all(tables, standing)
    tables.mark(reconcile.VERSION, tables.last_entry())


def _update(tables: Derived, fresh: Sequence[tuple[str, str]]) -> None:
    """Do again what the entries `fresh` (what, item) touch."""
    judged = tables.judgements()
    carried = tables.carried()
    standing = verdicts(judged, carried, tables.aside())
    read = sorted({item for what, item in fresh if what == "reading" or what in _EFFECTS})
    targets = _targets(judged, {item for what, item in fresh if what == "judgement"})
    targets |= {carried[target] for target in targets if target in carried}
    moved = relate(tables, read, targets, standing)
    blocks, _ = tables.blocks_of_documents(sorted(moved | set(read)))
    blocks |= affected_by(tables, targets)
    place_claims(tables, sorted({*read, *_documents_of(tables, targets)}), standing)
    blocks |= tables.blocks_of_documents(sorted(moved | set(read)))[0] | affected_by(tables, targets)
    derive(tables, blocks, standing)
    tables.mark(reconcile.VERSION, tables.last_entry())


def _targets(judged: list[Judgement], fresh: set[str]) -> set[str]:
    """The claims, documents and judgements that judgements are about; a reversal is about what it takes back."""
    by_id = {judgement.id: judgement for judgement in judged}
    found: set[str] = set()
    waiting = sorted(fresh)
    while waiting:
        judgement = by_id.get(waiting.pop())
        if judgement is not None:
            new = set(judgement.targets) - found
            found |= new
            waiting.extend(sorted(new & set(by_id)))
    return found


def _documents_of(tables: Derived, targets: set[str]) -> set[str]:
    return {claim.document for claim in tables.claims(sorted(targets))}
