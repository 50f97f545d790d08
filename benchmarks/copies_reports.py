"""Made-up reports: events with facts, and reporters who each tell some of them in words of their own.

The grammar is data (`copies_reports.yaml`). Everything comes from a seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

DATA: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("copies_reports.yaml").read_text(encoding="utf-8"))
FIRST_DAY = date(2031, 1, 1)
EVENTS_A_DAY = 4
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Report:
    """One report. `origin` is the label of who really reported it; `how` says what was done to make it."""

    origin: str
    how: str
    title: str
    paragraphs: tuple[tuple[str, ...], ...]
    outlet: str
    agency: str | None
    published: date
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """All sentences in order."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]


@dataclass(frozen=True)
class Happening:
    """An event: its scenario and the slots that every reporter of it shares."""

    number: int
    scenario: str
    slots: Mapping[str, str]
    day: date


def expand(frame: str, slots: Mapping[str, str], chance: random.Random) -> str:
    """A sentence of a frame: choices made, slots filled, first letter raised."""
    while (found := _CHOICE.search(frame)) is not None:
        frame = frame[: found.start()] + chance.choice(found[1].split("|")) + frame[found.end() :]
    for _ in range(3):
        frame = _SLOT.sub(lambda slot: slots.get(slot[1], slot[0]), frame)
        while (found := _CHOICE.search(frame)) is not None:
            frame = frame[: found.start()] + chance.choice(found[1].split("|")) + frame[found.end() :]
    text = re.sub(r"\s+", " ", frame).strip().replace(" ,", ",").replace(" .", ".")
    at = 1 if text[:1] == '"' else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def town(chance: random.Random) -> str:
    """An invented town."""
    return "".join(chance.choices(DATA["syllables"], k=chance.choice([2, 3, 3]))).capitalize()


def person(chance: random.Random) -> tuple[str, str]:
    """First and last name of an invented person."""
    return chance.choice(DATA["first_names"]), chance.choice(DATA["last_names"])


def count(chance: random.Random, low: int, high: int) -> str:
    """A number as reports have them: about half are round."""
    value = chance.randint(low, high)
    if value > 20 and chance.random() < 0.5:
        value -= value % (10 if value < 300 else 100)
    return f"{value:,}"


class Country:
    """What is the same in all reports about one country: its towns, office holders and background figures."""

    def __init__(self, row: list[str], chance: random.Random) -> None:
        self.chance = chance
        self.towns = [town(chance) for _ in range(14)]
        minister, governor, former = person(chance), person(chance), person(chance)
        rank = chance.choice(DATA["ranks"])
        year = chance.randint(2009, 2024)
        self.slots = {
            "host": row[0],
            "host_adj": row[1],
            "host_capital": row[2],
            "minister": minister[1],
            "minister_l": minister[1],
            "minister_t": f"Defence Minister {rank} {minister[0]} {minister[1]}",
            "governor": governor[1],
            "governor_t": f"the governor, {governor[0]} {governor[1]},",
            "ex_president": " ".join(former),
            "old_base": self.towns[0],
            "pop": str(chance.randint(7, 60)),
            "y1": str(year),
            "y2": str(chance.randint(2025, 2029)),
            "y3": str(chance.randint(2032, 2034)),
            "years": str(2031 - year),
            "dead": count(chance, 900, 40_000),
            "displaced": count(chance, 20_000, 900_000),
            "base_n": count(chance, 300, 4_000),
            "oil": count(chance, 40, 3_000),
            "council": str(chance.randint(5, 41)),
            "port": town(chance),
        }


