"""The learned model is asked where it may tell something; then the lexicon and it weigh each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from spacy.tokens import Token

from dateline.extract import findings as weighing
from dateline.extract.findings import findings
from dateline.extract.reading import Reading
from dateline.extract.told import Answers
from dateline.kinds import Told
from dateline.kinds.model import Model
from dateline.lexicon.language import language
from dateline.model import Document, Kind
from dateline.parse import parsed_document


def reading(text: str, **told: Told) -> Reading:
    """A report in which the model tells only what is given, by word; of every other word it says nothing."""
    made = reading_of(text)
    made.__dict__["told"] = Given({t.i: told[t.text] for t in made.doc if t.text in told})
    return made


def reading_of(text: str, code: str = "en") -> Reading:
    return Reading(parsed_document(Document("d", text, "", language=code)), language(code))


class Given:
    """Answers that are given beforehand, of some words by their index."""

    def __init__(self, answers: dict[int, Told]) -> None:
        self._answers = answers

    def ask(self, words: Sequence[Token]) -> None:
        pass

    def known(self, word: Token) -> Told | None:
        return self._answers.get(word.i)

    of = known


def sure(kind: Kind, share: float = 0.97) -> Told:
    rest = (1 - share) / (len(Kind) - 1)
    return Told(0.0, dict.fromkeys(Kind, rest) | {kind: share})


def nothing() -> Told:
    return Told(1.0, dict.fromkeys(Kind, 0.0))


def kinds(made: Reading) -> list[Kind]:
    return [found.kind for found in findings(made)]


LISTED = "Russian forces bombed Kharkiv."
UNLISTED = "The Malian army zapped Tuareg rebels near Kidal."


def test_a_listed_word_needs_no_model() -> None:
    (found,) = findings(reading(LISTED))
    assert found.kind is Kind.ATTACK
    assert found.support is None


def test_a_listed_word_that_is_backed_keeps_its_roles() -> None:
    (found,) = findings(reading(LISTED, bombed=sure(Kind.ATTACK)))
    assert found.trigger.lemmas
    assert found.support == pytest.approx(0.97)


def test_a_listed_noun_that_tells_nothing_here_falls() -> None:
    text = "Russia's battle against drought in Rostov goes on."
    assert kinds(reading(text)) == [Kind.ATTACK]
    assert kinds(reading(text, battle=nothing())) == []


def test_a_listed_word_gives_way_to_another_kind_when_the_model_is_sure() -> None:
    assert kinds(reading(LISTED, bombed=sure(Kind.COERCION, weighing.OVERRULED))) == [Kind.COERCION]


def test_a_listed_word_stands_when_the_model_leans_elsewhere() -> None:
    assert kinds(reading(LISTED, bombed=sure(Kind.COERCION, weighing.OVERRULED - 0.1))) == [Kind.ATTACK]


def test_a_word_nobody_listed_is_told_by_the_model() -> None:
    assert kinds(reading(UNLISTED)) == []
    (found,) = findings(reading(UNLISTED, zapped=sure(Kind.ATTACK)))
    assert found.kind is Kind.ATTACK
    assert found.actor is not None and found.actor.country == "MLI"
    assert found.recipient is not None and "Tuareg" in str(found.recipient.text)


def test_a_guess_is_no_finding() -> None:
    assert kinds(reading(UNLISTED, zapped=sure(Kind.ATTACK, weighing.SURE - 0.05))) == []


def test_roles_must_fit_what_is_told() -> None:
    assert kinds(reading("The committee zapped a memo.", zapped=sure(Kind.DEPLOYMENT))) == []


def test_a_noun_does_not_tell_again_what_its_verb_has_told() -> None:
    text = "Russian forces bombed the gala of the Ukrainian army."
    assert kinds(reading(text, bombed=sure(Kind.ATTACK), gala=sure(Kind.ATTACK))) == [Kind.ATTACK]


def test_what_a_verb_only_carries_backs_it() -> None:
    made = reading("Niger signed an accord with Russia.", signed=nothing(), accord=sure(Kind.AGREEMENT))
    (found,) = findings(made)
    assert found.support == pytest.approx(0.97)


@pytest.mark.parametrize(("backing", "kind"), [(0.5, Kind.COERCION), (1.1, Kind.ATTACK)])
def test_a_listed_word_that_is_held_possible_stands(backing: float, kind: Kind) -> None:
    shares = dict.fromkeys(Kind, 0.0) | {Kind.COERCION: weighing.OVERRULED, Kind.ATTACK: backing * weighing.BACKED}
    told = Told(1 - sum(shares.values()), shares)
    assert kinds(reading(LISTED, bombed=told)) == [kind]


@pytest.mark.parametrize(
    ("text", "word", "part"),
    [("Russia's battle against drought in Rostov goes on.", "battle", "NOUN"), (LISTED, "bombed", "VERB")],
)
def test_a_listed_word_falls_where_the_model_holds_that_it_tells_nothing(text: str, word: str, part: str) -> None:
    def found(share: float, none: float) -> list[Kind]:
        rest = dict.fromkeys(Kind, 0.0) | {Kind.ATTACK: share, Kind.AID: 1 - share - none}
        return kinds(reading(text, **{word: Told(none, rest)}))

    limit = weighing.DROPPED[part]
    assert found(limit / 2, 0.6) == []
    assert found(limit / 2, 0.4) == [Kind.ATTACK]
    assert found(limit * 2, 0.6) == [Kind.ATTACK]


@pytest.mark.parametrize(("share", "told"), [(weighing.CERTAIN - 0.01, []), (weighing.CERTAIN + 0.01, [Kind.PROTEST])])
def test_roles_may_be_open_only_where_the_model_is_certain(share: float, told: list[Kind]) -> None:
    assert kinds(reading("Anger zapped over the fuel price.", zapped=sure(Kind.PROTEST, share))) == told


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_general_roles(kind: Kind) -> None:
    words = language("en")
    assert words.told_verbs[kind]
    assert words.told_nouns[kind]


STORMED = "Gunmen stormed the barracks at dawn and abducted nine soldiers."
FORCES = "Along the eastern bank, where the river is wide, Estonian troops."
BODY = "The Malian army zapped the fence."
PLAIN = "The recipe needs two cups of flour, and the bread smells of honey and apples."
WANTED = "Niger wanted more flour."


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences that the model is asked about from now on."""
    sentences: list[str] = []
    words = Model.words

    def watched(self: Model, given: Sequence[tuple[str, Any]]) -> Any:
        sentences.extend(sentence.strip() for sentence, _ in given)
        return words(self, given)

    monkeypatch.setattr(Model, "words", watched)
    return sentences


