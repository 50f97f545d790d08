"""Batches of bad files given to the readers in a process of its own, and what must hold of what comes out."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path
from typing import Any

from dateline.ingest import READERS, documents, format_of
from dateline.model import Document, Hints, Issue

SECONDS = 5.0
"""Of processor time without any result: a file of many reports may take longer in all."""
META = ("title", "outlet", "byline", "published", "url", "language")

Case = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file with which something went wrong, and what."""

    name: str
    data: bytes
    what: str


def look_at(name: str, data: bytes) -> str | None:
    """Read a file by its name, and where its name does not decide also by its content: what is wrong, or None."""
    wrong = _first_wrong(documents(data, Hints(path=name)), name)
    by_name = name.rsplit(".", 1)[-1]
    if wrong is None and format_of(None, data) != format_of(f"a.{by_name}", data):
        wrong = _first_wrong(documents(data, Hints()), None)
    return wrong


def look_with(reader: str) -> Callable[[str, bytes], str | None]:
    """The same by one reader, whatever the bytes are."""

    def look(name: str, data: bytes) -> str | None:
        return _first_wrong(READERS[reader](data, Hints(path=name)), name)

    return look


def look_at_claims(name: str, data: bytes) -> str | None:
    """Read a file of claims by whatever format it is of: what is wrong, or None."""
    from dateline.ingest.claims import Imported, imported

    try:
        for report in imported(data, name):
            if not isinstance(report, Imported):
                return f"no report of claims: {type(report).__name__}"
            wrong = None if report.document is None else wrong_with(report.document, None)
            if wrong is not None:
                return wrong
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what this looks for
        return f"{type(error).__name__}: {str(error)[:200]}"
    return None


def _first_wrong(results: Iterable[object], path: str | None) -> str | None:
    last_result = time.process_time()
    try:
        for count, item in enumerate(chain(results, [None])):
            spent, last_result = time.process_time() - last_result, time.process_time()
            wrong = None if item is None else wrong_with(item, path)
            if wrong is not None or spent > SECONDS or count > 2_000_000:
                return wrong or f"{spent:.1f} seconds of processor time, {count} results"
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what this looks for
        import traceback

        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {str(error)[:200]} ({last.filename}:{last.lineno})"
    return None


def wrong_with(item: object, path: str | None) -> str | None:
    """What is wrong with a result of a reader, or None."""
    if isinstance(item, Issue):
        if not item.code or not item.message or len(item.message) > 5_000:
            return f"an issue without words, or with too many: {item.code} {item.message[:100]!r}"
        return (
            None
            if path is None or (item.path or "").startswith(path)
            else f"an issue of {item.path!r}, not of {path!r}"
        )
    if not isinstance(item, Document):
        return None if type(item).__name__ == "Notice" else f"neither document nor issue: {type(item).__name__}"
    if not item.text or "\x00" in item.text or "\r" in item.text or len(item.sha256) != 64:
        return "a document without text, or with text that was not cleaned"
    try:
        "".join(str(getattr(item, field.name)) for field in fields(item)).encode()
    except UnicodeEncodeError:
        return "a lone surrogate"
    reached = 0
    for part in item.furniture:
        if not reached <= part.start < part.end <= len(item.text):
            return f"furniture out of order: {part}"
        reached = part.end
    unsaid = [name for name in META if getattr(item, name) is not None and name not in item.provenance]
    return f"no provenance of {unsaid}" if unsaid else None


def failures(
    cases: Iterable[Case], look: Callable[[str, bytes], str | None], folder: Path, *, wait: float
) -> list[Failure]:
    """What went wrong with some files, each batch read by a child process that works in an empty `folder`.

    The child may take `wait` seconds on the clock for each: what it was at when they were over is a failure.
    So is a file that it leaves anywhere in the folder, which is also its home and its place for temporary files.
    """
    given = list(cases)
    found: list[Failure] = []
    context: Any = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
    while given:
        receiver, sender = context.Pipe(duplex=False)
        child = context.Process(target=_child, args=(given, look, folder, sender))
        child.start()
        sender.close()
        done, told = _watched(receiver, wait)
        if child.is_alive() and done < len(given):
            child.kill()
        child.join()
        found += [Failure(*given[number], what) for number, what in told]
        if done < len(given):
            found.append(Failure(*given[done], f"the process ended or hung (exit code {child.exitcode})"))
        given = given[done + 1 :]
    left = [str(path) for path in folder.rglob("*")]
    return [*found, *([Failure("", b"", f"files were left: {left[:5]}")] if left else [])]


def _watched(receiver: Any, wait: float) -> tuple[int, list[tuple[int, str]]]:
    """How many files the child got done with, and what it told of them."""
    done, told = 0, []
    while receiver.poll(wait):
        try:
            number, what = receiver.recv()
        except EOFError:
            break
        done = number + 1
        if what is not None:
            told.append((number, what))
    return done, told


def _child(given: list[Case], look: Callable[[str, bytes], str | None], folder: Path, sender: Any) -> None:
    os.chdir(folder)
    for name in ("HOME", "TMPDIR", "TMP", "TEMP", "XDG_CACHE_HOME"):
        os.environ[name] = str(folder)
    for number, (name, data) in enumerate(given):
        sender.send((number, look(name, data)))
    sender.close()
    os._exit(0)
