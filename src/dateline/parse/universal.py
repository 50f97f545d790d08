"""From Universal Dependencies to the scheme that the extractors read: the last step of every pipeline but the English.

The extractors read a clause as spaCy's English models draw it (ClearNLP labels): a preposition governs its noun, "be"
its predicate, an auxiliary hangs on its verb. A Universal Dependencies tree holds the same facts the other way round,
so they are turned here, once for all such languages; words stay where they are and every offset holds. The words that
decide (modals, prepositions, weekdays) come from the language's file, section `forms` and `syntax`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.lexicon.language import language
from dateline.parse import universal_own as own
from dateline.parse import universal_phrases as phrases
from dateline.parse import universal_repairs as repairs
from dateline.parse import universal_sayings as sayings
from dateline.parse.stand_ins import restored
from dateline.parse.universal_speech import inversion, subject_behind
from dateline.parse.universal_tree import NOMINAL, VERBAL, Tree
from dateline.parse.universal_verbs import auxiliary_form, modal
from dateline.parse.universal_words import Node, clothe, dressed

if TYPE_CHECKING:
    from spacy.tokens import Doc

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl:subj"})
CLAUSAL = SUBJECTS | {"aux", "aux:tense", "aux:pass", "aux:caus", "expl", "expl:comp", "expl:pass", "expl:pv", "mark"}
CLAUSAL |= {"advcl", "ccomp", "punct", "cc", "parataxis", "vocative", "discourse", "obl:mod", "obl", "obl:arg", "dep"}
"""Relations that belong to the verb of a clause, whatever word Universal Dependencies makes its head."""
PLAIN = {
    "obj": "dobj",
    "iobj": "dative",
    "nsubj:pass": "nsubjpass",
    "csubj:pass": "csubjpass",
    "nsubj:caus": "nsubj",
    "aux:pass": "auxpass",
    "aux:tense": "aux",
    "aux:caus": "aux",
    "acl:relcl": "relcl",
    "advcl:cleft": "advcl",
    "expl:subj": "expl",
    "expl:pass": "reflexive",
    "expl:comp": "reflexive",
    "expl:pv": "reflexive",
    "expl:impers": "reflexive",
    "obl": "npadvmod",
    "obl:mod": "npadvmod",
    "obl:arg": "npadvmod",
    "obl:agent": "npadvmod",
    "flat": "compound",
    "flat:name": "compound",
    "flat:foreign": "compound",
    "nmod": "appos",
    "advmod:emph": "advmod",
    "det:poss": "poss",
    "orphan": "dep",
    "goeswith": "dep",
    "list": "dep",
    "dislocated": "dep",
    "reparandum": "dep",
}
"""What a relation is called where nothing around it says more; those not listed keep their names."""


def converted(doc: Doc) -> Doc:
    """The same words, offsets and sentences in the scheme of the English models; `norm_` holds each word's pivot."""
    from spacy.tokens import Doc as SpacyDoc

    lexicon = language(doc.lang_)
    tree = Tree(doc, lexicon)
    words = restored(doc, tree.nodes)
    for step in STEPS:
        for node in tree.nodes:
            step(tree, node)
    for node in tree.nodes:
        node.dep = _label(tree, node)
    clothe(tree.nodes, tree.children, lexicon)
    made = SpacyDoc(
        doc.vocab,
        words=words,
        spaces=[bool(t.whitespace_) for t in doc],
        tags=[n.tag for n in tree.nodes],
        pos=[n.pos for n in tree.nodes],
        morphs=[str(n.morph) for n in tree.nodes],
        lemmas=[n.lemma for n in tree.nodes],
        heads=[n.head for n in tree.nodes],
        deps=[n.dep for n in tree.nodes],
        ents=[dressed(t) for t in doc],
    )
    for token, node in zip(made, tree.nodes, strict=True):
        token.norm_ = node.norm
    return made


# -- verbs: "be", "there is"


