"""Who a pronoun or a short form points back to: deterministic rules of number, gender, role and nearness.

Abstains (None) rather than guess: no candidate that agrees within a few sentences is no antecedent.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.lexicon.actors import Family, words
from dateline.model import Sector
from dateline.parse.denotations import Denotation, Frame
from dateline.parse.forms import means, pivot
from dateline.parse.noun_phrases import prepositional
from dateline.parse.persons import People, Person

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

HE = frozenset({"he", "him", "his", "himself", "he/it", "his/her/its"})
SHE = frozenset({"she", "her", "hers", "herself", "she/it", "his/her/its"})
IT = frozenset({"it", "its", "itself", "he/it", "she/it", "his/her/its"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
FIRST_SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})

_SAYING = frozenset({"say", "tell", "add", "write", "explain", "reply", "insist", "note"})
_REACH = 3
_ABSTAIN = -3.2
_LONG_REACH = 12
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
_GROUPS = frozenset({Sector.REB, Sector.PMC, Sector.NGO, Sector.IGO, Sector.PTY, Sector.MIL})
_PARTS = frozenset({Sector.MIL, Sector.PMC, Sector.REB, Sector.POL})
"""Whose "the unit" or "the contingent" may be."""
_BODIES = frozenset({Sector.MED, Sector.BUS, Sector.NGO, Sector.IGO})


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A mention in order of the text."""

    index: int
    denotation: Denotation
    lemma: str
    subject: bool
    leading: bool
    sentence: int
    quoted: bool


