"""`dateline serve`: the desk in a browser."""

from __future__ import annotations

import os
import signal
import socket
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import options as o
from dateline.cli.console import fail, opened

if TYPE_CHECKING:
    from fastapi import FastAPI

    from dateline.web.listening import Listening
    from dateline.web.settings import Settings

_SHORTEST_TOKEN = 24


@dataclass(frozen=True, slots=True)
class Where:
    """Where the desk listens, and for whom."""

    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one. Else 8017 or the next free one."),
    ] = None
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Address to listen at. Others than this machine need people.")
    ] = "127.0.0.1"
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name under which people reach the desk; may be given several times."),
    ] = None
    behind_proxy: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Believe the reverse proxy at this address who asks, and over TLS."),
    ] = None


@dataclass(frozen=True, slots=True)
class How:
    """How the desk is opened."""

    token_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Keep the start-up token in this file (made if missing) instead of printing it."
        ),
    ] = None
    read_only: Annotated[bool, typer.Option("--read-only", help="Nobody adds, judges or manages people.")] = False
    open: Annotated[bool, typer.Option("--open/--no-open", help="Open the desk in the browser of this machine.")] = (
        False
    )


def serve(where: Where, how: How, ledger: o.LedgerPath = o.DEFAULT_LEDGER) -> None:
    """Open the desk over a ledger in a browser.

    Without people it listens on this machine only, and opens with the token in the address that it prints.
    With people (`dateline users`) everybody signs in with a name. Ctrl-C stops it.
    Exit status: 0 stopped, 2 it could not start.
    """
    from dateline.web.listening import listen
    from dateline.web.listening import serve as answer

    settings = _settings(where, how, ledger)
    with opened(ledger):
        pass
    try:
        listening = listen(where.host, where.port)
    except OSError as error:
        fail(error.args[0] if len(error.args) == 1 else f"cannot listen at {where.host}: {error.strerror or error}")
        raise
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with (
        suppress(KeyboardInterrupt),
        listening.socket,
        _app(settings, ledger) as app,
        _opening(listening, settings, how.open),
    ):
        _tell(listening, settings, where, how)
        answer(app, listening, proxy=where.behind_proxy)
    typer.echo("stopped")


@contextmanager
def _app(settings: Settings, ledger: str) -> Iterator[FastAPI]:
    """The app over a ledger that is open as long as it answers."""
    from dateline.desk import Desk
    from dateline.desk.keeper_process import KeeperProcess
    from dateline.people import PeopleError
    from dateline.store import open_store
    from dateline.web.app import create_app

    store = open_store(ledger, create=False)
    try:
        with KeeperProcess(store) as keeper:
            yield create_app(Desk(store, keeper), settings)
    except PeopleError as error:
        fail(str(error))
    finally:
        store.close()


def _settings(where: Where, how: How, ledger: str) -> Settings:
    """What was asked for as settings; what is not safe ends the command with one line."""
    from dateline.store.addresses import address_of
    from dateline.web.listening import is_loopback
    from dateline.web.settings import LOOPBACK, Settings

    people = _people(ledger)
    try:
        local = is_loopback(where.host)
    except OSError:
        fail(f"{where.host!r} is no address of this machine")
        raise
    if people is None and not (local and where.name is None and where.behind_proxy is None):
        fail(
            "others than you can reach this desk only when people sign in with names: "
            f"first dateline users add NAME --role admin --ledger {address_of(ledger).name}"
        )
    if people is not None and how.token_file is not None:
        fail("this desk has people, who sign in with names: it has no start-up token (--token-file)")
    named = (where.host, *(where.name or ()), *(() if local else (socket.gethostname(),)))
    hosts = (*LOOPBACK, *(name.lower() for name in named))
    chosen = {"hosts": hosts, "any_number": not local, "read_only": how.read_only}
    if how.token_file is not None:
        return Settings(token=_kept_token(how.token_file), **chosen)  # type: ignore[arg-type]
    return Settings(people=people, **chosen)  # type: ignore[arg-type]


def _people(ledger: str) -> Path | None:
    """The file of people, where anybody is in it."""
    import time

    from dateline.people import PeopleError, PeopleFile, Register, people_path
    from dateline.store import LedgerError

    try:
        path = people_path(ledger)
    except LedgerError as error:
        fail(str(error))
        raise
    if not path.exists():
        return None
    try:
        file = PeopleFile(path)
        try:
            return path if Register(file, time.time).accounts() else None
        finally:
            file.close()
    except PeopleError as error:
        fail(str(error))
        raise


def _kept_token(path: Path) -> str:
    """The token of a file that only its owner reads; a new one where there is no such file."""
    from dateline.web.settings import Settings

    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_token(path)
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror}")
        raise
    made = Settings().token
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{made}\n")
    return made


def _read_token(path: Path) -> str:
    try:
        open_to = stat.S_IMODE(path.stat().st_mode) & 0o077
        token = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        fail(f"cannot read a token from {path}: {error}")
        raise
    if open_to and os.name == "posix":
        fail(f"others can read {path}: chmod 600 {path}")
    if len(token) < _SHORTEST_TOKEN or not token.replace("-", "").replace("_", "").isalnum():
        fail(f"{path} holds no token: {_SHORTEST_TOKEN} letters, digits, - or _ at least; remove it for a new one")
    return token


@contextmanager
def _opening(listening: Listening, settings: Settings, wanted: bool) -> Iterator[None]:
    """The browser opened by a private page that leads to the desk: every process sees the arguments of others."""
    if not wanted:
        yield
        return
    import webbrowser

    address = listening.address if settings.people else f"{listening.address}/?token={settings.token}"
    handle, name = tempfile.mkstemp(prefix="dateline-", suffix=".html")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f'<!doctype html><title>dateline</title><meta http-equiv="refresh" content="0;url={address}">')
        if not webbrowser.open(path.as_uri()):
            typer.echo("no browser could be opened here: open the address yourself", err=True)
        yield
    finally:
        path.unlink(missing_ok=True)


def _tell(listening: Listening, settings: Settings, where: Where, how: How) -> None:
    if where.port is None and listening.port != _usual_port():
        typer.echo(f"port {_usual_port()} is taken: listening at {listening.port}", err=True)
    if settings.people is not None:
        typer.echo(f"Open {_address(listening, where)} and sign in.")
        if settings.any_number and where.behind_proxy is None:
            typer.echo(
                "passwords travel unencrypted: put a reverse proxy with TLS before it (docs/security.md)", err=True
            )
    elif how.token_file is not None:
        typer.echo(f"Open {listening.address}/?token=... with the token of {how.token_file}")
    else:
        typer.echo(f"Open {listening.address}/?token={settings.token}")
    typer.echo("Ctrl-C stops it.")


def _address(listening: Listening, where: Where) -> str:
    """Where people find the desk: by its first name, at the proxy if there is one."""
    if not where.name:
        return listening.address
    return f"https://{where.name[0]}" if where.behind_proxy else f"http://{where.name[0]}:{listening.port}"


def _usual_port() -> int:
    from dateline.web.listening import PORT

    return PORT


_EXAMPLES = """
Examples:

  dateline serve

  dateline serve --ledger sahel.db --port 9000 --open

  dateline serve --ledger sahel.db --name desk.example.org --behind-proxy 127.0.0.1
"""


def register(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command(epilog=_EXAMPLES)(o.with_options(serve))
