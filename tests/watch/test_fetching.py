"""Requests to a server that misbehaves: each gives a clear error or a right answer, none waits or fills the memory."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Callable
from typing import Any

import pytest
import trustme
from watch_world import HOST, START, FakeClock, Handler, Site

from dateline.watch.fetching import Answer, FetchError, Web, refusal


def got(web: Web, url: str) -> Answer:
    return web.get(url, {}, lambda url: None)


def error(web: Web, url: str) -> FetchError:
    with pytest.raises(FetchError) as found:
        got(web, url)
    return found.value


def test_a_request_says_who_asks_and_names_the_host(site: Site) -> None:
    site.serve("/a?b=c", "hello", X_Thing="1")
    answer = got(site.web(), site.url("/a?b=c#d"))
    assert (answer.status, answer.body, answer.header("x-thing")) == (200, b"hello", "1")
    ((path, headers),) = site.asked
    assert path == "/a?b=c"
    assert headers["host"] == f"{HOST}:{site.port}"
    assert headers["user-agent"] == "dateline/test (+desk@example.org)"


def drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while True:
        handler.wfile.write(b".")


def drip_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-A: ")
    while True:
        handler.wfile.write(b".")


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def endless_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"X-Header: " + b"a" * 1000 + b"\r\n")


def reset(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def redirect(where: str) -> Callable[[Handler], None]:
    return lambda handler: handler.reply(302, b"", Location=where)


def packed(body: bytes, how: str = "gzip") -> Callable[[Handler], None]:
    return lambda handler: handler.reply(200, body, Content_Encoding=how)


def raw(data: bytes) -> Callable[[Handler], None]:
    return lambda handler: handler.raw(data)


BOMB = gzip.compress(b"\0" * 50_000_000)
OK = b"HTTP/1.1 200 OK\r\n"

MISBEHAVIOURS: dict[str, tuple[Callable[[Handler], None], str, bool, str]] = {
    "drips its body": (drip, "no_answer", True, "too slow"),
    "drips its headers": (drip_headers, "no_answer", True, ""),
    "never ends": (endless, "too_large", False, "more than 2000000 bytes"),
    "never ends its headers": (endless_headers, "no_answer", True, ""),
    "one huge header": (raw(OK + b"X-A: " + b"a" * 300_000 + b"\r\n\r\n"), "no_answer", True, ""),
    "sends less than it says": (
        raw(OK + b"Content-Length: 100\r\n\r\nabc"),
        "no_answer",
        True,
        "without sending complete",
    ),
    "says that it is too large": (
        raw(OK + b"Content-Length: 9999999999\r\n\r\n"),
        "too_large",
        False,
        "",
    ),
    "says two lengths": (raw(OK + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"), "no_answer", True, ""),
    "says a length below nothing": (raw(OK + b"Content-Length: -3\r\n\r\nabc"), "no_answer", True, ""),
    "a bomb of gzip": (packed(BOMB), "too_large", False, "unpacks to more than"),
    "a bomb of deflate": (
        packed(zlib.compress(b"\0" * 50_000_000), "deflate"),
        "too_large",
        False,
        "unpacks to more than",
    ),
    "gzip that is none": (packed(b"hello hello"), "bad_answer", False, "not gzip"),
    "gzip that ends early": (packed(gzip.compress(b"hello" * 1000)[:-12]), "bad_answer", True, "ends too early"),
    "packed in a way nobody asked for": (packed(b"x", "br"), "bad_answer", False, "br"),
    "packed twice": (packed(gzip.compress(BOMB), "gzip, gzip"), "bad_answer", False, "gzip, gzip"),
    "broken chunks": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"), "no_answer", True, ""),
    "chunks that never end": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab"), "no_answer", True, ""),
    "no HTTP at all": (raw(b"SSH-2.0-OpenSSH_9.9\r\n"), "no_answer", True, ""),
    "nothing at all": (raw(b""), "no_answer", True, "without sending a response"),
    "a reset connection": (reset, "no_answer", True, ""),
    "redirects in a circle": (redirect("/x"), "bad_redirect", False, "more than 5 redirects"),
    "redirects to this machine": (redirect("http://127.0.0.1:8080/"), "forbidden_address", False, "a loopback address"),
    "redirects to a name of this machine": (
        redirect("http://other.example:8080/"),
        "forbidden_address",
        False,
        "loopback",
    ),
    "redirects to the metadata of a cloud": (
        *(redirect("http://169.254.169.254/latest/meta-data/"), "forbidden_address", False, "a link-local address"),
    ),
    "redirects to a private network": (
        redirect("//intranet.example/"),
        "forbidden_address",
        False,
        "a private address",
    ),
    "redirects to a file": (redirect("file:///etc/passwd"), "bad_redirect", False, "only http and https"),
    "redirects to gopher": (redirect("gopher://news.example/1"), "bad_redirect", False, "only http and https"),
    "redirects to a decimal address": (redirect("http://2130706433/"), "bad_redirect", False, "unusual form"),
    "redirects to an octal address": (redirect("http://0177.0.0.1/"), "bad_redirect", False, "unusual form"),
    "redirects to a mapped address": (redirect("http://[::ffff:127.0.0.1]/"), "forbidden_address", False, "loopback"),
    "redirects with a password": (redirect("http://a:b@news.example/"), "bad_redirect", False, "name or password"),
    "redirects to a port of mail": (redirect("http://other.example:25/"), "forbidden_address", False, "port 25"),
}


@pytest.mark.parametrize("name", MISBEHAVIOURS)
def test_a_server_that(name: str, site: Site) -> None:
    answer, code, again, words = MISBEHAVIOURS[name]
    site.routes["/x"] = answer
    slow = "drips" in name
    found = error(site.web(FakeClock(tick=3.0 if slow else 0.0), size=2_000_000, total=60.0), site.url("/x"))
    assert (found.code, found.again) == (code, again), found
    assert words in str(found)


def test_a_server_that_is_silent(site: Site) -> None:
    done = threading.Event()
    site.routes["/x"] = lambda handler: bool(done.wait(30)) and None
    found = error(site.web(read=0.05), site.url("/x"))
    done.set()
    assert (found.code, found.again) == ("no_answer", True)


def test_a_server_that_is_not_there(site: Site) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        found = error(site.web(), f"http://{HOST}:{unused.getsockname()[1]}/")
    assert (found.code, found.again) == ("no_answer", True)
    assert error(site.web(), "http://nobody.example/").again


def test_tls_on_a_plain_port(site: Site) -> None:
    found = error(site.web(), site.url("/x").replace("http:", "https:"))
    assert (found.code, found.again) == ("no_answer", True)


def test_more_than_the_length_is_cut_off(site: Site) -> None:
    site.raw("/x", OK + b"Content-Length: 3\r\n\r\nabcdefgh")
    assert got(site.web(), site.url("/x")).body == b"abc"


@pytest.mark.parametrize("how", ["gzip", "deflate", "x-gzip"])
def test_packed_bodies_are_unpacked(how: str, site: Site) -> None:
    text = b"".join(b"line %d\n" % number for number in range(50_000))
    body = zlib.compress(text) if how == "deflate" else gzip.compress(text)
    site.routes["/x"] = packed(body, how)
    assert got(site.web(), site.url("/x")).body == text


def test_deflate_without_its_frame_is_unpacked(site: Site) -> None:
    inflated = zlib.compressobj(wbits=-15)
    site.routes["/x"] = packed(inflated.compress(b"hello" * 100) + inflated.flush(), "deflate")
    assert got(site.web(), site.url("/x")).body == b"hello" * 100


def test_redirects_are_followed_and_each_is_told(site: Site) -> None:
    for number in range(5):
        site.routes[f"/{number}"] = redirect(f"/{number + 1}")
    site.serve("/5", "end")
    asked: list[str] = []
    answer = site.web().get(site.url("/0"), {}, lambda url: asked.append(url.target))
    assert (answer.body, answer.url, answer.final_url) == (b"end", site.url("/0"), site.url("/5"))
    assert asked == ["/0", "/1", "/2", "/3", "/4", "/5"]


def test_a_turn_that_is_refused_stops_a_redirect(site: Site) -> None:
    site.routes["/0"] = redirect("/secret")

    def turn(url: Any) -> None:
        if url.target == "/secret":
            raise FetchError("robots", "not wanted")

    with pytest.raises(FetchError, match="not wanted"):
        site.web().get(site.url("/0"), {}, turn)
    assert site.paths == ["/0"]


def test_a_name_is_looked_up_once_and_that_address_is_used(site: Site) -> None:
    """DNS rebinding: what the name means after the check does not matter."""
    site.serve("/x", "hello")
    meanings = iter([["127.0.0.1"]])

    def resolve(host: str, port: int) -> list[str]:
        return next(meanings)

    web = site.web()
    web = Web(web.limits, web.agent, web.allowed, web.clock, resolve)
    assert got(web, site.url("/x")).body == b"hello"


def test_one_private_address_among_public_ones_is_enough_to_refuse(site: Site) -> None:
    web = site.web()
    web = Web(web.limits, web.agent, frozenset(), web.clock, lambda host, port: ["93.184.215.14", "10.0.0.1"])
    found = error(web, "http://mixed.example/")
    assert (found.code, found.again) == ("forbidden_address", False)
    assert "10.0.0.1" in str(found)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://news.example/", "news.example/feed", "http://", "http://a b/", "javascript:1"]
)
def test_other_addresses_are_not_asked_for(url: str, site: Site) -> None:
    assert error(site.web(), url).code == "forbidden_address"


@pytest.fixture
def secure(site: Site) -> Any:
    """A TLS server that tells which name it was asked by, and the authority that its certificates are of."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)
    names: list[str | None] = []
    context.sni_callback = lambda _, name, __: names.append(name)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(plain, server_side=True) as stream:
                    stream.recv(65536)
                    stream.sendall(OK + b"Content-Length: 6\r\n\r\nsecret")
            except OSError:
                plain.close()

    threading.Thread(target=serve, daemon=True).start()
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    yield listener.getsockname()[1], trusting, names
    listener.close()


