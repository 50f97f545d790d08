"""What a feeds file asks for: feeds, folders, limits and alerts, read from TOML and checked."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from dateline.store import Filters
from dateline.watch.checking import FeedsFileError, Lines, Problems, Table
from dateline.watch.saved import About, filters
from dateline.watch.urls import UrlError, checked_url, host_of

DAY: Final = 86400.0
LONGEST_FILE: Final = 4_000_000


class Take(StrEnum):
    """What is read of a feed: the pages that its entries link to, or the text that it carries itself."""

    PAGES = "pages"
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of every request. Times are seconds, sizes bytes.

    `delay` is between two requests to one host; `ratio` how much larger than sent a body may unpack; `attempts` how
    often a page is asked for before it is given up.
    """

    delay: float = 2.0
    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    size: int = 20_000_000
    ratio: int = 100
    redirects: int = 5
    attempts: int = 5


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to poll. `every` is seconds; `most` how many of its entries are taken at a poll, newest first."""

    name: str
    url: str
    every: float
    outlet: str | None
    language: str | None
    take: Take
    most: int


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder to look through. `pattern` is a glob below it; `settled` seconds a file must have been left alone."""

    name: str
    path: Path
    every: float
    pattern: str
    outlet: str | None
    language: str | None
    settled: float


@dataclass(frozen=True, slots=True)
class ToFile:
    """Matches appended to a file, one JSON object a line."""

    path: Path


@dataclass(frozen=True, slots=True)
class ToWebhook:
    """Matches sent to an address as JSON; `token` is sent as a bearer token."""

    url: str
    token: str | None = None


@dataclass(frozen=True, slots=True)
class ToAtom:
    """Matches as an Atom feed in a file, the `most` newest of them."""

    path: Path
    title: str
    most: int = 100


@dataclass(frozen=True, slots=True)
class ToCommand:
    """Matches as one e-mail on the standard input of a program, which gets `timeout` seconds; never through a shell."""

    argv: tuple[str, ...]
    sender: str
    recipients: tuple[str, ...]
    timeout: float = 60.0


Channel = ToFile | ToWebhook | ToAtom | ToCommand


@dataclass(frozen=True, slots=True)
class Alert:
    """A saved search and where its new matches go.

    `existing`: what the ledger holds already is told too. `changes`: a presence is told again when its standing or
    strength changes.
    """

    name: str
    about: About
    wanted: Filters
    channels: tuple[Channel, ...]
    existing: bool = False
    changes: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """All of a feeds file. `contact` is told to every server; `allowed` are hosts that may have private addresses."""

    contact: str
    desk: str | None
    allowed: frozenset[str]
    limits: Limits
    feeds: tuple[Feed, ...]
    folders: tuple[Folder, ...]
    alerts: tuple[Alert, ...]


def load(path: Path) -> Settings:
    """The settings of a file; paths in it are from its folder. FeedsFileError tells all that is wrong, by line."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LONGEST_FILE + 1)
    except OSError as error:
        raise FeedsFileError(f"cannot read it: {error.strerror or error}") from error
    if len(data) > LONGEST_FILE:
        raise FeedsFileError(f"more than {LONGEST_FILE} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FeedsFileError(f"no UTF-8 at byte {error.start}") from error
    return settings(text, path.parent)


def settings(text: str, folder: Path) -> Settings:
    """The settings of a file's text; `folder` is where relative paths begin."""
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FeedsFileError(f"not TOML: {error}") from error
    problems = Problems(Lines(text))
    top = Table(values, "", 0, problems)
    contact = top.text("contact")
    if contact is None and not top.has("contact"):
        top.wrong(
            "contact", 'is missing: an e-mail or web address that servers can reach you by, as "desk@example.org"'
        )
    defaults = _defaults(top.table("defaults"))
    found = Settings(
        contact=contact or "",
        desk=_web(top, "desk"),
        allowed=frozenset(_host(top, name) for name in top.texts("allow")),
        limits=_limits(top.table("limits")),
        feeds=tuple(_feed(table, defaults) for table in top.tables("feed")),
        folders=tuple(_folder(table, defaults, folder) for table in top.tables("folder")),
        alerts=tuple(_alert(table, folder) for table in top.tables("alert")),
    )
    top.end()
    _names(top, "feed", [feed.url for feed in found.feeds])
    _names(top, "folder", [str(item.path) for item in found.folders])
    _names(top, "alert", [alert.name for alert in found.alerts])
    if not found.feeds and not found.folders:
        top.wrong(None, "there is nothing to watch: add a [[feed]] or a [[folder]]")
    problems.end()
    return found


@dataclass(frozen=True, slots=True)
class _Defaults:
    every: float = 900.0
    outlet: str | None = None
    language: str | None = None
    take: Take = Take.PAGES
    most: int = 50


def _defaults(table: Table) -> _Defaults:
    found = _common(table, _Defaults())
    table.end()
    return found


def _common(table: Table, known: _Defaults) -> _Defaults:
    """What feeds and the defaults for them have."""
    return replace(
        known,
        every=table.duration("every", known.every, 60.0, 7 * DAY),
        outlet=table.text("outlet") or known.outlet,
        language=_language(table) or known.language,
        take=table.word("take", Take) or known.take,
        most=table.number("max_entries", known.most, 1, 1000),
    )