class Coreference:
    """The mentions of a report so far, and the antecedents among them."""

    def __init__(self, doc: Doc, people: People, quoted: list[bool]) -> None:
        self._doc = doc
        self._people = people
        self._quoted = quoted
        self._words = words()
        self._mentions: list[Mentioned] = []
        self._count: Counter[str] = Counter()
        self._sentence_of: list[int] = []
        number = -1
        for token in doc:
            number += bool(token.is_sent_start) or token.i == 0
            self._sentence_of.append(number)

    def add(self, token: Token, denotation: Denotation) -> None:
        """One more mention; they come in text order."""
        subject = token.dep_ in _SUBJECTS
        leading = subject and (
            token.head.dep_ == "ROOT" or token.head.head.dep_ == "ROOT" and token.head.dep_ == "conj"
        )
        self._count[denotation.name] += 1 + leading
        sentence = self._sentence_of[token.i]
        self._mentions.append(
            Mentioned(token.i, denotation, token.lemma_.lower(), subject, leading, sentence, self._quoted[token.i])
        )

    def _before(self, index: int, reach: int) -> list[Mentioned]:
        """Mentions before the token, nearest first, at most `reach` sentences back."""
        end = bisect_left(self._mentions, index, key=lambda m: m.index)
        here = self._sentence_of[index]
        found = []
        for mention in reversed(self._mentions[:end]):
            if here - mention.sentence > reach:
                break
            found.append(mention)
        return found

    # -- pronouns

    def pronoun(self, token: Token) -> Mentioned | None:
        """The antecedent of a personal pronoun of the third person."""
        lower = pivot(token)
        if lower in IT and _expletive(token):
            return None
        candidates = [
            m for m in self._before(token.i, _REACH) if agrees(lower, m.denotation) and not self._bound(token, m)
        ]
        if not candidates:
            return None
        best = max(candidates, key=lambda m: self._weight(token, m))
        return best if self._weight(token, best) > _ABSTAIN else None

    def _bound(self, token: Token, mention: Mentioned) -> bool:
        """Two arguments of one verb are two actors, unless the pronoun is reflexive or possessive."""
        other = self._doc[mention.index]
        if token.dep_ == "nsubj" and token.head.lemma_ in _SAYING and self._said_by(token.head, other):
            return True
        if _counted_by(token, other):
            return True
        if token.dep_ == "poss" or pivot(token).endswith(("self", "selves")):
            return other == token.head or (other.dep_ == "poss" and other.head == token.head)
        if _of_participle(token) and other.head == token.head.head and other.dep_ in ("nsubj", "nsubjpass"):
            return True
        return other.head == token.head or other.head.head == token.head and other.head.dep_ in ("prep", "agent")

    def _said_by(self, verb: Token, other: Token) -> bool:
        """Whether a word stands in what the verb says: in "Rebels will follow, they said" the speakers are others."""
        current = other
        while current.head != current and current.head != verb:
            current = current.head
        return current.head == verb and current.dep_ in ("ccomp", "parataxis") and current != verb

    def _weight(self, token: Token, mention: Mentioned) -> float:
        gap = self._sentence_of[token.i] - mention.sentence
        found = mention.denotation
        weight = -2.0 * gap + 1.0 * mention.subject + 1.0 * mention.leading - (token.i - mention.index) / 200
        weight += min(1.0, 0.1 * self._count[found.name])
        if token.dep_ in _SUBJECTS and mention.subject:
            weight += 0.5
        if self._quoted[token.i] != mention.quoted:
            weight -= 1.0 + 2.0 * (mention.quoted and token.head.lemma_ in _SAYING)
        if found.female is not None and found.female is (pivot(token) in SHE):
            weight += 1.0
        other = self._doc[mention.index]
        placing = other.dep_ == "pobj" and (
            pivot(other.head) == "to" or self._words.among("placing", pivot(other.head))
        )
        if found.state and placing:
            weight -= 2.5
        lower = pivot(token)
        if lower in THEY:
            weight += self._weight_of_several(token, mention)
        if lower in IT and found.sector is Sector.CIV:
            weight -= 1.0
        if token.dep_ == "poss":
            weight += _owns(token, mention, other)
        return weight

    def _weight_of_several(self, token: Token, mention: Mentioned) -> float:
        """What speaks for a mention as the antecedent of "they"."""
        found, other = mention.denotation, self._doc[mention.index]
        weight = 0.0
        weight += 1.0 if found.plural and not found.state else 0.0
        weight -= 1.5 if _anonymous(found) and not found.plural else 0.0
        if token.dep_ in _SUBJECTS and means(token.head, "say", "tell", "add") and _anonymous(found):
            weight += 3.0
        if found.family is Family.CIVIL:
            weight -= 0.5
        if other == _who_says(token):
            weight += 2.5
        elif _only_says(other) and token.head.lemma_ not in _SAYING:
            weight -= 3.0
        if token.dep_ == "pobj" and mention.subject and other.head in token.ancestors:
            weight -= 3.0  # "experts say that 4,000 of them are there"
        return weight

    # -- short forms

    def recent(self, index: int, more: Iterable[tuple[Token, Denotation]]) -> tuple[list[Mentioned], int]:
        """What a description at the token may take up, nearest first, and the number of its sentence.

        `more` are names that are no mentions of their own, with what they denote.
        """
        here = self._sentence_of[index]
        found = self._before(index, _LONG_REACH)
        for token, denoted in more:
            sentence = self._sentence_of[token.i]
            if token.i < index and here - sentence <= _LONG_REACH:
                lemma, quoted = token.lemma_.lower(), self._quoted[token.i]
                found.append(Mentioned(token.i, denoted, lemma, False, False, sentence, quoted))
        return sorted(found, key=lambda m: -m.index), here

    def short_form(self, frame: Frame, word: str) -> Mentioned | None:
        """Who "the ministry", "the militants", "the officer" was before; None where nothing before fits."""
        head = frame.head
        family = frame.family
        lemma = head.lemma_.lower()
        named = self._titled(frame, lemma) if family in (Family.OFFICE, Family.RANK) else None
        if named is not None:
            return named
        before = self._before(head.i, _LONG_REACH)
        before = [m for m in before if not frame.countries or m.denotation.country in frame.countries]
        if family is Family.FORCE and not self._words.among("parts_of_forces", word):
            before = [m for m in before if not _named_group(m.denotation)]
        same = next((m for m in before if m.lemma == lemma and m.denotation.explicit), None)
        if same is not None and self._same_words(frame, same):
            return same
        wanted = _WANTED.get(family)
        if wanted is None or (family is Family.FORCE and head.tag_ != "NNS" and not frame.definite):
            return None
        reach = _LONG_REACH if family in (Family.FIGHTER, Family.MERCENARY, Family.JUNTA) else _REACH
        here = self._sentence_of[head.i]
        if family is Family.FIGHTER and not frame.plural and not self._words.among("collective", word):
            before = [m for m in before if not m.denotation.plural]
        before = [m for m in before if here - m.sentence <= reach]
        if family is not Family.FORCE:
            return next((m for m in before if _suits(m.denotation, wanted)), None)
        return self._force_told_of(before, _PARTS if self._words.among("parts_of_forces", word) else wanted)

    def _force_told_of(self, before: list[Mentioned], wanted: frozenset[Sector]) -> Mentioned | None:
        """Of forces of late that of which is told: a subject or object of a main clause before one in a clause aside.

        Soldiers whose state is that of who sends them count where no state of another is named with them.
        """
        named = [m for m in before if _suits(m.denotation, wanted)]
        sent = [m for m in before if _suits(replace(m.denotation, explicit=True), wanted) and m.denotation.country]
        first = before[0].sentence if before else 0

        def salience(mention: Mentioned) -> tuple[float, int]:
            token = self._doc[mention.index]
            told = 2.0 * mention.leading + 1.0 * (mention.subject or token.dep_ == "dobj")
            return told - 2.5 * _aside(token) - 3.0 * (first - mention.sentence), mention.index

        return max(named or sent, key=salience, default=None)

    def _same_words(self, frame: Frame, mention: Mentioned) -> bool:
        """A longer second description must not add a word that the first lacks ("the security official")."""
        first = self._doc[mention.index]
        before = {pivot(t) for t in first.lefts for t in t.subtree} if first.pos_ != "PRON" else set()
        pointing = {"the", "this", "that", "these", "those", "said", "same"}
        added = {w for w in frame.lower if w.isalpha()} - before - pointing
        personal = frame.family in (Family.OFFICE, Family.RANK, Family.CIVIL)
        return not added or not personal or len(added) <= 1 < len(before)

    def _titled(self, frame: Frame, lemma: str) -> Mentioned | None:
        """The person of that title: "the minister" for one who was called Foreign Minister."""
        if frame.plural or not frame.definite or frame.other:
            return None
        fitting = [m for m in self._before(frame.head.i, _LONG_REACH) if self._bears(m, frame, lemma)]
        here = self._sentence_of[frame.head.i]
        return max(fitting, key=lambda m: self._count[m.denotation.name] - (here - m.sentence), default=None)

    def _bears(self, mention: Mentioned, frame: Frame, lemma: str) -> bool:
        """Whether the mention is a person whose titles hold the words of the phrase."""
        person = self._people.at(mention.index)
        if person is None or not _titles(lemma) & person.title_words:
            return False
        if frame.countries:
            return person.country in frame.countries
        if any(pivot(inner) not in person.title_words for prep, inner in prepositional(frame.head) if prep == "of"):
            return False
        return {w for w in frame.lower if w.isalpha()} - {"the"} <= person.title_words

    def described(self, person: Person) -> Denotation | None:
        """What a person named by a description that the report used before was called there.

        "A gunman shot Turkey's ambassador. ... The ambassador, Kemal Demir, ..." makes Demir an envoy of Turkey. A
        title right before a name may be any state's, but an envoy's.
        """
        first = self._people.span(person.mentions[0][0])[0]
        title = {w for w in person.offices[0].words if w.isalpha()} if person.offices else set()
        if "the" not in title and not title & self._words.lists["envoys"]:
            return None
        for mention in self._before(first, _LONG_REACH):
            known = mention.denotation.explicit and mention.denotation.country is not None
            if known and mention.lemma in title and self._people.at(mention.index) is None:
                words_before = {pivot(t) for t in self._doc[mention.index].lefts}
                if title - words_before <= {"the", mention.lemma}:
                    return mention.denotation
        return None

    def titled_later(self, frame: Frame) -> Person | None:
        """A title in capitals without a name ("Foreign Secretary welcomes ...") whose bearer the report names later."""
        wanted = {pivot(frame.head)} | {w for w in frame.lower if w.isalpha() and w != "the"}
        return next((p for p in self._people.all() if wanted <= p.title_words), None)

    def two_states(self, index: int) -> tuple[str, str] | None:
        """The two states last named together, or the only two of late, for "the two countries" and "both sides"."""
        states = [m for m in self._before(index, _LONG_REACH) if m.denotation.sector is Sector.GOV]
        for sentence in sorted({m.sentence for m in states}, reverse=True):
            codes = _codes(m for m in reversed(states) if m.sentence == sentence)
            if len(codes) >= 2:
                return codes[0], codes[1]
        codes = _codes(states)
        return (codes[1], codes[0]) if len(codes) == 2 else None


