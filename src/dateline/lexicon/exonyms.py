"""What places are called in a language, by the names they are listed under: "Biélorussie" is Belarus.

Countries and their capitals come from `countries_<language>.tsv`, regions and territories from
`exonyms_<language>.tsv`.
Towns and provinces need no table: the gazetteer has their foreign names.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from dateline.lexicon import countries


def listed_name(name: str, language: str) -> str:
    """The name under which a place is listed, or the name itself where the language has no other word for it.

    >>> listed_name("Biélorussie", "fr"), listed_name("Gao", "fr")
    ('Belarus', 'Gao')
    """
    if language == countries.ENGLISH:
        return name
    return _exonyms(language).get(_key(name), name)


def _key(name: str) -> str:
    """The name with plain apostrophes, its first letter small."""
    plain = name.replace("’", "'")
    return plain[:1].lower() + plain[1:]


@cache
def _exonyms(language: str) -> Mapping[str, str]:
    table: dict[str, str] = {}
    for country, known in countries.forms(language):
        table |= {_key(name): country.name for name in known.names}
        if country.capital is not None:
            table |= {_key(name): country.capital for name in known.capitals}
    source = files("dateline.lexicon").joinpath(f"exonyms_{language}.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(source.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return table | {_key(row["name"]): row["listed"] for row in rows}
