"""One request to the web, with everything bounded: addresses, redirects, time, size as sent and as unpacked."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dateline.watch.addresses import ForbiddenAddressError, Resolve, system_resolve
from dateline.watch.settings import Limits
from dateline.watch.timing import Clock, retry_after
from dateline.watch.urls import PORTS, Url, UrlError, checked_url

if TYPE_CHECKING:
    import httpcore2

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
SMALL: Final = 1_000_000
"""Bytes up to which a body may unpack however small it was sent."""
CHUNK: Final = 64 * 1024


class FetchError(Exception):
    """Why an address gave nothing.

    `code` is that of the issue: `forbidden_address`, `robots`, `bad_redirect`, `too_large`, `bad_answer`, `no_answer`.
    `again`: it may go well later; `after` are the seconds that the server wants us to wait. Without `asked` nothing
    was asked for at all, because the host is left alone for now.
    """

    def __init__(
        self, code: str, message: str, *, again: bool = False, after: float | None = None, asked: bool = True
    ) -> None:
        super().__init__(message)
        self.code = code
        self.again = again
        self.after = after
        self.asked = asked


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: headers besides the usual ones, a body where it is posted."""

    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. `url` was asked for, `final_url` answered; `headers` as sent, in their order.

    `body` is unpacked. `at` is the moment of the answer in seconds since 1970.
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    at: float

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True)
class Web:
    """How the web is reached: limits, who is told to ask, which hosts may have private addresses."""

    limits: Limits
    agent: str
    allowed: frozenset[str]
    clock: Clock
    resolve: Resolve = system_resolve
    tls: ssl.SSLContext | None = None

    def get(self, url: str, headers: Mapping[str, str], turn: Callable[[Url], None]) -> Answer:
        """The answer of an address after its redirects.

        `turn` is called before each request, also before that of a redirect; it waits for the host's turn and raises
        FetchError where the host does not want the address asked for. FetchError for whatever else stands in the way.
        """
        try:
            at = checked_url(url)
        except UrlError as error:
            raise FetchError("forbidden_address", str(error)) from error
        for _ in range(self.limits.redirects + 1):
            turn(at)
            answer = self._asked(at, url, Request(headers))
            where = answer.header("location") if answer.status in REDIRECTS else None
            if where is None:
                return answer
            at = self._redirected(at, where)
        raise FetchError("bad_redirect", f"more than {self.limits.redirects} redirects")

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The answer to a body that is sent; redirects are not followed."""
        try:
            return self._asked(checked_url(url), url, Request(headers, body))
        except UrlError as error:
            raise FetchError("forbidden_address", str(error)) from error

    def _redirected(self, at: Url, where: str) -> Url:
        try:
            found = checked_url(where, at.text)
        except UrlError as error:
            raise FetchError("bad_redirect", f"redirected to {where[:200]!r}: {error}") from error
        if at.scheme == "https" and found.scheme == "http" and at.host == found.host:
            raise FetchError("bad_redirect", f"redirected from https to {found.text[:200]}")
        return found

    def _asked(self, at: Url, asked: str, request: Request) -> Answer:
        import httpcore2

        if at.port < 1024 and at.port not in PORTS.values() and at.host not in self.allowed:
            raise FetchError("forbidden_address", f"port {at.port} is not one of the web")
        try:
            with closing(self._connection(at)) as connection:
                return self._answer(connection, at, asked, request)
        except ForbiddenAddressError as error:
            raise FetchError("forbidden_address", str(error)) from error
        except httpcore2.TimeoutException as error:
            raise FetchError("no_answer", f"too slow: {error or 'nothing came in time'}", again=True) from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, ssl.SSLError, OSError) as error:
            raise FetchError("no_answer", str(error) or type(error).__name__, again=True) from error

    def _connection(self, at: Url) -> httpcore2.HTTPConnection:
        import httpcore2

        from dateline.watch.connecting import CheckedBackend

        backend = CheckedBackend(
            allowed=at.host in self.allowed,
            resolve=self.resolve,
            deadline=self.clock.monotonic() + self.limits.total,
            monotonic=self.clock.monotonic,
        )
        origin = httpcore2.Origin(at.scheme.encode(), at.host.encode(), at.port)
        tls = self.tls or (ssl.create_default_context() if at.scheme == "https" else None)
        return httpcore2.HTTPConnection(origin, ssl_context=tls, network_backend=backend)

    def _answer(self, connection: httpcore2.HTTPConnection, at: Url, asked: str, request: Request) -> Answer:
        import httpcore2

        headers = {"Host": at.authority, "User-Agent": self.agent, "Accept": "*/*", "Connection": "close"}
        headers |= {"Accept-Encoding": "gzip, deflate", **request.headers}
        if request.body is not None:
            headers["Content-Length"] = str(len(request.body))
        url = httpcore2.URL(scheme=at.scheme, host=at.host, port=at.port, target=at.target)
        limits = self.limits
        timeout = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.connect}
        sent = httpcore2.Request(
            "GET" if request.body is None else "POST",
            url,
            headers=list(headers.items()),
            content=request.body,
            extensions={"timeout": timeout},
        )
        response = connection.handle_request(sent)
        try:
            given = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in response.headers)
            answer = Answer(asked, at.text, response.status, given, b"", self.clock.now())
            body = b""
            if response.status not in REDIRECTS and response.status not in (204, 304):
                body = self._body(answer, response.iter_stream())
        finally:
            response.close()
        return Answer(asked, at.text, answer.status, given, body, answer.at)

    def _body(self, answer: Answer, sent: Iterable[bytes]) -> bytes:
        most = self.limits.size
        length = answer.header("content-length") or ""
        if length.isascii() and length.isdigit() and int(length[:20]) > most:
            raise FetchError("too_large", f"{length[:20]} bytes, at most {most} are read")
        packed = (answer.header("content-encoding") or "identity").strip().lower()
        if packed in ("identity", ""):
            return _bounded(sent, most)
        if packed not in ("gzip", "x-gzip", "deflate"):
            raise FetchError("bad_answer", f"packed as {packed[:40]!r}, which was not asked for")
        return _Unpacked(packed, self.limits).all_of(sent)


def _bounded(sent: Iterable[bytes], most: int) -> bytes:
    found = bytearray()
    for chunk in sent:
        found += chunk
        if len(found) > most:
            raise FetchError("too_large", f"more than {most} bytes")
    return bytes(found)


class _Unpacked:
    """A packed body, unpacked piece by piece so that a bomb is told before it is in memory."""

    def __init__(self, packed: str, limits: Limits) -> None:
        self._limits = limits
        self._packed = packed
        self._inflate = zlib.decompressobj(31 if packed != "deflate" else 15)
        self._sent = 0
        self._found = bytearray()

    def all_of(self, sent: Iterable[bytes]) -> bytes:
        """The whole body; FetchError for more than the limits allow, and for what is not packed as it says."""
        for chunk in sent:
            self._sent += len(chunk)
            if self._sent > self._limits.size:
                raise FetchError("too_large", f"more than {self._limits.size} bytes")
            self._add(chunk)
        while not self._inflate.eof and (more := self._inflate.decompress(b"", CHUNK)):
            self._found += more
            self._bounded()
        if self._sent and not self._inflate.eof:
            raise FetchError("bad_answer", "the packed body ends too early", again=True)
        return bytes(self._found)

    def _add(self, chunk: bytes) -> None:
        if self._packed == "deflate" and self._sent == len(chunk) and chunk[:1] and chunk[0] & 0x0F != 8:
            self._inflate = zlib.decompressobj(-15)
        while chunk and not self._inflate.eof:
            try:
                self._found += self._inflate.decompress(chunk, CHUNK)
            except zlib.error as error:
                raise FetchError("bad_answer", f"a body that is not {self._packed}: {error}") from error
            chunk = self._inflate.unconsumed_tail
            self._bounded()

    def _bounded(self) -> None:
        size = len(self._found)
        if size > self._limits.size:
            raise FetchError("too_large", f"unpacks to more than {self._limits.size} bytes")
        if size > SMALL and size > self._limits.ratio * self._sent:
            raise FetchError("too_large", f"unpacks to more than {self._limits.ratio} times its size")


def refusal(answer: Answer, now: float) -> FetchError | None:
    """Why an answer is none of use, None for one that is (any 2xx, and 304)."""
    status = answer.status
    if 200 <= status < 300 or status == 304:
        return None
    wait = retry_after(answer.header("retry-after"), now)
    again = status in (408, 425, 429) or status >= 500
    return FetchError("no_answer", f"the server answered {status}", again=again, after=wait if again else None)
