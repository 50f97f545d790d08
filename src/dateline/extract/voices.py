"""What kind of voice a source is, and whether a person behind it is withheld, by the annotation guide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from dateline.extract.bearers import Bearers
from dateline.extract.bodies import in_trade, noun_kind
from dateline.extract.conditions import content_head
from dateline.extract.reading import Reading
from dateline.extract.referents import Referents
from dateline.extract.source_phrases import stems
from dateline.lexicon.actors import Family
from dateline.lexicon.actors import words as actor_words
from dateline.model import Actor, Sector, SourceKind
from dateline.parse.forms import pivot
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
_SOURCES = (
    ("military_sources", SourceKind.MILITARY),
    ("official_sources", SourceKind.OFFICIAL),
    ("armed_sources", SourceKind.ARMED_GROUP),
    ("witness_sources", SourceKind.WITNESS),
    ("civil_sources", SourceKind.CIVIL),
)


class Voices(Bearers):
    """Kinds of voice in one report; `referents` tells who a source is."""

    def __init__(self, reading: Reading, referents: Referents) -> None:
        super().__init__(reading, referents)
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
        nobody = pivot(found) in self._words["voice.nobodies"] and content_head(found) is found
        if nobody or self.is_hearsay(found) or self._in_the_know(found):
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
        if found.pos_ in ("PRON", "NUM") or self.is_document(found):
            return found.pos_ == "NUM" or pivot(found) in self._words["voice.nobodies"]
        return (
            self.is_person(found) and found.pos_ != "X" and not self._only_bearer(found) and not self._unlisted(found)
        )

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

    def _person_kind(self, token: Token, actor: Actor | None) -> SourceKind:
        traits = self.traits(token)
        sector = None if actor is None else actor.sector
        if self._chief_of_staff(token) or (
            traits & self._words["voice.ranks"] and traits & self._words["voice.plotters"]
        ):
            return SourceKind.MILITARY
        if self._in_command(token, traits):
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
        if self._at_sea(token, traits):
            return SourceKind.WITNESS
        return self._employed(token, traits, sector) or self._civilian(
            token, traits if self._reading.cast.is_person(token) else traits - modifiers, sector, traits
        )

    def _employed(self, token: Token, traits: frozenset[str], sector: Sector | None) -> SourceKind | None:
        """The kind by the institute, police, company or force that a person works for."""
        if self._scholar(token, traits, sector):
            return SourceKind.EXPERT
        if self._police_report(traits):
            return SourceKind.OFFICIAL
        if self._of_company(token, traits, sector):
            return SourceKind.CIVIL
        if self._uniformed(traits, sector) or self._of_forces(token, sector):
            return SourceKind.EXPERT if traits & {"retired", "former"} else SourceKind.MILITARY
        return None

    def _in_command(self, token: Token, traits: frozenset[str]) -> bool:
        """Heads of services, lawyers in uniform, officers of those who seized power."""
        if traits & self._words["voice.force_words"] and traits & self._words["voice.chiefs"]:
            return not traits & self._words["voice.unranked"]
        if traits & {"military", "defence", "defense"} and traits & self._words["voice.military_posts"]:
            return True
        if traits & self._words["voice.guards"] and traits & self._words["voice.guarded"]:
            return True
        inner = (p for h in (token, *self._beside(token)) for c in h.rights if pivot(c) == "of" for p in c.children)
        return bool(traits & self._words["voice.ranks"]) and any(self._is(p, "plotters") for p in inner)

    def _at_sea(self, token: Token, traits: frozenset[str]) -> bool:
        """The captain or a sailor of a merchant ship."""
        if not traits & {"captain", "sailor", "pilot", "master", "officer"}:
            return False
        inner = {s for c in token.rights if c.dep_ == "prep" for p in c.children for s in stems(p)}
        return bool((traits | inner) & self._words["voice.vessels"])

    def _described_actor(self, token: Token, actor: Actor | None) -> Actor | None:
        """The actor that the noun beside a name tells, where the name alone tells none."""
        behind = next(self._bodies(token), None)
        sent = self.traits(token) & self._words["voice.envoys"] or self._titled(token, behind)
        if behind is not None and behind.sector in (Sector.IGO, Sector.REB, Sector.NGO) and not sent:
            return behind
        body = self._referents.body_before(token)
        if body is not None:
            return self._reading.actor(body)
        if actor is not None and actor.sector is not Sector.UNK:
            return actor
        before = [t for t in content_head(token).lefts if t.dep_ in ("compound", "nmod") and t.pos_ == "PROPN"]
        world = next((a for a in self._body_actors(before) if a.sector is Sector.IGO), None)
        return world or next((a for b in self._beside(token) if (a := self._reading.actor(b)) is not None), actor)

    def _body_words(self, token: Token) -> frozenset[str]:
        """The words of the body that a bare spokesman speaks for."""
        body = self._referents.body_before(token)
        return frozenset() if body is None else frozenset(s for t in (body, *premodifiers(body)) for s in stems(t))

    def _titled(self, token: Token, behind: Actor | None) -> bool:
        """Whether a title before the name already names another body."""
        person = self._reading.cast.person(token)
        if person is None or person.body is None:
            return False
        return behind is None or person.body.name != behind.name

    def _bodies(self, token: Token) -> Iterator[Actor]:
        """The bodies behind a person, in "X of the UN", "Y, head of the bank"."""
        for head in (*self._mentions(token), *self._beside(token)):
            for child in head.children:
                if child.dep_ != "prep" or pivot(child) not in ("of", "for", "at", "with", "from"):
                    continue
                yield from self._body_actors(c for c in child.children if c.dep_ == "pobj")
            yield from self._body_actors(c for c in head.lefts if c.dep_ == "poss")
            led = head.dep_ == "nsubj" and head.head.lemma_.lower() in self._words["voice.leading"]
            yield from self._body_actors(content_head(c) for c in head.head.rights if led and c.dep_ == "dobj")

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
        if not self._reading.cast.is_person(token) or sector not in (None, Sector.UNK, Sector.NGO, Sector.CIV):
            return False
        if any(stems(p) & self._words["voice.expert_bodies"] for p in self._inner(token)):
            return not traits & (self._words["voice.elected"] | self._words["voice.ranks"])
        if traits & self._reading.lexicon.classes["leader_word"]:
            return False
        rights = [c for t in self._mentions(token) for c in t.rights]
        studies = any(c.dep_ == "relcl" and c.lemma_.lower() in self._words["voice.studying"] for c in rights)
        inner = {s for c in rights if c.dep_ == "prep" for p in c.children for s in stems(p)}
        return studies or bool(inner & self._words["voice.institutes"])

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
        families = (actor_words().family(pivot(t)) for t in self._reading.doc if t.pos_ in ("NOUN", "PROPN"))
        found = Counter(f for f in families if f in (Family.POLICE, Family.FORCE))
        return found[Family.POLICE] - found[Family.FORCE]

    def _inner(self, token: Token) -> list[Token]:
        """What the nouns for a person are followed by: "director of the Institute" -> Institute."""
        heads = (*self._mentions(token), *self._beside(token))
        return [p for h in heads for c in h.rights if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"]

    def _of_company(self, token: Token, traits: frozenset[str], sector: Sector | None) -> bool:
        """A head, spokesman or director of a body that is not the state's: "the president of the bank"."""
        private = traits & self._words["voice.private_bodies"] and traits & self._words["voice.mouthpiece_persons"]
        if private or traits & self._words["voice.executives"]:
            return True
        relational = any(actor_words().among("relational", t) or t == "secretary" for t in traits)
        if sector not in (Sector.GOV, Sector.UNK, None) or not relational:
            return False
        inner = {s for p in self._inner(token) for s in stems(p)}
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
        if not elected and (sector is Sector.PTY or (official and traits & self._words["voice.led"])):
            return SourceKind.CIVIL
        if heads & self._words["voice.reporters"]:
            return SourceKind.MEDIA
        if sector in (Sector.GOV, Sector.POL, Sector.MIL) or state or (elected and sector in (None, Sector.PTY)):
            return SourceKind.OFFICIAL
        if traits & self._words["voice.rescuing"] and traits & self._words["voice.civil_servants"]:
            return SourceKind.WITNESS
        private = sector is Sector.BUS and not heads & self._words["voice.witnesses"]
        if private or heads & self._words["voice.civilians"] or sector in (Sector.NGO, Sector.PTY):
            return SourceKind.CIVIL
        if heads & self._words["voice.witnesses"] or (sector in (None, Sector.UNK) and self._private(token)):
            return SourceKind.WITNESS
        if sector is Sector.MED:
            return SourceKind.MEDIA
        if official and sector in (None, Sector.UNK):
            return SourceKind.OFFICIAL
        if any(in_trade(self._words, t) for t in (token, *self._beside(token))) and not self._is(token, "persons"):
            return SourceKind.WITNESS
        return SourceKind.CIVIL if sector is Sector.CIV else SourceKind.UNKNOWN

    def _body_kind(self, token: Token, actor: Actor | None) -> SourceKind:
        traits = self.traits(token)
        if traits & self._words["voice.armed_words"] and (
            actor is None or actor.sector not in (Sector.GOV, Sector.MIL)
        ):
            return SourceKind.ARMED_GROUP
        if self.calls_itself_media(token):
            return SourceKind.MEDIA
        family = actor_words().family(pivot(token))
        if pivot(token) == "staff" and traits & {"general", "joint"}:
            return SourceKind.MILITARY
        by_noun = self._kind_by_noun(token, actor)
        if by_noun is not None:
            return by_noun
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

    def _kind_by_noun(self, token: Token, actor: Actor | None) -> SourceKind | None:
        """What the common noun at the head, or beside a name of no list, makes the body; None where the actor tells."""
        nouns = [token, *(c for c in token.children if c.dep_ in ("compound", "nmod", "appos") and c.pos_ == "NOUN")]
        if token.dep_ == "appos":
            nouns.append(token.head)
        kinds = (noun_kind(self._words, n) for n in nouns if n is token or token.pos_ == "PROPN")
        kind = next((k for k in kinds if k is not None), None)
        world = self._body_actors(t for t in token.lefts if t.dep_ in ("compound", "nmod"))
        if kind is not None and any(a.sector is Sector.IGO for a in world):
            return SourceKind.IGO
        if kind is SourceKind.MILITARY and any(pivot(t) == "intelligence" for t in premodifiers(token)):
            return kind
        silent = {Sector.UNK} | ({Sector.PMC, Sector.CIV, Sector.MED} if token.pos_ == "NOUN" else set())
        told = actor is not None and actor.sector not in silent
        return None if told and kind is not SourceKind.EXPERT else kind
