"""Stance: how firmly the source (or the report) holds a finding, read outward from its word to its saying."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.extract.arguments import particle_lemma
from dateline.extract.attribution import Chain
from dateline.extract.cues import Cue
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.lexicon.language import Language
from dateline.model import Commitment, Kind, Stance
from dateline.parse.quotations import quotations

if TYPE_CHECKING:
    from spacy.tokens import Token

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
DONE_BY_DECISION = frozenset(
    {
        Kind.EXPULSION,
        Kind.TERMINATION,
        Kind.SANCTION,
        Kind.CONCESSION,
        Kind.REJECTION,
        Kind.AGREEMENT,
        Kind.COERCION,
    }
)
PURPOSE_KEPT = frozenset({Kind.REQUEST, Kind.TRAINING, Kind.SUPPORT, Kind.CONSULTATION, Kind.PROTEST, Kind.ACCUSATION})
REFUSABLE = frozenset(
    {Kind.CONCESSION, Kind.CONSULTATION, Kind.AGREEMENT, Kind.COOPERATION, Kind.AID, Kind.WITHDRAWAL, Kind.TERMINATION}
    | {Kind.ARMS_TRANSFER, Kind.DEPLOYMENT}
)
"""Acts that a party which says it will not do them refuses (PLOVER: REJECT)."""
WHAT_IS_AGREED = frozenset({Kind.COOPERATION, Kind.CONSULTATION, Kind.AGREEMENT})
STATES = frozenset({Kind.PRESENCE})
STRENGTH = {Stance.ASSERTED: 0, Stance.PLANNED: 1, Stance.ALLEGED: 2, Stance.CONDITIONAL: 3, Stance.DENIED: 4}
EMBEDDING = (
    "xcomp",
    "ccomp",
    "acl",
    "pcomp",
    "advcl",
    "relcl",
    "conj",
    "prep",
    "pobj",
    "dobj",
    "nsubjpass",
    "attr",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The stance of a finding and why; `dropped` names the reason when the words make no claim at all."""

    stance: Stance
    why: str
    dropped: str | None = None
    kind: Kind | None = None


class _Walk:
    """State of one outward walk: the strongest stance met, negations, and the reason to drop, if any."""

    def __init__(self, reading: Reading, finding: Finding, chain: Chain) -> None:
        self.reading = reading
        self.lexicon: Language = reading.lexicon
        self.finding = finding
        self.cue_words = {c.word.i: c for c in chain.cues}
        self.stance = Stance.ASSERTED
        self.why = "plain statement"
        self.negations = 0
        self.dropped: str | None = None
        self.future = False

    def words(self, name: str) -> frozenset[str]:
        return self.lexicon.words[f"stance.{name}"]

    def hold(self, stance: Stance, why: str) -> None:
        """Keep the stance that commits less."""
        if STRENGTH[stance] > STRENGTH[self.stance]:
            self.stance, self.why = stance, why


def verdict(reading: Reading, finding: Finding, chain: Chain) -> Verdict:
    """The stance of a finding: own words, then each governor outward to the saying verb, then the saying itself."""
    walk = _Walk(reading, finding, chain)
    token = finding.token
    verb = finding.arguments.first("governed") or token
    if verb.sent[-1].text.strip() == "?" or verb.sent.text.rstrip().endswith("?"):
        return Verdict(Stance.CONDITIONAL, "question", "question")
    if token.pos_ in ("NOUN", "PROPN"):
        _noun_words(walk, token)
        _held_later(walk, token)
    _climb(walk, verb if verb.pos_ in ("VERB", "AUX") else token)
    for cue in chain.cues:
        _saying(walk, cue)
    if finding.trigger.stance is not None and walk.stance is Stance.ASSERTED:
        walk.hold(finding.trigger.stance, f"“{token.text}” looks ahead")
    if "neg" in finding.trigger.flags:
        walk.negations -= 1
    if walk.negations % 2 == 1 and walk.dropped is None:
        if finding.kind in SPEECH_ACTS - {Kind.CONSULTATION} and not any(c.how == "deny" for c in chain.cues):
            return Verdict(Stance.DENIED, "negated", "not said or done")
        if walk.stance is Stance.PLANNED and finding.kind in REFUSABLE and finding.token.pos_ == "VERB":
            return Verdict(Stance.ASSERTED, "said it will not", kind=Kind.REJECTION)
        if token.dep_ == "pcomp":
            return Verdict(Stance.DENIED, "negated", "an omission, not an act")
        return Verdict(Stance.DENIED, "negated")
    return Verdict(walk.stance, walk.why, walk.dropped)


