"""Military sites that reports name, with who used them when: `sites.csv`, and a file of the user's own.

The table is written by hand from public reports and encyclopedia articles, one address a row. Points are
approximate (a kilometre or two; those marked `~` in the note a few more), users are who is reported there, as
far as known. Nothing is read before it is asked for.
"""

from __future__ import annotations

import csv
import hashlib
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from dateline.lexicon.countries import by_code
from dateline.lexicon.own_file import own_file, set_own_file
from dateline.lexicon.place_keys import fold

DATA = "sites.csv"
COLUMNS = ("name", "aliases", "lat", "lon", "country", "kind", "near", "users", "source", "note")
NEEDED = ("name", "lat", "lon", "country")
"""The columns that a user's own file cannot do without."""

_USE = re.compile(r"(?P<actor>\S.*?) (?:(?P<since>\d{4}|\?)-(?P<until>\d{4}|\?)?|\?)")


class SitesError(Exception):
    """A table of sites cannot be used; the message names the file, the line and what is wrong in it."""


class SiteKind(StrEnum):
    """What a site is. A dam, a plant or a crossing is listed where forces are reported to hold it."""

    AIR_BASE = "air base"
    AIRFIELD = "airfield"
    AREA = "area"
    BARRACKS = "barracks"
    BASE = "base"
    CAMP = "camp"
    CROSSING = "crossing"
    DAM = "dam"
    HEADQUARTERS = "headquarters"
    HOSPITAL = "hospital"
    NAVAL_BASE = "naval base"
    PLANT = "plant"
    PORT = "port"
    PRISON = "prison"
    RADAR = "radar"


class Use(NamedTuple):
    """One force at a site: ISO alpha-3 of its state or its own name, first and last year, None where not known.

    `ongoing` is True for "USA 2002-", False for "USA 2002-2024" and "USA 2002-?", None for "USA ?".
    """

    actor: str
    since: int | None
    until: int | None
    ongoing: bool | None


@dataclass(frozen=True, slots=True)
class Site:
    """One site: its point in degrees (WGS 84), the ISO alpha-3 code of the ground it stands on, its town or province.

    `users` are the forces reported there, `source` an address that documents it, empty where none is given.
    """

    name: str
    aliases: tuple[str, ...]
    lat: float
    lon: float
    country: str
    kind: SiteKind
    near: str
    users: tuple[Use, ...]
    source: str
    note: str

    @property
    def approximate(self) -> bool:
        """Whether the point is only good to several kilometres."""
        return self.note.startswith("~")


def site(name: str) -> Site | None:
    """The site of that name or alias, spelling tolerated (`place_keys.fold`): a user's own first, then ours.

    `SitesError` when the user's file cannot be used.

    >>> found = site("Camp Lemonier")
    >>> found.name, found.country, found.users[0]
    ('Camp Lemonnier', 'DJI', Use(actor='USA', since=2002, until=None, ongoing=True))
    """
    key = fold(name)
    own = _own()
    return (None if own is None else own.by_key.get(key)) or _shipped_by_key().get(key)


_MILITARY = frozenset({SiteKind.AIR_BASE, SiteKind.BARRACKS, SiteKind.BASE, SiteKind.CAMP, SiteKind.NAVAL_BASE})


def is_military(name: str) -> bool:
    """Whether a listed site of that name is a place of soldiers, not a port or plant that forces have held."""
    found = site(name)
    return found is not None and found.kind in _MILITARY


@cache
def shipped_sites() -> tuple[Site, ...]:
    """The sites of the package, in the order of the table."""
    text = files("dateline.lexicon").joinpath(DATA).read_text(encoding="utf-8")
    return read_sites(StringIO(text, newline=""), DATA)


def own_sites() -> tuple[Site, ...]:
    """The user's own sites; `SitesError` when their file cannot be used."""
    own = _own()
    return () if own is None else own.sites


def own_digest() -> str | None:
    """A fingerprint of the user's own sites, None where there are none; `SitesError` as `own_sites`."""
    own = _own()
    return None if own is None else own.digest


def use_sites(path: str | Path | None) -> int:
    """Know the sites of a CSV file besides those of the package, from now on and in worker processes; their number.

    The columns are those of `sites.csv`; name, lat, lon and country are needed. A site of the file goes before one
    of ours with the same name. None forgets the file again. `SitesError` for a file that cannot be used: then
    nothing changes. The file is named in the environment variable DATELINE_SITES, which can also be set outside,
    before the first report is read.
    """
    whole = None if path is None else str(Path(path).absolute())
    found = () if whole is None else _read_own(whole).sites
    set_own_file(whole)
    _own.cache_clear()
    return len(found)


