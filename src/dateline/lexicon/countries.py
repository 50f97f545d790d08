"""Countries by name, demonym and seat of government, and the territories inside them.

The tables (`countries.tsv`, `territories.tsv`) are written for this project from general knowledge;
no other data set is copied. What another language calls countries is in `countries_<language>.tsv`, whose names are
those of Unicode CLDR (`tools/country_names.py`); in its texts the English names hold too, not the demonyms.
A lookup is exact, case-folded, never fuzzy: "Nigerien" is NER and "Nigerian" is NGA, one letter apart. Words in lower
case are never a country ("turkey", "us"), and short acronyms only in capitals. A demonym in lower case is one only
where its language writes it so.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from dateline.model import Precision

_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "-": " ", "‐": " ", "‑": " ", "–": " ", "\n": " "})
ENGLISH = "en"
_FILE = re.compile(r"countries_([a-z]{2,3})\.tsv")
_CONTINENTS_OF_DEMONYMS = frozenset(
    {"south american", "central american", "latin american", "north american", "west african", "east african"}
)


@dataclass(frozen=True, slots=True)
class Country:
    """A state (or dependency with a code of its own): ISO 3166-1 codes, XKX for Kosovo.

    `adjectives` are its demonym adjectives, `people` its nouns in singular and plural,
    `capitals` the cities and `seats` the buildings that stand for its government.
    """

    code: str
    alpha2: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]

    @property
    def capital(self) -> str | None:
        """The seat of government by its usual English name."""
        return self.capitals[0] if self.capitals else None


@dataclass(frozen=True, slots=True)
class Territory:
    """An autonomous, breakaway or occupied territory and the state it internationally belongs to."""

    name: str
    state: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    lat: float
    lon: float
    precision: Precision


@dataclass(frozen=True, slots=True)
class Forms:
    """What a language calls a country: its names, its demonyms, and the capitals and seats that stand for it."""

    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]


def countries() -> tuple[Country, ...]:
    """All countries of the table, in its order."""
    return tuple(_by_code().values())


@cache
def territories() -> tuple[Territory, ...]:
    """All territories of the table, in its order."""
    return tuple(
        Territory(
            row["name"],
            row["state"],
            _split(row["aliases"]),
            _split(row["adjectives"]),
            _split(row["people"]),
            float(row["lat"]),
            float(row["lon"]),
            Precision(row["precision"]),
        )
        for row in _rows("territories.tsv")
    )


def by_code(code: str) -> Country | None:
    """The country of an ISO 3166-1 alpha-3 or alpha-2 code."""
    return _by_code().get(code) or _by_alpha2().get(code)


def country_name(code: str) -> str:
    """The usual English name of a country code; the code itself if the table lacks it."""
    found = by_code(code)
    return code if found is None else found.name


@lru_cache(maxsize=8192)
def by_name(text: str, language: str = ENGLISH) -> Country | None:
    """The country a name or short form means ("the U.S.", "DR Congo"), or the state of a territory ("Crimea").

    Of two states of one name the likelier answers ("Congo" is COD); `named(text)` gives both.
    """
    found = named(text, language)
    if found:
        return found[0]
    inside = territory(text)
    return None if inside is None else by_code(inside.state)


@lru_cache(maxsize=8192)
def named(text: str, language: str = ENGLISH) -> tuple[Country, ...]:
    """Every state of that name, likeliest first; no territories."""
    return _found(text, _names(language))


@lru_cache(maxsize=8192)
def territory(text: str) -> Territory | None:
    """The sub-national territory a name means, or None."""
    return _territory_names().get(_key(text)) if _readable(text) else None


@lru_cache(maxsize=8192)
def by_demonym(text: str, language: str = ENGLISH) -> Country | None:
    """The country of a demonym adjective or people noun ("Malian", "Britons", "Chechen" is RUS), or None.

    Of several the likelier answers ("Congolese" is COD); `demonym_countries(text)` gives all.
    """
    found = demonym_countries(text, language)
    return found[0] if found else None


@lru_cache(maxsize=8192)
def demonym_countries(text: str, language: str = ENGLISH) -> tuple[Country, ...]:
    """Every country a demonym can mean, likeliest first; two of them is an ambiguity to resolve or report."""
    if _key(text) in _CONTINENTS_OF_DEMONYMS:
        return ()
    return _small_demonyms(language).get(text.strip(), ()) or _found(text, _demonyms(language))


@lru_cache(maxsize=8192)
def by_capital(text: str, language: str = ENGLISH) -> Country | None:
    """The country whose government a capital or building stands for ("Moscow", "the Kremlin"), or None.

    Brussels stands for the EU and NATO as often as for Belgium and answers None, as does Tel Aviv.
    """
    found = _found(text, _capitals(language))
    return found[0] if found else None


@cache
def forms(language: str) -> tuple[tuple[Country, Forms], ...]:
    """What a language calls each country, in the order of the table; nothing where a file lacks one.

    FileNotFoundError where the language has no file.
    """
    if language == ENGLISH:
        return tuple((c, Forms((c.name, *c.aliases), c.adjectives, c.people, c.capitals, c.seats)) for c in countries())
    return tuple(
        (
            _by_code()[row["code"]],
            Forms(
                (row["name"], *_split(row["aliases"])),
                _split(row["adjectives"]),
                _split(row["people"]),
                _split(row["capitals"]),
                _split(row["seats"]),
            ),
        )
        for row in _rows(f"countries_{language}.tsv")
    )


@cache
def languages() -> tuple[str, ...]:
    """The languages that countries have names in."""
    found = (_FILE.fullmatch(item.name) for item in files("dateline.lexicon").iterdir())
    return (ENGLISH, *sorted(match.group(1) for match in found if match is not None))


def _found(text: str, table: dict[str, tuple[Country, ...]]) -> tuple[Country, ...]:
    """The countries of `text` in `table`, when it is written as a name can be."""
    if not _readable(text):
        return ()
    return table.get(_key(text)) or table.get(_exact(text)) or ()


def _readable(text: str) -> bool:
    """Whether the words can be a name at all: some capital letter in them."""
    return any(char.isupper() for char in text)


def _exact(text: str) -> str:
    """The key of an acronym, which keeps its case."""
    words = text.strip()
    for article in ("the ", "The ", "THE "):
        words = words.removeprefix(article)
    return f"={words.replace('.', '').replace(' ', '')}"


def _key(text: str) -> str:
    """Case-folded words with plain apostrophes, hyphens as spaces, without article."""
    words = " ".join(text.translate(_PLAIN).casefold().split())
    return words.removeprefix("the ")


def _is_acronym(name: str) -> bool:
    """Whether a form is letters that count only in capitals ("US", "U.K.", "DRC")."""
    letters = name.replace(".", "").replace(" ", "")
    return letters.isupper() and len(letters) <= 4


def _index(pairs: list[tuple[str, Country]]) -> dict[str, tuple[Country, ...]]:
    table: dict[str, tuple[Country, ...]] = {}
    for name, country in pairs:
        key = _exact(name) if _is_acronym(name) else _key(name)
        if country not in table.get(key, ()):
            table[key] = (*table.get(key, ()), country)
    return table


@cache
def _by_code() -> dict[str, Country]:
    return {
        row["code"]: Country(
            row["code"],
            row["alpha2"],
            row["name"],
            _split(row["aliases"]),
            _split(row["adjectives"]),
            _split(row["people"]),
            _split(row["capitals"]),
            _split(row["seats"]),
        )
        for row in _rows("countries.tsv")
    }


@cache
def _by_alpha2() -> dict[str, Country]:
    return {country.alpha2: country for country in _by_code().values()}


@cache
def _names(language: str) -> dict[str, tuple[Country, ...]]:
    return _index([(name, c) for of in _read_in(language) for c, known in forms(of) for name in known.names])


def _read_in(language: str) -> tuple[str, ...]:
    """The languages whose names hold in a text: its own, then English."""
    return (ENGLISH,) if language == ENGLISH else (language, ENGLISH)


@cache
def _demonyms(language: str) -> dict[str, tuple[Country, ...]]:
    pairs = [(word, c) for c, known in forms(language) for word in (*known.adjectives, *known.people)]
    own = {_key(word) for word, _ in pairs}
    pairs += [
        (word, _by_code()[place.state])
        for place in territories()
        for word in (*place.adjectives, *place.people)
        if _key(word) not in own
    ]
    return _index(pairs)


def writes_small(language: str) -> bool:
    """Whether a language writes demonyms with a small letter."""
    return bool(_small_demonyms(language))


@cache
def _small_demonyms(language: str) -> dict[str, tuple[Country, ...]]:
    """Adjectives that the language writes small ("soldats maliens"), as written."""
    table: dict[str, tuple[Country, ...]] = {}
    for country, known in forms(language):
        for word in known.adjectives:
            if word[0].islower():
                table[word] = (*table.get(word, ()), country)
    return table


@cache
def _capitals(language: str) -> dict[str, tuple[Country, ...]]:
    return _index(
        [(name, c) for of in _read_in(language) for c, known in forms(of) for name in (*known.capitals, *known.seats)]
    )


@cache
def _territory_names() -> dict[str, Territory]:
    return {_key(name): place for place in territories() for name in (place.name, *place.aliases)}


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _rows(name: str) -> list[dict[str, str]]:
    source = files("dateline.lexicon").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(source.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
