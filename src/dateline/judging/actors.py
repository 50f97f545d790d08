"""An actor or a source as an analyst types it, resolved through the lexicon once and for all."""

from __future__ import annotations

import difflib
from functools import cache

from dateline.judging.brackets import Typed, countries_of, country, country_of, is_nothing, one_of, typed
from dateline.lexicon.actor_names import actors_called
from dateline.lexicon.actors import Family, KnownActor, known_actors, words
from dateline.lexicon.countries import by_capital, by_code
from dateline.model import Actor, Sector, Source, SourceKind
from dateline.reconcile.corrections import Voice

_LABELS = {
    Family.FORCE: ("armed forces", Sector.MIL),
    Family.POLICE: ("police", Sector.POL),
    Family.GOVERNMENT: ("government", Sector.GOV),
    Family.STATE: ("government", Sector.GOV),
    Family.JUNTA: ("military government", Sector.GOV),
}
"""How the extractor calls the parts of a state (`docs/claims.md`), so that a typed one is the same actor."""

_BODIES = {
    Sector.GOV: SourceKind.GOVERNMENT,
    Sector.POL: SourceKind.GOVERNMENT,
    Sector.MIL: SourceKind.MILITARY,
    Sector.PMC: SourceKind.ARMED_GROUP,
    Sector.REB: SourceKind.ARMED_GROUP,
    Sector.IGO: SourceKind.IGO,
    Sector.MED: SourceKind.MEDIA,
    Sector.NGO: SourceKind.CIVIL,
    Sector.PTY: SourceKind.CIVIL,
    Sector.CIV: SourceKind.CIVIL,
}
_SPOKEN_FOR = frozenset({Sector.GOV, Sector.MIL, Sector.POL})
"""Bodies of a state keep the name that was typed as sources: the Pentagon speaks, not "United States, armed forces"."""

_ANONYMOUS = frozenset({"anonymous", "unnamed"})
_ALIKE = 0.75
"""Share of equal letters from which a name is offered for another."""

_MOST_WORDS = 3
"""Words of the longest name of a country that is looked for before a noun ("Central African soldiers")."""


def actor_typed(text: str) -> Actor | None:
    """The actor of what was typed, None for "none"; ValueError says what is missing.

    A name or alias of the lexicon ("Wagner"), a country (its government), a part of a state ("Russian soldiers",
    "Mali, police"), or any name with country and sector in brackets: "Katiba X [MLI REB]", "?" for no country.
    Several, joined by ";", are one actor as in the guide: the country stays if all share it.

    >>> actor_typed("wagner").name, actor_typed("Malian troops").name, actor_typed("NER").name
    ('Wagner Group', 'Mali, armed forces', 'Niger, government')
    """
    if is_nothing(text):
        return None
    parts = [_one(typed(part)) for part in text.split(";")]
    names = list(dict.fromkeys(part.name for part in parts))
    shared = {part.country for part in parts}
    return _actor("; ".join(names), parts[0].country if len(shared) == 1 else None, parts[0].sector)


def voice_typed(text: str) -> Voice | None:
    """The source of what was typed, None for "none": the report says it in its own voice.

    A name of the lexicon tells what kind of voice it is; any other needs it: "Anna Ba [expert]". "anonymous" in
    the brackets says that the person is withheld: "a senior official [official anonymous]".
    """
    if is_nothing(text):
        return None
    given = typed(text)
    if not given.name:
        raise ValueError("a source needs a name")
    if given.behind:
        raise ValueError(f"{given.behind!r} stands behind the brackets of a source")
    anonymous = any(word.casefold() in _ANONYMOUS for word in given.inside)
    kinds = [word for word in given.inside if word.casefold() not in _ANONYMOUS]
    if len(kinds) > 1:
        raise ValueError(f"{' '.join(kinds)!r}: a source is of one kind, as in: {given.name} [{kinds[0]}]")
    known = actors_called(given.name)
    kind = one_of(SourceKind, kinds[0], what="kind of source") if kinds else _kind(given.name, known)
    name = known[0].name if len(known) == 1 and (known[0].person or known[0].sector not in _SPOKEN_FOR) else given.name
    return Voice(Source(None, None, None, name), kind, anonymous)


