"""Sayings that are told by more than a verb and its subject: "a tenu à préciser", "à en croire X", "assure-t-on à Y".

Each turn gives the one who speaks the place that a plain saying gives him: subject of the verb of saying, or what
"according to" governs. The words stand in section `syntax` of the language's file.
"""

from __future__ import annotations

from dateline.parse.universal_tree import NOMINAL, VERBAL, Tree
from dateline.parse.universal_words import Node

VOICES = frozenset({"at", "to", "in", "with", "from", "of", "within"})
"""Prepositions before the body in whose rooms something is said: "assure-t-on à la présidence"."""
ASIDE = 4
"""Words between "en croire" and its preposition or conjunction."""


def light(tree: Tree, node: Node) -> None:
    """ "a tenu à préciser", "s'est borné à dire": the verb of saying governs, the other one only colours it."""
    words = tree.lexicon.words
    if node.lemma not in words.get("syntax.light", frozenset()) or node.pos not in ("VERB", "ADJ", "AUX", "NOUN"):
        return
    said = next((c for c in tree.children(node) if c.dep in ("xcomp", "ccomp", "obl:arg", "advcl", "acl")), None)
    if said is None or said.i < node.i or said.pos != "VERB" or "Inf" not in said.morph.get("VerbForm"):
        return
    if (said.fixed_lemma or said.lemma) not in tree.lexicon.saying:
        return
    tree.replace(node, said)
    for child in tree.children(node):
        if child is not said:
            tree.move(child, said, child.dep)
    for child in tree.children(said):
        if child.i < said.i and (child.dep in ("mark", "expl:comp", "expl:pass", "expl:pv", "iobj") or child.negation):
            child.dep = "dep"
        elif child.dep == "cop":
            child.dep = "aux:tense"
    tree.move(node, said, "dep")
    node.pos, node.idle, said.morph = "AUX", True, node.morph
    if not said.morph.get("VerbForm"):
        said.remark(VerbForm="Part", Tense="Past")


def one_says(tree: Tree, node: Node) -> None:
    """ "assure-t-on à la présidence", "apprend-on de source sûre": who is behind "one" says it."""
    one = node.lower.removeprefix("-")
    if one not in tree.listed("one") or (node.pos != "PRON" and one == node.lower):
        return
    node.pos = "PRON"
    verb = tree.nodes[node.head]
    while verb.text.startswith("-") and verb.head != verb.i:
        verb = tree.nodes[verb.head]
    reading = _read(tree, verb)
    lemma = verb.fixed_lemma or verb.lemma
    if verb.pos != "VERB" or not (reading is not None or lemma in tree.lexicon.saying):
        return
    if node.head != verb.i:
        tree.move(node, verb, "nsubj")
    voice = _voice(tree, reading or verb, learnt=lemma in tree.listed("learning"), read=reading is not None)
    if voice is None:
        return
    for child in tree.children(verb):
        if child.pos == "PRON" and child.dep != "iobj" and (child is node or child.text.startswith("-")):
            child.dep = "dep"
    _seat(tree, voice, verb)
    if reading is not None or lemma in tree.listed("learning"):
        verb.fixed_lemma = next(iter(tree.listed("telling")), lemma)


def _seat(tree: Tree, voice: Node, verb: Node) -> None:
    """Make the noun the subject of the saying, without its preposition; a clause the parser hung on it is said."""
    for child in tree.children(voice):
        marks = [c.lower for c in tree.children(child) if c.dep in ("mark", "obj", "nsubj") and c.i < child.i]
        if child.dep == "case" and child.i < voice.i:
            child.dep = "dep"
        elif child.pos in VERBAL and child.i > voice.i and set(marks) & tree.lexicon.words["syntax.that"]:
            tree.move(child, verb, "ccomp")
    tree.move(voice, verb, "nsubj")


def _read(tree: Tree, verb: Node) -> Node | None:
    """ "peut-on lire dans une note": the reading."""
    if verb.lemma not in tree.lexicon.modals and verb.lemma not in tree.listed("reading"):
        return None
    below = (verb, *tree.children(verb))
    return next((c for c in below if c.lemma in tree.listed("reading")), None)


