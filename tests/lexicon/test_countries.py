"""Countries by name, demonym and capital: exact, never fuzzy."""

from __future__ import annotations

import pytest

from dateline.lexicon import countries as lexicon

NAMES = {
    "Niger": "NER",
    "the Niger": "NER",
    "Nigeria": "NGA",
    "NIGER": "NER",
    "US": "USA",
    "U.S.": "USA",
    "the United States": "USA",
    "America": "USA",
    "UK": "GBR",
    "U.K.": "GBR",
    "Britain": "GBR",
    "UAE": "ARE",
    "DRC": "COD",
    "DR Congo": "COD",
    "Congo-Brazzaville": "COG",
    "Republic of the Congo": "COG",
    "Burkina": "BFA",
    "C.A.R.": "CAF",
    "North Korea": "PRK",
    "South Korea": "KOR",
    "Cote d'Ivoire": "CIV",
    "Côte d’Ivoire": "CIV",
    "Ivory Coast": "CIV",
    "Burma": "MMR",
    "Türkiye": "TUR",
    "Kosovo": "XKX",
    "Taiwan": "TWN",
    "Western Sahara": "ESH",
    "Palestinian territories": "PSE",
    "Guinea Bissau": "GNB",
    "Equatorial Guinea": "GNQ",
    "South Ossetia": "GEO",
    "Abkhazia": "GEO",
    "Transnistria": "MDA",
    "Chechnya": "RUS",
    "Crimea": "UKR",
    "Kurdistan Region": "IRQ",
    "Somaliland": "SOM",
    "the West Bank": "PSE",
    "Gaza": "PSE",
    "Scotland": "GBR",
    "Nagorno-Karabakh": "AZE",
}
DEMONYMS = {
    "NER": "Nigerien Nigeriens",
    "NGA": "Nigerian Nigerians",
    "MLI": "Malian Malians",
    "BFA": "Burkinabe Burkinabé Burkinabè",
    "TCD": "Chadian Chadians",
    "CIV": "Ivorian Ivorians",
    "GIN": "Guinean Guineans",
    "GNB": "Bissau-Guinean",
    "GNQ": "Equatoguinean",
    "COD": "Congolese",
    "BEN": "Beninese Beninois",
    "TGO": "Togolese",
    "SEN": "Senegalese",
    "MRT": "Mauritanian",
    "DZA": "Algerian",
    "LBY": "Libyan Libyans",
    "SDN": "Sudanese",
    "ETH": "Ethiopian",
    "SOM": "Somali Somalian Somalis",
    "DJI": "Djiboutian",
    "RWA": "Rwandan Rwandese",
    "UGA": "Ugandan",
    "KEN": "Kenyan",
    "FRA": "French Frenchmen",
    "GBR": "British Britons Scottish Welsh English",
    "DNK": "Danish Danes",
    "POL": "Polish Poles",
    "SWE": "Swedish Swedes",
    "FIN": "Finnish Finns",
    "TUR": "Turkish Turks",
    "SRB": "Serbian Serb Serbs",
    "ESP": "Spanish Spaniards Catalan",
    "SAU": "Saudi Saudis",
    "ARE": "Emirati Emiratis",
    "USA": "American Americans",
    "RUS": "Russian Russians Soviet Chechen",
    "UKR": "Ukrainian Ukrainians",
    "BLR": "Belarusian Belarussian",
    "KGZ": "Kyrgyz",
    "XKX": "Kosovar Kosovan",
    "PSE": "Palestinian Palestinians",
    "SYR": "Syrian Syrians",
    "IRQ": "Iraqi Iraqis",
    "IRN": "Iranian Iranians",
    "ISR": "Israeli Israelis",
    "YEM": "Yemeni Yemenis",
    "AFG": "Afghan Afghans",
    "PAK": "Pakistani",
    "IND": "Indian",
    "CHN": "Chinese",
    "PHL": "Filipino Philippine Filipinos",
    "VUT": "Ni-Vanuatu",
    "NLD": "Dutch",
    "CHE": "Swiss",
    "DOM": "Dominican",
}
PHRASES = {
    "Central African": "CAF",
    "South Sudanese": "SSD",
    "North Korean": "PRK",
    "Papua New Guinean": "PNG",
    "South African": "ZAF",
}
CAPITALS = {
    "Moscow": "RUS",
    "the Kremlin": "RUS",
    "White House": "USA",
    "Washington": "USA",
    "Paris": "FRA",
    "Tehran": "IRN",
    "Beirut": "LBN",
    "Bamako": "MLI",
    "Niamey": "NER",
    "N'Djamena": "TCD",
    "Kyiv": "UKR",
    "Kiev": "UKR",
}


@pytest.mark.parametrize(("text", "code"), NAMES.items())
def test_names(text: str, code: str) -> None:
    found = lexicon.by_name(text)
    assert found is not None and found.code == code


@pytest.mark.parametrize(("text", "code"), [(w, c) for c, words in DEMONYMS.items() for w in words.split()])
def test_demonyms(text: str, code: str) -> None:
    found = lexicon.by_demonym(text)
    assert found is not None and found.code == code


@pytest.mark.parametrize(("text", "code"), PHRASES.items())
def test_demonyms_of_two_words(text: str, code: str) -> None:
    found = lexicon.by_demonym(text)
    assert found is not None and found.code == code


@pytest.mark.parametrize(("text", "code"), CAPITALS.items())
def test_capitals(text: str, code: str) -> None:
    found = lexicon.by_capital(text)
    assert found is not None and found.code == code


@pytest.mark.parametrize("text", ["turkey", "us", "it", "chad", "Car", "car", "Nigerian", "Nigeri", "Nigerr", ""])
def test_no_name(text: str) -> None:
    assert lexicon.by_name(text) is None


@pytest.mark.parametrize("text", ["us", "polish", "Niger", "Nigerie", "South American", "Tuareg", "Kurdish", ""])
def test_no_demonym(text: str) -> None:
    assert lexicon.by_demonym(text) is None


@pytest.mark.parametrize("text", ["Tel Aviv", "Brussels", "Lyon", "paris"])
def test_no_capital(text: str) -> None:
    assert lexicon.by_capital(text) is None


def test_ambiguous_words_name_all() -> None:
    assert [c.code for c in lexicon.demonym_countries("Congolese")] == ["COD", "COG"]
    assert [c.code for c in lexicon.demonym_countries("Dominican")] == ["DOM", "DMA"]
    assert [c.code for c in lexicon.named("Congo")] == ["COD", "COG"]


def test_territories_are_flagged() -> None:
    crimea = lexicon.territory("Crimea")
    assert crimea is not None and crimea.state == "UKR"
    assert lexicon.territory("Ukraine") is None
    assert lexicon.named("Crimea") == ()


def test_every_row_is_whole() -> None:
    codes = [country.code for country in lexicon.countries()]
    assert len(codes) == len(set(codes)) >= 200
    for country in lexicon.countries():
        assert len(country.code) == 3 and len(country.alpha2) == 2 and country.name
        assert lexicon.by_code(country.code) is lexicon.by_code(country.alpha2) is country
        assert lexicon.by_name(country.name) is country
    assert all(lexicon.by_code(place.state) is not None for place in lexicon.territories())
