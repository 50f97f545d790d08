"""What alerts found and has still to be sent, kept in the state of the watch until it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from dateline.watch.messages import Message
from dateline.watch.settings import Alert, Channel, ToAtom, ToCommand, ToFile
from dateline.watch.state import State
from dateline.watch.timing import pause

AT_ONCE: Final = 50
"""Messages that go into one mail or one request."""
_FIRST: Final = 60.0
_LONGEST: Final = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages of one alert for one channel, oldest first, and their numbers in the outbox."""

    alert: str
    channel: str
    numbers: tuple[int, ...]
    messages: tuple[Message, ...]
    attempts: int


class Outbox:
    """The outbox in the state of a watch."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._database = state.database

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction."""
        with self._state.writing():
            yield

    def digest_of(self, alert: str) -> str | None:
        """What an alert looked for when it was last marked, None for one that never was."""
        row = self._database.execute("SELECT digest FROM alerts WHERE name = ?", (alert,)).fetchone()
        return None if row is None else str(row["digest"])

    def entry_of(self, alert: str) -> int:
        """The last entry of the ledger's log that an alert has seen."""
        row = self._database.execute("SELECT entry FROM alerts WHERE name = ?", (alert,)).fetchone()
        return 0 if row is None else int(row["entry"])

    def mark(self, alert: str, digest: str | None, entry: int) -> None:
        """An alert has seen the log up to an entry; `digest` None leaves what it looks for as it is."""
        known = self.digest_of(alert) if digest is None else digest
        self._database.execute("REPLACE INTO alerts VALUES (?, ?, ?)", (alert, known or "", entry))

    def forget(self, alert: str) -> None:
        """Forget what an alert has told; what waits to be sent stays."""
        self._database.execute("DELETE FROM fired WHERE alert = ?", (alert,))

    def note(self, alert: str, keys: Iterable[str]) -> None:
        """Note matches as told."""
        self._database.executemany("INSERT OR IGNORE INTO fired VALUES (?, ?)", [(alert, key) for key in keys])

    def noted(self, alert: str, keys: Sequence[str]) -> bool:
        """Whether one of some matches was told."""
        query = "SELECT 1 FROM fired WHERE alert = ? AND key = ?"
        return any(self._database.execute(query, (alert, key)).fetchone() is not None for key in keys)

    def put(self, alert: Alert, message: Message, now: float) -> None:
        """A message for every channel of its alert."""
        text = json.dumps(message)
        rows = [(alert.name, channel_key(channel), text, now, 0, now) for channel in alert.channels]
        query = "INSERT INTO outbox (alert, channel, message, at, attempts, next_at) VALUES (?, ?, ?, ?, ?, ?)"
        self._database.executemany(query, rows)

    def due(self, now: float) -> list[Batch]:
        """What is to be sent now, in batches; a clock that was set back makes nothing wait for long."""
        query = "SELECT * FROM outbox WHERE next_at <= ? OR next_at > ? ORDER BY alert, channel, number"
        batches: list[Batch] = []
        for row in self._database.execute(query, (now, now + 2 * _LONGEST)):
            number, message = row["number"], json.loads(row["message"])
            last = batches[-1] if batches else None
            same = last is not None and (last.alert, last.channel) == (row["alert"], row["channel"])
            if last is not None and same and len(last.numbers) < AT_ONCE:
                tried = max(last.attempts, row["attempts"])
                numbers, messages = (*last.numbers, number), (*last.messages, message)
                batches[-1] = Batch(last.alert, last.channel, numbers, messages, tried)
            else:
                batches.append(Batch(row["alert"], row["channel"], (number,), (message,), row["attempts"]))
        return batches

    def sent(self, batch: Batch) -> None:
        """A batch is sent and let go."""
        with self.writing():
            self._database.executemany("DELETE FROM outbox WHERE number = ?", [(number,) for number in batch.numbers])

    def failed(self, batch: Batch, now: float, chance: float) -> None:
        """A batch could not be sent: it waits, the longer the more often it failed."""
        next_at = now + pause(_FIRST, batch.attempts + 1, _LONGEST, chance)
        rows = [(batch.attempts + 1, next_at, number) for number in batch.numbers]
        with self.writing():
            self._database.executemany("UPDATE outbox SET attempts = ?, next_at = ? WHERE number = ?", rows)

    def waiting(self) -> tuple[int, float | None]:
        """How many messages wait, and when the first is to be sent."""
        row = self._database.execute("SELECT count(*) AS many, min(next_at) AS first FROM outbox").fetchone()
        return int(row["many"]), row["first"]

    def shown(self, path: str) -> list[Message]:
        """The messages of an Atom file, oldest first."""
        rows = self._database.execute("SELECT message FROM atom WHERE path = ? ORDER BY number", (path,))
        return [json.loads(row["message"]) for row in rows]

    def show(self, path: str, batch: Batch, most: int) -> None:
        """A batch is in an Atom file, which keeps the `most` newest."""
        cut = (
            "DELETE FROM atom WHERE path = ? AND number NOT IN (SELECT number FROM atom WHERE path = ? ORDER BY number"
        )
        with self.writing():
            rows = [(path, json.dumps(message)) for message in batch.messages]
            self._database.executemany("INSERT INTO atom (path, message) VALUES (?, ?)", rows)
            self._database.execute(f"{cut} DESC LIMIT ?)", (path, path, most))
            self.sent(batch)


def channel_key(channel: Channel) -> str:
    """What a channel is known by, also when the file orders them otherwise."""
    if isinstance(channel, ToFile):
        return f"file {channel.path.resolve()}"
    if isinstance(channel, ToAtom):
        return f"atom {channel.path.resolve()}"
    if isinstance(channel, ToCommand):
        told: list[Any] = [*channel.argv, *channel.recipients]
        return f"command {json.dumps(told)}"
    return f"webhook {channel.url}"
