"""Slips of the English parser that lose whole claims, put right in its tree.

Verbs that it took for nouns, where they close a sentence ("They have left, the Pentagon estimates") or have an object
("Yemen's Houthis control the port"); nationalities that it took for a party of their own ("some 140 Guatemalan and
Salvadoran soldiers"); numbers that it took into a name ("Sixty Wagner trainers"); those who are hit, in a headline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lexicon.countries import by_demonym, by_name
from dateline.lexicon.language import language
from dateline.lexicon.quantities import quantity_words
from dateline.model import Kind, Unit
from dateline.parse.counting import noun_unit
from dateline.parse.forms import follows, neighbour

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

BEFORE = frozenset({"det", "compound", "amod", "nmod", "poss", "nummod"})
"""What may stand before a noun and belong to it."""
_GOING = frozenset({Kind.PRESENCE, Kind.DEPLOYMENT, Kind.REDEPLOYMENT, Kind.WITHDRAWAL})
_SUFFERED = frozenset({Kind.ATTACK, Kind.COERCION, Kind.EXPULSION})
"""Kinds of acts that soldiers undergo."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NAMED = frozenset({"NOUN", "PROPN"})
_HUNG = frozenset({"npadvmod", "advcl", "dep", "nsubj", "nmod", "parataxis", "intj"})
_PARTIES = frozenset({"GPE", "PERSON", "ORG", "NORP"})
"""How the parser takes the first of two doers in a headline, and what it may be."""
_SAYING = frozenset({"say", "add", "tell", "note", "explain"})


def repaired(doc: Doc) -> Doc:
    """The document with all of these put right."""
    repairs = (
        ranges_counted,
        starts_dated,
        parts_placed,
        verbs_left_out,
        numbers_told,
        names_apposed,
        numbers_named,
        verbs_of_saying,
        verbs_lost,
        ground_left,
        nations_joined,
        objects_joined,
        clauses_lost,
        clauses_apart,
        passives_told,
        nouns_before_nouns,
        doers_joined,
    )
    for repair in repairs:
        doc = repair(doc)
    return doc


def verbs_of_saying(doc: Doc) -> Doc:
    """The document, each plural noun that ends a sentence as "..., the ministry estimates" does turned to its verb.

    Only where its form is that of a verb of saying that closes sentences, a speaker stands before it after a comma, and
    a finite verb before that comma.
    """
    for sentence in list(doc.sents):
        last = next((t for t in reversed(sentence) if not (t.is_punct or t.is_space)), None)
        if last is not None and last.tag_ == "VBN" and last.dep_ == "ROOT" and _tells(last):
            last.tag_ = "VBD"  # "..., the panel estimated"
        if last is not None and last.tag_ == "NNS" and _lemma(last) is not None:
            _turn(last)
    return doc


def _tells(verb: Token) -> bool:
    """Whether a participle closes a sentence as a verb of saying, with its speaker and what was said before it."""
    roles = {c.dep_ for c in verb.lefts}
    listed = verb.lemma_.lower() in language(verb.lang_).frames["tagging"]
    return listed and {"ccomp", "nsubj"} <= roles and not roles & {"aux", "auxpass"}


def verbs_lost(doc: Doc) -> Doc:
    """The document, each noun that has an object turned to its verb: "Yemen's Houthis control the port"."""
    for token in list(doc):
        objects = any(c.dep_ == "dobj" for c in token.rights)
        if token.tag_ not in ("NN", "NNS") or token.dep_ not in ("ROOT", "ccomp") or not objects:
            continue
        before = token.nbor(-1) if token.i > token.sent.start else token
        subject = next((c for c in token.lefts if c.dep_ == "nsubj"), before)
        if subject.head != token or subject.tag_ not in ("NNS", "NNPS", "NNP"):
            continue
        plural = subject.tag_ != "NNP" or subject.text.endswith("s") or any(c.dep_ == "conj" for c in subject.rights)
        if plural != (token.tag_ == "NN"):
            continue
        lemma = token.lower_ if plural else token.lower_.removesuffix("s")
        if lemma not in language(token.lang_).verbs:
            continue
        _under(subject, [c for c in token.lefts if c.dep_ in BEFORE and c.i < subject.i])
        subject.dep_ = "nsubj"
        token.pos_, token.tag_, token.lemma_ = "VERB", "VBP" if plural else "VBZ", lemma
    return doc


