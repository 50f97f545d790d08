"""Verbs that help others: "peut déployer", "va partir", "vient de signer", and what a report's "doit partir" tells."""

from __future__ import annotations

from dateline.parse.universal_tree import VERBAL, Tree
from dateline.parse.universal_words import Node


def modal(tree: Tree, node: Node) -> None:
    """ "peut déployer", "va partir", "vient de signer": the verb of meaning governs, the other one helps."""
    table = tree.lexicon.modals
    if node.pos not in VERBAL or node.lemma not in table:
        return
    below = [c for c in tree.children(node) if c.dep in ("xcomp", "ccomp", "obj") and c.pos in VERBAL and c.i > node.i]
    if not below or "Inf" not in below[0].morph.get("VerbForm") + auxiliary_form(tree, below[0]):
        return
    meant = table[node.lemma].get(_mood(tree, node))
    meant = table[node.lemma].get("scheduled", meant) if _scheduled(tree, node, meant) else meant
    marks = [c.lower for c in tree.children(below[0]) if c.dep in ("mark", "case")]
    wanted = tree.lexicon.modals[node.lemma].get("with")
    if meant is None or (marks[:1] != [wanted] if wanted is not None else bool(marks)):
        return
    verb = below[0]
    tree.replace(node, verb)
    for child in tree.children(node):
        if child is not verb:
            tree.move(child, verb, "dep" if child.dep in ("aux:tense", "aux:pass") else child.dep)
    tree.move(node, verb, "aux")
    node.pos, node.fixed_norm, node.fixed_tag = "AUX", meant, "MD" if meant != "did" else "VBD"
    if meant == "did" and not tree.has(verb, "aux:pass"):
        verb.fixed_tag = "VBD"
    for child in tree.children(verb):
        if child.dep == "nsubj" and tree.has(verb, "aux:pass"):
            child.dep = "nsubj:pass"
        elif child.dep == "mark" and child.lower == wanted:
            child.dep = "dep"


def _scheduled(tree: Tree, node: Node, meant: str | None) -> bool:
    """ "Les soldats doivent partir en mai": what a report itself says must be is planned, and no demand.

    In quotation marks, or under a saying that announces nothing, it stays what somebody holds should be.
    """
    if meant != "must" or _mood(tree, node) != "present":
        return False
    before = "".join(n.text for n in tree.nodes[max(0, node.i - 60) : node.i])
    if before.rfind("«") > before.rfind("»") or before.rfind("“") > before.rfind("”") or before.count('"') % 2:
        return False
    above = tree.nodes[node.head]
    sayings = [above] if node.dep in ("ccomp", "xcomp") else []
    sayings += [c for c in tree.children(node) if c.dep in ("parataxis", "conj") and c.pos in VERBAL]
    said = [n for n in sayings if n.lemma in tree.lexicon.saying]
    return all(n.lemma in tree.lexicon.words["syntax.scheduling"] for n in said)


def auxiliary_form(tree: Tree, verb: Node) -> list[str]:
    """The forms of a verb's auxiliaries: an infinitive may be theirs ("avoir tué")."""
    forms = [c.morph.get("VerbForm") for c in tree.children(verb) if c.dep in ("aux:tense", "aux:pass", "cop")]
    return [f for found in forms for f in found]


def _mood(tree: Tree, verb: Node) -> str:
    """The key of a modal in the language's table: conditional, future, past (with an auxiliary), imperfect, present."""
    finite = next((c for c in tree.children(verb) if c.dep == "aux:tense"), verb)
    past = finite is not verb
    if "Cnd" in finite.morph.get("Mood"):
        return "conditional"
    if past:
        return "past"
    return {"Fut": "future", "Imp": "imperfect", "Past": "past"}.get("".join(finite.morph.get("Tense")), "present")
