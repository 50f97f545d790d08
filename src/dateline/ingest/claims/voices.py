"""Who says a given claim: its source and the chain of outlets it came by, as our attribution.

`via` is given from the report outwards. The report's own outlet, a single agency that the whole report is taken
from, and the source itself are not in our `via`; in a round-up of several agencies the one that told a claim is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dateline.ingest.claims.fields import Record, Unfit, name_at, names
from dateline.ingest.claims.parties import Denoted, denoted
from dateline.lexicon.actors import Family, by_name
from dateline.lexicon.given_claims import given_words
from dateline.model import Attribution, Quote, Sector, Source, SourceKind

MEDIA_TYPES: Final = frozenset({"outlet", "agency", "media", "newspaper", "broadcaster"})
TYPES: Final = {
    "named_official": SourceKind.OFFICIAL,
    "unnamed_official": SourceKind.OFFICIAL,
    "official": SourceKind.OFFICIAL,
    "spokesperson": SourceKind.OFFICIAL,
    "document": SourceKind.DOCUMENT,
    "witness": SourceKind.WITNESS,
    "expert": SourceKind.EXPERT,
    "civil": SourceKind.CIVIL,
    "none": SourceKind.UNKNOWN,
    "unknown": SourceKind.UNKNOWN,
}

_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]")
_ORDER = re.compile(r"\s+/\s+|\s*;\s*|,?\s+(?:after|with|and|citing|quoting)\s+|\s*,\s*")
_THROUGH = re.compile(
    r",?\s+(?:via|through|as told to|quoted by)\s+(?=[A-Z]|the\s+[A-Z])|\s+on\s+(?=Facebook|Telegram|Twitter|X\b)"
)
_PLATFORM = re.compile(r"(?i)^(?:facebook|telegram|x|twitter|youtube|whatsapp|vk)\b")
_AGENT = re.compile(r"(?i)\bspokes(?:man|woman|person|people)\b")
_TAIL = re.compile(r"(?i)\s+(?:news agency|agency|newspaper|website|channel|statement|press release)$")
_ARTICLE = re.compile(r"(?i)^(?:the|an?)\s+")


@dataclass(frozen=True, slots=True)
class Carrier:
    """The report that carries a claim: its outlet as given, and its agencies."""

    outlet: str | None
    agencies: tuple[str, ...]


def agencies(text: str) -> tuple[str, ...]:
    """The agencies of a credit: "AP / Reuters / CNN", "Reuters (named in the text)"."""
    given = re.split(r"\s+/\s+|\s*;\s*", text)
    parts = (_TAIL.sub("", _ARTICLE.sub("", _plain(part))) for part in given)
    return tuple(dict.fromkeys(part for part in parts if part))


def attribution(record: Record, carrier: Carrier) -> Attribution | None:
    """Who says the claim of a record; None where the report says it in its own voice."""
    given, kind = name_at(record, "source"), name_at(record, "source_type") or "none"
    chain = names(record, "via")
    if given is None:
        relayed = _relays(chain, carrier, None)
        return _attribution(None, SourceKind.UNKNOWN, False, relayed) if relayed else None
    if kind not in MEDIA_TYPES and kind not in TYPES:
        raise Unfit(f"source_type {kind[:40]!r} is none of {', '.join(sorted({*MEDIA_TYPES, *TYPES}))}")
    if kind in MEDIA_TYPES and own_voice(given, chain, carrier):
        return None
    person, through = _parted(given)
    relays = _relays((*chain, *through), carrier, person)
    if kind in MEDIA_TYPES:
        return _attribution(Source(given, None, None, person), SourceKind.MEDIA, False, relays)
    source, said = _source(given, person)
    anonymous = kind == "unnamed_official" or given_words().withheld.search(given) is not None
    return _attribution(source, _kind(given, said, TYPES[kind]), anonymous, relays)


def own_voice(source: str, chain: tuple[str, ...], carrier: Carrier) -> bool:
    """Whether a source is only the report's own outlet or the agency it is taken from."""
    own = _own(carrier) | {_key(name) for name in chain[:1]}
    return _key(source) in own or all(_key(part) in own for part in _ORDER.split(_plain(source)) if part)