def ground_left(doc: Doc) -> Doc:
    """The document, each name behind "left" that was taken for how it was left made its object: "They left Kidal"."""
    for token in doc:
        verb = token.head
        if token.dep_ != "oprd" or token.tag_ != "NNP" or verb.lower_ != "left" or verb.i >= token.i:
            continue
        if any(c.dep_ in ("auxpass", "aux", "dobj") for c in verb.children):
            continue
        token.dep_, verb.tag_ = "dobj", "VBD"
        for subject in (c for c in verb.lefts if c.dep_ == "nsubjpass"):
            subject.dep_ = "nsubj"
    return doc


def _under(subject: Token, words: list[Token]) -> None:
    """Hang the words before a subject on it, where they hung on the verb that was taken for its head."""
    for word in words:
        if word != subject:
            word.head = subject


def numbers_named(doc: Doc) -> Doc:
    """The document, each number that opens a sentence out of the name it was taken into: "Sixty Wagner men"."""
    from spacy.tokens import Span as SpacySpan

    ents, numbers = [], quantity_words(doc.lang_).numbers
    for ent in doc.ents:
        first = ent[0]
        named = ent.label_ == "PERSON" and len(ent) > 1 and first.is_sent_start and first.tag_ != "CD"
        if not named or first.lower_ not in numbers:
            ents.append(ent)
            continue
        ents.append(SpacySpan(doc, ent.start + 1, ent.end, ent.label_))
        noun = first.head
        while noun.dep_ == "compound" and noun.head.i > noun.i:
            noun = noun.head
        first.pos_, first.tag_, first.dep_ = "NUM", "CD", "nummod"
        first.head = noun
    if len(ents) == len(doc.ents) and any(a.start != b.start for a, b in zip(ents, doc.ents, strict=True)):
        doc.ents = ents
    return doc


def objects_joined(doc: Doc) -> Doc:
    """The document, each number of people hung on a verb of harm put to its object: "killed a chief and at least six".

    Only where nothing but the word that joins them stands between the object and the number.
    """
    for token in list(doc):
        verb = token.head
        if token.dep_ != "conj" or token.pos_ not in ("NOUN", "NUM") or verb.pos_ != "VERB" or token.i < verb.i:
            continue
        counted = token.pos_ == "NUM" or any(c.dep_ == "nummod" for c in token.lefts)
        objects = [c for c in verb.rights if c.dep_ == "dobj" and c.i < token.i]
        if not counted or not objects or any(c.dep_ in ("nsubj", "aux") for c in token.children):
            continue
        joining = [t for t in doc[objects[-1].right_edge.i + 1 : token.left_edge.i] if t.text != ","]
        if [t.dep_ for t in joining] != ["cc"]:
            continue
        joining[0].head = token.head = objects[-1]
    return doc


def clauses_lost(doc: Doc) -> Doc:
    """The document, each sentence of a noun with a finite verb of going or being somewhere under it as its clause.

    "Three warships docked at Port Sudan." is read as if they had been docked; only such verbs are turned, as "soldiers
    wounded in attack" is a headline.
    """
    for verb in list(doc):
        noun = _made_up_of_it(verb.head)
        finite = verb.tag_ == "VBD" or (
            verb.tag_ == "VBN" and verb.lemma_ in language(verb.lang_).words["grammar.goes"]
        )
        if verb.dep_ != "acl" or not finite or noun.dep_ != "ROOT" or noun.pos_ not in _NAMED:
            continue
        kinds = {t.kind for t in language(verb.lang_).verbs.get(verb.lemma_.lower(), ())}
        if not kinds & _GOING or kinds & _SUFFERED or any(c.dep_ in ("dobj", "agent") for c in verb.children):
            continue
        _made_main(verb, noun)
    return doc