def test_only_listed_acts_forces_and_what_public_bodies_do_are_asked_about(asked: list[str]) -> None:
    list(findings(reading_of(f"{STORMED} {PLAIN} {FORCES} {WANTED} {BODY}")))
    assert sorted(asked) == sorted([STORMED, FORCES, BODY])


def test_a_sentence_is_asked_about_once(asked: list[str]) -> None:
    made = reading_of(f"{STORMED} {PLAIN}")
    answers = Answers(made)
    answers.ask(made.doc[:3])
    answers.ask(made.doc)
    assert asked == [STORMED, PLAIN]


def test_what_is_known_is_not_asked_for(asked: list[str]) -> None:
    made = reading_of(PLAIN)
    bread = next(word for word in made.doc if word.text == "bread")
    assert made.told.known(bread) is None
    assert not asked
    told = made.told.of(bread)
    assert told is not None and told.none > 0.5
    assert made.told.known(bread) is told
    assert asked == [PLAIN]


def test_nothing_is_told_in_a_language_that_the_model_does_not_read(asked: list[str]) -> None:
    made = reading_of("Des hommes armés ont attaqué la caserne de Gao et tué neuf soldats.", "fr")
    assert all(made.told.of(word) is None for word in made.doc)
    assert not asked


def test_the_verb_over_a_listed_infinitive_does_not_tell_it_too() -> None:
    made = reading("American troops are prepping to leave Niger.", prepping=sure(Kind.WITHDRAWAL))
    assert kinds(made) == [Kind.WITHDRAWAL]
