"""Words of a Universal Dependencies parse in the terms of the English models: tags, tenses and pivot words.

The pivot of a word is what the extractors read where they ask for a function word or a word of a fixed list
(`dateline.parse.forms.pivot`): the English name of the role that the word plays ("par" is `by`), or the first meaning
that the language's file gives for its lemma. It is kept in `norm_`; text and lemma stay those of the report.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.lexicon.language import Language

ENTITIES = {"PER": "PERSON", "LOC": "GPE", "ORG": "ORG"}
"""What the recogniser calls its names, as the English models call them; others are dropped."""
TAGS = {
    "ADJ": "JJ",
    "ADP": "IN",
    "ADV": "RB",
    "CCONJ": "CC",
    "DET": "DT",
    "INTJ": "UH",
    "NUM": "CD",
    "PART": "RP",
    "PUNCT": ".",
    "SCONJ": "IN",
    "SPACE": "_SP",
    "SYM": "SYM",
    "X": "FW",
}
RELATIVES = {"who": "WP", "which": "WDT", "that": "WDT", "whom": "WP", "whose": "WP$", "where": "WRB"}
IRREGULAR = {"man": "men", "woman": "women", "child": "children", "wife": "wives", "person": "people"}
SAME = frozenset(
    {"police", "personnel", "military", "people", "aircraft", "media", "staff", "forces", "troops", "press"}
)


@dataclass(slots=True)
class Node:
    """One word while its tree is turned; `fixed_*` are set by a turn and go before what the word alone would give."""

    i: int
    text: str
    lower: str
    lemma: str
    pos: str
    morph: Any
    dep: str
    head: int
    place: bool = False
    named: bool = False
    opens: bool = False
    tag: str = ""
    norm: str = ""
    fixed_norm: str | None = None
    fixed_tag: str | None = None
    fixed_lemma: str | None = None
    timed: bool = False
    gerund: bool = False
    idle: bool = False
    negation: str = ""
    """ "not" for a word that denies, "ne" for one that only goes along with it."""

    @classmethod
    def of(cls, token: Token) -> Node:
        """The word as the parser gave it."""
        return cls(
            i=token.i,
            text=token.text,
            lower=token.lower_.replace("’", "'"),
            lemma=token.lemma_ or token.lower_,
            pos=token.pos_,
            morph=token.morph,
            dep=token.dep_ or "dep",
            head=token.head.i,
            place=token.ent_type_ == "LOC",
            opens=bool(token.is_sent_start),
            named=token.ent_type_ in ("LOC", "PER"),
        )

    def remark(self, **features: str) -> None:
        """Give the word other morphological features."""
        from spacy.tokens import MorphAnalysis

        self.morph = MorphAnalysis(self.morph.vocab, self.morph.to_dict() | features)

    @property
    def voice(self) -> list[str]:
        """The voice that the word's form shows, if any."""
        return list(self.morph.get("Voice"))


def dressed(token: Token) -> str:
    """The entity mark of a token in BIO form, under the English models' names."""
    label = ENTITIES.get(token.ent_type_)
    return "O" if label is None else f"{token.ent_iob_}-{label}"


def clothe(nodes: Sequence[Node], children: Callable[[Node], list[Node]], lexicon: Language) -> None:
    """Give every word its tag, its lemma and its pivot."""
    for node in nodes:
        node.tag = node.fixed_tag or _tag(node, children(node))
        node.lemma = node.fixed_lemma or node.lemma
    for node in nodes:
        node.norm = node.fixed_norm or _pivot(node, children(node), lexicon)
        if node.tag in ("WP", "WDT", "DT", "PRP", "IN") and node.pos == "PRON":
            node.tag = RELATIVES.get(node.norm, node.tag)
    for node in nodes:
        if node.pos in ("VERB", "AUX"):
            _tense(node, children(node))