def _made_up_of_it(noun: Token) -> Token:
    """The noun of the sentence that a noun makes up: "convoy" of "a convoy of armoured vehicles"."""
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ in _NAMED:
        noun = noun.head.head
    return noun


def _made_main(verb: Token, noun: Token) -> None:
    """Put a clause that hung on the noun it tells of over that noun, with all that stood behind it."""
    after = [c for c in noun.rights if c.i > verb.i]
    verb.head, verb.dep_ = verb, "ROOT"
    noun.head, noun.dep_ = verb, "nsubj"
    for child in after:
        child.head = verb


def ranges_counted(doc: Doc) -> Doc:
    """The document, each range that opens a clause under what it counts: "Between 800 and 1,000 fighters are".

    The parser takes its numbers for what a preposition governs.
    """
    for between in doc:
        if between.lower_ not in ("between", "from") or between.dep_ != "prep" or between.i + 4 >= len(doc):
            continue
        first, joint, last = (doc[between.i + n] for n in (1, 2, 3))
        if first.tag_ != "CD" or last.tag_ != "CD" or joint.lower_ not in ("and", "to") or last.dep_ == "nummod":
            continue
        noun = last.nbor(1)
        while noun.i + 1 < len(doc) and (noun.dep_ in ("amod", "compound", "nmod") and noun.head.i > noun.i):
            noun = noun.nbor(1)
        if noun.tag_ not in ("NNS", "NNPS") or noun.dep_ not in ("nsubj", "nsubjpass", "dobj", "attr"):
            continue
        last.head, last.dep_ = noun, "nummod"
        for word, role in ((between, "quantmod"), (first, "quantmod"), (joint, "cc")):
            word.head, word.dep_ = last, role
    return doc


def starts_dated(doc: Doc) -> Doc:
    """The document, each date of what something rose or fell from under that number: "from 9,000 in 2011 to 800"."""
    for number in doc:
        low = number.dep_ == "pobj" and number.tag_ == "CD" and number.head.lower_ == "from"
        if not low or number.i + 3 >= len(doc) or doc[number.i + 1].lower_ not in ("in", "at"):
            continue
        dating = doc[number.i + 1]
        ends = dating.right_edge.i + 1
        if dating.dep_ == "prep" and ends < len(doc) and doc[ends].lower_ == "to" and dating.head != number:
            dating.head = number
            doc[ends].head = number.head.head
    return doc


def parts_placed(doc: Doc) -> Doc:
    """The document, each place of a part of them under that part: "54,000 troops, most of them on Okinawa"."""
    for them in doc:
        of = them.head
        if them.lower_ not in ("them", "whom") or of.lower_ != "of" or them.i + 1 >= len(doc):
            continue
        part, placing = of.head, doc[them.i + 1]
        if part.i != of.i - 1 or placing.dep_ != "prep" or placing.head == part:
            continue
        if not follows(part, ",") or placing.head in (them, of):
            continue
        held = placing.head
        placing.head = part
        if part.head == placing:
            part.head, part.dep_ = held, "npadvmod"
    return doc


def verbs_left_out(doc: Doc) -> Doc:
    """The document, each state with a bare number of its own under the verb before: "sent 400 to Goma and Chad 120".

    The parser joins the state to the last name.
    """
    for state in list(doc):
        before = state.nbor(-1) if state.i > state.sent.start else state
        joined = before.lower_ in ("and", ",", "while") and state.dep_ in ("conj", "appos", "npadvmod", "dobj", "nsubj")
        if not joined or state.tag_ != "NNP" or by_name(state.text) is None:
            continue
        number = next((t for t in doc[state.i + 1 : state.i + 5] if t.tag_ == "CD" or t.pos_ == "VERB"), None)
        verb = next((t for t in state.ancestors if t.pos_ in ("VERB", "AUX") and t.i < state.i), None)
        if verb is None or number is None or number.tag_ != "CD" or number.head.pos_ == "NOUN":
            continue
        behind = neighbour(number, 1) or number
        if behind.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or any(t.dep_ == "prep" for t in doc[state.i : number.i]):
            continue
        state.head, state.dep_ = verb, "conj"
        number.head, number.dep_ = verb, "dobj"
    return doc


