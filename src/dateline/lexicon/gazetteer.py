"""Places by name: one read-only file of some 250,000 places, memory-mapped and found by bisection.

`gazetteer.tsv` is written by `tools/build_gazetteer.py`. Its settlements, provinces and districts are
GeoNames data (CC BY 4.0, https://www.geonames.org), its airfields OurAirports (public domain); sites and
regions are our own tables. Nothing is loaded but a sparse index of about 7,000 keys; a lookup reads
one block of the map. The file is checked by its hash when it is opened.

The file: a header line with the byte offsets of its three parts; entries, one a line; index lines
`key TAB offset,offset` (base 36, into the entries), sorted; and every 64th index key with its offset.
"""

from __future__ import annotations

import mmap
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import as_file, files

from dateline.lexicon.intact import checked
from dateline.lexicon.own_file import own_file
from dateline.lexicon.place_keys import ARABIC, SITE_MARK, keys, marked, without_air_words, written_out
from dateline.lexicon.place_keys import fold as fold
from dateline.lexicon.place_keys import without_article as without_article
from dateline.model import Precision

DATA = "gazetteer.tsv"

ALIAS_COST = 1.0
"""What an alias takes off the prior (of about log10 of population)."""

OWN_PRIOR = 7.0
"""The prior of a user's own site, above that of towns: they listed it because their reports mean it."""

HAND_WRITTEN = frozenset({"sites", "regions"})
"""Sources of places listed by hand, whose aliases are as good as their names."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer.

    `country` is ISO alpha-3 or None for a region of several states, `admin` the code of its province
    within the country, `prior` how likely the bare name means it (about log10 of population),
    `radius` the kilometres from the point to about the edge of a province or district (0: not known),
    `source` `geonames`, `ourairports`, `sites` (ours or a user's own), `regions` or `countries`.
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
    radius: int = 0


_PRECISIONS = {p.value[:3]: p for p in Precision}
_SOURCES = {name[0]: name for name in ("geonames", "ourairports", "sites", "regions", "countries")}


def lookup(name: str) -> tuple[Entry, ...]:
    """The places of that name, likeliest first; empty when none is known.

    Spelling is tolerant (`fold`); a name with an Arabic article also finds Arab places listed without it.
    A user's own site (`dateline.lexicon.sites.use_sites`) takes the place of a site of ours and goes before the
    towns of its name; `SitesError` when that file cannot be used.
    """
    return _lookup(name) if own_file() is None else _with_own(name, _own_digest())


@lru_cache(maxsize=32768)
def _lookup(name: str) -> tuple[Entry, ...]:
    key = fold(name)
    found = dict.fromkeys(_offsets(key))
    bare = without_article(name)
    entries = [_entry(offset) for offset in found]
    if bare is not None:
        more = (_entry(offset) for offset in _offsets(fold(bare)) if offset not in found)
        entries += [entry for entry in more if entry.country in ARABIC]
    full = written_out(name)
    asked = key if full == name else fold(full)
    ranked = (entry if entry.name == name else _by_alias(entry, asked) for entry in entries)
    return tuple(sorted(ranked, key=lambda entry: -entry.prior))


def _by_alias(entry: Entry, key: str) -> Entry:
    """The entry with a lower prior when `key` is not of its first name but of an alias, old or foreign."""
    if entry.source in HAND_WRITTEN or entry.source == "countries":
        return entry
    own = fold(written_out(entry.name))
    if key in own or own in key:
        return entry
    return replace(entry, prior=entry.prior - ALIAS_COST)


def sites(name: str) -> tuple[Entry, ...]:
    """Airfields and bases by their bare name or their town, without the word "airport" or "base"."""
    if own_file() is None:
        return _sites(name)
    own = _own_entries(_own_digest())
    found = dict.fromkeys(entry for key in _bare_keys(name) for entry in own.get(SITE_MARK + key, ()))
    return (*found, *(entry for entry in _sites(name) if not found or entry.source != "sites"))


@lru_cache(maxsize=4096)
def _sites(name: str) -> tuple[Entry, ...]:
    found = dict.fromkeys(offset for key in _bare_keys(name) for offset in _offsets(SITE_MARK + key))
    return tuple(sorted((_entry(offset) for offset in found), key=lambda entry: -entry.prior))


def _bare_keys(name: str) -> list[str]:
    bare = without_article(name)
    return [fold(name)] if bare is None else [fold(name), fold(bare)]


@lru_cache(maxsize=32768)
def _with_own(name: str, digest: str | None) -> tuple[Entry, ...]:
    """The places of a name, a user's own among them."""
    own = _own_entries(digest)
    found = own.get(fold(name), ())
    bare = without_article(name)
    if bare is not None:
        found = (*found, *(e for e in own.get(fold(bare), ()) if e.country in ARABIC and e not in found))
    others = (entry for entry in _lookup(name) if not found or entry.source != "sites")
    return tuple(sorted((*found, *others), key=lambda entry: -entry.prior))


def _own_digest() -> str | None:
    from dateline.lexicon.sites import own_digest

    return own_digest()


@lru_cache(maxsize=4)
def _own_entries(_digest: str | None) -> Mapping[str, tuple[Entry, ...]]:
    """The user's own sites by key, listed as the gazetteer lists ours; the digest tells one file from another."""
    from dateline.lexicon.sites import own_sites

    table: dict[str, dict[Entry, None]] = {}
    for site in own_sites():
        entry = Entry(site.name, site.country, site.lat, site.lon, Precision.SITE, 0, "sites", "", OWN_PRIOR)
        for name in (site.name, *site.aliases):
            for key in (*keys(name, site.country), marked(fold(without_air_words(name)))):
                if key:
                    table.setdefault(key, {})[entry] = None
    return {key: tuple(entries) for key, entries in table.items()}


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
    checked(f"lexicon/{DATA}", data)
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
    name, country, admin, lat, lon, kind, population, prior, radius = line.split("\t")
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
        int(radius),
    )
