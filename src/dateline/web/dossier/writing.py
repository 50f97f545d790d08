"""From the material of a dossier to its files: pages, charts, records for programs, and the manifest."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import dateline
from dateline.charts.paper import concerns
from dateline.charts.presence import presence_svg
from dateline.desk.dossier import Choice, Material, ReportTold, Subject, Told, claims_of_presence, material
from dateline.desk.evidence import marks, segments
from dateline.export import SHAPES, Listing
from dateline.export import csv as csv_file
from dateline.export.folder import Folder, whole
from dateline.export.jsonl import line
from dateline.model import Dispute, Document, Presence, claim_record
from dateline.store import Store
from dateline.store.times import log_mark
from dateline.web.dossier.templates import render
from dateline.web.rendering import STATIC

T = TypeVar("T")
_HERE = Path(__file__).parent
_PAGE, _ROWS = 25, 200
"""Cards and rows of a page."""

_MOST = 200
"""Claims that a page of a presence shows of each stance."""

_FEW = 10
"""Claims shown for a telling of an event or a side of a dispute, reports shown of an origin times five."""

_TELLINGS = 50
"""Independent tellings shown of an event."""

_CHARTED = 24
"""Presences drawn on the first page."""

SECTIONS = (
    ("index.html", "Overview"),
    ("events.html", "Events"),
    ("disputes.html", "Disputes"),
    ("claims.html", "Claims"),
    ("reports.html", "Reports"),
    ("origins.html", "Origins"),
    ("judgements.html", "Judgements"),
)
_GROUPS = (
    ("For it", "supports"),
    ("Departures", "departures"),
    ("Planned", "planned"),
    ("Alleged", "alleged"),
    ("Conditional", "conditional"),
    ("Denied", "denied"),
)
_FACTS = (
    *(("Published", "published"), ("Outlet", "outlet"), ("Byline", "byline"), ("Agency", "agency")),
    *(("Dateline", "dateline_place"), ("Language", "language"), ("Address", "url")),
)


@dataclass(frozen=True, slots=True)
class Edition:
    """What a dossier is made of and when: the same edition of the same state of a ledger has the same bytes."""

    subject: Subject
    date: datetime.date
    choice: Choice = Choice()


@dataclass(frozen=True, slots=True)
class Placed:
    """A dispute and the page it stands on, from the top of the folder."""

    dispute: Dispute
    address: str


def write_dossier(store: Store, edition: Edition, target: Path) -> int:
    """Write a dossier into a new or empty folder, whole or not at all; gives how many claims it holds."""
    with material(store, edition.subject, edition.choice) as found, whole(target) as folder:
        _Writer(found, edition, store, folder).write()
        return found.claim_count


class _Writer:
    """Writes the files of one dossier, each kind in one pass over the material."""

    def __init__(self, found: Material, edition: Edition, store: Store, folder: Folder) -> None:
        self._found = found
        self._store = store
        self._edition = edition
        self._folder = folder
        self._shared: Mapping[str, Any] = {
            "subject": edition.subject.title,
            "date": edition.date.isoformat(),
            "ledger": Path(store.name).name,
            "state": found.state,
            "sections": SECTIONS,
        }

    def write(self) -> None:
        """All files, the manifest last."""
        for name, path in (("desk.css", STATIC / "desk.css"), ("dossier.css", _HERE / "dossier.css")):
            self._folder.add(name, path.read_bytes())
        disputes = self._disputes()
        presences = list(self._found.presences())
        self._presences(presences, disputes)
        events = self._events()
        self._reports()
        origins = self._origins()
        judgements = self._judgements()
        numbers = (
            (len(presences), "presences", "index.html"),
            (events, "events", "events.html"),
            (len(disputes), "disputes", "disputes.html"),
            (self._found.claim_count, "claims", "claims.html"),
            (self._found.report_count, "reports", "reports.html"),
            (origins, "origins of several reports", "origins.html"),
            (judgements, "judgements", "judgements.html"),
        )
        self._index(presences, disputes, numbers)
        choice = self._edition.choice
        self._folder.close(
            {
                "dossier": self._edition.subject.title,
                "host": self._edition.subject.host,
                "actor": self._edition.subject.actor,
                "date": self._edition.date.isoformat(),
                "ledger": self._shared["ledger"],
                "state": self._found.state,
                "log": log_mark(self._store, entry=int(self._found.state.rpartition(".")[2])).sha256,
                "dateline": dateline.__version__,
                "texts": choice.whole_texts,
                "blur": None if choice.blur is None else str(choice.blur),
                "counts": {name: number for number, name, _ in numbers},
            }
        )

    def _page(self, name: str, template: str, section: str, **values: Any) -> None:
        top = "../" * name.count("/")
        self._folder.add(name, render(template, top=top, section=section, **self._shared, **values))

    def _pages(self, stem: str, rows: Iterable[Sequence[T]], **values: Any) -> None:
        """Pages of a list, at least one."""
        rest = iter(rows)
        some: Sequence[T] | None = next(rest, ())
        number = 1
        while some is not None:
            following = next(rest, None)
            name = f"{stem}.html" if number == 1 else f"{stem}-{number}.html"
            last = following is None
            self._page(name, f"{stem}.html", f"{stem}.html", rows=some, number=number, last=last, **values)
            some, number = following, number + 1

    def _disputes(self) -> list[Placed]:
        placed: list[Placed] = []

        def shown() -> Iterator[Sequence[Any]]:
            for number, some in enumerate(_chunks(self._found.disputes(), _PAGE), 1):
                address = "disputes.html" if number == 1 else f"disputes-{number}.html"
                placed.extend(Placed(dispute, address) for dispute in some)
                told = self._told(side.claims for one in some for side in one.sides)
                yield [(one, [(side, told(side.claims)) for side in one.sides]) for one in some]

        self._pages("disputes", shown())
        return placed

    def _told(self, groups: Iterable[Sequence[str]]) -> Callable[[Sequence[str]], list[Told]]:
        """The first few claims of each group, fetched at once; the answer picks those of one group."""
        found = {one.claim.id: one for one in self._found.told([key for ids in groups for key in ids[:_FEW]])}
        return lambda ids: [found[key] for key in ids[:_FEW] if key in found]

    def _presences(self, presences: Sequence[Presence], disputes: Sequence[Placed]) -> None:
        for presence in presences:
            mine = [one for one in disputes if concerns(one.dispute, presence)]
            claims = claims_of_presence(presence)
            svg = presence_svg(
                [presence],
                [one.dispute for one in mine],
                title="Strength through time",
                days=self._found.days(claims),
            )
            self._folder.add(f"charts/{presence.id}.svg", svg.encode("utf-8", "replace"))
            groups = []
            for heading, name in _GROUPS:
                ids = getattr(presence, name)
                groups.append((heading, self._found.told(ids[::-1][:_MOST]), len(ids)))
            against = tuple(dict.fromkeys(claim for step in presence.series for claim in step.contradicts))
            groups.insert(1, ("Against what counts", self._found.told(against[:_MOST]), len(against)))
            self._page(
                f"presence/{presence.id}.html",
                "presence.html",
                "index.html",
                presence=presence,
                disputes=mine,
                groups=groups,
                chart_height=_height(svg),
            )

    def _events(self) -> int:
        count = 0

        def shown() -> Iterator[Sequence[Any]]:
            nonlocal count
            for some in _chunks(self._found.events(), _PAGE):
                count += len(some)
                told = self._told(witness.claims for one in some for witness in one.witnesses[:_TELLINGS])
                yield [(one, [(w, told(w.claims)) for w in one.witnesses[:_TELLINGS]]) for one in some]

        self._pages("events", shown())
        return count

    def _reports(self) -> None:
        """Report pages, the lists of reports and claims, and the records for programs, in one pass over the reports."""
        listed: list[tuple[str, int]] = []
        with self._folder.appending("claims.jsonl") as records, self._folder.appending("claims.csv") as table:
            rows = _Rows(table)

            def claims() -> Iterator[Told]:
                for report in self._found.reports():
                    self._report(report)
                    listed.append((report.document.id, len(report.claims)))
                    some = [claim_record(one.claim, one.report) for one in report.claims]
                    records.writelines(map(line, some))
                    rows.write(some)
                    yield from report.claims

            self._pages("claims", _chunks(claims(), _ROWS))

        def reports() -> Iterator[Sequence[tuple[Document, int]]]:
            for some in _chunks(listed, _ROWS):
                headers = self._found.headers(key for key, _ in some)
                yield [(headers[key], count) for key, count in some]

        self._pages("reports", reports())

    def _report(self, report: ReportTold) -> None:
        document = report.document
        facts = [
            (name, value, document.provenance.get(key))
            for name, key in _FACTS
            if (value := getattr(document, key)) is not None
        ]
        self._page(
            f"reports/{document.id}.html",
            "report.html",
            "reports.html",
            document=document,
            told=report.claims,
            others=report.others,
            origin=report.origin,
            facts=facts,
            pieces=segments(document.text, marks(one.claim for one in report.claims), document.furniture),
        )

    def _origins(self) -> int:
        count = 0

        def shown() -> Iterator[Sequence[Any]]:
            nonlocal count
            for some in _chunks(self._found.origins(), _PAGE):
                count += len(some)
                yield [
                    (
                        origin,
                        self._cited(origin.documents[: _FEW * 5]),
                        self._cited([*_others(origin.partial, origin.documents)][: _FEW * 5]),
                    )
                    for origin in some
                ]

        self._pages("origins", shown())
        return count

    def _cited(self, ids: Sequence[str]) -> list[tuple[Document, bool]]:
        """Reports, each with whether it has a page here."""
        headers = self._found.headers(ids)
        return [(headers[key], self._found.has_report(key)) for key in ids if key in headers]

    def _judgements(self) -> int:
        found = self._found.judgements()
        self._pages("judgements", _chunks(found, _ROWS))
        return len(found)

    def _index(
        self, presences: Sequence[Presence], disputes: Sequence[Placed], numbers: Sequence[tuple[int, str, str]]
    ) -> None:
        told = sorted(presences, key=lambda one: (-len(claims_of_presence(one)), one.id))[:_CHARTED]
        drawn = [one for one in presences if one in told]
        days = self._found.days(claim for one in drawn for claim in claims_of_presence(one))
        svg = presence_svg(drawn, [one.dispute for one in disputes], title=self._edition.subject.title, days=days)
        self._folder.add("charts/all.svg", svg.encode("utf-8", "replace"))
        some = f"The {len(drawn)} presences with most claims are drawn." if len(drawn) < len(presences) else ""
        self._page(
            "index.html",
            "index.html",
            "index.html",
            presences=presences,
            numbers=numbers,
            charted=some,
            chart_height=_height(svg),
            open_disputes=[one for one in disputes if one.dispute.status == "open"][:_ROWS],
            choice=self._edition.choice,
            is_current=self._found.is_current,
            readers=self._found.readers,
            version=dateline.__version__,
        )


class _Rows:
    """Rows of a CSV file, written in parts under one heading."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._begun = False

    def write(self, records: Sequence[Mapping[str, Any]]) -> None:
        """Some more claims."""
        part = io.BytesIO()
        csv_file.write(Listing("claims", records, SHAPES["claims"], len(records)), part)
        text = part.getvalue()
        self._out.write(text.split(b"\r\n", 1)[1] if self._begun else text)
        self._begun = True


def _others(links: Iterable[Any], members: Sequence[str]) -> Iterator[str]:
    seen = set(members)
    for link in links:
        for end in (link.earlier, link.later):
            if end not in seen:
                seen.add(end)
                yield end


def _height(svg: str) -> int:
    """The height that a drawing says it has, in pixels."""
    return int(svg.partition(' height="')[2].partition('"')[0])


def _chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(rows)
    while some := list(islice(rest, size)):
        yield some
