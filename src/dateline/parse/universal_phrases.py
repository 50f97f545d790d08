"""Noun phrases that the parser hangs apart: joined subjects, articles read as prepositions, names behind a post.

Like `universal_repairs`, before the tree is turned; these look at the words around a phrase and not at one form.
"""

from __future__ import annotations

from dateline.parse.universal_tree import VERBAL, Tree
from dateline.parse.universal_words import Node

FILLED = frozenset({"obj", "ccomp", "xcomp", "aux:pass", "nsubj:pass", "expl:comp", "expl:pass", "expl:pv"})
LOOSE = frozenset({"obl:mod", "obl", "obl:arg", "dep", "parataxis", "npadvmod"})


def joined_subjects(tree: Tree, node: Node) -> None:
    """ "l'armée congolaise et l'armée ougandaise mènent": the second of two subjects goes with the first."""
    verb = tree.nodes[node.head]
    if node.dep not in ("nsubj", "nsubj:pass") or verb.pos not in VERBAL or node.i > verb.i:
        return
    first = next((c for c in tree.children(verb) if c.dep == node.dep and c.i < node.i), None)
    start = min(tree.below(node))
    if first is None or start == 0 or tree.lexicon.forms.get(tree.nodes[start - 1].lower) != "and":
        return
    joint = tree.nodes[start - 1]
    if max(tree.below(first)) < joint.i and joint.pos == "CCONJ":
        tree.move(node, first, "conj")
        tree.move(joint, node, "cc")


def article_plural(tree: Tree, node: Node) -> None:
    """ "mènent depuis 2021 des opérations": behind a time "des" is the article of the object."""
    if node.pos != "NOUN" or node.timed or not node.dep.startswith(("obl", "nmod", "obj")):
        return
    case = next((c for c in tree.children(node) if c.dep == "case"), None)
    above = tree.nodes[node.head]
    since = above.pos == "NUM" or above.timed
    verb = tree.nodes[above.head] if since else above
    words = tree.lexicon.words
    if (
        case is None
        or case.lower not in words.get("syntax.plural_article", frozenset())
        or verb.pos != "VERB"
        or verb.i > case.i - 2
    ):
        return
    taken = any(c.dep in FILLED and c is not node for c in tree.children(verb))
    between = tree.nodes[verb.i + 1 : case.i]
    timed = any(n.timed or n.pos == "NUM" for n in between)
    if not taken and timed and tree.has(verb, "nsubj") and verb.lemma not in words.get("syntax.takes_of", frozenset()):
        case.dep, case.pos, case.fixed_norm = "det", "DET", "some"
        tree.move(node, verb, "obj")


def named_behind(tree: Tree, node: Node) -> None:
    """ "a reçu son homologue kényan, William Ruto": a name set off behind a post belongs to it."""
    first = min(tree.below(node))
    if node.pos != "PROPN" or node.dep not in LOOSE or tree.has(node, "case") or first < 2 or node.timed or node.place:
        return
    if tree.nodes[first - 1].text != "," or not tree.nodes[first].text[:1].isupper():
        return
    post = tree.nodes[first - 2]
    while post.pos != "NOUN" and post.head < post.i:
        post = tree.nodes[post.head]
    office = tree.lexicon.classes["leader_word"] | tree.lexicon.words["voice.persons"]
    if post.pos == "NOUN" and post.lemma.lower() in office and max(tree.below(post)) == first - 2:
        tree.move(node, post, "appos")


def long_preposition(tree: Tree, node: Node) -> None:
    """ "aux côtés de l'armée": a noun between two prepositions that make one with it."""
    of = tree.lexicon.words["syntax.of"]
    case = next((c for c in tree.children(node) if c.dep == "case" and c.i < node.i), None)
    source = next((c for c in tree.children(node) if c.dep == "nmod" and c.i > node.i), None)
    if node.pos != "NOUN" or case is None or source is None:
        return
    second = next((c for c in tree.children(source) if c.dep == "case" and c.i == node.i + 1), None)
    between = "".join(f" {n.lower}" for n in tree.nodes[case.i + 1 : node.i])
    name = tree.lexicon.forms.get(f"{case.lower}{between} {node.lower} de")
    if name is None or second is None or second.lower not in of:
        return
    dep = node.dep
    tree.replace(node, source)
    source.dep = dep
    for child in tree.children(node):
        if child.i > source.i:
            tree.move(child, tree.nodes[source.head], child.dep)
        elif child is not source:
            tree.move(child, second, "fixed")
    tree.move(node, second, "fixed")
    second.pos, second.fixed_norm = "ADP", name


def with_whom(tree: Tree, node: Node) -> None:
    """ "s'est entretenu par téléphone avec X": with whom belongs to the verb, not to the means."""
    means = tree.nodes[node.head]
    verb = tree.nodes[means.head]
    if means.pos != "NOUN" or verb.pos != "VERB" or not verb.i < means.i < node.i or tree.has(means, "det"):
        return
    cases = {tree.lexicon.forms.get(c.lower) for one in (node, means) for c in tree.children(one) if c.dep == "case"}
    if "with" in cases and "by" in cases and node.dep in ("nmod", "obl:arg", "obl:mod"):
        tree.move(node, verb, "obl:arg")


def beside_oneself(tree: Tree, node: Node) -> None:
    """ "affirme de son côté avoir pris", "pour la plupart stationnés": nothing hangs on what is said in passing."""
    noun = tree.nodes[node.head]
    above = tree.nodes[noun.head]
    if noun.lower not in tree.listed("passing") or node.i < noun.i or not tree.has(noun, "case"):
        return
    if node.pos == "VERB" and node.dep in ("acl", "xcomp", "ccomp", "nmod"):
        tree.move(node, above, "xcomp" if above.pos in VERBAL else "acl")
    elif node.pos in ("NOUN", "PROPN") and above.pos in VERBAL and not tree.has(node, "case"):
        tree.move(node, above, "obj" if not tree.has(above, "obj") else node.dep)


def as_for(tree: Tree, node: Node) -> None:
    """ "Quant à la Biélorussie, elle aurait massé": the pronoun is the one named before it."""
    verb = tree.nodes[node.head]
    if node.dep != "nsubj" or node.pos != "PRON" or verb.pos not in VERBAL:
        return
    for named in tree.children(verb):
        cases = [c.lower for c in tree.children(named) if c.dep in ("case", "fixed")]
        fixed = [f.lower for c in tree.children(named) if c.dep == "case" for f in tree.children(c)]
        if named.i < node.i and tree.listed("as_for") & {*cases, *fixed}:
            for child in tree.children(named):
                child.dep = "dep" if child.dep in ("case", "fixed") else child.dep
            named.dep, node.dep = "nsubj", "dep"
            return


def relative_object(tree: Tree, node: Node) -> None:
    """ "les Émirats, qu'il accuse d'armer": a "que" behind a name and a comma, before a subject, is the object."""
    verb = tree.nodes[node.head]
    if node.pos != "PRON" or node.dep != "mark" or node.lower not in tree.lexicon.words["syntax.that"] or node.i < 2:
        return
    before = tree.nodes[node.i - 1]
    named = tree.nodes[node.i - 2] if before.text == "," else before
    if verb.pos != "VERB" or named.pos not in ("NOUN", "PROPN") or tree.has(verb, "obj", "ccomp"):
        return
    node.dep = "obj"
    tree.move(verb, named, "acl:relcl")
