"""Options that several commands share, and how their values are checked."""

from __future__ import annotations

import difflib
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from dateline.model import DisputeKind, DisputeStatus, Kind, Stage, Stance, Standing


class Format(StrEnum):
    """How a listing is written."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is no date; write it as 2024-05-04") from error


def _moment(value: str) -> str:
    try:
        datetime.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is no date; write it as 2024-05-04 or 2024-05-04T18:30+01:00") from error
    return value


def _country(value: str) -> str:
    from dateline.lexicon.countries import countries
    from dateline.store import country_code

    code = country_code(value)
    if code is not None:
        return code
    names = [country.name for country in countries()]
    near = difflib.get_close_matches(value.title(), names, n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else "; use a name or an alpha-3 code such as NER"
    raise typer.BadParameter(f"{value!r} is no country{hint}")


def _columns(value: object) -> dict[str, str]:
    """A column map as it is typed: field=name, parted by commas; a name may hold a comma if none of its parts has =."""
    from dateline.ingest.columns import USUAL

    if isinstance(value, dict):
        return value
    found: dict[str, str] = {}
    for part in re.split(r",(?=\s*\w+\s*=)", str(value)):
        field, given, name = (piece.strip() for piece in part.partition("="))
        if not given or not name:
            raise typer.BadParameter(f"{part.strip()!r} is not FIELD=NAME")
        if field not in USUAL:
            raise typer.BadParameter(f"no field {field!r}: the fields are {', '.join(USUAL)}")
        found[field] = name
    return found


_Published = Annotated[
    str | None, typer.Option(parser=_moment, metavar="DATE", help="When it was published (ISO 8601).")
]
_Columns = Annotated[
    dict[str, str] | None,
    typer.Option(
        "--columns",
        parser=_columns,
        metavar="FIELD=NAME,...",
        help="Which column of a CSV or XLSX sheet holds what, e.g. text=Body,title=Headline,published=Date.",
    ),
]
_Country = Annotated[
    str | None, typer.Option(parser=_country, metavar="COUNTRY", help="Where forces are: a name or NER.")
]
_Actor = Annotated[str | None, typer.Option(help="Who acts: a country or part of a name.")]
_Recipient = Annotated[str | None, typer.Option(help="Towards whom: a country or part of a name.")]
_Place = Annotated[str | None, typer.Option(help="Where: a country or part of a place name.")]
_Source = Annotated[
    str | None, typer.Option(help="Who says it or passes it on: part of a name, or a kind such as military.")
]
_Since = Annotated[str | None, typer.Option(parser=_day, metavar="DAY", help="From this day on.")]
_Until = Annotated[str | None, typer.Option(parser=_day, metavar="DAY", help="Up to this day.")]
_Text = Annotated[str | None, typer.Option("--text", "-t", help="With all of these words.")]
_Kind = Annotated[Kind | None, typer.Option(help="Kind of act or state.", metavar="KIND")]

LedgerPath = Annotated[
    str,
    typer.Option(
        "--ledger",
        "-l",
        envvar="DATELINE_LEDGER",
        help="The ledger: a file, or the address of a PostgreSQL database.",
        metavar="FILE|URL",
    ),
]
SitesPath = Annotated[
    Path | None,
    typer.Option(
        "--sites",
        envvar="DATELINE_SITES",
        help="A CSV file of sites of your own, known besides those of the package.",
        metavar="FILE",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        parser=_moment,
        metavar="DATE",
        help="As the ledger stood then (recorded time): without what was added or judged later.",
    ),
]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many rows.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to write it.")]

DEFAULT_LEDGER = "dateline.db"
TABLE_ROWS = 50
"""Rows of a table on a terminal unless --limit says otherwise; other formats are complete."""


@dataclass(frozen=True, slots=True)
class Output:
    """How many rows of which ledger are written in which format."""

    limit: Limit = None
    format: FormatOption = Format.TABLE
    ledger: LedgerPath = DEFAULT_LEDGER
    as_of: AsOf = None


@dataclass(frozen=True, slots=True)
class DerivedOutput(Output):
    """The same for what is derived, which can explain itself."""

    explain: Annotated[bool, typer.Option("--explain", help="A card for each row, with reasons and claims.")] = False


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What the caller knows of a report."""

    published: _Published = None
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None
    title: Annotated[str | None, typer.Option(help="Its headline.")] = None
    url: Annotated[str | None, typer.Option(help="Where it was published.")] = None
    language: Annotated[str | None, typer.Option(metavar="xx", help="Its language, as an ISO 639-1 code.")] = None
    columns: _Columns = None


