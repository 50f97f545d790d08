"""Which words are said, thought or wanted by a verb: the frames of `lexicon/en.yaml` against the parse."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.extract.arguments import is_passive, particle_lemma

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Token

    from dateline.lexicon.language import Language

PREPOSITIONS = ("of", "for", "about", "on", "to", "with", "against", "at", "in", "over", "as")
"""Frames that are named by the preposition before the content."""
JUDGED = frozenset({"as", "for", "of", "over", "about", "against"})
"""Prepositions that go on with what is said of an object: "denounced the raid as piracy"."""
SET_OFF = frozenset({",", "”", '"', "—", "–", "--", "-", "''"})
"""Marks before a saying that stands as a parenthesis."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


@dataclass(slots=True)
class Said:
    """What a verb says: token indices, the frame that found them, and the words between that belong to the cue."""

    content: set[int]
    frame: str
    cue: set[int] = field(default_factory=set)
    source: Token | None = None
    """Who says it, where the order of the words tells it better than the parse."""


def subtree(token: Token) -> set[int]:
    """Indices of the token and all below it."""
    return {t.i for t in token.subtree}


def spoken(token: Token) -> set[int]:
    """Indices of what is said: the subtree less the asides that the report puts in (", which it left in 2022,")."""
    return {t.i for t in token.subtree} - {i for t in token.subtree if _aside(t) for i in subtree(t)}


def _aside(token: Token) -> bool:
    """A relative clause set off by a comma."""
    if token.dep_ != "relcl" or token.head.i > token.i:
        return False
    first = token.left_edge
    return first.i > 0 and first.nbor(-1).text == "," and first.tag_ in ("WDT", "WP", "WRB", "WP$", "IN")


def said_by(verb: Token, lexicon: Language) -> Said | None:
    """What the verb says by the first of its frames that the parse fills; None where nothing is said."""
    frames = lexicon.frames
    whole, bare = particle_lemma(verb), verb.lemma_.lower()

    joined = {f"{bare}_{c.lower_}" for c in verb.rights if c.dep_ == "prep"}

    def takes(frame: str) -> bool:
        return whole in frames[frame] or bare in frames[frame] or not joined.isdisjoint(frames[frame])

    if takes("seeming"):
        return _seeming(verb)
    if takes("making"):
        return _made(verb, frames["made"])
    passive = is_passive(verb)
    if passive and takes("held_of"):
        found = _held_of(verb)
        if found is not None:
            return found
    if takes("clause"):
        found = _parenthesis(verb) or _clause(verb) or _around(verb) or _strayed(verb)
        if found is None and takes("tagging"):
            found = _tagged(verb)
        if found is not None:
            return found
    if takes("told_to"):
        found = _told_to(verb, passive)
        if found is not None:
            return found
    if takes("infinitive"):
        found = _infinitive(verb)
        if found is not None:
            return found
    if takes("object"):
        found = _object(verb, passive, takes("object_whole"))
        if found is not None:
            return found
    return next((p for p in _after_prepositions(verb, takes) if p.content), None)


def _clause(verb: Token) -> Said | None:
    """ "said that X", "X, he said", "asked whether X", "denied having": finite clauses, gerunds, fronted speech."""
    before: set[int] = set()
    after: set[int] = set()
    for child in verb.children:
        if child.i > verb.i:
            if _gerund(child) or _marked(child) or (child.dep_ == "ccomp" and not _small(child)):
                after |= spoken(child)
        elif child.dep_ == "ccomp" or (child.dep_ in ("parataxis", "dep", "advcl") and _fronted(child)):
            before |= spoken(child)
    if before and after and not _quoted(verb, before):
        before = set()
    return Said(before | after, "clause") if before or after else None


def _gerund(child: Token) -> bool:
    """ "denied leaving", "admitted having left"."""
    having = child.tag_ == "VBN" and any(c.lower_ == "having" for c in child.children)
    first = child.left_edge
    set_off = first.i > 0 and first.nbor(-1).text == ","
    return child.dep_ == "xcomp" and not set_off and (child.tag_ == "VBG" or having)


def _parenthesis(verb: Token) -> Said | None:
    """ "If they stay, the minister said, we leave": a bare subject and verb set off in a sentence of unquoted words."""
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i), None)
    if subject is None or any(c.dep_ in ("dobj", "mark", "dative", "cc") for c in verb.children):
        return None
    doc, sentence = verb.doc, verb.sent
    first, after = subject.left_edge.i, verb.i + 1
    if first <= sentence.start or after >= sentence.end or doc[first - 1].text != ",":
        return None
    if doc[after].text not in (",", ".") or any(t.is_quote for t in sentence):
        return None
    own = range(first, after)
    if any(t.dep_ == "conj" and t.head == verb for t in sentence):
        return None
    return Said({t.i for t in sentence if t.i not in own and not t.is_space}, "clause")


NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "ADP", "CCONJ", "PRON", "ADV"})
"""Parts of speech of the words that a speaker is named with."""


