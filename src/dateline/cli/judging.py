"""The commands of an analyst: `judge` and what can be judged, and `log` with the history of it all."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import options as o
from dateline.cli.console import fail, opened, output

if TYPE_CHECKING:
    from dateline.judging import Judged, Judging

Analyst = Annotated[
    str | None,
    typer.Option("--analyst", envvar="DATELINE_ANALYST", help="Who judges; else the name you are logged in by."),
]
Reason = Annotated[str, typer.Option("--reason", "-r", help="Why; it is kept and shown.")]


@dataclass(frozen=True, slots=True)
class Who:
    """Who judges, in which ledger."""

    analyst: Analyst = None
    ledger: o.LedgerPath = o.DEFAULT_LEDGER


def accept(
    ids: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="Ids of claims, or their beginnings.")],
    who: Who,
    reason: Reason = "",
) -> None:
    """Mark claims as checked; their figures and confidence stay as they are."""
    _judge(who, lambda judging: judging.accept(*ids, reason=reason))


def reject(
    ids: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="Ids of claims, or their beginnings.")],
    reason: Reason,
    who: Who,
) -> None:
    """Leave claims out of events, presence and disputes; they stay in the ledger and can be brought back."""
    _judge(who, lambda judging: judging.reject(*ids, reason=reason))


def correct(
    id: Annotated[str, typer.Argument(metavar="CLAIM", help="Id of a claim, or its beginning.")],
    changes: Annotated[
        list[str],
        typer.Option("--set", metavar="SLOT=VALUE", help="What a slot holds; none where the report does not say it."),
    ],
    reason: Reason,
    who: Who,
) -> None:
    """Correct slots of a claim, one judgement each; names are resolved now, once and for all.

    Slots: kind, stance, actor, recipient, place, quantity, time, source, via, and fields such as actor.country,
    place.precision, quantity.scope, source.kind.
    """
    from dateline.judging import assignment

    _judge(who, lambda judging: judging.correct(id, [assignment(change) for change in changes], reason=reason))


def merge(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID ID...", help="Events (or claims) that are one; or origins (or reports).")
    ],
    who: Who,
    reason: Reason = "",
) -> None:
    """Say that events are one event, or that reports rest on one reporting."""
    _judge(who, lambda judging: judging.merge(*ids, reason=reason))


def split(
    ids: Annotated[
        list[str],
        typer.Argument(metavar="ID...", help="Claims that are none of their event, or reports none of their origin."),
    ],
    who: Who,
    reason: Reason = "",
) -> None:
    """Take claims out of the event they are in, or reports out of their origin; name it too if you like."""
    _judge(who, lambda judging: judging.split(*ids, reason=reason))


def settle(
    id: Annotated[str, typer.Argument(metavar="DISPUTE", help="Id of a dispute, or its beginning.")],
    favours: Annotated[
        str, typer.Option("--for", metavar="SIDE", help="Number of the side, from 1, a claim of it, or neither.")
    ],
    reason: Reason,
    who: Who,
) -> None:
    """Decide a dispute; both sides stay in the ledger."""
    _judge(who, lambda judging: judging.settle(id, favours, reason=reason))


def rate(
    what: Annotated[str, typer.Argument(metavar="SOURCE|CLAIM", help="Name of a source, or id of a claim.")],
    rating: Annotated[str, typer.Argument(metavar="RATING", help="A to F for a source, 1 to 6 for a claim.")],
    who: Who,
    reason: Reason = "",
) -> None:
    """Rate a source (outlet, agency, body or person) A to F, or a claim 1 to 6, on the Admiralty scales."""
    _judge(who, lambda judging: judging.rate(what, rating, reason=reason))


def note(
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of anything, or its beginning.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is noted.")],
    who: Who,
) -> None:
    """Note something on a claim, report, event, origin, presence, dispute or judgement."""
    _judge(who, lambda judging: judging.note(id, text))


def undo(
    ids: Annotated[list[str], typer.Argument(metavar="JUDGEMENT...", help="Ids of judgements, or their beginnings.")],
    who: Who,
    reason: Reason = "",
) -> None:
    """Undo judgements: everything is as if they had never been made. Undo an undoing to restore."""
    _judge(who, lambda judging: judging.undo(*ids, reason=reason))


def _entry(value: str) -> str:
    from dateline.model import Effect, Verdict

    known = ("reading", "refused", "judgement", "notice", *map(str, Effect), *map(str, Verdict))
    if value not in known:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(known)}")
    return value


@dataclass(frozen=True, slots=True)
class LogOptions:
    """Which entries of the log to list."""

    analyst: Annotated[str | None, typer.Option(help="Judgements of this analyst: part of a name.")] = None
    since: o._Since = None
    until: o._Until = None
    target: Annotated[
        str | None, typer.Option(metavar="ID", help="What concerns this id, or this source by its name.")
    ] = None
    what: Annotated[
        str | None,
        typer.Option(
            parser=_entry,
            metavar="WHAT",
            help="reading, refused, judgement, notice, a verdict, or what notices come to (retracted ...).",
        ),
    ] = None


def log(
    given: LogOptions,
    limit: o.Limit = None,
    format: o.FormatOption = o.Format.TABLE,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
) -> None:
    """What was added when, newest first: reports read or refused, and judgements with who made them and why.

    Nothing is ever deleted: an undone judgement is listed with what undid it.
    """
    from dateline.export import EXPORTERS

    shown = o.TABLE_ROWS if limit is None and format is o.Format.TABLE else limit
    with opened(ledger) as open_ledger:
        rows = open_ledger.log(
            target=given.target,
            analyst=given.analyst,
            since=given.since,
            until=given.until,
            what=given.what,
            limit=shown,
        )
        EXPORTERS[format](rows.listing(), output())


def _judge(who: Who, decide: Callable[[Judging], Judged]) -> None:
    """Carry out a decision and tell what changed."""
    from dateline.export.safe import visible
    from dateline.export.words import short_id

    with opened(who.ledger) as ledger:
        try:
            judged = decide(ledger.judging(who.analyst or _login()))
        except ValueError as error:
            fail(str(error))
            return
    for line in judged.told:
        typer.echo(visible(line))
    ids = " ".join(short_id(judgement.id) for judgement in judged.judgements)
    typer.echo(f"to take it back: dateline judge undo {ids}{_where(who.ledger)}")


def _where(ledger: str) -> str:
    from dateline.export.safe import visible
    from dateline.store.addresses import address_of

    return "" if ledger == o.DEFAULT_LEDGER else f" --ledger {visible(address_of(ledger).name)}"


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        fail("who judges? Give --analyst or set DATELINE_ANALYST")
        raise


_COMMANDS: Mapping[Callable[..., None], str] = MappingProxyType(
    {
        accept: """