def _own(carrier: Carrier) -> set[str]:
    """Keys of the names under which the report itself speaks: its outlet, what brackets add to it, its agencies."""
    outlet = carrier.outlet or ""
    inside = [part for found in _BRACKETS.findall(outlet) for part in found.split("/")]
    parts = [_plain(outlet), *_ORDER.split(_plain(outlet)), *inside, *carrier.agencies, *given_words().itself]
    return {_key(part) for part in parts if part.strip()}


def _plain(text: str) -> str:
    return " ".join(_BRACKETS.sub(" ", text).split())


def _key(text: str) -> str:
    """An outlet's name for comparison: canonical where the lexicon has it."""
    plain = _ARTICLE.sub("", _plain(text))
    known = by_name(plain) or by_name(_plain(text))
    return (known.name if known is not None else _TAIL.sub("", plain) or plain).casefold()


def _parted(given: str) -> tuple[str, tuple[str, ...]]:
    """The source without brackets, and through whom it spoke ("sources via Heart of Africa")."""
    first, *rest = _THROUGH.split(_plain(given))
    relays = tuple(_ARTICLE.sub("", part) for part in rest if not _PLATFORM.match(part))
    return (_ARTICLE.sub("", first).strip(" '\"\u2018\u2019\u201c\u201d") or given), relays


def _relays(chain: tuple[str, ...], carrier: Carrier, source: str | None) -> tuple[str, ...]:
    """The chain without the report's own outlet, its one agency and the source, each name once."""
    single = carrier.agencies if len(carrier.agencies) == 1 else ()
    dropped = {_key(name) for name in chain[:1]} | _own(Carrier(carrier.outlet, single))
    dropped -= {_key(name) for name in carrier.agencies} if not single else set()
    if source is not None:
        dropped.add(_key(source))
    found = {_key(name): _plain(name) for name in reversed(chain)}
    return tuple(found[key] for key in dict.fromkeys(map(_key, chain)) if key not in dropped)


def _source(given: str, person: str) -> tuple[Source, Denoted]:
    """The source with his office where one is given ("Lloyd Austin, US Secretary of Defense")."""
    said = denoted(person)
    first, comma, rest = person.partition(", ")
    if said.person and (comma or person.endswith(said.name)):
        office = rest if comma else person.removesuffix(said.name).strip() or None
        return Source(given, None, None, said.name, description=person, office=office), said
    return Source(given, None, None, person), said


def _kind(given: str, said: Denoted, typed: SourceKind) -> SourceKind:
    """What kind of voice it is: by the words for it, within what the given type leaves open."""
    if typed in (SourceKind.WITNESS, SourceKind.EXPERT, SourceKind.CIVIL, SourceKind.UNKNOWN):
        return typed
    if typed is SourceKind.DOCUMENT and given_words().documents.search(given) is not None:
        return typed
    by_sector = {
        Sector.REB: SourceKind.ARMED_GROUP,
        Sector.PMC: SourceKind.ARMED_GROUP,
        Sector.IGO: SourceKind.IGO,
        Sector.MIL: SourceKind.MILITARY,
    }
    if said.sector in by_sector and not _AGENT.search(given):
        return by_sector[said.sector]
    if said.sector in (Sector.REB, Sector.PMC, Sector.IGO):
        return by_sector[said.sector]
    if said.family in (Family.BODY, Family.GOVERNMENT, Family.JUNTA, Family.STATE):
        return SourceKind.GOVERNMENT
    if said.sector is Sector.GOV and said.family is None and not said.person:
        return SourceKind.GOVERNMENT
    return typed


def _attribution(source: Source | None, kind: SourceKind, anonymous: bool, via: tuple[str, ...]) -> Attribution:
    return Attribution(source, kind, anonymous, None, Quote.INDIRECT, via)