def _copula(tree: Tree, node: Node) -> None:
    """ "sont présents": "be" governs, the predicate is its complement."""
    if node.dep != "cop":
        return
    said = tree.nodes[node.head]
    if said.i == node.i:
        return
    tree.replace(said, node)
    node.pos = "AUX"
    adjective = said.pos in ("ADJ", "ADV", "VERB")
    for child in tree.children(said):
        late = child.i > said.i and child.dep.startswith("obl") and adjective
        joined = child.dep == "conj" and (child.pos in VERBAL or tree.has(child, "cop", "nsubj"))
        beside = child.dep == "advmod" and child.i < said.i and (child.negation != "" or child.i < node.i)
        if child is not node and ((child.dep in CLAUSAL and not late) or joined or beside):
            tree.move(child, node, child.dep)
    cased = tree.has(said, "case")
    tree.move(said, node, "obl" if cased else "xcomp" if said.pos == "VERB" else "acomp" if adjective else "attr")


def _there_is(tree: Tree, node: Node) -> None:
    """ "il y a 1 500 soldats": there are."""
    if node.pos not in VERBAL:
        return
    if node.lemma in tree.lexicon.words["syntax.existing"] and tree.has(node, "expl:subj"):
        for child in tree.children(node):
            child.dep = "attr" if child.dep == "obj" else child.dep
        return
    if node.lemma not in tree.lexicon.words["syntax.have"]:
        return
    there = [c for c in tree.children(node) if c.lower in tree.listed("there") and c.i < node.i]
    obj = next((c for c in tree.children(node) if c.dep == "obj"), None)
    if not there or obj is None:
        return
    obj.dep = "attr"
    node.fixed_lemma = next(iter(tree.lexicon.words["syntax.be"]), node.lemma)
    for child in tree.children(node):
        if child.dep in ("expl:subj", "nsubj"):
            child.dep, child.fixed_norm = "expl:subj", "there"


def _causative(tree: Tree, node: Node) -> None:
    """ "fait-on savoir": of an idiom of two verbs the first governs."""
    above = tree.nodes[node.head]
    if (
        node.dep not in ("aux:caus", "aux", "dep", "aux:tense")
        or f"{node.lemma}_{above.lemma}" not in tree.lexicon.idioms
    ):
        return
    if node.i > above.i:
        return
    tree.replace(above, node)
    for child in tree.children(above):
        if child is not node:
            tree.move(child, node, child.dep)
    tree.move(above, node, "xcomp")
    node.pos = "VERB"


def _idiom(tree: Tree, node: Node) -> None:
    """ "mettre fin à l'accord" is one verb, and what it ends its object; "prendre d'assaut" too."""
    if node.pos != "VERB" or node.lemma not in tree.lexicon.idiomatic:
        return
    for child in tree.children(node):
        if child.i < node.i or child.pos not in ("NOUN", "ADJ", "ADV", "PROPN", "VERB"):
            continue
        case = next((c for c in tree.children(child) if c.dep == "case"), None)
        name = "_".join(part for part in (node.lemma, case.lemma if case else "", child.lemma.lower()) if part)
        wanted = tree.lexicon.idioms.get(name)
        if wanted is None or child.dep in ("nsubj", "conj", "advcl", "ccomp"):
            continue
        node.fixed_lemma, child.dep, child.idle = name, "dep" if name in tree.lexicon.saying else "prt", True
        if case is not None:
            case.dep = "dep"
        if child.pos == "VERB":
            for inner in tree.children(child):
                tree.move(inner, node, inner.dep)
        _promote(tree, node, child, wanted.split())
        return


def _promote(tree: Tree, verb: Node, noun: Node, wanted: list[str]) -> None:
    """What follows the idiom's own preposition is its object."""
    for above in (noun, verb):
        for inner in tree.children(above):
            case = next((c for c in tree.children(inner) if c.dep == "case"), None)
            if case is not None and inner.i > noun.i and case.lower in wanted:
                case.dep = "dep"
                tree.move(inner, verb, "obj")
                return


# -- prepositions and infinitives


