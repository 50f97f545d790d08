"""Sayings turned round: "..., a déclaré lundi le ministre", "« ... », assure-t-on"; the speaker stands behind."""

from __future__ import annotations

from dateline.parse.universal_tree import VERBAL, Tree
from dateline.parse.universal_words import Node

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
PERSONAL = frozenset({"he/it", "she/it", "they", "we", "i", "you"})
OPENING = frozenset({",", "»", "”", '"', "?", "!", "…", "–", "—", "-"})
"""Marks before a saying that closes or interrupts what is said."""
REACH = 14
"""Words behind a verb within which its subject is looked for."""


def inversion(tree: Tree, node: Node) -> None:
    """ "a-t-il déclaré": the pronoun behind the verb is its subject, unless it has one of its own."""
    if not node.text.startswith("-") or node.pos != "PRON":
        return
    verb = tree.nodes[node.head]
    while verb.text.startswith("-") and verb.head != verb.i:
        verb = tree.nodes[verb.head]
    if verb.i != node.head:
        tree.move(node, verb, node.dep)
    own = any(c.dep in SUBJECTS and c is not node and not c.text.startswith("-") for c in tree.children(verb))
    personal = tree.lexicon.forms.get(node.lower.removeprefix("-")) in PERSONAL
    node.dep = "nsubj" if personal and not own else "dep" if node.dep != "obj" or personal else node.dep


def subject_behind(tree: Tree, node: Node) -> None:
    """ "..., a annoncé jeudi à Paris le ministère": the first noun behind it without a preposition says it."""
    if node.pos != "VERB":
        return
    below = tree.children(node)
    own = [c for c in below if c.dep in SUBJECTS]
    first = _opening(tree, node, below)
    if first is not None and own and own[0].i < first and tree.has(own[0], "cop") and _behind(tree, node) is not None:
        own[0].dep = "ccomp"
        own = []
    if first is None or any(c.dep == "ccomp" and c.i > node.i for c in below):
        return
    if not own:
        itself = any(c.dep.startswith("expl:") for c in below)
        names = {node.fixed_lemma or node.lemma.lower(), f"se_{node.lemma.lower()}" if itself else ""}
        if names.isdisjoint(tree.lexicon.saying) and tree.nodes[first - 1].text == ",":
            return
        found = _behind(tree, node)
        if found is None:
            return
        tree.move(found, node, "nsubj")
        _with_name(tree, found)
    elif own[0].i < first or (own[0].i < node.i and (node.fixed_lemma or node.lemma) not in tree.lexicon.saying):
        return
    _beside_what_is_said(tree, node, first)
    _set_off_behind(tree, node)


def _set_off_behind(tree: Tree, verb: Node) -> None:
    """ "avance le site Aïr Info, une information que": what a comma parts from the speaker is no object."""
    speaker = next((c for c in tree.children(verb) if c.dep in SUBJECTS and c.i > verb.i), None)
    for child in tree.children(verb):
        if speaker is not None and child.dep == "obj" and child.i > speaker.i and child.pos in ("NOUN", "PROPN"):
            start = min(tree.below(child))
            if tree.nodes[start - 1].text == ",":
                child.dep = "dep"


def _opening(tree: Tree, verb: Node, below: list[Node]) -> int | None:
    """Where the saying begins with its auxiliary, if a mark stands before it; None for any other verb."""
    helping = ("aux:tense", "aux:pass", "advmod", "expl:comp", "expl:pass", "iobj", "cop")
    bound = (*helping, "dep")
    near = [c.i for c in below if c.dep in bound and verb.i - 4 <= c.i < verb.i and c.pos not in ("NOUN", "PROPN")]
    first = min([verb.i, *near])
    finite = "Fin" in verb.morph.get("VerbForm") or any(c.dep == "aux:tense" for c in below)
    if not finite or first == 0 or tree.nodes[first - 1].text not in OPENING:
        return None
    return first


def _behind(tree: Tree, verb: Node) -> Node | None:
    """The first noun phrase behind the verb that no preposition and no other noun governs."""
    covered = -1
    for node in tree.nodes[verb.i + 1 : verb.i + 1 + REACH]:
        if node.text in (".", ";", ":", "»", "«") or (node.pos in VERBAL and node.dep != "acl" and not node.idle):
            return None
        if node.dep == "case":
            covered = max(covered, node.head)
        plain = node.pos in ("NOUN", "PROPN") and not node.timed and not node.idle and node.i > covered
        if plain and not tree.has(node, "case") and node.dep not in ("flat:name", "nummod", "compound", "conj"):
            behind_det = tree.has(node, "det", "nummod") or node.pos == "PROPN"
            if behind_det and (tree.nodes[node.head] is verb or not _named_with(tree, node)):
                return node
    return None


def _named_with(tree: Tree, node: Node) -> bool:
    """Whether the noun only goes on with the one right before it: "le groupe Wagner"."""
    head = tree.nodes[node.head]
    return node.dep in ("nmod", "appos") and node.i == head.i + 1 and not head.timed


def _beside_what_is_said(tree: Tree, verb: Node, first: int) -> None:
    """Hang the saying beside what is said before it: a clause below it is its content, one over it keeps it aside."""
    for child in tree.children(verb):
        if child.i < first and child.pos in VERBAL and child.dep not in ("aux:tense", "aux:pass", "cop", "ccomp"):
            child.dep = "ccomp"
    above = tree.nodes[verb.head]
    if (
        above is not verb
        and above.i < first
        and verb.dep in ("conj", "advcl", "acl", "acl:relcl", "ccomp", "xcomp", "dep", "appos", "advmod")
    ):
        while above.pos not in VERBAL and above.head != above.i and above.head < first:
            above = tree.nodes[above.head]
        tree.move(verb, above, "parataxis")
    root = tree.nodes[verb.head]
    if verb.dep == "parataxis" and root.i < first:
        for child in tree.children(root):
            if child.i > verb.i and child.dep != "punct":
                tree.move(child, verb, child.dep)


def _with_name(tree: Tree, noun: Node) -> None:
    """ "la ministre de la Défense, Angie Motshekga": the name behind the comma stands beside the post."""
    last = max(tree.below(noun))
    if last + 2 >= len(tree.nodes) or tree.nodes[last + 1].text != "," or tree.nodes[last + 2].pos != "PROPN":
        return
    name = tree.nodes[last + 2]
    while name.head != name.i and name.head > last + 2:
        name = tree.nodes[name.head]
    if name.pos in ("PROPN", "NOUN") and name.i != noun.i and name.head != noun.i:
        tree.move(name, noun, "appos")
