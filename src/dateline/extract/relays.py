"""Through whom words reached the report: outlets that were told, outlets that quote or cite somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.cues import Cue
from dateline.extract.governors import own_subject
from dateline.extract.reading import Reading
from dateline.extract.source_phrases import stems
from dateline.extract.sources import Sources
from dateline.model import Sector, SourceKind
from dateline.parse.forms import neighbour, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token


_NO_OUTLET = frozenset({"PERSON", "GPE", "LOC", "DATE", "TIME", "NORP", "FAC"})


def quoted_by(reading: Reading, cue: Cue) -> Cue:
    """The cue with the one who is quoted as its source, where "saying" is only the tail of "quoted X as saying"."""
    verb = quoting_verb(reading, cue.word)
    if verb is None or verb is cue.word:
        return cue
    passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    source = passive or next((c for c in verb.children if c.dep_ in ("dobj", "obj")), None)
    return cue if source is None else replace(cue, source=source)


def quoting_verb(reading: Reading, word: Token) -> Token | None:
    """The verb that quotes somebody: the cue's own word, or the one over its "as saying"."""
    citing = reading.lexicon.words["voice.citing"]
    if word.lemma_.lower() in citing:
        return word
    above = word.head.head
    under_as = word.dep_ == "pcomp" and pivot(word.head) == "as"
    return above if under_as and above.lemma_.lower() in citing else None