Examples:

  dateline judge accept claim-1a2b3c4d claim-5e6f7a8b
""",
        reject: """
Examples:

  dateline judge reject claim-1a2b3c4d --reason "the base is meant, not the town"

  dateline judge reject notice-1a2b3c4d --reason "not sent by the agency"
""",
        correct: """
Examples:

  dateline judge correct claim-1a2b --set place="Airbase 101, Niamey" -r "named further down"

  dateline judge correct claim-1a2b --set quantity="900..1000 personnel total" -r "not the region's total"

  dateline judge correct claim-1a2b --set time=2024-05-02..2024-05-03 --set stance=denied -r "misread"

  dateline judge correct claim-1a2b --set actor="Katiba X [MLI REB]" --set recipient=none -r "misread"
""",
        merge: """
Examples:

  dateline judge merge event-1a2b event-3c4d --reason "one convoy, reported on two days"

  dateline judge merge doc-1a2b doc-3c4d --reason "a rewrite of the same wire"
""",
        split: """
Examples:

  dateline judge split claim-1a2b claim-3c4d --reason "the flight of the week before"

  dateline judge split doc-1a2b --reason "has its own correspondent"
""",
        settle: """
Examples:

  dateline judge settle dispute-1a2b --for 2 --reason "the ministry published the order"

  dateline judge settle dispute-1a2b --for neither --reason "both go back to one rumour"
""",
        rate: """
Examples:

  dateline judge rate Reuters B

  dateline judge rate claim-1a2b 2 --reason "seen on satellite images"
""",
        note: """
Examples:

  dateline judge note event-1a2b "ask the embassy"
""",
        undo: """
Examples:

  dateline judge undo judgement-1a2b
""",
    }
)

_LOG_EXAMPLES = """
Examples:

  dateline log

  dateline log --analyst anna --since 2024-05-01

  dateline log --target claim-1a2b3c4d --format jsonl
"""

_JUDGE_EXAMPLES = """
Examples:

  dateline judge reject claim-1a2b3c4d --reason "a misreading"

  dateline judge correct claim-1a2b3c4d --set stance=denied --reason "he denied it"

  dateline judge undo judgement-5e6f7a8b
"""


def register(app: typer.Typer) -> None:
    """Put the commands into the program."""
    judge = typer.Typer(
        help="Judge claims, events, origins, disputes and sources; each judgement is a row that can be undone.",
        epilog=_JUDGE_EXAMPLES,
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for command, epilog in _COMMANDS.items():
        judge.command(epilog=epilog)(o.with_options(command))
    app.add_typer(judge, name="judge")
    app.command(epilog=_LOG_EXAMPLES)(o.with_options(log))
