"""The lines that cards are made of."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from dateline.export.safe import visible
from dateline.export.words import short_id
from dateline.model import Claim


def plain_console() -> Console:
    """A console that neither guesses at colours of words nor breaks lines of its own."""
    return Console(highlight=False, soft_wrap=True)


def title(console: Console, words: str, identifier: str) -> None:
    """The first line of a card."""
    console.print(Text(visible(words), style="bold"), Text(identifier, style="dim"))


def field(console: Console, name: str, value: str, basis: str | None = None) -> None:
    """A named value, with how it is known."""
    text = Text(f"{name:>14}  ", style="dim")
    text.append(visible(value), style="not dim")
    if basis:
        text.append(f"{'  ← ' if value else '← '}{visible(basis)}")
    console.print(text)


def heading(console: Console, words: str) -> None:
    """What the lines under it are."""
    console.print(Text(visible(words), style="bold"))


def claim_lines(console: Console, claims: list[Claim]) -> None:
    """One line a claim: id, kind, stance, words."""
    for claim in claims:
        text = Text(f"  {short_id(claim.id)}  ", style="dim")
        text.append(f"{claim.kind}, {claim.stance}  ", style="not dim bold")
        text.append(visible(claim.evidence[0].exact), style="not dim")
        console.print(text)
