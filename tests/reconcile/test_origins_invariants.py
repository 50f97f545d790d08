"""Origins are the same whatever the order of reports, and whether worked out at once or component by component."""

from __future__ import annotations

import random
from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import made_claims
from copies import document, reports
from dateline.model import Claim, Document, OriginLink
from dateline.reconcile.origins import Sketch, all_origins, is_partial, link, origins, pairs, sketch, witnesses
from dateline.reconcile.reports import Reports
from dateline.reconcile.verdicts import NO_VERDICTS
from dateline.store.records import coded, decoded

MADE = [document(report) for report in reports(260, 4, "seen")[110:]]
RULES = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SAMPLES = st.lists(st.sampled_from(MADE), min_size=2, max_size=40, unique_by=lambda one: one.id)


def linked(documents: Iterable[Document], claims: Iterable[Claim] = ()) -> tuple[dict[str, Sketch], list[OriginLink]]:
    """The sketches of reports and the links of all that share a key, by the public functions."""
    texts = {one.id: one for one in documents}
    told = list(claims)
    sketches = {key: sketch(one, [c for c in told if c.document == key]) for key, one in texts.items()}
    buckets: dict[str, list[Sketch]] = {}
    for one in sketches.values():
        for key in one.keys:
            buckets.setdefault(key, []).append(one)
    met = {tuple(sorted((a.document, b.document))): (a, b) for bucket in buckets.values() for a, b in pairs(bucket)}
    ties = (link(a, b, lambda key: texts[key].text) for a, b in met.values())
    return sketches, [tie for tie in ties if tie is not None]


def components(sketches: Iterable[str], links: Iterable[OriginLink]) -> list[set[str]]:
    """Reports that hang together by whole links."""
    found = [{key} for key in sketches]
    for tie in links:
        if not is_partial(tie):
            one = next(group for group in found if tie.earlier in group)
            other = next(group for group in found if tie.later in group)
            if one is not other:
                one |= other
                found.remove(other)
    return found


@RULES
@given(SAMPLES, st.randoms(use_true_random=False))
def test_order_does_not_matter(documents: list[Document], chance: random.Random) -> None:
    expected = all_origins(documents, ())
    assert all_origins(chance.sample(documents, len(documents)), ()) == expected
    assert sorted(key for origin in expected for key in origin.documents) == sorted(one.id for one in documents)


@RULES
@given(SAMPLES)
def test_components_give_what_the_whole_gives(documents: list[Document]) -> None:
    sketches, links = linked(documents)
    expected = {origin.id: origin for origin in all_origins(documents, ())}
    for group in components(sketches, links):
        touching = [tie for tie in links if tie.earlier in group or tie.later in group]
        ends = group | {end for tie in touching for end in (tie.earlier, tie.later)}
        found = origins({key: sketches[key] for key in ends}, touching, NO_VERDICTS)
        own = [origin for origin in found if group & set(origin.documents)]
        assert own
        assert all(expected[origin.id] == origin for origin in own)


@RULES
@given(SAMPLES)
def test_links_are_symmetrical_and_sketches_survive_storing(documents: list[Document]) -> None:
    texts = {one.id: one.text for one in documents}
    for one, other in zip(documents, documents[1:], strict=False):
        a, b = sketch(one, ()), sketch(other, ())
        assert decoded(Sketch, coded(a)) == a
        assert link(a, b, texts.__getitem__) == link(b, a, texts.__getitem__)


@RULES
@given(made_claims.stories(), st.randoms(use_true_random=False))
def test_structured_reports_too(made: list[made_claims.Report], chance: random.Random) -> None:
    documents = [one for one, _ in made]
    claims = [claim for _, told in made for claim in told]
    expected = all_origins(documents, claims)
    assert all_origins(chance.sample(documents, len(documents)), chance.sample(claims, len(claims))) == expected
    known = Reports(
        {one.id: one for one in documents}, {key: origin for origin in expected for key in origin.documents}
    )
    told = witnesses(claims, known)
    assert witnesses(chance.sample(claims, len(claims)), known) == told
    assert sorted(claim for one in told for claim in one.claims) == sorted(claim.id for claim in claims)
    assert all(set(one.documents) == {c.document for c in claims if c.id in one.claims} for one in told)


def test_a_stock_phrase_costs_no_more_for_being_everywhere() -> None:
    one = sketch(MADE[0], ())
    assert sum(1 for _ in pairs([one] * 500)) <= 500 * 12
