"""A ledger and what is asked of it to a brief: the sections in their order, then the annex of the claims they cite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from dateline.brief.asked import Asked
from dateline.brief.changes import acts, asserted, not_asserted, steps
from dateline.brief.claimed import APART, apart, events, without_source
from dateline.brief.disputed import disputes
from dateline.brief.known import standings
from dateline.brief.making import Making, grouped, holds_on
from dateline.brief.material import WEIGHED, Material, material
from dateline.brief.model import Brief, Cited, Section, Sentence, Stay
from dateline.brief.redacting import redacted
from dateline.brief.references import References
from dateline.brief.values import voices_of
from dateline.export.sentences import sentence_around
from dateline.model import Presence, Stance
from dateline.store import Store
from dateline.store.times import log_mark

CHARTED = 6
"""Presences that are drawn through time, those with most claims."""

_LONGEST = 1200
"""Code points of evidence that the annex shows of a claim."""


def brief_of(store: Store, asked: Asked, *, made: date) -> Brief:
    """The brief of one state of a ledger; `made` is the day it bears, and that of what is known unless one is asked.

    Everything derived must be up to date before. The same state, question and day give the same brief.
    """
    day = asked.until or made.isoformat()
    with material(store, asked, day) as found:
        making = Making(found, References(found))
        sections, presences, stays = _sections(making)
        log = log_mark(store, entry=found.entry).sha256
        brief = Brief(
            asked=asked,
            day=day,
            made=made.isoformat(),
            ledger=Path(store.name).name,
            state=found.state,
            log=log,
            claims_held=len(making.cited),
            sections=sections,
            references=making.references.listed(),
            annex=_annex(making),
            charted=presences,
            disputes=found.disputes,
            days=_days(making, presences),
            stays=stays,
            taken_out=asked.redaction.told(),
        )
        return redacted(brief, found.redactor)


def _sections(making: Making) -> tuple[tuple[Section, ...], tuple[Presence, ...], tuple[Stay, ...]]:
    found = making.material
    found.claims(_needed(found))
    standing = standings(making)
    changed, older = steps(making)
    moved, older_acts = acts(making, asserted(found.movements))
    agreed, older_agreed = acts(making, asserted(found.agreements))
    disputed = disputes(making)
    claimed, unclaimed = apart(making)
    unsure = events(making, not_asserted([*found.movements, *found.agreements]))
    sections = (
        Section("known", grouped((None, standing.sure))),
        Section("changed", grouped(("strengths", changed), ("acts", moved)), older + older_acts),
        Section("disputed", disputed),
        Section("claimed", grouped(("single", standing.single), *_by_stance(claimed, unsure)), unclaimed),
        Section("agreements", grouped((None, agreed)), older_agreed),
        Section("stale", grouped((None, standing.stale))),
    )
    told = [one for one in found.presences if one.series]
    most = sorted(told, key=lambda one: (-len(one.supports) - len(one.departures), one.id))[:CHARTED]
    return sections, tuple(one for one in told if one in most), standing.stays


def _needed(found: Material) -> Iterator[str]:
    """The claims that most sentences need, to be read at once and not sentence by sentence."""
    for presence in found.presences:
        for steps_ in (presence.series, *(site.steps for site in presence.at_sites)):
            held = holds_on(steps_, found.day)
            yield from () if held is None else held[1].supports[-WEIGHED:]
        for stance in APART:
            yield from getattr(presence, str(stance))[-CHARTED * 10 :]


def _by_stance(
    claims: Mapping[Stance, Sequence[Sentence]], acts_: Mapping[Stance, Sequence[Sentence]]
) -> list[tuple[str, Sequence[Sentence]]]:
    return [(str(stance), (*claims[stance], *acts_[stance])) for stance in APART]


def _days(making: Making, presences: Sequence[Presence]) -> dict[str, str]:
    """The day that each claim shown beside a drawing speaks of, else that of its report."""
    ids = [claim for one in presences for stance in APART for claim in getattr(one, str(stance))[-CHARTED * 10 :]]
    claims = making.material.claims(ids)
    reports = making.material.headers(claim.document for claim in claims.values())
    found = {}
    for key, claim in claims.items():
        spoken = None if claim.time is None else claim.time.latest or claim.time.earliest
        report = reports.get(claim.document)
        day = spoken or (None if report is None else report.published)
        if day is not None:
            found[key] = day[:10]
    return found


def _annex(making: Making) -> tuple[Cited, ...]:
    """Every claim that a sentence cites, in the order of the references and then of the reports."""
    found = making.material
    claims = found.claims(making.cited)
    reports = found.headers(claim.document for claim in claims.values())
    texts = found.texts(reports) if found.asked.redaction.keeps_texts else {}
    rows = []
    for key, claim in claims.items():
        report = reports.get(claim.document)
        if report is None:
            continue
        evidence = claim.evidence[0]
        words = " … ".join(one.exact for one in claim.evidence)[:_LONGEST] if found.asked.redaction.text else ""
        before = after = ""
        if len(claim.evidence) == 1 and claim.document in texts:
            around = sentence_around(texts[claim.document], evidence.start, evidence.end)
            before, after = around.before, around.after
        said = voices_of(without_source(making, claim), report)
        rows.append(Cited(claim, report, before, words, after, said, making.cited[key], found.verdict(key)))
    return tuple(sorted(rows, key=_order))


def _order(row: Cited) -> tuple[int, str, str, int, str]:
    first = row.claim.evidence[0].start
    return (row.origin or 10**6, row.report.published or "9999", row.report.id, first, row.claim.id)
