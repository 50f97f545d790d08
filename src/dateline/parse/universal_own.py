"""What a language's own function words tell where its parser does not say it: the "se" of a passive, possessives.

Read from lists of the section `syntax` of the language's file; a language that lacks a list is left as it was parsed.
They run before all other turns, so that those find a tree as the French models draw it.
"""

from __future__ import annotations

from dateline.parse.universal_tree import NOMINAL, VERBAL, Tree
from dateline.parse.universal_words import Node

SUBJECTS = {"nsubj": "nsubj:pass", "csubj": "csubj:pass"}
PERFECT = frozenset({"Past", "Imp"})


def own_lemma(tree: Tree, node: Node) -> None:
    """The lemma of a noun, adjective or participle that is a form of a word of the list: "tropas", "desplegados"."""
    declined = tree.lexicon.declined
    if not declined or node.lemma.lower() in tree.lexicon.meanings:
        return
    if node.pos in ("NOUN", "ADJ"):
        node.lemma = declined.get(node.lower, node.lemma)


def helping(tree: Tree, node: Node) -> None:
    """ "han desplegado": the auxiliary of a past tense, by its name in the models of other languages."""
    if not tree.listed("own_self") or node.dep != "aux":
        return
    if node.lemma in tree.lexicon.words["syntax.have"]:
        node.dep = "aux:tense"


def state(tree: Tree, node: Node) -> None:
    """ "están desplegados": "be" with a participle of a verb is a passive, whichever of the two it was parsed for."""
    verb = tree.nodes[node.head]
    if not tree.listed("own_self") or node.dep != "cop" or verb.pos not in ("VERB", "ADJ"):
        return
    bare = tree.lexicon.conjugated.get(verb.lower)
    ending = verb.lower.endswith(tuple(tree.lexicon.words["syntax.participles"]))
    if bare is None or not ending or verb.lower in tree.lexicon.meanings or verb.lemma in tree.lexicon.meanings:
        return
    verb.pos, verb.lemma, node.dep = "VERB", bare, "aux:pass"
    verb.remark(VerbForm="Part", Tense="Past")
    passive(tree, verb)


def passive(tree: Tree, verb: Node) -> None:
    """Call the subjects of a verb those of a passive."""
    for child in tree.children(verb):
        child.dep = SUBJECTS.get(child.dep, child.dep)


def own_self(tree: Tree, node: Node) -> None:
    """ "se": part of a verb that the list has with it ("se retiraron"), else what makes a passive ("se firmó")."""
    verb = tree.nodes[node.head]
    if node.lower not in tree.listed("own_self") or node.pos != "PRON" or verb.pos not in VERBAL:
        return
    lemma = tree.lexicon.conjugated.get(verb.lower, verb.lemma.lower())
    if f"se_{lemma}" in tree.lexicon.meanings:
        node.dep = "expl:pv"
        for child in tree.children(verb):
            child.dep = child.dep.removesuffix(":pass") if child.dep == "nsubj:pass" else child.dep
        return
    told = "Fin" in verb.morph.get("VerbForm") and node.dep in ("expl:pass", "expl:pv", "obj", "iobj", "expl")
    if not told or node.i > verb.i:
        node.dep = "expl:pv"
        return
    node.dep, node.pos = "aux:pass", "AUX"
    node.fixed_norm = "was" if PERFECT & set(verb.morph.get("Tense")) else "be" if _open(verb) else "is"
    node.fixed_tag = {"was": "VBD", "is": "VBZ", "be": "VB"}[node.fixed_norm]
    verb.fixed_tag = "VBN"
    passive(tree, verb)
    if not tree.has(verb, "nsubj:pass", "csubj:pass"):
        patient = next((c for c in tree.children(verb) if c.dep == "obj" and not tree.has(c, "case")), None)
        if patient is not None:
            patient.dep = "nsubj:pass"


def _open(verb: Node) -> bool:
    return "Fut" in verb.morph.get("Tense") or "Cnd" in verb.morph.get("Mood")


def clitics(tree: Tree, node: Node) -> None:
    """ "retirarse": a verb with its "se" written on is the pronominal one of the list."""
    if "arse" not in node.lower and "erse" not in node.lower and "irse" not in node.lower:
        return
    bare = tree.lexicon.conjugated.get(node.lower)
    if bare is not None and node.pos == "VERB":
        node.lemma = f"se_{bare}" if f"se_{bare}" in tree.lexicon.meanings else bare


def object_mark(tree: Tree, node: Node) -> None:
    """ "acusó a Rabat": a preposition that only marks a person as the object governs nothing."""
    if node.dep != "case" or node.lower not in tree.listed("object_marks"):
        return
    noun = tree.nodes[node.head]
    verb = tree.nodes[noun.head]
    if noun.dep in ("obl", "obl:arg", "iobj") and noun.i > verb.i and verb.pos == "VERB":
        lemma = tree.lexicon.conjugated.get(verb.lower, verb.lemma)
        done_to = lemma in tree.listed("done_to_persons") and not tree.has(verb, "obj", "nsubj:pass")
        noun.dep = "obj" if done_to else noun.dep
    if noun.dep == "obj":
        node.dep, node.pos = "dep", "PART"


def own_features(tree: Tree, node: Node) -> None:
    """Possessives and relatives by their words, where the tagger was taught no features of them."""
    if node.lower in tree.listed("possessives") and node.pos in ("DET", "PRON", "ADJ") and node.dep == "det":
        node.pos = "DET"
        node.remark(Poss="Yes")
    elif node.lower in tree.listed("relatives") and node.pos == "PRON":
        above = tree.nodes[node.head]
        if above.dep.startswith("acl") or above.pos not in NOMINAL:
            node.remark(PronType="Rel")


STEPS = (own_lemma, helping, state, own_self, clitics, object_mark, own_features)