def _tagged(verb: Token) -> Said | None:
    """ "Rome no longer wants the command, the paper reported": the tail of a sentence, whatever the parser made of it.

    The words between the last comma and the verb name the speaker, or, the verb standing right after the comma,
    the noun that follows; all before the comma is what is said, if it holds a verb.
    """
    doc, sentence = verb.doc, verb.sent
    loose = verb.tag_ == "VBN" and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    if not (verb.tag_ in ("VBD", "VBZ", "VBP") or loose) or verb.dep_ in ("relcl", "advcl"):
        return None
    if any(c.dep_ in ("ccomp", "mark", "cc") for c in verb.children):
        return None
    comma = verb.i - 1
    while comma > sentence.start and doc[comma].text != "," and (doc[comma].pos_ in NOMINAL or doc[comma].text == "-"):
        comma -= 1
    if (
        comma <= sentence.start
        or doc[comma].text != ","
        or not any(t.pos_ in ("VERB", "AUX") for t in doc[sentence.start : comma])
    ):
        return None
    before = [t for t in doc[comma + 1 : verb.i] if t.pos_ not in ("ADV", "ADP", "CCONJ")]
    after = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    source = before[-1] if before else after
    if source is None or source.pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    return Said({t.i for t in doc[sentence.start : comma] if not t.is_space}, "clause", source=source)


def _strayed(verb: Token) -> Said | None:
    """ "said in a statement that": the clause that the parser hung on the noun between."""
    for prep in verb.rights:
        if prep.dep_ not in ("prep", "npadvmod", "dative"):
            continue
        for token in prep.subtree:
            clause = token.dep_ in ("relcl", "acl", "ccomp") and token.pos_ in ("VERB", "AUX")
            if clause and any(c.lower_ == "that" and c.dep_ == "mark" for c in token.children):
                return Said(spoken(token), "clause")
    return None


def _made(verb: Token, adjectives: frozenset[str]) -> Said | None:
    """ "made (it) clear that", "made public that": the clause under the adjective or beside it."""
    for adjective in verb.children:
        if adjective.i < verb.i or adjective.lower_ not in adjectives:
            continue
        clauses = [c for c in (*adjective.children, *verb.children) if c.i > adjective.i]
        content = {i for c in clauses if c.dep_ in ("ccomp", "advcl") for i in spoken(c)}
        if content:
            return Said(content, "clause")
    return None


def _quoted(verb: Token, before: set[int]) -> bool:
    """Whether the words before the verb end in a quotation mark: "X," he said, "Y"."""
    return any(verb.doc[i].is_quote for i in range(max(before), verb.i))


def _marked(child: Token) -> bool:
    """An adjunct by the parse that "that" makes a complement: "admitted only that"."""
    return child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)


def _small(clause: Token) -> bool:
    """No clause that is said: an infinitive with its own subject, "found their names painted on the wall"."""
    bare = clause.tag_ == "VBN" and not any(c.dep_ in ("aux", "auxpass", "mark") for c in clause.children)
    return _controlled(clause) or bare


def _controlled(clause: Token) -> bool:
    """ "wants Bamako to leave": an infinitive with its own subject."""
    return clause.tag_ == "VB" and any(c.dep_ == "aux" and c.tag_ == "TO" for c in clause.children)


def _fronted(child: Token) -> bool:
    """A clause before the verb that the parser took for an adjunct: "The army has left, the minister said"."""
    if child.pos_ not in ("VERB", "AUX") or any(c.dep_ == "mark" for c in child.children):
        return False
    return any(c.dep_ in SUBJECTS for c in child.children)


def _around(verb: Token) -> Said | None:
    """ "The army, he said, has left": the clause in which the saying is a parenthesis."""
    head = verb.head
    if head == verb or verb.dep_ not in ("parataxis", "ccomp", "advcl", "conj", "dep"):
        return None
    if not parenthetical(verb):
        return None
    own = subtree(verb)
    content = {i for i in subtree(head) if i not in own}
    return Said(content, "clause") if content else None


def parenthetical(verb: Token) -> bool:
    """A saying set off by commas or dashes inside or after another clause, with nothing of its own said."""
    if any(c.dep_ in SUBJECTS for c in verb.children) is False:
        return False
    marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod") and c.i < verb.i}
    if "as" in marks and verb.dep_ == "advcl":
        return not any(c.dep_ in ("ccomp", "xcomp") for c in verb.children)
    if verb.i < verb.head.i and verb.dep_ in ("conj", "advcl"):
        return False
    blocked = {"ccomp", "mark", "xcomp", "cc", "prt", "advmod" if verb.dep_ == "advcl" else "prt"}
    blocked |= set() if verb.lemma_ == "tell" else {"dobj"}
    if any(c.dep_ in blocked and c.lower_ not in ("so", "too", "also", "later") for c in verb.children):
        return False
    left = verb.left_edge
    return left.i > 0 and (verb.dep_ == "parataxis" or left.nbor(-1).text in SET_OFF)


