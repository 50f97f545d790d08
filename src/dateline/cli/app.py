"""The commands in the order of the path: add, then look."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli import (
    adding,
    archiving,
    brief,
    bulk,
    dossier,
    export,
    importing,
    judging,
    listings,
    mcp,
    releasing,
    serving,
    showing,
    upkeep,
    users,
    verifying,
    watch,
)

_EXAMPLES = """
Examples:

  dateline add report.txt --published 2024-05-04 --outlet "The Daily"

  dateline add reports/ --ledger sahel.db

  dateline presence --host NER

  dateline claims --actor Russia --stance denied --format csv > denied.csv

  dateline show claim-1a2b3c4d
"""

app = typer.Typer(
    name="dateline",
    help="A sourced ledger of who has forces where, who did what to whom, and who says so.",
    epilog=_EXAMPLES,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        import dateline

        typer.echo(f"dateline {dateline.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """A sourced ledger of who has forces where, who did what to whom, and who says so."""


for _module in (
    adding,
    bulk,
    archiving,
    watch,
    importing,
    listings,
    showing,
    judging,
    dossier,
    brief,
    export,
    releasing,
    verifying,
    upkeep,
    serving,
    users,
    mcp,
):
    _module.register(app)
