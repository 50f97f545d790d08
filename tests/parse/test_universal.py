"""Universal Dependencies turned into the English scheme: trees drawn by hand, without a model."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dateline.parse.forms import inflected, means, pivot, pronominal, roles, to_infinitive
from dateline.parse.universal import CLAUSAL, PLAIN, converted, joined_numbers, joined_words


@cache
def vocab() -> Vocab:
    """The vocabulary of a French pipeline without a model."""
    return spacy.blank("fr").vocab


def drawn(rows: str) -> Doc:
    """A tree from lines "word lemma POS relation head [morphology]", heads counted from 1, 0 for the root; turned."""
    table = [line.split() for line in rows.strip().splitlines()]
    heads = [int(row[4]) - 1 if row[4] != "0" else i for i, row in enumerate(table)]
    return converted(
        Doc(
            vocab(),
            words=[row[0] for row in table],
            lemmas=[row[1] for row in table],
            pos=[row[2] for row in table],
            deps=[row[3] for row in table],
            heads=heads,
            morphs=[row[5] if len(row) > 5 else "" for row in table],
        )
    )


def shape(doc: Doc) -> dict[str, tuple[str, str]]:
    """Word -> its relation and the word it hangs on."""
    return {token.text: (token.dep_, token.head.text) for token in doc}


FINITE = "Mood=Ind|Tense=Pres|VerbForm=Fin"
PAST = "Tense=Past|VerbForm=Part"


def test_a_preposition_governs_its_noun_and_offsets_stay() -> None:
    doc = drawn(f"""
        Les le DET det 2
        soldats soldat NOUN nsubj 3 Number=Plur
        restent rester VERB ROOT 0 {FINITE}
        au au ADP case 5
        Mali Mali PROPN obl:arg 3
    """)
    assert shape(doc)["au"] == ("prep", "restent")
    assert shape(doc)["Mali"] == ("pobj", "au")
    assert pivot(doc[3]) == "in"
    assert doc.text.strip() == "Les soldats restent au Mali"
    assert [t.idx for t in doc] == [0, 4, 12, 20, 23]
    assert (doc[1].tag_, doc[2].tag_) == ("NNS", "VBZ")


def test_who_does_it_in_the_passive_is_an_agent() -> None:
    doc = drawn(f"""
        Ils il PRON nsubj:pass 4
        ont avoir AUX aux:tense 4 {FINITE}
        été être AUX aux:pass 4 {PAST}
        attaqués attaquer VERB ROOT 0 {PAST}
        par par ADP case 7
        des un DET det 7
        rebelles rebelle NOUN obl:agent 4 Number=Plur
    """)
    found = shape(doc)
    assert found["Ils"] == ("nsubjpass", "attaqués")
    assert found["été"] == ("auxpass", "attaqués")
    assert found["par"] == ("agent", "attaqués")
    assert found["rebelles"] == ("pobj", "par")
    assert (pivot(doc[1]), pivot(doc[2]), doc[3].tag_) == ("did", "was", "VBN")


def test_without_an_article_a_means_is_no_agent() -> None:
    doc = drawn(f"""
        acheminés acheminer VERB ROOT 0 {PAST}|Voice=Pass
        par par ADP case 3
        avion avion NOUN obl:agent 1 Number=Sing
    """)
    assert shape(doc)["par"] == ("prep", "acheminés")


def test_be_governs_its_predicate() -> None:
    doc = drawn(f"""
        Ils il PRON nsubj 3
        sont être AUX cop 3 {FINITE}
        présents présent ADJ ROOT 0
        ici ici ADV advmod 3
    """)
    found = shape(doc)
    assert found["sont"] == ("ROOT", "sont")
    assert found["Ils"] == ("nsubj", "sont")
    assert found["présents"] == ("acomp", "sont")
    assert means(doc[1], "be")


def test_there_is() -> None:
    doc = drawn(f"""
        Il il PRON expl:subj 3
        y y PRON expl:comp 3
        a avoir VERB ROOT 0 {FINITE}
        des un DET det 5
        soldats soldat NOUN obj 3 Number=Plur
    """)
    assert shape(doc)["soldats"] == ("attr", "a")
    assert (doc[0].dep_, pivot(doc[0]), doc[2].lemma_) == ("expl", "there", "être")


@pytest.mark.parametrize(
    ("form", "lemma", "morph", "told"),
    [
        ("va", "aller", FINITE, "will"),
        ("devrait", "devoir", "Mood=Cnd|VerbForm=Fin", "will"),
        ("doit", "devoir", FINITE, "will"),
        ("pourrait", "pouvoir", "Mood=Cnd|VerbForm=Fin", "could"),
    ],
)
def test_a_modal_helps_the_verb_of_meaning(form: str, lemma: str, morph: str, told: str) -> None:
    doc = drawn(f"""
        Paris Paris PROPN nsubj 2
        {form} {lemma} VERB ROOT 0 {morph}
        retirer retirer VERB xcomp 2 VerbForm=Inf
        ses son DET det 5 Poss=Yes
        troupes troupe NOUN obj 3 Number=Plur
    """)
    found = shape(doc)
    assert found[form] == ("aux", "retirer")
    assert found["Paris"] == ("nsubj", "retirer")
    assert found["ses"] == ("poss", "troupes")
    assert (doc[1].tag_, pivot(doc[1]), doc[2].dep_) == ("MD", told, "ROOT")


def test_the_infinitive_of_a_charge_hangs_on_of_and_another_has_to() -> None:
    charge = drawn(f"""
        Il il PRON nsubj 2
        accuse accuser VERB ROOT 0 {FINITE}
        Paris Paris PROPN obj 2
        d' de ADP mark 6
        avoir avoir AUX aux:tense 6 VerbForm=Inf
        armé armer VERB xcomp 2 {PAST}
    """)
    assert shape(charge)["d'"] == ("prep", "accuse")
    assert shape(charge)["armé"] == ("pcomp", "d'")
    assert pivot(charge[3]) == "of"
    plan = drawn(f"""
        Il il PRON nsubj 2
        promet promettre VERB ROOT 0 {FINITE}
        de de ADP mark 4
        partir partir VERB xcomp 2 VerbForm=Inf
    """)
    assert shape(plan)["de"] == ("aux", "partir")
    assert shape(plan)["partir"] == ("xcomp", "promet")
    assert to_infinitive(plan[3])


def test_a_saying_behind_its_words_gets_its_subject() -> None:
    doc = drawn(f"""
        L' le DET det 2
        armée armée NOUN nsubj 3
        part partir VERB ROOT 0 {FINITE}
        , , PUNCT punct 6
        a avoir AUX aux:tense 6 {FINITE}
        annoncé annoncer VERB parataxis 3 {PAST}
        lundi lundi NOUN obj 6
        le le DET det 9
        ministre ministre NOUN nmod 7
    """)
    found = shape(doc)
    assert found["annoncé"] == ("parataxis", "part")
    assert found["ministre"] == ("nsubj", "annoncé")
    assert found["lundi"] == ("npadvmod", "annoncé")
    assert doc[5].tag_ == "VBD"


def test_the_pronoun_behind_a_saying_is_its_subject() -> None:
    doc = drawn(f"""
        a avoir AUX aux:tense 4 {FINITE}
        -t -t PRON expl:subj 4
        -il il PRON expl:subj 4
        dit dire VERB ROOT 0 {PAST}
    """)
    assert shape(doc)["-il"] == ("nsubj", "dit")
    assert pivot(doc[2]) == "he/it"


def test_a_verb_with_its_noun_is_one_verb() -> None:
    doc = drawn(f"""
        Niamey Niamey PROPN nsubj 2
        met mettre VERB ROOT 0 {FINITE}
        fin fin NOUN obj 2
        à à ADP case 6
        l' le DET det 6
        accord accord NOUN obl:arg 2
    """)
    assert doc[1].lemma_ == "mettre_fin"
    assert shape(doc)["accord"] == ("dobj", "met")
    assert shape(doc)["fin"] == ("prt", "met")


def test_negation_and_what_only_looks_like_it() -> None:
    rows = f"""
        Ils il PRON nsubj 3
        ne ne ADV advmod 3 Polarity=Neg
        restent rester VERB ROOT 0 {FINITE}
        pas pas ADV advmod 3 Polarity=Neg
    """
    assert [t.dep_ for t in drawn(rows)] == ["nsubj", "dep", "ROOT", "neg"]
    only = drawn(f"""
        Ils il PRON nsubj 3
        ne ne ADV advmod 3 Polarity=Neg
        comptent compter VERB ROOT 0 {FINITE}
        plus plus ADV advmod 3
        que que ADV advmod 7
        200 200 NUM nummod 7
        hommes homme NOUN obj 3 Number=Plur
    """)
    assert not [t for t in only if t.dep_ == "neg"]


def test_a_pronominal_verb_and_its_past() -> None:
    doc = drawn(f"""
        Ils il PRON nsubj:pass 4
        se se PRON expl:comp 4
        sont être AUX aux:pass 4 {FINITE}
        retirés retirer VERB ROOT 0 {PAST}
    """)
    assert shape(doc)["Ils"] == ("nsubj", "retirés")
    assert pronominal(doc[3])
    assert doc[3].tag_ == "VBD"


@pytest.mark.parametrize(
    ("form", "morph", "told"),
    [
        ("auraient", "Mood=Cnd|VerbForm=Fin", "would"),
        ("auront", "Mood=Ind|Tense=Fut|VerbForm=Fin", "will"),
        ("ont", FINITE, ""),
    ],
)
def test_what_the_ending_says(form: str, morph: str, told: str) -> None:
    doc = drawn(f"""
        Ils il PRON nsubj 3
        {form} avoir AUX aux:tense 3 {morph}
        déployé déployer VERB ROOT 0 {PAST}
    """)
    assert inflected(doc[2]) == told


def test_a_conditional_taken_for_an_imperfect() -> None:
    doc = drawn("""
        Ils il PRON nsubj 2
        frapperait frapper VERB ROOT 0 Mood=Ind|Tense=Imp|VerbForm=Fin
    """)
    assert inflected(doc[1]) == "would"
    doc = drawn("""
        Ils il PRON nsubj 2
        retirait retirer VERB ROOT 0 Mood=Ind|Tense=Imp|VerbForm=Fin
    """)
    assert inflected(doc[1]) == ""


def test_names_end_in_their_heads_and_stand_beside_their_titles() -> None:
    doc = drawn(f"""
        le le DET det 2
        colonel colonel NOUN nsubj 5
        Ali Ali PROPN flat:name 2
        Diallo Diallo PROPN flat:name 3
        parle parler VERB ROOT 0 {FINITE}
    """)
    assert shape(doc)["Ali"] == ("compound", "Diallo")
    assert shape(doc)["Diallo"] == ("appos", "colonel")


def test_and_hangs_on_the_first() -> None:
    doc = drawn("""
        Mali Mali PROPN ROOT 0
        et et CCONJ cc 3
        Niger Niger PROPN conj 1
    """)
    assert shape(doc)["et"] == ("cc", "Mali")


def test_a_preposition_may_fill_other_slots_of_a_verb() -> None:
    doc = drawn(f"""
        part partir VERB ROOT 0 {FINITE}
        de de ADP case 3
        Gao Gao PROPN obl:arg 1
    """)
    assert "from" in roles(doc[1])
    assert "of" in roles(doc[1])


def test_grouped_figures_and_compounds_become_one_word() -> None:
    doc = Doc(vocab(), words=["1", "200", "000", "et", "2", "20"], spaces=[True] * 6)
    assert list(joined_numbers(doc)) == [(0, 2)]
    doc = Doc(vocab(), words=["état", "-", "major", "ou", "-"], spaces=[False, False, True, True, False])
    assert list(joined_words(doc)) == [(0, 2)]


def test_every_word_keeps_its_place_and_every_tree_its_root() -> None:
    doc = drawn(f"""
        « « PUNCT punct 3
        Oui oui INTJ ROOT 0
        dit dire VERB parataxis 2 {FINITE}
        -on on PRON nsubj 3
    """)
    assert sum(t.head == t for t in doc) == 1
    assert all(t.norm_ for t in doc)


def test_a_noun_hung_on_the_words_before_its_number_takes_their_place() -> None:
    found = shape(
        drawn(f"""
        Moins moins ADV advmod 5
        de de ADP case 4
        200 200 NUM nummod 4 NumType=Card
        soldats soldat NOUN obl:arg 1 Number=Plur
        restent rester VERB ROOT 0 {FINITE}
        dans dans ADP case 8
        la le DET det 8
        capitale capitale NOUN obl:arg 5
    """)
    )
    assert found["soldats"] == ("nsubj", "restent")
    assert found["200"] == ("nummod", "soldats")
    assert found["Moins"][1] == found["de"][1] == "200"


def test_a_round_number_counts_the_noun_behind_it() -> None:
    found = shape(
        drawn(f"""
        Deux Deux NUM nummod 2
        cents cent NOUN nsubj 4
        soldats soldat NOUN amod 2 Number=Plur
        arrivent arriver VERB ROOT 0 {FINITE}
    """)
    )
    assert found["soldats"] == ("nsubj", "arrivent")
    assert found["cents"] == ("nummod", "soldats")


def test_whence_is_of_the_verb_where_the_noun_has_its_owner() -> None:
    rows = f"""
        Berlin Berlin PROPN nsubj 2
        retire retirer VERB ROOT 0 {FINITE}
        {{}} DET det 4 {{}}
        soldats soldat NOUN obj 2 Number=Plur
        du de ADP case 6
        Mali Mali PROPN nmod 4
    """
    assert shape(drawn(rows.format("ses son", "Poss=Yes")))["du"] == ("prep", "retire")
    assert shape(drawn(rows.format("les le", "Definite=Def")))["du"] == ("prep", "soldats")


WORDS = (
    "Moins moins ADV, de de ADP, 200 200 NUM NumType=Card, soldats soldat NOUN, restent rester VERB "
    f"{FINITE}, Mali Mali PROPN, peut pouvoir VERB {FINITE}, partir partir VERB VerbForm=Inf, est être AUX {FINITE}, "
    "près près ADV, présents présent ADJ, que que SCONJ, il il PRON, y y PRON, a avoir VERB Mood=Ind|Tense=Pres, "
    "ne ne ADV, pas pas ADV, et et CCONJ, Selon selon ADP, colonel colonel NOUN, mardi mardi NOUN, par par ADP, "
    f"accuse accuser VERB {FINITE}, déclaré déclarer VERB {PAST}, mettre mettre VERB VerbForm=Inf, fin fin NOUN, "
    f"transféré transférer VERB {PAST}, se se PRON, -il il PRON, fait faire VERB {FINITE}"
)
FORMS = [form.split() for form in (*WORDS.split(", "), ", , PUNCT", ". . PUNCT", "» » PUNCT")]
RELATIONS = sorted({*PLAIN, *CLAUSAL, "conj", "case", "det", "nummod", "amod", "acl", "fixed", "xcomp", "cop", "nsubj"})


@st.composite
def trees(draw: st.DrawFn) -> Doc:
    """Up to three sentences of any words that the turns look at, any one hanging on any other."""
    heads: list[int] = []
    for size in draw(st.lists(st.integers(1, 12), min_size=1, max_size=3)):
        start, order = len(heads), draw(st.permutations(range(size)))
        own = [0] * size
        for place, i in enumerate(order):
            own[i] = start + (order[draw(st.integers(0, place - 1))] if place else i)
        heads += own
    forms = draw(st.lists(st.sampled_from(FORMS), min_size=len(heads), max_size=len(heads)))
    kinds = draw(st.lists(st.sampled_from(RELATIONS), min_size=len(heads), max_size=len(heads)))
    return Doc(
        vocab(),
        words=[form[0] for form in forms],
        lemmas=[form[1] for form in forms],
        pos=[form[2] for form in forms],
        morphs=[form[3] if len(form) > 3 else "" for form in forms],
        heads=heads,
        deps=["ROOT" if head == i else kind for i, (head, kind) in enumerate(zip(heads, kinds, strict=True))],
    )


def tops(doc: Doc) -> list[int]:
    """The root over each word; fails where heads go round."""
    found = []
    for token in doc:
        at, steps = token.i, 0
        while doc[at].head.i != at:
            at, steps = doc[at].head.i, steps + 1
            assert steps <= len(doc), [(t.text, t.head.i) for t in doc]
        found.append(at)
    return found


@settings(max_examples=300)
@given(trees())
def test_a_turned_tree_is_a_tree_with_one_root_a_sentence(drawn_doc: Doc) -> None:
    doc = converted(drawn_doc)
    before, after = tops(drawn_doc), tops(doc)
    pairs = set(zip(before, after, strict=True))
    assert len(pairs) == len(set(before)) == len(set(after))
    assert [t.idx for t in doc] == [t.idx for t in drawn_doc]
    assert doc.text == drawn_doc.text
