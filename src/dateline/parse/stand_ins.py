"""Verbs parsed under another name: forms that the tagger never takes for verbs ("dément", an adverb for its ending).

What a tagger has not learnt cannot be put right in its tree, for with the verb the whole clause is lost. So the parser
is shown a form of the same person, number and frame that it knows ("nie"), by the table `stand_ins` of the language's
file; the conversion (`dateline.parse.universal`) gives every word back as the report has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lexicon.language import language
from dateline.parse.universal_words import Node

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEPT = "dateline.stand_ins"


def played(doc: Doc) -> Doc:
    """The document for the parser; itself where no such verb is in it. Sentence marks stay as they are."""
    from spacy.tokens import Doc as SpacyDoc

    lexicon = language(doc.lang_)
    kept = {t.i: t.text for t in doc if t.text in lexicon.stand_ins and not _counted(doc, t.i)}
    if not kept:
        return doc
    shown = SpacyDoc(
        doc.vocab,
        words=[lexicon.stand_ins[t.text][0] if t.i in kept else t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        sent_starts=[t.is_sent_start for t in doc],
    )
    shown.user_data = doc.user_data | {_KEPT: kept}
    return shown


def _counted(doc: Doc, at: int) -> bool:
    """ "un dément": behind the indefinite article it is a noun."""
    return at > 0 and language(doc.lang_).forms.get(doc[at - 1].lower_) == "a"


def restored(doc: Doc, nodes: list[Node]) -> list[str]:
    """The words of the report; the nodes of stand-ins get their own word and infinitive back."""
    kept: dict[int, str] = doc.user_data.get(_KEPT, {})
    for at, text in kept.items():
        node = nodes[at]
        node.text = node.lower = text
        if node.pos in ("VERB", "AUX"):
            node.lemma = language(doc.lang_).stand_ins[text][1]
    return [kept.get(t.i, t.text) for t in doc]