class _Own(NamedTuple):
    """A file of the user's: its sites, its fingerprint, its sites by key."""

    sites: tuple[Site, ...]
    digest: str
    by_key: dict[str, Site]


@cache
def _own() -> _Own | None:
    """The user's own file, read once."""
    path = own_file()
    return None if path is None else _read_own(path)


def _read_own(path: str) -> _Own:
    try:
        data = Path(path).read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise SitesError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SitesError(f"{path}: no UTF-8 at byte {error.start}") from error
    found = read_sites(StringIO(text, newline=""), path)
    return _Own(found, hashlib.sha256(data).hexdigest()[:16], _by_key(found))


@cache
def _shipped_by_key() -> dict[str, Site]:
    return _by_key(shipped_sites())


def read_sites(lines: Iterable[str], name: str) -> tuple[Site, ...]:
    """The sites in lines of CSV; `SitesError` with `name` and the line at the first that is wrong."""
    reader = csv.DictReader(lines, strict=True)
    found: list[Site] = []
    seen: dict[str, str] = {}
    try:
        _check_columns(reader.fieldnames or ())
        for row in reader:
            new = _site(row)
            for key in {fold(word) for word in (new.name, *new.aliases)}:
                if key in seen:
                    raise ValueError(f"{new.name}: a name of it is already that of {seen[key]}")
                seen[key] = new.name
            found.append(new)
    except (ValueError, csv.Error) as error:
        raise SitesError(f"{name}, line {max(reader.reader.line_num, 1)}: {error}") from error
    return tuple(found)


def _check_columns(given: Iterable[str]) -> None:
    columns = list(given)
    missing = [column for column in NEEDED if column not in columns]
    unknown = [column for column in columns if column not in COLUMNS]
    if missing or unknown or len(columns) != len(set(columns)):
        wrong = f"no column {missing[0]}" if missing else f"column {unknown[0]!r}" if unknown else "a column twice"
        raise ValueError(f"{wrong}; the columns are {','.join(COLUMNS)}")


def _site(row: dict[str, str]) -> Site:
    """The site of a row; ValueError says what is wrong with it."""
    if None in row or None in row.values():
        raise ValueError("more or fewer cells than columns; put a cell with a comma in quotes")
    cells = {column: row.get(column, "").strip() for column in COLUMNS}
    name = cells["name"]
    if not fold(name):
        raise ValueError("a site without a name")
    source = cells["source"]
    if source and not source.startswith(("https://", "http://")):
        raise ValueError(f"{name}: source {source!r} is no web address")
    aliases = tuple(word.strip() for word in cells["aliases"].split("|") if word.strip())
    if not all(map(fold, aliases)):
        raise ValueError(f"{name}: an alias without a letter")
    return Site(
        name,
        aliases,
        _degrees(name, "lat", cells["lat"], 90),
        _degrees(name, "lon", cells["lon"], 180),
        _country(name, cells["country"]),
        _kind(name, cells["kind"]),
        cells["near"],
        tuple(_use(name, part.strip()) for part in cells["users"].split(";") if part.strip()),
        source,
        cells["note"],
    )


def _degrees(name: str, column: str, text: str, limit: int) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not -limit <= value <= limit:
        raise ValueError(f"{name}: {column} {text!r} is no number of degrees from -{limit} to {limit}")
    return value


def _country(name: str, text: str) -> str:
    country = by_code(text)
    if country is None or country.code != text:
        raise ValueError(f"{name}: country {text!r} is no alpha-3 code such as NER")
    return country.code


def _kind(name: str, text: str) -> SiteKind:
    try:
        return SiteKind(text or SiteKind.BASE)
    except ValueError:
        raise ValueError(f"{name}: kind {text!r} is none of {', '.join(SiteKind)}") from None


def _use(name: str, text: str) -> Use:
    match = _USE.fullmatch(text)
    if match is None:
        raise ValueError(f"{name}: users {text!r} is not written as USA 2002-2024, USA 2002-, USA ?-2024 or USA ?")
    since, until = match["since"], match["until"]
    first, last = (int(year) if year and year != "?" else None for year in (since, until))
    if first is not None and last is not None and last < first:
        raise ValueError(f"{name}: users {text!r} ends before it begins")
    return Use(match["actor"], first, last, None if since is None else until is None)


def _by_key(table: tuple[Site, ...]) -> dict[str, Site]:
    return {fold(word): site for site in table for word in (site.name, *site.aliases)}
