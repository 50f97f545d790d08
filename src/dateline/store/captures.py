"""Raw captures of what was read: their bytes in a folder beside the ledger, what is known of them in the ledger.

The folder is `LEDGER.captures` (of a ledger on a server see `addresses`): a file for each content, `ab/cdef….gz` by its
SHA-256, gzip so that any tool opens it.
A file is written beside, synced and renamed before the ledger's transaction that names it begins: after a crash there
may be bytes that no document has, never a document without its bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from dateline.durable import put
from dateline.model import Capture, CaptureHead, KeptCapture, content_id
from dateline.store.addresses import address_of
from dateline.store.errors import LedgerError, UnknownIdError
from dateline.store.opening import Store
from dateline.store.records import coded, decoded, storable
from dateline.store.schema import captures, document_captures

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of the largest capture that is kept."""

_LEVEL: Final = 6
_MANY: Final = 400


class TooLargeError(ValueError):
    """A capture beyond `LARGEST`; the message tells both sizes."""


class Captures:
    """The captures of a ledger. A ledger in memory keeps none: `folder` is None there."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.folder = None if store.beside is None else Path(f"{store.beside}.captures")

    def keep(self, capture: Capture, *, at: str | None = None) -> KeptCapture | None:
        """Keep the bytes, once however often they come, durable when this returns; None for a ledger in memory.

        `at` is the moment (ISO 8601, UTC). TooLargeError beyond `LARGEST`, LedgerError where the folder cannot be
        written. What is known of the capture is written with the document, by `Writer.add` or `Writer.link`.
        """
        if self.folder is None:
            return None
        kept = kept_of(capture, at)
        self._put(kept.sha256, lambda: pack(capture.content))
        return kept

    def take(self, kept: KeptCapture, packed: bytes) -> None:
        """Keep the bytes of a capture that come packed by `pack`; ValueError where they are something else.

        For what workers packed: like `keep`, it writes only what is not there.
        """
        if self.folder is None or _path(self.folder, kept.sha256).exists():
            return
        try:
            content = gzip.decompress(packed)
        except (OSError, EOFError, zlib.error) as error:
            raise ValueError(f"damaged bytes of the capture {kept.sha256}") from error
        if hashlib.sha256(content).hexdigest() != kept.sha256:
            raise ValueError(f"the bytes of the capture {kept.sha256} have another hash")
        self._put(kept.sha256, lambda: packed)

    def keep_bytes(self, content: bytes) -> str:
        """Keep bytes under their SHA-256, durable when this returns; what keeping them raises is that of `keep`."""
        if self.folder is None:
            raise LedgerError(f"the ledger {self._store.name} keeps no captures")
        if len(content) > LARGEST:
            raise TooLargeError(f"{len(content)} bytes, captures of at most {LARGEST} bytes are kept")
        sha256 = hashlib.sha256(content).hexdigest()
        self._put(sha256, lambda: pack(content))
        return sha256

    def _put(self, sha256: str, packed: Callable[[], bytes]) -> None:
        """Write the packed bytes of a hash where they are not there yet."""
        if self.folder is None:
            raise LedgerError(f"the ledger {self._store.name} keeps no captures")
        path = _path(self.folder, sha256)
        try:
            if not path.exists():
                put(path, packed())
        except OSError as error:
            raise LedgerError(f"cannot keep the capture {path}: {error.strerror or error}") from error

    def content(self, sha256: str) -> bytes:
        """The bytes kept under a hash, checked; LedgerError where they are missing, damaged or something else."""
        path = None if self.folder is None else _path(self.folder, sha256)
        if path is None:
            raise LedgerError(f"the ledger {self._store.name} keeps no captures")
        try:
            with gzip.open(path) as stream:
                found = stream.read(LARGEST + 1)
        except FileNotFoundError as error:
            raise LedgerError(f"the capture {path} is not there: copy {path.parent.parent} with its ledger") from error
        except (OSError, EOFError, zlib.error) as error:
            raise LedgerError(f"cannot read the capture {path}: {error}; restore it from a copy") from error
        if hashlib.sha256(found).hexdigest() != sha256:
            raise LedgerError(f"the capture {path} is damaged: its bytes have another hash; restore it from a copy")
        return found

    def of(self, documents: Iterable[str]) -> dict[str, tuple[KeptCapture, ...]]:
        """The captures of documents by their ids, in the order they came; a document without any is left out."""
        wanted = list(documents)
        found: dict[str, list[KeptCapture]] = {}
        with self._store.reading() as connection:
            for start in range(0, len(wanted), _MANY):
                query = (
                    select(document_captures.c.document, captures)
                    .join(captures, captures.c.id == document_captures.c.capture)
                    .where(document_captures.c.document.in_(wanted[start : start + _MANY]))
                    .order_by(captures.c.number)
                )
                for row in connection.execute(query):
                    found.setdefault(row.document, []).append(_kept(row))
        return {document: tuple(kept) for document, kept in found.items()}

    def documents_of(self, capture: str) -> tuple[str, ...]:
        """The ids of the documents that were read from a capture, by its full id."""
        query = select(document_captures.c.document).where(document_captures.c.capture == capture)
        with self._store.reading() as connection:
            return tuple(connection.execute(query.order_by(document_captures.c.document)).scalars())

    def like(self, beginning: str) -> tuple[KeptCapture, ...]:
        """The captures whose id, or hash, begins so: at most ten."""
        low, high = beginning, beginning + "\U0010ffff"
        named = captures.c.id.between(low, high) | captures.c.sha256.between(low, high)
        with self._store.reading() as connection:
            rows = connection.execute(select(captures).where(named).order_by(captures.c.number).limit(10))
            return tuple(_kept(row) for row in rows)

    def one(self, beginning: str) -> KeptCapture:
        """The capture of an id, a hash or the beginning of one; UnknownIdError when none has it, or several bytes."""
        found = self.like(beginning) if beginning else ()
        exact = [kept for kept in found if beginning in (kept.id, kept.sha256)] or found
        if not exact:
            raise UnknownIdError(f"{beginning!r} is no capture of {self._store.name}")
        if len({kept.sha256 for kept in exact}) > 1:
            named = ", ".join(kept.id for kept in exact)
            raise UnknownIdError(f"{beginning!r} is the beginning of {named} in {self._store.name}")
        return exact[0]


def kept_of(capture: Capture, at: str | None = None) -> KeptCapture:
    """A capture as it is known once its bytes are kept; TooLargeError beyond `LARGEST`."""
    size = len(capture.content)
    if size > LARGEST:
        raise TooLargeError(f"{size} bytes, captures of at most {LARGEST} bytes are kept")
    sha256 = hashlib.sha256(capture.content).hexdigest()
    head = capture.head
    identifier = content_id("capture", sha256, head.url, head.final_url, head.at, head.record)
    return KeptCapture(identifier, sha256, size, at, head)


def pack(content: bytes) -> bytes:
    """Bytes as they lie in the folder of captures: the same for the same."""
    return gzip.compress(content, _LEVEL, mtime=0)


def folder_of(ledger: str | Path) -> Path | None:
    """The folder of captures beside the ledger of a path or URL, None for one in memory."""
    beside = address_of(ledger).beside
    return None if beside is None else Path(f"{beside}.captures")


def is_linked(connection: Connection, document: str, kept: KeptCapture) -> bool:
    """Whether it is noted that a document was read from a capture."""
    pair = (document_captures.c.document == document) & (document_captures.c.capture == kept.id)
    return connection.execute(select(document_captures.c.capture).where(pair)).first() is not None


def link(connection: Connection, document: str, kept: KeptCapture) -> bool:
    """Note that a document was read from a capture, within the transaction of it; whether that was new."""
    known = select(captures.c.id).where(captures.c.id == kept.id)
    if connection.execute(known).first() is None:
        connection.execute(captures.insert().values(**_row(kept)))
    if is_linked(connection, document, kept):
        return False
    connection.execute(document_captures.insert().values(document=document, capture=kept.id))
    return True


def _row(kept: KeptCapture) -> dict[str, object]:
    record = storable(coded(storable_head(kept.head)))
    return {"id": kept.id, "sha256": kept.sha256, "size": kept.size, "kept_at": kept.kept_at, "record": record}


def storable_head(head: CaptureHead) -> CaptureHead:
    """The head with text that UTF-8 can hold: paths and headers come with undecodable bytes."""

    def plain(value: str | None) -> str | None:
        return None if value is None else storable(value)

    return CaptureHead(
        url=plain(head.url),
        final_url=plain(head.final_url),
        at=head.at,
        media_type=plain(head.media_type),
        status=head.status,
        headers=tuple((storable(name), storable(value)) for name, value in head.headers),
        record=plain(head.record),
        digest=plain(head.digest),
        path=plain(head.path),
        tool=plain(head.tool),
    )


def _kept(row: object) -> KeptCapture:
    found = row._mapping  # type: ignore[attr-defined]
    head = decoded(CaptureHead, found["record"])
    return KeptCapture(found["id"], found["sha256"], found["size"], found["kept_at"], head)


def _path(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / f"{sha256[2:]}.gz"