def numbers_told(doc: Doc) -> Doc:
    """The document, each "number" that tells how many turned to its verb: "the soldiers in Goma number around 500"."""
    for word in list(doc):
        if word.lower_ not in ("number", "numbered") or word.pos_ == "VERB" or word.i == word.sent.start:
            continue
        count = next((t for t in doc[word.i + 1 : word.i + 4] if t.tag_ == "CD"), None)
        before = word.nbor(-1)
        if count is None or before.pos_ in ("DET", "ADJ", "NUM", "ADP", "PRON") or before.tag_ == "POS":
            continue
        if not _numbers_something(word, before):
            continue
        word.pos_, word.tag_, word.lemma_ = "VERB", "VBP" if word.lower_ == "number" else "VBD", "number"
        for between in doc[word.i + 1 : count.i]:
            between.head, between.dep_ = count, "quantmod"
        count.head, count.dep_ = word, "dobj"
    return doc


def _numbers_something(word: Token, before: Token) -> bool:
    """Whether a subject in the plural stands before "number", which is put under it where it was taken into a name."""
    if word.dep_ == "conj" and word.head.pos_ == "VERB":
        return True
    if any(c.dep_ == "nsubj" and c.tag_ in ("NNS", "NNPS") for c in word.lefts):
        return True
    prep = word.head
    counted = prep.head
    if word.dep_ != "pobj" or before.head != word or before.dep_ != "compound" or counted.tag_ != "NNS":
        return False
    before.head, before.dep_ = prep, "pobj"
    over, role = counted.head, counted.dep_
    word.head, word.dep_ = word if over == counted else over, role
    counted.head, counted.dep_ = word, "nsubj"
    return True


def names_apposed(doc: Doc) -> Doc:
    """The document, each ship's name behind its kind no subject of its own: "The frigate Admiral Golovko docked".

    The parser takes the verb for a clause on the kind.
    """
    for verb in list(doc):
        noun = verb.head
        if verb.dep_ != "relcl" or verb.tag_ != "VBD" or noun.dep_ != "ROOT" or noun.pos_ not in _NAMED:
            continue
        name = next((c for c in verb.lefts if c.dep_ == "nsubj" and c.pos_ == "PROPN"), None)
        if name is None or name.left_edge.i != noun.i + 1 or verb.i != name.right_edge.i + 1:
            continue
        if noun_unit(noun) not in (Unit.SHIPS, Unit.AIRCRAFT):
            continue
        _made_main(verb, noun)
        name.head, name.dep_ = noun, "appos"
    return doc


def clauses_apart(doc: Doc) -> Doc:
    """The document, each clause before a semicolon no part of what the clause behind it says.

    Of "A bomb killed 12; no group said it did it" the parser takes the first clause for what "said" says.
    """
    for clause in doc:
        over = clause.head
        if clause.dep_ != "ccomp" or over.i < clause.i or not any(c.dep_ in ("nsubj", "nsubjpass") for c in over.lefts):
            continue
        if not any(t.text == ";" for t in doc[clause.i : over.i]) or clause.right_edge.i >= over.i:
            continue
        if any(c.dep_ in ("ccomp", "dobj", "xcomp") for c in over.rights) or over.lemma_ not in _SAYING:
            clause.dep_ = "parataxis"
    return doc


def passives_told(doc: Doc) -> Doc:
    """The document, those who are hit no doers where the auxiliary is left out.

    So in a headline ("Three soldiers wounded in raid") and behind a passive ("two were killed and nine wounded").
    """
    for verb in doc:
        left_out = verb.dep_ == "ROOT" or (verb.dep_ == "conj" and any(c.dep_ == "auxpass" for c in verb.head.lefts))
        if verb.tag_ not in ("VBN", "VBD") or not left_out or (verb.tag_ == "VBD" and not _charged(verb)):
            continue
        if any(c.dep_ in ("aux", "auxpass", "dobj", "prt") for c in verb.children):
            continue
        if {t.kind for t in language(verb.lang_).verbs.get(verb.lemma_.lower(), ())} & _SUFFERED:
            for subject in (c for c in verb.lefts if c.dep_ == "nsubj"):
                subject.dep_ = "nsubjpass"
    return doc


