"""The words of a language, loaded from `<code>.yaml` and `<code>.triggers.yaml` and checked for shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from dateline.lexicon.inflection import conjugated, declined
from dateline.model import Kind, Precision, Stance

SAYING_CLASSES = ("assert", "claim", "allege", "deny", "intend", "doubt")
COMMITMENT_CLASSES = (
    "committed",
    "distanced",
    "vouching_words",
    "distancing_words",
    "evidence",
    "giving",
)
FRAMES = (
    "clause",
    "uttering",
    "tagging",
    "asking",
    "question",
    "thought",
    "infinitive",
    "told_to",
    "object",
    "naming",
    "quoting",
    "claiming",
    "showing",
    "reporting",
    "object_whole",
    "of",
    "for",
    "about",
    "on",
    "to",
    "with",
    "against",
    "at",
    "in",
    "over",
    "as",
    "held_of",
    "seeming",
    "making",
    "made",
    "lending",
    "noun_clause",
    "noun_infinitive",
    "adjective",
    "no_source",
    "opinion_noun",
    "announcing_noun",
    "adverb",
)
"""Rows of `frames` that the code reads by name; `noun_<preposition>` rows are free."""
SECTIONS = (
    *("saying", "saying_nouns", "frames", "grammar", "voice", "generic_places", "stance", "commitment", "classes"),
    *("when", "support_verbs", "locative_verbs"),
)
"""Sections that the file of every language has, its own or by `extends`."""
EMPTY = frozenset({"reporting"})
"""Rows that a language may leave empty: what it does not say so."""
FLAGS = ("reciprocal", "host_only", "host_sure", "weak", "claimed", "factual", "neg", "worded")


class LexiconError(ValueError):
    """A lexicon file does not have the shape its loader documents."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One use of a word that shows a kind of act or state; see the head of `en.triggers.yaml`."""

    kind: Kind
    lemmas: tuple[str, ...]
    needs: tuple[tuple[str, tuple[str, ...]], ...]
    excludes: tuple[tuple[str, tuple[str, ...]], ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    flags: frozenset[str]
    toll: str | None
    stance: Stance | None
    else_kind: Kind | None


@dataclass(frozen=True, slots=True)
class Language:
    """All word lists of one language.

    `classes` are named noun lists, `words` the other lists by dotted name, `ordered` the grammar lists in
    the order of the file, `generic_places` the precisions that a short form of a place may stand for;
    `told_verbs` and `told_nouns` the roles by kind for a word that has no entry of its own. `models` are the parser
    packages that can read it, in order of preference, and `package` what installs one.

    A language that extends another by a word list (`lexicon/translation.py`) has the `meanings` of its lemmas, its
    function words under the names that the rules use (`forms`), its `modals` by mood and tense, the slots that
    a preposition may fill `also`, and its `idioms`: a verb with its noun, and the prepositions before its object.
    """

    code: str
    saying: Mapping[str, str]
    saying_nouns: Mapping[str, str]
    frames: Mapping[str, frozenset[str]]
    framed: frozenset[str]
    words: Mapping[str, frozenset[str]]
    ordered: Mapping[str, tuple[str, ...]]
    classes: Mapping[str, frozenset[str]]
    generic_places: Mapping[str, tuple[Precision, ...]]
    verbs: Mapping[str, tuple[Trigger, ...]]
    nouns: Mapping[str, tuple[Trigger, ...]]
    told_verbs: Mapping[Kind, tuple[Trigger, ...]]
    told_nouns: Mapping[Kind, tuple[Trigger, ...]]
    models: tuple[str, ...] = ()
    package: str = ""
    meanings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    modals: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    idioms: Mapping[str, str] = field(default_factory=dict)
    conjugation: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spelling: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    stems: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    irregular: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    declension: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stand_ins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Form of a verb that the parser does not know for one -> the form it is parsed as, and its own infinitive."""

    @property
    def infinitives(self) -> tuple[str, ...]:
        """How infinitives end, the endings that `conjugation` has rows for."""
        return tuple(self.conjugation)

    @property
    def conjugated(self) -> Mapping[str, str]:
        """Form -> infinitive, for the regular forms of every verb of the word list."""
        return _conjugated(self.code)

    @property
    def declined(self) -> Mapping[str, str]:
        """Form -> noun or adjective of the word list; empty for a language without `declension`."""
        return _declined(self.code)

    @property
    def idiomatic(self) -> frozenset[str]:
        """The verbs that some idiom begins with."""
        return _first_words(self.code)


def load_yaml(name: str) -> dict[str, Any]:
    """A YAML file of this package with every scalar a string (so that `on` stays a preposition)."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    with files("dateline.lexicon").joinpath(name).open(encoding="utf-8") as stream:
        loaded = yaml.load(stream, Loader=loader)
    if not isinstance(loaded, dict):
        raise LexiconError(f"{name}: a mapping was expected")
    return loaded


def supported_languages() -> tuple[str, ...]:
    """Codes of the languages that have a trigger file."""
    names = (entry.name for entry in files("dateline.lexicon").iterdir())
    return tuple(sorted(n.split(".")[0] for n in names if n.endswith(".triggers.yaml")))


@cache
def language(code: str = "en") -> Language:
    """The words of `code`; raises LexiconError when a file is missing a section or names an unknown kind."""
    from dateline.lexicon.translation import translated

    base, triggers = translated(load_yaml(f"{code}.yaml"), load_yaml(f"{code}.triggers.yaml"), load_yaml)
    for name in SECTIONS:
        if name not in base:
            raise LexiconError(f"{code}.yaml: no section {name!r}")
    classes = {k: frozenset(_words(v)) for k, v in (base["classes"] | triggers["classes"]).items()}
    words: dict[str, frozenset[str]] = {f"stance.{k}": frozenset(_words(v)) for k, v in base["stance"].items()}
    words |= _commitment(base["commitment"], f"{code}.yaml: commitment")
    words |= {f"voice.{k}": frozenset(_words(v)) for k, v in base["voice"].items()}
    words |= {f"when.{k}": frozenset(_words(v)) for k, v in base["when"].items()}
    words |= {f"grammar.{k}": frozenset(_words(v)) for k, v in base["grammar"].items()}
    words |= {f"syntax.{k}": frozenset(_forms(v)) for k, v in base.get("syntax", {}).items()}
    for key in ("support_verbs", "locative_verbs", "voices", "told_outlet", "anonymity", "according"):
        words[key] = frozenset(_words(base[key]))
    frames = _frames(base["frames"], f"{code}.yaml: frames")
    return Language(
        code=code,
        saying=_by_word(base["saying"], f"{code}.yaml: saying"),
        saying_nouns=_by_word(base["saying_nouns"], f"{code}.yaml: saying_nouns"),
        frames=frames,
        framed=frozenset(part for row in frames.values() for word in row for part in (word, word.partition("_")[0])),
        words=words,
        ordered={k: tuple(_words(v)) for k, v in base["grammar"].items()},
        classes=classes,
        generic_places={
            word: tuple(Precision(p) for p in precisions.split())
            for precisions, words_of in base["generic_places"].items()
            for word in _words(words_of)
        },
        verbs=_index([_trigger(t, "verb") for t in triggers["verbs"]]),
        nouns=_index([_trigger(t, "noun") for t in triggers["nouns"]]),
        told_verbs=_by_kind([_trigger(t, "verb", told=True) for t in triggers["told_verbs"]]),
        told_nouns=_by_kind([_trigger(t, "noun", told=True) for t in triggers["told_nouns"]]),
        models=tuple(_words(base.get("models", ""))),
        package=str(base.get("package", "")),
        meanings={k: tuple(_words(v)) for k, v in base.get("words", {}).items()},
        forms={f: name for name, listed in base.get("forms", {}).items() for f in _forms(listed)},
        modals=base.get("modals", {}),
        conjugation={k: tuple(_words(v)) for k, v in base.get("conjugation", {}).items()},
        spelling=base.get("spelling", {}),
        stems={k: tuple(_words(v)) for k, v in base.get("stems", {}).items()},
        irregular={k: tuple(_words(v)) for k, v in base.get("irregular", {}).items()},
        declension={k: tuple(_forms(v)) for k, v in base.get("declension", {}).items()},
        idioms=dict(base.get("idioms", {})),
        stand_ins={k: tuple(_words(v)) for k, v in base.get("stand_ins", {}).items()},
        also={k: tuple(_words(v)) for k, v in base.get("also", {}).items()},
    )


@cache
def _conjugated(code: str) -> Mapping[str, str]:
    lexicon = language(code)
    return conjugated(lexicon.meanings, lexicon.conjugation, lexicon.spelling, lexicon.stems, lexicon.irregular)


@cache
def _declined(code: str) -> Mapping[str, str]:
    lexicon = language(code)
    return declined((word for word in lexicon.meanings if "_" not in word), lexicon.declension)


@cache
def _first_words(code: str) -> frozenset[str]:
    return frozenset(idiom.partition("_")[0] for idiom in language(code).idioms)


def _forms(value: str | list[str]) -> list[str]:
    """Function words; one of several words is written with underscores: "au_sein_de"."""
    return [form.replace("_", " ") for form in _words(value)]


def _words(value: str | list[str]) -> list[str]:
    return value.split() if isinstance(value, str) else [str(v) for v in value]


def _commitment(section: Mapping[str, str | list[str]], where: str) -> dict[str, frozenset[str]]:
    """The lists by which a report shows its own commitment, all of them and no other."""
    if set(section) != set(COMMITMENT_CLASSES):
        raise LexiconError(f"{where}: {sorted(set(section) ^ set(COMMITMENT_CLASSES))} missing or unknown")
    return {f"commitment.{name}": frozenset(_words(listed)) for name, listed in section.items()}


def _by_word(section: Mapping[str, str], where: str) -> dict[str, str]:
    """Word -> class; the first class that lists a word keeps it."""
    table: dict[str, str] = {}
    for name, words in section.items():
        if name not in SAYING_CLASSES:
            raise LexiconError(f"{where}: unknown class {name!r}")
        for word in _words(words):
            table.setdefault(word, name)
    return table


def _frames(section: Mapping[str, Any], where: str) -> dict[str, frozenset[str]]:
    """The rows of `frames`; every row that is read must be there, be it empty."""
    if missing := [row for row in FRAMES if row not in section]:
        raise LexiconError(f"{where}: no row {', '.join(missing)}")
    return {k: frozenset(_words(v)) for k, v in section.items()}


def _conditions(table: Mapping[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((slot, tuple(_words(classes))) for slot, classes in table.items())


def _trigger(entry: Mapping[str, Any], part: str, *, told: bool = False) -> Trigger:
    """An entry of the trigger file; one of the general roles (`told`) has no words of its own."""
    try:
        kind = Kind(entry["kind"])
        lemmas = () if told else tuple(_words(entry[part]))
    except (KeyError, ValueError) as error:
        raise LexiconError(f"trigger {dict(entry)}: {error}") from error
    default = ("subj", "obj") if part == "verb" else ("by|poss|mod", "on|against|with")
    return Trigger(
        kind=kind,
        lemmas=lemmas,
        needs=_conditions(entry.get("if", {})),
        excludes=_conditions(entry.get("unless", {})),
        actor=tuple(str(entry.get("actor", default[0])).split("|")),
        recipient=tuple(str(entry.get("recipient", default[1])).split("|")),
        flags=frozenset(f for f in FLAGS if entry.get(f) == "true"),
        toll=entry.get("toll"),
        stance=Stance(entry["stance"]) if "stance" in entry else None,
        else_kind=Kind(entry["else_kind"]) if "else_kind" in entry else None,
    )


def _index(triggers: list[Trigger]) -> dict[str, tuple[Trigger, ...]]:
    table: dict[str, list[Trigger]] = {}
    for trigger in triggers:
        for lemma in trigger.lemmas:
            table.setdefault(lemma, []).append(trigger)
    return {lemma: tuple(found) for lemma, found in table.items()}


def _by_kind(triggers: list[Trigger]) -> dict[Kind, tuple[Trigger, ...]]:
    return {kind: tuple(t for t in triggers if t.kind is kind) for kind in Kind}
