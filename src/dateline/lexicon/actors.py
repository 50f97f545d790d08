"""Named actors and the head words of actors, as data (`actors/*.yaml`), with look-up by written form.

All tables are written for this project from general knowledge; no other data set is copied.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import chain

from dateline.lexicon import countries
from dateline.lexicon.actor_histories import ActorKind, History, history
from dateline.lexicon.loading import mapping
from dateline.model import Sector

WORD = re.compile(r"[^\W_]+")
"""A word of a name: hyphens, points and apostrophes only separate."""

_ARTICLES = frozenset({"al", "el", "ul", "ad", "an", "as"})
_LISTS_OF_HEADS = frozenset({"relational", "weak", "loose", "envoys"})
_NO_COUNTRY = "none"
_QUALIFIER = re.compile(r"\s*\([^)]*\)$")


class Family(StrEnum):
    """What the head noun of a phrase makes its bearer."""

    FORCE = "force"
    WEAPON = "weapon"
    SECURITY = "security"
    FIGHTER = "fighter"
    MERCENARY = "mercenary"
    POLICE = "police"
    GOVERNMENT = "government"
    JUNTA = "junta"
    BODY = "body"
    OFFICE = "office"
    RANK = "rank"
    CIVIL = "civil"
    PARTY = "party"
    NGO = "ngo"
    MEDIA = "media"
    BUSINESS = "business"
    STATE = "state"
    SOURCE = "source"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor with a name of its own; `country` is ISO 3166-1 alpha-3, None for transnational ones.

    `kind`, `since`, `until`, `predecessors`, `successors` and `source` come from `actors/chains.csv`, which is
    read when one of them is first asked for: years or months under this name, and the names before and after it.
    """

    name: str
    aliases: tuple[str, ...]
    country: str | None
    sector: Sector
    person: bool

    @property
    def kind(self) -> ActorKind:
        """What sort of actor it is: of its own where the table of histories says so, else by its sector."""
        if self.person:
            return ActorKind.PERSON
        return self._history.kind or _KINDS.get(self.sector, ActorKind.ORGANISATION)

    @property
    def since(self) -> str | None:
        """Year or month from which it bears this name, None where unknown."""
        return self._history.since

    @property
    def until(self) -> str | None:
        """Year or month in which it ended or changed its name, None where unknown or still there."""
        return self._history.until

    @property
    def predecessors(self) -> tuple[str, ...]:
        """Canonical names of what it was renamed, split or merged from."""
        return self._history.predecessors

    @property
    def successors(self) -> tuple[str, ...]:
        """Canonical names of what took its place or took it in."""
        return self._history.successors

    @property
    def source(self) -> str | None:
        """Address at which its dates and chain can be checked."""
        return self._history.source

    @property
    def _history(self) -> History:
        return History() if self.person else history(self.name)


_KINDS = {
    Sector.GOV: ActorKind.GOVERNMENT,
    Sector.MIL: ActorKind.FORCE,
    Sector.POL: ActorKind.POLICE,
    Sector.REB: ActorKind.ARMED_GROUP,
    Sector.PMC: ActorKind.COMPANY,
    Sector.PTY: ActorKind.PARTY,
    Sector.NGO: ActorKind.NGO,
    Sector.MED: ActorKind.OUTLET,
    Sector.BUS: ActorKind.BUSINESS,
    Sector.CIV: ActorKind.PEOPLE,
}


class NameKind(StrEnum):
    """What a written name is: a known actor, or a word of a country."""

    ACTOR = "actor"
    COUNTRY = "country"
    DEMONYM = "demonym"
    CAPITAL = "capital"


@dataclass(frozen=True, slots=True)
class Name:
    """One written form: its words (accents and articles folded), and what it names.

    `territory` is set for an autonomous or breakaway part of `country`.
    """

    words: tuple[str, ...]
    kind: NameKind
    country: str | None
    actor: KnownActor | None = None
    territory: str | None = None


