"""Slips of the parser that the language's own forms tell: lemmas, moods, parts of speech, words before numbers."""

from __future__ import annotations

from dateline.lexicon.countries import by_demonym
from dateline.parse.universal_tree import NOMINAL, VERBAL, Tree
from dateline.parse.universal_words import Node

TIME_LIKE = frozenset({"obj", "nmod", "appos", "obl", "obl:mod", "obl:arg", "iobj", "dep", "xcomp"})


def lemma(tree: Tree, node: Node) -> None:
    """The lemma that the word list knows: of a form the lemmatiser left as it is, or took for another word's."""
    meanings = tree.lexicon.meanings
    if (
        node.pos == "NOUN"
        and node.lower != node.lemma
        and node.lower in meanings
        and node.lemma not in tree.lexicon.classes["ground"]
    ):
        node.lemma = node.lower
    if node.pos in ("NOUN", "ADJ") and tree.has(node, "nsubj") and not tree.has(node, "cop", "det"):
        _verb(tree, node)
    if node.lemma.lower() in meanings and (node.pos not in VERBAL or node.lemma.endswith(tree.lexicon.infinitives)):
        return
    if node.pos in ("VERB", "AUX"):
        node.lemma = tree.lexicon.conjugated.get(node.lower, node.lemma)
    elif node.pos == "NOUN" and node.lemma.endswith(("s", "x")) and node.lemma[:-1].lower() in meanings:
        node.lemma = node.lemma[:-1].lower()
    elif node.pos in ("NOUN", "ADJ", "X") and node.lower.endswith(tuple(tree.lexicon.words["syntax.finite"])):
        _verb(tree, node)


def _verb(tree: Tree, node: Node) -> None:
    """Take the word for the finite form of a verb of the list, if it is one."""
    found = tree.lexicon.conjugated.get(node.lower)
    if found is not None:
        node.lemma, node.pos = found, "VERB"
        node.remark(VerbForm="Fin", Mood="Ind", Tense="Pres")


def stirring(tree: Tree, node: Node) -> None:
    """ "sont entrés", "s'est retiré": verbs that tell their past with "be" are no passives."""
    if node.pos != "VERB":
        return
    below = tree.children(node)
    if any(c.dep == "aux:tense" for c in below) and not any(c.dep == "aux:pass" for c in below):
        for child in below:
            child.dep = child.dep.removesuffix(":pass") if child.dep in ("nsubj:pass", "csubj:pass") else child.dep
    own = node.lemma in tree.listed("with_be") or any(c.dep.startswith("expl:") for c in below)
    if not own:
        _state_passive(tree, node, below)
    if own and any(c.dep == "aux:pass" for c in below):
        for child in below:
            if child.dep == "aux:pass":
                child.dep = "aux:tense"
            elif child.dep in ("nsubj:pass", "csubj:pass"):
                child.dep = child.dep.removesuffix(":pass")
        if "Pass" in node.voice:
            node.remark(Voice="Act")


def _state_passive(tree: Tree, verb: Node, below: list[Node]) -> None:
    """ "Ils sont installés à la base": a verb that tells its past with "have" is passive where it has "be"."""
    being = [c for c in below if c.dep == "aux:tense" and c.lemma in tree.lexicon.words["syntax.be"] and c.i < verb.i]
    if not being or "Past" not in verb.morph.get("Tense"):
        return
    being[-1].dep = "aux:pass"
    for child in below:
        if child.dep in ("nsubj", "csubj"):
            child.dep = f"{child.dep}:pass"


def bearers(tree: Tree, node: Node) -> None:
    """ "l'attaque de la caserne par le GSIM": "par" belongs to the noun of the act, not to the one between.

    So does "par la France" to the verb in "a été remise à l'armée tchadienne par la France".
    """
    head = tree.nodes[node.head]
    if node.dep not in ("nmod", "obl:mod", "obl:agent", "obl") or head.pos not in ("NOUN", "PROPN"):
        return
    if not any(c.dep == "case" and c.lower in tree.lexicon.words["syntax.by"] for c in tree.children(node)):
        return
    top = head
    while top.dep == "nmod" and tree.nodes[top.head].pos == "NOUN" and top.head < top.i:
        top = tree.nodes[top.head]
    if top is not head:
        tree.move(node, top, node.dep)
        return
    verb = tree.nodes[head.head]
    given = any(c.dep == "case" and tree.lexicon.forms.get(c.lower) == "to" for c in tree.children(head))
    if given and head.dep.startswith("obl") and tree.has(verb, "aux:pass") and not tree.has(verb, "obl:agent"):
        tree.move(node, verb, "obl:agent")


