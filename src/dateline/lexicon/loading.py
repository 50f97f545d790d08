"""YAML files of the lexicon as mappings, read in C where PyYAML was built with libyaml."""

from __future__ import annotations

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
