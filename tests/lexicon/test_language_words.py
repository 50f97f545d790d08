"""The words of a language: triggers speak only of classes, slots and kinds that exist, and broken files are refused.

Named apart from `parse/test_language.py`, as test modules without packages must differ in name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from dateline.extract.conditions import TESTS
from dateline.extract.slots import DERIVED
from dateline.lexicon import language as words
from dateline.lexicon.language import (
    FLAGS,
    SAYING_CLASSES,
    Language,
    LexiconError,
    Trigger,
    language,
    load_yaml,
    supported_languages,
)
from dateline.model import Kind, Stance

LANGUAGES = supported_languages()
GRAMMATICAL = {"subj", "obj", "dative", "attr", "acomp", "xcomp", "ccomp", "advmod", "by"}
OF_NOUNS = {"poss", "mod", "by", "acl", "governed", "support"}
HOSTS = {"host", "host_foreign", "none"}
PREPOSITION_WORDS = (
    "aboard about above across after against ahead along alongside amid amidst among amongst around as at atop"
    " away because before behind below beneath beside besides between beyond by concerning despite down during"
    " following for from in inside into like near next of off on onto opposite out outside over past per regarding"
    " round since through throughout to toward towards under underneath until up upon versus via with within"
    " without"
)
PREPOSITIONS = set(PREPOSITION_WORDS.split())
DECLARED = {"kind", "if", "unless", "actor", "recipient", "toll", "stance", "else_kind", *FLAGS}
DEAD = {
    "aside": "the parser gives “aside” as an adverb, which is no slot of its own",
    "host_police": "nothing reads this role of the triggers of arresting",
}
"""Slots and keys that the lexicon uses although nothing fills or reads them."""


def triggers(lexicon: Language) -> Iterator[tuple[str, Trigger]]:
    """Every trigger once, with the part of speech that it is listed under."""
    for part, table in (("verb", lexicon.verbs), ("noun", lexicon.nouns)):
        distinct = {id(trigger): trigger for found in table.values() for trigger in found}
        yield from ((part, trigger) for trigger in distinct.values())


@cache
def entries(code: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Every trigger as it is written."""
    file = load_yaml(f"{code}.triggers.yaml")
    return tuple((part, entry) for part in ("verb", "noun") for entry in file[f"{part}s"])


def test_english_is_supported() -> None:
    assert "en" in LANGUAGES
    assert all(re.fullmatch("[a-z]{2}", code) for code in LANGUAGES)


