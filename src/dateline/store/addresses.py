"""Where a ledger is: a file, memory, or a database of a PostgreSQL server; and where the files beside it lie."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from dateline.store.errors import LedgerError

MEMORY = ":memory:"
FILES = "DATELINE_FILES"
"""The variable that names the folder in which the files beside ledgers on servers are kept."""

_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql://", "postgres://", "postgresql+psycopg://")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a ledger is. `name` tells it in messages and never holds a password; `given` opens it again.

    `path` is its file, `server` its database on a server; both are None for a ledger in memory.
    """

    name: str
    given: str = field(repr=False)
    path: Path | None = None
    server: URL | None = field(default=None, repr=False)

    @property
    def beside(self) -> Path | None:
        """What the files beside the ledger are called after: `NAME.captures`, `NAME.people`; None in memory.

        For a file that is the file itself. For a server it is `HOST-PORT-DATABASE` in the folder that `DATELINE_FILES`
        names, else in `dateline` in the user's folder for data.
        """
        if self.server is None:
            return self.path
        return _folder() / _file_name(self.server)


def address_of(given: str | Path) -> Address:
    """The address of a ledger: a path, `:memory:`, a `sqlite:///` or a `postgresql://` URL; LedgerError for another."""
    text = str(given)
    if isinstance(given, str):
        if text in (MEMORY, "sqlite://", "sqlite:///:memory:"):
            return Address(MEMORY, MEMORY)
        if text.startswith(_POSTGRES):
            server = _server(text)
            return Address(_shown(server), text, server=server)
        if text.startswith(_SQLITE):
            text = text.removeprefix(_SQLITE)
        elif "://" in text:
            scheme = text.partition("://")[0][:20]
            raise LedgerError(f"cannot open {scheme}://…: a ledger is a file path, a {_SQLITE} or a {_POSTGRES[0]} URL")
    path = Path(text)
    return Address(str(path), str(path), path)


def _server(text: str) -> URL:
    """A database on a server; whatever is wrong is said without the text, which may hold a password."""
    wrong = LedgerError(
        "cannot read the address of the ledger: postgresql://USER:PASSWORD@HOST:PORT/DATABASE is expected, "
        "with %40 for an @ and %2F for a / in the password"
    )
    try:
        url = make_url(text)
    except (SQLAlchemyError, ValueError):
        raise wrong from None
    if not url.database or "/" in url.database:
        raise wrong
    return url.set(drivername="postgresql+psycopg")


def _parts(server: URL) -> tuple[str, str, str]:
    """Host (or the folder of a socket), port and schema, whether they are given before the `?` or after."""
    given = {name: value if isinstance(value, str) else value[0] for name, value in server.query.items()}
    host = server.host or given.get("host") or os.environ.get("PGHOST") or "localhost"
    port = str(server.port or given.get("port") or os.environ.get("PGPORT") or 5432)
    schema = re.search(r"search_path\s*=\s*([^\s,]+)", given.get("options", ""))
    return host, port, schema[1] if schema else ""


def _shown(server: URL) -> str:
    host, port, schema = _parts(server)
    user = f"{server.username}@" if server.username else ""
    shown = f"postgresql://{user}{host}{'' if port == '5432' else f':{port}'}/{server.database}"
    return f"{shown} (schema {schema})" if schema else shown


def _file_name(server: URL) -> str:
    host, port, schema = _parts(server)
    parts = (host.strip("/"), port, server.database or "", schema)
    return "-".join(re.sub(r"[^\w.]", "_", part) for part in parts if part)


def _folder() -> Path:
    named = os.environ.get(FILES)
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    folder = Path(named) if named else Path(data) / "dateline"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(
            f"cannot make the folder {folder} for the files beside the ledger: {error.strerror}; {FILES} names another"
        ) from error
    return folder
