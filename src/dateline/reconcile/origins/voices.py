"""Whom a report says it has it from: newsrooms that were told, and sources whose names are withheld."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from dateline.lexicon import countries
from dateline.lexicon.actors import by_name as known_actor
from dateline.lexicon.newsrooms import broadcaster, house, listed, newsroom, newsrooms
from dateline.lexicon.reuse_words import reuse_words, stem
from dateline.model import Claim, Document, Sector, SourceKind

_SENTENCE = re.compile(r"[^.\n]+(?:\.(?=\w)[^.\n]*)*")
_NAME = r"((?:[A-Z][\w’'&.-]*)(?:[ -](?:(?:of|the|and|de|du) )?[A-Z][\w’'&-]*){0,3})"


def claim_relay(claim: Claim, document: Document) -> str | None:
    """The newsroom that a claim came by, nearest to the report, if it is not the report's own; None otherwise.

    A state broadcaster is no relay: governments speak through it. Persons and bodies in a chain are none either.
    An agency or paper that is itself the source of a claim ("Le Monde reported") is one.
    """
    said = claim.attribution
    if said is None:
        return None
    for name in said.via:
        if _newsroom_name(name) and not _own(name, document):
            return newsroom(name)
    source = said.source
    if source is not None and said.source_kind is SourceKind.MEDIA and listed(source.name):
        return None if _own(source.name, document) or broadcaster(source.name) else newsroom(source.name)
    return None


def _own(name: str, document: Document) -> bool:
    """Whether a name is the report's own outlet, or of its house."""
    key = newsroom(name)
    return document.outlet is not None and key in (newsroom(document.outlet), house(document.outlet, document.url))


@lru_cache(maxsize=8192)
def _newsroom_name(name: str) -> bool:
    """Whether a name in a chain can be that of a newsroom: a listed one, or a name nobody else is known to bear."""
    if listed(name):
        return True
    if broadcaster(name) or not name[:1].isupper():
        return False
    if countries.by_name(name) is not None or countries.by_capital(name) is not None:
        return False
    actor = known_actor(name)
    if actor is not None:
        return actor.sector is Sector.MED and not actor.person
    words = [word.strip(".").lower() for word in name.split()]
    return not any(stem(word) in reuse_words().unnamed or word in reuse_words().titles for word in words)


def named_relays(text: str, spans: tuple[tuple[int, int], ...]) -> Iterator[str]:
    """Newsrooms that the words of a report name as told, quoted or shown something, listed or not."""
    for begin, end in spans:
        for pattern in _told():
            for found in pattern.finditer(text, begin, end):
                name = found[1].removesuffix("'s").removesuffix("’s")
                if _newsroom_name(name):
                    yield newsroom(name)


@cache
def _told() -> tuple[re.Pattern[str], ...]:
    words = newsrooms()
    before = "|".join(sorted(words.told_before, key=len, reverse=True))
    after = "|".join(sorted(words.told_after, key=len, reverse=True))
    return re.compile(rf"\b(?i:{before})\s+(?:the\s+)?{_NAME}"), re.compile(rf"{_NAME}\s+(?i:{after})\b")


def claimed_unnamed(claim: Claim) -> str | None:
    """The unnamed source of a claim in a form to compare: the terms of the fullest phrase for him."""
    said = claim.attribution
    if said is None or not said.anonymous or said.source is None:
        return None
    return described(said.source.description or said.source.name)


def named_unnamed(text: str, spans: tuple[tuple[int, int], ...]) -> Iterator[str]:
    """Descriptions of those whose names a text says are withheld, in that sentence or the one before."""
    for begin, end in spans:
        before = ""
        for found in _SENTENCE.finditer(text, begin, end):
            sentence = found.group()
            words = {word.lower() for word in re.findall(r"[^\W\d_]+", sentence)}
            if words & reuse_words().withheld:
                for phrase in (*_unnamed().findall(before), *_unnamed().findall(sentence)):
                    told = described(phrase)
                    if told is not None:
                        yield told
            before = sentence


@cache
def _unnamed() -> re.Pattern[str]:
    heads = "officials?|officers?|sources?|diplomats?|lawmakers?|advisers?|aides?|commanders?|insiders?|ministers?"
    return re.compile(rf"(?:[^\W\d_][\w.'’-]*\s+){{1,4}}(?:{heads})\b")


@lru_cache(maxsize=8192)
def described(phrase: str) -> str | None:
    """A phrase for somebody as sorted terms ("a senior U.S. defense official" is "@USA defenc official senior").

    None where it says no more than one word ("an official").
    """
    terms = set()
    for word in re.findall(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+", phrase):
        country = countries.by_name(word) or countries.by_demonym(word) if word[:1].isupper() else None
        plain = word.lower().replace(".", "")
        if country is not None:
            terms.add(f"@{country.code}")
        elif plain not in reuse_words().empty and plain not in reuse_words().withholding:
            terms.add(stem(reuse_words().spelling.get(plain, plain)))
    return " ".join(sorted(terms)) if len(terms) > 1 else None


def same_person(a: str, b: str) -> bool:
    """Whether two descriptions can be of one unnamed person: three terms of four the same."""
    one, other = set(a.split()), set(b.split())
    return len(one & other) >= 2 and 4 * len(one & other) >= 3 * len(one | other)
