"""Stance: how firmly the source (or the report) holds a finding, read outward from its word to its saying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.extract.arguments import particle_lemma
from dateline.extract.chain import Chain
from dateline.extract.commitment import commitment
from dateline.extract.cues import Cue
from dateline.extract.finding import Finding
from dateline.extract.governors import DONE_BY_DECISION, DONE_BY_PROMISE, looks_ahead, own_subject
from dateline.extract.negation import denied_itself, negations, stance_words, whole_word
from dateline.extract.reading import FORCES, POSTURE, Reading
from dateline.extract.supposed import suppose
from dateline.extract.walk import STRENGTH, Walk, climb, denied_beside, held_later, noun_words, under_saying
from dateline.extract.when import time_of
from dateline.lexicon.language import SAYING_CLASSES, language
from dateline.model import Kind, Stance
from dateline.parse.forms import PIVOT, means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["DONE_BY_DECISION", "SPEECH_ACTS", "STRENGTH", "Verdict", "commitment", "said_stance", "verdict"]

SPEECH_ACTS = frozenset(
    {
        Kind.REQUEST,
        Kind.ACCUSATION,
        Kind.REJECTION,
        Kind.THREAT,
        Kind.SUPPORT,
        Kind.PROTEST,
        Kind.CONSULTATION,
    }
)
NO_WORDS = frozenset({"obj_det", "attr_det"})
"""Slots of a trigger whose "no" is part of what it says: "has no right"."""
REFUSABLE = frozenset(
    {Kind.CONCESSION, Kind.CONSULTATION, Kind.AGREEMENT, Kind.COOPERATION, Kind.AID, Kind.WITHDRAWAL, Kind.TERMINATION}
)
"""Acts that a party which says it will not do them refuses (PLOVER: REJECT); of others it denies that they will be."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The stance of a finding and why; `dropped` names the reason when the words make no claim at all."""

    stance: Stance
    why: str
    dropped: str | None = None
    kind: Kind | None = None


def verdict(reading: Reading, finding: Finding, chain: Chain) -> Verdict:
    """The stance of a finding: own words, then each governor outward to the saying verb, then the saying itself."""
    token = finding.token
    walk = Walk(token, finding.kind, chain.cues)
    verb = finding.arguments.first("governed") or token
    if (open_matter := _open_matter(finding, verb)) is not None:
        return open_matter
    if token.pos_ in ("NOUN", "PROPN"):
        noun_words(walk, token)
        held_later(walk, token)
        suppose(walk, token)
        denied_beside(walk, token)
    if verb != token and looks_ahead(walk, verb):
        walk.hold(Stance.PLANNED, f"“{verb.text}”")
    climb(walk, verb if verb.pos_ in ("VERB", "AUX") else token)
    if token.dep_ in ("acl", "relcl") and any(pivot(c) == "any" for c in token.head.lefts):
        walk.hold(Stance.CONDITIONAL, f"“any” {token.head.text}")
    for cue in chain.cues:
        saying(walk, cue)
    if finding.trigger.stance is not None and walk.stance is Stance.ASSERTED:
        supposed = finding.trigger.stance is Stance.ALLEGED
        walk.hold(finding.trigger.stance, "whoever is blamed for it" if supposed else f"“{token.text}” looks ahead")
    if "neg" in finding.trigger.flags or NO_WORDS & {name for name, _ in finding.trigger.needs}:
        walk.deny("part of the word", -1)
        if finding.trigger.stance is Stance.ASSERTED and walk.stance is Stance.PLANNED:
            walk.stance, walk.why = Stance.ASSERTED, "said it will not"
    if walk.stance is Stance.ASSERTED and _dated_ahead(reading, finding, chain):
        walk.hold(Stance.PLANNED, "dated ahead")
    denied_by_source = any(c.how == "deny" for c in chain.cues)
    if walk.is_denied and finding.trigger.toll is not None and finding.actor is None and not denied_by_source:
        return Verdict(Stance.ASSERTED, "nobody came to harm", None if _in_an_attack(reading, finding) else "no act")
    return _settled(walk, finding, denied_by_source=denied_by_source)


def _open_matter(finding: Finding, verb: Token) -> Verdict | None:
    """The verdict on what is only asked or supposed: a question, a condition, "asked whether"; else None."""
    if is_question(verb):
        return Verdict(Stance.CONDITIONAL, "question", "question")
    if is_condition(verb) and not _of_force(finding):
        return Verdict(Stance.CONDITIONAL, "“if”", "a condition")
    return Verdict(Stance.CONDITIONAL, "“whether”", "only asked") if is_asked(verb) else None