def _limits(table: Table) -> Limits:
    known = Limits()
    found = Limits(
        delay=table.duration("delay", known.delay, 0.1, 3600),
        connect=table.duration("connect", known.connect, 0.1, 120),
        read=table.duration("read", known.read, 0.1, 300),
        total=table.duration("total", known.total, 1, 3600),
        size=table.size("size", known.size, 64 * 10**6),
        ratio=table.number("ratio", known.ratio, 2, 1000),
        redirects=table.number("redirects", known.redirects, 0, 10),
        attempts=table.number("attempts", known.attempts, 1, 20),
    )
    table.end()
    return found


def _feed(table: Table, defaults: _Defaults) -> Feed:
    url = _web(table, "url")
    if url is None and not table.has("url"):
        table.wrong("url", "is missing: the http or https address of the feed")
    name = table.text("name") or url or ""
    own = _common(table, defaults)
    table.end()
    return Feed(name, url or "", own.every, own.outlet, own.language, own.take, own.most)


def _folder(table: Table, defaults: _Defaults, base: Path) -> Folder:
    path = table.text("path")
    if path is None and not table.has("path"):
        table.wrong("path", "is missing: the folder to look through")
    pattern = table.text("pattern") or "**/*"
    if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
        table.wrong("pattern", f"{pattern!r} must be a glob below the folder, as '*.html' or '**/*.xml'")
    found = Folder(
        name=table.text("name") or path or "",
        path=_path(base, path or "."),
        every=table.duration("every", defaults.every, 1.0, 7 * DAY),
        pattern=pattern,
        outlet=table.text("outlet") or defaults.outlet,
        language=_language(table) or defaults.language,
        settled=table.duration("settled", 5.0, 0, 3600),
    )
    table.end()
    return found


def _alert(table: Table, base: Path) -> Alert:
    name = table.text("name")
    if name is None and not table.has("name"):
        table.wrong("name", "is missing: what the alert is called in its messages")
    about = table.word("about", About) or About.CLAIMS
    wanted = Filters()
    for inner in table.inner("where")[:1]:
        wanted = filters(inner, about)
    channels = tuple(one for inner in table.inner("to") if (one := _channel(inner, name or "", base)) is not None)
    if not channels and not table.has("to"):
        table.wrong("to", "is missing: a list of {file = …}, {webhook = …}, {atom = …} or {command = […]}")
    changes = table.flag("changes", False)
    if changes and about is not About.PRESENCES:
        table.wrong("changes", 'is only for about = "presences"')
    found = Alert(name or "", about, wanted, channels, table.flag("existing", False), changes)
    table.end()
    return found


def _channel(table: Table, name: str, base: Path) -> Channel | None:
    kinds = [kind for kind in ("file", "webhook", "atom", "command") if table.has(kind)]
    if len(kinds) != 1:
        table.wrong("to", "each channel is one of {file = …}, {webhook = …}, {atom = …} or {command = […]}")
        return None
    found: Channel | None = None
    if kinds == ["webhook"]:
        url = _web(table, "webhook")
        found = None if url is None else ToWebhook(url, _token(table))
    elif kinds == ["command"]:
        found = _command(table)
    elif (path := table.text(kinds[0])) is not None:
        target = _path(base, path)
        if not target.parent.is_dir():
            table.wrong(kinds[0], f"there is no folder {target.parent}")
        if kinds == ["file"]:
            found = ToFile(target)
        else:
            found = ToAtom(target, table.text("title") or name, table.number("most", 100, 1, 1000))
    table.end()
    return found


def _command(table: Table) -> ToCommand | None:
    argv, sender = table.texts("command"), table.text("from")
    recipients = table.texts("recipients")
    if not argv:
        table.wrong("command", 'must be the program and its arguments as a list, as ["sendmail", "-t"]')
    for key, values in (("from", [sender] if sender else []), ("recipients", list(recipients))):
        if not values or not all(_is_mail(value) for value in values):
            table.wrong(key, "must be e-mail addresses, as desk@example.org")
            return None
    return ToCommand(argv, sender or "", recipients, table.duration("timeout", 60.0, 1, 600))


def _is_mail(value: str) -> bool:
    local, at, host = value.rpartition("@")
    good = bool(local and at and host) and value.isascii() and value.isprintable()
    return good and not any(char in value for char in ' ,;:<>()[]\\"\r\n')


def _token(table: Table) -> str | None:
    """The bearer token, which stands in the environment and never in the file."""
    name = table.text("token_env")
    if name is None:
        return None
    token = os.environ.get(name)
    if token is None or not token.isprintable():
        table.wrong("token_env", f"the environment has no {name}, or not one line of text in it")
    return token


def _web(table: Table, key: str) -> str | None:
    value = table.text(key)
    if value is None:
        return None
    try:
        return checked_url(value).text
    except UrlError as error:
        table.wrong(key, f"{value[:200]!r}: {error}")
        return None


def _host(table: Table, name: str) -> str:
    try:
        return host_of(name)
    except UrlError:
        table.wrong("allow", f"{name!r} must be a host's name without scheme, port and path, as intranet.example.org")
        return ""


def _language(table: Table) -> str | None:
    value = table.text("language")
    if value is not None and not (len(value) in (2, 3) and value.isascii() and value.isalpha()):
        table.wrong("language", f"{value!r} must be an ISO 639-1 code such as en")
        return None
    return value


def _path(base: Path, path: str) -> Path:
    return base / Path(path).expanduser()


def _names(top: Table, key: str, names: Sequence[str]) -> None:
    twice = sorted({name for name in names if name and names.count(name) > 1})
    for name in twice:
        top.wrong(key, f"{name} is there twice")
