"""A language by its word list: every list of another language's files holds what the word list gives for its words.

The rows of `en.yaml` and `en.triggers.yaml` tell what words do (a saying, a denial, a trigger with its roles); that a
language "extends" English means that its words do the same as their meanings. Only what it says otherwise stands in its
own files: lists of the same names are added, own trigger rows are tried first. Slots of triggers keep their names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Loaded = dict[str, Any]
LISTS = ("saying", "saying_nouns", "frames", "voice", "grammar", "stance", "commitment", "classes", "when")
"""Sections that are lists of words by name."""
PLAIN = ("support_verbs", "locative_verbs", "voices", "told_outlet", "anonymity", "according")
"""Sections that are one list."""
KEPT = frozenset({"grammar", "stance", "voice", "when", "frames", "commitment"})
"""Sections whose words also stand as they are: rules read function words in them by their pivot."""


def translated(base: Loaded, triggers: Loaded, load: Callable[[str], Loaded]) -> tuple[Loaded, Loaded]:
    """Both files of a language with all that it extends; those of one that stands alone as they are."""
    source = base.get("extends")
    if source is None:
        return base, triggers
    under, rows = translated(load(f"{source}.yaml"), load(f"{source}.triggers.yaml"), load)
    by_meaning = inverted(base.get("words", {}))
    whole: Loaded = {**under, **{k: v for k, v in base.items() if k not in (*LISTS, *PLAIN, "generic_places")}}
    for name in LISTS:
        own = base.get(name, {})
        whole[name] = {
            row: [*_listed(own.get(row, "")), *_said(under[name].get(row, ""), by_meaning, kept=name in KEPT)]
            for row in {**under[name], **own}
        }
    for name in PLAIN:
        whole[name] = [*_listed(base.get(name, "")), *_said(under[name], by_meaning, kept=True)]
    whole["generic_places"] = {
        row: [*_listed(base.get("generic_places", {}).get(row, "")), *_said(listed, by_meaning, kept=False)]
        for row, listed in under["generic_places"].items()
    }
    return whole, _rows(triggers, rows, by_meaning)


def inverted(words: Mapping[str, Any]) -> dict[str, list[str]]:
    """Meaning -> the words that have it, in the order of the word list."""
    table: dict[str, list[str]] = {}
    for word, meanings in words.items():
        for meaning in _listed(meanings):
            table.setdefault(meaning, []).append(word)
    return table


def _rows(own: Loaded, under: Loaded, by_meaning: Mapping[str, list[str]]) -> Loaded:
    """Trigger rows: the language's own, then those it extends, for its words; rows of no word are left out."""
    made: Loaded = {
        "classes": {
            name: [*_listed(own.get("classes", {}).get(name, "")), *_said(listed, by_meaning, kept=False)]
            for name, listed in {**own.get("classes", {}), **under["classes"]}.items()
        }
    }
    for part, key in (("verbs", "verb"), ("nouns", "noun")):
        rows = [{**row, key: _said(row[key], by_meaning, kept=False)} for row in under[part]]
        made[part] = [*own.get(part, ()), *(row for row in rows if row[key])]
    for part in ("told_verbs", "told_nouns"):
        made[part] = [*own.get(part, ()), *under[part]]
    return made


def _said(listed: str | list[str], by_meaning: Mapping[str, list[str]], *, kept: bool) -> list[str]:
    """The words that mean one of the listed; with `kept` the listed ones too."""
    found = [word for meaning in _listed(listed) for word in by_meaning.get(meaning, ())]
    return list(dict.fromkeys([*found, *_listed(listed)] if kept else found))


def _listed(value: str | list[str]) -> list[str]:
    return value.split() if isinstance(value, str) else [str(v) for v in value]
