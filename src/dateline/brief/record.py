"""A brief as JSON: the model behind every other output, with the words of its language beside it."""

from __future__ import annotations

import json
from typing import Any

import dateline
from dateline.brief.model import Brief, Cited, Reference, Section
from dateline.brief.sheet import Line, Sheet
from dateline.brief.values import value_record
from dateline.model import as_record, claim_record


def record(brief: Brief, told: Sheet) -> dict[str, Any]:
    """Everything that the brief says, sentence by sentence, as JSON types."""
    return {
        "brief": told.title,
        "language": told.language.code,
        "dateline": dateline.__version__,
        "host": brief.asked.host,
        "force": brief.asked.force,
        "since": brief.asked.since,
        "until": brief.day,
        "made": brief.made,
        "ledger": {"name": brief.ledger, "state": brief.state, "log": brief.log},
        "taken_out": dict(brief.taken_out),
        "holds_nothing": brief.is_empty,
        "sections": [
            _section(section, [line for group in chapter.groups for line in (group.lead, *group.lines) if line])
            for section, chapter in zip(brief.sections, told.chapters, strict=True)
        ],
        "map": [as_record(stay) for stay in brief.stays],
        "origins": [_reference(one) for one in brief.references],
        "claims": [_cited(one) for one in brief.annex],
    }


def _section(section: Section, lines: list[Line]) -> dict[str, Any]:
    return {"section": section.key, "left_out": section.left_out, "sentences": [_line(one) for one in lines]}


def _line(line: Line) -> dict[str, Any]:
    sentence = line.sentence
    parts = [
        {"template": one.key, "values": {name: value_record(value) for name, value in one.values.items()}}
        for one in sentence.parts
    ]
    rows = ("presence", "step", "site", "event", "dispute", "side")
    about = {name: getattr(sentence, name) for name in rows if getattr(sentence, name) is not None}
    claims = {"claims": list(sentence.claims), "claims_in_all": sentence.claims_in_all}
    return {"text": line.text, **about, **claims, "origins": list(sentence.origins), "parts": parts}


def _reference(one: Reference) -> dict[str, Any]:
    return {
        "number": one.number,
        "origin": one.key,
        "name": one.name,
        "relayed": one.relayed,
        "earliest": None if one.earliest is None else one.earliest.id,
        "reports": list(one.documents),
    }


def _cited(one: Cited) -> dict[str, Any]:
    sentence = {"before": one.before, "words": one.words, "after": one.after}
    return {**claim_record(one.claim, one.report), "sentence": sentence, "origin": one.origin}


def write(brief: Brief, told: Sheet) -> bytes:
    """The JSON in UTF-8, indented; a lone surrogate is escaped."""
    text = json.dumps(record(brief, told), ensure_ascii=False, indent=1)
    try:
        return text.encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        return json.dumps(record(brief, told), indent=1).encode("ascii") + b"\n"
