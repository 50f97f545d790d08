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


def repeated(node: yaml.Node) -> list[str]:
    """The keys that stand twice in one mapping, of which YAML silently keeps the last."""
    if isinstance(node, yaml.SequenceNode):
        return [key for inner in node.value for key in repeated(inner)]
    if not isinstance(node, yaml.MappingNode):
        return []
    keys = [key.value for key, _ in node.value]
    twice = [
        f"{key} in line {k.start_mark.line + 1}" for i, (k, _) in enumerate(node.value) if (key := k.value) in keys[:i]
    ]
    return [*twice, *(key for _, inner in node.value for key in repeated(inner))]


@pytest.mark.parametrize("name", NAMES)
def test_no_key_stands_twice(name: str) -> None:
    root = yaml.compose((FOLDER / name).read_text(encoding="utf-8"))
    assert root is not None
    assert repeated(root) == []


def test_a_key_that_stands_twice_is_seen() -> None:
    root = yaml.compose("a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert root is not None
    assert repeated(root) == ["b in line 4"]