def _in_an_attack(reading: Reading, finding: Finding) -> bool:
    """Whether a verb of hurting names the attack: "no one was hurt in the blast", "the strike killed none"."""
    if any(c.dep_ == "neg" for c in finding.token.children):
        return False
    heads = (h for slot in ("subj", "in", "by", "during") for h in finding.arguments.get(slot))
    return any(t.kind is Kind.ATTACK for h in heads for t in reading.lexicon.nouns.get(h.lemma_.lower(), ()))


def _settled(walk: Walk, finding: Finding, *, denied_by_source: bool) -> Verdict:
    """The verdict at the end of the walk: acts that are refused are refusals, acts of speech not said are none."""
    ahead = walk.stance is Stance.PLANNED
    stance = walk.settled()
    if walk.dropped is not None or not walk.is_denied:
        return Verdict(stance, walk.why, walk.dropped)
    if finding.kind is Kind.ACCUSATION and "speaker" in finding.trigger.actor and denied_by_source:
        return Verdict(Stance.ASSERTED, "denies the charge", kind=Kind.REJECTION)
    if finding.kind in SPEECH_ACTS - {Kind.CONSULTATION} and not denied_by_source:
        return Verdict(Stance.DENIED, walk.denied_by, "not said or done")
    if ahead and not walk.foretold and finding.kind in REFUSABLE and finding.token.pos_ == "VERB":
        kept = stance if stance is Stance.CONDITIONAL else Stance.ASSERTED
        return Verdict(kept, "said it will not", kind=Kind.REJECTION)
    if finding.token.dep_ == "pcomp" and negations(finding.token):
        return Verdict(Stance.DENIED, walk.denied_by, "an omission, not an act")
    return Verdict(stance, walk.denied_by if stance is Stance.DENIED else walk.why)


def _dated_ahead(reading: Reading, finding: Finding, chain: Chain) -> bool:
    """Whether a noun, or a verb that is not in the past, has a date after the day of publication."""
    published = reading.parsed.document.published
    verb = finding.arguments.first("governed") or finding.token
    spoken = finding.kind in SPEECH_ACTS - {Kind.CONSULTATION, Kind.PROTEST}
    if published is None or spoken or verb.tag_ in ("VBD", "VBN"):
        return False
    time, _ = time_of(reading, finding, Stance.ASSERTED, chain)
    if time is not None and time.earliest is None and finding.kind is not Kind.PRESENCE and verb.tag_ in ("VBP", "VBZ"):
        return time.latest is not None and time.latest > published[:10]  # "4,000 leave by the end of December"
    return time is not None and time.earliest is not None and time.earliest > published[:10]


def _of_force(finding: Finding) -> bool:
    """Whether forces or a state would move or strike: told even as a condition, for it says what may come."""
    doer = finding.actor
    power = doer is not None and (doer.sector in FORCES or doer.name.endswith(", government"))
    return finding.kind in POSTURE or (finding.kind is Kind.ATTACK and power)


def is_condition(verb: Token) -> bool:
    """Whether a verb only tells on what something else depends: "if a deal was not reached", "unless they pay"."""
    while verb.dep_ in ("xcomp", "conj") and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    return verb.dep_ == "advcl" and any(c.dep_ == "mark" and pivot(c) in ("if", "unless") for c in verb.lefts)


def is_question(token: Token) -> bool:
    """Whether a token stands in a question, also one in quotation marks with its speaker after it."""
    sentence = token.sent
    if sentence.text.rstrip().endswith("?"):
        return True
    ends = (t.text for t in token.doc[token.i : sentence.end] if t.text in (".", "?", "!"))
    return next(ends, "") == "?"


def is_asked(verb: Token) -> bool:
    """Whether a verb only tells what somebody asks: "asked whether they had left", "wondered if he would sign"."""
    frames = language(verb.lang_).frames
    for clause in (verb, *verb.ancestors):
        if clause.dep_ in ("relcl", "acl", "pcomp", "ROOT", "nsubj", "nsubjpass"):
            return False
        asked = clause.head.lemma_.lower() in frames["asking"] and clause.dep_ in ("ccomp", "advcl", "xcomp")
        if asked and any(pivot(c) in frames["question"] for c in clause.lefts if c.dep_ in ("mark", "advmod")):
            return clause.i > clause.head.i
    return False


def saying(walk: Walk, cue: Cue) -> None:
    """Apply a saying to what is said: its class, and whether it is itself denied ("refused to confirm")."""
    word = cue.word
    if walk.presupposed:
        return
    why = f"“{word.text}”"
    denied = word.pos_ in ("VERB", "AUX") and denied_itself(word)
    if denied:
        _not_said(walk, cue)
    elif cue.how == "deny" and not _denied_in_so_many_words(walk, cue):
        walk.deny(why)
    elif (cue.how in ("allege", "doubt") and not _claimed(cue)) or _hearsay(cue):
        walk.hold(Stance.ALLEGED, why)
    elif {word.lemma_.lower(), particle_lemma(word)} & stance_words(word, "excluding"):
        walk.deny(why)
    elif cue.how == "intend" and walk.kind not in DONE_BY_PROMISE:
        walk.hold(Stance.PLANNED, why)
    if any(c.dep_ == "advmod" and pivot(c) in stance_words(c, "false_adverbs") for c in word.children):
        walk.deny(f"“{word.text}” it falsely")
    if cue.source is not None and _unsure_account(cue.source):
        walk.hold(Stance.ALLEGED, f"“{cue.source.text}” of that sort")


