"""From a head noun and the words around it to the actor it denotes, by the rules of the annotation guide."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dateline.lexicon import countries
from dateline.lexicon.actors import Family, by_name, words
from dateline.lexicon.countries import country_name
from dateline.model import Sector
from dateline.parse.denotations import Denotation, Frame, does_as_machine, government, named_coalition
from dateline.parse.forms import PIVOT, meanings, means, pivot
from dateline.parse.noun_phrases import plain_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARMED = frozenset({Sector.REB, Sector.PMC})
_FOREIGN_BODIES = frozenset({Sector.IGO, Sector.REB, Sector.PMC, Sector.NGO})
_OF_THE_STATE = frozenset({Sector.GOV, Sector.MIL, Sector.UNK, Sector.CIV})
_PEOPLE_OF = "people of"
_OFFICERS_REACH = 120
"""Words back within which police or an army tell whose "officers" are."""


def _names_country(word: str, code: str) -> bool:
    found = countries.by_demonym(word) or countries.by_name(word)
    return found is not None and found.code == code


def _flies(head: Token, word: str) -> bool:
    """Whether "bombers" or "fighters" are machines: by what they do, or what they enter."""
    if word.rstrip("s") not in ("bomber", "fighter"):
        return False
    verb = next((t for t in head.ancestors if t.pos_ in ("VERB", "AUX")), head)
    skies = any(means(t, "airspace", "runway", "sortie", "aircraft", "patrol") for t in verb.subtree)
    return skies or does_as_machine(head, word)


def _behind_state(words_of: str, code: str) -> str:
    """ "Russia, Ministry of Defence", "Kenya, president": a body or office behind its state, which it names no more."""
    words_of = words_of.rpartition("'s ")[2]
    kept = [w for w in words_of.removesuffix(f" of {country_name(code)}").split() if not _names_country(w, code)]
    return f"{country_name(code)}, {' '.join(kept)}"


def _office_word(frame: Frame) -> str:
    """What each of several is: "foreign minister" of "the French and German foreign ministers"."""
    before = [t for t in frame.head.lefts if t.dep_ in ("amod", "compound", "nmod") and t.is_alpha]
    kept = [t.lower_ for t in before if not (countries.by_demonym(t.text) or countries.by_name(t.text))]
    return " ".join([*kept, frame.head.lemma_.lower()])


def _is_counted(frame: Frame) -> bool:
    """ "About 100 instructors", said of people whom the report spoke of before; never of others."""
    return frame.plural and frame.bare and not frame.other and any(t.dep_ == "nummod" for t in frame.head.lefts)


class Families:
    """One rule a family of head nouns.

    `antecedent` gives who was meant before by such a phrase, `home` the country in view (with True only
    where none competes),
    `military_rule` whether the report calls a state's government a junta.
    """

    def __init__(
        self,
        *,
        antecedent: Callable[[Frame, str], Denotation | None],
        home: Callable[[Frame, bool], str | None],
        military_rule: Callable[[str], bool],
        named: Callable[[], frozenset[str]],
    ) -> None:
        self._antecedent = antecedent
        self._home = home
        self._military_rule = military_rule
        self._named = named
        self._words = words()
        self._rules: dict[Family, Callable[[Frame, str], Denotation | None]] = {
            Family.FORCE: self._force,
            Family.SECURITY: self._security,
            Family.WEAPON: self._weapon,
            Family.FIGHTER: self._fighter,
            Family.MERCENARY: self._fighter,
            Family.POLICE: self._police,
            Family.GOVERNMENT: self._government,
            Family.JUNTA: self._junta,
            Family.BODY: self._body,
            Family.OFFICE: self._office,
            Family.RANK: self._office,
            Family.CIVIL: self._civil,
            Family.STATE: self._state,
            Family.GROUP: self._group,
        }

    def denote(self, frame: Frame, word: str) -> Denotation | None:
        """The actor of a phrase with this head word, or None where it is nobody that can be told."""
        return self._rules.get(frame.family, self._organisation)(frame, word)

    # -- armed people

    def _force(self, frame: Frame, word: str) -> Denotation | None:
        if self._words.among("relational", word) and not self._uniformed(frame):
            return self._office(frame, word)
        if {"former", "retired"} & set(frame.lower):
            return Denotation(plain_words(frame.head), frame.country, Sector.CIV, Family.CIVIL, not frame.plural)
        own = frame.within and frame.leading and len(frame.countries) == 1  # "Chadian units of the joint force"
        lent = (
            frame.leading and frame.body is not None and frame.body.sector is Sector.IGO
        )  # "Swedish troops of MINUSMA"
        if frame.body is not None and not own and not lent and self._has_forces(frame.body):
            return self._as_body(frame)
        if frame.sector_word in _ARMED and frame.sector_word is not None:
            return self._fighter(frame, word)
        if frame.people is not None and not frame.countries:
            return self._fighter(frame, word)
        if word in ("peacekeeper", "peacekeepers") and not frame.countries and "led" not in frame.lower:
            return self._known("UN peacekeepers")
        if frame.body is not None and frame.body.sector is Sector.MIL and not frame.countries:
            return self._as_body(frame)
        if frame.sector_word is Sector.POL:
            return self._police(frame, word)
        if frame.sector_word in (Sector.PTY, Sector.CIV, Sector.NGO, Sector.MED) and word.startswith("force"):
            return self._organisation(frame, word)
        return self._of_state(frame, word, "armed forces", Sector.MIL)

    def _has_forces(self, body: Denotation) -> bool:
        """Whether a body other than a state has forces of its own."""
        return body.sector not in _OF_THE_STATE or self._coalition(body) or body.name.lower().endswith("coalition")

    def _uniformed(self, frame: Frame) -> bool:
        return frame.sector_word is Sector.MIL or (frame.plural and frame.sector_word is None and not frame.lower[1:2])

    def _security(self, frame: Frame, word: str) -> Denotation | None:
        if frame.body is not None and frame.body.sector in _FOREIGN_BODIES:
            return self._as_body(frame)
        label = (
            "armed forces"
            if word.startswith(("armed", "air"))
            else word
            if word.endswith(("s", "personnel"))
            else f"{word}s"
        )
        return self._of_state(frame, word, label, Sector.MIL)

    def _of_state(self, frame: Frame, word: str, label: str, sector: Sector) -> Denotation | None:
        """Forces of the state that the phrase, an antecedent or the report's country gives."""
        if len(frame.countries) > 1:
            names = "; ".join(f"{country_name(c)}, {label}" for c in frame.named_countries)
            return Denotation(names, None, sector, frame.family, plural=True)
        code = frame.country
        if frame.territory is not None:
            name = f"{frame.territory}, forces"
            return Denotation(name, code, Sector.REB if label == "armed forces" else sector, frame.family, plural=True)
        explicit = code is not None
        weak = self._words.among("weak", word)
        if code is None and not frame.elsewhere:
            found = self._antecedent(frame, word) if frame.definite or (weak and _is_counted(frame)) else None
            if found is not None:
                return found
            code = None if weak else self._home(frame, False)
        plural = frame.plural or not self._words.among("collective", word)
        if code is not None:
            return Denotation(f"{country_name(code)}, {label}", code, sector, frame.family, False, plural, explicit)
        bound = any(self._words.among("bonds", w.rpartition("-")[2]) for w in frame.lower)
        if weak and not frame.elsewhere and frame.sector_word is None and not bound:
            return None
        return Denotation(plain_words(frame.head), None, sector, frame.family, False, plural, False)

    def _weapon(self, frame: Frame, word: str) -> Denotation | None:
        """Machines stand for their force, and only where the phrase names it."""
        if frame.countries or frame.body is not None or frame.sector_word in _ARMED:
            return self._force(frame, word)
        return None

    def _fighter(self, frame: Frame, word: str) -> Denotation | None:
        if frame.head.dep_ == "compound" and means(frame.head.head, "jet", "plane", "aircraft", "bomber", "pilot"):
            return None  # "fighter jets"
        if frame.countries and _flies(frame.head, word):
            return self._of_state(frame, word, "armed forces", Sector.MIL)
        sector = self._words.sectors[Family.MERCENARY if frame.family is Family.MERCENARY else Family.FIGHTER]
        body = frame.body
        if body is not None and body.sector in _ARMED:
            return self._as_body(frame)
        if body is not None and (self._coalition(body) or (body.person and body.family is None and frame.plural)):
            return self._as_body(frame)
        pointing = frame.definite or "enemy" in (word, *frame.lower) or frame.family is Family.MERCENARY
        if frame.bare and (pointing or frame.head.dep_ in ("compound", "poss")) and not frame.other:
            found = self._antecedent(frame, word)
            if found is not None:
                return found
        country = frame.country
        if country is None and frame.people is not None:
            country = self._words.peoples[frame.people] or self._home(frame, False)
        explicit = country is not None or frame.people is not None
        name = plain_words(frame.head)
        if frame.head.dep_ == "compound" and frame.head.tag_ == "NN" and not frame.plural:
            name += "s"  # "rebel positions" are the rebels'
        return Denotation(name, country, sector, frame.family, not frame.plural, True, explicit)

    def _police(self, frame: Frame, word: str) -> Denotation | None:
        if frame.body is not None and frame.body.sector in _FOREIGN_BODIES:
            return self._as_body(frame)
        code = frame.country or (None if frame.elsewhere else self._home(frame, False))
        name = plain_words(frame.head) if code is None else f"{country_name(code)}, police"
        return Denotation(name, code, Sector.POL, frame.family, False, True, frame.country is not None)

    # -- states and their bodies

    def _government(self, frame: Frame, word: str) -> Denotation | None:
        if frame.body is not None and frame.body.sector in _FOREIGN_BODIES:
            return self._as_body(frame)
        if len(frame.countries) > 1:
            names = "; ".join(government(c, military_rule=self._military_rule).name for c in frame.named_countries)
            return Denotation(names, None, Sector.GOV, frame.family, plural=True)
        code = frame.country
        if code is None and not frame.elsewhere:
            found = self._antecedent(frame, word)
            if found is not None:
                return found
            if self._words.among("weak", word) and not frame.definite:
                return None
            code = self._home(frame, False)
        if code is None or frame.elsewhere and not frame.countries:
            return Denotation(plain_words(frame.head), None, Sector.GOV, frame.family, plural=frame.plural)
        found = government(code, military_rule=self._military_rule)
        name = found.name if frame.territory is None else f"{frame.territory}, authorities"
        return Denotation(name, code, Sector.GOV, frame.family, explicit=not frame.bare, state=True)

    def _junta(self, frame: Frame, word: str) -> Denotation | None:
        code = frame.country
        if code is None and not frame.elsewhere:
            found = self._antecedent(frame, word)
            if found is not None:
                return found
            code = self._home(frame, False) if frame.definite or not frame.plural else None
        elif code is not None and not frame.leading and not self._words.among("coup_states", code.lower()):
            code = self._home(frame, False) or code
        if code is None:
            return Denotation(plain_words(frame.head), None, Sector.MIL, frame.family, plural=True)
        name = f"{country_name(code)}, military government"
        return Denotation(name, code, Sector.GOV, frame.family, plural=frame.plural, explicit=not frame.bare)

    def _body(self, frame: Frame, word: str) -> Denotation | None:
        if frame.body is not None and frame.body.sector in (*_FOREIGN_BODIES, Sector.PTY, Sector.MED):
            return self._as_body(frame)
        if frame.sector_word in (Sector.MED, Sector.NGO, Sector.BUS, Sector.REB, Sector.PTY) and word != "ministry":
            return self._organisation(frame, word)
        if frame.bare and (frame.definite or frame.head.dep_ in ("compound", "poss")) and len(frame.lower) < 2:
            found = self._antecedent(frame, word)
            if found is not None:
                return found
        weak = self._words.among("weak", word) and not frame.head.text[:1].isupper()
        if frame.bare and weak:
            return None
        code = frame.country or (None if frame.elsewhere else self._home(frame, False))
        return Denotation(self._body_name(frame, code), code, Sector.GOV, frame.family, explicit=not frame.bare)

    def _body_name(self, frame: Frame, code: str | None) -> str:
        """ "Russia, Ministry of Defence"; other bodies keep their words after the country."""
        plain = plain_words(frame.head)
        if code is None:
            return plain
        named = (
            frame.lower
            if frame.head.lang_ == PIVOT
            else [m for t in frame.head.subtree for m in (pivot(t), *meanings(t))]
        )
        canonical = next((m for w in named if (m := self._words.ministries.get(w)) is not None), None)
        if canonical is None or pivot(frame.head) not in ("ministry", "office", "department"):
            canonical = plain
        return _behind_state(canonical, code)

    def _state(self, frame: Frame, word: str) -> Denotation | None:
        """ "the country" is the state in view; several states without names are GOV without a country."""
        if word.startswith("power") and not any(self._words.among("great", w) for w in frame.lower):
            return None
        if len(frame.countries) == 1 and not frame.plural:
            return government(frame.countries[0], military_rule=self._military_rule)
        pair = frame.plural and {"two", "both", "these"} & {pivot(t) for t in frame.head.lefts}
        if pair or (frame.definite and frame.bare):
            found = self._antecedent(frame, word)
            if found is not None:
                return found
        if frame.plural:
            known_type = self._words.among("plain_states", pivot(frame.head))
            loose = self._words.among("loose", frame.head.lemma_.lower())
            if known_type or loose or frame.elsewhere or frame.lower or frame.body is not None:
                return Denotation(plain_words(frame.head), None, Sector.GOV, frame.family, False, True)
            return None
        if not frame.definite and "sahel" not in frame.lower:
            return None
        code = self._home(frame, False)
        return None if code is None else government(code, military_rule=self._military_rule)

    # -- persons and the population

    def _office(self, frame: Frame, word: str) -> Denotation | None:
        titled = frame.head.pos_ == "PROPN" and frame.head.text[:1].isupper() and not frame.plural
        if (frame.definite or titled) and not frame.other and (frame.bare or len(frame.lower) < 4):
            found = self._antecedent(frame, word)
            if found is not None:
                return found
        sector = self._office_sector(frame, word)
        code = frame.country
        if code is not None and frame.plural and means(frame.head, "ruler"):
            return government(code, military_rule=self._military_rule)
        weak = self._words.among("weak", word)
        if code is None and frame.body is None and frame.people is None and not frame.elsewhere and not weak:
            code = self._home(frame, not frame.definite)
        if weak and frame.bare and frame.sector_word is None:
            if frame.family is Family.RANK or not self._words.among("loose", word):
                return None
            sector = Sector.UNK
        name = plain_words(frame.head)
        relational = self._words.among("relational", word) or word == "counterpart"
        held = sector in (Sector.GOV, Sector.MIL) and not (weak or relational or frame.plural)
        if frame.country is not None and held:
            name = _behind_state(name, frame.country)
        if len(frame.countries) > 1 and frame.plural and not weak:
            name = "; ".join(f"{country_name(c)}, {_office_word(frame)}" for c in frame.named_countries)
        return Denotation(name, code, sector, frame.family, not frame.plural, frame.plural, not frame.bare or not weak)

    def _office_sector(self, frame: Frame, word: str) -> Sector:
        """The body decides for spokesmen, officials, leaders; an army word beside it makes it MIL, not a ministry's."""
        own = self._words.sectors[frame.family]
        body = frame.body
        relational = self._words.among("relational", word)
        if body is not None and (relational or body.sector in _FOREIGN_BODIES):
            return body.sector
        if frame.family is Family.RANK:
            if frame.sector_word is None and frame.head.lemma_.lower() == "officer" and self._of_police(frame.head):
                return Sector.POL
            moved = frame.sector_word in (Sector.POL, Sector.REB)
            return frame.sector_word if moved and frame.sector_word is not None else own
        if not relational or frame.sector_word is None:
            return own
        state = any(self._words.among("state_words", w) for w in frame.lower)
        return own if state and frame.sector_word is Sector.MIL else frame.sector_word

    def _of_police(self, head: Token) -> bool:
        """Whether police are the last uniformed people named before bare "officers", and not an army."""
        doc = head.doc
        for i in range(head.i - 1, max(-1, head.i - _OFFICERS_REACH), -1):
            sector = self._words.sector_words.get(pivot(doc[i]))
            family = self._words.family(pivot(doc[i]))
            if sector is Sector.POL or family is Family.POLICE:
                return True
            if sector is Sector.MIL or family in (Family.FORCE, Family.SECURITY):
                return False
        return False

    def _civil(self, frame: Frame, word: str) -> Denotation | None:
        body = frame.body
        if body is not None and body.sector in _ARMED and self._words.among("rank_and_file", word):
            return self._as_body(frame)
        sector = Sector.CIV
        partisan = frame.sector_word is Sector.PTY or (frame.body is not None and frame.body.sector is Sector.PTY)
        if self._words.among("relational", word) and partisan:
            sector = Sector.PTY
        code = frame.country
        if code is None and frame.people is not None:
            code = self._words.peoples[frame.people]
        if code is None and not frame.elsewhere and frame.people is None and frame.body is None:
            code = self._home(frame, not frame.definite)
        whole = self._words.among("whole_people", frame.head.lemma_.lower()) and len(frame.countries) == 1
        whole = whole and (frame.head.tag_ in ("NNS", "NNPS") or frame.definite)
        plain = plain_words(frame.head)
        name = f"{_PEOPLE_OF} {country_name(code)}" if whole and code is not None else plain
        return Denotation(name, code, sector, frame.family, not frame.plural, frame.plural, not frame.bare)

    # -- organisations and what is left

    def _organisation(self, frame: Frame, word: str) -> Denotation | None:
        own = self._words.sectors[frame.family]
        moved = frame.family in (Family.SOURCE, Family.BODY, Family.GROUP, Family.FORCE)
        sector = frame.sector_word or own if moved else own
        if frame.body is not None and self._words.among("relational", word):
            sector = frame.body.sector
        bare = frame.bare and frame.sector_word is None
        if bare and frame.definite:
            found = self._antecedent(frame, word)
            if found is not None:
                return found
        if frame.family is Family.PARTY and frame.plural and frame.definite and not frame.countries:
            return Denotation(plain_words(frame.head), None, Sector.UNK, frame.family, False, True, False)
        if bare and self._words.among("weak", word):
            return None
        code = frame.country
        local = frame.family in (Family.PARTY, Family.MEDIA, Family.NGO) and not frame.elsewhere
        if code is None and frame.body is None and (frame.family is Family.PARTY or (local and frame.definite)):
            code = self._home(frame, False)
        if word == "opposition" and code is not None:
            return Denotation(f"{country_name(code)}, opposition", code, Sector.PTY, frame.family, plural=True)
        return Denotation(plain_words(frame.head), code, sector, frame.family, False, frame.plural, not bare)

    def _group(self, frame: Frame, word: str) -> Denotation | None:
        if word == "coalition" and (frame.body is None or frame.body.sector is not Sector.PTY):
            found = named_coalition(self._named())
            if found is not None and frame.sector_word is not Sector.PTY:
                return found
        if frame.body is not None and frame.body.sector is not Sector.GOV and not frame.body.person:
            return self._as_body(frame)
        if frame.sector_word is None and frame.plural and frame.head.lemma_.lower() in ("group", "faction", "element"):
            bound = any(w.rpartition("-")[2] in ("backed", "aligned", "armed") for w in frame.lower)
            frame.sector_word = Sector.REB if bound else None
        if self._words.among("loose", word) and not frame.definite:
            return Denotation(plain_words(frame.head), frame.country, Sector.UNK, frame.family, False, frame.plural)
        return self._organisation(frame, word)

    def _coalition(self, body: Denotation) -> bool:
        return body.country is None and body.sector in (Sector.MIL, Sector.IGO)

    def _known(self, name: str) -> Denotation | None:
        actor = by_name(name)
        if actor is None:
            return None
        return Denotation(actor.name, actor.country, actor.sector, plural=True)

    @staticmethod
    def _as_body(frame: Frame) -> Denotation | None:
        body = frame.body
        if body is None or body.person:
            if body is None:
                return None
            name = f"forces of {body.name}"
            return Denotation(name, body.country, body.sector, frame.family, False, True)
        return Denotation(body.name, body.country, body.sector, frame.family, False, frame.plural)
