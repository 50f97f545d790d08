"""Where the report says that somebody says, thinks or wants something: source, cue and content of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.reading import Reading
from dateline.model import Sector
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

NEUTER = ("it", "he/it")
"""Pronouns that may stand for nobody, or for somebody told of before."""
ATTITUDE = "attitude"
"""The `how` of words that show what somebody thinks, wants or judges without vouching for anything."""


@dataclass
class Cue:
    """One saying: who (`source`, the head of the phrase), by which word, what (token indices), to which outlet.

    `how` is the class of the word in the lexicon's `saying`, or ATTITUDE. `frame` tells where the content stands
    (`frames` in the lexicon), `shape` how source and content are tied: verb, noun, according, adjective, adverb,
    colon, dash, responsibility. `vouching` says that the cue tells who stands for the content, so that claims are
    attributed by it.
    """

    source: Token | None
    word: Token
    word_span: tuple[int, int]
    how: str
    content: set[int]
    told: list[Token] = field(default_factory=list)
    quoted: bool = False
    shape: str = "verb"
    frame: str = "clause"
    vouching: bool = True

    @property
    def size(self) -> int:
        """Number of tokens the content covers."""
        return len(self.content)


def speaks(reading: Reading, source: Token) -> bool:
    """Whether a phrase can be the one who says: an actor, a person, a voice, a personal pronoun."""
    somebody = pivot(source) in NEUTER and reading.actor(source) is not None
    if pivot(source) in words(source, "expletive") and not somebody:
        return False
    if source.pos_ == "PRON":
        return True
    if reading.actor(source) is not None or source.ent_type_ in ("PERSON", "ORG", "NORP", "GPE"):
        return True
    lemma = source.lemma_.lower()
    classes = reading.lexicon.classes
    return (
        lemma in reading.lexicon.words["voices"]
        or lemma in classes["media_word"]
        or lemma in classes["person_word"]
        or lemma in classes["leader_word"]
        or lemma in classes["witness_word"]
        or lemma in classes["expert_word"]
    )


def is_media(reading: Reading, token: Token) -> bool:
    """Whether the phrase is an agency, an outlet or reporters of a named one."""
    actor = reading.actor(token)
    return actor is not None and actor.sector is Sector.MED and token.pos_ == "PROPN"


def unknown_outlet(reading: Reading, token: Token) -> bool:
    """A proper name that is told something and is neither a person nor a political body: an outlet not yet listed."""
    if token.pos_ != "PROPN" or token.ent_type_ == "PERSON" or reading.cast.is_person(token):
        return False
    actor = reading.actor(token)
    return actor is None or actor.sector in (Sector.UNK, Sector.BUS, Sector.MED)


def objects_of(prep: Token) -> Iterator[Token]:
    """What a preposition governs."""
    return (c for c in prep.children if c.dep_ in ("pobj", "pcomp"))


def span_of(first: Token, last: Token) -> tuple[int, int]:
    """Character offsets from one token to another, end exclusive."""
    return first.idx, last.idx + len(last)
