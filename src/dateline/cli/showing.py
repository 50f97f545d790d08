"""The command that shows one record: a claim in its sentence, a report, a presence with its claims, an event."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli import options as o
from dateline.cli.console import opened, output


def show(
    id: Annotated[str, typer.Argument(help="An id, or enough of its beginning.")],
    json: Annotated[bool, typer.Option("--json", help="The whole record as JSON.")] = False,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
) -> None:
    """One claim in its sentence, with who says it through whom and how each detail was read.

    Also shows a report with its details and claims, a presence with the claims behind it, an event.
    """
    from dateline.cli.cards import show_card
    from dateline.export.jsonl import line

    with opened(ledger) as open_ledger:
        found = open_ledger.show(id)
        if json:
            output().write(line(open_ledger.record(found)))
        else:
            show_card(open_ledger, found)


_EPILOG = """
Examples:

  dateline show claim-1a2b3c4d

  dateline show doc-5e6f7a8b --ledger sahel.db

  dateline show claim-1a2b3c4d --json
"""


def register(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command(epilog=_EPILOG)(show)