def doers_joined(doc: Doc) -> Doc:
    """The document, two who act together joined where a headline leaves out "and": "Iran, Iraq sign accord".

    The verb in the plural shows that both do it; the parser hangs the first on the verb as something else.
    """
    for second in list(doc):
        verb, start = second.head, second.left_edge.i
        if second.dep_ != "nsubj" or verb.tag_ not in ("VBP", "VB") or start < 2 or doc[start - 1].text != ",":
            continue
        first = doc[start - 2]
        if first.head != verb or first.dep_ not in _HUNG or first.ent_type_ not in _PARTIES:
            continue
        if first.left_edge.is_sent_start and not any(c.dep_ in ("cc", "conj") for c in second.children):
            first.dep_, second.dep_, second.head, doc[start - 1].head = "nsubj", "conj", first, first
    return doc


def _charged(verb: Token) -> bool:
    """Whether those are meant who are hit or held, and not who does it: behind a passive, or "held on arms charges"."""
    if verb.dep_ == "conj":
        return True
    grounds = (p for c in verb.children if c.dep_ == "prep" and c.lower_ in ("on", "over", "for") for p in c.children)
    return any(p.lemma_.lower() in ("charge", "suspicion", "allegation") for p in grounds)


def nouns_before_nouns(doc: Doc) -> Doc:
    """The document, each noun of armed people that describes the noun after it as part of it: "under rebel control"."""
    for noun in doc:
        armed = noun.tag_ == "NN" and noun.lemma_.lower() in language(noun.lang_).words["grammar.armed_people"]
        if armed and noun.dep_ == "amod" and noun.i < noun.head.i:
            noun.dep_ = "compound"
    return doc


def nations_joined(doc: Doc) -> Doc:
    """The document, with "Guatemalan and Salvadoran soldiers" under "soldiers" where the parser joined them to one."""
    for first in list(doc):
        if first.tag_ not in ("NNP", "JJ") or by_demonym(first.text) is None or first.dep_ in ("amod", "compound"):
            continue
        noun = next((c for c in first.rights if c.dep_ == "conj" and c.tag_ in ("NNS", "NNPS")), None)
        if noun is None or not _all_nations(doc[first.i : noun.i]):
            continue
        role, over, children = first.dep_, first.head, [c for c in first.children if c != noun]
        noun.dep_, noun.head = role, noun if over == first else over
        for child in children:
            if child.dep_ in ("det", "nummod", "quantmod", "poss", "prep", "acl", "relcl"):
                child.head = noun
        first.head, first.dep_, first.pos_ = noun, "amod", "ADJ"
    return doc


def _all_nations(words: Span) -> bool:
    """Whether words are only nationalities with what joins them, at least two."""
    joining = {"and", ",", "or"}
    named = [t for t in words if t.lower_ not in joining]
    return len(named) > 1 and all(by_demonym(t.text) is not None for t in named)


def _lemma(noun: Token) -> str | None:
    """The verb of saying whose third person a noun is spelt like."""
    listed = language(noun.lang_).frames["tagging"]
    return next((form for form in (noun.lower_[:-1], noun.lower_[:-2]) if form in listed), None)


def _turn(noun: Token) -> None:
    speaker = noun.nbor(-1) if noun.i > noun.sent.start else None
    lemma = _lemma(noun)
    if speaker is None or lemma is None or speaker.pos_ not in _NAMED or speaker.head != noun:
        return
    before = [c for c in noun.lefts if c.dep_ in BEFORE]
    if not before:
        return
    first = before[0].left_edge
    told = noun.doc[noun.sent.start : first.i]
    if len(told) < 2 or told[-1].text != "," or not any(t.tag_ in _FINITE for t in told):
        return
    _under(speaker, before)
    speaker.dep_ = "nsubj"
    noun.pos_, noun.tag_, noun.lemma_ = "VERB", "VBZ", lemma
