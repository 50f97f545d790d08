"""The columns of each listing: flat for CSV and data frames, brief for the table on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from dateline.export.listing import Record, Row, Scalar, Shape
from dateline.export.log_shape import LOG
from dateline.export.words import amount, bound, counted, days, short_id

_ACTOR = ("text", "name", "country", "sector")
_PLACE = ("text", "name", "country", "lat", "lon", "precision", "uncertainty")
_QUANTITY = ("text", "low", "high", "unit", "scope")
_TIME = ("text", "earliest", "latest", "basis")
_SLOTS = {"actor": _ACTOR, "recipient": _ACTOR, "place": _PLACE, "quantity": _QUANTITY, "time": _TIME}
_SOURCE = ("text", "name", "description", "office", "affiliation", "condition")
_DOCUMENT = ("id", "published", "outlet", "title", "url", "language")


def _flat_claim(record: Record) -> Row:
    row: Row = {name: record[name] for name in ("id", "kind", "stance")}
    for slot, fields in _SLOTS.items():
        row |= _part(slot, record[slot], fields)
    said = record["attribution"] or {}
    row |= _part("source", said.get("source"), _SOURCE)
    row["source_kind"] = said.get("source_kind")
    row["anonymous"] = said.get("anonymous")
    row["quote"] = said.get("quote")
    row["via"] = "; ".join(said.get("via", ()))
    row["commitment"] = said.get("commitment")
    row["evidence"] = " … ".join(part["exact"] for part in record["evidence"])
    row["evidence_at"] = "; ".join(f"{part['start']}-{part['end']}" for part in record["evidence"])
    row["confidence"] = record["confidence"]
    return row | _part("document", record["document"], _DOCUMENT)


def _part(slot: str, value: Record | None, fields: tuple[str, ...]) -> Row:
    return {f"{slot}_{field}": None if value is None else value[field] for field in fields}


def _brief_claim(record: Record) -> dict[str, str]:
    quantity, time = record["quantity"], record["time"]
    return {
        "id": short_id(record["id"]),
        "report": (record["document"]["published"] or "")[:10],
        "kind": record["kind"],
        "stance": record["stance"],
        "actor": _name(record["actor"]),
        "recipient": _name(record["recipient"]),
        "place": _name(record["place"]),
        "how many": "" if quantity is None else f"{amount(quantity['low'], quantity['high'])} {quantity['unit']}",
        "when": "" if time is None else days(time["earliest"], time["latest"]),
        "says who": voice(record["attribution"], record["document"]),
        "words": record["evidence"][0]["exact"],
    }


def _name(value: Record | None) -> str:
    return "" if value is None else str(value["name"])


def voice(said: Record | None, document: Record) -> str:
    """Who says it, through whom: "Lloyd Austin via Reuters"; the report itself when nobody else does."""
    if said is None:
        return f"({document['outlet'] or 'the report'})"
    source = said["source"]["name"] if said["source"] is not None else str(said["source_kind"])
    return " via ".join([source, *reversed(said["via"])])


def _flat_document(record: Record) -> Row:
    fields = ("title", "outlet", "byline", "agency", "dateline_place", "dateline_date", "published", "url")
    row: Row = {"id": record["id"]} | {name: record[name] for name in (*fields, "language", "sha256")}
    return row | {"characters": len(record.get("text", ""))}


def _brief_document(record: Record) -> dict[str, str]:
    row = {"id": short_id(record["id"]), "published": record["published"] or "not known"}
    row |= {name: record[name] or "" for name in ("outlet", "agency", "title", "language")}
    return row | {"characters": f"{len(record['text']):,}"}


_APART = ("planned", "alleged", "denied", "conditional")


def _flat_presence(record: Record) -> Row:
    names = (
        "id",
        "force",
        "force_country",
        "sector",
        "host",
        "site",
        "status",
        "low",
        "high",
        "scope",
        "as_of",
    )
    row: Row = {name: record[name] for name in names}
    row["strength_from"] = record["strength_from"]
    for name in ("sites", "supports", "departures", *_APART):
        row[name] = "; ".join(record[name])
    return row


def _brief_presence(record: Record) -> dict[str, str]:
    beside = [_beside(stance, record) for stance in _APART if record[stance]]
    scope = record["scope"]
    strength = amount(record["low"], record["high"])
    return {
        "host": record["host"],
        "force": record["force"],
        "status": record["status"],
        "strength": f"{strength} ({scope})" if strength and scope not in (None, "total") else strength or "–",
        "as of": record["as_of"] or "",
        "sites": "; ".join(record["sites"]),
        "shown apart": "; ".join(beside),
        "from": short_id(record["strength_from"] or (record["supports"] or record["departures"] or [""])[-1]),
        "id": short_id(record["id"]),
    }


def _beside(stance: str, record: Record) -> str:
    """ "planned 60": the figures of one stance, else how many claims there are."""
    figures = [amount(s["low"], s["high"]) for s in record["strengths"] if s["stance"] == stance]
    count = len(record[stance])
    told = ", ".join(dict.fromkeys(figures)) if figures else f"in {count} claim{'s' if count > 1 else ''}"
    return f"{stance} {told}"


def _flat_step(record: Record) -> Row:
    row: Row = {name: record[name] for name in _STEP_COLUMNS if name not in ("supports", "contradicts")}
    return row | {name: "; ".join(record[name]) for name in ("supports", "contradicts")}


def _brief_step(record: Record) -> dict[str, str]:
    gone = (record["low"], record["high"]) == (0, 0)
    strength = "gone" if gone else amount(record["low"], record["high"]) or "–"
    return {
        "host": record["host"],
        "force": record["force"],
        "site": record["site"] or "",
        "from": bound(record["start"], record["start_precise"], record["start_asserted"]),
        "to": bound(record["end"], record["end_precise"], record["end_asserted"]) or f"open, as of {record['as_of']}",
        "strength": f"{strength} (carried)" if record["carried"] else strength,
        "origins": str(record["origins"]),
        "why": record["reason"],
    }


def _flat_event(record: Record) -> Row:
    names = ("id", "kind", "stage", "actor", "actor_country", "recipient", "recipient_country", "country", "place")
    row: Row = {name: record[name] for name in (*names, "earliest", "latest", "low", "high", "unit")}
    row["origins"] = _independent(record["witnesses"])
    row["reports"] = len({document for witness in record["witnesses"] for document in witness["documents"]})
    row["linked"] = "; ".join(f"{link['tie']} {link['event']}" for link in record["links"])
    return row | {"stances": "; ".join(record["stances"]), "claims": "; ".join(record["claims"])}


def _brief_event(record: Record) -> dict[str, str]:
    row = {"id": short_id(record["id"]), "when": days(record["earliest"], record["latest"])}
    row |= {name: record[name] or "" for name in ("kind", "stage", "actor", "recipient")}
    row["where"] = record["place"] or record["country"] or ""
    many = amount(record["low"], record["high"])
    row["how many"] = f"{many} {record['unit']}" if many else ""
    return row | {"told by": told_by(record["witnesses"])}


def _independent(witnesses: Sequence[Record]) -> int:
    return sum(not witness["background"] for witness in witnesses)


def told_by(witnesses: Sequence[Record]) -> str:
    """ "9 reports, 2 independent origins", background mentions apart."""
    news = {document for w in witnesses if not w["background"] for document in w["documents"]}
    recalled = {document for w in witnesses for document in w["documents"]} - news
    count = _independent(witnesses)
    words = f"{counted(len(news), 'report')}, {counted(count, 'independent origin')}"
    return f"{words}; recalled in {len(recalled)}" if recalled else words


def _flat_dispute(record: Record) -> Row:
    names = ("id", "kind", "status", "topic", "sentence", "force_country", "host", "first_day", "last_day", "about")
    row: Row = {name: record[name] for name in names}
    row["sides"] = " | ".join(side["holds"] for side in record["sides"])
    row["origins"] = " | ".join(str(_independent(side["witnesses"])) for side in record["sides"])
    row["claims"] = " | ".join("; ".join(side["claims"]) for side in record["sides"])
    return row | {"settled_by": record["settled_by"], "favours": record["favours"]}


def _brief_dispute(record: Record) -> dict[str, str]:
    sides = [f"{side['holds']} ({counted(_independent(side['witnesses']), 'origin')})" for side in record["sides"]]
    return {
        "id": short_id(record["id"]),
        "kind": record["kind"],
        "status": record["status"],
        "when": days(record["first_day"], record["last_day"]),
        "host": record["host"] or "",
        "topic": record["topic"],
        "sides": " / ".join(sides),
    }


def _flat_origin(record: Record) -> Row:
    row: Row = {name: record[name] for name in ("id", "name", "earliest")}
    row |= {"reports": len(record["documents"]), "documents": "; ".join(record["documents"])}
    row["reasons"] = " | ".join(link["reason"] for link in record["links"])
    return row | {"partial": "; ".join(_other_end(link, record["documents"]) for link in record["partial"])}


def _brief_origin(record: Record) -> dict[str, str]:
    reasons = [link["reason"] for link in record["links"]]
    more = f" (+{len(reasons) - 1} more)" if len(reasons) > 1 else ""
    return {
        "id": short_id(record["id"]),
        "who": record["name"] or "not known",
        "reports": str(len(record["documents"])),
        "earliest": record["earliest"] or "",
        "used in part by": str(len(record["partial"]) or ""),
        "why one": f"{reasons[0]}{more}" if reasons else "",
    }


def _other_end(link: Record, members: Sequence[str]) -> str:
    return str(link["earlier"] if link["later"] in members else link["later"])


def _flat_issue(record: Record) -> Row:
    return dict(record)


def _brief_issue(record: Record) -> dict[str, str]:
    where = record["path"] or short_id(record["document"] or "")
    at = "" if record["start"] is None else f" at {record['start']}"
    return {"code": record["code"], "where": f"{where}{at}", "what": record["message"]}


def _columns(*names: str) -> tuple[str, ...]:
    return tuple(" ".join(names).split())


_CLAIM_COLUMNS = (
    *_columns("id kind stance"),
    *(f"{slot}_{field}" for slot, fields in _SLOTS.items() for field in fields),
    *(f"source_{field}" for field in _SOURCE),
    *_columns("source_kind anonymous quote via commitment evidence evidence_at confidence"),
    *(f"document_{field}" for field in _DOCUMENT),
)

_STEP_COLUMNS = (
    *_columns("presence host force force_country site start start_precise start_asserted end end_precise end_asserted"),
    *_columns("low high as_of carried origins reason supports contradicts"),
)

SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "claims": Shape(_flat_claim, _brief_claim, _CLAIM_COLUMNS, ("words",)),
        "documents": Shape(
            _flat_document,
            _brief_document,
            _columns("id title outlet byline agency dateline_place dateline_date published url language sha256")
            + ("characters",),
            ("title",),
        ),
        "presence": Shape(
            _flat_presence,
            _brief_presence,
            _columns("id force force_country sector host site status low high scope as_of strength_from sites")
            + _columns("supports departures planned alleged denied conditional"),
        ),
        "events": Shape(
            _flat_event,
            _brief_event,
            _columns("id kind stage actor actor_country recipient recipient_country country place earliest latest")
            + _columns("low high unit origins reports linked stances claims"),
        ),
        "presence_steps": Shape(_flat_step, _brief_step, _STEP_COLUMNS, ("why",)),
        "disputes": Shape(
            _flat_dispute,
            _brief_dispute,
            _columns("id kind status topic sentence force_country host first_day last_day about sides origins claims")
            + _columns("settled_by favours"),
            ("sides",),
        ),
        "origins": Shape(
            _flat_origin,
            _brief_origin,
            _columns("id name earliest reports documents reasons partial"),
            ("why one",),
        ),
        "issues": Shape(_flat_issue, _brief_issue, _columns("code message document path start end"), ("what",)),
        "log": LOG,
    }
)


def flat_rows(name: str, records: list[Record]) -> list[dict[str, Scalar]]:
    """Every record of a listing as one flat row."""
    return [SHAPES[name].flat(record) for record in records]
