"""Lexicon files read the same with and without libyaml."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import dateline.lexicon
from dateline.lexicon.loading import mapping
from dateline.lexicon.mastheads import masthead_words

FOLDER = Path(dateline.lexicon.__file__).parent
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.yaml"))


@pytest.mark.parametrize("name", NAMES)
def test_both_loaders_agree(name: str) -> None:
    read = mapping(*Path(name).parts)
    assert read == yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    assert repr(read) == repr(yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")))


def test_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    read = mapping("mastheads_en.yaml")
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert mapping("mastheads_en.yaml") == read


def test_small_words_are_words_and_no_booleans() -> None:
    words = masthead_words()
    assert "on" in words.generic
    assert all(isinstance(word, str) for word in (*words.generic, *words.small))