@dataclass(frozen=True, slots=True)
class ActorWords:
    """Head words and the small word lists around them; see the comments in `actors/words.yaml`."""

    heads: Mapping[str, Family]
    sectors: Mapping[Family, Sector]
    sector_words: Mapping[str, Sector]
    peoples: Mapping[str, str | None]
    coalitions: Mapping[str, str]
    name_endings: Mapping[str, Sector]
    ministries: Mapping[str, str]
    navies: Mapping[str, str]
    slips: Mapping[str, str]
    recalled: Mapping[str, frozenset[str]]
    seats_of_bodies: Mapping[str, tuple[str, ...]]
    state_places: Mapping[str, str]
    lists: Mapping[str, frozenset[str]]

    def family(self, word: str) -> Family | None:
        """The family of a head word or two-word head in lower case, singular or plural."""
        return self.heads.get(word)

    def among(self, name: str, word: str) -> bool:
        """Whether the lower-case word is in one of the word lists."""
        return word in self.lists[name]


@cache
def known_actors() -> tuple[KnownActor, ...]:
    """Every named actor, in file order; ValueError names the entry that breaks the schema."""
    return tuple(actor for name in _lexicon_files() for actor in _read_actors(name))


@cache
def by_name(name: str) -> KnownActor | None:
    """The actor of a canonical name or alias as written in the lexicon, or None."""
    return _by_written().get(name)


@cache
def names(language: str = countries.ENGLISH) -> Mapping[str, tuple[Name, ...]]:
    """Every written form of actors and countries under its folded first word, longest first.

    Names of actors hold in texts of every language, but for those that are plain words of `language`; it may have
    more of them (`actors_<language>.yaml`). ValueError names one that is no known actor's.
    """
    table: dict[str, dict[tuple[tuple[str, ...], str], Name]] = {}
    more = () if language == countries.ENGLISH else _names_in(language)
    dropped = frozenset() if language == countries.ENGLISH else _dropped(language)
    actors = (name for name in _actor_names() if name.words not in dropped)
    for name in (*more, *actors, *_country_names(language), *_state_places()):
        if name.words:
            key = (name.words, f"{name.actor.country}{name.actor.name}" if name.actor else f"{name.country}")
            table.setdefault(name.words[0].casefold(), {}).setdefault(key, name)
    return {first: tuple(sorted(found.values(), key=lambda n: -len(n.words))) for first, found in table.items()}


@cache
def words() -> ActorWords:
    """The head words and word lists; ValueError names an entry that breaks the schema."""
    data = mapping("actors", "words.yaml")
    heads = {form: Family(family) for family, entries in data["heads"].items() for form in _forms(family, entries)}
    return ActorWords(
        heads=heads,
        sectors={Family(family): Sector(sector) for family, sector in data["sectors"].items()},
        sector_words=_inverted(data["sector_words"]),
        peoples={word: None if code == _NO_COUNTRY else code for word, code in data["peoples"].items()},
        coalitions=data["coalitions"],
        name_endings=_inverted(data["name_endings"]),
        ministries=data["ministries"],
        navies=data["navies"],
        slips=data["slips"],
        recalled={noun: frozenset(ActorKind(kind) for kind in kinds) for noun, kinds in data["recalled"].items()},
        seats_of_bodies={city: tuple(bodies) for city, bodies in data["seats_of_bodies"].items()},
        state_places=data["state_places"],
        lists={key: _listed(key, value) for key, value in data.items() if isinstance(value, list)},
    )


