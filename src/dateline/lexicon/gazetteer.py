"""Places by name: one read-only file of some 100,000 places, memory-mapped and found by bisection.

`gazetteer.tsv` is written by `tools/build_gazetteer.py`. Its settlements, provinces and districts are
GeoNames data (CC BY 4.0, https://www.geonames.org), its airfields OurAirports (public domain); bases and
regions are our own tables. Nothing is loaded but a sparse index of about 3,000 keys; a lookup reads
one block of the map.

The file: a header line with the byte offsets of its three parts; entries, one a line; index lines
`key TAB offset,offset` (base 36, into the entries), sorted; and every 64th index key with its offset.
"""

from __future__ import annotations

import mmap
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import as_file, files

from dateline.model import Precision

DATA = "gazetteer.tsv"
SITE_MARK = "@"
"""Leads the key of an airfield or camp by its bare name or its town: `@ramstein`."""

_ARABIC = (
    "IRQ SYR LBY EGY YEM SAU ARE QAT KWT BHR OMN JOR LBN PSE TUN "
    "DZA MAR MRT SDN SSD TCD SOM DJI ERI IRN ISR ESH MLI NER"
)
ARABIC = frozenset(_ARABIC.split())
"""Countries whose place names carry the Arabic article, which reports write, join or leave out at will."""

ALIAS_COST = 1.0
"""What an alias takes off the prior (of about log10 of population)."""

HAND_WRITTEN = frozenset({"bases", "regions"})
"""Sources of places listed by hand, whose aliases are as good as their names."""

_ARTICLE = re.compile(r"(?:al|el|ar|as|ash|at|az|ad|an|ath)[ -](?=\S{3})")
_IN_FULL = {"St": "Saint", "Mt": "Mount", "Ft": "Fort"}
_ABBREVIATED = re.compile(r"^(St|Mt|Ft)(?=[. ])")
_JOINED = re.compile(r"\W+")
_PLAIN = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ə": "a"}
    | dict.fromkeys("'’‘ʼʻʿʾ`´ʹ", "")
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer.

    `country` is ISO alpha-3 or None for a region of several states, `admin` the code of its province
    within the country, `prior` how likely the bare name means it (about log10 of population),
    `source` `geonames`, `ourairports`, `bases`, `regions` or `countries`.
    """

    name: str
    country: str | None
    lat: float
    lon: float
    precision: Precision
    population: int
    source: str
    admin: str
    prior: float


_PRECISIONS = {p.value[:3]: p for p in Precision}
_SOURCES = {name[0]: name for name in ("geonames", "ourairports", "bases", "regions", "countries")}


def fold(name: str) -> str:
    """The tolerant key of a name: case, marks, apostrophes, hyphens and blanks dropped, final -ah as -a."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold().translate(_PLAIN))
    key = _JOINED.sub("", "".join(char for char in plain if not unicodedata.combining(char)).translate(_PLAIN))
    return key[:-1] if key.endswith("ah") and len(key) > 3 else key


def without_article(name: str) -> str | None:
    """The name without a leading Arabic article ("Ar Raqqah", "al-Tanf"), or None where it has none."""
    match = _ARTICLE.match(name.casefold())
    return None if match is None else name[match.end() :]


@lru_cache(maxsize=32768)
def lookup(name: str) -> tuple[Entry, ...]:
    """The places of that name, likeliest first; empty when none is known.

    Spelling is tolerant (`fold`); a name with an Arabic article also finds Arab places listed without it.
    """
    found = dict.fromkeys(_offsets(fold(name)))
    bare = without_article(name)
    entries = [_entry(offset) for offset in found]
    if bare is not None:
        more = (_entry(offset) for offset in _offsets(fold(bare)) if offset not in found)
        entries += [entry for entry in more if entry.country in ARABIC]
    ranked = (_by_alias(entry, name) for entry in entries)
    return tuple(sorted(ranked, key=lambda entry: -entry.prior))


def _by_alias(entry: Entry, name: str) -> Entry:
    """The entry with a lower prior when `name` is not its first name but an alias, old or foreign."""
    own, asked = fold(_written_out(entry.name)), fold(_written_out(name))
    if entry.source in HAND_WRITTEN or entry.source == "countries" or asked in own or own in asked:
        return entry
    return replace(entry, prior=entry.prior - ALIAS_COST)


def _written_out(name: str) -> str:
    """The name with a leading "St", "Mt" or "Ft" in full."""
    return _ABBREVIATED.sub(lambda match: _IN_FULL[match.group(1)], name)


@lru_cache(maxsize=4096)
def sites(name: str) -> tuple[Entry, ...]:
    """Airfields and bases by their bare name or their town, without the word "airport" or "base"."""
    keys = [fold(name)]
    bare = without_article(name)
    if bare is not None:
        keys.append(fold(bare))
    found = dict.fromkeys(offset for key in keys for offset in _offsets(SITE_MARK + key))
    return tuple(sorted((_entry(offset) for offset in found), key=lambda entry: -entry.prior))


def is_known(name: str) -> bool:
    """Whether any place has that name."""
    return bool(lookup(name))


@dataclass(frozen=True, slots=True)
class _Table:
    """The mapped file and where its parts start."""

    data: mmap.mmap | bytes
    entries: int
    index: int
    keys: list[bytes]
    starts: list[int]


@cache
def _table() -> _Table:
    with as_file(files("dateline.lexicon").joinpath(DATA)) as path, path.open("rb") as stream:
        data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    entries, index, sparse = (int(part) for part in data[: data.find(b"\n")].split(b"\t")[1:4])
    keys, starts = [], []
    for line in data[sparse:].splitlines():
        key, _, start = line.partition(b"\t")
        keys.append(key)
        starts.append(int(start, 36))
    starts.append(sparse - index)
    return _Table(data, entries, index, keys, starts)


def _offsets(key: str) -> list[int]:
    """Offsets of the entries under a key."""
    if not key:
        return []
    table = _table()
    wanted = key.encode()
    block = bisect_right(table.keys, wanted) - 1
    if block < 0:
        return []
    chunk = table.data[table.index + table.starts[block] - 1 : table.index + table.starts[block + 1]]
    at = chunk.find(b"\n" + wanted + b"\t")
    if at < 0:
        return []
    line = chunk[at + len(wanted) + 2 : chunk.find(b"\n", at + 1)]
    return [int(part, 36) for part in line.split(b",")]


@lru_cache(maxsize=32768)
def _entry(offset: int) -> Entry:
    """The entry whose line starts at `offset` in the entries part."""
    table = _table()
    start = table.entries + offset
    line = table.data[start : table.data.find(b"\n", start)].decode()
    name, country, admin, lat, lon, kind, population, prior = line.split("\t")
    return Entry(
        name,
        country or None,
        float(lat),
        float(lon),
        _PRECISIONS[kind[:3]],
        int(population),
        _SOURCES[kind[3]],
        admin,
        int(prior) / 10,
    )