def _near(tree: Tree, node: Node) -> None:
    """ "près de la frontière": the adverb before "de" is the preposition."""
    if node.pos != "ADV" or node.dep not in ("advmod", "case", "fixed", "dep") or node.i + 1 >= len(tree.nodes):
        return
    after = tree.nodes[node.i + 1]
    if f"{node.lower} {after.lower}" not in tree.lexicon.forms and f"{node.lower} de" not in tree.lexicon.forms:
        return
    if after.dep == "case" and after.lower in tree.lexicon.words["syntax.of"]:
        node.pos, node.fixed_norm = "ADP", tree.lexicon.forms.get(f"{node.lower} de", node.lower)
        noun = tree.nodes[after.head]
        if noun.head == node.i:
            tree.replace(node, noun)
            noun.dep = "obl:mod"
        tree.move(node, noun, "case")
        tree.move(after, node, "fixed")


def _adposition(tree: Tree, node: Node) -> None:
    """ "par l'armée": the preposition governs the noun."""
    if node.dep in ("nsubj", "nsubj:pass", "conj", "flat:name", "fixed", "case", "det", "pobj", "pcomp") or node.idle:
        return
    cases = [c for c in tree.children(node) if c.dep == "case" and c.i < node.i and c.pos != "DET"]
    if not cases or node.pos == "PUNCT":
        return
    case = cases[0]
    if _phrase(tree, case) in tree.lexicon.words["syntax.adverbial"]:
        node.dep = node.dep if tree.has(tree.nodes[node.head], "obj") else "obj"
        case.dep, case.pos = "advmod", "ADV"
        return
    passive = tree.has(tree.nodes[node.head], "aux:pass", "nsubj:pass") or "Pass" in tree.nodes[node.head].voice
    by = case.lower in tree.lexicon.words["syntax.by"]
    bare = node.pos == "NOUN" and not tree.has(node, "det", "nummod", "amod") and not node.lower.endswith("s")
    agent = (node.dep == "obl:agent" or (by and passive and not node.timed)) and not bare
    dep = "agent" if agent and by else "prep"
    tree.replace(node, case)
    case.dep = case.dep if case.head == case.i else dep
    tree.move(node, case, "pcomp" if node.pos in VERBAL else "pobj")
    for extra in cases[1:]:
        tree.move(extra, case, "fixed")


def _infinitive(tree: Tree, node: Node) -> None:
    """ "de partir" is "to leave"; "accuse d'avoir tué" is "accuses of having killed", "sans tirer" "without firing"."""
    verbal = "Inf" in node.morph.get("VerbForm") + auxiliary_form(tree, node)
    helped = any(c.dep == "aux" and c.fixed_norm is not None for c in tree.children(node))
    if node.pos not in VERBAL or not verbal or helped or node.dep in ("aux", "pcomp"):
        return
    mark = next((c for c in tree.children(node) if c.dep in ("mark", "case") and c.pos in ("ADP", "SCONJ")), None)
    if mark is None or mark.i > node.i:
        if node.dep == "acl" and tree.nodes[node.head].pos in VERBAL:
            node.dep = "xcomp"
        return
    above = _charging(tree, node)
    name = tree.lexicon.forms.get(_phrase(tree, mark), tree.lexicon.forms.get(mark.lower, mark.lower))
    charged = name == "of" and above.lemma in tree.lexicon.words["syntax.of_verbs"]
    if name in ("of", "to", "for") and not charged:
        mark.dep, mark.fixed_norm, mark.fixed_tag = "aux", "to", "TO"
        if node.dep in ("ccomp", "dep") or (node.dep in ("obl", "obl:arg", "acl") and above.pos in VERBAL):
            node.dep = "xcomp"
        return
    tree.replace(node, mark)
    mark.dep, mark.pos = mark.dep if mark.head == mark.i else "prep", "ADP"
    tree.move(node, mark, "pcomp")
    node.gerund = True


def _charging(tree: Tree, node: Node) -> Node:
    """The word over an infinitive; of "accusé par Rabat d'avoir armé" the accusing, not the noun between."""
    above = tree.nodes[node.head]
    bidding = tree.nodes[above.head]
    told = above.dep in ("obj", "iobj") or above.dep.startswith("obl")
    if node.dep == "acl" and told and bidding.lemma in tree.lexicon.words["syntax.bidding"] and bidding.i < above.i:
        tree.move(node, bidding, "xcomp")
        return bidding
    if above.pos in NOMINAL and tree.nodes[above.head].lemma in tree.lexicon.words["syntax.of_verbs"]:
        tree.move(node, tree.nodes[above.head], node.dep)
        return tree.nodes[node.head]
    return above


