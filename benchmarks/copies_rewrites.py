"""What newsrooms do to a report they carry: cut, reorder, reword, change a figure, add to it, take a part of it.

Rewording is by rules in two sets (`copies_rewrites.yaml` and the turns of this file) that share nothing: `seen`
while the engine was tuned, and `unseen`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from copies_reports import DATA, Report, paragraphs

RULES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("copies_rewrites.yaml").read_text(encoding="utf-8"))
SMALL = dict(
    enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=2)
)

_SAID = re.compile(
    r"(?P<what>[^\"]{25,}), (?P<who>[^,\"]{4,80}?) (?P<verb>said|announced|added|confirmed|reported)"
    r"(?P<tail>(?: [^,.\"]{3,40})?)\."
)
_QUOTED = re.compile(
    r"\"(?P<what>[^\"]+)\", (?P<who>.{4,90}?) (?P<verb>said|told|added|replied|declared|shouted)(?P<tail>[^\"]*)\."
)
_DAY = re.compile(r" on (?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")
_TAIL = re.compile(r"(?P<main>.{40,}?),? (?P<tail>(?:in|at|near|since|before|after|during) [^,\"]{6,50})\.")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w.,]\d)|(?<![\w.,-])\d{2,4}(?!\w|,\d)")

Turn = Callable[[str, random.Random], str]


def _lower(text: str) -> str:
    """The text with a small first letter unless a name stands there."""
    word = text.split(" ", 1)[0]
    small = {
        "The",
        "A",
        "An",
        "It",
        "They",
        "In",
        "At",
        "Some",
        "About",
        "More",
        "This",
        "Those",
        "These",
        "Two",
        "Another",
    }
    return text[:1].lower() + text[1:] if word in small else text


def _said_first(sentence: str, chance: random.Random) -> str:
    found = _SAID.fullmatch(sentence)
    if found is None:
        return sentence
    who = found["who"][:1].upper() + found["who"][1:]
    return f"{who} {found['verb']}{found['tail']} that {_lower(found['what'])}."


def _quote_last(sentence: str, chance: random.Random) -> str:
    found = _QUOTED.fullmatch(sentence)
    if found is None:
        return sentence
    who = found["who"][:1].upper() + found["who"][1:]
    return f'{who} {found["verb"]}{found["tail"]}: "{found["what"]}."'


def _day_first(sentence: str, chance: random.Random) -> str:
    found = _DAY.search(sentence)
    if found is None or '"' in sentence:
        return sentence
    return f"On {found['day']}, {_lower(sentence[: found.start()] + sentence[found.end() :])}"


def _according(sentence: str, chance: random.Random) -> str:
    found = _SAID.fullmatch(sentence)
    if found is None:
        return sentence
    if chance.random() < 0.5:
        return f"As {found['who']} put it{found['tail']}, {_lower(found['what'])}."
    return f"{found['what']}. This comes from {found['who']}."


def _part_of_quote(sentence: str, chance: random.Random) -> str:
    found = _QUOTED.fullmatch(sentence)
    if found is None:
        return sentence
    words = found["what"].split()
    who = found["who"][:1].upper() + found["who"][1:]
    if len(words) < 8 or chance.random() < 0.4:
        return f'"{found["what"]}": those were the words of {found["who"]}.'
    half = len(words) // 2
    return f'{who} put it so that {_lower(" ".join(words[:half]))} "{" ".join(words[half:])}".'


def _tail_first(sentence: str, chance: random.Random) -> str:
    found = _TAIL.fullmatch(sentence)
    if found is None or '"' in sentence:
        return sentence
    return f"{found['tail'][:1].upper()}{found['tail'][1:]} {_lower(found['main'])}."


def _digits_as_words(sentence: str, chance: random.Random) -> str:
    return re.sub(r"(?<![\w.,])(\d{1,2})(?![\w,.:]\d|\w)", lambda m: SMALL.get(int(m[1]), m[1]), sentence)


def _of_country(sentence: str, chance: random.Random) -> str:
    """ "The Nigerien army" as "the army of Niger"."""
    bodies = "army|government|authorities|soldiers|troops|presidency|defence ministry|citizens|military"
    for country, adjective, _ in (*DATA["countries"], *DATA["powers"]):
        sentence = re.sub(rf"\b{adjective} ({bodies})\b", rf"\1 of {country}", sentence)
    return sentence


def _office_after(sentence: str, chance: random.Random) -> str:
    """ "Defence Minister General A B" as "B, the minister of defence,"."""
    return re.sub(
        r"Defence Minister (?:Brigadier )?(?:[A-Z]\w+) [A-Z]\w+ ([A-Z][\w-]+)",
        r"\1, the minister of defence,",
        sentence,
    ).replace(",,", ",")


def _rounded(sentence: str, chance: random.Random) -> str:
    """ "862 howitzers" as "more than 860 howitzers", now and then."""

    def change(found: re.Match[str]) -> str:
        value = int(found.group().replace(",", ""))
        if value < 40 or value % 10 == 0 or 1900 < value < 2100 or chance.random() < 0.7:
            return found.group()
        return f"more than {value - value % 10:,}"

    return sentence if '"' in sentence else _NUMBER.sub(change, sentence)


def _unquoted(sentence: str, chance: random.Random) -> str:
    """A quotation told without its marks, now and then."""
    found = _QUOTED.fullmatch(sentence)
    if found is None or chance.random() < 0.7:
        return sentence
    who = found["who"][:1].upper() + found["who"][1:]
    return f"{who} {found['verb']}{found['tail']} that {_lower(found['what'])}."


def _capital(sentence: str, chance: random.Random) -> str:
    """A power by its capital."""
    for country, _, capital in DATA["powers"]:
        if chance.random() < 0.5:
            sentence = re.sub(rf"\b{country}\b(?! (?:of|and)\b)", capital, sentence, count=1)
    return sentence


def _last_name(sentence: str, chance: random.Random) -> str:
    """Persons by their last name alone."""
    names = "|".join(DATA["first_names"])
    return re.sub(rf"\b(?:(?:Brigadier )?General |Colonel |Major |Captain )?(?:{names}) (?=[A-Z])", "", sentence)


def _nearly(sentence: str, chance: random.Random) -> str:
    """ "862 howitzers" as "close to 870 howitzers", now and then."""

    def change(found: re.Match[str]) -> str:
        value = int(found.group().replace(",", ""))
        if value < 40 or value % 10 == 0 or 1900 < value < 2100 or chance.random() < 0.7:
            return found.group()
        return f"close to {value + 10 - value % 10:,}"

    return sentence if '"' in sentence else _NUMBER.sub(change, sentence)


def _merged(sentences: Sequence[str], joint: str, chance: random.Random) -> list[str]:
    """Neighbouring short sentences made one, now and then."""
    found: list[str] = []
    for sentence in sentences:
        short = found and len(found[-1]) + len(sentence) < 200 and '"' not in found[-1] + sentence
        if short and chance.random() < 0.35:
            found[-1] = f"{found[-1].rstrip('.')}{joint}{_lower(sentence)}"
        else:
            found.append(sentence)
    return found


@dataclass(frozen=True)
class Style:
    """One set of rules for rewording; `joint` stands between sentences made one."""

    phrases: Sequence[tuple[re.Pattern[str], tuple[str, ...]]]
    turns: Sequence[Turn]
    joint: str


def style(name: str) -> Style:
    """The `seen` or the `unseen` rules."""
    rules = sorted(RULES[name].items(), key=lambda item: -len(item[0]))
    phrases = [
        (re.compile(rf"\b(?:{re.escape(old)}|{re.escape(old[:1].upper() + old[1:])})\b"), tuple(new))
        for old, new in rules
    ]
    if name == "seen":
        return Style(
            phrases, (_said_first, _unquoted, _quote_last, _day_first, _office_after, _of_country, _rounded), ", while "
        )
    return Style(
        phrases, (_according, _part_of_quote, _tail_first, _capital, _last_name, _nearly, _digits_as_words), "; "
    )


def reworded(sentence: str, rules: Style, chance: random.Random, strength: float) -> str:
    """The sentence with each rule that fits applied with probability `strength`; quoted words stay as they are."""
    for turn in rules.turns:
        if chance.random() < strength:
            sentence = turn(sentence, chance)
    parts = sentence.split('"')
    for at in range(0, len(parts), 2):
        parts[at] = _phrases(parts[at], rules, chance, strength)
    text = '"'.join(parts)
    return text[:1].upper() + text[1:]


def _phrases(text: str, rules: Style, chance: random.Random, strength: float) -> str:
    spots: list[tuple[int, int, str]] = []
    for pattern, choices in rules.phrases:
        for found in pattern.finditer(text):
            named = found.group()[:1].isupper() and text[: found.start()].rstrip()[-1:] not in ("", ".")
            if not named and all(found.end() <= start or end <= found.start() for start, end, _ in spots):
                word = found.group()
                new = chance.choice(choices) if chance.random() < strength else word
                spots.append((*found.span(), new[:1].upper() + new[1:] if word[:1].isupper() else new))
    for start, end, new in sorted(spots, reverse=True):
        text = text[:start] + new + text[end:]
    return text


class Newsroom:
    """Makes reports out of reports. `rules` is the set of rewording rules."""

    def __init__(self, chance: random.Random, rules: str) -> None:
        self.chance = chance
        self.style = style(rules)

    def copy(self, base: Report, filler: Callable[[], str], titles: Sequence[str]) -> Report:
        """One carrying of a report: mostly one thing is done to it, sometimes two."""
        chance = self.chance
        kinds = ["verbatim", "cut", "reordered", "edited", "reworded", "rewritten", "added"]
        how = chance.choices(kinds, weights=[16, 24, 8, 16, 14, 10, 12])[0]
        report = self._made(base, how, filler)
        if how in ("edited", "reworded", "rewritten", "added") and chance.random() < 0.3:
            report = self._cut(report, 0.6)
            how += "+cut"
        credit = base.agency if base.agency is not None and chance.random() < 0.55 else None
        return replace(
            report,
            how=how,
            title=chance.choice(titles) if chance.random() < 0.6 else base.title,
            outlet=chance.choice(DATA["papers"]),
            agency=credit,
            published=base.published + timedelta(chance.choice([0, 0, 0, 1, 1, 2])),
            above=(),
            below=(),
        )

    def _made(self, base: Report, how: str, filler: Callable[[], str]) -> Report:
        if how == "cut":
            return self._cut(base, self.chance.uniform(0.3, 0.85))
        if how == "reordered":
            rest = list(base.paragraphs[1:])
            self.chance.shuffle(rest)
            return replace(base, paragraphs=(base.paragraphs[0], *rest))
        if how == "edited":
            return self._swapped(self._reworded(base, 0.15))
        if how == "reworded":
            return self._reworded(base, 0.5)
        if how == "rewritten":
            return self._rewritten(base)
        if how == "added":
            return self._added(base, filler)
        return base

    def _cut(self, base: Report, share: float) -> Report:
        """The first paragraphs, or any of them; at least two sentences."""
        size = max(1, round(share * len(base.paragraphs)))
        kept = range(size)
        if self.chance.random() < 0.4:
            kept = sorted(self.chance.sample(range(len(base.paragraphs)), size))
        found = tuple(base.paragraphs[at] for at in kept)
        if sum(map(len, found)) < 3:
            found = base.paragraphs[:3]
        return replace(base, paragraphs=found)

    def _reworded(self, base: Report, strength: float) -> Report:
        told = tuple(
            tuple(reworded(sentence, self.style, self.chance, strength) for sentence in paragraph)
            for paragraph in base.paragraphs
        )
        return replace(base, paragraphs=told)

    def _rewritten(self, base: Report) -> Report:
        """Every sentence reworded as far as the rules go, in another order, some left out, new paragraphs."""
        told = [reworded(sentence, self.style, self.chance, 0.95) for sentence in base.sentences]
        head, rest = told[0], _merged(told[1:], self.style.joint, self.chance)
        for at in range(len(rest) - 1):
            if self.chance.random() < 0.4:
                rest[at], rest[at + 1] = rest[at + 1], rest[at]
        kept = [sentence for sentence in rest if self.chance.random() < 0.88]
        return replace(base, paragraphs=paragraphs([head, *kept], self.chance))

    def _swapped(self, base: Report) -> Report:
        """One or two figures, or a name, gone wrong."""
        told = [list(paragraph) for paragraph in base.paragraphs]
        spots = [(p, s) for p, paragraph in enumerate(told) for s, x in enumerate(paragraph) if _NUMBER.search(x)]
        for p, s in self.chance.sample(spots, min(len(spots), self.chance.choice([1, 1, 2]))):
            told[p][s] = _NUMBER.sub(lambda m: self._wrong(m.group()), told[p][s], count=1)
        return replace(base, paragraphs=tuple(map(tuple, told)))

    def _wrong(self, number: str) -> str:
        value = int(number.replace(",", ""))
        new = self.chance.choice([value + 1, value * 10, value + 100, max(2, value - 1)])
        return f"{new:,}" if "," in number else str(new)

    def _added(self, base: Report, filler: Callable[[], str]) -> Report:
        """One to three paragraphs of the outlet's own."""
        told = list(base.paragraphs)
        for _ in range(self.chance.randint(1, 3)):
            told.insert(self.chance.randrange(1, len(told) + 1), (filler(), filler()))
        return replace(base, paragraphs=tuple(told))

    def partial(self, own: Report, other: Report, label: str) -> Report:
        """A report of another reporter that takes one or two paragraphs of `other`, each at most a third of it."""
        size = 1 if len(own.paragraphs) < 5 else self.chance.choice([1, 1, 2])
        taken = self.chance.sample(other.paragraphs, min(size, len(other.paragraphs)))
        taken = [p for p in taken if sum(map(len, p)) < 0.35 * sum(map(len, own.sentences))]
        told = list(own.paragraphs)
        for paragraph in taken:
            told.insert(self.chance.randrange(1, len(told) + 1), paragraph)
        return replace(own, origin=label, how="partial", paragraphs=tuple(told))

    def round_up(self, reports: Sequence[Report], label: str, lead: str) -> Report:
        """A report made of about equal parts of others, none of them more than half."""
        chance = self.chance
        told: list[tuple[str, ...]] = [(lead,)]
        size = min(len(report.sentences) for report in reports) * 2 // 3
        for report in reports:
            part = [reworded(sentence, self.style, chance, 0.1) for sentence in report.sentences[:size]]
            told.extend(paragraphs(part, chance))
        return Report(
            origin=label,
            how="round-up",
            title=chance.choice(["What we know so far", "Morning briefing", "The region this week", reports[0].title]),
            paragraphs=tuple(told),
            outlet=chance.choice(DATA["papers"]),
            agency=None,
            published=max(report.published for report in reports) + timedelta(chance.choice([0, 1])),
        )