def moved(tree: Tree, node: Node) -> None:
    """ "ont transféré leurs radars de Hmeimim à Tartous": where from and where to belongs to the verb.

    So does "du Niger" in "retirer ses soldats du Niger": a noun with a possessive has its owner already.
    """
    head = tree.nodes[node.head]
    verb = tree.nodes[head.head]
    if node.dep != "nmod" or head.dep not in ("obj", "nsubj:pass") or not (node.place or node.pos == "PROPN"):
        return
    if verb.lemma not in tree.lexicon.words["syntax.moving"]:
        return
    case = next((c for c in tree.children(node) if c.dep == "case"), None)
    name = tree.lexicon.forms.get(case.lower, "") if case is not None else ""
    goal = name in ("to", "toward", "in")
    source = name == "of" and any(
        tree.lexicon.forms.get(c.lower) in ("to", "toward")
        for other in (*tree.children(head), *tree.children(verb))
        if other.i > node.i
        for c in tree.children(other)
        if c.dep == "case"
    )
    owned = name == "of" and any("Yes" in c.morph.get("Poss") for c in tree.children(head) if c.dep == "det")
    if goal or source or owned or name == "from":
        tree.move(node, verb, "obl:arg")


def objects(tree: Tree, node: Node) -> None:
    """ "a dénoncé le 28 mai son accord": a noun phrase without a preposition is the object of a verb without one.

    Two noun phrases side by side, each with its article, do not modify one another in these languages.
    """
    head = tree.nodes[node.head]
    if node.pos not in ("NOUN", "PROPN") or node.timed or node.idle or tree.has(node, "case"):
        return
    if node.dep == "nsubj" and any(c.dep == "nsubj" and c.i < head.i < node.i for c in tree.children(head)):
        node.dep = "nsubj" if tree.has(head, "obj", "cop") else "obj"
        return
    before = tree.nodes[node.i - 1].lower if node.i else ""
    if node.dep == "conj" and head.pos in VERBAL and before in tree.lexicon.words["syntax.nor"]:
        tree.move(node, head, "obj" if not tree.has(head, "obj") else "conj")
        return
    if node.dep in ("nmod", "appos") and tree.has(node, "det") and node.i > head.i:
        first = min(c.i for c in tree.children(node) if c.dep == "det")
        while head.pos not in VERBAL and head.head != head.i and head.i < node.i:
            head = tree.nodes[head.head]
        if tree.nodes[first - 1].text == ",":
            return
    elif node.dep in ("nmod", "appos") and head.pos in VERBAL and tree.has(node, "nummod"):
        pass
    elif node.dep not in ("obl:mod", "obl", "obl:arg", "parataxis", "dep"):
        return
    if node.dep in ("parataxis", "dep") and (not tree.has(node, "det") or tree.has(node, "cop", "nsubj")):
        return
    filled = tree.has(head, "obj", "aux:pass", "xcomp", "ccomp") or not tree.has(head, "nsubj", "nsubj:pass")
    if head.pos == "VERB" and node.i > head.i and not filled:
        tree.move(node, head, "obj")


def mood_by_ending(tree: Tree, node: Node) -> None:
    """ "frapperait": the ending tells the conditional where the tagger took the form for an imperfect."""
    words = tree.lexicon.words
    if node.pos not in VERBAL or "Part" in node.morph.get("VerbForm"):
        return
    if "Cnd" in node.morph.get("Mood"):
        if not node.lower.endswith(tuple(words["syntax.conditional_marks"])):
            node.remark(Mood="Ind", Tense="Imp", VerbForm="Fin")
        return
    if node.lower.endswith(tuple(words["syntax.conditional"])) and not node.lemma.endswith(
        tuple(words["syntax.no_conditional"])
    ):
        node.remark(Mood="Cnd", Tense="Pres", VerbForm="Fin")
    elif node.lower.endswith(tuple(words["syntax.future"])) and not node.lemma.endswith("rer"):
        node.remark(Mood="Ind", Tense="Fut", VerbForm="Fin")
    elif "Fut" in node.morph.get("Tense") and not node.lower.endswith(tuple(words["syntax.future_marks"])):
        node.remark(Mood="Ind", Tense="Pres", VerbForm="Fin")


