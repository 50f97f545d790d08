"""The benchmark of the gazetteer: it draws names that are there and finds each in far less than a millisecond."""

from __future__ import annotations

import gazetteer as benchmark
from dateline.lexicon.gazetteer import lookup


def test_names_are_drawn_from_the_file() -> None:
    drawn = benchmark.names(50)
    assert 50 <= len(drawn) <= 60
    assert all(lookup(name) or name.startswith("@") for name in drawn)


def test_a_lookup_is_fast() -> None:
    asked = benchmark.names(500)
    assert 0 < benchmark.microseconds(asked, cold=False) < benchmark.microseconds(asked, cold=True) < 1000
