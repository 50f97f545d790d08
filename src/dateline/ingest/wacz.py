"""Web archive collections (WACZ 1.1.1): a zip of WARC files, a list of pages, and hashes of all of it."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import IO, Any, BinaryIO, Final, cast

from dateline.ingest.unpacking import RATIO, SLACK, Unpacked
from dateline.ingest.warc import Page, Told, Wanted, without_fragment
from dateline.ingest.warc import pages as warc_pages

GIVEN: Final = ("published", "outlet", "title", "language")
"""What our own archives tell of a report besides its page."""

MOST_FILES: Final = 10_000
MOST_PAGES: Final = 1_000_000
LONGEST_PAGE: Final = 4 * 1024 * 1024
"""Bytes of a line of the list of pages, which can hold a page's text."""

LARGEST_PACKAGE: Final = 16 * 1024 * 1024
_PACKAGE: Final = "datapackage.json"
_DIGEST: Final = "datapackage-digest.json"
_LISTS: Final = ("pages/pages.jsonl", "pages/extraPages.jsonl")
_BLOCK: Final = 256 * 1024
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


def is_wacz(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a WACZ: a zip whose first file is one of the parts of one."""
    name = head[30 : 30 + int.from_bytes(head[26:28], "little")] if head.startswith(b"PK\x03\x04") else b""
    return name.startswith((b"archive/", b"indexes/", b"pages/", b"datapackage", b"fuzzy/", b"logs/"))


def pages(stream: BinaryIO, told: Told) -> Iterator[Page]:
    """The pages of a WACZ: those of its lists of pages where it has any, else of all its WARC files, in order.

    Hashes and sizes in `datapackage.json`, and its own in `datapackage-digest.json`, are checked: what differs is
    told and read all the same. Pages that a listed one leads to by a redirect are read too. Of a zip archive that was
    cut short, the records that are whole are read, listed or not.
    """
    try:
        package = zipfile.ZipFile(stream)
    except _BROKEN as error:
        told.problem("torn", f"not a whole zip archive ({error})")
        stream.seek(0)
        yield from warc_pages(stream, told, salvaged=True)
        return
    with package:
        files = {info.filename: info for info in package.infolist()}
        if len(files) > MOST_FILES:
            told.problem("bomb", f"{len(files):,} files, at most {MOST_FILES:,} are read")
            return
        archives = sorted(name for name in files if name.startswith("archive/") and not name.endswith("/"))
        if not archives:
            told.problem("bad_archive", "no folder archive/ in it")
            return
        _check(package, files, told)
        listed = _listed(package, files, told)
        wanted = Wanted(set(listed.urls) or None)
        for name in archives:
            if _is_bomb(files[name]):
                told.problem("bomb", name)
                continue
            try:
                with package.open(name) as member:
                    for page in warc_pages(cast(BinaryIO, member), told, wanted):
                        given = listed.given.get((without_fragment(page.url), page.date or ""))
                        yield page if given is None else replace(page, given=given)
            except _BROKEN as error:
                told.problem("torn", f"{name}: {error}")
        _tell_missing(wanted, told)


def _tell_missing(wanted: Wanted, told: Told) -> None:
    for url in sorted((wanted.listed or set()) - wanted.found):
        told.problem("missing", url)


def _check(package: zipfile.ZipFile, files: Mapping[str, zipfile.ZipInfo], told: Told) -> None:
    """Tell of files that have another hash or size than the package says, and of those that are not there."""
    described = _small(package, files, _PACKAGE, told)
    if described is None:
        told.problem("missing", f"{_PACKAGE}: no hash can be checked")
        return
    digest = _json(_small(package, files, _DIGEST, told))
    wanted = digest.get("hash") if isinstance(digest, Mapping) else None
    if isinstance(wanted, str) and _differs(wanted, BytesIO(described)):
        told.problem("bad_hash", _PACKAGE)
    found = _json(described)
    resources = found.get("resources") if isinstance(found, Mapping) else None
    if not isinstance(resources, list):
        told.problem("damaged", f"{_PACKAGE} has no list of resources")
        return
    for one in resources[:MOST_FILES]:
        _check_one(package, files, one, told)


def _check_one(package: zipfile.ZipFile, files: Mapping[str, zipfile.ZipInfo], one: Any, told: Told) -> None:
    path = one.get("path") if isinstance(one, Mapping) else None
    if not isinstance(path, str):
        told.problem("damaged", f"a resource without a path in {_PACKAGE}")
        return
    info = files.get(path)
    if info is None:
        told.problem("missing", path)
        return
    if _is_bomb(info):
        return
    try:
        with package.open(info) as member:
            wrong = isinstance(one.get("hash"), str) and _differs(one["hash"], member)
    except _BROKEN as error:
        told.problem("damaged", f"{path}: {error}")
        return
    if wrong or one.get("bytes") not in (None, info.file_size):
        told.problem("bad_hash", path)


def _differs(wanted: str, stream: IO[bytes]) -> bool:
    """Whether the bytes have another hash than `algorithm:hex`; False for an algorithm that cannot be checked."""
    name, _, value = wanted.partition(":")
    if name.lower() not in ("sha256", "md5"):
        return False
    made = hashlib.new(name.lower(), usedforsecurity=False)
    while block := stream.read(_BLOCK):
        made.update(block)
    return made.hexdigest() != value.strip().lower()


@dataclass(slots=True)
class _Listed:
    """The addresses in lists of pages, and what our own archives tell of a report besides, by address and moment."""

    urls: set[str] = field(default_factory=set)
    given: dict[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)

    def take(self, page: Any) -> None:
        """Take the page of a line; other lines are left."""
        url = page.get("url") if isinstance(page, Mapping) else None
        if not isinstance(url, str) or not url:
            return
        self.urls.add(without_fragment(url))
        told, moment = page.get("dateline"), page.get("ts")
        if isinstance(told, Mapping) and isinstance(moment, str):
            given = {name: value for name in GIVEN if isinstance(value := told.get(name), str) and value.strip()}
            self.given[without_fragment(url), moment] = given


def _listed(package: zipfile.ZipFile, files: Mapping[str, zipfile.ZipInfo], told: Told) -> _Listed:
    listed = _Listed()
    for name in _LISTS:
        info = files.get(name)
        if info is None or _is_bomb(info):
            continue
        try:
            with package.open(info) as member:
                lines = Unpacked(cast(BinaryIO, member))
                while len(listed.urls) < MOST_PAGES and (line := lines.readline(LONGEST_PAGE)):
                    listed.take(_json(line))
        except _BROKEN as error:
            told.problem("damaged", f"{name}: {error}")
    return listed


def _small(package: zipfile.ZipFile, files: Mapping[str, zipfile.ZipInfo], name: str, told: Told) -> bytes | None:
    """A small file of the package, None where it is not there or cannot be read."""
    info = files.get(name)
    if info is None:
        return None
    if info.file_size > LARGEST_PACKAGE or _is_bomb(info):
        told.problem("too_large", name)
        return None
    try:
        return package.read(info)
    except _BROKEN as error:
        told.problem("damaged", f"{name}: {error}")
        return None


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > RATIO * info.compress_size + SLACK


def _json(data: bytes | None) -> Any:
    try:
        return None if data is None else json.loads(data)
    except (ValueError, RecursionError):
        return None
