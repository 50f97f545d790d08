"""Findings: every verb or noun of the report that, with its arguments, shows one of the kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments, aboard, particle_lemma, verb_arguments, words
from dateline.extract.conditions import FORCE, POLITY, satisfied
from dateline.extract.evidence import evidence_span
from dateline.extract.finding import Finding
from dateline.extract.noun_arguments import noun_arguments
from dateline.extract.reading import POSTURE, Reading
from dateline.extract.roles import parties
from dateline.extract.slots import slot
from dateline.extract.told import support
from dateline.kinds import Told
from dateline.lexicon.language import Trigger
from dateline.model import Kind, Stance
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.extract.cues import Cue
    from dateline.parse.denotations import Denotation

PARTIES = ("subj", "obj", "dative")
"""Slots of a verb in which those stand who do something and whom it is done to."""
HANDED_OVER = (Kind.WITHDRAWAL, Kind.TERMINATION)
"""Kinds of a verb that end the presence its object would show: "the base was handed over"."""
TOLD_BY_VERB = (Kind.CONSULTATION, Kind.AGREEMENT, Kind.TERMINATION, Kind.REJECTION)
SURE = 0.95
"""Probability from which on the learned model's kind makes a finding of a word the lexicon does not list."""
POSTED = 0.85
"""The same for a verb that tells where forces are or go, of which the general roles ask for a force."""
LIKELIEST = 0.6
"""How probable the first of those kinds must be where together they are so probable."""
NOT_NOTHING = 0.03
"""The most that is left for telling nothing there."""
CERTAIN = 0.99
"""The same for a noun; of a verb, from which on roles may be open that such an act usually has (`weak` roles)."""
BACKED = 0.03
"""Probability from which on a listed kind stands, whatever else the model holds possible."""
OVERRULED = 0.98
"""Probability of another kind from which on a listed one that is not backed gives way."""
DROPPED = {"NOUN": 0.03, "PROPN": 0.03, "VERB": 0.01}
"""By part of speech, probability of a listed kind below which the word tells nothing, if the model rather holds so.

What only a speaker makes a charge or a welcome ("crossed a line", he said) the model does not look for at its verb.
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A verb or noun that may make a finding, with its arguments and what the lexicon lists for it that they meet.

    Of nouns that the lexicon does not list the arguments are not read yet.
    """

    token: Token
    verb: bool
    arguments: Arguments | None
    first: Trigger | None


def findings(reading: Reading) -> Iterator[Finding]:
    """All findings of the report in text order, one per word at most."""
    acts: dict[int, Kind] = {}
    nominal: list[Finding] = []
    candidates = list(_candidates(reading))
    reading.told.ask((*(c.token for c in candidates if _may_tell(reading, c)), *reading.words_of_forces()))
    for candidate in candidates:
        found = _settled(reading, candidate, acts)
        if found is not None and candidate.verb:
            acts[found.token.i] = found.kind
            if not _only_allowed(found, acts) and not _told_over_it(found, acts):
                yield found
        elif found is not None:
            nominal.append(found)
    yield from (f for f in nominal if not _told_by_verb(f, acts))


def _candidates(reading: Reading) -> Iterator[Candidate]:
    """The words that may make findings, in text order."""
    for token in reading.doc:
        if token.i in reading.time_of_token or reading.is_hidden(token):
            continue
        if token.pos_ in ("VERB", "AUX") or (token.tag_ in ("VBN", "VBG") and token.dep_ in ("amod", "pcomp")):
            if not is_auxiliary(token):
                yield _candidate(reading, token, verb_arguments(token), _listed_verbs(reading, token), verb=True)
        elif token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound" and not _surname(reading, token):
            listed = reading.lexicon.nouns.get(token.lemma_.lower(), ())
            args = noun_arguments(reading, token) if listed else None
            yield _candidate(reading, token, args, listed, verb=False)


def _candidate(
    reading: Reading, token: Token, args: Arguments | None, listed: Sequence[Trigger], *, verb: bool
) -> Candidate:
    first = None if args is None else next((t for t in listed if _holds(reading, token, args, t)), None)
    return Candidate(token, verb, args, first)


def _listed_verbs(reading: Reading, token: Token) -> Sequence[Trigger]:
    """What the lexicon lists for a verb, first for the verb with its particle."""
    verbs, lemma, compound = reading.lexicon.verbs, token.lemma_.lower(), particle_lemma(token)
    return (*(verbs.get(compound, ()) if compound != lemma else ()), *verbs.get(lemma, ()))