def _phrase(tree: Tree, node: Node) -> str:
    """A preposition with the words fixed to it: "au sein de"."""
    fixed = [c for c in tree.children(node) if c.dep == "fixed"]
    return " ".join(c.lower for c in sorted((node, *fixed), key=lambda n: n.i))


# -- names, coordination, labels


def _titled(tree: Tree, node: Node) -> None:
    """ "le colonel Amadou Abdramane": the name stands beside its title."""
    head = tree.nodes[node.head]
    if node.dep.startswith("flat") and node.pos == "PROPN" and head.pos == "NOUN":
        first = next((c for c in tree.children(head) if c.dep.startswith("flat") and c.pos == "PROPN"), node)
        if first is node:
            node.dep = "appos"
        else:
            tree.move(node, first, node.dep)


def _name(tree: Tree, node: Node) -> None:
    """ "Abdourahamane Tiani": the last word of a name is its head, as in English."""
    if node.pos != "PROPN" or node.dep in ("flat:name", "flat:foreign", "flat"):
        return
    parts = [c for c in tree.children(node) if c.dep.startswith("flat") and c.pos in ("PROPN", "X", "NOUN")]
    if not parts or parts[-1].i != node.i + len(parts) or any(p.text == "-" for p in parts):
        return
    last = parts[-1]
    tree.replace(node, last)
    last.pos = "PROPN"
    for child in tree.children(node):
        if child is not last:
            tree.move(child, last, child.dep)
    tree.move(node, last, "compound")


def _joiner(tree: Tree, node: Node) -> None:
    """ "and" hangs on the first of what it joins."""
    head = tree.nodes[node.head]
    if node.dep == "cc" and head.dep == "conj" and head.head != head.i:
        tree.move(node, tree.nodes[head.head], node.dep)


def _named(tree: Tree, node: Node) -> None:
    """The name of a preposition is that of its whole phrase, and of what it stands before."""
    if node.dep not in ("prep", "agent") or node.fixed_norm is not None:
        return
    phrase = _phrase(tree, node)
    name = tree.lexicon.forms.get(phrase) or tree.lexicon.forms.get(node.lower) or node.lower
    inner = next((c for c in tree.children(node) if c.dep in ("pobj", "pcomp")), None)
    above = tree.nodes[node.head]
    words = tree.lexicon.words
    placed = inner is not None and (inner.place or inner.pos == "PROPN")
    told = above.lemma in words["syntax.giving"] or (above.pos in VERBAL and above.lemma in tree.lexicon.saying)
    if placed and name == "to" and not (told and node.i > above.i):
        name = "in"
    elif inner is not None and _of_a_source(tree, node, name, inner):
        name = "according_to"
    elif name == "of" and above.pos in VERBAL and (inner is None or inner.place):
        name = "from"
    node.fixed_norm = name


def _of_a_source(tree: Tree, node: Node, name: str, inner: Node) -> bool:
    """ "Pour l'analyste X, ...", "de source sécuritaire": who says so."""
    if name == "for":
        return node.opens and _holds_opinion(tree, inner)
    return name == "of" and _bare_source(tree, inner, tree.nodes[node.head])


def _holds_opinion(tree: Tree, noun: Node) -> bool:
    """ "Pour l'analyste X, ...": somebody set off by a comma at the head of the sentence."""
    last = max(tree.below(noun))
    person = noun.pos == "PROPN" or not {
        "analyst",
        "expert",
        "researcher",
        "professor",
        "official",
        "leader",
    }.isdisjoint(tree.lexicon.meanings.get(noun.lemma.lower(), ()))
    return person and last + 1 < len(tree.nodes) and tree.nodes[last + 1].text == ","


