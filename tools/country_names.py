"""Write the names of countries in a language into `countries_<language>.tsv`, from Unicode CLDR by way of Babel.

    python tools/country_names.py fr

The name of each country of `countries.tsv` is that of CLDR (Unicode Licence v3), unless the file has another. All
columns written by hand (aliases, adjectives, people, capitals, seats) are kept; a new language begins without a file.
The tool says which countries still lack an adjective.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from babel import Locale

LEXICON = Path(__file__).resolve().parent.parent / "src/dateline/lexicon"
COLUMNS = ("code", "name", "aliases", "adjectives", "people", "capitals", "seats")


def main() -> None:
    """Write the file of the language asked for."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("language", help="ISO 639-1 code, such as fr")
    language = parser.parse_args().language
    path = LEXICON / f"countries_{language}.tsv"
    kept = {row["code"]: row for row in rows(path)} if path.exists() else {}
    territories = Locale(language).territories
    written = [row(country, kept.get(country["code"], {}), territories) for country in rows(LEXICON / "countries.tsv")]
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(
            stream, COLUMNS, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, escapechar="\\"
        )
        out.writeheader()
        out.writerows(written)
    lacking = [one["code"] for one in written if not one["adjectives"]]
    print(f"{path.name}: {len(written)} countries; without an adjective: {' '.join(lacking) or 'none'}")


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def row(country: dict[str, str], kept: dict[str, str], territories: dict[str, str]) -> dict[str, str]:
    """One country: what the file has of it, else CLDR's name and nothing more."""
    name = kept.get("name") or territories.get(country["alpha2"], country["name"]).replace("’", "'")
    return {"code": country["code"], "name": name, **{column: kept.get(column, "") for column in COLUMNS[2:]}}


if __name__ == "__main__":
    main()
