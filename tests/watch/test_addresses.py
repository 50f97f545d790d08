"""Which addresses may be connected to, and how they may be written."""

from __future__ import annotations

import ipaddress
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.watch.addresses import ForbiddenAddressError, addresses, objection
from dateline.watch.urls import UrlError, checked_url, host_of

REFUSED = (
    *("127.0.0.1", "127.8.9.1", "0.0.0.0", "0.1.2.3", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
    *("100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "192.0.2.1", "198.18.0.1", "203.0.113.5"),
    *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1", "100::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::ffff:0:127.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:a00:1::1"),
    *("2001:0:4136:e378:8000:63bf:3fff:fdd2", "2a00::5efe:7f00:1", "2a00::200:5efe:a00:1"),
)
ADMITTED = ("1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2a00:1450::1")


@pytest.mark.parametrize("text", REFUSED)
def test_addresses_that_are_not_connected_to(text: str) -> None:
    assert objection(ipaddress.ip_address(text)) is not None


@pytest.mark.parametrize("text", ADMITTED)
def test_addresses_that_are(text: str) -> None:
    assert objection(ipaddress.ip_address(text)) is None


@given(st.ip_addresses(v=4))
def test_an_address_is_judged_alike_however_it_is_carried(address: ipaddress.IPv4Address) -> None:
    value = int(address)
    carried = [ipaddress.IPv6Address((0xFFFF << 32) | value), ipaddress.IPv6Address((0x64FF9B << 96) | value)]
    for one in carried:
        assert (objection(one) is None) == (objection(address) is None)


@given(st.ip_addresses())
def test_what_is_admitted_is_of_the_public_internet(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if objection(address) is None:
        assert address.is_global
        assert not address.is_multicast


def test_allowed_hosts_may_be_private_but_not_anything() -> None:
    assert addresses("a", 80, allowed=True, resolve=lambda *_: ["10.0.0.1", "127.0.0.1"]) == ["10.0.0.1", "127.0.0.1"]
    for text in ("0.0.0.0", "224.0.0.1", "ff02::1", "::"):
        with pytest.raises(ForbiddenAddressError):
            addresses("a", 80, allowed=True, resolve=lambda *_, text=text: [text])


def test_an_address_with_a_zone_is_judged_without_it() -> None:
    with pytest.raises(ForbiddenAddressError, match="link-local"):
        addresses("a", 80, allowed=False, resolve=lambda *_: ["fe80::1%eth0"])


def test_no_address_is_an_error() -> None:
    with pytest.raises(OSError, match="no address"):
        addresses("a", 80, allowed=False, resolve=lambda *_: [])


@pytest.mark.parametrize(
    "url",
    [
        *("http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://0x7f.0.0.1/"),
        *("http://127.0.0.01/", "http://1.2.3.4.5/", "http://[::1%25eth0]/", "http://[::1/"),
        *("http://a_b c/", "http://-a.example/", "http://a..b/", "http://" + "a" * 64 + ".example/", "http://a:0/"),
        *("http://a:99999/", "http://a:b/", "http://user@a/", "http://u:p@a/", "ftp://a/", "http:///x", "//a/b", "a"),
        *("http://exa\u2024mple\u3002/", "http://" + "x" * 5000),
    ],
)
def test_addresses_of_the_web_that_are_refused(url: str) -> None:
    with pytest.raises(UrlError):
        checked_url(url)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("HTTP://Example.ORG:80/A?b#c", "http://example.org/A?b"),
        ("https://example.org:8443", "https://example.org:8443/"),
        ("https://münchen.example/straße?q=ü x", "https://xn--mnchen-3ya.example/stra%C3%9Fe?q=%C3%BC%20x"),
        ("http://[2606:4700::1111]:81/a", "http://[2606:4700::1111]:81/a"),
        ("http://example.org./a%20b", "http://example.org/a%20b"),
        (" http://1.2.3.4/\n", "http://1.2.3.4/"),
    ],
)
def test_addresses_of_the_web_in_one_form(url: str, text: str) -> None:
    assert checked_url(url).text == text


def test_lines_in_an_address_do_not_reach_the_request() -> None:
    found = checked_url("http://a.example/x\r\nHost: b\r\n\r\n?c d")
    assert "\r" not in found.target
    assert "\n" not in found.target
    assert " " not in found.target


@given(st.text())
def test_a_host_is_refused_or_in_ascii(name: str) -> None:
    with suppress(UrlError):
        assert host_of(name).isascii()
