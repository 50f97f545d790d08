"""What kind of voice a source is, and whether a person behind it is withheld, by the annotation guide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from dateline.extract.conditions import content_head
from dateline.extract.reading import Reading
from dateline.extract.referents import Referents
from dateline.extract.source_phrases import stems
from dateline.lexicon.actors import Family
from dateline.lexicon.actors import words as actor_words
from dateline.model import Actor, Sector, SourceKind
from dateline.parse.noun_phrases import premodifiers

if TYPE_CHECKING:
    from spacy.tokens import Token

BODY_KIND = {
    Sector.GOV: SourceKind.GOVERNMENT,
    Sector.MIL: SourceKind.MILITARY,
    Sector.PMC: SourceKind.ARMED_GROUP,
    Sector.REB: SourceKind.ARMED_GROUP,
    Sector.POL: SourceKind.GOVERNMENT,
    Sector.PTY: SourceKind.CIVIL,
    Sector.IGO: SourceKind.IGO,
    Sector.NGO: SourceKind.CIVIL,
    Sector.MED: SourceKind.MEDIA,
    Sector.CIV: SourceKind.CIVIL,
    Sector.BUS: SourceKind.CIVIL,
    Sector.UNK: SourceKind.UNKNOWN,
}
_PERSONAL = frozenset({Family.OFFICE, Family.RANK, Family.CIVIL, Family.SOURCE})
_SOURCES = (
    ("military_sources", SourceKind.MILITARY),
    ("official_sources", SourceKind.OFFICIAL),
    ("armed_sources", SourceKind.ARMED_GROUP),
    ("witness_sources", SourceKind.WITNESS),
    ("civil_sources", SourceKind.CIVIL),
)


def _head(token: Token) -> Token:
    """The head that carries the meaning; a capitalised "Group of Experts" is a name of its own."""
    return token if token.pos_ == "PROPN" else content_head(token)


class Voices:
    """Kinds of voice in one report; `referents` tells who a source is."""

    def __init__(self, reading: Reading, referents: Referents) -> None:
        self._reading = reading
        self._referents = referents
        self._words = reading.lexicon.words
        self._kinds: dict[str, SourceKind] = {}

    # -- the two answers

    def kind(self, source: Token | None) -> SourceKind:
        """The kind of voice: persons by what they are, bodies by their sector, things as documents."""
        if source is None:
            return SourceKind.UNKNOWN
        found = self._referents.of(source)
        named = self._reading.cast.is_person(found)
        key = self._referents.key(found) if named else f"at {found.i}"
        if key not in self._kinds:
            self._kinds[key] = self._kind(found)
        return self._kinds[key]

    def _kind(self, found: Token) -> SourceKind:
        if self._is(found, "sources"):
            return self._source_kind(found)
        if self.is_hearsay(found) or self._in_the_know(found):
            return SourceKind.UNKNOWN
        if self.is_document(found):
            return SourceKind.DOCUMENT
        actor = self._reading.actor(found)
        if self.is_person(found):
            return self._person_kind(found, self._described_actor(found, actor))
        return self._body_kind(found, actor)

    def anonymous(self, source: Token | None) -> bool:
        """Whether a person is withheld; bodies, documents and those known by a unique post never are."""
        if source is None:
            return True
        found = self._referents.of(source)
        if self._reading.cast.is_person(found) or self._names_himself(found):
            return False
        if self._is(found, "sources") or self.is_hearsay(found):
            return True
        if found.pos_ == "PRON" or self.is_document(found):
            return False
        return (
            self.is_person(found) and found.pos_ != "X" and not self._only_bearer(found) and not self._unlisted(found)
        )

    def _in_the_know(self, token: Token) -> bool:
        """ "People familiar with the talks": persons of whom only their knowledge is told."""
        knowing = any(c.dep_ in ("amod", "prep", "acl") and self._is(c, "knowing") for c in token.rights)
        return knowing and self._is(token, "anybody")

    # -- what stands there

    def _is(self, token: Token, name: str) -> bool:
        return bool(stems(content_head(token)) & self._words[f"voice.{name}"])

    def is_document(self, token: Token) -> bool:
        """Whether a text, a picture or a record speaks."""
        actor = self._reading.actor(token)
        if self._reading.cast.is_person(token) or token.pos_ == "PRON" or not self._is(token, "documents"):
            return False
        return actor is None or token.pos_ == "NOUN" or actor.sector is Sector.UNK

    def is_hearsay(self, token: Token) -> bool:
        """ "Reports said": hearsay, unless somebody's, of somebody, or a single one with a describing word."""
        if not self._is(token, "hearsay") or self._reading.cast.is_person(token):
            return False
        owned = any(c.dep_ == "poss" or c.lower_ in ("by", "from") for c in token.children)
        described = any(t.dep_ in ("compound", "amod", "nmod") for t in token.lefts)
        pointed = any(t.lower_ in self._words["voice.pointing"] for t in token.lefts)
        return not owned and (token.tag_ == "NNS" or not (described or pointed))

    def is_person(self, token: Token) -> bool:
        """Whether one or more persons speak, not a body that they belong to."""
        if self._is_place(token) and token.pos_ == "PROPN":
            return False
        if self._reading.cast.is_person(token) or token.pos_ == "PRON":
            return self._reading.cast.is_person(token) or token.lower_ not in ("it", "we", "they")
        head = _head(token)
        if (
            head.lower_ == "rulers"
            or head.lower_ == "staff"
            and any(t.lower_ in ("general", "joint") for t in head.lefts)
        ):
            return False
        if self._referents.is_personal(head):
            return True
        family = actor_words().family(head.lower_)
        if family in _PERSONAL:
            return True
        if family in (Family.FIGHTER, Family.MERCENARY):
            return head.tag_ == "NN" and not actor_words().among("collective", head.lower_)
        return self._looks_human(token)

    def _is_place(self, token: Token) -> bool:
        """A town or country that speaks: its authorities."""
        place = token.i in self._reading.place_of_token or token.ent_type_ == "GPE"
        return place and not self._reading.cast.is_person(token) and self._referents.describing(token) is None

    def _looks_human(self, token: Token) -> bool:
        """A person by apposition or entity: "Aissata, a shopkeeper"; a common noun that nothing takes for a body."""
        if token.ent_type_ == "PERSON" or self._unlisted(token):
            return True
        actor = self._reading.actor(token)
        return actor is None and token.pos_ == "NOUN" and actor_words().family(content_head(token).lower_) is None

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
            return any(t.dep_ in ("det", "poss") and t.lower_ not in ("a", "an", "former") for t in head.lefts)
        if head.tag_ in ("NNS", "NNPS"):
            return self._is(head, "shared_posts") and self._of_states(head)
        if head is not token or not self._is(head, "unique_posts"):
            return False
        before = premodifiers(head)
        if any(
            t.lower_ in ("a", "an", "one", "another", "deputy", "assistant") or self._is(t, "former") for t in before
        ):
            return False
        return any(t.dep_ in ("det", "poss", "amod", "compound", "nmod") for t in head.lefts)

    def _of_states(self, head: Token) -> bool:
        """ "The leaders of Turkey and Russia"."""
        definite = any(t.lower_ == "the" for t in head.lefts)
        inner = [p for c in head.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
        return definite and bool(inner) and all(self._reading.is_country(t) for p in inner for t in (p, *p.conjuncts))

    # -- kinds

    def _source_kind(self, token: Token) -> SourceKind:
        """The kind of a "source" by the words before it and the body behind it."""
        before = {s for t in premodifiers(content_head(token)) for s in stems(t)}
        for name, kind in _SOURCES:
            if before & self._words[f"voice.{name}"]:
                return kind
        inner = [p for c in token.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"]
        near = [a for t in (*premodifiers(token), *inner) if (a := self._reading.actor(t)) is not None]
        body = next((a for a in near if a.sector in (Sector.IGO, Sector.REB, Sector.MIL, Sector.NGO)), None)
        if body is not None:
            return BODY_KIND[body.sector]
        within = {s for t in inner for s in stems(t)}
        return SourceKind.OFFICIAL if within & self._words["voice.official_sources"] else SourceKind.UNKNOWN

    def traits(self, token: Token) -> frozenset[str]:
        """All words that the report has for what the source is: titles, modifiers, apposition, predicate."""
        person = self._reading.cast.person(token)
        head = content_head(token)
        found = {s for t in (head, *premodifiers(head)) for s in stems(t)}
        for beside in self._beside(token):
            found |= {s for t in (beside, *premodifiers(beside)) for s in stems(t)}
        return frozenset(found | (person.title_words if person is not None else set()))

    def _person_kind(self, token: Token, actor: Actor | None) -> SourceKind:
        traits = self.traits(token)
        sector = None if actor is None else actor.sector
        if self._chief_of_staff(token) or (
            traits & self._words["voice.ranks"] and traits & self._words["voice.plotters"]
        ):
            return SourceKind.MILITARY
        if sector is Sector.REB and self._governing(traits):
            return SourceKind.OFFICIAL
        if sector is Sector.IGO and self._uniformed(traits, None):
            return SourceKind.MILITARY
        if sector in (Sector.REB, Sector.PMC) or (
            traits & self._words["voice.armed_words"] and sector is not Sector.GOV
        ):
            return SourceKind.ARMED_GROUP
        if sector is Sector.IGO:
            return SourceKind.IGO
        modifiers = {s for t in premodifiers(content_head(token)) for s in stems(t)}
        expert = (traits - modifiers) & self._words["voice.experts"]
        if expert and not traits & (self._words["voice.elected"] | self._words["voice.ranks"] | {"minister"}):
            return SourceKind.EXPERT
        traits |= self._body_words(token)
        if self._scholar(token, traits, sector):
            return SourceKind.EXPERT
        if self._police_report(traits):
            return SourceKind.OFFICIAL
        if self._of_company(token, traits, sector):
            return SourceKind.CIVIL
        if self._uniformed(traits, sector) or self._of_forces(token, sector):
            return SourceKind.EXPERT if traits & {"retired", "former"} else SourceKind.MILITARY
        named = self._reading.cast.is_person(token)
        return self._civilian(token, traits if named else traits - modifiers, sector, traits)

    def _described_actor(self, token: Token, actor: Actor | None) -> Actor | None:
        """The actor that the noun beside a name tells, where the name alone tells none."""
        behind = next(self._bodies(token), None)
        sent = self.traits(token) & self._words["voice.envoys"] or self._titled(token)
        if behind is not None and behind.sector in (Sector.IGO, Sector.REB, Sector.NGO) and not sent:
            return behind
        body = self._referents.body_before(token)
        if body is not None:
            return self._reading.actor(body)
        if actor is not None and actor.sector is not Sector.UNK:
            return actor
        return next((a for b in self._beside(token) if (a := self._reading.actor(b)) is not None), actor)

    def _mentions(self, token: Token) -> list[Token]:
        """The token, and all others at which the same named person stands."""
        person = self._reading.cast.person(token)
        return [token, *(self._reading.doc[last] for _, last in person.mentions)] if person is not None else [token]

    def _beside(self, token: Token) -> list[Token]:
        """The nouns that stand beside any mention of the person and say what he is."""
        found = (self._referents.describing(t) for t in self._mentions(token))
        return list({b.i: b for b in found if b is not None}.values())

    def _body_words(self, token: Token) -> frozenset[str]:
        """The words of the body that a bare spokesman speaks for."""
        body = self._referents.body_before(token)
        return frozenset() if body is None else frozenset(s for t in (body, *premodifiers(body)) for s in stems(t))

    def _titled(self, token: Token) -> bool:
        """Whether a title before the name already names a body of its own."""
        person = self._reading.cast.person(token)
        return person is not None and person.body is not None

    def _bodies(self, token: Token) -> Iterator[Actor]:
        """The bodies behind a person, in "X of the UN", "Y, head of the bank"."""
        for head in (*self._mentions(token), *self._beside(token)):
            for child in head.children:
                if child.dep_ != "prep" or child.lower_ not in ("of", "for", "at", "with", "from"):
                    continue
                yield from self._body_actors(c for c in child.children if c.dep_ == "pobj")
            yield from self._body_actors(c for c in head.lefts if c.dep_ == "poss")

    def _body_actors(self, tokens: Iterable[Token]) -> Iterator[Actor]:
        for token in tokens:
            actor = self._reading.actor(token, joint=False)
            if actor is not None and (token.pos_ == "PRON" or not self.is_person(token)):
                yield actor

    def _governing(self, traits: frozenset[str]) -> bool:
        """The ministries of those who fought and now rule: "the Taliban government's spokesman"."""
        return bool(traits & {"government", "ministry"}) and not traits & self._words["voice.armed_words"]

    def _scholar(self, token: Token, traits: frozenset[str], sector: Sector | None) -> bool:
        """A named person of an institute, or one who "studies" something, without an office."""
        if not self._reading.cast.is_person(token) or traits & self._reading.lexicon.classes["leader_word"]:
            return False
        if sector not in (None, Sector.UNK, Sector.NGO, Sector.CIV):
            return False
        rights = [c for t in self._mentions(token) for c in t.rights]
        studies = any(c.dep_ == "relcl" and c.lemma_.lower() in self._words["voice.studying"] for c in rights)
        inner = {s for c in rights if c.dep_ == "prep" for p in c.children for s in stems(p)}
        return studies or bool(inner & self._words["voice.institutes"])

    def _chief_of_staff(self, token: Token) -> bool:
        """The soldier of that post, not a president's."""
        of_staff = any(p.lower_ == "staff" for c in token.children if c.lower_ == "of" for p in c.children)
        civil = any(self._is(t, "government_words") or t.lower_ in ("house", "president") for t in token.subtree)
        return token.lower_ in ("chief", "chiefs") and of_staff and not civil

    def _uniformed(self, traits: frozenset[str], sector: Sector | None) -> bool:
        """A rank, or the forces behind a spokesman; a ministry's civilians and policemen are not."""
        ranks = traits & self._words["voice.ranks"]
        if traits & self._words["voice.advisers"] and not ranks and not traits & self._words["voice.military_words"]:
            return False
        if traits & self._words["voice.police_ranks"]:
            return False
        if traits & self._words["voice.unranked"] and not ranks - self._words["voice.loose_ranks"]:
            return False
        if ranks and sector is not Sector.POL:
            return True
        if traits & self._words["voice.military_words"] and sector in (Sector.MIL, Sector.POL, None):
            return True
        return sector is Sector.MIL and not traits & self._words["voice.ministries"]

    def _police_report(self, traits: frozenset[str]) -> bool:
        """Bare "officers" of a report that speaks of police and hardly of soldiers."""
        ranks = traits & self._words["voice.ranks"]
        return ranks == {"officer"} and not traits & self._words["voice.military_words"] and self._police_share > 0

    @cached_property
    def _police_share(self) -> int:
        """How many more words of police than of armies the report has."""
        families = (actor_words().family(t.lower_) for t in self._reading.doc if t.pos_ in ("NOUN", "PROPN"))
        found = Counter(f for f in families if f in (Family.POLICE, Family.FORCE))
        return found[Family.POLICE] - found[Family.FORCE]

    def _of_company(self, token: Token, traits: frozenset[str], sector: Sector | None) -> bool:
        """A head, spokesman or director of a body that is not the state's: "the president of the bank"."""
        if traits & self._words["voice.executives"]:
            return True
        if sector not in (Sector.GOV, Sector.UNK, None) or not any(
            actor_words().among("relational", t) for t in traits
        ):
            return False
        inner = {
            s
            for h in (token, *self._beside(token))
            for c in h.children
            if c.dep_ == "prep"
            for p in c.children
            for s in stems(p)
        }
        if inner & self._words["voice.private_bodies"]:
            return True
        body = next(self._bodies(token), None)
        return body is not None and body.sector in (Sector.NGO, Sector.BUS, Sector.UNK, Sector.PTY)

    def _of_forces(self, token: Token, sector: Sector | None) -> bool:
        """ "A spokesman for the coalition", where nothing tells which one."""
        inner = [p for c in token.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"]
        bodies = {s for t in (*inner, *premodifiers(token)) for s in stems(t)}
        return sector in (None, Sector.GOV, Sector.UNK) and bool(bodies & self._words["voice.military_bodies"])

    def _private(self, token: Token) -> bool:
        """A named person of whom an age or what befell him is told, and no office: "Hawa Ishaq, 41, who fled"."""
        if not self._reading.cast.is_person(token):
            return False
        told = [c for t in self._mentions(token) for c in t.rights]
        return any(c.dep_ == "relcl" or (c.pos_ == "NUM" and c.dep_ in ("appos", "nummod")) for c in told)

    def _civilian(
        self, token: Token, heads: frozenset[str], sector: Sector | None, traits: frozenset[str]
    ) -> SourceKind:
        """The kind of a person out of uniform; `heads` are the traits that are no mere modifiers."""
        named = heads == traits
        elected = traits & self._words["voice.elected"]
        official = traits & self._reading.lexicon.classes["leader_word"]
        state = traits & self._words["voice.government_words"] and traits & self._words["voice.civil_servants"]
        if named and traits & self._words["voice.former"] and sector not in (Sector.NGO, Sector.MED):
            return SourceKind.CIVIL
        if sector is Sector.PTY and not elected:
            return SourceKind.CIVIL
        if sector in (Sector.GOV, Sector.POL, Sector.MIL) or state or (elected and sector in (None, Sector.PTY)):
            return SourceKind.OFFICIAL
        if traits & self._words["voice.rescuing"] and traits & self._words["voice.civil_servants"]:
            return SourceKind.WITNESS
        if heads & self._words["voice.civilians"] or sector in (Sector.NGO, Sector.BUS, Sector.PTY):
            return SourceKind.CIVIL
        if heads & self._words["voice.witnesses"] or (sector in (None, Sector.UNK) and self._private(token)):
            return SourceKind.WITNESS
        if sector is Sector.MED:
            return SourceKind.MEDIA
        if official and sector in (None, Sector.UNK):
            return SourceKind.OFFICIAL
        return SourceKind.CIVIL if sector is Sector.CIV else SourceKind.UNKNOWN

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
        return bool(inside) or (token.pos_ == "PROPN" and any(stems(t) & words for t in beside))

    def _body_kind(self, token: Token, actor: Actor | None) -> SourceKind:
        traits = self.traits(token)
        if traits & self._words["voice.armed_words"] and (
            actor is None or actor.sector not in (Sector.GOV, Sector.MIL)
        ):
            return SourceKind.ARMED_GROUP
        if self.calls_itself_media(token):
            return SourceKind.MEDIA
        family = actor_words().family(token.lower_)
        if token.lower_ == "staff" and traits & {"general", "joint"}:
            return SourceKind.MILITARY
        if actor is not None and actor.sector is Sector.REB and self._governing(traits):
            return SourceKind.GOVERNMENT
        governs = family is Family.JUNTA or (actor is None and self._is_place(token))
        sided = actor is not None and actor.sector is Sector.UNK and actor.country is not None and token.pos_ == "NOUN"
        if governs or sided:
            return SourceKind.GOVERNMENT
        if actor is None:
            return SourceKind.UNKNOWN
        if actor.sector is Sector.MIL and traits & self._words["voice.ministries"]:
            return SourceKind.GOVERNMENT
        if actor.sector is Sector.UNK and token.pos_ == "PROPN":
            return SourceKind.CIVIL
        if actor.sector is Sector.CIV and traits & self._words["voice.witnesses"]:
            return SourceKind.WITNESS
        return BODY_KIND[actor.sector]