def _voice(tree: Tree, verb: Node, *, learnt: bool, read: bool) -> Node | None:
    """The noun behind the verb that says where the words come from."""
    for noun in tree.nodes[verb.i + 1 : verb.i + 8]:
        if noun.text in (",", ";", ".", ":", "«") or noun.dep == "mark":
            return None
        cases = [c for c in tree.children(noun) if c.dep in ("case", "det") and verb.i < c.i < noun.i]
        case = next((c for c in cases if c.dep == "case"), None)
        if case is None or noun.timed or noun.pos not in NOMINAL:
            continue
        name = tree.lexicon.forms.get(case.lower)
        before = tree.nodes[case.i - 1].lower
        name = tree.lexicon.forms.get(f"{before} {case.lower}", name)
        bare = name == "of" and (learnt or noun.lemma in tree.lexicon.words["syntax.bare_sources"])
        if bare or (name in VOICES - {"of"} and (name != "in" or read or noun.place)):
            return noun
    return None


def believing(tree: Tree, node: Node) -> None:
    """ "À en croire X", "si l'on en croit X": a preposition before the one who says it."""
    words = tree.lexicon.words
    if node.lemma not in words.get("syntax.believing", frozenset()) or node.pos != "VERB":
        return
    before = [n for n in tree.nodes[max(0, node.i - ASIDE) : node.i] if n.text != ","]
    of_it = next((n for n in before if n.lower in words.get("syntax.of_it", frozenset()) and n.head == node.i), None)
    opening = next((n for n in before if tree.lexicon.forms.get(n.lower) in ("to", "if")), None)
    source = next(
        (c for c in tree.children(node) if c.i > node.i and c.pos in NOMINAL and c.dep in ("obj", "nsubj", "obl:arg")),
        None,
    )
    if of_it is None or opening is None or opening.i > of_it.i or source is None:
        return
    tree.replace(node, source)
    source.dep = "obl:mod"
    for child in tree.children(node):
        if child is not source:
            tree.move(child, node, "punct" if child.pos == "PUNCT" else "fixed")
    tree.move(node, source, "case")
    node.pos, node.fixed_norm = "ADP", "according_to"


def words_of(tree: Tree, node: Node) -> None:
    """ "aux dires de X", "de l'aveu même de X", "sur la foi de X": a preposition before the one who says it."""
    if node.pos != "NOUN" or node.lower not in tree.listed("dictum") or not node.dep.startswith("obl"):
        return
    case = next((c for c in tree.children(node) if c.dep == "case" and c.i < node.i), None)
    source = next((c for c in tree.children(node) if c.dep == "nmod" and c.i > node.i), None)
    of = None if source is None else next((c for c in tree.children(source) if c.dep == "case"), None)
    if case is None or source is None or of is None or of.lower not in tree.lexicon.words["syntax.of"]:
        return
    phrase = " ".join((case.lower, *(n.lower for n in tree.nodes[case.i + 1 : node.i]), node.lower))
    if phrase not in tree.listed("dicta"):
        return
    tree.replace(node, source)
    source.dep = "obl:mod"
    for child in (*tree.children(node), node):
        if child is not source:
            tree.move(child, of, "fixed")
    of.dep, of.pos, of.fixed_norm = "case", "ADP", "according_to"


def told_to(tree: Tree, node: Node) -> None:
    """ "a rapporté une source à l'AFP": whom it was told belongs to the saying, not to the one who said it."""
    speaker = tree.nodes[node.head]
    verb = tree.nodes[speaker.head]
    if node.dep not in ("nmod", "obl:arg", "obl:mod") or node.place or node.pos not in ("NOUN", "PROPN"):
        return
    if speaker.dep != "nsubj" or not verb.i < speaker.i < node.i:
        return
    case = next((c for c in tree.children(node) if c.dep == "case"), None)
    outlet = node.pos == "PROPN" or node.lemma.lower() in tree.listed("hearers")
    told = (verb.fixed_lemma or verb.lemma) in tree.lexicon.saying
    if case is not None and tree.lexicon.forms.get(case.lower) == "to" and outlet and told and verb.pos in VERBAL:
        tree.move(node, verb, "obl:arg")
