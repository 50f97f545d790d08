"""Web archives (WARC 1.0 and 1.1): the pages in a file, record by record, in flat memory."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any, BinaryIO, Final

from dateline.ingest.unpacking import BombError, TornError, Unpacked, dechunked, undone

LIMIT: Final = 64 * 1024 * 1024
"""Bytes of the largest record that is read, packed and unpacked."""

READABLE: Final = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "application/json": "jsonl",
    "application/x-ndjson": "jsonl", "application/jsonl": "jsonl", "application/jsonlines": "jsonl",
    "application/x-jsonlines": "jsonl",
}  # fmt: skip
"""Content types that hold reports, with the reader of each."""

OWN: Final = "Dateline-Capture"
"""The header of records that `dateline archive` writes: all of them hold what reports were read from."""

HEADERS: Final = 256 * 1024
"""Bytes of the headers of a record, or of an answer, at most."""

MARK: Final = b"WARC/"
"""What a record begins with."""

KNOWN: Final = 1_000_000
"""Records that later ones can refer back to, at most."""

_DIGESTS: Final = {"sha1": 20, "sha256": 32, "sha-256": 32, "sha512": 64, "sha-512": 64, "md5": 16}
_READ_STATUS: Final = frozenset({200, 203})


@dataclass(frozen=True, slots=True)
class Page:
    """What a record holds: an answer of a server, or a resource, its content without any encoding.

    `record` is the record's id, `date` the moment of its capture, `digest` its payload digest as recorded; `matches`
    tells whether the content has that digest, None where it was not recorded or cannot be checked. `refers_to` is the
    id of the record whose content a revisit repeats. `reader` names the reader of the content, "" for one that the
    content tells. `given` is what a list of pages tells of the report besides.
    """

    url: str
    date: str | None
    reader: str
    content: bytes
    record: str | None = None
    media_type: str | None = None
    charset: str | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    digest: str | None = None
    matches: bool | None = None
    refers_to: str | None = None
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Told:
    """What of an archive was not read, counted by reason, with one example of each."""

    skipped: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def problem(self, code: str, example: str) -> None:
        """Count something that could not be read as it should."""
        self.problems[code] += 1
        self.examples.setdefault(code, example)


@dataclass(slots=True)
class Wanted:
    """Which addresses to read: all, or those of a list of pages (`listed`) and where these lead to."""

    listed: set[str] | None = None
    found: set[str] = field(default_factory=set)
    led_to: set[str] = field(default_factory=set)

    def takes(self, url: str) -> bool:
        """Whether the address is asked for; it counts as found then."""
        if self.listed is None:
            return True
        key = without_fragment(url)
        if key in self.listed:
            self.found.add(key)
            return True
        return key in self.led_to

    def follow(self, url: str, target: str | None) -> None:
        """Ask for the address that an address that is asked for leads to."""
        from urllib.parse import urljoin

        if self.listed is None or target is None or not self.takes(url):
            return
        try:
            self.led_to.add(without_fragment(urljoin(url, target)))
        except ValueError:
            return


@dataclass(frozen=True, slots=True)
class _Record:
    """A record as it stands in the file; `offset` is where it can be read again, None where it cannot."""

    headers: Any
    block: bytes
    offset: int | None

    def get(self, name: str) -> str | None:
        value = self.headers.get_header(name)
        return value.strip() if isinstance(value, str) and value.strip() else None

    @property
    def id(self) -> str | None:
        return _bare(self.get("WARC-Record-ID"))

    @property
    def url(self) -> str | None:
        return _bare(self.get("WARC-Target-URI"))


@dataclass(slots=True)
class _Index:
    """Where the content lies that revisits refer to, by record id, address and moment, and digest."""

    places: dict[str, int] = field(default_factory=dict)

    def add(self, record: _Record) -> None:
        if record.offset is None or len(self.places) >= KNOWN:
            return
        for key in (record.id, _moment_key(record.url, record.get("WARC-Date")), record.get("WARC-Payload-Digest")):
            if key is not None:
                self.places.setdefault(key, record.offset)

    def place_of(self, revisit: _Record) -> int | None:
        keys = (
            _bare(revisit.get("WARC-Refers-To")),
            _moment_key(_bare(revisit.get("WARC-Refers-To-Target-URI")), revisit.get("WARC-Refers-To-Date")),
            revisit.get("WARC-Payload-Digest"),
        )
        return next((self.places[key] for key in keys if key is not None and key in self.places), None)


def pages(stream: BinaryIO, told: Told, wanted: Wanted | None = None, *, salvaged: bool = False) -> Iterator[Page]:
    """The pages of a WARC file, gzip or not: responses and resources in order, then what revisits repeat.

    Only answers 200 and 203 of a type in `READABLE`. What is left out, damaged, too large or cannot be resolved is
    counted in `told`. Revisits are resolved within the file, where the stream can be read again at a place. `salvaged`:
    the stream is something else that gzip records lie in.
    """
    wanted = wanted or Wanted()
    index = _Index()
    revisits: list[_Record] = []
    for record in _records(Unpacked(stream, salvaged=salvaged), told):
        kind = record.get("WARC-Type")
        if record.url is None or kind not in ("response", "resource", "revisit"):
            continue
        if kind == "revisit":
            revisits.append(replace(record, block=b""))
            continue
        index.add(record)
        page = _page(record, told, wanted)
        if page is not None:
            yield page
    for revisit in revisits:
        page = _revisited(stream, revisit, index.place_of(revisit), told, wanted)
        if page is not None:
            yield page


def without_fragment(url: str) -> str:
    """An address without what only a browser uses of it."""
    return url.partition("#")[0]


def _records(source: Unpacked, told: Told) -> Iterator[_Record]:
    """The whole records of a file; what is torn is told, and reading goes on at the next record that is found."""
    number = 0
    while True:
        try:
            source.skip_blank()
            if source.at_end():
                return
            number += 1
            record = _record(source, told)
        except BombError as error:
            told.problem("bomb", f"record {number}: {error}; the rest is not read")
            return
        except TornError as error:
            told.problem("torn", f"record {number}: {error}")
            if not source.resume(MARK):
                return
            continue
        if record is not None:
            yield record


def _record(source: Unpacked, told: Told) -> _Record | None:
    """The next record; None for one that is too large, which is told."""
    offset = source.offset()
    headers = _headers(source, ["WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17"])
    given = headers.get_header("Content-Length") or ""
    if not given.strip().isdecimal() or len(given) > 15:
        raise TornError("no length in its headers")
    length = int(given)
    if length > LIMIT:
        source.skip(length)
        told.problem("too_large", f"{headers.get_header('WARC-Target-URI') or 'a record'}: {length} bytes")
        return None
    return _Record(headers, source.take(length), offset)


class _Lines:
    """Lines of a stream, `HEADERS` bytes at most: what warcio reads headers from."""

    def __init__(self, source: Unpacked | BytesIO) -> None:
        self._source = source
        self._left = HEADERS

    def readline(self) -> bytes:
        line = self._source.readline(HEADERS)
        self._left -= len(line)
        if self._left < 0:
            raise TornError(f"headers of more than {HEADERS} bytes")
        return line


def _headers(source: Unpacked | BytesIO, first: list[str]) -> Any:
    """The headers that come next, their first line beginning with one of `first`."""
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    try:
        return StatusAndHeadersParser(first).parse(_Lines(source))
    except EOFError as error:
        raise TornError("the file ends early") from error
    except StatusAndHeadersParserException as error:
        raise TornError(f"no {first[0].partition('/')[0]} headers where they should be") from error


def _page(record: _Record, told: Told, wanted: Wanted) -> Page | None:
    """The page of a response or resource, None where there is none to read."""
    answer = _Answer.of(record)
    url = record.url or ""
    if answer.status is not None and 300 <= answer.status < 400:
        wanted.follow(url, answer.get("Location"))
    if answer.status is not None and answer.status not in _READ_STATUS:
        told.skipped[f"answers {answer.status}"] += 1
        return None
    own = "" if record.get(OWN) is not None else None
    reader = READABLE.get(answer.media_type or "", own)
    if reader is None or url.partition("?")[0].endswith("/robots.txt"):
        told.skipped[answer.media_type or "no content type"] += 1
        return None
    if not wanted.takes(url):
        told.skipped["not in the list of pages"] += 1
        return None
    try:
        content, forms = answer.content()
    except (TornError, BombError) as error:
        told.problem("bomb" if isinstance(error, BombError) else "damaged", f"{url}: {error}")
        return None
    digest = record.get("WARC-Payload-Digest")
    cut = record.get("WARC-Truncated")
    matches = None if cut is not None else _matches(digest, forms)
    if cut is not None:
        told.problem("truncated", f"{url} ({cut})")
    if matches is False or not _is_block(record):
        told.problem("bad_digest", f"{url}, record {record.id}")
    return Page(
        url=url,
        date=record.get("WARC-Date"),
        reader=reader,
        content=content,
        record=record.id,
        media_type=answer.media_type,
        charset=answer.charset,
        status=answer.status,
        headers=answer.headers,
        digest=digest,
        matches=matches,
    )


def _revisited(stream: BinaryIO, revisit: _Record, place: int | None, told: Told, wanted: Wanted) -> Page | None:
    """The page that a revisit repeats, under the revisit's own id, address and moment."""
    url = revisit.url or ""
    if not wanted.takes(url):
        return None
    if place is None or not stream.seekable():
        told.problem("revisit", f"{url}, record {revisit.id}")
        return None
    stream.seek(place)
    try:
        record = _record(Unpacked(stream), Told())
    except (TornError, BombError):
        record = None
    page = None if record is None else _page(record, Told(), Wanted())
    if record is None or page is None:
        return None
    return replace(page, url=url, date=revisit.get("WARC-Date"), record=revisit.id, refers_to=record.id)