def _may_tell(reading: Reading, candidate: Candidate) -> bool:
    """Whether the learned model is worth asking about a word: it is listed and fits, or it is a verb of which a body
    of a state or a force is subject or object, and not one that tells nothing whoever does it ("said", "wanted")."""
    args = candidate.arguments
    if candidate.first is not None or not candidate.verb or args is None:
        return candidate.first is not None
    if candidate.token.lemma_.lower() in reading.lexicon.words["grammar.idle"]:
        return False
    heads = (head for slot in PARTIES for head in args.get(slot))
    actors = (reading.cast.denoted(head) for head in heads)
    return any(a is not None and (a.sector in FORCE or (a.country and _of_a_state(a))) for a in actors)


def _of_a_state(actor: Denotation) -> bool:
    """Whether an actor with a state may be told of as that state or its forces: "a hundred Russians are to set up"."""
    return actor.sector in POLITY or actor.name.startswith("people of ")


def _surname(reading: Reading, token: Token) -> bool:
    """Whether a word of the lexicon is here a person's name: "Sergeant Joe Battle", "Kelvin Strike of Leeds"."""
    return token.pos_ == "PROPN" and (token.ent_type_ == "PERSON" or reading.cast.is_person(token))


def told_apart(found: Sequence[Finding], cues: Sequence[Cue], terms: frozenset[int]) -> list[Finding]:
    """Findings without those that only say another: "denied that trainers had come", "denies arming the rebels".

    Such are those of the model alone, and refusals that are denials. `terms` are words that keep a source's name
    back; they tell nothing.
    """
    content = {cue.word.i: cue.content for cue in cues}
    denials = {cue.word.i for cue in cues if cue.how == "deny" and cue.frame == "clause"}
    charges = {cue.word.i for cue in cues if cue.how == "deny" and cue.frame == "object"}
    at = {finding.token.i for finding in found}

    def says_only(finding: Finding) -> bool:
        denial = finding.kind is Kind.REJECTION and means(finding.token, "deny") and finding.token.i in denials
        unasked = finding.recipient is None and means(finding.token, "deny", "dismiss") and finding.token.i in charges
        denial = denial or (finding.kind is Kind.REJECTION and unasked)
        bare = not finding.trigger.lemmas or denial
        return bare and bool(at & content.get(finding.token.i, set()))

    return [f for f in found if f.token.i not in terms and not says_only(f)]


def _told_by_verb(finding: Finding, acts: dict[int, Kind]) -> bool:
    """Whether a verb has told the noun's act: "resumed negotiations", "killed in a raid", "a summit that was held"."""
    governor = finding.arguments.first("governed")
    if governor is not None and acts.get(governor.i) in (finding.kind, *TOLD_BY_VERB):
        return True
    if governor is not None and finding.kind is Kind.CONSULTATION and acts.get(governor.i) is Kind.DEPLOYMENT:
        return True
    if governor is not None and finding.kind is Kind.PRESENCE and acts.get(governor.i) in HANDED_OVER:
        return True
    token = finding.token
    aim = finding.kind is Kind.CONSULTATION and token.dep_ == "pobj" and pivot(token.head) == "for"
    if aim and acts.get(token.head.head.i) is Kind.CONSULTATION:
        return True
    if any(c.dep_ in ("relcl", "acl") and acts.get(c.i) is finding.kind for c in token.children):
        return True
    if not finding.trigger.lemmas and any(acts.get(verb.i) is finding.kind for verb in _over(token)):
        return True
    if any(means(word, "suspicion") and acts.get(word.head.i) is finding.kind for word in _over(token)):
        return True
    if token.dep_ == "pobj" and token.head.dep_ == "prep" and pivot(token.head) in ("in", "by", "during", "from"):
        return finding.kind is Kind.ATTACK and acts.get(token.head.head.i) is Kind.ATTACK
    return token.dep_ == "nsubj" and finding.kind is Kind.ATTACK and acts.get(token.head.i) is Kind.ATTACK


def _only_allowed(finding: Finding, acts: Mapping[int, Kind]) -> bool:
    """Whether forces are only told to be allowed to come or stay, which the verb over it tells: "lets ships dock"."""
    verb = finding.token
    under = verb.dep_ in ("ccomp", "xcomp") and verb.tag_ in ("VB", "VBP") and acts.get(verb.head.i) is Kind.CONCESSION
    return under and finding.kind in POSTURE and verb.head.i < verb.i


