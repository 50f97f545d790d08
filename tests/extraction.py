"""Tables of extraction cases: read once a file by the product's own path, compared slot by slot.

A line of `cases/extraction/*.jsonl` has `about`, `text`, `published`, maybe `language`, and `claims` that must be
read in it, one to one. `only`: no other claim is read, of the kinds that are expected if any are. `never`: claims of
which none may be read. `xfail`: why it fails today. Of an expected claim only what is given is compared. An actor is
an alpha-3 code or a name, a place a code or a name, `time` is [earliest, latest, basis], `source` null means the
report's own voice, `says` words of its evidence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dateline.ingest import text as plain_text
from dateline.model import Actor, Claim, Hints, Place
from dateline.pipeline import Reading, describe, extract_claims

FOLDER = Path(__file__).parent / "cases" / "extraction"

Case = dict[str, Any]


def cases(name: str) -> list[Case]:
    """The cases of one file."""
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def table(name: str) -> Any:
    """The cases of one file as a parametrized argument `case`, known failures marked."""
    rows = []
    for case in cases(name):
        marks = [pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else []
        rows.append(pytest.param(case, id=case["about"], marks=marks))
    return pytest.mark.parametrize("case", rows)


@cache
def readings(name: str) -> dict[str, Reading]:
    """What is read in each case of a file, by what the case is about."""
    given = cases(name)
    read = read_texts([(case["text"], case.get("published"), case.get("language", "en")) for case in given])
    return dict(zip((case["about"] for case in given), read, strict=True))


def read_texts(reports: Sequence[tuple[str, str | None] | tuple[str, str | None, str]]) -> list[Reading]:
    """Reports, English unless their language is given, read as the product reads them, in one batch."""
    return list(extract_claims(_described(reports)))


def _described(reports: Sequence[tuple[str, str | None] | tuple[str, str | None, str]]) -> Iterator[Reading]:
    for text, published, *language in reports:
        hints = Hints(published=published, language=language[0] if language else "en")
        for item in plain_text.read(text.encode(), hints):
            yield describe(item, hints)


def problems(case: Case, claims: tuple[Claim, ...]) -> list[str]:
    """What differs between the claims of a case and those that were read; empty when all is as expected."""
    left = list(claims)
    found = []
    for expected in case["claims"]:
        match = next((claim for claim in left if agrees(claim, expected)), None)
        if match is None:
            found.append(f"missing: {expected}")
        else:
            left.remove(match)
    if case.get("only"):
        kinds = {expected["kind"] for expected in case["claims"]}
        found += [f"beyond: {shown(claim)}" for claim in left if not kinds or claim.kind in kinds]
    for pattern in case.get("never", ()):
        found += [f"never: {shown(claim)}" for claim in claims if agrees(claim, pattern)]
    return [*found, *(f"read: {shown(claim)}" for claim in claims)] if found else []


def agrees(claim: Claim, expected: dict[str, Any]) -> bool:
    """Whether a claim has every slot that is given."""
    return all(SLOTS[name](claim, value) for name, value in expected.items())


def shown(claim: Claim) -> str:
    """A claim in the terms of the tables."""
    number, when, said = claim.quantity, claim.time, claim.attribution
    return json.dumps(
        {
            "kind": claim.kind,
            "stance": claim.stance,
            "actor": claim.actor and [claim.actor.name, claim.actor.country],
            "recipient": claim.recipient and [claim.recipient.name, claim.recipient.country],
            "place": claim.place and [claim.place.name, claim.place.country, claim.place.precision],
            "quantity": number and [number.low, number.high, number.unit, number.scope],
            "time": when and [when.earliest, when.latest, when.basis],
            "source": said and [said.source and said.source.name, said.source_kind, said.anonymous, *said.via],
            "cue": said and [said.cue and said.cue.text, said.quote],
            "evidence": [part.exact for part in claim.evidence],
        },
        ensure_ascii=False,
    )


def _is(field: Callable[[Claim], object]) -> Callable[[Claim, object], bool]:
    return lambda claim, value: field(claim) == value


def _named(found: Actor | Place | None, value: str | None) -> bool:
    if found is None or value is None:
        return found is None and value is None
    return value in (found.country, found.name)


def _count(claim: Claim, field: str) -> object:
    return None if claim.quantity is None else getattr(claim.quantity, field)


def _voice(claim: Claim, field: str) -> object:
    return None if claim.attribution is None else getattr(claim.attribution, field)


def _source(claim: Claim) -> str | None:
    said = claim.attribution
    return None if said is None else "" if said.source is None else said.source.name


def _cue(claim: Claim) -> str | None:
    said = claim.attribution
    return None if said is None or said.cue is None else said.cue.text


def _time(claim: Claim) -> list[str | None] | None:
    when = claim.time
    return None if when is None else [when.earliest, when.latest, str(when.basis)]


def _quantity(claim: Claim) -> list[float | None] | None:
    return None if claim.quantity is None else [claim.quantity.low, claim.quantity.high]


SLOTS: dict[str, Callable[[Claim, Any], bool]] = {
    "kind": _is(lambda claim: str(claim.kind)),
    "stance": _is(lambda claim: str(claim.stance)),
    "actor": lambda claim, value: _named(claim.actor, value),
    "recipient": lambda claim, value: _named(claim.recipient, value),
    "place": lambda claim, value: _named(claim.place, value),
    "place_text": _is(lambda claim: claim.place and claim.place.text),
    "precision": _is(lambda claim: claim.place and str(claim.place.precision)),
    "point": _is(lambda claim: claim.place is not None and claim.place.lat is not None),
    "quantity": _is(_quantity),
    "unit": _is(lambda claim: _count(claim, "unit")),
    "scope": _is(lambda claim: _count(claim, "scope")),
    "time": _is(_time),
    "source": _is(_source),
    "source_kind": _is(lambda claim: _voice(claim, "source_kind")),
    "anonymous": _is(lambda claim: _voice(claim, "anonymous")),
    "via": _is(lambda claim: list(claim.attribution.via) if claim.attribution is not None else None),
    "cue": _is(_cue),
    "quote": _is(lambda claim: _voice(claim, "quote")),
    "evidence": _is(lambda claim: [part.exact for part in claim.evidence]),
    "says": lambda claim, value: any(value in part.exact for part in claim.evidence),
    "pieces": _is(lambda claim: len(claim.evidence)),
}