def _climb(walk: _Walk, start: Token) -> None:
    current: Token = start
    apart = False
    for step in range(12):
        if current.pos_ in ("VERB", "AUX") and not apart:
            _verb_words(walk, current, own=step == 0)
        elif current.pos_ in ("NOUN", "PROPN", "ADJ") and step > 0 and current != walk.finding.token:
            _noun_words(walk, current)
        head = current.head
        if head == current:
            return
        if head.i in walk.cue_words:
            passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in head.children)
            if passive and current.dep_ == "xcomp" and head.lemma_.lower() in walk.words("alleged_verbs"):
                walk.hold(Stance.ALLEGED, f"is “{head.text}” to")
            elif passive and current.dep_ == "xcomp" and head.lemma_.lower() in walk.words("told_to"):
                walk.hold(Stance.PLANNED, f"“{head.text}” to")
            return
        if not _governs(walk, current, head):
            return
        apart = current.dep_ == "conj" and _stands_alone(current)
        current = head


def _stands_alone(verb: Token) -> bool:
    """A coordinated verb with its own auxiliary, or after "but": the first verb's "not" and "will" are not its own."""
    but = any(c.dep_ == "cc" and c.lower_ == "but" for c in verb.head.children)
    return but or any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def _governs(walk: _Walk, current: Token, head: Token) -> bool:
    """Apply what the governor does to the stance; False when the walk must stop there."""
    dep = current.dep_
    lemma = head.lemma_.lower()
    if dep == "conj":
        return head.pos_ == current.pos_ and not _own_subject(current)
    if dep == "relcl" or (dep == "acl" and current.tag_ != "VB"):
        return False
    if dep == "advcl":
        return _adverbial(walk, current)
    if dep in ("nsubj",):
        return False
    if dep in ("pobj", "pcomp", "prep"):
        return _prepositional(walk, current, head)
    if dep in ("xcomp", "ccomp", "acl", "dobj", "nsubjpass", "attr", "acomp"):
        return _complement(walk, current, head, lemma)
    return False


def _own_subject(token: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)


def _adverbial(walk: _Walk, current: Token) -> bool:
    marks = {c.lower_ for c in current.children if c.dep_ in ("mark", "advmod")}
    present = current.tag_ in ("VBZ", "VBP") or any(c.tag_ in ("VBZ", "VBP") for c in current.children)
    if "until" in marks and present:
        walk.dropped = walk.dropped or "only a limit in time"
    if marks & walk.words("conditional_marks"):
        walk.hold(Stance.CONDITIONAL, f"under “{next(iter(marks & walk.words('conditional_marks')))}”")
    elif current.tag_ == "VB" and walk.finding.kind not in PURPOSE_KEPT and _infinitive(current):
        walk.dropped = "purpose, not an act"
    return False