def _told_over_it(finding: Finding, acts: Mapping[int, Kind]) -> bool:
    """Whether a participle only sums up the withdrawal over it: "boarded a plane, ending a presence of six years"."""
    verb = finding.token
    sums_up = verb.dep_ == "advcl" and verb.tag_ == "VBG" and means(verb, "end", "conclude", "complete", "finish")
    return sums_up and finding.kind is Kind.WITHDRAWAL and acts.get(verb.head.i) is Kind.WITHDRAWAL


def _over(noun: Token) -> Iterator[Token]:
    """The words over a noun up to the first verb."""
    token = noun
    while token.head != token:
        token = token.head
        yield token
        if token.pos_ in ("VERB", "AUX"):
            return


def _settled(reading: Reading, candidate: Candidate, acts: Mapping[int, Kind]) -> Finding | None:
    """The finding at a word: what the lexicon lists for it, unless the learned model tells otherwise."""
    token, verb, first = candidate.token, candidate.verb, candidate.first
    told = reading.told.known(token)
    sure = told is not None and (told.kinds[told.best] >= _needed(token, told.best) or _posture(token, told))
    if first is None and not sure:
        return None
    args = candidate.arguments or noun_arguments(reading, token)
    backing = None
    if first is not None and told is not None:
        backing = support(reading, token, args, first.kind)
        if first.kind in POSTURE:
            backing = max(backing, support(reading, token, args, Kind.MOBILIZATION))
        if first.else_kind is not None:  # whose the ground is decides, which the model is not asked
            backing = max(backing, support(reading, token, args, first.else_kind))
        if backing < DROPPED.get(token.pos_, 0.0) and told.none > 0.5 and not _turn_of_phrase(first):
            return None
    if sure and told is not None and _told_elsewhere(reading, token, args, told.best, acts if verb else {}):
        sure = False
    overruled = (
        told is not None
        and not _by_its_words(first)
        and (backing is None or backing < BACKED)
        and told.kinds[told.best] >= OVERRULED
    )
    if told is not None and sure and (first is None or overruled):
        general = reading.lexicon.told_verbs if verb else reading.lexicon.told_nouns
        found = _general(reading, token, args, told, general)
        if found is not None:
            return found
    return None if first is None else _finding(reading, token, args, first, backing)


def _turn_of_phrase(trigger: Trigger) -> bool:
    """Whether only all of its words tell it, and the model, asked about the verb alone, cannot know.

    So with what a speaker makes a charge, with suspicions ("bears the hallmarks of", "points to"), and with numbers of
    those told of before ("there are 4,000 of them").
    """
    counted = any("counted_them" in classes for _, classes in trigger.needs)
    return counted or "speaker" in trigger.actor or trigger.stance is Stance.ALLEGED or "worded" in trigger.flags


def _by_its_words(trigger: Trigger | None) -> bool:
    """Whether the words leave no doubt, of which the model makes little: "left for Mali", "a frigate visited",
    "issued warrants", "upheld the sentence"."""
    if trigger is not None and "worded" in trigger.flags:
        return True
    if trigger is None or trigger.kind is not Kind.DEPLOYMENT:
        return False
    return any(name == "for" or "naval" in classes for name, classes in trigger.needs)


def _needed(token: Token, kind: Kind) -> float:
    """How sure the learned model must be of a word that the lexicon does not list."""
    if token.pos_ in ("NOUN", "PROPN"):
        return CERTAIN
    return POSTED if kind in POSTURE else SURE


def _posture(token: Token, told: Told) -> bool:
    """Whether a verb surely tells where forces are or go, though the model wavers between the kinds of that."""
    if token.pos_ not in ("VERB", "AUX") or told.none > NOT_NOTHING or told.best not in POSTURE:
        return False
    return told.kinds[told.best] >= LIKELIEST and sum(told.kinds[kind] for kind in POSTURE) >= POSTED


