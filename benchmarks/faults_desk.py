"""kill -9 of a real desk over HTTP, or of the process that reads and derives for it; see `faults.py`."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import select

from dateline.store import open_store
from dateline.store.schema import documents, judgements
from dateline.upkeep.checking import Depth
from faults import Room, Tally, faults_of

TOKEN = "of-the-fault-plan-" + "x" * 16
WAIT = 180.0
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class Desk:
    """`dateline serve` over the ledger of a room, its spool in the room too."""

    def __init__(self, room: Room) -> None:
        spool = room.at("tmp")
        spool.mkdir(exist_ok=True)
        token = room.at("token")
        token.write_text(TOKEN)
        token.chmod(0o600)
        command = [sys.executable, "-W", "ignore", "-m", "dateline", "serve", "--ledger", str(room.ledger)]
        self.process = subprocess.Popen(
            [*command, "--port", "0", "--token-file", str(token)],
            env={**os.environ, "TMPDIR": str(spool), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        if self.process.stdout is None:
            raise AssertionError("opened with a pipe")
        found = re.search(r":(\d+)/", self.process.stdout.readline())
        if found is None:
            sys.exit("the desk did not start")
        self.port = int(found[1])
        self._cookie, self._csrf = "", ""

    def ask(self, method: str, path: str, body: str | None = None, kind: str = "") -> tuple[int, str, str]:
        """Status, content and cookies of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": self._cookie} if kind != "application/json" else {"Authorization": f"Bearer {TOKEN}"}
        connection.request(method, path, body, headers | ({"Content-Type": kind} if kind else {}))
        answer = connection.getresponse()
        content = answer.read().decode("utf-8", "replace")
        told = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        connection.close()
        return answer.status, content, "; ".join(told)

    def sign_in(self) -> None:
        """Open the desk as the analyst who started it."""
        give_up = time.monotonic() + WAIT
        while not self._csrf:
            try:
                self._cookie = self.ask("GET", f"/?token={TOKEN}")[2]
                found = _CSRF.search(self.ask("GET", "/add")[1])
                self._csrf = "" if found is None else found[1]
            except (OSError, HTTPException):
                if time.monotonic() > give_up or self.process.poll() is not None:
                    sys.exit("the desk did not answer")
                time.sleep(0.1)

    def give(self, text: str) -> bool:
        """Whether a report was taken."""
        typed = {"text": text, "published": "2024-05-04", "csrf": self._csrf}
        status, _, _ = self.ask("POST", "/add/text", urlencode(typed), "application/x-www-form-urlencoded")
        return 200 <= status < 400

    def judge(self, claim: str, reason: str) -> str | None:
        """The id of a judgement that was taken."""
        asked = json.dumps({"verdict": "note", "matter": "claim", "targets": [claim], "reason": reason})
        status, content, _ = self.ask("POST", "/api/v1/judgements", asked, "application/json")
        return str(json.loads(content)["judgements"][0]["id"]) if status == 201 else None

    def claims(self) -> list[str]:
        """The ids of some claims."""
        _, content, _ = self.ask("GET", "/api/v1/claims?limit=20", None, "application/json")
        return [claim["id"] for claim in json.loads(content)["items"]]

    def workers(self) -> list[int]:
        """The processes that work for it."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        try:
            mine = listed.read_text().split()
            threads = Path(f"/proc/{self.process.pid}/task").iterdir()
            mine = [pid for thread in threads for pid in (thread / "children").read_text().split()]
        except OSError:
            return []
        return [int(pid) for pid in mine]

    def end(self) -> None:
        """Stop it as a person would."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def text_of(number: int) -> str:
    """A report that differs from every other."""
    return f"PARIS, May 4 (Reuters) - France withdrew {400 + number} soldiers from Chad on Monday, the army said."


def desk_rounds(base: Path, kills: int, chance: random.Random) -> dict[str, Tally]:
    """Kill the desk and its worker by turns."""
    found = {"desk": Tally(), "worker": Tally()}
    for number in range(kills):
        which = "worker" if number % 3 == 2 else "desk"
        with tempfile.TemporaryDirectory() as folder:
            room = Room(Path(folder) / "room")
            shutil.copytree(base, room.folder)
            one_round(room, found[which], which, chance.uniform(0.0, 9.0), number * 1000)
    return found


def one_round(room: Room, tally: Tally, which: str, after: float, first: int) -> None:
    """Give and judge until the kill, look; open the desk again until all is read, look again."""
    desk = Desk(room)
    desk.sign_in()
    texts: list[str] = []
    judged: list[str] = []
    over = threading.Event()
    giver = threading.Thread(target=_give, args=(desk, first, texts, judged, over))
    giver.start()
    time.sleep(after)
    victims = [desk.process.pid] if which == "desk" else desk.workers()
    for pid in victims:
        os.kill(pid, signal.SIGKILL)
    tally.kills += 1
    tally.midway += bool(victims)
    if which == "desk":
        desk.process.wait()
        giver.join()
    tally.wrong += [f"{which}: {fault}" for fault in faults_of(room.ledger, Depth.BYTES)]
    if which == "desk":
        desk = Desk(room)
    else:
        time.sleep(1)
    over.set()
    giver.join()
    _wait(room.ledger, texts)
    desk.end()
    tally.acknowledged += len(texts) + len(judged)
    kept, decided = _kept(room.ledger)
    tally.wrong += [f"{which}: {text[:60]!r} was taken and is lost" for text in texts if text not in kept]
    tally.wrong += [f"{which}: {one} was acknowledged and is lost" for one in judged if one not in decided]
    tally.wrong += [f"{which}, at last: {fault}" for fault in faults_of(room.ledger)]


def _give(desk: Desk, first: int, texts: list[str], judged: list[str], over: threading.Event) -> None:
    """Give reports and judge claims, noting what was answered well, until the desk is gone or it is enough."""
    try:
        claims = desk.claims()
        for number in range(first, first + 60):
            if over.is_set():
                return
            if number % 4 == 0 and len(texts) < 12 and desk.give(text_of(number)):
                texts.append(text_of(number))
            done = desk.judge(claims[number % len(claims)], f"note {number}")
            judged += [] if done is None else [done]
            time.sleep(0.1)
    except (OSError, HTTPException, ValueError):
        return


def _wait(ledger: Path, texts: list[str]) -> None:
    give_up = time.monotonic() + WAIT
    while time.monotonic() < give_up and not set(texts) <= _kept(ledger)[0]:
        time.sleep(0.3)


def _kept(ledger: Path) -> tuple[set[str], set[str]]:
    """The texts, and the ids of judgements, that a ledger has."""
    store = open_store(ledger, create=False)
    with store.reading() as connection:
        texts = set(connection.execute(select(documents.c.text)).scalars())
        decided = set(connection.execute(select(judgements.c.id)).scalars())
    store.close()
    return {text.strip() for text in texts}, decided
