"""The made-up world of the large ledgers: always the same, and its claims quote their reports."""

from __future__ import annotations

from collections import Counter

from made_up import HOSTS, reports


def test_the_same_seed_makes_the_same_reports() -> None:
    assert list(reports(3, 200)) == list(reports(3, 200))
    assert list(reports(3, 200)) != list(reports(4, 200))


def test_claims_stand_in_their_reports_and_ids_are_each_once() -> None:
    made = list(reports(3, 2000))
    ids = [claim.id for _, claims in made for claim in claims]
    assert len(ids) == len(set(ids)) >= 2000
    assert len({document.id for document, _ in made}) == len(made)
    for document, claims in made:
        for claim in claims:
            (piece,) = claim.evidence
            assert document.text[piece.start : piece.end] == piece.exact


def test_hosts_have_a_heavy_tail() -> None:
    hosts = Counter(c.recipient.country for _, claims in reports(3, 5000) for c in claims if c.recipient is not None)
    assert len(hosts) > 0.9 * HOSTS
    assert 0.05 < hosts.most_common(1)[0][1] / hosts.total() < 0.25
