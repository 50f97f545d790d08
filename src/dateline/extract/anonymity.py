"""On what terms a name is kept back, word by word: "asked not to be named", "on condition of anonymity"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from dateline.extract.cues import Cue
from dateline.extract.reading import Reading
from dateline.extract.referents import Referents
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVE = frozenset({"who", "which", "that"})
_NEGATION = frozenset({"not", "n't", "never", "without"})


def conditions(reading: Reading, cues: Iterable[Cue], referents: Referents) -> Mapping[str, str]:
    """Key of a source (`Referents.key`) -> the terms of its anonymity; the first ones the report gives."""
    sources = [c.source for c in cues if c.source is not None]
    saying = {c.word.i for c in cues}
    table: dict[str, str] = {}
    for token in reading.doc:
        clause = _clause(reading, token, saying)
        if clause is None:
            continue
        owner = _owner(clause, sources)
        if owner is None or reading.cast.is_person(referents.of(owner)):
            continue
        words = _words(reading, clause)
        key = referents.key(owner)
        if words and (key not in table or table[key] in words):
            table[key] = words
    return table


def terms(reading: Reading) -> frozenset[int]:
    """The verbs by which names are kept back ("declined to be named"): they tell no act."""
    held = [token for token in reading.doc if _clause(reading, token, set()) is not None]
    verbs = ((t.head if t.dep_ in ("acomp", "attr", "oprd") else t) for t in held)
    return frozenset({t.i for t in held} | {t.i for verb in verbs for t in (verb, *_chain(verb))})


def _clause(reading: Reading, token: Token, saying: set[int]) -> Token | None:
    """The head of the clause or phrase that holds a name back, if the token is the word that shows it."""
    words = reading.lexicon.words
    lemma = token.lemma_.lower()
    if lemma in words["voice.nameless"]:
        return _top(token, saying)
    if lemma == "anonymous" and token.dep_ in ("acomp", "attr", "oprd"):
        refused = any(t.lemma_.lower() in words["voice.unwilling"] for t in _chain(token.head))
        return _top(token, saying) if refused else None
    if lemma in words["voice.naming"] and token.tag_ in ("VBN", "VB"):
        refused = any(t.lemma_.lower() in words["voice.unwilling"] for t in _chain(token))
        negated = any(pivot(c) in _NEGATION for c in token.children)
        passive = any(c.dep_ == "auxpass" for c in token.children)
        return _top(token, saying) if passive and (refused or negated) else None
    if lemma in words["voice.cleared"] and any(pivot(c) in _NEGATION for c in token.children):
        spoken = any(c.dep_ == "xcomp" and c.lemma_.lower() in words["voice.speaking"] for c in token.children)
        return _top(token, saying) if spoken else None
    if lemma in words["voice.withholding"]:
        names = any(c.lemma_.lower() in words["voice.naming_nouns"] for c in token.children)
        return _top(token, saying) if names else None
    return None


def _chain(token: Token) -> list[Token]:
    """The verbs that govern an infinitive, innermost first."""
    found = []
    while token.dep_ in ("xcomp", "ccomp", "pcomp", "advcl") and token.head != token:
        token = token.head
        found.append(token)
    return found


def _top(token: Token, saying: set[int]) -> Token:
    """Up to the clause's verb, through reasons and infinitives; below a verb of saying, to the phrase under it."""
    current = token
    while current.head != current and current.head.i not in saying:
        if current.dep_ in ("relcl", "acl"):
            break
        if current.dep_ == "conj" and current.pos_ == "VERB":
            break
        above = current.head
        if current.pos_ == "VERB" and current.dep_ in ("ccomp", "parataxis") and above.pos_ == "VERB":
            break
        if current.pos_ in ("VERB", "AUX") and above.pos_ in ("NOUN", "PROPN") and current.dep_ != "pcomp":
            break
        current = above
    return current


def _owner(clause: Token, sources: list[Token]) -> Token | None:
    """The source the terms are for: the noun or subject they hang on, else the nearest in the sentence before them."""
    subject = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass") and pivot(c) not in _RELATIVE), None)
    hung = clause.head if clause.dep_ in ("relcl", "acl") else subject
    if hung is not None and any(s.i == hung.i for s in sources):
        return hung
    here = [s for s in sources if s.sent == clause.sent and s.i != clause.i]
    before = [s for s in here if s.i < clause.i]
    if before or here:
        return before[-1] if before else here[0]
    return hung if hung is not None and hung.pos_ in ("NOUN", "PRON") else None


def _words(reading: Reading, clause: Token) -> str:
    """The clause as written, without the relative pronoun or the subject it begins with."""
    skipped: set[int] = set()
    for child in clause.children:
        if child.dep_ in ("nsubj", "nsubjpass") and child.i < clause.i:
            own = pivot(child) in _RELATIVE or (child.dep_ == "nsubj" and clause.dep_ not in ("relcl", "acl"))
            skipped |= {t.i for t in child.subtree} if own else set()
    tokens = [t for t in clause.subtree if t.i not in skipped and not t.is_space]
    kept = [t for t in tokens if t.i >= clause.i] if clause.dep_ not in ("relcl", "acl", "advcl", "prep") else tokens
    while kept and (kept[0].is_punct or pivot(kept[0]) in ("all", "of", "whom", "and", "both") or kept[0].dep_ == "cc"):
        kept.pop(0)
    while kept and kept[-1].is_punct:
        kept.pop()
    if not kept:
        return ""
    text = reading.text[kept[0].idx : kept[-1].idx + len(kept[-1])]
    return "" if "\n" in text.strip() else text
