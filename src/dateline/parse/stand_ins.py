"""Verbs parsed under another name: forms that the tagger never takes for verbs ("dément", an adverb for its ending).

What a tagger has not learnt cannot be put right in its tree, for with the verb the whole clause is lost. So the parser
is shown a form of the same person, number and frame that it knows ("nie"), by the table `stand_ins` of the language's
file; the conversion (`dateline.parse.universal`) gives every word back as the report has it.

A verb right behind a quotation and before its subject says it, whatever else it means ("« ... », soupire un officier"):
one that is no verb of saying of the list is parsed as the list's own under `closing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lexicon.language import language
from dateline.parse.universal_words import Node

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dateline.lexicon.language import Language

_KEPT = "dateline.stand_ins"
QUOTED = ("»,", "”,", '",', "»", "”")
"""How a quotation ends before its saying."""
HEADING = frozenset({"the", "a", "this", "these", "his/her/its", "their", "several"})
"""Words that a subject begins with."""
FINITE = ("e", "ent", "it", "d")
"""Endings of the present and the narrative past, third person."""
SHORT = 3
"""Letters up to which a word is hardly a verb of its own."""


def played(doc: Doc) -> Doc:
    """The document for the parser; itself where no such verb is in it. Sentence marks stay as they are."""
    from spacy.tokens import Doc as SpacyDoc

    lexicon = language(doc.lang_)
    kept = {t.i: part for t in doc if (part := _part(doc, t.i, lexicon)) is not None}
    if not kept:
        return doc
    shown = SpacyDoc(
        doc.vocab,
        words=[kept[t.i][0] if t.i in kept else t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        sent_starts=[t.is_sent_start for t in doc],
    )
    shown.user_data = doc.user_data | {_KEPT: {at: (doc[at].text, infinitive) for at, (_, infinitive) in kept.items()}}
    return shown


def _part(doc: Doc, at: int, lexicon: Language) -> tuple[str, str] | None:
    """The form that a word is parsed as and its infinitive, if it has a stand-in where it is.

    An entry with more than two words holds only right behind one of the others ("sont partis").
    """
    word = doc[at].text
    entry = lexicon.stand_ins.get(word)
    if entry is None:
        return _ranging(doc, at, lexicon) or _closing(doc, at, lexicon)
    behind = doc[at - 1].lower_ in entry[2:] if at and len(entry) > 2 else len(entry) == 2
    return (entry[0], entry[1]) if behind and not _counted(doc, at) else None


def _ranging(doc: Doc, at: int, lexicon: Language) -> tuple[str, str] | None:
    """Of "entre 3 000 et 4 000 soldats" both small words: the parser knows numbers beside one another, not between."""
    shown = lexicon.words.get("syntax.ranging", frozenset())
    first = at if lexicon.forms.get(doc[at].lower_) == "between" else at - 2
    if not shown or first < 0 or first + 4 >= len(doc) or lexicon.forms.get(doc[first].lower_) != "between":
        return None
    low, joint, high, counted = doc[first + 1], doc[first + 2], doc[first + 3], doc[first + 4]
    numbers = low.text[:1].isdigit() and high.text[:1].isdigit() and lexicon.forms.get(joint.lower_) == "and"
    if not numbers or not counted.is_alpha or counted.lower_ in lexicon.forms or at not in (first, first + 2):
        return None
    joining = next((form for form in shown if lexicon.forms.get(form) == "or"), doc[at].text)
    return (joining if at > first else next(form for form in shown if form != joining)), doc[at].text


def _closing(doc: Doc, at: int, lexicon: Language) -> tuple[str, str] | None:
    """The stand-in of a verb between a quotation and the one who spoke: "», philosophe Amadou"."""
    said, word = lexicon.words.get("syntax.closing", frozenset()), doc[at].text
    before = doc[max(0, at - 2) : at].text.replace(" ", "").replace("\xa0", "")
    if not said or not before.endswith(QUOTED) or at + 1 >= len(doc) or not word.islower() or not word.isalpha():
        return None
    after = doc[at + 1]
    subject = after.text[:1].isupper() or lexicon.forms.get(after.lower_.replace("’", "'")) in HEADING
    subject = subject or f"{lexicon.conjugated.get(word)}_{after.lower_}" in lexicon.idioms
    verbal = len(word) > SHORT and word.endswith(FINITE) and word not in lexicon.forms
    if not subject or not verbal or lexicon.conjugated.get(word) in lexicon.saying:
        return None
    infinitive = next(f for f in said if f.endswith(lexicon.infinitives))
    return next(f for f in said if f != infinitive and f.endswith("ent") is word.endswith("ent")), infinitive


def _counted(doc: Doc, at: int) -> bool:
    """ "un dément": behind the indefinite article it is a noun."""
    return at > 0 and language(doc.lang_).forms.get(doc[at - 1].lower_) == "a"


def restored(doc: Doc, nodes: list[Node]) -> list[str]:
    """The words of the report; the nodes of stand-ins get their own word and infinitive back."""
    kept: dict[int, tuple[str, str]] = doc.user_data.get(_KEPT, {})
    for at, (text, infinitive) in kept.items():
        node = nodes[at]
        node.text = node.lower = text
        if node.pos in ("VERB", "AUX"):
            node.lemma = infinitive
    return [kept[t.i][0] if t.i in kept else t.text for t in doc]