def _denied_in_so_many_words(walk: Walk, cue: Cue) -> bool:
    """ "We have no troops there", he denied; he denied it: "We have no troops there": a denial that is repeated."""
    if not walk.is_denied or cue.shape not in ("verb", "colon"):
        return False
    first = min(cue.content, default=cue.word.i)
    opened = any(t.text == ":" for t in cue.word.doc[cue.word.i + 1 : first + 2])
    return max(cue.content, default=cue.word.i) < cue.word.i or (cue.quoted and opened)


def _claimed(cue: Cue) -> bool:
    """ "the militia's claim that": whoever claims vouches for it, by noun as by verb; a claim of nobody is hearsay."""
    saying_class = language(cue.word.doc.lang_).saying.get(cue.word.lemma_.lower())
    return cue.source is not None and saying_class == "claim"


def _hearsay(cue: Cue) -> bool:
    """ "It is reported that": nobody is named for it."""
    word = cue.word
    subject = next((c for c in word.children if c.dep_ == "nsubjpass"), None)
    nobody = cue.source is None and subject is not None and pivot(subject) == "it"
    return nobody and word.lemma_.lower() in stance_words(word, "alleged_verbs")


def _unsure_account(source: Token) -> bool:
    """ "unverified accounts", "an alleged letter": an account that is itself in doubt, never a person."""
    if source.lang_ != PIVOT and language(source.doc.lang_).saying_nouns.get(source.lemma_.lower()) == "allege":
        return True
    if source.ent_type_ == "PERSON" or source.lemma_.lower() in language(source.doc.lang_).classes["person_word"]:
        return False
    return any(whole_word(c) in stance_words(c, "unverified_words") for c in source.lefts if c.dep_ == "amod")


def _not_said(walk: Walk, cue: Cue) -> None:
    """A saying that is denied: what is not confirmed is open, what is not believed is denied, else nothing is said."""
    word = cue.word
    lemmas = {word.lemma_.lower(), particle_lemma(word)}
    why = f"not “{word.text}”"
    if cue.how == "deny":
        undeniable = any(pivot(c) in ("can", "could", "ca") for c in word.children if c.dep_ == "aux")
        if not undeniable:
            walk.hold(Stance.ALLEGED, why)
    elif cue.how == "doubt" or "doubt" in lemmas:
        return
    elif cue.source is not None and pivot(cue.source) == "nothing":
        walk.deny("nothing shows it")
    elif lemmas & stance_words(word, "settling"):
        walk.hold(Stance.ALLEGED, why)
    elif lemmas & stance_words(word, "excluding"):
        walk.hold(Stance.CONDITIONAL, why)
    elif cue.how == "intend" or lemmas & stance_words(word, "holding"):
        walk.deny(why)
    elif not cue.quoted:
        walk.drop("not said")


def said_stance(reading: Reading, cue: Cue, cues: Sequence[Cue]) -> tuple[Stance, str]:
    """The stance of the main proposition of what a cue's source says, and why; other `cues` bound that proposition.

    Read like a finding's: from the innermost predicate of the main clause outward to its head, then the saying.
    What "must" be done is asserted (as a duty), a question is conditional, one that is only told of ("asked whether")
    alleged, what is not said alleged at most; "no longer" and "yet to" deny. Of several sentences the first counts.
    """
    head = content_head(reading, cue)
    if head is None:
        walk = Walk(cue.word, None, [cue])
        saying(walk, cue)
        return walk.settled(), walk.denied_by if walk.is_denied else walk.why
    if is_question(head):
        return Stance.CONDITIONAL, "question"
    spoken = frozenset(c.word.i for c in cues if c.word.i in cue.content and c.source is not None)
    inner = _proposition(head, spoken)
    walk = Walk(inner, None, [cue])
    if inner.pos_ in ("NOUN", "PROPN", "PRON"):
        noun_words(walk, inner)
        held_later(walk, inner)
    climb(walk, inner, until=head)
    walk.dropped = None
    if head.head == cue.word:
        under_saying(walk, head, cue.word)
    if walk.depends and walk.stance is Stance.ASSERTED and not walk.is_denied and _present(inner):
        walk.hold(Stance.CONDITIONAL, "under a condition")
    saying(walk, cue)
    if cue.how not in SAYING_CLASSES:
        _attitude(walk, cue)
    if walk.dropped is not None:
        walk.hold(Stance.ALLEGED, walk.dropped)
    return walk.settled(), walk.denied_by if walk.is_denied else walk.why


