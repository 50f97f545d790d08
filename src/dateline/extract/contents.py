"""Which words are said, thought or wanted by a verb: the frames of `lexicon/en.yaml` against the parse."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dateline.extract.arguments import is_passive, particle_lemma
from dateline.extract.clauses import controlled, made_known, said_clause
from dateline.extract.said import SUBJECTS, Said, spoken, subtree
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from dateline.lexicon.language import Language

PREPOSITIONS = ("of", "for", "about", "on", "to", "with", "against", "at", "in", "over", "as")
"""Frames that are named by the preposition before the content."""
JUDGED = frozenset({"as", "for", "of", "over", "about", "against"})
"""Prepositions that go on with what is said of an object: "denounced the raid as piracy"."""


@dataclass(frozen=True)
class Use:
    """A verb as it stands, against the rows of `frames` that list it."""

    verb: Token
    lexicon: Language

    @cached_property
    def forms(self) -> frozenset[str]:
        """The lemma, alone, with its particle, with what it governs: `call`, `call_out`, `call_for`, `put_it`."""
        bare = self.verb.lemma_.lower()
        joined = {f"{bare}_{pivot(c)}" for c in self.verb.rights if c.dep_ == "prep" or pivot(c) == "it"}
        joined |= {f"would_{bare}" for c in self.verb.lefts if c.dep_ == "aux" and pivot(c) in ("would", "'d")}
        return frozenset({bare, particle_lemma(self.verb), *joined})

    @cached_property
    def passive(self) -> bool:
        """Whether the verb stands in the passive."""
        return is_passive(self.verb)

    def takes(self, frame: str) -> bool:
        """Whether a row of `frames` lists the verb."""
        return not self.forms.isdisjoint(self.lexicon.frames[frame])


def said_by(verb: Token, lexicon: Language) -> Said | None:
    """What the verb says by the first of its frames that the parse fills; None where nothing is said."""
    use = Use(verb, lexicon)
    if use.takes("seeming"):
        return _seeming(verb)
    if use.takes("making"):
        return made_known(verb, lexicon.frames["made"])
    for frame, filled in READERS:
        if use.takes(frame):
            found = filled(use)
            if found is not None:
                return found
    return next((p for p in _after_prepositions(use) if p.content), None)


def _said_clause(use: Use) -> Said | None:
    return said_clause(use.verb, tagging=use.takes("tagging"))


def _infinitive(use: Use) -> Said | None:
    """ "vowed to leave"."""
    for child in use.verb.children:
        if child.dep_ == "xcomp" and child.i > use.verb.i and child.tag_ in ("VB", "VBG", "VBN"):
            return Said(spoken(child), "infinitive")
    return None


def _told_to(use: Use) -> Said | None:
    """ "urged Bamako to leave", "called on X to", "called for X to": whom and what; of a passive what alone."""
    verb = use.verb
    for child in verb.children:
        if child.dep_ == "ccomp" and controlled(child):
            return Said(spoken(child), "told_to")
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "advcl") and c.i > verb.i and controlled(c)), None)
    if inner is not None and any(c.dep_ == "mark" and pivot(c) == "for" for c in inner.children):
        return Said(spoken(inner), "told_to")
    asked = spoken(inner) if inner is not None else set()
    named = inner is not None and any(c.dep_ in ("dobj", "dative") and c.i < inner.i for c in verb.children)
    for prep in () if named else verb.rights:
        addressed = prep.dep_ == "prep" and pivot(prep) in ("on", "upon", "for", "with", "to")
        if addressed and (asked or any(controlled(t) for t in prep.subtree)):
            return Said((spoken(prep) - {prep.i}) | asked, "told_to")
    if inner is None or inner.dep_ == "advcl":
        return None
    if not use.passive:
        asked |= {i for c in verb.children if c.dep_ in ("dobj", "dative") and c.i < inner.i for i in spoken(c)}
    return Said(asked, "told_to")


def _object(use: Use) -> Said | None:
    """ "condemned the raid as piracy", "called him a liar": the object and what is said of it."""
    verb = use.verb
    if use.passive and not any(c.dep_ == "agent" for c in verb.children):
        return None
    content = {i for c in verb.children if _is_object(c, use.passive) for i in spoken(c)}
    if not content:
        return None
    whole = use.takes("object_whole") and not use.passive
    return Said(content | (_rest(verb) if whole else _judgement(verb)), "object")


def _is_object(child: Token, passive: bool) -> bool:
    if passive:
        return child.dep_ == "nsubjpass"
    return child.dep_ == "dobj" or (child.dep_ == "ccomp" and child.tag_ not in ("VBD", "VBZ", "VBP", "MD"))


def _rest(verb: Token) -> set[int]:
    """All that follows the object: "showed the column in retreat, with the rebels close behind"."""
    adjuncts = ("prep", "advcl", "acomp", "oprd", "advmod", "xcomp")
    return {i for c in verb.rights if c.dep_ in adjuncts for i in spoken(c)}


def _judgement(verb: Token) -> set[int]:
    found: set[int] = set()
    for child in verb.children:
        if child.dep_ == "oprd" or (child.dep_ == "prep" and pivot(child) in JUDGED and child.i > verb.i):
            found |= spoken(child)
    if means(verb, "accuse"):
        found |= {i for t in verb.subtree if _later_of(verb, t) for i in spoken(t)}
    return found


def _later_of(verb: Token, token: Token) -> bool:
    """A gerund under an "of" that hangs on something between: "accused X, in a statement, of arming them"."""
    of = token.head
    if token.i < verb.i or token.dep_ != "pcomp" or pivot(of) != "of":
        return False
    over = next((word for word in of.ancestors if word.dep_ not in ("prep", "pobj")), None)
    return over == verb


def _held_of(use: Use) -> Said | None:
    """ "is expected to leave", "was seen as weak": the subject and what is thought of it."""
    verb = use.verb
    if not use.passive:
        return None
    subject = next((c for c in verb.children if c.dep_ in ("nsubjpass", "nsubj", "csubjpass")), None)
    rest: set[int] = set()
    for child in verb.children:
        if child.i > verb.i and (child.dep_ in ("xcomp", "oprd", "ccomp") or _as(child)):
            rest |= spoken(child)
    if not rest:
        return None
    if subject is not None and pivot(subject) != "it":
        rest |= subtree(subject)
    return Said(rest, "held_of")


def _as(child: Token) -> bool:
    return child.dep_ == "prep" and pivot(child) == "as"


def _seeming(verb: Token) -> Said | None:
    content: set[int] = set()
    for child in verb.children:
        if child.dep_ in ("xcomp", "oprd", "acomp", "ccomp") or (child.dep_ == "prep" and pivot(child) == "like"):
            content |= spoken(child)
    if not content:
        return None
    for child in verb.children:
        if child.dep_ in SUBJECTS and pivot(child) != "it":
            content |= spoken(child)
    return Said(content, "seeming")


def _after_prepositions(use: Use) -> Iterator[Said]:
    """ "called for a pause", "pointed to the treaty": the object of a preposition that the verb governs."""
    for child in use.verb.rights:
        name = pivot(child)
        if child.dep_ in ("prep", "prt", "agent", "dative") and name in PREPOSITIONS and use.takes(name):
            below = [c for c in child.children if c.dep_ in ("pobj", "pcomp")]
            yield Said({i for c in below for i in spoken(c)}, name)


READERS = (
    ("held_of", _held_of),
    ("clause", _said_clause),
    ("told_to", _told_to),
    ("infinitive", _infinitive),
    ("object", _object),
)
"""Frames in the order in which they are tried, each with what fills it."""