def _aside(token: Token) -> bool:
    """Whether a word stands in a clause that only adds to another: "for Niamey, where German troops run a base"."""
    return any(t.dep_ in ("relcl", "advcl", "acl", "pcomp") for t in token.ancestors)


def _of_participle(pronoun: Token) -> bool:
    """ "Burundi shut the border, accusing it of": the object of a participle is not who does what it tells."""
    clause = pronoun.head
    return pronoun.dep_ in ("dobj", "dative") and clause.tag_ == "VBG" and clause.dep_ == "advcl"


def _who_says(pronoun: Token) -> Token | None:
    """Who says the clause that a pronoun is the subject of: "rebels said they", "to rebels, who said they had"."""
    saying = pronoun.head.head
    if pronoun.dep_ != "nsubj" or pronoun.head.dep_ != "ccomp" or saying.lemma_ not in _SAYING:
        return None
    subject = next((c for c in saying.lefts if c.dep_ == "nsubj"), None)
    relative = subject is not None and pivot(subject) in RELATIVE and saying.dep_ == "relcl"
    return saying.head if relative else subject


def _counted_by(owner: Token, other: Token) -> bool:
    """Whether a word is who counts and not whom he counts: "diplomats put their number at 2,000"."""
    counts = owner.dep_ == "poss" and means(owner.head, "number", "strength", "size", "total")
    verb = owner.head.head
    return counts and owner.head.dep_ == "dobj" and other.head == verb and means(verb, "put", "estimate", "set", "give")