def _attitude(walk: Walk, cue: Cue) -> None:
    """What a word of thinking, wanting or refusing that is no saying does to its content: "wants to", "opposed"."""
    lemmas = {cue.word.lemma_.lower(), particle_lemma(cue.word)}
    effects = (
        ("weighing", Stance.CONDITIONAL),
        ("planned_governors", Stance.PLANNED),
        ("wishing_governors", Stance.PLANNED),
        ("holding", Stance.ALLEGED),
        ("alleged_verbs", Stance.ALLEGED),
        ("hypothetical_governors", Stance.CONDITIONAL),
    )
    if lemmas & (stance_words(cue.word, "denied_governors") | stance_words(cue.word, "rejecting")):
        walk.deny(f"“{cue.word.text}”")
        return
    for name, stance in effects[:-1] if _named(cue) else effects:
        if lemmas & stance_words(cue.word, name):
            walk.hold(stance, f"“{cue.word.text}”")
            return


def _named(cue: Cue) -> bool:
    """ "called the raid a crime": the word gives its object a name, it does not call for anything."""
    return cue.frame == "object" and cue.word.lemma_.lower() in language(cue.word.doc.lang_).frames["naming"]


def content_head(reading: Reading, cue: Cue) -> Token | None:
    """The head of the main clause of what is said: the first top verb of the content, else its first top word."""
    tops = []
    for index in sorted(cue.content):
        token = reading.doc[index]
        if token.is_punct or token.is_space:
            continue
        if token.head == token or token.head.i not in cue.content:
            tops.append(token)
    clauses = [t for t in tops if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("aux", "auxpass", "mark")]
    head = next(iter([t for t in clauses if not _bidding(t)] or clauses or tops), None)
    return head if head is None else _clause_before(head, cue.content) or head


def _present(verb: Token) -> bool:
    """Whether a verb is in the present: "is void", "is lost", not "has left"."""
    finite = [verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass") and means(c, "be"))]
    perfect = any(c.dep_ == "aux" and means(c, "have") for c in verb.children)
    return not perfect and any(t.tag_ in ("VBP", "VBZ") for t in finite)


def _bidding(verb: Token) -> bool:
    """ "Let nobody be afraid.": an imperative puts no proposition."""
    bare = verb.tag_ == "VB" and verb.dep_ == "ROOT"
    return bare and not any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in verb.children)


def _clause_before(head: Token, content: set[int]) -> Token | None:
    """ "The locks are changed, the codes are not": the first of two main clauses with nothing but a comma between."""
    for child in head.lefts:
        marked = any(c.dep_ == "mark" for c in child.children)
        if child.dep_ == "ccomp" and child.i in content and own_subject(child) and own_subject(head) and not marked:
            return child
    return None


def _proposition(head: Token, spoken: frozenset[int]) -> Token:
    """The innermost predicate whose fate the main clause decides: "plans to send" -> send, "is unclear whether"."""
    current = head
    for _ in range(6):
        if current.i in spoken:
            return current
        below = next((c for c in current.children if _decided_below(current, c)), None)
        if below is None:
            return current
        current = below
    return current


EMBEDDING_LISTS = (
    "planned_governors",
    "wishing_governors",
    "denied_governors",
    "aspect_governors",
    "alleged_governors",
    "alleged_verbs",
    "excluding",
    "weighing",
)


def _decided_below(head: Token, child: Token) -> bool:
    """Whether a word only frames what stands below it: "failed to", "are unable to", "have no plans to"."""
    if child.i < head.i and child.dep_ != "csubj":
        return False
    if child.dep_ == "xcomp":
        lemmas = {head.lemma_.lower(), particle_lemma(head)}
        frames = any(lemmas & stance_words(head, name) for name in EMBEDDING_LISTS)
        return head.pos_ == "ADJ" or (frames and not lemmas & stance_words(head, "stopping"))
    if child.dep_ == "acomp":
        return any(c.dep_ in ("xcomp", "ccomp") for c in child.children)
    if child.dep_ in ("dobj", "attr"):
        framing = (
            stance_words(head, "planned_nouns")
            | stance_words(head, "refusal_nouns")
            | stance_words(head, "evidence_nouns")
        )
        return child.lemma_.lower() in framing and any(c.dep_ == "acl" for c in child.children)
    if child.dep_ == "acl":
        return head.pos_ == "NOUN"
    ruled = {head.lemma_.lower(), particle_lemma(head)} & stance_words(head, "excluding")
    return child.dep_ in ("ccomp", "csubj") and (means(head, "be") or head.pos_ == "ADJ" or bool(ruled))
