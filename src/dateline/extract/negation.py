"""Negation and condition of one verb or noun: what its own words deny, and what they make it depend on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lexicon.language import language
from dateline.parse.forms import PIVOT, means, neighbour, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
NO_SUCH = frozenset({"nobody", "none", "nothing"})
INDEFINITE = ("a", "an", "another", "some", "any")


def stance_words(token: Token, name: str) -> frozenset[str]:
    """A list of the section `stance` of the token's language."""
    return language(token.doc.lang_).words[f"stance.{name}"]


def whole_word(token: Token) -> str:
    """The lower-case word that a token ends, with what hyphens join to it: "so-called" is three tokens.

    Of a language whose adjectives bend it is the lemma.
    """
    if token.lang_ != PIVOT:
        return token.lemma_.lower()
    start = token.i
    while start > 1 and token.doc[start - 1].text == "-":
        start -= 2
    return token.doc[start : token.i + 1].text.lower()


def negations(verb: Token, *, own: bool = True) -> int:
    """How often the words of a verb deny it; a "no" at the object counts only for the finding's `own` verb.

    "no longer" counts once, "not only", "no fewer than" and "not until Friday did" do not count, nor does
    "did not leave until Friday", which tells that it was done.
    """
    count = sum(_denies(child) for child in verb.children)
    if count and _only_until(verb):
        count -= 1
    subjects = sum(no_such(c) for c in verb.children if c.dep_ in ("nsubj", "nsubjpass"))
    objects = sum(no_such(c) for c in verb.children if c.dep_ in ("dobj", "attr")) if own else 0
    if verb.lang_ == PIVOT:
        return count + subjects + objects
    return min(1, count + subjects + objects + (own and _none_of_it(verb)))


def _none_of_it(verb: Token) -> bool:
    """ "ne dispose d'aucune base": where denials agree, the "no" may stand behind a preposition, and counts once."""
    if not any(pivot(c) == "ne" for c in verb.children):
        return False
    return any(no_such(p) for c in verb.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj")


def _denies(child: Token) -> bool:
    """Whether a dependent of a verb denies it."""
    if child.dep_ == "neg" or (child.dep_ in ("advmod", "preconj") and pivot(child) in ("never", "neither", "nor")):
        return not _counts_only(child)
    longer = child.dep_ == "advmod" and pivot(child) in ("longer", "more")
    return longer and any(pivot(c) == "no" for c in child.children)


def _counts_only(word: Token) -> bool:
    """Whether a "no" or "not" belongs to what follows and denies nothing: "not only", "no fewer than"."""
    after = word.doc[word.i + 1] if word.i + 1 < len(word.doc) else None
    return after is not None and pivot(after) in stance_words(word, "counting_no")


def _only_until(verb: Token) -> bool:
    """ "did not leave until Friday": a past verb whose "not" ends at a time."""
    if any(c.tag_ == "MD" for c in verb.children):
        return False
    return any(
        c.dep_ in ("prep", "mark", "advcl") and "until" in (pivot(c), *(pivot(g) for g in c.children))
        for c in verb.children
    )


def no_such(head: Token) -> bool:
    """Whether a phrase says that there is none of it: "no soldier", "neither side", "hardly any", "not a single"."""
    if pivot(head) in NO_SUCH:
        return True
    determiners = [c for c in head.children if c.dep_ in ("det", "preconj", "neg")]
    if any(pivot(c) in ("no", "neither") and not _counts_only(c) for c in determiners):
        return True
    first = next((t for t in head.doc[head.left_edge.i : head.i] if not t.is_quote), head)
    after = neighbour(first, 1)
    if pivot(first) in stance_words(head, "hardly"):
        return after is not None and pivot(after) == "any"
    single = after is not None and after.i < head.i and pivot(after) in ("a", "one")
    return pivot(first) == "not" and single


def denied_itself(word: Token) -> bool:
    """Whether a word of saying is denied: "did not say", "refused to confirm", "unable to say", "nor denied"."""
    if negations(word, own=False) % 2 == 1 or _nobody(word):
        return True
    head = word.head
    if word.dep_ == "conj" and head.pos_ == word.pos_ and head != word:
        joined = any(c.dep_ == "cc" and pivot(c) in ("nor", "or") for c in head.children)
        return joined and denied_itself(head)
    if word.dep_ not in ("xcomp", "pcomp"):
        return False
    refusing = stance_words(word, "denied_governors") | stance_words(word, "unable_words")
    return head.lemma_.lower() in refusing or pivot(head) == "without" or yet_to(word)


def _nobody(word: Token) -> bool:
    return any(no_such(c) for c in word.children if c.dep_ in ("nsubj", "nsubjpass"))


def yet_to(verb: Token) -> bool:
    """ "has yet to send", "is still to send": the infinitive under a "yet"."""
    head = verb.head
    if verb.dep_ not in ("xcomp", "acl") or not means(head, "have", "be", "remain"):
        return False
    return any(pivot(t) == "yet" for t in verb.doc[head.i + 1 : verb.i])


def has_condition(verb: Token) -> bool:
    """Whether something is said on which the verb depends: "if", "in the event of", an inverted "should", "any"."""
    return any(_condition(child) or _free_choice(child) for child in verb.children)


def named_as_any(act: Token) -> bool:
    """Whether a noun stands for any such act, not for one that is known: "a strike", "another coup"."""
    return any(c.dep_ == "det" and pivot(c) in INDEFINITE for c in act.children)


def inverted(clause: Token) -> bool:
    """ "had France sent troops", "should Iran attack": a condition without "if"."""
    first = clause.left_edge
    return first.dep_ == "aux" and pivot(first) in ("should", "were", "had")


def _free_choice(subject: Token) -> bool:
    """ "any attack would be met with force": a subject that stands for a condition where the verb looks ahead."""
    if subject.dep_ not in ("nsubj", "nsubjpass"):
        return False
    ahead = any(c.dep_ == "aux" and pivot(c) in stance_words(c, "modal_future") for c in subject.head.children)
    return ahead and any(c.dep_ == "det" and pivot(c) in stance_words(c, "free_choice") for c in subject.children)


def _condition(child: Token) -> bool:
    marks = stance_words(child, "condition_marks")
    if child.dep_ in ("advcl", "prep", "ccomp", "pcomp"):
        if child.dep_ == "advcl" and inverted(child):
            return True
        words = (child, *child.children)
        if any(pivot(w) in marks and w.dep_ in ("mark", "prep", "advmod", "advcl") and not _merely(w) for w in words):
            return True
    if child.dep_ == "prep" and pivot(child) in ("in", "on", "under"):
        return any(pivot(c) in stance_words(child, "condition_nouns") for c in child.children)
    return child.dep_ in ("acomp", "advcl", "prep") and pivot(child) in ("subject", "contingent", "conditional")


def _merely(mark: Token) -> bool:
    """ "even if", "as if", "what if": no condition."""
    before = neighbour(mark, -1)
    return before is not None and pivot(before) in ("even", "as", "what")
