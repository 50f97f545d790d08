"""What a brief is asked for: a country or region, a force, and the days between which changes are told."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from datetime import date

from dateline.export.redaction import NOTHING, Redaction
from dateline.lexicon import countries
from dateline.lexicon.regions import shared_region
from dateline.store import Filters, country_code

LANGUAGES = ("en", "fr")
"""Languages that a brief can be written in: one file each in `dateline/brief/`."""


class AskedError(ValueError):
    """A brief that cannot be made as it was asked for; the message says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A subject and its days. `host` is an alpha-3 code or a region, `force` a country's code or part of a name.

    `until` is the day for which what is known is told, today unless given; changes are told from `since` to then, all
    of them without it. Both are ISO days. `redaction` is taken out of every record before a sentence is made.
    """

    host: str | None = None
    force: str | None = None
    since: str | None = None
    until: str | None = None
    redaction: Redaction = field(default=NOTHING)

    @classmethod
    def of(
        cls,
        host: str | None,
        force: str | None,
        *,
        since: str | None = None,
        until: str | None = None,
        redaction: Redaction = NOTHING,
    ) -> Asked:
        """What a person asks for, countries by name or code; AskedError tells what is wrong with it."""
        found = _host(host)
        sender = None if force is None or not force.strip() else country_code(force) or force.strip()
        if found is None and sender is None:
            raise AskedError("a brief is about a country or a force: give one of them, such as --host NER")
        for day in (since, until):
            if day is not None:
                _day(day)
        if since is not None and until is not None and since > until:
            raise AskedError(f"nothing lies between {since} and {until}: the first day is after the last")
        return cls(found, sender, since, until, redaction)

    @property
    def filters(self) -> Filters:
        """The presences and disputes that it is about."""
        return Filters(host=self.host, actor=self.force)


def _host(given: str | None) -> str | None:
    """A country's code or a region's name; AskedError for what is neither, with names like it."""
    if given is None or not given.strip():
        return None
    found = country_code(given) or shared_region(given)
    if found is None:
        like = _like(given.strip())
        hint = f": did you mean {' or '.join(like)}?" if like else ": write a name or an alpha-3 code such as NER"
        raise AskedError(f"{given!r} is no country{hint}")
    return found


def _like(given: str) -> list[str]:
    """Countries whose name or code is nearly what was given."""
    known = {one.name.casefold(): f"{one.name} ({one.code})" for one in countries.countries()}
    known |= {one.code.casefold(): f"{one.name} ({one.code})" for one in countries.countries()}
    known |= {one.alpha2.casefold(): f"{one.name} ({one.code})" for one in countries.countries()}
    near = [known[given.casefold()]] if given.casefold() in known else []
    near += [known[name] for name in difflib.get_close_matches(given.casefold(), known, n=3, cutoff=0.7)]
    return list(dict.fromkeys(near))[:3]


def _day(given: str) -> None:
    try:
        date.fromisoformat(given)
    except ValueError:
        raise AskedError(f"{given!r} is no day: write it as 2024-05-03") from None
