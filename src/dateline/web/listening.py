"""Listening: the socket of a desk, and a server that logs no addresses, trusts no headers and does not wait long."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import socket
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from dateline.web.security.headers import HEADERS

if TYPE_CHECKING:
    from fastapi import FastAPI

PORT = 8017
_TRIED = 20
_HEAD_S = 15.0
_KEEP_ALIVE_S = 30
_LAST_WORDS_S = 3
_MOST_HEAD = 64 * 1024


class PortTakenError(OSError):
    """Another program listens at the port that was asked for."""


@dataclass(frozen=True, slots=True)
class Listening:
    """A bound socket and the host it was bound for."""

    socket: socket.socket
    host: str

    @property
    def port(self) -> int:
        """The port that was taken."""
        return int(self.socket.getsockname()[1])

    @property
    def address(self) -> str:
        """What to type into a browser on this machine."""
        host = self.socket.getsockname()[0]
        if host in ("0.0.0.0", "::"):
            host = "127.0.0.1"
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def listen(host: str, port: int | None) -> Listening:
    """A socket at `port`; without one, at 8017 or the next free one. OSError where that cannot be.

    Port 0 is any free one. PortTakenError where the port was asked for and is taken.
    """
    family, _, _, _, where = socket.getaddrinfo(host, PORT if port is None else port, type=socket.SOCK_STREAM)[0]
    first = int(where[1])
    for offset in range(_TRIED if port is None else 1):
        try:
            return Listening(_bound(family, (str(where[0]), first + offset)), host)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    last = f" to {first + _TRIED - 1}" if port is None else ""
    raise PortTakenError(f"port {first}{last} is taken by another program: choose one with --port, or --port 0")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host; OSError where it is unknown."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return all(ipaddress.ip_address(str(one[4][0]).partition("%")[0]).is_loopback for one in found)


def serve(app: FastAPI, listening: Listening, *, proxy: str | None = None) -> None:
    """Answer until the process is told to stop; requests under way are given three seconds.

    Headers that say from where a request was forwarded are believed of the address `proxy` alone.
    """
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy or "",
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_LAST_WORDS_S,
    )
    uvicorn.Server(config).run(sockets=[listening.socket])


class PatientProtocol(HttpToolsProtocol):
    """Closes connections that do not say within 15 seconds what they want, which uvicorn leaves open for ever.

    A request has 64 KB at most before its body.
    """

    head_s = _HEAD_S
    _timer: asyncio.TimerHandle | None = None
    _head = 0
    """Bytes that came of a request whose head is not whole."""
    _has_begun = False
    _in_body = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Go on waiting while a request has only begun."""
        self._head += len(data)
        super().data_received(data)
        if not self._has_begun:
            self._head = 0
        if self._in_body or not (self._has_begun or self._is_idle()):
            self._stop()
        elif self._head > _MOST_HEAD:
            self.send_400_response("The head of this request is too long.")
        elif self._timer is None and data:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self._has_begun = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """What is wanted is known."""
        self._has_begun, self._in_body = False, True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The whole request is here."""
        self._in_body = False
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, with the headers of every answer."""
        self._stop()
        words = msg.encode("ascii", "replace")
        headers = HEADERS | {"content-type": "text/plain; charset=utf-8", "content-length": str(len(words))}
        lines = ["HTTP/1.1 400 Bad Request", *(f"{name}: {value}" for name, value in headers.items())]
        head = "\r\n".join([*lines, "connection: close", "", ""])
        self.transport.write(head.encode("ascii") + words)
        self.transport.close()

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _wait(self) -> None:
        self._timer = self.loop.call_later(self.head_s, self._give_up)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._timer = None
        if not self.transport.is_closing():
            self.transport.close()


def _bound(family: int, where: tuple[str, int]) -> socket.socket:
    """A socket that listens; named as TCP, or asyncio leaves Nagle's delay on and answers wait 40 ms for a receipt."""
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(where)
        made.listen(256)
    except BaseException:
        made.close()
        raise
    return made
