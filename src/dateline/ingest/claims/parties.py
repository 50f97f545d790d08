"""Actors given as plain names ("Russian military instructors", RUS), read through the lexicon of actors.

Names become canonical like those of reports that we read ourselves: forces of a state are "Russia, armed forces"
(MIL), those who decide "Niger, government" (GOV). The code that was given always wins; a name of the lexicon that
belongs to another state is not taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.lexicon import countries
from dateline.lexicon.actors import Family, KnownActor, NameKind, name_words, names, words
from dateline.model import Actor, Sector

_BRACKETS = re.compile(r"\s*\(([^)]*)\)|\s*\[[^\]]*\]")
_AFTER_HEAD = re.compile(
    r"\s+(?:of|for|from|in|at|with|by|to|under|near|hired|led|backed|who|via|after|and its|and his)\s+"
)
_TOKEN = re.compile(r"[\w.'’-]*\w")
_JOINTS = re.compile(r"\s*;\s*|\s+/\s+|\s+(?:and|&)\s+|\s*,\s*")
_ARMED_FORCES = frozenset({Family.FORCE, Family.WEAPON})
_UNNAMED = frozenset(
    {Family.FORCE, Family.FIGHTER, Family.MERCENARY, Family.JUNTA, Family.GROUP, Family.GOVERNMENT, Family.SECURITY}
)
"""Families of heads whose phrase may be explained by a name in brackets."""
_SMALL = frozenset({"of", "the", "de", "du", "des", "la", "le", "al", "and", "for"})


@dataclass(frozen=True, slots=True)
class Denoted:
    """Who a written name means; `family` is that of its head word, None for a name of the lexicon."""

    name: str
    country: str | None
    sector: Sector
    family: Family | None
    person: bool = False


def party(text: str, country: str | None) -> Actor:
    """The actor of a name as it was given, with the country that was given."""
    found = denoted(text, country)
    return Actor(text, None, None, found.name, country or found.country, found.sector)


@lru_cache(maxsize=8192)
def denoted(text: str, country: str | None = None) -> Denoted:
    """Who the words mean; without a clue in the lexicon their own words and UNK."""
    outer, inner = _without_brackets(_without_measure(text))
    found = _joint(outer, country) or _one(outer, country)
    open_to_more = found.family in _UNNAMED or found.sector is Sector.UNK
    open_to_more |= found.sector is Sector.IGO and _exact(outer, country) is None
    within = _known(inner, country) if inner and open_to_more else None
    if within is None or within.person:
        return found
    if not _proper(outer):
        return within
    if within.sector in (Sector.PMC, Sector.REB) or found.sector is Sector.UNK:
        return replace(found, sector=within.sector)
    return found


def _without_measure(text: str) -> str:
    """ "15 Western states" for "a group of 15 Western states"."""
    first, of, rest = text.partition(" of ")
    return rest if of and words().among("partitive", first.split()[-1].lower()) and len(first.split()) < 3 else text


def _without_brackets(text: str) -> tuple[str, str]:
    """The words outside brackets, and those of the first bracket."""
    inner = _BRACKETS.search(text)
    outer = " ".join(_BRACKETS.sub(" ", text).split()).strip(" '\"‘’“”")
    return outer or text, (inner.group(1) or "") if inner is not None else ""


def _proper(text: str) -> bool:
    """Whether the words are a name rather than a description: all in capitals, no nationality among them."""
    tokens = [t for t in text.split() if t.lower() not in _SMALL]
    described = any(_nation(t) is not None for t in tokens)
    return bool(tokens) and not described and all(t[:1].isupper() or t[:1].isdigit() for t in tokens)


def _joint(text: str, country: str | None) -> Denoted | None:
    """Several actors in one: "German and Italian forces", "Russian soldiers and Africa Corps fighters"."""
    if _exact(text, country) is not None:
        return None
    parts = [part for part in _JOINTS.split(text) if part]
    if len(parts) < 2 or ", " in text and not re.search(r" and |;| / ", text):
        return None
    shared = _nations(parts)
    last = denoted(parts[-1], None)
    if shared is not None and last.family in (Family.FORCE, Family.SECURITY, Family.GOVERNMENT, Family.POLICE):
        label = last.name.partition(", ")[2] or "armed forces"
        joined = "; ".join(f"{countries.country_name(code)}, {label}" for code in shared)
        return Denoted(joined, country, last.sector, last.family)
    if any(_nation(part) is not None for part in parts[:-1]) and last.family in _ARMED_FORCES:
        return None
    found = [denoted(part, None) for part in parts]
    if any(one.sector is Sector.UNK or one.person for one in found):
        return None
    sectors = {one.sector for one in found}
    codes = {one.country for one in found}
    return Denoted(
        "; ".join(one.name for one in found),
        country or (codes.pop() if len(codes) == 1 else None),
        sectors.pop() if len(sectors) == 1 else found[0].sector,
        found[0].family,
    )


def _nations(parts: list[str]) -> list[str] | None:
    """The states of "German and Italian forces": bare nationalities before the last part, one in it."""
    before = [_nation(part) for part in parts[:-1]]
    last = next((code for token in parts[-1].split() if (code := _nation(token)) is not None), None)
    found = [*before, last]
    codes = [code for code in found if code is not None]
    return codes if len(codes) == len(found) else None


def _one(text: str, country: str | None) -> Denoted:
    exact = _exact(text, country)
    if exact is not None:
        return exact
    state = _state_named(text)
    if state is not None:
        return _government(country or state)
    head = _AFTER_HEAD.split(text, maxsplit=1)[0]
    described = _described(head, country) or (_described(text, country) if head != text else None)
    known = _known(text, country)
    if known is not None and (known.person or described is None or known.sector is not Sector.GOV):
        return known
    return described or known or Denoted(text, country, _by_words(text), None)


def _exact(text: str, country: str | None) -> Denoted | None:
    """The named actor that the words are, whole."""
    found = _match(name_words(text), 0, country)
    return None if found is None or found[1] < len(name_words(text)) else _of(found[0], country)


def _known(text: str, country: str | None) -> Denoted | None:
    """The first named actor among the words; an organisation before a person ("AFRICOM's general Langley")."""
    tokens = name_words(text)
    at, found = 0, list[KnownActor]()
    while at < len(tokens):
        match = _match(tokens, at, country)
        if match is not None:
            found.append(match[0])
        at += match[1] if match is not None else 1
    best = next((actor for actor in found if not actor.person), found[0] if found else None)
    return None if best is None else _of(best, country)


def _match(tokens: tuple[str, ...], at: int, country: str | None) -> tuple[KnownActor, int] | None:
    """The longest named actor whose words stand at `at`, and how many they are."""
    if at >= len(tokens):
        return None
    for name in names().get(tokens[at].casefold(), ()):
        size = len(name.words)
        if name.kind is not NameKind.ACTOR or name.actor is None or not _same(tokens[at : at + size], name.words):
            continue
        if country is None or name.actor.country in (None, country):
            return name.actor, size
    return None


def _same(given: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Acronyms keep their case, other names may be written in any."""
    short = len(name) == 1 and name[0].isupper()
    return given == name or not short and [w.casefold() for w in given] == [w.casefold() for w in name]


