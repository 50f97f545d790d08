"""Judgements in the words of a line: what was decided, of what, and from what to what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from dateline.export.words import amount, days, short_id
from dateline.model import Affected, Effect, Judgement, Matter, Notice, PubStatus, Verdict
from dateline.reconcile.ratings import CREDIBILITY_WORDS, RELIABILITY_WORDS, Credibility, Reliability

EFFECTS: Mapping[Effect, str] = MappingProxyType(
    {
        Effect.CURRENT: "counts again",
        Effect.SUPERSEDED: "superseded by a later version",
        Effect.RETRACTED: "retracted by its provider",
        Effect.WITHHELD: "withheld by its provider",
        Effect.EMBARGOED: "held back until its embargo is over",
    }
)
"""What notices come to for a report."""

NOT_SAID = "not said"
_NAMED = 3
_LONGEST = 160


def in_words(slot: str, value: Any) -> str:
    """A value of a slot, as JSON types, as a reader writes it.

    >>> in_words("actor", {"name": "Wagner Group", "country": "RUS", "sector": "PMC"})
    'Wagner Group [RUS PMC]'
    >>> in_words("quantity", {"low": 900, "high": 1000, "unit": "personnel", "scope": "total"})
    '900–1,000 personnel (total)'
    """
    if value is None:
        return NOT_SAID
    tell = _SLOT_WORDS.get(slot)
    if tell is not None:
        return tell(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _party(value: Mapping[str, Any]) -> str:
    return f"{value['name']} [{value['country'] or '?'} {value['sector']}]"


def _place(value: Mapping[str, Any]) -> str:
    return f"{value['name']} [{value['country'] or '?'} {value['precision']}]"


def _source(value: Mapping[str, Any]) -> str:
    name = value["source"]["name"] if value["source"] is not None else "somebody"
    return f"{name} [{value['source_kind']}{' anonymous' if value['anonymous'] else ''}]"


_NOTICES: Mapping[PubStatus, str] = MappingProxyType(
    {PubStatus.USABLE: "sent", PubStatus.WITHHELD: "withholds", PubStatus.CANCELED: "cancels"}
)
_SLOT_WORDS: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "actor": _party,
        "recipient": _party,
        "place": _place,
        "quantity": lambda value: f"{amount(value['low'], value['high'])} {value['unit']} ({value['scope']})",
        "time": lambda value: days(value["earliest"], value["latest"]),
        "source": _source,
        "via": lambda value: "; ".join(value) or "nobody",
        "place.point": lambda value: f"{value[0]:g},{value[1]:g}",
    }
)


def sentence(judgement: Judgement) -> str:
    """What a judgement decides, in one line."""
    return _SENTENCES[judgement.verdict](judgement)


def told_notice(notice: Notice) -> str:
    """What a notice says, in one line."""
    who = shortened(notice.provider) if notice.provider is not None else "its provider"
    which = shortened(notice.item) + (f", version {shortened(notice.version)}" if notice.version is not None else "")
    said = _NOTICES[notice.status]
    if notice.status is PubStatus.USABLE and notice.embargoed is not None:
        said, which = "embargoes", f"{which}, until {notice.embargoed[:16].replace('T', ' ')} UTC"
    note = "" if notice.note is None else f": “{shortened(notice.note)}”"
    return f"{who} {said} {which}{note}"


def told_effect(affected: Affected) -> str:
    """What set a report aside, in one line."""
    if affected.until is not None:
        return f"embargoed until {affected.until[:16].replace('T', ' ')} UTC"
    return EFFECTS[affected.effect]


def shortened(text: str) -> str:
    """`text` in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()} …"


def _some(ids: tuple[str, ...] | list[str]) -> str:
    named = ", ".join(short_id(key) for key in ids[:_NAMED])
    return named if len(ids) <= _NAMED else f"{named} and {len(ids) - _NAMED} more"


def _rejects(judgement: Judgement) -> str:
    return "disregarded" if judgement.matter is Matter.NOTICE else "rejected"


def _correction(judgement: Judgement) -> str:
    value = judgement.value
    slot = value["slot"]
    change = f"{in_words(slot, value.get('was'))} → {in_words(slot, value['to'])}"
    return f"corrected {_some(judgement.targets)}: {slot}: {change}"


def _merge(judgement: Judgement) -> str:
    parts = judgement.value.get("of", ())
    members = "reports" if judgement.matter is Matter.ORIGIN else "claims"
    what = "one origin" if judgement.matter is Matter.ORIGIN else "one event"
    return f"{_some(list(parts) or judgement.targets)} are {what}: {len(judgement.targets)} {members}"


def _split(judgement: Judgement) -> str:
    taken = judgement.value["taken"]
    of = f"{'is' if len(taken) == 1 else 'are'} not of {short_id(judgement.value.get('from', judgement.matter))}"
    return f"{_some(taken)} {of}: {len(judgement.targets) - len(taken)} stay"


def _settlement(judgement: Judgement) -> str:
    side = judgement.value.get("side")
    kind = judgement.value.get("kind") or "a"
    won = "for no side" if side is None else f"for: {shortened(side)}"
    return f"{kind} dispute over {len(judgement.targets)} claims settled {won}"


def _rating(judgement: Judgement) -> str:
    given = judgement.value["rating"]
    if judgement.matter is Matter.SOURCE:
        return f"rated {', '.join(judgement.targets)} {given}: {RELIABILITY_WORDS[Reliability(given)]}"
    return f"rated {_some(judgement.targets)} {given}: {CREDIBILITY_WORDS[Credibility(given)]}"


def _note(judgement: Judgement) -> str:
    on = judgement.value.get("on") or judgement.targets[0]
    return f"note on {short_id(on)}: {shortened(judgement.value['text'])}"


_SENTENCES: Mapping[Verdict, Callable[[Judgement], str]] = MappingProxyType(
    {
        Verdict.ACCEPT: lambda judgement: f"accepted {_some(judgement.targets)}",
        Verdict.REJECT: lambda judgement: f"{_rejects(judgement)} {_some(judgement.targets)}",
        Verdict.CORRECT: _correction,
        Verdict.MERGE: _merge,
        Verdict.SPLIT: _split,
        Verdict.SETTLE: _settlement,
        Verdict.RATE: _rating,
        Verdict.NOTE: _note,
        Verdict.REVERSE: lambda judgement: f"undid {_some(judgement.targets)}",
    }
)