def folded(text: str) -> str:
    """`text` without accents, of the same length, so that offsets stay."""
    return text if text.isascii() else text.translate(_UNACCENTED)


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name for look-up: accents off, Arabic articles in lower case, leading "the" off."""
    found = tuple(article_folded(match.group()) for match in WORD.finditer(folded(text)))
    return found[1:] if len(found) > 1 and found[0] in ("the", "The") else found


def article_folded(word: str) -> str:
    """An Arabic article in lower case; any other word as it is."""
    lower = word.lower()
    return lower if lower in _ARTICLES and not (word.isupper() and len(word) > 1) else word


class _Unaccented(dict[int, int]):
    """A translation table that folds each accented letter to its base when first met."""

    def __missing__(self, code: int) -> int:
        special = {"ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ð": "d"}
        char = chr(code)
        base = special.get(char) or unicodedata.normalize("NFKD", char)[0]
        self[code] = ord(base)
        return self[code]


_UNACCENTED = _Unaccented()


def _lexicon_files() -> tuple[str, ...]:
    folder = files("dateline.lexicon").joinpath("actors")
    return tuple(sorted(p.name for p in folder.iterdir() if p.name.endswith(".yaml") and p.name != "words.yaml"))


def _read_actors(name: str) -> Iterator[KnownActor]:
    person = name.startswith("leaders")
    for sector, by_country in mapping("actors", name).items():
        for code, entries in by_country.items():
            if code != _NO_COUNTRY and countries.by_code(code) is None:
                raise ValueError(f"actors/{name}: {code!r} is no country")
            for canonical, aliases in entries.items():
                if not isinstance(aliases, str):
                    raise ValueError(f"actors/{name}: {canonical!r} needs its aliases as one string")
                yield KnownActor(
                    name=_QUALIFIER.sub("", canonical) if person else canonical,
                    aliases=tuple(a.strip() for a in aliases.split(";") if a.strip()),
                    country=None if code == _NO_COUNTRY else code,
                    sector=Sector(sector),
                    person=person,
                )


@cache
def _by_written() -> dict[str, KnownActor]:
    table: dict[str, KnownActor] = {}
    for actor in known_actors():
        for form in (actor.name, *actor.aliases):
            table.setdefault(form, actor)
    return table


def _actor_names() -> Iterator[Name]:
    for actor in known_actors():
        for form in (actor.name, *actor.aliases):
            if ", " in form or _QUALIFIER.search(form):
                continue
            found = name_words(form)
            yield Name(found, NameKind.ACTOR, actor.country, actor)
            if actor.person and len(found) > 2 and "al" in found[1:]:
                plain = (found[0], *(w for w in found[1:] if w != "al"))
                yield Name(plain, NameKind.ACTOR, actor.country, actor)


def _names_in(language: str) -> Iterator[Name]:
    """What a language calls actors, by their canonical names."""
    for canonical, forms in mapping(f"actors_{language}.yaml")["names"].items():
        actor = by_name(canonical)
        if actor is None:
            raise ValueError(f"actors_{language}.yaml: no actor is called {canonical!r}")
        for form in forms.split(";"):
            if not _QUALIFIER.search(form):
                yield Name(name_words(form), NameKind.ACTOR, actor.country, actor)


def _dropped(language: str) -> frozenset[tuple[str, ...]]:
    return frozenset(name_words(form) for form in mapping(f"actors_{language}.yaml")["dropped"])


def _country_names(language: str) -> Iterator[Name]:
    tables = [countries.forms(language)]
    if language != countries.ENGLISH:
        plain = countries.forms(countries.ENGLISH)
        tables.append(tuple((c, replace(known, adjectives=(), people=())) for c, known in plain))
    for country, known in chain.from_iterable(tables):
        forms = {
            NameKind.COUNTRY: known.names,
            NameKind.DEMONYM: (*known.adjectives, *known.people),
            NameKind.CAPITAL: (*known.capitals, *known.seats),
        }
        for kind, written in forms.items():
            for form in written:
                yield Name(name_words(form), kind, country.code)
    for place in countries.territories():
        for form in (place.name, *place.aliases):
            yield Name(name_words(form), NameKind.COUNTRY, place.state, None, place.name)
        for form in (*place.adjectives, *place.people):
            yield Name(name_words(form), NameKind.DEMONYM, place.state, None, place.name)


def _state_places() -> Iterator[Name]:
    """Places named after another state ("Niger Delta" is in Nigeria); like capitals, they only tell a state."""
    for place, code in words().state_places.items():
        yield Name(name_words(place), NameKind.CAPITAL, code)


def _forms(family: str, entries: Mapping[str, str]) -> Iterator[str]:
    """Singular and plural of every head word of a family."""
    for word, plural in entries.items():
        if not isinstance(plural, str):
            raise ValueError(f'actors/words.yaml: {family}: {word!r} needs a plural or ""')
        yield word.lower()
        yield plural.lower() or _plural(word.lower())


def _listed(key: str, entries: list[str]) -> frozenset[str]:
    """A word list in lower case; lists of heads hold the plurals too."""
    found = {
        " ".join(WORD.findall(str(entry))).lower() if key == "generic_names" else str(entry).lower()
        for entry in entries
    }
    if key in _LISTS_OF_HEADS:
        found |= {_plural(word) for word in found if not word.endswith("s")}
        found |= {f"{word[:-3]}men" for word in found if word.endswith("man")}
    return frozenset(found)


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def _inverted(table: Mapping[str, list[str]]) -> dict[str, Sector]:
    return {word: Sector(sector) for sector, found in table.items() for word in found}