def _told_elsewhere(reading: Reading, token: Token, args: Arguments, kind: Kind, acts: Mapping[int, Kind]) -> bool:
    """Whether another word tells it: the verb over an infinitive ("told to leave") or the one under it ("are set to
    leave"), a listed noun that the verb only carries ("carried out strikes", "clashes broke out"); or the word says who
    is at a body's head ("the junta, led by X, seized power"), or that no comment was given ("declined to say")."""
    unsaid = means(token, "decline", "refuse") and reading.lexicon.classes["comment_verb"]
    if unsaid and any(head.lemma_.lower() in unsaid for head in args.get("xcomp")):
        return True
    if means(token, "claim", "take", "admit") and any(means(h, "responsibility", "credit") for h in args.get("obj")):
        return True
    if any(means(h, "command", "leadership", "presidency", "chairmanship") for h in args.get("obj")):
        return means(token, "hand", "pass", "transfer", "take", "assume", "give")
    if (
        token.dep_ == "acl"
        and token.lemma_.lower() in words(token, "heading")
        and reading.actor(token.head) is not None
    ):
        return True
    if token.dep_ in ("xcomp", "ccomp") and acts.get(token.head.i) is kind:
        return True
    over = (
        _listed_verbs(reading, token.head.head) if token.dep_ == "acl" and aboard(token.head) is not token.head else ()
    )
    if kind in POSTURE and any(t.kind in POSTURE for t in over):  # "a plane with troops landed"
        return True
    if any(t.kind is kind for verb in args.get("xcomp") for t in _listed_verbs(reading, verb)):
        return True
    carried = args.get("obj") if token.pos_ == "VERB" else []
    if token.lemma_.lower() in reading.lexicon.words["locative_verbs"]:
        carried = [*carried, *args.get("subj")]
    return any(t.kind is kind for head in carried for t in reading.lexicon.nouns.get(head.lemma_.lower(), ()))


def _general(
    reading: Reading, token: Token, args: Arguments, told: Told, general: Mapping[Kind, Sequence[Trigger]]
) -> Finding | None:
    """The finding by the model alone, with the general roles of its kind; None where no roles fit."""
    share = told.kinds[told.best]
    for trigger in general.get(told.best, ()):
        if share < CERTAIN and "weak" in trigger.flags:
            continue
        if _holds(reading, token, args, trigger):
            return _finding(reading, token, args, trigger, share)
    return None


def is_auxiliary(token: Token) -> bool:
    """Whether the verb only helps another ("has", "was", "do")."""
    return token.dep_ in ("aux", "auxpass")


def _holds(reading: Reading, token: Token, args: Arguments, trigger: Trigger) -> bool:
    for name, classes in trigger.needs:
        if not satisfied(reading, slot(reading, token, args, name), classes):
            return False
    for name, classes in trigger.excludes:
        heads = slot(reading, token, args, name)
        if heads and satisfied(reading, heads, classes):
            return False
    if "neg" in trigger.flags:
        return any(c.dep_ == "neg" for c in token.children)
    return True


def _account(token: Token, trigger: Trigger, backing: float | None) -> str:
    """How the kind was read: by a listed word, or by the learned model and how sure it was."""
    word = f"{token.lemma_.lower()} ({token.pos_.lower()})"
    return word if trigger.lemmas or backing is None else f"{word}, by the learned model at {backing:.2f}"


def _finding(reading: Reading, token: Token, args: Arguments, trigger: Trigger, backing: float | None) -> Finding:
    parts = parties(reading, token, args, trigger)
    if parts.supposed:
        trigger = replace(trigger, stance=Stance.ALLEGED)
    return Finding(
        kind=trigger.kind,
        token=token,
        arguments=args,
        trigger=trigger,
        actor=parts.actor,
        recipient=parts.recipient,
        actor_head=parts.actor_head,
        recipient_head=parts.recipient_head,
        evidence=evidence_span(reading, token, args),
        support=backing,
        basis={"kind": _account(token, trigger, backing)} | parts.basis,
    )


def host_wanted(finding: Finding) -> str | None:
    """`host` or `host_foreign` when the trigger asks for the state of the place as recipient."""
    return next((n for n in finding.trigger.recipient if n.startswith("host")), None)


def kind_for(finding: Finding, host: str | None) -> Kind:
    """The kind, once it is known whether the actor is the host (an order to leave by another is a request)."""
    trigger = finding.trigger
    if "host_only" not in trigger.flags or trigger.else_kind is None or finding.actor is None:
        return finding.kind
    if finding.actor.country is None or (host is None and "host_sure" in trigger.flags):
        return trigger.else_kind
    return finding.kind if host in (None, finding.actor.country) else trigger.else_kind
