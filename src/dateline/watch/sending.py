"""Sending what alerts found: to files, webhooks, Atom files and programs that send mail. What fails is sent later."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dateline.durable import put
from dateline.export.safe import visible
from dateline.model import Issue
from dateline.watch.fetching import FetchError, Web, refusal
from dateline.watch.notices import atom_feed, mail
from dateline.watch.outbox import Batch, Outbox, channel_key
from dateline.watch.settings import Alert, Channel, ToAtom, ToCommand, ToFile, ToWebhook

_TAIL: Final = 4_000_000


class SendError(Exception):
    """Why a batch could not be sent."""


@dataclass(slots=True)
class Sender:
    """Sends what lies in the outbox; `tell` hears of what fails."""

    outbox: Outbox
    web: Web
    tell: Callable[[Issue], None]
    alerts: tuple[Alert, ...] = ()
    _channels: Mapping[tuple[str, str], Channel] = field(init=False)

    def __post_init__(self) -> None:
        self._channels = {(alert.name, channel_key(one)): one for alert in self.alerts for one in alert.channels}

    def send(self, stopped: Callable[[], bool]) -> tuple[int, int]:
        """Send all that is due; how many messages were sent, and how many wait now."""
        sent = 0
        clock = self.web.clock
        for batch in self.outbox.due(clock.now()):
            if stopped():
                break
            channel = self._channels.get((batch.alert, batch.channel))
            try:
                if channel is None:
                    raise SendError("its alert or channel is no longer in the feeds file; what was found is kept")
                self._send(channel, batch)
                sent += len(batch.messages)
            except (SendError, OSError) as error:
                self.outbox.failed(batch, clock.now(), clock.chance())
                self.tell(Issue("not_sent", f"{batch.alert}: {error}", path=batch.channel))
        return sent, self.outbox.waiting()[0]

    def next_at(self) -> float | None:
        """When something is to be sent, None where nothing waits."""
        return self.outbox.waiting()[1]

    def _send(self, channel: Channel, batch: Batch) -> None:
        if isinstance(channel, ToFile):
            append(channel.path, batch)
            self.outbox.sent(batch)
        elif isinstance(channel, ToAtom):
            self._to_atom(channel, batch)
        elif isinstance(channel, ToWebhook):
            self._post(channel, batch)
            self.outbox.sent(batch)
        else:
            run(channel, mail(batch, channel, self.web.clock.now()))
            self.outbox.sent(batch)

    def _to_atom(self, channel: ToAtom, batch: Batch) -> None:
        path = str(channel.path.resolve())
        messages = [*self.outbox.shown(path), *batch.messages][-channel.most :]
        once = {str(message["key"]): message for message in messages}
        put(channel.path, atom_feed(channel, list(once.values()), self.web.clock.now()))
        self.outbox.show(path, batch, channel.most)

    def _post(self, channel: ToWebhook, batch: Batch) -> None:
        told = {"alert": batch.alert, "matches": list(batch.messages)}
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(batch.messages[0]["key"])}
        if channel.token is not None:
            headers["Authorization"] = f"Bearer {channel.token}"
        try:
            answer = self.web.post(channel.url, json.dumps(told).encode(), headers)
        except FetchError as error:
            raise SendError(str(error)) from error
        wrong = refusal(answer, self.web.clock.now())
        if wrong is not None or answer.status == 304:
            raise SendError(str(wrong or "the server answered 304"))


def append(path: Path, batch: Batch) -> None:
    """Append messages to a file as JSON, one a line.

    Those that a killed watch wrote already are not written again, and a line that it left unfinished is cut off.
    """
    with path.open("a+b") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _TAIL))
        tail = stream.read()
        torn = tail.rpartition(b"\n")[2]
        lines = {str(message["key"]): json.dumps(message, ensure_ascii=True).encode() for message in batch.messages}
        if torn and any(line.startswith(torn) for line in lines.values()):
            stream.truncate(size - len(torn))
            torn = b""
        known = [line for line in tail.splitlines() if b'"key": "alert-' in line]
        fresh = [line for line in lines.values() if line not in known]
        stream.seek(0, os.SEEK_END)
        stream.write((b"\n" if torn else b"") + b"".join(line + b"\n" for line in fresh))
        stream.flush()
        os.fsync(stream.fileno())


def run(channel: ToCommand, message: bytes) -> None:
    """Give a message to a program; SendError where it fails, cannot be started or takes too long."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as given:
        given.write(message)
        given.seek(0)
        try:
            process = subprocess.Popen(
                channel.argv, stdin=given, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True
            )
        except (OSError, ValueError) as error:
            raise SendError(f"{channel.argv[0]} cannot be started: {error}") from error
        try:
            status = process.wait(channel.timeout)
        except subprocess.TimeoutExpired as error:
            _end(process)
            raise SendError(f"{channel.argv[0]} took more than {channel.timeout:g} s") from error
        if status != 0:
            said.seek(0)
            words = visible(said.read(500).decode("utf-8", "replace"))
            raise SendError(f"{channel.argv[0]} ended with status {status}: {words}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with all that it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
