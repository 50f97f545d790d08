"""The section `frames` of a language: every row that is read is there, every row that is there is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dateline.extract
from dateline.extract.contents import PREPOSITIONS, READERS
from dateline.lexicon import language as words
from dateline.lexicon.language import EMPTY, FRAMES, LexiconError, language, load_yaml, supported_languages

LANGUAGES = supported_languages()
CODE = "\n".join(path.read_text(encoding="utf-8") for path in Path(dateline.extract.__file__).parent.glob("*.py"))
NAMED = {frame for frame, _ in READERS} | set(re.findall(r'(?:frames\[|takes\()"(\w+)"', CODE))
WITHIN = [
    ("uttering", "clause"),
    ("thought", "clause"),
    ("asking", "clause"),
    ("naming", "object"),
    ("tagging", "clause"),
    ("showing", "object"),
    ("object_whole", "object"),
]
FORMED = {"it", "like"}
"""Second parts of a verb that are neither particle nor preposition: “put it”, “would like”."""


def test_the_code_names_rows() -> None:
    assert {"clause", "infinitive", "told_to", "object", "held_of", "seeming", "made", "adverb", "lending"} <= NAMED


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_row_that_is_read_is_there(code: str) -> None:
    assert {*NAMED, *PREPOSITIONS} <= set(language(code).frames)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_row_that_is_there_is_read(code: str) -> None:
    read = {*NAMED, *PREPOSITIONS, *(f"noun_{name}" for name in PREPOSITIONS)}
    assert set(language(code).frames) - read == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_rows_are_words_in_lower_case(code: str) -> None:
    for row, listed in language(code).frames.items():
        assert listed or row in EMPTY, row
        assert all(re.fullmatch(r"[\w-]+", word) and word == word.lower() for word in listed), row


def rows(code: str) -> Iterator[tuple[str, list[str]]]:
    """Every row of words of a language's file, as written, by its dotted name."""
    for section, content in load_yaml(f"{code}.yaml").items():
        table: dict[str, Any] = content if isinstance(content, dict) else {"": content}
        yield from ((f"{section}.{name}", words._words(listed)) for name, listed in table.items())


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_word_stands_twice_in_a_row(code: str) -> None:
    twice = {name: [w for w, times in Counter(listed).items() if times > 1] for name, listed in rows(code)}
    assert {name: found for name, found in twice.items() if found} == {}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_verb_of_saying_stands_in_a_frame(code: str) -> None:
    framed = set().union(*language(code).frames.values())
    saying = {verb for verb, how in language(code).saying.items() if how != "intend"}
    assert saying - framed == set()


@pytest.mark.parametrize(("narrow", "wide"), WITHIN)
def test_narrow_rows_lie_within_wide_ones(narrow: str, wide: str) -> None:
    frames = language("en").frames
    assert frames[narrow] - frames[wide] == set()


def test_words_with_a_particle_can_be_formed() -> None:
    """A verb is joined to its particle or to the preposition that it governs."""
    known = {*language("en").words["grammar.particles"], *PREPOSITIONS, "upon", *FORMED}
    joined = {word for listed in language("en").frames.values() for word in listed if "_" in word}
    assert {word for word in joined if word.rpartition("_")[2] not in known} == set()


def install(monkeypatch: pytest.MonkeyPatch, frames: Any) -> None:
    """The English files, with other frames (None: none at all), read as if for the first time."""
    base = load_yaml("en.yaml")
    base = {k: v for k, v in base.items() if k != "frames"} | ({} if frames is None else {"frames": frames})
    contents = {"xx.yaml": base, "xx.triggers.yaml": load_yaml("en.triggers.yaml")}
    monkeypatch.setattr(words, "load_yaml", contents.__getitem__)


def test_a_language_without_frames_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, None)
    with pytest.raises(LexiconError, match="frames"):
        language.__wrapped__("xx")


def test_other_frames_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, dict.fromkeys(FRAMES, "sagen melden") | {"object": "loben"})
    assert language.__wrapped__("xx").frames["clause"] == frozenset({"sagen", "melden"})
    assert language.__wrapped__("xx").frames["object"] == frozenset({"loben"})


def test_frames_that_miss_a_row_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, {"clause": "say"})
    with pytest.raises(LexiconError):
        language.__wrapped__("xx")
