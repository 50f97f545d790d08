"""A brief written in a language, before it has the form of a file: every output says exactly this."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.brief.claimed import matter
from dateline.brief.drawings import Figure, Table, charts, sides, world_map
from dateline.brief.language import Language
from dateline.brief.likelihood import SCALE, likelihood
from dateline.brief.model import Brief, Cited, Group, Reference, Section, Sentence
from dateline.export.safe import visible


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in words, with the numbers of its references and the sentence it was written from."""

    text: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines under a heading of their own or none; `lead` stands above them, as the matter of a dispute does.

    `svg` draws what the sides of a dispute give, where that can be drawn; the lines say the same.
    """

    heading: str | None
    lead: Line | None
    lines: tuple[Line, ...]
    svg: str | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section in words; `none` is said where it has no sentence, `left_out` where there was no room for all."""

    key: str
    heading: str
    groups: tuple[Lines, ...]
    none: str
    left_out: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference in words: who, the earliest report, its address if it is one of the web, and how many copies."""

    number: int
    who: str
    report: str
    url: str | None
    copies: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class Row:
    """A claim of the annex in words; `words` stand in the sentence between `before` and `after`."""

    id: str
    says: str
    stance: str
    before: str
    words: str
    after: str
    chain: str
    report: str
    origin: int | None
    reading: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole in words. `facts` are what it is made of, `how` how to read it; `nothing`: the ledger has none."""

    language: Language
    title: str
    facts: tuple[tuple[str, str], ...]
    how: tuple[str, ...]
    nothing: str | None
    chapters: tuple[Chapter, ...]
    map: Figure | None
    charts: tuple[Figure, ...]
    entries: tuple[Entry, ...]
    rows: tuple[Row, ...]


def sheet(brief: Brief, words: Language) -> Sheet:
    """A brief in a language."""
    return Sheet(
        language=words,
        title=_title(brief, words),
        facts=tuple(_facts(brief, words)),
        how=(words.label("how_1"), words.label("how_2"), words.label("how_3", scale=scale(words))),
        nothing=words.label("nothing") if brief.is_empty else None,
        chapters=tuple(_chapter(one, words) for one in brief.sections),
        map=world_map(brief, words),
        charts=charts(brief, words),
        entries=tuple(_entry(one, words) for one in brief.references),
        rows=tuple(_row(one, words) for one in brief.annex),
    )


def scale(words: Language) -> str:
    """The steps of ICD 203 with their percentages."""
    steps = (f"{words.term('likelihood', key)} {words.percent(*bounds)}" for key, bounds in SCALE.items())
    return ", ".join(steps)


def _title(brief: Brief, words: Language) -> str:
    host, force = brief.asked.host, brief.asked.force
    where = "" if host is None else words.host(host, "in")
    whose = "" if force is None else visible(words.country(force))
    key = "title_host" if force is None else "title_force" if host is None else "title_both"
    title = words.label(key, host=where, force=whose)
    return f"{title[:1].upper()}{title[1:]}"


def _facts(brief: Brief, words: Language) -> Iterator[tuple[str, str]]:
    since = brief.asked.since
    span = words.label("span_all") if since is None else words.label("span_since", since=words.day(since))
    day = words.days(brief.day, brief.day, "bare" if words.code == "en" else "")
    yield words.label("scope"), words.label("scope_words", day=day, span=span)
    yield words.label("made"), words.day(brief.made)
    yield words.label("ledger"), visible(brief.ledger)
    yield words.label("state"), brief.state
    yield words.label("log"), brief.log
    counts = ((len(brief.references), "origin"), (len(brief.annex), "claim"))
    yield words.label("counts"), ", ".join(words.count(number, thing) for number, thing in counts)
    for name in brief.taken_out:
        yield words.label("taken_out"), words.label(f"redaction_{name}")


def _chapter(section: Section, words: Language) -> Chapter:
    left_out = None
    if section.left_out:
        left_out = words.label("left_out", count=words.count(section.left_out, "sentence"))
    groups = tuple(_lines(one, words) for one in section.groups)
    return Chapter(section.key, words.label(section.key), groups, words.label(f"{section.key}_none"), left_out)


def _lines(group: Group, words: Language) -> Lines:
    heading = None if group.key is None else words.label(f"group_{group.key}")
    lead = None if group.lead is None else Line(words.sentence(group.lead), group.lead)
    lines = tuple(Line(words.sentence(one), one) for one in group.sentences)
    return Lines(heading, lead, lines, None if lead is None else sides(group, words))


def _entry(reference: Reference, words: Language) -> Entry:
    earliest = reference.earliest
    known = [reference.name, *(() if earliest is None else (earliest.agency, earliest.outlet))]
    who = next((visible(one) for one in known if one), words.label("no_outlet"))
    if reference.relayed:
        who = f"{who} ({words.label('relayed')})"
    report = "" if earliest is None else _report(earliest.title, earliest.outlet, earliest.published, words)
    url = None if earliest is None else web_address(earliest.url)
    copies = words.count(len(reference.documents), "copy")
    return Entry(reference.number, who, report, url, copies, reference)


def web_address(url: str | None) -> str | None:
    """An address that may be a link: of the web, and without what ends an attribute or a line."""
    if url is None or not url.lower().startswith(("http://", "https://")):
        return None
    return None if any(char.isspace() or char in "\"'<>`\\" or not char.isprintable() for char in url) else url


def _report(title: str | None, outlet: str | None, published: str | None, words: Language) -> str:
    named = words.label("quoted", title=visible(title)) if title else words.label("untitled")
    who = visible(outlet) if outlet else words.label("no_outlet")
    day = words.day(published) if published else words.label("undated")
    return f"{named}, {who}, {day}"


def _row(cited: Cited, words: Language) -> Row:
    claim, report = cited.claim, cited.report
    says = words.joined([*matter(claim)])
    step = likelihood(claim.confidence)
    reading = (
        f"{claim.confidence:.2f}" if step is None else f"{words.term('likelihood', step)} ({claim.confidence:.2f})"
    )
    if words.code == "fr":
        reading = reading.replace(".", ",")
    if cited.verdict:
        reading = f"{reading}, {words.label('judged')}"
    return Row(
        id=claim.id,
        says=says,
        stance=words.term("stances", str(claim.stance)),
        before=visible(cited.before),
        words=visible(cited.words) if cited.words else words.label("withheld"),
        after=visible(cited.after),
        chain=words.voices(cited.voices),
        report=_report(report.title, report.outlet, report.published, words),
        origin=cited.origin,
        reading=reading,
        cited=cited,
    )


def references_of(numbers: Sequence[int]) -> str:
    """Numbers of references as they stand behind a sentence: "[1] [3]"."""
    return " ".join(f"[{number}]" for number in numbers)


__all__ = ["Chapter", "Entry", "Figure", "Line", "Lines", "Row", "Sheet", "Table", "references_of", "sheet"]
