"""Governors: what the verb, noun or adjective over a clause does to its stance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import is_passive, particle_lemma, words
from dateline.extract.negation import denied_itself, inverted, named_as_any, negations, no_such, stance_words
from dateline.lexicon.language import language
from dateline.model import Kind, Stance
from dateline.parse.forms import PIVOT, means, pivot, to_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.extract.walk import Walk

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
"""Acts that are done by deciding or ordering them."""
DONE_BY_PROMISE = frozenset({Kind.SUPPORT})
"""Acts that are done by promising them (PLOVER: SUPPORT, a promise of backing)."""
PURPOSE_KEPT = frozenset({Kind.REQUEST, Kind.TRAINING, Kind.SUPPORT, Kind.CONSULTATION, Kind.PROTEST, Kind.ACCUSATION})
SAID_AS_NOUNS = frozenset({Kind.REQUEST, Kind.THREAT, Kind.ACCUSATION, Kind.PROTEST, Kind.ATTACK, Kind.COUP})
"""Acts of which "announced", "ordered" and "prepared" tell nothing that is still to be done."""
WHAT_IS_AGREED = frozenset({Kind.COOPERATION, Kind.CONSULTATION, Kind.AGREEMENT})
MADE_BEFORE = frozenset({Kind.AGREEMENT, Kind.SANCTION, Kind.COERCION, Kind.ATTACK, Kind.PROTEST, Kind.COUP})
"""Acts that are there already when they are abandoned or dropped: an accord, a siege, an offensive."""
NOUNS = ("NOUN", "PROPN")


def governs(walk: Walk, current: Token, head: Token) -> bool:
    """Apply what the governor does to the stance; False when the walk must stop there."""
    dep = current.dep_
    if dep == "conj":
        finite = current.tag_ in ("VBD", "VBZ") or finite_elsewhere(current)
        finite_under_infinitive = finite and head.tag_ == "VB" and not finite_elsewhere(head)
        return bool(head.pos_ == current.pos_) and not own_subject(current) and not finite_under_infinitive
    if dep in ("nsubj", "nsubjpass", "csubj", "csubjpass") and current.pos_ in (*NOUNS, "VERB", "AUX"):
        return _predicated(walk, current, head)
    if dep == "relcl" or (dep == "acl" and (current.tag_ != "VB" or pivot(head) == "nothing")):
        return _on_noun(walk, current, head)
    if dep == "advcl":
        if means(head, "ask", "appeal", "plead", "press", "lobby", "call") and _bidden_for(current):
            walk.drop(f"only asked for (“{head.text} for”)")
        return _adverbial(walk, current)
    if dep == "xcomp" and means(head, "fight", "struggle", "battle", "march", "rally") and to_infinitive(current):
        return _adverbial(walk, current)
    if dep in ("pobj", "pcomp", "prep"):
        return _prepositional(walk, current, head)
    if dep in ("xcomp", "ccomp", "acl", "dobj", "attr", "acomp", "oprd"):
        return _complement(walk, current, head, head.lemma_.lower())
    return False


def finite_elsewhere(verb: Token) -> bool:
    """A finite verb of another language than English, by its form: each has its own negation, and "will" in itself."""
    return verb.lang_ != PIVOT and "Fin" in verb.morph.get("VerbForm", [])


def _on_noun(walk: Walk, current: Token, noun: Token) -> bool:
    """A clause on a noun: the walk goes on only where the noun stands for that clause ("evidence that")."""
    if pivot(noun) == "nothing":
        if current.lemma_.lower() in stance_words(current, "settling"):
            walk.hold(Stance.ALLEGED, f"nothing to “{current.text}” it")
        else:
            walk.deny("nothing to show it")
        return False
    if current.dep_ == "relcl":
        if noun.dep_ == "attr" and _only_judged(current, noun.head):
            walk.drop("only judged")
        if _would_be_such_a_time(noun):
            walk.hold(Stance.CONDITIONAL, f"would be such a “{noun.text}”")
        walk.presupposed = noun.dep_ == "pobj" and pivot(noun.head) in stance_words(noun, "past_settings")
        return False
    if current.dep_ == "acl" and noun.dep_ == "dobj" and means(current, "leave") and means(noun.head, "have", "keep"):
        return True
    if current.tag_ == "VBG" and _hearsay(noun):
        walk.hold(Stance.ALLEGED, f"“{noun.text}” of it")
        return True
    if not _clause_of_report(current, noun):
        return False
    _under_noun(walk, current, noun, noun.lemma_.lower())
    return True


def _would_be_such_a_time(noun: Token) -> bool:
    """ "it would be the first time that troops have entered": told of an event that is itself only supposed."""
    occasion = noun.dep_ == "attr" and noun.lemma_.lower() in stance_words(noun, "occasions")
    return occasion and any(c.dep_ == "aux" and pivot(c) in ("would", "'d") for c in noun.head.children)


def own_subject(token: Token) -> bool:
    """Whether a verb has a subject of its own."""
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)


def _clause_of_report(current: Token, noun: Token) -> bool:
    """ "evidence that they sent", "the claim that": the clause that a noun of saying or knowing takes."""
    known = noun.lemma_.lower() in stance_words(noun, "evidence_nouns")
    that = any(pivot(c) in ("that", "whether") and (known or c.dep_ == "mark") for c in current.children)
    return that and noun.pos_ in NOUNS and is_report(noun)


def is_report(noun: Token) -> bool:
    """Whether a noun stands for what is said, suspected, known or planned."""
    lemma = noun.lemma_.lower()
    lexicon = language(noun.doc.lang_)
    listed = (stance_words(noun, name) for name in ("evidence_nouns", "knowledge_nouns", "planned_nouns"))
    return lemma in lexicon.saying_nouns or lemma in lexicon.classes["charge"] or any(lemma in one for one in listed)


def _adverbial(walk: Walk, current: Token) -> bool:
    marks = {pivot(c) for c in current.children if c.dep_ in ("mark", "advmod")}
    present = current.tag_ in ("VBZ", "VBP") or any(c.tag_ in ("VBZ", "VBP") for c in current.children)
    conditions = marks & stance_words(current, "conditional_marks")
    if "until" in marks and present:
        walk.drop("only a limit in time")
    if {"rather", "than"} <= marks:
        walk.deny("“rather than”")
    if inverted(current):
        walk.hold(Stance.CONDITIONAL, "under a condition")
    if conditions:
        walk.hold(Stance.CONDITIONAL, f"under “{min(conditions)}”")
    elif current.tag_ == "VB" and walk.kind not in PURPOSE_KEPT and any(pivot(c) == "to" for c in current.lefts):
        walk.dropped = "purpose, not an act"
    return False


def _prepositional(walk: Walk, current: Token, head: Token) -> bool:
    lemma, prep = head.lemma_.lower(), pivot(current)
    if current.dep_ == "pcomp" and any(c.dep_ == "mark" and pivot(c) == "whether" for c in current.children):
        walk.drop("an open question")
        return False
    if prep == "of" and any(pivot(c) == "instead" for c in current.children):
        walk.deny("“instead of”")
        return False
    if head.pos_ in ("VERB", "AUX"):
        return _under_preposition(walk, head, prep)
    if pivot(head) == "short" and prep == "of":
        walk.deny("“short of”")
        return False
    if head.pos_ in NOUNS and current.dep_ == "prep":
        if lemma in stance_words(head, "evidence_nouns") or lemma in stance_words(head, "refusal_nouns"):
            return _complement(walk, current, head, lemma)
        if prep in ("on", "about", "over") and head.dep_ == "dobj" and _put_off(head):
            walk.hold(Stance.CONDITIONAL, f"“{head.head.text}” the {head.text}")
            return False
        if prep in ("on", "about", "over", "for", "of") and lemma in words(head, "topical"):
            walk.drop(f"topic of “{head.text}”")
            return False
        if (
            prep == "of"
            and lemma in stance_words(head, "condition_nouns")
            and pivot(head.head) in ("in", "on", "under")
        ):
            walk.hold(Stance.CONDITIONAL, f"in “{head.text}” of it")
            return False
        verge = lemma in stance_words(head, "verge_nouns") and pivot(head.head) in ("on", "at")
        ahead = verge or lemma in stance_words(head, "planned_nouns")
        if prep == "of" and ahead and walk.token.pos_ == "VERB":
            walk.hold(Stance.PLANNED, f"“{head.text}” of it")
        return prep in ("of", "for")
    return current.dep_ in ("pobj", "pcomp")


def _put_off(noun: Token) -> bool:
    """ "put off a decision on sending", "postponed the vote on": what is to be decided is open."""
    verb = noun.head
    deciding = noun.lemma_.lower() in stance_words(noun, "deciding_nouns")
    return deciding and bool({verb.lemma_.lower(), particle_lemma(verb)} & stance_words(verb, "postponing"))


def _under_preposition(walk: Walk, head: Token, prep: str) -> bool:
    """A verb over a prepositional phrase: "called for", "agreed on", "refrained from"."""
    lemma = head.lemma_.lower()
    planned = lemma in stance_words(head, "planned_governors")
    if prep in stance_words(head, "past_settings"):
        walk.presupposed = True
        return False
    if prep == "about":
        walk.drop(f"only spoken of (“{head.text} about”)")
        return False
    kept = stance_words(head, "denied_governors") | stance_words(head, "preventing")
    if prep == "from" and means(head, "bar", "ban", "prohibit", "forbid"):
        walk.drop("forbidden, not done")
        return False
    if prep == "for" and lemma == "use" and walk.kind is Kind.ATTACK:
        walk.drop("what something is used for")
        return False
    if prep == "from" and {lemma, particle_lemma(head)} & kept:
        walk.deny(f"“{head.text} from”")
        return True
    if prep == "of" and head.lang_ != PIVOT and lemma in stance_words(head, "alleged_verbs"):
        walk.hold(Stance.ALLEGED, f"“{head.text}” of it")
    elif lemma in stance_words(head, "hypothetical_governors") and prep in ("for", "against", "of", "about", "on"):
        walk.drop(f"only asked for or spoken of (“{head.text} {prep}”)")
    elif planned and prep in ("to", "on", "for", "with", "in") and walk.kind not in DONE_BY_PROMISE:
        walk.hold(Stance.PLANNED, f"“{head.text}”")
    return planned or lemma in stance_words(head, "leading")


def _left_open(verb: Token) -> bool:
    """ "n'a pas confirmé la présence", "sans confirmer", "a refusé de confirmer": what is not settled is open."""
    if verb.lang_ == PIVOT or verb.lemma_.lower() not in stance_words(verb, "settling"):
        return False
    return negations(verb, own=False) % 2 == 1 or denied_itself(verb)


def _hearsay(noun: Token | None) -> bool:
    """Whether the noun is a rumour or report of nobody: "des informations font état", "le bruit court que"."""
    if noun is None or noun.lang_ == PIVOT:
        return False
    return language(noun.doc.lang_).saying_nouns.get(noun.lemma_.lower()) == "allege"


def _complement(walk: Walk, current: Token, head: Token, lemma: str) -> bool:
    if head.pos_ == "NOUN":
        _under_noun(walk, current, head, lemma)
        return True
    if current.dep_ == "dobj" and _left_open(head):
        walk.hold(Stance.ALLEGED, f"not “{head.text}”")
        return False
    told = next((c for c in head.children if c.dep_ == "nsubj"), None)
    if current.dep_ in ("dobj", "ccomp") and _hearsay(told):
        walk.hold(Stance.ALLEGED, f"“{head.text}” by hearsay")
    if current.dep_ in ("ccomp", "xcomp", "acl") and current.i > head.i and _verdict_on(walk, head):
        return True
    if _only_judged(current, head):
        walk.drop("only judged")
        return True
    if current.dep_ == "xcomp" and current.tag_ == "VBG" and lemma in stance_words(head, "stopping"):
        walk.deny(f"“{head.text}”")
        return True
    if lemma in stance_words(head, "aspect_governors") and lemma not in stance_words(head, "denied_governors"):
        return True
    if current.dep_ in ("xcomp", "ccomp"):
        return _embedding(walk, current, head, {lemma, particle_lemma(head)})
    return _object_of(walk, current, head, {lemma, particle_lemma(head)})


def _under_noun(walk: Walk, current: Token, noun: Token, lemma: str) -> None:
    if noun.lang_ != PIVOT and any(c.dep_ == "neg" and c.i < noun.i for c in noun.children):
        walk.deny(f"no “{noun.text}”")
        return
    if lemma in stance_words(noun, "refusal_nouns"):
        walk.deny(f"“{noun.text}”")
    elif lemma in stance_words(noun, "evidence_nouns") and any(
        pivot(c) in stance_words(noun, "scant") for c in noun.children
    ):
        walk.hold(Stance.ALLEGED, f"little “{noun.text}”")
    elif lemma in stance_words(noun, "knowledge_nouns") and no_such(noun):
        walk.hold(Stance.ALLEGED, f"no “{noun.text}”")
        walk.deny("not known")
    elif lemma in stance_words(noun, "planned_nouns"):
        decided = lemma in ("decision", "order", "move") and walk.kind in DONE_BY_DECISION
        if not decided and walk.kind not in DONE_BY_PROMISE:
            walk.hold(Stance.PLANNED, f"“{noun.text}” to do it")
    elif pivot(noun.head) == "in" and lemma in stance_words(noun, "negotiating"):
        walk.hold(Stance.PLANNED, f"in “{noun.text}” to do it")
    elif current.dep_ == "acl" and current.tag_ == "VB" and not _kept_purpose(walk, noun, lemma):
        walk.drop(f"purpose of “{noun.text}”")


def _kept_purpose(walk: Walk, noun: Token, lemma: str) -> bool:
    """Nouns whose infinitive is done, not only meant: "an opportunity to thank", "a rally to demand"."""
    return walk.kind in PURPOSE_KEPT and lemma in words(noun, "kept_purposes")


def _verdict_on(walk: Walk, head: Token) -> bool:
    """What a predicate says of its clause or report: "is false", "is not true", "is unclear", "is possible"."""
    bodies = [head, *(c for c in head.children if c.dep_ == "xcomp" and means(c, "be"))]
    below = [c for body in bodies for c in body.children if c.dep_ in ("acomp", "attr", "oprd")]
    judging = [head] if head.pos_ == "ADJ" else below
    verb = head.head if head.pos_ == "ADJ" and head.dep_ in ("acomp", "attr") else head
    for word in judging:
        lemma = word.lemma_.lower()
        if lemma in stance_words(word, "false_words"):
            walk.deny(f"“{word.text}”")
        elif lemma in stance_words(word, "unclear_words"):
            walk.hold(Stance.ALLEGED, f"“{word.text}”")
        elif lemma in stance_words(word, "clear_words") and negations(verb, own=False) % 2:
            walk.hold(Stance.ALLEGED, f"not “{word.text}”")
            walk.deny("only unclear")
        elif lemma in stance_words(word, "possible_words") and own_clause(word, head):
            ahead = walk.stance is Stance.PLANNED
            walk.hold(Stance.CONDITIONAL if ahead else Stance.ALLEGED, f"“{word.text}”")
        elif lemma == "doubt" and negations(verb) % 2:
            walk.deny("no doubt")
        else:
            continue
        return True
    return False


def _only_judged(infinitive: Token, verb: Token) -> bool:
    """ "it would be a mistake to send troops", "it is time to leave": nothing is done, unless "it was wrong to"."""
    if infinitive.tag_ != "VB" or not means(verb, "be") or verb.tag_ == "VBD":
        return False
    expletive = any(c.dep_ in ("nsubj", "expl") and pivot(c) == "it" for c in verb.children)
    judging = [c for c in verb.children if c.dep_ in ("acomp", "attr")]
    settled = ("planned_governors", "unable_words", "possible_words", "done_adjectives", "planned_nouns")
    lists = [stance_words(verb, name) for name in settled]
    return expletive and bool(judging) and not any(c.lemma_.lower() in one for c in judging for one in lists)


def own_clause(word: Token, head: Token) -> bool:
    """Whether a judging word takes a finite clause: "it is possible that", and not "is likely to"."""
    clauses = [c for h in {word, head} for c in h.children if c.dep_ == "ccomp"]
    return any(own_subject(c) for c in clauses)


def _predicated(walk: Walk, subject: Token, head: Token) -> bool:
    """What is said of a report, a plan or an act that is itself the subject: "are false", "was cancelled"."""
    lemmas = {head.lemma_.lower(), particle_lemma(head)}
    passive = subject.dep_.endswith("pass")
    reported = subject.pos_ in NOUNS and is_report(subject)
    if not passive:
        return (reported or subject.dep_ == "csubj") and _verdict_on(walk, head)
    if reported and lemmas & stance_words(head, "rejecting"):
        walk.deny(f"“{head.text}”")
        return True
    if reported and lemmas & stance_words(head, "settling"):
        walk.hold(Stance.ALLEGED, f"“{head.text}” or not")
        return False
    if reported and subject.lemma_.lower() in language(head.doc.lang_).saying_nouns:
        return False
    return _complement(walk, subject, head, head.lemma_.lower()) if subject.pos_ in NOUNS else False


def said_of(walk: Walk, noun: Token) -> None:
    """What becomes of a noun of saying itself: "rumours that ... are false", "rejected the claim that"."""
    head = noun.head
    if head == noun or head.i in walk.cue_words:
        return
    if noun.dep_ in ("nsubj", "nsubjpass"):
        if _predicated(walk, noun, head):
            walk.deny("negated", negations(head, own=False))
    elif noun.dep_ == "dobj" and {head.lemma_.lower(), particle_lemma(head)} & stance_words(head, "rejecting"):
        walk.deny(f"“{head.text}”")


def _embedding(walk: Walk, current: Token, head: Token, lemmas: set[str]) -> bool:
    """A verb or adjective over a clause; the walk goes on beyond it."""
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in head.children)
    if head.pos_ == "ADJ":
        _adjective(walk, current, head)
    elif lemmas & stance_words(head, "alleged_governors") or (passive and lemmas & stance_words(head, "alleged_verbs")):
        walk.hold(Stance.ALLEGED, f"“{head.text}”")
    elif lemmas & stance_words(head, "excluding"):
        walk.deny(f"“{head.text}”")
        walk.excluded = True
    elif lemmas & stance_words(head, "denied_governors") and current.dep_ == "xcomp":
        walk.deny(f"“{head.text}”")
    elif "doubt" in lemmas and negations(head, own=False) % 2:
        walk.deny("no doubt")
    elif lemmas & stance_words(head, "settling") and negations(head, own=False) % 2:
        walk.hold(Stance.ALLEGED, f"not “{head.text}”")
        walk.deny("only open")
    elif "agree" in lemmas and walk.kind in WHAT_IS_AGREED:
        walk.drop("what was agreed on")
    elif lemmas & stance_words(head, "wishing_governors") and not own_subject(current):
        walk.hold(Stance.PLANNED, f"“{head.text}”")
    elif lemmas & stance_words(head, "weighing"):
        walk.hold(Stance.CONDITIONAL, f"“{head.text}”")
    else:
        _asking_or_planning(walk, current, head, lemmas)
    return True


def _asking_or_planning(walk: Walk, current: Token, head: Token, lemmas: set[str]) -> None:
    if lemmas & stance_words(head, "warning") and own_subject(current):
        return
    if lemmas & stance_words(head, "hoping") and walk.stance is Stance.CONDITIONAL and not walk.depends:
        walk.stance, walk.why = Stance.PLANNED, f"“{head.text}” it can"
    if means(head, "tell") and current.dep_ == "xcomp" and to_infinitive(current) and not is_passive(head):
        walk.drop(f"only what “{head.text}” asks for")
        return
    if lemmas & stance_words(head, "told_to") and any(c.dep_ == "nsubjpass" for c in head.children):
        walk.hold(Stance.PLANNED, f"“{head.text}” to")
        return
    if lemmas & stance_words(head, "hypothetical_governors") or bidden(current, head):
        walk.drop(f"only under “{head.text}”")
    elif lemmas & stance_words(head, "finding_governors") and _tells_what_is(walk, current):
        return
    elif lemmas & stance_words(head, "planned_governors") and walk.kind not in DONE_BY_PROMISE:
        walk.hold(Stance.PLANNED, f"“{head.text}”")
        walk.foretold = walk.foretold or bool(lemmas & stance_words(head, "holding"))


def _bidden_for(clause: Token) -> bool:
    """ "asked for soldiers to be posted": an infinitive whose subject "for" opens."""
    return any(c.dep_ == "mark" and pivot(c) == "for" for c in clause.lefts) and to_infinitive(clause)


def bidden(clause: Token, head: Token) -> bool:
    """ "insisted that France withdraw its soldiers": a bare verb with a subject of its own, which is asked for."""
    plural = any(c.dep_ == "nsubj" and c.tag_ not in ("NN", "NNP") for c in clause.children)
    bare = clause.tag_ == "VB" or (clause.tag_ == "VBP" and not plural)
    bare = bare and not any(c.dep_ in ("aux", "auxpass") for c in clause.children)
    return bare and own_subject(clause) and means(head, "insist", "stipulate", "decree", "suggest")


def _tells_what_is(walk: Walk, clause: Token) -> bool:
    """A finite clause of a state or of what was: "(that) the two are apart", and not "that they (would) leave"."""
    auxiliaries = [c for c in clause.children if c.dep_ in ("aux", "auxpass")]
    if any(c.tag_ == "MD" for c in auxiliaries) or not own_subject(clause):
        return False
    finite = auxiliaries[0] if auxiliaries else clause
    past = finite.tag_ == "VBD" or (finite.lemma_ == "have" and finite.tag_ in ("VBZ", "VBP"))
    lasting = walk.kind is Kind.PRESENCE or clause.lemma_ in stance_words(clause, "stative")
    return past or (finite.tag_ in ("VBZ", "VBP") and lasting)


def _adjective(walk: Walk, current: Token, head: Token) -> None:
    """An adjective over an infinitive: "unable to", "likely to", "quick to", else "ready to"."""
    lemma = head.lemma_.lower()
    if lemma in stance_words(head, "unable_words"):
        walk.deny(f"“{head.text}”")
    elif lemma in stance_words(head, "possible_words"):
        done = any(means(c, "have") and c.dep_ == "aux" for c in current.children)
        walk.hold(Stance.ALLEGED if done else Stance.CONDITIONAL, f"“{head.text}”")
    elif lemma not in stance_words(head, "done_adjectives"):
        walk.hold(Stance.PLANNED, f"“{head.text}”")


def _still_to_come(act: Token, verb: Token) -> bool:
    """ "what would follow an invasion", "must be ready to repel an attack": nothing that such a verb takes as given."""
    if not named_as_any(act):
        return False
    over = [verb]
    while over[-1].dep_ in ("xcomp", "acomp") and over[-1].head != over[-1]:
        over.append(over[-1].head)
    ahead = stance_words(verb, "modal_future") | stance_words(verb, "modal_must")
    return any(pivot(c) in ahead for one in over for c in one.children if c.dep_ == "aux")


def looks_ahead(walk: Walk, verb: Token) -> bool:
    """ "a autorisé l'envoi", "l'arrivée est prévue": an act by a noun whose verb orders, allows or plans it.

    English has such verbs in its rows of triggers.
    """
    if verb.lang_ == PIVOT or walk.kind in DONE_BY_DECISION | DONE_BY_PROMISE | SAID_AS_NOUNS:
        return False
    return verb.lemma_.lower() in stance_words(verb, "planned_governors") | stance_words(verb, "announcing_governors")


def _object_of(walk: Walk, current: Token, head: Token, lemmas: set[str]) -> bool:
    """The finding's noun, or a report or plan over it, is the object of a verb."""
    if current == walk.token and current.pos_ in NOUNS and lemmas & stance_words(head, "presupposing"):
        walk.presupposed = not _still_to_come(current, head)
        if not walk.presupposed:
            walk.hold(Stance.CONDITIONAL, f"would “{head.text}” it")
        return False
    reported = current != walk.token and is_report(current)
    rejected = "deny" in lemmas or (reported and lemmas & stance_words(head, "rejecting"))
    cancelled = lemmas & stance_words(head, "cancelling") and (reported or walk.kind not in MADE_BEFORE)
    if rejected or cancelled:
        walk.deny(f"“{head.text}”")
    elif lemmas & stance_words(head, "excluding"):
        walk.deny(f"“{head.text}”")
        walk.excluded = True
    elif lemmas & stance_words(head, "weighing"):
        walk.hold(Stance.CONDITIONAL, f"“{head.text}”")
    elif current == walk.token and looks_ahead(walk, head):
        walk.hold(Stance.PLANNED, f"“{head.text}”")
    elif lemmas & (stance_words(head, "hypothetical_governors") | {"seek", "demand", "propose", "fear"}):
        walk.drop(f"only under “{head.text}”")
    elif lemmas & stance_words(head, "announcing_governors") and walk.kind not in DONE_BY_DECISION:
        walk.hold(Stance.PLANNED, f"“{head.text}”")
    return True
