"""Connections to addresses that were judged, with one deadline for all that is done over them."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore2

from dateline.watch.addresses import Resolve, addresses

Monotonic = Callable[[], float]


class TimedStream(httpcore2.NetworkStream):
    """A stream each read and write of which ends at the deadline, however slowly the other side drips."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: float, monotonic: Monotonic) -> None:
        self._inner = inner
        self._deadline = deadline
        self._monotonic = monotonic

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes; ReadTimeout when the other side is silent for `timeout` seconds, or at the deadline."""
        return self._inner.read(max_bytes, self._left(timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes; WriteTimeout as for reads."""
        self._inner.write(buffer, self._left(timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        """Let go of the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same under TLS; the certificate must be that of `server_hostname`."""
        left = self._left(timeout, httpcore2.ConnectTimeout)
        secured = self._inner.start_tls(ssl_context, server_hostname, left)
        return TimedStream(secured, self._deadline, self._monotonic)

    def get_extra_info(self, info: str) -> Any:
        """What the connection tells of itself."""
        return self._inner.get_extra_info(info)

    def _left(self, timeout: float | None, late: type[httpcore2.TimeoutException]) -> float:
        left = self._deadline - self._monotonic()
        if left <= 0:
            raise late("it took too long as a whole")
        return left if timeout is None else min(left, timeout)


class CheckedBackend(httpcore2.NetworkBackend):
    """Connects to hosts by addresses that were looked up and judged here, each host once a connection.

    `ForbiddenAddressError` when an address may not be connected to; see `dateline.watch.addresses`.
    """

    def __init__(self, *, allowed: bool, resolve: Resolve, deadline: float, monotonic: Monotonic) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._deadline = deadline
        self._monotonic = monotonic
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first address of the host that answers."""
        try:
            found = addresses(host, port, allowed=self._allowed, resolve=self._resolve)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"the host has no address ({error})") from error
        failed: Exception | None = None
        for address in found:
            left = self._deadline - self._monotonic()
            if left <= 0:
                break
            limit = left if timeout is None else min(left, timeout)
            try:
                stream = self._plain.connect_tcp(address, port, limit, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
                continue
            return TimedStream(stream, self._deadline, self._monotonic)
        raise failed or httpcore2.ConnectTimeout("it took too long as a whole")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Never."""
        raise httpcore2.ConnectError("no connection to a socket of this machine")

    def sleep(self, seconds: float) -> None:
        """Never waits: nothing is tried twice here."""