@dataclass(frozen=True, slots=True)
class _Answer:
    """The block of a record, taken apart: an HTTP answer, or a resource without any headers of its own."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    status: int | None
    type: str | None

    @classmethod
    def of(cls, record: _Record) -> _Answer:
        if record.get("WARC-Type") == "resource" or not (record.url or "").lower().startswith(("http:", "https:")):
            return cls(record.block, (), None, record.get("Content-Type"))
        block = BytesIO(record.block)
        try:
            parsed = _headers(block, ["HTTP/"])
        except TornError:
            return cls(record.block, (), None, None)
        digits = next((part for part in parsed.statusline.split() if part.isdecimal() and len(part) == 3), None)
        headers = tuple((str(name), str(value)) for name, value in parsed.headers)
        status = int(digits) if digits is not None else 0
        return cls(record.block[block.tell() :], headers, status, parsed.get_header("Content-Type"))

    def get(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def media_type(self) -> str | None:
        return (self.type or "").partition(";")[0].strip().lower() or None

    @property
    def charset(self) -> str | None:
        for part in (self.type or "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip(" \"'") or None
        return None

    def content(self) -> tuple[bytes, tuple[bytes, ...]]:
        """The content without encodings, and the forms of it that tools take digests of."""
        whole = self.body
        if "chunked" in (self.get("Transfer-Encoding") or "").lower():
            whole = dechunked(self.body)
        content = undone(whole, self.get("Content-Encoding"), LIMIT)
        return content, (whole, self.body, content)


def _is_block(record: _Record) -> bool:
    """Whether the block has the digest that the record gives it; True where none is given."""
    return _matches(record.get("WARC-Block-Digest"), (record.block,)) is not False


def _matches(digest: str | None, forms: tuple[bytes, ...]) -> bool | None:
    """Whether one of the forms has the digest `algorithm:value` (base 16, 32 or 64); None where it cannot tell."""
    name, _, value = (digest or "").partition(":")
    size = _DIGESTS.get(name.strip().lower())
    if size is None:
        return None
    wanted = _digest_bytes(value.strip(), size)
    if wanted is None:
        return None
    algorithm = name.strip().lower().replace("-", "")
    return any(hashlib.new(algorithm, form, usedforsecurity=False).digest() == wanted for form in dict.fromkeys(forms))


def _digest_bytes(value: str, size: int) -> bytes | None:
    try:
        if len(value) == 2 * size:
            return bytes.fromhex(value)
        if len(value) == (size + 2) // 3 * 4:
            return base64.b64decode(value.replace("-", "+").replace("_", "/"))
        found = base64.b32decode(value.upper() + "=" * (-len(value) % 8))
    except (ValueError, binascii.Error):
        return None
    return found if len(found) == size else None


def _bare(value: str | None) -> str | None:
    """An id or address without the angle brackets that WARC 1.0 puts around them."""
    return value[1:-1] if value is not None and value.startswith("<") and value.endswith(">") else value


def _moment_key(url: str | None, date: str | None) -> str | None:
    return None if url is None or date is None else f"{date[:19]} {url}"