def nominal(tree: Tree, node: Node) -> None:
    """ "30 terroristes": an adjective that has a number or article, or fills the place of a noun, is one."""
    if node.pos == "NOUN" and _demonym_behind(tree, node):
        node.pos, node.dep = "ADJ", "amod"
        return
    if node.pos != "ADJ" or node.morph.get("NumType"):
        return
    kinds = {c.dep for c in tree.children(node)}
    placed = node.dep in ("nsubj", "nsubj:pass", "obj", "obl:agent", "iobj") or (
        node.dep.startswith(("obl", "nmod", "appos", "conj")) and bool(kinds & {"det", "nummod"})
    )
    if placed and "cop" not in kinds:
        node.pos = "NOUN"


def _demonym_behind(tree: Tree, node: Node) -> bool:
    """ "le Sénat kényan": a small word of origin right behind a noun, with nothing of its own, describes it."""
    noun = tree.nodes[node.head]
    loose = node.dep in ("nmod", "appos", "flat", "compound", "flat:name", "dep", "amod")
    if not loose or node.i != noun.i + 1 or noun.pos not in ("NOUN", "PROPN") or not node.lower[0].islower():
        return False
    return not tree.has(node, "det", "case", "nummod") and by_demonym(node.text, tree.lexicon.code) is not None


def _only(tree: Tree, ne: Node) -> bool:
    """ "ne compte plus que 200 hommes": with a "que" before a noun it tells that there is no more."""
    verb = tree.nodes[ne.head]
    for node in tree.nodes[verb.i + 1 : verb.i + 12]:
        if node.lower in tree.lexicon.words["syntax.that"] and node.pos != "PRON":
            after = tree.nodes[node.i + 1 : node.i + 8]
            noun = next((n for n in after if n.pos in ("NOUN", "NUM", "PROPN", "VERB", "AUX", "PUNCT")), None)
            more = tree.nodes[node.i - 1].lower in tree.listed("negators")
            hung = more or tree.nodes[node.head].pos in NOMINAL
            return noun is not None and noun.pos in ("NOUN", "NUM", "PROPN") and hung
    return False


def _neither(tree: Tree, ne: Node) -> bool:
    """ "n'a ni base ni soldats": a "ni" in the clause denies with the "ne", if nothing else does."""
    words = tree.lexicon.words
    below = [tree.nodes[i] for i in tree.below(tree.nodes[ne.head])]
    nor = [n for n in below if n.lower in words["syntax.nor"]]
    return len(nor) > 1 and not any(n.lower in tree.listed("negators") and n.head == ne.head for n in below)


def none_of(tree: Tree, node: Node) -> None:
    """ "n'a plus de soldats": after a negated verb a bare "de" is the article of its object."""
    if node.pos != "NOUN" or tree.has(node, "det") or not node.dep.startswith(("obl", "nmod", "obj", "iobj", "advmod")):
        return
    case = next((c for c in tree.children(node) if c.dep in ("case", "mark") and c.i < node.i), None)
    above = tree.nodes[node.head]
    verb = tree.nodes[above.head] if above.pos == "ADV" else above
    if case is None or case.lower not in tree.listed("bare_of") or verb.pos not in VERBAL:
        return
    denied = any(c.lower in tree.listed("ne") for c in tree.children(verb))
    between = tree.nodes[verb.i + 1 : case.i]
    near = all(n.pos in ("ADV", "AUX") or n.head == verb.i and n.lower in tree.listed("negators") for n in between)
    filled = tree.has(verb, "obj", "xcomp", "ccomp", "aux:pass") or verb.lemma in tree.listed("takes_of")
    if denied and near and case.i > verb.i and not filled:
        case.dep, case.pos = "det", "DET"
        tree.move(node, verb, "obj")


