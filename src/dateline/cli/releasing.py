"""`dateline release`: freezes what a ledger holds under a name."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import options as o
from dateline.cli.console import fail, opened, redaction_of

if TYPE_CHECKING:
    from dateline.releases import Released

_NOTHING_FOUND = 1


def release(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name, such as niger-2024-09.")],
    given: o.ClaimFilters,
    redacted: o.RedactionOptions,
    wanted: o.ReleaseOptions,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
    as_of: o.AsOf = None,
) -> None:
    """Freeze what a ledger holds as a named release: records, a manifest, what changed since the last one, deletions.

    A release is written whole or not at all, and never over another one. It follows the newest release of the same
    filters in the folder. Check it with dateline verify.
    Exit status: 0 written, 1 written but no claim fits, 2 the command was wrong or the release cannot be written.
    """
    from dateline.releases import Order, ReleaseError, write_release

    order = Order(
        name,
        wanted={key: value for key, value in asdict(given).items() if value is not None},  # type: ignore[arg-type]
        redaction=redaction_of(redacted),
        texts=not wanted.without_texts,
        packed=wanted.zip,
        after=wanted.after,
        first=wanted.first,
    )
    try:
        with opened(ledger, as_of=as_of) as open_ledger:
            found = write_release(open_ledger, order, wanted.out)
    except ReleaseError as error:
        fail(str(error))
        return
    _tell(found)


def _tell(found: Released) -> None:
    """What was written, and what differs from the release before."""
    from dateline.export.words import counted

    about = found.manifest
    told = ", ".join(counted(number, kind.removesuffix("s")) for kind, number in about["counts"].items())
    typer.echo(f"{told} → {found.path}")
    before = about["previous"]
    if before is not None:
        parts = [f"{kind} {_changed(some)}" for kind, some in about["changes"].items() if any(some.values())]
        typer.echo(f"since {before['name']}: {'; '.join(parts) or 'nothing changed'}")
    typer.echo(f"release {about['number']}, {about['content']}")
    if not about["counts"]["claims"]:
        raise typer.Exit(_NOTHING_FOUND)


def _changed(some: dict[str, int]) -> str:
    signs = {"added": "+", "changed": "~", "gone": "-"}
    return " ".join(f"{signs[name]}{number:,}" for name, number in some.items() if number)


_EPILOG = """
Examples:

  dateline release 2024-09 --ledger sahel.db

  dateline release niger-2024-09 --host NER --out releases

  dateline release niger-shared --host NER --blur country --zip

  dateline release niger-2024-q3 --host NER --as-of 2024-09-30 --after releases/niger-2024-q2
"""


def register(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command(epilog=_EPILOG)(o.with_options(release))
