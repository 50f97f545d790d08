"""What came from elsewhere: its ids, what of it is new, and that it is shown beside what was read."""

from __future__ import annotations

from dataclasses import replace

import fakes
from dateline.model import Document
from dateline.store import Store, View, Writer, open_store
from dateline.store.external import name_elsewhere, unknown
from dateline.store.shown import IMPORT
from ledgers import rows

TAKEN = replace(fakes.RUN, id="run-import", extractor=IMPORT)


def ledger(path: str) -> tuple[Store, Document]:
    store = open_store(path, create=True)
    return store, fakes.document(fakes.report(1))


def test_ids_elsewhere_are_kept_once(place: str) -> None:
    store, _ = ledger(place)
    name_elsewhere(store, [("claim-1", "r1.c1"), ("claim-1", "r9.c4"), ("claim-1", "r1.c1")])
    name_elsewhere(store, [("claim-1", "r1.c1"), ("claim-2", "r1.c1")])
    name_elsewhere(store, [(f"claim-{n}", f"r{n}") for n in range(10, 1200)])
    found = rows(place, "external_ids")["external_ids"]
    assert found[:3] == [("claim-1", "r1.c1"), ("claim-1", "r9.c4"), ("claim-10", "r10")]
    assert len(found) == 3 + 1190
    assert View(store).external_ids(["claim-1"]) == {"claim-1": ("r1.c1", "r9.c4")}


def test_what_the_ledger_does_not_have(place: str) -> None:
    store, document = ledger(place)
    claims = fakes.claims(document)
    Writer(store).add(document, claims[:1], (), run=TAKEN)
    assert unknown(store, claims) == claims[1:]


def test_imported_claims_stand_beside_the_newest_reading(place: str) -> None:
    store, document = ledger(place)
    claims = fakes.claims(document)
    given = [replace(claim, id=f"{claim.id}-given") for claim in claims]
    again = [replace(claim, id=f"{claim.id}-again") for claim in claims]
    newer = replace(fakes.RUN, id="run-2", extractor="fake 2")
    shown = set()
    for found, run, replaced in ((claims, fakes.RUN, ()), (given, TAKEN, ()), (again, newer, claims)):
        Writer(store).add(document, found, (), run=run)
        shown = shown - {claim.id for claim in replaced} | {claim.id for claim in found}
        assert {claim.id for claim in View(store).claims().rows} == shown
    assert len(shown) == 2 * len(claims)
