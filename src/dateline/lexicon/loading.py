"""YAML files of the lexicon as mappings, read in C where PyYAML was built with libyaml."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any


def mapping(*path: str) -> dict[str, Any]:
    """The mapping in a YAML file of `dateline.lexicon`, scalars typed as in YAML 1.1; ValueError if it is none."""
    import yaml

    source = files("dateline.lexicon").joinpath(*path).read_text(encoding="utf-8")
    data = yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    if not isinstance(data, dict):
        raise ValueError(f"{'/'.join(path)}: a mapping is expected")
    return data


@cache
def by_language(stem: str) -> dict[str, dict[str, Any]]:
    """The mappings of `<stem>_<language>.yaml` by language, English first.

    For words that are looked for in what claims quote, whatever language that is in.
    """
    named = (re.fullmatch(rf"{stem}_([a-z]{{2,3}})\.yaml", item.name) for item in files("dateline.lexicon").iterdir())
    found = sorted((match.group(1) for match in named if match is not None), key=lambda code: (code != "en", code))
    return {code: mapping(f"{stem}_{code}.yaml") for code in found}


def joined(stem: str) -> dict[str, Any]:
    """The mappings of all languages as one: lists under the same names follow on each other, English first.

    Of other values that two have the first stays.
    """
    out: dict[str, Any] = {}
    for data in by_language(stem).values():
        out = _joined(out, data)
    return out


def _joined(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    out = dict(first)
    for key, value in second.items():
        if isinstance(value, list):
            out[key] = [*out.get(key, ()), *value]
        elif isinstance(value, dict):
            out[key] = _joined(out.get(key, {}), value)
        else:
            out.setdefault(key, value)
    return out


def lists(stem: str, name: str) -> list[str]:
    """The entries of the list of that name in all languages, English first; KeyError where one lacks it."""
    return [entry for data in by_language(stem).values() for entry in data[name]]