def _only_says(other: Token) -> bool:
    """Whether a word only tells who says something of somebody: "Gunmen attacked the village, residents said"."""
    verb = other.head
    if other.dep_ != "nsubj" or verb.lemma_ not in _SAYING:
        return False
    told = [c for c in verb.children if c.dep_ in ("ccomp", "parataxis")]
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.pos_ != "PRON" for clause in told for c in clause.children)


def _owns(token: Token, mention: Mentioned, other: Token) -> float:
    """What speaks for an owner of what a possessive stands before: who does it, is bidden or accused of it."""
    weight = 4.0 if _accused_of(token, other) else 0.0
    if other.head in token.ancestors and mention.subject:
        weight += 2.5 if _bidden(other) else 1.0
    return weight


def _accused_of(owner: Token, other: Token) -> bool:
    """Whether forces in what somebody is accused of doing are his: "accused Moscow of delaying its troops' exit"."""
    forces = words().family(pivot(owner.head)) is Family.FORCE
    if not forces or other.dep_ != "dobj" or not means(other.head, "accuse", "suspect"):
        return False
    return any(t.dep_ == "pcomp" for t in owner.ancestors) and other.head in owner.ancestors


def _bidden(subject: Token) -> bool:
    """Whether a clause says what its subject is to do, with its own: "asked that X withdraw its troops"."""
    verb = subject.head
    return verb.dep_ == "ccomp" and verb.tag_ == "VB" and subject.dep_ == "nsubj" and subject.i > verb.head.i


