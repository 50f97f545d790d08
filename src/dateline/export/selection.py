"""What an exporter reads: records of one state of a ledger that pass filters, as plain dicts, one after the other.

Redaction is done here, so that no exporter can forget it: an exporter has nothing else to read from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from dateline.export.assessments import assessments
from dateline.export.listing import Record
from dateline.export.redaction import NOTHING, Redaction, Redactor
from dateline.model import Claim, Document
from dateline.store import Filters, View

T = TypeVar("T")
_EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class About:
    """What an export says of itself; `dateline.export.statement` puts it into the words of a file.

    `ledger` is the name of its file; `as_of` the moment in recorded time that it shows, None for now; `exported_at` a
    moment in UTC; `filters` those that were asked for; `runs` the programs that read the reports; `state` tells one
    state of the ledger from another; `redaction` what was taken out, empty where nothing was.
    """

    dateline: str
    ledger: str
    exported_at: str
    as_of: str | None
    filters: Mapping[str, str]
    runs: tuple[Record, ...]
    state: str = ""
    redaction: Mapping[str, str] = field(default_factory=dict)


_OF_CLAIMS = frozenset(
    ["kind", "actor", "recipient", "host", "place", "stance", "source", "since", "until", "text", "document"]
)
APPLIES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "claims": _OF_CLAIMS,
        "documents": _OF_CLAIMS,
        "origins": _OF_CLAIMS,
        "events": frozenset(["kind", "actor", "recipient", "host", "place", "stage", "origins", "since", "until"]),
        "presences": frozenset(["host", "actor", "place", "status", "since"]),
        "assessments": frozenset(["host", "actor", "place", "status", "since"]),
        "disputes": frozenset(["host", "actor", "type", "state", "text", "since", "until"]),
        "judgements": frozenset(),
    }
)
"""The filters that apply to each kind of record; the others are passed over."""


class Selection:
    """Records of a view (which should be a snapshot) that pass filters; memory stays flat however many there are.

    Claims, events, presences and disputes are those that the listing commands give for the filters; a filter that does
    not apply to one of them is passed over (`APPLIES`). With any filter, documents and origins are those of the claims
    that pass, so that every claim has its report and nothing else comes along. `given` counts what was handed out.
    """

    def __init__(self, view: View, about: About, wanted: Filters | None = None, redaction: Redaction = NOTHING) -> None:
        self._view = view
        self.wanted = wanted or _EVERYTHING
        self.redaction = redaction
        self._redactor = Redactor(redaction, view)
        self.about = replace(
            about,
            ledger=self._redactor.words(about.ledger),
            filters=self._redactor.filters(about.filters),
            redaction=redaction.told(),
        )
        self.given: Counter[str] = Counter()

    def claims(self) -> Iterator[Record]:
        """Claims as the annotation guide has them, each with the reference of its report; newest report first."""
        self.given["claims"] += 0
        for some in self._view.every_claim(self.wanted):
            yield from self._counted("claims", self._with_reports(some))

    def documents(self) -> Iterator[Record]:
        """Reports without their text, newest first."""
        pages = self._view.every_document() if self.wanted == _EVERYTHING else self._reports_of_claims()
        return self._records("documents", pages)

    def events(self) -> Iterator[Record]:
        """Events, newest first."""
        return self._records("events", self._view.every_event(self.wanted))

    def presences(self) -> Iterator[Record]:
        """Presences with the steps of their series, by host and force."""
        return self._records("presences", self._view.every_presence(self.wanted))

    def assessments(self) -> Iterator[Record]:
        """Presences as rows: their intervals in time and what is said apart; see `dateline.export.assessments`."""
        self.given["assessments"] += 0
        for some in self._view.every_presence(self.wanted):
            for presence in some:
                yield from self._counted("assessments", assessments(plain(self._redactor.of(presence))))

    def disputes(self) -> Iterator[Record]:
        """Disputes, newest first."""
        return self._records("disputes", self._view.every_dispute(self.wanted))

    def origins(self) -> Iterator[Record]:
        """Origins, those with most reports first."""
        pages = self._view.every_origin() if self.wanted == _EVERYTHING else self._origins_of_claims()
        return self._records("origins", pages)

    def judgements(self) -> Iterator[Record]:
        """What analysts decided, undone judgements too, in the order they were made; no filter applies to them."""
        return self._records("judgements", self._view.every_judgement())

    def claims_of(self, ids: Iterable[str]) -> dict[str, Record]:
        """Claims by their ids as this export gives them, whether they pass the filters or not, superseded ones too."""
        found = self._view.claims_of([self._redactor.id_in_ledger(key) for key in ids])
        return {record["id"]: record for record in self._with_reports(tuple(found.values()))}

    def texts(self, ids: Iterable[str]) -> dict[str, str]:
        """The texts of documents by id; none where redaction takes words or places out."""
        if not self.redaction.keeps_texts:
            return {}
        return self._view.texts(list(ids))

    def passed_over(self) -> dict[str, tuple[str, ...]]:
        """The filters that were given and do not apply, by each kind of record that was handed out."""
        names = [name for name in Filters.__dataclass_fields__ if getattr(self.wanted, name) not in (None, ())]
        found = {kind: tuple(name for name in names if name not in APPLIES[kind]) for kind in self.given}
        return {kind: idle for kind, idle in found.items() if idle}

    def _with_reports(self, some: tuple[Claim, ...]) -> Iterator[Record]:
        headers = self._view.headers([claim.document for claim in some])
        references = {key: _reference(self._redactor.of(document)) for key, document in headers.items()}
        for claim in some:
            record = plain(self._redactor.of(claim))
            record["document"] = references[claim.document]
            yield record

    def _reports_of_claims(self) -> Iterator[tuple[Document, ...]]:
        """The reports of the claims that pass: claims of one report come together."""
        last = ""
        for some in self._view.every_claim(self.wanted):
            ids = [key for key in dict.fromkeys(claim.document for claim in some) if key != last]
            last = some[-1].document
            headers = self._view.headers(ids)
            yield tuple(headers[key] for key in ids)

    def _origins_of_claims(self) -> Iterator[tuple[Any, ...]]:
        for some in self._view.every_origin():
            reports = list(dict.fromkeys(document for origin in some for document in origin.documents))
            told = self._view.documents_with(self.wanted, reports)
            yield tuple(origin for origin in some if not told.isdisjoint(origin.documents))

    def _records(self, name: str, pages: Iterable[tuple[Any, ...]]) -> Iterator[Record]:
        self.given[name] += 0
        for some in pages:
            yield from self._counted(name, (_listed(plain(self._redactor.of(one))) for one in some))

    def _counted(self, name: str, records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            self.given[name] += 1
            yield record


def plain(value: Any) -> dict[str, Any]:
    """A model value as a plain dict of JSON types, in field order: `dateline.model.as_record`, many times as fast."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(value))
    return found


def _listed(record: dict[str, Any]) -> Record:
    """A document's record without its text, which is not read; any other as it is."""
    record.pop("text", None)
    return record


def _reference(document: Document) -> Record:
    """What a claim tells of its report."""
    return {key: getattr(document, key) for key in ("id", "url", "outlet", "published", "language", "title")}