def _infinitive(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def _prepositional(walk: _Walk, current: Token, head: Token) -> bool:
    lemma = head.lemma_.lower()
    if head.pos_ in ("VERB", "AUX"):
        prep = current.lower_
        if prep == "about":
            walk.dropped = walk.dropped or f"only spoken of (“{head.text} about”)"
            return False
        if lemma in walk.words("hypothetical_governors") and prep in ("for", "against", "of", "about", "on"):
            walk.dropped = walk.dropped or f"only asked for or spoken of (“{head.text} {prep}”)"
        elif lemma in walk.words("planned_governors") and prep in ("to", "on", "for", "with", "in"):
            walk.hold(Stance.PLANNED, f"“{head.text}”")
        return lemma in walk.words("planned_governors")
    if head.pos_ in ("NOUN", "PROPN") and current.dep_ == "prep":
        if current.lower_ in ("on", "about", "over", "for", "of") and lemma in walk.lexicon.words["grammar.topical"]:
            walk.dropped = walk.dropped or f"topic of “{head.text}”"
            return False
        return current.lower_ in ("of", "for")
    return current.dep_ in ("pobj", "pcomp")


def _complement(walk: _Walk, current: Token, head: Token, lemma: str) -> bool:
    if head.pos_ == "NOUN":
        if lemma in walk.words("planned_nouns") and not (
            lemma in ("decision", "order", "move") and walk.finding.kind in DONE_BY_DECISION
        ):
            walk.hold(Stance.PLANNED, f"“{head.text}” to do it")
        elif current.dep_ == "acl" and current.tag_ == "VB" and not _kept_purpose(walk, lemma):
            walk.dropped = walk.dropped or f"purpose of “{head.text}”"
        return True
    if lemma in walk.words("aspect_governors") and lemma not in walk.words("denied_governors"):
        return True
    if current.dep_ in ("xcomp", "ccomp"):
        return _embedding_verb(walk, current, head, lemma)
    return _object_of(walk, current, head, lemma)


def _kept_purpose(walk: _Walk, lemma: str) -> bool:
    """Nouns whose infinitive is done, not only meant: "an opportunity to thank", "a rally to demand"."""
    return walk.finding.kind in PURPOSE_KEPT and lemma in walk.lexicon.words["grammar.kept_purposes"]


def _embedding_verb(walk: _Walk, current: Token, head: Token, lemma: str) -> bool:
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in head.children)
    if lemma in walk.words("alleged_governors"):
        walk.hold(Stance.ALLEGED, f"“{head.text}”")
    elif passive and lemma in walk.words("alleged_verbs"):
        walk.hold(Stance.ALLEGED, f"is “{head.text}” to")
    elif lemma in walk.words("denied_governors") and current.dep_ == "xcomp":
        walk.negations += 1
        walk.why = f"“{head.text}”"
    elif lemma == "agree" and walk.finding.kind in WHAT_IS_AGREED:
        walk.dropped = walk.dropped or "what was agreed on"
    elif lemma in walk.words("wishing_governors") and not _own_subject(current):
        walk.hold(Stance.PLANNED, f"“{head.text}”")
    elif {lemma, particle_lemma(head)} & walk.words("hypothetical_governors"):
        walk.dropped = walk.dropped or f"only under “{head.text}”"
    elif lemma in walk.words("planned_governors") or head.pos_ == "ADJ":
        walk.hold(Stance.PLANNED, f"“{head.text}”")
    return True


def _object_of(walk: _Walk, current: Token, head: Token, lemma: str) -> bool:
    """The finding's noun is the object of a verb: asked for, planned, denied, or simply named."""
    if lemma in walk.words("hypothetical_governors") or lemma in ("seek", "demand", "propose", "fear"):
        walk.dropped = walk.dropped or f"only under “{head.text}”"
    elif lemma == "deny":
        walk.negations += 1
        walk.why = "denied"
    elif lemma in walk.words("announcing_governors") and walk.finding.kind not in DONE_BY_DECISION:
        walk.hold(Stance.PLANNED, f"“{head.text}”")
    return True


def _verb_words(walk: _Walk, verb: Token, *, own: bool) -> None:
    lexicon = walk.lexicon
    perfect = any(c.lemma_ == "have" and c.dep_ == "aux" for c in verb.children)
    progressive = verb.tag_ == "VBG" and any(c.lemma_ == "be" and c.dep_ == "aux" for c in verb.children)
    for child in verb.children:
        lower = child.lower_
        if child.dep_ == "neg" or (child.dep_ in ("advmod", "preconj") and lower in ("never", "neither", "nor")):
            walk.negations += 1
        elif child.dep_ == "aux" and child.tag_ == "MD":
            _modal(walk, verb, lower, perfect or progressive)
        elif child.dep_ == "advmod" and lower in walk.words("alleged_words"):
            walk.hold(Stance.ALLEGED, f"“{child.text}”")
        elif child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and own and _no(child):
            walk.negations += 1
    if own and verb.tag_ == "VB" and verb.dep_ == "ROOT" and _infinitive(verb):
        walk.hold(Stance.PLANNED, "headline “to”")
    if verb.lemma_ == "be" and any(c.dep_ == "xcomp" for c in verb.children) and own:
        return
    _is_to(walk, verb)
    if lexicon and verb.lemma_.lower() in ("go",) and any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in verb.children):
        walk.hold(Stance.PLANNED, "going to")