def _codes(mentions: Iterable[Mentioned]) -> list[str]:
    """The states of the mentions, each once, in their order."""
    return list(dict.fromkeys(m.denotation.country for m in mentions if m.denotation.country is not None))


def _titles(lemma: str) -> set[str]:
    """A title and its abbreviation: "the general" may have been "Gen." before."""
    pairs = (pair.split("/") for pair in words().lists["abbreviated"])
    return {lemma, *(short for long, short in pairs if long == lemma)}


_WANTED = {
    Family.FORCE: frozenset({Sector.MIL}),
    Family.FIGHTER: frozenset({Sector.REB}),
    Family.MERCENARY: frozenset({Sector.PMC}),
    Family.MEDIA: frozenset({Sector.MED}),
    Family.BUSINESS: frozenset({Sector.BUS}),
    Family.NGO: frozenset({Sector.NGO}),
    Family.GROUP: _GROUPS - {Sector.MIL},
}


def agrees(pronoun: str, found: Denotation) -> bool:
    """Number, gender and kind of a third-person pronoun against what it may stand for.

    One of another language may be several of the English ones: "il" is "he" or "it".
    """
    if pronoun in HE and found.person and not found.plural and found.female is not True:
        return True
    if pronoun in SHE and found.person and not found.plural and found.female is not False:
        return True
    if pronoun in IT and not found.person:
        return not (found.plural and found.family is not None and not found.state)
    if pronoun in HE or pronoun in SHE or pronoun in IT:
        return False
    return found.plural or (not found.person and found.sector in _GROUPS) or _anonymous(found)


def _suits(found: Denotation, wanted: frozenset[Sector]) -> bool:
    return found.sector in wanted and found.explicit and not found.person


def _named_group(found: Denotation) -> bool:
    """An armed group by its name: "the army" is never the Kachin Independence Army."""
    return found.sector is Sector.REB and found.family is None and not found.person


def _anonymous(found: Denotation) -> bool:
    """A withheld person may be "they"."""
    return found.person and found.family in (Family.OFFICE, Family.RANK, Family.SOURCE)


def following_subject(token: Token) -> Token | None:
    """The subject after an adjunct that opens the sentence: "In his speech, the president ..."."""
    verb = None
    for above in token.ancestors:
        if above.pos_ in ("VERB", "AUX") and above.dep_ not in ("advcl", "relcl", "acl", "pcomp"):
            verb = above
            break
        if above.dep_ in ("conj", "ccomp"):
            return None
    if verb is None or token.i >= verb.i:
        return None
    subject = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.i <= token.i or token in subject.subtree or subject.pos_ == "PRON":
        return None
    opening = token.doc[token.sent.start : token.i]
    return subject if not any(t.dep_ in ("nsubj", "nsubjpass") for t in opening) else None


def _expletive(token: Token) -> bool:
    """ "it is unacceptable that", "it remains to be seen": nobody is meant."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    if token.dep_ not in ("nsubj", "nsubjpass") or not words().among("impersonal", verb.lemma_):
        return False
    window = token.doc[verb.i + 1 : min(verb.i + 9, len(token.doc))]
    clause = any(t.tag_ == "TO" or pivot(t) == "that" or t.dep_ == "mark" for t in window)
    return clause or any(c.dep_ in ("ccomp", "xcomp", "csubj", "advcl", "oprd") for c in verb.children)
