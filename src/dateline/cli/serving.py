"""`dateline serve`: the desk in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli import options as o
from dateline.cli.console import opened


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8017,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
) -> None:
    """Open the desk over a ledger in a browser, on this machine only."""
    import uvicorn

    from dateline.desk import Desk
    from dateline.desk.keeper_process import KeeperProcess
    from dateline.store import open_store
    from dateline.web.app import create_app
    from dateline.web.settings import Settings

    with opened(ledger):
        pass
    settings = Settings()
    typer.echo(f"Open http://127.0.0.1:{port}/?token={settings.token}")
    store = open_store(ledger, create=False)
    with KeeperProcess(store) as keeper:
        uvicorn.run(create_app(Desk(store, keeper), settings), host="127.0.0.1", port=port, log_level="warning")
    store.close()


def register(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command(epilog="Examples:\n\n  dateline serve\n\n  dateline serve --ledger sahel.db --port 9000")(serve)