def test_certificates_are_those_of_the_name_not_of_the_address(secure: Any, site: Site) -> None:
    port, trusting, names = secure
    web = site.web()
    trusted = Web(web.limits, web.agent, frozenset({HOST, "other.example"}), web.clock, site.resolve, trusting)
    assert got(trusted, f"https://{HOST}:{port}/").body == b"secret"
    assert names == [HOST]
    wrong = error(trusted, f"https://other.example:{port}/")
    assert "certificate" in str(wrong).lower()
    unknown = Web(web.limits, web.agent, frozenset({HOST}), web.clock, site.resolve)
    assert "certificate" in str(error(unknown, f"https://{HOST}:{port}/")).lower()


@pytest.mark.parametrize(
    ("status", "header", "again", "after"),
    [
        (200, None, None, None),
        (304, None, None, None),
        (404, "60", False, None),
        (410, None, False, None),
        (429, "120", True, 120.0),
        (503, "Sat, 04 May 2024 12:10:00 GMT", True, 600.0),
        (503, "Sat, 04 May 2024 11:00:00 GMT", True, 0.0),
        (503, "tomorrow", True, None),
        (500, None, True, None),
    ],
)
def test_what_an_answer_means(status: int, header: str | None, again: bool | None, after: float | None) -> None:
    headers = (("Retry-After", header),) if header is not None else ()
    found = refusal(Answer("u", "u", status, headers, b"", START), START)
    assert (None if found is None else found.again) == again
    assert (None if found is None else found.after) == after