def _of(actor: KnownActor, country: str | None) -> Denoted:
    return Denoted(actor.name, country or actor.country, actor.sector, None, actor.person)


def _described(text: str, country: str | None) -> Denoted | None:
    """Who a description means by its head word: the last one that is a head, two words before one."""
    tokens = _TOKEN.findall(text)
    table = words()
    for at in range(len(tokens) - 1, -1, -1):
        pair = " ".join(tokens[max(0, at - 1) : at + 1]).lower()
        family = table.family(pair) if at > 0 else None
        head = pair if family is not None else tokens[at].lower()
        family = family or table.family(head)
        if family is not None and not _nation(tokens[at]):
            return _by_family(text, tokens, head, family, country)
    return None


def _by_family(text: str, tokens: list[str], head: str, family: Family, country: str | None) -> Denoted | None:
    nations = dict.fromkeys(found for token in tokens if (found := _nation(token)) is not None)
    plain = [t.lower() for t in tokens]
    foreign = any(words().among("elsewhere", token) for token in plain)
    code = country or (next(iter(nations)) if len(nations) == 1 and not foreign else None)
    sector = _sector(tokens, head, family)
    nation = None if code is None else countries.country_name(code)
    if family is Family.JUNTA and code is not None:
        return Denoted(f"{nation}, military government", code, Sector.GOV, family)
    if family is Family.GOVERNMENT and code is not None:
        return _government(code)
    if family in _ARMED_FORCES and code is not None and sector is Sector.MIL and not foreign:
        if _proper(text) and not all(_common(token) for token in plain):
            return Denoted(text, code, Sector.MIL, family)
        return Denoted(f"{nation}, armed forces", code, Sector.MIL, family)
    if family is Family.SECURITY and code is not None:
        return Denoted(f"{nation}, {head if head.endswith('s') else f'{head}s'}", code, Sector.MIL, family)
    if family is Family.POLICE and code is not None:
        return Denoted(f"{nation}, police", code, Sector.POL, family)
    if family is Family.BODY and code is not None:
        return Denoted(f"{nation}, {_body(tokens, head, code)}", code, Sector.GOV, family)
    return Denoted(_titled(text) or text, code, sector, family, _titled(text) is not None)