def _kind(name: str, known: tuple[KnownActor, ...]) -> SourceKind:
    if len(known) == 1:
        found = known[0]
        bodily = _BODIES.get(found.sector)
        if bodily is not None:
            return SourceKind.OFFICIAL if found.person and bodily is SourceKind.GOVERNMENT else bodily
    elif country_of(name) is not None:
        return SourceKind.GOVERNMENT
    raise ValueError(f"what kind of source is {name!r}? Say it in brackets, as in: {name} [official]")


def _one(given: Typed) -> Actor:
    if not given.name:
        raise ValueError("an actor needs a name")
    if given.behind:
        raise ValueError(f"{given.behind!r} stands behind the brackets of an actor")
    if given.inside:
        return _bracketed(given)
    known = actors_called(given.name)
    if len(known) > 1:
        named = " or ".join(f"{actor.name} [{actor.country or '?'} {actor.sector}]" for actor in known)
        raise ValueError(f"{given.name!r} is {named}: write one of them with its brackets")
    if known:
        return _actor(known[0].name, known[0].country, known[0].sector)
    found = _of_state(given.name)
    if found is None:
        raise ValueError(_unknown(given.name))
    return found


def _bracketed(given: Typed) -> Actor:
    """A name with its own country and sector; one that the lexicon has is spelt as there."""
    *countries, sector = given.inside
    if len(countries) != 1:
        raise ValueError(f"[{' '.join(given.inside)}]: write country and sector, as in: {given.name} [MLI REB]")
    code, part = country(countries[0]), one_of(Sector, sector, what="sector")
    known = [actor for actor in actors_called(given.name) if actor.country == code]
    return _actor(known[0].name if len(known) == 1 else given.name, code, part)


def _of_state(name: str) -> Actor | None:
    """A state (or its capital), or a part of it after a comma ("Mali, police") or in plain words ("Malian police")."""
    code = country_of(name)
    seat = by_capital(name)
    if code is not None or seat is not None:
        return _part(code or (seat.code if seat else ""), name, "government")
    owner, comma, label = name.partition(",")
    if comma:
        code = country_of(owner)
        return None if code is None else _part(code, name, label.strip().casefold())
    said = name.split()
    for count in range(min(_MOST_WORDS, len(said) - 1), 0, -1):
        code = country_of(" ".join(said[:count]))
        if code is not None:
            return _part(code, name, " ".join(said[count:]).casefold())
    return None


def _part(code: str, name: str, said: str) -> Actor | None:
    """A part of a state by the words for it ("troops", "military government"), None where they name nobody."""
    lexicon = words()
    heads = (said, said.partition(" of ")[0], said.rpartition(" ")[2])
    family = next((found for head in heads if (found := lexicon.family(head)) is not None), None)
    state = by_code(code)
    if family is None or state is None:
        return None
    if family is Family.SECURITY and not said.startswith(("armed", "air")):
        return _actor(f"{state.name}, {said if said.endswith('s') else said + 's'}", code, Sector.MIL)
    label, sector = _LABELS.get(Family.FORCE if family is Family.SECURITY else family, (None, lexicon.sectors[family]))
    return _actor(name if label is None else f"{state.name}, {label}", code, sector)


def _actor(name: str, code: str | None, sector: Sector) -> Actor:
    return Actor(None, None, None, name, code, sector)


def _unknown(name: str) -> str:
    states = [code for count in range(_MOST_WORDS, 0, -1) for code in countries_of(" ".join(name.split()[:count]))]
    if len(states) > 1:
        return f"{name!r} may be of {' or '.join(dict.fromkeys(states))}: write the code in its place"
    near = [_written()[form] for form in difflib.get_close_matches(name.casefold(), _written(), n=3, cutoff=_ALIKE)]
    meant = f"did you mean {' or '.join(dict.fromkeys(near))}? Else say" if near else "say"
    return f"{name!r} is not in the lexicon; {meant} whose it is, as in: {name} [MLI REB]"


@cache
def _written() -> dict[str, str]:
    return {form.casefold(): actor.name for actor in known_actors() for form in (actor.name, *actor.aliases)}
