"""Archives of reports: each file in a zip, tar or gzip file is read by the reader that fits it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath
from typing import Final

from dateline.ingest.parts import MOST, Parts
from dateline.ingest.report import refused
from dateline.ingest.tars import BLOCK, MEMBER_BYTES, gunzipped, is_tar, tar_members
from dateline.ingest.zips import MEBIBYTE, RefusedZipError, opened_zip, shown
from dateline.model import Document, Hints, Issue, Notice

TOTAL: Final = 2048 * MEBIBYTE
NOISE: Final = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
"""What systems put into archives beside the files; like hidden files it is passed over."""


def read_zip(data: bytes, hints: Hints, parts: Parts) -> Iterator[Document | Issue | Notice]:
    """The reports of every file in a zip archive, in order of their names, as a folder would be read.

    Nothing is unpacked to disk. Hidden files are passed over. Told as issues: a name that leads outside, a link, a
    device (`unsafe_path`), an `encrypted` file, one that becomes more than 100 times as large (`bomb`), one that is
    `too_large`, a damaged file (`bad_file`), an archive more than two deep (`nested`).
    """
    try:
        with opened_zip(data) as file:
            for bad in file.refused:
                yield _told(bad.name, bad.code, bad.reason, hints)
            for member in sorted(file.members, key=lambda member: member.name):
                if _hidden(member.name):
                    continue
                try:
                    content = file.read(member.name)
                except RefusedZipError as error:
                    yield _told(member.name, error.code, str(error), hints)
                    continue
                yield from parts.read(member.name, content, hints)
            if not file.members and not file.refused:
                yield refused("empty", "an archive without files", hints)
    except RefusedZipError as error:
        yield refused(error.code, str(error), hints)


def read_tar(data: bytes, hints: Hints, parts: Parts) -> Iterator[Document | Issue | Notice]:
    """The reports of every file in a tar archive, packed by gzip or not, or of the one file in a gzip file.

    In the order of the archive, as `read_zip` otherwise. Other packings than gzip are not read.
    """
    try:
        chunks = gunzipped(data, limit=TOTAL) if data.startswith(b"\x1f\x8b") else iter((data,))
        start = b""
        while len(start) < BLOCK and (chunk := next(chunks, None)) is not None:
            start += chunk
        if is_tar(start):
            yield from _tar(chain((start,), chunks), hints, parts)
            return
        if not data.startswith(b"\x1f\x8b"):
            yield refused("bad_file", "not a tar archive, or a damaged one", hints)
            return
        whole = bytearray(start)
        for chunk in chunks:
            whole += chunk
            if len(whole) > MEMBER_BYTES:
                yield refused("too_large", f"more than {MEMBER_BYTES} bytes unpacked", hints)
                return
        name = PurePosixPath(hints.path or "").name
        inner = name[:-3] if name.lower().endswith(".gz") and len(name) > 3 else "unpacked"
        yield from parts.read(inner, bytes(whole), hints)
    except RefusedZipError as error:
        yield refused(error.code, str(error), hints)


def _tar(chunks: Iterator[bytes], hints: Hints, parts: Parts) -> Iterator[Document | Issue | Notice]:
    empty = True
    for member in tar_members(chunks, most=MOST):
        empty = False
        if member.code is not None:
            yield _told(member.name, member.code, member.reason, hints)
        elif not _hidden(member.name):
            yield from parts.read(member.name, member.data, hints)
    if empty:
        yield refused("empty", "an archive without files", hints)


def _hidden(name: str) -> bool:
    return any(part.startswith(".") and part != "." or part in NOISE for part in name.split("/"))


def _told(name: str, code: str, reason: str, hints: Hints) -> Issue:
    return refused(code, reason, replace(hints, path=f"{hints.path or 'archive'}/{shown(name)}"))
