"""Clauses that a verb says: "said that X", "X, he said", "made clear that X", wherever the parser put them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.said import SUBJECTS, Said, spoken, subtree
from dateline.parse.forms import follows, means, pivot, to_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

SET_OFF = frozenset({",", "”", "»", '"', "—", "–", "--", "-", "''"})
"""Marks before a saying that stands as a parenthesis."""
NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "ADP", "CCONJ", "PRON", "ADV"})
"""Parts of speech of the words that a speaker is named with."""


def said_clause(verb: Token, *, tagging: bool) -> Said | None:
    """The clause that the verb says; `tagging` verbs also close a sentence that the parser read otherwise."""
    found = _parenthesis(verb) or _clause(verb) or _around(verb) or _strayed(verb)
    return _tagged(verb) if found is None and tagging else found


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
    if before and not _quoted(verb, before) and (after or _set_apart(verb, before)):
        before = set()
    return Said(before | after, "clause") if before or after else None


def _set_apart(verb: Token, before: set[int]) -> bool:
    """ "Serbia accused X; Pristina denied it": a clause of its own before a saying that has its object already."""
    between = verb.doc[max(before) + 1 : verb.i]
    taken_up = any(c.dep_ == "dobj" and c.i > verb.i and pivot(c) in ("it", "this", "that") for c in verb.children)
    return taken_up or any(t.text == ";" for t in between)


def _gerund(child: Token) -> bool:
    """ "denied leaving", "admitted having left"."""
    having = child.tag_ == "VBN" and any(pivot(c) == "having" for c in child.children)
    return child.dep_ == "xcomp" and not follows(child.left_edge, ",") and (child.tag_ == "VBG" or having)


def _parenthesis(verb: Token) -> Said | None:
    """ "If they stay, the minister said, we leave": a bare subject and verb set off, outside of any quotation."""
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i), None)
    if subject is None or any(c.dep_ in ("dobj", "mark", "dative", "cc") for c in verb.children):
        return None
    doc, sentence = verb.doc, verb.sent
    first, after = subject.left_edge.i, verb.i + 1
    if first <= sentence.start or after >= sentence.end or doc[first - 1].text != ",":
        return None
    if doc[after].text not in (",", ".") or not _quotes_closed(doc[sentence.start : first], doc[after : sentence.end]):
        return None
    own = range(first, after)
    if any(t.dep_ == "conj" and t.head == verb for t in sentence):
        return None
    return Said({t.i for t in sentence if t.i not in own and not t.is_space}, "clause")


def _quotes_closed(*parts: Span) -> bool:
    """Whether what is quoted before a saying ends before it, and what is quoted after begins after it."""
    return all(sum(t.is_quote for t in part) % 2 == 0 for part in parts)


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
            if clause and any(pivot(c) == "that" and c.dep_ == "mark" for c in token.children):
                return Said(spoken(token), "clause")
    return None


def made_known(verb: Token, adjectives: frozenset[str]) -> Said | None:
    """ "made (it) clear that", "made public that": the clause under the adjective or beside it."""
    for adjective in verb.children:
        if adjective.i < verb.i or pivot(adjective) not in adjectives:
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
    return child.dep_ == "advcl" and any(c.dep_ == "mark" and pivot(c) == "that" for c in child.children)


def _small(clause: Token) -> bool:
    """No clause that is said: an infinitive with its own subject, "found their names painted on the wall"."""
    bare = clause.tag_ == "VBN" and not any(c.dep_ in ("aux", "auxpass", "mark") for c in clause.children)
    return controlled(clause) or bare


def controlled(clause: Token) -> bool:
    """ "wants Bamako to leave": an infinitive with "to"."""
    return clause.tag_ == "VB" and to_infinitive(clause)


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
    marks = {pivot(c) for c in verb.children if c.dep_ in ("mark", "advmod") and c.i < verb.i}
    if "as" in marks and verb.dep_ == "advcl":
        return not any(c.dep_ in ("ccomp", "xcomp") for c in verb.children)
    if verb.i < verb.head.i and verb.dep_ in ("conj", "advcl"):
        return False
    blocked = {"ccomp", "mark", "xcomp", "cc", "prt", "advmod" if verb.dep_ == "advcl" else "prt"}
    blocked |= set() if means(verb, "tell") else {"dobj"}
    if any(c.dep_ in blocked and pivot(c) not in ("so", "too", "also", "later") for c in verb.children):
        return False
    left = verb.left_edge
    return left.i > 0 and (verb.dep_ == "parataxis" or follows(left, *SET_OFF))
