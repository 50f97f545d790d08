"""What stands at the head of a source: a person, a body, a text, hearsay, an outlet; and who alone can bear it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.bodies import in_trade, is_body_noun, is_guard
from dateline.extract.conditions import content_head
from dateline.extract.reading import Reading
from dateline.extract.referents import Referents
from dateline.extract.source_phrases import stems
from dateline.lexicon.actors import Family
from dateline.lexicon.actors import words as actor_words
from dateline.model import Actor, Sector
from dateline.parse.forms import means, pivot
from dateline.parse.noun_phrases import premodifiers

if TYPE_CHECKING:
    from spacy.tokens import Token

_PERSONAL = frozenset({Family.OFFICE, Family.RANK, Family.CIVIL, Family.SOURCE})
_NOT_THE_ONE = frozenset({"a", "an", "one", "another", "deputy", "assistant"})


def _head(token: Token) -> Token:
    """The head that carries the meaning; a capitalised "Group of Experts" is a name of its own."""
    return token if token.pos_ == "PROPN" else content_head(token)


class Bearers:
    """What the sources of one report are by their head words; `referents` tells who a source is."""

    def __init__(self, reading: Reading, referents: Referents) -> None:
        self._reading = reading
        self._referents = referents
        self._words = reading.lexicon.words

    def _in_the_know(self, token: Token) -> bool:
        """ "People familiar with the talks": persons of whom only their knowledge is told."""
        told = [c for c in token.rights if c.dep_ in ("amod", "prep", "acl")]
        knowing = any(
            self._is(t, "knowing") for c in told for t in (c, *c.children) if t.dep_ in ("amod", "acl", "prep", "pobj")
        )
        return knowing and self._is(token, "anybody")

    def _is(self, token: Token, name: str) -> bool:
        return bool(stems(content_head(token)) & self._words[f"voice.{name}"])

    def is_document(self, token: Token) -> bool:
        """Whether a text, a picture or a record speaks."""
        actor = self._reading.actor(token)
        if self._reading.cast.is_person(token) or token.pos_ == "PRON" or not self._is(token, "documents"):
            return False
        if means(token, "figure") and any(t.dep_ in ("amod", "compound") for t in token.lefts):
            return False
        return actor is None or token.pos_ == "NOUN" or actor.sector is Sector.UNK

    def is_hearsay(self, token: Token) -> bool:
        """ "Reports said": hearsay, unless somebody's, of somebody, or a single one with a describing word."""
        if not self._is(token, "hearsay") or self._reading.cast.is_person(token):
            return False
        owned = any(c.dep_ == "poss" or pivot(c) in ("by", "from") for c in token.children)
        described = any(t.dep_ in ("compound", "amod", "nmod") for t in token.lefts)
        pointed = any(pivot(t) in self._words["voice.pointing"] for t in token.lefts)
        return not owned and (token.tag_ == "NNS" or not (described or pointed))

    def is_person(self, token: Token) -> bool:
        """Whether one or more persons speak, not a body that they belong to."""
        if (self._is_place(token) and token.pos_ == "PROPN") or self._is_outlet_noun(token):
            return False
        if self._reading.cast.is_person(token) or token.pos_ == "PRON":
            return self._reading.cast.is_person(token) or pivot(token) not in ("it", "we", "they")
        head = _head(token)
        if self._collective(token, head):
            return False
        if self._referents.is_personal(head):
            return True
        family = actor_words().family(pivot(head))
        if family in _PERSONAL:
            return True
        if family in (Family.FIGHTER, Family.MERCENARY):
            return head.tag_ == "NN" and not actor_words().among("collective", pivot(head))
        return self._looks_human(token)

    def _is_outlet_noun(self, token: Token) -> bool:
        return token.pos_ == "NOUN" and self.calls_itself_media(token)

    def _collective(self, token: Token, head: Token) -> bool:
        """A word for persons that names their body: "the general staff", "the Coast Guard"."""
        if pivot(head) == "rulers" or is_guard(self._words, token):
            return True
        if pivot(head) == "staff" and any(pivot(t) in ("general", "joint") for t in head.lefts):
            return True
        actor = self._reading.actor(token, joint=False)
        if actor is None or token.tag_ not in ("NNS", "NNPS") or self._reading.cast.is_person(token):
            return False
        name = (actor.text or "").removeprefix("the ").removeprefix("The ")
        return " " in name and name.istitle() and actor.sector in (Sector.NGO, Sector.REB, Sector.MED)

    def _is_place(self, token: Token) -> bool:
        """A town or country that speaks: its authorities."""
        actor = self._reading.actor(token, joint=False)
        capital = actor is not None and actor.country is not None and self._is_government(actor, actor.country)
        place = capital or token.i in self._reading.place_of_token or token.ent_type_ == "GPE"
        return place and not self._reading.cast.is_person(token) and self._referents.describing(token) is None

    def _is_government(self, actor: Actor, country: str) -> bool:
        """Whether a capital or a country's name stands for its government."""
        return actor.sector is Sector.GOV and actor.name == self._reading.cast.government_name(country)

    def _looks_human(self, token: Token) -> bool:
        """A person by apposition or entity: "Aissata, a shopkeeper"; a common noun that nothing takes for a body."""
        if token.ent_type_ == "PERSON" or self._unlisted(token):
            return True
        owned = any(c.dep_ == "poss" and self._reading.actor(c) is not None for c in token.lefts if c.pos_ == "PROPN")
        if is_body_noun(self._words, token) or (owned and not in_trade(self._words, token)):
            return False
        actor = self._reading.actor(token)
        return actor is None and token.pos_ == "NOUN" and actor_words().family(pivot(content_head(token))) is None

    def _unlisted(self, token: Token) -> bool:
        """A name of which only its bearer's description tells that it is a person's."""
        return token.pos_ == "PROPN" and self._referents.describing(token) is not None

    def _names_himself(self, token: Token) -> bool:
        """ "A man who gave his name only as Idriss"."""
        for clause in token.children:
            if clause.dep_ in ("relcl", "acl"):
                words = {t.lemma_.lower() for t in clause.subtree}
                gave = words & {"name", "identify", "surname"} and words & {"give", "as", "identify"}
                if (
                    gave
                    and any(t.pos_ == "PROPN" for t in clause.subtree)
                    and not words & {"decline", "withhold", "not"}
                ):
                    return True
        return False

    def _only_bearer(self, token: Token) -> bool:
        """ "The president", "Egypt's foreign minister": one bearer at a time, known without a name."""
        head = content_head(token)
        if self._chief_of_staff(token):
            return any(t.dep_ in ("det", "poss") and pivot(t) not in ("a", "an", "former") for t in head.lefts)
        if head.tag_ in ("NNS", "NNPS"):
            return self._is(head, "shared_posts") and self._of_states(head)
        before = premodifiers(head)
        if head is not token or any(pivot(t) in _NOT_THE_ONE or self._is(t, "former") for t in before):
            return False
        if not self._is(head, "unique_posts"):
            return self._narrow_post(head)
        return any(t.dep_ in ("det", "poss", "amod", "compound", "nmod") for t in head.lefts)

    def _narrow_post(self, head: Token) -> bool:
        """ "The air force commander", "the attorney general": unique by the body or work that is told with it."""
        if not any(t.dep_ == "poss" or pivot(t) == "the" for t in head.lefts):
            return False
        before = {s for t in premodifiers(head) for s in stems(t)}
        if stems(head) & {"general"}:
            return bool(before & self._words["voice.unranked"])
        of_it = any(pivot(c) in ("of", "for", "to") for c in head.rights)
        body = before & (self._words["voice.force_words"] | self._words["voice.army_bodies"] | {"security", "special"})
        return self._is(head, "narrow_posts") and (of_it or bool(body))

    def _of_states(self, head: Token) -> bool:
        """ "The leaders of Turkey and Russia"."""
        definite = any(pivot(t) == "the" for t in head.lefts)
        inner = [p for c in head.children if pivot(c) == "of" for p in c.children if p.dep_ == "pobj"]
        return definite and bool(inner) and all(self._reading.is_country(t) for p in inner for t in (p, *p.conjuncts))

    def traits(self, token: Token) -> frozenset[str]:
        """All words that the report has for what the source is: titles, modifiers, apposition, predicate."""
        person = self._reading.cast.person(token)
        head = content_head(token)
        found = {s for t in (head, *premodifiers(head)) for s in stems(t)}
        for beside in self._beside(token):
            found |= {s for t in (beside, *premodifiers(beside)) for s in stems(t)}
        return frozenset(found | (person.title_words if person is not None else set()))

    def _mentions(self, token: Token) -> list[Token]:
        """The token, and all others at which the same named person stands."""
        person = self._reading.cast.person(token)
        return [token, *(self._reading.doc[last] for _, last in person.mentions)] if person is not None else [token]

    def _beside(self, token: Token) -> list[Token]:
        """The nouns that stand beside any mention of the person and say what he is."""
        found = (self._referents.describing(t) for t in self._mentions(token))
        return list({b.i: b for b in found if b is not None}.values())

    def _chief_of_staff(self, token: Token) -> bool:
        """The soldier of that post, not a president's."""
        of_staff = any(pivot(p) == "staff" for c in token.children if pivot(c) == "of" for p in c.children)
        civil = any(self._is(t, "government_words") or pivot(t) in ("house", "president") for t in token.subtree)
        return pivot(token) in ("chief", "chiefs") and of_staff and not civil

    def calls_itself_media(self, token: Token) -> bool:
        """A word for an outlet as head, before the name or beside it: "the daily Suara Merdeka"."""
        words = (self._reading.lexicon.classes["media_word"] | self._words["voice.outlets"]) - {"agency"}
        actor = self._reading.actor(token)
        if token.pos_ == "NOUN" and stems(token) & words - self._words["voice.all_outlets"]:
            return True
        if actor is not None and actor.sector not in (Sector.MED, Sector.UNK, Sector.BUS):
            return False
        beside = [c for c in token.children if c.dep_ in ("compound", "nmod", "appos") and c.pos_ in ("NOUN", "PROPN")]
        inside = stems(content_head(token)) & self._reading.lexicon.classes["media_word"]
        if means(token, "agency") and token.pos_ == "NOUN":
            before = premodifiers(token)
            return any(self._is(t, "press_modifiers") or t.pos_ == "PROPN" for t in before)
        return bool(inside) or (token.pos_ == "PROPN" and any(stems(t) & words for t in beside))