@dataclass(frozen=True, slots=True)
class ClaimFilters:
    """Which claims to list."""

    kind: _Kind = None
    actor: _Actor = None
    recipient: _Recipient = None
    host: _Country = None
    place: _Place = None
    stance: Annotated[Stance | None, typer.Option(help="How it is put.")] = None
    source: _Source = None
    since: _Since = None
    until: _Until = None
    text: _Text = None


@dataclass(frozen=True, slots=True)
class DocumentFilters:
    """Which reports to list."""

    source: Annotated[str | None, typer.Option(help="Part of the outlet's name.")] = None
    since: _Since = None
    until: _Until = None
    text: _Text = None


@dataclass(frozen=True, slots=True)
class PresenceFilters:
    """Which presences to list."""

    host: _Country = None
    actor: _Actor = None
    place: Annotated[str | None, typer.Option(help="Part of the name of a base.")] = None
    status: Annotated[Standing | None, typer.Option(help="How the force stands.")] = None
    since: _Since = None
    until: Annotated[
        str | None, typer.Option(parser=_day, metavar="DAY", help="By the reports published up to this day.")
    ] = None
    on: Annotated[
        str | None,
        typer.Option(parser=_day, metavar="DAY", help="Who was there on this day (valid time), by all reports."),
    ] = None


@dataclass(frozen=True, slots=True)
class EventFilters:
    """Which events to list."""

    kind: _Kind = None
    actor: _Actor = None
    recipient: _Recipient = None
    host: _Country = None
    place: _Place = None
    stage: Annotated[Stage | None, typer.Option(help="How far it has come.")] = None
    origins: Annotated[
        int | None, typer.Option("--min-origins", min=0, help="Told by at least so many independent origins.")
    ] = None
    since: _Since = None
    until: _Until = None


@dataclass(frozen=True, slots=True)
class OriginFilters:
    """Which origins to list."""

    source: Annotated[str | None, typer.Option(help="Part of the name of who reported it.")] = None
    document: Annotated[str | None, typer.Option(help="The origin of this report, by its full id.")] = None
    origins: Annotated[int | None, typer.Option("--min-reports", min=1, help="With at least so many reports.")] = None
    since: _Since = None
    until: _Until = None


@dataclass(frozen=True, slots=True)
class DisputeFilters:
    """Which disputes to list."""

    type: Annotated[DisputeKind | None, typer.Option("--kind", help="What is disputed.")] = None
    state: Annotated[DisputeStatus | None, typer.Option("--status", help="Open or settled.")] = None
    host: _Country = None
    actor: _Actor = None
    text: _Text = None
    since: _Since = None
    until: _Until = None


@dataclass(frozen=True, slots=True)
class IssueFilters:
    """Which issues to list."""

    code: Annotated[str | None, typer.Option(help="Only issues of this code.")] = None
    text: Annotated[str | None, typer.Option("--text", "-t", help="Part of the message or path.")] = None


class BlurOption(StrEnum):
    """How coarse places become."""

    COUNTRY = "country"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class DossierOptions:
    """What a dossier is about and what of it is given away."""

    host: Annotated[
        str | None, typer.Option(metavar="COUNTRY", help="Where forces are: a name, NER, or a region such as Sahel.")
    ] = None
    actor: Annotated[str | None, typer.Option(help="Whose forces: a country or part of a name.")] = None
    date: Annotated[
        str | None, typer.Option(parser=_day, metavar="DAY", help="The day it bears; today unless given.")
    ] = None
    without_texts: Annotated[
        bool, typer.Option("--without-texts", help="Leave the texts of reports out; claims keep their words.")
    ] = False
    blur: Annotated[
        BlurOption | None, typer.Option(help="Make places coarse; leaves texts and addresses of reports out.")
    ] = None
    update: Annotated[
        bool, typer.Option("--update/--no-update", help="First derive what newer reports and judgements change.")
    ] = True


