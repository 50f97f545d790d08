"""Agencies, newsrooms and publishing houses (`newsrooms.yaml`): one key for all the names of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline.lexicon.loading import mapping

_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_ARTICLE = re.compile(r"^(?:the|le|la|les|l'|el|al)[\s-]+|^l'")
_TAIL = re.compile(r"\s+(?:news agency|news service|newspaper|website|online)$|\.com$")
_PARTS = re.compile(r"\s*[;/|+&]\s*|\s*,\s+|\s+(?:and|with|et|avec|via)\s+")


@dataclass(frozen=True, slots=True)
class Newsrooms:
    """Look-ups by folded names; a house is the publisher of outlets that print one another's reports."""

    names: Mapping[str, str]
    agencies: frozenset[str]
    house_of: Mapping[str, str]
    house_of_domain: Mapping[str, str]
    broadcasters: frozenset[str]
    told_before: tuple[str, ...]
    told_after: tuple[str, ...]


@cache
def newsrooms() -> Newsrooms:
    """The tables, read once."""
    data = mapping("newsrooms.yaml")
    listed = {**data["newsrooms"], **data["agencies"]}
    names = {_folded(name): key for key, others in listed.items() for name in (key, *others)}
    houses = data["houses"]
    return Newsrooms(
        names=names,
        agencies=frozenset(data["agencies"]),
        house_of={_folded(name): house for house, entry in houses.items() for name in entry["members"]},
        house_of_domain={domain: house for house, entry in houses.items() for domain in entry["domains"]},
        broadcasters=frozenset(map(_folded, data["broadcasters"])),
        told_before=tuple(data["told"]["before"]),
        told_after=tuple(data["told"]["after"]),
    )


@lru_cache(maxsize=16_384)
def newsroom(name: str) -> str:
    """The one name under which an outlet or agency is compared: the listed one, else its own words folded."""
    folded = _folded(name)
    known = newsrooms().names.get(folded)
    return known if known is not None else folded


def credited(credit: str) -> tuple[str, ...]:
    """The newsrooms of a credit ("AP / Reuters", "Reuters; AFP"), each once; a listed name is never cut."""
    plain = _BRACKETS.sub(" ", credit).strip()
    if _folded(plain) in newsrooms().names:
        return (newsroom(plain),)
    return tuple(dict.fromkeys(newsroom(part) for part in _PARTS.split(plain) if part.strip()))


def listed(name: str) -> bool:
    """Whether a name is that of a listed agency or newsroom."""
    return _folded(name) in newsrooms().names


def agency(name: str) -> bool:
    """Whether a name is that of a listed agency."""
    return newsroom(name) in newsrooms().agencies


def broadcaster(name: str) -> bool:
    """Whether a name is that of a state broadcaster, or says that it is one."""
    folded = _folded(name)
    known = newsrooms().broadcasters
    return folded in known or any(folded.endswith(f" {word}") for word in known if " " in word)


@lru_cache(maxsize=16_384)
def house(outlet: str | None, url: str | None) -> str | None:
    """Who publishes a report: the house of its outlet or address, else the outlet itself; None where unknown."""
    tables = newsrooms()
    domain = _domain(url)
    if domain is not None and domain in tables.house_of_domain:
        return tables.house_of_domain[domain]
    if outlet is not None and _folded(outlet):
        return tables.house_of.get(_folded(newsroom(outlet))) or newsroom(outlet)
    return domain


def _domain(url: str | None) -> str | None:
    """The registered part of an address, as far as two or three labels tell it."""
    if url is None:
        return None
    found = re.match(r"(?:[a-z]+:)?//([^/:?#]+)", url.strip().lower())
    labels = (found[1] if found is not None else url.split("/")[0].lower()).split(".")
    if len(labels) < 2:
        return None
    short = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in ("co", "com", "org", "net", "gov", "ac")
    return ".".join(labels[-3:] if short else labels[-2:])


def _folded(name: str) -> str:
    """A name without case, accents, article, brackets and the words "news agency"."""
    plain = unicodedata.normalize("NFKD", _BRACKETS.sub(" ", name).replace("’", "'"))
    plain = " ".join("".join(char for char in plain if not unicodedata.combining(char)).casefold().split())
    return _TAIL.sub("", _ARTICLE.sub("", plain)).strip(" .'\"") or plain