def _infinitive(verb: Token) -> Said | None:
    for child in verb.children:
        if child.dep_ == "xcomp" and child.i > verb.i and child.tag_ in ("VB", "VBG", "VBN"):
            return Said(spoken(child), "infinitive")
    return None


def _told_to(verb: Token, passive: bool) -> Said | None:
    """ "urged Bamako to leave", "called on X to": whom and what together; of a passive what alone."""
    for child in verb.children:
        if child.dep_ == "ccomp" and _controlled(child):
            return Said(spoken(child), "told_to")
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "advcl") and c.i > verb.i and _to(c)), None)
    if inner is not None and any(c.dep_ == "mark" and c.lower_ == "for" for c in inner.children):
        return Said(spoken(inner), "told_to")
    for prep in verb.rights:
        if prep.dep_ == "prep" and prep.lower_ in ("on", "upon", "for"):
            below = next((t for t in prep.subtree if _to(t)), None)
            if below is not None or inner is not None:
                return Said(
                    (subtree(prep) - {prep.i}) | (spoken(inner) if inner is not None else set()), "told_to", {prep.i}
                )
    if inner is None or inner.dep_ == "advcl":
        return None
    content = spoken(inner)
    if not passive:
        content |= {i for c in verb.children if c.dep_ in ("dobj", "dative") and c.i < inner.i for i in spoken(c)}
    return Said(content, "told_to")


def _to(token: Token) -> bool:
    """An infinitive with "to"."""
    return token.tag_ == "VB" and any(c.dep_ == "aux" and c.tag_ == "TO" for c in token.children)


def _object(verb: Token, passive: bool, whole: bool) -> Said | None:
    """ "condemned the raid as piracy", "called him a liar": the object and what is said of it."""
    names = ("nsubjpass",) if passive else ("dobj",)
    content: set[int] = set()
    for child in verb.children:
        if child.dep_ in names:
            content |= spoken(child)
        elif child.dep_ == "ccomp" and not passive and child.tag_ not in ("VBD", "VBZ", "VBP", "MD"):
            content |= spoken(child)
    if passive and not any(c.dep_ == "agent" for c in verb.children):
        return None
    if passive:
        content |= _judgement(verb)
        return Said(content, "object") if content else None
    if not content:
        return None
    return Said(content | (_rest(verb) if whole else _judgement(verb)), "object")


def _rest(verb: Token) -> set[int]:
    """All that follows the object: "showed the column in retreat, with the rebels close behind"."""
    adjuncts = ("prep", "advcl", "acomp", "oprd", "advmod", "xcomp")
    return {i for c in verb.rights if c.dep_ in adjuncts for i in spoken(c)}


def _judgement(verb: Token) -> set[int]:
    found: set[int] = set()
    for child in verb.children:
        if child.dep_ == "oprd" or (child.dep_ == "prep" and child.lower_ in JUDGED and child.i > verb.i):
            found |= spoken(child)
    if verb.lemma_.lower() == "accuse":
        found |= {i for t in verb.subtree if _later_of(verb, t) for i in subtree(t)}
    return found


def _later_of(verb: Token, token: Token) -> bool:
    """A gerund under an "of" that hangs on something between: "accused X, in a statement, of arming them"."""
    of = token.head
    return token.i > verb.i and token.dep_ == "pcomp" and of.lower_ == "of" and of.head.head.head == verb


def _held_of(verb: Token) -> Said | None:
    """ "is expected to leave", "was seen as weak": the subject and what is thought of it."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubjpass", "nsubj", "csubjpass")), None)
    rest: set[int] = set()
    for child in verb.children:
        if child.i > verb.i and (child.dep_ in ("xcomp", "oprd", "ccomp") or _as(child)):
            rest |= spoken(child)
    if not rest:
        return None
    if subject is not None and subject.lower_ != "it":
        rest |= subtree(subject)
    return Said(rest, "held_of")


def _as(child: Token) -> bool:
    return child.dep_ == "prep" and child.lower_ == "as"


def _seeming(verb: Token) -> Said | None:
    content: set[int] = set()
    for child in verb.children:
        if child.dep_ in ("xcomp", "oprd", "acomp", "ccomp") or (child.dep_ == "prep" and child.lower_ == "like"):
            content |= spoken(child)
    if not content:
        return None
    for child in verb.children:
        if child.dep_ in SUBJECTS and child.lower_ != "it":
            content |= spoken(child)
    return Said(content, "seeming")


def _after_prepositions(verb: Token, takes: Callable[[str], bool]) -> Iterator[Said]:
    """ "called for a pause", "pointed to the treaty": the object of a preposition that the verb governs."""
    for child in verb.children:
        name = child.lower_
        if (
            child.i > verb.i
            and child.dep_ in ("prep", "prt", "agent", "dative")
            and name in PREPOSITIONS
            and takes(name)
        ):
            below = [c for c in child.children if c.dep_ in ("pobj", "pcomp")]
            content = set().union(*(spoken(c) for c in below)) if below else set()
            yield Said(content, name, {child.i})
