"""`dateline mcp`: the ledger as tools for a language model."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import options as o
from dateline.cli.console import fail, opened

if TYPE_CHECKING:
    from dateline.store import Store

TOKEN = "DATELINE_MCP_TOKEN"
_SHORTEST = 16


def mcp(
    http: Annotated[bool, typer.Option("--http", help="Serve over HTTP on this machine instead.")] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port for --http.")] = 8018,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
) -> None:
    """Offer a ledger to a language model: read-only tools that answer with claims and their evidence (MCP).

    Over standard input and output, as clients start it; with --http at http://127.0.0.1:8018/mcp for programs that send
    the token, which is that of DATELINE_MCP_TOKEN or else a new one. Needs the extra: pip install "dateline[mcp]".
    """
    try:
        from dateline.mcp.serving import Http, serve_http, serve_stdio
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        fail('the MCP server needs the package "mcp": pip install "dateline[mcp]"')
    from dateline.desk import Desk
    from dateline.store import open_store

    with opened(ledger):
        store = open_store(ledger, create=False)
        try:
            if not http:
                _bring_up_to_date(store)
                serve_stdio(Desk(store))
                return
            token = os.environ.get(TOKEN)
            if token is not None and len(token) < _SHORTEST:
                fail(f"{TOKEN} is too short: {_SHORTEST} characters at least")
            settings = Http(port) if token is None else Http(port, token)
            shown = f"token of {TOKEN}" if token is not None else f"token {settings.token}"
            typer.echo(f"MCP over HTTP at {settings.address}, {shown}", err=True)
            desk = Desk(store)
            if not desk.is_current():
                typer.echo("what is derived is behind: start `dateline serve`, which derives it", err=True)
            serve_http(desk, settings)
        finally:
            store.close()


def _bring_up_to_date(store: Store) -> None:
    """Derive what is missing; where the ledger cannot be written to, the answers say that it is behind."""
    from dateline.derivation import bring_up_to_date
    from dateline.store import LedgerError

    try:
        bring_up_to_date(store)
    except LedgerError as error:
        typer.echo(f"dateline: not brought up to date: {error}", err=True)


_EPILOG = """
Examples:

  dateline mcp --ledger sahel.db

  dateline mcp --http --port 8018 --ledger sahel.db
"""


def register(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command(epilog=_EPILOG)(mcp)
