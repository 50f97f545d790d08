"""Captures as a web archive: records of a WARC file, and the lines that find them."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from dateline.model import CaptureHead, KeptCapture

WARC_FILE: Final = "data.warc.gz"
UNDONE: Final = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers of an answer that do not hold of content whose encodings are undone; kept under another name."""

_KEPT_AS: Final = "X-Archive-Orig-"
_UNKNOWN_DATE: Final = "1970-01-01T00:00:00Z"
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_WWW = re.compile(r"^www\d*\.")
_PORTS: Final = {"http": 80, "https": 443}


def date_of(kept: KeptCapture) -> str:
    """The moment of a capture (ISO 8601, UTC): when it was captured, else when the file was read.

    Fractions of a second are left out, as most programs that replay expect.
    """
    for given in (kept.head.at, kept.kept_at):
        try:
            found = datetime.fromisoformat(given) if given is not None else None
        except ValueError:
            continue
        if found is not None:
            zoned = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
            return zoned.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _UNKNOWN_DATE


def info_record(software: str, date: str, about: str) -> bytes:
    """The record that a WARC file begins with: which program wrote it, and of what."""
    fields = {"software": software, "format": "WARC File Format 1.1", "description": about}
    block = "".join(f"{name}: {_line(value)}\r\n" for name, value in fields.items()).encode()
    headers = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", _urn(f"warcinfo {software} {date} {about}")),
        ("WARC-Date", date),
        ("WARC-Filename", WARC_FILE),
        ("Content-Type", "application/warc-fields"),
    ]
    return _packed(headers, block)


def capture_record(kept: KeptCapture, content: bytes, target: str) -> bytes:
    """A capture as one packed record: a response with its headers, or a resource where no server answered."""
    head = kept.head
    response = bool(head.headers) or head.status is not None
    block = _http(head, content) + content if response else content
    headers = [
        ("WARC-Type", "response" if response else "resource"),
        ("WARC-Record-ID", _urn(f"{kept.id} {target}")),
        ("WARC-Target-URI", target),
        ("WARC-Date", date_of(kept)),
        ("WARC-Payload-Digest", digest(content)),
        ("WARC-Block-Digest", digest(block)),
        ("Content-Type", "application/http; msgtype=response" if response else head.media_type or _UNTOLD),
        ("Dateline-Capture", kept.id),
    ]
    headers += [("Dateline-Original-Record-ID", f"<{head.record}>")] if head.record is not None else []
    return _packed(headers, block)


_UNTOLD: Final = "application/octet-stream"


def digest(data: bytes) -> str:
    """The digest of bytes as a WARC record has it: SHA-256 in hexadecimal digits."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def index_line(kept: KeptCapture, content: bytes, target: str, offset: int, length: int) -> str:
    """The line of the index (CDXJ) that finds a record: its key, its moment, and where it lies."""
    head = kept.head
    response = bool(head.headers) or head.status is not None
    fields = {
        "url": target,
        "mime": head.media_type or _UNTOLD,
        "status": str(head.status or 200) if response else None,
        "digest": digest(content),
        "length": str(length),
        "offset": str(offset),
        "filename": WARC_FILE,
    }
    told = {name: value for name, value in fields.items() if value is not None}
    return f"{key_of(target)} {_digits(date_of(kept))} {json.dumps(told, ensure_ascii=True)}\n"


def packed_index(lines: Iterable[str], block: int = 300) -> tuple[bytes, bytes]:
    """The index in packed blocks of lines, and the index of the blocks (ZipNum), as replaying programs read them."""
    ordered = sorted(lines)
    packed: list[bytes] = []
    offset = 0
    second = ['!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n']
    for start in range(0, len(ordered), block):
        some = ordered[start : start + block]
        data = gzip.compress("".join(some).encode(), 9, mtime=0)
        key, moment, _ = some[0].split(" ", 2)
        told = {"offset": offset, "length": len(data), "digest": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        second.append(f"{key} {moment} {json.dumps(told | {'filename': 'index.cdx.gz'})}\n")
        packed.append(data)
        offset += len(data)
    return b"".join(packed), "".join(second).encode()


def key_of(url: str) -> str:
    """An address as indexes sort it (SURT): the host backwards, without scheme, `www` and case.

    >>> key_of("https://www.News.example:443/a/B?b=2&a=1")
    'example,news)/a/b?a=1&b=2'
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return _one_word(url)
    if parts.scheme not in _PORTS or not host:
        return _one_word(url)
    names = ",".join(reversed(_WWW.sub("", host.lower()).split(".")))
    told = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    path = re.sub(r"/{2,}", "/", _plain(parts.path)).rstrip("/") or "/"
    query = "&".join(sorted(_plain(parts.query).split("&")))
    return f"{_plain(names)}{told}){path}{f'?{query}' if query else ''}"


def target_of(kept: KeptCapture, found: str | None) -> str:
    """The address that a capture is archived under: the one that answered, else `found`, else its hash as a URN."""
    for url in (kept.head.final_url, kept.head.url):
        if url is not None and scheme_of(url) in _PORTS:
            return _one_word(url)
    if found is not None and scheme_of(found) in _PORTS and _one_word(found) == found:
        return found
    return f"urn:sha256:{kept.sha256}"


def scheme_of(url: str) -> str:
    """The scheme of an address, "" where there is none."""
    return url.partition(":")[0].lower() if ":" in url else ""


def _http(head: CaptureHead, content: bytes) -> bytes:
    """The answer's status and headers, as they hold of content without encodings."""
    lines = [f"HTTP/1.1 {head.status or 200} OK" if head.status in (None, 200) else f"HTTP/1.1 {head.status} Archived"]
    for name, value in head.headers:
        plain = re.sub(r"[^!-9;-~]", "", name)
        if plain:
            lines.append(f"{_KEPT_AS if plain.lower() in UNDONE else ''}{plain}: {_line(value)}")
    if not any(name.lower() == "content-type" for name, _ in head.headers):
        lines.append(f"Content-Type: {head.media_type or _UNTOLD}")
    lines.append(f"Content-Length: {len(content)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def _packed(headers: list[tuple[str, str]], block: bytes) -> bytes:
    lines = [f"{name}: {_line(value)}" for name, value in (*headers, ("Content-Length", str(len(block))))]
    head = ("\r\n".join(("WARC/1.1", *lines)) + "\r\n\r\n").encode("utf-8")
    return gzip.compress(head + block + b"\r\n\r\n", 6, mtime=0)


def _urn(name: str) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'dateline {name}')}>"


def _line(text: str) -> str:
    """Text on one line, without characters that end a header."""
    return _CONTROL.sub(" ", text).strip()


def _plain(part: str) -> str:
    """A part of an address in small ASCII letters."""
    return quote(part.encode("utf-8", "replace"), safe="".join(map(chr, range(33, 127)))).lower()


def _one_word(url: str) -> str:
    """An address without what ends a header or a field of an index."""
    return re.sub(r"\s", "%20", _line(url))


def _digits(date: str) -> str:
    return re.sub(r"\D", "", date)[:14]
