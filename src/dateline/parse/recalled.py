"""Named actors that a definite description takes up again: "the mission", "the bloc", "the Lebanese militia".

What sort of actor a noun can take up is data (`recalled` in `actors/words.yaml`, by `ActorKind`); the state,
the people and the creed that the description names must fit the actor.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.lexicon.actor_histories import ActorKind
from dateline.lexicon.actors import KnownActor, by_name, name_words, words
from dateline.model import Sector
from dateline.parse.coreference import Mentioned
from dateline.parse.denotations import Frame
from dateline.parse.forms import pivot

_PER_SENTENCE = 0.8
_SUBJECT = 0.6
_LEADING = 0.4
_PER_MENTION = 0.15
_MOST_MENTIONS = 4


def recalled(frame: Frame, before: Sequence[Mentioned], *, here: int) -> Mentioned | None:
    """The mention of a named actor that the phrase takes up, or None where no actor fits.

    `before` holds the mentions before it, nearest first; `here` is the number of its sentence. None too where an
    actor without a name was described by the same noun since ("a UN team ... the team").
    """
    lemma = _lemma(frame)
    kinds = words().recalled.get(lemma)
    if kinds is None or not frame.definite or frame.other or _says_more(frame):
        return None
    fitting = [m for m in before if (actor := _named(m)) is not None and _fits(frame, lemma, kinds, actor)]
    if not fitting:
        return None
    best = max(fitting, key=lambda m: _weight(m, fitting, here))
    rivals = (m for m in before if m.index > best.index and _named(m) is None)
    if any(m.lemma == lemma and m.denotation.explicit for m in rivals):
        return None
    return None if lemma == "force" and _forces_since(best, before) else best


def contradicts(frame: Frame, mention: Mentioned) -> bool:
    """Whether creed or people of the phrase exclude the named actor: al-Shabaab are no "separatists"."""
    actor = _named(mention)
    return actor is not None and not _of_creed(frame, _lemma(frame), actor)


def _lemma(frame: Frame) -> str:
    """The noun as the table holds it: a plural only where the table has plurals ("the rebels", not "the groups")."""
    lower = pivot(frame.head)
    return lower if frame.head.tag_ in ("NNS", "NNPS") else frame.head.lemma_.lower()


def _named(mention: Mentioned) -> KnownActor | None:
    actor = by_name(mention.denotation.name)
    return None if actor is None or actor.person else actor


def _says_more(frame: Frame) -> bool:
    """Whether a word of the description says something that no known actor can be checked for."""
    lexicon = words()
    if any(lexicon.among("bonds", w) for w in frame.lower):
        return False
    known = {w for w in frame.lower if lexicon.among("repeating", w) or lexicon.among("elsewhere", w)}
    unknown = {w for w in frame.lower if w.isalpha()} - known - {"the", "this", "that", "these", "those", "same"}
    named = 0 if frame.people is None else 1
    return len(unknown) > named + len(frame.countries) * 2 + (2 if frame.body is not None else 0)


def _fits(frame: Frame, lemma: str, kinds: frozenset[str], actor: KnownActor) -> bool:
    echoed = lemma in {w.lower() for w in name_words(actor.name)} and actor.kind is not ActorKind.MISSION
    if actor.kind not in kinds and not (echoed and actor.kind in words().recalled["organisation"]):
        return False
    if lemma == "operation" and not actor.name.startswith("Operation"):
        return False
    if lemma == "bloc" and actor.name.startswith("U"):
        return False
    if frame.countries and actor.country not in frame.countries:
        return False
    return _of_body(frame, actor) and _of_creed(frame, lemma, actor)


def _of_body(frame: Frame, actor: KnownActor) -> bool:
    """ "The EU mission" takes up a mission one of whose names begins with a name of the EU."""
    if frame.body is None:
        return True
    sender = by_name(frame.body.name)
    if sender is None or sender.person or actor.kind is not ActorKind.MISSION:
        return False
    forms = [name_words(f) for f in (sender.name, *sender.aliases)]
    return any(name_words(own)[: len(form)] == form for own in (actor.name, *actor.aliases) for form in forms)


def _of_creed(frame: Frame, lemma: str, actor: KnownActor) -> bool:
    """Whether creed and people fit: "jihadists" are of a jihadist group, "Tuareg rebels" and "guerrillas" are not."""
    lexicon = words()
    said = {lemma, lemma.removesuffix("s"), *frame.lower}
    jihadist = lexicon.among("jihadist_groups", actor.name.lower())
    if "anti" not in frame.lower and any(lexicon.among("jihadist_words", w) for w in said):
        return jihadist
    worldly = any(lexicon.among("worldly_words", w) for w in said)
    of_people = ActorKind.ARMED_GROUP in lexicon.recalled.get(lemma, ()) and frame.people is not None
    if of_people and not any(lexicon.among("faiths", w) for w in frame.lower):
        return actor.sector is Sector.REB and actor.country is not None and not jihadist
    return not (worldly and jihadist)


def _weight(mention: Mentioned, fitting: Sequence[Mentioned], here: int) -> float:
    count = sum(m.denotation.name == mention.denotation.name for m in fitting)
    near = -_PER_SENTENCE * (here - mention.sentence)
    return (
        near
        + _SUBJECT * mention.subject
        + _LEADING * mention.leading
        + _PER_MENTION * min(count, _MOST_MENTIONS)
        + mention.index / 1e6
    )


def _forces_since(best: Mentioned, before: Sequence[Mentioned]) -> bool:
    """Whether forces of a state were named after the mission, which "the force" may mean as well."""
    return any(
        m.index > best.index and m.denotation.sector is Sector.MIL for m in before if m.denotation != best.denotation
    )
