"""Eight writers, readers and a deriver on one ledger: how many reports they keep, and whether anything is lost.

    python benchmarks/writers.py --minutes 10 --ledger postgresql://USER@HOST/DATABASE
    python benchmarks/writers.py --minutes 3 --ledger /tmp/writers.db

Each writer is a process that adds made-up reports, every tenth of them one that others add too; every report that was
acknowledged is written down. Readers do what the desk does: pages, searches, the review queue, the state; one process
derives. At the end the ledger is compared with what was acknowledged: nothing lost, nothing twice, numbers without
gaps; a derivation that goes on when the time is up is killed. Exit status 1 where anything is wrong, or where an error
was shown to anybody.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.queues import Queue
from typing import Any

from sqlalchemy import func, select

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tests"))  # noqa: PTH118, PTH120

import made_claims as made
from dateline.derivation import bring_up_to_date
from dateline.model import Document, Run
from dateline.store import Filters, LedgerError, Paging, Store, View, Writer, open_store
from dateline.store.in_hand import take
from dateline.store.moments import now
from dateline.store.review_queue import Narrowed, ReviewQueue
from dateline.store.schema import claims, documents, entries, readings
from dateline.store.state import state_of

RUN = Run("run-writers", "made", "no model", "3.11", "none")
SHARED = 10
"""One report in so many is added by every writer."""


def report(writer: int, number: int) -> tuple[Document, list[Any]]:
    """A made-up report of three claims; a shared one is the same from every writer."""
    chance = random.Random(number if number % SHARED == 0 else f"{writer} {number}")
    name = f"shared {number}" if number % SHARED == 0 else f"{writer} {number}"
    base = made.draft()
    drafts = [
        replace(base, actor=chance.choice(made.ACTORS), place=chance.choice(made.PLACES), confidence=chance.random())
        for _ in range(3)
    ]
    outlet = f"{chance.choice(made.OUTLETS)} {name}"
    return made.report(drafts, made.day(chance.randrange(300)), outlet, chance.choice(made.AGENCIES))


def write(ledger: str, writer: int, until: float, told: Queue[Any]) -> None:
    """Add reports until the time is up; tell which were acknowledged."""
    store, number, kept = open_store(ledger, create=False), 0, []
    waits: list[float] = []
    while time.time() < until:
        number += 1
        document, found = report(writer, number)
        began = time.monotonic()
        outcome = Writer(store).add(document, found, (), run=RUN, at=now())
        waits.append(time.monotonic() - began)
        kept.append((document.id, outcome))
    store.close()
    waits.sort()
    told.put(("writer", kept, waits[len(waits) // 2] if waits else 0, waits[-1] if waits else 0))


def look(store: Store, chance: random.Random, name: str) -> None:
    """What a page of the desk asks for."""
    view = View(store)
    state_of(store)
    first = view.claims_page(Filters(), Paging(50))
    if first.next is not None:
        view.claims_page(Filters(), Paging(50, first.next))
    view.claims_page(Filters(text=chance.choice(("russia*", "wagner", '"armed forces"'))), Paging(20))
    view.documents_page(Filters(), Paging(50))
    view.events_page(Filters(), Paging(50))
    waiting = [one.claim for one in ReviewQueue(store, ()).waiting(Narrowed()).waiting]
    take(store, name, sorted(waiting)[:20], at=now())


def read(ledger: str, reader: int, until: float, told: Queue[Any]) -> None:
    """Look at pages until the time is up."""
    store, chance, looks = open_store(ledger, create=False), random.Random(reader), 0
    longest = 0.0
    while time.time() < until:
        began = time.monotonic()
        look(store, chance, f"analyst {reader}")
        longest = max(longest, time.monotonic() - began)
        looks += 1
        time.sleep(0.05)
    store.close()
    told.put(("reader", looks, longest))


def derive(ledger: str, _number: int, until: float, told: Queue[Any]) -> None:
    """Bring up to date what is derived, again and again, as the desk's keeper does; it is ended with the others."""
    store = open_store(ledger, create=False)
    while time.time() < until:
        began = time.monotonic()
        bring_up_to_date(store)
        told.put(("derived", time.monotonic() - began))
        time.sleep(2)
    store.close()