def _is_to(walk: _Walk, verb: Token) -> None:
    """ "is to meet", "are due to leave": an infinitive right under a form of be."""
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and verb.tag_ == "VB":
        walk.hold(Stance.PLANNED, "“is to”")


def _modal(walk: _Walk, verb: Token, modal: str, realised: bool) -> None:
    if modal in walk.words("modal_possible"):
        if realised or walk.finding.kind in STATES:
            walk.hold(Stance.ALLEGED, f"“{modal}”")
        else:
            walk.hold(Stance.CONDITIONAL, f"“{modal}”")
    elif modal in ("would", "'d"):
        conditional = any(c.dep_ == "advcl" and _has_if(walk, c) for c in verb.children)
        walk.hold(Stance.CONDITIONAL if conditional else Stance.PLANNED, f"“{modal}”")
    elif modal in walk.words("modal_future"):
        walk.hold(Stance.PLANNED, f"“{modal}”")
    elif modal in walk.words("modal_must"):
        walk.dropped = walk.dropped or f"a demand (“{modal}”)"


def _has_if(walk: _Walk, clause: Token) -> bool:
    return any(c.lower_ in walk.words("conditional_marks") for c in clause.children)


def _no(head: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in head.children) or head.lower_ in (
        "nobody",
        "none",
        "nothing",
    )


def _noun_words(walk: _Walk, noun: Token) -> None:
    for child in noun.children:
        lower = child.lower_
        if child.dep_ == "det" and lower == "no":
            walk.negations += 1
        elif child.dep_ in ("amod", "advmod", "compound"):
            if lower in walk.words("alleged_words"):
                walk.hold(Stance.ALLEGED, f"“{child.text}”")
            elif lower in walk.words("planned_adjectives"):
                walk.hold(Stance.PLANNED, f"“{child.text}”")


def _held_later(walk: _Walk, noun: Token) -> None:
    """ "talks that will be held", "a meeting to be held": a clause on the noun that looks ahead."""
    for child in noun.children:
        auxiliaries = {c.lower_ for c in child.children if c.dep_ == "aux"}
        if child.dep_ == "relcl" and auxiliaries & {"will", "'ll", "shall"}:
            walk.hold(Stance.PLANNED, "to be held")
        elif child.dep_ in ("acl", "relcl") and "to" in auxiliaries:
            passive = any(c.dep_ == "auxpass" for c in child.children)
            walk.hold(Stance.PLANNED if passive else Stance.ASSERTED, "to be held")


def _saying(walk: _Walk, cue: Cue) -> None:
    if cue.how == "deny":
        walk.negations += 1
        walk.why = f"“{cue.word.text}”"
    elif cue.how in ("allege", "doubt"):
        walk.hold(Stance.ALLEGED, f"“{cue.word.text}”")
    if any(c.dep_ == "neg" for c in cue.word.children) and cue.how in ("assert", "claim"):
        walk.dropped = walk.dropped or "not said"


WITHOUT_AFTER = 3
"""Tokens after the saying within which "without" belongs to it, wherever the parser hangs it."""
SCARE_WORDS = 2
"""Quoted words up to which the marks only hold a word at arm's length: the “volunteers”."""