def adjectives(tree: Tree, node: Node) -> None:
    """ "ne sont présentes": what is taken for a past participle without its ending is an adjective."""
    if node.pos != "VERB" or "Past" not in node.morph.get("Tense") or "Part" not in node.morph.get("VerbForm"):
        return
    if not node.lemma.endswith("er") or node.lower.endswith(tuple(tree.lexicon.words["syntax.participles"])):
        return
    being = [c for c in tree.children(node) if c.lemma in tree.lexicon.words["syntax.be"] and c.dep.startswith("aux")]
    bare = node.lower.rstrip("s").removesuffix("e")
    if not being or bare not in tree.lexicon.meanings:
        return
    node.pos, node.lemma, being[-1].dep = "ADJ", bare, "cop"
    node.remark(VerbForm="", Tense="", Voice="")
    for child in tree.children(node):
        child.dep = child.dep.removesuffix(":pass") if child.dep == "nsubj:pass" else child.dep


def participle_first(tree: Tree, node: Node) -> None:
    """ "Démentant la présence de X, le ministre": a present participle governs the noun phrase behind it."""
    noun = tree.nodes[node.head]
    if node.pos != "VERB" or "Pres" not in node.morph.get("Tense") or "Part" not in node.morph.get("VerbForm"):
        return
    dets = [c.i for c in tree.children(noun) if c.dep == "det"]
    if noun.pos in ("NOUN", "PROPN") and dets and node.i < min(dets) and not tree.has(noun, "case"):
        tree.replace(noun, node)
        node.dep = "advcl"
        tree.move(noun, node, "obj")


def behind_aside(tree: Tree, node: Node) -> None:
    """ "a démenti jeudi, dans un entretien, la présence": what a comma closes off does not go on behind it.

    The noun phrase behind the comma is the object of the verb that still lacks one.
    """
    head = tree.nodes[node.head]
    lost = head.pos == "PUNCT"
    if node.pos not in ("NOUN", "PROPN") or not (lost or node.dep in ("conj", "nmod", "appos")) or node.i < head.i:
        return
    if tree.has(node, "case", "cc") or not tree.has(node, "det") or not (lost or head.pos in NOMINAL):
        return
    first, last = min(c.i for c in tree.children(node) if c.dep == "det"), head
    while last.pos not in VERBAL and last.head != last.i:
        start = min(tree.below(last))
        last = tree.nodes[last.head]
        if not lost and last.pos in VERBAL and (tree.nodes[start - 1].text != "," or not last.i < start):
            return
    transitive = last.lemma in tree.lexicon.words["syntax.denying"]
    if last.pos != "VERB" or tree.nodes[first - 1].text != "," or not transitive:
        return
    if not tree.has(last, "obj", "ccomp", "xcomp", "aux:pass"):
        tree.move(node, last, "obj")


def main_clause(tree: Tree, node: Node) -> None:
    """ "Sans confirmer la présence de X, le ministre a salué": a clause with its own subject is the main one."""
    root = tree.nodes[node.head]
    if node.dep not in ("acl:relcl", "acl") or node.pos != "VERB":
        return
    below = [tree.nodes[i] for i in tree.below(node)]
    subject = next((c for c in tree.children(node) if c.dep in ("nsubj", "nsubj:pass")), None)
    if subject is None or subject.i > node.i or any("Rel" in n.morph.get("PronType") for n in below):
        return
    first = min(n.i for n in below if n.pos != "PUNCT")
    if first == 0 or tree.nodes[first - 1].text != "," or any(c.dep == "mark" for c in tree.children(node)):
        return
    while root.head != root.i:
        root = tree.nodes[root.head]
    if root.i < first and not tree.has(root, "nsubj", "nsubj:pass", "expl:subj"):
        tree.replace(root, node)
        tree.move(root, node, "advcl" if root.pos in VERBAL else "obl:mod")