def guarded(work: Callable[..., None], ledger: str, number: int, seconds: float, told: Queue[Any], all_: Any) -> None:
    """Begin when all are there; whatever a user would be shown is told."""
    all_.wait()
    try:
        work(ledger, number, time.time() + seconds, told)
    except (LedgerError, Exception) as error:  # noqa: BLE001
        told.put(("error", work.__name__, f"{type(error).__name__}: {error}"))


def compared(ledger: str, acknowledged: list[tuple[str, str]]) -> list[str]:
    """What is wrong with the ledger, by what was acknowledged."""
    store = open_store(ledger, create=False)
    wrong = []
    new = Counter(key for key, outcome in acknowledged if outcome == "new")
    wrong += [f"{key} was new {times} times" for key, times in new.items() if times > 1]
    with store.reading(snapshot=True) as connection:
        kept = set(connection.execute(select(documents.c.id)).scalars())
        read_ = set(connection.execute(select(readings.c.document)).scalars())
        logged = Counter(connection.execute(select(entries.c.item).where(entries.c.what == "reading")).scalars())
        said = connection.execute(select(func.count()).select_from(claims)).scalar()
        asked = connection.execute(select(func.sum(readings.c.claims))).scalar()
        last = connection.execute(select(func.max(documents.c.number))).scalar()
    lost = {key for key, _ in acknowledged} - kept
    wrong += [f"{len(lost)} acknowledged reports are lost"] if lost else []
    wrong += [f"{len(kept - set(new))} reports were never acknowledged"] if kept - set(new) else []
    wrong += [f"{len(kept ^ read_)} reports without a reading"] if kept != read_ else []
    wrong += [f"{key} is in the log {times} times" for key, times in logged.items() if times > 1]
    wrong += [f"{said} claims are kept, readings gave {asked}"] if said != (asked or 0) else []
    wrong += [f"the last report has number {last}, there are {len(kept)}"] if (last or 0) != len(kept) else []
    store.close()
    return wrong


def answered(running: list[Any], told: Queue[Any]) -> list[Any]:
    """What all have told when the last writer and reader is done; a derivation that goes on then is killed."""
    *others, deriver = running
    answers: list[Any] = []
    while sum(answer[0] != "derived" and answer[:2] != ("error", "derive") for answer in answers) < len(others):
        answers.append(told.get())
    deriver.kill()
    for process in running:
        process.join()
    return answers


def main() -> int:
    """Run it and print what came of it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--readers", type=int, default=2)
    given = parser.parse_args()
    open_store(given.ledger, create=True).close()
    context = multiprocessing.get_context("spawn")
    told: Queue[Any] = context.Queue()
    works = [(write, n) for n in range(given.writers)] + [(read, n) for n in range(given.readers)] + [(derive, 0)]
    seconds, all_ = 60 * given.minutes, context.Barrier(len(works))
    running = [context.Process(target=guarded, args=(work, given.ledger, n, seconds, told, all_)) for work, n in works]
    for process in running:
        process.start()
    answers = answered(running, told)
    acknowledged = [pair for answer in answers if answer[0] == "writer" for pair in answer[1]]
    errors = [answer[1:] for answer in answers if answer[0] == "error"]
    wrong = compared(given.ledger, acknowledged)
    writers = [answer for answer in answers if answer[0] == "writer"]
    found = {
        "reports": sum(outcome == "new" for _, outcome in acknowledged),
        "asked": len(acknowledged),
        "reports a second": round(sum(outcome == "new" for _, outcome in acknowledged) / seconds, 1),
        "median seconds to add": round(max((answer[2] for answer in writers), default=0), 3),
        "longest seconds to add": round(max((answer[3] for answer in writers), default=0), 2),
        "pages": sum(answer[1] for answer in answers if answer[0] == "reader"),
        "longest seconds for pages": round(max((a[2] for a in answers if a[0] == "reader"), default=0), 2),
        "derivations": sum(answer[0] == "derived" for answer in answers),
        "longest seconds to derive": round(max((a[1] for a in answers if a[0] == "derived"), default=0), 1),
        "errors": errors,
        "wrong": wrong,
    }
    print(json.dumps(found, indent=1))
    return 1 if errors or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