def _according_first(tree: Tree, node: Node) -> None:
    """ "Selon X et deux élus, 40 personnes ont péri": the clause governs, whatever the parser hung under the source."""
    cases = [c for c in tree.children(node) if c.dep == "case"]
    if node.head != node.i or not any(
        "according_to" in (c.fixed_norm, tree.lexicon.forms.get(_phrase(tree, c))) for c in cases
    ):
        return
    told = (n for n in tree.nodes[node.i + 1 :] if n.i in tree.below(node) and n.pos == "VERB")
    verb = next((n for n in told if tree.has(n, "nsubj", "nsubj:pass") and n.dep != "advcl"), None)
    if verb is None or any("Rel" in c.morph.get("PronType") for c in tree.children(verb)):
        return
    tree.replace(node, verb)
    tree.move(node, verb, "obl:mod")


def _bare_source(tree: Tree, noun: Node, above: Node) -> bool:
    """ "de source sécuritaire": no article, and no noun that it belongs to."""
    return noun.lemma in tree.lexicon.words["syntax.bare_sources"] and above.pos in VERBAL and not tree.has(noun, "det")


STEPS = (
    *own.STEPS,
    repairs.lemma,
    repairs.mood_by_ending,
    repairs.negation,
    repairs.figures,
    repairs.hundreds,
    repairs.nominal,
    repairs.times,
    repairs.below_times,
    phrases.joined_subjects,
    phrases.article_plural,
    phrases.long_preposition,
    phrases.with_whom,
    phrases.named_behind,
    phrases.beside_oneself,
    phrases.as_for,
    phrases.relative_object,
    repairs.proper,
    repairs.about,
    repairs.numbers_of,
    repairs.reflexive,
    repairs.stirring,
    repairs.bearers,
    repairs.moved,
    repairs.adjectives,
    repairs.past_adjectives,
    repairs.participle_first,
    repairs.none_of,
    repairs.behind_aside,
    repairs.main_clause,
    repairs.objects,
    _causative,
    _idiom,
    sayings.light,
    sayings.believing,
    sayings.words_of,
    sayings.one_says,
    inversion,
    subject_behind,
    sayings.told_to,
    _according_first,
    modal,
    _there_is,
    _copula,
    _near,
    _infinitive,
    _adposition,
    _titled,
    _name,
    _joiner,
    _named,
)
"""The turns, each over all words before the next begins."""


def _label(tree: Tree, node: Node) -> str:
    """The relation under the name it has in the English scheme."""
    if node.head == node.i:
        return "ROOT"
    if node.negation:
        return "neg" if node.negation == "not" else "dep"
    head = tree.nodes[node.head]
    if node.dep in ("acl", "advcl") and node.pos == "ADJ" and head.pos in NOMINAL and node.i == head.i + 1:
        return "amod"
    if node.dep == "det":
        return "poss" if "Yes" in node.morph.get("Poss") else "det"
    if node.dep in ("nmod", "appos") and node.pos == "PRON" and "Rel" in node.morph.get("PronType"):
        return "poss"
    if node.pos == "PRON" and node.lower in tree.listed("there"):
        return "advmod"
    if node.dep.startswith("obl") and node.pos == "ADV":
        return "advmod"
    if node.dep == "xcomp" and node.pos in ("NOUN", "PROPN", "ADJ", "PRON"):
        return "oprd"
    if node.dep == "obj" and head.pos in ("NOUN", "PROPN"):
        return "appos"
    return PLAIN.get(node.dep, node.dep)


def joined_numbers(doc: Doc) -> Iterator[tuple[int, int]]:
    """First and last token of figures grouped by spaces: "2 500", "1 200 000"."""
    start = 0
    while start < len(doc):
        end = start
        if doc[start].text.isdigit() and len(doc[start].text) <= 3:
            while (
                end + 1 < len(doc)
                and doc[end].whitespace_
                and len(doc[end + 1].text) == 3
                and doc[end + 1].text.isdigit()
            ):
                end += 1
        if end > start:
            yield start, end
        start = end + 1


def joined_words(doc: Doc) -> Iterator[tuple[int, int]]:
    """First and last token of compounds that the tokenizer cut at their hyphens: "état-major", "cessez-le-feu"."""
    start = 0
    while start < len(doc):
        end = start
        while end + 2 < len(doc) and doc[end].is_alpha and doc[end + 1].text == "-" and doc[end + 2].is_alpha:
            if doc[end].whitespace_ or doc[end + 1].whitespace_:
                break
            end += 2
        if end > start:
            yield start, end
        start = end + 1