class World:
    """Countries, events and reporters of one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.countries = [Country(row, self.chance) for row in DATA["countries"]]

    def happening(self, number: int) -> Happening:
        """A new event in one of the countries."""
        chance = self.chance
        country = chance.choice(self.countries)
        name = chance.choice(sorted(DATA["scenarios"]))
        power = chance.choice(DATA["powers"])
        day = FIRST_DAY + timedelta(number // EVENTS_A_DAY + chance.randrange(3))
        envoy, other = person(chance), person(chance)
        title = chance.choice(["Ambassador", "General", "Deputy Minister", "Colonel"])
        slots = dict(country.slots)
        slots |= {"power": power[0], "power_adj": power[1], "power_capital": power[2]}
        slots |= {"envoy": envoy[1], "envoy_l": envoy[1], "envoy_t": f"{title} {' '.join(envoy)}"}
        slots |= {"envoy2": " ".join(other), "envoy2_l": other[1]}
        slots |= {"town": chance.choice(country.towns[1:]), "town2": chance.choice(country.towns[1:])}
        slots |= {"weekday": day.strftime("%A"), "month": chance.choice(["March", "May", "June", "August", "October"])}
        slots |= {"region": chance.choice(DATA["regions"]), "ordinal": chance.choice(DATA["ordinals"])}
        slots |= {"movement": chance.choice(DATA["movements"]), "year": str(day.year)}
        for at, (low, high) in enumerate(
            [(6, 900), (4, 400), (3, 24), (5, 90), (12, 950), (20, 600), (3, 40)], start=1
        ):
            slots[f"n{at}"] = count(chance, low, high)
        first, second = chance.sample(DATA["statements"], 2)
        slots["communique"] = expand(chance.choice(DATA["communiques"]), slots, chance)
        slots |= {"statement1": expand(first, slots, chance), "statement2": expand(second, slots, chance)}
        return Happening(number, name, slots, day)

    def report(self, event: Happening, reporter: int, taken: Container[str | None] = ()) -> Report:
        """How one reporter tells it: facts of his choice, finds of his own, background, in words of his own.

        His newsroom is none of those `taken` by other reporters of the event.
        """
        chance = self.chance
        wire = chance.random() < 0.6
        agency = chance.choice([name for name in DATA["agencies"] if name not in taken]) if wire else None
        outlet = chance.choice([name for name in DATA["papers"] if name not in taken])
        slots = {**event.slots, **self._own(event, agency or outlet)}
        scenario = DATA["scenarios"][event.scenario]
        facts = chance.sample(scenario["facts"], chance.randint(2, 5))
        own = chance.sample(DATA["own"], chance.randint(3, 6))
        if chance.random() < 0.35:
            facts.append(chance.choice(DATA["communique_leads"]))
        told = [expand(frame, slots, chance) for frame in (*facts, *own)]
        chance.shuffle(told)
        background = chance.sample(DATA["background"], chance.randint(1, 4))
        tail = [expand(frame, slots, chance) for frame in background]
        if chance.random() < 0.6:
            tail.insert(chance.randrange(len(tail) + 1), expand(chance.choice(DATA["silent"]), slots, chance))
        lead = expand(chance.choice(scenario["lead"]), slots, chance)
        return Report(
            origin=f"{event.number}.{reporter}",
            how="base",
            title=expand(chance.choice(scenario["titles"]), slots, chance),
            paragraphs=paragraphs([lead, *told, *tail], chance),
            outlet=outlet,
            agency=agency,
            published=event.day + timedelta(chance.choice([0, 0, 1])),
        )

    def _own(self, event: Happening, newsroom: str) -> dict[str, str]:
        """Slots that only one reporter has: his source, his figures, his quote."""
        chance = self.chance
        slots = {"me": newsroom, "me_town": town(chance), "me_person": " ".join(person(chance))}
        slots |= {"me_n1": count(chance, 5, 300), "me_n2": count(chance, 40, 2_500)}
        slots |= {"me_n3": str(chance.randint(2, 30)), "me_n4": count(chance, 800, 3_500)}
        slots |= {"me_town2": town(chance), "me_firm": f"{person(chance)[1]} {chance.choice(DATA['firms'])}"}
        slots["me_source"] = expand(chance.choice(DATA["unnamed"]), event.slots, chance)
        slots["me_source"] = slots["me_source"][:1].lower() + slots["me_source"][1:]
        slots["me_condition"] = chance.choice(DATA["conditions"])
        slots["me_quote"] = expand(chance.choice(DATA["quotes"]), slots, chance)
        return slots

    def filler(self, event: Happening) -> str:
        """A sentence that tells nothing of the event."""
        return expand(self.chance.choice(DATA["fillers"]), event.slots, self.chance)

    def furniture(self, report: Report) -> Report:
        """The report on a page: lines that are marked as furniture, and some that nobody marked."""
        chance = self.chance
        year = {"year": str(report.published.year), "outlet": report.outlet}
        above = ("Home", "World", "Africa", "Sport") if chance.random() < 0.5 else ()
        lines = chance.sample(DATA["shared_furniture"], 2)
        return replace(report, above=above, below=tuple(expand(line, year, chance) for line in lines))


def paragraphs(sentences: list[str], chance: random.Random) -> tuple[tuple[str, ...], ...]:
    """Sentences in paragraphs of one to three; the first stands alone."""
    found, at = [tuple(sentences[:1])], 1
    while at < len(sentences):
        size = chance.choice([1, 1, 2, 2, 3])
        found.append(tuple(sentences[at : at + size]))
        at += size
    return tuple(found)