def _tag(node: Node, below: list[Node]) -> str:
    plural = "Plur" in node.morph.get("Number")
    if node.pos == "NOUN":
        return "NNS" if plural or (not node.morph.get("Number") and node.lower.endswith(("s", "x"))) else "NN"
    if node.pos == "PROPN":
        return "NNPS" if plural else "NNP"
    if node.pos == "PRON":
        return "WDT" if "Rel" in node.morph.get("PronType") else "PRP"
    if node.pos in ("VERB", "AUX"):
        return _verb_tag(node, below)
    if node.pos == "DET" and "Yes" in node.morph.get("Poss"):
        return "PRP$"
    return TAGS.get(node.pos, "FW")


def _verb_tag(node: Node, below: list[Node]) -> str:
    form, tense = "".join(node.morph.get("VerbForm")), "".join(node.morph.get("Tense"))
    if node.gerund or form == "Ger" or (form == "Part" and tense == "Pres"):
        return "VBN" if form == "Part" and tense == "Past" else "VBG"
    if form == "Part":
        return "VBD" if _told_past(below) else "VBN"
    mood = "".join(node.morph.get("Mood"))
    if form == "Inf" or mood in ("Cnd", "Imp") or tense == "Fut":
        return "VB"
    if tense in ("Past", "Imp"):
        return "VBD"
    return "VBP" if "Plur" in node.morph.get("Number") else "VBZ"


def _told_past(below: list[Node]) -> bool:
    """ "a déclaré": the everyday past, an auxiliary in the present and no passive."""
    if any(c.dep == "auxpass" for c in below):
        return False
    helping = [c for c in below if c.dep == "aux" and c.fixed_norm is None]
    return any("Ind" in c.morph.get("Mood") and "Pres" in c.morph.get("Tense") for c in helping)


def _tense(verb: Node, below: list[Node]) -> None:
    """The auxiliaries of the everyday past are read as "did" and "was": they tell the past, not a perfect."""
    helping = [c for c in below if c.dep == "aux" and c.fixed_norm is None and c.pos == "AUX"]
    passive = next((c for c in below if c.dep == "auxpass"), None)
    for aux in helping:
        mood, tense = "".join(aux.morph.get("Mood")), "".join(aux.morph.get("Tense"))
        past = mood == "Ind" and tense == "Pres"
        if "Inf" in aux.morph.get("VerbForm") or aux.tag == "VBG":
            aux.norm = "having"
        elif past and (verb.tag == "VBD" or passive is not None):
            aux.norm, aux.lemma = "did", "do"
            if passive is not None:
                passive.norm, passive.tag = "was", "VBD"
        elif mood == "Ind" and tense in ("Imp", "Past"):
            aux.norm, aux.tag = "had", "VBD"
        else:
            aux.norm = "have"


def _pivot(node: Node, below: list[Node], lexicon: Language) -> str:
    """The English name of the word's role, or the first meaning of its lemma; nouns in their number."""
    lower = node.lower.removeprefix("-")
    if node.dep == "reflexive":
        return "self"
    if node.pos == "DET" and lexicon.forms.get(lower) == "of":
        return "some"
    if node.pos not in ("NOUN", "VERB", "PROPN") and lower in lexicon.forms:
        return lexicon.forms[lower]
    if node.pos == "PROPN":
        return node.lower
    reflexive = any(c.dep == "reflexive" for c in below)
    lemma = node.lemma.lower()
    meanings = (lexicon.meanings.get(f"se_{lemma}") if reflexive else None) or lexicon.meanings.get(lemma)
    meanings = meanings or lexicon.meanings.get(node.lower)
    if not meanings:
        return lower
    first = meanings[0].replace("_", " ") if node.pos == "NOUN" else meanings[0]
    return _plural(first) if node.tag == "NNS" else first


def _plural(word: str) -> str:
    """The English plural, which word lists of plurals hold."""
    if word in SAME or word.endswith("s"):
        return word
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("man"):
        return f"{word[:-3]}men"
    if word.endswith("y") and word[-2:-1] not in ("a", "e", "o", "u"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"
