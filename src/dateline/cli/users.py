"""`dateline users`: the people of a desk."""

from __future__ import annotations

import getpass
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import options as o
from dateline.cli.console import fail, opened
from dateline.people.roles import Role

if TYPE_CHECKING:
    from dateline.people import PeopleFile, Register

_HERE = "command line"

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name somebody signs in with; judgements carry it.")]
RoleOption = Annotated[Role, typer.Option(help="What the person may do.")]
RoleArgument = Annotated[Role, typer.Argument(metavar="ROLE", help="reader, analyst or admin.")]


def add(name: Name, role: RoleOption = Role.ANALYST, ledger: o.LedgerPath = o.DEFAULT_LEDGER) -> None:
    """Add somebody. The password is asked for, or read from the first line of standard input.

    The first person must be an admin.
    """
    with _people(ledger, create=True) as (file, register):
        if not register.accounts() and role is not Role.ADMIN:
            fail("the first person must be an admin, who can add others: --role admin")
        made = register.add(name, role, _password())
        _log(file, f"added {made.name} as {role}")
    typer.echo(f"added {made.name} as {role}; a desk that is open without people must be started anew")


def list_(ledger: o.LedgerPath = o.DEFAULT_LEDGER) -> None:
    """Who there is, in which role, and when each last signed in."""
    from datetime import UTC, datetime

    with _people(ledger) as (_, register):
        for account in register.accounts():
            seen = (
                "never" if account.seen is None else f"{datetime.fromtimestamp(account.seen, UTC):%Y-%m-%d %H:%M} UTC"
            )
            disabled = ", disabled" if account.disabled else ""
            typer.echo(f"{account.name}: {account.role}{disabled}; last signed in: {seen}")


def role(name: Name, role: RoleArgument, ledger: o.LedgerPath = o.DEFAULT_LEDGER) -> None:
    """Give somebody another role; his sessions end."""
    with _people(ledger) as (file, register):
        register.set_role(name, role)
        _log(file, f"made {name} {role}")
    typer.echo(f"{name} is now {role}")


def password(name: Name, ledger: o.LedgerPath = o.DEFAULT_LEDGER) -> None:
    """Give somebody another password, asked for or read from standard input; his sessions end."""
    with _people(ledger) as (file, register):
        if register.account(name) is None:
            fail(f"there is no person called {name}")
        register.set_password(name, _password())
        _log(file, f"gave {name} another password")
    typer.echo(f"{name} has another password")


def remove(name: Name, ledger: o.LedgerPath = o.DEFAULT_LEDGER) -> None:
    """Take somebody out, with his sessions and tokens. What he judged stays."""
    with _people(ledger) as (file, register):
        register.remove(name)
        _log(file, f"removed {name}")
    typer.echo(f"removed {name}")


def token(
    name: Name,
    revoke: Annotated[bool, typer.Option("--revoke", help="End all tokens of this person instead.")] = False,
    ledger: o.LedgerPath = o.DEFAULT_LEDGER,
) -> None:
    """Make a token with which scripts ask in somebody's name (Authorization: Bearer ...). It is shown this once."""
    from dateline.people import ApiTokens

    with _people(ledger) as (file, _):
        tokens = ApiTokens(file, time.time)
        if revoke:
            typer.echo(f"{tokens.revoke_all(name)} tokens of {name} ended")
            _log(file, f"ended the tokens of {name}")
        else:
            typer.echo(tokens.make(name))
            _log(file, f"made a token of {name}")


@contextmanager
def _people(ledger: str, *, create: bool = False) -> Iterator[tuple[PeopleFile, Register]]:
    """The people of a ledger; whatever is wrong ends the command with one line."""
    from dateline.people import PeopleError, PeopleFile, Register, people_path

    with opened(ledger):
        pass
    try:
        file = PeopleFile(people_path(ledger), create=create)
        try:
            yield file, Register(file, time.time)
        finally:
            file.close()
    except PeopleError as error:
        fail(str(error))


def _password() -> str:
    """A password from the terminal, typed twice, or from the first line of standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    given = sys.stdin.readline().rstrip("\r\n")
    if not given:
        fail("there is no password on standard input")
    return given


def _log(file: PeopleFile, told: str) -> None:
    from dateline.people import Deed, Deeds

    try:
        who = getpass.getuser()
    except (OSError, KeyError, ImportError):
        who = "?"
    Deeds(file, time.time).write(who, Deed.CHANGED_PEOPLE, detail=told, address=_HERE)


_EXAMPLES: Mapping[Callable[..., None], str] = {
    add: "dateline users add anna --role admin --ledger sahel.db",
    list_: "dateline users list --ledger sahel.db",
    role: "dateline users role bela reader",
    password: "dateline users password bela < password.txt",
    remove: "dateline users remove bela",
    token: "dateline users token anna > token.txt",
}


def register(app: typer.Typer) -> None:
    """Put the commands into the program."""
    users = typer.Typer(
        help="The people of a desk: who may sign in, in which role. Kept beside the ledger, never in it.",
        epilog=f"Examples:\n\n  {_EXAMPLES[add]}\n\n  {_EXAMPLES[list_]}",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for command, example in _EXAMPLES.items():
        users.command(command.__name__.strip("_"), epilog=f"Examples:\n\n  {example}")(command)
    app.add_typer(users, name="users")
