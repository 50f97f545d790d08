"""kill -9 at random points: of an adder, a judge, a rebuild, a backup, a restoration, a copy, the desk and its worker.

    python benchmarks/faults.py [--kills 200] [--seed 1] [--only add,copy] [--without-desk]

Each round copies a small made-up ledger, starts one of these in a process of its own, kills it at a random moment of
the time it takes, and looks: `dateline check` finds no fault, and all that was acknowledged (told as added, answered
with 2xx) is there. Then the same is done to its end, and looked at again. Prints a line a kind and, last, a JSON
object; exits 1 where anything was lost or found wrong. The desk is `dateline serve`, asked over HTTP, with its real
parser: a round of it takes ten seconds.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import select

from dateline.ledger import Ledger
from dateline.model import Capture, Claim, Document, Run
from dateline.pipeline import Reading
from dateline.results import Summary
from dateline.store import LedgerError, open_store
from dateline.store.schema import documents, judgements
from dateline.upkeep.backups import back_up
from dateline.upkeep.checking import Depth, Outcome, checked
from dateline.upkeep.copying import copied_between
from dateline.upkeep.restoring import checked_backup, restore
from made_up import reports

FORK = multiprocessing.get_context("fork")
RUN = Run("run-made-up", "made up", "none", "3.11", "none")
BASE, MORE = 150, 100
"""Claims of the ledger that rounds begin with, and of the reports that are added in them."""
WAIT = 120.0
Told = Callable[[str], None]


@dataclass
class Room:
    """The folder of a round and what lies in it."""

    folder: Path

    @property
    def ledger(self) -> Path:
        """The ledger that something happens to."""
        return self.folder / "a.db"

    def at(self, name: str) -> Path:
        """Another path in it."""
        return self.folder / name


@dataclass
class Tally:
    """What came of the rounds of one kind: how many were hit midway, and what was wrong."""

    kills: int = 0
    midway: int = 0
    acknowledged: int = 0
    wrong: list[str] = field(default_factory=list)


def made(seed: int, claims: int) -> list[tuple[Document, list[Claim]]]:
    """Made-up reports of so many claims."""
    return list(reports(seed, claims, lines=5))


def keep(ledger: Ledger, document: Document, claims: list[Claim]) -> str:
    """Add a report with its capture, as `dateline add` does after it has read it."""
    capture = Capture(document.text.encode())
    ledger.keep(Reading(document, tuple(claims), capture=capture), Summary(), RUN)
    return document.id


def add(room: Room, told: Told) -> None:
    """Add reports, one after the other."""
    with Ledger(room.ledger) as ledger:
        for document, claims in made(2, MORE):
            told(keep(ledger, document, claims))


def judge(room: Room, told: Told) -> None:
    """Judge claims, one after the other, and derive what follows."""
    with Ledger(room.ledger) as ledger:
        judging = ledger.judging("ada")
        for at, claim in enumerate(ledger.claims(limit=12)):
            done = judging.reject(claim.id, reason=f"reason {at}")
            told(done.judgements[0].id)
            if at % 4 == 3:
                ledger.presence()


def rebuild(room: Room, told: Told) -> None:
    """Derive everything anew."""
    with Ledger(room.ledger) as ledger:
        ledger.rebuild()
    told("rebuilt")


def backup(room: Room, told: Told) -> None:
    """Back the ledger up, in the place of an older backup."""
    store = open_store(room.ledger, create=False)
    back_up(store, room.at("backup"), force=True)
    store.close()
    told("backup")


def bring_back(room: Room, told: Told) -> None:
    """Restore over the ledger that is there."""
    restore(room.at("given"), room.ledger, force=True)
    told("restored")


def copy(room: Room, told: Told) -> None:
    """Copy the ledger into a new one."""
    copied_between(str(room.ledger), str(room.at("copy.db")))
    told("copied")


def faults_of(path: Path, depth: Depth = Depth.ANEW) -> list[str]:
    """What a check finds, in words."""
    try:
        outcome = Outcome()
        found = checked_backup(path, outcome, depth=depth) if path.is_dir() else checked(path, outcome, depth=depth)
        return [f"{fault.table} {fault.item}: {fault.wrong}" for fault in found]
    except LedgerError as error:
        return [str(error)]


def kept_in(path: Path) -> set[str]:
    """The ids of all documents and judgements of a ledger."""
    store = open_store(path, create=False)
    with store.reading() as connection:
        found = {key for table in (documents, judgements) for key in connection.execute(select(table.c.id)).scalars()}
    store.close()
    return found


def looked_at(kind: str, room: Room, told: list[str], tally: Tally, depth: Depth = Depth.ANEW) -> None:
    """What must be so after a kill, and again when the same was done to its end."""
    if kind == "restore" and not room.ledger.exists():
        kept = [path for path in room.folder.glob("a.db.before-*") if path.suffix != ".captures"]
        tally.wrong += [] if kept else ["restore: neither the old ledger nor the new one is there"]
        tally.wrong += [f"restore, the old one: {fault}" for path in kept for fault in faults_of(path)]
        return
    tally.wrong += [f"{kind}: {fault}" for fault in faults_of(room.ledger, depth)]
    lost = {one for one in told if "-" in one} - kept_in(room.ledger)
    tally.wrong += [f"{kind}: {one} was acknowledged and is lost" for one in lost]
    if kind == "backup":
        whole = [path for path in (room.at("backup"), room.at(".backup.old")) if path.exists()]
        tally.wrong += [] if whole else ["backup: neither the old one nor the new one is there"]
        tally.wrong += [f"backup: {fault}" for fault in faults_of(whole[0], Depth.BYTES)] if whole else []
    if kind == "copy" and "copied" in told:
        tally.wrong += [f"copy: {fault}" for fault in faults_of(room.at("copy.db"), depth)]


def finished(kind: str, act: Callable[[Room, Told], None], room: Room, tally: Tally) -> None:
    """Do to its end what was killed."""
    told: list[str] = []
    try:
        act(room, told.append)
    except LedgerError as error:
        if not (kind == "copy" and "already" in str(error)):
            tally.wrong.append(f"{kind}: it cannot be done again: {error}")
            return
        told.append("copied")
    looked_at(kind, room, told, tally, Depth.BYTES)


ACTS: dict[str, tuple[Callable[[Room, Told], None], int]] = {
    "add": (add, 8),
    "judge": (judge, 3),
    "rebuild": (rebuild, 3),
    "backup": (backup, 4),
    "restore": (bring_back, 4),
    "copy": (copy, 4),
}
"""What is killed, and how often in proportion."""


def prepared(folder: Path) -> Path:
    """The folder that rounds begin with: a ledger, derived, with captures; a backup of it twice over."""
    folder.mkdir()
    with Ledger(folder / "a.db") as ledger:
        for document, claims in made(1, BASE):
            keep(ledger, document, claims)
        ledger.rebuild()
    store = open_store(folder / "a.db", create=False)
    for name in ("given", "backup"):
        back_up(store, folder / name)
    store.close()
    return folder


def _child(act: Callable[[Room, Told], None], room: Room, pipe: Connection) -> None:
    os.setsid()
    pipe.send("started")
    act(room, pipe.send)
    pipe.send("ended")


def killed(act: Callable[[Room, Told], None], room: Room, after: float) -> tuple[list[str], bool]:
    """What was acknowledged before the kill, and whether it hit midway."""
    ours, theirs = FORK.Pipe(duplex=False)
    child = FORK.Process(target=_child, args=(act, room, theirs))
    child.start()
    theirs.close()
    ours.recv()
    child.join(after)
    if child.pid is not None and child.is_alive():
        os.kill(child.pid, signal.SIGKILL)
    child.join()
    told = list(_received(ours))
    return [one for one in told if one != "ended"], "ended" not in told


def _received(pipe: Connection) -> Iterator[str]:
    try:
        while True:
            yield pipe.recv()
    except EOFError:
        return


def rounds(base: Path, kills: int, chance: random.Random, only: set[str]) -> dict[str, Tally]:
    """So many kills, shared out among the kinds."""
    weights = {kind: weight for kind, (_, weight) in ACTS.items() if not only or kind in only}
    order = [kind for kind, weight in weights.items() for _ in range(weight)]
    found = {kind: Tally() for kind in weights}
    lasting = {kind: timed(ACTS[kind][0], base) for kind in weights}
    for number in range(kills):
        kind = order[number % len(order)]
        with tempfile.TemporaryDirectory() as folder:
            room = Room(Path(folder) / "room")
            shutil.copytree(base, room.folder)
            told, midway = killed(ACTS[kind][0], room, chance.uniform(0.02, 1.0) * lasting[kind])
            tally = found[kind]
            tally.kills, tally.midway = tally.kills + 1, tally.midway + midway
            tally.acknowledged += len(told)
            looked_at(kind, room, told, tally)
            finished(kind, ACTS[kind][0], room, tally)
    return found


def timed(act: Callable[[Room, Told], None], base: Path) -> float:
    """Seconds that it takes undisturbed."""
    with tempfile.TemporaryDirectory() as folder:
        room = Room(Path(folder) / "room")
        shutil.copytree(base, room.folder)
        began = time.monotonic()
        killed(act, room, WAIT)
        return time.monotonic() - began


def main() -> int:
    """Kill, look, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="kinds, parted by commas")
    parser.add_argument("--without-desk", action="store_true")
    given = parser.parse_args()
    only = {kind for kind in given.only.split(",") if kind}
    chance = random.Random(given.seed)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        base = prepared(Path(folder) / "base")
        of_desk = 0 if given.without_desk or (only and "desk" not in only) else max(1, given.kills // 10)
        found: dict[str, Any] = rounds(base, given.kills - of_desk, chance, only) if only != {"desk"} else {}
        if of_desk:
            from faults_desk import desk_rounds

            found |= desk_rounds(base, of_desk, chance)
    for kind, tally in found.items():
        print(f"{kind}: {tally.kills} kills, {tally.midway} midway, {tally.acknowledged} acknowledged")
        for wrong in islice(tally.wrong, 20):
            print(f"  WRONG {wrong}")
    total = {name: sum(getattr(one, name) for one in found.values()) for name in ("kills", "midway", "acknowledged")}
    wrong = sum(len(one.wrong) for one in found.values())
    print(json.dumps({**total, "wrong": wrong, "seconds": round(time.monotonic() - began)}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