class LanguageOption(StrEnum):
    """Languages of a brief."""

    EN = "en"
    FR = "fr"


@dataclass(frozen=True, slots=True)
class BriefOptions:
    """What a brief is about, and the file it is written to."""

    host: Annotated[
        str | None, typer.Option(metavar="COUNTRY", help="Where forces are: a name, NER, or a region such as Sahel.")
    ] = None
    force: Annotated[str | None, typer.Option(help="Whose forces: a country or part of a name.")] = None
    since: Annotated[
        str | None, typer.Option(parser=_day, metavar="DAY", help="Tell changes from this day on; all unless given.")
    ] = None
    until: Annotated[
        str | None,
        typer.Option(parser=_day, metavar="DAY", help="Tell what is known for this day; today unless given."),
    ] = None
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="The file to write: .html, .md, .pdf, .docx or .json."),
    ] = None
    lang: Annotated[LanguageOption, typer.Option(help="The language it is written in.")] = LanguageOption.EN
    date: Annotated[
        str | None, typer.Option(parser=_day, metavar="DAY", help="The day it bears; today unless given.")
    ] = None


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Which file is written, in which format."""

    format: Annotated[str | None, typer.Option("--format", "-f", metavar="FORMAT", help="One of --list.")] = None
    out: Annotated[
        str | None, typer.Option("--out", "-o", metavar="FILE", help="The file to write; - is standard output.")
    ] = None
    table: Annotated[
        str | None, typer.Option("--table", metavar="TABLE", help="Only this table, in a format of tables.")
    ] = None
    earlier: Annotated[
        Path | None,
        typer.Option(
            "--earlier",
            metavar="FILE",
            help="An earlier acled export: which of its ids are gone is written beside, as ACLED's deleted list.",
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class RedactionOptions:
    """What is taken out of an export."""

    blur: Annotated[
        str | None,
        typer.Option(
            "--blur",
            metavar="LEVEL",
            help="Make places coarse: country, region (whole degrees), or the degrees of a grid, such as 0.5.",
        ),
    ] = None
    no_anonymous: Annotated[
        bool, typer.Option("--no-anonymous", help="Take out what reports say of sources that they do not name.")
    ] = False
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Take out the words of reports; where they stand stays.")
    ] = False


@dataclass(frozen=True, slots=True)
class ReleaseOptions:
    """Where a release is written, and which it follows."""

    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", help="The folder of releases; NAME is made in it.")
    ] = Path("releases")
    zip: Annotated[bool, typer.Option("--zip", help="Pack it into NAME.zip.")] = False
    after: Annotated[
        Path | None,
        typer.Option(
            "--after", metavar="RELEASE", help="The release before it; the newest of the same filters unless given."
        ),
    ] = None
    first: Annotated[bool, typer.Option("--first", help="It follows no release: tell no differences.")] = False
    without_texts: Annotated[
        bool, typer.Option("--without-texts", help="Leave the texts of reports out; claims keep their words.")
    ] = False


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command as typer needs it: each parameter of a dataclass type as the fields of that class."""
    hints = get_type_hints(command, include_extras=True)
    groups = {name: kind for name, kind in hints.items() if isinstance(kind, type) and is_dataclass(kind)}
    own = [p for p in inspect.signature(command).parameters.values() if p.name not in groups]
    named = [
        inspect.Parameter(f.name, inspect.Parameter.KEYWORD_ONLY, default=f.default, annotation=types[f.name])
        for group in groups.values()
        for types in [get_type_hints(group, include_extras=True)]
        for f in fields(group)
    ]

    def run(**values: Any) -> None:
        given = {
            name: group(**{field.name: values.pop(field.name) for field in fields(group)})
            for name, group in groups.items()
        }
        command(**given, **values)

    kind = inspect.Parameter.KEYWORD_ONLY
    first = [p.replace(annotation=hints[p.name], kind=kind) for p in own if p.default is p.empty]
    last = [p.replace(annotation=hints[p.name], kind=kind) for p in own if p.default is not p.empty]
    parameters = [*first, *named, *last]
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run
