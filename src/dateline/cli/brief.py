"""`dateline brief`: what is known, changed, disputed and only claimed of a country or a force, with its sources."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import typer

from dateline.cli import options as o
from dateline.cli.console import fail, opened, redaction_of
from dateline.cli.console import written as put

if TYPE_CHECKING:
    from dateline.brief import Asked

_NOTHING_HELD = 1


def brief(
    given: o.BriefOptions,
    redacted: o.RedactionOptions,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
    as_of: o.AsOf = None,
) -> None:
    """Write a brief on a country or a force: what is known, what changed, what is disputed, what is only claimed.

    The suffix of FILE says what it is: .html, .md, .pdf, .docx, or .json, the sentences with the rows behind them. Each
    sentence is made of rows of the ledger and refers to the origins that it rests on; an annex has every claim cited.
    PDF needs Chromium, Chrome or Edge, or dateline[pdf]. The same --date and state of the ledger give the same brief.
    Exit status: 0 written, 1 written but the ledger holds nothing on it, 2 wrong command or no file written.
    """
    from dateline.brief import AskedError, BriefError, brief_of, suffix_of, written

    if given.out is None:
        fail("say where to write it: --out FILE.html, .md, .pdf, .docx or .json")
        return
    try:
        suffix = suffix_of(given.out.name)
        asked = _asked(given, redacted)
    except AskedError as error:
        fail(str(error))
        return
    made = date.today() if given.date is None else date.fromisoformat(given.date)
    with opened(ledger, as_of=as_of) as held:
        found = brief_of(held.up_to_date(), asked, made=made)
    try:
        content = written(found, suffix, given.lang)
    except BriefError as error:
        fail(str(error))
        return
    put(given.out, content)
    sentences = sum(len(section.sentences) for section in found.sections)
    typer.echo(f"{sentences} sentences from {len(found.annex)} claims of {len(found.references)} origins → {given.out}")
    if found.is_empty:
        typer.echo("the ledger holds nothing on this subject, and the brief says so", err=True)
        raise typer.Exit(_NOTHING_HELD)


def _asked(given: o.BriefOptions, redacted: o.RedactionOptions) -> Asked:
    from dateline.brief import Asked

    return Asked.of(given.host, given.force, since=given.since, until=given.until, redaction=redaction_of(redacted))


_EPILOG = """
Examples:

  dateline brief --host NER --out niger.html

  dateline brief --host NER --force RUS --since 2024-01-01 --until 2024-06-30 --out niger-russia.pdf

  dateline brief --host NER --lang fr --out niger.docx

  dateline brief --force RUS --out russia.md --blur country --no-anonymous
"""


def register(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command(epilog=_EPILOG)(o.with_options(brief))