def test_an_unknown_language_has_no_file() -> None:
    with pytest.raises(FileNotFoundError):
        language("xx")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_is_read_under_its_code(code: str) -> None:
    assert language(code).code == load_yaml(f"{code}.yaml")["language"] == code
    assert language(code) is language(code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_classes_of_conditions_exist(code: str) -> None:
    known = set(language(code).classes) | set(TESTS) | {"none"}
    for part, trigger in triggers(language(code)):
        for slot, classes in (*trigger.needs, *trigger.excludes):
            assert classes, (part, trigger.lemmas, slot)
            assert set(classes) <= known, (part, trigger.lemmas, slot, set(classes) - known)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_word_list_does_not_hide_behind_a_test(code: str) -> None:
    assert not set(language(code).classes) & set(TESTS)


def used(what: Callable[[str, Trigger], set[str]]) -> list[Any]:
    """Every (language, part, name) that triggers use, those that are known to be dead marked."""
    found = {
        (code, part, name) for code in LANGUAGES for part, one in triggers(language(code)) for name in what(part, one)
    }
    return [pytest.param(*key, marks=dead(key[2])) for key in sorted(found)]


def dead(name: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(strict=True, reason=DEAD[name])] if name in DEAD else []


def conditions(part: str, trigger: Trigger) -> set[str]:
    return {slot for slot, _ in (*trigger.needs, *trigger.excludes)}


def roles(part: str, trigger: Trigger) -> set[str]:
    return {*trigger.actor, *trigger.recipient} - HOSTS


def filled(part: str, slot: str) -> bool:
    """Whether a slot is derived, or a role, or a preposition or several ("out_of")."""
    known = set(DERIVED) | GRAMMATICAL | (OF_NOUNS if part == "noun" else set())
    return slot in known or set(slot.split("_")) <= PREPOSITIONS


@pytest.mark.parametrize(("code", "part", "slot"), used(conditions))
def test_slots_of_conditions_are_grammatical_or_derived(code: str, part: str, slot: str) -> None:
    users = [one.lemmas for at, one in triggers(language(code)) if at == part and slot in conditions(at, one)]
    assert filled(part, slot), users


@pytest.mark.parametrize(("code", "part", "slot"), used(roles))
def test_slots_of_roles_are_grammatical_or_derived(code: str, part: str, slot: str) -> None:
    users = [one.lemmas for at, one in triggers(language(code)) if at == part and slot in roles(at, one)]
    assert filled(part, slot), users


KEYS = sorted({(code, key) for code in LANGUAGES for part, entry in entries(code) for key in set(entry) - {part}})


@pytest.mark.parametrize(("code", "key"), [pytest.param(*pair, marks=dead(f"key {pair[1]}")) for pair in KEYS])
def test_entries_have_no_key_that_nobody_reads(code: str, key: str) -> None:
    assert key in DECLARED, [entry for _, entry in entries(code) if key in entry]


@pytest.mark.parametrize("code", LANGUAGES)
def test_flags_are_true_or_left_out(code: str) -> None:
    for _, entry in entries(code):
        assert all(entry[flag] == "true" for flag in FLAGS if flag in entry), entry


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_trigger_has_words_in_lower_case(code: str) -> None:
    for part, trigger in triggers(language(code)):
        assert trigger.lemmas, (part, trigger)
        assert all(lemma == lemma.lower() and lemma.strip() for lemma in trigger.lemmas), trigger.lemmas


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_entry_is_written_twice(code: str) -> None:
    written = [repr((part, sorted(entry.items(), key=repr))) for part, entry in entries(code)]
    assert len(set(written)) == len(written), [one for one in written if written.count(one) > 1]


OF_ENGLISH = {
    *("own_word", "contempt_word", "error_word", "short_word", "far_word", "reservation_word", "in_word"),
    *("shield_word", "pretext_word", "taken_up_word", "package_word"),
}
"""Classes that only triggers of English ask for ("falls short", "goes too far"); others may have no word of them."""


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_word_list_is_empty(code: str) -> None:
    lexicon = language(code)
    idle = set() if code == "en" else OF_ENGLISH
    for lists in (lexicon.classes, lexicon.words, lexicon.ordered, lexicon.verbs, lexicon.nouns):
        assert not [name for name, listed in lists.items() if not listed and name not in idle]
    assert lexicon.saying
    assert lexicon.saying_nouns


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_way_of_saying_has_words(code: str) -> None:
    assert set(language(code).saying.values()) == set(SAYING_CLASSES)
    assert set(language(code).saying_nouns.values()) <= set(SAYING_CLASSES)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_trigger(code: str, kind: Kind) -> None:
    assert any(trigger.kind is kind for _, trigger in triggers(language(code)))


@pytest.mark.parametrize(
    ("entry", "part"),
    [
        ({"verb": "march"}, "verb"),
        ({"kind": "deployment"}, "verb"),
        ({"kind": "parade", "verb": "march"}, "verb"),
        ({"kind": "deployment", "verb": "march"}, "noun"),
    ],
    ids=["no kind", "no words", "unknown kind", "words of another part"],
)
def test_a_broken_trigger_is_refused(entry: dict[str, Any], part: str) -> None:
    with pytest.raises(LexiconError) as refusal:
        words._trigger(entry, part)
    assert str(entry) in str(refusal.value)


def test_a_trigger_without_roles_takes_those_of_its_part() -> None:
    verb = words._trigger({"kind": "attack", "verb": "raid"}, "verb")
    noun = words._trigger({"kind": "attack", "noun": "raid"}, "noun")
    assert (verb.actor, verb.recipient) == (("subj",), ("obj",))
    assert (noun.actor, noun.recipient) == (("by", "poss", "mod"), ("on", "against", "with"))
    assert (verb.needs, verb.flags, verb.stance, verb.toll, verb.else_kind) == ((), frozenset(), None, None, None)


def test_a_trigger_is_read_whole() -> None:
    entry = {
        "kind": "expulsion",
        "verb": "order throw_out",
        "if": {"obj": "force diplomat"},
        "unless": {"subj": "civ"},
        "actor": "subj|host",
        "recipient": "none",
        "host_only": "true",
        "weak": "false",
        "else_kind": "request",
        "stance": "planned",
        "toll": "killed",
    }
    assert words._trigger(entry, "verb") == Trigger(
        kind=Kind.EXPULSION,
        lemmas=("order", "throw_out"),
        needs=(("obj", ("force", "diplomat")),),
        excludes=(("subj", ("civ",)),),
        actor=("subj", "host"),
        recipient=("none",),
        flags=frozenset({"host_only"}),
        toll="killed",
        stance=Stance.PLANNED,
        else_kind=Kind.REQUEST,
    )


@pytest.mark.parametrize("field", ["stance", "else_kind"])
def test_unknown_values_are_refused(field: str) -> None:
    with pytest.raises(ValueError, match="marching"):
        words._trigger({"kind": "attack", "verb": "raid", field: "marching"}, "verb")


def test_an_unknown_way_of_saying_is_refused() -> None:
    with pytest.raises(LexiconError, match="'shout'"):
        words._by_word({"shout": "yell cry"}, "xx.yaml: saying")


def test_the_first_way_of_saying_keeps_a_word() -> None:
    assert words._by_word({"allege": "fear", "doubt": "fear worry"}, "") == {"fear": "allege", "worry": "doubt"}


def test_triggers_of_a_word_keep_their_order() -> None:
    narrow = words._trigger({"kind": "attack", "verb": "raid strike"}, "verb")
    wide = words._trigger({"kind": "coercion", "verb": "raid"}, "verb")
    assert words._index([narrow, wide]) == {"raid": (narrow, wide), "strike": (narrow,)}


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Other contents for the lexicon's files, read as if for the first time."""

    def install(contents: dict[str, Any]) -> None:
        monkeypatch.setattr(words, "load_yaml", contents.__getitem__)

    yield install
    monkeypatch.undo()


def test_a_missing_section_is_a_lexicon_error(files: Callable[[dict[str, Any]], None]) -> None:
    files({"xx.yaml": {"language": "xx"}, "xx.triggers.yaml": {"verbs": []}})
    with pytest.raises(LexiconError):
        language.__wrapped__("xx")