def figures(tree: Tree, node: Node) -> None:
    """Digits are numbers, whatever the parser took them for."""
    if node.text[:1].isdigit() and node.text.replace(" ", "").replace(",", "").replace(".", "").isdigit():
        node.pos = "NUM"
        head = tree.nodes[node.head]
        if node.dep in ("det", "amod", "advmod", "dep", "compound") and head.pos in NOMINAL and head.i > node.i:
            node.dep = "nummod"


def times(tree: Tree, node: Node) -> None:
    """ "a déclaré mardi que": a day without a preposition is no object of the verb."""
    listed = tree.lexicon.words["syntax.times"]
    after = tree.nodes[node.i + 1].lower if node.i + 1 < len(tree.nodes) else ""
    part = node.lower in tree.listed("parts_of_times") and after in listed
    timed = part or node.lemma.lower() in listed or node.lower in listed
    if timed and node.dep in TIME_LIKE and not tree.has(node, "case"):
        above = tree.nodes[node.head]
        while node.dep in ("nmod", "appos") and above.pos in NOMINAL and above.head != above.i and not above.timed:
            above = tree.nodes[above.head]
        if above.pos in VERBAL or above.head == above.i:
            tree.move(node, above, "obl:mod")
    node.timed = timed


def hundreds(tree: Tree, node: Node) -> None:
    """ "Deux cents soldats": the number counts the noun behind it, whichever the parser hung under the other."""
    if node.lower not in tree.lexicon.words["syntax.hundreds"] or node.i + 1 >= len(tree.nodes):
        return
    noun = tree.nodes[node.i + 1]
    if noun.head != node.i or noun.pos not in ("NOUN", "ADJ") or tree.has(noun, "case", "det"):
        return
    tree.replace(node, noun)
    for child in tree.children(node):
        if (child.i < node.i and child.dep not in ("nummod", "compound")) or child.i > noun.i:
            tree.move(child, noun, child.dep)
    tree.move(node, noun, "nummod")
    node.pos, noun.pos = "NUM", "NOUN"


def below_times(tree: Tree, node: Node) -> None:
    """ "sont arrivés mercredi à Niamey", "partis lundi d'Abidjan": where belongs to the verb, not to the day."""
    day = tree.nodes[node.head]
    if not (day.timed or day.idle) or node.timed or node.i < day.i or not tree.has(node, "case"):
        return
    verb = tree.nodes[day.head]
    case = next(c for c in tree.children(node) if c.dep == "case")
    of = case.lower in tree.lexicon.words["syntax.of"]
    if verb.pos in VERBAL and (not of or (node.place and not tree.has(day, "det"))):
        tree.move(node, verb, "obl:mod")


def negation(tree: Tree, node: Node) -> None:
    """ "ne ... pas": the second word denies, "ne" alone does not ("avant qu'il ne parte", "ne ... que")."""
    words = tree.lexicon.words
    if node.pos not in ("ADV", "PART", "PRON"):
        return
    if node.lower in tree.listed("ne"):
        node.negation = "ne"
        if _only(tree, node):
            return
        if _neither(tree, node):
            node.negation = "not"
            return
        around = tree.children(tree.nodes[node.head])
        beside = [c for c in around if c.lower in tree.listed("negators")]
        for other in around:
            if other.pos == "NOUN" and other.lower in words["syntax.nobody"] and not tree.has(other, "det"):
                other.pos = "PRON"
        for other in beside:
            other.negation = "not" if other.pos in ("ADV", "PART") else ""
        nobody = any(c.lower in words["syntax.nobody"] for c in around)
        if not beside and not nobody and tree.nodes[node.head].lemma in tree.listed("ne_alone"):
            node.negation = "not"
    elif node.lower in words["syntax.not"] and not node.negation:
        node.negation = "not"


def proper(tree: Tree, node: Node) -> None:
    """ "les Etats-Unis": what the recogniser takes for a place or person, in capitals and no word of the list."""
    named = node.named and node.text[:1].isupper() and node.lemma.lower() not in tree.lexicon.meanings
    if node.pos in ("NOUN", "ADJ", "X", "PRON") and named and node.dep not in ("amod", "det"):
        node.pos = "PROPN"


