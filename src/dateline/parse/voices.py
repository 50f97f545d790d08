"""Whose words a report is: quoted stretches, the body behind the outlet, and states under military rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.lexicon.actors import Family, Name, NameKind, folded, name_words, names, words
from dateline.model import Sector
from dateline.parse.denotations import Denotation, government, head_family, named_coalition
from dateline.parse.forms import means, pivot
from dateline.parse.home_country import HomeCountry
from dateline.parse.known_names import KnownNames
from dateline.parse.noun_phrases import is_definite, premodifiers, prepositional

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OPEN, _CLOSE, _PLAIN = "“«", "”»", '"'


@dataclass(frozen=True)
class Voice:
    """Who "we" and "I" are outside quotations, the country the outlet speaks for, countries of the title."""

    plural: Denotation | None = None
    singular: Denotation | None = None
    prior: str | None = None
    title_countries: tuple[str, ...] = ()


def outlet_voice(outlet: str | None, title: str | None, known: KnownNames, *, allied: bool) -> Voice:
    """The body behind an outlet ("US State Department", "CENTCOM"); a news outlet has no voice of its own.

    A command that reports on a coalition (`allied`: the word is in the report) speaks for it.
    """
    in_title = _names_in(title)
    title_countries = tuple(n.country for n in in_title if n.country is not None)
    person = next((n.actor for n in in_title if n.actor is not None and n.actor.person), None)
    plural = _plural_voice(outlet, known, allied=allied)
    if plural is None:
        return Voice(title_countries=title_countries)
    singular = None
    if person is not None and person.country == plural.country:
        singular = Denotation(person.name, person.country, person.sector, None, True)
    return Voice(plural, singular or plural, plural.country, title_countries)


def _plural_voice(outlet: str | None, known: KnownNames, *, allied: bool) -> Denotation | None:
    found = _names_in(outlet)
    actors = [n.actor for n in found if n.actor is not None]
    if any(a.sector is Sector.MED for a in actors):
        return None
    if actors:
        actor = actors[0]
        coalition = named_coalition(known.actor_names()) if actor.sector is Sector.MIL and allied else None
        if coalition is not None:
            return coalition
        if actor.sector is Sector.GOV and actor.country is not None:
            return government(actor.country, military_rule=lambda _: False)
        return Denotation(actor.name, actor.country, actor.sector, plural=True)
    lower = {w.lower() for w in name_words(outlet or "")}
    official = lower & words().lists["state_outlets"]
    code = next((n.country for n in found if n.country is not None), None)
    if code is None or not official:
        return None
    return government(code, military_rule=lambda _: False)


def _names_in(text: str | None) -> list[Name]:
    """Known names in a short string, left to right."""
    parts = name_words(folded(text or ""))
    found: list[Name] = []
    at = 0
    while at < len(parts):
        fit = next((n for n in names().get(parts[at].casefold(), ()) if parts[at : at + len(n.words)] == n.words), None)
        if fit is not None:
            found.append(fit)
        at += 1 if fit is None else len(fit.words)
    return found


def quoted_tokens(doc: Doc) -> list[bool]:
    """For each token whether it stands inside quotation marks; a line break ends an open plain quotation."""
    inside = False
    marks = []
    for token in doc:
        text = token.text
        if text in _CLOSE or (text == _PLAIN and inside):
            inside = False
        elif text in _OPEN or text in (_PLAIN, "``"):
            inside = True
        elif text == "''" or (token.is_space and text.count("\n") > 1):
            inside = False
        marks.append(inside)
    return marks


def military_governments(doc: Doc, known: KnownNames, home: HomeCountry) -> frozenset[str]:
    """States that the report says are ruled by a junta or under military rule."""
    found = set()
    for token in doc:
        family = head_family(token) if token.pos_ in ("NOUN", "PROPN") else None
        if family is not None and family[0] is Family.JUNTA:
            code = _ruled(token, known) or (_shortly_before(token, known) if "rule" in pivot(token) else None)
            ruling = is_definite(token) or _takes_power(token)
            if code is None and ruling and token.tag_ != "NNS":
                ranked = home.ranked(token)
                code = next((c for c in ranked if words().among("coup_states", c.lower())), home.at(token))
            if code is not None:
                found.add(code)
    return frozenset(found)


def _takes_power(token: Token) -> bool:
    """ "A military council took over", "a junta that seized power"."""
    verbs = (token.head, *(c for c in token.rights if c.dep_ in ("relcl", "acl")))
    return any(means(v, "take", "seize") and v.pos_ == "VERB" for v in verbs)


def _ruled(token: Token, known: KnownNames) -> str | None:
    inner = [t for p, t in prepositional(token) if p in ("of", "in")]
    for other in (*premodifiers(token), *inner):
        hit = known.at(other.i)
        if hit is not None and hit.name.kind is not NameKind.ACTOR:
            return hit.name.country
    return None


def _shortly_before(token: Token, known: KnownNames) -> str | None:
    """ "Niger, under military rule since a coup"."""
    for index in range(token.i - 1, max(-1, token.i - 5), -1):
        hit = known.at(index)
        if hit is not None and hit.name.kind is NameKind.COUNTRY:
            return hit.name.country
    return None