def _sector(tokens: list[str], head: str, family: Family) -> Sector:
    """The sector of a head word; words beside it move forces and offices to another one."""
    table = words()
    own = table.sectors[family]
    moved = next((s for t in tokens if (s := table.sector_words.get(t.lower().rstrip("s"))) is not None), None)
    if moved is None:
        moved = next((s for t in tokens if (s := table.sector_words.get(t.lower())) is not None), None)
    if "air force" in " ".join(tokens).lower():
        moved = Sector.MIL
    civil = any(table.among("state_words", token.lower()) for token in tokens)
    relational = table.among("relational", head) and not civil
    if moved is not None and (
        family is Family.FORCE and moved is not Sector.MIL or family is Family.OFFICE and relational
    ):
        return moved
    return own


def _body(tokens: list[str], head: str, code: str) -> str:
    """ "Ministry of Defence"; other bodies keep their words after the state."""
    lower = [t.lower() for t in tokens]
    canonical = next((m for t in lower if (m := words().ministries.get(t)) is not None), None)
    if canonical is not None and head in ("ministry", "department", "office"):
        return canonical
    return " ".join(t for t in tokens if _nation(t) != code)


def _titled(text: str) -> str | None:
    """The person's name after a title ("air force chief X Y") or before one ("X Y, air force chief")."""
    first, comma, _ = text.partition(", ")
    if comma and len(first.split()) > 1 and _proper(first):
        return first
    run: list[str] = []
    for token in reversed(text.split()):
        if not token[:1].isupper() or len(token) < 2 or words().family(token.lower().rstrip(".")) or _nation(token):
            break
        run.insert(0, token)
    before = text.split()[: -len(run)] if run else []
    after_title = bool(before) and words().family(before[-1].lower().rstrip(".")) is not None
    return " ".join(run) if run and before and (after_title or len(run) > 1) else None


def _common(word: str) -> bool:
    """Whether a lower-case word is one many such bodies have in their names ("Presidential Guard")."""
    table = words()
    of_sector = table.sector_words.get(word) is not None
    return of_sector or table.family(word) is not None or table.among("title_words", word) or word in _SMALL


def _state_named(text: str) -> str | None:
    """The state whose name, capital or seat of government the words are, whole."""
    found = countries.by_name(text) or countries.by_capital(text)
    return None if found is None else found.code


@lru_cache(maxsize=4096)
def _nation(token: str) -> str | None:
    """The state of a nationality or of a country's name in the possessive ("Niger's")."""
    bare = re.sub(r"['’]s?$", "", token)
    found = countries.by_demonym(bare) or countries.by_name(bare)
    return None if found is None else found.code


def _government(code: str) -> Denoted:
    return Denoted(f"{countries.country_name(code)}, government", code, Sector.GOV, Family.STATE)


def _by_words(text: str) -> Sector:
    """The sector that the last word of a name tells ("... Front"), else another word of it ("civil society")."""
    found = [words().sector_words.get(token.lower()) for token in text.split()]
    ending = words().name_endings.get(text.split()[-1]) if text.split() else None
    return ending or next((sector for sector in found if sector is not None), Sector.UNK)