class Relays:
    """The relays of one report's cues; remembers which source spoke to which outlet."""

    def __init__(self, reading: Reading, cues: Sequence[Cue], sources: Sources) -> None:
        self._reading = reading
        self._words = reading.lexicon.words
        self._sources = sources
        self._told: dict[tuple[int, int, int], tuple[str, ...]] = {}
        self._spoken: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for cue in cues:
            names = self.told(cue)
            if cue.source is not None and names:
                self._spoken.setdefault(sources.key(cue.source), []).append((cue.word.i, names))
        self._broadcast(cues)

    def told(self, cue: Cue) -> tuple[str, ...]:
        """Names of the outlets that the cue itself says were told, those that carry the words before them."""
        key = cue.word.i, -1 if cue.source is None else cue.source.i, cue.size
        if key not in self._told:
            self._told[key] = self._read_told(cue)
        return self._told[key]

    def _read_told(self, cue: Cue) -> tuple[str, ...]:
        given = [t for t in cue.told if not self._platform(t)]
        outlets = {t.i: t for t in (*given, *self._outlets(cue), *self._holders(cue))}
        found = {i: self._sources.outlet_name(t) for i, t in outlets.items() if not self._named_beside(t, outlets)}
        carried = [i for i in sorted(found, reverse=True) if self._carries(outlets[i])]
        names = [found[i] for i in (*carried, *sorted(found.keys() - set(carried)))]
        quoting = self._quoter(cue)
        if quoting is not None:
            outlet = self._sources.is_outlet(quoting)
            names.insert(0, self._sources.outlet_name(quoting) if outlet else self._sources.name(quoting))
        return tuple(dict.fromkeys(names))

    def _carries(self, token: Token) -> bool:
        """Whether the outlet passes on what another one was told: "in remarks carried by X"."""
        verb = token.head.head
        return pivot(token.head) == "by" and verb.lemma_.lower() in self._words["voice.carrying"] and verb.tag_ == "VBN"

    def carried(self, cue: Cue) -> tuple[str, ...]:
        """Outlets that the source was said to speak to before (or right after), if it clearly speaks on to them."""
        if cue.source is None or self._elsewhere(cue):
            return ()
        here = cue.word
        best: tuple[str, ...] = ()
        for at, names in self._spoken.get(self._sources.key(cue.source), ()):
            after = self._reading.doc[at].sent.start
            if at <= here.i or after <= here.sent.end:
                best = names
        return best

    def cited(self, cue: Cue) -> Token | None:
        """Whom an outlet names as its own source: "AFP reported, citing a diplomat", "the Journal, which cited ..."."""
        if cue.source is None or self._sources.kind(cue.source) is not SourceKind.MEDIA:
            return None
        for token in (*cue.word.subtree, *cue.source.subtree):
            if token.i == cue.word.i or token.lemma_.lower() not in self._words["voice.citing"]:
                continue
            if token.pos_ != "VERB" or token.dep_ not in ("advcl", "acl", "relcl", "prep", "conj"):
                continue
            objects = [c for c in token.children if c.dep_ in ("dobj", "obj")]
            if objects:
                return objects[0]
        return None

    def cited_in_turn(self, outlet: Token) -> Token | None:
        """Whom a cited outlet cites itself: "quoting Tasnim, which in turn cited an officer"."""
        if self._sources.kind(outlet) is not SourceKind.MEDIA:
            return None
        citing = (
            c for c in outlet.rights if c.dep_ in ("relcl", "acl") and c.lemma_.lower() in self._words["voice.citing"]
        )
        return next((o for c in citing for o in c.children if o.dep_ in ("dobj", "obj")), None)

    def _broadcast(self, cues: Sequence[Cue]) -> None:
        """ "The interview was aired by X": who gave it before spoke to X."""
        for token in self._reading.doc:
            if token.dep_ != "nsubjpass" or token.lemma_.lower() not in self._words["voice.talks"]:
                continue
            if token.head.lemma_.lower() not in self._words["voice.carrying"]:
                continue
            agents = [
                p for c in token.head.children if pivot(c) in ("by", "on") for p in c.children if p.dep_ == "pobj"
            ]
            outlet = next((p for p in agents if self._sources.is_outlet(p)), None)
            given = [c for c in cues if c.word.i < token.i and c.source is not None and self._in_talk(c)]
            source = given[-1].source if given else None
            if outlet is not None and source is not None:
                names = (self._sources.outlet_name(outlet),)
                self._spoken.setdefault(self._sources.key(source), []).append((given[-1].word.i, names))

    def _in_talk(self, cue: Cue) -> bool:
        """Whether the cue says that the words fell in an interview or the like."""
        return any(t.lemma_.lower() in self._words["voice.talks"] for t in self._around(cue))

    # -- the words around the cue

    @staticmethod
    def _named_beside(token: Token, outlets: Mapping[int, Token]) -> bool:
        """Whether a word for an outlet has the outlet's name with it: "the state broadcaster MRTV"."""
        others = [t for t in outlets.values() if t.i != token.i and t.pos_ == "PROPN"]
        return token.pos_ == "NOUN" and any(token in (t.head, neighbour(t, -1)) or t in token.children for t in others)

    def _platform(self, token: Token) -> bool:
        """What the cue takes for an outlet and is none: a platform, a day, "social media"."""
        if token.pos_ not in ("PROPN", "NOUN"):
            return True
        social = any(pivot(t) == "social" for t in token.lefts)
        return social or token.ent_type_ in ("DATE", "TIME") or bool(stems(token) & self._words["voice.platforms"])

    def _quoter(self, cue: Cue) -> Token | None:
        """Who quotes, in "X quoted Y as saying" and "Y was quoted by X as saying"."""
        verb = quoting_verb(self._reading, cue.word)
        if verb is None or cue.source is None:
            return None
        if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
            agents = [c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and pivot(c) == "by")]
            return next((p for a in agents for p in a.children if p.dep_ == "pobj"), None)
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        subject = next((c for c in subjects if c.pos_ == "PROPN"), subjects[0] if subjects else None)
        if subject is None or subject.i == cue.source.i or subject.pos_ == "PRON":
            return None
        return subject

    def _around(self, cue: Cue) -> Iterator[Token]:
        """The words of the clause of saying, without what is said; with a "quoted ... as saying" those over it."""
        top = quoting_verb(self._reading, cue.word) or cue.word
        beside = {t.i for c in top.rights if c.dep_ == "conj" and own_subject(c) for t in c.subtree}
        yield from (t for t in top.subtree if t.i not in cue.content and t.i not in beside)

    def _outlets(self, cue: Cue) -> Iterator[Token]:
        """Outlets to which, in which or by which it was said."""
        for token in self._around(cue):
            if token.dep_ not in ("pobj", "dobj", "dative", "obj") or (
                cue.source is not None and token.i == cue.source.i
            ):
                continue
            if (self._sources.is_outlet(token) or self._unlisted(token)) and self._leads_to(cue, token):
                yield token

    def _unlisted(self, token: Token) -> bool:
        """A name of no list that was told or carries words: "told Al-Hurra", "quoted as saying in Le Sahel"."""
        if token.pos_ != "PROPN" or token.dep_ not in ("dobj", "pobj") or token.ent_type_ in _NO_OUTLET:
            return False
        actor = self._reading.actor(token, joint=False)
        unknown = actor is None or actor.sector is Sector.UNK
        return unknown and not self._sources.is_somebody(token) and not self._platform(token)

    def _holders(self, cue: Cue) -> Iterator[Token]:
        """Outlets that have a document or found a person: "a memo obtained by AP", "an officer reached by Interfax"."""
        if cue.source is None:
            return
        document = self._sources.is_document(cue.source)
        ways = self._words["voice.holding" if document else "voice.reaching"]
        behind = [p for c in cue.source.rights if c.dep_ == "prep" and document for p in c.children]
        for clause in (*cue.source.children, *(c for p in behind for c in p.rights)):
            if clause.dep_ not in ("relcl", "acl") or clause.lemma_.lower() not in ways:
                continue
            agents = [p for c in clause.children if c.dep_ == "agent" or pivot(c) in ("to", "by") for p in c.children]
            yield from (t for t in (*clause.children, *agents) if self._sources.is_outlet(t) or self._unlisted(t))

    def _leads_to(self, cue: Cue, token: Token) -> bool:
        """Whether the way from the cue to the outlet is one of speaking: "told X", "in an interview with X"."""
        above = token.head
        if token.dep_ != "pobj":
            return above.lemma_.lower() in self._words["voice.told"] and (above == cue.word or above.dep_ != "ccomp")
        if pivot(above) not in self._words["voice.to_outlet"]:
            return False
        if pivot(above) == "on" and token.pos_ == "NOUN":
            return False
        governor = above.head
        if not self._sources.is_outlet(token):
            written = pivot(above) == "in" and quoting_verb(self._reading, governor)
            return bool(written) or (pivot(above) == "by" and governor.lemma_.lower() in self._words["voice.carrying"])
        if governor.pos_ in ("VERB", "AUX"):
            speaking = governor.lemma_.lower() in self._words["voice.told"] | self._words["voice.carrying"]
            return governor == cue.word or speaking
        return governor.lemma_.lower() in self._words["voice.talks"]

    def _elsewhere(self, cue: Cue) -> bool:
        """Whether the clause names another place or another hearer for the words."""
        own = set() if cue.source is None else {t.i for t in cue.source.subtree}
        for token in self._around(cue):
            if token.i in own:
                continue
            if stems(token) & self._words["voice.venues"] and token.dep_ in ("pobj", "dobj", "dative"):
                return True
            hearer = token.head == cue.word and token.dep_ in ("dobj", "dative") and token.pos_ in ("NOUN", "PROPN")
            if hearer and cue.word.lemma_.lower() in self._reading.lexicon.words["told_outlet"]:
                return not self._sources.is_outlet(token)
        return False