def about(tree: Tree, node: Node) -> None:
    """ "au moins 17 soldats", "près de 300": words before a number hang on it."""
    number = next((n for n in tree.nodes[node.i + 1 : node.i + 4] if n.pos == "NUM" and n.dep == "nummod"), None)
    if number is None or node.pos in ("NUM", "VERB", "NOUN"):
        return
    before = tree.nodes[node.i : number.i]
    if " ".join(n.lower for n in before) in tree.lexicon.words["syntax.about"]:
        _counted(tree, tree.nodes[number.head], before)
        for other in before:
            tree.move(other, number, "advmod")


def _counted(tree: Tree, noun: Node, before: list[Node]) -> None:
    """ "Moins de 200 soldats restent": the noun that hangs on a word before its number takes that word's place."""
    above = tree.nodes[noun.head]
    if above not in before:
        return
    tree.replace(above, noun)
    verb = tree.nodes[noun.head]
    governed = any(c.dep == "case" and c not in before for c in tree.children(noun))
    if noun.dep == "advmod" and verb.pos in VERBAL and not governed:
        before_verb = noun.i < verb.i and not tree.has(verb, "nsubj", "nsubj:pass")
        noun.dep = "nsubj" if before_verb else "obj"


def reflexive(tree: Tree, node: Node) -> None:
    """ "s'est félicité": a "se" before its verb belongs to it, whatever else it was taken for."""
    if node.pos == "PRON" and node.lower in tree.listed("self") and node.i < node.head:
        node.dep = "expl:comp"


def past_adjectives(tree: Tree, node: Node) -> None:
    """ "un rapport confidentiel de l'ONU": the phrase belongs to the noun; "des témoins joints par RFI" is a clause."""
    head = tree.nodes[node.head]
    noun = tree.nodes[head.head]
    if head.pos != "ADJ" or head.dep != "amod" or noun.pos != "NOUN" or not noun.i < head.i < node.i:
        return
    case = next((c for c in tree.children(node) if c.dep == "case"), None)
    if case is None or node.pos not in ("NOUN", "PROPN"):
        return
    words = tree.lexicon.words
    if case.lower in words["syntax.by"]:
        verb = tree.lexicon.conjugated.get(head.lower.removesuffix("s").removesuffix("e"))
        head.pos, head.dep, node.dep = "VERB", "acl", "obl:agent"
        head.lemma = verb or tree.lexicon.conjugated.get(head.lower, head.lemma)
        head.remark(VerbForm="Part", Tense="Past", Voice="Pass")
    elif (
        case.lower in words["syntax.of"]
        and head.lemma not in words.get("syntax.adjectives_of", frozenset())
        and head.i == noun.i + 1
    ):
        tree.move(node, noun, "nmod")


def numbers_of(tree: Tree, node: Node) -> None:
    """ "250 de leurs soldats demeurent": those counted are the subject; "restent en Syrie", not "plus en Syrie"."""
    head = tree.nodes[node.head]
    words = tree.lexicon.words
    if node.pos not in ("NOUN", "PROPN") or node.i < head.i:
        return
    only = next((c for c in tree.children(node) if c.i == head.i + 1 and c.lower in words["syntax.that"]), None)
    if (
        only is not None
        and head.lower in words.get("syntax.negators", frozenset())
        and tree.nodes[head.head].pos in VERBAL
    ):
        only.dep = "advmod"
        tree.move(node, tree.nodes[head.head], "obj")
        return
    case = next((c for c in tree.children(node) if c.dep == "case" and c.i < node.i), None)
    if case is None:
        return
    of = case.lower in words["syntax.of"]
    if (
        head.pos == "ADV"
        and head.lower in words.get("syntax.negators", frozenset())
        and tree.nodes[head.head].pos in VERBAL
    ):
        tree.move(node, tree.nodes[head.head], "obl:mod")
    elif head.pos == "NUM" and head.dep in ("nsubj", "nsubj:pass", "obj") and of and case.i <= head.i + 1:
        tree.replace(head, node)
        case.dep = "det" if tree.has(node, "det") else "dep"
        tree.move(head, node, "nummod")
        for child in tree.children(head):
            if child.i > node.i:
                tree.move(child, node, child.dep)
    elif head.pos == "NUM" and tree.has(head, "cop") and not of:
        tree.move(node, head, "obl:mod")