def commitment(reading: Reading, cue: Cue) -> Commitment:
    """What the report itself holds of what the cue's source says, by its own word for the saying.

    A factive word ("confirmed") commits the reporter, unless it is denied or open ("did not confirm"). A word of
    distance ("claimed", "falsely said"), evidence that is missed ("without offering proof"), "so-called" or scare
    marks in the reporter's own words keep him away. All else is neutral; so is a claim of responsibility, whose verb
    is only its idiom.
    """
    lemmas = {cue.word.lemma_.lower(), particle_lemma(cue.word)}
    factive = bool(lemmas & reading.lexicon.words["commitment.committed"])
    if cue.shape == "responsibility":
        return Commitment.COMMITTED if factive else Commitment.NEUTRAL
    unsettled = _unsettled(reading, cue.word)
    if _without_evidence(reading, cue.word) or _kept_off(reading, cue):
        return Commitment.DISTANCED
    if lemmas & reading.lexicon.words["commitment.distanced"]:
        return Commitment.NEUTRAL if unsettled else Commitment.DISTANCED
    vouched = any(c.lower_ in reading.lexicon.words["commitment.vouching_words"] for c in cue.word.children)
    return Commitment.COMMITTED if (factive or vouched) and not unsettled else Commitment.NEUTRAL


def _unsettled(reading: Reading, word: Token) -> bool:
    """Whether the saying itself is denied, open or wished for: "refused to confirm", "if it admits", "no proof"."""
    words = reading.lexicon.words
    open_words = words["stance.negation"] | words["stance.conditional_marks"] | {"may", "might"}
    current = word
    while True:
        if any(
            c.dep_ in ("neg", "aux", "mark", "det", "preconj", "advmod", "cc") and c.lower_ in open_words
            for c in current.children
        ):
            return True
        head = current.head
        if head == current or current.dep_ not in ("xcomp", "pcomp", "conj", "acl"):
            return False
        refusing = words["stance.denied_governors"] | words["stance.hypothetical_governors"] | {"without", "yet"}
        if current.dep_ != "conj" and head.lemma_.lower() in refusing:
            return True
        current = head


def _without_evidence(reading: Reading, word: Token) -> bool:
    """ "without offering proof", "offering no evidence", "but gave no evidence" beside the saying."""
    words = reading.lexicon.words
    for token in word.sent:
        if token.lemma_.lower() not in words["commitment.evidence"]:
            continue
        giving = token.head if token.head.lemma_.lower() in words["commitment.giving"] else None
        beside = giving or token
        if beside.head.lower_ == "without":
            return beside.head.head == word or 0 < beside.head.i - word.i <= WITHOUT_AFTER
        if giving is None or giving.i < word.i:
            continue
        lacking = any(c.lower_ == "no" for c in token.children) or any(c.dep_ == "neg" for c in giving.children)
        but = any(c.dep_ == "cc" and c.lower_ == "but" for c in giving.head.children)
        if lacking and (giving.head == word or (but and giving.dep_ == "conj")):
            return True
    return False


def _kept_off(reading: Reading, cue: Cue) -> bool:
    """Whether the reporter's own words beside the saying, or for its content, keep a distance."""
    distancing = reading.lexicon.words["commitment.distancing_words"]
    if any(whole_word(c) in distancing and c.dep_ in ("advmod", "amod") for c in cue.word.children):
        return True
    if cue.quoted:
        return False
    modifiers = (reading.doc[i] for i in cue.content if reading.doc[i].dep_ in ("amod", "advmod"))
    marked = [t for t in modifiers if whole_word(t) in distancing]
    return any(t.head.pos_ != "PROPN" for t in marked) or _scare_marks(reading, cue)


def whole_word(token: Token) -> str:
    """The lower-case word that a token ends, with what hyphens join to it: "so-called" is three tokens."""
    start = token.i
    while start > 1 and token.doc[start - 1].text == "-":
        start -= 2
    return token.doc[start : token.i + 1].text.lower()


def _scare_marks(reading: Reading, cue: Cue) -> bool:
    """A common word or two in quotation marks inside words that are the reporter's otherwise."""
    for quote in quotations(reading.shown):
        inside = [reading.doc[i] for i in reading.span_tokens(quote.start, quote.end)]
        words = [t for t in inside if t.is_alpha or "-" in t.text]
        if not 0 < len(words) <= SCARE_WORDS or not all(t.i in cue.content for t in words):
            continue
        if words[-1].pos_ in ("NOUN", "ADJ") and all(t.is_lower for t in words):
            return True
    return False
