"""Named actors by what a person types: without regard to case, accents, points and a leading "the"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dateline.lexicon.actors import KnownActor, by_name, known_actors
from dateline.lexicon.place_keys import fold


def actors_called(text: str) -> tuple[KnownActor, ...]:
    """The actors of a name or alias; the one that is written exactly so alone, where there is one.

    >>> [actor.name for actor in actors_called("wagner group")]
    ['Wagner Group']
    >>> [actor.name for actor in actors_called("the agence france presse")]
    ['Agence France-Presse']
    """
    words = " ".join(text.split())
    exact = by_name(words)
    return (exact,) if exact is not None else _folded().get(_key(words), ())


@cache
def _folded() -> Mapping[str, tuple[KnownActor, ...]]:
    table: dict[str, dict[tuple[str, str | None], KnownActor]] = {}
    for actor in known_actors():
        for form in (actor.name, *actor.aliases):
            table.setdefault(_key(form), {}).setdefault((actor.name, actor.country), actor)
    return {key: tuple(found.values()) for key, found in table.items()}


def _key(name: str) -> str:
    bare = name[4:] if name[:4].casefold() == "the " else name
    return fold(bare) or bare.casefold()
