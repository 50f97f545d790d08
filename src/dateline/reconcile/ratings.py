"""How far a source is trusted and a claim believed: the two Admiralty scales, kept apart.

Reliability is of a source, by its record, whatever it says today; credibility is of one claim, whoever says it
(NATO AJP-2.1, formerly STANAG 2511). Unknown is F and 6, "cannot be judged", never a value in the middle.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from dateline.lexicon.actor_names import actors_called
from dateline.model import Claim, Document


class Reliability(StrEnum):
    """How reliable a source is, from completely (A) to not (E); F where it cannot be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """How credible a claim is, from confirmed by others (1) to improbable (5); 6 where it cannot be judged."""

    CONFIRMED = "1"
    PROBABLY = "2"
    POSSIBLY = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    UNKNOWN = "6"


RELIABILITY_WORDS: Mapping[Reliability, str] = {
    Reliability.A: "completely reliable",
    Reliability.B: "usually reliable",
    Reliability.C: "fairly reliable",
    Reliability.D: "not usually reliable",
    Reliability.E: "unreliable",
    Reliability.F: "reliability cannot be judged",
}

CREDIBILITY_WORDS: Mapping[Credibility, str] = {
    Credibility.CONFIRMED: "confirmed by other sources",
    Credibility.PROBABLY: "probably true",
    Credibility.POSSIBLY: "possibly true",
    Credibility.DOUBTFUL: "doubtful",
    Credibility.IMPROBABLE: "improbable",
    Credibility.UNKNOWN: "truth cannot be judged",
}

_NAMES = 10_000
"""Names of sources whose keys are kept."""
_WEAKEST_FIRST = (Reliability.E, Reliability.F, Reliability.D, Reliability.C, Reliability.B, Reliability.A)


@dataclass(frozen=True, slots=True)
class RatedLink:
    """One voice of a chain: what it is there (`source`, `relay`, `agency`, `outlet`), its name, its rating."""

    role: str
    name: str
    reliability: Reliability


@dataclass(frozen=True, slots=True)
class ChainRating:
    """The voices from the one who says it to the outlet that prints it, and what they come to.

    `reliability` is that of the weakest link: E wherever one is E, else F wherever one cannot be judged (an unnamed
    official, an outlet nobody rated), else the last letter of the alphabet among them.
    """

    links: tuple[RatedLink, ...]
    reliability: Reliability
    credibility: Credibility

    @property
    def code(self) -> str:
        """Both in the usual two characters.

        >>> ChainRating((), Reliability.F, Credibility.UNKNOWN).code
        'F6'
        """
        return f"{self.reliability}{self.credibility}"


@lru_cache(maxsize=_NAMES)
def source_key(name: str) -> str:
    """Under what a source is rated: its canonical name where the lexicon has one, without case, accents and "the".

    >>> source_key("The Guardian") == source_key("the guardian"), source_key("AFP")
    (True, 'agence france-presse')
    """
    words = " ".join(name.split())
    known = actors_called(words)
    plain = unicodedata.normalize("NFKD", (known[0].name if len(known) == 1 else words).casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).removeprefix("the ")


def chain_rating(
    claim: Claim,
    document: Document,
    sources: Mapping[str, Reliability],
    claims: Mapping[str, Credibility],
) -> ChainRating:
    """The rating of a claim's chain, by the ratings of sources (under `source_key`) and of claims (by id).

    A person nobody rated has the rating of the body he speaks for, where the report names one that is rated.
    """
    said = claim.attribution
    voices: list[tuple[str, str, str | None]] = []
    if said is not None:
        source = said.source
        named = str(said.source_kind) if source is None else source.name
        voices.append(("source", named, None if source is None else source.affiliation))
        voices += [("relay", name, None) for name in reversed(said.via)]
    if document.agency is not None:
        voices.append(("agency", document.agency, None))
    if document.outlet is not None:
        voices.append(("outlet", document.outlet, None))
    links: dict[str, RatedLink] = {}
    for role, name, body in voices:
        links.setdefault(source_key(name), RatedLink(role, name, _reliability(name, body, sources)))
    found = {link.reliability for link in links.values()}
    weakest = next((letter for letter in _WEAKEST_FIRST if letter in found), Reliability.F)
    return ChainRating(tuple(links.values()), weakest, claims.get(claim.id, Credibility.UNKNOWN))


def _reliability(name: str, body: str | None, sources: Mapping[str, Reliability]) -> Reliability:
    own = sources.get(source_key(name))
    if own is None and body is not None:
        own = sources.get(source_key(body))
    return Reliability.F if own is None else own
